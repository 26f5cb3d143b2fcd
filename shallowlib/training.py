"""Gradient descent on the whole training set, and the run it leaves behind.

alpha   learning rate: parameters move by alpha times the gradient
costs   (steps,)   costs[k] is J before step k
"""

import sys
from dataclasses import dataclass

import numpy as np

from shallowlib._checks import (
    check_count,
    check_instance,
    check_matrix,
    check_parameters,
    check_rate,
    check_targets,
)
from shallowlib.activations import Activation
from shallowlib.fast_training import HIDDEN, OUTPUT, Workspace
from shallowlib.losses import OutputUnit, cost
from shallowlib.network import Parameters, backward, forward


@dataclass(frozen=True, eq=False)
class Run:
    """Trained parameters with all that is needed to use them again."""

    params: Parameters
    costs: np.ndarray  # (steps,)
    g1: Activation
    output: OutputUnit

    def predict(self, X):
        """A2 (n_y, m) for X (n_x, m): probabilities, or values."""
        X = check_matrix("X", X, n_rows=self.params.W1.shape[1])
        return forward(self.params, X, self.g1, self.output.g2).A2


class DivergedError(ArithmeticError):
    """The cost, or a parameter, stopped being finite.

    step: how many steps had been taken. last_cost: the last finite cost,
    None if there was none. run: the :class:`Run` up to there, with the last
    parameters that had a finite cost.
    """

    def __init__(self, step, run):
        self.step, self.run = step, run
        self.last_cost = float(run.costs[-1]) if len(run.costs) else None
        super().__init__(
            f"training diverged at step {step}: the cost or a parameter is "
            f"not finite; the last finite cost was {self.last_cost}. "
            "Try a smaller alpha or scaled inputs."
        )

    def __reduce__(self):  # pickle and copy would call it with the message
        return type(self), (self.step, self.run)


def step(params, grads, alpha):
    """p := p - alpha dJ/dp for all four at once, as new arrays."""
    return Parameters(*(p - alpha * dp for p, dp in zip(params, grads, strict=True)))


class Equations:
    """A training by gradient descent, by the equations as they stand."""

    def __init__(self, params, X, Y, g1, output, alpha):
        self.now = self.before = params
        self.X, self.Y, self.alpha = X, Y, alpha
        self.g1, self.output = g1, output

    def cost(self):
        """J at the parameters."""
        self.cache = forward(self.now, self.X, self.g1, self.output.g2)
        return cost(self.cache.Z2, self.Y, self.output.loss)

    def move(self):
        """Take the step; its cost was asked for before."""
        grads = backward(self.now, self.cache, self.X, self.Y, self.g1)
        self.before = self.now
        self.now = step(self.now, grads, self.alpha)

    def finite(self):
        """Whether all parameters are."""
        return all(np.isfinite(p).all() for p in self.now)

    def params(self, params):
        """As in Workspace: the parameters ``now``, or ``before``."""
        return params


def equations(G, output):
    """What a step goes through, for hidden units of class G: the code."""
    called = forward, backward, cost, step, output.loss
    methods = G.__call__, G.prime, type(output.g2).__call__
    return [getattr(f, "__code__", f) for f in (*called, *methods)]


AS_WRITTEN = [(G, output, equations(G, output)) for G in HIDDEN for output in OUTPUT]


def workspace_serves(g1, output, dtype):
    """Whether a Workspace takes the same steps as the equations.

    It must know the units; and a reader may have changed an equation on its
    page, which is then no longer the one that Workspace was written for.
    """
    now = type(g1), output, equations(type(g1), output)
    return dtype in ("f4", "f8") and now in AS_WRITTEN


def train(params, X, Y, g1, output, *, alpha, steps, progress=False):
    """Take the given number of steps of gradient descent from params.

    X: (n_x, m), Y: (n_y, m), one column an example; for the logistic output
    Y is 0 or 1. g1: an Activation. output: an OutputUnit. progress: show a
    bar on standard output. All arithmetic is done in the common dtype of
    params and X.

    Returns a :class:`Run`. Raises ValueError or TypeError for data, sizes
    or settings that do not fit, and :class:`DivergedError`, with the run so
    far, when the cost or a parameter is no longer finite.
    """
    params = check_parameters(params)
    X = check_matrix("X", X, n_rows=params.W1.shape[1])
    check_instance("g1", g1, Activation, "shallowlib.tanh")
    check_instance("output", output, OutputUnit, "shallowlib.logistic")
    Y = check_targets(Y, params.W2.shape[0], X.shape[1], output.targets)
    alpha = check_rate(alpha)
    check_count("steps", steps)

    dtype = np.result_type(X, *params)
    if X.shape[1] > float(np.finfo(dtype).max):
        raise ValueError(f"{dtype} cannot count m = {X.shape[1]} examples: use float32")
    X = X.astype(dtype, copy=False)
    with np.errstate(over="ignore"):  # an overflow is refused in words
        Y = check_matrix("Y", Y.astype(dtype))
    params = Parameters(*(p.astype(dtype) for p in params))
    costs = np.empty(steps, np.result_type(dtype, float))

    # Overflow is seen in the values: in the browser Python does not warn.
    with np.errstate(all="ignore"):
        way = Workspace if workspace_serves(g1, output, dtype) else Equations
        training = way(params, X, Y, g1, output, alpha)

        def run(params, steps):
            params = training.params(params)
            return Run(params, costs[:steps].copy(), g1, output)

        for k in progress_bar(steps) if progress else range(steps):
            costs[k] = J = training.cost()
            if not abs(J) < np.inf:
                raise DivergedError(k, run(training.before, k))
            training.move()
            if not training.finite():
                raise DivergedError(k + 1, run(training.before, k + 1))
        return run(training.now, steps)


def progress_bar(steps):
    """range(steps) with a bar on standard output; needs tqdm."""
    from tqdm import tqdm

    tqdm.monitor_interval = 0
    return tqdm(range(steps), desc="training", unit="step", file=sys.stdout)

"""The Python side of the playground: shallowlib computes, and what is to be drawn goes to the page.

The page asks ``answer(settings, steps, alpha)``: settings for a new start, or None to go on. The answer holds plain
numbers and flat arrays, row after row:

step, cost, first    steps taken; J there, and J at the start
costs                J after each step since the last answer, at a new start J itself
right                how many examples are classified right; None where there are no classes
plane                the output over the window: a square of SIDE * SIDE points, or a curve of CURVE points
units                the activations of each hidden unit over the same window, at every THIN-th point of each axis
lines                (w1, w2, b) of each hidden unit, whose line is z = 0; none where there is one input
out                  W2, the weight that the output gives to each hidden unit
counts               how many z of the hidden layer are in each bin from -EDGE to EDGE; those beyond are in the outermost
flat, differ         share of z on flat parts of g; how many units are unlike all those before them
silent               1 for each hidden unit that is flat for all examples, else 0
trouble              None, "above" LIMIT times the first cost, or "infinite"
start                only at a new start: x1, x2 (or x and y), classes, window (left, right, bottom, top), slope over z
"""

import numpy as np

from shallowlib import (
    ACTIVATIONS,
    OUTPUTS,
    backward,
    cost,
    datasets,
    forward,
    he,
    initialize,
    small,
    step,
    xavier,
    zeros,
)

LIMIT = 10  # times its start: the cost has diverged
SIDE, CURVE, THIN = 60, 121, 3
EDGE, BINS = 6, 48
FLAT = 0.05  # of the largest slope
SAME = 1e-6  # between parameters of hidden units that do the same
OWN_WINDOW = (-3, 3, -3, 3)
WEIGHTS = {"zeros": zeros, "small": small, "xavier": xavier, "he": he}


def normal(factor):
    """Weights factor * N(0, 1)."""
    return lambda n_out, n_in, rng: factor * rng.standard_normal((n_out, n_in))


def examples(data, m, points, rng):
    """A set of the book, or of the reader's own points [x1, x2, class]."""
    if data == "own":
        *X, y = np.array(points, float).T
        return datasets.Dataset(np.array(X), y[np.newaxis])
    return getattr(datasets, data)(m, rng)


def window_of(data, X, Y):
    """(left, right, bottom, top) of what is drawn: all examples, with a margin."""
    if data == "own":
        return OWN_WINDOW
    axes = X if len(X) == 2 else [X[0], Y[0]]
    pads = [0.08 * np.ptp(x) for x in axes]
    return tuple(
        float(end)
        for x, pad in zip(axes, pads, strict=True)
        for end in (x.min() - pad, x.max() + pad)
    )


class Playground:
    """A network in training, and the picture of it."""

    def __init__(self, settings):
        rng = np.random.default_rng(settings["seed"])
        self.X, self.Y = examples(
            settings["data"], settings["m"], settings["points"], rng
        )
        self.g1, self.output = (
            ACTIVATIONS[settings["activation"]],
            OUTPUTS[settings["output"]],
        )
        weights = (
            normal(settings["factor"])
            if settings["weights"] == "normal"
            else WEIGHTS[settings["weights"]]
        )
        self.params = initialize(
            len(self.X), settings["hidden"], 1, rng, weights=weights
        )
        self.has_classes = settings["data"] != "sine"
        self.window = window_of(settings["data"], self.X, self.Y)
        self.cache = forward(self.params, self.X, self.g1, self.output.g2)
        self.costs = [self._cost(self.cache)]
        self.sent = 0  # of the costs
        self.trouble = None

    def _cost(self, cache):
        return float(cost(cache.Z2, self.Y, self.output.loss))

    def advance(self, steps, alpha):
        """Take steps of gradient descent, the four of the book; fewer where the cost diverges."""
        self.trouble = None
        for _ in range(steps):
            grads = backward(self.params, self.cache, self.X, self.Y, self.g1)
            params = step(self.params, grads, alpha)
            cache = forward(params, self.X, self.g1, self.output.g2)
            J = self._cost(cache)
            if not np.isfinite(J):
                self.trouble = "infinite"
                return
            self.params, self.cache = params, cache
            self.costs.append(J)
            if (
                LIMIT * self.costs[0] < J and self.costs[-2] < J
            ):  # with a smaller alpha the way back is free
                self.trouble = "above"
                return

    def over_window(self):
        """(inputs at which the output is drawn, which of them are for the hidden units)."""
        left, right, bottom, top = self.window
        if len(self.X) == 1:
            return np.linspace(left, right, CURVE)[np.newaxis], np.arange(
                0, CURVE, THIN
            )
        x1, x2 = np.meshgrid(
            np.linspace(left, right, SIDE), np.linspace(bottom, top, SIDE)
        )
        number = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
        return np.array([x1.ravel(), x2.ravel()]), number[::THIN, ::THIN].ravel()

    def hidden(self):
        """What can be said of the hidden units: their z and slopes at the examples, their parameters."""
        Z1, A1 = self.cache.Z1, self.cache.A1
        is_flat = np.abs(self.g1.prime(Z1, A1)) < FLAT * slope_over_z(self.g1).max()
        W1, b1, W2, _ = self.params
        own = np.hstack([W1, b1, W2.T])
        same = np.abs(own[:, np.newaxis] - own).max(axis=2) < SAME
        return {
            "counts": np.histogram(np.clip(Z1, -EDGE, EDGE), BINS, (-EDGE, EDGE))[0],
            "flat": float(is_flat.mean()),
            "silent": is_flat.all(axis=1),
            "differ": int((~np.tril(same, -1).any(axis=1)).sum()),
            "lines": np.hstack([W1, b1]) if len(self.X) == 2 else np.empty(0),
            "out": W2,
        }

    def picture(self, with_start):
        """All that the page draws now."""
        inputs, few = self.over_window()
        drawn = forward(self.params, inputs, self.g1, self.output.g2)
        right = (
            int(((self.cache.A2 > 0.5) == self.Y).sum()) if self.has_classes else None
        )
        costs, self.sent = self.costs[self.sent :], len(self.costs)
        found = {
            "step": len(self.costs) - 1,
            "cost": self.costs[-1],
            "first": self.costs[0],
            "right": right,
            "costs": np.array(costs),
            "plane": drawn.A2,
            "units": drawn.A1[:, few],
            "trouble": self.trouble,
        }
        return found | self.hidden() | ({"start": self.start()} if with_start else {})

    def start(self):
        """What stays as it is while the network learns."""
        x, y = self.X if len(self.X) == 2 else (self.X[0], self.Y[0])
        return {
            "x": x,
            "y": y,
            "classes": self.Y if self.has_classes else np.empty(0),
            "window": np.array(self.window),
            "slope": slope_over_z(self.g1),
        }


def slope_over_z(g):
    """g' from -EDGE to EDGE, four points a bin; none at 0 itself, where ReLU has none."""
    z = np.linspace(-EDGE, EDGE, 4 * BINS)
    return g.prime(z, g(z))


def flat(value):
    """Arrays as rows of single-precision numbers, which Pyodide hands on as they are."""
    if isinstance(value, dict):
        return {key: flat(part) for key, part in value.items()}
    return value.astype(np.float32).ravel() if isinstance(value, np.ndarray) else value


playground = None


def answer(settings, steps, alpha):
    """What a page asks: a new start, or some steps more."""
    global playground
    if settings is not None:
        playground = Playground(settings)
    with np.errstate(all="ignore"):  # as in train: overflow is seen in the values
        playground.advance(steps, alpha)
        return flat(playground.picture(settings is not None))

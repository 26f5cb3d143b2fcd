"""Claims G1 to G3: the cost, the update and the forward pass."""

import math

import numpy as np
import pytest
import sympy as sp

from shallowlib import (
    DivergedError,
    Parameters,
    backward,
    cost,
    cross_entropy,
    forward,
    half_squared_error,
    initialize,
    linear,
    numerical_gradient,
    sigmoid,
    step,
    tanh,
    train,
    xavier,
)
from shallowlib.datasets import sine

SEEDS = range(100, 120)  # others than the chapter's


def test_the_cost_averages_over_examples_and_sums_over_outputs():
    """G1: J = (1/m) sum of L; wrong forms: a plain mean, a sum, y log a alone, no half."""

    def check(J_classes, J_values):
        rng = np.random.default_rng(0)
        n_y, m = 3, 5
        Z = 2 * rng.standard_normal((n_y, m))
        Y = rng.integers(0, 2, (n_y, m)).astype(float)
        likelihood = 1.0
        for k in range(n_y):
            for i in range(m):
                p = 1 / (1 + math.exp(-Z[k, i]))
                likelihood *= p if Y[k, i] == 1 else 1 - p
        assert math.isclose(J_classes(Z, Y), -math.log(likelihood) / m)

        Z = np.array([[1.0, 5.0], [0.0, 2.0]])  # errors -1, 3, 0 and 4
        Y = np.array([[2.0, 2.0], [0.0, -2.0]])
        assert math.isclose(J_values(Z, Y), (0.5 + 4.5 + 0 + 8) / 2)

    def J_classes(Z, Y):
        return cost(Z, Y, cross_entropy)

    def J_values(Z, Y):
        return cost(Z, Y, half_squared_error)

    check(J_classes, J_values)
    for wrong in (
        lambda Z, Y: cross_entropy(Z, Y).mean(),
        lambda Z, Y: cross_entropy(Z, Y).sum(),
        lambda Z, Y: -(Y * np.log(sigmoid(Z))).sum() / Y.shape[1],
    ):
        with pytest.raises(AssertionError):
            check(wrong, J_values)
    for wrong in (
        lambda Z, Y: half_squared_error(Z, Y).mean(),
        lambda Z, Y: ((Z - Y) ** 2).sum() / Y.shape[1],
    ):
        with pytest.raises(AssertionError):
            check(J_classes, wrong)


def test_the_loss_in_z_is_the_cross_entropy_of_the_sigmoid():
    """G1: log(1 + e^z) - y z; wrong forms: log(1 + e^-z) - y z, + y z."""
    z, y = sp.symbols("z y", real=True)
    a = 1 / (1 + sp.exp(-z))
    L = -(y * sp.log(a) + (1 - y) * sp.log(1 - a))

    def check(loss):
        for z_0 in (-3.0, -0.5, 0.0, 1.25, 4.0):
            for y_0 in (0.0, 1.0):
                expected = L.subs({z: sp.Rational(z_0), y: int(y_0)})
                assert math.isclose(loss(z_0, y_0), float(expected.evalf(30)))

    check(cross_entropy)
    for wrong in (
        lambda Z, Y: np.logaddexp(0, -Z) - Y * Z,
        lambda Z, Y: np.logaddexp(0, Z) + Y * Z,
    ):
        with pytest.raises(AssertionError):
            check(wrong)
    assert cross_entropy(800.0, 0) == 800  # where 1 - a is rounded to 0


def test_all_four_parameters_move_by_gradients_of_one_point():
    """G2: p - alpha dJ/dp; wrong forms: W2 moved first, uphill, biases left where they are."""
    rng = np.random.default_rng(1)
    X = rng.standard_normal((2, 20))
    Y = (X[:1] * X[1:] > 0).astype(float)
    start = initialize(2, 3, 1, rng, weights=xavier)
    start = Parameters(*(p + 0.1 * rng.standard_normal(p.shape) for p in start))
    alpha = 0.5

    def J(params):
        return cost(forward(params, X, tanh, sigmoid).Z2, Y, cross_entropy)

    def gradient(params, cache):
        return backward(params, cache, X, Y, tanh)

    def check(update):
        exact = numerical_gradient(J, start)
        for p, dp, new in zip(start, exact, update(start), strict=True):
            assert np.allclose(new, p - alpha * dp, rtol=0, atol=1e-8)

    def at_once(params):
        cache = forward(params, X, tanh, sigmoid)
        return step(params, gradient(params, cache), alpha)

    def W2_first(params, again=False):
        cache = forward(params, X, tanh, sigmoid)
        grads = gradient(params, cache)
        moved = params._replace(W2=params.W2 - alpha * grads.dW2)
        if again:
            cache = forward(moved, X, tanh, sigmoid)
        late = gradient(moved, cache)
        return step(params, late._replace(dW2=grads.dW2), alpha)

    def uphill(params):
        cache = forward(params, X, tanh, sigmoid)
        return step(params, gradient(params, cache), -alpha)

    def weights_only(params):
        new = at_once(params)
        return params._replace(W1=new.W1, W2=new.W2)

    check(at_once)
    for wrong in (
        W2_first,
        lambda params: W2_first(params, again=True),
        uphill,
        weights_only,
    ):
        with pytest.raises(AssertionError):
            check(wrong)

    # the late gradient belongs to no one point: neither the old nor the new
    cache = forward(start, X, tanh, sigmoid)
    moved = start._replace(W2=start.W2 - alpha * gradient(start, cache).dW2)
    late = gradient(moved, cache).dW1
    for place in (start, moved):
        exact = numerical_gradient(J, place).dW1
        assert abs(late - exact).max() > 1e-3 * abs(exact).max()


def test_a_learning_rate_can_be_too_small_or_too_large():
    """G2, over 20 seeds; wrong forms: too small or too large a rate called right."""

    def last_costs(alpha):
        costs = []
        for seed in SEEDS:
            rng = np.random.default_rng(seed)
            X, Y = sine(50, rng)
            start = initialize(1, 4, 1, rng, weights=xavier)
            try:
                run = train(start, X, Y, tanh, linear, alpha=alpha, steps=200)
                costs.append(run.costs[-1])
            except DivergedError:
                costs.append(np.inf)
        return np.array(costs)

    def check(alpha):
        assert (last_costs(alpha) < 0.045).all()

    check(0.2)
    for wrong in (0.001, 5.0):
        with pytest.raises(AssertionError):
            check(wrong)
    assert np.isinf(last_costs(5.0)).all()


def test_four_lines_are_the_forward_pass():
    """G3: Z1, A1, Z2, A2; wrong forms: no g between, b as a row, one g for both layers."""
    n_x, n_h, n_y, m = 3, 3, 3, 3  # so that wrong forms fit as well
    rng = np.random.default_rng(2)
    shapes = (n_h, n_x), (n_h, 1), (n_y, n_h), (n_y, 1)
    params = Parameters(*(rng.standard_normal(s) for s in shapes))
    X = rng.standard_normal((n_x, m))

    def layer(W, b, inputs, g):
        """One unit at a time, for one example."""
        z = [
            sum(w * v for w, v in zip(row, inputs, strict=True)) + b_j
            for row, b_j in zip(W.tolist(), b[:, 0].tolist(), strict=True)
        ]
        return z, [g(v) for v in z]

    def check(forward):
        cache = forward(params, X, tanh, sigmoid)
        for i in range(m):
            W1, b1, W2, b2 = params
            z1, a1 = layer(W1, b1, X[:, i].tolist(), math.tanh)
            z2, a2 = layer(W2, b2, a1, lambda v: 1 / (1 + math.exp(-v)))
            for got, expected in zip(cache, (z1, a1, z2, a2), strict=True):
                assert np.allclose(got[:, i], expected)

    def no_bend(params, X, g1, g2):
        W1, b1, W2, b2 = params
        Z1 = W1 @ X + b1
        Z2 = W2 @ Z1 + b2
        return Z1, g1(Z1), Z2, g2(Z2)

    def bias_as_row(params, X, g1, g2):
        W1, b1, W2, b2 = params
        return forward((W1, b1.T, W2, b2.T), X, g1, g2)

    check(forward)
    for wrong in (
        no_bend,
        bias_as_row,
        lambda params, X, g1, g2: forward(params, X, g1, g1),
    ):
        with pytest.raises(AssertionError):
            check(wrong)

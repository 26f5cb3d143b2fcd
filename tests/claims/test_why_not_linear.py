"""Claims N1 to N4: what a network with linear activations can and cannot do."""

import itertools

import numpy as np
import pytest
import sympy as sp

from shallowlib import (
    backward,
    forward,
    identity,
    initialize,
    linear,
    logistic,
    loops,
    sigmoid,
    step,
    tanh,
    train,
    xavier,
)
from shallowlib.datasets import circles, moons, sine
from shallowlib.proof import NotProvedError, prove

SEEDS = range(100, 120)  # others than the chapter's


def collapse(W1, b1, W2, b2):
    """W' and b' of the chapter."""
    return W2 @ W1, W2 @ b1 + b2


def layers_of_letters():
    """x and two layers (W1, b1), (W2, b2) of any sizes, for SymPy."""
    n_x, n_h, n_y = sp.symbols("n_x n_h n_y", positive=True, integer=True)
    return (
        sp.MatrixSymbol("x", n_x, 1),
        *(sp.MatrixSymbol("W1", n_h, n_x), sp.MatrixSymbol("b1", n_h, 1)),
        *(sp.MatrixSymbol("W2", n_y, n_h), sp.MatrixSymbol("b2", n_y, 1)),
    )


def random_layers(rng, sizes):
    """(W, b) for each layer, from sizes[0] inputs on."""
    return [
        (rng.standard_normal((n_out, n_in)), rng.standard_normal((n_out, 1)))
        for n_in, n_out in itertools.pairwise(sizes)
    ]


def test_two_linear_layers_are_one():
    """N1: W' = W2 W1, b' = W2 b1 + b2; wrong forms: W1 W2, W2 b1, b1 + b2."""

    def check(collapse):
        rng = np.random.default_rng(0)
        for _ in range(5):
            (W1, b1), (W2, b2) = random_layers(rng, (3, 3, 3))
            X = rng.standard_normal((3, 4))
            W, b = collapse(W1, b1, W2, b2)
            A2 = loops.forward((W1, b1, W2, b2), X, identity, identity).A2
            assert np.allclose(A2, W @ X + b)

    check(collapse)
    for wrong in (
        lambda W1, b1, W2, b2: (W1 @ W2, W2 @ b1 + b2),
        lambda W1, b1, W2, b2: (W2 @ W1, W2 @ b1),
        lambda W1, b1, W2, b2: (W2 @ W1, b1 + b2),
    ):
        with pytest.raises(AssertionError):
            check(wrong)


def test_the_collapse_is_proved_for_sizes_that_are_letters():
    """N1 for every n_x, n_h, n_y; wrong form: b' = W2 b1, without b2."""
    x, W1, b1, W2, b2 = layers_of_letters()
    output = W2 * (W1 * x + b1) + b2

    prove("eq-true", output, (W2 * W1) * x + (W2 * b1 + b2))
    with pytest.raises(NotProvedError):
        prove("eq-wrong", output, (W2 * W1) * x + W2 * b1)


def test_any_number_of_linear_layers_is_one():
    """N2: induction; wrong forms: biases only added up, the order turned round."""

    def check(one_more):
        rng = np.random.default_rng(1)
        for depth in range(1, 8):
            layers = random_layers(rng, [3] * (depth + 1))
            X = rng.standard_normal((3, 4))
            (W, b), *others = layers
            for W_next, b_next in others:
                W, b = one_more(W, b, W_next, b_next)
            A = X
            for W_l, b_l in layers:
                A = W_l @ A + b_l
            assert np.allclose(A, W @ X + b)

    check(collapse)
    for wrong in (
        lambda W, b, V, c: (V @ W, b + c),
        lambda W, b, V, c: (W @ V, V @ b + c),
    ):
        with pytest.raises(AssertionError):
            check(wrong)

    # the step from l to l + 1 layers, for sizes that are letters
    x, W, b, V, c = layers_of_letters()
    more = V * (W * x + b) + c

    prove("eq-step", more, (V * W) * x + (V * b + c))
    with pytest.raises(NotProvedError):
        prove("eq-wrong", more, (V * W) * x + c)


def test_a_linear_hidden_layer_and_a_sigmoid_output_are_logistic_regression():
    """N3: both ways, one output, n_h >= 1; wrong forms: shares not divided, two outputs."""

    def check(construct):
        rng = np.random.default_rng(2)
        for n_h in range(1, 6):
            X = rng.standard_normal((3, 8))

            # no more: every such network is some logistic regression
            (W1, b1), (W2, b2) = random_layers(rng, (3, n_h, 1))
            w, b = collapse(W1, b1, W2, b2)
            A2 = forward((W1, b1, W2, b2), X, identity, sigmoid).A2
            assert w.shape == (1, 3) and b.shape == (1, 1)
            assert np.allclose(A2, 1 / (1 + np.exp(-(w @ X + b))))

            # no fewer: every logistic regression is such a network
            w, b = rng.standard_normal((3, 1)), rng.standard_normal((1, 1))
            params = construct(w, b, n_h)
            assert params[0].shape == (n_h, 3)
            A2 = forward(params, X, identity, sigmoid).A2
            assert np.allclose(A2, 1 / (1 + np.exp(-(w.T @ X + b))))

    def shares(w, b, n_h):
        ones = np.ones((n_h, 1))
        return ones @ w.T / n_h, 0 * ones, ones.T, b

    def not_divided(w, b, n_h):
        W1, *others = shares(w, b, n_h)
        return n_h * W1, *others

    check(shares)
    with pytest.raises(AssertionError):
        check(not_divided)

    # with two outputs and one hidden unit it is fewer: the rank of W' is 1
    (W1, b1), (W2, b2) = random_layers(np.random.default_rng(3), (2, 1, 2))
    assert np.linalg.matrix_rank(collapse(W1, b1, W2, b2)[0]) == 1


def test_descent_takes_another_path_to_the_same_logistic_regression():
    """N3: paths part, ends meet, over 20 seeds; wrong form: the paths are the same."""
    m, alpha, steps = 60, 1.0, 300

    def single_layer(params, X, Y):
        w, b = collapse(*params)
        for _ in range(steps):
            yield w
            dZ = sigmoid(w @ X + b) - Y
            w = w - alpha * dZ @ X.T / m
            b = b - alpha * dZ.mean(axis=1, keepdims=True)

    def network(params, X, Y):
        for _ in range(steps):
            yield collapse(*params)[0]
            cache = forward(params, X, identity, sigmoid)
            grads = backward(params, cache, X, Y, identity)
            params = step(params, grads, alpha)

    def check(path):
        apart, at_end = [], []
        for seed in SEEDS:
            rng = np.random.default_rng(seed)
            X, Y = moons(m, rng)
            X = X + 0.3 * rng.standard_normal(X.shape)  # no line splits it
            params = initialize(2, 3, 1, rng, weights=xavier)
            paths = path(params, X, Y), single_layer(params, X, Y)
            gaps = [np.linalg.norm(a - b) for a, b in zip(*paths, strict=True)]
            apart.append(max(gaps))
            at_end.append(gaps[-1])
        assert gaps[0] < 1e-12 and min(apart) > 0.3
        assert np.median(at_end) < np.median(apart) / 4

    check(network)
    with pytest.raises(AssertionError):
        check(single_layer)


def test_classes_that_no_line_splits_need_a_bend():
    """N3, seen in a run, over 20 seeds; wrong form: the identity does as well as tanh."""

    def shares_right(g):
        shares = []
        for seed in SEEDS:
            rng = np.random.default_rng(seed)
            X, Y = circles(150, rng)
            start = initialize(2, 4, 1, rng, weights=xavier)
            run = train(start, X, Y, g, logistic, alpha=2.0, steps=250)
            shares.append(((run.predict(X) > 0.5) == Y).mean())
        return np.array(shares)

    bent, straight = shares_right(tanh), shares_right(identity)

    def check(shares):
        assert (shares > 0.9).all()

    check(bent)
    with pytest.raises(AssertionError):
        check(straight)
    assert (straight < 0.7).all()


def test_the_identity_belongs_at_the_output_of_a_regression_and_not_before():
    """N4: over 20 seeds; wrong forms: identity in the hidden layer, sigmoid at the output."""

    def check(lowest_cost):
        for seed in SEEDS:
            rng = np.random.default_rng(seed)
            X, Y = sine(50, rng)
            line = np.polyval(np.polyfit(X[0], Y[0], deg=1), X)
            line_cost = ((line - Y) ** 2).mean() / 2
            assert lowest_cost(X, Y, rng) < line_cost / 2

    def trained(g1):
        def lowest_cost(X, Y, rng):
            start = initialize(1, 8, 1, rng, weights=xavier)
            run = train(start, X, Y, g1, linear, alpha=0.1, steps=400)
            return run.costs[-1]

        return lowest_cost

    def sigmoid_output(X, Y, rng):
        """No function with values between 0 and 1 has a lower cost."""
        return ((np.clip(Y, 0, 1) - Y) ** 2).mean() / 2

    check(trained(tanh))
    for wrong in (trained(identity), sigmoid_output):
        with pytest.raises(AssertionError):
            check(wrong)

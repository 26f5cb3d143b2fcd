"""Claims I1 to I6: where gradient descent starts."""

import numpy as np
import pytest
import sympy as sp

from shallowlib import (
    Parameters,
    backward,
    cost,
    cross_entropy,
    datasets,
    forward,
    initialize,
    logistic,
    numerical_gradient,
    relu,
    sigmoid,
    small,
    step,
    tanh,
    train,
    xavier,
    zeros,
)

SEEDS = range(100, 120)  # others than the chapter's
X, Y = datasets.circles(100, np.random.default_rng(0))
MORE_OF_CLASS_0 = np.r_[0:100:2, 1:41:2]  # 50 of class 0, 20 of class 1


def unbalanced():
    return X[:, MORE_OF_CLASS_0], Y[:, MORE_OF_CLASS_0]


def gap(params):
    """How far the hidden units are from being twins."""
    W1, b1, W2, _ = params
    return max(np.ptp(W1, axis=0).max(), np.ptp(b1), np.ptp(W2, axis=1).max())


def symbols(letter, rows, columns):
    return np.array(sp.MatrixSymbol(letter, rows, columns).as_explicit())


def unspecified(name):
    """An activation of which SymPy knows only the names of g and g'."""
    g = np.vectorize(sp.Function(name), otypes=[object])
    slope = np.vectorize(sp.Function(name + "'"), otypes=[object])
    g.prime = lambda Z, A: slope(Z)
    return g


def one_symbolic_step(start):
    g1, g2 = unspecified("g"), unspecified("h")
    X = symbols("x", start.W1.shape[1], 2)
    Y = symbols("y", start.W2.shape[0], 2)
    grads = backward(start, forward(start, X, g1, g2), X, Y, g1)
    return step(start, grads, sp.Symbol("alpha")), grads


def equal_start(n_x=2, n_h=3, n_y=2):
    return Parameters(
        np.repeat(symbols("w", 1, n_x), n_h, axis=0),
        np.repeat(symbols("b", 1, 1), n_h, axis=0),
        np.repeat(symbols("v", n_y, 1), n_h, axis=1),
        symbols("c", n_y, 1),
    )


def test_zero_start_keeps_all_hidden_units_equal_after_every_step():
    """I1: W1 = 0, b1 = 0, W2 = 0; wrong form: the same without b1 = 0."""
    rng = np.random.default_rng(1)
    zero = initialize(2, 4, 1, rng, weights=zeros)

    def check(start):
        params, (x, y) = start, unbalanced()
        for _ in range(200):
            cache = forward(params, x, sigmoid, sigmoid)
            params = step(params, backward(params, cache, x, y, sigmoid), 1)
            assert gap(params) < 1e-9
        assert all(abs(p).min() > 1e-3 for p in params)  # it did move

    check(zero)
    with pytest.raises(AssertionError):
        check(zero._replace(b1=rng.standard_normal((4, 1))))


def test_tanh_from_zeros_moves_no_parameter_but_the_output_bias():
    """I2: dW1 = db1 = dW2 = 0, at most b2 moves; wrong: any g; nothing moves."""
    zero = initialize(2, 4, 1, np.random.default_rng(0), weights=zeros)

    def check(g1, may_move):
        for x, y in (unbalanced(), (X, Y)):
            # b2 is left where some later step may have brought it.
            for b2 in (0.0, -0.5):
                start = zero._replace(b2=np.full((1, 1), b2))
                grads = numerical_gradient(
                    lambda p: cost(forward(p, x, g1, sigmoid).Z2, y, cross_entropy),
                    start,
                )
                for name, dp in zip(Parameters._fields, grads, strict=True):
                    assert name in may_move or abs(dp).max() < 1e-8

    check(tanh, {"b2"})
    with pytest.raises(AssertionError):
        check(sigmoid, {"b2"})
    with pytest.raises(AssertionError):
        check(tanh, set())

    x, y = unbalanced()
    run = train(zero, x, y, tanh, logistic, alpha=1.0, steps=300)
    assert not any(p.any() for p in run.params[:3])
    assert np.allclose(run.params.b2, np.log(20 / 50), atol=1e-6)
    run = train(zero, X, Y, tanh, logistic, alpha=1.0, steps=300)
    assert not any(p.any() for p in run.params)


def test_code_leaves_dW2_from_zeros_at_g_of_zero_times_db2():
    """I2 on symbols: for tanh g(0) = 0; wrong form: dW2 = 0 for every g."""
    start = equal_start()
    start = Parameters(*(0 * p for p in start[:3]), start.b2)
    _, grads = one_symbolic_step(start)

    def check(g_of_0):
        difference = grads.dW2 - g_of_0 * grads.db2
        assert not any(sp.expand(entry) for entry in difference.flat)

    assert not grads.dW1.any() and not grads.db1.any()
    check(sp.Function("g")(0))
    with pytest.raises(AssertionError):
        check(0)


def test_equal_rows_entries_and_columns_are_enough_to_stay_equal():
    """I3: one symbolic step, any g; wrong: equal W1, or b1, or W2 is enough."""

    def check(start):
        after, _ = one_symbolic_step(start)
        for P, axis in ((after.W1, 0), (after.b1, 0), (after.W2, 1)):
            difference = np.diff(P, axis=axis).flat
            assert not any(sp.expand(entry) for entry in difference)

    for sizes in ((2, 3, 2), (3, 2, 1), (1, 4, 1)):
        check(equal_start(*sizes))
    start = equal_start()
    for name, shape in (("W1", (3, 2)), ("b1", (3, 1)), ("W2", (2, 3))):
        with pytest.raises(AssertionError):
            check(start._replace(**{name: symbols("u", *shape)}))


def test_random_weights_break_the_symmetry_with_biases_of_zero():
    """I4: 20 seeds, units differ and learn more; wrong: b = 0 keeps them twins."""

    def check(starts):
        for start in starts:
            assert not start.b1.any() and not start.b2.any()
            twins = start._replace(
                W1=np.repeat(start.W1[:1], 4, axis=0),
                W2=np.repeat(start.W2[:, :1], 4, axis=1),
            )
            runs = [
                train(p, X, Y, tanh, logistic, alpha=2.0, steps=150)
                for p in (start, twins)
            ]
            W1 = runs[0].params.W1
            distances = np.linalg.norm(W1[:, np.newaxis] - W1, axis=2)
            assert distances[~np.eye(4, dtype=bool)].min() > 0.1
            assert runs[0].costs[-1] < runs[1].costs[-1] - 0.1

    rngs = [np.random.default_rng(seed) for seed in SEEDS]
    check([initialize(2, 4, 1, rng, weights=xavier) for rng in rngs])
    with pytest.raises(AssertionError):
        check([initialize(2, 4, 1, rngs[0], weights=zeros)])


def test_the_call_takes_the_shape_as_one_tuple_and_a_bias_for_each_unit():
    """I5: standard_normal((n_h, n_x)), zeros((n_h, 1)); wrong: randn((2, 2)), b (1, 1)."""
    n_h, n_x = 4, 2

    def check(draw, b1_shape):
        W1, b1 = 0.01 * draw((n_h, n_x)), np.zeros(b1_shape)
        start = Parameters(W1, b1, np.ones((1, n_h)), np.zeros((1, 1)))
        grads = backward(start, forward(start, X, tanh, sigmoid), X, Y, tanh)
        shapes = [dp.shape for dp in grads]
        assert [p.shape for p in start] == shapes, "a twin differs in shape"
        return W1, start

    def draw(shape):
        return np.random.default_rng(0).standard_normal(shape)

    W1, _ = check(draw, (n_h, 1))
    params = initialize(n_x, n_h, 1, np.random.default_rng(0))
    assert (params.W1 == W1).all() and params.b1.shape == (n_h, 1)
    assert (small(n_h, n_x, np.random.default_rng(0)) == params.W1).all()
    assert not params.b1.any() and not params.b2.any()

    with pytest.raises(TypeError):
        check(np.random.randn, (n_h, 1))
    with pytest.raises(TypeError):
        np.random.randn((2, 2))
    with pytest.raises(AssertionError, match="twin"):
        check(draw, (1, 1))
    with pytest.raises(ValueError, match="b1 must have shape"):
        start = params._replace(b1=np.zeros((1, 1)))
        train(start, X, Y, tanh, logistic, alpha=1.0, steps=1)


def scaled_start(scale, seed):
    rng = np.random.default_rng(seed)
    start = initialize(2, 6, 1, rng, weights=xavier)
    return start._replace(W1=scale * rng.standard_normal((6, 2)))


def mean_slopes(g, scale):
    """The mean of g'(Z1) before the first step, by central differences."""
    slopes = []
    for seed in SEEDS:
        Z1 = scaled_start(scale, seed).W1 @ X
        slopes.append(((g(Z1 + 1e-7) - g(Z1 - 1e-7)) / 2e-7).mean())
    return np.array(slopes)


def final_costs(g, scale):
    starts = [scaled_start(scale, seed) for seed in SEEDS]
    runs = [train(start, X, Y, g, logistic, alpha=2.0, steps=120) for start in starts]
    return np.array([run.costs[-1] for run in runs])


def test_large_weights_put_tanh_and_sigmoid_on_flat_parts_where_learning_is_slow():
    """I6: slopes and costs of 20 starts; wrong: small ones do it; smaller is better; relu too."""

    def check(g, flat, steep):
        low, high = mean_slopes(g, flat), mean_slopes(g, steep)
        assert np.median(low) < np.median(high) / 10
        assert (low < high / 4).sum() >= 18

    for g in (tanh, sigmoid):
        check(g, flat=100, steep=0.001)
        check(g, flat=100, steep=1)
        with pytest.raises(AssertionError):
            check(g, flat=0.001, steep=1)
    with pytest.raises(AssertionError):
        check(relu, flat=100, steep=1)
    for scale in (0.001, 0.01, 0.1, 1, 10):
        same = mean_slopes(relu, scale)
        assert np.allclose(same, mean_slopes(relu, 100), atol=0.01)

    def check_cost(better, worse):
        assert np.median(better) < np.median(worse) - 0.02
        assert (better < worse).sum() >= 16

    for g in (tanh, sigmoid):
        tiny, middle, large = (final_costs(g, s) for s in (0.001, 1, 100))
        check_cost(middle, large)
        check_cost(middle, tiny)
        with pytest.raises(AssertionError):
            check_cost(tiny, middle)

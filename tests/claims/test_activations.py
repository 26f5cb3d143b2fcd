"""Chapter "activations": each claim of the lecture notes, against its slip."""

import math

import numpy as np
import pytest
import sympy as sp

from shallowlib import (
    LeakyReLU,
    Parameters,
    forward,
    initialize,
    leaky_relu,
    logistic,
    relu,
    sigmoid,
    tanh,
    train,
    xavier,
)
from shallowlib.datasets import circles, moons

SEEDS = range(20)

z = sp.Symbol("z", real=True)
SIGMA = 1 / (1 + sp.exp(-z))
TANH = (sp.exp(z) - sp.exp(-z)) / (sp.exp(z) + sp.exp(-z))


def exact(f, points):
    """The SymPy expression f at the points, from 60 digits."""
    return np.array([float(f.subs(z, sp.Rational(p)).evalf(60)) for p in points])


def test_tanh_is_its_quotient_and_lies_between_minus_1_and_1():
    """A2; wrong forms: the range of the sigmoid, sinh, a sum above."""
    points = np.array([-15.0, -4.0, -1.0, -0.125, 0.0, 0.5, 2.0, 9.0, 15.0])

    def check(g, low, high):
        a = g(points)
        assert np.allclose(a, exact(TANH, points), rtol=1e-14, atol=0)
        assert (low < a).all() and (a < high).all()
        ends = [sp.limit(TANH, z, -sp.oo), sp.limit(TANH, z, sp.oo)]
        assert [low, high] == ends

    check(tanh, -1, 1)
    for g, low, high in (
        (tanh, 0, 1),
        (sigmoid, 0, 1),
        (np.sinh, -1, 1),
        (lambda z: (np.exp(z) + np.exp(-z)) / 2, -1, 1),
    ):
        with pytest.raises(AssertionError):
            check(g, low, high)


def test_tanh_is_twice_the_sigmoid_of_2z_minus_1_and_no_shift_of_it():
    """A3; slip: "a shifted version" of the sigmoid."""

    def check(of_sigma):
        assert sp.simplify(of_sigma(lambda t: SIGMA.subs(z, t), z) - TANH) == 0
        points = np.linspace(-20, 20, 81)
        assert np.allclose(of_sigma(sigmoid, points), tanh(points), rtol=0, atol=1e-15)

    check(lambda s, t: 2 * s(2 * t) - 1)
    for wrong in (
        lambda s, t: s(t) - sp.Rational(1, 2),
        lambda s, t: 2 * s(t) - 1,
        lambda s, t: s(2 * t) - 1,
        lambda s, t: (s(t) + 1) / 2,
    ):
        with pytest.raises(AssertionError):
            check(wrong)

    def check_height(candidate):
        far = candidate(np.array([-100.0, 100.0]))
        assert far[1] - far[0] == pytest.approx(2)

    check_height(tanh)
    for right in (-3, 0, 0.5, 10):  # the height of any shift is 1
        with pytest.raises(AssertionError):
            check_height(lambda t, c=right: sigmoid(t + c) - 0.5)


def test_tanh_averages_0_where_z_is_symmetric_about_0_and_not_where_x_is():
    """A4; wrong form: inputs symmetric about 0 are enough, bias or not."""
    rng = np.random.default_rng(0)
    half = rng.standard_normal((3, 200))
    X = np.hstack([half, -half])
    params = initialize(3, 4, 1, rng, weights=xavier)

    def check(b1):
        given = params._replace(b1=b1)
        for g, mean in ((tanh, 0), (sigmoid, 0.5)):
            A1 = forward(given, X, g, sigmoid).A1
            assert np.allclose(A1.mean(axis=1), mean, rtol=0, atol=1e-12)

    check(np.zeros((4, 1)))
    for shift in (-2.0, 0.1, 1.0):
        with pytest.raises(AssertionError):
            check(np.full((4, 1), shift))

    # z may be symmetric where x is not: one input that is constantly 1,
    # weighted so as to take away the bias.
    X1 = np.vstack([X, np.ones((1, 400))])
    W1 = np.hstack([params.W1, np.full((4, 1), -1.0)])
    shifted = Parameters(W1, np.ones((4, 1)), params.W2, params.b2)
    A1 = forward(shifted, X1, tanh, sigmoid).A1
    assert np.allclose(A1.mean(axis=1), 0, atol=1e-12)


def test_tanh_and_sigmoid_minus_one_half_are_odd():
    """A4; wrong form: the sigmoid itself is odd."""

    def check(f):
        assert sp.simplify(f.subs(z, -z) + f) == 0

    check(TANH)
    check(SIGMA - sp.Rational(1, 2))
    with pytest.raises(AssertionError):
        check(SIGMA)


def test_the_sigmoid_at_the_output_reads_as_the_probability_of_class_1():
    """A5; wrong form: tanh at the output reads as a probability."""

    def check(g2):
        # Where a share p of the targets is 1, the expected cost is least
        # at a = p. The minimum is found by search, without a derivative.
        Z = np.linspace(-6, 6, 24001)
        for p in (0.05, 0.3, 0.5, 0.8, 0.95):
            expected = p * logistic.loss(Z, 1) + (1 - p) * logistic.loss(Z, 0)
            assert g2(Z[expected.argmin()]) == pytest.approx(p, abs=1e-3)
        assert g2(-20.0) > 0 and g2(20.0) < 1

    check(sigmoid)
    for wrong in (tanh, relu):
        with pytest.raises(AssertionError):
            check(wrong)


def test_a_trained_output_follows_a_known_probability_from_20_seeds():
    """A5; wrong form: the last layer read through tanh."""
    x = np.linspace(-3, 3, 61)[np.newaxis]

    def p_of(x):
        return 0.1 + 0.8 * np.exp(-(x**2))

    outputs = []
    for seed in SEEDS:
        rng = np.random.default_rng(1000 + seed)
        X = rng.uniform(-3, 3, (1, 400))
        Y = (rng.random((1, 400)) < p_of(X)).astype(float)
        start = initialize(1, 4, 1, rng, weights=xavier)
        run = train(start, X, Y, tanh, logistic, alpha=3, steps=100)
        outputs.append(forward(run.params, x, tanh, sigmoid).Z2)

    def check(g2):
        off = [abs(g2(Z2) - p_of(x)).mean() for Z2 in outputs]
        assert np.median(off) < 0.06
        assert sum(error < 0.1 for error in off) >= 18

    check(sigmoid)
    with pytest.raises(AssertionError):
        check(tanh)


def test_each_layer_has_an_activation_of_its_own():
    """A6; wrong forms: one g for the whole network, the two exchanged."""
    rng = np.random.default_rng(0)
    params = Parameters(
        *(rng.standard_normal(s) for s in ((4, 3), (4, 1), (2, 4), (2, 1)))
    )
    X = rng.standard_normal((3, 5))

    def check(network):
        W1, b1, W2, b2 = params
        A2 = network(X)
        for i in range(5):
            a1 = [
                math.tanh(b1[j, 0] + sum(W1[j, k] * X[k, i] for k in range(3)))
                for j in range(4)
            ]
            for k in range(2):
                z2 = b2[k, 0] + sum(W2[k, j] * a1[j] for j in range(4))
                assert A2[k, i] == pytest.approx(1 / (1 + math.exp(-z2)))

    check(lambda X: forward(params, X, tanh, sigmoid).A2)
    for g1, g2 in ((sigmoid, sigmoid), (tanh, tanh), (sigmoid, tanh)):
        with pytest.raises(AssertionError):
            check(lambda X, g1=g1, g2=g2: forward(params, X, g1, g2).A2)


def test_slopes_vanish_where_z_is_large_in_size_and_relu_keeps_its_own():
    """A7; slip: "very small" z read as near 0; ReLU said to saturate."""

    for f in (SIGMA, TANH):
        for end in (-sp.oo, sp.oo):
            assert sp.limit(sp.diff(f, z), z, end) == 0

    def check(flat_for, kept):
        for g in (sigmoid, tanh):
            Z = np.array(flat_for)
            assert (g.prime(Z, g(Z)) < 1e-4).all()
        Z = np.array([5.0, 10.0, 1e6])
        assert (kept.prime(Z, kept(Z)) == 1).all()

    check([-30.0, -10.0, 10.0, 30.0], relu)
    for flat_for, kept in (
        ([-1e-3, 1e-3], relu),
        ([1e-9], relu),
        ([-10.0, 10.0], tanh),
        ([-10.0, 10.0], sigmoid),
    ):
        with pytest.raises(AssertionError):
            check(flat_for, kept)


def moved(g, b, seed):
    """How far W1 comes in 20 steps when every hidden bias begins at b."""
    rng = np.random.default_rng(seed)
    X, Y = moons(60, rng)
    start = initialize(2, 6, 1, rng, weights=xavier)
    start = start._replace(b1=start.b1 + b)
    run = train(start, X, Y, g, logistic, alpha=0.02, steps=20)
    return abs(run.params.W1 - start.W1).max()


def test_descent_is_slow_where_sigmoid_and_tanh_saturate_on_either_side():
    """A7, over 20 seeds; wrong forms: on one side only; ReLU as well."""

    def check(g, b):
        near = [moved(g, 0.0, 1000 + seed) for seed in SEEDS]
        far = [moved(g, b, 1000 + seed) for seed in SEEDS]
        assert max(far) < min(near) / 20
        assert np.median(far) < np.median(near) / 500

    for g in (sigmoid, tanh):
        for b in (-10.0, 10.0):
            check(g, b)
    with pytest.raises(AssertionError):
        check(relu, 10.0)


def test_relu_learns_at_any_height_on_the_right_and_can_die_on_the_left():
    """A8; wrong forms: a leak on the left, a flat right side, 1 at a >= 0."""
    rng = np.random.default_rng(2)
    X, Y = moons(60, rng)
    start = initialize(2, 6, 1, rng, weights=xavier)
    start.b1[0] = -10.0  # unit 1 is on the left for every example

    def check(g):
        points = [-1e6, -3.0, -0.5, 0.0, 0.5, 3.0, 1e6]
        assert [float(g(p)) for p in points] == [max(0.0, p) for p in points]
        right, left = np.array([0.5, 3.0, 1e6]), np.array([-1e6, -3.0, -0.5])
        assert (g.prime(right, g(right)) == 1).all()
        assert (g.prime(left, g(left)) == 0).all()
        end = train(start, X, Y, g, logistic, alpha=0.5, steps=50).params
        assert (end.W1[0] == start.W1[0]).all()
        assert (end.b1[0] == start.b1[0]).all()
        assert (end.W2[:, 0] == start.W2[:, 0]).all()
        assert (end.W1[1:] != start.W1[1:]).any(axis=1).all()

    class AtLeastZero(type(relu)):
        def prime(self, Z, A):
            return (A >= 0) * 1.0

    check(relu)
    for wrong in (leaky_relu, tanh, AtLeastZero()):
        with pytest.raises(AssertionError):
            check(wrong)


def test_leaky_relu_is_the_larger_of_z_and_a_hundredth_of_z():
    """A9; wrong forms: another slope, the smaller of the two, no leak."""

    def check(g):
        for p in (-1e3, -5.0, -0.25, 0.0, 0.25, 5.0, 1e3):
            assert float(g(np.array(p))) == pytest.approx(max(0.01 * p, p))

    check(leaky_relu)
    for wrong in (
        LeakyReLU(0.1),
        relu,
        lambda z: np.minimum(0.01 * z, z),
        lambda z: np.maximum(0.01, z),
        lambda z: np.maximum(-0.01 * z, z),
    ):
        with pytest.raises(AssertionError):
            check(wrong)


@pytest.fixture(scope="module")
def costs():
    """{kind: costs after 120 steps, 20 on the moons and 20 on the circles}."""
    kinds = {
        "tanh": (tanh, 1.5),
        "sigmoid": (sigmoid, 1.5),
        "sigmoid, 4 times the rate": (sigmoid, 6),
        "relu": (relu, 1.5),
    }
    ends = {}
    for kind, (g, alpha) in kinds.items():
        ends[kind] = np.empty((2, len(SEEDS)))
        for d, data in enumerate((moons, circles)):
            for seed in SEEDS:
                rng = np.random.default_rng(1000 + seed)
                X, Y = data(60, rng)
                start = initialize(2, 6, 1, rng, weights=xavier)
                run = train(start, X, Y, g, logistic, alpha=alpha, steps=120)
                ends[kind][d, seed] = run.costs[-1]
    return ends


def test_tanh_before_sigmoid_in_a_hidden_layer_is_a_tendency(costs):
    """A10, over 20 seeds on each of two data sets; slip: "almost always"."""

    def check(better, than, share):
        ahead = costs[better] < costs[than]
        assert ahead.mean() >= share
        assert (np.median(costs[better], axis=1) < np.median(costs[than], axis=1)).all()

    check("tanh", "sigmoid", share=0.9)  # at the same rate
    check("tanh", "sigmoid, 4 times the rate", share=0.5)
    with pytest.raises(AssertionError):  # "almost always", at any rate
        check("tanh", "sigmoid, 4 times the rate", share=0.9)
    with pytest.raises(AssertionError):
        check("sigmoid", "tanh", share=0.5)


def test_relu_serves_in_the_hidden_layer_but_not_at_a_0_1_output(costs):
    """A10; wrong forms: sigmoid the better hidden choice, ReLU the output."""

    def check_hidden(usual, other):
        assert (costs[usual] < costs[other]).mean() >= 0.8

    def check_output(g2):
        a = g2(np.linspace(-20, 20, 81))
        assert ((a > 0) & (a < 1)).all()

    check_hidden("relu", "sigmoid")
    check_output(sigmoid)
    with pytest.raises(AssertionError):
        check_hidden("sigmoid", "relu")
    for wrong in (relu, tanh, leaky_relu):
        with pytest.raises(AssertionError):
            check_output(wrong)

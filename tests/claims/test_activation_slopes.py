"""Claims D1 to D6: the slopes of the activation functions."""

import numpy as np
import pytest
import sympy as sp

from shallowlib import leaky_relu, relu, sigmoid, tanh

z = sp.Symbol("z", real=True)
SIGMA = 1 / (1 + sp.exp(-z))
TANH = (sp.exp(z) - sp.exp(-z)) / (sp.exp(z) + sp.exp(-z))
POINTS = np.array([-10.0, -3.0, -1.0, -0.25, 0.0, 0.5, 2.0, 10.0])


def exact(expression, points):
    """The values of a SymPy expression in z, computed with 30 digits."""
    return np.array(
        [float(expression.subs(z, sp.Rational(p)).evalf(30)) for p in points]
    )


def one_sided(g, side, h=1e-6):
    """The slope of g between 0 and a point close to it on one side."""
    return float((g(side * h) - g(0.0)) / (side * h))


def test_the_slope_of_sigmoid_is_a_times_one_minus_a():
    """D1: sigma' = a (1 - a); wrong forms: 1 - a^2, a (1 + a)."""

    def check(slope):
        expected = exact(sp.diff(SIGMA, z), POINTS)
        got = slope(POINTS, exact(SIGMA, POINTS))
        assert np.allclose(got, expected, rtol=1e-10, atol=0)

    check(sigmoid.prime)
    for wrong in (lambda Z, A: 1 - A**2, lambda Z, A: A * (1 + A)):
        with pytest.raises(AssertionError):
            check(wrong)


def test_sigmoid_is_flat_at_both_ends_but_close_to_zero_at_one_only():
    """D2: the values at -10, 0 and 10; wrong form: sigma(10) is about 0."""

    def check(values):
        for p, (a, slope) in values.items():
            true_a, true_slope = (exact(e, [p])[0] for e in (SIGMA, sp.diff(SIGMA, z)))
            assert abs(a - true_a) < 1e-4
            assert abs(slope - true_slope) < 1e-3 * true_slope
            assert np.isclose(sigmoid(p), true_a, rtol=1e-12)
            assert np.isclose(sigmoid.prime(p, sigmoid(p)), true_slope, rtol=1e-10)

    true = {10.0: (1, 4.54e-5), -10.0: (0, 4.54e-5), 0.0: (0.5, 0.25)}
    check(true)
    for wrong in ({10.0: (0, 4.54e-5)}, {0.0: (0.5, 0.5)}):
        with pytest.raises(AssertionError):
            check(true | wrong)


def test_the_slope_of_tanh_is_one_minus_a_squared():
    """D3: tanh' = 1 - a^2; wrong forms: a (1 - a), 1 - a, 1 - z^2."""

    def check(slope):
        expected = exact(sp.diff(TANH, z), POINTS)
        got = slope(POINTS, exact(TANH, POINTS))
        assert np.allclose(got, expected, rtol=1e-6, atol=0)
        ends = slope(POINTS, tanh(POINTS))[[0, 4, 7]]
        assert np.allclose(ends, [8.2e-9, 1, 8.2e-9], rtol=1e-2, atol=0)

    check(tanh.prime)
    for wrong in (lambda Z, A: A * (1 - A), lambda Z, A: 1 - A, lambda Z, A: 1 - Z**2):
        with pytest.raises(AssertionError):
            check(wrong)


def test_relu_has_slope_0_or_1_and_at_zero_a_choice_between():
    """D4: 0 left, 1 right, at 0 a subgradient; wrong forms: a >= 0, 2 at 0."""

    def check(slope):
        off_zero = np.array([-5.0, -1e-9, 1e-9, 5.0])
        assert (slope(off_zero, relu(off_zero)) == [0, 0, 1, 1]).all()
        at_zero = float(slope(0.0, relu(0.0)))
        assert (at_zero * POINTS <= relu(POINTS)).all()

    check(relu.prime)
    check(lambda Z, A: np.heaviside(Z, 0.5))  # SymPy's choice
    for wrong in (lambda Z, A: 1.0 * (A >= 0), lambda Z, A: np.heaviside(Z, 2)):
        with pytest.raises(AssertionError):
            check(wrong)

    assert one_sided(relu, -1) == 0 and one_sided(relu, 1) == 1
    assert relu.prime(0.0, relu(0.0)) == 0
    assert sp.diff(sp.Max(0, z), z).subs(z, 0) == sp.Rational(1, 2)


def test_leaky_relu_has_a_hundredth_of_a_slope_on_the_left():
    """D5: 0.01 left, 1 right, none at 0; wrong forms: ReLU's slope, the sides swapped."""

    def check(slope):
        off_zero = np.array([-5.0, -1e-9, 1e-9, 5.0])
        got = slope(off_zero, leaky_relu(off_zero))
        leaky = sp.Max(z / 100, z)
        expected = [sp.diff(leaky, z).subs(z, sp.Rational(p)) for p in off_zero]
        assert np.allclose(got, np.array(expected, float), rtol=1e-12)

    check(leaky_relu.prime)
    for wrong in (relu.prime, lambda Z, A: np.where(Z > 0, 0.01, 1.0)):
        with pytest.raises(AssertionError):
            check(wrong)

    assert np.isclose(one_sided(leaky_relu, -1), 0.01)
    assert np.isclose(one_sided(leaky_relu, 1), 1)


def test_the_slope_needs_only_a_until_a_is_rounded():
    """D6: a is enough; wrong forms: a >= 0 for ReLU, exact zero from z = 20 on, or never."""
    from_a = {
        "sigmoid": lambda A: sigmoid.prime(None, A),
        "tanh": lambda A: tanh.prime(None, A),
        "relu": lambda A: 1.0 * (A > 0),
    }

    def check_enough(from_a):
        Z = np.linspace(-8, 8, 33)
        slopes = {
            "sigmoid": exact(sp.diff(SIGMA, z), Z),
            "tanh": exact(sp.diff(TANH, z), Z),
            "relu": np.where(Z > 0, 1.0, 0.0),
        }
        for g in (sigmoid, tanh, relu):
            got = from_a[g.name](g(Z))
            assert np.allclose(got, slopes[g.name], rtol=1e-6, atol=1e-12)

    check_enough(from_a)
    with pytest.raises(AssertionError):
        check_enough(from_a | {"relu": lambda A: 1.0 * (A >= 0)})

    def check_zero_from(limit):
        Z = np.arange(limit - 10.0, limit + 60.0)
        zero = sigmoid.prime(Z, sigmoid(Z)) == 0
        assert zero[limit <= Z].all() and not zero[limit - 5 >= Z].any()
        assert (exact(sp.diff(SIGMA, z), Z) > 0).all()

    check_zero_from(40)
    for wrong in (20, 700):
        with pytest.raises(AssertionError):
            check_zero_from(wrong)

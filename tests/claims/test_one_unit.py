"""Claims of the chapter one-unit: R1, A1."""

import numpy as np
import pytest
import sympy as sp

from shallowlib import Parameters, forward, identity, sigmoid, tanh


def test_the_log_odds_of_a_unit_are_the_weighted_sum():
    """R1: a = sigmoid(w^T x + b) is logistic regression; wrong forms: linear regression a = z, no bias."""
    rng = np.random.default_rng(0)

    def output_unit(w, b, x, g):
        # The output unit of a network whose hidden layer hands x on unchanged.
        n = len(w)
        params = Parameters(np.eye(n), np.zeros((n, 1)), w.T, np.array([[b]]))
        return forward(params, x, identity, g).A2.item()

    def check(unit):
        for n_x in (1, 2, 5):
            w, x = rng.standard_normal((2, n_x, 1))
            b = rng.standard_normal()
            by_hand = b + sum(w[l, 0] * x[l, 0] for l in range(n_x))
            a = unit(w, b, x)
            assert 0 < a < 1
            assert abs(np.log(a / (1 - a)) - by_hand) < 1e-9

    check(lambda w, b, x: output_unit(w, b, x, sigmoid))
    with pytest.raises(AssertionError):
        check(lambda w, b, x: output_unit(w, b, x, identity))
    with pytest.raises(AssertionError):
        check(lambda w, b, x: output_unit(w, 0.0, x, sigmoid))


def test_solving_the_log_odds_for_a_gives_the_sigmoid():
    """R1: SymPy solves log(a / (1 - a)) = z; wrong form: a = z."""
    z, a = sp.symbols("z a", real=True)
    (solution,) = sp.solve(sp.Eq(sp.log(a / (1 - a)), z), a)

    def check(g):
        for point in (-4.0, -0.3, 0.0, 1.7, 6.0):
            assert abs(g(point) - float(solution.subs(z, point))) < 1e-12

    check(sigmoid)
    with pytest.raises(AssertionError):
        check(identity)


def test_the_sigmoid_is_its_formula_and_lies_between_0_and_1():
    """A1: (0, 1), 1 / (1 + e^-z); wrong forms: the range of tanh, the other sign in the exponent."""
    points = np.linspace(-30, 30, 121)
    exact = np.array(
        [float(1 / (1 + sp.exp(-sp.Rational(p))).evalf(30)) for p in points]
    )

    def check(g):
        a = g(points)
        assert ((a > 0) & (a < 1)).all()
        assert np.allclose(a, exact, rtol=1e-12, atol=0)

    check(sigmoid)
    with pytest.raises(AssertionError):
        check(tanh)
    with pytest.raises(AssertionError):
        check(lambda z: sigmoid(-z))


def test_the_sigmoid_comes_as_close_to_0_and_1_as_we_like():
    """A1: (0, 1) is the whole range, no smaller one; wrong form: a range of (0.1, 0.9)."""

    def check(g):
        for gap in (1e-1, 1e-4, 1e-12):
            z = np.log(1 / gap) + 0.1
            assert 0 < g(-z) <= gap and 1 - gap <= g(z) < 1

    check(sigmoid)
    with pytest.raises(AssertionError):
        check(lambda z: 0.1 + 0.8 * sigmoid(z))


def test_the_boundary_of_a_unit_is_a_line_at_distance_z_over_the_length_of_w():
    """R1, its geometry: |z| / |w| is the distance to the line; wrong form: |z|."""
    rng = np.random.default_rng(1)

    def check(distance):
        for _ in range(5):
            w, x = rng.standard_normal((2, 2, 1))
            b = rng.standard_normal()
            # The line, point by point: a point of it, and steps along it.
            start = -b * w / (w**2).sum()
            steps = np.linspace(-50, 50, 200_001) * np.array([[-w[1, 0]], [w[0, 0]]])
            line = start + steps
            assert np.allclose(sigmoid(w.T @ line + b), 1 / 2)
            nearest = np.sqrt(((line - x) ** 2).sum(axis=0)).min()
            assert abs(distance(w, b, x) - nearest) < 1e-4

    check(lambda w, b, x: abs((w.T @ x + b).item()) / np.sqrt((w**2).sum()))
    with pytest.raises(AssertionError):
        check(lambda w, b, x: abs((w.T @ x + b).item()))

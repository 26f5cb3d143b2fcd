"""Claims of the chapter computing-the-output: O1, O2."""

import numpy as np
import pytest
import sympy as sp

from shallowlib import Parameters, forward, identity, loops, sigmoid


def test_the_rows_of_W1_are_the_units_and_the_last_of_them_is_n_h():
    """O1: stacking w_1^T to w_{n_h}^T; wrong forms: the last row is n_x, or m; the units are columns."""
    rng = np.random.default_rng(0)

    def check(last_row, stack=np.vstack):
        for n_x, n_h, m in ((3, 4, 1), (5, 4, 1), (3, 3, 1), (2, 5, 3)):
            w = rng.standard_normal((7, n_x))  # more units than are used
            b = rng.standard_normal(7)
            x = rng.standard_normal((n_x, 1))
            n = last_row(n_x, n_h, m)
            W1 = stack([w[j] for j in range(n)])
            params = Parameters(
                W1, b[:n].reshape(-1, 1), np.ones((1, n)), np.zeros((1, 1))
            )
            assert W1.shape == (n_h, n_x)
            Z1 = forward(params, x, sigmoid, sigmoid).Z1
            units = [
                sum(w[j, l] * x[l, 0] for l in range(n_x)) + b[j] for j in range(n_h)
            ]
            assert np.allclose(Z1, np.array(units).reshape(n_h, 1))

    check(lambda n_x, n_h, m: n_h)
    with pytest.raises(AssertionError):
        check(lambda n_x, n_h, m: n_x)
    with pytest.raises(AssertionError):
        check(lambda n_x, n_h, m: m)
    with pytest.raises(AssertionError):
        check(lambda n_x, n_h, m: n_h, stack=np.column_stack)


def test_stacking_holds_for_letters_as_well():
    """O1: Z[1] of the code on SymPy letters is the column of unit equations; wrong form: columns of W."""
    W = np.array([sp.symbols(f"w_{{{j}(1:4)}}") for j in (1, 2, 3)])
    b = np.array(sp.symbols("b_1:4")).reshape(3, 1)
    x = np.array(sp.symbols("x_1:4")).reshape(3, 1)
    params = Parameters(W, b, W[:1], b[:1])
    Z1 = forward(params, x, lambda Z: Z, lambda Z: Z).Z1

    def check(weight):
        for j in range(3):
            unit = sum(weight(j, l) * x[l, 0] for l in range(3)) + b[j, 0]
            assert sp.expand(Z1[j, 0] - unit) == 0

    check(lambda j, l: W[j, l])
    with pytest.raises(AssertionError):
        check(lambda j, l: W[l, j])


def sums_over_both_indices(params, x, g1, g2):
    """What the scan of the notes says: one sum over (i, j), the same for every unit."""
    W1, b1, W2, b2 = params
    Z1 = (W1 * x.T).sum() + b1
    A1 = g1(Z1)
    Z2 = (W2 * A1.T).sum() + b2
    return Z1, A1, Z2, g2(Z2)


def layers_that_skip_the_first_activation(params, x, g1, g2):
    """z[2] from z[1] in place of a[1]."""
    W1, b1, W2, b2 = params
    Z1 = W1 @ x + b1
    Z2 = W2 @ Z1 + b2
    return Z1, g1(Z1), Z2, g2(Z2)


def test_the_output_for_one_example_is_the_one_found_by_hand():
    """O2: the four equations; wrong forms: sums over (i, j), a[1] left out."""
    one = np.log(3)  # sigmoid(log 3) = 3/4, sigmoid(-log 3) = 1/4
    params = Parameters(
        one * np.array([[2.0, 1, 0], [0, 1, -1], [1, -1, -1], [1, 0, 1]]),
        one * np.array([[0.0], [2.0], [0.0], [-4.0]]),
        one * np.array([[4.0, -4.0, 2.0, 4.0]]),
        one * np.array([[-3.0]]),
    )
    x = np.array([[1.0], [-1.0], [2.0]])

    def check(candidate):
        Z1, A1, Z2, A2 = candidate(params, x, sigmoid, sigmoid)
        assert np.allclose(Z1, one * np.array([[1.0], [-1], [0], [-1]]))
        assert np.allclose(A1, [[3 / 4], [1 / 4], [1 / 2], [1 / 4]])
        assert np.allclose(Z2, [[one]]) and np.allclose(A2, [[3 / 4]])

    check(forward)
    check(loops.forward)
    with pytest.raises(AssertionError):
        check(sums_over_both_indices)
    with pytest.raises(AssertionError):
        check(layers_that_skip_the_first_activation)


def test_the_output_for_one_example_is_what_single_units_give_for_any_sizes():
    """O2: against one sum a unit, also for more outputs; wrong forms as above."""
    rng = np.random.default_rng(1)

    def check(candidate):
        for n_x, n_h, n_y in ((1, 1, 1), (3, 4, 1), (4, 4, 3), (5, 2, 2)):
            shapes = ((n_h, n_x), (n_h, 1), (n_y, n_h), (n_y, 1))
            params = Parameters(*(rng.standard_normal(s) for s in shapes))
            x = rng.standard_normal((n_x, 1))
            found = candidate(params, x, sigmoid, identity)
            W1, b1, W2, b2 = (p.tolist() for p in params)
            a = [
                1
                / (1 + np.exp(-sum(w * v[0] for w, v in zip(row, x, strict=True)) - c))
                for row, (c,) in zip(W1, b1, strict=True)
            ]
            y = [
                sum(w * v for w, v in zip(row, a, strict=True)) + c
                for row, (c,) in zip(W2, b2, strict=True)
            ]
            assert np.allclose(found[1], np.reshape(a, (n_h, 1)))
            assert np.allclose(found[3], np.reshape(y, (n_y, 1)))

    check(forward)
    with pytest.raises(AssertionError):
        check(sums_over_both_indices)
    with pytest.raises(AssertionError):
        check(layers_that_skip_the_first_activation)

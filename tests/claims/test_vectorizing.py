"""Chapter "vectorizing": each claim of the lecture notes, against its slip."""

import re

import numpy as np
import pytest

from shallowlib import forward, identity, initialize, loops, sigmoid, tanh, xavier
from support.book_sources import cells_in, text_of


def network(n_x, n_h, n_y, m, seed=0):
    """Parameters with biases that are not 0, and m examples."""
    rng = np.random.default_rng(seed)
    params = initialize(n_x, n_h, n_y, rng, weights=xavier)
    params = params._replace(
        b1=rng.standard_normal((n_h, 1)), b2=rng.standard_normal((n_y, 1))
    )
    return params, rng.standard_normal((n_x, m))


def test_column_i_of_WX_plus_b_is_W_x_i_plus_b():
    """V1; wrong forms: b read as a row, b_i for b, rows of X for columns."""

    def check(Z_of):
        # As many examples as units and inputs: every wrong form has the
        # right shape, so only the numbers can tell.
        (W, b, *_), X = network(4, 4, 1, 4)
        Z = Z_of(W, X, b)
        for i in range(4):
            for j in range(4):
                z = b[j, 0]
                for k in range(4):
                    z = z + W[j, k] * X[k, i]
                assert Z[j, i] == pytest.approx(z, abs=1e-12)

    def library(W, X, b):
        params = (W, b, np.zeros((1, 4)), np.zeros((1, 1)))
        return forward(params, X, identity, identity).Z1

    check(library)
    for wrong in (
        lambda W, X, b: W @ X + b.ravel(),
        lambda W, X, b: W @ X + b.T,
        lambda W, X, b: W @ X.T + b,
        lambda W, X, b: X @ W + b,
        lambda W, X, b: (W @ X + b).T,
    ):
        with pytest.raises(AssertionError):
            check(wrong)


def test_one_example_z_is_one_column_of_Z_and_not_the_whole():
    """V1; slip: z and Z used for each other."""

    def check(z_of):
        params, X = network(3, 4, 1, 6)
        for i in range(6):
            z = z_of(params, X, i)
            expected = params.W1 @ X[:, [i]] + params.b1
            assert z.shape == (4, 1)
            assert z == pytest.approx(expected, abs=1e-12)

    def Z1(params, X):
        return forward(params, X, tanh, sigmoid).Z1

    check(lambda params, X, i: Z1(params, X)[:, [i]])
    with pytest.raises(AssertionError):
        check(lambda params, X, i: Z1(params, X))


def test_columns_are_examples_and_rows_are_units():
    """V2; wrong form: rows are examples, columns are units."""

    def check(reading):
        params, X = network(4, 4, 4, 4)
        cache = forward(params, X, tanh, sigmoid)
        for i in range(4):
            one = forward(params, X[:, i : i + 1], tanh, sigmoid)
            for many, single in zip(cache, one, strict=True):
                for unit in range(4):
                    assert reading(many, unit=unit, example=i) == pytest.approx(
                        single[unit, 0], abs=1e-12
                    )

    check(lambda M, unit, example: M[unit, example])
    with pytest.raises(AssertionError):
        check(lambda M, unit, example: M[example, unit])


def test_an_example_changes_its_own_column_only_and_a_unit_its_own_row():
    """V2; wrong form: the same with rows and columns exchanged."""
    params, X = network(3, 5, 1, 7)
    Z1 = forward(params, X, tanh, sigmoid).Z1
    X_new, W1_new = X.copy(), params.W1.copy()
    X_new[:, 2] += 1
    W1_new[3] += 1
    by_example = forward(params, X_new, tanh, sigmoid).Z1 != Z1
    by_unit = forward(params._replace(W1=W1_new), X, tanh, sigmoid).Z1 != Z1

    def check(unit, example):  # the axis that counts units, examples
        assert set(np.nonzero(by_example)[example].tolist()) == {2}
        assert set(np.nonzero(by_example)[unit].tolist()) == set(range(5))
        assert set(np.nonzero(by_unit)[unit].tolist()) == {3}
        assert set(np.nonzero(by_unit)[example].tolist()) == set(range(7))

    check(unit=0, example=1)
    with pytest.raises(AssertionError):
        check(unit=1, example=0)


def check_same_result(m, candidate):
    """The candidate and the loop agree for m examples."""
    params, X = network(3, 4, 2, m)
    cache = candidate(params, X, tanh, sigmoid)
    slow = loops.forward(params, X, tanh, sigmoid)
    for fast, by_loop in zip(cache, slow, strict=True):
        assert fast.shape == by_loop.shape
        assert np.allclose(fast, by_loop, rtol=0, atol=1e-12)


def forward_with_flat_b(params, X, g1, g2):
    """The forward pass with biases of shape (n,) in place of (n, 1)."""
    W1, b1, W2, b2 = params
    return forward((W1, b1.ravel(), W2, b2), X, g1, g2)


@pytest.mark.parametrize("m", [1, 2, 4, 10, 30, 100, 300])
def test_the_loop_and_the_matrix_form_give_the_same_result(m):
    """V1, V3; wrong form: b of shape (n,), read as a row."""
    check_same_result(m, forward)
    if m in (1, 4):
        with pytest.raises(AssertionError):
            check_same_result(m, forward_with_flat_b)
    else:
        with pytest.raises(ValueError, match="broadcast"):
            check_same_result(m, forward_with_flat_b)


def timing_cells(text):
    """The code of the cells that carry the tag timing."""
    return [cell.code for cell in cells_in(text) if "timing" in cell.tags]


def test_the_chapter_measures_the_loop_against_the_matrix_form():
    """V3, measured over a range of m; wrong form: the claim without a run."""

    def check(text):
        measuring = [c for c in timing_cells(text) if "timeit" in c]
        assert len(measuring) == 1
        (cell,) = measuring
        assert "loops.forward" in cell
        assert re.search(r"\bforward, \d+\)", cell)
        sizes = re.search(r"sizes, times = \(([\d, ]+)\)", cell)
        sizes = [int(n) for n in sizes.group(1).split(",")]
        assert len(sizes) >= 5
        assert max(sizes) / min(sizes) >= 100
        asserts = re.findall(r"^ *assert .*$", cell, re.M)
        assert any("loops.forward" in line for line in asserts)
        assert not any("time" in line or "second" in line for line in asserts)
        assert any("loglog" in c for c in timing_cells(text))
        for m in sizes[:4]:
            check_same_result(m, forward)

    text = text_of("vectorizing")
    check(text)
    with pytest.raises(AssertionError):
        check(text.replace("timing", "notes"))
    with pytest.raises(AssertionError):
        check(text.replace("loops.forward(params", "forward(params"))

"""Whether two sides are equal: how it is shown, and which points refute what is false."""

import re

import pytest
import sympy as sp

from shallowlib.proof.equality import (
    NotProvedError,
    counterexample,
    exact_at,
    has_gap,
    how_equal,
    is_allowed,
    is_matrix,
    shape,
    small_sizes,
    way_to_zero,
    without_elements,
)

z, y = sp.symbols("z y")
x, p = sp.Symbol("x", real=True), sp.Symbol("p", positive=True)
k, m = sp.Symbol("k", integer=True), sp.Symbol("m", integer=True, positive=True)
n, h = sp.symbols("n h", integer=True, positive=True)
f = sp.Function("f")
S, T = sp.MatrixSymbol("S", n, n), sp.MatrixSymbol("T", n, n)
v, w = sp.MatrixSymbol("v", n, 1), sp.MatrixSymbol("w", n, 1)
W, X, b = (
    sp.MatrixSymbol("W", n, h),
    sp.MatrixSymbol("X", h, m),
    sp.MatrixSymbol("b", n, 1),
)
i, j = sp.symbols("i j", integer=True, nonnegative=True)
c = sp.Symbol("c", real=True, nonzero=True)
Z = W * X + b * sp.OneMatrix(1, m)
SIGMA = 1 / (1 + sp.exp(-z))

WAYS = {
    "worked out": (sp.Integer(2), sp.Integer(2)),
    "multiplied out": ((z + y) ** 2, z**2 + 2 * y * z + y**2),
    "simplified": (SIGMA.diff(z), SIGMA * (1 - SIGMA)),
    "written in powers of e": (sp.tanh(z), 2 / (1 + sp.exp(-2 * z)) - 1),
    "branch by branch": (sp.Max(0, x), sp.Piecewise((x, x > 0), (0, True))),
    "entry by entry for shape (1, 2), multiplied out": (
        sp.Matrix([[z * (z + 1), z]]),
        sp.Matrix([[z**2 + z, z]]),
    ),
    "entry by entry for shape (2, 1), multiplied out and simplified": (
        sp.Matrix([z * (1 + y), SIGMA.diff(z)]),
        sp.Matrix([z + z * y, SIGMA - SIGMA**2]),
    ),
    "entry by entry for shape (1, 1), worked out": (sp.Matrix([[z]]), sp.Matrix([[z]])),
    "for matrices of every size": (S * (S + T), S * S + S * T),
    "entry by entry, for matrices of every size": (v.T * w, w.T * v),
    "equal at 4 random rational points": (z * (z + 1), z**2 + z),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_way_of_a_proof_is_said(way):
    left, right = WAYS[way]
    assert how_equal(left, right, 4 if "points" in way else None) == way


TRUE_OF_MATRICES = {
    "column-of-the-layer": (Z[:, i], W * X[:, i] + b),
    "column-after-a-function": (Z.applyfunc(f)[:, i], (W * X[:, i] + b).applyfunc(f)),
    "column-counted-from-1": (Z[:, m - 1], W * X[:, m - 1] + b),
    "row": (Z[i, :], W[i, :] * X + b[i, 0] * sp.OneMatrix(1, m)),
    "some-rows": (Z[:2, :], W[:2, :] * X + b[:2, :] * sp.OneMatrix(1, m)),
    "function-of-a-transpose": ((W * X).applyfunc(f).T, (X.T * W.T).applyfunc(f)),
    "function-by-its-formula": (
        S.applyfunc(lambda entry: entry**2),
        sp.HadamardProduct(S, S),
    ),
    "column-of-the-identity": (S * sp.Identity(n)[:, i], S[:, i]),
    "symmetric-by-its-entries": tuple(
        sp.FunctionMatrix(n, n, sp.Lambda(ij, i + j)) for ij in ((i, j), (j, i))
    ),
    "rows-are-not-below-0": tuple(
        sp.FunctionMatrix(n, n, sp.Lambda((z, y), entry)) for entry in (abs(z), z)
    ),
    "rows-are-whole-numbers": (
        sp.FunctionMatrix(n, n, sp.Lambda((z, y), sp.sin(sp.pi * z))),
        sp.ZeroMatrix(n, n),
    ),
}


@pytest.mark.parametrize(
    ("left", "right"), TRUE_OF_MATRICES.values(), ids=TRUE_OF_MATRICES
)
def test_any_entry_of_what_is_true_is_0_for_all_sizes(left, right):
    assert how_equal(left, right) == "entry by entry, for matrices of every size"
    with pytest.raises(NotProvedError, match="the two sides differ\n"):
        how_equal(left, right + sp.OneMatrix(*shape(right)))


FALSE_OF_MATRICES = {
    "column-of-another-example": (Z[:, i], W * X[:, j] + b),
    "next-column": (Z[:, i], W * X[:, i + 1] + b),
    "bias-lost": (Z[:, i], W * X[:, i]),
    "minus-the-bias": (Z[:, i], W * X[:, i] - b),
    "bias-in-one-row": (Z[i, :], W[i, :] * X + b[0, 0] * sp.OneMatrix(1, m)),
    "other-rows": (W[:2, :], W[1:3, :]),
    "commuted": (S * T, T * S),
    "transposed": (S, S.T),
    "outer": (v * w.T, w * v.T),
    "entry-by-entry": (sp.HadamardProduct(S, T), S * T),
    "identity": (sp.Identity(n), sp.OneMatrix(n, n)),
    "blocks": (sp.BlockMatrix([[S, T], [T, S]]), sp.BlockMatrix([[S, T], [S, T]])),
    "block-product": (sp.BlockMatrix([[S, T]]) * sp.BlockMatrix([[T], [S]]), 2 * S * T),
    "ones-summed-over-the-wrong-size": (
        sp.OneMatrix(n, h) * sp.OneMatrix(h, m),
        n * sp.OneMatrix(n, m),
    ),
    "inverse": (S.I, S.T),
    "power": (S**2 * T, S * T),
    "power-by-a-size": (S**n, S),
    "entries-as-factors": (S[0, 1] * T, S[1, 0] * T),
    "entries-of-any-place": (S[k, 0] * T, S[0, k] * T),
    "last-entry": (S[n - 1, n - 1] * T, S[0, 0] * T),
    "diagonal": (sp.DiagMatrix(v), v * v.T),
    "corner-alone": (S.applyfunc(lambda entry: sp.Max(0, entry)), S),
    "without-1/m": (W * X / m, W * X),
    "negative-factor": (sp.Symbol("q", negative=True) * S, S),
}


REFUTED = r"(?s)the two sides differ\n.*\n  at [hmn] = 2,? .*the left side minus the right is -?[0-9.]+$"


@pytest.mark.parametrize(
    ("left", "right"), FALSE_OF_MATRICES.values(), ids=FALSE_OF_MATRICES
)
def test_what_is_false_of_matrices_is_refuted_at_small_sizes(left, right):
    with pytest.raises(NotProvedError, match=REFUTED):
        how_equal(left, right)


def square(size):
    return sp.MatrixSymbol("F", size, size)


OF_OTHER_SIZE = {
    n + 1: "n = 2, F[0, 1] = 3/7, F[1, 0] = 5/7 the left",
    2 * n: "n = 2, F[0, 1] = 3/7, F[1, 0] = 5/7 the left",
    n * h: "h = 2, n = 3, F[0, 1] = 3/7, F[1, 0] = 5/7 the left",
    z: "z = 2, F[0, 1] = 3/7, F[1, 0] = 5/7 the left",
}


@pytest.mark.parametrize("size", OF_OTHER_SIZE, ids=str)
def test_sizes_that_are_expressions_become_numbers_too(size):
    assert counterexample(square(size) - square(size).T).startswith(
        "at " + OF_OTHER_SIZE[size]
    )


def test_at_a_size_of_1_a_matrix_is_its_transpose():
    assert counterexample(square(n - 1) - square(n - 1).T) is None
    assert counterexample(2 * square(n - 1) - square(n - 1)).startswith(
        "at n = 2, F[0, 0] = 3/7 the left"
    )


def test_each_size_is_another_number_from_2():
    assert small_sizes(W * X) == {h: 2, m: 3, n: 4}
    assert small_sizes(S + S.T) == {n: 2}
    assert small_sizes(sp.BlockMatrix([[W, b]])) == {h: 2, n: 3}
    for no_matrix_of_symbolic_size in (
        z,
        S[0, 0],
        sp.Matrix([z]),
        sp.ImmutableMatrix([S[0, 0]]),
    ):
        assert small_sizes(no_matrix_of_symbolic_size) == {}


def test_entries_of_a_large_matrix_refute_without_a_size():
    assert counterexample(sp.ImmutableMatrix([S[5, 5] - 2 * S[5, 5]])).startswith(
        "at S[5, 5] = 3/7 the left"
    )


NONSENSE = {  # at sizes 2, 3, ...
    "index": (S[5, 5] * T, T),
    "rows": (W[:4, :], W[1:5, :]),
    "size": (2 * square(n - 5), square(n - 5)),
    "inverse": (sp.OneMatrix(n, n).I, S),
    "inverse-of-a-product": ((v * v.T).I, S),
    "division-by-0": (S / (n - 2), T),
    "half-a-size": (square(n / 2), square(n / 2).T),
    "odd-size": (
        2 * square(sp.Symbol("o", odd=True, positive=True)),
        square(sp.Symbol("o", odd=True, positive=True)),
    ),
    "scaled-by-a-function": (f(z) * S, S),
}


@pytest.mark.parametrize(("left", "right"), NONSENSE.values(), ids=NONSENSE)
def test_where_small_sizes_make_no_sense_nothing_is_refuted(left, right):
    assert counterexample(left - right) is None
    with pytest.raises(NotProvedError, match="SymPy could not decide"):
        how_equal(left, right)


e, o = sp.Symbol("e", even=True, positive=True), sp.Symbol("o", odd=True, positive=True)
UNIT = sp.FunctionMatrix(n, 1, sp.Lambda((j, k), sp.KroneckerDelta(j, i)))
TRUE_AND_HARD = {
    "entries-summed": sp.Sum((S * T)[i, i], (i, 0, n - 1))
    - sp.Sum((T * S)[i, i], (i, 0, n - 1)),
    "product-of-columns": sp.Sum(v[i, 0] * w[i, 0], (i, 0, n - 1)) - (v.T * w)[0, 0],
    "unit-column": S * UNIT - S[:, i],
    "picked-by-its-index": sp.Piecewise((S[i, 0], sp.Eq(i, 3)), (S[3, 0], True))
    - S[3, 0],
    "index-written-otherwise": square(n * h + h)[h * (n + 1) - 1, 0]
    - square(n * h + h)[h * n + h - 1, 0],
    "odd-number": sp.floor(o / 2) - (o - 1) / 2,
    "odd-size": sp.floor(o / 2) * square(o) - (o - 1) / 2 * square(o),
    "entry-by-entry-over-a-sum": sp.HadamardProduct(S, S + T)
    - sp.HadamardProduct(S, S)
    - sp.HadamardProduct(S, T),
    "blocks": sp.BlockMatrix([[S, T]]) * sp.BlockMatrix([[T], [S]]) - S * T - T * S,
    "inverse": (S + sp.Identity(n)).I * S - S * (S + sp.Identity(n)).I,
    "trace": sp.Trace(S * T) * S - sp.Trace(T * S) * S,
    "diagonal": sp.DiagMatrix(v) * sp.OneMatrix(n, 1) - v,
}


@pytest.mark.parametrize("difference", TRUE_AND_HARD.values(), ids=TRUE_AND_HARD)
def test_what_is_true_is_never_refuted(difference):
    assert counterexample(difference.doit()) is None


def test_an_entry_is_a_number_unless_its_index_is_found_elsewhere():
    assert without_elements(S[0, 1] + S[k, 1]) == sp.Symbol("S[0, 1]") + sp.Symbol(
        "S[k, 1]"
    )
    for entry in (
        sp.Sum(S[k, k], (k, 0, 3)),
        k * S[k, 0],
        sp.KroneckerDelta(i, k) * S[0, i],
    ):
        assert without_elements(entry) == entry


def test_a_point_keeps_to_what_is_assumed():
    even, irrational = sp.Symbol("e", even=True), sp.Symbol("r", irrational=True)
    assert is_allowed(
        {even: sp.Integer(2), p: sp.Rational(1, 7), z: sp.Rational(-1, 7)}
    ) and is_allowed({})
    seventh = sp.Rational(1, 7)
    for point in (
        {even: sp.Integer(3)},
        {irrational: seventh},
        {p: -seventh},
        {z: seventh, k: seventh},
    ):
        assert not is_allowed(point)
    assert counterexample(even + sp.I * irrational) is None
    assert (
        counterexample(sp.Max(even, 1))
        == "at e = -4 the left side minus the right is 1"
    )


UNSHOWN = {
    "function-through-a-product": (
        (S * T).applyfunc(f),
        S.applyfunc(f) * T.applyfunc(f),
    ),
    "functions": (S.applyfunc(f), S.applyfunc(sp.Function("g"))),
    "slope-inside": (
        sp.HadamardProduct(S * T, T.applyfunc(f)),
        S * sp.HadamardProduct(T, T.applyfunc(f)),
    ),
    "nan": (sp.nan, sp.nan),
    "infinite": (sp.oo, 5),
    "in-one-entry": (sp.Matrix([z, f(z)]), sp.Matrix([z, f(-z)])),
    "hole": (sp.Piecewise((sp.nan, sp.Eq(x, 0)), (1, True)), 1),
    "point": (sp.Piecewise((5, sp.Eq(x, 2)), (x, True)), x),
}


@pytest.mark.parametrize(("left", "right"), UNSHOWN.values(), ids=UNSHOWN)
def test_what_is_not_shown_is_not_equal(left, right):
    with pytest.raises(
        NotProvedError,
        match="SymPy could not decide whether the two sides are equal\n  left side",
    ):
        how_equal(*map(sp.sympify, (left, right)))


GAP = sp.Piecewise((x, x > 0))
TRIED = [sp.Rational(t, 7) for t in (3, -4, 5, -6, 7)]
REASONS = {
    "shape": (z, sp.ones(1, 1), None, "the sides differ in shape: () and (1, 1)"),
    "size": (S, W, None, "the sides differ in shape: (n, n) and (n, h)"),
    "rounded-on-the-left": (
        0.5 * z,
        z / 2,
        None,
        "a rounded number proves nothing, write a Rational",
    ),
    "rounded-on-the-right": (
        z / 2,
        0.5 * z,
        None,
        "a rounded number proves nothing, write a Rational",
    ),
    "gap-on-the-left": (
        GAP,
        x,
        None,
        "a side is undefined in places, prove it by cases",
    ),
    "gap-on-the-right": (
        x,
        GAP,
        None,
        "a side is undefined in places, prove it by cases",
    ),
    "undecided": (
        f(z),
        f(-z),
        None,
        "SymPy could not decide whether the two sides are equal",
    ),
    "false": (z, 2 * z, None, "the two sides differ"),
    "false-at-random-points": (
        sp.prod(z - t for t in TRIED),
        sp.Integer(0),
        2,
        "the two sides differ",
    ),
}


@pytest.mark.parametrize(
    ("left", "right", "points", "reason"), REASONS.values(), ids=REASONS
)
def test_why_it_is_no_proof_is_said_first_then_both_sides_then_the_point(
    left, right, points, reason
):
    with pytest.raises(NotProvedError) as raised:
        how_equal(left, right, points)
    said, _, point = str(raised.value).partition("\n  at ")
    assert said == f"{reason}\n  left side   {left}\n  right side  {right}"
    assert bool(point) == ("differ" in reason and "shape" not in reason)


def test_a_gap_is_a_last_case_with_a_condition():
    above, below, rest = (1, x > 0), (2, x < 0), (3, True)
    for cases in ([above], [above, below], [rest], [above, rest], [above, below, rest]):
        assert has_gap(1 + sp.Piecewise(*cases)) == (rest not in cases)
    assert not has_gap(x)


FOUND = {  # difference: the point
    "first": (z, "z = 3/7"),
    "on-the-left": ((z - sp.Rational(3, 7)), "z = -4/7"),
    "undefined-at-the-first": (1 / (z - sp.Rational(3, 7)), "z = -4/7"),
    "two-symbols": (y * z + y, "y = 3/7, z = 5/7"),
    "positive": (p, "p = 3/7"),
    "negative": (sp.Symbol("q", negative=True), "q = -3/7"),
    "none-above-0": ((z - 5) * sp.Symbol("q", nonpositive=True), "q = -3/7, z = 5/7"),
    "zero": (sp.Symbol("q", zero=True) + 1, "q = 0"),
    "whole-number": (k - m, "k = 3, m = 5"),
    "element": (S[0, 1] - S[1, 0], "S[0, 1] = 3/7, S[1, 0] = 5/7"),
    "nowhere-equal": (sp.Integer(1), "every point"),
    "corner-alone": (sp.Piecewise((1, sp.Eq(x, 0)), (0, True)), "x = 0"),
    "close-to-0": (
        sp.Max(sp.Rational(1, 100), x) * sp.Max(0, sp.Rational(1, 100) - x),
        "x = -4/7",
    ),
    "only-close-to-0": (sp.Max(0, sp.Rational(1, 100) - p), "p = 3/7000"),
    "close-to-0-on-the-right": (
        sp.Max(0, sp.Rational(1, 100) - x) * sp.Max(0, x),
        "x = 3/7000",
    ),
    "close-to-0-beside-a-whole-number": (
        k * sp.Max(0, sp.Rational(1, 100) - p),
        "k = 3, p = 1/1400",
    ),
    "at-0-beside-what-is-not-0": (
        sp.Piecewise((1, sp.Eq(x, 0) & (c > 0)), (0, True)),
        "c = 3/7, x = 0",
    ),
    "far-off": (sp.Max(0, x - 100), "x = 3000/7"),
    "far-off-on-the-left": (sp.Max(0, -100 - x), "x = -3000/7"),
    "corner-in-whole-numbers": (
        sp.Max(0, k - 3) * sp.Max(0, 5 - k) + sp.Max(0, -4 - k),
        "k = -6",
    ),
    "corner-at-0-of-a-positive": (
        sp.Max(0, -x) * sp.Max(0, 4 - p) + sp.Max(0, p - 1000),
        "p = 4/7, x = -6/7",
    ),
}


@pytest.mark.parametrize(("difference", "point"), FOUND.values(), ids=FOUND)
def test_a_point_is_found_and_named(difference, point):
    found = counterexample(difference)
    assert re.fullmatch(r"at .* the left side minus the right is -?[0-9.e+-]+", found)
    where = found.removeprefix("at ").partition(" the left")[0]
    assert where == point


FAR_AND_NEAR = [
    sp.Rational(3, 7) * scale
    for scale in (0, sp.Rational(1, 1000), sp.Rational(-1, 1000), 1000, -1000)
]


@pytest.mark.parametrize("point", TRIED, ids=str)
def test_each_of_five_points_is_tried(point):
    zero_at_the_others = sp.prod(z - other for other in TRIED if other != point)
    assert counterexample(zero_at_the_others).startswith(f"at z = {point} the left")


@pytest.mark.parametrize("point", [*TRIED, *FAR_AND_NEAR], ids=str)
def test_where_there_is_a_corner_so_are_0_and_points_near_and_far(point):
    assert counterexample(sp.Piecewise((1, sp.Eq(x, point)), (0, True))).startswith(
        f"at x = {point} the left"
    )


def test_what_may_be_no_more_than_rounding_is_no_difference():
    limit = sp.Rational(1, 10**9)
    assert counterexample(limit) is None
    assert (
        counterexample(2 * limit)
        == "at every point the left side minus the right is 2e-09"
    )


def test_a_complex_difference_is_named_as_such():
    assert (
        counterexample(sp.I * z)
        == "at z = 3/7 the left side minus the right is 0+0.428571j"
    )


@pytest.mark.parametrize(
    "difference",
    [f(z), S.applyfunc(f) - T, sp.Trace(S) - sp.Trace(T), sp.zoo, sp.nan, z - z],
    ids=str,
)
def test_no_point_is_named_where_no_number_says_anything(difference):
    assert counterexample(difference) is None


def test_a_difference_in_any_entry_is_found():
    assert (
        counterexample(sp.Matrix([[0, f(z)], [0, y]]))
        == "at y = 3/7 the left side minus the right is 0.428571"
    )


def test_exactly_at_random_points_is_0_another_number_or_unknown():
    assert exact_at(3, sp.expand((z + y) ** 2) - (z + y) ** 2) == (
        "equal at 3 random rational points",
        None,
    )
    how, found = exact_at(3, sp.Matrix([0, z * p - y * p]))
    assert how is None and re.fullmatch(
        "at p = [0-9/]+, y = .* the left side minus the right is -?[0-9.e+]+", found
    )
    f_far_off = sp.Piecewise((0, x < 99), (f(x), True))
    for unknown in (
        sp.sin(z),
        f(z),
        S - T,
        S[0, 0] * f(y),
        sp.nan,
        sp.Sum(S[k, k], (k, 0, 3)),
        f_far_off,
    ):
        assert exact_at(3, unknown) == (None, None)


def test_random_points_are_the_same_on_every_run():
    assert exact_at(1, z - p) == (
        None,
        "at p = 14, z = -6/7 the left side minus the right is -14.8571",
    )


def test_random_points_are_sevenths_from_1_to_99():
    assert exact_at(400, sp.Max(99, 7 * abs(x)) - 99) == (
        "equal at 400 random rational points",
        None,
    )
    assert exact_at(400, sp.Min(1, 7 * abs(x)) - 1) == (
        "equal at 400 random rational points",
        None,
    )


def test_random_points_keep_to_what_is_assumed():
    count, q = (
        sp.Symbol("r", integer=True, negative=True),
        sp.Symbol("q", nonnegative=True),
    )
    difference = (
        sp.Piecewise((0, (count < 0) & (q >= 0)), (1, True)) + sp.floor(count) - count
    )
    assert exact_at(20, difference) == ("equal at 20 random rational points", None)


def test_shape_and_kind():
    assert (shape(z), shape(S), shape(sp.ones(2, 3))) == ((), (n, n), (2, 3))
    assert [is_matrix(side) for side in (z, S, sp.ones(2, 3))] == [False, True, True]


def test_a_zero_is_shown_as_it_can_be():
    assert way_to_zero(sp.Integer(0)) == "worked out"
    assert way_to_zero(z) is None
    assert way_to_zero(sp.ZeroMatrix(n, h)) == "for matrices of every size"

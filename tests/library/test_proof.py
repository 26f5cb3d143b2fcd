"""define, prove, compare: true equations pass, false ones and undecided ones do not, and the message says why."""

import functools
import re

import numpy as np
import pytest
import sympy as sp

from shallowlib import (
    Parameters,
    backward,
    cost,
    cross_entropy,
    forward,
    half_squared_error,
    identity,
    loops,
    relu,
    sigmoid,
    tanh,
)
from shallowlib.proof import (
    LEDGER,
    CodeDiffersError,
    Equation,
    NotProvedError,
    compare,
    define,
    prove,
)


@pytest.fixture(autouse=True)
def an_empty_ledger():
    LEDGER.clear()


z, y, alpha = sp.symbols("z y alpha")
x, p = sp.Symbol("x", real=True), sp.Symbol("p", positive=True)
n, h = sp.symbols("n h", integer=True, positive=True)
m, i = sp.symbols("m i", integer=True, positive=True)
a, f, g = sp.Function("a"), sp.Function("f"), sp.Function("g")
SIGMA = 1 / (1 + sp.exp(-z))
TANH = (sp.exp(z) - sp.exp(-z)) / (sp.exp(z) + sp.exp(-z))

# A layer of two units on two examples, written out: every matrix is 2 by 2, so that no shape gives a slip away.
W1, W2, A1 = (sp.Matrix(2, 2, sp.symbols(f"{letter}:4")) for letter in "wva")
X, Y = sp.Matrix([[1, 2], [-3, 5]]), sp.Matrix([[1, 0], [2, -1]])
b2 = sp.Matrix(sp.symbols("b:2"))
ONES = sp.ones(1, 2)
Z2 = W2 * A1 + b2 * ONES
J = sum(entry**2 for entry in Z2 - Y) / 2 / 2  # (1/m) sum L with m = 2
DZ2 = Z2 - Y
J_W1 = J.subs(
    dict(zip(A1, W1 * X, strict=True)), simultaneous=True
)  # with A1 = W1 X, a layer of identities
LETTERS = [
    *W1,
    *W2,
    *A1,
    *b2,
]  # two of them are enough for a slip to show, and much faster
NUMBERS = {
    letter: k**2 % 7 - 3
    for k, letter in enumerate(LETTERS)
    if str(letter) not in {"w0", "v1"}
}


def by(cost, M):
    """The derivatives of the cost by the entries of M."""
    return M.applyfunc(lambda entry: sp.diff(cost, entry))


DZ2_W1 = W2 * W1 * X + b2 * ONES - Y
A, B = sp.MatrixSymbol("A", n, h), sp.MatrixSymbol("B", h, m)
S, T = sp.MatrixSymbol("S", n, n), sp.MatrixSymbol("T", n, n)

DW2, DB2 = sp.MatrixSymbol("dW2", 2, 2), sp.MatrixSymbol("db2", 2, 1)

TRUE = {  # case: (lhs, rhs, where)
    "sigmoid-slope": (sp.Derivative(a(z), z), a(z) * (1 - a(z)), {a(z): SIGMA}),
    "tanh-slope": (sp.Derivative(a(z), z), 1 - a(z) ** 2, {a(z): TANH}),
    "tanh-is-a-scaled-sigmoid": (TANH, 2 * SIGMA.subs(z, 2 * z) - 1, None),
    "tanh-as-a-function-of-its-own": (sp.tanh(z), TANH, None),
    "relu-as-a-maximum": (sp.Max(0, x), sp.Piecewise((x, x > 0), (0, True)), None),
    "both-forms-of-sigmoid": (SIGMA, sp.exp(z) / (1 + sp.exp(z)), None),
    "leaky-slope": (sp.Derivative(alpha * z, z), alpha, None),
    "chain-rule": (
        sp.Derivative(f(g(z)), z),
        sp.Derivative(f(g(z)), g(z)) * sp.Derivative(g(z), z),
        None,
    ),
    "square-root": (sp.Max(x, -x), sp.sqrt(x**2), None),
    "limit": (sp.Limit(SIGMA, z, sp.oo), 1, None),
    "sum": (sp.Sum(i, (i, 1, m)), m * (m + 1) / 2, None),
    "sum-of-any": (
        sp.Sum(2 * f(i), (i, 1, m)) / m,
        2 * sp.Sum(f(i), (i, 1, m)) / m,
        None,
    ),
    "numbers": (sp.Rational(1, 3), sp.Mul(2, sp.Rational(1, 6), evaluate=False), None),
    "dW2": (DW2, DZ2 * A1.T / 2, {DW2: by(J, W2)}),
    "db2": (DB2, DZ2 * sp.OneMatrix(2, 1) / 2, {DB2: by(J, b2)}),
    "dW1": (by(J_W1, W1), W2.T * DZ2_W1 * X.T / 2, None),
    "where-in-matrices": (sp.Matrix([[f(z)]]), sp.Matrix([[z**2]]), {f(z): z**2}),
    "product-transposed": (sp.Transpose(A * B), B.T * A.T, None),
    "brackets": (S * (T + S), S * T + S * S, None),
    "distributed-sign": (-(S - T) * S, T * S - S * S, None),
    "symbol-against-its-entries": (
        sp.MatrixSymbol("W", 2, 2),
        sp.MatrixSymbol("W", 2, 2).as_explicit(),
        None,
    ),
    "symbol-for-matrix": (S, T.T, {S: T.T}),
    "sympy's-own-function-by-its-definition": (
        sp.Derivative(sp.tanh(z), z),
        1 - y**2,
        {sp.tanh(z): TANH, y: TANH},
    ),
    "any-entry": (S.applyfunc(f) + S.applyfunc(f), 2 * S.applyfunc(f), None),
    "size-given": (
        A * B,
        sp.Matrix([[2 * y]]),
        {A: sp.Matrix([[y, y]]), B: sp.ones(2, 1), n: 1, h: 2, m: 1},
    ),
}


@pytest.mark.parametrize(("lhs", "rhs", "where"), TRUE.values(), ids=TRUE)
def test_what_is_true_is_proved_and_shown_as_it_was_written(lhs, rhs, where):
    shown = prove("eq-true", lhs, rhs, where=where)
    assert isinstance(shown, Equation)
    assert (shown.label, shown.lhs, shown.rhs, shown.where) == (
        "eq-true",
        lhs,
        rhs,
        where or {},
    )
    assert (shown.status, shown.code) == ("proved", {}) and shown.how
    assert LEDGER["eq-true"] is shown


SIGMOID, TANGENT = {a(z): SIGMA}, {a(z): TANH}
SLOPE = sp.Derivative(a(z), z)
SLOPE_W1, SLOPE_W2, SLOPE_B2 = (
    by(cost, M).subs(NUMBERS) for cost, M in ((J_W1, W1), (J, W2), (J, b2))
)
FALSE = {
    "one-plus-a": (SLOPE, a(z) * (1 + a(z)), SIGMOID),
    "sign-lost": (SLOPE, -a(z) * (1 - a(z)), SIGMOID),
    "a-lost": (SLOPE, 1 - a(z), SIGMOID),
    "square-lost": (SLOPE, 1 - a(z), TANGENT),
    "plus-square": (SLOPE, 1 + a(z) ** 2, TANGENT),
    "tanh-slope-for-sigmoid": (SLOPE, 1 - a(z) ** 2, SIGMOID),
    "slope-in-z": (SLOPE, 1 - z**2, TANGENT),
    "sigmoid-of-2z": (SIGMA, (TANH + 1) / 2, None),
    "tanh-without-the-2": (TANH, 2 * SIGMA - 1, None),
    "loss-sign": (sp.Derivative(sp.log(1 + sp.exp(z)) - y * z, z), SIGMA + y, None),
    "half-lost": (sp.Derivative((z - y) ** 2, z), z - y, None),
    "corner-alone": (
        sp.Piecewise((1, x > 0), (0, True)),
        sp.Piecewise((1, x >= 0), (0, True)),
        None,
    ),
    "assumed-otherwise": (sp.sin(z), 0, {sp.sin(z): sp.Integer(0)}),
    "number-for-a-number": (2, 3, {2: 3}),
    "sum-one-short": (sp.Sum(i, (i, 1, m)), m * (m - 1) / 2, None),
    "root-of-a-square": (sp.sqrt(z**2), z, None),
    "numbers": (2, 3, None),
    "partial-for-total": (
        sp.Derivative(sp.log(1 + sp.exp(z)) - y * z, z),
        SIGMA,
        {y: z},
    ),
    "factor-held-fixed": (sp.Derivative(y * z, z), y, {y: z**2}),
    "swapped-names": (y - alpha, alpha - y + 1, {y: alpha, alpha: y}),
    "dW2-transpose-dropped": (SLOPE_W2, DZ2 * A1 / 2, NUMBERS),
    "dW2-sign": (SLOPE_W2, -DZ2 * A1.T / 2, NUMBERS),
    "dW2-without-1/m": (SLOPE_W2, DZ2 * A1.T, NUMBERS),
    "dW2-two-over-m": (SLOPE_W2, 2 * DZ2 * A1.T / 2, NUMBERS),
    "dW2-y-minus-a": (SLOPE_W2, (Y - Z2) * A1.T / 2, NUMBERS),
    "dW2-order": (SLOPE_W2, A1.T * DZ2 / 2, NUMBERS),
    "dW2-bias-lost": (SLOPE_W2, (W2 * A1 - Y) * A1.T / 2, NUMBERS),
    "dW2-one-entry": (SLOPE_W2, DZ2 * A1.T / 2 + sp.Matrix([[0, 0], [0, y]]), NUMBERS),
    "db2-without-1/m": (SLOPE_B2, DZ2 * ONES.T, NUMBERS),
    "dW1-W1-for-W2": (SLOPE_W1, W1.T * DZ2_W1 * X.T / 2, NUMBERS),
    "dW1-transpose-dropped": (SLOPE_W1, W2 * DZ2_W1 * X.T / 2, NUMBERS),
    "dW1-A-for-X": (SLOPE_W1, W2.T * DZ2_W1 * (W1 * X).T / 2, NUMBERS),
    "transpose": (S, S.T, None),
    "order": (S * T, T * S, None),
    "sign-of-matrices": ((S * T).T, -T.T * S.T, None),
    "transpose-dropped": ((S * T).T, T * S, None),
    "wrong-order-transposed": ((S * T).T, S.T * T.T, None),
    "factor": (S * T, 2 * S * T, None),
    "without-1/m": (A * B / m, A * B, None),
    "other-matrix": (S * A, T * A, None),
    "size-without-assumptions": (sp.OneMatrix(z, z), sp.Identity(z), None),
    "entries-of-matrices": (
        *(sp.MatrixSymbol(letter, 2, 2).as_explicit() for letter in "WV"),
        None,
    ),
}


@pytest.mark.parametrize(("lhs", "rhs", "where"), FALSE.values(), ids=FALSE)
def test_what_is_false_is_refused_with_both_sides_and_a_point(lhs, rhs, where):
    with pytest.raises(NotProvedError) as raised:
        prove("eq-false", lhs, rhs, where=where)
    message = str(raised.value)
    assert message.startswith("eq-false: the two sides differ\n  left side   ")
    assert re.search(
        "(?s)\n  right side  .+\n  at .+ the left side minus the right is -?[0-9.]+$",
        message,
    )
    assert LEDGER == {}


def test_both_sides_are_shown_as_they_were_compared():
    with pytest.raises(NotProvedError) as raised:
        prove("eq-false", f(z), sp.Derivative(y**3, y), where={f(z): z**2})
    assert str(raised.value).splitlines()[1:3] == [
        "  left side   z**2",
        "  right side  3*y**2",
    ]


def test_the_point_named_is_one_where_the_sides_differ_by_what_is_said():
    with pytest.raises(
        NotProvedError,
        match="at y = 3/7, z = 5/7 the left side minus the right is 0.816327",
    ):
        prove("eq-false", z * y + z**2, 0)  # 15/49 + 25/49
    with pytest.raises(
        NotProvedError, match="at every point the left side minus the right is -1"
    ):
        prove("eq-false", z, z + 1)
    with pytest.raises(
        NotProvedError, match="at m = 3 the left side minus the right is 3"
    ):
        prove("eq-false", sp.Sum(i, (i, 1, m)), m)  # 6 - 3: whole numbers for a count


def test_a_point_for_matrices_names_their_size_and_entries():
    point = r"  at n = 2, S\[0, 1\] = 3/7, S\[1, 0\] = 5/7 the left side minus the right is -0.285714$"
    with pytest.raises(NotProvedError, match=point):
        prove("eq-false", S, S.T)
    with pytest.raises(
        NotProvedError,
        match="  at h = 2, m = 3, n = 4, A.* the left side minus the right is ",
    ):
        prove("eq-false", A * B, 2 * A * B)


def test_column_i_of_a_layer_is_the_layer_on_column_i_and_no_other():
    i_any, j_any = sp.symbols("i j", integer=True, nonnegative=True)
    X_all, b_1 = sp.MatrixSymbol("X", h, m), sp.MatrixSymbol("b1", n, 1)
    x_i, z_i, Z_all = (
        sp.MatrixSymbol("x(i)", h, 1),
        sp.MatrixSymbol("z1(i)", n, 1),
        A * X_all + b_1 * sp.OneMatrix(1, m),
    )
    where = {x_i: X_all[:, i_any], z_i: Z_all[:, i_any]}
    shown = prove("eq-columns", z_i, A * x_i + b_1, where=where)
    assert (shown.status, shown.how) == (
        "proved",
        "entry by entry, for matrices of every size",
    )
    for wrong in (A * x_i, A * x_i - b_1, 2 * A * x_i + b_1):
        with pytest.raises(NotProvedError, match="^eq-columns: the two sides differ"):
            prove("eq-columns", z_i, wrong, where=where)
    for other in (j_any, i_any + 1):
        with pytest.raises(NotProvedError, match="^eq-columns: the two sides differ"):
            prove(
                "eq-columns", z_i, A * x_i + b_1, where=where | {x_i: X_all[:, other]}
            )


q = sp.Symbol("q", negative=True)
NONZERO = sp.Symbol("c", real=True, nonzero=True)
ASSUMED = {  # shown: (lhs, rhs, where, how)
    "positive": (sp.sqrt(z), p, {z: p**2}, ", for p > 0"),
    "negative": (sp.sqrt(z), -q, {z: q**2}, ", for q < 0"),
    "both-sorted": (sp.sqrt(z), -q * p, {z: p**2 * q**2}, ", for p > 0 and q < 0"),
    "on-the-left-alone": (p - p * y, 0, {y: sp.Integer(1)}, ", for p > 0"),
    "on-the-right-alone": (y - 1, p - p * y, {y: sp.Integer(1)}, ", for p > 0"),
    "count": (n + n * y, 2 * n, {y: sp.Integer(1)}, ""),
    "count-below-0": (n * z + n * y, 2 * n * y, {z: y}, ""),
    "any-sign": (x + x * y, 2 * x, {y: sp.Integer(1)}, ""),
    "not-negative": (y * sp.Symbol("r", nonnegative=True), 0, {y: sp.Integer(0)}, ""),
    "not-on-the-page": (y, z, {y: sp.sqrt(p**2), z: p}, ", for p > 0"),
    "divided-by": (
        z * abs(NONZERO) / NONZERO,
        z * NONZERO / abs(NONZERO),
        None,
        ", for c not 0",
    ),
    "size": (S * (T + S), S * T + S * S, None, ""),
}


@pytest.mark.parametrize(
    ("lhs", "rhs", "where", "signs"), ASSUMED.values(), ids=ASSUMED
)
@pytest.mark.parametrize("points", [None, 2])
def test_the_signs_that_symbols_were_given_are_said(lhs, rhs, where, signs, points):
    points = None if lhs.is_Matrix else points
    how = prove("eq-signs", lhs, rhs, where=where, points=points).how
    assert re.fullmatch("[a-z0-9 ,]*[a-z]" + signs, how)
    assert signs or " for " not in how.replace("for matrices of every size", "")


def test_the_sign_of_a_function_is_said():
    f = sp.Function("f", positive=True)
    assert (
        prove("eq-signs", sp.sqrt(z), f(x), where={z: f(x) ** 2}).how
        == "worked out, for f(x) > 0"
    )


def test_a_symbol_that_is_always_0_is_refused():
    with pytest.raises(NotProvedError, match="eq-signs: b is always 0: write 0"):
        prove("eq-signs", z + sp.Symbol("b", zero=True), z)


def test_a_derivative_by_something_that_is_not_there_is_refused():
    L = sp.Symbol("L")
    with pytest.raises(
        NotProvedError,
        match="eq-slope: Derivative.L, z. is by something that is not in L",
    ):
        prove("eq-slope", sp.Derivative(L, z), 0)
    assert (
        prove("eq-slope", sp.Derivative(L, z), 2 * z, where={L: z**2}).status
        == "proved"
    )


def test_a_sign_is_said_after_the_cases():
    shown = prove("eq-signs", abs(p * x), p * sp.Max(x, -x), cases=x)
    assert shown.how == "case by case: x > 0, x < 0, x = 0, for p > 0"


def test_a_point_is_sought_on_both_sides_of_zero_until_the_sides_differ():
    zero_at_first = (z - sp.Rational(3, 7)) * (z - sp.Rational(4, 7))
    with pytest.raises(
        NotProvedError, match="at z = -4/7 the left side minus the right is 1.14286"
    ):
        prove("eq-false", zero_at_first, 0)


UNDECIDED = {  # false, or true and beyond SymPy: no point can be named
    "unknown-function-of-a-matrix": (S.applyfunc(f), S.applyfunc(g), None),
    "index-out-of-small-matrices": (S[5, 5] * T, T, None),
    "no-inverse": (sp.OneMatrix(n, n).I * S, S, None),
    "unknown-function": (f(z), f(-z), None),
    "sum-of-unknown": (sp.Sum(f(i), (i, 1, m)), sp.Sum(f(i), (i, 1, m)) / m, None),
    "trace": (sp.Trace(S * T) + sp.Trace(S), sp.Trace(S), None),
    "true-of-positive-p": (
        sp.sqrt(p**2 + 2 * p / 7 + sp.Rational(1, 49)),
        p + sp.Rational(1, 7),
        None,
    ),
    "complex-log": (sp.log(sp.exp(z)), z, None),
    "infinite": (sp.oo, y, {y: sp.oo}),
}


@pytest.mark.parametrize(("lhs", "rhs", "where"), UNDECIDED.values(), ids=UNDECIDED)
def test_what_sympy_cannot_decide_is_refused_and_said_to_be_undecided(lhs, rhs, where):
    with pytest.raises(
        NotProvedError,
        match="^eq-unknown: SymPy could not decide whether .*\n  left side .*\n  right side .*$",
    ):
        prove("eq-unknown", lhs, rhs, where=where)


@pytest.mark.parametrize(
    ("lhs", "rhs", "shapes"),
    [
        (sp.ones(2, 1), sp.ones(1, 2), r"\(2, 1\) and \(1, 2\)"),
        (sp.ones(1, 1), 1, r"\(1, 1\) and \(\)"),
        (z, sp.Matrix([[z]]), r"\(\) and \(1, 1\)"),
        (A, A.T, r"\(n, h\) and \(h, n\)"),
        (A, sp.ones(2, 2), r"\(n, h\) and \(2, 2\)"),
    ],
    ids=[
        "transposed",
        "matrix-scalar",
        "scalar-matrix",
        "symbolic",
        "symbolic-explicit",
    ],
)
def test_sides_of_different_shape_are_refused_with_their_shapes(lhs, rhs, shapes):
    with pytest.raises(
        NotProvedError, match="eq-shape: the sides differ in shape: " + shapes
    ):
        prove("eq-shape", lhs, rhs)


def test_the_form_of_the_slope_in_the_library_is_the_one_proved():
    prove("eq-sigmoid-slope", SLOPE, sigmoid.prime(z, a(z)), where=SIGMOID)
    prove("eq-tanh-slope", SLOPE, tanh.prime(z, a(z)), where=TANGENT)
    with pytest.raises(NotProvedError):
        prove("eq-mixed", SLOPE, tanh.prime(z, a(z)), where=SIGMOID)


def test_a_definition_is_shown_unproved_and_unevaluated():
    shown = define("eq-j-2", sp.Symbol("J"), sp.Derivative(z**2, z))
    assert {"eq-j-2": shown} == LEDGER
    assert (shown.rhs, shown.status, shown.how) == (
        sp.Derivative(z**2, z),
        "definition",
        "",
    )


@pytest.mark.parametrize("name", [z, S, f(z)], ids=str)
def test_a_symbol_a_matrix_and_an_applied_function_can_be_defined(name):
    assert define("eq-name", name, 2 * name).lhs == name


@pytest.mark.parametrize(
    "lhs", [sp.sin(z) ** 2, sp.Integer(1), S * T, S.T, sp.tanh(z)], ids=str
)
def test_only_a_name_can_be_defined(lhs):
    with pytest.raises(ValueError, match="eq-lie: only a name can be defined: got "):
        define("eq-lie", lhs, S if hasattr(lhs, "shape") else z)


@pytest.mark.parametrize(
    "label",
    [
        "",
        "eq-",
        "sigmoid",
        "eq-Sigmoid",
        "eq_sigmoid",
        "eq-a--b",
        "eq-a-",
        "eq-a b",
        "eq-a\n",
        " eq-a",
    ],
)
@pytest.mark.parametrize("state", [define, prove], ids=lambda state: state.__name__)
def test_a_label_out_of_form_is_refused(state, label):
    with pytest.raises(
        ValueError, match="a label is eq- and words in small letters joined by -: got"
    ):
        state(label, z, 2 * z)


def test_the_errors_are_value_errors():
    assert issubclass(NotProvedError, ValueError) and issubclass(
        CodeDiffersError, ValueError
    )


def test_names_are_replaced_all_at_once():
    with pytest.raises(NotProvedError):
        prove("eq-false", y - alpha, alpha - y, where={y: alpha + 1, alpha: y + 2})
    prove("eq-true", sp.Derivative(y * z, z), 3 * z**2, where={y: z**2})


def test_a_value_for_the_variable_of_a_derivative_is_refused():
    with pytest.raises(
        NotProvedError,
        match="eq-false: where makes no sense here: .*\n.*derivative wrt 0",
    ):
        prove("eq-false", sp.Derivative(z**2, z), 0, where={z: 0})


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        (sp.Piecewise((x, x > 0)), x),
        (sp.Piecewise((0, x > 0), (1, x < 0)), (1 - sp.sign(x)) / 2),
    ],
    ids=["one-case", "no-case-at-zero"],
)
@pytest.mark.parametrize("turn", [1, -1], ids=["on-the-left", "on-the-right"])
def test_a_side_with_a_gap_is_refused(lhs, rhs, turn):
    with pytest.raises(
        NotProvedError,
        match="eq-gap: a side is undefined in places, prove it by cases\n  left side",
    ):
        prove("eq-gap", *(lhs, rhs)[::turn])


@pytest.mark.parametrize("turn", [1, -1], ids=["on-the-left", "on-the-right"])
def test_a_rounded_number_is_refused(turn):
    with pytest.raises(
        NotProvedError,
        match="a rounded number proves nothing, write a Rational\n  left side",
    ):
        prove("eq-false", *(0.3333333333333333 * z, z / 3)[::turn])


def test_digits_lost_in_a_number_do_not_refute_what_is_true():
    assert (
        prove("eq-large", sp.cosh(1000 * x) ** 2 - sp.sinh(1000 * x) ** 2, 1).status
        == "proved"
    )


@pytest.mark.parametrize(
    "lhs",
    [sp.Limit(sp.exp(-y * x), x, sp.oo), sp.Limit(abs(x) / x, x, 0, "+-")],
    ids=["unknown-sign", "two-sided"],
)
def test_what_sympy_cannot_carry_out_is_not_proved(lhs):
    with pytest.raises(NotProvedError, match="eq-limit: SymPy cannot carry this out"):
        prove("eq-limit", lhs, 1)


@pytest.mark.parametrize(
    "again",
    [
        lambda: prove("eq-again", z + z, 3 * z),
        lambda: prove("eq-again", z, sp.Symbol("no name")),
        lambda: prove("eq-again", z, z),
        lambda: prove("eq-again", z, "z"),
        lambda: prove("eq-again", z, 2 * z, points=0),
    ],
    ids=["false", "unknown-symbol", "same", "text", "points"],
)
def test_a_proof_that_fails_leaves_no_older_equation_under_its_label(again):
    prove("eq-again", (z + 1) ** 2, z**2 + 2 * z + 1)
    with pytest.raises(ValueError):
        again()
    assert LEDGER == {}


@pytest.mark.parametrize("state", [define, prove])
def test_text_is_not_evaluated(state):
    with pytest.raises(sp.SympifyError):
        state("eq-text", "z", "z")


@pytest.mark.parametrize("where", [{"z": y}, {z: "y"}], ids=["key", "value"])
def test_text_in_where_is_not_evaluated(where):
    with pytest.raises(sp.SympifyError):
        prove("eq-text", z, y, where=where)


@pytest.mark.parametrize(
    "side", [sp.true, sp.Eq(z, y), sp.Interval(0, 1), sp.Array([z]), (z,)], ids=str
)
@pytest.mark.parametrize("state", [define, prove])
def test_a_side_is_a_scalar_or_a_matrix(state, side):
    with pytest.raises(
        ValueError, match="eq-kind: a side must be a scalar or a matrix"
    ):
        state("eq-kind", z, side)


@pytest.mark.parametrize(
    "side", [z, sp.Integer(1), A * B, sp.eye(2)], ids=["z", "1", "AB", "eye"]
)
def test_two_sides_that_are_the_same_as_written_prove_nothing(side):
    with pytest.raises(
        NotProvedError, match="eq-same: both sides are the same as they stand"
    ):
        prove("eq-same", side, side)


Z_REAL, Z_POSITIVE = sp.Symbol("z", real=True), sp.Symbol("z", positive=True)
ALIKE = {  # false as the page would show them: two letters that look the same are not
    "slope": (sp.Derivative(Z_REAL**2, z), 0, None),
    "slope-by-where": (sp.Derivative(a(Z_REAL), Z_REAL), 0, {a(Z_REAL): z**2}),
    "fewer-values": (sp.sqrt(z**2), z, {z: Z_POSITIVE}),
    "layers": (sp.Derivative(sp.Symbol("W1") ** 2, sp.Symbol("W[1]")), 0, None),
    "letter-of-a-sum": (
        sp.Sum(Z_REAL, (sp.Symbol("z", integer=True), 1, 3)),
        3 * Z_REAL,
        None,
    ),
    "number-and-matrix": (
        sp.Trace(S) - sp.Symbol("S"),
        sp.Trace(S) - sp.Symbol("S", real=True),
        None,
    ),
    "matrix-and-number": (
        sp.Trace(S) + sp.Symbol("S"),
        sp.Trace(S.T) + sp.Symbol("S"),
        None,
    ),
    "functions": (sp.Derivative(sp.Function("f", real=True)(z) ** 2, f(z)), 0, None),
    "dummy": (sp.Derivative(sp.Dummy("z") ** 2, z), 0, None),
}


@pytest.mark.parametrize(("lhs", "rhs", "where"), ALIKE.values(), ids=ALIKE)
def test_two_symbols_that_look_the_same_are_refused(lhs, rhs, where):
    with pytest.raises(
        NotProvedError,
        match="eq-alike: two different symbols are both written [zSWf]1?",
    ):
        prove("eq-alike", lhs, rhs, where=where)


def test_a_symbol_and_a_function_of_one_letter_are_told_apart_by_the_bracket():
    assert prove(
        "eq-both",
        sp.Derivative(a(z), z),
        sp.Symbol("a"),
        where={a(z): z**2, sp.Symbol("a"): 2 * z},
    )


@pytest.mark.parametrize(
    ("where", "shapes"),
    [
        ({S: z, T: y}, r"S .* \(n, n\) and \(\)"),
        ({S: sp.Matrix([[z]]), T: sp.Matrix([[y]])}, r"S .* \(n, n\) and \(1, 1\)"),
        ({z: sp.Matrix([[y]])}, r"z .* \(\) and \(1, 1\)"),
    ],
    ids=["matrices-as-numbers", "of-one-size", "number-as-matrix"],
)
def test_what_a_symbol_stands_for_has_its_shape(where, shapes):
    with pytest.raises(
        NotProvedError,
        match="eq-shape: "
        + shapes.replace(".*", "and what it stands for differ in shape:"),
    ):
        prove("eq-shape", S * T, T * S, where=where)  # of numbers it would be true


STEP = sp.Piecewise((0, x < 0), (1, x > 0))
RELU = sp.Function("ReLU")(x)


def test_a_slope_with_a_corner_is_proved_left_and_right_of_it():
    shown = prove(
        "eq-relu-slope",
        sp.Derivative(RELU, x),
        STEP,
        where={RELU: sp.Max(0, x)},
        cases=x,
    )
    assert shown.status == "proved"
    assert (
        re.match("case by case: .*x > 0.*x < 0", shown.how) and "x = 0" not in shown.how
    )


def test_where_the_right_side_says_something_of_zero_it_is_proved_too():
    shown = prove("eq-abs", abs(x), sp.Piecewise((-x, x < 0), (x, True)), cases=x)
    assert "x = 0" in shown.how
    with pytest.raises(
        NotProvedError,
        match="eq-abs: where x = 0, the two sides differ\n  left side   0\n  right side  7",
    ):
        prove(
            "eq-abs", abs(x), sp.Piecewise((-x, x < 0), (x, x > 0), (7, True)), cases=x
        )


@pytest.mark.parametrize(
    ("slopes", "case"),
    [
        ((0, 2), "x > 0"),
        ((1, 1), "x < 0"),
        ((1, 0), "x > 0"),
        ((sp.Rational(1, 100), 1), "x < 0"),
    ],
    ids=str,
)
def test_the_branch_that_is_false_is_named(slopes, case):
    left, right = slopes
    with pytest.raises(
        NotProvedError,
        match=f"eq-relu-slope: where {case}, the two sides differ\n  left side",
    ):
        prove(
            "eq-relu-slope",
            sp.Derivative(sp.Max(0, x), x),
            sp.Piecewise((left, x < 0), (right, x > 0)),
            cases=x,
        )


@pytest.mark.parametrize(
    "rhs",
    [
        sp.Heaviside(x),
        sp.Piecewise((0, x < 0), (1, True)),
        sp.Piecewise((0, x <= 0), (1, True)),
        1,
    ],
    ids=["Heaviside", "one-at-0", "zero-at-0", "one"],
)
@pytest.mark.parametrize(
    "where", [{}, {RELU: sp.Max(0, x)}, {f(x): sp.Derivative(sp.Max(0, x), x)}], ids=len
)
def test_no_slope_is_proved_at_the_corner_itself(rhs, where):
    lhs = f(x) if f(x) in where else sp.Derivative(RELU if where else sp.Max(0, x), x)
    reason = (
        "where SymPy follows a convention of its own: leave 0 out of the right side"
    )
    with pytest.raises(
        NotProvedError,
        match=f"^eq-corner: a branch may have no derivative at x = 0, {reason}$",
    ):
        prove("eq-corner", lhs, rhs, where=where, cases=x)


def test_a_slope_on_the_right_side_is_not_taken_at_zero_either():
    with pytest.raises(NotProvedError, match="may have no derivative at x = 0"):
        prove("eq-corner", 2, sp.Derivative(2 * x, x), cases=x)


CORNERS = [
    sp.Max(0, x),
    sp.Min(0, x),
    abs(x),
    sp.sign(x),
    sp.Heaviside(x),
    sp.Piecewise((x, x > 0), (0, True)),
    sp.floor(x),
    sp.ceiling(x),
    sp.frac(x),
    sp.Mod(x, 2),
]


@pytest.mark.parametrize("corner", CORNERS, ids=str)
@pytest.mark.parametrize(
    "rhs", [0, 1, sp.Piecewise((1, x > 0), (0, True)), sp.Heaviside(x)], ids=str
)
def test_the_slope_of_a_corner_without_cases_is_refused(corner, rhs):
    with pytest.raises(
        NotProvedError, match="eq-corner: a corner has no derivative, prove it by cases"
    ):
        prove("eq-corner", sp.Derivative(corner, x), rhs)
    with pytest.raises(
        NotProvedError, match="eq-corner: a corner has no derivative, prove it by cases"
    ):
        prove("eq-corner", sp.Derivative(f(x), x), rhs, where={f(x): corner})


def test_a_corner_away_from_the_cases_is_refused():
    with pytest.raises(NotProvedError, match="where x > 0, a corner has no derivative"):
        prove("eq-corner", sp.Derivative(sp.Max(1, x), x), STEP, cases=x)


def test_a_corner_is_no_matter_where_the_symbol_has_a_sign():
    assert prove("eq-right", sp.Derivative(sp.Max(0, p), p), 1).status == "proved"


@pytest.mark.parametrize(
    "cases",
    [z, p, sp.Symbol("q", negative=True), sp.Symbol("q", zero=True), x + 1, 1, "x"],
    ids=str,
)
def test_cases_are_of_a_real_symbol_of_any_sign(cases):
    with pytest.raises(
        ValueError, match="cases must be a real symbol of any sign: got"
    ):
        prove("eq-cases", abs(x), sp.Max(x, -x), cases=cases)


# Exactly at random points, and never called a proof.


@pytest.mark.parametrize("points", [1, 2, 7])
def test_what_is_tested_at_points_is_not_called_proved(points):
    shown = prove("eq-tested", (z + y) ** 2, z**2 + 2 * y * z + y**2, points=points)
    assert (shown.status, shown.how) == (
        "tested",
        f"equal at {points} random rational points",
    )
    assert {"eq-tested": shown} == LEDGER


def test_matrices_are_tested_entry_by_entry():
    P, Q = (sp.MatrixSymbol(letter, 2, 2) for letter in "PQ")
    left, right = (P * (P + Q)).as_explicit(), (P * P + P * Q).as_explicit()
    assert prove("eq-tested", left, right, points=3).status == "tested"
    with pytest.raises(NotProvedError, match="the two sides differ"):
        prove("eq-tested", left, right.T, points=3)


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [(sp.sin(z) ** 2, 1 - sp.cos(z) ** 2), (f(z), f(-z)), (S * (S + T), S * S + S * T)],
    ids=["transcendental", "function", "matrices"],
)
def test_what_has_no_exact_value_at_points_is_not_tested(lhs, rhs):
    with pytest.raises(NotProvedError, match="eq-tested: SymPy could not decide"):
        prove("eq-tested", lhs, rhs, points=3)


def test_a_difference_that_only_random_points_show_is_refused():
    product = sp.prod(z - sp.Rational(k, 7) for k in (3, -4, 5, -6, 7))
    with pytest.raises(
        NotProvedError,
        match="^eq-tested: the two sides differ\n  left .*\n  right .*\n  at z = .* minus",
    ):
        prove("eq-tested", product, 0, points=2)


@pytest.mark.parametrize("points", [0, -1, 2.0, True, "3"], ids=repr)
def test_points_are_a_whole_number_of_at_least_one(points):
    with pytest.raises(
        ValueError, match="eq-tested: points must be a whole number of at least 1: got"
    ):
        prove("eq-tested", z, 2 * z / 2 + 0 * y, points=points)


def test_points_and_cases_do_not_go_together():
    with pytest.raises(ValueError, match="eq-tested: give one of cases and points"):
        prove("eq-tested", abs(x), sp.Max(x, -x), cases=x, points=3)


# What a notebook shows.


def test_an_equation_is_shown_by_its_formula_and_carries_what_the_ledger_needs():
    shown = prove("eq-sigmoid-slope", SLOPE, a(z) * (1 - a(z)), where=SIGMOID)
    assert (
        shown.latex
        == r"\frac{d}{d z} a{\left(z \right)} = \left(1 - a{\left(z \right)}\right) a{\left(z \right)}"
    )
    assert repr(shown) == "Derivative(a(z), z) = (1 - a(z))*a(z)  (proved)"
    assert shown._repr_mimebundle_(include=None, exclude=None) == {
        "text/plain": repr(shown),
        "text/latex": rf"$\displaystyle {shown.latex}$",
        "application/vnd.shallowlib.equation+json": {
            "status": "proved",
            "how": shown.how,
            "code": {},
            "meaning": [r"a{\left(z \right)} = \frac{1}{1 + e^{- z}}"],
            "symbols": ["a", "z"],
        },
    }


def test_what_letters_stand_for_is_said_where_they_are_shown_and_are_no_arrays():
    M, k = sp.MatrixSymbol("M", 1, 2), sp.Symbol("k")
    where = {M: sp.Matrix([[2, 4]]), z: sp.Integer(2), k: sp.Integer(7)}
    shown = prove("eq-meaning", M, sp.Matrix([[z, 2 * z]]), where=where)
    assert shown.meaning == ["z = 2"]


@pytest.mark.parametrize("state", [define, prove])
@pytest.mark.parametrize("name", [r"W^{[1]}", r"\alpha", "w 1", "beta_1a"])
def test_an_equation_with_a_symbol_that_cannot_be_written_is_refused(state, name):
    where = {"where": {z: sp.Symbol(name)}} if state is prove else {}
    for sides in ((z, sp.Symbol(name)), (sp.Symbol(name), z)):
        with pytest.raises(ValueError, match="no way to write the symbol"):
            state("eq-name", *sides, **where)
    assert LEDGER == {}


# compare: the code that computes the equation.

POINTS = np.linspace(-3, 3, 7)
CODE = "activations.Sigmoid.prime"


@pytest.fixture
def slope():
    """σ' = a(1 - a), proved."""
    return prove("eq-sigmoid-slope", SLOPE, y * (1 - y), where={a(z): SIGMA, y: SIGMA})


def test_code_is_compared_with_what_sympy_works_out(slope):
    assert (
        compare(
            "eq-sigmoid-slope", sigmoid.prime, POINTS, sigmoid(POINTS), at={z: POINTS}
        )
        is None
    )
    shown = LEDGER.pop("eq-sigmoid-slope")
    assert shown.code == {CODE: {"with SymPy": 7}}
    assert LEDGER == {}
    assert (shown.lhs, shown.rhs, shown.status, shown.how) == (
        slope.lhs,
        slope.rhs,
        "proved",
        slope.how,
    )
    assert slope.code == {}, "the older object is left as it was"


@pytest.mark.parametrize("shape", [(), (1, 7), (7, 1), (1, 1, 7)], ids=str)
def test_the_result_has_the_shape_of_the_values(slope, shape):
    Z = np.broadcast_to(0.25, shape)
    compare("eq-sigmoid-slope", sigmoid.prime, Z, sigmoid(Z), at={z: Z})
    assert LEDGER["eq-sigmoid-slope"].code == {CODE: {"with SymPy": Z.size}}


def test_two_symbols_at_tables_of_values_that_broadcast():
    define("eq-loss", sp.Symbol("L"), (z - y) ** 2 / 2)
    Z, Y_row = POINTS[:, None], POINTS[None, :3]
    compare("eq-loss", half_squared_error, Z, Y_row, at={z: Z, y: Y_row})
    assert LEDGER["eq-loss"].code == {"losses.half_squared_error": {"with SymPy": 21}}


def test_wrong_code_is_refused_with_both_results(slope):
    with pytest.raises(CodeDiffersError) as raised:
        compare(
            "eq-sigmoid-slope",
            tanh.prime,
            np.zeros(2),
            np.zeros(2),
            at={z: np.zeros(2)},
        )
    first, code, expected = str(raised.value).splitlines()
    assert first.startswith(
        "eq-sigmoid-slope: activations.Tanh.prime, with SymPy, differs from "
    )
    assert (code, expected) == ("  code      [1.0, 1.0]", "  expected  [0.25, 0.25]")
    assert {"eq-sigmoid-slope": slope} == LEDGER


@pytest.mark.parametrize(
    "wrong",
    [
        lambda good: good * (1 + 1e-5),
        lambda good: np.where(good == good.min(), good + 1e-6, good),
        lambda good: good[:, None],
        lambda good: good[:-1],
        lambda good: good[0],
        lambda good: np.full_like(good, np.nan),
        lambda good: np.where(good == good.min(), np.nan, good),
        lambda good: np.where(good == good.min(), np.inf, good),
    ],
    ids=[
        "a-little",
        "one-entry",
        "a-column",
        "one-short",
        "one-number",
        "nan",
        "one-nan",
        "one-inf",
    ],
)
@pytest.mark.parametrize("against", ["at", "loop", "slope"])
def test_a_result_that_differs_a_little_or_in_shape_or_is_no_number_is_refused(
    slope, monkeypatch, against, wrong
):
    good = sigmoid.prime(POINTS, sigmoid(POINTS))
    other = {against: {z: POINTS} if against == "at" else good}
    compare("eq-sigmoid-slope", sigmoid.prime, POINTS, sigmoid(POINTS), **other)
    right = LEDGER["eq-sigmoid-slope"]
    monkeypatch.setattr(type(sigmoid), "prime", wrong_prime(wrong(good)))
    with pytest.raises(CodeDiffersError):
        compare("eq-sigmoid-slope", sigmoid.prime, POINTS, sigmoid(POINTS), **other)
    assert {"eq-sigmoid-slope": right} == LEDGER


def wrong_prime(result):
    """A method of the library that returns the result."""

    def prime(self, Z, A):
        return result

    prime.__module__, prime.__qualname__ = "shallowlib.activations", "Sigmoid.prime"
    return prime


def test_code_that_is_given_other_numbers_is_refused_so_it_is_really_run(slope):
    with pytest.raises(CodeDiffersError):
        compare(
            "eq-sigmoid-slope",
            sigmoid.prime,
            POINTS,
            sigmoid(POINTS + 1e-6),
            at={z: POINTS},
        )


@pytest.mark.parametrize("bad", [np.nan, np.inf], ids=str)
def test_nothing_agrees_with_what_is_no_number(slope, bad):
    other = np.full(7, 0.25)
    other[0] = bad
    for against in ({"loop": other}, {"slope": other}):
        with pytest.raises(CodeDiffersError):
            compare(
                "eq-sigmoid-slope",
                sigmoid.prime,
                POINTS * 0,
                sigmoid(POINTS * 0),
                **against,
            )


def test_a_large_entry_does_not_hide_a_small_one(slope):
    with pytest.raises(CodeDiffersError):
        compare(
            "eq-sigmoid-slope",
            identity,
            np.array([1e9, 0.25001]),
            loop=np.array([1e9, 0.25]),
        )


@pytest.mark.parametrize("against", ["loop", "slope"])
def test_nothing_agrees_with_nothing(slope, against):
    with pytest.raises(CodeDiffersError):
        compare(
            "eq-sigmoid-slope",
            sigmoid.prime,
            POINTS[:0],
            POINTS[:0],
            **{against: POINTS[:0]},
        )


def test_at_must_hold_numbers(slope):
    with pytest.raises(ValueError, match="eq-sigmoid-slope: at holds no numbers"):
        compare(
            "eq-sigmoid-slope",
            sigmoid.prime,
            POINTS[:0],
            POINTS[:0],
            at={z: POINTS[:0]},
        )


WITHOUT_Z = {
    "empty": {},
    "other": {alpha: POINTS},
    "look-alike": {sp.Symbol("z", real=True): POINTS},
}


@pytest.mark.parametrize("at", WITHOUT_Z.values(), ids=WITHOUT_Z)
def test_at_must_give_each_symbol_a_value(slope, at):
    with pytest.raises(
        ValueError, match="eq-sigmoid-slope: at gives no number for .*z"
    ):
        compare("eq-sigmoid-slope", sigmoid.prime, POINTS, sigmoid(POINTS), at=at)


def test_a_symbol_with_a_value_stands_for_that_and_not_for_what_where_says(slope):
    A_given = np.array([0.3, 0.9])
    compare("eq-sigmoid-slope", sigmoid.prime, A_given, A_given, at={y: A_given})
    with pytest.raises(CodeDiffersError):
        compare("eq-sigmoid-slope", sigmoid.prime, A_given, A_given, at={z: A_given})


X_SYMBOL, G1 = sp.MatrixSymbol("x", 2, 1), sp.Function("g1")
W1_SYMBOL, B1_SYMBOL, Z1_SYMBOL = (
    sp.MatrixSymbol(s, 3, k) for s, k in (("W1", 2), ("b1", 1), ("z1", 1))
)


@pytest.fixture
def layer(rng):
    """(params, x, at): a random network, an example and what the symbols are worth."""
    params = Parameters(
        *(rng.normal(size=shape) for shape in ((3, 2), (3, 1), (1, 3), (1, 1)))
    )
    example = rng.normal(size=(2, 1))
    return (
        params,
        example,
        {W1_SYMBOL: params.W1, B1_SYMBOL: params.b1, X_SYMBOL: example, G1: sp.tanh},
    )


def test_a_part_of_the_result_is_compared_with_matrices_of_numbers(layer):
    params, example, at = layer
    define("eq-z1", Z1_SYMBOL, W1_SYMBOL * X_SYMBOL + B1_SYMBOL)
    compare("eq-z1", forward, params, example, tanh, sigmoid, part="Z1", at=at)
    assert LEDGER["eq-z1"].code == {"network.forward": {"with SymPy": 3}}
    with pytest.raises(CodeDiffersError):
        compare("eq-z1", forward, params, example, tanh, sigmoid, part="A1", at=at)
    with pytest.raises(CodeDiffersError):
        compare(
            "eq-z1",
            forward,
            params._replace(b1=0 * params.b1),
            example,
            tanh,
            sigmoid,
            part="Z1",
            at=at,
        )


@pytest.mark.parametrize(
    "size", [3, sp.Symbol("n_h", integer=True, positive=True)], ids=str
)
def test_a_function_is_worked_out_entry_by_entry(layer, size):
    params, example, at = layer
    W, b, a_1 = (
        sp.MatrixSymbol(s, size, k) for s, k in (("W1", 2), ("b1", 1), ("a_1", 1))
    )
    define("eq-a1", a_1, (W * X_SYMBOL + b).applyfunc(G1))
    at = {W: params.W1, b: params.b1, X_SYMBOL: example, G1: sp.tanh}
    compare("eq-a1", forward, params, example, tanh, sigmoid, part="A1", at=at)
    assert LEDGER["eq-a1"].code == {"network.forward": {"with SymPy": 3}}
    with pytest.raises(CodeDiffersError):
        compare(
            "eq-a1",
            forward,
            params,
            example,
            tanh,
            sigmoid,
            part="A1",
            at=at | {G1: sp.sin},
        )
    with pytest.raises(ValueError, match="at gives no number"):
        at.pop(G1)
        compare("eq-a1", forward, params, example, tanh, sigmoid, part="A1", at=at)


def test_a_matrix_without_numbers_is_named(layer):
    params, example, at = layer
    W = sp.MatrixSymbol("W1", n, 2)
    define("eq-z1", sp.MatrixSymbol("z1", n, 1), W * X_SYMBOL)
    with pytest.raises(ValueError, match="eq-z1: at gives no number for W1"):
        compare(
            "eq-z1",
            forward,
            params,
            example,
            tanh,
            sigmoid,
            part="Z1",
            at={X_SYMBOL: example},
        )


def test_a_function_of_a_number_is_replaced_as_well():
    define("eq-g", y, 2 * G1(z))
    compare("eq-g", identity, 2 * np.tanh(POINTS), at={z: POINTS, G1: sp.tanh})
    with pytest.raises(CodeDiffersError):
        compare("eq-g", identity, 2 * np.tanh(POINTS), at={z: POINTS, G1: sp.sin})


def test_code_that_runs_on_symbols_has_to_return_the_right_side(layer):
    define("eq-loss", sp.Symbol("L"), (z - y) ** 2 / 2)
    compare("eq-loss", half_squared_error, z, y)
    assert LEDGER["eq-loss"].code == {
        "losses.half_squared_error": {"run on symbols": 1}
    }
    with pytest.raises(
        CodeDiffersError, match="\n  code      .*y \\+ z.*\n  expected  "
    ):
        compare("eq-loss", half_squared_error, z, -y)


def test_arrays_of_symbols_are_compared_with_an_explicit_matrix():
    W, X_any, b = (
        sp.symarray(s, shape)
        for s, shape in (("w", (2, 2)), ("x", (2, 2)), ("b", (2, 1)))
    )
    params = Parameters(W, b, W, b)
    Z1, b1 = sp.MatrixSymbol("Z1", 2, 2), sp.MatrixSymbol("b1", 2, 1)
    W1_2, X_2 = sp.MatrixSymbol("W1", 2, 2), sp.MatrixSymbol("X", 2, 2)
    right = {W1_2: sp.Matrix(W), X_2: sp.Matrix(X_any), b1: sp.Matrix(b)}
    prove(
        "eq-z1",
        Z1,
        W1_2 * X_2 + b1 * sp.OneMatrix(1, 2),
        where=right | {Z1: sp.Matrix(W @ X_any + b)},
    )
    compare(
        "eq-z1",
        forward,
        params,
        X_any,
        identity_on_symbols,
        identity_on_symbols,
        part="Z1",
    )
    assert LEDGER["eq-z1"].code == {"network.forward": {"run on symbols": 4}}
    with pytest.raises(CodeDiffersError):
        compare(
            "eq-z1",
            forward,
            params._replace(W1=W.T),
            X_any,
            identity_on_symbols,
            identity_on_symbols,
            part="Z1",
        )


def identity_on_symbols(Z):
    return Z


def test_on_symbols_a_rounded_number_is_the_fraction_that_it_is():
    define("eq-same", y, z)
    compare("eq-same", identity, z)  # 1.0 * z
    define("eq-third", y, z / 3)
    with pytest.raises(CodeDiffersError):
        compare("eq-third", identity, 0.3333333333333333 * z)


def test_code_is_compared_with_a_loop_and_with_a_slope(problem):
    from shallowlib import logistic

    params, X_some, Y_some = problem(tanh, logistic)
    cache = forward(params, X_some, tanh, sigmoid)
    define("eq-dw1", sp.MatrixSymbol("dW1", n, h), A * sp.MatrixSymbol("X", h, h))
    args = params, cache, X_some, Y_some, tanh
    by_loop = loops.backward(*args).dW1
    compare("eq-dw1", backward, *args, part="dW1", loop=by_loop)
    assert LEDGER["eq-dw1"].code == {"network.backward": {"with a loop": by_loop.size}}

    def J(W1_nudged):
        return cost(
            forward(params._replace(W1=W1_nudged), X_some, tanh, sigmoid).Z2,
            Y_some,
            cross_entropy,
        )

    nudges = [d.reshape(params.W1.shape) for d in 1e-6 * np.eye(params.W1.size)]
    central = np.reshape(
        [(J(params.W1 + d) - J(params.W1 - d)) / 2e-6 for d in nudges], params.W1.shape
    )
    compare("eq-dw1", backward, *args, part="dW1", slope=central)
    both = {"with a loop": by_loop.size, "with central differences": central.size}
    assert LEDGER["eq-dw1"].code == {"network.backward": both}
    for wrong in (
        {"loop": 2 * by_loop},
        {"slope": 1.001 * central},
        {"loop": by_loop.T},
    ):
        with pytest.raises(CodeDiffersError):
            compare("eq-dw1", backward, *args, part="dW1", **wrong)
    assert LEDGER["eq-dw1"].code == {"network.backward": both}


def test_comparisons_of_one_function_in_one_way_add_up_and_all_others_are_listed(slope):
    for _ in range(3):
        compare("eq-sigmoid-slope", sigmoid.prime, 0.0, 0.5, at={z: 0.0})
    compare("eq-sigmoid-slope", sigmoid.prime, 0.0, 0.5, loop=0.25)
    compare(
        "eq-sigmoid-slope",
        sigmoid.prime,
        np.zeros(5),
        np.full(5, 0.5),
        loop=np.full(5, 0.25),
    )
    compare("eq-sigmoid-slope", identity, 0.25, loop=0.25)
    shown = LEDGER["eq-sigmoid-slope"]
    assert shown.code == {
        CODE: {"with SymPy": 3, "with a loop": 6},
        "activations.Identity": {"with a loop": 1},
    }
    assert (
        shown._repr_mimebundle_()["application/vnd.shallowlib.equation+json"]["code"]
        == shown.code
    )


@pytest.mark.parametrize(
    "two",
    [{"at": {}, "loop": 1.0}, {"at": {}, "slope": 1.0}, {"loop": 1.0, "slope": 1.0}],
    ids=lambda two: "-".join(two),
)
def test_one_comparison_is_made_at_a_time(slope, two):
    with pytest.raises(
        ValueError, match="eq-sigmoid-slope: give one of at, loop and slope"
    ):
        compare("eq-sigmoid-slope", sigmoid.prime, 0.0, 0.5, **two)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (np.exp, "numpy.ufunc"),
        (np.sum, "numpy.sum"),
        (lambda Z: Z, r".*<lambda>"),
        (np.vectorize(relu), r"numpy.*vectorize"),
        (
            functools.wraps(relu.prime)(lambda Z: Z),
            r"shallowlib\.activations\.ReLU\.prime",
        ),
    ],
    ids=["ufunc", "function", "lambda", "wrapped", "borrowed-name"],
)
def test_code_of_another_library_is_refused(slope, code, name):
    with pytest.raises(ValueError, match=f"code must be of shallowlib: got {name}"):
        compare("eq-sigmoid-slope", code, 0.0, at={z: 0.0})


def test_code_is_compared_with_an_equation_of_the_page_only():
    with pytest.raises(
        ValueError, match="eq-unknown: define or prove it before comparing code"
    ):
        compare("eq-unknown", sigmoid.prime, 0.0, 0.5, at={z: 0.0})


def test_a_later_proof_under_the_label_forgets_the_comparison(slope):
    compare("eq-sigmoid-slope", sigmoid.prime, 0.0, 0.5, at={z: 0.0})
    shown = prove("eq-sigmoid-slope", slope.lhs, slope.rhs, where=slope.where)
    assert shown.code == {}

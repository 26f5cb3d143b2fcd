"""prove: true equations pass, false ones and undecided ones do not, and the message says why."""

import re

import pytest
import sympy as sp

from shallowlib import proof, sigmoid, tanh
from shallowlib.proof import NotProvedError, define, prove

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
J_W1 = J.subs(dict(zip(A1, W1 * X, strict=True)), simultaneous=True)  # with A1 = W1 X, a layer of identities
LETTERS = [*W1, *W2, *A1, *b2]  # two of them are enough for a slip to show, and much faster
NUMBERS = {letter: k**2 % 7 - 3 for k, letter in enumerate(LETTERS) if str(letter) not in {"w0", "v1"}}


def by(cost, M):
    """The derivatives of the cost by the entries of M."""
    return M.applyfunc(lambda entry: sp.diff(cost, entry))


DZ2_W1 = W2 * W1 * X + b2 * ONES - Y
A, B = sp.MatrixSymbol("A", n, h), sp.MatrixSymbol("B", h, m)
S, T = sp.MatrixSymbol("S", n, n), sp.MatrixSymbol("T", n, n)

TRUE = {  # case: (lhs, rhs, where)
    "sigmoid-slope": (sp.Derivative(a(z), z), a(z) * (1 - a(z)), {a(z): SIGMA}),
    "tanh-slope": (sp.Derivative(a(z), z), 1 - a(z) ** 2, {a(z): TANH}),
    "tanh-is-a-scaled-sigmoid": (TANH, 2 * SIGMA.subs(z, 2 * z) - 1, None),
    "tanh-as-a-function-of-its-own": (sp.tanh(z), TANH, None),
    "relu-as-a-maximum": (sp.Max(0, x), sp.Piecewise((x, x > 0), (0, True)), None),
    "both-forms-of-sigmoid": (SIGMA, sp.exp(z) / (1 + sp.exp(z)), None),
    "leaky-slope": (sp.Derivative(alpha * z, z), alpha, None),
    "relu-slope": (sp.Derivative(sp.Piecewise((x, x > 0), (0, True)), x), sp.Piecewise((1, x > 0), (0, True)), None),
    "chain-rule": (sp.Derivative(f(g(z)), z), sp.Derivative(f(g(z)), g(z)) * sp.Derivative(g(z), z), None),
    "square-root": (sp.sqrt(x**2), abs(x), None),
    "limit": (sp.Limit(SIGMA, z, sp.oo), 1, None),
    "sum": (sp.Sum(i, (i, 1, m)), m * (m + 1) / 2, None),
    "sum-of-any": (sp.Sum(2 * f(i), (i, 1, m)) / m, 2 * sp.Sum(f(i), (i, 1, m)) / m, None),
    "number": (0, 0, None),
    "dW2": (by(J, W2), DZ2 * A1.T / 2, None),
    "db2": (by(J, b2), DZ2 * ONES.T / 2, None),
    "dW1": (by(J_W1, W1), W2.T * DZ2_W1 * X.T / 2, None),
    "where-in-matrices": (sp.Matrix([[f(z)]]), sp.Matrix([[z**2]]), {f(z): z**2}),
    "product-transposed": ((A * B).T, B.T * A.T, None),
    "brackets": (S * (T + S), S * T + S * S, None),
    "distributed-sign": (-(S - T) * S, T * S - S * S, None),
    "symbol-for-matrix": (S, T.T, {S: T.T}),
}


@pytest.mark.parametrize(("lhs", "rhs", "where"), TRUE.values(), ids=TRUE)
def test_what_is_true_is_proved_and_shown_as_it_was_written(lhs, rhs, where):
    shown = prove("eq-true", lhs, rhs, where=where)
    assert isinstance(shown, sp.Equality)
    assert (shown.lhs, shown.rhs) == (sp.sympify(lhs), sp.sympify(rhs))
    assert proof.SHOWN["eq-true"] is shown


SIGMOID, TANGENT = {a(z): SIGMA}, {a(z): TANH}
SLOPE = sp.Derivative(a(z), z)
SLOPE_W1, SLOPE_W2, SLOPE_B2 = (by(cost, M).subs(NUMBERS) for cost, M in ((J_W1, W1), (J, W2), (J, b2)))
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
    "relu-slope-always-1": (sp.Derivative(sp.Piecewise((x, x > 0), (2 * x, True)), x), 1, None),
    "sum-one-short": (sp.Sum(i, (i, 1, m)), m * (m - 1) / 2, None),
    "root-of-a-square": (sp.sqrt(z**2), z, None),
    "numbers": (2, 3, None),
    "partial-for-total": (sp.Derivative(sp.log(1 + sp.exp(z)) - y * z, z), SIGMA, {y: z}),
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
    "entries-of-matrices": (*(sp.MatrixSymbol(letter, 2, 2).as_explicit() for letter in "WV"), None),
}


@pytest.mark.parametrize(("lhs", "rhs", "where"), FALSE.values(), ids=FALSE)
def test_what_is_false_is_refused_with_both_sides_and_a_point(lhs, rhs, where):
    proof.SHOWN.pop("eq-false", None)
    with pytest.raises(NotProvedError) as raised:
        prove("eq-false", lhs, rhs, where=where)
    message = str(raised.value)
    assert message.startswith("eq-false: SymPy did not show the two sides to be equal\n  left side   ")
    assert re.search("\n  right side  .+\n  at .+ the left side minus the right is -?[0-9.]+$", message)
    assert "eq-false" not in proof.SHOWN


def test_both_sides_are_shown_as_they_were_compared():
    with pytest.raises(NotProvedError) as raised:
        prove("eq-false", f(z), sp.Derivative(y**3, y), where={f(z): z**2})
    assert str(raised.value).splitlines()[1:3] == ["  left side   z**2", "  right side  3*y**2"]


def test_the_point_named_is_one_where_the_sides_differ_by_what_is_said():
    with pytest.raises(NotProvedError, match="at y = 3/7, z = 5/7 the left side minus the right is 0.816327"):
        prove("eq-false", z * y + z**2, 0)  # 15/49 + 25/49
    with pytest.raises(NotProvedError, match="at every point the left side minus the right is -1"):
        prove("eq-false", z, z + 1)
    with pytest.raises(NotProvedError, match="at m = 3 the left side minus the right is 3"):
        prove("eq-false", sp.Sum(i, (i, 1, m)), m)  # 6 - 3: whole numbers for a count


def test_a_point_is_sought_on_both_sides_of_zero_until_the_sides_differ():
    zero_at_first = (z - sp.Rational(3, 7)) * (z - sp.Rational(4, 7))
    with pytest.raises(NotProvedError, match="at z = -4/7 the left side minus the right is 1.14286"):
        prove("eq-false", zero_at_first, 0)


UNDECIDED = {  # false, or true and beyond SymPy: no point can be named
    "transpose": (S, S.T, None),
    "order": (S * T, T * S, None),
    "sign-of-matrices": ((S * T).T, -T.T * S.T, None),
    "transpose-dropped": ((S * T).T, T * S, None),
    "wrong-order-transposed": ((S * T).T, S.T * T.T, None),
    "factor": (S * T, 2 * S * T, None),
    "without-1/m": (A * B / m, A * B, None),
    "other-matrix": (S * A, T * A, None),
    "unknown-function": (f(z), f(-z), None),
    "sum-of-unknown": (sp.Sum(f(i), (i, 1, m)), sp.Sum(f(i), (i, 1, m)) / m, None),
    "trace": (sp.Trace(S * T) + sp.Trace(S), sp.Trace(S), None),
    "true-of-positive-p": (sp.sqrt(p**2 + 2 * p / 7 + sp.Rational(1, 49)), p + sp.Rational(1, 7), None),
    "complex-log": (sp.log(sp.exp(z)), z, None),
    "infinite": (sp.oo, sp.oo, None),
    "symbolic-against-explicit": (sp.MatrixSymbol("W", 2, 2), sp.MatrixSymbol("W", 2, 2).as_explicit(), None),
    "size-without-assumptions": (sp.OneMatrix(z, z), sp.Identity(z), None),
}


@pytest.mark.parametrize(("lhs", "rhs", "where"), UNDECIDED.values(), ids=UNDECIDED)
def test_what_sympy_cannot_decide_is_refused_and_said_to_be_undecided(lhs, rhs, where):
    with pytest.raises(NotProvedError, match="did not show .*\n  left side .*\n  right side .*\n  no point was found"):
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
    ids=["transposed", "matrix-scalar", "scalar-matrix", "symbolic", "symbolic-explicit"],
)
def test_sides_of_different_shape_are_refused_with_their_shapes(lhs, rhs, shapes):
    with pytest.raises(NotProvedError, match="eq-shape: the sides differ in shape: " + shapes):
        prove("eq-shape", lhs, rhs)


def test_the_form_of_the_slope_in_the_library_is_the_one_proved():
    prove("eq-sigmoid-slope", SLOPE, sigmoid.prime(z, a(z)), where=SIGMOID)
    prove("eq-tanh-slope", SLOPE, tanh.prime(z, a(z)), where=TANGENT)
    with pytest.raises(NotProvedError):
        prove("eq-mixed", SLOPE, tanh.prime(z, a(z)), where=SIGMOID)


def test_a_definition_is_shown_unproved_and_unevaluated():
    shown = define("eq-j-2", sp.Symbol("J"), sp.Derivative(z**2, z))
    assert shown == proof.SHOWN["eq-j-2"]
    assert isinstance(shown, sp.Equality) and shown.rhs == sp.Derivative(z**2, z)
    assert define("eq-same", z, z) is not sp.true


@pytest.mark.parametrize(
    "label", ["", "eq-", "sigmoid", "eq-Sigmoid", "eq_sigmoid", "eq-a--b", "eq-a-", "eq-a b", "eq-a\n", " eq-a"]
)
@pytest.mark.parametrize("state", [define, prove], ids=lambda state: state.__name__)
def test_a_label_out_of_form_is_refused(state, label):
    with pytest.raises(ValueError, match="a label is eq- and words in small letters joined by -: got"):
        state(label, z, z)


def test_not_proved_is_a_value_error():
    assert issubclass(NotProvedError, ValueError)


def test_names_are_replaced_all_at_once():
    with pytest.raises(NotProvedError):
        prove("eq-false", y - alpha, alpha - y, where={y: alpha + 1, alpha: y + 2})
    prove("eq-true", sp.Derivative(y * z, z), 3 * z**2, where={y: z**2})
    assert "eq-true" in proof.SHOWN


def test_a_value_for_the_variable_of_a_derivative_is_refused():
    with pytest.raises(ValueError, match="derivative"):
        prove("eq-false", sp.Derivative(z**2, z), 0, where={z: 0})


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        (sp.Piecewise((x, x > 0)), x),
        (sp.Piecewise((1, x > 0), (-1, x < 0)), sp.sign(x)),
        (0.3333333333333333 * z, z / 3),
    ],
    ids=["one-case", "no-case-at-zero", "rounded"],
)
def test_a_side_with_a_gap_or_a_rounded_number_is_refused(lhs, rhs):
    with pytest.raises(NotProvedError):
        prove("eq-false", lhs, rhs)


def test_digits_lost_in_a_number_do_not_refute_what_is_true():
    prove("eq-large", sp.cosh(1000 * x) ** 2 - sp.sinh(1000 * x) ** 2, 1)
    assert "eq-large" in proof.SHOWN


def test_what_sympy_cannot_carry_out_is_not_proved():
    with pytest.raises(NotProvedError, match="eq-limit: SymPy cannot carry this out"):
        prove("eq-limit", sp.Limit(sp.exp(-y * x), x, sp.oo), 0)


def test_a_proof_that_fails_leaves_no_older_equation_under_its_label():
    prove("eq-again", z + z, 2 * z)
    with pytest.raises(NotProvedError):
        prove("eq-again", z + z, 3 * z)
    assert "eq-again" not in proof.SHOWN


def test_only_a_name_can_be_defined():
    with pytest.raises(ValueError, match="eq-lie: only a name can be defined"):
        define("eq-lie", sp.sin(x) ** 2, 1)


@pytest.mark.parametrize("state", [define, prove])
def test_text_is_not_evaluated(state):
    with pytest.raises(sp.SympifyError):
        state("eq-text", "z", "z")

"""What compare rests on: names of functions, sides worked out in numbers, and when two results agree."""

import numpy as np
import pytest
import sympy as sp

from shallowlib import forward, relu, sigmoid
from shallowlib.proof.comparison import (
    agree,
    as_array,
    entry_by_entry,
    in_floats,
    name_of,
    to_50_digits,
    unrounded,
    worked_out,
)

z, y = sp.symbols("z y")
n = sp.Symbol("n", integer=True, positive=True)
f, g = sp.Function("f"), sp.Function("g")
A, B = sp.MatrixSymbol("A", 2, 3), sp.MatrixSymbol("B", 3, n)
NUMBERS = np.array([[1.0, -2.5, 0.1], [3.0, 0.0, 1e-3]])
THIRD = sp.Rational(1, 3)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (forward, "network.forward"),
        (sigmoid.prime, "activations.Sigmoid.prime"),
        (relu, "activations.ReLU"),
    ],
    ids=["function", "method", "object-that-is-called"],
)
def test_code_is_named_by_module_and_name(code, name):
    assert name_of(code) == name


FOREIGN = {
    "ufunc": np.exp,
    "numpy": np.sum,
    "built-in": len,
    "lambda": lambda Z: Z,
    "wrapped": np.vectorize(relu),
}


@pytest.mark.parametrize("code", FOREIGN.values(), ids=FOREIGN)
def test_code_that_is_not_of_shallowlib_is_refused(code):
    with pytest.raises(ValueError, match="code must be of shallowlib: got "):
        name_of(code)


@pytest.mark.parametrize(
    "look_alike", ["shallowlib2.losses", "my.shallowlib.losses", "shallowlib"]
)
def test_code_of_a_module_of_a_similar_name_is_refused(look_alike):
    def code():
        """Nothing."""

    code.__module__ = look_alike
    with pytest.raises(
        ValueError, match="code must be of shallowlib: got " + look_alike
    ):
        name_of(code)


def test_a_side_is_worked_out_at_every_value():
    assert worked_out(z**2, {}, {z: [1.0, 2.0, 3.0]}).tolist() == [1, 4, 9]
    assert worked_out(z, {}, {z: 2.5}).shape == ()


def test_values_broadcast_as_in_numpy():
    table = worked_out(
        z - y, {}, {z: np.array([[1.0], [2.0]]), y: np.array([10.0, 20.0, 30.0])}
    )
    assert table.tolist() == [[-9, -19, -29], [-8, -18, -28]]


def test_where_is_put_in_before_the_values():
    assert worked_out(y**2, {y: z + 1}, {z: 2.0}) == 9


def test_a_symbol_that_has_a_value_is_not_replaced_by_where():
    assert worked_out(y**2, {y: z + 1}, {y: 2.0}) == 4
    assert worked_out(y**2 + z, {y: z + 1}, {y: 2.0, z: 10.0}) == 14
    W = sp.MatrixSymbol("W", 2, 3)
    assert (
        worked_out(W, {W: 2 * A}, {W: NUMBERS, A: NUMBERS}).tolist() == NUMBERS.tolist()
    )
    assert worked_out(W, {W: 2 * A}, {A: NUMBERS}).tolist() == (2 * NUMBERS).tolist()


def test_matrices_are_multiplied_with_the_numbers_given():
    right = np.arange(6.0).reshape(3, 2)
    given = worked_out(A * B, {}, {A: NUMBERS, B: right})
    np.testing.assert_allclose(given, NUMBERS @ right, rtol=1e-15)


def test_true_and_false_in_a_matrix_are_1_and_0():
    assert worked_out(2 * A, {}, {A: NUMBERS > 0}).tolist() == [[2, 0, 2], [2, 0, 2]]


def test_a_matrix_at_many_numbers_has_their_shape_first():
    values = worked_out(z * A, {}, {A: NUMBERS, z: [[1.0], [2.0], [3.0], [4.0]]})
    assert values.shape == (4, 1, 2, 3)
    assert values[2, 0].tolist() == [
        [float(3 * sp.Rational(v)) for v in row] for row in NUMBERS
    ]


def test_derivatives_and_functions_are_carried_out():
    assert worked_out(sp.Derivative(f(z), z), {f(z): z**3}, {z: 2.0}) == 12
    assert worked_out(f(z) + f(2 * z), {}, {z: 3.0, f: lambda v: v**2}) == 45
    assert (
        worked_out(f(g(z)), {}, {z: 3.0, f: lambda v: v**2, g: lambda v: v + 1}) == 16
    )
    assert (
        worked_out(A.applyfunc(f), {}, {A: NUMBERS, f: abs}).tolist()
        == abs(NUMBERS).tolist()
    )


def test_digits_lost_by_floats_are_kept():
    difference = (1 + z) - 1
    assert float(1 + 1e-17) - 1 == 0
    assert worked_out(sp.exp(z) - 1, {}, {z: 1e-17}) == pytest.approx(1e-17, rel=1e-12)
    assert worked_out(difference, {}, {z: 1e-17}) == 1e-17


@pytest.mark.parametrize(
    "at", [{z: []}, {z: np.ones((0, 2)), y: 1.0}], ids=["none", "none-by-two"]
)
def test_no_values_are_refused(at):
    with pytest.raises(ValueError, match="^at holds no numbers$"):
        worked_out(z, {}, at)


@pytest.mark.parametrize(
    ("side", "at"),
    [
        (z * y, {z: 1.0}),
        (f(z), {z: 1.0}),
        (B, {}),
        (A * B, {A: NUMBERS}),
        (A.applyfunc(f), {A: NUMBERS}),
    ],
    ids=["symbol", "function", "matrix", "factor", "function-of-a-matrix"],
)
def test_what_has_no_value_is_named(side, at):
    with pytest.raises(ValueError, match="^at gives no number for "):
        worked_out(side, {}, at)


@pytest.mark.parametrize("shape", [(2, 3), (3, 2), (2, 2), (3,)], ids=str)
def test_numbers_of_another_shape_than_the_matrix_never_agree_with_the_right_ones(
    shape,
):
    right = worked_out(A, {}, {A: NUMBERS})
    try:
        other = worked_out(A, {}, {A: np.resize(NUMBERS, shape)})
    except ValueError:
        other = np.zeros(shape)
    assert agree(NUMBERS, other, 1e-13) == (shape == (2, 3)) and agree(
        NUMBERS, right, 1e-13
    )


def test_floats_of_a_scalar_and_of_a_matrix():
    assert in_floats(THIRD) == 1 / 3 and in_floats(THIRD).shape == ()
    assert in_floats(sp.Matrix([[THIRD, sp.pi]])).tolist() == [[1 / 3, np.pi]]
    assert np.isnan(in_floats(sp.nan)) and in_floats(sp.oo) == np.inf


def test_digits_lost_close_to_where_a_function_ends_are_kept():
    value = sp.atanh(1 - sp.Rational(1, 10**10))
    assert in_floats(value) == float(value.evalf(60)) != float(value.evalf(15))


@pytest.mark.parametrize("value", [z, sp.I, f(1), B, sp.Matrix([1, z])], ids=str)
def test_what_is_no_real_number_has_no_floats(value):
    with pytest.raises(ValueError, match="at gives no number for"):
        in_floats(value)


def test_a_matrix_has_its_entries_to_50_digits():
    assert str(to_50_digits(sp.Float(0.5) / 3)).startswith("0.1666666666666666")
    assert to_50_digits(sp.Float(0.1))._prec == sp.Float(0, 50)._prec
    assert sp.Rational(to_50_digits(sp.Float(0.1))) == sp.Rational(0.1)


def test_a_function_acts_on_a_number_and_on_each_entry():
    double = entry_by_entry(lambda v: 2 * v + 1)
    assert (double(z), double(THIRD)) == (2 * z + 1, 5 * THIRD)
    assert list(double(sp.Matrix([[THIRD, 1]]))) == [5 * THIRD, 3]
    assert unrounded(double(A).as_explicit()[1, 2]) == 2 * A[1, 2] + 1
    assert in_floats(
        entry_by_entry(lambda v: sp.Integer(1))(sp.zeros(1, 2))
    ).tolist() == [[1, 1]]


def test_a_side_becomes_an_array_of_objects():
    scalar, matrix = as_array(z), as_array(sp.Matrix([[z, 1, y]]))
    assert (scalar.shape, scalar.dtype, scalar.item()) == ((), object, z)
    assert (matrix.shape, matrix.dtype, matrix.tolist()) == (
        (1, 3),
        object,
        [[z, 1, y]],
    )


@pytest.mark.parametrize("limit", [1e-13, 1e-7])
def test_numbers_agree_up_to_the_limit_of_their_size_but_of_1_at_least(limit):
    for expected in (1e6, -1e6, 1.0, 0.0, 1e-6):
        margin = limit * max(1, abs(expected))
        for sign in (1, -1):
            assert agree(
                np.array(expected + sign * 0.5 * margin), np.array(expected), limit
            )
            assert not agree(
                np.array(expected + sign * 2 * margin), np.array(expected), limit
            )
    assert agree(np.array(limit), np.array(0.0), limit)


def test_each_entry_has_to_agree():
    expected = np.array([1e9, 0.25])
    assert agree(expected.copy(), expected, 1e-13)
    assert not agree(np.array([1e9, 0.25001]), expected, 1e-13)


@pytest.mark.parametrize("limit", [None, 1e-13])
def test_another_shape_and_nothing_at_all_do_not_agree(limit):
    ones = np.ones((2, 1))
    for other in (ones.T, ones[0], ones[:1], np.ones(())):
        assert not agree(ones, other, limit) and not agree(other, ones, limit)
    assert not agree(ones[:0], ones[:0], limit)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf], ids=str)
def test_what_is_no_number_agrees_with_nothing(bad):
    good, spoilt = np.array([1.0, 2.0]), np.array([1.0, bad])
    assert not agree(spoilt, spoilt, 1e-7)
    assert not agree(good, spoilt, 1e-7) and not agree(spoilt, good, 1e-7)


def test_expressions_agree_when_they_are_equal_and_only_then():
    result, expected = (
        np.array([(z + y) ** 2, z]),
        np.array([z**2 + 2 * y * z + y**2, z]),
    )
    assert agree(result, expected, None)
    assert not agree(result, expected + y, None)
    assert not agree(result[::-1], expected, None)
    assert not agree(result, np.array([z**2 + 2 * y * z + y**2, -z]), None)


def test_a_rounded_number_in_the_code_counts_as_the_fraction_that_it_is():
    assert unrounded(0.5 * z + 1.0) == z / 2 + 1
    assert unrounded(z / 3) == z / 3
    assert agree(np.array(0.25 * z), np.array(z / 4), None)
    assert not agree(np.array(0.1 * z), np.array(z / 10), None)
    assert not agree(np.array(0.3333333333333333 * z), np.array(z / 3), None)

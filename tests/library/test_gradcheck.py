"""Finite differences: right for known functions, and sharp enough to catch slips that shipped elsewhere."""

import numpy as np
import pytest

from shallowlib import (
    Activation,
    Gradients,
    Parameters,
    backward,
    cost,
    forward,
    linear,
    logistic,
    numerical_gradient,
    relative_error,
    relu,
    tanh,
)

PARAMS = Parameters(
    np.array([[1.0, -2.0], [0.5, 3.0]]),
    np.array([[0.25], [-1.0]]),
    np.array([[2.0, -0.5]]),
    np.array([[4.0]]),
)


def cubes(params):
    return sum((p**3).sum() for p in params)


def test_the_gradient_of_a_sum_of_cubes_is_three_times_the_squares():
    grads = numerical_gradient(cubes, PARAMS)
    assert isinstance(grads, Gradients)
    for dp, p in zip(grads, PARAMS, strict=True):
        np.testing.assert_allclose(dp, 3 * p**2, rtol=1e-8)


def test_the_difference_is_central_and_its_error_is_eps_squared():
    grads = numerical_gradient(
        cubes, PARAMS, eps=0.1
    )  # ((p + e)^3 - (p - e)^3) / 2e = 3 p^2 + e^2
    for dp, p in zip(grads, PARAMS, strict=True):
        np.testing.assert_allclose(dp, 3 * p**2 + 0.01, rtol=1e-12)


def test_each_derivative_stands_at_its_own_place():
    grads = numerical_gradient(
        lambda p: 10 * p.W1[0, 1] + 20 * p.b1[1, 0] + 30 * p.W2[0, 0] + 40 * p.b2[0, 0],
        PARAMS,
    )
    rounded = [dp.round(6).tolist() for dp in grads]
    assert rounded == [[[0, 10], [0, 0]], [[0], [20]], [[30, 0]], [[40]]]


@pytest.mark.parametrize("dtype", [np.float32, np.int64])
def test_it_works_in_float64_whatever_comes(dtype):
    whole = Parameters(*(p.round().astype(dtype) for p in PARAMS))
    for dp, p in zip(numerical_gradient(cubes, whole), whole, strict=True):
        assert dp.dtype == np.float64
        np.testing.assert_allclose(dp, 3.0 * p**2, rtol=1e-8, atol=1e-8)


def test_it_leaves_the_parameters_as_they_were(layout):
    params = Parameters(*map(layout, PARAMS))
    for p in params:
        p.flags.writeable = False
    numerical_gradient(cubes, params)
    assert all((p == kept).all() for p, kept in zip(params, PARAMS, strict=True))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ([3.0, 4.0], [3.0, 4.0], 0),
        ([0.0, 0.0], [0.0, 0.0], 0),
        ([3.0, 4.0], [0.0, 0.0], 1),
        ([3.0, 4.0], [-3.0, -4.0], 1),
        ([3.0], [1.0], 0.5),
        ([3e-150], [1e-150], 0.5),
        (3.0, 1, 0.5),
        (np.float16([3.0]), np.float16([1.0]), 0.5),  # 1/3 has other digits in float16
        (np.zeros((0, 2)), np.zeros((0, 2)), 0),
    ],
    ids=str,
)
def test_relative_error_is_the_distance_over_the_sum_of_the_lengths(a, b, expected):
    error = relative_error(np.array(a), np.array(b))
    assert isinstance(error, float)
    assert error == pytest.approx(expected, rel=1e-15)


def test_relative_error_takes_whole_gradients_and_is_symmetric():
    a, b = Gradients(*PARAMS), Gradients(*(2 * p for p in PARAMS))
    assert relative_error(a, b) == relative_error(b, a) == pytest.approx(1 / 3)
    assert relative_error(a, a) == 0


def test_relative_error_of_nan_is_nan_and_passes_no_check():
    assert np.isnan(relative_error(np.array([np.nan]), np.array([1.0])))


@pytest.mark.parametrize(
    ("a", "b", "message"),
    [
        (np.zeros((2, 1)), np.zeros((1, 2)), r"got \[\(2, 1\)\] and \[\(1, 2\)\]"),
        (
            PARAMS,
            PARAMS[:3],
            r"got \[\(2, 2\), \(2, 1\), \(1, 2\), \(1, 1\)\] and \[\(2, 2\), \(2, 1\), \(1, 2\)\]",
        ),
        (np.zeros((2, 2)), np.zeros(4), r"got \[\(2, 2\)\] and \[\(4,\)\]"),
    ],
    ids=["transposed", "one-missing", "flat"],
)
def test_gradients_of_different_shapes_cannot_be_compared(a, b, message):
    with pytest.raises(
        ValueError, match="a and b must have the same shapes: " + message
    ):
        relative_error(a, b)


class SlopeOfItsOwnOutput(Activation):
    """numpy-tutorials, MNIST from scratch: >= 0 asked of ReLU's output is always true."""

    def __call__(self, Z):
        return relu(Z)

    def prime(self, Z, A):
        return np.where(A >= 0, 1.0, 0.0)


class SlopeOfTheWrongLetter(Activation):
    """1 - z^2 where 1 - a^2 is meant."""

    def __call__(self, Z):
        return np.tanh(Z)

    def prime(self, Z, A):
        return 1 - Z**2


@pytest.mark.parametrize(
    "g", [SlopeOfItsOwnOutput(), SlopeOfTheWrongLetter()], ids=["relu", "tanh"]
)
def test_a_wrong_slope_is_caught(problem, g, output):
    params, X, Y = problem(g, output)

    def J(params):
        return cost(forward(params, X, g, output.g2).Z2, Y, output.loss)

    wrong = backward(params, forward(params, X, g, output.g2), X, Y, g)
    assert relative_error(wrong, numerical_gradient(J, params)) > 0.05


@pytest.mark.parametrize("unit", [logistic, linear], ids=lambda output: output.name)
def test_a_gradient_without_the_average_over_examples_is_caught(problem, unit):
    params, X, Y = problem(tanh, unit)
    grads = backward(params, forward(params, X, tanh, unit.g2), X, Y, tanh)

    def J(params):
        return unit.loss(forward(params, X, tanh, unit.g2).Z2, Y).sum()

    assert relative_error(grads, numerical_gradient(J, params)) == pytest.approx(
        (5 - 1) / (5 + 1)
    )  # m = 5


@pytest.mark.parametrize("size", [1e-200, 1.0, 1e200])
def test_opposite_gradients_of_any_size_have_relative_error_1(size):
    assert relative_error(np.array([size]), np.array([-size])) == 1
    assert relative_error(np.array([size]), np.array([size])) == 0

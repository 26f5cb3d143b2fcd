"""Activations: g and its slope against SymPy, finite differences and hand-computed values."""

import dataclasses
import sys

import numpy as np
import pytest
import sympy as sp

from shallowlib import (
    ACTIVATIONS,
    Activation,
    LeakyReLU,
    leaky_relu,
    relu,
    sigmoid,
    tanh,
)
from shallowlib.activations import namespace

z = sp.Symbol("z", real=True)
DEFINITIONS = {
    "sigmoid": 1 / (1 + sp.exp(-z)),
    "tanh": (sp.exp(z) - sp.exp(-z)) / (sp.exp(z) + sp.exp(-z)),
    "relu": sp.Piecewise((z, z > 0), (0, True)),
    "leaky_relu": sp.Piecewise((z, z > 0), (z / 100, True)),
    "identity": z,
}
POINTS = np.array(
    [[-6.5, -3.0, -1.0, -0.25], [0.125, 0.75, 2.0, 7.0]]
)  # no kink among them


def evaluated(expression, Z):
    return np.array([float(expression.subs(z, value)) for value in Z.flat]).reshape(
        Z.shape
    )


def test_every_registered_activation_has_a_definition_here():
    assert set(ACTIVATIONS) == set(DEFINITIONS)
    assert all(g.name == name for name, g in ACTIVATIONS.items())


def test_g_is_its_definition(g1):
    Z = np.append(POINTS, [[0.0], [-0.0]], axis=1)
    np.testing.assert_allclose(
        g1(Z), evaluated(DEFINITIONS[g1.name], Z), rtol=1e-14, atol=0
    )


def test_prime_is_the_derivative_sympy_finds(g1):
    slope = evaluated(sp.diff(DEFINITIONS[g1.name], z), POINTS)
    np.testing.assert_allclose(g1.prime(POINTS, g1(POINTS)), slope, rtol=1e-9, atol=0)


def test_prime_is_the_central_difference(g1):
    difference = (g1(POINTS + 1e-6) - g1(POINTS - 1e-6)) / 2e-6
    np.testing.assert_allclose(
        g1.prime(POINTS, g1(POINTS)), difference, rtol=1e-6, atol=1e-9
    )


@pytest.mark.parametrize("g", [sigmoid, tanh], ids=lambda g: g.name)
def test_the_slope_written_in_a_is_the_derivative_for_every_z(g):
    a = DEFINITIONS[g.name]
    assert sp.simplify(sp.diff(a, z) - g.prime(z, a)) == 0


@pytest.mark.parametrize(
    ("name", "value", "slope"),
    [
        ("sigmoid", 0.5, 0.25),
        ("tanh", 0, 1),
        ("relu", 0, 0),
        ("leaky_relu", 0, 0.01),
        ("identity", 0, 1),
    ],
)
def test_value_and_slope_at_zero_are_as_documented(name, value, slope):
    g, zero = ACTIVATIONS[name], np.zeros((1, 1))
    assert g(zero) == value
    assert g.prime(zero, g(zero)) == slope


def test_relu_slope_is_zero_left_of_zero_not_that_of_its_own_output():
    Z = np.array([[-2.0, -1e-300, 1e-300, 2.0]])
    assert relu.prime(Z, relu(Z)).tolist() == [[0, 0, 1, 1]]


def test_sigmoid_keeps_its_digits_far_out_and_its_symmetry():
    Z = np.array([[-700.0, -40.0, -1.0]])
    np.testing.assert_allclose(sigmoid(Z), np.exp(Z) / (1 + np.exp(Z)), rtol=1e-15)
    np.testing.assert_allclose(sigmoid(-Z), 1 - sigmoid(Z), rtol=1e-15)


@pytest.mark.parametrize("size", [1e4, 1e300, np.finfo(float).max])
def test_huge_arguments_give_finite_values_and_slopes_without_a_warning(g1, size):
    Z = np.array([[-size, size]])
    assert np.isfinite(g1(Z)).all()
    assert np.isfinite(g1.prime(Z, g1(Z))).all()


def test_sigmoid_and_tanh_saturate_at_their_limits():
    Z = np.array([[-1e4, 1e4]])
    assert sigmoid(Z).tolist() == [[0, 1]]
    assert tanh(Z).tolist() == [[-1, 1]]


def test_nan_passes_through_so_that_divergence_is_seen(g1):
    assert np.isnan(g1(np.array([[np.nan]]))).all()


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.longdouble])
def test_float_arrays_keep_their_dtype(g1, dtype):
    Z = POINTS.astype(dtype)
    assert g1(Z).dtype == g1.prime(Z, g1(Z)).dtype == dtype


@pytest.mark.parametrize(
    "dtype", [bool, np.int8, np.uint8, np.int16, np.int64, np.uint64]
)
def test_integers_become_float64(g1, dtype):
    Z = np.array([[0, 1, 3]]).astype(dtype)
    assert g1(Z).dtype == g1.prime(Z, g1(Z)).dtype == np.float64
    np.testing.assert_array_equal(g1(Z), g1(Z.astype(float)))


def test_a_slope_given_as_numpy_number_keeps_float32_too():
    g, Z = LeakyReLU(np.float64(0.2)), POINTS.astype(np.float32)
    assert g(Z).dtype == g.prime(Z, g(Z)).dtype == np.float32


@pytest.mark.parametrize("number", [-2, 3, 0.5, np.float32(-0.5)])
def test_plain_numbers_give_what_a_matrix_of_them_gives(g1, number):
    Z = np.array([[number]])
    assert g1(number) == g1(Z)[0, 0]
    assert g1.prime(number, g1(number)) == g1.prime(Z, g1(Z))[0, 0]


def test_the_layout_in_memory_does_not_matter(g1, layout):
    Z = layout(POINTS)
    np.testing.assert_array_equal(g1(Z), g1(POINTS))
    np.testing.assert_array_equal(g1.prime(Z, g1(Z)), g1.prime(POINTS, g1(POINTS)))


def test_results_are_new_arrays_and_arguments_stay_untouched(g1):
    Z = POINTS.copy()
    A = g1(Z)
    kept = A.copy()
    slope = g1.prime(Z, A)
    assert (
        not np.shares_memory(A, Z)
        and not np.shares_memory(slope, A)
        and not np.shares_memory(slope, Z)
    )
    np.testing.assert_array_equal(Z, POINTS)
    np.testing.assert_array_equal(A, kept)


def test_an_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(
        ValueError,
        match="unknown name 'swish': expected one of sigmoid, tanh, relu, leaky_relu",
    ):
        ACTIVATIONS["swish"]


@pytest.mark.parametrize("slope", [0, 1, -0.1, 2, np.nan, np.inf])
def test_a_leaky_slope_outside_0_to_1_is_refused(slope):
    with pytest.raises(ValueError, match="slope must lie between 0 and 1: got"):
        LeakyReLU(slope)


def test_leaky_relus_are_equal_only_with_equal_slopes():
    assert LeakyReLU(0.01) == leaky_relu != LeakyReLU(0.2)
    assert LeakyReLU(0.2)(np.array([[-5.0, 5.0]])).tolist() == [[-1, 5]]
    assert LeakyReLU(0.2).prime(np.array([[-5.0, 5.0]]), None).tolist() == [[0.2, 1]]


def test_activations_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        leaky_relu.slope = 0.5


def test_an_activation_must_define_both_g_and_its_slope():
    for call in (
        lambda: Activation()(POINTS),
        lambda: Activation().prime(POINTS, POINTS),
    ):
        with pytest.raises(NotImplementedError):
            call()


class Library:
    """NumPy's functions, each noted when it is called, for arrays only."""

    def __init__(self):
        self.called = set()

    def __getattr__(self, name):
        def function(*arrays):
            assert all(isinstance(array, np.ndarray) for array in arrays)
            self.called.add(name)
            return getattr(np, name)(*arrays)

        return function


class OfLibrary(np.ndarray):
    """An array whose functions are in a library of its own."""

    library = Library()

    def __array_namespace__(self):
        return self.library


@pytest.mark.parametrize(
    ("name", "of_g", "of_slope"),
    [
        ("sigmoid", {"exp", "where", "ones_like"}, set()),
        ("tanh", {"tanh"}, set()),
        ("relu", {"where", "zeros_like"}, {"where", "zeros_like", "ones_like"}),
        ("leaky_relu", {"where"}, {"where", "ones_like"}),
        ("identity", set(), {"ones_like"}),
    ],
)
def test_g_and_its_slope_use_the_library_of_their_array(
    monkeypatch, name, of_g, of_slope
):
    for call, functions in (
        (ACTIVATIONS[name], of_g),
        (lambda Z: ACTIVATIONS[name].prime(Z, Z), of_slope),
    ):
        monkeypatch.setattr(OfLibrary, "library", Library())
        call(POINTS.view(OfLibrary))
        assert OfLibrary.library.called == functions


def test_functions_come_from_the_library_of_the_array():
    class Foreign:
        def __array_namespace__(self):
            return "its own library"

    assert namespace(Foreign()) == "its own library"
    assert namespace(POINTS) is np and namespace(1.5) is np


def test_functions_for_tensors_and_what_is_derived_from_them_come_from_pytorch(
    monkeypatch,
):
    class Parameter:
        __module__ = "torch.nn.parameter"  # has no __array_namespace__, as of PyTorch 2

    pytorch = object()
    monkeypatch.setitem(sys.modules, "torch", pytorch)
    assert namespace(Parameter()) is pytorch

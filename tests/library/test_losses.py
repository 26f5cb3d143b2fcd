"""Losses and output units: L against its definition, dL/dz = a - y by SymPy, finite everywhere."""

import dataclasses
from types import SimpleNamespace

import numpy as np
import pytest
import sympy as sp

from shallowlib import (
    OUTPUTS,
    OutputUnit,
    cost,
    cross_entropy,
    half_squared_error,
    identity,
    relu,
    sigmoid,
    tanh,
)

z, y = sp.symbols("z y", real=True)
a = 1 / (1 + sp.exp(-z))
DEFINITIONS = {  # name: (a, L)
    "logistic": (a, -(y * sp.log(a) + (1 - y) * sp.log(1 - a))),
    "linear": (z, (z - y) ** 2 / 2),
}
Z2 = np.array([[-6.0, -0.5, 0.0], [0.25, 3.0, 8.0]])
Y = np.array([[0.0, 1.0, 1.0], [1.0, 0.0, 1.0]])


def test_every_registered_output_unit_has_a_definition_here():
    assert set(OUTPUTS) == set(DEFINITIONS)
    assert all(output.name == name for name, output in OUTPUTS.items())


def test_output_and_loss_are_their_definitions(output):
    A2, L = (
        sp.lambdify((z, y), side, "numpy")(Z2, Y) for side in DEFINITIONS[output.name]
    )
    np.testing.assert_allclose(output.g2(Z2), A2, rtol=1e-14)
    np.testing.assert_allclose(output.loss(Z2, Y), L, rtol=1e-12)


def test_the_defined_pair_has_the_slope_a_minus_y(output):
    A2, L = DEFINITIONS[output.name]
    assert sp.simplify(sp.diff(L, z) - (A2 - y)) == 0


def test_the_loss_written_in_z_is_the_cross_entropy():
    difference = sp.log(1 + sp.exp(z)) - y * z - DEFINITIONS["logistic"][1]
    assert sp.simplify(sp.expand_log(sp.simplify(difference), force=True)) == 0


def test_the_registered_pair_has_the_slope_a_minus_y_in_numbers(output):
    slope = (output.loss(Z2 + 1e-6, Y) - output.loss(Z2 - 1e-6, Y)) / 2e-6
    np.testing.assert_allclose(slope, output.g2(Z2) - Y, rtol=0, atol=1e-8)


@pytest.mark.parametrize("size", [1e4, 1e300])
def test_cross_entropy_is_finite_and_right_for_huge_z(size):
    far = np.array([[-size, -size, size, size]])
    assert cross_entropy(far, np.array([[0, 1, 0, 1.0]])).tolist() == [
        [0, size, size, 0]
    ]


def test_squared_error_and_cost_are_finite_for_huge_z(output):
    far = np.array([[-1e4, 1e4]])
    assert np.isfinite(output.loss(far, np.array([[1.0, 0.0]]))).all()
    assert np.isfinite(cost(far, np.array([[1.0, 0.0]]), output.loss))


def test_the_cost_sums_over_outputs_and_averages_over_examples():
    J = cost(
        np.array([[1.0, 2.0], [3.0, 4.0], [0.0, 1.0]]),
        np.zeros((3, 2)),
        half_squared_error,
    )
    assert J == (1 + 4 + 9 + 16 + 0 + 1) / 2 / 2
    assert cost(np.zeros((1, 7)), np.ones((1, 7)), cross_entropy) == pytest.approx(
        np.log(2), rel=1e-15
    )


def test_cross_entropy_uses_the_library_of_its_array():
    class OfLibrary(np.ndarray):
        def __array_namespace__(self):
            return SimpleNamespace(
                zeros_like=np.zeros_like, logaddexp=lambda a, b: np.full(b.shape, 9.0)
            )

    assert (cross_entropy(Z2.view(OfLibrary), 0 * Y) == 9).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_losses_and_cost_keep_the_dtype(output, dtype):
    z2, targets = Z2.astype(dtype), Y.astype(dtype)
    assert (
        output.loss(z2, targets).dtype == cost(z2, targets, output.loss).dtype == dtype
    )


def test_integers_become_float64(output):
    whole = np.array([[-3, 0, 2], [1, 4, 9]])
    assert output.loss(whole, Y.astype(int)).dtype == np.float64
    np.testing.assert_array_equal(
        output.loss(whole, Y.astype(int)), output.loss(whole.astype(float), Y)
    )


def test_layout_does_not_matter_and_arguments_stay_untouched(output, layout):
    z2, targets = layout(Z2), layout(Y)
    z2.flags.writeable = targets.flags.writeable = False
    np.testing.assert_array_equal(output.loss(z2, targets), output.loss(Z2, Y))
    assert cost(z2, targets, output.loss) == pytest.approx(
        cost(Z2, Y, output.loss), rel=1e-14
    )


@pytest.mark.parametrize(
    ("g2", "loss", "targets"),
    [
        (sigmoid, half_squared_error, None),
        (sigmoid, half_squared_error, (0, 1)),
        (identity, cross_entropy, (0, 1)),
        (tanh, cross_entropy, (0, 1)),
        (tanh, half_squared_error, None),
        (relu, half_squared_error, None),
        (identity, lambda z, y: (z - y) ** 2, None),
        (identity, lambda z, y: -((z - y) ** 2) / 2, None),
        (sigmoid, lambda z, y: np.logaddexp(0, z) - z, (0, 1)),
        (sigmoid, lambda z, y: np.nan * z, (0, 1)),
    ],
    ids=[
        "sigmoid-squared",
        "sigmoid-squared-classes",
        "identity-entropy",
        "tanh-entropy",
        "tanh-squared",
        "relu-squared",
        "without-the-half",
        "lost-sign",
        "right-for-one-class-only",
        "nan",
    ],
)
def test_a_pair_with_another_slope_cannot_be_made(g2, loss, targets):
    with pytest.raises(
        ValueError,
        match=r"output unit 'wrong': dL/dz must be a - y, which is .* at z = .*; it is",
    ):
        OutputUnit("wrong", g2, loss, targets)


@pytest.mark.parametrize("place", [-3.0, -0.5, 0.25, 2.0])
@pytest.mark.parametrize("target", [-1.0, 0.0, 0.5, 2.0])
def test_the_slope_is_tried_on_both_sides_of_0_and_for_targets_of_either_sign(
    place, target
):
    def dented(z, y):
        return half_squared_error(z, y) + 0.01 * (z - place) * (
            abs(z - place) < 0.1
        ) * (y == target)

    with pytest.raises(
        ValueError,
        match=f"at z = {place}, y = {target}; it is {place - target + 0.01:.4f}",
    ):
        OutputUnit("wrong", identity, dented)


def test_another_pair_with_the_right_slope_is_accepted():
    pair = OutputUnit("tanh", tanh, lambda z, y: np.log(np.cosh(z)) - y * z)
    assert pair.targets is None
    assert pair.loss(0.0, 1.0) == 0


def test_output_units_know_their_targets_and_cannot_be_changed():
    assert OUTPUTS["logistic"].targets == (0, 1) and OUTPUTS["linear"].targets is None
    with pytest.raises(dataclasses.FrozenInstanceError):
        OUTPUTS["logistic"].loss = half_squared_error


def test_an_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(
        ValueError, match="unknown name 'softmax': expected one of logistic, linear"
    ):
        OUTPUTS["softmax"]

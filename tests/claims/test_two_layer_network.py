"""Claims of the chapter two-layer-network: R2, R3, R4."""

import numpy as np
import pytest

from shallowlib import (
    Parameters,
    backward,
    forward,
    identity,
    initialize,
    linear,
    relu,
    sigmoid,
    train,
    xavier,
)
from shallowlib.datasets import Dataset


def random_params(rng, n_x, n_h, n_y):
    """Parameters with biases that are not 0."""
    shapes = ((n_h, n_x), (n_h, 1), (n_y, n_h), (n_y, 1))
    return Parameters(*(rng.standard_normal(shape) for shape in shapes))


def test_a_training_set_holds_x_and_y_and_leaves_the_hidden_values_open():
    """R2: the set holds x and y, never a[1]; wrong form: a[1] is part of the training set.

    Two networks that fit a training set equally well agree on everything it holds.
    """
    rng = np.random.default_rng(0)
    X = rng.standard_normal((3, 20))
    W1, b1, W2, b2 = params = random_params(rng, 3, 4, 2)
    twin = Parameters(-W1, -b1, -W2, b2 + W2.sum(axis=1, keepdims=True))
    values = []
    for p in (params, twin):
        cache = forward(p, X, sigmoid, sigmoid)
        values.append({"X": X, "Y": cache.A2, "A1": cache.A1})

    def check(held):
        for name in held:
            assert np.allclose(values[0][name], values[1][name])

    check(Dataset._fields)
    assert Dataset._fields == ("X", "Y")
    with pytest.raises(AssertionError):
        check(("X", "A1", "Y"))


def test_hidden_and_output_make_two_layers_and_the_input_is_layer_0():
    """R3: a[0] = x, and two layers compute; wrong forms: three layers, counting the input; one."""
    rng = np.random.default_rng(1)
    X = rng.standard_normal((3, 7))
    params = random_params(rng, 3, 4, 2)
    cache = forward(params, X, relu, sigmoid)
    a_0, g = X, {1: relu, 2: sigmoid}

    def check(n_layers):
        names = {f"{kind}{l + 1}" for kind in "Wb" for l in range(n_layers)}
        assert set(params._fields) == names
        names = {f"{kind}{l + 1}" for kind in "ZA" for l in range(n_layers)}
        assert set(cache._fields) == names
        a = a_0
        for l in range(1, n_layers + 1):
            W, b = getattr(params, f"W{l}"), getattr(params, f"b{l}")
            a = g[l](W @ a + b)
            assert np.allclose(a, getattr(cache, f"A{l}"))

    check(2)
    for wrong in (1, 3):
        with pytest.raises(AssertionError):
            check(wrong)


SHAPES = {
    "X": "n_x m", "Y": "n_y m",
    "W1": "n_h n_x", "b1": "n_h 1", "Z1": "n_h m", "A1": "n_h m",
    "W2": "n_y n_h", "b2": "n_y 1", "Z2": "n_y m", "A2": "n_y m",
}  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"b1": "1 1"},
        {"b2": "1 1"},
        {"W1": "n_x n_h"},
        {"W2": "n_h n_y"},
        {"Z1": "m n_h"},
        {"b1": "n_h m"},
    ],
    ids=str,
)
def test_every_symbol_has_its_shape_for_any_sizes(wrong):
    """R4: the table of shapes, sizes drawn at random; wrong forms: b[1] of shape (1, 1), transposes."""
    rng = np.random.default_rng(2)

    def check(table):
        for _ in range(25):
            n_x, n_h, n_y, m = rng.integers(1, 8, size=4).tolist()
            size = {"n_x": n_x, "n_h": n_h, "n_y": n_y, "m": m, "1": 1}
            X, Y = rng.standard_normal((n_x, m)), np.zeros((n_y, m))
            params = initialize(n_x, n_h, n_y, rng, weights=xavier)
            cache = forward(params, X, sigmoid, sigmoid)
            arrays = {"X": X, "Y": Y, **params._asdict(), **cache._asdict()}
            expected = {
                name: tuple(size[n] for n in shape.split())
                for name, shape in table.items()
            }
            assert {k: v.shape for k, v in arrays.items()} == expected
            grads = backward(params, cache, X, Y, sigmoid)
            for p, dp in zip(params, grads, strict=True):
                assert dp.shape == p.shape

    check(SHAPES)
    with pytest.raises(AssertionError):
        check(SHAPES | wrong)


def test_a_hidden_bias_of_shape_1_1_is_shared_by_all_units_and_refused_by_train():
    """R4: b[1] is (n_h, 1), one for each unit; wrong form: (1, 1)."""
    rng = np.random.default_rng(3)
    params = random_params(rng, 3, 4, 1)
    X, Y = rng.standard_normal((3, 6)), np.zeros((1, 6))

    def check(b1):
        # At x = 0 the pre-activations are the biases: each unit its own.
        Z1 = forward(params._replace(b1=b1), np.zeros((3, 1)), sigmoid, identity).Z1
        assert len(set(Z1.ravel().tolist())) == 4

    check(params.b1)
    slip = np.array([[0.7]])
    with pytest.raises(AssertionError):
        check(slip)
    with pytest.raises(ValueError, match="b1"):
        train(params._replace(b1=slip), X, Y, sigmoid, linear, alpha=0.1, steps=1)


def test_two_layers_compute_xor_and_no_single_unit_of_a_dense_grid_does():
    """The chapter's example; wrong form: one unit is enough."""
    X = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])
    xor = Parameters(
        np.array([[20.0, 20.0], [20.0, 20.0]]),
        np.array([[-10.0], [-30.0]]),
        np.array([[20.0, -20.0]]),
        np.array([[-10.0]]),
    )
    assert (forward(xor, X, sigmoid, sigmoid).A2.round() == [[0, 1, 1, 0]]).all()

    grid = np.linspace(-10, 10, 41)
    w1, w2, b = (v.ravel()[:, np.newaxis] for v in np.meshgrid(grid, grid, grid))
    Z = w1 * X[0] + w2 * X[1] + b
    right = ((Z > 0) == [False, True, True, False]).sum(axis=1)
    assert right.max() == 3

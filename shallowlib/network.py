"""The two-layer network: its output, and the gradient of its cost.

X    (n_x, m)     inputs, one column an example
Y    (n_y, m)     targets, one column an example
Z1   (n_h, m)     pre-activations of the hidden layer        A1   g1(Z1)
Z2   (n_y, m)     pre-activations of the output layer        A2   g2(Z2)
dW, db            derivatives of the cost J, in the shapes of W and b
dZ                column i: derivative of the loss L of example i, without 1/m

Only operators, .T and .sum are used, so the same lines run on the arrays of
NumPy, JAX, PyTorch and Dask, and on NumPy object arrays of SymPy symbols.
"""

from typing import Any, NamedTuple

Array = Any


class Parameters(NamedTuple):
    """The weights and biases of both layers."""

    W1: Array  # (n_h, n_x)
    b1: Array  # (n_h, 1)
    W2: Array  # (n_y, n_h)
    b2: Array  # (n_y, 1)


class Gradients(NamedTuple):
    """The derivatives of J, in the order and shapes of Parameters."""

    dW1: Array  # (n_h, n_x)
    db1: Array  # (n_h, 1)
    dW2: Array  # (n_y, n_h)
    db2: Array  # (n_y, 1)


class Cache(NamedTuple):
    """What the forward pass computed and the backward pass needs again."""

    Z1: Array  # (n_h, m)
    A1: Array  # (n_h, m)
    Z2: Array  # (n_y, m)
    A2: Array  # (n_y, m)


def forward(params, X, g1, g2):
    """The output A2 for every column of X (n_x, m), with the steps to it."""
    W1, b1, W2, b2 = params

    Z1 = W1 @ X + b1
    A1 = g1(Z1)

    Z2 = W2 @ A1 + b2
    A2 = g2(Z2)

    return Cache(Z1, A1, Z2, A2)


def backward(params, cache, X, Y, g1):
    """The gradient of J, from what forward computed; X (n_x, m), Y (n_y, m).

    The first line is dL/dz = a - y, which every OutputUnit makes true.
    """
    W1, b1, W2, b2 = params
    Z1, A1, Z2, A2 = cache
    m = X.shape[1]

    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = dZ2.sum(axis=1, keepdims=True) / m

    dZ1 = (W2.T @ dZ2) * g1.prime(Z1, A1)
    dW1 = dZ1 @ X.T / m
    db1 = dZ1.sum(axis=1, keepdims=True) / m

    return Gradients(dW1, db1, dW2, db2)

"""The same network one number at a time: slow, and hard to get wrong.

Symbols and shapes as in :mod:`shallowlib.network`;
i counts examples, j hidden units, k outputs, l inputs.
"""

import numpy as np

from shallowlib.network import Cache, Gradients


def forward(params, X, g1, g2):
    """What network.forward returns, by one sum for each unit and example."""
    W1, b1, W2, b2 = params
    n_h, n_x, n_y, m = W1.shape[0], W1.shape[1], W2.shape[0], X.shape[1]
    dtype = np.result_type(X, *params, 1.0)
    Z1, A1 = np.empty((n_h, m), dtype), np.empty((n_h, m), dtype)
    Z2, A2 = np.empty((n_y, m), dtype), np.empty((n_y, m), dtype)

    for i in range(m):
        for j in range(n_h):
            Z1[j, i] = sum(W1[j, l] * X[l, i] for l in range(n_x)) + b1[j, 0]
            A1[j, i] = g1(Z1[j, i])
        for k in range(n_y):
            Z2[k, i] = sum(W2[k, j] * A1[j, i] for j in range(n_h)) + b2[k, 0]
            A2[k, i] = g2(Z2[k, i])
    return Cache(Z1, A1, Z2, A2)


def backward(params, cache, X, Y, g1):
    """What network.backward returns, one example added to another."""
    W1, b1, W2, b2 = params
    Z1, A1, Z2, A2 = cache
    n_h, n_x, n_y, m = W1.shape[0], W1.shape[1], W2.shape[0], X.shape[1]
    dW1, db1, dW2, db2 = (np.zeros(p.shape, A2.dtype) for p in params)

    for i in range(m):
        for k in range(n_y):
            dz2 = A2[k, i] - Y[k, i]
            db2[k, 0] += dz2 / m
            for j in range(n_h):
                dW2[k, j] += dz2 * A1[j, i] / m
        for j in range(n_h):
            da1 = sum(W2[k, j] * (A2[k, i] - Y[k, i]) for k in range(n_y))
            dz1 = da1 * g1.prime(Z1[j, i], A1[j, i])
            db1[j, 0] += dz1 / m
            for l in range(n_x):
                dW1[j, l] += dz1 * X[l, i] / m
    return Gradients(dW1, db1, dW2, db2)

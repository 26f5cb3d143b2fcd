"""The same steps of gradient descent, sooner: what train uses where it can.

The numbers are those of forward, cost, backward and step; tests hold them
equal. What differs is where they lie:

- every array is made once, and each step writes over what the last left;
- the two large products, W1 X and dZ1 X^T, are one call each, and all between
  them is done in blocks of columns that fit into the processor's cache;
- A1 is written over Z1, and dZ1 over dA1;
- A1 ends in a row of ones, so that [W2 b2] A1 is W2 A1 + b2, and dZ2 A1^T
  holds db2 beside dW2;
- dZ2 carries the factor alpha / m, so that what the products give is not the
  gradient but the change of each parameter.
"""

from itertools import pairwise
from math import isfinite

import numpy as np
from numpy import add, dot, multiply, square, subtract

from shallowlib.activations import Identity, LeakyReLU, ReLU, Sigmoid, Tanh, sigmoid
from shallowlib.losses import linear, logistic
from shallowlib.network import Parameters

BLOCK = 2**20  # bytes that the hidden units of a block may take


class Workspace:
    """A training by gradient descent, in arrays that are made once.

    params and X: of one dtype, float32 or float64. X: (n_x, m), Y: (n_y, m).
    g1: of a class in HIDDEN. output: in OUTPUT. Besides X, and what is of the
    size of Y or of the parameters, at most two arrays of (n_h, m) are held.
    """

    def __init__(self, params, X, Y, g1, output, alpha):
        (n_h, n_x), n_y, m = params.W1.shape, len(Y), X.shape[1]
        if X.itemsize not in X.strides:  # dot would copy it in each call
            X = X.copy()
        self.X, self.m, self.sizes = X, m, (n_h, n_x, n_y)

        # All parameters in one vector, all their changes in another.
        W1, b1, W2, b2 = params
        self.now = np.concatenate([W1.ravel(), b1.ravel(), np.hstack([W2, b2]).ravel()])
        self.before = self.now.copy()
        self.change = np.empty_like(self.now)
        self.W1, b1, W2b2 = views(self.now, n_h, n_x, n_y)
        self.dW1 = views(self.change, n_h, n_x, n_y)[0]
        self.rest = self.change[W1.size :]  # of b1 and [W2 b2]

        n_blocks = min(m, -(-n_h * m * X.itemsize // BLOCK))
        bounds = [i * m // n_blocks for i in range(n_blocks + 1)]
        benches = {
            k: Bench(b1, W2b2, k, g1, output)
            for k in {stop - start for start, stop in pairwise(bounds)}
        }
        if n_blocks == 1:
            self.Z1, self.dZ1 = benches[m].A1, benches[m].D
            self.part = self.rest
        else:
            self.Z1 = self.dZ1 = np.empty((n_h, m), X.dtype)
            self.part = np.empty_like(self.rest)
        self.sums = views(self.part, n_h, 0, n_y)[1:]  # of b1, of [W2 b2]
        self.blocks = [
            (
                benches[stop - start],
                self.Z1[:, start:stop],
                targets(output, Y[:, start:stop], alpha / m),
            )
            for start, stop in pairwise(bounds)
        ]

    def cost(self):
        """J at the parameters."""
        dot(self.W1, self.X, self.Z1)
        J, several = 0.0, len(self.blocks) > 1
        if several:
            self.rest[:] = 0
        for bench, *block in self.blocks:
            J += bench.work(*block, *self.sums)
            if several:
                add(self.rest, self.part, self.rest)
        return J / self.m

    def move(self):
        """Take the step; its cost was asked for before."""
        dot(self.dZ1, self.X.T, self.dW1)
        self.before[:] = self.now
        subtract(self.now, self.change, self.now)

    def finite(self):
        """Whether all parameters are; their squares seldom overflow."""
        return isfinite(dot(self.now, self.now)) or np.isfinite(self.now).all()

    def params(self, vector):
        """The parameters in a vector: ``now``, or ``before`` the last step."""
        W1, b1, W2b2 = views(vector.copy(), *self.sizes)
        return Parameters(W1, b1, W2b2[:, :-1].copy(), W2b2[:, -1:].copy())


def views(vector, n_h, n_x, n_y):
    """W1 (n_h, n_x), b1 (n_h, 1), [W2 b2] (n_y, n_h + 1) in one vector."""
    W1, b1, W2b2 = np.split(vector, [n_h * n_x, n_h * n_x + n_h])
    return (W1.reshape(n_h, n_x), b1.reshape(n_h, 1), W2b2.reshape(n_y, n_h + 1))


class Bench:
    """Work arrays for k columns: used by block after block."""

    def __init__(self, b1, W2b2, k, g1, output):
        n_h, n_y = len(b1), len(W2b2)
        self.b1, self.W2b2, self.W2T = b1, W2b2, W2b2[:, :-1].T
        self.A = np.ones((n_h + 1, k), b1.dtype)
        self.A1, self.AT = self.A[:-1], self.A.T
        self.D = np.empty((n_h, k), b1.dtype)
        self.Z2, self.e, self.L = np.empty((3, n_y, k), b1.dtype)
        self.ones = np.ones((k, 1), b1.dtype)
        self.g1, (self.activate, self.chain) = g1, HIDDEN[type(g1)]
        self.compare = OUTPUT[output]

    def work(self, Z1, targets, db1, dW2b2):
        """From W1 X in Z1 to dZ1 in its place; returns the sum of the losses.

        With one block for all, Z1 is A1, and dZ1 stays in D.
        """
        A, A1, D, Z2 = self.A, self.A1, self.D, self.Z2
        add(Z1, self.b1, A1)
        self.activate(self.g1, A1)
        dot(self.W2b2, A, Z2)
        J = self.compare(Z2, self.e, self.L, *targets)
        dot(Z2, self.AT, dW2b2)
        dot(self.W2T, Z2, D)
        self.chain(self.g1, D, A1)
        dot(D, self.ones, db1)
        if Z1.base is not A1.base:
            Z1[:] = D
        return J


# Hidden units: Z1 becomes A1 in its place, then dA1 becomes dZ1 in its place,
# for which A1 is used up.


def _sigmoid(g, Z):
    np.exp(np.negative(Z, Z), Z)
    np.reciprocal(add(Z, 1, Z), Z)


def _sigmoid_chain(g, D, A):
    multiply(D, A, D)
    multiply(D, subtract(1, A, A), D)


def _tanh(g, Z):
    np.tanh(Z, Z)


def _tanh_chain(g, D, A):
    subtract(1, square(A, A), A)
    multiply(D, A, D)


def _relu(g, Z):
    np.maximum(Z, 0, out=Z)


def _relu_chain(g, D, A):
    multiply(D, A > 0, D)


def _leaky_relu(g, Z):
    multiply(Z, g.slope, Z, where=Z < 0)


def _leaky_relu_chain(g, D, A):
    np.greater(A, 0, A)
    multiply(D, np.maximum(A, g.slope, out=A), D)


def _identity(g, Z):
    pass


def _identity_chain(g, D, A):
    pass


HIDDEN = {
    Sigmoid: (_sigmoid, _sigmoid_chain),
    Tanh: (_tanh, _tanh_chain),
    ReLU: (_relu, _relu_chain),
    LeakyReLU: (_leaky_relu, _leaky_relu_chain),
    Identity: (_identity, _identity_chain),
}


# Output units: Z2 becomes dZ2 times the rate alpha / m in its place, and the
# sum of the losses is returned.


def _logistic(Z, e, L, sign, rate):
    """With t = z where y = 0 and -z where y = 1: L = log(1 + e^t), and
    dL/dz is the sigmoid of t, with the sign that made t of z.
    """
    np.exp(multiply(Z, sign, Z), e)
    J = np.log1p(e, L).sum()
    if isfinite(J):
        np.divide(e, add(e, 1, L), Z)
    else:  # e^t is beyond the largest float
        J = np.logaddexp(0, Z, L).sum()
        Z[:] = sigmoid(Z)
    multiply(Z, rate, Z)
    return J


def _linear(Z, e, L, Y, rate):
    J = square(subtract(Z, Y, Z), L).sum() / 2
    multiply(Z, rate, Z)
    return J


OUTPUT = {logistic: _logistic, linear: _linear}


def targets(output, Y, rate):
    """What the output unit needs of Y and of alpha / m."""
    if output == logistic:
        sign = 1 - 2 * Y
        return sign, sign * rate
    return Y, np.full_like(Y, rate)

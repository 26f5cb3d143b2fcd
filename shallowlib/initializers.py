"""Where gradient descent starts: random weights, biases of zero.

n_out, n_in   units in the layer, and inputs to each of them
W             (n_out, n_in)   weights of the layer
b             (n_out, 1)      biases, 0: random weights break the symmetry
"""

import numpy as np

from shallowlib._checks import check_count, check_parameters, check_rng
from shallowlib.network import Parameters


def zeros(n_out, n_in, rng):
    """All weights 0: hidden units stay twins. For study only."""
    return np.zeros((n_out, n_in))


def small(n_out, n_in, rng):
    """0.01 N(0, 1)."""
    return 0.01 * rng.standard_normal((n_out, n_in))


def xavier(n_out, n_in, rng):
    """N(0, 2 / (n_in + n_out)), for tanh and sigmoid (Glorot, Bengio 2010)."""
    return np.sqrt(2 / (n_in + n_out)) * rng.standard_normal((n_out, n_in))


def he(n_out, n_in, rng):
    """N(0, 2 / n_in), for ReLU (He et al. 2015)."""
    return np.sqrt(2 / n_in) * rng.standard_normal((n_out, n_in))


def initialize(n_x, n_h, n_y, rng, *, weights=small, dtype=float):
    """The first parameters for n_x inputs, n_h hidden units, n_y outputs.

    rng: a numpy.random.Generator. weights: a function (n_out, n_in, rng) ->
    (n_out, n_in), such as :func:`zeros`, :func:`small`, :func:`xavier` or
    :func:`he`. Raises TypeError or ValueError for sizes that are not whole
    numbers of at least 1, for another kind of rng, and for weights of the
    wrong shape or not finite. dtype: of the parameters, a floating type.
    """
    for name, n in (("n_x", n_x), ("n_h", n_h), ("n_y", n_y)):
        check_count(name, n)
    check_rng(rng)
    if not callable(weights):
        raise TypeError(
            "weights must be a function (n_out, n_in, rng), such as small: "
            f"got {weights!r}"
        )
    if np.dtype(dtype).kind != "f":
        raise ValueError(f"dtype must be a floating type: got {dtype!r}")
    n_x, n_h, n_y = int(n_x), int(n_h), int(n_y)  # np.int8 would overflow
    W1, W2 = weights(n_h, n_x, rng), weights(n_y, n_h, rng)
    for name, W, shape in (("W1", W1, (n_h, n_x)), ("W2", W2, (n_y, n_h))):
        if np.shape(W) != shape:
            raise ValueError(
                f"weights gave {name} the wrong shape: "
                f"expected {shape}, got {np.shape(W)}"
            )
    params = (W1, np.zeros((n_h, 1)), W2, np.zeros((n_y, 1)))
    return check_parameters(Parameters(*(np.array(p, dtype) for p in params)))

"""The gradient by finite differences: an oracle that knows no calculus.

J       a function params -> scalar
eps     half the width of the difference
"""

import numpy as np

from shallowlib.network import Gradients, Parameters


def numerical_gradient(J, params, eps=1e-6):
    """(J(p + eps) - J(p - eps)) / (2 eps) for every entry p, in float64.

    J: a function Parameters -> scalar. The error is of order eps^2 plus
    rounding / eps.
    """
    params = Parameters(*(np.array(p, dtype=float) for p in params))
    grads = Gradients(*(np.empty_like(p) for p in params))
    for p, dp in zip(params, grads, strict=True):
        for index in np.ndindex(p.shape):
            kept = p[index]
            p[index] = kept + eps
            above = J(params)
            p[index] = kept - eps
            below = J(params)
            p[index] = kept
            dp[index] = (above - below) / (2 * eps)
    return grads


def flat(arrays):
    """One vector of all entries of a tuple of arrays."""
    return np.concatenate([np.ravel(np.asarray(x, dtype=float)) for x in arrays])


def relative_error(a, b):
    """``|a - b| / (|a| + |b|)``, norms over all entries; 0 if both are 0.

    a and b: two gradients, or two arrays, of the same shapes; ValueError
    otherwise.
    """
    a, b = (x if isinstance(x, tuple) else (x,) for x in (a, b))
    shapes_a, shapes_b = ([np.shape(x) for x in arrays] for arrays in (a, b))
    if shapes_a != shapes_b:
        raise ValueError(
            f"a and b must have the same shapes: got {shapes_a} and {shapes_b}"
        )
    a, b = flat(a), flat(b)
    largest = max(abs(a).max(initial=0), abs(b).max(initial=0))
    if largest == 0:
        return 0.0
    a, b = a / largest, b / largest  # no square vanishes or overflows
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return float(np.linalg.norm(a - b) / size)

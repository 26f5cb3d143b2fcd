"""The checks at the door: what was expected, what came."""

from numbers import Integral, Real

import numpy as np

from shallowlib.network import Parameters


def check_count(name, n):
    """n is a whole number of at least 1."""
    if isinstance(n, bool) or not isinstance(n, Integral):
        raise TypeError(f"{name} must be a whole number: got {n!r}")
    if n < 1:
        raise ValueError(f"{name} must be at least 1: got {n}")


def check_rate(alpha):
    """alpha is a finite number above 0; returned as a float."""
    if isinstance(alpha, bool) or not isinstance(alpha, Real):
        raise TypeError(f"alpha must be a number: got {alpha!r}")
    try:
        rate = float(alpha)
    except OverflowError:
        rate = np.inf
    if not 0 < rate < np.inf:
        raise ValueError(f"alpha must be finite and above 0: got {alpha}")
    return rate


def check_rng(rng):
    """rng is a numpy.random.Generator."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            "rng must be a numpy.random.Generator, as default_rng(0) gives: "
            f"got {rng!r}"
        )


def check_instance(name, value, kind, example):
    """value is of the kind; example names one."""
    if not isinstance(value, kind):
        raise TypeError(
            f"{name} must be of type {kind.__name__}, such as {example}: got {value!r}"
        )


def check_matrix(name, M, n_rows=None, n_columns=None):
    """M is a finite real matrix of the given size; returned as floats."""
    if np.ma.is_masked(M):
        raise ValueError(f"{name} must have no masked entries: got {M!r}")
    M = np.asarray(M)
    if M.dtype.kind not in "biuf":
        raise TypeError(f"{name} must hold real numbers: got an array of {M.dtype}")
    if M.ndim != 2 or M.size == 0:
        raise ValueError(
            f"{name} must be a matrix with at least one row and one column: "
            f"got shape {M.shape}"
        )
    expected = (n_rows or M.shape[0], n_columns or M.shape[1])
    if M.shape != expected:
        raise ValueError(f"{name} must have shape {expected}: got {M.shape}")
    if not np.isfinite(M).all():
        bad = tuple(int(i) for i in np.argwhere(~np.isfinite(M))[0])
        raise ValueError(f"{name} must be finite everywhere: got {M[bad]} at {bad}")
    return M if M.dtype.kind == "f" else M.astype(float)


def check_parameters(params):
    """params are four matrices that fit; returned as Parameters of floats."""
    if not isinstance(params, tuple) or len(params) != 4:
        raise TypeError(
            f"params must be the four of Parameters(W1, b1, W2, b2): got {params!r}"
        )
    W1, b1, W2, b2 = params
    W1 = check_matrix("W1", W1)
    b1 = check_matrix("b1", b1, W1.shape[0], 1)
    W2 = check_matrix("W2", W2, None, W1.shape[0])
    b2 = check_matrix("b2", b2, W2.shape[0], 1)
    return Parameters(W1, b1, W2, b2)


def check_targets(Y, n_y, m, targets):
    """Y (n_y, m) holds values in targets (None: any); returned as floats."""
    if np.shape(Y) != (n_y, m):
        raise ValueError(
            f"Y must have one target a column: expected {(n_y, m)}, got {np.shape(Y)}"
        )
    Y = check_matrix("Y", Y)
    if targets is not None and not np.isin(Y, targets).all():
        wrong = Y[~np.isin(Y, targets)][0]
        allowed = " or ".join(str(t) for t in targets)
        raise ValueError(
            f"Y must be {allowed} everywhere for this output unit: got {wrong}"
        )
    return Y

"""What several test modules share: each registered function, sizes, problems to solve."""

import numpy as np
import pytest

from shallowlib import ACTIVATIONS, OUTPUTS, Parameters, forward


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture(params=ACTIVATIONS.values(), ids=list(ACTIVATIONS))
def g1(request):
    """Each registered activation in turn."""
    return request.param


@pytest.fixture(params=OUTPUTS.values(), ids=list(OUTPUTS))
def output(request):
    """Each registered output unit in turn."""
    return request.param


@pytest.fixture(
    params=[(3, 4, 2, 5), (2, 3, 1, 1), (4, 1, 2, 3), (1, 1, 1, 1)], ids=str
)
def sizes(request):
    """(n_x, n_h, n_y, m): the general case; one example; one hidden unit; one of each."""
    return request.param


LAYOUTS = {
    "transposed": lambda M: np.ascontiguousarray(M.T).T,
    "sliced": lambda M: np.repeat(np.repeat(M, 2, axis=0), 3, axis=1)[::2, ::3],
    "reversed": lambda M: M[::-1, ::-1].copy()[::-1, ::-1],
}


@pytest.fixture(params=LAYOUTS.values(), ids=list(LAYOUTS))
def layout(request):
    """A function that lays the same matrix out otherwise in memory."""
    return request.param


def make_problem(g1, output, sizes=(3, 4, 2, 5), dtype=float):
    """(params, X, Y), read-only; every Z1 is at least 0.01 away from 0, where ReLU has its kink."""
    n_x, n_h, n_y, m = sizes
    rng = np.random.default_rng(1)
    Z1 = np.zeros(1)
    while abs(Z1).min() < 0.01:
        params = Parameters(
            *(
                rng.normal(size=shape).astype(dtype)
                for shape in ((n_h, n_x), (n_h, 1), (n_y, n_h), (n_y, 1))
            )
        )
        X = rng.normal(size=(n_x, m)).astype(dtype)
        Z1 = forward(params, X, g1, output.g2).Z1
    Y = rng.integers(0, 2, (n_y, m)) if output.targets else rng.normal(size=(n_y, m))
    Y = Y.astype(dtype)
    for array in (*params, X, Y):
        array.flags.writeable = False
    return params, X, Y


@pytest.fixture
def problem():
    return make_problem

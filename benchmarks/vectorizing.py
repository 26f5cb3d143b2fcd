"""The loops of shallowlib.loops beside the matrix form, against the number of examples m: what vectorizing is worth."""

from functools import partial

import numpy as np

from benchmarks.ratios import Section, blas, in_turn, ratios, row
from shallowlib import (
    backward,
    datasets,
    forward,
    initialize,
    logistic,
    loops,
    tanh,
    xavier,
)

EXAMPLES = (1, 10, 100, 1000, 10_000)
SAME = 1e-9


def gradient(module, params, X, Y):
    """Forward and backward, by the functions of either module."""
    return module.backward(
        params, module.forward(params, X, tanh, logistic.g2), X, Y, tanh
    )


class Matrices:
    forward, backward = staticmethod(forward), staticmethod(backward)


def measure(examples=EXAMPLES, pairs=5):
    rows = []
    for m in examples:
        rng = np.random.default_rng(0)
        X, Y = datasets.flower(m, rng)
        params = initialize(2, 4, 1, rng, weights=xavier)
        ways = {
            name: partial(gradient, way, params, X, Y)
            for name, way in (("loops", loops), ("matrices", Matrices))
        }
        for slow, fast in zip(ways["loops"](), ways["matrices"](), strict=True):
            if not np.allclose(slow, fast, rtol=SAME, atol=SAME):
                raise SystemExit(
                    f"the loops and the matrices differ by {abs(slow - fast).max():.1e} at m = {m}: expected {SAME} at most"
                )
        rows.append(
            row(f"m = {m}", ratios(in_turn(ways, pairs), "loops", "matrices"), m=m)
        )
    return Section(
        "vectorizing",
        "Vectorizing: the gradient of a net of (2, 4, 1) by loops and by matrices",
        "time of the loops over the time of the matrix form",
        {"NumPy": f"{np.__version__} with {blas()}"},
        rows,
    )

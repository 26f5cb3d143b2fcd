"""How time and memory of `train` grow with the examples m, the hidden units n_h and the steps, over three decades each.

A row is an exponent p: cost grows like n^p, fitted to the upper half of the range and to all of it. Theory says 1 for time, since each
step visits each example and each hidden unit as often as it is there, and for memory against m and n_h; for memory against the steps,
of which only the costs are kept, it says next to 0. Below some size the fixed price of a call hides that, and p is smaller.
"""

import tracemalloc
from statistics import median

import numpy as np

from benchmarks.ratios import Section, blas, row, seconds
from shallowlib import initialize, logistic, tanh, train, xavier

OVER = {
    "m": (1000, 3162, 10_000, 31_623, 100_000, 316_228, 1_000_000),
    "n_h": (10, 32, 100, 316, 1000, 3162, 10_000),
    "steps": (10, 32, 100, 316, 1000, 3162, 10_000),
}
BASES = {
    "m": {"n_h": 16, "steps": 2},
    "n_h": {"m": 1000, "steps": 2},
    "steps": {"m": 1000, "n_h": 16},
}
N_X = 8


def run(m, n_h, steps):
    """A function without arguments that trains at this size."""
    rng = np.random.default_rng(0)
    X, Y = rng.normal(size=(N_X, m)), rng.integers(0, 2, (1, m)).astype(float)
    start = initialize(N_X, n_h, 1, rng, weights=xavier)
    return lambda: train(start, X, Y, tanh, logistic, alpha=0.1, steps=steps)


def peak(function):
    """The most bytes that were held at a time beyond what was there before."""
    tracemalloc.start()
    function()
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


def exponent(sizes, costs):
    return float(np.polyfit(np.log(sizes), np.log(costs), 1)[0])


def measure(over=OVER, rounds=5):
    rows = []
    for name, sizes in over.items():
        runs = [run(**BASES[name] | {name: n}) for n in sizes]
        for function in runs:
            function()
        times = [[seconds(function) for function in runs] for _ in range(rounds)]
        memory = [peak(function) for function in runs]
        mid = [median(column) for column in zip(*times, strict=True)]
        about = {"over": name, "sizes": list(sizes), "seconds": mid, "bytes": memory}
        rows.append(
            row(
                f"time against {name}, upper half",
                [
                    exponent(sizes[len(sizes) // 2 :], one[len(sizes) // 2 :])
                    for one in times
                ],
                cost="time",
                part="upper",
                **about,
            )
        )
        rows.append(
            row(
                f"time against {name}, three decades",
                [exponent(sizes, one) for one in times],
                cost="time",
                part="all",
            )
        )
        rows.append(
            row(
                f"memory against {name}, upper half",
                [exponent(sizes[len(sizes) // 2 :], memory[len(sizes) // 2 :])],
                cost="memory",
                part="upper",
            )
        )
        rows.append(
            row(
                f"memory against {name}, three decades",
                [exponent(sizes, memory)],
                cost="memory",
                part="all",
            )
        )
    return Section(
        "growth",
        f"How the cost of train grows (n_x = {N_X}, one output, tanh)",
        "exponent p of cost ~ n^p",
        {"NumPy": f"{np.__version__} with {blas()}"},
        rows,
    )

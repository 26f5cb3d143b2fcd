"""What every section of `make bench` shares: times taken in turn within one run, their ratios, and the table they are printed in.

Programs are timed in turn, A B C, then C B A, so that whatever else the machine does, or the one before has left, falls on all; each
round gives one ratio of a pair. A row is the median of its pairs with the spread of the middle half. Times in seconds are kept as well,
but only ratios are compared.
"""

import time
from dataclasses import asdict, dataclass, field
from statistics import median, quantiles

from threadpoolctl import threadpool_info

PAIRS = 15
ONE_THREAD = {  # the environment of a process that computes with one thread, whatever it computes with
    **dict.fromkeys(
        (
            "OMP_NUM_THREADS",
            "OPENBLAS_NUM_THREADS",
            "MKL_NUM_THREADS",
            "VECLIB_MAXIMUM_THREADS",
            "NPROC",
        ),
        "1",
    ),
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
}


@dataclass
class Row:
    """One line of a table: a ratio with its spread, what it is a ratio of, and the plain numbers (`more`) that a chapter may show."""

    name: str
    ratio: float
    low: float
    high: float
    pairs: int
    more: dict = field(default_factory=dict)

    def line(self, wide=0):
        return f"{self.name:{wide}}  {self.ratio:8.3g}   ({self.low:.3g} to {self.high:.3g}, {self.pairs} pairs)"


@dataclass
class Section:
    """One table: `ratio` says in words what is divided by what, `against` holds the versions of what was compared with."""

    name: str
    title: str
    ratio: str
    against: dict
    rows: list

    def __str__(self):
        heading = [
            self.title,
            self.ratio,
            "with "
            + ", ".join(f"{name} {version}" for name, version in self.against.items()),
        ]
        wide = max(len(row.name) for row in self.rows)
        return "\n  ".join(
            heading[: 3 if self.against else 2] + [row.line(wide) for row in self.rows]
        )

    def as_json(self):
        return asdict(self)


def seconds(function, *arguments, **named):
    before = time.perf_counter()
    function(*arguments, **named)
    return time.perf_counter() - before


def row(name, ratios, **more):
    """A Row of ratios already taken, one a pair."""
    low, _, high = quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
    return Row(name, median(ratios), low, high, len(ratios), more)


def in_turn(functions, pairs=PAIRS, least=0.02):
    """{name: [seconds of one call, one a round]} of functions without arguments, called in turn.

    Each is called twice before, to warm it up and to see how many calls fill `least` seconds, and as often in each round.
    """
    calls = {}
    for name, function in functions.items():
        function()
        calls[name] = max(1, round(least / seconds(function)))

    def repeated(name):
        for _ in range(calls[name]):
            functions[name]()

    times = {name: [] for name in functions}
    order = list(functions)
    for _ in range(pairs):
        for name in order:
            times[name].append(seconds(repeated, name) / calls[name])
        order.reverse()
    return times


def blas():
    """The library that multiplies NumPy's matrices, its version and its threads, in words."""
    found = next(
        info
        for info in threadpool_info()
        if info["user_api"] == "blas" and "numpy" in info["filepath"]
    )
    return f"{found['internal_api']} {found['version']} ({found['architecture']}, {found['num_threads']} threads)"


def ratios(times, over, under):
    """One ratio a round."""
    return [a / b for a, b in zip(times[over], times[under], strict=True)]

"""The gradient in chunks: NumPy in one process, Dask on one process and more, PyTorch and JAX.

`measure(folder)` has Dask's workers write more data than one of them may hold into the folder (1.6 GB, chunk by chunk), and times the
work of one step, the four gradients and the cost, in each way in turn. Every result is compared with that of one process, and some
steps of descent with `train` on the whole arrays; a difference is an error. It takes about two minutes and 5 GB of memory, and runs
in a process of its own, so that NumPy and all that is measured beside it have one thread each from the start.

    python benchmarks/many_machines.py FOLDER    the same by itself: the table, and the section as JSON in the last line
"""

import json
import os
import resource
import subprocess
import sys
from contextlib import ExitStack
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks import engines, ratios
from shallowlib import initialize, logistic, relative_error, tanh, train, xavier

NAME = "many-machines"
N_X, N_H, N_Y = 784, 100, 1  # as many inputs as a picture of 28 by 28 has pixels
CHUNKS, COLUMNS = 20, 12_500  # a chunk is 78 MB
LIMIT = 640 * 2**20  # bytes of memory of a worker: two together hold less than the data
PAIRS, STEPS, ALPHA = 5, 3, 0.5
CLOSE = 1e-10


def measure(folder=None):
    """The section of `make bench`; the data lie in a folder, or in one that is gone afterwards."""
    if folder is None:
        with TemporaryDirectory() as folder:
            return measure(folder)
    command = [sys.executable, __file__, str(folder)]
    done = subprocess.run(
        command,
        env=os.environ | ratios.ONE_THREAD,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    return ratios.Section(
        **found | {"rows": [ratios.Row(**row) for row in found["rows"]]}
    )


def write(folder, k):
    """Make chunk k from a seed of its own, and leave it in two files."""
    rng = np.random.default_rng([0, k])
    X = rng.normal(size=(N_X, COLUMNS))
    Y = X[:1] + X[1:2] ** 2 > rng.normal(1, 0.1, size=(N_Y, COLUMNS))
    files = [str(Path(folder) / f"{name}{k}.npy") for name in "XY"]
    for file, array in zip(files, (X, Y.astype(float)), strict=True):
        np.save(file, array)
    return files


def peak():
    """The most memory that this process has held, in MB."""
    status = Path("/proc/self/status")
    if (
        status.exists()
    ):  # its own; ru_maxrss begins with that of the process that started it
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) * 1024 / 1e6
    return (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        * (1 if sys.platform == "darwin" else 1024)
        / 1e6
    )


class Compared:
    """A function whose every result has to be the one expected; `apart` is the largest relative difference there was."""

    def __init__(self, name, function, expected):
        self.name, self.function, self.expected, self.apart = (
            name,
            function,
            expected,
            0.0,
        )

    def __call__(self):
        apart = relative_error(tuple(map(np.asarray, self.function())), self.expected)
        if not apart < CLOSE:
            raise ArithmeticError(
                f"{self.name}: differs from NumPy in one process by {apart:.1e}"
            )
        self.apart = max(self.apart, apart)


def rows_of(functions, base, more, pairs):
    """A row for each: how many times as fast as the base it is. more: further numbers by name, asked for at the end."""
    expected = tuple(map(np.asarray, functions[base]()))
    functions = {
        name: Compared(name, function, expected) for name, function in functions.items()
    }
    times = ratios.in_turn(functions, pairs, least=0)
    return times, [
        ratios.row(
            name,
            ratios.ratios(times, base, name),
            seconds=float(np.median(times[name])),
            apart=functions[name].apart,
            **more(name, times),
        )
        for name in functions
    ]


def flat(grads, J):
    return [*grads, J]


def on_dask(folder, params, machines):
    """The rows of NumPy and of Dask; `machines` closes what it opens. The first chunk's files are left for the other engines."""
    import dask
    from dask.distributed import get_task_stream

    clients = {}
    for n in (1, 2, 4):
        if n <= max(2, os.cpu_count()):
            clients[n] = machines.enter_context(engines.workers(n, LIMIT))
    most = clients[max(clients)]

    chunks = most.gather(most.map(partial(write, folder), range(CHUNKS)))
    m, sizes = CHUNKS * COLUMNS, [COLUMNS] * CHUNKS
    X, Y = (
        engines.side_by_side(files, rows, sizes)
        for files, rows in zip(zip(*chunks, strict=True), (N_X, N_Y), strict=True)
    )

    def one_process():
        return engines.added(
            [engines.share(params, chunk, m, tanh, logistic) for chunk in chunks]
        )

    def arrays(client):
        with client.as_current():
            return flat(
                *dask.compute(*engines.gradient_and_cost(params, X, Y, tanh, logistic))
            )

    def tasks(client):
        with client.as_current():
            return engines.one_task_a_chunk(params, chunks, m, tanh, logistic)

    one_process()
    peaks = {"NumPy, chunk by chunk": peak()}
    X_all, Y_all = np.empty(X.shape), np.empty(Y.shape)
    for k, (x, y) in enumerate(chunks):
        columns = slice(k * COLUMNS, (k + 1) * COLUMNS)
        X_all[:, columns], Y_all[:, columns] = np.load(x), np.load(y)

    def whole():
        return flat(*engines.gradient_and_cost(params, X_all, Y_all, tanh, logistic))

    whole()
    peaks["NumPy, all at once"] = peak()

    functions = {"NumPy, chunk by chunk": one_process, "NumPy, all at once": whole}
    about = {name: {"peak_mb": mb} for name, mb in peaks.items()}
    about["NumPy, chunk by chunk"] |= {
        "examples": m, "chunks": CHUNKS, "n_x": N_X, "n_h": N_H, "n_y": N_Y,
        "data_mb": (X.nbytes + Y.nbytes) / 1e6, "limit_mb": LIMIT / 1e6, "cores": os.cpu_count(),
    }  # fmt: skip
    for way, function in (("arrays", arrays), ("tasks", tasks)):
        for n, client in clients.items():
            functions[f"Dask {way}, {n} worker{'s' * (n > 1)}"] = partial(
                function, client
            )
            about[f"Dask {way}, {n} worker{'s' * (n > 1)}"] = {
                "way": way,
                "workers": n,
                "client": client,
            }

    def more(name, times):
        found = dict(about[name])
        if client := found.pop("client", None):
            one = ratios.row(
                name, ratios.ratios(times, f"Dask {found['way']}, 1 worker", name)
            )
            found |= {
                "against_one": one.ratio,
                "against_one_low": one.low,
                "against_one_high": one.high,
            }
            with get_task_stream(client) as stream:
                functions[name]()
            found["tasks"] = len(stream.data)
            if (
                found["way"] == "arrays"
            ):  # the same workers take the single tasks, which need less
                found["peak_mb"] = max(client.run(peak).values())
        return found

    _, rows = rows_of(functions, "NumPy, chunk by chunk", more, PAIRS)

    # Some steps in a row: those of train on the whole arrays, and those of descend on Dask's.
    run = train(params, X_all, Y_all, tanh, logistic, alpha=ALPHA, steps=STEPS)
    with most.as_current():
        trained, costs = engines.descend(params, X, Y, tanh, logistic, ALPHA, STEPS)
    after = Compared(
        "descend", lambda: (*trained, np.array(costs)), (*run.params, run.costs)
    )
    after()
    rows[0].more |= {"steps": STEPS, "apart_after_steps": after.apart}
    return rows, chunks[0]


def on_other_arrays(params, files):
    """The rows of PyTorch and of JAX, on one chunk in memory; on a GPU where they find one."""
    import jax
    import torch

    jax.config.update("jax_enable_x64", True)
    where = {
        "PyTorch": "cuda" if torch.cuda.is_available() else "cpu",
        "JAX": jax.devices()[0],
    }
    torch.set_num_threads(1)
    X, Y = map(np.load, files)
    (*params_t, X_t, Y_t), (*params_j, X_j, Y_j) = (
        to((*params, X, Y), device)
        for to, device in (
            (engines.to_torch, where["PyTorch"]),
            (engines.to_jax, where["JAX"]),
        )
    )
    compiled = jax.jit(partial(engines.gradient_and_cost, g1=tanh, output=logistic))
    functions = {
        "NumPy, one chunk": lambda: flat(
            *engines.gradient_and_cost(params, X, Y, tanh, logistic)
        ),
        "PyTorch, one chunk": lambda: [
            t.cpu()
            for t in flat(
                *engines.gradient_and_cost(params_t, X_t, Y_t, tanh, logistic)
            )
        ],
        "JAX, one chunk": lambda: flat(*compiled(params_j, X_j, Y_j)),
    }
    about = {
        "PyTorch, one chunk": {"device": where["PyTorch"]},
        "JAX, one chunk": {"device": where["JAX"].platform},
    }
    _, rows = rows_of(
        functions,
        "NumPy, one chunk",
        lambda name, times: about.get(name, {}),
        ratios.PAIRS,
    )
    return rows


def here(folder):
    """The section, measured in this process."""
    params = initialize(N_X, N_H, N_Y, np.random.default_rng(0), weights=xavier)
    with ExitStack() as machines:
        rows, chunk = on_dask(folder, params, machines)
    return ratios.Section(
        NAME,
        "One gradient from data in chunks, each process with one thread",
        "time of NumPy in one process, for the same columns, divided by that of the line; files are read in all lines but NumPy at once and the last three",
        {
            name: version(name)
            for name in ("numpy", "dask", "distributed", "torch", "jax")
        },
        rows + on_other_arrays(params, chunk),
    )


if __name__ == "__main__":
    section = here(sys.argv[1])
    print(section)
    print(json.dumps(section.as_json()))

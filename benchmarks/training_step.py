"""A step of `shallowlib.train` beside the same step of its peers, and beside the matrix products that no step can do without.

Full-batch gradient descent, tanh units and one logistic output, the same data, start and learning rate for all. Each peer is a function
(params, X, Y) that gets ready and returns a function of a number of steps, which gives the parameters after them. What gets ready, as the
copy of the data into a peer's own arrays or a compilation, is not timed; what is done at the start of each training is, as the checks of
`train`, the tensors of PyTorch's parameters and the object of scikit-learn. There are so many steps that it hardly counts.
"""

import os
import subprocess
import sys
import tracemalloc
import warnings
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.engines import gradient_and_cost
from benchmarks.ratios import PAIRS, Section, blas, in_turn, ratios, row
from shallowlib import initialize, logistic, step, tanh, train, xavier

SIZES = (
    (2, 4, 400),
    (30, 16, 569),
    (64, 64, 1797),
    (784, 128, 10_000),
    (784, 256, 60_000),
)  # n_x, n_h, m
DTYPES = (np.float64, np.float32)
ALPHA = 0.1
SAME = 1e-6  # relative, for the parameters; in float64 for their change too
SAME_CHANGE = {np.float64: 1e-6, np.float32: 1e-3}


def problem(n_x, n_h, m, dtype):
    """(params, X, Y): examples around two centers, so that there is something to learn."""
    rng = np.random.default_rng(0)
    Y = rng.integers(0, 2, (1, m)).astype(dtype)
    X = rng.normal(size=(n_x, m)).astype(dtype)
    X += (2 * Y - 1) / np.sqrt(n_x).astype(dtype)
    return initialize(n_x, n_h, 1, rng, weights=xavier, dtype=dtype), X, Y


def shallowlib(params, X, Y):
    return lambda steps: (
        train(params, X, Y, tanh, logistic, alpha=ALPHA, steps=steps).params
    )


def equations(params, X, Y):
    """The four functions of the book, called in a loop, with new arrays each time."""

    def run(steps):
        p = params
        for _ in range(steps):
            grads, _ = gradient_and_cost(p, X, Y, tanh, logistic)
            p = step(p, grads, ALPHA)
        return p

    return run


def pytorch(params, X, Y):
    import torch

    X, Y = torch.from_numpy(X), torch.from_numpy(Y)

    def run(steps):
        tensors = W1, b1, W2, b2 = [torch.tensor(p, requires_grad=True) for p in params]
        optimizer = torch.optim.SGD(tensors, lr=ALPHA)
        for _ in range(steps):
            optimizer.zero_grad()
            Z2 = W2 @ torch.tanh(W1 @ X + b1) + b2
            J = torch.nn.functional.binary_cross_entropy_with_logits(Z2, Y)
            J.backward()
            optimizer.step()
            J.item()  # train keeps the cost of every step
        return [t.detach().numpy() for t in tensors]

    return run


def scikit_learn(params, X, Y):
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    rows, y = np.ascontiguousarray(X.T), Y[0].astype(int)

    def run(steps):
        net = MLPClassifier(
            params.W1.shape[0],
            activation="tanh",
            solver="sgd",
            alpha=0,
            batch_size=len(y),
            learning_rate_init=ALPHA,
            momentum=0,
            nesterovs_momentum=False,
            shuffle=False,
            tol=0,
            n_iter_no_change=steps + 1,
            max_iter=steps,
            warm_start=True,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            warnings.filterwarnings("ignore", "Got `batch_size`")
            net.partial_fit(
                rows[:2], [0, 1], classes=[0, 1]
            )  # makes the arrays, which then take the start that all have
            net.coefs_ = [params.W1.T.copy(), params.W2.T.copy()]
            net.intercepts_ = [params.b1[:, 0].copy(), params.b2[:, 0].copy()]
            net.fit(rows, y)
        (W1, W2), (b1, b2) = net.coefs_, net.intercepts_
        return W1.T, b1[:, None], W2.T, b2[:, None]

    return run


def autograd(params, X, Y):
    import autograd.numpy as anp
    from autograd import value_and_grad

    def J(p):
        W1, b1, W2, b2 = p
        Z2 = anp.dot(W2, anp.tanh(anp.dot(W1, X) + b1)) + b2
        return anp.sum(anp.logaddexp(0, Z2) - Y * Z2) / Y.shape[1]

    slope = value_and_grad(J)

    def run(steps):
        p = list(params)
        for _ in range(steps):
            _, grads = slope(p)
            p = [a - ALPHA * da for a, da in zip(p, grads, strict=True)]
        return p

    return run


def in_a_compiled_loop(body, params, X, Y):
    """`body(params, X, Y)` gives new parameters and the cost; the whole loop is one program of JAX."""
    import jax

    jax.config.update("jax_enable_x64", True)

    @partial(jax.jit, static_argnums=3)
    def loop(params, X, Y, steps):
        return jax.lax.scan(lambda p, _: body(p, X, Y), params, None, length=steps)

    data = (
        tuple(map(jax.numpy.asarray, params)),
        jax.numpy.asarray(X),
        jax.numpy.asarray(Y),
    )
    return lambda steps: jax.block_until_ready(loop(*data, steps))[0]


def jax_compiled(params, X, Y):
    import jax
    import jax.numpy as jnp

    def J(p, X, Y):
        W1, b1, W2, b2 = p
        Z2 = W2 @ jnp.tanh(W1 @ X + b1) + b2
        return (jnp.logaddexp(0, Z2) - Y * Z2).sum() / Y.shape[1]

    def body(p, X, Y):
        value, grads = jax.value_and_grad(J)(p, X, Y)
        return tuple(a - ALPHA * da for a, da in zip(p, grads, strict=True)), value

    return in_a_compiled_loop(body, params, X, Y)


def shallowlib_compiled(params, X, Y):
    """forward, cost, backward and step of the book, unchanged, on JAX's arrays."""

    def body(p, X, Y):
        grads, J = gradient_and_cost(p, X, Y, tanh, logistic)
        return tuple(step(p, grads, ALPHA)), J

    return in_a_compiled_loop(body, params, X, Y)


def products(params, X, Y, g=None):
    """W1 X and dZ1 X^T, each into an array that is there; and g once over (n_h, m)."""
    W1 = params.W1
    Z, dW1 = np.empty((len(W1), X.shape[1]), X.dtype), np.empty_like(W1)

    def run(steps):
        for _ in range(steps):
            np.dot(W1, X, out=Z)
            if g:
                g(Z, out=Z)
            np.dot(Z, X.T, out=dW1)
        return dW1

    return run


def jax_products(params, X, Y):
    """The same two products by JAX; W1 changes a little, for else it would compute them once for all steps."""

    def body(p, X, Y):
        W1, *rest = p
        Z = W1 @ X
        return (W1 - 1e-9 * (Z @ X.T), *rest), 0.0

    return in_a_compiled_loop(body, params, X, Y)


PEERS = {
    "PyTorch eager": pytorch,
    "scikit-learn": scikit_learn,
    "autograd": autograd,
    "JAX compiled": jax_compiled,
    "shallowlib on JAX, compiled": shallowlib_compiled,
    "the equations in a loop": equations,
}
LIMITS = {
    "products and tanh": partial(products, g=np.tanh),
    "products": products,
    "products by JAX": jax_products,
}


def check_same(name, params, ours, theirs, dtype):
    """The peer took the same steps, or there is nothing to compare."""

    def flat(p):
        return np.concatenate([np.ravel(a) for a in p]).astype(float)

    start, ours, theirs = flat(params), flat(ours), flat(theirs)
    size, change = np.linalg.norm(ours), np.linalg.norm(ours - start)
    apart = np.linalg.norm(theirs - ours)
    if not (apart <= SAME * size and apart <= SAME_CHANGE[dtype] * change):
        raise SystemExit(
            f"{name} does not take the same steps: expected parameters within {SAME} and a change within {SAME_CHANGE[dtype]}, "
            f"relative, got {apart / size:.1e} and {apart / change:.1e}"
        )


def peak_in_hidden_arrays(params, X, Y):
    """The most memory that `train` held at a time, in arrays of (n_h, m)."""
    tracemalloc.start()
    train(params, X, Y, tanh, logistic, alpha=ALPHA, steps=2)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / (len(params.W1) * X.shape[1] * X.itemsize)


def kernels(pairs):
    """Rows: the two products with OpenBLAS held to the kernels of older processors, over those that it chooses by itself."""
    code = "import training_step as t, ratios; params, X, Y = t.problem(*t.SIZES[3], t.np.float64); run = t.products(params, X, Y); run(2); "
    command = [
        sys.executable,
        "-c",
        code + "print(ratios.seconds(run, 10), ratios.blas())",
    ]

    def run(**environment):
        found = subprocess.run(
            command,
            env=os.environ | environment,
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=True,
        )
        taken, _, chosen = found.stdout.partition(" ")
        return float(taken), chosen.strip()

    def pair():
        (slow, held), (fast, chosen) = run(OPENBLAS_CORETYPE="Haswell"), run()
        return slow / fast, held, chosen

    found = [pair() for _ in range(pairs)]
    name = f"products at {SIZES[3]} float64, OpenBLAS held to Haswell's kernels"
    return [
        row(
            name,
            [ratio for ratio, _, _ in found],
            kind="kernels",
            held=found[0][1],
            chosen=found[0][2],
        )
    ]


def versions():
    import torch

    return {
        "NumPy": f"{np.__version__} with {blas()}",
        "PyTorch": f"{version('torch')} ({torch.get_num_threads()} threads)",
        "scikit-learn": version("scikit-learn"),
        "autograd": version("autograd"),
        "JAX": version("jax"),
    }


def same_products(taken):
    """Ratios of JAX's compiled step to a step of `train` in which JAX's two products stand for NumPy's."""
    names = "JAX compiled", "shallowlib", "products", "products by JAX"
    return [
        jax / (ours - slow + fast)
        for jax, ours, slow, fast in zip(*(taken[name] for name in names), strict=True)
    ]


def steps_timed(runs, steps, pairs, least):
    """{name: [seconds of a step, one a round]}"""
    times = in_turn(
        {name: partial(run, steps) for name, run in runs.items()}, pairs, least
    )
    return {name: [one / steps for one in found] for name, found in times.items()}


def measure(sizes=SIZES, dtypes=DTYPES, pairs=PAIRS, least=0.1):
    rows = []
    for size in sizes:
        for dtype in dtypes:
            params, X, Y = problem(*size, dtype)
            runs = {
                name: prepare(params, X, Y)
                for name, prepare in {
                    "shallowlib": shallowlib,
                    **PEERS,
                    **LIMITS,
                }.items()
            }
            for name in PEERS:
                check_same(name, params, runs["shallowlib"](5), runs[name](5), dtype)
            operations = (
                4 * np.prod(size) + 1e6
            )  # of a step; enough steps that what train does at its start hardly counts
            steps = int(max(8, least * 4e10 / operations))
            taken = steps_timed(runs, steps, pairs, least)
            step = {
                "peer": "",
                "kind": "",
                "size": list(size),
                "dtype": str(np.dtype(dtype)),
            }
            for name in (*PEERS, *LIMITS):
                step |= {"peer": name, "kind": "peer" if name in PEERS else "limit"}
                rows.append(
                    row(
                        f"{size} {step['dtype']}  {name}",
                        ratios(taken, name, "shallowlib"),
                        **step,
                    )
                )
            # What would be left between us and JAX if NumPy's BLAS were as fast as JAX's.
            step |= {
                "peer": "JAX compiled",
                "kind": "same products",
                "step_ms": 1e3 * median(taken["shallowlib"]),
            }
            step["hidden_arrays"] = peak_in_hidden_arrays(params, X, Y)
            rows.append(
                row(
                    f"{size} {step['dtype']}  JAX compiled, were the products as fast",
                    same_products(taken),
                    **step,
                )
            )
            print(
                *(found.line(60) for found in rows[-len(PEERS) - len(LIMITS) - 1 :]),
                sep="\n",
                file=sys.stderr,
                flush=True,
            )
    rows += kernels(min(pairs, 5))
    return Section(
        "training-step",
        "A training step: (n_x, n_h, m), tanh and logistic, full-batch gradient descent",
        "time of the peer, or of what else is named, over the time of shallowlib.train, but in the last row: above 1, shallowlib is faster",
        versions(),
        rows,
    )


if __name__ == "__main__":
    print(measure())

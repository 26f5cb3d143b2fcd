"""The same code on Dask arrays in chunks of columns: on this thread, and on processes of their own."""

import os
import tracemalloc

import numpy as np
import pytest

from benchmarks import engines
from support.peers import assert_same_on_arrays, peer

dask, da = peer("dask"), peer("dask.array")
peer("distributed")

from shallowlib import (
    Gradients,
    Parameters,
    backward,
    forward,
    initialize,
    linear,
    logistic,
    relative_error,
    step,
    tanh,
    train,
    xavier,
)

SIZES = (3, 4, 2, 11)
CUTS = [
    (4, 4, 3),
    (1, 10),
    (11,),
    (1,) * 11,
]  # equal but for the last, of different size, one, and each column by itself
CLOSE = 1e-10


@pytest.fixture(autouse=True)
def on_this_thread():
    with dask.config.set(scheduler="synchronous"):
        yield


@pytest.fixture(params=CUTS, ids=str)
def cut(request):
    return request.param


def in_chunks(M, cut):
    return da.from_array(np.array(M), chunks=((M.shape[0],), cut))


def agree(lazy, arrays):
    for got, expected in zip(dask.compute(*lazy), arrays, strict=True):
        assert got.shape == expected.shape
        np.testing.assert_allclose(got, expected, rtol=1e-12, atol=1e-12)


def test_chunks_give_what_one_array_gives(problem, g1, output, cut):
    params, X, Y = problem(g1, output, SIZES)
    X_d, Y_d = in_chunks(X, cut), in_chunks(Y, cut)
    cache_d = forward(params, X_d, g1, output.g2)
    grads_d = backward(params, cache_d, X_d, Y_d, g1)
    assert all(isinstance(M, da.Array) for M in (*cache_d, *grads_d))
    assert all(M.chunks[1] == cut for M in cache_d)
    assert_same_on_arrays(agree, (params, X, Y), (params, X_d, Y_d), g1, output)


def test_float32_stays_float32(problem, g1, output):
    params, X, Y = problem(g1, output, SIZES, np.float32)
    grads, J = dask.compute(
        *engines.gradient_and_cost(
            params, in_chunks(X, (4, 7)), in_chunks(Y, (4, 7)), g1, output
        )
    )
    assert {part.dtype for part in (*grads, J)} == {np.dtype(np.float32)}


def test_descent_on_chunks_is_train(problem, g1, output, cut):
    params, X, Y = problem(g1, output, SIZES)
    run = train(params, X, Y, g1, output, alpha=0.1, steps=20)
    trained, costs = engines.descend(
        params, in_chunks(X, cut), in_chunks(Y, cut), g1, output, 0.1, 20
    )
    assert isinstance(trained, Parameters) and all(
        isinstance(p, np.ndarray) for p in trained
    )
    assert relative_error(trained, run.params) < CLOSE
    np.testing.assert_allclose(costs, run.costs, rtol=CLOSE)


N_X, N_H, COLUMNS = 5, 3, (7, 4, 9)


def columns(k):
    """(X, Y) of chunk k, from a seed of its own."""
    rng = np.random.default_rng([1, k])
    X = rng.normal(size=(N_X, COLUMNS[k]))
    return X, (X[:1] * X[1:2] > 0) * 1.0


@pytest.fixture
def chunks(tmp_path):
    """Pairs of files of X and Y."""
    pairs = []
    for k in range(len(COLUMNS)):
        pairs.append(tuple(str(tmp_path / f"{name}{k}.npy") for name in "XY"))
        for file, M in zip(pairs[-1], columns(k), strict=True):
            np.save(file, M)
    return pairs


@pytest.fixture
def whole():
    """(params, X, Y), X and Y with the columns of all chunks."""
    params = initialize(N_X, N_H, 1, np.random.default_rng(0), weights=xavier)
    return params, *(
        np.concatenate(part, axis=1)
        for part in zip(*map(columns, range(len(COLUMNS))), strict=True)
    )


def files_of(chunks):
    X_files, Y_files = zip(*chunks, strict=True)
    return engines.side_by_side(X_files, N_X, COLUMNS), engines.side_by_side(
        Y_files, 1, COLUMNS
    )


@pytest.fixture
def read(monkeypatch):
    """The list of files that have been read."""
    names, load = [], np.load

    def noted(file):
        names.append(file)
        return load(file)

    monkeypatch.setattr(np, "load", noted)
    return names


def test_nothing_is_read_before_it_is_needed_and_then_each_file_once(
    read, chunks, whole
):
    params, X, Y = whole
    planned = engines.gradient_and_cost(params, *files_of(chunks), tanh, logistic)
    assert read == [] and planned[0].dW1.shape == (N_H, N_X)
    grads, J = dask.compute(*planned)
    assert sorted(read) == sorted(file for pair in chunks for file in pair)
    expected = train(params, X, Y, tanh, logistic, alpha=0.5, steps=1)
    assert relative_error(
        step(params, grads, 0.5), expected.params
    ) < CLOSE and np.isclose(J, expected.costs[0], rtol=CLOSE)


def test_data_are_never_in_memory_as_a_whole():
    count, width = 40, 1000
    params = initialize(50, 4, 1, np.random.default_rng(0), weights=xavier)

    def made(k, rows):
        return np.random.default_rng([2, k]).normal(size=(rows, width))

    X, Y = (
        da.concatenate(
            [
                da.from_delayed(dask.delayed(made)(k, rows), (rows, width), float)
                for k in range(count)
            ],
            axis=1,
        )
        for rows in (50, 1)
    )
    planned = engines.gradient_and_cost(params, X, Y, tanh, linear)
    tracemalloc.start()
    try:
        grads, J = dask.compute(*planned)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < X.nbytes / 4, f"{peak} bytes of {X.nbytes}"
    whole = (
        np.concatenate([made(k, rows) for k in range(count)], axis=1)
        for rows in (50, 1)
    )
    grads_whole, J_whole = engines.gradient_and_cost(params, *whole, tanh, linear)
    assert relative_error((*grads, J), (*grads_whole, J_whole)) < CLOSE


def test_what_is_computed_apart_is_read_again(read, chunks, whole):
    grads, J = engines.gradient_and_cost(whole[0], *files_of(chunks), tanh, logistic)
    for part in (*grads, J):
        part.compute()
    assert sorted(read) == sorted(5 * [file for pair in chunks for file in pair])


def test_one_task_a_chunk_gives_the_gradient_and_the_cost(chunks, whole):
    params, X, Y = whole
    grads, J = engines.gradient_and_cost(params, X, Y, tanh, logistic)
    got = engines.one_task_a_chunk(params, chunks, X.shape[1], tanh, logistic)
    assert relative_error(tuple(got), (*grads, J)) < CLOSE


def test_a_plain_mean_of_the_chunks_is_not_the_gradient(chunks, whole):
    params, X, Y = whole
    grads, J = engines.gradient_and_cost(params, X, Y, tanh, logistic)
    plain = [
        engines.share(params, chunk, size * len(chunks), tanh, logistic)
        for chunk, size in zip(chunks, COLUMNS, strict=True)
    ]
    assert relative_error(tuple(engines.added(plain)), (*grads, J)) > 1e-3


def test_processes_give_what_one_process_gives(chunks, whole):
    params, X, Y = whole
    run = train(params, X, Y, tanh, logistic, alpha=0.5, steps=5)
    with engines.workers(2, "2GB") as client, dask.config.set(scheduler=client):
        assert len(set(client.run(os.getpid).values()) - {os.getpid()}) == 2
        trained, costs = engines.descend(
            params, *files_of(chunks), tanh, logistic, 0.5, 5
        )
        shares = engines.one_task_a_chunk(params, chunks, X.shape[1], tanh, logistic)
    assert relative_error(trained, run.params) < CLOSE
    np.testing.assert_allclose(costs, run.costs, rtol=CLOSE)
    first = step(params, Gradients(*shares[:4]), 0.5)
    assert (
        relative_error(
            first, train(params, X, Y, tanh, logistic, alpha=0.5, steps=1).params
        )
        < CLOSE
    )

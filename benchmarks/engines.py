"""The library's unchanged functions on the arrays of other engines.

X       (n_x, m)   inputs, one column an example: arrays of NumPy, Dask,
                   PyTorch or JAX
Y       (n_y, m)   targets, arrays of the same kind
chunks             pairs of files, X and Y of some columns, as np.save
                   writes them

The book shows these functions, tests/library/test_dask.py and test_jax.py
hold what they give, and many_machines.py measures them. Each engine is
imported where it is needed, so that one works without the others.
"""

import numpy as np

from shallowlib import backward, cost, forward, step


def gradient_and_cost(params, X, Y, g1, output):
    """The four gradients and J, of the arrays' own kind."""
    cache = forward(params, X, g1, output.g2)
    J = cost(cache.Z2, Y, output.loss)
    return backward(params, cache, X, Y, g1), J


def side_by_side(files, n_rows, sizes):
    """The columns of all files as one Dask array, one chunk a file.

    Nothing is read here: a chunk is a note of which file to read, and the
    worker that needs it will read it. sizes: columns of each file.
    """
    import dask
    import dask.array as da

    read = dask.delayed(np.load)
    chunks = [
        da.from_delayed(read(file), (n_rows, m_k), float)
        for file, m_k in zip(files, sizes, strict=True)
    ]
    return da.concatenate(chunks, axis=1)


def workers(n, memory_limit):
    """n processes of one thread each, as if each were a machine.

    Use it in a with block, which ends them: with workers(2, "2GB"): ...
    """
    from dask.distributed import Client

    return Client(
        n_workers=n,
        threads_per_worker=1,
        memory_limit=memory_limit,
        dashboard_address=":0",
    )


def descend(params, X, Y, g1, output, alpha, steps):
    """The steps of train, X and Y being Dask arrays in chunks of columns."""
    import dask

    costs = []
    for _ in range(steps):
        planned = gradient_and_cost(params, X, Y, g1, output)
        grads, J = dask.compute(*planned)  # at once, so X is read once
        params = step(params, grads, alpha)
        costs.append(J)
    return params, costs


def share(params, chunk, m, g1, output):
    """What one chunk adds to the four gradients and to J of all m columns."""
    X_k, Y_k = map(np.load, chunk)
    grads, J = gradient_and_cost(params, X_k, Y_k, g1, output)
    return [X_k.shape[1] / m * part for part in (*grads, J)]


def added(shares):
    """The sum of all shares: dW1, db1, dW2, db2 and J."""
    return [sum(parts) for parts in zip(*shares, strict=True)]


def one_task_a_chunk(params, chunks, m, g1, output):
    """dW1, db1, dW2, db2 and J, with the map and the sum written out."""
    import dask

    sent = dask.delayed(params, traverse=False)  # once, not with each task
    task = dask.delayed(share, pure=False)
    shares = [task(sent, chunk, m, g1, output) for chunk in chunks]
    return dask.delayed(added)(shares).compute()


def to_torch(arrays, device):
    """The arrays as PyTorch has them: "cpu", or "cuda" for a GPU."""
    import torch

    return tuple(torch.tensor(array, device=device) for array in arrays)


def to_jax(arrays, device):
    """The arrays as JAX has them, on one of jax.devices()."""
    import jax

    return tuple(jax.device_put(array, device) for array in arrays)

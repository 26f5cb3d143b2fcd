"""The loops: one number at a time, the same results."""

import ast
import inspect

import numpy as np
import pytest

from shallowlib import Cache, Gradients, Parameters, loops, network, relative_error


def both(module, params, X, Y, g1, output):
    cache = module.forward(params, X, g1, output.g2)
    return cache, module.backward(params, cache, X, Y, g1)


def test_loops_and_matrices_agree(problem, g1, output, sizes):
    params, X, Y = problem(g1, output, sizes)
    cache, grads = both(loops, params, X, Y, g1, output)
    fast_cache, fast_grads = both(network, params, X, Y, g1, output)
    assert isinstance(cache, Cache) and isinstance(grads, Gradients)
    for slow, fast in zip((*cache, *grads), (*fast_cache, *fast_grads), strict=True):
        assert slow.shape == fast.shape
        np.testing.assert_allclose(slow, fast, rtol=1e-12, atol=1e-14)


def test_loops_keep_float32(problem, g1, output):
    params, X, Y = problem(g1, output, dtype=np.float32)
    cache, grads = both(loops, params, X, Y, g1, output)
    assert {M.dtype for M in (*cache, *grads)} == {np.dtype(np.float32)}
    assert relative_error(grads, both(network, params, X, Y, g1, output)[1]) < 1e-6


@pytest.mark.parametrize("wide", ["W1", "b1", "W2", "b2", "X"])
def test_one_float64_among_float32_makes_all_float64(problem, g1, output, wide):
    params, X, Y = problem(g1, output, dtype=np.float32)
    if wide == "X":
        X = X.astype(float)
    else:
        params = params._replace(**{wide: getattr(params, wide).astype(float)})
    cache, _ = both(loops, params, X, Y, g1, output)
    assert {M.dtype for M in cache} == {np.dtype(float)}


def test_integers_become_float64_in_loops_as_in_matrices(g1, output):
    params = Parameters(
        *(np.array(p) for p in ([[1, -2], [3, 1]], [[0], [1]], [[2, -1]], [[1]]))
    )
    X, Y = np.array([[1, 0, 2], [2, 1, -1]]), np.array([[0, 1, 1]])
    cache, grads = both(loops, params, X, Y, g1, output)
    assert {M.dtype for M in (*cache, *grads)} == {np.dtype(float)}
    assert relative_error(grads, both(network, params, X, Y, g1, output)[1]) < 1e-14


def test_the_layout_in_memory_does_not_matter(problem, g1, output, layout):
    params, X, Y = problem(g1, output)
    cache, grads = both(
        loops, Parameters(*map(layout, params)), layout(X), layout(Y), g1, output
    )
    expected_cache, expected_grads = both(loops, params, X, Y, g1, output)
    for got, expected in zip(
        (*cache, *grads), (*expected_cache, *expected_grads), strict=True
    ):
        np.testing.assert_array_equal(got, expected)


@pytest.mark.parametrize("name", ["forward", "backward"])
def test_loops_have_the_signatures_of_the_network(name):
    assert inspect.signature(getattr(loops, name)) == inspect.signature(
        getattr(network, name)
    )


def test_loops_use_no_matrix_product():
    nodes = list(ast.walk(ast.parse(inspect.getsource(loops))))
    called = {
        node.func.attr
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not any(isinstance(node, ast.MatMult) for node in nodes)
    assert called <= {"result_type", "empty", "zeros", "prime"}

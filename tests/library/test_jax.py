"""The same code on JAX arrays, also compiled, and JAX's own derivatives as one more oracle."""

from functools import partial

import numpy as np
import pytest

from benchmarks import engines
from support.peers import assert_same_on_arrays, peer

jax = peer("jax")

from shallowlib import (
    ACTIVATIONS,
    Parameters,
    backward,
    cost,
    forward,
    logistic,
    relative_error,
    step,
    tanh,
    train,
)

jnp = jax.numpy
TOLERANCE = {"float32": 1e-5, "float64": 1e-12}
G = {
    "sigmoid": jax.nn.sigmoid,
    "tanh": jnp.tanh,
    "relu": jax.nn.relu,
    "leaky_relu": lambda Z: jax.nn.leaky_relu(Z, 0.01),
    "identity": lambda Z: Z,
}


@pytest.fixture(autouse=True)
def in_double_precision():
    """In single precision, as JAX comes, digits would be missing."""
    with jax.enable_x64(True):
        yield


@pytest.fixture(params=[np.float32, np.float64], ids=["float32", "float64"])
def case(request, problem, g1, output, sizes):
    """(the problem in NumPy, the same as JAX arrays, g1, output)."""
    params, X, Y = problem(g1, output, sizes, request.param)
    *params_j, X_j, Y_j = engines.to_jax((*params, X, Y), jax.devices()[0])
    return (params, X, Y), (Parameters(*params_j), X_j, Y_j), g1, output


def agree(found, arrays, dtype):
    for got, expected in zip(found, arrays, strict=True):
        assert (
            isinstance(got, jax.Array)
            and got.dtype == dtype
            and got.shape == expected.shape
        )
        np.testing.assert_allclose(
            np.asarray(got),
            expected,
            rtol=TOLERANCE[dtype.name],
            atol=TOLERANCE[dtype.name],
        )


def test_the_oracles_know_every_registered_activation():
    assert set(G) == set(ACTIVATIONS)


def test_jax_arrays_give_what_arrays_give(case):
    arrays, theirs, g1, output = case
    assert_same_on_arrays(
        partial(agree, dtype=arrays[1].dtype), arrays, theirs, g1, output
    )


def test_compiled_code_gives_the_same(problem, g1, output):
    params, X, Y = problem(g1, output)
    compiled = jax.jit(partial(engines.gradient_and_cost, g1=g1, output=output))
    grads, J = engines.gradient_and_cost(params, X, Y, g1, output)
    grads_j, J_j = compiled(params, X, Y)
    assert type(grads_j) is type(grads)
    agree((*grads_j, J_j), (*grads, J), X.dtype)


def test_forward_and_backward_compile_with_their_choices_as_static_arguments(problem):
    params, X, Y = problem(tanh, logistic)
    cache = jax.jit(forward, static_argnums=(2, 3))(params, X, tanh, logistic.g2)
    grads = jax.jit(backward, static_argnums=4)(params, cache, X, Y, tanh)
    agree(
        grads,
        backward(params, forward(params, X, tanh, logistic.g2), X, Y, tanh),
        X.dtype,
    )


def test_jax_differentiates_our_cost_to_our_gradient(problem, g1, output):
    params, X, Y = problem(g1, output)
    found = jax.jit(
        jax.grad(lambda p: cost(forward(p, X, g1, output.g2).Z2, Y, output.loss))
    )(params)
    agree(found, backward(params, forward(params, X, g1, output.g2), X, Y, g1), X.dtype)


def test_jax_finds_the_slope_that_stands_beside_each_activation(g1):
    Z = jnp.asarray([[-30.0, -3.0, -0.5, 0.25, 2.0, 30.0]])
    agree([g1(Z)], [np.asarray(G[g1.name](Z))], np.dtype(float))
    agree(
        [g1.prime(Z, g1(Z))],
        [np.asarray(jax.vmap(jax.vmap(jax.grad(G[g1.name])))(Z))],
        np.dtype(float),
    )


def test_descent_on_jax_arrays_is_train(problem, g1, output):
    params, X, Y = problem(g1, output, (3, 4, 2, 11))
    run = train(params, X, Y, g1, output, alpha=0.1, steps=20)
    *trained, X, Y = engines.to_jax((*params, X, Y), jax.devices()[0])
    compiled = jax.jit(partial(engines.gradient_and_cost, g1=g1, output=output))
    for J in run.costs:
        grads, J_j = compiled(Parameters(*trained), X, Y)
        assert float(J_j) == pytest.approx(J, rel=1e-10)
        trained = step(trained, grads, 0.1)
    assert relative_error(tuple(map(np.asarray, trained)), run.params) < 1e-10


def test_losses_are_finite_for_huge_z(output):
    assert jnp.isfinite(
        cost(jnp.asarray([[-1e4, 1e4]]), jnp.asarray([[1.0, 0.0]]), output.loss)
    )

"""forward and backward: the gradient against finite differences, autograd and SymPy."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
import sympy as sp

from shallowlib import (
    ACTIVATIONS,
    OUTPUTS,
    Activation,
    Cache,
    Gradients,
    Parameters,
    backward,
    cost,
    forward,
    half_squared_error,
    identity,
    linear,
    logistic,
    numerical_gradient,
    relative_error,
    relu,
    tanh,
)

# The definitions once more, for automatic differentiation: nothing of shallowlib is in them.
G = {
    "sigmoid": lambda Z: 1 / (1 + anp.exp(-Z)),
    "tanh": lambda Z: (anp.exp(Z) - anp.exp(-Z)) / (anp.exp(Z) + anp.exp(-Z)),
    "relu": lambda Z: anp.maximum(0, Z),
    "leaky_relu": lambda Z: anp.where(Z > 0, Z, Z / 100),
    "identity": lambda Z: Z,
}
L = {
    "logistic": lambda Z, Y: (
        -(Y * anp.log(G["sigmoid"](Z)) + (1 - Y) * anp.log(1 - G["sigmoid"](Z)))
    ),
    "linear": lambda Z, Y: (Z - Y) ** 2 / 2,
}


def defined_cost(params, X, Y, g1, output):
    W1, b1, W2, b2 = params
    A1 = G[g1.name](anp.dot(W1, X) + b1)
    return anp.sum(L[output.name](anp.dot(W2, A1) + b2, Y)) / X.shape[1]


def gradient(params, X, Y, g1, output):
    return backward(params, forward(params, X, g1, output.g2), X, Y, g1)


def test_the_oracles_know_every_registered_function():
    assert (set(G), set(L)) == (set(ACTIVATIONS), set(OUTPUTS))


def test_forward_gives_the_cost_of_the_definition(problem, g1, output, sizes):
    params, X, Y = problem(g1, output, sizes)
    cache = forward(params, X, g1, output.g2)
    assert cost(cache.Z2, Y, output.loss) == pytest.approx(
        defined_cost(params, X, Y, g1, output), rel=1e-12
    )
    np.testing.assert_array_equal(cache.A1, g1(cache.Z1))
    np.testing.assert_array_equal(cache.A2, output.g2(cache.Z2))


def test_the_gradient_is_that_of_central_differences(problem, g1, output, sizes):
    params, X, Y = problem(g1, output, sizes)

    def J(params):
        return cost(forward(params, X, g1, output.g2).Z2, Y, output.loss)

    assert (
        relative_error(
            gradient(params, X, Y, g1, output), numerical_gradient(J, params)
        )
        < 1e-8
    )


def test_the_gradient_is_that_of_automatic_differentiation(problem, g1, output, sizes):
    params, X, Y = problem(g1, output, sizes)
    expected = autograd.grad(defined_cost)(tuple(params), X, Y, g1, output)
    for got, wanted in zip(gradient(params, X, Y, g1, output), expected, strict=True):
        np.testing.assert_allclose(got, wanted, rtol=1e-10, atol=1e-14)


z, y = sp.symbols("z y", real=True)
G_SYMPY = {
    "sigmoid": 1 / (1 + sp.exp(-z)),
    "tanh": sp.tanh(z),
    "relu": sp.Piecewise((z, z > 0), (0, True)),
    "leaky_relu": sp.Piecewise((z, z > 0), (z / 100, True)),
    "identity": z,
}
L_SYMPY = {
    "logistic": -(
        y * sp.log(1 / (1 + sp.exp(-z))) + (1 - y) * sp.log(1 - 1 / (1 + sp.exp(-z)))
    ),
    "linear": (z - y) ** 2 / 2,
}


def test_the_gradient_is_the_one_sympy_derives_from_the_cost(problem, g1, output):
    params, X, Y = problem(g1, output, (1, 1, 1, 2))
    W1, b1, W2, b2 = (
        sp.Matrix(*p.shape, sp.symbols(f"{name}:{p.size}", real=True))
        for p, name in zip(params, "wbvc", strict=True)
    )
    Z1 = W1 * sp.Matrix(X) + b1 * sp.ones(1, 2)
    Z2 = W2 * Z1.applyfunc(
        lambda entry: G_SYMPY[g1.name].subs(z, entry)
    ) + b2 * sp.ones(1, 2)
    J = (
        sum(
            L_SYMPY[output.name].subs({z: entry, y: t})
            for entry, t in zip(Z2, Y.flat, strict=True)
        )
        / 2
    )
    at = dict(
        zip(
            [*W1, *b1, *W2, *b2],
            [sp.Float(entry) for p in params for entry in p.flat],
            strict=True,
        )
    )
    expected = [float(sp.diff(J, symbol).xreplace(at)) for symbol in at]
    got = [entry for dp in gradient(params, X, Y, g1, output) for entry in dp.flat]
    np.testing.assert_allclose(got, expected, rtol=1e-10, atol=1e-14)


class g(sp.Function):
    """Any activation: SymPy knows of it only that its derivative is called slope."""

    def fdiff(self, argindex=1):
        return sp.Function("slope")(self.args[0])


class Symbolic(Activation):
    """A SymPy function on NumPy object arrays."""

    def __init__(self, function):
        self.function = np.vectorize(function, otypes=[object])
        self.slope = np.vectorize(
            lambda z: sp.diff(function(t := sp.Dummy()), t).subs(t, z), otypes=[object]
        )

    def __call__(self, Z):
        return self.function(Z)

    def prime(self, Z, A):
        return self.slope(Z)


def sigma(z):
    return sp.exp(z) / (1 + sp.exp(z))


SYMBOLIC_OUTPUTS = {
    "linear": (identity, half_squared_error),
    "logistic": (
        Symbolic(sigma),
        lambda Z2, Y: np.vectorize(lambda z: sp.log(1 + sp.exp(z)))(Z2) - Y * Z2,
    ),
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_backward_run_on_symbols_is_the_derivative_of_the_cost_for_any_g(name):
    n_x, n_h, n_y, m = 1, 2, 2, 2

    def symbols(letter, *shape):
        return np.array(sp.symbols(f"{letter}:{np.prod(shape)}")).reshape(shape)

    params = Parameters(
        symbols("w", n_h, n_x),
        symbols("b", n_h, 1),
        symbols("v", n_y, n_h),
        symbols("c", n_y, 1),
    )
    X, Y = symbols("x", n_x, m), symbols("y", n_y, m)
    (g2, loss), any_g = SYMBOLIC_OUTPUTS[name], Symbolic(g)

    cache = forward(params, X, any_g, g2)
    J = cost(cache.Z2, Y, loss)
    assert isinstance(J, sp.Expr)
    for p, dp in zip(params, backward(params, cache, X, Y, any_g), strict=True):
        assert dp.shape == p.shape
        for symbol, entry in zip(p.flat, dp.flat, strict=True):
            assert sp.expand(sp.diff(J, symbol) - entry) == 0


def test_a_network_worked_out_by_hand_gives_its_numbers():
    params = Parameters(
        np.array([[1.0, -1.0], [-1.0, 1.0]]),
        np.zeros((2, 1)),
        np.array([[1.0, 2.0]]),
        np.array([[10.0]]),
    )
    X, Y = np.array([[5.0, 1.0], [2.0, 4.0]]), np.array([[12.0, 10.0]])
    cache = forward(params, X, relu, identity)
    assert cache.Z1.tolist() == [[3, -3], [-3, 3]]
    assert cache.A1.tolist() == [[3, 0], [0, 3]]
    assert cache.A2.tolist() == [[13, 16]]
    dW1, db1, dW2, db2 = backward(params, cache, X, Y, relu)  # dZ2 = (1, 6), m = 2
    assert dW2.tolist() == [[1.5, 9]] and db2.tolist() == [[3.5]]
    assert dW1.tolist() == [[2.5, 1], [6, 24]] and db1.tolist() == [[0.5], [6]]


def test_results_have_the_shapes_of_the_legend(problem, g1, output, sizes):
    params, X, Y = problem(g1, output, sizes)
    n_x, n_h, n_y, m = sizes
    cache = forward(params, X, g1, output.g2)
    grads = backward(params, cache, X, Y, g1)
    assert isinstance(cache, Cache) and isinstance(grads, Gradients)
    assert [M.shape for M in cache] == [(n_h, m), (n_h, m), (n_y, m), (n_y, m)]
    assert [dp.shape for dp in grads] == [p.shape for p in params]
    assert Gradients._fields == tuple("d" + name for name in Parameters._fields)


def test_examples_seen_twice_or_in_another_order_leave_the_gradient_alone(
    problem, g1, output
):
    params, X, Y = problem(g1, output)
    grads = gradient(params, X, Y, g1, output)
    for columns in ([0, 1, 2, 3, 4] * 2, [3, 0, 4, 2, 1]):
        again = gradient(params, X[:, columns], Y[:, columns], g1, output)
        assert relative_error(grads, again) < 1e-14


def test_float32_stays_float32_and_agrees_with_float64(problem, g1, output):
    params, X, Y = problem(g1, output, dtype=np.float32)
    cache = forward(params, X, g1, output.g2)
    grads = backward(params, cache, X, Y, g1)
    assert {M.dtype for M in (*cache, *grads)} == {np.dtype(np.float32)}
    wide = gradient(
        Parameters(*(p.astype(float) for p in params)),
        X.astype(float),
        Y.astype(float),
        g1,
        output,
    )
    assert relative_error(grads, wide) < 1e-6


def test_integers_become_float64(g1, output):
    params = Parameters(
        *(np.array(p) for p in ([[1, -2], [3, 1]], [[0], [1]], [[2, -1]], [[1]]))
    )
    X, Y = np.array([[1, 0, 2], [2, 1, -1]]), np.array([[0, 1, 1]])
    cache = forward(params, X, g1, output.g2)
    assert {
        M.dtype
        for M in (cache.A1, cache.Z2, cache.A2, *backward(params, cache, X, Y, g1))
    } == {np.dtype(float)}


def test_the_layout_in_memory_does_not_matter(problem, g1, output, layout):
    params, X, Y = problem(g1, output)
    laid_out = gradient(
        Parameters(*map(layout, params)), layout(X), layout(Y), g1, output
    )
    assert relative_error(laid_out, gradient(params, X, Y, g1, output)) < 1e-14


def test_results_share_no_memory_with_arguments(problem, g1, output):
    params, X, Y = problem(g1, output)  # read-only: writing to them would raise
    cache = forward(params, X, g1, output.g2)
    kept = Cache(*(M.copy() for M in cache))
    grads = backward(params, cache, X, Y, g1)
    assert all((M == K).all() for M, K in zip(cache, kept, strict=True))
    assert not any(
        np.shares_memory(new, old)
        for new in (*cache, *grads)
        for old in (*params, X, Y)
    )


@pytest.mark.parametrize(
    "output_unit", [logistic, linear], ids=lambda output: output.name
)
def test_saturated_units_have_finite_output_cost_and_gradient(output_unit):
    params = Parameters(
        np.array([[1e4], [-1e4]]),
        np.zeros((2, 1)),
        np.array([[1e4, -1e4]]),
        np.zeros((1, 1)),
    )
    X, Y = np.array([[1.0, -1.0]]), np.array([[0.0, 1.0]])
    cache = forward(params, X, tanh, output_unit.g2)
    assert abs(cache.Z2).tolist() == [[2e4, 2e4]]
    assert np.isfinite(cost(cache.Z2, Y, output_unit.loss))
    assert all(
        np.isfinite(M).all() for M in (*cache, *backward(params, cache, X, Y, tanh))
    )

"""Claims G4 to G7 and B1 to B4: book/backpropagation.md.

The oracles are central differences and SymPy on the definition of the
loss, written out here; neither uses the code under test.
"""

import numpy as np
import pytest
import sympy as sp

from shallowlib import (
    OutputUnit,
    Parameters,
    backward,
    cost,
    cross_entropy,
    forward,
    half_squared_error,
    identity,
    linear,
    logistic,
    sigmoid,
    tanh,
)

SEEDS = range(3)


def entropy_of_a(a, y):
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))


def square_of_a(a, y):
    return (a - y) ** 2 / 2


PAIRS = {
    "logistic": (logistic, lambda z: 1 / (1 + np.exp(-z)), entropy_of_a),
    "linear": (linear, lambda z: z, square_of_a),
}


def case(seed, n_x, n_h, n_y, m):
    """Random parameters with biases, inputs, and targets of 0 and 1."""
    rng = np.random.default_rng(seed)
    sizes = [(n_h, n_x), (n_h, 1), (n_y, n_h), (n_y, 1)]
    params = Parameters(*map(rng.standard_normal, sizes))
    X = rng.standard_normal((n_x, m))
    return params, X, (rng.random((n_y, m)) < 0.5).astype(float)


def slopes(f, P, eps=1e-5):
    """The derivative of the number f(P) by each entry of P."""
    dP = np.empty_like(P)
    for index in np.ndindex(P.shape):
        E = np.zeros_like(P)
        E[index] = eps
        dP[index] = (f(P + E) - f(P - E)) / (2 * eps)
    return dP


def J_by_definition(params, X, Y, pair):
    """(1/m) times the losses of all examples, one example after another."""
    W1, b1, W2, b2 = params
    _, g2, loss = PAIRS[pair]
    m = X.shape[1]
    total = 0.0
    for i in range(m):
        a1 = np.tanh(W1 @ X[:, i] + b1[:, 0])
        total += loss(g2(W2 @ a1 + b2[:, 0]), Y[:, i]).sum()
    return total / m


def gradient_by_definition(params, X, Y, pair):
    """The four derivatives of J by differences, keyed by parameter."""
    return {
        name: slopes(
            lambda p, name=name: J_by_definition(
                params._replace(**{name: p}), X, Y, pair
            ),
            getattr(params, name),
        )
        for name in Parameters._fields
    }


def agree(found, expected):
    assert np.shape(found) == np.shape(expected)
    assert np.allclose(found, expected, rtol=1e-6, atol=1e-8)


def error_of_the_code(z, y, g2):
    """dZ2 of backward for one example and one output, where db2 = dZ2."""
    z = np.array([[z]])
    cache = (z, z, z, g2(z))
    ones = Parameters(*[np.ones((1, 1))] * 4)
    return backward(ones, cache, z, np.array([[y]]), identity).db2[0, 0]


def test_the_error_of_the_output_is_a_minus_y_for_both_pairs():
    """B1: dL/dz2 = a2 - y; wrong forms: y - a2, dL/da2, (a2 - y) g2'."""
    z, y = sp.symbols("z y")
    sigma = 1 / (1 + sp.exp(-z))
    definitions = (
        (sigmoid, -(y * sp.log(sigma) + (1 - y) * sp.log(1 - sigma)), (0.0, 1.0)),
        (identity, (z - y) ** 2 / 2, (-1.5, 0.25)),
    )

    def check(candidate):
        for g2, L, targets in definitions:
            dL = sp.lambdify((z, y), sp.diff(L, z), "math")
            for point in (-2.0, -0.3, 0.4, 3.0):
                for target in targets:
                    agree(candidate(point, target, g2), dL(point, target))

    check(error_of_the_code)
    for wrong in (
        lambda z, y, g2: y - g2(z),
        lambda z, y, g2: (g2(z) - y) * sigmoid.prime(z, g2(z)),
        lambda z, y, g2: -y / sigmoid(z) + (1 - y) / (1 - sigmoid(z)),
    ):
        with pytest.raises(AssertionError):
            check(wrong)


def six_lines(params, cache, X, Y):
    return backward(params, cache, X, Y, tanh)


def variant(**lines):
    """The backward pass with some lines replaced; W1, Z1 and so on by name."""

    def candidate(params, cache, X, Y):
        v = {**params._asdict(), **cache._asdict(), "X": X, "Y": Y}
        v["m"] = X.shape[1]
        right = {
            "dZ2": lambda A2, Y, **_: A2 - Y,
            "dW2": lambda dZ2, A1, m, **_: dZ2 @ A1.T / m,
            "db2": lambda dZ2, m, **_: dZ2.sum(axis=1, keepdims=True) / m,
            "dZ1": lambda W2, dZ2, A1, **_: (W2.T @ dZ2) * (1 - A1**2),
            "dW1": lambda dZ1, X, m, **_: dZ1 @ X.T / m,
            "db1": lambda dZ1, m, **_: dZ1.sum(axis=1, keepdims=True) / m,
        }
        for name, line in {**right, **lines}.items():
            v[name] = line(**v)
        return [v[name] for name in ("dW1", "db1", "dW2", "db2")]

    return candidate


def check_gradient(names, sizes):
    """A check that a candidate gives J's derivatives of these names."""

    def check(candidate):
        for pair, (output, _, _) in PAIRS.items():
            for seed in SEEDS:
                params, X, Y = case(seed, *sizes)
                cache = forward(params, X, tanh, output.g2)
                found = dict(
                    zip(Parameters._fields, candidate(params, cache, X, Y), strict=True)
                )
                expected = gradient_by_definition(params, X, Y, pair)
                for name in names:
                    agree(found[name], expected[name])

    return check


def test_the_gradient_of_layer_2_is_the_error_times_A1_transposed_averaged():
    """G4: dZ2 = A2 - Y, dW2 = dZ2 A1' / m, db2 = sum over columns / m;
    wrong forms: dZ2 as the Jacobian dz2/dz1 of the notes, 1/m left out,
    Z1 for A1, a sum over the outputs, the error of a swapped pair."""
    check = check_gradient(("W2", "b2"), (2, 3, 3, 3))
    check(six_lines)
    check(variant())
    for wrong in (
        variant(dZ2=lambda W2, A1, **_: W2 * (1 - A1**2)),
        variant(dZ2=lambda A2, Y, **_: Y - A2),
        variant(dZ2=lambda A2, Y, **_: (A2 - Y) * A2 * (1 - A2)),
        variant(dW2=lambda dZ2, A1, **_: dZ2 @ A1.T),
        variant(dW2=lambda dZ2, A1, m, **_: dZ2 @ A1 / m),
        variant(dW2=lambda dZ2, Z1, m, **_: dZ2 @ Z1.T / m),
        variant(db2=lambda dZ2, m, **_: dZ2.sum(0, keepdims=True).T / m),
        variant(db2=lambda dZ2, **_: dZ2.sum(1, keepdims=True)),
    ):
        with pytest.raises(AssertionError):
            check(wrong)


def test_no_other_pair_of_the_book_has_the_error_a_minus_y():
    """G4: the swapped pairs are refused, and their slope is another one."""

    def squared_sigmoid(z, y):
        return half_squared_error(sigmoid(z), y)

    def check(pair):
        OutputUnit("candidate", *pair)  # refuses a wrong pair
        g2, loss = pair
        for z in (-1.0, 0.3, 2.0):
            for y in (0.0, 1.0):
                dL = (loss(z + 1e-6, y) - loss(z - 1e-6, y)) / 2e-6
                assert abs(dL - (g2(z) - y)) < 1e-6

    check((sigmoid, cross_entropy))
    check((identity, half_squared_error))
    for pair in (
        (sigmoid, squared_sigmoid),
        (sigmoid, half_squared_error),
        (identity, cross_entropy),
    ):
        with pytest.raises(ValueError, match="dL/dz must be a - y"):
            check(pair)


def test_the_gradient_of_layer_1_comes_back_through_W2_transposed():
    """G5: dZ1 = W2' dZ2 * g1'(Z1), dW1 = dZ1 X' / m, db1 = sum / m;
    wrong forms: W1' for W2' as in the notes, no transpose, no slope,
    the slope of layer 2, 1/m left out."""
    check = check_gradient(("W1", "b1"), (3, 3, 3, 4))
    check(six_lines)
    check(variant())
    for wrong in (
        variant(dZ1=lambda W1, dZ2, A1, **_: (W1.T @ dZ2) * (1 - A1**2)),
        variant(dZ1=lambda W2, dZ2, A1, **_: (W2 @ dZ2) * (1 - A1**2)),
        variant(dZ1=lambda W2, dZ2, A1, **_: W2.T @ (dZ2 * (1 - A1**2))),
        variant(dZ1=lambda W2, dZ2, **_: W2.T @ dZ2),
        variant(dZ1=lambda W2, dZ2, A2, **_: (W2.T @ dZ2) * (1 - A2**2)),
        variant(dZ1=lambda W2, dZ2, Z1, **_: (W2.T @ dZ2) * (1 - Z1**2)),
        variant(dW1=lambda dZ1, X, **_: dZ1 @ X.T),
        variant(db1=lambda dZ1, **_: dZ1.sum(axis=1, keepdims=True)),
    ):
        with pytest.raises(AssertionError):
            check(wrong)


class Unknown:
    """A function of which SymPy knows only what its slope is called."""

    def __init__(self, name):
        slope = sp.Function(f"{name}'")
        known = {"fdiff": lambda self, index=1: slope(*self.args)}
        f = type(name, (sp.Function,), known)
        self.f, self.slope = (np.vectorize(h, otypes=[object]) for h in (f, slope))

    def __call__(self, Z):
        return self.f(Z)

    def prime(self, Z, A):
        return self.slope(Z)


def test_backward_is_the_derivative_of_J_for_every_activation_and_output():
    """G4, G5: SymPy's derivative of J minus backward is 0 for unknown g and
    for L = B(z) - y z with a = B'(z); wrong forms as above."""
    sizes = [(2, 2), (2, 1), (2, 2), (2, 1)]
    params = Parameters(*map(sp.symarray, Parameters._fields, sizes))
    X, Y = sp.symarray("x", (2, 2)), sp.symarray("y", (2, 2))
    g, B = Unknown("g"), Unknown("B")
    cache = forward(params, X, g, lambda Z: B.prime(Z, None))
    J = cost(cache.Z2, Y, lambda Z2, Y: B(Z2) - Y * Z2)
    exact = [np.vectorize(J.diff, otypes=[object])(p) for p in params]

    def check(candidate):
        for found, derivative in zip(candidate(), exact, strict=True):
            assert found.shape == derivative.shape
            assert sp.Matrix(found - derivative).expand().is_zero_matrix

    def with_W2(W2):
        return lambda: backward(params._replace(W2=W2), cache, X, Y, g)

    check(lambda: backward(params, cache, X, Y, g))
    for wrong in (
        with_W2(params.W2.T),  # the transpose left out
        with_W2(params.W1),  # W1' for W2'
        lambda: backward(params, cache, X, -Y, g),
    ):
        with pytest.raises(AssertionError):
            check(wrong)


def errors_of_the_code(params, X, Y, output):
    """dZ1 and dZ2 of backward: read off dW with m times the identity as input."""
    m = X.shape[1]
    cache = forward(params, X, tanh, output.g2)
    dZ1 = backward(params, cache, m * np.eye(m), Y, tanh).dW1
    cache = cache._replace(A1=m * np.eye(m))
    dZ2 = backward(params, cache, X, Y, identity).dW2
    return dZ1, dZ2


def test_column_i_of_dZ_belongs_to_the_loss_of_example_i_and_dW_to_J():
    """G6: 1/m stands in dW and db alone; wrong forms: 1/m in dZ, 1/m
    nowhere, 1/m twice."""

    def check_dZ(candidate):
        for output, g2, loss in PAIRS.values():
            params, X, Y = case(1, 2, 4, 2, 4)
            _, _, W2, b2 = params
            cache = forward(params, X, tanh, output.g2)
            dZ1, dZ2 = candidate(params, X, Y, output)
            assert dZ1.shape == (4, 4) and dZ2.shape == (2, 4)
            for i in range(4):

                def L_of_z1(z1, i=i, g2=g2, loss=loss, Y=Y):
                    z2 = W2 @ np.tanh(z1) + b2[:, 0]
                    return loss(g2(z2), Y[:, i]).sum()

                def L_of_z2(z2, i=i, g2=g2, loss=loss, Y=Y):
                    return loss(g2(z2), Y[:, i]).sum()

                agree(dZ1[:, i], slopes(L_of_z1, cache.Z1[:, i]))
                agree(dZ2[:, i], slopes(L_of_z2, cache.Z2[:, i]))

    def averaged(*arguments):
        return [dZ / 4 for dZ in errors_of_the_code(*arguments)]

    check_dZ(errors_of_the_code)
    with pytest.raises(AssertionError):
        check_dZ(averaged)

    check_dW = check_gradient(Parameters._fields, (2, 4, 2, 4))
    check_dW(six_lines)
    for wrong in (
        lambda *a: [4 * d for d in six_lines(*a)],  # 1/m nowhere
        lambda *a: [d / 4 for d in six_lines(*a)],  # in dZ and in dW
    ):
        with pytest.raises(AssertionError):
            check_dW(wrong)


def test_a_sum_that_drops_its_axis_gives_a_wrong_step():
    """G7: keepdims keeps (n, 1); wrong forms: the dropped axis, which
    broadcasts b to (n, n), and a sum over the wrong axis."""
    params, X, Y = case(2, 2, 3, 3, 3)
    cache = forward(params, X, tanh, sigmoid)
    expected = gradient_by_definition(params, X, Y, "logistic")
    dZ1, dZ2 = errors_of_the_code(params, X, Y, logistic)

    def check(column_sum):
        for name, dZ in (("b1", dZ1), ("b2", dZ2)):
            db, b = column_sum(dZ) / 3, getattr(params, name)
            agree(b - 0.1 * db, b - 0.1 * expected[name])

    check(lambda dZ: dZ.sum(axis=1, keepdims=True))
    for wrong in (
        lambda dZ: dZ.sum(axis=1),
        lambda dZ: dZ.sum(axis=0, keepdims=True),
        lambda dZ: dZ.sum(axis=0, keepdims=True).T,
    ):
        with pytest.raises(AssertionError):
            check(wrong)
    grads = backward(params, cache, X, Y, tanh)
    agree(grads.db1, expected["b1"])
    agree(grads.db2, expected["b2"])

    # The wrong step runs on without an error and changes the output.
    dropped = params.b1 - 0.1 * dZ1.sum(axis=1) / 3
    assert dropped.shape == (3, 3)
    kept = params._replace(b1=params.b1 - 0.1 * grads.db1)
    wrong = params._replace(b1=dropped)
    outputs = [forward(p, X, tanh, sigmoid).A2 for p in (kept, wrong)]
    assert outputs[0].shape == outputs[1].shape
    assert not np.allclose(*outputs)


def test_the_hidden_error_is_W2_transposed_times_dz2_times_the_slope():
    """B2: dz1 = W2' dz2 * g1'(z1), of shape (n_h, 1); wrong forms: the
    shape (n_y, 1) of the notes, no transpose, W1', no slope."""

    def code(W1, W2, z1, dz2):
        params = Parameters(W1, z1, W2, np.zeros_like(dz2))
        cache = (z1, np.tanh(z1), dz2, dz2)
        one, target = np.ones((1, 1)), np.zeros_like(dz2)
        return backward(params, cache, one, target, tanh).db1

    def check(candidate):
        for n_h, n_y in ((3, 3), (4, 2)):
            params, X, Y = case(n_h, n_h, n_h, n_y, 1)
            W1, _, W2, b2 = params
            cache = forward(params, X, tanh, sigmoid)

            def L(z1, W2=W2, b2=b2, Y=Y):
                a2 = 1 / (1 + np.exp(-(W2 @ np.tanh(z1) + b2)))
                return entropy_of_a(a2, Y).sum()

            dz1 = candidate(W1, W2, cache.Z1, cache.A2 - Y)
            assert dz1.shape == (n_h, 1)
            agree(dz1, slopes(L, cache.Z1))

    def slope(z1):
        return 1 - np.tanh(z1) ** 2

    check(code)
    check(lambda W1, W2, z1, dz2: W2.T @ dz2 * slope(z1))

    def without_transpose(W1, W2, z1, dz2):
        assert W2.shape[0] == W2.shape[1], "runs only where n_h = n_y"
        return W2 @ dz2 * slope(z1)

    def with_W1(W1, W2, z1, dz2):
        assert W1.shape[0] == W2.shape[0]
        return W1.T @ dz2 * slope(z1)

    for wrong in (
        without_transpose,
        with_W1,
        lambda W1, W2, z1, dz2: W2.T @ dz2,
        lambda W1, W2, z1, dz2: (W2.T @ dz2 * slope(z1))[: len(dz2)],
    ):
        with pytest.raises(AssertionError):
            check(wrong)


def test_hidden_unit_j_collects_column_j_of_W2():
    """B3: dz2_k/da1_j = W2_kj, so unit j collects column j; wrong form:
    row j, as the notes have it, which runs where n_h = n_y."""
    rng = np.random.default_rng(4)
    W2, b2 = rng.standard_normal((3, 3)), rng.standard_normal((3, 1))
    a1, dz2 = rng.standard_normal((3, 1)), rng.standard_normal((3, 1))

    def check(weights_of):
        for j in range(3):
            jacobian = [
                slopes(lambda a, k=k: (W2 @ a + b2)[k, 0], a1)[j, 0] for k in range(3)
            ]
            agree(weights_of(j), np.array(jacobian))
            collected = slopes(lambda a: (dz2 * (W2 @ a + b2)).sum(), a1)
            agree(weights_of(j) @ dz2[:, 0], collected[j, 0])

    check(lambda j: W2[:, j])
    check(lambda j: W2.T[j])
    for row_j in (lambda j: W2[j], lambda j: W2.T[:, j]):
        with pytest.raises(AssertionError):
            check(row_j)


def test_shapes_alone_settle_the_transpose_only_where_n_h_is_not_n_y():
    """B3: W2 dz2 raises where n_h != n_y; where they are equal it runs,
    with the right shape and other numbers."""
    rng = np.random.default_rng(5)

    def stopped_by_shape(n_h, n_y):
        W2, dz2 = rng.standard_normal((n_y, n_h)), np.ones((n_y, 1))
        try:
            wrong = W2 @ dz2
        except ValueError:
            return True
        assert wrong.shape == (W2.T @ dz2).shape
        assert not np.allclose(wrong, W2.T @ dz2)
        return False

    for n_h, n_y in ((4, 1), (2, 3), (3, 3), (2, 2)):
        assert stopped_by_shape(n_h, n_y) == (n_h != n_y)


def test_a_symbol_and_its_derivative_have_the_same_shape():
    """B4: twin shapes, for any sizes; wrong forms: a transposed dW, db of
    rank 1, db of shape (1, 1)."""

    def check(candidate):
        for sizes in ((2, 4, 1, 7), (1, 1, 1, 1), (3, 2, 5, 1), (5, 3, 2, 4)):
            params, X, Y = case(0, *sizes)
            cache = forward(params, X, tanh, sigmoid)
            found = candidate(params, cache, X, Y)
            for p, dp in zip(params, found, strict=True):
                assert dp.shape == p.shape

    check(six_lines)
    for wrong in (
        variant(dW2=lambda dZ2, A1, m, **_: A1 @ dZ2.T / m),
        variant(dW1=lambda dZ1, X, m, **_: X @ dZ1.T / m),
        variant(db1=lambda dZ1, m, **_: dZ1.sum(axis=1) / m),
        variant(db1=lambda dZ1, m, **_: dZ1.sum(keepdims=True) / m),
    ):
        with pytest.raises(AssertionError):
            check(wrong)
    for m in (3, 4):
        params, X, Y = case(0, 2, m, 2, m)
        cache = forward(params, X, tanh, sigmoid)
        dZ1, dZ2 = errors_of_the_code(params, X, Y, logistic)
        assert dZ1.shape == cache.Z1.shape and dZ2.shape == cache.Z2.shape

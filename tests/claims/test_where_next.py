"""What the chapter on depth, mini-batches and frameworks says, and wrong forms of it."""

import ast
import re

import numpy as np
import pytest

from shallowlib import (
    backward,
    cost,
    datasets,
    forward,
    initialize,
    logistic,
    numerical_gradient,
    relative_error,
    sigmoid,
    tanh,
    xavier,
)
from support.book_sources import functions_of, text_of


@pytest.fixture
def moons():
    rng = np.random.default_rng(0)
    X, Y = datasets.moons(60, rng)
    return X, Y, initialize(2, 5, 1, rng, weights=xavier)


def gradient(params, X, Y, columns=slice(None)):
    cache = forward(params, X[:, columns], tanh, sigmoid)
    return backward(params, cache, X[:, columns], Y[:, columns], tanh)


@pytest.mark.parametrize("cuts", [(30,), (20, 40), (10, 25, 58)])
def test_the_gradient_is_the_mean_over_batches_weighted_by_their_sizes(moons, cuts):
    """Wrong forms: the sum over the batches; for unequal batches their plain mean."""
    X, Y, params = moons
    whole = numerical_gradient(
        lambda p: cost(forward(p, X, tanh, sigmoid).Z2, Y, logistic.loss), params
    )
    parts = np.split(np.random.default_rng(1).permutation(60), cuts)
    grads = [gradient(params, X, Y, part) for part in parts]

    def check(weights):
        mixed = tuple(
            sum(w * g[i] for w, g in zip(weights, grads, strict=True)) for i in range(4)
        )
        assert relative_error(mixed, tuple(whole)) < 1e-7

    check([len(part) / 60 for part in parts])
    with pytest.raises(AssertionError):
        check([1.0] * len(parts))
    if len({len(part) for part in parts}) > 1:
        with pytest.raises(AssertionError):
            check([1 / len(parts)] * len(parts))


def test_one_batch_alone_gives_another_gradient(moons):
    X, Y, params = moons
    assert (
        relative_error(gradient(params, X, Y, slice(30)), gradient(params, X, Y)) > 1e-3
    )


@pytest.mark.parametrize("sizes", [(2, 4, 1), (2, 3, 3, 1), (2, 5, 4, 3, 2)])
def test_the_step_from_layer_to_layer_gives_the_gradient_at_any_depth(sizes):
    """Wrong forms: no slope; a slope that takes z for a; no 1/m."""
    deep_forward, deep_backward = functions_of(
        "where-next", "deep_forward", "deep_backward", scope={"np": np}
    )
    rng = np.random.default_rng(3)
    X = rng.standard_normal((sizes[0], 7))
    Y = rng.integers(0, 2, (sizes[-1], 7)).astype(float)
    gs = [tanh] * (len(sizes) - 2) + [sigmoid]
    layers = [
        (rng.standard_normal((n, k)), rng.standard_normal((n, 1)), g)
        for n, k, g in zip(sizes[1:], sizes[:-1], gs, strict=True)
    ]

    def J():
        return cost(deep_forward(layers, X)[0][-1], Y, logistic.loss)

    def check(backward):
        Zs, As = deep_forward(layers, X)
        for (W, b, _), grads in zip(layers, backward(layers, Zs, As, Y), strict=True):
            for p, dp in zip((W, b), grads, strict=True):
                numeric = np.empty_like(p)
                for index in np.ndindex(p.shape):
                    kept = p[index]
                    p[index] = kept + 1e-6
                    above = J()
                    p[index] = kept - 1e-6
                    numeric[index] = (above - J()) / 2e-6
                    p[index] = kept
                assert relative_error(dp, numeric) < 1e-6

    check(deep_backward)
    for right, wrong in (
        (" * below.prime(Zs[l - 1], As[l - 1])", ""),
        ("below.prime(Zs[l - 1], As[l - 1])", "below.prime(Zs[l - 1], Zs[l - 1])"),
        ("dZ @ As[l - 1].T / m", "dZ @ As[l - 1].T"),
    ):
        with pytest.raises(AssertionError):
            check(
                functions_of(
                    "where-next",
                    "deep_backward",
                    scope={"np": np},
                    right=right,
                    wrong=wrong,
                )[0]
            )


def test_two_layers_of_the_recursion_are_the_library(moons):
    deep_forward, deep_backward = functions_of(
        "where-next", "deep_forward", "deep_backward", scope={"np": np}
    )
    X, Y, (W1, b1, W2, b2) = moons
    layers = [(W1, b1, tanh), (W2, b2, sigmoid)]
    (dW1, db1), (dW2, db2) = deep_backward(layers, *deep_forward(layers, X), Y)
    assert relative_error((dW1, db1, dW2, db2), tuple(gradient(moons[2], X, Y))) < 1e-12


def test_an_epoch_uses_every_example_once(monkeypatch):
    (descend,) = functions_of("where-next", "descend", scope={"np": np})
    X = np.arange(14.0).reshape(2, 7) / 14
    used = []

    def note(params, cache, X, Y, g1):
        used.append(X[0])
        return backward(params, cache, X, Y, g1)

    from shallowlib import step

    scope = dict(
        X=X, Y=np.zeros((1, 7)), forward=forward, backward=note, step=step, cost=cost
    )
    descend.__globals__.update(scope, logistic=logistic, tanh=tanh, sigmoid=sigmoid)
    params = initialize(2, 3, 1, np.random.default_rng(0))
    costs = descend(params, 3, 2, 0.1, np.random.default_rng(1))

    assert [len(part) for part in used] == [3, 3, 1, 3, 3, 1] and len(costs) == 2
    for epoch in (used[:3], used[3:]):
        assert (np.sort(np.concatenate(epoch)) == X[0]).all()


def test_rows_for_columns_transposes_everything(moons):
    """Wrong forms: weights not transposed; the bias added as a column."""
    X, _, params = moons
    A2 = forward(params, X, tanh, sigmoid).A2
    W1, b1, W2, b2 = params
    assert W1.shape == (5, 2) and W2.shape == (
        1,
        5,
    )  # as torch.nn.Linear.weight: (out, in)
    assert W1.T.shape == (2, 5) and W2.T.shape == (
        5,
        1,
    )  # as MLPClassifier.coefs_: (in, out)

    def check(in_rows):
        out = in_rows(X.T)
        assert out.shape == A2.T.shape and np.allclose(out, A2.T, rtol=1e-12)

    check(lambda rows: sigmoid(tanh(rows @ W1.T + b1[:, 0]) @ W2.T + b2[:, 0]))
    with pytest.raises(ValueError):
        check(lambda rows: sigmoid(tanh(rows @ W1 + b1[:, 0]) @ W2 + b2[:, 0]))
    with pytest.raises(ValueError):
        check(lambda rows: sigmoid(tanh(rows @ W1.T + b1) @ W2.T + b2))


def framework_blocks():
    return re.findall(r"^```python\n(.*?)^```$", text_of("where-next"), re.M | re.S)


def keyword(tree, call, name):
    """The value of a keyword argument of the call of that name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == call:
            for k in node.keywords:
                if k.arg == name:
                    return ast.unparse(k.value)
    raise AssertionError(f"{call}({name}=…) was not found")


def test_the_framework_blocks_compile_and_describe_the_same_net():
    torch_block, scikit_block = framework_blocks()
    torch_tree, scikit_tree = ast.parse(torch_block), ast.parse(scikit_block)

    assert "nn.Linear(30, 4), nn.Tanh(), nn.Linear(4, 1)" in torch_block
    assert keyword(scikit_tree, "MLPClassifier", "hidden_layer_sizes") == "(4,)"
    assert keyword(scikit_tree, "MLPClassifier", "activation") == "'tanh'"

    rate = keyword(torch_tree, "SGD", "lr")
    assert rate == keyword(scikit_tree, "MLPClassifier", "learning_rate_init") == "1.0"
    assert keyword(scikit_tree, "MLPClassifier", "alpha") == "0.0"  # not the rate
    assert keyword(scikit_tree, "MLPClassifier", "momentum") == "0.0"
    assert keyword(scikit_tree, "MLPClassifier", "batch_size") == "X_train.shape[1]"
    assert keyword(scikit_tree, "MLPClassifier", "max_iter") == "100"
    assert "range(100)" in torch_block


def test_examples_go_into_the_frameworks_as_rows():
    for block in framework_blocks():
        used = re.findall(r"(X_train|X_test|Y_train)(\.T|\[0\]|\.shape)?", block)
        assert used and all(suffix for _, suffix in used)

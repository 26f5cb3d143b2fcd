"""Training in work arrays: the numbers of the equations, in little memory, and only where they are the same."""

import tracemalloc

import numpy as np
import pytest

from shallowlib import (
    DivergedError,
    LeakyReLU,
    OutputUnit,
    Parameters,
    datasets,
    fast_training,
    identity,
    initialize,
    logistic,
    losses,
    network,
    tanh,
    train,
    training,
    xavier,
)
from shallowlib.activations import Sigmoid, Tanh
from shallowlib.fast_training import Workspace
from shallowlib.losses import half_squared_error
from shallowlib.training import Equations, workspace_serves

PRECISION = {np.float32: 2e-5, np.float64: 1e-11}


def trained(way, problem, g1, output, alpha=0.2, steps=6):
    """(parameters, costs) after some steps, one way or the other."""
    params, X, Y = problem
    training = way(params, X, Y, g1, output, alpha)
    costs = []
    with np.errstate(all="ignore"):
        for _ in range(steps):
            costs.append(training.cost())
            training.move()
        costs.append(training.cost())
        return (
            training.params(training.now),
            np.array(costs),
            training.params(training.before),
        )


def assert_same(problem, g1, output, precision, **settings):
    (params, costs, before), (params_w, costs_w, before_w) = (
        trained(way, problem, g1, output, **settings) for way in (Equations, Workspace)
    )
    for p, q in zip(
        (*params, costs, *before), (*params_w, costs_w, *before_w), strict=True
    ):
        np.testing.assert_allclose(
            q, p, rtol=precision, atol=precision * max(1, abs(p).max())
        )


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    "block", [2**20, 200, 1], ids=["one-block", "blocks", "columns"]
)
def test_every_step_is_that_of_the_equations(
    problem, g1, output, dtype, block, monkeypatch
):
    monkeypatch.setattr(fast_training, "BLOCK", block)
    rng = np.random.default_rng(0)
    for _ in range(10):
        sizes = tuple(int(n) for n in rng.integers(1, (6, 8, 4, 40)))
        assert_same(
            problem(g1, output, sizes, dtype),
            g1,
            output,
            PRECISION[dtype],
            alpha=rng.uniform(1e-4, 0.01),
        )


@pytest.mark.parametrize("block", [2**20, 200])
def test_the_layout_of_the_inputs_does_not_matter(
    problem, g1, output, layout, block, monkeypatch
):
    monkeypatch.setattr(fast_training, "BLOCK", block)
    params, X, Y = problem(g1, output, (3, 4, 2, 23))
    assert_same(
        (Parameters(*map(layout, params)), layout(X), layout(Y)), g1, output, 1e-11
    )


@pytest.mark.parametrize("slope", [0.3, 0.9])
def test_any_leaky_slope_is_kept(problem, slope):
    g1 = LeakyReLU(slope)
    assert workspace_serves(g1, logistic, np.dtype(float))
    assert_same(problem(g1, logistic, (3, 4, 2, 23)), g1, logistic, 1e-11)


@pytest.mark.parametrize(
    ("dtype", "size"),
    [(np.float32, 60), (np.float32, 300), (np.float64, 500), (np.float64, 5000)],
)
def test_outputs_far_beyond_the_range_of_exp_have_the_same_cost_and_slope(dtype, size):
    params = Parameters(*(np.array([[p]], dtype) for p in (1.0, 0.0, size, 0.0)))
    X, Y = (
        np.array([[-1.0, 1.0, -1.0, 1.0, 0.1]], dtype),
        np.array([[0.0, 1.0, 1.0, 0.0, 1.0]], dtype),
    )
    assert_same(
        (params, X, Y), identity, logistic, PRECISION[dtype], alpha=1e-3, steps=2
    )


def test_a_tiny_loss_keeps_its_digits(problem):
    params = Parameters(*(np.array([[p]]) for p in (1.0, 0.0, 30.0, 0.0)))
    X, Y = np.array([[-1.0, 1.0]]), np.array([[0.0, 1.0]])
    J = Workspace(params, X, Y, identity, logistic, 0.1).cost()
    assert pytest.approx(np.log1p(np.exp(-30.0)), rel=1e-14) == J


@pytest.mark.parametrize(
    "sizes",
    [
        (2, 16, 1, 10_000),
        (30, 16, 1, 8000),
        (64, 64, 1, 2000),
        (8, 128, 1, 20_000),
        (2, 10_000, 50, 500),
    ],
)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_no_more_than_two_arrays_of_the_hidden_layer_beside_the_input(sizes, dtype, g1):
    n_x, n_h, n_y, m = sizes
    rng = np.random.default_rng(0)
    start, X = (
        initialize(n_x, n_h, n_y, rng, dtype=dtype),
        rng.normal(size=(n_x, m)).astype(dtype),
    )
    Y = rng.integers(0, 2, (n_y, m)).astype(dtype)
    tracemalloc.start()
    try:
        train(start, X, Y, g1, logistic, alpha=0.1, steps=2)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    hidden, output = n_h * m * X.itemsize, n_y * m * X.itemsize
    masks, parameters, casts = n_h * m, sum(p.nbytes for p in start), 150_000
    assert peak < 2 * hidden + 8 * output + 10 * parameters + masks + casts


@pytest.mark.parametrize(
    "part", [np.s_[:, ::2], np.s_[::2, ::-2]], ids=["columns", "reversed"]
)
def test_an_input_that_a_product_would_copy_is_copied_once(problem, part):
    params, X, Y = problem(tanh, logistic, (3, 4, 1, 23))
    stored = np.repeat(np.repeat(X, 2, axis=0), 2, axis=1)
    strided = stored[part][:3, :23]
    space = Workspace(params, strided, Y, tanh, logistic, 0.1)
    assert space.X is not strided and np.array_equal(space.X, strided)
    assert Workspace(params, X.T.copy().T, Y, tanh, logistic, 0.1).X.flags.f_contiguous
    assert Workspace(params, X, Y, tanh, logistic, 0.1).X is X


def test_training_goes_this_way_with_the_units_of_the_book(
    problem, g1, output, monkeypatch
):
    monkeypatch.setattr(training, "Equations", None)
    monkeypatch.setattr(training, "workspace_serves", lambda *_: True)
    params, X, Y = problem(g1, output)
    train(params, X, Y, g1, output, alpha=0.1, steps=2)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_it_serves_all_units_of_the_book(g1, output, dtype):
    assert workspace_serves(g1, output, np.dtype(dtype))


class Softsign(Tanh):
    def __call__(self, Z):
        return Z / (1 + abs(Z))

    def prime(self, Z, A):
        return (1 - abs(A)) ** 2


OTHERS = {
    "activation": (Softsign(), logistic, float),
    "output": (
        tanh,
        OutputUnit("shifted", identity, lambda Z, Y: half_squared_error(Z, Y) + 1),
        float,
    ),
    "a list of targets": (
        tanh,
        OutputUnit("mine", identity, half_squared_error, targets=[0, 1]),
        float,
    ),
    "float16": (tanh, logistic, np.float16),
    "longdouble": (tanh, logistic, np.longdouble),
}


@pytest.mark.parametrize(("g1", "output", "dtype"), OTHERS.values(), ids=OTHERS)
def test_what_it_does_not_know_is_left_to_the_equations(problem, g1, output, dtype):
    assert not workspace_serves(g1, output, np.dtype(dtype))
    params, X, Y = problem(g1, output, dtype=dtype)
    run = train(params, X, Y, g1, output, alpha=0.1, steps=3)
    expected, costs, _ = trained(
        Equations, (params, X, Y), g1, output, alpha=0.1, steps=3
    )
    assert all(np.array_equal(p, q) for p, q in zip(run.params, expected, strict=True))
    assert run.costs.tolist() == costs[:3].tolist()


def wrong_backward(params, cache, X, Y, g1):
    return type(params)(*(-p for p in params))


def momentum(params, grads, alpha, before=[]):  # noqa: B006, it is meant to remember
    before.append(grads)
    return Parameters(
        *(p - alpha * sum(dps) for p, *dps in zip(params, *before, strict=True))
    )


CHANGED = {
    "backward": (network.backward, wrong_backward),
    "forward": (network.forward, lambda params, X, g1, g2: print(X.shape)),
    "loss": (losses.cross_entropy, lambda Z2, Y: np.log(1 + np.exp(Z2)) - Y * Z2),
    "step, from the second on": (training.step, momentum),
    "output": (Sigmoid.__call__, lambda self, Z: 1 / (1 + np.exp(-Z))),
    "step": (training.step, lambda params, grads, alpha: params),
    "cost": (training.cost, lambda Z2, Y, loss: loss(Z2, Y).sum()),
    "tanh": (Tanh.__call__, lambda self, Z: 0.5 * Z),
    "slope": (Tanh.prime, lambda self, Z, A: 1 + A**2),
}


@pytest.mark.parametrize(("function", "changed"), CHANGED.values(), ids=CHANGED)
def test_an_equation_that_a_reader_has_changed_is_what_trains(
    function, changed, problem, monkeypatch
):
    with monkeypatch.context() as page:
        page.setattr(function, "__code__", changed.__code__)  # as the page does
        assert not workspace_serves(tanh, logistic, np.dtype(float))
    assert workspace_serves(tanh, logistic, np.dtype(float))


@pytest.mark.parametrize(
    "other", [wrong_backward, np.negative], ids=["function", "without code of its own"]
)
def test_an_equation_that_a_name_now_stands_for_is_what_trains(other, monkeypatch):
    monkeypatch.setattr(training, "backward", other)
    assert not workspace_serves(tanh, logistic, np.dtype(float))


def test_a_method_that_a_class_has_got_is_what_trains(monkeypatch):
    monkeypatch.setattr(Tanh, "prime", lambda self, Z, A: 1 + A**2)
    assert not workspace_serves(tanh, logistic, np.dtype(float))


def test_divergence_leaves_the_parameters_before_it():
    rng = np.random.default_rng(0)
    X, Y = datasets.sine(20, rng)
    start = initialize(1, 3, 1, rng, weights=xavier)
    with pytest.raises(DivergedError) as raised:
        train(
            start,
            X,
            Y,
            identity,
            training.OutputUnit("l", identity, half_squared_error),
            alpha=1e60,
            steps=50,
        )
    with pytest.raises(DivergedError) as quick:
        train(start, X, Y, identity, fast_training.linear, alpha=1e60, steps=50)
    assert quick.value.step == raised.value.step > 0
    for p, q in zip(quick.value.run.params, raised.value.run.params, strict=True):
        np.testing.assert_allclose(p, q, rtol=1e-9)


@pytest.mark.parametrize("huge", [1e200, np.inf])
def test_parameters_are_finite_where_only_their_squares_are_not(huge):
    params = Parameters(
        np.zeros((2, 1)), np.zeros((2, 1)), np.zeros((1, 2)), np.array([[huge]])
    )
    training = Workspace(params, np.ones((1, 3)), np.zeros((1, 3)), tanh, logistic, 0.1)
    with np.errstate(over="ignore"):
        assert training.finite() == np.isfinite(huge)

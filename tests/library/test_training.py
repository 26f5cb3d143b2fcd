"""Gradient descent: what a step is, what a run keeps, what is refused at the door, what divergence says."""

import copy
import dataclasses
import pickle

import numpy as np
import pytest
from tqdm import tqdm

from shallowlib import (
    DivergedError,
    Gradients,
    Parameters,
    Run,
    backward,
    cost,
    datasets,
    forward,
    identity,
    initialize,
    linear,
    logistic,
    relu,
    small,
    step,
    tanh,
    train,
    xavier,
)
from shallowlib.training import progress_bar


def equal(these, those):
    return all(
        a.dtype == b.dtype and np.array_equal(a, b)
        for a, b in zip(these, those, strict=True)
    )


def test_a_step_goes_against_the_gradient_by_alpha():
    params = Parameters(
        np.array([[1.0, 2.0]]), np.array([[3.0]]), np.array([[4.0]]), np.array([[5.0]])
    )
    grads = Gradients(
        np.array([[10.0, -10.0]]),
        np.array([[1.0]]),
        np.array([[0.0]]),
        np.array([[-2.0]]),
    )
    new = step(params, grads, 0.5)
    assert isinstance(new, Parameters)
    assert [p.tolist() for p in new] == [[[-4, 7]], [[2.5]], [[4]], [[6]]]
    assert params.W1.tolist() == [[1, 2]]
    with pytest.raises(ValueError, match="shorter"):
        step(params, grads[:3], 0.5)


@pytest.mark.parametrize(
    ("dtype", "precision"),
    [(np.float32, 1e-5), (np.float64, 1e-13), (np.longdouble, 0)],
)
def test_training_is_step_after_step_and_costs_are_those_before_each(
    problem, g1, output, dtype, precision
):
    params, X, Y = problem(g1, output, dtype=dtype)
    run = train(params, X, Y, g1, output, alpha=0.1, steps=4)
    costs = []
    for _ in range(4):
        cache = forward(params, X, g1, output.g2)
        costs.append(cost(cache.Z2, Y, output.loss))
        params = step(params, backward(params, cache, X, Y, g1), 0.1)
    for p, expected in zip(
        (*run.params, run.costs), (*params, np.array(costs)), strict=True
    ):
        np.testing.assert_allclose(p, expected, rtol=precision, atol=precision)
    assert isinstance(run, Run) and (run.g1, run.output) == (g1, output)


def test_a_network_of_straight_lines_finds_the_least_squares_solution(rng):
    X = rng.normal(size=(2, 30))
    Y = np.array([[1.0, -2.0]]) @ X + 3 + rng.normal(size=(1, 30))
    run = train(
        initialize(2, 3, 1, rng, weights=xavier),
        X,
        Y,
        identity,
        linear,
        alpha=np.float64(0.1),
        steps=np.int64(1000),
    )
    design = np.vstack([X, np.ones(30)]).T
    best = design @ np.linalg.lstsq(design, Y[0])[0]
    np.testing.assert_allclose(run.predict(X)[0], best, atol=1e-6)


def test_tanh_separates_xor_for_every_one_of_20_seeds():
    for seed in range(20):
        rng = np.random.default_rng(seed)
        X, Y = datasets.xor(60, rng)
        run = train(
            initialize(2, 6, 1, rng, weights=xavier),
            X,
            Y,
            tanh,
            logistic,
            alpha=3.0,
            steps=150,
        )
        assert ((run.predict(X) > 0.5) == Y).mean() >= 0.95
        assert run.costs[-1] < 0.5 * run.costs[0]


def test_float32_parameters_stay_float32(problem, g1, output):
    params, X, Y = problem(g1, output, dtype=np.float32)
    run = train(params, X, Y.astype(float), g1, output, alpha=np.float64(0.1), steps=2)
    assert (
        {p.dtype for p in run.params}
        == {run.predict(X).dtype}
        == {np.dtype(np.float32)}
    )


@pytest.mark.parametrize("wide", ["X", "W1", "b1", "W2", "b2"])
def test_the_common_dtype_of_parameters_and_data_wins(problem, wide):
    params, X, Y = problem(tanh, logistic, dtype=np.float32)
    data = params._asdict() | {"X": X}
    data[wide] = data[wide].astype(float)
    X = data.pop("X")
    run = train(Parameters(**data), X, Y, tanh, logistic, alpha=0.1, steps=1)
    assert {p.dtype for p in run.params} == {np.dtype(float)}


@pytest.mark.parametrize(
    ("dtype", "of_costs"),
    [
        (np.float32, np.float64),
        (np.float64, np.float64),
        (np.longdouble, np.longdouble),
    ],
)
def test_costs_are_kept_in_float64_or_wider(problem, dtype, of_costs):
    params, X, Y = problem(tanh, logistic, dtype=dtype)
    assert (
        train(params, X, Y, tanh, logistic, alpha=0.1, steps=1).costs.dtype == of_costs
    )


def test_integers_and_lists_become_float64(g1, output):
    params = Parameters([[1, -2], [3, 1]], [[0], [1]], [[2, -1]], [[1]])
    X, Y = [[1, 0, 2], [2, 1, -1]], [[False, True, True]]
    run = train(params, X, Y, g1, output, alpha=1 / 64, steps=2)
    floats = Parameters(*(np.array(p, float) for p in params))
    same = train(
        floats,
        np.array(X, float),
        np.array(Y, float),
        g1,
        output,
        alpha=1 / 64,
        steps=2,
    )
    assert equal(
        (*run.params, run.costs, run.predict(X)),
        (*same.params, same.costs, same.predict(X)),
    )
    assert run.predict(X).dtype == float


def test_the_layout_in_memory_does_not_matter(problem, g1, output, layout):
    params, X, Y = problem(g1, output)
    run = train(params, X, Y, g1, output, alpha=0.1, steps=3)
    laid_out = train(
        Parameters(*map(layout, params)),
        layout(X),
        layout(Y),
        g1,
        output,
        alpha=0.1,
        steps=3,
    )
    for p, q in zip(
        (*run.params, run.predict(X)),
        (*laid_out.params, laid_out.predict(layout(X))),
        strict=True,
    ):
        np.testing.assert_allclose(p, q, rtol=1e-13, atol=1e-15)


def test_training_and_predicting_change_no_argument(problem, g1, output):
    arguments = problem(g1, output)
    params, X, Y = (
        [p.copy() for p in arguments[0]],
        arguments[1].copy(),
        arguments[2].copy(),
    )
    run = train(Parameters(*params), X, Y, g1, output, alpha=0.1, steps=3)
    run.predict(X)
    assert equal((*params, X, Y), (*arguments[0], *arguments[1:]))
    assert not any(np.shares_memory(p, q) for p in run.params for q in params)


def test_one_example_one_unit_and_one_step_are_enough(problem, g1, output):
    params, X, Y = problem(g1, output, (1, 1, 1, 1))
    run = train(params, X, Y, g1, output, alpha=0.1, steps=1)
    assert run.costs.shape == (1,) and run.predict(X).shape == (1, 1)


def test_predict_is_the_output_of_the_network(problem, g1, output):
    params, X, Y = problem(g1, output)
    run = train(params, X, Y, g1, output, alpha=0.1, steps=1)
    np.testing.assert_array_equal(
        run.predict(X), forward(run.params, X, g1, output.g2).A2
    )


@pytest.mark.parametrize(
    ("X", "error", "message"),
    [
        (np.zeros((2, 5)), ValueError, r"X must have shape \(3, 5\): got \(2, 5\)"),
        (np.zeros(3), ValueError, r"X must be a matrix .* got shape \(3,\)"),
        (
            np.full((3, 1), np.nan),
            ValueError,
            r"X must be finite everywhere: got nan at \(0, 0\)",
        ),
        (
            [["a"], ["b"], ["c"]],
            TypeError,
            "X must hold real numbers: got an array of <U1",
        ),
    ],
    ids=["rows", "vector", "nan", "text"],
)
def test_predict_refuses_data_that_do_not_fit(problem, X, error, message):
    params, X_train, Y = problem(tanh, logistic)
    run = train(params, X_train, Y, tanh, logistic, alpha=0.1, steps=1)
    with pytest.raises(error, match=f"^{message}"):
        run.predict(X)


def test_runs_compare_by_identity_and_cannot_be_changed(problem):
    params, X, Y = problem(tanh, logistic)
    run, twin = (
        train(params, X, Y, tanh, logistic, alpha=0.1, steps=1) for _ in range(2)
    )
    assert run == run != twin and len({run, twin}) == 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        run.params = params


def with_entry(M, value):
    M = np.array(M, dtype=type(value) if isinstance(value, complex) else float)
    M[1, 2] = value
    return M


P = Parameters(np.ones((4, 3)), np.ones((4, 1)), np.ones((2, 4)), np.ones((2, 1)))
X, Y = np.ones((3, 5)), np.ones((2, 5))
REFUSED = {  # case: (arguments that differ, error, message)
    "X-nan": (
        dict(X=with_entry(X, np.nan)),
        ValueError,
        r"X must be finite everywhere: got nan at \(1, 2\)",
    ),
    "X-inf": (
        dict(X=with_entry(X, -np.inf)),
        ValueError,
        r"X must be finite everywhere: got -inf at \(1, 2\)",
    ),
    "X-complex": (
        dict(X=with_entry(X, 1j)),
        TypeError,
        "X must hold real numbers: got an array of complex128",
    ),
    "X-text": (
        dict(X=[["1"] * 5] * 3),
        TypeError,
        "X must hold real numbers: got an array of <U1",
    ),
    "X-objects": (
        dict(X=np.full((3, 5), None)),
        TypeError,
        "X must hold real numbers: got an array of object",
    ),
    "X-ragged": (dict(X=[[1, 2], [3]]), ValueError, ".*inhomogeneous"),
    "X-transposed": (
        dict(X=X.T),
        ValueError,
        r"X must have shape \(3, 3\): got \(5, 3\)",
    ),
    "X-vector": (
        dict(X=X[0]),
        ValueError,
        r"X must be a matrix with at least one row .* got shape \(5,\)",
    ),
    "X-empty": (
        dict(X=X[:, :0]),
        ValueError,
        r"X must be a matrix .* one column: got shape \(3, 0\)",
    ),
    "X-cube": (
        dict(X=np.ones((3, 5, 1))),
        ValueError,
        r"X must be a matrix .* got shape \(3, 5, 1\)",
    ),
    "Y-nan": (
        dict(Y=with_entry(Y, np.nan)),
        ValueError,
        r"Y must be finite everywhere: got nan at \(1, 2\)",
    ),
    "Y-inf": (
        dict(Y=with_entry(Y, np.inf)),
        ValueError,
        r"Y must be finite everywhere: got inf at \(1, 2\)",
    ),
    "Y-inf-linear": (
        dict(Y=with_entry(Y, np.inf), output=linear),
        ValueError,
        "Y must be finite everywhere: got inf",
    ),
    "Y-text": (
        dict(Y=[["a"] * 5] * 2),
        TypeError,
        "Y must hold real numbers: got an array of <U1",
    ),
    "Y-transposed": (
        dict(Y=Y.T),
        ValueError,
        r"Y must have one target a column: expected \(2, 5\), got \(5, 2\)",
    ),
    "Y-vector": (
        dict(Y=Y[0]),
        ValueError,
        r"Y must have one target a column: expected \(2, 5\), got \(5,\)",
    ),
    "Y-one-row": (
        dict(Y=Y[:1]),
        ValueError,
        r"Y must have one target a column: expected \(2, 5\), got \(1, 5\)",
    ),
    "Y-two": (
        dict(Y=with_entry(Y, 2)),
        ValueError,
        "Y must be 0 or 1 everywhere for this output unit: got 2.0",
    ),
    "Y-minus": (
        dict(Y=with_entry(Y, -1)),
        ValueError,
        "Y must be 0 or 1 everywhere for this output unit: got -1.0",
    ),
    "Y-half": (
        dict(Y=with_entry(Y, 0.5)),
        ValueError,
        "Y must be 0 or 1 everywhere for this output unit: got 0.5",
    ),
    "alpha-zero": (
        dict(alpha=0),
        ValueError,
        "alpha must be finite and above 0: got 0",
    ),
    "alpha-negative": (
        dict(alpha=-0.1),
        ValueError,
        "alpha must be finite and above 0: got -0.1",
    ),
    "alpha-nan": (
        dict(alpha=np.nan),
        ValueError,
        "alpha must be finite and above 0: got nan",
    ),
    "alpha-inf": (
        dict(alpha=np.inf),
        ValueError,
        "alpha must be finite and above 0: got inf",
    ),
    "alpha-bool": (dict(alpha=True), TypeError, "alpha must be a number: got True"),
    "alpha-text": (dict(alpha="0.1"), TypeError, "alpha must be a number: got '0.1'"),
    "alpha-none": (dict(alpha=None), TypeError, "alpha must be a number: got None"),
    "alpha-complex": (dict(alpha=1j), TypeError, "alpha must be a number: got 1j"),
    "alpha-array": (
        dict(alpha=np.array([0.1])),
        TypeError,
        "alpha must be a number: got array",
    ),
    "steps-zero": (dict(steps=0), ValueError, "steps must be at least 1: got 0"),
    "steps-negative": (dict(steps=-5), ValueError, "steps must be at least 1: got -5"),
    "steps-float": (
        dict(steps=10.0),
        TypeError,
        "steps must be a whole number: got 10.0",
    ),
    "steps-nan": (
        dict(steps=np.nan),
        TypeError,
        "steps must be a whole number: got nan",
    ),
    "steps-inf": (
        dict(steps=np.inf),
        TypeError,
        "steps must be a whole number: got inf",
    ),
    "steps-bool": (
        dict(steps=True),
        TypeError,
        "steps must be a whole number: got True",
    ),
    "steps-text": (
        dict(steps="10"),
        TypeError,
        "steps must be a whole number: got '10'",
    ),
    "steps-none": (
        dict(steps=None),
        TypeError,
        "steps must be a whole number: got None",
    ),
    "g1-name": (
        dict(g1="tanh"),
        TypeError,
        "g1 must be of type Activation, such as shallowlib.tanh: got 'tanh'",
    ),
    "g1-function": (
        dict(g1=np.tanh),
        TypeError,
        "g1 must be of type Activation, such as shallowlib.tanh: got <ufunc",
    ),
    "g1-class": (
        dict(g1=type(tanh)),
        TypeError,
        "g1 must be of type Activation, such as shallowlib.tanh: got <class",
    ),
    "output-name": (
        dict(output="linear"),
        TypeError,
        ".*, such as shallowlib.logistic: got 'linear'",
    ),
    "output-g": (
        dict(output=tanh),
        TypeError,
        "output must be of type OutputUnit, such as shallowlib.logistic: got",
    ),
    "params-list": (
        dict(params=[*P]),
        TypeError,
        r"params must be the four of Parameters\(W1, b1, W2, b2\): got \[",
    ),
    "params-three": (
        dict(params=P[:3]),
        TypeError,
        r"params must be the four of Parameters\(W1, b1, W2, b2\): got \(",
    ),
    "params-none": (
        dict(params=None),
        TypeError,
        r"params must be the four of Parameters\(.*\): got None",
    ),
    "W1-nan": (
        dict(params=P._replace(W1=with_entry(P.W1, np.nan))),
        ValueError,
        r"W1 must be finite .* nan at \(1, 2",
    ),
    "W1-rows": (
        dict(params=P._replace(W1=np.ones((5, 3)))),
        ValueError,
        r"b1 must have shape \(5, 1\): got \(4, 1\)",
    ),
    "W1-columns": (
        dict(params=P._replace(W1=np.ones((4, 2)))),
        ValueError,
        r"X must have shape \(2, 5\): got",
    ),
    "b1-vector": (
        dict(params=P._replace(b1=np.ones(4))),
        ValueError,
        r"b1 must be a matrix .* got shape \(4,\)",
    ),
    "b1-row": (
        dict(params=P._replace(b1=np.ones((1, 4)))),
        ValueError,
        r"b1 must have shape \(4, 1\): got \(1, 4\)",
    ),
    "W2-transposed": (
        dict(params=P._replace(W2=P.W2.T)),
        ValueError,
        r"W2 must have shape \(4, 4\): got \(4, 2\)",
    ),
    "b2-one": (
        dict(params=P._replace(b2=np.ones((1, 1)))),
        ValueError,
        r"b2 must have shape \(2, 1\): got \(1, 1\)",
    ),
    "b2-two": (
        dict(params=P._replace(b2=np.ones((2, 2)))),
        ValueError,
        r"b2 must have shape \(2, 1\): got \(2, 2",
    ),
    "b2-text": (
        dict(params=P._replace(b2=[["a"], ["b"]])),
        TypeError,
        "b2 must hold real numbers: got an array of <U",
    ),
}


@pytest.mark.parametrize(("wrong", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_what_makes_no_sense_is_refused_with_what_was_expected_and_what_came(
    wrong, error, message
):
    arguments = (
        dict(params=P, X=X, Y=Y, g1=tanh, output=logistic, alpha=0.1, steps=1) | wrong
    )
    with pytest.raises(error, match=f"^{message}"):
        train(**arguments)


def test_alpha_steps_and_progress_must_be_named(problem):
    params, X, Y = problem(tanh, logistic)
    with pytest.raises(TypeError, match="positional arguments"):
        train(params, X, Y, tanh, logistic, 0.1, 10)


def diverging(g1, **options):
    """(the error, X, Y) of a training with a learning rate far too large."""
    rng = np.random.default_rng(0)
    X, Y = datasets.xor(20, rng)
    params = initialize(2, 3, 1, rng, weights=xavier)
    with pytest.raises(DivergedError) as raised:
        train(params, X, Y, g1, linear, alpha=1e60, steps=50, **options)
    return raised.value, X, Y


def test_divergence_names_the_step_and_the_last_finite_cost_and_keeps_the_run(g1):
    error, X, Y = diverging(g1)  # an overflow on the way would warn, and so fail
    assert isinstance(error, ArithmeticError)
    assert 0 < error.step < 50
    assert (
        f"training diverged at step {error.step}: the cost or a parameter is not finite"
        in str(error)
    )
    assert str(error).endswith(
        f"the last finite cost was {error.last_cost}. Try a smaller alpha or scaled inputs."
    )
    run = error.run
    assert len(run.costs) == error.step and np.isfinite(run.costs).all()
    assert run.costs[-1] == error.last_cost
    Z2 = forward(run.params, X, run.g1, run.output.g2).Z2
    assert (
        cost(Z2, Y, linear.loss) == error.last_cost
    )  # so run.params have a finite cost
    assert (run.g1, run.output) == (g1, linear)


def test_divergence_of_float32_is_seen_at_its_own_range():
    rng = np.random.default_rng(0)
    X, Y = (M.astype(np.float32) for M in datasets.sine(20, rng))
    params = initialize(1, 3, 1, rng, weights=xavier, dtype=np.float32)
    with pytest.raises(DivergedError, match="the last finite cost was"):
        train(params, X, Y, relu, linear, alpha=1e10, steps=50)


def test_a_first_cost_that_is_not_finite_leaves_no_cost_behind():
    huge = Parameters(
        np.full((1, 1), 1e200),
        np.zeros((1, 1)),
        np.full((1, 1), 1e200),
        np.zeros((1, 1)),
    )
    with pytest.raises(
        DivergedError, match="at step 0: .* the last finite cost was None"
    ) as raised:
        train(huge, [[1.0]], [[0.0]], identity, linear, alpha=0.1, steps=3)
    assert (
        raised.value.step,
        raised.value.last_cost,
        raised.value.run.costs.shape,
    ) == (0, None, (0,))
    assert equal(raised.value.run.params, huge)


def test_a_last_step_that_overflows_is_divergence_too():
    params = Parameters(*(np.full((1, 1), 2.0) for _ in range(4)))
    with pytest.raises(
        DivergedError, match="at step 1: the cost or a parameter is not finite"
    ) as raised:
        train(params, [[1.0]], [[0.0]], identity, linear, alpha=1e308, steps=1)
    run = raised.value.run
    assert (
        run.costs.tolist() == [raised.value.last_cost] == [(2 * (2 + 2) + 2) ** 2 / 2]
    )
    assert equal(run.params, params) and (run.g1, run.output) == (identity, linear)


def test_a_progress_bar_is_shown_on_standard_output(problem, capsys):
    params, X, Y = problem(tanh, logistic)
    with_bar = train(params, X, Y, tanh, logistic, alpha=0.1, steps=3, progress=True)
    shown = capsys.readouterr()
    assert shown.out.startswith("\rtraining:   0%") and "| 3/3 [" in shown.out
    assert "step/s]" in shown.out or "s/step]" in shown.out
    assert shown.err == ""
    assert equal(
        with_bar.params, train(params, X, Y, tanh, logistic, alpha=0.1, steps=3).params
    )


def test_a_progress_bar_starts_no_thread_which_the_browser_lacks(monkeypatch):
    monkeypatch.setattr(
        tqdm, "monitor_interval", 10
    )  # seconds between the rounds of a thread that watches
    assert list(progress_bar(2)) == [0, 1]
    assert tqdm.monitor_interval == 0


def test_nothing_is_shown_without_progress(problem, capsys):
    params, X, Y = problem(tanh, logistic)
    train(params, X, Y, tanh, logistic, alpha=0.1, steps=3)
    assert capsys.readouterr() == ("", "")


def test_a_diverging_run_with_a_bar_says_the_same(capsys):
    error, _, _ = diverging(identity, progress=True)
    assert "training diverged at step" in str(error)
    assert "training" in capsys.readouterr().out


def test_training_from_small_weights_lowers_the_cost(g1, output, rng):
    X, Y = (
        datasets.sine(50, rng) if output.targets is None else datasets.circles(50, rng)
    )
    run = train(
        initialize(len(X), 8, 1, rng, weights=small),
        X,
        Y,
        g1,
        output,
        alpha=0.1,
        steps=50,
    )
    assert run.costs[-1] < run.costs[0]


@pytest.mark.parametrize(
    "again",
    [copy.copy, lambda error: pickle.loads(pickle.dumps(error))],
    ids=["copy", "pickle"],
)
def test_a_divergence_can_be_handed_to_another_process(again):
    run = Run(
        Parameters(*map(np.atleast_2d, (1.0, 2.0, 3.0, 4.0))),
        np.array([0.5]),
        tanh,
        logistic,
    )
    error = again(DivergedError(1, run))
    assert (error.step, error.last_cost) == (1, 0.5)
    assert str(error) == str(DivergedError(1, run))
    assert equal(error.run.params, run.params)


def test_an_infinite_parameter_is_seen_at_the_step_that_made_it():
    start = Parameters(*(np.full((1, 1), value) for value in (0.5, 0.0, 1e10, 0.0)))
    with pytest.raises(DivergedError, match="step 1:") as raised:
        train(start, [[1.0]], [[0.0]], tanh, logistic, alpha=1e300, steps=1000)
    assert raised.value.step == 1 and len(raised.value.run.costs) == 1
    assert equal(raised.value.run.params, start)


def test_more_examples_than_a_dtype_can_count_are_refused():
    m = 70_000
    X, Y = np.zeros((2, m), np.float16), np.zeros((1, m))
    start = initialize(2, 3, 1, np.random.default_rng(0), dtype=np.float16)
    with pytest.raises(ValueError, match="float16 cannot count m = 70000"):
        train(start, X, Y, tanh, logistic, alpha=1.0, steps=1)


def test_as_many_examples_as_a_dtype_can_count_are_taken():
    m = 65504
    start = initialize(1, 1, 1, np.random.default_rng(0), dtype=np.float16)
    run = train(
        start,
        np.zeros((1, m), np.float16),
        np.zeros((1, m)),
        tanh,
        logistic,
        alpha=1.0,
        steps=1,
    )
    assert run.costs[0] == pytest.approx(np.log(2), rel=1e-3)


@pytest.mark.parametrize("name", ["X", "Y"])
def test_masked_entries_are_refused(name):
    X, Y = datasets.xor(8, np.random.default_rng(0))
    data = {"X": X, "Y": Y}
    data[name] = np.ma.masked_array(data[name], mask=data[name] > 0)
    start = initialize(2, 3, 1, np.random.default_rng(0))
    with pytest.raises(ValueError, match=f"^{name} must have no masked entries"):
        train(start, data["X"], data["Y"], tanh, logistic, alpha=1.0, steps=1)


def test_targets_too_large_for_the_dtype_are_refused_in_words():
    start = initialize(2, 3, 1, np.random.default_rng(0), dtype=np.float32)
    with pytest.raises(ValueError, match="^Y must be finite"):
        train(
            start,
            np.ones((2, 1), np.float32),
            [[1e300]],
            tanh,
            linear,
            alpha=1.0,
            steps=1,
        )


@pytest.mark.parametrize(
    "alpha", [10**400, np.longdouble("1e400")], ids=["int", "longdouble"]
)
def test_a_learning_rate_beyond_all_floats_is_refused(alpha):
    X, Y = datasets.xor(8, np.random.default_rng(0))
    start = initialize(2, 3, 1, np.random.default_rng(0))
    with pytest.raises(ValueError, match="^alpha must be finite and above 0"):
        train(start, X, Y, tanh, logistic, alpha=alpha, steps=1)

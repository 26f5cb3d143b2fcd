"""The exercises of the chapter on real data."""

import math

import numpy as np

from shallowlib.activations import tanh
from shallowlib.datasets import breast_cancer
from shallowlib.exercises.answers import (
    NotYet,
    as_numbers,
    call,
    checker,
    expect_array,
    expect_choice,
    expect_measured,
    expect_number,
    refuse_empty,
)
from shallowlib.exercises.expressions import expect_formula
from shallowlib.initializers import initialize, xavier
from shallowlib.losses import logistic
from shallowlib.training import train


@checker
def real_data_standard(mean, deviation):
    """mean, deviation: of (x - mu) / s over values with mean nu and standard deviation t, formulas."""
    refuse_empty(deviation)
    letters = {"mu": (2, 4), "s": (2, 3), "nu": (5, 7), "t": (4, 6)}
    expect_formula(
        mean,
        "(nu - mu)/s",
        letters,
        mistakes=[
            (
                "0",
                "It is 0 over the examples from which mu and s were taken; this part has another mean.",
            ),
            (
                "nu - mu",
                "This is the mean after mu is subtracted; then there is a division.",
            ),
            ("nu/s", "This is the mean of x / s; mu is subtracted first."),
            ("(mu - nu)/s", "The sign: from each x, mu is subtracted."),
            (
                "(nu - mu)/t",
                "This divides by the part's own deviation; it is scaled by that of the training part.",
            ),
            (
                "nu/s - mu",
                "The subtraction comes first, so mu is divided by s as well.",
            ),
        ],
    )
    expect_formula(
        deviation,
        "t/s",
        letters,
        mistakes=[
            (
                "1",
                "The standard deviation is 1 over the examples from which mu and s were taken; this part has another.",
            ),
            (
                "t",
                "This is the standard deviation after mu is subtracted; what does dividing by s do to it?",
            ),
            ("t^2/s^2", "This is the variance: the standard deviation is its root."),
            (
                "(t - mu)/s",
                "A shift by mu moves all values alike and leaves their spread as it is.",
            ),
            ("s/t", "The values are divided by s, and so is their spread."),
        ],
    )
    return (
        "With nu = mu and t = s, as over the training part itself, these are 0 and 1."
    )


@checker
def real_data_scale(scale):
    """scale: a function of X and of the numbers of the training columns, that scales all columns of X."""
    rng = np.random.default_rng(0)
    X = np.array([[900.0], [0.05], [-3.0]]) * (1 + 0.2 * rng.standard_normal((3, 12)))
    fit = rng.permutation(12)[:7]
    X[:, np.setdiff1d(np.arange(12), fit)] *= 1.3
    part = X[:, fit]
    mu, s = part.mean(axis=1, keepdims=True), part.std(axis=1, keepdims=True)
    of_all, spread_of_all = X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)
    got = as_numbers("the scaled X", call(scale, X.copy(), fit.copy()))
    if got.shape == part.shape:
        raise NotYet(
            f"The shape of the scaled X is {got.shape}: these are the training columns alone. All {X.shape[1]} columns are scaled."
        )
    expect_array(
        "the scaled X",
        got,
        (X - mu) / s,
        mistakes=[
            (
                (X - of_all) / spread_of_all,
                "Mean and deviation are taken over all columns: so the validation and test examples help to scale, which they must not.",
            ),
            (
                (X - mu) / spread_of_all,
                "The standard deviation is taken over all columns, the validation and test examples among them.",
            ),
            (
                (X - of_all) / s,
                "The mean is taken over all columns, the validation and test examples among them.",
            ),
            (
                X - mu,
                "The mean is subtracted; the division by the standard deviation is missing.",
            ),
            (X / s, "The division is there; the mean is not subtracted."),
            (
                (X - mu) / s**2,
                "This divides by the variance; the standard deviation is its root.",
            ),
            (X - mu / s, "Only mu is divided by s: the difference needs its brackets."),
            (
                (X - part.mean()) / part.std(),
                "All features get one mean and one deviation; each row has its own.",
            ),
            (
                (X - part.mean(axis=0).mean()) / s,
                "The mean is that of a column: with axis=1 each row gives one number.",
            ),
            (
                (X - mu) / part.std(axis=1, keepdims=True, ddof=1),
                "This divides by m - 1 in the deviation; the chapter takes the plain mean of the squares, as np.std does.",
            ),
        ],
        like="X",
    )
    return "Over the training columns each feature has the mean 0 and the deviation 1; the other columns are scaled with the same numbers."


@checker
def real_data_limit(limit, mistakes):
    """limit: a function of P and truth, the smallest probability of a malignant case; mistakes: of P, truth and a limit.

    P and truth (m,) are probabilities and targets; mistakes gives (false negatives, false positives).
    """
    P = np.array([0.02, 0.3, 0.15, 0.6, 0.4, 0.97, 0.7, 0.05])
    truth = np.array([0, 0, 1, 0, 1, 1, 1, 0.0])
    lowest = P[truth == 1].min()
    expect_number(
        "the limit",
        call(limit, P.copy(), truth.copy()),
        lowest,
        mistakes=[
            (
                P.min(),
                "This is the smallest of all probabilities, the benign cases' among them.",
            ),
            (
                P[truth == 0].max(),
                "This is the largest probability of a benign case: which malignant ones lie below it?",
            ),
            (
                P[truth == 1].max(),
                "This is the largest probability of a malignant case: all others would be missed.",
            ),
            (
                0.5,
                "One half is the limit that misses some; which is the largest that misses none?",
            ),
        ],
    )
    for at in (lowest, 0.5):
        called = at <= P
        missed, alarms = ((called != truth) & (truth == k) for k in (1, 0))
        expect_array(
            "(false negatives, false positives)",
            call(mistakes, P.copy(), truth.copy(), at),
            [missed.sum(), alarms.sum()],
            mistakes=[
                (
                    [((at < P) != truth)[truth == 1].sum(), alarms.sum()],
                    "A case that lies just at the limit counts as malignant: >= where > stands.",
                ),
                (
                    [alarms.sum(), missed.sum()],
                    "The two have changed places: a false negative is a malignant case that is called benign.",
                ),
                (
                    [((P > 0.5) != truth)[truth == k].sum() for k in (1, 0)],
                    "This counts with one half, whatever the limit is.",
                ),
                (
                    [(~called).sum(), called.sum()],
                    "These count all answers below and above the limit, the right ones among them.",
                ),
                (
                    [(truth - called)[truth == k].sum() for k in (1, 0)],
                    "The second is counted with a minus: a false positive adds 1.",
                ),
                (
                    [missed.mean(), alarms.mean()],
                    "These are shares of all cases: the numbers of cases are asked for.",
                ),
            ],
        )
    return of_the_chapter(limit, mistakes)


def of_the_chapter(limit, mistakes):
    """What the reader's functions give for the net of the chapter."""
    X, Y = breast_cancer()
    m = X.shape[1]
    fit, val, test = np.split(
        np.random.default_rng(0).permutation(m), [3 * m // 5, 4 * m // 5]
    )
    X = (X - X[:, fit].mean(axis=1, keepdims=True)) / X[:, fit].std(
        axis=1, keepdims=True
    )
    start = initialize(30, 4, 1, np.random.default_rng(0), weights=xavier)
    P = train(
        start, X[:, fit], Y[:, fit], tanh, logistic, alpha=1.0, steps=100
    ).predict(X)[0]
    at = float(limit(P[val], Y[0, val]))
    missed, alarms = (int(n) for n in mistakes(P[test], Y[0, test], at))
    return f"With the net of the chapter the limit is {at:.3f}: on the test part {missed} malignant cases are missed, and {alarms} benign ones are called malignant."


@checker
def real_data_condition(prediction, raw, scaled):
    """prediction: the ratio of the curvatures after scaling; raw, scaled: the ratio before and after."""
    raw, scaled = (as_numbers("the ratio", ratio).item() for ratio in (raw, scaled))
    expect_measured(1e4 < scaled < raw / 1e6, f"Ratios of {raw:.0e} and {scaled:.0e}")
    return expect_choice(
        prediction,
        {
            "1": "Along each single weight the curvatures are alike; but a direction may change many weights at once, those of features that go together.",
            "far above 1": "Scaling cannot undo that some features go together.",
            "as before": "Most of the ratio came from the sizes of the features, and these are alike now.",
        },
        right="far above 1",
        told=f"The ratio is {raw:.0e} for the raw inputs and {scaled:.0e} for the scaled ones.",
    )


@checker
def real_data_chance(prediction, often):
    """prediction: how often a net that errs with probability 0.05 makes at most 3 errors of 114; often: the share drawn."""
    exact = sum(math.comb(114, k) * 0.05**k * 0.95 ** (114 - k) for k in range(4))
    expect_number(
        "the share of the tests",
        often,
        exact,
        tolerance=0.02,
        mistakes=[
            (
                math.comb(114, 3) * 0.05**3 * 0.95**111,
                "This is the share of tests with exactly 3 errors: 0, 1 and 2 count as well.",
            ),
            (1 - exact, "This is the share of tests with more than 3 errors."),
        ],
    )
    return expect_choice(
        prediction,
        {
            "1 of 100": "On average there are 114 times 0.05 errors, between 5 and 6; how far do the draws spread about that?",
            "1 of 6": "Three errors are no surprise for a net whose true rate is 0.05.",
            "1 of 2": "Half of the tests lie below the middle, which is near 114 times 0.05, between 5 and 6 errors.",
        },
        right="1 of 6",
        told=f"It happens in {as_numbers('', often).item():.3f} of the tests.",
    )

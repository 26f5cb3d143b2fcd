"""The exercises of the chapter on data larger than one machine."""

import weakref

import numpy as np

from shallowlib.exercises.answers import (
    NotYet,
    as_numbers,
    call,
    checker,
    expect_array,
    expect_choice,
    expect_measured,
    refuse_empty,
)
from shallowlib.exercises.expressions import expect_formula


@checker
def many_machines_travels(numbers):
    """numbers: how many go out and come back in one step with K workers, n_x, n_h and one output, a formula."""
    expect_formula(
        numbers,
        "2*K*(n_h*n_x + 2*n_h + 1)",
        {"K": (2, 9), "n_x": (2, 30), "n_h": (2, 20)},
        mistakes=[
            (
                "K*(n_h*n_x + 2*n_h + 1)",
                "This is one way: parameters go out, and gradients of the same shapes come back.",
            ),
            (
                "2*(n_h*n_x + 2*n_h + 1)",
                "This is for one worker; each of the K gets all parameters.",
            ),
            (
                "n_h*n_x + 2*n_h + 1",
                "So many parameters there are; how often do they travel, and which way?",
            ),
            (
                "2*K*(n_h*n_x + n_h)",
                "The biases travel as well, and so does the output layer: is W2 in it, and b1?",
            ),
            (
                "2*K*(n_h*n_x + n_h + 1)",
                "Three of the four are in it: there are n_h weights in W2 and n_h biases in b1.",
            ),
            (
                "2*(n_h*n_x + 2*n_h + 1)/K",
                "The parameters are not shared out: each worker needs all of them.",
            ),
        ],
    )
    return "The number of examples is not in it: more data for each worker cost no more on the way."


@checker
def many_machines_speed_up(speed_up, limit):
    """speed_up: of n workers over one process, each chunk taking t of a worker and c of the scheduler; limit: for many workers. Formulas."""
    refuse_empty(limit)
    letters = {"n": (2, 9), "t": (3, 5), "c": (0, 1)}
    expect_formula(
        speed_up,
        "n*t/(t + n*c)",
        letters,
        name="The speed-up",
        mistakes=[
            ("n", "This leaves out the scheduler, which each chunk has to pass."),
            (
                "n*t/(t + c)",
                "Here the workers share the time c as well; but there is one scheduler, and all chunks pass through it.",
            ),
            ("(t + n*c)/(n*t)", "Upside down: the time of one process stands above."),
            (
                "t/n + c",
                "This is the time for a chunk with n workers; divide the time of one process by it.",
            ),
            (
                "n*(t + c)/(t + n*c)",
                "One process without a scheduler does not spend c: it takes t for a chunk.",
            ),
            (
                "t/(t + n*c)",
                "The n workers share the t between them: is t divided by n?",
            ),
        ],
    )
    expect_formula(
        limit,
        "t/c",
        letters,
        name="The limit",
        mistakes=[
            ("n", "n grows without end here; what is left of the formula?"),
            ("c/t", "Upside down: the smaller c is, the further more workers lead."),
            ("1/c", "The units: a speed-up is a time divided by a time."),
            ("1", "Divide above and below by n, and let n grow: what stays below?"),
        ],
    )
    return "Larger chunks make t larger and leave c as it is: that is why chunks should not be small."


SIZES = (40, 25, 7)


def columns(seen):
    """Chunks of different sizes and places, one after the other; NotYet where too many of them are kept."""
    for k, size in enumerate(SIZES * 3):
        if sum(chunk() is not None for chunk in seen) > 3:
            raise NotYet(
                "The function keeps the chunks that it has had: then all of them are in memory in the end. Keep sums only."
            )
        chunk = made(k, size)
        seen.append(weakref.ref(chunk))
        yield chunk
        del chunk


def made(k, size):
    return np.random.default_rng(k).normal(k, 1 + k / 4, size=(3, size))


@checker
def many_machines_scale(scale_of):
    """scale_of: a function of chunks of columns, which come one after the other and once, that gives the mean and deviation of each row."""
    got = call(scale_of, columns([]))
    if not isinstance(got, tuple | list) or len(got) != 2:
        raise NotYet("Two arrays are expected, mu and s in this order.")
    parts = [made(k, size) for k, size in enumerate(SIZES * 3)]
    X, m = np.concatenate(parts, axis=1), sum(SIZES) * 3

    def over_all(function):
        return np.mean([function(part) for part in parts], axis=0)[:, np.newaxis]

    for name, array in zip(("mu", "s"), got, strict=True):
        if np.shape(array) == (3,):
            raise NotYet(
                f"The shape of {name} is (3,): here it is a column with two axes, (3, 1)."
            )
    mu, s = X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)
    within = sum(part.shape[1] / m * part.var(axis=1) for part in parts)[:, np.newaxis]
    expect_array(
        "mu",
        got[0],
        mu,
        mistakes=[
            (
                over_all(lambda part: part.mean(axis=1)),
                "This is the plain mean of the chunks' means: a chunk of 7 columns counts as much as one of 40.",
            ),
            (m * mu, "This is the sum of all columns: divide it by their number."),
            (
                parts[-1].mean(axis=1, keepdims=True),
                "This is the mean of the last chunk alone.",
            ),
            (
                X.mean() * np.ones((3, 1)),
                "One mean for all rows: each feature has its own.",
            ),
        ],
    )
    expect_array(
        "s",
        got[1],
        s,
        mistakes=[
            (s**2, "This is the variance: the deviation is its root."),
            (
                np.sqrt(within),
                "This is the spread within the chunks; their means differ as well, and that is a part of the spread.",
            ),
            (
                over_all(lambda part: part.std(axis=1)),
                "The mean of the chunks' deviations is not the deviation of all: add up squares.",
            ),
            (
                np.sqrt(s**2 + mu**2),
                "The root of the mean square: the square of mu is still in it.",
            ),
            (
                X.std(axis=1, keepdims=True, ddof=1),
                "This divides by m - 1; in the book s divides by m.",
            ),
        ],
    )
    return "Three sums a chunk are enough: how many columns, what they add up to, and what their squares do."


@checker
def many_machines_lost(prediction, whole, lost):
    """prediction: how training ends if a chunk of ten is missing in each step; whole, lost: the costs at the end, over 20 starts."""
    whole, lost = (np.median(as_numbers("the costs", costs)) for costs in (whole, lost))
    expect_measured(
        abs(lost - whole) < 0.03 < 0.6 - whole, f"Medians of {whole:.3f} and {lost:.3f}"
    )
    return expect_choice(
        prediction,
        {
            "higher": "Nine chunks drawn at random have nearly the gradient of all ten, if their mean is taken over the columns that are there.",
            "lower": "There is nothing to gain either: nine chunks have nearly the gradient of all ten.",
            "alike": "The gradient of nine chunks is that of a large mini-batch.",
        },
        right="alike",
        told=f"The median cost is {whole:.3f} with all chunks, and {lost:.3f} with one missing in each step.",
    )

"""The exercises of the chapter on what comes after two layers."""

import numpy as np

from shallowlib.activations import sigmoid, tanh
from shallowlib.datasets import moons
from shallowlib.exercises.answers import (
    NotYet,
    as_numbers,
    call,
    checker,
    expect_array,
    expect_choice,
    expect_measured,
)
from shallowlib.exercises.expressions import expect_formula
from shallowlib.gradcheck import numerical_gradient
from shallowlib.initializers import initialize, xavier
from shallowlib.network import Parameters, backward, forward


def example(n_h=5):
    """Parameters of a network, and data for it."""
    rng = np.random.default_rng(0)
    X, Y = moons(200, rng)
    return initialize(2, n_h, 1, rng, weights=xavier), X, Y


@checker
def where_next_vanishing(answer):
    """answer: the largest dz[1] / dz[N] of N layers of one sigmoid each, all weights 1, a formula in N."""
    expect_formula(
        answer,
        "(1/4)^(N - 1)",
        {"N": (2, 9)},
        mistakes=[
            (
                "(1/4)^N",
                "This is one slope too many: dz[N] is where the way starts, and it ends at dz[1].",
            ),
            (
                "(1/4)^(N - 2)",
                "This is one slope too few: from dz[2] to dz[1] there is a step as well.",
            ),
            ("1/4", "This is one step; how many of them lead from dz[N] to dz[1]?"),
            (
                "(N - 1)/4",
                "The steps follow each other, so their factors are multiplied and not added.",
            ),
            (
                "1/(4*(N - 1))",
                "Each step divides by 4 again: the factors are multiplied.",
            ),
            (
                "(1/2)^(N - 1)",
                "1/2 is the output of the sigmoid where it is steepest; its slope there is a(1 - a).",
            ),
            (
                "1",
                "The weights are 1; but each step has a slope as well, and that of the sigmoid is never 1.",
            ),
        ],
    )
    return "With 10 layers that is less than 4 in a million."


@checker
def where_next_unequal(combined):
    """combined: a function of the gradients dW of two parts, and of their numbers of examples, that gives that of all."""
    params, X, Y = example()
    order = np.random.default_rng(1).permutation(200)

    def dW1(columns):
        cache = forward(params, X[:, columns], tanh, sigmoid)
        return backward(params, cache, X[:, columns], Y[:, columns], tanh).dW1

    first, second = dW1(order[:150]), dW1(order[150:])
    expect_array(
        "dW1 of all examples",
        call(combined, first.copy(), second.copy(), 150, 50),
        dW1(order),
        mistakes=[
            (
                (first + second) / 2,
                "This is the plain mean: an example of the small part counts three times as much as one of the large part.",
            ),
            (
                first + second,
                "This is the sum; each part's gradient is a mean already, and the whole one is a mean of these.",
            ),
            (
                (50 * first + 150 * second) / 200,
                "The two numbers have changed places: the larger part counts more.",
            ),
            (
                150 * first + 50 * second,
                "This is the sum over all examples: the mean divides it by their number.",
            ),
            (
                first / 150 + second / 50,
                "Each part is divided by its number once more; to get from a mean to a sum, multiply.",
            ),
            (
                (first + second) / 200,
                "The parts' gradients are means over 150 and over 50 examples, not sums.",
            ),
            (first / 3 + second / 3, "The weights of the two do not add up to 1."),
        ],
        like="dW1 of a part",
    )
    return "150 and 50 examples: the first part counts three times as much, as it has three times as many."


@checker
def where_next_weight_decay(added):
    """added: a function of W1, b1, W2, b2, lam and m: what the penalty adds to dW1, db1, dW2 and db2."""
    params, X, _ = example()
    params = params._replace(b1=params.b1 + 0.3, b2=params.b2 - 0.2)
    lam, m = 3.0, X.shape[1]
    got = call(added, *params, lam, m)
    if not isinstance(got, tuple | list) or len(got) != 4:
        raise NotYet(
            "Four arrays are expected, for dW1, db1, dW2 and db2 in this order."
        )
    truth = numerical_gradient(
        lambda p: lam / (2 * m) * ((p.W1**2).sum() + (p.W2**2).sum()), params
    )
    for name, array, p, expected in zip(
        params._fields, got, params, truth, strict=True
    ):
        array = as_numbers(f"what is added to d{name}", array)
        if array.ndim == 0 and array == 0:
            array = np.zeros_like(p)  # 0 for every entry will do
        expect_array(
            f"what is added to d{name}",
            array,
            expected,
            mistakes=[
                (
                    lam / m * p,
                    "The biases are not in the penalty: where J does not depend on b, its derivative is 0.",
                )
                if name in ("b1", "b2")
                else (
                    lam / (2 * m) * p,
                    "This has the factor of the penalty itself: what does the square become when it is differentiated?",
                ),
                (
                    2 * lam / m * p,
                    "The derivative of the square has a 2, and the penalty a 1/2 that cancels it.",
                ),
                (lam * p, "The 1/m of the penalty is missing."),
                (
                    -lam / m * p,
                    "The sign: this is added to the gradient; the step then subtracts it from the weight.",
                ),
                (
                    lam / (2 * m) * p**2,
                    "This is the penalty of each weight: its derivative is asked for.",
                ),
                (
                    np.full_like(p, lam / m),
                    "The derivative of w² is not 2 but 2w: a large weight is pulled more than a small one.",
                ),
            ],
            like=name,
        )
    return "Each weight is pulled towards 0 in proportion to its size; the biases are left alone. Finite differences say the same."


@checker
def where_next_scikit_parameters(from_rows):
    """from_rows: a function of coefs and intercepts, lists as scikit-learn has them, that gives W1, b1, W2, b2."""
    for n_h in (5, 2):  # with 2 a forgotten transpose does not show in the shape
        params, X, _ = example(n_h)
        params = params._replace(
            b1=params.b1 + np.arange(n_h)[:, np.newaxis], b2=params.b2 + 0.5
        )
        W1, b1, W2, b2 = params
        got = call(
            from_rows, [W1.T.copy(), W2.T.copy()], [b1[:, 0].copy(), b2[:, 0].copy()]
        )
        if not isinstance(got, tuple | list) or len(got) != 4:
            raise NotYet(
                "Four arrays are expected, W1, b1, W2 and b2 in this order, as in Parameters."
            )
        for name, array, p in zip(params._fields, got, params, strict=True):
            array = as_numbers(name, array)
            if name in ("b1", "b2") and array.ndim == 1:
                raise NotYet(
                    f"The shape of {name} is {array.shape}: here a bias is a column with two axes, {p.shape}."
                )
            if name in ("W1", "W2") and array.shape == p.T.shape != p.shape:
                raise NotYet(
                    f"The shape of {name} is {array.shape}: a column of coefs is a unit, and here a row is."
                )
            expect_array(
                name,
                array,
                p,
                mistakes=[
                    (
                        p.T,
                        f"{name} is square here, and its rows and columns have changed places: the shape cannot tell, the numbers can.",
                    )
                ],
            )
        rows = tanh(X.T @ W1.T + b1[:, 0]) @ W2.T + b2[:, 0]
        expect_array(
            "Z2 of forward", forward(Parameters(*got), X, tanh, sigmoid).Z2, rows.T
        )
    return "And forward gives with them what the row form gives."


@checker
def where_next_same_steps(prediction, whole, tens):
    """prediction: where 20 steps with ten examples each end, beside 20 steps with all; whole, tens: the costs at the end, over 20 starts."""
    whole, tens = (np.median(as_numbers("the costs", costs)) for costs in (whole, tens))
    expect_measured(
        abs(tens - whole) < 0.05 < 0.55 - whole,
        f"Medians of {whole:.3f} and {tens:.3f}",
    )
    return expect_choice(
        prediction,
        {
            "higher": "The gradient of ten examples is rough, but right on average; over 20 steps the errors largely cancel.",
            "lower": "It is lower after the same number of epochs; here the number of steps is the same.",
            "alike": "The steps with ten examples did a twentieth of the work.",
        },
        right="alike",
        told=f"The median cost is {whole:.3f} after 20 steps with all examples, and {tens:.3f} after 20 steps with ten.",
    )

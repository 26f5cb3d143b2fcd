"""The exercises of the chapter on where gradient descent starts."""

import numpy as np

from shallowlib.activations import sigmoid, tanh
from shallowlib.exercises.answers import (
    NotYet,
    as_numbers,
    call,
    checker,
    expect_array,
    expect_choice,
    expect_measured,
    expect_number,
)
from shallowlib.exercises.expressions import expect_formula
from shallowlib.initializers import he, small, xavier
from shallowlib.network import Parameters, backward, forward


@checker
def start_one_unit(answer):
    """answer: the output weight of the one unit, a formula in v."""
    expect_formula(
        answer,
        "4*v",
        {"v": (-2, 2)},
        mistakes=[
            (
                "v",
                "With v alone one of the twins speaks; the output adds up what all four send.",
            ),
            (
                "v/4",
                "Smaller by the number of units, and it should be larger: all four twins send the output v times the same a.",
            ),
            (
                "v^4",
                "The output unit adds what the units send, v a + v a + …, and does not multiply it.",
            ),
            ("v + 4", "Four equal terms v a are added, and 4 is not one of them."),
        ],
    )
    return "A sum of four equal terms: the layer says what one unit says, four times as loud."


@checker
def start_conditions(are_twins):
    """are_twins: a function of W1, b1, W2: whether all hidden units are twins."""
    for params, message in starts():
        got = as_numbers("the answer", call(are_twins, *params[:3]))
        if got.size != 1:
            raise NotYet(
                f"One answer for the layer is expected, True or False, and this has the shape {got.shape}: .all() makes one of many."
            )
        if bool(got.item()) != rows_of_gradient_are_equal(params):
            raise NotYet(message)
    return "In all seven starts it agrees with the gradient: where you say True the rows of dW1 are equal, elsewhere they differ."


def starts():
    """(parameters, what to say if they are judged wrongly), for three hidden units."""
    W1, b1 = np.array([[0.5, -1.0]] * 3), np.full((3, 1), 0.3)
    W2 = np.array([[2.0] * 3, [-1.0] * 3])
    equal = Parameters(W1, b1, W2, np.array([[0.1], [0.2]]))
    apart = np.array([[0.2], [0.7], [-0.4]])
    parted = np.zeros((3, 1))
    parted[2] = 1.0
    return [
        (
            equal,
            "One start has three twins, and the function does not call them so: unit j owns row j of W1, entry j of b1 and column j of W2. Which of them are compared?",
        ),
        (
            equal._replace(W1=W1 + apart),
            "One start has three different rows of W1, and the function calls the units twins: its units compute different z.",
        ),
        (
            equal._replace(W1=apart @ np.ones((1, 2))),
            "One start has equal columns of W1 and different rows: a column belongs to an input, a row to a unit.",
        ),
        (
            equal._replace(b1=b1 + apart),
            "One start differs only in b1, and the function calls the units twins: their z differ by the biases.",
        ),
        (
            equal._replace(W2=W2 + apart.T),
            "One start differs only in the columns of W2, and the function calls the units twins: different errors pass back to them.",
        ),
        (
            equal._replace(W1=W1 + parted),
            "In one start two units are equal and the third is not: all of them have to be looked at.",
        ),
        (
            Parameters(*(0 * p for p in equal)),
            "In one start everything is zero: these are twins as well.",
        ),
    ]


def rows_of_gradient_are_equal(params):
    """Whether every hidden unit has the same row of dW1."""
    rng = np.random.default_rng(0)
    X, Y = rng.standard_normal((2, 5)), rng.uniform(0, 1, (2, 5))
    dW1 = backward(params, forward(params, X, tanh, sigmoid), X, Y, tanh).dW1
    return bool(np.ptp(dW1, axis=0).max() < 1e-9)


@checker
def start_nudge(prediction, coarse, fine):
    """prediction: how many steps 1e-4 takes beside 1e-2; coarse, fine: the steps measured from 1e-2 and from 1e-4."""
    coarse, fine = (
        np.median(as_numbers("the steps", steps)) for steps in (coarse, fine)
    )
    expect_measured(
        1.2 < fine / coarse < 10, f"Medians of {coarse:g} and {fine:g} steps"
    )
    return expect_choice(
        prediction,
        {
            "as many": "The smaller gap has further to go, so it cannot take as many.",
            "a few times as many": "The gap grows by a factor with each step, so a factor of 100 less costs a number of steps more.",
            "100 times as many": "That would be so if the gap grew by the same amount in each step; it grows the faster the larger it is.",
        },
        right="a few times as many",
        told=f"The medians are {coarse:g} steps from a gap of 1e-2 and {fine:g} from 1e-4.",
    )


@checker
def start_half(answer):
    """answer: E a^2 for a = max(0, z), z normal with mean 0 and standard deviation s, a formula in s."""
    expect_formula(
        answer,
        "s^2/2",
        {"s": (1, 3)},
        mistakes=[
            (
                "s^2",
                "This is the mean square of z; where z is negative ReLU leaves nothing of it.",
            ),
            ("s/2", "s is a standard deviation: the mean of the squares goes with s²."),
            (
                "s^2/4",
                "The half is taken twice, as if each a were half of z: half of the z² are lost, and the others stay as they are.",
            ),
            (
                "s/sqrt(2*pi)",
                "This is the mean of a itself: the mean of its square is asked for.",
            ),
            (
                "s^2/(2*pi)",
                "This is the square of the mean of a: the mean of the squares is asked for.",
            ),
            (
                "s^2/2 - s^2/(2*pi)",
                "This is the variance of a: its mean is not 0, so that it differs from the mean square.",
            ),
            ("s/sqrt(2)", "This is the root of the mean square."),
        ],
    )
    return "The negative half of the z is lost, and with it half of the mean square."


@checker
def start_weights(weights):
    """weights: a function (n_out, n_in, rng) -> (n_out, n_in) of random numbers with mean 0 and variance 1 / n_in."""
    n_out, n_in = 600, 200
    drawn = [
        call(weights, n_out, n_in, np.random.default_rng(seed)) for seed in (0, 0, 1)
    ]
    W = as_numbers("the weights", drawn[0])
    expect_array("W", np.zeros_like(W), np.zeros((n_out, n_in)))  # its shape
    if not np.array_equal(drawn[0], drawn[1]):
        raise NotYet(
            "Two generators with the same seed give different weights: draw them from rng."
        )
    if np.array_equal(drawn[0], drawn[2]):
        raise NotYet(
            "The weights are the same for every rng: draw them from it, with rng.standard_normal for example."
        )
    if abs(W.mean()) > 0.1 * W.std():
        raise NotYet(
            f"The weights have the mean {W.mean():.3g}: in the sum of the squares their products drop out only if the mean is 0."
        )
    slips = {
        xavier: "This is the variance of Xavier, the middle between the way there and the way back; here only the way there counts.",
        he: "This is the variance for ReLU: it is twice what keeps z.",
        small: "This is the fixed factor 0.01, which knows nothing of n_in.",
    }
    mistakes = [
        (n_in * (f(n_out, n_in, np.random.default_rng(0)) ** 2).mean(), said)
        for f, said in slips.items()
    ]
    mistakes += [
        (
            1 / n_in,
            "The factor is the variance; the numbers of standard_normal are to be multiplied by the standard deviation, its root.",
        ),
        (
            n_in / n_out,
            "A unit adds up its n_in inputs; the number of units in the layer, n_out, does not make its z larger.",
        ),
        (
            n_in,
            "The weights have the variance 1, whatever the number of inputs: each unit adds up n_in terms of full size.",
        ),
        (
            n_in**2,
            "The factor makes the weights larger with the number of inputs; the more terms are added, the smaller each has to be.",
        ),
    ]
    squares = n_in * (W**2).mean()
    for wrong, message in mistakes:
        if abs(squares / wrong - 1) < 0.05:
            raise NotYet(message)
    expect_number("E z² over the mean of the x²", squares, 1, tolerance=0.05)
    return f"With 200 inputs the mean of the z² is {squares:.2f} times that of the x²."

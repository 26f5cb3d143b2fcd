"""The exercises of the chapter on backpropagation."""

import re

import numpy as np
import sympy as sp

from shallowlib.activations import sigmoid, tanh
from shallowlib.exercises.answers import (
    NotYet,
    as_numbers,
    call,
    checker,
    expect_array,
    expect_choice,
)
from shallowlib.exercises.expressions import expect_formula, read
from shallowlib.gradcheck import numerical_gradient
from shallowlib.initializers import initialize, xavier
from shallowlib.losses import cost, cross_entropy, half_squared_error
from shallowlib.network import Cache, Parameters, backward, forward


@checker
def backpropagation_small_numbers(dW2, dz1):
    """dW2, dz1: two arrays, worked out by hand for one example."""
    W2 = np.array([[1.0, 0.0, -2.0], [3.0, 1.0, 0.0]])
    dz2, a1 = np.array([[1.0], [-2.0]]), np.array([[0.0], [0.5], [-0.5]])
    one, slope = np.ones((1, 1)), 1 - a1**2
    # Where y = 0, the output is the error; where m = 1, db1 is dz1.
    cache = Cache(a1, a1, dz2, dz2)
    truth = backward(Parameters(one, a1, W2, dz2), cache, one, 0 * dz2, tanh)

    def dW2_is(k, j):
        return f"dW2[{k}, {j}], in row {k + 1} and column {j + 1}, is not right yet: it is the error of output {k + 1} times a_{j + 1}."

    def dz1_is(j, _):
        return f"dW2 is right. dz1[{j}, 0], of hidden unit {j + 1}, is not yet: what it collects is column {j + 1} of W2 times dz2, and its slope is 1 - a_{j + 1}²."

    expect_array(
        "dW2",
        dW2,
        truth.dW2,
        mistakes=[
            (
                -truth.dW2,
                "Every sign of dW2 is turned round: the error comes as it is, not with a minus; the minus is in the step of gradient descent.",
            ),
            (
                W2 * truth.dW2,
                "W2 itself is no factor of its gradient: an entry is the error of the unit it leads to, times the input it carries.",
            ),
            (
                abs(dz2) @ a1.T,
                "The second error is -2: its minus belongs in the second row.",
            ),
            (
                dz2 @ abs(a1).T,
                "The third input is -0.5: its minus belongs in the third column.",
            ),
            (
                dz2 @ slope.T,
                "The slopes of the hidden units are multiplied in here; the weights of layer 2 carry the outputs a1 themselves.",
            ),
            *at_the_worst("dW2", dW2, truth.dW2, dW2_is),
        ],
        like="W2",
    )
    expect_array(
        "dz1",
        dz1,
        truth.db1,
        mistakes=[
            (
                W2.T @ dz2,
                "dW2 is right. These numbers are what each hidden unit collects, da1: the slope of its activation is missing.",
            ),
            (
                W2.T @ dz2 * a1,
                "dW2 is right. Here each unit's collected error is multiplied by a1 and not by the slope of tanh.",
            ),
            (
                W2.T @ dz2 * (1 - a1),
                "dW2 is right. The slope of tanh is 1 - a², with the square.",
            ),
            (
                W2.T @ dz2 * a1 * (1 - a1),
                "dW2 is right. a(1 - a) is the slope of the sigmoid; this layer has tanh.",
            ),
            (
                W2.T @ abs(dz2) * slope,
                "dW2 is right. The second error is -2: its minus counts when a column is collected.",
            ),
            (-truth.db1, "dW2 is right. Every sign of dz1 is turned round."),
            *at_the_worst("dz1", dz1, truth.db1, dz1_is),
        ],
        like="z1",
    )
    return "The errors are collected down the columns of W2, and the slopes of the units whose a is not 0 are less than 1."


def at_the_worst(name, got, expected, say):
    """A mistake for expect_array: any other, of which the entry that is most wrong is named."""
    got = as_numbers(name, got)
    if got.shape != expected.shape:
        return []
    return [(got, say(*np.unravel_index(np.argmax(abs(got - expected)), got.shape)))]


@checker
def backpropagation_tanh_output(loss):
    """loss: a formula in z and y whose slope by z is tanh(z) - y, up to a term without z."""
    letters = {"z": (-3, 4), "y": (-1, 1)}  # no point tried has z = 0
    slope = sp.diff(read(loss, letters), sp.Symbol("z", real=True))
    mistakes = [
        (
            "(tanh(z) - y)*(1 - tanh(z)^2)",
            "This is half the squared error of tanh: its slope is (a - y) times the slope of tanh, 1 - a².",
        ),
        (
            "2*(tanh(z) - y)*(1 - tanh(z)^2)",
            "This is the squared error of tanh: its slope is a - y times 2 and times the slope of tanh.",
        ),
        (
            "(tanh(z) - y)*(1 + tanh(z))/tanh(z)",
            "This is cross-entropy with tanh in the place of the sigmoid: an a below 0 has no logarithm, and the slope is not a - y. Start from the slope, and integrate.",
        ),
        (
            "z - y",
            "This loss belongs to the output a = z: its B is z²/2, and B' = z. Look for B' = tanh.",
        ),
        (
            "1/(1 + exp(-z)) - y",
            "This is cross-entropy, which belongs to the sigmoid: its B has the slope of the sigmoid. Look for B' = tanh.",
        ),
        (
            "tanh(z)",
            "B is right, and its slope is all there is: the part of the loss that knows the target is missing, or has no z in it.",
        ),
        ("-y", "The term with y is right; B, whose slope is tanh, is missing."),
        (
            "0",
            "There is no z in it, so its slope by z is 0: look for B with B' = tanh.",
        ),
        ("y - tanh(z)", "Every sign is turned round: the slope of this loss is y - a."),
        (
            "2*(tanh(z) - y)",
            "The slope of this loss is twice a - y: there is a factor 2 too many.",
        ),
        ("tanh(z) + y", "B is right; the term with y has the wrong sign."),
        (
            "-tanh(z) - y",
            "The slope of your B is -tanh: is the sign in front of the logarithm right?",
        ),
        (
            "1 - tanh(z)^2",
            "This is the slope that is wanted, or tanh itself: a loss is a function of which this is the slope, so integrate over z.",
        ),
        (
            "1 - tanh(z)^2 - y",
            "Your B has the slope 1 - tanh², so B is tanh itself. B is a function whose slope is tanh: integrate.",
        ),
        (
            "1/tanh(z) - y",
            "The slope of your B is 1/tanh: the numerator of tanh is in the logarithm, and the denominator should be.",
        ),
    ]
    try:
        expect_formula(slope, "tanh(z) - y", letters, mistakes=mistakes)
    except NotYet as error:
        told = str(error)
        if told in (message for _, message in mistakes):
            raise
        raise NotYet(
            f"This is about the slope of your loss by z, which must be a - y. {told}"
        ) from None
    return "Its slope by z is tanh(z) - y. A term without z would change nothing."


def by_nudges(f, *arrays):
    """The derivatives of a number by the entries of four arrays at most."""
    kept = Parameters(*arrays, *[np.zeros((1, 1))] * (4 - len(arrays)))
    return numerical_gradient(lambda p: f(*p[: len(arrays)]), kept)[: len(arrays)]


def call_with_shapes(told, function, *args):
    """What the reader's function returns; NotYet with what is told where shapes in it do not fit."""
    try:
        return call(function, *args)
    except ValueError as error:
        if re.search("mismatch|broadcast|aligned", str(error)):  # NumPy's words
            raise NotYet(f"The shapes do not fit. {told}") from error
        raise


@checker
def backpropagation_input(gradient_by_X):
    """gradient_by_X: a function of W1 and dZ1: the derivative of J by X."""
    rng = np.random.default_rng(0)
    for n_x, n_h, n_y, m in ((2, 5, 1, 3), (4, 3, 2, 6)):
        params = initialize(n_x, n_h, n_y, rng, weights=xavier)
        X, Y = rng.standard_normal((n_x, m)), 1.0 * (rng.random((n_y, m)) < 0.5)
        Z1, A1, _, A2 = forward(params, X, tanh, sigmoid)
        W1, dZ1 = params.W1, params.W2.T @ (A2 - Y) * tanh.prime(Z1, A1)

        def J(X, params=params, Y=Y):
            return cost(forward(params, X, tanh, sigmoid).Z2, Y, cross_entropy)

        mistakes = [
            (
                W1.T @ dZ1,
                "Column i of this is the derivative of the loss of example i alone; in J this loss stands with a factor.",
            ),
            (
                W1.T @ dZ1 / m**2,
                "1/m is in it twice: nothing is summed over the examples, so there is one 1/m, that of J.",
            ),
            (
                W1.T @ dZ1 / n_x,
                "This is divided by the number of inputs; J is the average over the examples.",
            ),
            (
                W1.T @ dZ1 / n_h,
                "This is divided by the number of hidden units; J is the average over the examples.",
            ),
            (-W1.T @ dZ1 / m, "The sign is turned round."),
        ]
        [truth] = by_nudges(J, X)
        got = call_with_shapes(
            "W1 has shape (n_h, n_x), and dZ1 (n_h, m): which product gives (n_x, m)? Input l collects column l of W1.",
            gradient_by_X,
            W1.copy(),
            dZ1.copy(),
        )
        expect_array("the gradient", got, truth, mistakes=mistakes, like="X")
    return "For two networks it is what nudging every entry of X gives."


@checker
def backpropagation_three_layers(errors):
    """errors: a function of W2, W3, A1, A2, A3, Y: the arrays dZ3, dZ2, dZ1."""
    rng = np.random.default_rng(0)
    for n1, n2, n3, m in (
        (3, 3, 3, 4),
        (4, 5, 2, 3),
    ):  # in the first all slips have the right shape
        Z1, Y = rng.standard_normal((n1, m)), rng.standard_normal((n3, m))
        W2, W3 = rng.standard_normal((n2, n1)), rng.standard_normal((n3, n2))

        def outputs(E1, E2, E3, Z1=Z1, W2=W2, W3=W3):
            A1 = tanh(Z1 + E1)
            A2 = tanh(W2 @ A1 + E2)
            return A1, A2, W3 @ A2 + E3

        def J(*nudges, outputs=outputs, Y=Y):
            return cost(outputs(*nudges)[-1], Y, half_squared_error)

        nudges = np.zeros((n1, m)), np.zeros((n2, m)), np.zeros((n3, m))
        A1, A2, A3 = outputs(*nudges)
        got = call_with_shapes(
            "W2 has shape (n_2, n_1), W3 (n_3, n_2), and dZ of layer l (n_l, m), as A has: which product leads back to (n_2, m), and which to (n_1, m)?",
            errors,
            *(a.copy() for a in (W2, W3, A1, A2, A3, Y)),
        )
        if not isinstance(got, tuple | list) or len(got) != 3:
            raise NotYet("The function should return three arrays: dZ3, dZ2, dZ1.")
        dZ1, dZ2, dZ3 = (m * part for part in by_nudges(J, *nudges))
        slips = (
            slips_of_three_layers(W2, W3, A1, A2, A3, Y, dZ1, dZ2, dZ3)
            if n1 == n2 == n3
            else ((), (), ())
        )
        expect_array("dZ3", got[0], dZ3, mistakes=slips[0], like="A3")
        expect_array("dZ2", got[1], dZ2, mistakes=slips[1], like="A2")
        expect_array("dZ1", got[2], dZ1, mistakes=slips[2], like="A1")
    return "For two networks each error is what nudging every pre-activation gives. A layer more is one line more."


def slips_of_three_layers(W2, W3, A1, A2, A3, Y, dZ1, dZ2, dZ3):
    """The mistakes in dZ3, dZ2 and dZ1, for layers of one width."""
    m = A1.shape[1]
    slope1, slope2, slope3 = (tanh.prime(None, A) for A in (A1, A2, A3))
    average = "nothing is summed over the examples yet, so there is no 1/m."
    so_far = "dZ3 is right, and"
    and_2 = "dZ3 and dZ2 are right, and"
    return (
        [
            (
                -dZ3,
                "dZ3 is the output minus the target, and here it is the other way round.",
            ),
            (dZ3 / m, f"In dZ3 {average}"),
            (
                dZ3**2 / 2,
                "For dZ3 this is the loss, not its slope: by which pre-activation is it to be differentiated?",
            ),
            (
                dZ3**2,
                "For dZ3 this is the squared error, and not the slope of half of it.",
            ),
            (
                dZ1,
                "The first of the three should be dZ3, and this is dZ1: return them as dZ3, dZ2, dZ1.",
            ),
            (
                dZ3 * slope3,
                "The slope of tanh is in dZ3, but the output of this network is linear.",
            ),
            (
                dZ3 * slope2,
                "The slope of the second layer is in dZ3: at the output there is the error alone.",
            ),
        ],
        [
            (
                W3.T @ dZ3,
                f"{so_far} dZ2 is collected rightly, but the slope of the second layer's tanh is missing.",
            ),
            (dZ2 / m, f"{so_far} in dZ2 {average}"),
            (
                W3 @ dZ3 * slope2,
                f"{so_far} dZ2 sums along the rows of W3: unit j collects column j.",
            ),
            (
                W2.T @ dZ3 * slope2,
                f"{so_far} dZ2 is collected through W2. Which weights lead from layer 2 to layer 3?",
            ),
            (
                W3.T @ dZ3 * slope1,
                f"{so_far} dZ2 has the slope at A1, which belongs to the layer before.",
            ),
            (
                W3.T @ dZ3 * slope3,
                f"{so_far} dZ2 has a slope at A3, which belongs to the layer after.",
            ),
            (
                W3.T @ (dZ3 * slope2),
                f"{so_far} in dZ2 the slope of layer 2 is multiplied in before W3; it belongs to what the units of layer 2 have collected, after the product.",
            ),
            (
                A2 - Y,
                f"{so_far} dZ2 is A2 - Y: only the output has a target, a hidden layer collects.",
            ),
            *slips_of_slope("dZ2", so_far, W3.T @ dZ3, A2),
        ],
        [
            (
                W2.T @ dZ2,
                f"{and_2} dZ1 is collected rightly, but the slope of the first layer's tanh is missing.",
            ),
            (dZ1 / m, f"{and_2} in dZ1 {average}"),
            (
                W2 @ dZ2 * slope1,
                f"{and_2} dZ1 sums along the rows of W2: unit j collects column j.",
            ),
            (
                W3.T @ dZ2 * slope1,
                f"{and_2} dZ1 is collected through W3. Which weights lead from layer 1 to layer 2?",
            ),
            (
                W2.T @ dZ2 * slope2,
                f"{and_2} dZ1 has the slope at A2, which belongs to the layer after.",
            ),
            (
                W2.T @ W3.T @ dZ3 * slope1,
                f"{and_2} dZ1 has lost the slope of the second layer on the way: it collects dZ2.",
            ),
            (
                W2.T @ (dZ2 * slope1),
                f"{and_2} in dZ1 the slope of layer 1 is multiplied in before W2; it belongs to what the units of layer 1 have collected, after the product.",
            ),
            (
                W3.T @ dZ3 * slope1,
                f"{and_2} dZ1 is collected through W3 from dZ3: that is the step to layer 2. What layer 1 collects comes from layer 2, the next one.",
            ),
            (
                A1 - Y,
                f"{and_2} dZ1 is A1 - Y: only the output has a target, a hidden layer collects.",
            ),
            *slips_of_slope("dZ1", and_2, W2.T @ dZ2, A1),
            (
                W2.T @ dZ3 * slope1,
                f"{and_2} dZ1 collects dZ3, which is two layers on: the error passes through layer 2 first.",
            ),
        ],
    )


def slips_of_slope(name, so_far, collected, A):
    """The mistakes in an error whose layer has tanh: what takes the place of 1 - A²."""
    return [
        (
            collected * A * (1 - A),
            f"{so_far} in {name} A(1 - A) is the slope of the sigmoid; this layer has tanh.",
        ),
        (
            collected * (1 - np.tanh(A) ** 2),
            f"{so_far} in {name} tanh is taken of A, which is tanh(Z) already.",
        ),
        (
            collected * (1 - A) ** 2,
            f"{so_far} in {name} the square is of A alone, and not of 1 - A.",
        ),
        (
            collected * (1 - A),
            f"{so_far} in {name} the slope of tanh is 1 - A², with the square.",
        ),
        (
            collected * A,
            f"{so_far} in {name} A itself stands where the slope of tanh should.",
        ),
    ]


@checker
def backpropagation_small_weights(prediction, measured):
    """prediction: which gradient falls with W2, dW1, dW2, both or neither; measured: the parts left of dW1 and of dW2."""
    left = as_numbers("what was measured", measured)
    if left.shape != (2,) or not (0 < left[0] < 0.1 < left[1]):
        raise NotYet(
            "These are not the two parts that the lines measure, that of dW1 and that of dW2: run them as they stand."
        )
    seen = f"You measured that {left[0]:.3f} is left of dW1, and {left[1]:.2f} of dW2."
    messages = {
        "dW1": f"{seen} The hidden error comes through W2, which is a factor of dZ1; dW2 has the output's error, which is about one half for each example.",
        "dW2": f"{seen} The gradient of a weight does not have the weight itself as a factor: look for W2 on the right sides of the six lines.",
        "both": f"{seen} It is so for one of them: look for W2 on the right sides of the six lines, and for what is made from that line.",
        "neither": f"{seen} One of them falls with W2: look for W2 as a factor on the right sides of the six lines, and for what is made from that line.",
    }
    return expect_choice(prediction, messages, right="dW1")

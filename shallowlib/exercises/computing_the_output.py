"""The exercises of the chapter on computing the output."""

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
from shallowlib.exercises.expressions import agree, expect_formula, read, shown
from shallowlib.network import Parameters, forward

# The hidden layer of the chapter's example, in units of log 3.
V1 = np.array([[2.0, 1, 0], [0, 1, -1], [1, -1, -1], [1, 0, 1]])
C1 = np.array([[0.0], [2.0], [0.0], [-4.0]])
OLD_X = np.array([[1.0], [-1.0], [2.0]])
NEW_X = np.ones((3, 1))


@checker
def output_columns(term):
    """term: a function of W, x and l: what input l adds to the column W x."""
    rng = np.random.default_rng(0)
    for n_h, n_x in (
        (4, 4),
        (5, 3),
    ):  # first square, so that no shape gives a slip away
        W, x = rng.standard_normal((n_h, n_x)), rng.standard_normal((n_x, 1))
        terms = []
        for l in range(n_x):
            mistakes = [
                (
                    W[:, [l]],
                    "This is column l of W; it still has to be multiplied by entry l of x.",
                ),
                (
                    W @ x,
                    "This is the whole product. What does input l alone add to it?",
                ),
            ]
            if n_h == n_x:
                row = "This is row l of W: the weights of one unit. The weights that lead from input l stand in a column."
                mistakes += [
                    (W[[l], :].T * x[l], row),
                    (W[[l], :].T, row),
                    (
                        W[:, [l]] * x,
                        "Column l is multiplied by all of x, entry by entry; it belongs to the one number x_l.",
                    ),
                    (
                        W[[l], :].T * x,
                        "This is row l of W times x, entry by entry: its sum is one entry of the product. What does one input add to all entries?",
                    ),
                ]
            got = as_numbers("the term", call(term, W, x, l))
            if got.shape == (
                n_h,
            ):  # what the numbers are comes first, then their shape
                shape = f"The numbers are right, but their shape is ({n_h},), and W x has shape ({n_h}, 1): W[:, [l]] keeps the column a column, W[:, l] does not."
                for wrong, message in [(W[:, [l]] * x[l], shape), *mistakes]:
                    if np.allclose(got, wrong.ravel()):
                        raise NotYet(message)
            expect_array(
                "the term", got, W[:, [l]] * x[l], mistakes=mistakes, like="W x"
            )
            terms.append(got)
        expect_array("the sum of the terms", sum(terms), W @ x)
    return "The terms of all inputs add up to W x."


@checker
def output_bias(c1):
    """c1: four numbers; b1 is log 3 times them, and with it x = (1, 1, 1) gives the z1 that it had before."""
    numbers = as_numbers("c1", c1)
    if numbers.size != 4:
        raise NotYet(f"c1 has four numbers, one for each hidden unit; this is {c1}.")
    c1 = numbers.reshape(4, 1)
    z1, product = V1 @ OLD_X + C1, V1 @ NEW_X
    if np.allclose(c1, np.log(3) * (z1 - product), atol=0.01):  # often rounded
        raise NotYet(
            "These are the numbers times log 3; the answer is to be in units of log 3, without the factor."
        )
    slips = [
        (C1, "This is the old c1. With it z1 is not what it was, because W1 x is not."),
        (
            product - z1,
            "The sign is the other one: c1 is what has to be added to W1 x to reach z1.",
        ),
        (
            -product,
            "This makes z1 zero; it has to be what it was before, (1, -1, 0, -1).",
        ),
        (z1, "This is z1 itself; W1 x is a part of it, and c1 is the rest."),
        (
            product,
            "This is W1 x for the new x. What has to be added to it to reach the old z1?",
        ),
        (
            C1 + product - V1 @ OLD_X,
            "W1 x has changed, and c1 has to make up for the change: this c1 doubles it.",
        ),
    ]
    # Told in z1, so that no entry of c1 is given away.
    expect_array(
        "With this c1, (z1 / log 3)",
        product + c1,
        z1,
        mistakes=[(product + slip, message) for slip, message in slips],
    )
    params = Parameters(
        np.log(3) * V1, np.log(3) * c1, np.ones((1, 4)), np.zeros((1, 1))
    )
    old = params._replace(b1=np.log(3) * C1)
    expect_array(
        "A1",
        forward(params, NEW_X, sigmoid, sigmoid).A1,
        forward(old, OLD_X, sigmoid, sigmoid).A1,
    )
    return "z1 is (1, -1, 0, -1) again, in units of log 3, and all that follows from it is the same."


@checker
def output_last_row(prediction, done):
    """prediction: the line of forward that fails with n_x rows in W1; done: the lines that did not, in order."""
    if list(done) != ["Z1", "A1"]:
        raise NotYet(
            f"The run says that it did {', '.join(done) or 'no line'}. With 3 of the 4 rows of W1 and b1 it gets to another line: run the code as it was."
        )
    return expect_choice(
        prediction,
        {
            "Z1": "This line ran. The three rows that are left still have three columns, one for each entry of x: z1 has one entry less, and that is no error.",
            "A1": "This line ran: the activation function acts on each entry by itself, and takes any number of them.",
            "Z2": "W2 has four columns, one for each hidden unit, and A1 has three rows: the first line that needs the lost unit fails.",
            "A2": "The run did not come so far. Which line is the first that combines all hidden units?",
        },
        right="Z2",
    )


@checker
def output_layer(layer):
    """layer: a function of W, b, a and g: the activations of a layer from those of the one before."""
    rng = np.random.default_rng(0)
    W, b, a = (rng.standard_normal(shape) for shape in ((3, 3), (3, 1), (3, 1)))
    expect_array(
        "the activation",
        call(layer, W, b, a, tanh),
        tanh(W @ a + b),
        mistakes=[
            (W @ a + b, "This is z: g has still to be applied."),
            (tanh(W @ a), "The bias is missing."),
            (tanh(W @ a) + b, "The bias is added after g; it belongs to z, inside g."),
            (
                tanh(W.T @ a + b),
                "With W.T the columns are read as the units; they are the rows.",
            ),
            (
                W @ tanh(a) + b,
                "g is applied to what comes in; it belongs to what goes out, W a + b.",
            ),
            (
                sigmoid(W @ a + b),
                "This always takes the sigmoid; g is handed in, and here it is tanh.",
            ),
        ],
        like="b",
    )
    shapes = (4, 3), (4, 1), (2, 4), (2, 1)
    params = Parameters(*(rng.standard_normal(shape) for shape in shapes))
    x = rng.standard_normal((3, 1))
    A1 = call(layer, params.W1, params.b1, x, tanh)
    A2 = call(layer, params.W2, params.b2, A1, sigmoid)
    expect_array("A2", A2, forward(params, x, tanh, sigmoid).A2, like="b2")
    return "Called twice, it gives the A2 of forward, for a network with 3 inputs, 4 hidden units and 2 outputs."


def at_small_sizes(answer, truth, letters):
    """The answer itself as the last mistake, with what it gives for a small network."""
    got, true = read(answer, letters), read(truth, letters)
    for sizes in (2, 3, 4), (3, 4, 1), (1, 5, 2):
        point = {
            sp.Symbol(name, real=True): size
            for name, size in zip(letters, sizes, strict=True)
        }
        values = [formula.subs(point).evalf(30) for formula in (got, true)]
        if not agree(*values):
            mine, right = map(shown, values)
            n_x, n_h, n_y = sizes
            return [
                (
                    answer,
                    f"At n_x = {n_x}, n_h = {n_h}, n_y = {n_y} it is {mine}, and should be {right}.",
                )
            ]
    return []


@checker
def output_multiplications(answer):
    """answer: how many multiplications the forward pass takes for one example, a formula in n_x, n_h and n_y."""
    truth = "n_h*n_x + n_y*n_h"
    letters = dict.fromkeys(
        ("n_x", "n_h", "n_y"), (0, 100)
    )  # tried in hundredths: whole numbers
    expect_formula(
        answer,
        truth,
        letters,
        mistakes=[
            (
                16,
                "This is the number for the network of the chapter; a formula for any sizes is asked for.",
            ),
            (
                "n_h*n_x",
                "This is the hidden layer alone; the output layer multiplies as well.",
            ),
            (
                "n_y*n_h",
                "This is the output layer alone; the hidden layer multiplies as well.",
            ),
            (
                "n_h*n_x*n_y",
                "One layer comes after the other: their numbers are added, not multiplied.",
            ),
            (
                "n_h*(n_x + 1) + n_y*(n_h + 1)",
                "This is the number of parameters; a bias is added, and takes no multiplication.",
            ),
            (
                "n_x + n_h + n_y",
                "These are the inputs and the units. How many multiplications does one unit make?",
            ),
            (
                "n_h + n_y",
                "This counts one for each unit. How many multiplications does one unit make?",
            ),
            (
                "n_h*n_x + n_y*n_x",
                "An output unit does not see the inputs: how many numbers does it see?",
            ),
            (
                "2*(n_h*n_x + n_y*n_h)",
                "This counts the additions too; multiplications are asked for.",
            ),
            *at_small_sizes(answer, truth, letters),
        ],
    )
    return "Each weight is used once for each example, so it is also the number of weights."

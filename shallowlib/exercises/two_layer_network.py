"""The exercises of the chapter on two layers."""

import numpy as np

from shallowlib.activations import identity, relu, sigmoid
from shallowlib.exercises.answers import (
    NotYet,
    as_numbers,
    call,
    checker,
    expect_array,
    expect_choice,
    expect_number,
)
from shallowlib.initializers import initialize
from shallowlib.network import Parameters, forward

CORNERS = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])
XOR = np.array([[0.0, 1.0, 1.0, 0.0]])


@checker
def two_layer_count(parameters, in_A1):
    """parameters, in_A1: how many a 2-5-1 network has, and how many numbers are in A1 for 400 examples."""
    n_x, n_h, n_y, m = 2, 5, 1, 400
    params = initialize(n_x, n_h, n_y, np.random.default_rng(0))
    sizes = [p.size for p in params]
    cache = forward(params, np.zeros((n_x, m)), sigmoid, sigmoid)
    expect_number(
        "the number of parameters",
        parameters,
        sum(sizes),
        mistakes=[
            (
                sizes[0] + sizes[2],
                "These are the weights alone: every unit has a bias as well.",
            ),
            (sum(sizes) - n_y, "The bias of the output unit is missing."),
            (sum(sizes) - n_h, "The biases of the hidden units are missing."),
            (
                sum(sizes) - n_h + 1,
                "One bias for the whole hidden layer is too few: each of its units has its own.",
            ),
            (sum(sizes) + n_x, "The inputs have no biases: they compute nothing."),
            (
                sizes[0],
                "These are the weights of the hidden layer alone; they are not all that training may change.",
            ),
            (
                n_x + n_h + n_y,
                "These are inputs and units. Each unit has a weight for each number that it sees, and a bias.",
            ),
            (
                sum(sizes) * m,
                "The parameters are the same for all examples: do not count them once for each.",
            ),
        ],
    )
    expect_number(
        "the number of entries of A1",
        in_A1,
        cache.A1.size,
        mistakes=[
            (n_h, "This is one column of A1, for one example."),
            (
                cache.A2.size,
                "One number for each example: this is A2. How many rows has A1?",
            ),
            (
                n_x * m,
                "This is the size of X. A1 holds what comes out of the hidden units, not what goes in.",
            ),
            (sizes[0], "This is the size of W1. A1 has a column for each example."),
            (
                (n_h + n_y) * m,
                "A1 belongs to the hidden layer alone; the output is in A2.",
            ),
        ],
    )
    return f"The parameters are {sizes[0]} + {sizes[1]} + {sizes[2]} + {sizes[3]}, for any m; A1 is {cache.A1.shape}."


@checker
def two_layer_bias(prediction, right):
    """prediction: how many corners of XOR are right with one bias for both hidden units; right: how many were."""
    slip = Parameters(
        W1=np.full((2, 2), 20.0),
        b1=np.array([[-10.0]]),
        W2=np.array([[20.0, -20.0]]),
        b2=np.array([[-10.0]]),
    )
    A2 = forward(slip, CORNERS, sigmoid, sigmoid).A2
    expected = (A2.round() == XOR).sum()
    if right != expected:
        raise NotYet(
            f"The run counts {right} corners, and this network gives another number: run the code as it was, with a b1 of shape (1, 1)."
        )
    expect_number(
        "the number of corners",
        prediction,
        expected,
        mistakes=[
            (
                4,
                "All four need the two biases -10 and -30. Here the second hidden unit has -10 as well: what does it compute now?",
            ),
            (
                3,
                "Three are right if the output is OR. But both hidden units are OR now: what is left of 20 OR - 20 OR?",
            ),
            (
                1,
                "Both hidden units are OR now, and 20 OR - 20 OR is 0 at every corner. What does the output say then, and where is that right?",
            ),
            (
                0,
                "Both hidden units are OR now, and 20 OR - 20 OR is 0 at every corner. What does the output say then, and where is that right?",
            ),
        ],
    )
    return f"Both hidden units compute OR, their difference is 0, and the output is {A2[0, 0]:.1g} at every corner: right for the two of class 0."


@checker
def two_layer_xor_exact(b1, W2):
    """b1, W2: two numbers each, with which two ReLU units that see x1 + x2 give exactly XOR."""
    b1, W2 = as_numbers("b1", b1), as_numbers("W2", W2)
    for name, got in (("b1", b1), ("W2", W2)):
        if got.size != 2:
            raise NotYet(
                f"{name} should be two numbers, one for each hidden unit; this is {got}."
            )
    b1, W2 = b1.reshape(2, 1), W2.reshape(1, 2)
    params = Parameters(np.ones((2, 2)), b1, W2, np.zeros((1, 1)))
    A1, A2 = forward(params, CORNERS, relu, identity)[1::2]
    if not A1.any():
        raise NotYet(
            "Both hidden units are 0 at all corners: a ReLU unit that sees s = x1 + x2 begins to rise at s = -b."
        )
    if A2[0, 0] != 0:
        raise NotYet(
            f"At (0, 0) the output is {A2[0, 0]:.4g}, and should be 0. A unit with a positive b is switched on there already."
        )
    if (A1[:, :3] == 0).all():
        raise NotYet(
            "Both hidden units are still 0 where x1 + x2 is 1, so the output is 0 there too: one has to rise earlier."
        )
    expect_array(
        "the output",
        A2,
        XOR,
        mistakes=[
            (
                [[0, 1, 1, 1]],
                "This is OR: at (1, 1) the output has to come down again. Take away more.",
            ),
            (
                [[0, 1, 1, 2]],
                "This is x1 + x2: nothing is taken away at (1, 1). Does the second unit begin to rise before x1 + x2 is 2?",
            ),
            (
                [[0, 1, 1, 4]],
                "At (1, 1) the second unit adds 2; it should take 2 away.",
            ),
            (
                [[0, 1, 1, 3]],
                "At (1, 1) the second unit adds 1; it should take away, and more.",
            ),
        ],
    )
    return "The output is exactly 0, 1, 1, 0."


@checker
def two_layer_order(reordered):
    """reordered: a function of W1, b1, W2 and an order that returns the three for the hidden units in that order."""
    rng = np.random.default_rng(0)
    order = np.array([2, 0, 3, 1])
    back = np.argsort(order)
    for n_x, n_y in (
        (4, 4),
        (3, 2),
    ):  # first square, so that no shape gives a slip away
        W1, b1, W2, b2 = (
            rng.standard_normal(shape)
            for shape in ((4, n_x), (4, 1), (n_y, 4), (n_y, 1))
        )
        result = call(reordered, W1, b1, W2, order)
        if not isinstance(result, tuple) or len(result) != 3:
            raise NotYet(
                "The function should return three arrays: the new W1, b1 and W2."
            )
        other_way = "This is the order the other way round: row j of the new W1 is row order[j] of the old one."
        expect_array(
            "the new W1",
            result[0],
            W1[order],
            mistakes=[
                (W1, "W1 is as it was: each hidden unit has a row in it."),
                (W1[back], other_way),
                *(
                    [
                        (
                            W1[:, order],
                            "This reorders the inputs: a column of W1 belongs to an input, a row to a hidden unit.",
                        )
                    ]
                    if n_x == 4
                    else []
                ),
            ],
            like="W1",
        )
        expect_array(
            "the new b1",
            result[1],
            b1[order],
            mistakes=[
                (b1, "b1 is as it was: each hidden unit has to take its bias along."),
                (
                    b1[back],
                    "The biases are in the order the other way round: they have to follow the rows of W1.",
                ),
            ],
            like="b1",
        )
        expect_array(
            "the new W2",
            result[2],
            W2[:, order],
            mistakes=[
                (
                    W2,
                    "W2 is as it was: the output would take each hidden unit with the weight of another.",
                ),
                (
                    W2[:, back],
                    "The columns of W2 are in the order the other way round: column j has to belong to hidden unit order[j].",
                ),
                *(
                    [
                        (
                            W2[order],
                            "This reorders the outputs: a row of W2 belongs to an output unit. Where do the hidden units stand in W2?",
                        )
                    ]
                    if n_y == 4
                    else []
                ),
            ],
            like="W2",
        )
        X = rng.standard_normal((n_x, 5))
        old = forward(Parameters(W1, b1, W2, b2), X, sigmoid, sigmoid)
        new = forward(Parameters(*result, b2), X, sigmoid, sigmoid)
        expect_array("A1", new.A1, old.A1[order])
        expect_array("A2", new.A2, old.A2)
    return "The rows of A1 have changed places, and A2 is the same."


@checker
def two_layer_bumps(prediction, with_8, with_16):
    """prediction: what becomes of the error with twice as many bumps; with_8, with_16: the errors, measured."""
    with_8, with_16 = (as_numbers("the error", error) for error in (with_8, with_16))
    width = np.pi / 8
    expect_number("the error with 8 bumps", with_8, np.sin(width / 2), tolerance=0.02)
    expect_number(
        "the error with 16 bumps",
        with_16,
        np.sin(width / 4),
        tolerance=0.02,
        mistakes=[
            (
                with_8,
                "Both runs give the same error: are there 8 bumps in the one and 16 in the other?",
            )
        ],
    )
    seen = f"It goes from {with_8:.3f} to {with_16:.3f}."
    return expect_choice(
        prediction,
        {
            "half": "At its edge a flat bump is off by the slope of the sine times half the width of the bump, and the width is half of what it was.",
            "a quarter": "An error falls like that where straight pieces follow the curve; a flat bump follows only its height, not its slope.",
            "the same": "Narrower bumps leave the sine less room to rise or fall along each.",
        },
        right="half",
        told=seen,
    )

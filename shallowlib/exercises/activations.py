"""The exercises of the chapter on activation functions."""

import numpy as np

from shallowlib.activations import identity, leaky_relu, relu, sigmoid, tanh
from shallowlib.exercises.answers import (
    NotYet,
    as_numbers,
    call,
    checker,
    expect_array,
    expect_choice,
    expect_number,
    four_arrays,
)
from shallowlib.exercises.expressions import expect_formula
from shallowlib.network import Parameters, backward, forward


@checker
def activations_rewrite(rewrite):
    """rewrite: a function of the four parameters of a network with tanh; it returns those of the same one with sigmoids."""
    rng = np.random.default_rng(0)
    shapes = (3, 2), (3, 1), (2, 3), (2, 1)
    given = Parameters(*(rng.standard_normal(shape) for shape in shapes))
    W1, b1, W2, b2 = given
    X = rng.standard_normal((2, 20))
    new = four_arrays(call(rewrite, *(p.copy() for p in given)), shapes)
    outputs = [
        forward(p, X, g, identity).A2 for p, g in ((new, sigmoid), (given, tanh))
    ]
    if not np.allclose(*outputs):
        rows = W2.sum(axis=1, keepdims=True)
        expect_array(
            "W1",
            new.W1,
            2 * W1,
            mistakes=[
                (
                    W1,
                    "W1 is still that of the tanh network: the 2 in sigma(2z) is missing.",
                ),
                (W1 / 2, "W1 is halved: z comes from it, and 2z is wanted."),
            ],
        )
        expect_array(
            "b1",
            new.b1,
            2 * b1,
            mistakes=[
                (
                    b1,
                    "b1 is unchanged, but it is a part of z, and sigma is taken at all of 2z.",
                )
            ],
        )
        expect_array(
            "W2",
            new.W2,
            2 * W2,
            mistakes=[
                (
                    W2,
                    "W2 is unchanged: what becomes of the 2 that stands before sigma?",
                ),
                (W2 / 2, "W2 is halved: a tanh is two sigmoids high, not half of one."),
            ],
        )
        expect_array(
            "b2",
            new.b2,
            b2 - rows,
            mistakes=[
                (
                    b2,
                    "b2 is unchanged: where has the minus 1 of each hidden unit gone?",
                ),
                (
                    b2 + rows,
                    "In b2 the sign of the row sums is wrong: it is minus 1 that goes through W2.",
                ),
                (
                    b2 - 2 * rows,
                    "b2 has twice the row sums: the minus 1 stands beside the 2, and meets W2 as it was.",
                ),
                (
                    b2 - 1,
                    "The minus 1 is one of a hidden unit: it goes through W2 before it gets to b2.",
                ),
                (
                    b2 - 3,
                    "Each of the minus 1 goes through its own weight of W2 before it gets to b2.",
                ),
                (
                    b2 - W2.sum(),
                    "The sum goes over all of W2; each output unit has a row of its own.",
                ),
                (
                    2 * b2 - rows,
                    "b2 is doubled: the 2 stands before sigma, and b2 is not multiplied by it.",
                ),
            ],
        )
    return "At 20 random inputs both networks have the same two outputs."


@checker
def activations_signs(with_sigmoid, with_tanh, shares):
    """with_sigmoid, with_tanh: the shares predicted; shares: both as measured."""
    out_of = "A share lies between 0 and 1."
    with_sigmoid = as_numbers("the share with sigmoid", with_sigmoid)
    with_tanh = as_numbers("the share with tanh", with_tanh)
    expect_number(
        "the share with sigmoid",
        with_sigmoid,
        1,
        tolerance=0.02,
        mistakes=[
            (
                1 / 4,
                "Three coins do that; but the outputs of a sigmoid are no coins: which sign do they have?",
            ),
            (
                1 / 8,
                "This is how often three coins show heads; but which signs can the outputs of a sigmoid have?",
            ),
            (
                1 / 2,
                "The sign of a[2] - y may be either, but it is the same for all entries; and which signs have the sigmoids?",
            ),
            (
                0,
                "All entries have the factor a[2] - y, and the other factor is a sigmoid: can it be negative?",
            ),
            (100, out_of),
        ],
    )
    expect_number(
        "the share with tanh",
        with_tanh,
        2 * 0.5**3,
        tolerance=0.02,
        mistakes=[
            (
                1 / 8,
                "This counts the case that all three are positive; all three negative is one sign too.",
            ),
            (
                1 / 2,
                "This would be right for two hidden units: the third has to agree as well.",
            ),
            (1, "This would need outputs of one sign, and tanh has the sign of z."),
            (
                0,
                "It happens now and then that all three tanh have the same sign: how often, if each is a coin?",
            ),
            (
                3 / 8,
                "Count the ways in which three coins can fall, and those that show one side only.",
            ),
            (25, out_of),
        ],
    )
    measured = as_numbers("the measured shares", shares)
    expect_array("the list of measured shares", measured * 0, np.zeros(2))
    for name, share, expected in zip(
        ("sigmoid", "tanh"), measured, (1, 1 / 4), strict=True
    ):
        expect_number(f"the share measured with {name}", share, expected, tolerance=0.1)
    return f"Measured: {measured[0]:.2f} with sigmoid and {measured[1]:.2f} with tanh, two of the eight ways in which three coins fall."


@checker
def activations_leaky(answer):
    """answer: leaky ReLU as a formula in p, a ReLU of z, and q, a ReLU of -z."""
    on_the_right, on_the_left = float(leaky_relu(1.0)), float(leaky_relu(-1.0))
    expect_formula(
        answer,
        f"{on_the_right}*p + ({on_the_left})*q",
        {"p": (0, 3), "q": (0, 3)},
        mistakes=[
            (
                "p + q/100",
                "This is positive on both sides: for z < 0, what is the sign of q?",
            ),
            (
                "p - q",
                "This is z itself, on both sides: on the left the slope is to be small.",
            ),
            ("p + q", "This is |z|: on the left it rises to the left."),
            ("p", "This is the ReLU; on the left something is missing."),
            (
                "p/100 - q",
                "The two sides have changed places: which of p and q is not 0 for z < 0?",
            ),
            (
                "(p - q)/100",
                "This is 0.01 z on both sides; on the right the slope is 1.",
            ),
            (
                "p - 100*q",
                "On the left this is 100 z, a hundred times z and not a hundredth.",
            ),
        ],
    )
    return "Two ReLUs do the work of one leaky ReLU, so no function is out of reach for ReLU that leaky ReLU can compute."


@checker
def activations_dead(dead):
    """dead: a function of Z1; it returns the number of dead units."""
    rng = np.random.default_rng(0)
    signs = np.ones((9, 6))
    signs[[1, 5]] = -1  # dead
    signs[2, :5] = signs[7, 3] = -1  # on the whole on the left, on the right
    Z1 = signs * rng.uniform(1, 2, signs.shape)
    for hidden in (Z1, Z1[6:]):
        (n_h, m), left = hidden.shape, hidden < 0
        # A network whose inputs are these Z1, and the units that its gradient leaves alone.
        params = Parameters(
            np.eye(n_h), np.zeros((n_h, 1)), np.ones((1, n_h)), np.zeros((1, 1))
        )
        cache = forward(params, hidden, relu, sigmoid)
        grads = backward(params, cache, hidden, np.zeros((1, m)), relu)
        expected = int((grads.db1 == 0).sum())
        got = call(dead, hidden.copy())
        size = as_numbers("the number of dead units", got).size
        if size > 1:
            raise NotYet(
                f"One number is expected, and this has {size} entries: their sum counts the True among them."
            )
        mistakes = [
            (
                left.any(axis=1).sum(),
                "This counts the units with z < 0 for any example; a dead one has it for all.",
            ),
            (
                left.all(axis=0).sum(),
                "This counts the examples with z < 0 at all units: it goes along the wrong axis.",
            ),
            (
                left.any(axis=0).sum(),
                "This counts the examples with z < 0 at any unit: it goes along the wrong axis.",
            ),
            (left.sum(), "This counts entries of Z1; a unit is a whole row."),
            (
                (hidden.mean(axis=1) < 0).sum(),
                "This looks at the mean of a row: a unit with a negative mean may have examples with z > 0.",
            ),
            ((~left).any(axis=1).sum(), "This counts the units that are not dead."),
            (
                (~left).all(axis=1).sum(),
                "This counts the units with z > 0 for all examples.",
            ),
        ]
        told_apart = hidden is Z1  # in the other case too many of them are alike
        expect_number(
            "the number of dead units",
            got,
            expected,
            mistakes=mistakes if told_apart else [],
        )
    return "The gradient says the same: just these units have a row of zeros."


@checker
def activations_flower(prediction, tanh_ahead):
    """prediction: "tanh", "ReLU" or "neither"; tanh_ahead: the number of runs, of 20, that tanh won."""
    counted = as_numbers("the number of runs that tanh won", tanh_ahead)
    if counted.size != 1 or not 15 <= counted <= 20:
        raise NotYet(
            f"The count of runs is {counted}, and with the code as it stood it is at least 15 of 20: was it changed?"
        )
    count = f"tanh ended at the lower cost in {int(counted.item())} of 20 runs"
    return expect_choice(
        prediction,
        {
            "tanh": f"{count}: its bends are round, and so are the petals. No rule of thumb holds for every data set.",
            "ReLU": f"You went with the rule of thumb, but {count}: think of a round boundary, put together from six bent lines.",
            "neither": f"The shapes of the two do make a difference here: {count}.",
        },
        right="tanh",
    )

"""The exercises of the chapter on linear layers."""

import numpy as np

from shallowlib.activations import identity, relu
from shallowlib.exercises.answers import (
    as_numbers,
    call,
    checker,
    expect_array,
    expect_number,
    four_arrays,
)
from shallowlib.exercises.expressions import expect_formula
from shallowlib.network import Parameters, forward


def collapsed(params):
    """(W', b') of a linear network, from what forward gives at 0 and at the unit vectors."""
    n_x = params.W1.shape[1]
    b_one = forward(params, np.zeros((n_x, 1)), identity, identity).A2
    return forward(params, np.eye(n_x), identity, identity).A2 - b_one, b_one


@checker
def collapse_by_hand(W_one, b_one):
    """W_one, b_one: the row W' and the number b' of a given network."""
    W1, b1 = np.array([[1.0, 2], [0, -1]]), np.array([[1.0], [3]])
    W2, b2 = np.array([[2.0, 1]]), np.array([[-4.0]])
    W_true, b_true = collapsed(Parameters(W1, b1, W2, b2))
    W_one = as_numbers("W'", W_one)
    expect_array(
        "W'",
        W_one[np.newaxis] if W_one.ndim == 1 else W_one,
        W_true,
        mistakes=[
            (
                W2 @ W1.T,
                "Here the row of W2 meets the rows of W1; in the product W2 W1 it meets the columns.",
            ),
            (
                2 * W1[[0]],
                "Only the first row of W1 is in this: the second hidden unit has a weight in W2 too.",
            ),
            (
                W1.sum(axis=0, keepdims=True),
                "This adds the rows of W1 as they are; W2 says how often each is taken.",
            ),
            (
                2 * W1[[0]] - W1[[1]],
                "Look at the sign of the second row: W2 takes it once, as it is.",
            ),
            (W_true + [[0, 2]], "In the second entry, mind the sign of the -1 in W1."),
        ],
    )
    expect_number(
        "b'",
        b_one,
        b_true.item(),
        mistakes=[
            (
                (b1.sum() + b2).item(),
                "The hidden biases go through W2 before they get to the output: here they are added as they are.",
            ),
            (
                b2.item(),
                "This is b2 alone: the first layer has biases too, and W2 passes them on.",
            ),
            ((W2 @ b1).item(), "This is W2 b1: the output's own bias is missing."),
            ((W2 @ b1 - b2).item(), "The sign of b2 is wrong: b' is W2 b1 plus b2."),
            (
                (W2[:, ::-1] @ b1 + b2).item(),
                "The two hidden biases have changed places: the first weight of W2 belongs to the first hidden unit.",
            ),
        ],
    )
    return "For x = (1, 1) the one layer gives 2 + 3 + 1 = 6, and so do the two."


@checker
def bottleneck(answer):
    """answer: the fourth entry of a column times a row, a formula in the three others."""
    expect_formula(
        answer,
        "u*v/t",
        {"t": (1, 3), "u": (-3, 3), "v": (-3, 3)},
        mistakes=[
            ("u*v", "This is t times w: it is w itself only where t is 1."),
            (
                "t*v/u",
                "Multiply crosswise, not along a column: which entry stands across from t?",
            ),
            (
                "t*u/v",
                "Multiply crosswise, not along a row: which entry stands across from t?",
            ),
            (
                "u + v - t",
                "The entries are products, so it is products that agree crosswise, not sums.",
            ),
            (
                "t*u*v",
                "Each entry is a product of two of p, q, r and s, and this is one of six: something has to be divided out.",
            ),
            (
                "t/(u*v)",
                "This is upside down: write t, u and v as products, and see what is left.",
            ),
            (
                1,
                "1 is what w would have to be for the identity matrix; what must it be, given t, u and v?",
            ),
            (0, "This is right where u or v is 0; find w for any t, u and v."),
            ("-u*v/t", "The sign is wrong: the two products, crosswise, are equal."),
        ],
    )
    return "With t = 1 and u = v = 0 it is 0, and the identity matrix has a 1 there: one linear hidden unit cannot pass two inputs on."


@checker
def logistic_as_network(network):
    """network: a function of w, b and n_h; it returns the parameters of a network with z2 = w^T x + b."""
    rng = np.random.default_rng(0)
    for n_x, n_h in ((3, 4), (3, 1), (2, 6)):
        w, b = rng.standard_normal((n_x, 1)), rng.standard_normal((1, 1))
        shapes = (n_h, n_x), (n_h, 1), (1, n_h), (1, 1)
        params = four_arrays(call(network, w.copy(), b.copy(), n_h), shapes)
        W_one, b_one = collapsed(params)
        here = f" for n_h = {n_h}"
        expect_array(
            f"W'{here}",
            W_one,
            w.T,
            mistakes=[
                (
                    n_h * w.T,
                    "The weights come out n_h times too large: every hidden unit passes on all of w, and the output adds them up.",
                ),
                (
                    w.T / n_h,
                    "The weights come out n_h times too small: are they divided in both layers, or added up for one unit only?",
                ),
                (0 * w.T, "W2 W1 is 0: nothing of x gets to the output."),
                (-w.T, "The weights come out with the wrong sign."),
            ],
        )
        expect_array(
            f"b'{here}",
            b_one,
            b,
            mistakes=[
                (0 * b, "The weights are right; b does not get to the output."),
                (
                    n_h * b,
                    "The bias comes out n_h times: every hidden unit has all of it, and the output adds them up.",
                ),
                (
                    (n_h + 1) * b,
                    "The bias comes out n_h + 1 times: it is in every hidden unit and in the output.",
                ),
                (
                    2 * b,
                    "The bias comes out twice: it is in the hidden layer and in the output.",
                ),
            ],
        )
    return "For three pairs of sizes, W' and b' of the network are w^T and b."


@checker
def absolute_value(W1, W2):
    """W1, W2: the weights of a network with ReLU and without biases that computes |x|."""
    shapes = (2, 1), (2, 1), (1, 2), (1, 1)
    params = four_arrays((W1, np.zeros(shapes[1]), W2, np.zeros(shapes[3])), shapes)
    X = np.array([[-3.0, -0.5, 0.0, 2.0, 5.0]])
    expect_array(
        "the output at -3, -0.5, 0, 2 and 5",
        forward(params, X, relu, identity).A2,
        abs(X),
        mistakes=[
            (
                X,
                "This is x: on the left the output has to rise to the left, so max(0, -x) is added, not taken away.",
            ),
            (
                0 * X,
                "The output is 0 everywhere: the two hidden units are the same, and one is taken from the other.",
            ),
            (relu(X), "This is max(0, x): on the left of 0 no hidden unit is at work."),
            (
                2 * relu(X),
                "Both hidden units compute max(0, x): one of them should be at work on the left of 0.",
            ),
            (
                2 * relu(-X),
                "Both hidden units compute max(0, -x): one of them should be at work on the right of 0.",
            ),
            (-abs(X), "The shape is right and upside down: look at the signs in W2."),
        ],
    )
    return "Two bent lines make the corner: at five places the output is |x|."


@checker
def nearly_linear(prediction, measured):
    """prediction: how many times smaller the gap gets; measured: the same from the run."""
    measured = as_numbers("the measured factor", measured)
    expect_number("the measured factor", measured, 100, tolerance=20)
    expect_number(
        "the factor",
        prediction,
        100,
        mistakes=[
            (
                1000,
                "In the hidden layer it is 1000, for z³; but the output divides by eps, and so takes one factor of 10 back.",
            ),
            (
                10,
                "That would be right for a gap that goes with eps; in z³ there are three factors eps, and the division takes away one.",
            ),
            (
                1,
                "The multiplication by eps and the division would cancel if the gap went with z; it goes with z³.",
            ),
            (
                10000,
                "W2 is divided by eps, not multiplied: the output gives one factor of 10 back and takes none more.",
            ),
        ],
    )
    return f"Measured: {measured.item():.1f} times smaller. The gap goes with the square of eps."

"""The exercises of the chapter on vectorizing."""

import numpy as np

from shallowlib.activations import sigmoid, tanh
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
from shallowlib.network import forward


@checker
def vectorizing_rows(by_rows):
    """by_rows: a function of R = X^T, W and b, arrays, that returns Z^T."""
    rng = np.random.default_rng(0)
    for n_x, n_h, m in (
        (4, 4, 4),
        (3, 4, 6),
    ):  # first square, so that no shape gives a slip away
        R, W, b = (
            rng.standard_normal(shape) for shape in ((m, n_x), (n_h, n_x), (n_h, 1))
        )
        Z, mistakes = W @ R.T + b, []
        if n_x == n_h == m:
            mistakes = [
                (
                    Z,
                    "This is Z, with an example in each column; Z^T has an example in each row.",
                ),
                (
                    R @ W + b.T,
                    "W has to be transposed as well: an example is a row of R, and has to meet the rows of W, which are the units.",
                ),
                (R @ W + b, "W has to be transposed as well, and so has b."),
                (
                    W @ R + b,
                    "W meets the columns of R here, and they are inputs, not examples.",
                ),
                (
                    W @ R + b.T,
                    "W meets the columns of R here, and they are inputs, not examples.",
                ),
                (
                    W.T @ R + b.T,
                    "The transpose of a product is the product of the transposes in reverse order.",
                ),
                (
                    W.T @ R.T + b.T,
                    "The transpose of a product is the product of the transposes in reverse order.",
                ),
                (R.T @ W.T + b.T, "R is X^T already: transposed once more it is X."),
                (
                    R @ W.T + b,
                    "b as a column gives each example a bias of its own: in Z^T a unit is a column. What has to be done to b?",
                ),
                (R @ W.T, "The biases are missing."),
            ]
        expect_array("Z^T", call(by_rows, R, W, b), Z.T, mistakes=mistakes)
    return "It is the transpose of W1 @ X + b1, for two networks."


@checker
def vectorizing_order(prediction, A2, A2_mixed, order):
    """prediction: what becomes of A2 when the examples change places; A2, A2_mixed, order: before, after, the order."""
    A2, A2_mixed = as_numbers("A2", A2), as_numbers("A2_mixed", A2_mixed)
    if not np.allclose(A2_mixed, A2[:, order]) or np.allclose(A2_mixed, A2):
        raise NotYet(
            "The run does not compare the outputs for X and for X[:, order]: run the code as it was."
        )
    return expect_choice(
        prediction,
        {
            "reordered": "Column i of A2 depends on column i of X alone, so each output goes with its example, and no value changes.",
            "the same": "Look at the two printed rows: the first output now belongs to another example. Does a network know which column an example came in?",
            "new values": "Look at the two printed rows: does a value stand in one and not in the other? Each column of A2 is computed from one column of X.",
        },
        right="reordered",
    )


@checker
def vectorizing_centre(centered):
    """centered: a function of X that subtracts from each row its mean over the examples."""
    rng = np.random.default_rng(0)
    for n_x, m in ((3, 3), (3, 6)):  # first square, so that no shape gives a slip away
        X = rng.standard_normal((n_x, m)) + 2
        over_examples = X.mean(axis=1, keepdims=True)
        mistakes = [
            (
                X - X.mean(axis=0),
                "Each example lost the mean of its own inputs: axis=0 runs over the rows. The mean of an input runs over the examples.",
            ),
            (
                X - X.mean(),
                "All inputs lost the same number, the mean of all of X. Each input has a mean of its own.",
            ),
            (X + over_examples, "The means are added; they are to be subtracted."),
            (
                X - X.sum(axis=1, keepdims=True),
                "This subtracts the sums; a mean is the sum divided by m.",
            ),
            (
                (X - over_examples) / X.std(axis=1, keepdims=True),
                "This also divides by the spread: the means are 0, but more was done than asked.",
            ),
            (
                over_examples + 0 * X,
                "These are the means themselves: they are to be subtracted from X.",
            ),
            (X, "This is X as it was."),
        ]
        if n_x == m:
            mistakes += [
                (
                    X - X.mean(axis=1),
                    "The shape (3,) was read as (1, 3): example i lost the mean of input i. The means have to stand in a column.",
                )
            ]
        got = call(centered, X)
        if np.shape(got) == (n_x, 1):
            raise NotYet(
                f"The shape is ({n_x}, 1), one number for each input: are these the means? X without its means has the shape of X."
            )
        expect_array("the result", got, X - over_examples, mistakes=mistakes, like="X")
    return "Each row averages 0, for 3 examples and for 6."


@checker
def vectorizing_flat_bias(numbers):
    """numbers: how many A2 holds for one example, 5 hidden units and a b1 of shape (5,)."""
    rng = np.random.default_rng(0)
    params = initialize(3, 5, 1, rng)._replace(b1=rng.standard_normal(5))
    Z1, _, _, A2 = forward(params, np.ones((3, 1)), tanh, sigmoid)
    expect_number(
        "how many numbers A2 holds",
        numbers,
        A2.size,
        mistakes=[
            (
                1,
                "That is how it should be, with a b1 of shape (5, 1). A shape (5,) is read as (1, 5): what has Z1, the sum of (5, 1) and (1, 5)?",
            ),
            (
                0,
                "There is no error on the way, and so there are numbers. A shape (5,) is read as (1, 5).",
            ),
            (
                Z1.size,
                "That is Z1, and A1. W2, of shape (1, 5), makes one number of each column of A1.",
            ),
            (
                10,
                "Nothing is laid side by side: both shapes, (5, 1) and (1, 5), are repeated to one of (5, 5).",
            ),
            (
                6,
                "Count again: Z1 has as many columns as (5, 1) + (1, 5) has, and W2 makes one number of each.",
            ),
        ],
    )
    return f"Z1 is {Z1.shape}, and A2 {A2.shape}: it looks like the output for 5 examples, and there was one."

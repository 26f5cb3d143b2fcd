"""The exercises of the chapter on what a step costs."""

import numpy as np

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


@checker
def step_cost_layer(more):
    """more: the operations that a second hidden layer adds to a step, a formula in n_h and m."""
    expect_formula(
        more,
        "6*n_h^2*m",
        {"n_h": (10, 1000), "m": (100, 10_000)},
        mistakes=[
            (
                "4*n_h^2*m",
                "These are two products, as in the first layer. This layer has another one below it, and the error has to go on to there.",
            ),
            ("2*n_h^2*m", "This is one product; the way back has some as well."),
            (
                "3*n_h^2*m",
                "These are three products with their multiplications only: for each there is an addition as well.",
            ),
            (
                "2*n_h^2*m + n_h^2*m",
                "Each of the products has multiplications and additions.",
            ),
            ("6*n_h*m", "The matrix has n_h rows and n_h columns."),
            (
                "4*n_h*m",
                "The matrix has n_h rows and n_h columns, and the way back has more products than you count.",
            ),
            ("6*n_h^2", "This is for one example."),
            (
                "4*n_h^2",
                "This is for one example; and the error has to go on to the layer below.",
            ),
            (
                "8*n_h^2*m",
                "These are four products: one on the way there, and on the way back one for the gradient and one for the layer below.",
            ),
        ],
    )
    return "Three products, where the first layer has two: nobody asks how the loss depends on X."


class Watched(np.ndarray):
    """An array that notes how many columns are multiplied at a time."""

    widths = []

    def __matmul__(self, other):
        Watched.widths.append(self.shape[-1])
        return np.asarray(self) @ np.asarray(other)


@checker
def step_cost_blocks(in_blocks):
    """in_blocks: a function of dZ, A and a number of columns, that gives dZ @ A.T block by block."""
    rng = np.random.default_rng(0)
    for m, size in ((12, 4), (10, 4), (3, 5), (7, 1)):
        dZ, A = rng.standard_normal((2, m)), rng.standard_normal((3, m))
        blocks = [dZ[:, i : i + size] @ A[:, i : i + size].T for i in range(0, m, size)]
        whole = [
            dZ[:, i : i + size] @ A[:, i : i + size].T
            for i in range(0, m - size + 1, size)
        ]
        mistakes = [
            (
                sum(blocks) / len(blocks),
                "This is the mean of the blocks' products; they are to be added up.",
            ),
            (
                sum(blocks) / m,
                "This is divided by m, as dW is; the product alone is asked for.",
            ),
            (
                blocks[-1],
                "This is the last block alone: is each one added to those before?",
            ),
            (
                blocks[0],
                "This is the first block alone: does return stand within the loop?",
            ),
            (
                sum(whole) + np.zeros((2, 3)),
                f"With {m} columns and blocks of {size} the columns at the end are missing: the last block may be smaller.",
            ),
        ]
        Watched.widths = []
        got = call(in_blocks, dZ.view(Watched), A.view(Watched), size)
        expect_array("the product", got, dZ @ A.T, mistakes=mistakes, like="dZ @ A.T")
        if max(Watched.widths, default=0) > size:
            raise NotYet(
                f"The product is right; but {max(Watched.widths)} columns were multiplied at once, and a block has {size}."
            )
    return (
        "The sum over the blocks is the product, also where the last block is smaller."
    )


@checker
def step_cost_rounding(prediction, apart):
    """prediction: how a product in blocks compares with the product at once; apart: by how much, twenty times."""
    apart = as_numbers("apart", apart)
    expect_measured(
        apart.shape == (20,) and (apart >= 0).all() and 0 < apart.max() < 1e-9,
        "The differences",
    )
    return expect_choice(
        prediction,
        {
            "rounding": "The sums are the same, added up in another order, and each addition rounds: only last digits differ.",
            "equal": "Look at the printed difference: it is tiny, and not 0. Each addition of floats is rounded; does the order matter then?",
            "coarser": "Look at the printed difference: beside entries of the size of 100 it is nothing. The blocks leave out no term.",
        },
        right="rounding",
    )

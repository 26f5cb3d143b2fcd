"""The exercises of the chapter on the flower."""

import numpy as np

from shallowlib.exercises.answers import (
    as_numbers,
    call,
    checker,
    expect_array,
    expect_choice,
    expect_measured,
    expect_number,
    refuse_empty,
)
from shallowlib.exercises.expressions import expect_formula
from shallowlib.initializers import initialize

SIZES = (1, 2, 3, 4, 5, 20, 50)  # of the hidden layer, in the chapter
EXAMPLES = 100  # in a training set


def numbers_in(n_h):
    """How many numbers the parameters have, with 2 inputs and 1 output."""
    params = initialize(2, n_h, 1, np.random.default_rng(0))
    return sum(p.size for p in params)


@checker
def flower_count(count, size):
    """count: the number of parameters, a formula in n_h; size: the first of SIZES with more of them than examples."""
    refuse_empty(size)
    one, two = numbers_in(1), numbers_in(2)
    expect_formula(
        count,
        f"{two - one}*n_h + {2 * one - two}",
        {"n_h": (1, 50)},
        mistakes=[
            (
                "3*n_h",
                "These are the weights of both layers; the biases are adjusted as well.",
            ),
            (
                "3*n_h + 1",
                "One of the biases is counted, but each hidden unit has one of its own.",
            ),
            ("4*n_h", "The output unit has a bias too."),
            (
                "3*n_h + 2",
                "Two biases are counted; b[1] has an entry for each hidden unit.",
            ),
            (
                "2*n_h + 1",
                "From the hidden units to the output there are weights as well, and each hidden unit has a bias.",
            ),
            (
                "4*n_h + 3",
                "The inputs are given and not adjusted: only the entries of W and b count.",
            ),
        ],
    )
    first = next(n_h for n_h in SIZES if numbers_in(n_h) > EXAMPLES)
    expect_number(
        "the size",
        size,
        first,
        mistakes=[
            (
                20,
                f"With 20 units there are {numbers_in(20)} parameters, and the examples are {EXAMPLES}.",
            ),
            (
                25,
                "From 25 units on it is true; of the sizes in the chapter, which is the first?",
            ),
            (
                numbers_in(first),
                "This is the number of the parameters: the number of the units is asked for.",
            ),
        ],
    )
    return f"With {first} units there are {numbers_in(first)} numbers to adjust, and {EXAMPLES} examples to do it by."


@checker
def flower_relu(prediction, tanh_score, relu_score):
    """prediction: how ReLU does beside tanh; then the median accuracy of both on new examples."""
    with_tanh, with_relu = (
        as_numbers("the accuracy", score).item() for score in (tanh_score, relu_score)
    )
    expect_measured(
        with_relu + 0.1 < with_tanh <= 1,
        f"Medians of {with_tanh:.2f} with tanh and {with_relu:.2f} with ReLU",
    )
    return expect_choice(
        prediction,
        {
            "better": "What is the usual choice need not be the better one on this problem, with four units.",
            "alike": "How many bends does a ReLU unit put into the plane, and how many does a tanh unit?",
            "worse": "What is usual is a rule of thumb, and the data have the last word.",
        },
        right="worse",
        told=f"The medians are {with_tanh:.2f} with tanh and {with_relu:.2f} with ReLU.",
    )


@checker
def flower_choose(chosen):
    """chosen: a function of two tables, a row a size and a column a seed, accuracies on the validation and on the test set.

    It returns the test accuracy of the size that does best on the validation set, for each seed.
    """
    rng = np.random.default_rng(0)
    validation, test = (rng.permutation(140).reshape(7, 20) / 140 for _ in range(2))
    each = np.arange(20)
    best = validation.argmax(axis=0)
    one_for_all = np.full(20, validation.mean(axis=1).argmax())
    expect_array(
        "what is returned",
        call(chosen, validation.copy(), test.copy()),
        test[best, each],
        mistakes=[
            (
                test.max(axis=0),
                "This takes the size that is best on the test set: so the test set has chosen, and cannot judge any more.",
            ),
            (
                validation.max(axis=0),
                "This is what the chosen ones score on the validation set, where they were chosen for being good; the test set is asked.",
            ),
            (
                best,
                "These are the rows that are chosen; what do the networks in these rows score on the test set?",
            ),
            (
                test[one_for_all, each],
                "This takes one size for all seeds; each seed is to have the size that is best for it.",
            ),
            (
                test[validation.argmin(axis=0), each],
                "This takes the size that is worst on the validation set.",
            ),
            (
                test[test.argmin(axis=0), each],
                "This takes the size that is worst on the test set.",
            ),
        ],
    )
    return (
        "The validation set chooses, and the test set, which had no part in it, judges."
    )


@checker
def flower_more_examples(training, test, few, many):
    """training, test: how the two accuracies go; few, many: both of them, with 100 and with 400 examples."""
    few, many = (as_numbers("the accuracies", scores) for scores in (few, many))
    holds = few.shape == many.shape == (2,) and few[0] > many[0] > many[1] > few[1]
    expect_measured(holds, f"Accuracies of {few} and {many}")
    on_training = (
        f"On the training examples the median goes from {few[0]:.3f} to {many[0]:.3f}. "
    )
    on_test = f"On the test set it goes from {few[1]:.3f} to {many[1]:.3f}. "
    expect_choice(
        training,
        {
            "falls": on_training,
            "rises": on_training
            + "The same 20 units now have four times as many examples to please, the stray ones among them.",
            "stays": on_training
            + "A hundred examples left the units room to follow a few stray points; is that room still there with 400?",
        },
        right="falls",
    )
    expect_choice(
        test,
        {
            "falls": on_test
            + "What falls is the accuracy on the training examples; to follow their accidents helped with no new one.",
            "rises": on_test,
            "stays": on_test
            + "What a single example's accident can do to the boundary is less, the more examples there are.",
        },
        right="rises",
    )
    return (
        on_training
        + on_test
        + "The two come nearer to each other: there is less overfitting."
    )

"""The exercises of the chapter on bugs that shipped."""

import numpy as np

from shallowlib.activations import relu
from shallowlib.exercises.answers import (
    NotYet,
    as_numbers,
    call,
    checker,
    expect_array,
    expect_choice,
    expect_number,
    refuse_empty,
)
from shallowlib.exercises.expressions import expect_formula
from shallowlib.network import Gradients


def suspect(params, cache, X, Y):
    """A backward pass for tanh and the logistic output, with a slip."""
    W1, b1, W2, b2 = params
    Z1, A1, Z2, A2 = cache
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = dZ2.sum(axis=1, keepdims=True) / m
    dZ1 = (W2.T @ dZ2) * (1 - Z1**2)
    dW1 = dZ1 @ X.T / m
    db1 = dZ1.sum(axis=1, keepdims=True) / m
    return Gradients(dW1, db1, dW2, db2)


@checker
def bugs_find(line, found):
    """line: the line of suspect that has the slip; found: the relative errors of dW1, db1, dW2, db2."""
    errors = as_numbers("what was found", found)
    if (
        errors.shape != (4,)
        or not (errors[:2] > 1e-2).all()
        or not (errors[2:] < 1e-7).all()
    ):
        raise NotYet(
            "These are not the errors of dW1, db1, dW2 and db2 that the lines measure: run them as they stand."
        )
    passed = "The error of {0} is as small as finite differences allow, so the line of {0} is right."
    alone = "The slip is not there: {} is wrong, but so is {}, which does not depend on its line. Look for what both are made from."
    return expect_choice(
        line,
        {
            "dZ2": "All four gradients are made from dZ2, and two of them are right.",
            "dW2": passed.format("dW2"),
            "db2": passed.format("db2"),
            "dZ1": "dW1 and db1 are wrong, and both are made from dZ1; dW2 and db2 are right, and do not need it. The line has 1 - Z1² where the slope of tanh is 1 - A1².",
            "dW1": alone.format("dW1", "db1"),
            "db1": alone.format("db1", "dW1"),
        },
        right="dZ1",
    )


LAYER_1 = {  # slips that do not keep the direction: the gradients they change
    "relu's own output": "dW1 and db1",
    "dropout": "dW1 and db1",
    "slope at z2": "dW1 and db1",
    "slope left out": "dW1 and db1",
    "output slope lost": "dW1 and db1",
    "weights moved first": "dW1 and db1",
    "averaged twice": "db1",
}
SCALED = "factor 2", "sigmoid of 2z"  # the page measures that these do


@checker
def bugs_direction(cosine, names):
    """cosine: a function of two gradients; names: the two slips that keep the direction."""
    rng = np.random.default_rng(0)
    shapes = (3, 2), (3, 1), (1, 3), (1, 1)
    one, other = (Gradients(*map(rng.standard_normal, shapes)) for _ in range(2))
    a, b = (
        np.concatenate([np.ravel(part) for part in gradient])
        for gradient in (one, other)
    )
    a_size, b_size = np.linalg.norm(a), np.linalg.norm(b)
    dot = a @ b
    expect_number(
        "the cosine",
        call(cosine, one, other),
        dot / (a_size * b_size),
        mistakes=[
            (dot, "This is the dot product: it is the cosine times both lengths."),
            (dot / a_size, "Only one of the two lengths divides here."),
            (dot / b_size, "Only one of the two lengths divides here."),
            (
                dot / a_size**2,
                "One length divides twice here, and the other is missing.",
            ),
            (
                dot / b_size**2,
                "One length divides twice here, and the other is missing.",
            ),
            (
                dot / (a_size + b_size),
                "The lengths are added here; the dot product is the cosine times their product.",
            ),
            (
                dot / (a_size * b_size) ** 2,
                "The lengths are squared here: is a root missing?",
            ),
            (
                dot / a_size * b_size,
                "In Python x / y * z is (x / y) * z: both lengths belong below the line.",
            ),
            (
                np.arccos(dot / (a_size * b_size)),
                "This is the angle itself; its cosine was asked for.",
            ),
        ],
    )
    if isinstance(names, str):
        names = [names]
    try:
        names = list(names)
    except TypeError:
        raise NotYet("The cosine is right. Two names of slips are expected.") from None
    for name in names:
        refuse_empty(name)
        chosen = str(name).strip().lower()
        if chosen in LAYER_1:
            raise NotYet(
                f"The cosine is right. But {chosen} changes {LAYER_1[chosen]} and leaves the other gradients "
                "as they are, so the long vector turns."
            )
        if chosen not in SCALED:
            raise NotYet(
                f"The cosine is right. The table has no slip with a gradient that is called {name!r}."
            )
    if {str(name).strip().lower() for name in names} != set(SCALED):
        raise NotYet(
            "The cosine is right, and so is this name; another slip keeps the direction as well."
        )
    return "Both halve all four gradients, so the run is that of the right code with half the learning rate."


@checker
def bugs_moved_first(prediction, measured):
    """prediction: the error at a tenth of the learning rate; measured: the relative errors at both."""
    errors = as_numbers("what was measured", measured)
    if errors.shape != (2,) or not 0 < 8 * errors[1] < errors[0] < 12 * errors[1]:
        raise NotYet(
            "These are not the two relative errors that the lines measure, at alpha = 1 and at 0.1: run them as they stand."
        )
    seen = f"You measured {errors[0]:.4f} and {errors[1]:.4f}."
    return expect_choice(
        prediction,
        {
            "a tenth": "The moved weight is off by one factor alpha. So the slip fades with the learning rate, and the check, which is exact to nine digits, still finds it.",
            "as large": "The weight that the slip uses has moved by a step, and a step is shorter with a smaller alpha.",
            "a hundredth": "That would need alpha twice as a factor; look how often it stands in the weight that the slip uses.",
        },
        right="a tenth",
        told=seen,
    )


@checker
def bugs_dropout(slope):
    """slope: a function of Z, mask and q: the slope of mask * relu(Z) / q."""
    Z = np.array([[-1.5, 0.5, 2.0, -0.3], [0.7, -2.0, 1.2, 0.4]])
    mask = np.array([[1.0, 0.0, 1.0, 0.0], [1.0, 1.0, 0.0, 1.0]])
    for q, eps in ((0.8, 1e-3), (0.5, 1e-3)):
        truth = mask * (relu(Z + eps) - relu(Z - eps)) / (2 * eps) / q
        on = relu.prime(Z, None)
        expect_array(
            "the slope",
            call(slope, Z.copy(), mask.copy(), q),
            truth,
            mistakes=[
                (
                    mask * on,
                    "This is the published slip: the forward pass divides by q, and so must the slope.",
                ),
                (
                    on / q,
                    "A unit that the mask silences puts out 0 whatever its z is: where is that here?",
                ),
                (
                    on,
                    "This is the slope of ReLU alone: r / q multiplies the function, and the slope as well.",
                ),
                (
                    mask / q,
                    "The slope of ReLU is missing: a unit with z < 0 is kept by the mask, and still its output does not move.",
                ),
                (
                    mask * on * q,
                    "The forward pass divides by q; here the slope is multiplied by it.",
                ),
                (
                    2 * mask * on,
                    "2 is 1/q where one unit in two is kept; here q is given.",
                ),
                (
                    mask * on / (1 - q),
                    "q is the probability that a unit is kept, not that it is silenced.",
                ),
                (
                    mask * relu(Z) / q,
                    "This is the output of the unit itself; its slope by z is asked for.",
                ),
                (
                    mask * Z / q,
                    "The slope of ReLU is 1 or 0, and z is neither: which side of zero is it on?",
                ),
            ],
            like="Z",
        )
    return "For q = 0.8 and q = 0.5 it is what finite differences give."


@checker
def bugs_width(c):
    """c: half the width of a uniform draw whose variance is 1/n_x, a formula in n_x."""
    expect_formula(
        c,
        "sqrt(3/n_x)",
        {"n_x": (1, 100)},
        mistakes=[
            (
                "1/sqrt(n_x)",
                "With this c the variance is 1/(3 n_x): the mean of w² is less than c², because most weights lie inside.",
            ),
            ("3/n_x", "This is c²: the variance is c²/3, not c/3."),
            (
                "1/sqrt(3*n_x)",
                "The 3 stands on the wrong side: the variance is c²/3, so c² is three times the variance.",
            ),
            ("sqrt(12/n_x)", "This is the whole width, from -c to c; c is half of it."),
            (
                "1/(3*n_x)",
                "This is the variance that c = 1/sqrt(n_x) gives; here the variance is given, and c is asked for.",
            ),
            (
                "sqrt(2/n_x)",
                "For this the variance would have to be c²/2: the integral of w² is w³/3.",
            ),
            (
                "sqrt(3/(2*n_x))",
                "The density of the draw is 1/(2c), because the interval has the length 2c: is the 2 lost?",
            ),
            (
                "sqrt(6/n_x)",
                "The density of the draw is 1/(2c), and the integral of w² from -c to c has two halves: is one of them lost?",
            ),
            ("-sqrt(3/n_x)", "c is a length here, so take the positive root."),
            (
                "sqrt(3*n_x)",
                "n_x stands on the wrong side: more inputs make the weights smaller.",
            ),
        ],
    )
    return "It is the square root of 3 times as wide as c = 1/sqrt(n_x), and has three times its variance."

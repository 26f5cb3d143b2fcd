"""The exercises of the chapter on the slopes of activations."""

import numpy as np

from shallowlib.activations import sigmoid, tanh
from shallowlib.exercises.answers import call, checker, expect_array
from shallowlib.exercises.expressions import expect_formula


@checker
def slope_maximum(answer):
    """answer: the largest slope of the sigmoid, a number."""
    expect_formula(
        answer,
        "1/4",
        {},
        mistakes=[
            (
                1,
                "1 is the largest slope of tanh, 1 - a²; that of the sigmoid is a(1 - a).",
            ),
            (
                "1/2",
                "1/2 is the a at which the slope is largest; the slope there is a(1 - a).",
            ),
            (0, "At z = 0 the output a is 1/2, not 0."),
        ],
    )
    return "At z = 0, where a = 1/2, the slope a(1 - a) is 1/4; everywhere else it is less."


@checker
def softplus_slope(answer):
    """answer: the slope of log(1 + e^z), a formula in z."""
    expect_formula(
        answer,
        "exp(z)/(1 + exp(z))",
        {"z": (-3, 3)},
        mistakes=[
            (
                "1/(1 + exp(z))",
                "This is the slope of log alone: the chain rule multiplies it by the slope of 1 + e^z.",
            ),
            (
                "exp(z)",
                "This is the slope of what stands in the logarithm; the slope of log, 1/(1 + e^z), multiplies it.",
            ),
            (
                "exp(z)/(1 + exp(z))^2",
                "This is the slope of the sigmoid: it is differentiated once too often.",
            ),
            ("log(1 + exp(z))", "This is softplus itself: its slope is asked for."),
        ],
    )
    return "It is the sigmoid of z."


@checker
def swish_slope(slope):
    """slope: a function of Z and A, arrays: the slope of g(z) = z sigma(z)."""
    Z = np.array([[-2.0, -0.5, 0.0], [0.7, 1.5, 3.0]])
    S = sigmoid(Z)
    A = Z * S
    expect_array(
        "the slope",
        call(slope, Z.copy(), A.copy()),
        S + A * (1 - S),
        mistakes=[
            (
                S,
                "This holds z fixed: by the product rule there is a second term, z times the slope of sigma.",
            ),
            (
                Z * S * (1 - S),
                "This is the second term of the product rule; the first, 1 times sigma(z), is missing.",
            ),
            (S * (1 - S), "This is the slope of the sigmoid; g(z) is z times it."),
            (
                A * (1 - A),
                "A is not the sigmoid of Z here but Z times it, so a(1 - a) is not its slope.",
            ),
            (tanh.prime(Z, A), "This is the slope of tanh."),
        ],
        like="Z",
    )
    return "At six points it is what central differences give."

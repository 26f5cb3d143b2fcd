"""The exercises of the chapter on gradient descent."""

import numpy as np

from shallowlib.activations import identity, sigmoid, tanh
from shallowlib.exercises.answers import (
    NotYet,
    as_numbers,
    call,
    checker,
    expect_array,
    expect_number,
)
from shallowlib.exercises.expressions import expect_formula
from shallowlib.losses import cost, cross_entropy, linear
from shallowlib.network import Parameters, backward, forward
from shallowlib.training import train


@checker
def cost_of_ignorance(J, L):
    """J: the cost of a network of zeros; L: the loss of a = 0.01 where y = 1. Both are formulas without letters."""
    nothing = Parameters(*(np.zeros(shape) for shape in ((3, 2), (3, 1), (1, 3), (1, 1))))
    Z2 = forward(nothing, np.eye(2), tanh, sigmoid).Z2
    rounded = "This is rounded: leave the logarithm as it is."
    expect_formula(
        J,
        float(cost(Z2, np.array([[0.0, 1.0]]), cross_entropy)),
        {},
        mistakes=[
            ("1/2", "1/2 is the output of the network; its loss is minus the logarithm of that."),
            ("-log(2)", "A loss is not negative: the logarithm of 1/2 is, and there is a minus sign before it."),
            (0, "A cost of 0 needs outputs that are right and sure; this network says 1/2 to everything."),
            (1, "At z = 0, e^z is 1; the loss is the logarithm of 1 + e^z."),
            ("1/8", "This is half the squared error of the output 1/2; for a class the loss is the cross-entropy."),
            ("2*log(2)", "For each example one of the two terms is there, not both."),
            *((digits, rounded) for digits in (0.7, 0.69, 0.693, 0.6931, 0.69315, 0.693147)),
        ],
    )
    expect_formula(
        L,
        float(cross_entropy(np.log(0.01 / 0.99), 1.0)),
        {},
        mistakes=[
            ("log(0.01)", "The sign: the logarithm of a number below 1 is negative, and a loss is not."),
            ("-log(0.99)", "This would be the loss if y were 0: for y = 1 the probability of the class that came is a."),
            (0.99, "This is the distance from a to y; for a class the loss is the cross-entropy."),
            ("0.99^2/2", "This is half the squared error; for a class the loss is the cross-entropy."),
            (2, "That is the logarithm with base 10; the loss has the natural one."),
            *((digits, rounded) for digits in (4.6, 4.61, 4.605, 4.6052, 4.60517, 4.605170)),
        ],
    )
    return "Each example costs log 2 when the network knows nothing; a wrong answer that is sure costs more than six times as much."


@checker
def squared_error_likelihood(answer):
    """answer: minus the logarithm of the density, a formula in y and a."""
    expect_formula(
        answer,
        "-log(exp(-(y - a)^2/2)/sqrt(2*pi))",
        {"y": (-3, 3), "a": (-3, 3)},
        mistakes=[
            ("(y - a)^2/2", "The part that depends on a is right; the factor before the exponential has a logarithm too."),
            ("(y - a)^2/2 - log(2*pi)/2", "The sign of the constant: the factor stands in the denominator, and there is a minus before the logarithm."),
            ("-(y - a)^2/2 + log(2*pi)/2", "The sign of the square: it is minus in the exponent, and there is a minus before the logarithm."),
            ("-(y - a)^2/2 - log(2*pi)/2", "This is log p(y): the minus before the logarithm is missing."),
            ("(y - a)^2/2 + log(2*pi)", "The root of 2 pi is a power of it, and the exponent goes before the logarithm."),
            ("(y - a)^2/2 + sqrt(2*pi)", "The constant is the factor before the exponential itself; its logarithm is wanted."),
            ("(y - a)^2/2 + 1/sqrt(2*pi)", "The constant is the factor before the exponential itself; its logarithm is wanted."),
            ("(y - a)^2 + log(2*pi)/2", "The half in the exponent is lost."),
            ("(y - a)^2*log(2*pi)/4", "The logarithm of a product is the sum of the logarithms, not their product."),
            ("(y - a)/2 + log(2*pi)/2", "The square in the exponent is lost: the logarithm takes away the exponential and nothing else."),
        ],
    )
    return "It is half the squared error and a constant, which has no slope in a: descent does not see it."


@checker
def two_at_once(descend):
    """descend: a function of u, v, both slopes, alpha and steps; it returns u and v after the steps."""
    X = np.array([[-1.0, 1.0]])
    Y = 2 * X

    def net(u, v):  # J = (u v - 2)² / 2; the biases have no slope here
        return Parameters(*(np.array([[number]], dtype=float) for number in (u, 0, v, 0)))

    def grads(u, v):
        params = net(as_number("u", u), as_number("v", v))
        return backward(params, forward(params, X, identity, identity), X, Y, identity)

    def slope_u(u, v):
        return grads(u, v).dW1.item()

    def slope_v(u, v):
        return grads(u, v).dW2.item()

    start, alpha = np.array([0.5, 1.5]), 0.1
    for steps in (1, 3):
        got = call(descend, *start.tolist(), slope_u, slope_v, alpha, steps)
        if not isinstance(got, (tuple, list, np.ndarray)) or len(got) != 2:
            raise NotYet("Two numbers are expected, u and v: leave the last line of the function as it is.")
        run = train(net(*start), X, Y, identity, linear, alpha=alpha, steps=steps)
        at_start = np.array([slope_u(*start), slope_v(*start)])
        u_first, v_first, uphill, one_step = (start.copy() for _ in range(4))
        for _ in range(steps):
            u_first[0] -= alpha * slope_u(*u_first)
            u_first[1] -= alpha * slope_v(*u_first)
            v_first[1] -= alpha * slope_v(*v_first)
            v_first[0] -= alpha * slope_u(*v_first)
            uphill = uphill + alpha * np.array([slope_u(*uphill), slope_v(*uphill)])
        one_step -= alpha * at_start
        expect_array(
            f"[u, v] after {'one step' if steps == 1 else f'{steps} steps'}",
            [as_number(name, number) for name, number in zip("uv", got, strict=True)],
            [run.params.W1.item(), run.params.W2.item()],
            mistakes=[
                (u_first, "u moves first, and the slope for v is taken at the new u: both slopes belong to the old place."),
                (v_first, "v moves first, and the slope for u is taken at the new v: both slopes belong to the old place."),
                (uphill, "This goes uphill: a step goes against the slope."),
                (start - at_start, "alpha is missing: here a parameter moves by its whole slope."),
                (-alpha * at_start, "These are the changes of u and v: they are to be added to the old u and v."),
                (at_start, "These are the slopes: a step takes alpha times them from u and v."),
                (start - alpha * at_start[::-1], "The slopes have changed places: u moves by slope_u, and v by slope_v."),
                (start, "u and v stay where they are."),
                (one_step, "After 3 steps they are where one step leads to: the loop has to go on from the new place."),
                (start - steps * alpha * at_start, "All steps use the slopes of the starting point: each step takes its own."),
            ],
        )
    return "After one step and after three u and v are where the library's train takes them."


def as_number(name, got):
    """A number, as it is."""
    got = as_numbers(name, got)
    if got.size != 1:
        raise NotYet(f"One number is expected for {name}, and this is {got}.")
    return got.item()


@checker
def largest_rate(factor, limit):
    """factor: of the distance, in alpha and c; limit: the rate up to which it shrinks, in c."""
    expect_formula(
        factor,
        "1 - alpha*c",
        {"alpha": (0, 1), "c": (1, 5)},
        mistakes=[
            ("1 + alpha*c", "This goes uphill: a step goes against the slope."),
            ("alpha*c", "This is the share of the distance by which w moves; what share is left?"),
            ("-alpha*c", "This is what a step adds, as a share of the distance; what share is left?"),
            ("1 - alpha", "The slope of J is not the distance alone: where is c?"),
            ("1 - alpha*c/2", "The square brings a 2 down, which cancels the half: the slope is c times the distance."),
            ("1 - 2*alpha*c", "The 2 that the square brings down is cancelled by the half."),
            ("abs(1 - alpha*c)", "This is its size; the factor itself can be negative, which is a jump across the floor."),
            ("c*(1 - alpha)", "The new distance is the old one minus alpha times the slope: the old one has no c before it."),
        ],
    )
    expect_formula(
        limit,
        "2/c",
        {"c": (1, 5)},
        mistakes=[
            ("1/c", "At this rate one step leads to the floor; beyond it the walk jumps across, but the distance may still shrink."),
            ("c/2", "Upside down: in a steeper valley, is the largest rate larger or smaller?"),
            ("2*c", "In a steeper valley, with a larger c, is the largest rate larger or smaller?"),
            ("1/(2*c)", "Here the factor is 1/2, and rates beyond work too: when does it get to -1?"),
            ("2", "This is right for c = 1 only."),
            ("-2/c", "A negative rate goes uphill: look at the signs where the factor is -1."),
            ("0", "There the factor is 1, which is one end of the range; where is it -1?"),
        ],
    )
    return "With c = 4 the factor is -0.6 for the rate 0.4, and the walk arrives; it is -1.4 for 0.6, and the walk diverges."


@checker
def input_scale(prediction, measured):
    """prediction: how many times smaller the largest rate gets; measured: the same from the run."""
    measured = as_numbers("the measured factor", measured)
    expect_number("the measured factor", measured, 10**2, tolerance=20)
    expect_number(
        "the factor",
        prediction,
        10**2,
        mistakes=[
            (10, "The slope by w has the factor x, and the error has w x in it as well: x comes in twice."),
            (1, "The outputs can be the same, with a w ten times smaller, but the valley in w gets steeper."),
            (1000, "x comes in twice, not three times: once in the slope's own factor and once in w x."),
            (20, "The factors 10 multiply, they do not add."),
            (0.01, "The rate gets this many times as large; asked for is how many times smaller it gets."),
            (0.1, "Asked for is how many times smaller it gets, a number above 1; and x comes in twice."),
        ],
    )
    return f"Measured: {measured.item():.0f} times smaller, for c is the average of x²."

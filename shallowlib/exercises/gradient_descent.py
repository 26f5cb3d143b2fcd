"""The exercises of the chapter on gradient descent."""

import itertools
import re

import numpy as np
import sympy as sp

from shallowlib.activations import identity, sigmoid, tanh
from shallowlib.exercises.answers import NotYet, as_numbers, call, checker, expect_array
from shallowlib.exercises.expressions import expect_formula, read
from shallowlib.losses import cost, cross_entropy, linear
from shallowlib.network import Parameters, backward, forward
from shallowlib.training import train


@checker
def cost_of_ignorance(J, L):
    """J: the cost of a network of zeros; L: the loss of a = 0.01 where y = 1. Both are formulas without letters."""
    nothing = Parameters(
        *(np.zeros(shape) for shape in ((3, 2), (3, 1), (1, 3), (1, 1)))
    )
    Z2 = forward(nothing, np.eye(2), tanh, sigmoid).Z2
    rounded = "This is rounded: leave the logarithm as it is."
    if re.search(r"\bm\b", str(J)):
        raise NotYet(
            "J: m is not in it: all the losses are equal, and the average over the m examples takes the m out."
        )
    expect_formula(
        J,
        float(cost(Z2, np.array([[0.0, 1.0]]), cross_entropy)),
        {},
        name="J",
        mistakes=[
            (
                "1/2",
                "1/2 is the output of the network; its loss is minus the logarithm of that.",
            ),
            (
                "-log(2)",
                "A loss is not negative: the logarithm of 1/2 is, and there is a minus sign before it.",
            ),
            (
                0,
                "A cost of 0 needs outputs that are right and sure; this network says 1/2 to everything.",
            ),
            (1, "At z = 0, e^z is 1; the loss is the logarithm of 1 + e^z."),
            (
                "1/8",
                "This is half the squared error of the output 1/2; for a class the loss is the cross-entropy.",
            ),
            ("2*log(2)", "For each example one of the two terms is there, not both."),
            (
                "log(2)/2",
                "Nothing halves it: a half belongs to the squared error, and the average of equal losses is that loss.",
            ),
            *(
                (digits, rounded)
                for digits in (0.7, 0.69, 0.693, 0.6931, 0.69315, 0.693147)
            ),
        ],
    )
    expect_formula(
        L,
        float(cross_entropy(np.log(0.01 / 0.99), 1.0)),
        {},
        name="L",
        mistakes=[
            (
                "log(0.01)",
                "The sign: the logarithm of a number below 1 is negative, and a loss is not.",
            ),
            (
                "-log(0.99)",
                "This would be the loss if y were 0: for y = 1 the probability of the class that came is a.",
            ),
            (
                "-log(0.01) - log(0.99)",
                "Both terms are in it: for y = 1 the factor 1 - y takes one of them away.",
            ),
            (
                "log(99)",
                "This is the size of z, the logarithm of (1 - a) / a; the loss for y = 1 has the logarithm of a alone.",
            ),
            (
                0.99,
                "This is the distance from a to y; for a class the loss is the cross-entropy.",
            ),
            (
                "0.99^2/2",
                "This is half the squared error; for a class the loss is the cross-entropy.",
            ),
            (2, "That is the logarithm with base 10; the loss has the natural one."),
            *(
                (digits, rounded)
                for digits in (4.6, 4.61, 4.605, 4.6052, 4.60517, 4.605170)
            ),
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
            (
                "(y - a)^2/2",
                "The part that depends on a is right; the factor before the exponential has a logarithm too.",
            ),
            (
                "(y - a)^2/2 - log(2*pi)/2",
                "The sign of the constant: the factor stands in the denominator, and there is a minus before the logarithm.",
            ),
            (
                "-(y - a)^2/2 + log(2*pi)/2",
                "The sign of the square: it is minus in the exponent, and there is a minus before the logarithm.",
            ),
            (
                "-(y - a)^2/2 - log(2*pi)/2",
                "This is log p(y): the minus before the logarithm is missing.",
            ),
            (
                "(y - a)^2/2 + log(2*pi)",
                "The root of 2 pi is a power of it, and the exponent goes before the logarithm.",
            ),
            (
                "(y - a)^2/2 + sqrt(2*pi)",
                "The constant is the factor before the exponential itself; its logarithm is wanted.",
            ),
            (
                "(y - a)^2/2 + 1/sqrt(2*pi)",
                "The constant is the factor before the exponential itself; its logarithm is wanted.",
            ),
            ("(y - a)^2 + log(2*pi)/2", "The half in the exponent is lost."),
            (
                "(y - a)^2*log(2*pi)/4",
                "The logarithm of a product is the sum of the logarithms, not their product.",
            ),
            (
                "(y - a)/2 + log(2*pi)/2",
                "The square in the exponent is lost: the logarithm takes away the exponential and nothing else.",
            ),
        ],
    )
    has_power = re.search(r"exp|\be *(\^|\*\*)", str(answer), re.IGNORECASE)
    if has_power or read(answer, {"y": None, "a": None}).has(sp.exp):
        raise NotYet("The exponential is still in it: the logarithm takes it away.")
    return "It is half the squared error and a constant, which has no slope in a: descent does not see it."


@checker
def two_at_once(descend):
    """descend: a function of u, v, both slopes, alpha and steps; it returns u and v after the steps."""
    X = np.array([[-1.0, 1.0]])
    Y = 2 * X

    def net(u, v):  # J = (v tanh(u) - 2)² / 2; the biases have no slope here
        return Parameters(
            *(np.array([[number]], dtype=float) for number in (u, 0, v, 0))
        )

    def grads(u, v):
        params = net(as_number("u", u), as_number("v", v))
        return backward(params, forward(params, X, tanh, identity), X, Y, tanh)

    slope_u = Slope("slope_u", lambda u, v: grads(u, v).dW1.item())
    slope_v = Slope("slope_v", lambda u, v: grads(u, v).dW2.item())
    u, v, alpha = 0.5, 1.5, 0.1
    for steps in (1, 3):
        got = call(descend, u, v, slope_u, slope_v, alpha, steps)
        if not isinstance(got, (tuple, list, np.ndarray)) or len(got) != 2:
            raise NotYet(
                "Two numbers are expected, u and v: leave the last line of the function as it is."
            )
        got = [as_number(name, number) for name, number in zip("uv", got, strict=True)]
        slips = slips_of_one_step if steps == 1 else slips_of_a_loop
        for wrong, message in slips(u, v, slope_u, slope_v, alpha, steps):
            if np.allclose(got, wrong):
                raise NotYet(message)
        run = train(net(u, v), X, Y, tanh, linear, alpha=alpha, steps=steps)
        after = "after one step" if steps == 1 else f"after {steps} steps"
        expect_array(f"u {after}", got[0], run.params.W1.item())
        expect_array(f"v {after}", got[1], run.params.W2.item())
    return "After one step and after three u and v are where the library's train takes them."


class Slope:
    """A function of u and v; where a reader takes it for a number, it says what it is."""

    def __init__(self, name, function):
        self.name, self.function = name, function

    def __call__(self, u, v):
        return self.function(u, v)

    def refuse(self, *_):
        raise NotYet(f"{self.name} is a function: {self.name}(u, v) is its value.")

    __mul__ = __rmul__ = __add__ = __radd__ = __sub__ = __rsub__ = __neg__ = (
        __float__
    ) = refuse


def slips_of_one_step(u, v, slope_u, slope_v, alpha, _steps):
    """(u and v, message) for what goes wrong within a step."""
    du, dv = alpha * slope_u(u, v), alpha * slope_v(u, v)
    u_first, v_first = alpha * slope_v(u - du, v), alpha * slope_u(u, v - dv)
    yield (
        (u - du, v - u_first),
        "u moves first, and the slope for v is taken at the new u: both slopes belong to the old place.",
    )
    yield (
        (u - v_first, v - dv),
        "v moves first, and the slope for u is taken at the new v: both slopes belong to the old place.",
    )
    yield (u + du, v + dv), "This goes uphill: a step goes against the slope."
    yield (
        (u - du / alpha, v - dv / alpha),
        "alpha is missing: here a parameter moves by its whole slope.",
    )
    yield (
        (-du, -dv),
        "These are the changes of u and v: they are to be added to the old u and v.",
    )
    yield (
        (du, dv),
        "These are alpha times the slopes: they are to be taken from the old u and v.",
    )
    yield (
        (du / alpha, dv / alpha),
        "These are the slopes: a step takes alpha times them from u and v.",
    )
    yield (
        (du - u, dv - v),
        "The signs: the old u and v stay, and alpha times the slopes is taken from them.",
    )
    yield (u, v), "u and v stay where they are."
    yield (u - du, v), "Only u moves: v takes its step too."
    yield (u, v - dv), "Only v moves: u takes its step too."
    yield (v - dv, u - du), "u and v have changed places: the new u comes first."
    for places in itertools.product([(u, v), (v, u)], repeat=2):
        for slopes in itertools.product([slope_u, slope_v], repeat=2):
            steps = [
                alpha * slope(*place)
                for slope, place in zip(slopes, places, strict=True)
            ]
            if places != ((u, v), (u, v)):
                message = "The arguments of a slope have changed places: u comes first, then v, in slope_u and in slope_v."
            elif slopes == (slope_v, slope_u):
                message = "The slopes have changed places: u moves by slope_u, and v by slope_v."
            elif slopes[0] is slopes[1]:
                message = f"Both move by {slopes[0].name}: u moves by slope_u, and v by slope_v."
            else:
                continue  # this is how it should be
            yield (u - steps[0], v - steps[1]), message


def slips_of_a_loop(u, v, slope_u, slope_v, alpha, steps):
    """(u and v, message) for what goes wrong from step to step."""
    du, dv = alpha * slope_u(u, v), alpha * slope_v(u, v)
    yield (
        (u - du, v - dv),
        f"After {steps} steps they are where one step leads to: the loop has to go on from the new place.",
    )
    yield (
        (u - steps * du, v - steps * dv),
        "All steps use the slopes of the starting point: each step takes its own.",
    )
    for _ in range(steps):
        u, v = u - alpha / steps * slope_u(u, v), v - alpha / steps * slope_v(u, v)
    yield (
        (u, v),
        "alpha is divided by the number of steps: each step takes the whole alpha.",
    )


def as_number(name, got):
    """A number, as it is."""
    got = as_numbers(name, got)
    if got.size != 1:
        raise NotYet(f"One number is expected for {name}, and this is {got}.")
    return got.item()


@checker
def largest_rate(factor, limit):
    """factor: of the distance, in alpha and c; limit: the rate up to which it shrinks, in c."""
    if re.search(r"\bw", str(factor)):
        raise NotYet(
            "factor: The distance itself is divided out, and w with it: only the factor is wanted."
        )
    expect_formula(
        factor,
        "1 - alpha*c",
        {"alpha": (0, 1), "c": (1, 5)},
        name="factor",
        mistakes=[
            ("1 + alpha*c", "This goes uphill: a step goes against the slope."),
            (
                "alpha*c",
                "This is the share of the distance by which w moves; what share is left?",
            ),
            (
                "-alpha*c",
                "This is what a step adds, as a share of the distance; what share is left?",
            ),
            (
                "alpha*c - 1",
                "The sign: with a small alpha nearly the whole distance is left, on the same side of the floor.",
            ),
            ("1 - alpha", "The slope of J is not the distance alone: where is c?"),
            (
                "1 - alpha*c/2",
                "The square brings a 2 down, which cancels the half: the slope is c times the distance.",
            ),
            (
                "1 - 2*alpha*c",
                "The 2 that the square brings down is canceled by the half.",
            ),
            (
                "abs(1 - alpha*c)",
                "This is its size; the factor itself can be negative, which is a jump across the floor.",
            ),
            (
                "c*(1 - alpha)",
                "The new distance is the old one minus alpha times the slope: the old one has no c before it.",
            ),
        ],
    )
    expect_formula(
        limit,
        "2/c",
        {"c": (1, 5)},
        name="limit",
        mistakes=[
            (
                "1/c",
                "At this rate one step leads to the floor; beyond it the walk jumps across, but the distance may still shrink.",
            ),
            (
                "c/2",
                "Upside down: in a steeper valley, is the largest rate larger or smaller?",
            ),
            (
                "2*c",
                "In a steeper valley, with a larger c, is the largest rate larger or smaller?",
            ),
            (
                "1/(2*c)",
                "Here the factor is 1/2, and rates beyond work too: when does it get to -1?",
            ),
            ("2", "This is right for c = 1 only."),
            (
                "-2/c",
                "A negative rate goes uphill: look at the signs where the factor is -1.",
            ),
            (
                "0",
                "There the factor is 1, which is one end of the range; where is it -1?",
            ),
            *factor_at(limit),
        ],
    )
    return "With c = 4 the factor is -0.6 for the rate 0.4, and the walk arrives; it is -1.4 for 0.6, and the walk diverges."


def factor_at(limit):
    """The last mistake, which is any other: (limit, what the factor is there); none where it cannot be read."""
    try:
        rate = sp.nsimplify(read(limit, {"c": None}), rational=True)
    except NotYet:
        return
    factor = str(sp.simplify(1 - rate * sp.Symbol("c", real=True))).replace("**", "^")
    yield (
        limit,
        f"At this rate the factor is {factor}: what has it to be at the limit, for every c?",
    )


@checker
def input_scale(prediction, largest):
    """prediction: how many times smaller the largest rate gets; largest: both rates, from the run."""
    expect_formula(
        prediction,
        10**2,
        {},
        mistakes=[
            (
                10,
                "The slope by w has the factor x, and the error has w x in it as well: x comes in twice.",
            ),
            (
                1,
                "The outputs can be the same, with a w ten times smaller, but the valley in w gets steeper.",
            ),
            (
                1000,
                "x comes in twice, not three times: once in the slope's own factor and once in w x.",
            ),
            (20, "The factors 10 multiply, they do not add."),
            (
                "1/100",
                "The rate gets this many times as large; asked for is how many times smaller it gets.",
            ),
            (
                "1/10",
                "Asked for is how many times smaller it gets, a number above 1; and x comes in twice.",
            ),
            (
                -100,
                "The size is right; a rate that gets smaller stays positive, so the factor has no minus sign.",
            ),
        ],
    )
    rates = as_numbers("largest", largest).ravel()
    if rates.size != 2 or not (rates > 0).all():
        raise NotYet(
            "Two rates are expected in largest, one for each kind of input: leave the code below the prediction as it is."
        )
    times = rates[0] / rates[1]
    if not abs(times - 10**2) < 20:  # the rates tried are 12 percent apart
        raise NotYet(
            f"The prediction is right, but in largest the rate gets {times:.3g} times smaller: leave the code below it as it is."
        )
    return f"The two rates are {rates[0]:.2g} and {rates[1]:.2g}, the second {times:.0f} times smaller, for c is the average of x²."

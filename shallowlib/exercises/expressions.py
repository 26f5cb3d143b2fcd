"""Answers that are formulas: SymPy compares them with the truth.

letters   {name: (low, high)}, the letters that a formula may have and where
          they are tried

Any equivalent form of the truth is right. Two formulas count as equal where
they agree at random rational points, worked out to 30 digits.
"""

import random
import re

import numpy as np
import sympy as sp
from sympy.parsing.sympy_parser import (
    convert_xor,
    implicit_multiplication,
    parse_expr,
    standard_transformations,
)

from shallowlib.exercises.answers import NotYet, apart, refuse_empty

POINTS = 8
READING = (*standard_transformations, convert_xor, implicit_multiplication)
CLOSE = 1e-9  # so that 0.25 counts as 1/4, and 0.333 not as 1/3
NEAR = 1e-3  # what a rounded number is off by, at most
WRITTEN = {"−": "-", "·": "*", "×": "*", "²": "**2", "³": "**3"}
WRITTEN |= {
    "α": " alpha ",
    "β": " beta ",
    "ε": " epsilon ",
    "π": " pi ",
    "σ": " sigma ",
}
MODULES = re.compile(r"\b(?:np|numpy|math|sp|sympy)\.")
BARE = re.compile(r"\b(log|ln|exp|sqrt|tanh|cosh|sigmoid)\s+\w")  # log 2


def sigmoid(z):
    return 1 / (1 + sp.exp(-z))


KNOWN = {"e": sp.E, "sigmoid": sigmoid, "sigma": sigmoid}  # unless letters


def expect_formula(answer, truth, letters, *, mistakes=(), name=None):
    """NotYet unless a formula is equal to the truth.

    answer    text such as "a*(1 - a)", a SymPy expression or a number
    truth     the same
    mistakes  (formula, message) pairs: what typical slips give
    name      what messages begin with, where an exercise has two answers
    """
    refuse_empty(answer)
    try:
        compare(read(answer, letters), read(truth, letters), letters, mistakes)
    except NotYet as error:
        raise NotYet(f"{name}: {error}" if name else str(error)) from None


def compare(got, truth, letters, mistakes):
    """NotYet, with what is known to be wrong or a point that shows it."""
    difference = first_difference(got, truth, letters)
    if difference is None:
        return
    for wrong, message in mistakes:
        if first_difference(got, read(wrong, letters), letters) is None:
            raise NotYet(message)
    point, mine, true = difference
    if got.has(sp.Float) and agree(mine, true, NEAR):
        raise NotYet(
            "A number in it is rounded: write it exactly, as in log(2) or 1/3."
        )
    if not letters:
        raise NotYet(told_of_number(mine, true))
    where = ", ".join(f"{k} = {float(value):g}" for k, value in point.items())
    raise NotYet(
        f"At {where} it is {shown(mine, true)}, and should be {shown(true, mine)}."
    )


def told_of_number(mine, true):
    """What is wrong with a number; the right one is not given away."""
    if not (mine.is_real and mine.is_finite):
        return f"This is {shown(mine)}."
    return f"It is not {shown(mine, true)}: that is too {'large' if mine > true else 'small'}."


def read(answer, letters):
    """The formula as SymPy has it, in real letters."""
    symbols = {name: sp.Symbol(name, real=True) for name in letters}
    if isinstance(answer, str):
        found = parsed(answer, KNOWN | symbols)
    else:
        found = sympified(answer)
    if not isinstance(found, sp.Expr):
        raise NotYet(
            f"This cannot be read as a formula: {answer!r}. Write it as in "
            f'Python, for example "{example(letters)}".'
        )
    found = found.doit()
    found = found.xreplace({s: symbols.get(s.name, s) for s in found.free_symbols})
    strangers = {s.name for s in found.free_symbols} - set(letters)
    for stranger in sorted(strangers):
        if set(stranger) <= set(letters):
            raise NotYet(f"Write {'*'.join(stranger)} for {stranger}.")
    if strangers:
        known = f"in {' and '.join(letters)}" if letters else "without letters"
        raise NotYet(
            f"A formula {known} is expected; {', '.join(sorted(strangers))} "
            "should not be in it."
        )
    return found


def example(letters):
    """A formula in these letters, to show how one is written."""
    first, *_, last = [*letters, *letters] or ["log(2)", "log(2)"]
    return f"{first}*(1 - {last})"


def parsed(text, names):
    """What a text says, or None."""
    text = MODULES.sub("", text)
    for sign, plain in WRITTEN.items():
        text = text.replace(sign, plain)
    if re.search("[=<>]", text):
        raise NotYet("Only a formula is expected, with no =, < or > in it.")
    try:
        return parse_expr(text, names, transformations=READING)
    except Exception:  # a text can make SymPy raise anything
        if bare := BARE.search(text):
            f = bare[1]
            raise NotYet(f"{f} needs brackets, as in {f}(2).") from None
        return None


def sympified(value):
    """A value as SymPy has it, or None."""
    try:
        return sp.sympify(value, strict=True)
    except sp.SympifyError:
        return None


def first_difference(left, right, letters):
    """(point, value of left, value of right) where they differ, or None."""
    rng = random.Random(0)
    for _ in range(POINTS):
        point = {
            name: sp.Rational(rng.randint(1, 99), 100) * (high - low) + low
            for name, (low, high) in letters.items()
        }
        at = {sp.Symbol(name, real=True): p for name, p in point.items()}
        values = [side.subs(at).evalf(30) for side in (left, right)]
        if not agree(*values):
            return point, *values
    return None


def agree(left, right, close=CLOSE):
    """Whether two values are the same number, but for a part of it or of 1."""
    if not (left.is_finite and right.is_finite):
        return False
    return bool(abs(left - right) <= close * max(1, abs(right)))


def shown(value, other=sp.oo):
    """A value, in as many digits as tell it from another; else what it is."""
    if not value.is_finite:
        return "not defined"
    if not value.is_real:
        return "not a real number"
    return apart(float(value), float(other) if other.is_real else np.inf)[0]

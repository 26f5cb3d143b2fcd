"""Answers that are formulas: SymPy compares them with the truth.

letters   {name: (low, high)}, the letters that a formula may have and where
          they are tried

Any equivalent form of the truth is right. Two formulas count as equal where
they agree at random rational points, worked out to 30 digits.
"""

import random

import sympy as sp
from sympy.parsing.sympy_parser import (
    convert_xor,
    implicit_multiplication,
    parse_expr,
    standard_transformations,
)

from shallowlib.exercises.answers import NotYet, refuse_empty

POINTS = 8
READING = (*standard_transformations, convert_xor, implicit_multiplication)
CLOSE = 1e-9  # so that 0.25 counts as 1/4, and 0.333 not as 1/3


def expect_formula(answer, truth, letters, *, mistakes=()):
    """NotYet unless a formula is equal to the truth.

    answer    text such as "a*(1 - a)", a SymPy expression or a number
    truth     the same
    mistakes  (formula, message) pairs: what typical slips give
    """
    got, truth = read(answer, letters), read(truth, letters)
    difference = first_difference(got, truth, letters)
    if difference is None:
        return
    for wrong, message in mistakes:
        if first_difference(got, read(wrong, letters), letters) is None:
            raise NotYet(message)
    point, mine, true = difference
    if not letters:
        raise NotYet(told_of_number(mine, true))
    where = ", ".join(f"{name} = {value}" for name, value in point.items())
    raise NotYet(f"At {where} it is {shown(mine)}, and should be {shown(true)}.")


def told_of_number(mine, true):
    """What is wrong with a number; the right one is not given away."""
    if not (mine.is_real and mine.is_finite):
        return f"This is {shown(mine)}."
    return f"It is not {shown(mine)}: that is too {'large' if mine > true else 'small'}."


def read(answer, letters):
    """The formula as SymPy has it, in real letters."""
    refuse_empty(answer)
    symbols = {name: sp.Symbol(name, real=True) for name in letters}
    try:
        if isinstance(answer, str):
            text = answer.replace("²", "**2")
            found = parse_expr(text, symbols, transformations=READING)
        else:
            found = sp.sympify(answer, strict=True)
    except Exception:  # a text can make SymPy raise anything
        found = None
    if not isinstance(found, sp.Expr):
        raise NotYet(
            f"This cannot be read as a formula: {answer!r}. Write it as in "
            'Python, for example "a*(1 - a)".'
        )
    found = found.doit()
    found = found.xreplace({s: symbols.get(s.name, s) for s in found.free_symbols})
    strangers = {s.name for s in found.free_symbols} - set(letters)
    if strangers:
        known = f"in {' and '.join(letters)}" if letters else "without letters"
        raise NotYet(
            f"A formula {known} is expected; {', '.join(sorted(strangers))} "
            "should not be in it."
        )
    return found


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


def agree(left, right):
    """Whether two values are the same number."""
    if not (left.is_finite and right.is_finite):
        return False
    return abs(left - right) <= CLOSE * max(1, abs(right))


def shown(value):
    """A value in four digits; in words where it is none."""
    if not value.is_finite:
        return "not defined"
    if not value.is_real:
        return "not a real number"
    return f"{float(value):.4g}"

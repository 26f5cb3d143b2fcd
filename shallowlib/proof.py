"""Equations that have to be true to be shown.

``define`` states what holds by definition; ``prove`` lets SymPy show that
two sides are equal, and raises where it cannot. Both return the equation to
display.

label    the equation's name in the book, eq-…
lhs      left side: a scalar, an explicit matrix or one of symbolic size
rhs      right side, of the same shape
where    what symbols stand for: {symbol or f(z): expression}, all at once
"""

import re

import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.matrices.expressions.matexpr import MatrixElement, MatrixExpr

SHOWN = {}  # label: equation, of this page so far


class NotProvedError(ValueError):
    """The two sides differ, or SymPy could not decide whether they do."""


def define(label, lhs, rhs):
    """The equation lhs = rhs, true because lhs is a name for rhs.

    lhs: a symbol, a matrix symbol or an applied function; else ValueError.
    """
    shown = equation(label, lhs, rhs)
    if not isinstance(shown.lhs, sp.Symbol | sp.MatrixSymbol | AppliedUndef):
        raise ValueError(f"{label}: only a name can be defined: got {lhs}")
    return show(label, shown)


def prove(label, lhs, rhs, *, where=None):
    """The equation lhs = rhs, once SymPy has shown that lhs - rhs is 0.

    Both sides are first rewritten by ``where``; derivatives, sums and
    limits are then carried out. Raises :class:`NotProvedError`, with both
    sides and, where one is found, a point at which they differ. What SymPy
    cannot decide, a side that is undefined in places and rounded numbers
    are errors as well.
    """
    shown = equation(label, lhs, rhs)
    SHOWN.pop(label, None)
    # Not subs: in Derivative(a * z, z) it would hold a fixed where a is f(z).
    meaning = {
        sp.sympify(key): sp.sympify(value)
        for key, value in (where or {}).items()
    }
    try:
        left, right = (
            side.xreplace(meaning).doit() for side in (shown.lhs, shown.rhs)
        )
    except NotImplementedError as error:
        raise NotProvedError(
            f"{label}: SymPy cannot carry this out: {error}"
        ) from error
    if shape(left) != shape(right):
        raise NotProvedError(
            f"{label}: the sides differ in shape: "
            f"{shape(left)} and {shape(right)}"
        )
    difference = (left - right).doit()
    # Numbers first: a point where the sides differ outweighs any algebra.
    found = counterexample(difference)
    sound = not (has_gap(left) or has_gap(right))
    if found or not sound or not is_zero(difference):
        raise NotProvedError(
            f"{label}: SymPy did not show the two sides to be equal\n"
            f"  left side   {left}\n  right side  {right}\n"
            f"  {found or 'no point was found where they differ'}"
        )
    return show(label, shown)


def show(label, shown):
    """Note the equation under its label, for the page to display."""
    SHOWN[label] = shown
    return shown


def equation(label, lhs, rhs):
    """lhs = rhs as SymPy writes it, its sides left as they are."""
    if not re.fullmatch(r"eq-[a-z0-9]+(-[a-z0-9]+)*", label):
        raise ValueError(
            "a label is eq- and words in small letters joined by -: "
            f"got {label!r}"
        )
    left, right = (sp.sympify(side, strict=True) for side in (lhs, rhs))
    return sp.Eq(left, right, evaluate=False)


def is_matrix(side):
    """Whether it is a matrix, explicit or of symbolic size."""
    return isinstance(side, sp.MatrixBase | MatrixExpr)


def shape(side):
    """The shape of a matrix, () for a scalar."""
    return side.shape if is_matrix(side) else ()


def has_gap(side):
    """Whether it is undefined somewhere, or holds a rounded number."""
    cases = side.atoms(sp.Piecewise)
    return side.has(sp.Float) or any(
        case.args[-1].cond != True  # noqa: E712, a SymPy condition
        for case in cases
    )


def is_zero(difference):
    """True only if SymPy shows it; False as well where it cannot decide."""
    if isinstance(difference, sp.MatrixBase):
        return all(is_zero(entry) for entry in difference)
    if isinstance(difference, MatrixExpr):
        return bool(sp.expand(difference).doit().is_ZeroMatrix)
    ways = (
        sp.expand,
        sp.simplify,
        lambda d: sp.simplify(d.rewrite(sp.exp)),
        lambda d: sp.simplify(sp.piecewise_fold(d.rewrite(sp.Piecewise))),
    )
    return any(way(difference) == 0 for way in ways)


def counterexample(difference):
    """Words on a point where the difference is not 0, else None."""
    entries = (
        list(difference)
        if isinstance(difference, sp.MatrixBase)
        else [difference]
    )
    for entry in entries:
        elements = entry.atoms(MatrixElement)
        entry = entry.xreplace({e: sp.Symbol(str(e)) for e in elements})
        symbols = sorted(entry.free_symbols, key=str)
        if (
            isinstance(entry, MatrixExpr)
            or any(not isinstance(s, sp.Symbol) for s in symbols)
            or entry.atoms(AppliedUndef)
        ):
            continue  # no number can stand for a matrix or a function
        for shift, sign in ((1, 1), (2, -1), (3, 1), (4, -1), (5, 1)):
            point = {
                s: sp.Rational(2 * i + shift, 1 if s.is_integer else 7)
                * (-1 if s.is_negative else 1 if s.is_nonnegative else sign)
                for i, s in enumerate(symbols, start=1)
            }
            value = entry.subs(point).doit().evalf(maxn=1000)
            if value.is_number and value.is_finite and abs(value) > 1e-9:
                where = ", ".join(f"{s} = {v}" for s, v in point.items())
                number = float(value) if value.is_real else complex(value)
                return (
                    f"at {where or 'every point'} "
                    f"the left side minus the right is {number:.6g}"
                )
    return None

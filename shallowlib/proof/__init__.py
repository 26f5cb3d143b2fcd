"""Equations that have to be true to be shown.

``define`` states what holds by definition; ``prove`` lets SymPy show that
two sides are equal, and raises where it cannot. Both return the equation to
display. ``compare`` runs the code that computes an equation.

label    the equation's name in the book, eq-…
lhs      left side: a scalar, an explicit matrix or one of symbolic size
rhs      right side, of the same shape
where    what symbols stand for: {symbol or f(z): expression}, all at once
"""

import re
from dataclasses import dataclass, field, replace

import numpy as np
import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.matrices.expressions.matexpr import MatrixExpr

from shallowlib.proof.comparison import agree, as_array, name_of, worked_out
from shallowlib.proof.equality import CORNERS, NotProvedError, how_equal, shape
from shallowlib.proof.printing import latex, names_in

LEDGER = {}  # label: equation, of this page so far


class CodeDiffersError(ValueError):
    """The code does not return what its equation says."""


@dataclass(frozen=True, eq=False)
class Equation:
    """lhs = rhs, and why it may be shown.

    status   "definition", "proved", or "tested": exact at random points
    how      in words, how it was proved or tested; empty for a definition
    code     {function of shallowlib: {how it was compared: numbers}}
    """

    label: str
    lhs: sp.Basic
    rhs: sp.Basic
    where: dict = field(default_factory=dict)
    status: str = "definition"
    how: str = ""
    code: dict = field(default_factory=dict)

    @property
    def latex(self):
        """The equation in the symbols of the book."""
        return f"{latex(self.lhs)} = {latex(self.rhs)}"

    @property
    def meaning(self):
        """What its letters stand for, as LaTeX; arrays of letters left out."""
        shown = self.lhs.atoms(sp.Basic) | self.rhs.atoms(sp.Basic)
        return [
            f"{latex(key)} = {latex(value)}"
            for key, value in self.where.items()
            if key in shown and not isinstance(value, sp.MatrixBase)
        ]

    @property
    def symbols(self):
        """The names in code of the symbols that it shows."""
        return names_in(self.lhs, self.rhs)

    def __repr__(self):
        return f"{self.lhs} = {self.rhs}  ({self.status})"

    def _repr_mimebundle_(self, **_):
        """For notebooks: the formula, and what the book's ledger needs."""
        entry = {
            name: getattr(self, name)
            for name in ("status", "how", "code", "meaning", "symbols")
        }
        return {
            "text/plain": repr(self),
            "text/latex": rf"$\displaystyle {self.latex}$",
            "application/vnd.shallowlib.equation+json": entry,
        }


def define(label, lhs, rhs):
    """The equation lhs = rhs, true because lhs is a name for rhs.

    lhs: a symbol, a matrix symbol or an applied function; else ValueError.
    """
    equation = stated(label, lhs, rhs)
    if not is_name(equation.lhs):
        raise ValueError(f"{label}: only a name can be defined: got {lhs}")
    return enter(equation)


def prove(label, lhs, rhs, *, where=None, cases=None, points=None):
    """The equation lhs = rhs, once SymPy has shown that lhs - rhs is 0.

    Both sides are first rewritten by ``where``; derivatives, sums and
    limits are then carried out.

    cases    a real symbol: prove branch by branch, where it is positive,
             where it is negative, and at 0 unless rhs leaves 0 out
    points   a number: compare exactly at so many random rational points
             instead; the equation is then "tested", not "proved"

    Raises :class:`~shallowlib.proof.equality.NotProvedError`, with both sides and,
    where one is found, a point at which they differ. What SymPy cannot
    decide, a side that is undefined in places, the slope of a corner that no
    cases split, rounded numbers and two symbols of one name are errors too.
    """
    LEDGER.pop(label, None)
    equation = stated(label, lhs, rhs, where)
    check_points(label, cases, points)
    try:
        check_where(equation)
        if cases is None:
            how = how_equal(*sides(equation), points)
        else:
            how = by_cases(equation, cases)
    except NotProvedError as error:
        raise NotProvedError(f"{label}: {error}") from error
    status = "proved" if points is None else "tested"
    how = ", for ".join(filter(None, [how, assumed(equation)]))
    return enter(replace(equation, status=status, how=how))


def compare(label, code, *args, part=None, at=None, loop=None, slope=None):
    """Run ``code(*args)``, and raise unless it returns what an equation says.

    code     a function of shallowlib
    part     the field of its result that the equation is about
    at       values {symbol: number or array, function: SymPy function}
    loop     what a plain loop gave instead
    slope    what central differences gave instead

    At the values of ``at`` the right side is worked out to 30 digits. With
    none of these three the code runs on symbols, and has to return the right
    side exactly. Raises :class:`CodeDiffersError`, with both results.
    """
    if label not in LEDGER:
        raise ValueError(f"{label}: define or prove it before comparing code")
    if sum(given is not None for given in (at, loop, slope)) > 1:
        raise ValueError(f"{label}: give one of at, loop and slope")
    equation, name = LEDGER[label], name_of(code)
    result = code(*args)
    result = np.asarray(getattr(result, part) if part else result)
    if at is not None:
        try:
            expected = worked_out(equation.rhs, equation.where, at)
        except ValueError as error:
            raise ValueError(f"{label}: {error}") from error
        way, limit = "with SymPy", 1e-13
    elif loop is not None:
        way, limit, expected = "with a loop", 1e-12, np.asarray(loop)
    elif slope is not None:
        way, limit = "with central differences", 1e-7
        expected = np.asarray(slope)
    else:
        way, limit = "run on symbols", None
        expected = as_array(sides(equation)[1])
    if not agree(result, expected, limit):
        raise CodeDiffersError(
            f"{label}: {name}, {way}, differs from {equation!r}\n"
            f"  code      {result.tolist()}\n"
            f"  expected  {expected.tolist()}"
        )
    ways = equation.code.get(name, {})
    ways = ways | {way: ways.get(way, 0) + result.size}
    enter(replace(equation, code=equation.code | {name: ways}))


def enter(equation):
    """Note the equation under its label, for the page to display."""
    latex(equation.lhs), latex(equation.rhs)  # raises for an unknown symbol
    LEDGER[equation.label] = equation
    return equation


def stated(label, lhs, rhs, where=None):
    """lhs = rhs as SymPy writes it, its sides left as they are."""
    if not re.fullmatch(r"eq-[a-z0-9]+(-[a-z0-9]+)*", label):
        raise ValueError(
            f"a label is eq- and words in small letters joined by -: got {label!r}"
        )
    left, right = (sp.sympify(side, strict=True) for side in (lhs, rhs))
    if not all(isinstance(s, sp.Expr | sp.MatrixBase) for s in (left, right)):
        raise ValueError(f"{label}: a side must be a scalar or a matrix")
    where = {
        sp.sympify(key, strict=True): sp.sympify(value, strict=True)
        for key, value in (where or {}).items()
    }
    return Equation(label, left, right, where)


def is_name(side):
    """Whether it is a symbol, a matrix symbol or an applied function."""
    return isinstance(side, sp.Symbol | sp.MatrixSymbol | AppliedUndef)


def assumed(equation):
    """In words, what its letters were taken to be; positive counts are none."""
    letters = set()
    for side in (equation.lhs, equation.rhs, *rewritten(equation)):
        letters |= side.atoms(sp.Symbol, AppliedUndef)
    said = []
    for letter in sorted(letters, key=str):
        if letter.is_negative or (letter.is_positive and not letter.is_integer):
            said.append(f"{letter} {'>' if letter.is_positive else '<'} 0")
        elif letter.is_zero is False and not letter.is_positive:
            said.append(f"{letter} not 0")
    return " and ".join(dict.fromkeys(said))


def check_points(label, cases, points):
    """ValueError unless points is None, or a count and cases is None."""
    if points is None:
        return
    if cases is not None:
        raise ValueError(f"{label}: give one of cases and points")
    if type(points) is not int or points < 1:
        raise ValueError(
            f"{label}: points must be a whole number of at least 1: got {points!r}"
        )


def check_where(equation):
    """Raise where its symbols could stand for more than the page says."""
    lhs, rhs, where = equation.lhs, equation.rhs, equation.where
    if lhs == rhs:
        raise NotProvedError("both sides are the same as they stand")
    for key, value in where.items():
        expected = tuple(n.xreplace(where) for n in shape(key))
        if shape(value) != expected:
            raise NotProvedError(
                f"{key} and what it stands for differ in shape: "
                f"{expected} and {shape(value)}"
            )
        if not is_name(key):
            how_equal(key, value)
    seen = {}
    for side in (lhs, rhs, *rewritten(equation)):
        for look, symbol in symbols_in(side):
            if seen.setdefault(look, symbol) != symbol:
                raise NotProvedError(f"two different symbols are both written {look}")
            if isinstance(symbol, sp.Symbol) and symbol.is_zero:
                raise NotProvedError(f"{symbol} is always 0: write 0")


def symbols_in(side):
    """Its (look, symbol) and (look, function), as they are told apart.

    The letters of a function written out, as in applyfunc, are left out.
    """
    inner = (f.bound_symbols for f in side.atoms(sp.Lambda))
    for symbol in side.atoms(sp.Symbol, sp.MatrixSymbol).difference(*inner):
        yield re.sub(r"[\[\]]", "", symbol.name), symbol  # W[1] looks like W1
    for f in side.atoms(AppliedUndef):
        yield f"{f.func.name}()", f.func


def rewritten(equation, branch=None):
    """Both sides, rewritten by where and by branch, nothing carried out."""
    # Not subs: in Derivative(a * z, z) it would hold a fixed where a is f(z).
    try:
        return [
            side.xreplace(equation.where).xreplace(branch or {})
            for side in (equation.lhs, equation.rhs)
        ]
    except ValueError as error:
        raise NotProvedError(f"where makes no sense here: {error}") from error


def sides(equation, branch=None):
    """Both sides, rewritten and carried out."""
    both = rewritten(equation, branch)
    for slope in (d for side in both for d in side.atoms(sp.Derivative)):
        if slope.has(*CORNERS):
            raise NotProvedError("a corner has no derivative, prove it by cases")
        letters = slope.expr.free_symbols
        by = [v.free_symbols for v in slope.variables]
        if letters and any(map(letters.isdisjoint, by)):
            raise NotProvedError(f"{slope} is by something that is not in {slope.expr}")
    try:
        return [written_out(side.doit()) for side in both]
    except (NotImplementedError, ValueError) as error:
        reason = f"SymPy cannot carry this out: {error}"
        raise NotProvedError(reason) from error


def written_out(side):
    """The side; as an explicit matrix where all its sizes are numbers."""
    sizes = sp.Tuple(*(n for M in side.atoms(MatrixExpr) for n in M.shape))
    if isinstance(side, MatrixExpr) and not sizes.free_symbols:
        return side.as_explicit()
    return side


def by_cases(equation, z):
    """In words, how it holds for z > 0, for z < 0 and, if stated, at 0."""
    if not (isinstance(z, sp.Symbol) and z.is_real and z.is_zero is None):
        raise ValueError(f"cases must be a real symbol of any sign: got {z!r}")
    signs = {
        f"{z} > 0": {z: sp.Symbol(z.name, positive=True)},
        f"{z} < 0": {z: sp.Symbol(z.name, negative=True)},
        f"{z} = 0": {z: sp.Integer(0)},
    }
    lhs, rhs = rewritten(equation)
    if rhs.subs(z, 0) is sp.nan:
        signs.pop(f"{z} = 0")
    elif lhs.has(sp.Derivative) or rhs.has(sp.Derivative):
        raise NotProvedError(
            f"a branch may have no derivative at {z} = 0, where SymPy "
            "follows a convention of its own: leave 0 out of the right side"
        )
    for case, branch in signs.items():
        try:
            how_equal(*sides(equation, branch))
        except NotProvedError as error:
            raise NotProvedError(f"where {case}, {error}") from error
    return "case by case: " + ", ".join(signs)

"""Whether two sides of an equation are equal, as SymPy can show it.

left, right   SymPy expressions, derivatives and sums carried out: scalars,
              explicit matrices, or matrices of symbolic size
"""

import random

import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.matrices.expressions.matexpr import MatrixElement, MatrixExpr

CORNERS = (
    sp.Piecewise,
    sp.Max,
    sp.Min,
    sp.Abs,
    sp.sign,
    sp.Heaviside,
    sp.floor,
    sp.ceiling,
    sp.frac,
    sp.Mod,
)
SMALL = sp.Rational(1, 1000)


class NotProvedError(ValueError):
    """The two sides differ, or SymPy could not decide whether they do."""


def how_equal(left, right, points=None):
    """In words, how left - right was shown to be 0.

    points   a number: exactly 0 at so many random rational points; None
             for a proof

    Raises :class:`NotProvedError`, with both sides and, where one is found,
    a point at which they differ.
    """
    said = f"\n  left side   {left}\n  right side  {right}"
    if shape(left) != shape(right):
        raise NotProvedError(
            f"the sides differ in shape: {shape(left)} and {shape(right)}" + said
        )
    difference = (left - right).doit()
    # Numbers first: a point where the sides differ outweighs any algebra.
    if found := counterexample(difference):
        raise NotProvedError(f"the two sides differ{said}\n  {found}")
    if left.has(sp.Float) or right.has(sp.Float):
        raise NotProvedError("a rounded number proves nothing, write a Rational" + said)
    if has_gap(left) or has_gap(right):
        raise NotProvedError("a side is undefined in places, prove it by cases" + said)
    if points is None:
        how = way_to_zero(difference)
    else:
        how, found = exact_at(points, difference)
        if found:
            raise NotProvedError(f"the two sides differ{said}\n  {found}")
    if how is None:
        raise NotProvedError(
            "SymPy could not decide whether the two sides are equal" + said
        )
    return how


def entries(side):
    """The entries of an explicit matrix, else the side itself, as a list."""
    return list(side) if isinstance(side, sp.MatrixBase) else [side]


def is_matrix(side):
    """Whether it is a matrix, explicit or of symbolic size."""
    return isinstance(side, sp.MatrixBase | MatrixExpr)


def shape(side):
    """The shape of a matrix, () for a scalar."""
    return side.shape if is_matrix(side) else ()


def has_gap(side):
    """Whether it is undefined somewhere."""
    return any(case.args[-1].cond is not sp.true for case in side.atoms(sp.Piecewise))


def way_to_zero(difference):
    """In words, how SymPy shows that it is 0; None where it cannot."""
    if isinstance(difference, sp.MatrixBase):
        ways = {way_to_zero(entry) for entry in difference}
        if None in ways:
            return None
        hard = ways - {"worked out"} or ways
        how = " and ".join(sorted(hard))
        return f"entry by entry for shape {difference.shape}, {how}"
    if isinstance(difference, MatrixExpr):
        if sp.expand(difference).doit().is_ZeroMatrix:
            return "for matrices of every size"
        # Any entry; as_dummy gives sums on both sides the same letters.
        place = [
            0 if size == 1 else sp.Dummy(integer=True, nonnegative=True)
            for size in difference.shape
        ]
        entry = difference[*place].doit().as_dummy()
        shown = "entry by entry, for matrices of every size"
        return shown if entry == 0 else None
    ways = {
        "worked out": lambda d: d,  # nothing is left
        "multiplied out": sp.expand,
        "simplified": sp.simplify,
        "written in powers of e": lambda d: sp.simplify(d.rewrite(sp.exp)),
        "branch by branch": lambda d: sp.simplify(
            sp.piecewise_fold(d.rewrite(sp.Piecewise))
        ),
    }
    for name, way in ways.items():
        if way(difference) == 0:
            return name
    return None


def exact_at(count, difference):
    """(words that it is exactly 0 at random points, words on one where not).

    Both are None where a value is no rational number.
    """
    rng = random.Random(0)
    for _ in range(count):
        for entry in map(without_elements, entries(difference)):
            symbols = sorted(entry.free_symbols, key=str)
            if not of_numbers(entry):
                return None, None
            point = {
                s: rng.choice(signs(s)) * number(s, rng.randint(1, 99)) for s in symbols
            }
            value = entry.xreplace(point).doit()
            if not value.is_Rational:
                return None, None
            if value != 0:
                return None, difference_at(point, value)
    return f"equal at {count} random rational points", None


def counterexample(difference):
    """Words on a point where the difference is not 0, else None."""
    sizes = small_sizes(difference)
    if sizes:
        try:
            difference = difference.xreplace(sizes).doit().as_explicit()
        except (IndexError, NotImplementedError, ValueError):
            return None  # these sizes make no sense: S[5, 5], an inverse
    for entry in map(without_elements, entries(difference)):
        if not of_numbers(entry):
            continue
        tries = [(1, 1), (2, -1), (3, 1), (4, -1), (5, 1)]
        if entry.has(*CORNERS):  # the sides may part at 0 alone, or far off
            tries += [(1, scale) for scale in (0, SMALL, -SMALL, 1000, -1000)]
        for shift, scale in tries:
            point = point_near(shift, scale, entry)
            value = entry.subs(point).doit().evalf(maxn=1000)
            if not (value.is_number and value.is_finite):
                continue
            if abs(value) > 1e-9 and is_allowed(sizes | point):
                return difference_at(sizes | point, value)
    return None


def small_sizes(difference):
    """{size: 2, 3, …} for a matrix of symbolic size, else nothing."""
    if not is_matrix(difference) or isinstance(difference, sp.MatrixBase):
        return {}
    shapes = sp.Tuple(*difference.shape)
    for matrix in difference.atoms(MatrixExpr):
        shapes += matrix.shape
    sizes = sorted(shapes.free_symbols, key=str)
    return {size: sp.Integer(k) for k, size in enumerate(sizes, start=2)}


def point_near(shift, scale, entry):
    """{symbol: number} for all of entry, as their assumptions allow."""
    point = {}
    symbols = sorted(entry.free_symbols, key=str)
    for i, s in enumerate(symbols, start=1):
        allowed, sign = signs(s), -1 if scale < 0 else 1
        size = 1 if s.is_integer else abs(scale) or 1
        point[s] = size * number(s, 2 * i + shift)
        point[s] *= sign if sign in allowed else allowed[0]
        if scale == 0 and s.is_zero is None:
            point[s] = sp.Integer(0)
    return point


def without_elements(entry):
    """The entry, each element of a matrix symbol in it now a symbol.

    As it stands where a letter of an index is also found elsewhere in it:
    the S[i, i] of a sum over i are many numbers.
    """
    elements = entry.atoms(MatrixElement)
    letters = sp.Tuple(*(n for e in elements for n in e.indices)).free_symbols
    symbols = {e: sp.Symbol(str(sp.expand(e))) for e in elements}
    written = entry.xreplace(symbols)
    return entry if letters & written.atoms(sp.Symbol) else written


def of_numbers(entry):
    """Whether numbers can stand for all that is unknown in it."""
    return not (
        isinstance(entry, MatrixExpr)
        or any(not isinstance(s, sp.Symbol) for s in entry.free_symbols)
        or entry.atoms(AppliedUndef)
    )


def is_allowed(point):
    """Whether it keeps to all that is assumed of its symbols: even, prime."""
    return all(
        getattr(value, f"is_{fact}") == given
        for symbol, value in point.items()
        for fact, given in symbol.assumptions0.items()
    )


def signs(symbol):
    """Of 1 and -1 those that its assumptions allow; 0 if neither."""
    ways = ((1, symbol.is_nonpositive), (-1, symbol.is_nonnegative))
    return [sign for sign, forbidden in ways if not forbidden] or [0]


def number(symbol, count):
    """So many sevenths, or so many where the symbol is an integer."""
    return sp.Rational(count, 1 if symbol.is_integer else 7)


def difference_at(point, value):
    """In words, that the two sides differ at a point by a value."""
    where = ", ".join(f"{s} = {v}" for s, v in point.items())
    number = float(value) if value.is_real else complex(value)
    return f"at {where or 'every point'} the left side minus the right is {number:.6g}"

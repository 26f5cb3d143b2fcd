"""What the code returned, against what its equation says.

result     what a function of shallowlib returned: an array, of numbers or
           of SymPy expressions
expected   the same from its equation, a loop or central differences
"""

import inspect
import sys
from operator import attrgetter

import numpy as np
import sympy as sp
from sympy.core.function import UndefinedFunction

from shallowlib.proof.equality import is_matrix, way_to_zero


def name_of(code):
    """module.function, as the page of the library has it; else ValueError."""
    function = code if inspect.isroutine(code) else type(code)
    function = getattr(function, "__func__", function)  # of a method
    module, name = function.__module__, function.__qualname__
    try:
        found = attrgetter(name)(sys.modules[module])
    except (AttributeError, KeyError):
        found = None
    if not module.startswith("shallowlib.") or found is not function:
        raise ValueError(f"code must be of shallowlib: got {module}.{name}")
    return f"{module.removeprefix('shallowlib.')}.{name}"


def worked_out(side, where, at):
    """A side at the given values, to 30 digits and then as floats."""
    functions, matrices, numbers = {}, {}, {}
    for key, value in at.items():
        if isinstance(key, UndefinedFunction):
            functions[key] = value
        elif is_matrix(key):
            # To 50 digits: exact numbers would grow from layer to layer.
            rows = np.asarray(value, dtype=float).tolist()
            matrices[key] = sp.ImmutableMatrix(rows).applyfunc(to_50_digits)
        else:
            numbers[key] = np.asarray(value, dtype=float)
    # A symbol with a value here stands for that, and for nothing else.
    where = {s: meaning for s, meaning in where.items() if s not in at}
    side = side.xreplace(where).doit().xreplace(matrices)
    for f, g in functions.items():
        side = side.replace(f, entry_by_entry(g))
    grid = np.broadcast(*numbers.values())
    results = []
    for point in grid:
        exact = map(sp.Rational, map(float, point))
        value = side.xreplace(dict(zip(numbers, exact, strict=True))).doit()
        results.append(in_floats(value))
    if not results:
        raise ValueError("at holds no numbers")
    return np.reshape(results, grid.shape + results[0].shape)


def in_floats(value):
    """A scalar or matrix, worked out to 30 digits, as an array of floats."""
    try:
        return as_array(value.evalf(30)).astype(float)
    except (AttributeError, TypeError) as error:
        raise ValueError(f"at gives no number for {value}") from error


def to_50_digits(entry):
    """A rounded number of SymPy as the same number with room for 50 digits."""
    return sp.Float(entry, 50)


def entry_by_entry(g):
    """The SymPy function g for scalars and for matrices."""
    return lambda Z: Z.applyfunc(g) if is_matrix(Z) else g(Z)


def as_array(side):
    """A scalar or an explicit matrix of SymPy as an array of objects."""
    return np.array(side.tolist() if is_matrix(side) else side, dtype=object)


def agree(result, expected, limit):
    """Whether both are the same; exactly, by SymPy, where limit is None."""
    if result.shape != expected.shape or not expected.size:
        return False
    if limit is None:
        left, right = (sp.Matrix(np.ravel(s)) for s in (result, expected))
        return way_to_zero(left.applyfunc(unrounded) - right) is not None
    if not np.isfinite(expected).all():
        return False
    scale = np.maximum(1, abs(expected))
    return bool((abs(result - expected) <= limit * scale).all())


def unrounded(entry):
    """Each rounded number in it as the fraction that it is: 1.0 is 1."""
    return entry.xreplace({f: sp.Rational(f) for f in entry.atoms(sp.Float)})

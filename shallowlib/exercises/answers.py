"""What the checkers have in common: verdicts, and ways to look at an answer.

A checker is a function under ``@checker``. It raises :class:`NotYet` with
what went wrong, or returns what there is to say of a right answer.
"""

import functools
import html
import re
from dataclasses import dataclass

import numpy as np

from shallowlib.network import Parameters

EMPTY = "There is no answer yet: put yours where the dots are."
CLOSE = 1e-6  # relative difference at which two numbers count as equal


@dataclass(frozen=True)
class Verdict:
    """Whether an answer is right, and what there is to say of it."""

    is_right: bool
    message: str

    def __bool__(self):
        return self.is_right

    @property
    def word(self):
        """Right, or not yet."""
        return "Right." if self.is_right else "Not yet."

    def __repr__(self):
        return f"{self.word} {self.message}"

    def _repr_html_(self):
        """For notebooks, and for the book's pages, which look at the class."""
        kind = "is-right" if self.is_right else "is-wrong"
        said = f"<strong>{self.word}</strong> {html.escape(self.message)}"
        return f'<p class="verdict {kind}">{said}</p>'


class NotYet(Exception):
    """The answer is not right; the message says why."""


def checker(check):
    """Let a function that raises NotYet or returns a message give a Verdict."""

    @functools.wraps(check)
    def checked(*answers):
        try:
            for answer in answers:
                refuse_empty(answer)
            return Verdict(True, check(*answers))
        except NotYet as error:
            return Verdict(False, re.sub("^the ", "The ", str(error)))

    return checked


def refuse_empty(answer):
    """NotYet where the dots of the question are still there."""
    if answer is ... or (isinstance(answer, str) and answer in ("", "...")):
        raise NotYet(EMPTY)
    if isinstance(answer, list | tuple):
        for part in answer:
            refuse_empty(part)


def call(function, *args):
    """What the reader's function returns; it must leave its arguments alone.

    Errors that it raises are the reader's to see, and go on as they are.
    """
    refuse_empty(function)
    if not callable(function):
        raise NotYet(f"A function is expected, and this is {function!r}.")
    before = [np.array(a, copy=True) for a in arrays_in(args)]
    result = function(*args)
    for old, new in zip(before, arrays_in(args), strict=True):
        if not np.array_equal(old, new):
            raise NotYet(
                "The function changes an array that it was given: make a new "
                "one, as in A = A + 1, and not A += 1."
            )
    refuse_empty(result)
    if result is None:
        raise NotYet("The function returns nothing: does it end with return?")
    return result


def arrays_in(args):
    """The arrays among arguments, those in tuples included."""
    for arg in args:
        if isinstance(arg, np.ndarray):
            yield arg
        elif isinstance(arg, tuple):
            yield from arrays_in(arg)


def expect_array(name, got, expected, *, mistakes=(), like=None):
    """NotYet unless an array has the shape and the numbers expected.

    name      what it is called in messages
    mistakes  (array, message) pairs: what typical slips give
    like      the name of an array that has the expected shape, to be named
    """
    got, expected = as_numbers(name, got), np.asarray(expected, dtype=float)
    if got.shape != expected.shape:
        of = f"; {like} has shape" if like else ", and should be"
        raise NotYet(f"The shape of {name} is {got.shape}{of} {expected.shape}.")
    if np.allclose(got, expected, rtol=CLOSE, atol=CLOSE * largest(expected)):
        return
    for wrong, message in mistakes:
        wrong = np.asarray(wrong, dtype=float)
        if wrong.shape == got.shape and np.allclose(got, wrong, rtol=CLOSE):
            raise NotYet(message)
    if not np.isfinite(got).all():
        raise NotYet(f"{name} has entries that are not finite.")
    if factor := factor_between(got, expected):
        raise NotYet(f"{name} is {apart(factor, 1)[0]} times what it should be.")
    worst = np.unravel_index(np.argmax(abs(got - expected)), got.shape)
    entry = name + (f"[{', '.join(map(str, worst))}]" if worst else "")
    mine, true = apart(got[worst], expected[worst])
    raise NotYet(f"{entry} is {mine}, and should be {true}.")


def four_arrays(answer, shapes):
    """The answer as Parameters; NotYet unless it is four arrays of these shapes."""
    if not isinstance(answer, (tuple, list)) or len(answer) != 4:
        raise NotYet(
            "Four arrays are expected: W1, b1, W2, b2, with commas between them."
        )
    found = []
    for name, array, shape in zip(Parameters._fields, answer, shapes, strict=True):
        array = as_numbers(name, array)
        if array.shape != shape:
            why = (
                " A bias is a column, with two axes; a sum keeps both with keepdims=True."
                if name[0] == "b"
                else ""
            )
            raise NotYet(
                f"The shape of {name} is {array.shape}, and should be {shape}.{why}"
            )
        found.append(array)
    return Parameters(*found)


def expect_number(name, got, expected, *, mistakes=(), tolerance=None):
    """NotYet unless a number is the one expected.

    tolerance  how far it may be off, for what was read off or measured
    mistakes   (number, message) pairs: what typical slips give
    """
    got = as_numbers(name, got)
    if got.size != 1 or not np.isfinite(got).all():
        raise NotYet(f"One number is expected for {name}, and this is {got}.")
    got, near = got.item(), tolerance or CLOSE * (abs(expected) or 1)
    if abs(got - expected) <= near:
        return
    for wrong, message in mistakes:
        if abs(got - wrong) <= near:
            raise NotYet(message)
    side = "large" if got > expected else "small"
    raise NotYet(f"{name} is not {apart(got, expected)[0]}: that is too {side}.")


def apart(mine, true):
    """Two numbers in as many digits as it takes to see that they differ."""
    digits = 4 if f"{mine:.4g}" != f"{true:.4g}" else 8
    return f"{mine:.{digits}g}", f"{true:.{digits}g}"


def as_numbers(name, got):
    """The answer as an array of floats."""
    refuse_empty(got)
    try:
        return np.asarray(got, dtype=float)
    except (TypeError, ValueError):
        raise NotYet(f"Numbers are expected for {name}, and this is {got!r}.") from None


def largest(array):
    """The largest size of an entry; 1 where there is none but 0."""
    return float(abs(array).max(initial=0)) or 1.0


def factor_between(got, expected):
    """The one factor by which two arrays differ, or None."""
    factors = got[expected != 0] / expected[expected != 0]
    is_zero = np.allclose(got[expected == 0], 0)
    is_one = np.allclose(factors, factors[:1], rtol=CLOSE)
    if factors.size < 2 or not is_zero or not is_one:
        return None
    return factors[0]


def expect_choice(got, messages, *, right, told=""):
    """What there is to say of the right choice; NotYet with that of another.

    messages  {choice: what to say of it}, but for blanks and capitals
    told      what to say before, whichever is made: what was measured
    """
    refuse_empty(got)
    said = got.strip().lower() if isinstance(got, str) else got
    chosen = next((choice for choice in messages if choice.lower() == said), None)
    if chosen is None:
        choices = ", ".join(f'"{choice}"' for choice in messages)
        raise NotYet(f"Choose one of {choices}; this is {got!r}.")
    message = f"{told} {messages[chosen]}".lstrip()
    if chosen != right:
        raise NotYet(message)
    return message


def expect_measured(holds, what):
    """NotYet where what was measured cannot come from the question's code."""
    if not holds:
        raise NotYet(
            f"{what} are not what the code of the question gives: was it changed?"
        )

"""Every exercise of the book: its parts, and its checker, which meets right and wrong answers.

``answers/`` has them, a module a chapter: what a reader would write between the imports and the last line of the code
in which the exercise is answered. The browser's tests give the same ones to the page.
"""

import importlib
import inspect
import re

import numpy as np
import pytest
import sympy as sp
from bs4 import BeautifulSoup

from shallowlib.exercises import answers, expressions
from shallowlib.exercises.answers import NotYet, Verdict, checker
from support.book_sources import (
    CHAPTERS,
    ROOT,
    answered,
    code_of,
    exercises_of,
    module_of,
    text_of,
)

KINDS = {"by-hand", "by-code", "by-experiment"}


def verdict_on(code):
    """What the last line of some code gives."""
    before, _, last = code.rstrip("\n").rpartition("\n")
    names = {"np": np, "sp": sp, **{letter: sp.Symbol(letter) for letter in "az"}}
    exec(before, names)
    return eval(last, names)


def cases(kind):
    known = {
        page: getattr(importlib.import_module(f"answers.{module_of(page)}"), kind)
        for page in CHAPTERS
    }
    return [
        pytest.param(page, name, one, id=f"{page}-{name}-{number}")
        for page, by_name in known.items()
        for name, given in by_name.items()
        for number, one in enumerate(given)
    ]


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapter_has_three_to_six_exercises_each_with_all_its_parts(page):
    exercises = exercises_of(page)
    assert 3 <= len(exercises) <= 6
    assert text_of(page).count("{exercise}") == len(exercises)
    assert {kind for _, kind, _ in exercises.values()} <= KINDS
    for name, (label, _, body) in exercises.items():
        assert re.match(r"````\{exercise\} \S", body), f"{label} has no title"
        for hint in ("First", "Second"):
            assert body.count(f"{{admonition}} {hint} hint\n:class: dropdown") == 1, (
                label
            )
        target, code = code_of(body)
        assert target == label
        assert f"from shallowlib.exercises import {module_of(page)} as check" in code
        assert re.search(
            rf"^check\.{name}\(.*\)$", code.rstrip().rpartition("\n")[2]
        ), label
        assert (
            len(code.splitlines()) <= 20 and max(map(len, code.splitlines())) <= 76
        ), label


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapter_has_three_questions_or_more(page):
    quizzes = re.findall(r"^```\{quiz\}.*?^```$", text_of(page), re.M | re.S)
    assert len(quizzes) >= 3
    for quiz in quizzes:
        assert quiz.count("\n: **Right.** ") >= 1 and quiz.count("\n: **No.** ") >= 1, (
            quiz
        )


@pytest.mark.parametrize("page", CHAPTERS)
def test_every_solution_ends_with_the_checker_of_its_exercise(page):
    text = text_of(page)
    for name, (label, _, _) in exercises_of(page).items():
        solution = re.search(
            rf"\{{solution-start\}} {label}\n(.*?)\{{solution-end\}}", text, re.S
        )[1]
        last_cell = re.findall(
            r"^```\{code-cell\}[^\n]*\n(.*?)^```$", solution, re.M | re.S
        )[-1]
        assert last_cell.rstrip().rpartition("\n")[2].startswith(f"check.{name}("), (
            label
        )


@pytest.mark.site
@pytest.mark.parametrize("page", CHAPTERS)
def test_every_solution_was_found_right_by_the_build(page):
    soup = BeautifulSoup(
        (ROOT / "_build" / "html" / f"{page}.html").read_text(encoding="utf-8"),
        "html.parser",
    )
    verdicts = [v.get_text() for v in soup.select(".solution .verdict")]
    assert len(verdicts) == len(exercises_of(page))
    assert [v for v in verdicts if not v.startswith("Right.")] == []


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapter_and_its_module_have_the_same_exercises_and_answers(page):
    name = module_of(page)
    module, known = (
        importlib.import_module(f"{package}.{name}")
        for package in ("shallowlib.exercises", "answers")
    )
    checkers = {
        n
        for n, f in inspect.getmembers(module, inspect.isfunction)
        if hasattr(f, "__wrapped__") and f.__module__ == module.__name__
    }
    assert checkers == set(exercises_of(page)) == set(known.RIGHT) == set(known.WRONG)
    assert all(getattr(module, checker).__doc__ for checker in checkers)
    assert min(map(len, known.RIGHT.values())) >= 2
    for wrong in known.WRONG.values():
        assert len({message for _, message in wrong}) >= 3


def test_every_exercise_belongs_to_one_goal_of_the_teachers_page_under_its_chapter():
    goals = (
        text_of("teaching")
        .partition("(teaching-goals)=")[2]
        .partition("(teaching-class)=")[0]
    )
    parts = re.split(r"^\[.*\]\((.*)\.md\)$", goals, flags=re.M)[1:]
    listed = {
        page: sorted(re.findall(r"\{numref\}`(ex-[\w-]+)`", part))
        for page, part in zip(parts[::2], parts[1::2], strict=True)
    }
    assert listed == {
        page: sorted(label for label, _, _ in exercises_of(page).values())
        for page in CHAPTERS
    }


@pytest.mark.parametrize("page", CHAPTERS)
def test_an_exercise_as_it_stands_has_no_answer_yet(page):
    for label, _, body in exercises_of(page).values():
        verdict = verdict_on(code_of(body)[1])
        assert not verdict and verdict.message == answers.EMPTY, (label, verdict)


@pytest.mark.parametrize(("page", "name", "answer"), cases("RIGHT"))
def test_a_right_answer_is_right_in_any_form(page, name, answer):
    verdict = verdict_on(answered(exercises_of(page)[name][2], answer))
    assert isinstance(verdict, Verdict) and verdict, verdict


@pytest.mark.parametrize(("page", "name", "wrong"), cases("WRONG"))
def test_a_wrong_answer_is_told_what_went_wrong(page, name, wrong):
    answer, message = wrong
    assert len(message) >= 8
    verdict = verdict_on(answered(exercises_of(page)[name][2], answer))
    assert isinstance(verdict, Verdict) and not verdict
    assert message in verdict.message


# What the checkers are made of.


def told(look, *args, **more):
    """The message of NotYet."""
    with pytest.raises(NotYet) as error:
        look(*args, **more)
    return str(error.value)


def test_a_verdict_counts_as_its_answer_and_is_shown_in_words():
    right, wrong = Verdict(True, "It is 1 < 2."), Verdict(False, "It is <b>.")
    assert right and not wrong
    assert (repr(right), repr(wrong)) == ("Right. It is 1 < 2.", "Not yet. It is <b>.")
    assert (
        right._repr_html_()
        == '<p class="verdict is-right"><strong>Right.</strong> It is 1 &lt; 2.</p>'
    )
    assert (
        wrong._repr_html_()
        == '<p class="verdict is-wrong"><strong>Not yet.</strong> It is &lt;b&gt;.</p>'
    )


def test_a_checker_turns_not_yet_into_a_verdict_and_lets_other_errors_through():
    @checker
    def positive(x, y):
        """Both positive."""
        if min(x, y) <= 0:
            raise NotYet("the smaller is not positive.")
        return f"{1 / (x - 3):g} is fine."

    assert positive(1, 2) == Verdict(True, "-0.5 is fine.")
    assert positive(1, -2) == Verdict(False, "The smaller is not positive.")
    assert (
        positive(1, ...)
        == positive("...", 1)
        == positive("", 1)
        == positive([1, (..., 2)], 1)
        == Verdict(False, answers.EMPTY)
    )
    assert positive.__doc__ == "Both positive."
    with pytest.raises(ZeroDivisionError):
        positive(3, 3)


def test_a_function_is_called_and_must_leave_its_arguments_alone():
    X = np.array([[1.0, 2.0]])
    assert answers.call(lambda A, k: (A * k).sum(), X, 2) == 6

    def spoils(A, *_):
        A += 1
        return A

    assert "changes an array" in told(answers.call, spoils, X.copy())
    assert "changes an array" in told(
        answers.call, lambda pair: spoils(pair[0]), (X.copy(), 1)
    )
    assert told(answers.call, 3) == "A function is expected, and this is 3."
    assert (
        told(answers.call, lambda: None)
        == "The function returns nothing: does it end with return?"
    )
    assert told(answers.call, lambda: ...) == told(answers.call, ...) == answers.EMPTY
    with pytest.raises(ZeroDivisionError):
        answers.call(lambda: 1 / 0)


def test_only_errors_of_shapes_become_messages():
    from shallowlib.exercises.backpropagation import call_with_shapes

    assert "The shapes do not fit. Look." in told(
        call_with_shapes, "Look.", lambda A: A @ A, np.ones((2, 3))
    )
    with pytest.raises(ValueError, match="invalid literal"):
        call_with_shapes("Look.", lambda A: int("x"), np.ones((2, 3)))


E = np.array([[1.0, 2.0], [0.0, 4.0]])


@pytest.mark.parametrize("got", [E, E + 1e-7, E.tolist(), E.astype(np.float32)])
def test_an_array_is_right_up_to_rounding(got):
    assert answers.expect_array("A", got, E) is None


@pytest.mark.parametrize(
    ("got", "message"),
    [
        (E[:, :1], "The shape of A is (2, 1); W has shape (2, 2)."),
        (E + [[0, 1e-3], [0, 0]], "A[0, 1] is 2.001, and should be 2."),
        (E + [[0, 0], [1, 0]], "A[1, 0] is 1, and should be 0."),
        (E + [[0, 1e-5], [0, 0]], "A[0, 1] is 2.00001, and should be 2."),
        (3 * E, "A is 3 times what it should be."),
        (-E, "A is -1 times what it should be."),
        (E.T, "It is transposed."),
        (E * np.nan, "A has entries that are not finite."),
        ("text", "Numbers are expected for A, and this is 'text'."),
        ([[1], [2, 3]], "Numbers are expected for A, and this is [[1], [2, 3]]."),
        (..., answers.EMPTY),
    ],
)
def test_of_a_wrong_array_something_is_said(got, message):
    mistakes = [(E[0], "never"), (E.T, "It is transposed.")]
    assert (
        told(answers.expect_array, "A", got, E, mistakes=mistakes, like="W") == message
    )


def test_a_wrong_array_without_a_name_for_its_shape_or_with_one_entry():
    assert (
        told(answers.expect_array, "A", 1.0, E)
        == "The shape of A is (), and should be (2, 2)."
    )
    assert told(answers.expect_array, "A", 3.0, 1.0) == "A is 3, and should be 1."
    assert (
        told(answers.expect_array, "A", [2.0], [1.0]) == "A[0] is 2, and should be 1."
    )
    assert (
        told(answers.expect_array, "A", [1.0, 0.0], [0.0, 0.0])
        == "A[0] is 1, and should be 0."
    )
    assert answers.expect_array("A", np.zeros((2, 0)), np.zeros((2, 0))) is None


@pytest.mark.parametrize(
    ("got", "message"),
    [
        (3.0, "J is not 3: that is too large."),
        (1.0, "J is not 1: that is too small."),
        (4.0, "Twice."),
        (2.0001, "J is not 2.0001: that is too large."),
        ([1.0, 2.0], "One number is expected for J, and this is [1. 2.]."),
        (float("nan"), "One number is expected for J, and this is nan."),
        ("x", "Numbers are expected for J, and this is 'x'."),
    ],
)
def test_of_a_wrong_number_something_is_said_that_does_not_give_the_right_one_away(
    got, message
):
    assert (
        told(answers.expect_number, "J", got, 2.0, mistakes=[(4.0, "Twice.")])
        == message
    )


def test_a_number_is_right_up_to_rounding_or_as_far_as_is_told():
    for got in (2, 2.0000001, "2", np.array([[2.0]])):
        assert answers.expect_number("J", got, 2.0) is None
    assert answers.expect_number("J", 1e-7, 0.0) is None
    assert answers.expect_number("J", 2.1, 2.0, tolerance=0.2) is None
    assert (
        told(answers.expect_number, "J", 2.3, 2.0, tolerance=0.2)
        == "J is not 2.3: that is too large."
    )


def test_a_choice_is_told_why_it_is_right_or_not():
    messages = {"falls": "It falls.", "rises": "It does not."}
    assert answers.expect_choice("falls", messages, right="falls") == "It falls."
    assert (
        told(answers.expect_choice, "rises", messages, right="falls") == "It does not."
    )
    assert (
        told(answers.expect_choice, "sinks", messages, right="falls")
        == 'Choose one of "falls", "rises"; this is \'sinks\'.'
    )
    assert told(answers.expect_choice, 3, messages, right="falls").endswith(
        "this is 3."
    )
    assert told(answers.expect_choice, "...", messages, right="falls") == answers.EMPTY


LETTERS = {"a": (0, 1), "y": (0, 1)}


@pytest.mark.parametrize(
    "form",
    [
        "a - y",
        "-(y - a)",
        "(a^2 - y^2)/(a + y)",
        "a**2/a - y",
        "(a-y)1",
        "log(exp(a)) - y",
        "a - y + 0.0",
        sp.Symbol("a") - sp.Symbol("y"),
        "a*(1 - y) - y(1 - a)",
        "(a² − y²)/(a + y)",
        "np.log(e^a) - y",
        "math.exp(ln(a)) - y",
        "2·(a - y)/2",
        "a - y + sin(π)",
        "π a/π - y",
        "log(1/sigmoid(-a) - 1) - y",
    ],
    ids=str,
)
def test_a_formula_may_have_any_form(form):
    assert expressions.expect_formula(form, "a - y", LETTERS) is None


def test_a_number_may_be_a_formula_without_letters():
    for form in (
        "1/4",
        0.25,
        sp.Rational(1, 4),
        "2^-2",
        sp.Integral(sp.Symbol("t"), (sp.Symbol("t"), 0, 1)) / 2,
    ):
        assert expressions.expect_formula(form, "1/4", {}) is None


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("y - a", "The sign."),
        ("2*a - 2*y", "and should be"),
        ("a - ay", "Write a*y for ay."),
        ("a - y + z", "A formula in a and y is expected; z should not be in it."),
        (
            "a -",
            "This cannot be read as a formula: 'a -'. Write it as in Python, for example \"a*(1 - y)\".",
        ),
        ("(a", "This cannot be read"),
        ("a < y", "no =, < or > in it"),
        ("L = a - y", "no =, < or > in it"),
        ("log 2", "log needs brackets, as in log(2)."),
        ("a - 0.9999*y", "A number in it is rounded"),
        (b"a - y", "This cannot be read"),
        ("a.q", "This cannot be read"),
        ([1, 2], "This cannot be read as a formula: [1, 2]."),
        (None, "This cannot be read as a formula: None."),
        ("sqrt(-a)", "it is not a real number, and should be"),
        ("a/0", "it is not defined, and should be"),
        ("f(a)", "f should not be in it"),
        ("...", answers.EMPTY),
    ],
    ids=str,
)
def test_of_a_wrong_formula_something_is_said(form, message):
    assert message in told(
        expressions.expect_formula,
        form,
        "a - y",
        LETTERS,
        mistakes=[("y - a", "The sign.")],
    )


def test_of_two_answers_the_wrong_one_is_named():
    assert (
        told(
            expressions.expect_formula,
            "y",
            "a",
            LETTERS,
            mistakes=[("y", "The target.")],
            name="L",
        )
        == "L: The target."
    )
    assert told(expressions.expect_formula, "q", "a", LETTERS, name="L").startswith(
        "L: A formula in a and y is expected"
    )
    assert (
        told(expressions.expect_formula, ..., "a", LETTERS, name="L") == answers.EMPTY
    )


def test_where_a_formula_is_wrong_a_point_is_given_at_which_it_is():
    said = told(expressions.expect_formula, "2*a", "a", {"a": (0, 1)})
    a, mine, true = re.fullmatch(
        r"At a = (\S+) it is (\S+), and should be (\S+)\.", said
    ).groups()
    assert (
        float(sp.Rational(a))
        == pytest.approx(float(true), rel=1e-3)
        == pytest.approx(float(mine) / 2, rel=1e-3)
    )


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("0.24", "It is not 0.24: that is too small."),
        (1, "It is not 1: that is too large."),
        ("1/0", "This is not defined."),
        ("sqrt(-1)", "This is not a real number."),
        ("a", "A formula without letters is expected; a should not be in it."),
        ("(1", 'for example "log(2)*(1 - log(2))"'),
        (0.2500001, "rounded"),
        (sp.Rational(25001, 100000), "It is not 0.25001: that is too large."),
        (0.251, "too large"),
        ("α", "alpha should not be in it"),
    ],
)
def test_of_a_wrong_number_without_letters_the_right_one_is_not_given_away(
    form, message
):
    assert message in told(expressions.expect_formula, form, "1/4", {})

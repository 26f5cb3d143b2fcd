"""The page of wrong forms: every one is refused because the sides differ, and a check that never refuses fails."""

import contextlib
import io
import re

import pytest

from shallowlib import proof
from shallowlib.proof import equality
from support.book_sources import cells_of

CELLS = [cell.code for cell in cells_of("wrong-forms") if "hide-cell" not in cell.tags]


@pytest.fixture(autouse=True, scope="module")
def ledger():
    before = dict(proof.LEDGER)
    yield
    proof.LEDGER.clear()
    proof.LEDGER.update(before)


def run():
    """The names of the page, its cells having been run, and the lines they printed."""
    scope, printed = {"__name__": "wrong_forms"}, io.StringIO()
    with contextlib.redirect_stdout(printed):
        for code in CELLS:
            exec(compile(code, "book/wrong-forms.md", "exec"), scope)
    return scope, printed.getvalue().splitlines()


@pytest.fixture(scope="module")
def page():
    return run()


def calls(name):
    """How often the page calls the function."""
    return len(re.findall(rf"^{name}\(", "\n".join(CELLS), re.M))


def test_every_wrong_form_is_refused_because_the_sides_differ(page):
    refusals = page[0]["refusals"]
    assert len(refusals) == calls("refused") >= 30, "no two forms have one name"
    other = {
        name: reason
        for name, reason in refusals.items()
        if not reason.endswith("the two sides differ")
    }
    assert other == {
        "z of one example for all Z": "the sides differ in shape: (2, 2) and (2, 1)"
    }


def test_each_form_is_wrong_by_more_than_a_rounding_error_and_no_two_by_the_same(page):
    shown = {
        line[:32].strip(): line[33:44].strip()
        for line in page[1]
        if " true: " not in line
    }
    wrong = {name: float(by) for name, by in shown.items() if by}
    assert len(wrong) == calls("refused") - 1
    assert min(map(abs, wrong.values())) > 1e-3
    for group in ("dZ2", "dW2", "db2", "dZ1", "dW1", "db1", "collapse"):
        sizes = [by for name, by in wrong.items() if name.startswith(group)]
        assert len(set(sizes)) == len(sizes) >= 2, group


def test_what_is_printed_fits_on_the_page(page):
    assert len(page[1]) == calls("refused") + calls("accepted")
    assert max(map(len, page[1])) <= 78


def test_each_group_accepts_the_true_form_before_it_refuses_wrong_ones():
    groups = [code for code in CELLS if "\nrefused(" in code]
    assert len(groups) >= 10
    for code in groups:
        assert 0 <= code.find("accepted(") < code.find("refused("), code


def test_a_check_that_never_refuses_is_found_out(monkeypatch):
    monkeypatch.setattr(proof, "how_equal", lambda left, right, points=None: "…")
    with pytest.raises(AssertionError, match="accepted: sigmoid slope a"):
        run()


def test_a_check_that_finds_no_difference_is_found_out(monkeypatch):
    monkeypatch.setattr(equality, "counterexample", lambda difference: None)
    with pytest.raises(AssertionError, match="could not decide"):
        run()


def test_a_check_that_refuses_everything_is_found_out(monkeypatch):
    def refuse(left, right, points=None):
        raise proof.NotProvedError("the two sides differ")

    monkeypatch.setattr(proof, "how_equal", refuse)
    with pytest.raises(proof.NotProvedError):
        run()

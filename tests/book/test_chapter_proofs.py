"""The chapters' own proofs, run without building the book: the same cells, in their order.

Of each page only those cells run that define, prove or compare, and those that they depend on (pages.run_proofs).
"""

import functools
import re

import pytest
import sympy as sp

from shallowlib import proof
from shallowlib.activations import Sigmoid
from shallowlib.proof import (
    CodeDiffersError,
    NotProvedError,
    compare,
    comparison,
    equality,
)
from support.book_sources import (
    PAGES,
    labels_shown,
    proof_cells_in,
    run_proofs,
    text_of,
)

PROVING = [
    page
    for page in PAGES
    if labels_shown(text_of(page))
    or re.search(r"^ *\w.*\bprove\(", text_of(page), re.M)
]


@functools.cache
def run_once(page):
    """(a page's equations, the comparisons at values that would not show a wrong sign)."""
    weak = []

    def compare_and_spoil(label, code, *args, part=None, at=None, **others):
        compare(label, code, *args, part=part, at=at, **others)
        equation = proof.LEDGER[label]
        right = comparison.worked_out(equation.rhs, equation.where, at) if at else None
        for change, wrong in spoilt(equation.rhs, at or {}):
            unseen = comparison.agree(
                right, comparison.worked_out(wrong, equation.where, at), 1e-13
            )
            if unseen and not equality.way_to_zero((wrong - equation.rhs).doit()):
                weak.append(f"{label} with {change}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proof, "compare", compare_and_spoil)
        return run_proofs(page), weak


def spoilt(side, at):
    """(what was done to it, the side with the sign of a letter turned, or one function put for another)."""
    for key in at:
        if isinstance(key, sp.core.function.UndefinedFunction):
            yield f"-{key}", side.replace(key, lambda *args, key=key: -key(*args))
            for other in at:
                if other is not key and isinstance(
                    other, sp.core.function.UndefinedFunction
                ):
                    yield f"{other} for {key}", side.replace(key, other)
        elif not getattr(key, "is_integer", False):
            yield f"-{key}", side.xreplace({key: -key})


@pytest.mark.parametrize("page", PROVING)
def test_every_equation_that_a_page_shows_is_defined_or_proved_by_its_cells(page):
    equations, _ = run_once(page)
    assert sorted(equations) == sorted(labels_shown(text_of(page)))
    assert {equation.status for equation in equations.values()} <= {
        "definition",
        "proved",
        "tested",
    }
    assert all(
        equation.how or equation.status == "definition"
        for equation in equations.values()
    )


@pytest.mark.parametrize("page", PROVING)
def test_values_at_which_code_is_compared_show_a_wrong_sign(page):
    assert run_once(page)[1] == [], "compare at values at which this slip shows"


@pytest.mark.parametrize("page", PROVING)
def test_a_definition_is_tied_to_the_code_or_to_a_proof(page):
    equations = run_once(page)[0].values()
    for equation in equations:
        if equation.status == "definition":
            ways = set().union(*equation.code.values())
            in_a_proof = any(
                e.where.get(equation.lhs) == equation.rhs
                for e in equations
                if e.status == "proved"
            )
            assert in_a_proof or ways & {"with SymPy", "run on symbols"}, (
                f"{equation.label}: compare it, or let a proof use it, so that a wrong sign in it turns something red"
            )


def test_most_chapters_prove_something():
    assert len(PROVING) >= 12


FLIPPED = {  # label: (page, what its cell has, the same with one sign the other way round)
    "eq-sigmoid-slope": ("activation-slopes", "a * (1 - a),\n", "a * (1 + a),\n"),
    "eq-tanh-slope": ("activation-slopes", "1 - a**2,\n", "1 + a**2,\n"),
    "eq-unit-sigmoid-mirror": (
        "one-unit",
        "1 - sigma(z), sigma(-z)",
        "1 + sigma(z), sigma(-z)",
    ),
    "eq-activations-tanh-odd": (
        "activations",
        "name(-z), -name(z)",
        "name(-z), name(z)",
    ),
    "eq-hidden-flip": ("two-layer-network", "w * sigma(z) + b,", "w * sigma(z) - b,"),
    "eq-output-error-logistic": (
        "backpropagation",
        "by_z, a2 - y, where",
        "by_z, a2 + y, where",
    ),
}


@pytest.mark.parametrize("label", FLIPPED)
def test_one_sign_flipped_in_a_proof_is_refused_with_both_sides_and_a_point(label):
    page, right, wrong = FLIPPED[label]
    text = text_of(page)
    assert f'"{label}"' in text and right in text, (
        "this page has changed: choose another sign to flip"
    )
    with pytest.raises(NotProvedError) as raised:
        run_proofs(page, text.replace(right, wrong, 1))
    words = rf"{label}: the two sides differ\n  left side   .+\n  right side  .+\n  at .+ = .+ the left side minus"
    assert re.match(words, str(raised.value)), raised.value


def slope_with_a_sign_flipped(self, Z, A):
    return A * (1 + A)


def test_a_slip_in_the_library_is_refused_by_the_cell_that_compares_it(monkeypatch):
    wrong = functools.wraps(Sigmoid.prime)(slope_with_a_sign_flipped)
    monkeypatch.setattr(Sigmoid, "prime", wrong)
    words = r"^eq-sigmoid-slope: activations\.Sigmoid\.prime, .*\n  code .*\n  expected"
    with pytest.raises(CodeDiffersError, match=words):
        run_proofs("activation-slopes")


PAGE = """
```{code-cell} ipython3
import sympy as sp
from shallowlib.proof import prove
z, f = sp.Symbol("z"), sp.Function("f")
names, kept, table = {}, [], {}
```

```{code-cell} ipython3
unused = 1 / 0
```

```{code-cell} ipython3
names[f(z)] = z**2
kept.append(2)
```

```{code-cell} ipython3
def slope(x):
    z = None  # another z
    return sp.Derivative(f(x), x)
```

```{code-cell} ipython3
if kept:
    factor = kept[0]
```

```{code-cell} ipython3
table["unused"] = 1 / 0
```

```{code-cell} ipython3
shown = prove("eq-double", slope(z), factor * z, where=names)
```

```{equation} eq-double
```

```{code-cell} ipython3
factor = 1 / 0
```
"""


def test_only_the_cells_that_a_proof_depends_on_run():
    assert list(proof_cells_in(PAGE)) == [0, 2, 3, 4, 6]
    assert list(run_proofs("page", PAGE)) == labels_shown(PAGE) == ["eq-double"]


def test_equations_of_one_page_are_not_taken_for_those_of_another():
    run_proofs("page", PAGE)
    compares = PAGE.replace("slope(z), factor * z, where=names", "sp.diff, z").replace(
        "prove", "compare"
    )
    with pytest.raises(
        ValueError, match="eq-double: define or prove it before comparing code"
    ):
        run_proofs("page", compares)

"""The gate of the build: what is refused, and in which words a contributor reads it. Tiny books, really built."""

import re
import shutil

import pytest
from bs4 import BeautifulSoup

from support import tiny_books
from support.book_sources import ROOT

pytestmark = pytest.mark.site  # needs what `make book` installs

CONFIG = """
extensions = ["myst_nb", "bookext.math.claims", "bookext.math.ledger", "bookext.math.symbols"]
myst_enable_extensions = ["dollarmath", "amsmath"]
nb_execution_mode = "force"
nb_execution_raise_on_error = True
numfig = True
html_theme = "basic"
"""
CLAIM = "[[claim]]\nid = 'D1'\nform = 'the slope is $a(1 - a)$'\nsection = 'slope'\ntest = 'tests/x.py::test_it'\n"
INDEX = "# Book\n\n```{toctree}\npage\nledger\nclaims\nsymbols\n```\n"
SYMBOLS = "z = 'any number'\na = 'what the sigmoid gives'\nsigma = 'the sigmoid'\n"
LEDGER = "# Ledger\n\n```{ledger-totals}\n```\n\n```{ledger}\n```\n"
PAGE = """---
file_format: mystnb
kernelspec:
  name: python3
---

(slope)=
# Slope

```{code-cell} ipython3
import sympy as sp

from shallowlib import sigmoid
from shallowlib.proof import LEDGER, compare, prove

z, a, name = sp.Symbol("z", real=True), sp.Symbol("a"), sp.Function("sigma")
sigma = 1 / (1 + sp.exp(-z))
where = {name(z): sigma, a: sigma}
slope = prove("eq-slope", sp.Derivative(name(z), z), a * (1 - a), where=where)
compare("eq-slope", sigmoid.prime, 0.5, sigmoid(0.5), at={z: 0.5})
```

```{equation} eq-slope
```

```{code-cell} ipython3
from myst_nb import glue

for label, equation in LEDGER.items():
    glue(label, equation, display=False)
```
"""


@pytest.fixture
def build(tmp_path):
    """Build a book of one page strictly: (return code, what it said, folder of the site)."""

    def run(
        page=PAGE,
        claims=CLAIM + "equations = ['eq-slope']\n",
        library=None,
        symbols=SYMBOLS,
    ):
        files = {
            "symbols.toml": symbols,
            "symbols.md": "# Symbols\n\n```{symbols}\n```\n",
        }
        files |= {
            "conf.py": CONFIG,
            "index.md": INDEX,
            "page.md": page,
            "ledger.md": LEDGER,
            "claims.toml": claims,
        }
        files["claims.md"] = "# Claims\n\n```{claims}\n```\n"
        code, said = tiny_books.build(
            tmp_path, files, "-n", "-W", "--keep-going", "-T", library=library or ROOT
        )
        return code, said, tmp_path / "site"

    return run


def test_a_true_equation_is_shown_and_listed(build):
    _, said, site = build()
    # This tiny book has no page of the library to link to.
    assert all(
        "py:obj reference target not found" in line
        for line in said.splitlines()
        if ": WARNING: " in line
    ), said
    page, ledger = (
        (site / f"{name}.html").read_text(encoding="utf-8")
        for name in ("page", "ledger")
    )
    assert 'id="equation-eq-slope"' in page
    assert 'id="ledger-eq-slope"' in ledger and "activations.Sigmoid.prime" in ledger
    assert "1 of 1 claims are proved, 0 only tested" in ledger


def test_the_letters_of_equations_are_listed_with_what_they_stand_for_and_where(build):
    _, _, site = build()
    table = BeautifulSoup(
        (site / "symbols.html").read_text(encoding="utf-8"), "html.parser"
    ).table
    rows = [
        [cell.get_text().strip() for cell in row.find_all("td")]
        for row in table.tbody.find_all("tr")
    ]
    assert [meaning for _, meaning, _ in rows] == [
        "any number",
        "what the sigmoid gives",
        "the sigmoid",
    ]
    assert [where for _, _, where in rows] == ["(1)"] * 3
    assert {a["href"] for a in table.find_all("a")} == {"page.html#equation-eq-slope"}
    assert r"\sigma" in rows[2][0]


def test_a_letter_without_a_meaning_and_a_meaning_without_a_letter_are_refused(build):
    code, said, _ = build(symbols=SYMBOLS.replace("sigma =", "W ="))
    assert code != 0
    assert (
        "WARNING: sigma of eq-slope is not explained: say in symbols.toml what it stands for"
        in said
    )
    assert (
        "WARNING: W is explained in symbols.toml, and no numbered equation shows it"
        in said
    )


def test_what_is_neither_defined_nor_proved_and_what_nothing_settles_is_refused(build):
    page = (
        PAGE
        + r"""
$$
a = a (1 + a)
$$ (eq-typed)

```{math}
:label: eq-math
a = 1
```

\begin{equation}
a = 2
\end{equation}

```{equation} eq-other
```

\begin{equation*}
a = 3 \tag{7}
\end{equation*}

(empty)=
## Empty
"""
    )
    second = CLAIM.replace("D1", "D2").replace("'slope'", "'empty'")
    third = CLAIM.replace("D1", "D3") + "equations = ['eq-none']\n"
    fourth = CLAIM.replace("D1", "D4")  # its section holds a cell with a proof
    code, said, _ = build(
        page=page, claims=CLAIM + "equations = ['eq-slope']\n" + second + third + fourth
    )
    assert code != 0
    for words in (
        r"page\.md:\d+: WARNING: eq-typed is a numbered equation written by hand: state it with define or prove",
        "WARNING: eq-math is a numbered equation written by hand",
        r"WARNING: (?!eq-math|eq-typed)\S+ is a numbered equation written by hand",
        r"a = 3 \\tag\{7\}\n.*is a numbered equation written by hand",
        r"page\.md:\d+: WARNING: eq-other is neither defined nor proved on this page",
        "claim D2 is settled by nothing: give it `equations` in claims.toml, or a cell with an assert in the section empty",
        "claim D3: no page shows the equation eq-none",
    ):
        assert re.search(words, said), f"{words}\n{said}"
    assert "claim D1" not in said and "claim D4" not in said


def test_a_wrong_sign_in_a_cell_is_refused_with_both_sides_and_a_point(build):
    code, said, _ = build(page=PAGE.replace("a * (1 - a)", "a * (1 + a)"))
    assert code != 0
    words = r"eq-slope: the two sides differ\s+left side .*exp\(-z\).*right side .*\s+at z = 3/7 the left side minus the right is"
    assert re.search(words, said, re.S), said


def test_a_wrong_sign_in_the_library_is_refused_with_both_results(build, tmp_path):
    library = tmp_path / "library"
    shutil.copytree(ROOT / "shallowlib", library / "shallowlib")
    changed = library / "shallowlib" / "activations.py"
    text = changed.read_text(encoding="utf-8")
    changed.write_text(
        text.replace("return A * (1 - A)", "return A * (1 + A)"), encoding="utf-8"
    )
    code, said, _ = build(library=library)
    assert code != 0
    assert re.search(
        r"eq-slope: activations\.Sigmoid\.prime, with SymPy.*code .*\s+expected ",
        said,
        re.S,
    ), said

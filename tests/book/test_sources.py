"""The form of the book's sources: what a reader is promised of every page."""

import ast
import json
import re
import tomllib

import pytest

from support.book_sources import (
    BOOK,
    CHAPTERS,
    PAGES,
    ROOT,
    cells_in,
    cells_of,
    labels_shown,
    lines_with_fences,
    prose_of,
    text_of,
)

CLAIMS = {
    f"{letter}{number}"
    for letter, last in dict(R=4, O=2, V=3, A=10, N=4, D=6, G=7, B=4, I=6).items()
    for number in range(1, last + 1)
}


DERIVING = CHAPTERS[: CHAPTERS.index("initialization") + 1]


def matches(pattern, text):
    return [m.group() for m in re.finditer(pattern, text)]


def test_every_page_stands_in_the_table_of_contents_once():
    assert sorted(PAGES) == sorted(p.stem for p in BOOK.glob("*.md"))


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapter_has_its_parts(page):
    text = text_of(page)
    opening = text.split("```{code-cell}")[0]
    block = re.search(
        r"\{admonition\} In this chapter\n:class: in-this-chapter\n\n(.*?)```",
        opening,
        re.S,
    )
    assert block, "no 'In this chapter' before the first cell"
    bullets = re.findall(r"^- \*\*(.+?)\*\*", block.group(1), re.M)
    assert bullets == ["You will", "You need", "The code"]

    headings = [
        line.lstrip("# ")
        for line, inside in lines_with_fences(page)
        if not inside and line.startswith("#")
    ]
    assert headings[-2:] == ["Exercises", "Summary"]
    if page in DERIVING:
        for part in ("By hand", "By machine", "In code"):
            assert part in headings or any(h.startswith(part) for h in headings), part
    assert any(cell.figure for cell in cells_of(page)), "no figure"


@pytest.mark.parametrize("page", PAGES)
def test_cells_are_short_and_narrow(page):
    for cell in cells_of(page):
        lines = cell.code.strip().splitlines()
        if "hide-cell" not in cell.tags:
            assert len(lines) <= 15, cell.code
        assert max(map(len, lines)) <= 76, cell.code


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapter_has_six_to_sixteen_cells_outside_its_exercises(page):
    shown = [
        c for c in cells_of(page) if not c.in_solution and "hide-cell" not in c.tags
    ]
    assert 6 <= len(shown) <= 16


@pytest.mark.parametrize("page", PAGES)
def test_at_most_the_last_cell_is_hidden_and_it_only_glues(page):
    cells = cells_of(page)
    hidden = [
        i
        for i, cell in enumerate(cells)
        if {"hide-cell", "hide-input"} & set(cell.tags)
    ]
    assert hidden in ([], [len(cells) - 1])
    for i in hidden:
        assert "glue(" in cells[i].code
        for word in (
            "train(",
            "default_rng",
            "datasets.",
            "plt.",
            "prove(",
            "define(",
            "assert ",
        ):
            assert word not in cells[i].code, word


@pytest.mark.parametrize("page", PAGES)
def test_cells_will_run_in_a_browser(page):
    allowed = {"hide-cell", "hide-input", "hide-output", "timing", "sensitive"}
    for cell in cells_of(page):
        assert set(cell.tags) <= allowed, cell.tags
        ast.parse(cell.code)  # no % or ! lines
        assert not re.search(r"\binput\(", cell.code)
        for word in (
            "subprocess",
            "threading",
            "simplefilter",
            "init_printing",
            "requests",
            "errstate",
            "LinAlgError",
            "Warning",
        ):
            assert word not in cell.code, word
        if re.search(r"perf_counter|time\.time|timeit", cell.code):
            assert "timing" in cell.tags, cell.code


@pytest.mark.parametrize("page", PAGES)
def test_every_drawing_cell_has_alt_text_caption_and_name(page):
    for cell in cells_of(page):
        draws = (
            "plt.show()" in cell.code
            or "subplots(" in cell.code
            or re.search(r"\bfilm\(", cell.code) is not None
        )
        assert draws == bool(cell.figure), cell.code
        if draws:
            assert len(cell.image["alt"]) > 40
            assert len(cell.figure["caption"]) > 20
            assert cell.figure["name"].startswith("fig-")
            used = rf"\{{(numref|ref)\}}`[^`]*{cell.figure['name']}"
            assert (
                page == "index" or cell.in_solution or re.search(used, text_of(page))
            ), f"{cell.figure['name']} is not read"


@pytest.mark.parametrize("page", PAGES)
def test_no_number_that_a_run_gives_is_typed_in_prose(page):
    prose = prose_of(page).replace("(WCAG) 2.2", "")  # a version, not a result
    assert matches(r"(?<![\w.])\d+\.\d+(?![\w.])", prose) == []
    assert matches(r"\d+(?:\.\d+)?\s?%", prose) == []


@pytest.mark.parametrize("page", PAGES)
def test_numbers_of_equations_figures_and_chapters_are_never_typed(page):
    assert (
        matches(
            r"(?i)\b(?:equation|eq\.|figure|fig\.|chapter|section|exercise) \(?\d",
            prose_of(page),
        )
        == []
    )


@pytest.mark.parametrize("page", PAGES)
def test_a_line_holds_one_sentence(page):
    prose = re.sub(r"\b(e\.g|i\.e|vs|cf|et al)\.", r"\1", prose_of(page))
    lines = [l for l in prose.splitlines() if not l.lstrip().startswith("|")]
    assert matches(r"[a-z)]{2,}[.?!] +(?=[A-Z])[^\n]{0,40}", "\n".join(lines)) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_numbered_equation_was_defined_or_proved_on_its_page(page):
    text = text_of(page)
    code = "\n".join(c.code for c in cells_of(page))
    made = re.findall(r"\b(?:define|prove)\(\s*\"(eq-[\w-]+)\"", code)
    assert sorted(labels_shown(text_of(page))) == sorted(set(made)), (
        "each equation that is made is shown once, and no other"
    )
    assert (
        "{math}" not in text
        and not re.search(r"\$\$ *\(eq", text)
        and r"\label" not in text
        and "glue:math" not in text
    )


@pytest.mark.parametrize("page", PAGES)
def test_an_equation_is_shown_once_not_as_a_result_of_its_cell_too(page):
    for cell in cells_of(page):
        last = ast.parse(cell.code).body[-1]
        assert not re.match(r"(prove|define)\(", ast.unparse(last)), cell.code


@pytest.mark.parametrize("page", PAGES)
def test_what_was_proved_is_glued_as_it_was_proved(page):
    *cells, last = [cell.code for cell in cells_of(page)] or [""]
    if labels_shown(text_of(page)):
        assert (
            "for label, equation in LEDGER.items():\n    glue(label, equation, display=False)"
            in last
        )
        last = last.replace("import LEDGER", "").replace("in LEDGER.items()", "")
    for code in (*cells, last):
        assert not re.search(
            r"\bLEDGER\b|\benter\(|\bEquation\(|\breplace\(label", code
        ), code


@pytest.mark.parametrize("page", PAGES)
def test_symbols_have_names_of_code_and_no_latex(page):
    for cell in cells_of(page):
        for call in ast.walk(ast.parse(cell.code)):
            if isinstance(call, ast.Call) and re.search(
                r"(Symbol|Function|symbols|symarray)$", ast.unparse(call.func)
            ):
                for text in ast.walk(call):
                    if isinstance(text, ast.Constant) and isinstance(text.value, str):
                        assert not re.search(r"[\\^{}]", text.value), text.value


def test_labels_and_glued_names_are_unique_in_the_book():
    for pattern in (
        r"^\(([\w-]+)\)=$",
        r"^:label: (\S+)$",
        r"^```\{equation\} (\S+)$",
        r"\bglue\(\s*f?\"([^\"]+)\"",
        r"^ +name: (\S+)$",
    ):
        found = [
            name
            for page in PAGES
            for name in re.findall(pattern, text_of(page), re.M)
            if name != "python3"
        ]
        assert len(found) == len(set(found)), sorted(
            n for n in found if found.count(n) > 1
        )
        assert found


@pytest.mark.parametrize("page", PAGES)
def test_what_is_glued_is_used(page):
    glued = set(re.findall(r"\bglue\(\s*\"([^\"{]+)\"", text_of(page)))
    used = set(re.findall(r"\{glue:text\}`([^`:]+)", text_of(page)))
    used |= {
        f"{what}-{name}"
        for what in ("film", "numbers")
        for name in re.findall(r"^ +name: (\S+)$", text_of(page), re.M)
    }
    assert glued <= used  # names made in a loop are seen by the strict build


def test_the_library_is_included_and_never_retyped():
    included = 0
    for page in PAGES:
        for path, name in re.findall(
            r"\{literalinclude\} (\S+)\n:pyobject: (\S+)", text_of(page)
        ):
            node = ast.parse((BOOK / path).read_text(encoding="utf-8"))
            for part in name.split("."):
                node = next(
                    (n for n in node.body if getattr(n, "name", None) == part), None
                )
                assert node is not None, (page, name)
            included += 1
    assert included >= len(DERIVING)


def claims():
    return tomllib.loads((BOOK / "claims.toml").read_text(encoding="utf-8"))["claim"]


def test_every_claim_of_the_notes_is_placed_once():
    ids = [claim["id"] for claim in claims()]
    assert len(ids) == len(set(ids))
    assert set(ids) == CLAIMS


def test_the_section_of_every_claim_exists():
    labels = {
        label
        for page in CHAPTERS
        for label in re.findall(r"^\(([\w-]+)\)=\n+#", text_of(page), re.M)
    }
    assert {c["section"] for c in claims()} <= labels


def test_every_claim_is_settled_by_equations_of_the_book_or_by_a_run_in_its_section():
    shown = {label for page in PAGES for label in labels_shown(text_of(page))}
    for claim in claims():
        assert set(claim.get("equations", ())) <= shown, claim["id"]
        if "equations" not in claim:
            [section] = [
                part
                for page in CHAPTERS
                for part in re.findall(
                    rf"^\({claim['section']}\)=\n(.*?)(?=^\([\w-]+\)=\n#|\Z)",
                    text_of(page),
                    re.M | re.S,
                )
            ]
            assert any("assert " in cell.code for cell in cells_in(section)), claim[
                "id"
            ]


def test_the_test_of_every_claim_exists_and_names_it():
    for claim in claims():
        path, _, name = claim["test"].partition("::")
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        found = {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef)}
        assert name in found, claim["test"]
        assert re.search(rf"\b{claim['id']}\b", ast.get_docstring(found[name]) or ""), (
            claim["test"]
        )


def test_the_test_of_every_claim_refutes_a_wrong_form():
    for claim in claims():
        path, _, name = claim["test"].partition("::")
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        body = next(n for n in tree.body if getattr(n, "name", None) == name)
        assert "pytest.raises(" in ast.unparse(body), claim["test"]


def test_every_slip_of_the_notes_stands_on_the_page_of_errata():
    errata = text_of("errata")
    here = set(re.findall(r"^\(erratum-([a-z]\d+)\)=$", errata, re.M))
    assert here == {claim["id"].lower() for claim in claims() if "slip" in claim}


def test_pins_are_those_of_python_in_the_browser():
    pins = dict(
        re.findall(r"^([\w-]+)==(\S+)$", (ROOT / "requirements.txt").read_text(), re.M)
    )
    lock = json.loads(
        (ROOT / "node_modules" / "pyodide" / "pyodide-lock.json").read_text(
            encoding="utf-8"
        )
    )
    for name in ("numpy", "matplotlib", "sympy"):
        assert pins[name] == lock["packages"][name]["version"]


def test_every_pin_has_its_reason_and_stands_in_the_lock():
    for name in ("requirements", "requirements-peers"):
        lines = (ROOT / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        lock = (ROOT / f"{name}.lock").read_text(encoding="utf-8")
        for block in re.split(r"\n\n+", "\n".join(lines)):
            assert block.startswith("# "), block
        for pin in (l for l in lines if l and not l.startswith("#")):
            assert re.fullmatch(r"[\w-]+==[\w.]+", pin), pin
            pin = pin.replace("_", "-")
            assert re.search(rf"^{re.escape(pin)} \\$", lock, re.M), pin

"""The built site in _build/html: what stands in its pages. `make test` builds it first."""

import json
import re
from functools import cache
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from support.book_sources import CHAPTERS, PAGES, ROOT, cells_of, labels_shown, text_of

SITE = ROOT / "_build" / "html"

pytestmark = pytest.mark.site


@cache
def soup(path):
    assert path.is_file(), f"{path} is not there: run `make book` first"
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@cache
def ids(path):
    """All ids of a page."""
    return {tag["id"] for tag in soup(path).find_all(id=True)}


def article(page):
    return soup(SITE / f"{page}.html").find("article")


@pytest.mark.parametrize("page", PAGES)
def test_every_code_cell_of_the_source_stands_in_the_page(page):
    assert len(article(page).select("div.cell")) == len(cells_of(page))


@pytest.mark.parametrize("page", PAGES)
def test_no_cell_raised_or_wrote_to_stderr(page):
    assert article(page).select(".stderr, .traceback, .output_traceback") == []
    assert "Traceback (most recent call last)" not in article(page).get_text()


@pytest.mark.parametrize("page", PAGES)
def test_cells_that_print_have_their_output(page):
    cells = article(page).select("div.cell")
    for cell, source in zip(cells, cells_of(page), strict=True):
        if re.search(r"^print\(", source.code, re.M):
            assert cell.select("div.cell_output"), source.code


@pytest.mark.parametrize("page", PAGES)
def test_every_image_is_there_and_says_what_it_shows(page):
    for image in article(page).find_all("img"):
        assert (SITE / image["src"]).is_file()
        if image.find_parent(
            "ul", class_="figures"
        ):  # beside its caption, which says it
            assert image["alt"] == ""
            continue
        assert len(image["alt"]) > 40 and "/" not in image["alt"].split()[0], image[
            "alt"
        ]


@pytest.mark.parametrize("page", CHAPTERS)
def test_every_figure_has_its_number_and_is_svg(page):
    figures = article(page).find_all("figure")
    assert figures
    for figure in figures:
        assert figure.find("img")["src"].endswith(".svg")
        assert re.match(r"Fig\. \d+\.\d+", figure.find("figcaption").get_text().strip())


@pytest.mark.parametrize("page", CHAPTERS)
def test_the_numbers_of_a_figure_stand_below_it_as_a_table(page):
    glued = re.findall(r'glue\("numbers-(fig-[a-z-]+)"', text_of(page))
    tables = {
        details.find_previous("figure")["id"]: details.table
        for details in article(page).select("details.figure-numbers")
    }
    assert sorted(tables) == sorted(glued)
    for table in tables.values():
        widths = {len(row.find_all(["th", "td"])) for row in table.find_all("tr")}
        assert len(widths) == 1 and widths.pop() >= 3
        assert len(table.tbody.find_all("tr")) >= 5
        plain = [
            cell.get_text() for cell in table.find_all("td") if not cell.find("math")
        ]
        assert all(re.fullmatch(r"−?[\d.]+(e[+−]\d+)?|stopped", text) for text in plain)


def test_key_figures_have_a_table_of_numbers():
    assert (
        sum(len(article(page).select("details.figure-numbers")) for page in CHAPTERS)
        >= 8
    )


def test_every_letter_of_a_numbered_equation_is_explained_and_leads_to_it():
    rows = article("symbols").select("tbody tr")
    assert len(rows) > 40
    for row in rows:
        symbol, meaning, where = row.find_all("td")
        assert symbol.find("math") and len(meaning.get_text()) > 5
        for link in where.find_all("a"):
            page, _, target = link["href"].partition("#")
            assert target.startswith("equation-eq-") and target in ids(SITE / page)
            assert link.get_text() == article(page.removesuffix(".html")).find(
                id=target
            ).find(class_="eqno").get_text().strip("#¶ \n")


@pytest.mark.parametrize("page", PAGES)
def test_numbered_equations_have_a_number_and_a_mark_that_leads_to_their_row_of_the_ledger(
    page,
):
    for label in labels_shown(text_of(page)):
        block = article(page).find(id=f"equation-{label}")
        assert block is not None and block.find("math") is not None, label
        assert re.fullmatch(
            r"\(\d+(\.\d+)?\)", block.find(class_="eqno").get_text().strip("#¶ \n")
        ), label
        mark = block.find(class_="equation-mark")
        assert mark.get_text() in ("checked", "tested", "definition")
        assert mark["href"] == f"ledger.html#ledger-{label}"
    assert len(article(page).select(".eqno")) == len(labels_shown(text_of(page))), (
        "a number without a proof"
    )


def rows():
    """The ledger's rows, {label: cells}."""
    return {
        row["id"].removeprefix("ledger-"): row.find_all("td")
        for row in article("ledger").select("table.ledger tbody tr")
    }


def test_the_ledger_has_one_row_for_every_numbered_equation_and_says_how_it_holds():
    assert sorted(rows()) == sorted(
        label for page in PAGES for label in labels_shown(text_of(page))
    )
    for label, (equation, how, _, _) in rows().items():
        page = equation.find("a")["href"].partition(".html#equation-")
        assert label in labels_shown(text_of(page[0])) and page[2] == label
        assert re.match(
            r"definition$|proved, .|tested, equal at \d+ random", how.get_text().strip()
        ), label
        shown = (
            article(page[0]).find(id=f"equation-{label}").find("annotation").get_text()
        )
        shown = (
            shown.strip().removeprefix(r"\begin{split}").removesuffix(r"\end{split}")
        )
        assert shown == equation.find("annotation").get_text().strip()


def test_the_totals_of_the_ledger_are_those_of_its_rows():
    how = [cells[1].get_text().strip().partition(",")[0] for cells in rows().values()]
    claims, proved = len(how) - how.count("definition"), how.count("proved")
    compared = sum(bool(cells[2].get_text().strip()) for cells in rows().values())
    text = article("ledger").find("ul").get_text()
    assert (
        f"{len(how)} equations carry a number: {how.count('definition')} definitions and {claims} claims."
        in text
    )
    assert (
        f"{proved} of {claims} claims are proved, {how.count('tested')} only tested."
        in text
    )
    assert f"{compared} equations are compared with the code" in text
    assert "46 of 46 claims of the lecture notes are settled" in text


def test_claims_and_the_equations_that_settle_them_name_each_other():
    settled = {
        row["id"].removeprefix("claim-"): row.find_all("td")[3]
        for row in article("claims").select("tbody tr")
    }
    from_ledger = {
        (link.get_text().lower(), label)
        for label, cells in rows().items()
        for link in cells[3].find_all("a")
    }
    from_claims = {
        (claim, link["href"].partition("#equation-")[2])
        for claim, cell in settled.items()
        for link in cell.find_all("a")
    }
    assert from_ledger == from_claims and from_claims


@pytest.mark.parametrize("page", PAGES)
def test_no_markup_is_left_in_the_text(page):
    body = BeautifulSoup(str(article(page)), "html.parser")
    for part in body.select("pre, code, math, .katex, script, .headerlink"):
        part.decompose()
    text = body.get_text()
    for pattern in (
        r"\$",
        r"\{[a-z:]+\}`",
        r"\\[a-z]+\{",
        r"\*\*",
        r"\[\]\(",
        r"```",
        r":label:",
    ):
        assert re.search(pattern, text) is None, (pattern, re.search(pattern, text))


@pytest.mark.parametrize("page", PAGES)
def test_links_within_the_site_lead_somewhere(page):
    for link in soup(SITE / f"{page}.html").find_all("a", href=True):
        url = urlsplit(link["href"])
        if url.scheme or url.netloc or not (url.path or url.fragment):
            continue
        target = SITE / unquote(url.path) if url.path else SITE / f"{page}.html"
        assert target.is_file(), link["href"]
        if url.fragment and target.suffix == ".html":
            fragment = unquote(url.fragment)
            assert fragment == "" or fragment in ids(target), link["href"]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_asked_of_another_host(page):
    for tag in soup(SITE / f"{page}.html").find_all(
        ["script", "link", "img", "iframe"]
    ):
        address = tag.get("src") or (
            tag.get("href") if tag.get("rel") != ["canonical"] else None
        )
        assert not address or not re.match(r"(https?:)?//", address), address


UNMARKED = "n", "nn", "p", "w"


@pytest.mark.parametrize("page", PAGES)
def test_code_has_no_marks_for_what_has_no_colour_of_its_own(page):
    marked = [
        span.get_text()
        for span in article(page).select(".highlight span")
        if span.get("class", [""])[0] in UNMARKED
    ]
    assert marked == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_not_marked_in_code_would_have_the_colour_of_the_text_around_it(theme):
    style = (SITE / "_static" / "pygments.css").read_text(encoding="utf-8")
    block = rf'html\[data-theme="{theme}"\] \.highlight'
    colors = {
        name: re.search(rf"{block} \.{name} {{ color: (#\w+) }}", style)[1]
        for name in UNMARKED
    }
    around = re.search(rf"{block} {{[^}}]*[; ]color: (#\w+)", style)[1]
    assert set(colors.values()) == {around}


def test_the_api_page_names_every_public_function():
    import shallowlib

    text = article("api").get_text()
    for name in shallowlib.__all__:
        thing = getattr(shallowlib, name)
        if callable(thing) and hasattr(thing, "__name__"):
            assert re.search(rf"\b{thing.__name__}\b", text), name


def test_the_claims_page_lists_every_claim_with_a_link():
    rows = article("claims").select("tbody tr")
    assert len(rows) == 46
    for row in rows:
        assert row.find_all("td")[2].find("a")["href"]


def test_the_index_has_entries():
    assert len(article("genindex").find_all("li")) > 30


def test_what_the_search_shows_has_the_words_of_its_links():
    script = (SITE / "_static" / "search-data.js").read_text(encoding="utf-8")
    entries = json.loads(script.removeprefix("searchIn(").removesuffix(");\n"))
    assert len(entries) > 150
    for entry in entries:
        assert not re.search(r"\x00|\b([Ss]ee|in|of|is|by) [.,;]", entry["text"]), (
            entry["text"]
        )
        assert (SITE / entry["id"].partition("#")[0]).is_file()

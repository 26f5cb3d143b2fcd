"""The built site in _build/html: what stands in its pages. `make test` builds it first."""

import re
from functools import cache
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from pages import CHAPTERS, PAGES, ROOT, cells_of, text_of

SITE = ROOT / "_build" / "html"

pytestmark = pytest.mark.site


@cache
def soup(path):
    assert path.is_file(), f"{path} is not there: run `make book` first"
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


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
        assert len(image["alt"]) > 40 and "/" not in image["alt"].split()[0], image["alt"]


@pytest.mark.parametrize("page", CHAPTERS)
def test_every_figure_has_its_number_and_is_svg(page):
    figures = article(page).find_all("figure")
    assert figures
    for figure in figures:
        assert figure.find("img")["src"].endswith(".svg")
        assert re.match(r"Fig\. \d+\.\d+", figure.find("figcaption").get_text().strip())


@pytest.mark.parametrize("page", CHAPTERS)
def test_numbered_equations_are_formulas_with_a_number(page):
    shown = re.findall(r"^```\{glue:math\} (\S+)", text_of(page), re.M)
    for label in shown:
        block = article(page).find(id=f"equation-{label}")
        assert block is not None, label
        assert block.find("math") is not None, label
        assert re.fullmatch(r"\(\d+\.\d+\)", block.find(class_="eqno").get_text().strip("#¶ \n")), label


@pytest.mark.parametrize("page", PAGES)
def test_no_markup_is_left_in_the_text(page):
    body = BeautifulSoup(str(article(page)), "html.parser")
    for part in body.select("pre, code, math, .katex, script, .headerlink"):
        part.decompose()
    text = body.get_text()
    for pattern in (r"\$", r"\{[a-z:]+\}`", r"\\[a-z]+\{", r"\*\*", r"\[\]\(", r"```", r":label:"):
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
            assert fragment == "" or soup(target).find(id=fragment), link["href"]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_asked_of_another_host(page):
    for tag in soup(SITE / f"{page}.html").find_all(["script", "link", "img", "iframe"]):
        address = tag.get("src") or (tag.get("href") if tag.get("rel") != ["canonical"] else None)
        assert not address or not re.match(r"(https?:)?//", address), address


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

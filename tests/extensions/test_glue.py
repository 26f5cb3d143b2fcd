"""What cells glue for figures: book/_ext/bookext/common/glue.py."""

from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document

from bookext.common import glue

BUNDLES = {
    name: {"data": {"text/plain": name[-1]}}
    for name in ("film-fig-a", "film-fig-b", "numbers-fig-c")
}


@pytest.fixture
def warnings(monkeypatch):
    """What Sphinx would print as warnings."""
    said = []
    logger = SimpleNamespace(
        warning=lambda text, *values, location: said.append((text % values, location))
    )
    monkeypatch.setattr(glue, "logger", logger)
    return said


@pytest.fixture
def app(monkeypatch):
    """An app whose pages have glued BUNDLES."""
    glue.read.cache_clear()
    monkeypatch.setattr(glue, "read_glue_cache", lambda folder, page: BUNDLES)
    yield SimpleNamespace(
        env=SimpleNamespace(mystnb_config=SimpleNamespace(output_folder="out"))
    )
    glue.read.cache_clear()


def page_with(*figures):
    doctree = new_document("page")
    doctree += [nodes.figure("", ids=["other", name]) for name in figures]
    return doctree


def test_each_figure_comes_with_what_is_glued_for_it(app, warnings):
    doctree = page_with("fig-b", "fig-z", "fig-a")
    found = glue.figures_with(app, doctree, "a-page", "film-")
    assert found == [
        (doctree[0], {"text/plain": "b"}),
        (doctree[2], {"text/plain": "a"}),
    ]
    assert warnings == []


def test_what_is_glued_for_a_figure_that_is_not_there_is_a_warning(app, warnings):
    glue.figures_with(app, page_with("fig-a"), "a-page", "film-")
    assert warnings == [
        ("film-fig-b is glued, and the page has no figure fig-b", "a-page")
    ]


def test_other_prefixes_are_other_things(app):
    assert glue.for_figures(app, "a-page", "numbers-") == {"fig-c": {"text/plain": "c"}}

"""Every page as a reader's browser shows it, on a desktop and on a phone."""

from types import SimpleNamespace

import pytest
from pages import CHAPTERS, PAGES

pytestmark = pytest.mark.site

WIDTHS = {"desktop": 1280, "phone": 390}

# What is to be seen of one page: read once, asserted by several tests.
SEEN = """() => {
  const size = e => { const box = e.getBoundingClientRect(); return [box.width, box.height] }
  const all = selector => [...document.querySelectorAll("article " + selector)]
  return {
    title: all("h1")[0].innerText,
    width: document.documentElement.scrollWidth,
    formulas: all(".katex-html").filter(e => e.checkVisibility()).map(size),
    unreadable: all(".katex-error").length,
    figures: all("figure img").map(e => [e.complete && e.naturalWidth > 0, ...size(e)]),
  }
}"""


@pytest.fixture(scope="module", params=WIDTHS)
def visit(request, browser, address):
    """A function that opens a page of the site, once, and tells what was seen."""
    context = browser.new_context(viewport={"width": WIDTHS[request.param], "height": 900})
    visited = {}

    def visit(name):
        if name not in visited:
            page = context.new_page()
            wrong, asked = [], []
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
            page.on("requestfailed", lambda r: wrong.append(r.url))
            page.on("request", lambda r: asked.append(r.url))
            page.goto(f"{address}/{name}.html", wait_until="load")
            seen = page.evaluate(SEEN)
            visited[name] = SimpleNamespace(wrong=wrong, asked=asked, screen=WIDTHS[request.param], **seen)
            page.close()
        return visited[name]

    yield visit
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_an_error_and_asks_no_other_host(visit, address, name):
    page = visit(name)
    assert page.wrong == []
    assert [url for url in page.asked if not url.startswith((address, "data:"))] == []
    assert page.title


@pytest.mark.parametrize("name", PAGES)
def test_a_page_never_scrolls_sideways(visit, name):
    page = visit(name)
    assert page.width <= page.screen


@pytest.mark.parametrize("name", CHAPTERS)
def test_formulas_are_seen(visit, name):
    page = visit(name)
    assert page.unreadable == 0
    assert len(page.formulas) > 20
    assert all(width > 2 and height > 5 for width, height in page.formulas)


@pytest.mark.parametrize("name", CHAPTERS)
def test_figures_are_seen(visit, name):
    page = visit(name)
    assert page.figures
    for arrived, width, height in page.figures:
        assert arrived and width > 250 and height > 80


@pytest.fixture
def page(browser):
    page = browser.new_page()
    yield page
    page.close()


def test_a_solution_opens_and_shows_its_cell(page, address):
    page.goto(f"{address}/activation-slopes.html")
    solution = page.locator(".solution").first
    cell = solution.locator(".cell").first
    assert not cell.is_visible()
    solution.locator("button, summary, .toggle-button").first.click()
    cell.wait_for(state="visible", timeout=5000)
    assert cell.is_visible()


def test_search_finds_the_chapter_on_backpropagation(page, address):
    page.goto(f"{address}/search.html?q=backpropagation")
    page.locator("#search-results li a").first.wait_for()
    found = page.locator("#search-results li a").evaluate_all("links => links.map(a => a.href)")
    assert any("backpropagation.html" in link for link in found)


def test_the_pages_read_from_a_folder_without_a_server(page, site_folder):
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda r: wrong.append(r.url))
    page.goto((site_folder / "backpropagation.html").as_uri())
    assert page.locator("article .katex-html:visible").count() > 20
    assert wrong == []

"""Every page as a reader's browser shows it, on a desktop and on a phone."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from test_book import CHAPTERS, PAGES  # noqa: E402

pytestmark = pytest.mark.site

WIDTHS = {"desktop": 1280, "phone": 390}


@pytest.fixture(params=WIDTHS)
def open_page(request, browser, address):
    """A function that opens a page and returns it with what went wrong and what it asked for."""
    context = browser.new_context(viewport={"width": WIDTHS[request.param], "height": 900})

    def open_page(name):
        page = context.new_page()
        wrong, asked = [], []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
        page.on("requestfailed", lambda r: wrong.append(r.url))
        page.on("request", lambda r: asked.append(r.url))
        page.goto(f"{address}/{name}.html", wait_until="load")
        return page, wrong, asked

    yield open_page
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_an_error_and_asks_no_other_host(open_page, address, name):
    page, wrong, asked = open_page(name)
    assert wrong == []
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert page.locator("article h1").first.inner_text()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_never_scrolls_sideways(open_page, name):
    page, _, _ = open_page(name)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("name", CHAPTERS)
def test_formulas_and_figures_are_seen(open_page, name):
    page, _, _ = open_page(name)
    formulas = page.locator("article .katex-html:visible")
    assert formulas.count() > 5
    assert min(box["height"] for box in (formulas.nth(i).bounding_box() for i in range(5))) > 5
    assert page.locator("article .katex-error").count() == 0
    # Images come when they are scrolled to; each must have arrived with a size.
    images = page.locator("article figure img")
    for i in range(images.count()):
        images.nth(i).scroll_into_view_if_needed()
        page.wait_for_function("image => image.complete && image.naturalWidth > 100", arg=images.nth(i).element_handle())
        assert images.nth(i).bounding_box()["width"] > 200


def test_a_solution_opens_and_shows_its_cell(open_page):
    page, _, _ = open_page("activation-slopes")
    solution = page.locator(".solution").first
    cell = solution.locator(".cell").first
    assert not cell.is_visible()
    solution.locator("button, summary, .toggle-button").first.click()
    assert cell.is_visible()


def test_search_finds_the_chapter_on_backpropagation(browser, address):
    page = browser.new_page()
    page.goto(f"{address}/search.html?q=backpropagation")
    page.locator("#search-results li a").first.wait_for()
    found = page.locator("#search-results li a").evaluate_all("links => links.map(a => a.href)")
    assert any("backpropagation.html" in link for link in found)
    page.close()


def test_the_pages_read_from_a_folder_without_a_server(browser, address):
    from conftest import SITE

    page = browser.new_page()
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda r: wrong.append(r.url))
    page.goto((SITE / "backpropagation.html").as_uri())
    assert page.locator("article .katex-html:visible").count() > 20
    assert wrong == []
    page.close()

"""Every page as a reader's browser shows it: on a desktop and on a phone, in the light and in the dark."""

from itertools import product
from types import SimpleNamespace

import pytest

from support.book_sources import CHAPTERS, PAGES

pytestmark = pytest.mark.site

SHOWN = [*PAGES, "search", "404"]
WIDTHS = {"desktop": 1280, "phone": 390}
NARROW = 360
WAYS = list(product(WIDTHS, ("light", "dark")))

# What is to be seen of one page: read once, asserted by several tests.
SEEN = """async () => {
  const size = e => { const box = e.getBoundingClientRect(); return [box.width, box.height] }
  const all = selector => [...document.querySelectorAll("article " + selector)]
  const shown = e => e.checkVisibility()
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const weights = new Set()
  while (texts.nextNode()) {
    const style = getComputedStyle(texts.currentNode.parentElement)
    if (texts.currentNode.data.trim() && style.fontFamily.startsWith('"Book Sans"')) weights.add(Number(style.fontWeight))
  }
  const place = box => [box.x, box.y, box.width, box.height].map(Math.round).join(" ")
  const told = ({node, previousRect, currentRect}) =>
    (node?.id || node?.className || node?.textContent || "").slice(0, 40) + `: ${place(previousRect)} to ${place(currentRect)}`
  const shifts = await new Promise(done => {
    new PerformanceObserver(list => done(list.getEntries())).observe({type: "layout-shift", buffered: true})
    setTimeout(() => done([]), 300)
  })
  dispatchEvent(new KeyboardEvent("keydown", {key: "Tab"}))  // a reader stirs: all is laid out
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
  const figures = all("figure").map(figure => [...figure.querySelectorAll("img")].filter(shown))
  for (const image of figures.flat()) image.loading = "eager"
  await Promise.all(figures.flat().map(image => image.decode()))
  return {
    shift: shifts.reduce((sum, e) => sum + e.value, 0),
    moved: shifts.flatMap(e => e.sources.map(told)),
    theme: document.documentElement.dataset.theme,
    headings: document.querySelectorAll("h1").length,
    weights: [...weights],
    width: document.documentElement.scrollWidth,
    formulas: all(".katex-html").filter(shown).map(size),
    unreadable: all(".katex-error").length,
    figures: figures.map(images => images.map(e => [e.getAttribute("src"), e.naturalWidth > 0, ...size(e)])),
  }
}"""


@pytest.fixture(scope="module", params=WAYS, ids="-".join)
def visit(request, browser, address, watch, faults_in):
    """A function that opens a page of the site, once, and tells what was seen."""
    kind, theme = request.param
    context = browser.new_context(
        viewport={"width": WIDTHS[kind], "height": 900}, color_scheme=theme
    )
    visited = {}

    def visit(name):
        if name not in visited:
            page = context.new_page()
            seen = watch(page)
            page.goto(f"{address}/{name}.html", wait_until="load")
            vars(seen).update(page.evaluate(SEEN))
            seen.faults = faults_in(page)
            page.set_viewport_size({"width": NARROW, "height": 900})
            seen.narrow_width = page.evaluate("document.documentElement.scrollWidth")
            visited[name] = SimpleNamespace(
                **vars(seen), screen=WIDTHS[kind], scheme=theme
            )
            page.close()
        return visited[name]

    yield visit
    context.close()


@pytest.mark.parametrize("name", SHOWN)
def test_a_page_opens_without_an_error_and_asks_no_other_host(visit, address, name):
    page = visit(name)
    assert page.wrong == []
    assert [
        url for url in page.asked if not url.startswith((f"{address}/", "data:"))
    ] == []
    assert page.headings == 1


@pytest.mark.parametrize("name", SHOWN)
def test_axe_finds_no_fault_of_accessibility(visit, name):
    assert visit(name).faults == []


@pytest.mark.parametrize("name", SHOWN)
def test_a_page_never_scrolls_sideways(visit, name):
    page = visit(name)
    assert page.width <= page.screen
    assert page.narrow_width <= NARROW


@pytest.mark.parametrize("name", SHOWN)
def test_a_page_follows_the_colours_of_the_system_and_nothing_jumps(visit, name):
    page = visit(name)
    assert page.theme == page.scheme
    assert page.shift < 0.02, page.moved


@pytest.mark.parametrize("name", SHOWN)
def test_headings_and_labels_have_weights_that_their_face_has(visit, name):
    assert set(visit(name).weights) <= {400, 600}  # between which fonts.py cuts it


@pytest.mark.parametrize("name", CHAPTERS)
def test_formulas_are_seen(visit, name):
    page = visit(name)
    assert page.unreadable == 0
    assert len(page.formulas) > 20
    assert all(width > 2 and height > 5 for width, height in page.formulas)


@pytest.mark.parametrize("name", ["index", *CHAPTERS])
def test_of_each_figure_the_twin_for_these_colours_is_seen(visit, name):
    page = visit(name)
    assert page.figures
    for images in page.figures:
        [(source, arrived, width, height)] = images
        assert source.endswith(".dark.svg") == (page.scheme == "dark")
        assert arrived and width > 250 and height > 80

"""Cells that run in the page: every one of them, as the build ran it; and what a reader can do with them, or can meet."""

import gzip
import json
import re
from itertools import zip_longest

import pytest
from playwright.sync_api import expect

from support.book_sources import CHAPTERS, PAGES, cells_of
from support.printed import agree

pytestmark = pytest.mark.site

WITH_CELLS = [page for page in PAGES if cells_of(page)]
SLOW = 120_000  # ms: no cell of the book takes as long, on any machine

# What each cell shows: {text, pictures, formulas}; of its printed output, or of the live one.
SHOWN = """live => [...document.querySelectorAll("article div.cell")].map(cell => {
  const all = selector => [...cell.querySelectorAll(selector)]
  const from = live ? ".live-output " : ".cell_output:not(.live-output) "
  const picture = live ? "img.figure-light.live-picture, .live-output img.figure-light" : "img.figure-light:not(.live-picture)"
  const tex = e => e.textContent.replace(/^\\\\begin\\{split\\}(.*)\\\\end\\{split\\}$/s, "$1")  // Sphinx's, around broken lines
  return {
    text: all(from + ".output:not(.text_latex) :is(pre, .verdict)").map(e => e.textContent).join(""),
    pictures: all(picture).length,
    formulas: all(from + ".text_latex annotation").map(tex),
    errors: all(".live-output .error").map(e => e.textContent),
  }
})"""


class Reader:
    """A page as its reader uses it."""

    def __init__(self, page):
        self.page = page
        self.status = page.locator(".live-status")

    def cell(self, number):
        return self.page.locator("article div.cell").nth(number - 1)

    def button(self, number, name):
        return self.cell(number).get_by_role(
            "button", name=re.compile(rf"^{name}( |$)")
        )

    def says(self, number):
        return self.cell(number).locator(".live-says")

    def run(self, number, ends="Has run"):
        self.button(number, "Run cell").click()
        expect(self.says(number)).to_have_text(re.compile(f"^{ends}"), timeout=SLOW)

    def output(self, number):
        return self.cell(number).locator(".live-output")

    def edit(self, number, code):
        """Open the editor of a cell, put other code in place of all."""
        if self.button(number, "Edit").is_visible():
            self.button(number, "Edit").click()
        editor = self.cell(number).locator(".cm-content")
        editor.click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(code)

    def begin_endless(self):
        """Run a cell that never ends, until it has begun."""
        self.edit(1, ENDLESS)
        self.button(1, "Run").click()
        expect(self.output(1)).to_have_text("begun", timeout=SLOW)

    def all(self):
        self.page.get_by_role("button", name="Run all cells", exact=True).click()
        expect(self.page.locator("[data-act=stop]")).to_be_hidden(timeout=3 * SLOW)

    def shown(self, live=True):
        return self.page.evaluate(SHOWN, live)


@pytest.fixture
def reader(page):
    return Reader(page)


@pytest.mark.parametrize("name", WITH_CELLS)
def test_every_cell_shows_in_the_page_what_the_build_printed(
    open_page, page, reader, address, name
):
    seen = open_page(name)
    printed = reader.shown(live=False)
    assert (
        any(was["text"] or was["pictures"] or was["formulas"] for was in printed)
        or name == "refresher"
    )
    assert not any("pyodide" in url for url in seen.asked), (
        "Python was fetched before a reader asked for it"
    )
    reader.all()
    live = reader.shown()
    for number, (source, was, now) in enumerate(
        zip_longest(cells_of(name), printed, live), 1
    ):
        assert now["errors"] == [], f"cell {number}"
        assert reader.says(number).text_content() == "Has run", f"cell {number}"
        assert agree(source, now["text"], was["text"]), (
            f"cell {number}: {now['text']!r} in the page, {was['text']!r} printed"
        )
        assert (now["pictures"], now["formulas"]) == (
            was["pictures"],
            was["formulas"],
        ), f"cell {number}"
    assert sum(now["pictures"] for now in live) >= (name in CHAPTERS)
    assert seen.wrong == []
    assert [
        url
        for url in seen.asked
        if not url.startswith((f"{address}/", "data:", "blob:"))
    ] == []


PLAIN = "how-to-run"  # a page with one cell


def test_a_changed_cell_shows_something_else_and_reset_brings_the_authors_back(
    open_page, reader
):
    open_page(PLAIN)
    printed = reader.shown(live=False)[0]["text"]
    reader.edit(1, "print(6 * 7)")
    reader.run(1)
    expect(reader.output(1)).to_have_text("42")
    expect(reader.says(1)).to_have_text("Has run, as changed by you")
    reader.button(1, "Reset").click()
    expect(reader.output(1)).to_have_count(0)
    assert reader.shown(live=False)[0]["text"] == printed
    assert (
        reader.cell(1)
        .locator(".cell_input pre")
        .inner_text()
        .startswith("import numpy")
    )
    expect(reader.button(1, "Run")).to_be_focused()


def test_what_was_typed_survives_a_reload(open_page, page, reader):
    open_page(PLAIN)
    reader.edit(1, "print('kept')")
    page.reload(wait_until="networkidle")
    page.keyboard.press("Tab")
    expect(reader.says(1)).to_have_text("Changed by you")
    expect(reader.cell(1).locator(".live-changed")).to_have_text("print('kept')")
    reader.run(1)
    expect(reader.output(1)).to_have_text("kept")
    reader.button(1, "Reset").click()
    page.reload(wait_until="networkidle")
    expect(reader.cell(1).locator(".live-changed")).to_have_count(0)


def test_cells_above_are_run_in_order_and_offered_when_a_name_is_missing(
    open_page, page, reader
):
    open_page("one-unit")
    reader.run(3, ends="Ended with an error")
    expect(reader.output(3).get_by_role("alert")).to_contain_text("NameError")
    reader.output(3).get_by_role("button").click()
    expect(reader.says(3)).to_have_text("Has run", timeout=SLOW)
    assert [reader.says(number).text_content() for number in (1, 2, 3, 4)] == [
        "Has run",
        "Has run",
        "Has run",
        "",
    ]
    page.get_by_role("button", name="Restart Python").click()
    reader.button(3, "Run above").click()
    expect(reader.says(2)).to_have_text("Has run", timeout=SLOW)
    expect(reader.says(3)).to_have_text("")


def test_running_all_stops_at_an_error_which_shows_the_readers_own_line(
    open_page, reader
):
    open_page("one-unit")
    reader.edit(2, "def halve(n):\n    return n / 0\n\n\nhalve(1)")
    reader.all()
    said = reader.output(2).get_by_role("alert").text_content()
    assert said.startswith(
        'Traceback (most recent call last):\n  File "cell 2", line 5, in <module>\n    halve(1)'
    )
    assert (
        '  File "cell 2", line 2, in halve\n    return n / 0' in said
        and said.rstrip().endswith("ZeroDivisionError: division by zero")
    )
    assert "pyodide" not in said
    assert [reader.says(number).text_content() for number in (1, 2, 3)] == [
        "Has run",
        "Ended with an error",
        "Not run",
    ]


ENDLESS = "print('begun')\nx = 1\nwhile True:\n    x += 1"


def test_an_endless_cell_is_stopped_at_the_cost_of_the_variables(
    open_page, page, reader
):
    open_page(PLAIN)
    assert not page.evaluate("crossOriginIsolated")
    reader.begin_endless()
    reader.button(1, "Stop").click()
    expect(reader.says(1)).to_have_text(
        "Stopped, and all variables are lost", timeout=SLOW
    )
    reader.edit(1, "print('again')")
    reader.run(1)
    expect(reader.output(1)).to_have_text("again")


def test_an_endless_cell_is_stopped_and_keeps_its_variables_where_the_page_is_isolated(
    open_page, page, reader
):
    open_page(PLAIN)
    page.wait_for_function("navigator.serviceWorker.controller")
    page.reload(wait_until="networkidle")
    assert page.evaluate("crossOriginIsolated")
    reader.begin_endless()
    reader.button(1, "Stop").click()
    expect(reader.says(1)).to_have_text("Stopped", timeout=SLOW)
    reader.edit(1, "print(x > 1)")
    reader.run(1)
    expect(reader.output(1)).to_have_text("True")


def test_an_isolated_page_runs_without_shared_memory_as_well(open_page, page, reader):
    open_page(PLAIN)
    page.wait_for_function("navigator.serviceWorker.controller")
    page.add_init_script("delete self.SharedArrayBuffer")  # as in a build of WebKit
    open_page(PLAIN)
    assert page.evaluate("[crossOriginIsolated, typeof SharedArrayBuffer]") == [
        True,
        "undefined",
    ]
    reader.run(1)


def test_fifty_thousand_lines_are_cut_and_the_page_goes_on(open_page, page, reader):
    open_page(PLAIN)
    reader.edit(1, "for i in range(50_000):\n    print('line', i)")
    reader.run(1)
    text = reader.output(1).text_content()
    assert text.startswith("line 0\nline 1\n") and 200_000 <= len(text) < 200_200
    assert text.rstrip().endswith("a cell shows 200,000 letters of what it prints.")


def test_results_of_every_kind_are_shown(open_page, reader):
    open_page(PLAIN)
    reader.edit(1, "import sympy as sp\nsp.Symbol('z') ** 2")
    reader.run(1)
    expect(reader.output(1).locator("annotation")).to_have_text(r"\displaystyle z^{2}")
    reader.edit(
        1,
        "from IPython.display import HTML, Latex, display\ndisplay(HTML('<b>bold</b>'))\nLatex(r'$\\alpha$')",
    )
    reader.run(1)
    expect(reader.output(1).locator(".text_html b")).to_have_text("bold")
    expect(reader.output(1).locator("annotation")).to_have_text(r"\alpha")
    reader.edit(
        1,
        "import inspect\nimport shallowlib\nprint(inspect.getsource(shallowlib.train)[:9])\nshallowlib.tanh",
    )
    reader.run(1)
    expect(reader.output(1).locator(".stream")).to_have_text("def train")
    expect(reader.output(1).locator(".text_plain")).to_contain_text("anh")
    reader.edit(1, "import warnings\nwarnings.warn('careful')\n1 + 1;")
    reader.run(1)
    expect(reader.output(1).locator(".stderr")).to_contain_text("careful")
    expect(reader.output(1).locator(".text_plain")).to_have_count(0)


def test_a_live_figure_takes_the_place_of_the_printed_one_and_keeps_its_words(
    open_page, page, reader
):
    open_page("one-unit")
    reader.all()
    figure = page.locator("figure:has(img.live-picture)").first
    assert figure.locator("figcaption").is_visible()
    printed, live = (
        figure.locator(f"img.figure-light{kind}").first
        for kind in (":not(.live-picture)", ".live-picture")
    )
    assert live.is_visible() and not printed.is_visible()
    assert live.get_attribute("alt") == printed.get_attribute("alt")
    assert live.evaluate("image => image.naturalWidth") > 250
    page.emulate_media(color_scheme="dark")
    expect(figure.locator("img.figure-dark.live-picture")).to_be_visible()
    assert not live.is_visible()


CHECK = """\
import numpy as np
from shallowlib import backward, cost, forward, initialize, logistic, numerical_gradient, relative_error, tanh, xavier
from shallowlib.gradcheck import flat

rng = np.random.default_rng(0)
params = initialize(2, 3, 1, rng, weights=xavier)
X, Y = rng.normal(size=(2, 5)), np.ones((1, 5))
grads = backward(params, forward(params, X, tanh, logistic.g2), X, Y, tanh)
numerical = numerical_gradient(lambda p: cost(forward(p, X, tanh, logistic.g2).Z2, Y, logistic.loss), params)
print("right" if relative_error(flat(grads), flat(numerical)) < 1e-6 else "wrong")
"""


def test_a_broken_function_of_the_library_is_used_by_all_cells_until_it_is_reset(
    open_page, page, reader
):
    open_page("backpropagation")
    block = page.locator(".library-code[data-module='shallowlib.network']")
    block.get_by_role("button", name="Edit").click()
    block.get_by_role("button", name="Run").click()  # the first of all, and unchanged
    expect(block.locator(".live-says")).to_have_text("Has run", timeout=SLOW)
    code = block.locator("pre").first.text_content()
    broken = code.replace("dZ2 = A2 - Y", "dZ2 = Y - A2")
    assert broken != code
    block.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(broken)
    reader.edit(1, CHECK)
    reader.run(1)
    expect(reader.output(1).locator(".stream")).to_have_text("right")
    block.get_by_role("button", name="Run").click()
    expect(block.locator(".live-says")).to_have_text(
        re.compile("^Has run"), timeout=SLOW
    )
    reader.run(1)
    expect(reader.output(1).locator(".stream")).to_have_text("wrong")
    block.get_by_role("button", name="Reset").click()
    expect(block.locator(".live-says")).to_have_text(
        "Back to the author's code", timeout=SLOW
    )
    reader.run(1)
    expect(reader.output(1).locator(".stream")).to_have_text("right")


def test_the_book_runs_below_a_sub_path(open_page, reader, below):
    open_page(PLAIN, at=below)
    reader.run(1)
    assert reader.shown()[0]["text"] == reader.shown(live=False)[0]["text"]


def test_a_visited_page_opens_and_runs_without_the_network(open_page, page, reader):
    open_page(PLAIN)
    page.wait_for_function("navigator.serviceWorker.controller")
    reader.run(1)
    needed = [
        "how-to-run.html",
        "live.js",
        "worker.js",
        "python.json",
        ".wasm",
        "pyodide.asm.mjs",
        "stdlib.zip",
        "/numpy-",
        "/shallowlib-",
    ]
    page.wait_for_function(
        """async needed => {
          const kept = (await (await caches.open("shallow-networks")).keys()).map(({url}) => url)
          return needed.every(part => kept.some(url => url.includes(part)))
        }""",
        arg=needed,
    )
    page.context.set_offline(True)
    page.reload(wait_until="load")
    page.keyboard.press("Tab")
    reader.run(1)
    assert reader.shown()[0]["text"] == reader.shown(live=False)[0]["text"]


def test_the_whole_book_is_kept_when_asked_for(open_page, page, reader):
    open_page(PLAIN)
    page.get_by_role("button", name="Keep the whole book").click()
    expect(page.locator(".keep-book [role=status]")).to_contain_text(
        "The whole book is kept", timeout=SLOW
    )
    page.context.set_offline(True)
    page.goto(page.url.replace(PLAIN, "flower"), wait_until="load")
    assert page.locator("h1").first.inner_text()
    figure = page.locator("figure img").first
    figure.scroll_into_view_if_needed()  # before that it may not be loaded at all
    assert (
        figure.evaluate("image => image.decode().then(() => image.naturalWidth)") > 250
    )


def test_a_damaged_file_is_fetched_again_and_otherwise_told(open_page, page, reader):
    open_page(PLAIN)
    asked = []

    def damaged(route):
        asked.append(route.request.url)
        body = bytearray(route.fetch().body())
        body[len(body) // 2] ^= 0xFF
        route.fulfill(body=bytes(body), content_type="application/octet-stream")

    page.context.route("**/numpy-*.whl", damaged)
    reader.run(1, ends=r"Python could not start: numpy-\S+ arrived damaged")
    assert len(asked) == 2
    assert page.locator("article p").first.is_visible()
    page.context.unroute("**/numpy-*.whl")
    reader.run(1)


def test_a_damaged_webassembly_is_told_and_fetched_anew_the_next_time(
    open_page, page, reader
):
    open_page(PLAIN)

    def damaged(route):
        body = bytearray(route.fetch().body())
        place = body.rindex(
            b"Objects/"
        )  # of a text in its data: the rest still compiles
        body[place] ^= 0x20
        route.fulfill(body=bytes(body), content_type="application/wasm")

    page.context.route("**/*.wasm", damaged)
    reader.run(1, ends=r"Python could not start: pyodide.asm.wasm arrived damaged")
    page.context.unroute("**/*.wasm")
    reader.run(1)


@pytest.mark.parametrize(
    "file", ["pyodide.asm.wasm", "pyodide.mjs", "numpy-*.whl", "python.json"]
)
def test_a_download_that_breaks_off_is_told_and_can_be_tried_again(
    open_page, page, reader, file
):
    open_page(PLAIN)
    page.context.route(f"**/{file}", lambda route: route.abort())
    reader.run(1, ends="Python could not start: ")
    assert "undefined" not in reader.says(1).text_content()
    page.context.unroute(f"**/{file}")
    reader.run(1)


def test_a_blocked_worker_is_told(open_page, page, reader):
    page.context.route("**/worker.js", lambda route: route.abort())
    open_page(PLAIN)
    reader.run(
        1, ends="Python could not start: its worker was blocked or did not arrive"
    )


def test_a_browser_without_webassembly_is_told(open_page, page, reader):
    page.add_init_script("delete globalThis.WebAssembly")
    open_page(PLAIN)
    reader.run(1, ends="This browser cannot run Python: it has no WebAssembly")


@pytest.mark.parametrize("trouble", ["forbidden", "full"])
def test_without_storage_a_change_is_run_and_its_loss_foretold(
    open_page, page, reader, trouble
):
    error = {"forbidden": "SecurityError", "full": "QuotaExceededError"}[trouble]
    throw = f"throw new DOMException('no', '{error}')"
    page.add_init_script(
        f"Storage.prototype.setItem = () => {{ {throw} }}"
        + (
            f"; Storage.prototype.getItem = () => {{ {throw} }}"
            if trouble == "forbidden"
            else ""
        )
    )
    open_page(PLAIN)
    reader.edit(1, "print('still')")
    expect(reader.says(1)).to_have_text(
        re.compile("^Your change will be lost when you leave")
    )
    reader.run(1)
    expect(reader.output(1)).to_have_text("still")


def test_a_page_left_while_python_was_on_its_way_begins_anew(open_page, page, reader):
    open_page(PLAIN)
    page.context.route(
        "**/*.wasm", lambda route: None
    )  # never answered: the page is left while it waits
    reader.button(1, "Run").click()
    expect(reader.says(1)).to_have_text(
        re.compile("^Python is on its way"), timeout=SLOW
    )
    page.evaluate(
        "dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))"
    )  # Playwright's Chromium keeps no left pages
    expect(reader.button(1, "Run")).to_have_text("Run")
    page.context.unroute("**/*.wasm")
    reader.run(1)


def test_from_a_folder_the_page_reads_and_says_why_it_does_not_run(
    page, reader, site_folder, watch
):
    seen = watch(page)
    page.goto(f"{site_folder.as_uri()}/{PLAIN}.html", wait_until="networkidle")
    page.keyboard.press("Tab")
    expect(reader.status).to_contain_text("Cells run where the book is served")
    reader.button(1, "Run").click()
    expect(reader.says(1)).to_contain_text("Cells run where the book is served")
    assert seen.wrong == []


def test_by_keyboard_from_the_top_of_a_page_to_a_changed_and_rerun_cell(
    open_page, page, reader
):
    open_page(PLAIN)
    for _ in range(200):
        if page.evaluate("document.activeElement?.ariaLabel") == "Edit cell 1":
            break
        page.keyboard.press("Tab")
    else:
        pytest.fail("the tabulator never came to the button")
    page.keyboard.press("Enter")
    expect(reader.cell(1).locator(".cm-content")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("print('by keyboard')")
    page.keyboard.press("ControlOrMeta+Enter")
    expect(reader.says(1)).to_have_text(re.compile("^Has run"), timeout=SLOW)
    expect(reader.output(1)).to_have_text("by keyboard")
    page.keyboard.press("Tab")  # is not caught
    expect(reader.button(1, "Run")).to_be_focused()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_while_cells_run_and_after_an_error(
    browser, address, faults_in, width, scheme
):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    reader = Reader(page)
    page.goto(f"{address}/{PLAIN}.html", wait_until="networkidle")
    page.keyboard.press("Tab")
    reader.edit(1, ENDLESS)
    assert faults_in(page) == []
    reader.button(1, "Run").click()
    expect(reader.output(1)).to_have_text("begun", timeout=SLOW)
    assert faults_in(page) == []
    reader.button(1, "Stop").click()
    expect(reader.says(1)).to_have_text(re.compile("^Stopped"), timeout=SLOW)
    reader.edit(
        1, "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nnothing"
    )
    reader.run(1, ends="Ended with an error")
    assert faults_in(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_pages_without_cells_load_nothing_of_it(page, address, watch):
    seen = watch(page)
    page.goto(f"{address}/glossary.html", wait_until="networkidle")
    assert not any(re.search(r"/_static/(live|pyodide)/", url) for url in seen.asked)


def test_a_first_run_stays_within_its_megabytes(site_folder):
    """At most 14 MB for the first cell with NumPy from a host that compresses WebAssembly, and 36 MB for a chapter from any."""
    [manifest] = (site_folder / "_static" / "pyodide").glob("*/manifest.json")
    sizes = {
        name: file["size"] for name, file in json.loads(manifest.read_text()).items()
    }
    core = [name for name in sizes if name.startswith("pyodide.asm")]
    compressed = {
        name: len(gzip.compress((manifest.parent / name).read_bytes())) for name in core
    }
    first = sum(
        size
        for name, size in (sizes | compressed).items()
        if name.startswith(("pyodide", "python_stdlib", "numpy"))
    )
    own = sum(
        path.stat().st_size
        for path in (site_folder / "_static" / "live").rglob("*")
        if path.is_file()
    )
    assert first + own <= 14e6
    assert sum(sizes.values()) + own <= 36e6

"""What a reader does with the pages: search, keyboard, colors, folding, copying; from a host, a sub-path, a folder."""

import pytest
from playwright.sync_api import expect

from support.book_sources import CHAPTERS, PAGES

pytestmark = pytest.mark.site

SEARCHED = {  # what a reader types: where the first results must lead
    "backpropagation": "backpropagation.html",
    "learning rate": "gradient-descent.html#descent-rate",
    "keepdims": "backpropagation.html#backpropagation-keepdims",
    "relu": "activations.html",
    "xavier": "initialization.html",
    "logsitic regression": "one-unit.html",
}


@pytest.mark.parametrize("name", [*PAGES, "search"])
def test_a_page_works_below_a_sub_path(page, below, watch, name):
    seen = watch(page)
    page.goto(f"{below}/{name}.html", wait_until="networkidle")
    assert seen.wrong == []
    assert [
        url for url in seen.asked if not url.startswith((f"{below}/", "data:"))
    ] == []


@pytest.mark.parametrize("name", [*PAGES, "search"])
def test_a_page_reads_from_a_folder_without_a_server(page, site_folder, watch, name):
    seen = watch(page)
    page.goto((site_folder / f"{name}.html").as_uri(), wait_until="load")
    page.wait_for_timeout(50)
    assert seen.wrong == []
    if name in CHAPTERS:
        assert page.locator("article .katex-html:visible").count() > 20
        figure = page.locator(
            "article figure img:visible"
        ).first.element_handle()  # others become visible on the way
        figure.evaluate("image => image.scrollIntoView()")
        page.wait_for_function(
            "image => image.complete && image.naturalWidth > 0", arg=figure
        )
    page.wait_for_function(
        "[...document.fonts].some(font => font.status === 'loaded' && font.family.includes('Book'))"
    )


@pytest.fixture(params=["host", "folder"])
def site(request, address, site_folder):
    """Where the site is read from."""
    return address if request.param == "host" else site_folder.as_uri()


@pytest.mark.parametrize(("words", "target"), SEARCHED.items(), ids=SEARCHED)
def test_search_leads_to_where_a_thing_is_explained(page, site, watch, words, target):
    seen = watch(page)
    page.goto(f"{site}/search.html?q={words}")
    results = page.locator("#search-results li a").evaluate_all(
        "links => links.slice(0, 5).map(a => a.href)"
    )
    assert any(target in link for link in results), results
    assert page.locator("#search-results mark").count() > 0 or "logsitic" in words
    assert f"“{words}”" in page.locator("#search-results p").first.inner_text()
    assert seen.wrong == []


def test_search_says_when_it_finds_nothing_and_shows_markup_as_text(
    page, address, watch
):
    seen = watch(page)
    page.goto(f"{address}/search.html?q=<i>qqqq</i>xqxq")
    assert (
        page.locator("#search-results").inner_text().strip()
        == "Nothing was found for “<i>qqqq</i>xqxq”."
    )
    assert seen.wrong == []


def test_search_opens_and_closes_by_keyboard(page, address):
    page.goto(f"{address}/flower.html", wait_until="networkidle")  # scripts come last
    page.keyboard.press("Control+k")
    field = page.locator("#pst-search-dialog input")
    assert field.is_visible() and field.evaluate(
        "field => field === document.activeElement"
    )
    page.keyboard.press("Escape")
    assert not field.is_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("dead unit")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=dead+unit")
    assert page.locator("#search-results li").count() > 0


def test_the_button_for_colours_goes_through_all_says_which_and_is_remembered(
    page, address
):
    page.emulate_media(color_scheme="light")
    page.goto(f"{address}/one-unit.html", wait_until="networkidle")
    button = page.locator(".theme-switch-button").first
    figure = page.locator("figure img:visible").first
    names, sources = [], []
    for _ in range(3):
        names.append(button.get_attribute("aria-label"))
        sources.append(figure.get_attribute("src").endswith(".dark.svg"))
        button.click()
    assert sorted(names) == ["Colors: as the system", "Colors: dark", "Colors: light"]
    assert sources == [name.endswith("dark") for name in names]
    while button.get_attribute("aria-label") != "Colors: dark":
        button.click()
    page.goto(f"{address}/flower.html")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_page_with_forbidden_storage_still_opens(page, address):
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('forbidden') }})"
    )
    page.goto(f"{address}/one-unit.html")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert page.locator("article h1").is_visible()


def test_the_first_tab_stop_skips_to_the_text(page, address):
    page.goto(f"{address}/backpropagation.html")
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.inner_text() == "Skip to the text"
    page.wait_for_function(
        "link => link.getBoundingClientRect().y >= 0", arg=link.element_handle()
    )
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


def test_what_has_the_focus_shows_it(page, address):
    page.goto(f"{address}/one-unit.html")
    for _ in range(40):
        page.keyboard.press("Tab")
        width = page.evaluate(
            "parseFloat(getComputedStyle(document.activeElement).outlineWidth)"
        )
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert width >= 2 and style != "none", page.evaluate(
            "document.activeElement.outerHTML.slice(0, 200)"
        )


def test_a_solution_opens_by_keyboard_and_shows_its_cell(page, address):
    page.goto(f"{address}/activation-slopes.html")
    solution = page.locator("details.solution").first
    cell = solution.locator(".cell").first
    assert not cell.is_visible()
    mark = solution.locator("summary").first.evaluate(
        "summary => getComputedStyle(summary, '::before').width"
    )
    assert 4 < float(mark.removesuffix("px")) < 20
    solution.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert cell.is_visible()


def test_a_wide_formula_scrolls_in_itself_and_by_keyboard(page, address):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}/initialization.html", wait_until="networkidle")
    page.keyboard.press("Tab")  # the page is laid out when a reader stirs
    kinds = set()
    for block in page.locator(
        "article > section > section > .katex-block > .katex-scroll"
    ).all():
        wide = block.evaluate("e => e.scrollWidth > e.clientWidth")
        page.wait_for_function(
            "([e, wide]) => (e.tabIndex === 0) === wide",
            arg=[block.element_handle(), wide],
        )
        kinds.add(wide)
    assert kinds == {True, False}
    wide = page.locator("article .katex-scroll[tabindex='0']:visible").first
    wide.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("e => e.scrollLeft > 0", arg=wide.element_handle())


def test_on_a_phone_the_contents_open_and_close_by_keyboard(page, address):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}/backpropagation.html")
    chapter = page.locator("nav.bd-links a", has_text="One unit").first
    assert not chapter.is_visible()
    button = page.get_by_role("button", name="Table of contents")
    button.focus()
    page.keyboard.press("Enter")
    assert chapter.is_visible()
    page.keyboard.press("Escape")
    chapter.wait_for(state="hidden", timeout=5000)
    assert button.evaluate("button => button === document.activeElement")


def test_a_formula_is_copied_as_tex(browser, address):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/activation-slopes.html", wait_until="networkidle")
    page.evaluate(
        "getSelection().selectAllChildren(document.querySelector('article .katex-block'))"
    )
    page.keyboard.press("Control+c")
    assert page.evaluate("navigator.clipboard.readText()").strip().startswith("$$")
    context.close()


def test_without_a_script_a_page_reads_and_folds(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/activation-slopes.html")
    assert page.locator("article .katex-html:visible").count() > 20
    assert (
        page.locator("article figure img:visible").count()
        == page.locator("article figure").count()
    )
    solution = page.locator("details.solution").first
    solution.locator("summary").first.click()
    assert solution.locator(".cell").first.is_visible()
    assert not page.locator(".theme-switch-button").first.is_visible()
    context.close()


LAID_OUT = "all => all.filter(e => e.firstElementChild?.checkVisibility({contentVisibilityAuto: true})).map(e => e.id)"


@pytest.mark.parametrize(
    "viewport",
    [{"width": 390, "height": 844}, {"width": 1280, "height": 900}],
    ids=["phone", "desktop"],
)
def test_while_a_page_comes_only_what_is_near_is_laid_out(page, half, viewport):
    address, let_the_rest_come = half
    page.set_viewport_size(viewport)
    page.goto(f"{address}/backpropagation.html", wait_until="commit")
    sections = page.locator("article > section section")
    expect(sections).not_to_have_count(0)
    page.wait_for_timeout(200)
    come = sections.count()
    laid_out = sections.evaluate_all(LAID_OUT)
    assert laid_out and all(
        name.startswith("backpropagation-chain") for name in laid_out
    )  # the first
    let_the_rest_come()
    page.wait_for_load_state()
    assert 5 < come < sections.count()


@pytest.mark.parametrize("name", [*CHAPTERS, "how-to-run"])
def test_before_a_reader_stirs_nothing_lies_over_a_button_and_no_link_is_hidden(
    page, address, faults_in, name
):
    page.set_viewport_size({"width": 412, "height": 823})
    page.goto(f"{address}/{name}.html", wait_until="networkidle")
    assert faults_in(page) == []
    links = page.locator(
        ".distant:not(.laid-out) p a:not(.headerlink, .quiz a, details a)"
    )
    hidden = links.evaluate_all(
        "all => all.filter(e => !e.checkVisibility({visibilityProperty: true})).map(e => e.href)"
    )
    assert links.count() and hidden == []


def test_scripts_come_when_the_page_has_been_drawn(page, address):
    page.add_init_script(
        "window.drawn = []; requestAnimationFrame = work => drawn.push(work)"
    )
    page.goto(f"{address}/backpropagation.html", wait_until="load")
    page.wait_for_timeout(100)
    expect(page.locator("script[src]")).to_have_count(0)
    page.evaluate("drawn.forEach(work => work())")
    expect(page.locator("script[src]")).not_to_have_count(0)


def test_an_address_that_leads_nowhere_is_answered_by_a_page_that_helps(
    page, address, watch
):
    page.goto(f"{address}/chapter-99.html")
    assert "not here" in page.locator("h1").inner_text()
    assert page.locator("article a[href$='search.html']").count() == 1
    page.locator("article a", has_text="front page").click()
    assert page.locator("h1").inner_text() == "Shallow Networks"


def test_on_paper_figures_are_light_solutions_open_and_the_frame_is_gone(page, address):
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"{address}/activation-slopes.html")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )
    page.locator("figure img").evaluate_all(
        "all => Promise.all(all.map(e => { e.loading = 'eager'; return e.decode() }))"
    )
    sources = page.locator("figure img:visible").evaluate_all(
        "all => all.map(e => e.getAttribute('src'))"
    )
    assert sources and not any(source.endswith(".dark.svg") for source in sources)
    assert page.locator("details.solution .cell").first.is_visible()
    for part in (
        ".bd-sidebar-primary",
        ".bd-sidebar-secondary",
        ".bd-header-article",
        ".prev-next-footer",
    ):
        assert not page.locator(part).first.is_visible()


FILMS = {
    "flower": "fig-flower-grows",
    "initialization": "fig-start-twins",
    "activation-slopes": "fig-slopes-saturate",
}


@pytest.mark.parametrize(("name", "figure"), FILMS.items(), ids=FILMS)
def test_a_film_moves_when_asked_stops_and_goes_by_keyboard(
    page, site, watch, name, figure
):
    seen = watch(page)
    page.goto(f"{site}/{name}.html", wait_until="networkidle")
    film = page.locator(f"#{figure}")
    button, slider, said = (
        film.locator(".film-button"),
        film.locator("input"),
        film.locator("output"),
    )
    film.scroll_into_view_if_needed()
    assert film.locator("img:visible").count() == 1 and film.locator("svg").count() == 0
    assert not any("/films/" in url for url in seen.asked)

    said.evaluate("""output => {
      window.moments = new Set()
      new MutationObserver(() => moments.add(output.textContent)).observe(output, {childList: true})
    }""")
    button.click()
    page.wait_for_function("moments.size > 2")
    assert film.locator("img:visible").count() == 0 and film.locator(
        "svg"
    ).get_attribute("aria-label").startswith(("The", "Three", "Two", "Four"))
    if button.text_content() == "Play":  # a short one is over
        button.click()
    assert button.text_content() == "Pause"
    button.click()
    assert button.text_content() == "Play"
    at = said.text_content()
    page.wait_for_timeout(500)
    assert said.text_content() == at
    slider.press("Home")
    first, drawn = said.text_content(), film.locator("svg").inner_html()
    slider.press("End")
    end = said.text_content()
    assert end != first and film.locator("svg").inner_html() != drawn
    slider.press("ArrowLeft")
    assert (
        said.text_content() != end
        and slider.get_attribute("aria-valuetext") == said.text_content()
    )
    assert seen.wrong == []


PREVIEWS = {
    "backpropagation": ("#equation-eq-backward-dz2", ".katex"),
    "figures": ("one-unit.html#fig-", "img"),
    "gradient-descent": ("glossary.html#term-", "p"),
}


@pytest.mark.parametrize(
    ("name", "link", "shown"),
    [(name, *rest) for name, rest in PREVIEWS.items()],
    ids=PREVIEWS,
)
def test_a_link_shows_what_it_leads_to_while_it_is_pointed_at(
    page, site, watch, faults_in, name, link, shown
):
    seen = watch(page)
    page.goto(f"{site}/{name}.html", wait_until="networkidle")
    assert not any("/previews/" in url for url in seen.asked)
    card = page.locator(".preview")
    to = page.locator(f"article a.reference[href*='{link}']").first
    to.hover()
    card.locator(shown).locator("visible=true").first.wait_for()
    box = card.bounding_box()
    assert (
        box["x"] >= 0 and box["x"] + box["width"] <= 1280 and 30 < box["height"] < 720
    )
    assert (
        not site.startswith("http") or faults_in(page) == []
    )  # axe reads style sheets, which a folder forbids
    card.hover()
    page.wait_for_timeout(400)
    assert card.is_visible()
    page.keyboard.press("Escape")
    assert card.is_hidden()
    assert seen.wrong == []


def test_a_link_reached_by_keyboard_shows_what_it_leads_to_until_it_is_left(
    page, address
):
    page.goto(f"{address}/backpropagation.html", wait_until="networkidle")
    page.locator("article a.reference[href='#equation-eq-backward-dz2']").last.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    card = page.locator(".preview")
    card.locator(".katex").first.wait_for()
    page.keyboard.press("Tab")
    card.wait_for(state="hidden")


def test_a_preview_that_cannot_be_had_leaves_the_link_as_it_is(page, address):
    page.context.route("**/previews/*", lambda route: route.abort())
    page.goto(f"{address}/gradient-descent.html", wait_until="networkidle")
    link = page.locator("article a.reference[href*='glossary.html#term-']").first
    link.hover()
    page.wait_for_timeout(500)
    assert page.locator(".preview").is_hidden()
    link.click()
    page.wait_for_url("**/glossary.html#term-*")

"""The playground as its reader uses it: trained, brought to divergence and back, by mouse, by keyboard, by a link."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from shallowlib import datasets, initialize, logistic, tanh, train, xavier

pytestmark = pytest.mark.site

SLOW = 120_000  # ms: nothing here takes as long, on any machine


class Playground:
    """The page, and what is done and read there."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.status, self.trouble = (
            page.locator(".play-says"),
            page.locator(".play-trouble"),
        )

    def open(self, fragment=""):
        self.page.goto(
            f"{self.address}/playground.html{fragment}", wait_until="networkidle"
        )
        expect(self.button("go")).to_be_enabled()

    def button(self, name):
        return self.page.locator(f".playground [data-play={name}]")

    def control(self, name):
        return self.page.locator(f".play-controls [name={name}]")

    def read(self, name):
        return self.page.locator(f"[data-read={name}]").text_content()

    @property
    def step(self):
        return int(self.read("step"))

    @property
    def right(self):
        return int(self.read("right").removesuffix(" %"))

    def number(self, name):
        """A number of the table below the drawings."""
        return (
            self.page.locator(".play-numbers tr")
            .filter(has_text=name)
            .locator("td")
            .text_content()
        )

    def wait_for_step(self, step):
        self.page.wait_for_function(
            "step => Number(document.querySelector('[data-read=step]').textContent) >= step",
            arg=step,
            timeout=SLOW,
        )

    def train_to(self, step):
        self.button("go").click()
        self.wait_for_step(step)
        self.pause()

    def pause(self):
        self.button("go").click()
        self.rests()

    def rests(self):
        """Wait until the training has come to rest, which is said."""
        expect(self.button("go")).not_to_have_text("Pause", timeout=SLOW)
        self.page.wait_for_function(
            "document.querySelector('.play-says').textContent.startsWith(`Step ${document.querySelector('[data-read=step]').textContent}:`)",
            timeout=SLOW,
        )

    def drawn(self, panel):
        """What a drawing shows, point by point."""
        return self.page.locator(f"[data-panel={panel}] canvas").evaluate(
            "canvas => canvas.toDataURL()"
        )

    def reset(self):
        self.button("reset").click()
        expect(self.page.locator("[data-read=step]")).to_have_text("0", timeout=SLOW)
        self.rests()

    def described(self, panel):
        return self.page.locator(f"[data-panel={panel}] canvas").get_attribute(
            "aria-label"
        )

    def numbers(self):
        return self.page.locator(".play-numbers tbody").inner_text()


@pytest.fixture
def play(page, address):
    return Playground(page, address)


def test_the_flower_is_learned_by_the_books_own_library(play, page, address, watch):
    seen = watch(page)
    play.open()
    assert not any("pyodide" in url or "python.json" in url for url in seen.asked), (
        "Python was fetched before a reader asked for it"
    )
    before = [play.drawn(panel) for panel in ("plane", "costs", "units", "slopes")]
    assert play.step == 0
    play.train_to(300)
    assert play.right > 85
    assert all(
        play.drawn(panel) != old
        for panel, old in zip(
            ("plane", "costs", "units", "slopes"), before, strict=True
        )
    )
    assert (
        play.described("plane")
        == f"Decision boundary after {play.step} steps: {play.right} % of 400 examples right"
    )
    assert seen.wrong == []
    assert [
        url for url in seen.asked if not url.startswith((f"{address}/", "data:"))
    ] == []


def test_after_as_many_steps_it_is_where_train_is(play):
    play.open("#steps=250")
    play.button("go").click()
    play.wait_for_step(250)
    play.rests()
    rng = np.random.default_rng(1)
    X, Y = datasets.flower(400, rng)
    run = train(
        initialize(2, 8, 1, rng, weights=xavier),
        X,
        Y,
        tanh,
        logistic,
        alpha=1.2,
        steps=251,
    )
    assert play.step == 250
    assert float(play.number("Cost now")) == pytest.approx(run.costs[250], rel=1e-3)
    assert float(play.number("Cost at the start")) == pytest.approx(
        run.costs[0], rel=1e-3
    )


def test_training_is_brought_to_divergence_told_so_and_brought_back(play):
    play.open("#playground-large-rate")
    play.button("go").click()
    expect(play.trouble).to_contain_text("Training diverges: after step", timeout=SLOW)
    expect(play.trouble).to_contain_text("more than ten times the")
    play.rests()
    stopped = play.step
    assert (
        "NaN" not in play.page.locator(".playground").inner_text()
        and "Infinity" not in play.page.locator(".playground").inner_text()
    )
    play.control("rate").fill("0.3")
    play.control("rate").press("Enter")
    expect(play.trouble).to_be_hidden()
    play.control("speed").select_option("20")
    play.train_to(stopped + 200)
    assert float(play.number("Cost now")) < float(play.number("Cost at the start"))
    play.reset()
    play.train_to(100)
    expect(play.trouble).to_be_hidden()


def test_by_keyboard_alone(play, page):
    play.open()

    def go_to(selector):
        for _ in range(150):
            if page.evaluate(
                "selector => document.activeElement?.matches(selector)", selector
            ):
                return
            page.keyboard.press("Tab")
        pytest.fail(f"the tabulator never came to {selector}")

    go_to("[name=hidden]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+Tab")
    for _ in range(80):
        if page.evaluate("document.activeElement?.matches('[data-play=step]')"):
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    play.wait_for_step(1)
    play.rests()
    assert play.step == 1 and play.number("unlike each other") == "9 of 9"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    play.wait_for_step(20)
    page.keyboard.press("Enter")
    play.rests()
    assert play.step >= 20
    go_to("[data-play=reset]")
    page.keyboard.press("Space")
    expect(page.locator("[data-read=step]")).to_have_text("0", timeout=SLOW)
    go_to(".play-numbers summary")
    page.keyboard.press("Enter")
    assert page.locator(".play-numbers td").first.is_visible()


def test_points_are_drawn_by_click_and_by_keyboard_learned_and_removed(play, page):
    play.open()
    play.control("data").select_option("own")
    play.button("go").click()
    expect(play.trouble).to_contain_text("put points on the plane first")
    pad, said = page.locator(".play-pad"), page.locator(".play-place")
    pad.focus()
    for key in ["ArrowLeft"] * 4 + ["ArrowDown", "Shift+ArrowDown", "Enter"]:
        page.keyboard.press(key)
    expect(said).to_have_text("Class 0 at −1, −0.3; 1 in all")
    scrolled = page.evaluate("scrollY")
    for key in ["Space", "Delete", *["ArrowDown"] * 3, *["ArrowUp"] * 3]:
        page.keyboard.press(key)
    page.wait_for_timeout(200)  # in which a page would scroll
    assert page.evaluate("scrollY") == scrolled
    page.keyboard.press("1")
    box = pad.bounding_box()
    pad.click(position={"x": 0.75 * box["width"], "y": 0.25 * box["height"]})
    expect(said).to_have_text(re.compile(r"^Class 1 at 1\.\d+, 1\.\d+; 2 in all$"))
    pad.click(position={"x": 0.9 * box["width"], "y": 0.9 * box["height"]})
    play.train_to(100)
    assert play.right == 100 and play.number("classified right") == "3 of 3"
    page.keyboard.press("Shift+Tab")
    pad.focus()
    page.keyboard.press("Delete")  # the nearest to the cross: the last one
    expect(said).to_have_text(re.compile("^Removed class 1 at 2"))
    expect(page.locator("[data-read=step]")).to_have_text("0", timeout=SLOW)
    play.rests()
    assert play.number("classified right").endswith("of 2")
    play.button("go").click()
    play.wait_for_step(10)
    page.get_by_role(
        "button", name="Remove all"
    ).click()  # while a picture is on its way
    page.wait_for_timeout(200)
    expect(play.trouble).to_be_hidden()
    expect(play.button("go")).to_have_text("Start")
    assert play.step == 0
    assert play.described("plane") == "Your 0 points"


def test_a_link_brings_back_the_very_state_points_and_turned_rate_included(
    play, page, browser, address
):
    play.open(
        "#data=own&points=0,0,0;1,1.5,1;-1.25,2,1;-2,-1,0&hidden=5&activation=sigmoid&weights=he&seed=7&rate=2"
    )
    play.train_to(60)
    play.control("rate").fill("0.5")
    play.control("rate").press("Enter")
    turned = play.step
    play.train_to(turned + 60)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    play.button("link").click()
    expect(play.status).to_have_text("The link to this very state is copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url and f"rate=2;{turned}:0.5" in link
    other = browser.new_page()
    again = Playground(other, address)
    again.open("#" + link.partition("#")[2])
    expect(again.status).to_have_text(
        f"This link leads to step {play.step}: Start trains up to there."
    )
    assert (
        again.control("rate").input_value() == "0.5"
        and again.control("hidden").input_value() == "5"
    )
    again.button("go").click()
    again.wait_for_step(play.step)
    again.rests()
    assert again.step == play.step and again.numbers() == play.numbers()
    assert again.drawn("plane") == play.drawn("plane")
    again.train_to(again.step + 1)  # and goes on from there
    other.context.close()


def test_a_link_that_is_copied_before_start_keeps_its_goal(play, page):
    play.open("#steps=250")
    play.button("link").click()
    expect(play.status).to_contain_text("The link to this very state is")
    assert page.url.endswith("steps=250")


def test_a_link_without_points_leaves_the_readers_own_where_they_are(play, page):
    play.open()
    play.control("data").select_option("own")
    pad = page.locator(".play-pad")
    for x in (40, 90):
        pad.click(position={"x": x, "y": 40})
    page.locator("a[href='#playground-collapse'][data-state]").click()
    assert play.control("data").input_value() == "moons"
    play.control("data").select_option("own")
    assert play.described("plane") == "Your 2 points"


def test_after_training_has_ended_a_turned_knob_does_not_train_on(play, page):
    play.open("#steps=40")
    play.button("step").click()
    play.wait_for_step(1)
    play.rests()
    assert play.step == 1
    expect(play.status).to_contain_text(
        "This link leads to step 40: Go on trains up to there."
    )
    play.button("go").click()
    play.wait_for_step(40)
    play.rests()
    for knob, value in (("hidden", "9"), ("seed", "2")):
        play.control(knob).fill(value)
        play.control(knob).press("Enter")
        expect(page.locator("[data-read=step]")).to_have_text("0")
        play.rests()
        assert play.step == 0
        play.button("step").click()
        play.wait_for_step(1)
        play.rests()
        assert play.step == 1
    page.evaluate("location.hash = '#steps=60'")
    expect(play.status).to_contain_text(
        "This link leads to step 60: Start trains up to there."
    )


def test_a_share_is_told_as_it_is_where_its_fraction_is_a_little_less(play):
    points = ["0,0,0"] * 57 + ["0,0,1"] * 43  # and 100 * 0.57 is less than 57
    play.open(f"#data=own&weights=zeros&points={';'.join(points)}")
    play.button("step").click()
    play.wait_for_step(1)
    play.rests()
    assert play.number("classified right") == "57 of 100"
    assert play.right == 57


def test_a_link_leads_past_a_divergence_from_which_a_smaller_rate_led_back(play, page):
    play.open("#playground-large-rate")
    play.button("go").click()
    expect(play.trouble).to_be_visible(timeout=SLOW)
    play.rests()
    play.control("rate").fill("0.3")
    play.control("rate").press("Enter")
    play.train_to(play.step + 8)
    play.button("link").click()
    numbers, link = play.numbers(), page.url
    page.goto("about:blank")
    play.open("#" + link.partition("#")[2])
    play.button("go").click()
    play.wait_for_step(int(re.search(r"steps=(\d+)", link)[1]))
    play.rests()
    assert play.numbers() == numbers
    expect(play.trouble).to_be_hidden()


@pytest.mark.parametrize(
    ("fragment", "told"),
    [
        ("data=banana", "data=banana (expected one of flower"),
        ("m=9", "m=9 (expected a whole number from 10 to 1000)"),
        ("hidden=8.5", "hidden=8.5 (expected a whole number from 1 to 50)"),
        ("rate=-1", "rate=-1 (expected a number from 0.001 to 100)"),
        ("rate=1;9:x", "rate=1;9:x"),
        ("rate=1;9:2;5:1", "rate=1;9:2;5:1"),
        ("steps=999999999", "steps=999999999 (expected a whole number up to 100000)"),
        ("data=own&points=9,9,0", "points=9,9,0 (expected at most 300 points"),
        ("data=own&points=<script>alert(1)</script>", "points=<script>"),
        ("data=sine&output=logistic", "the sine has real numbers as targets"),
        ("tool=1&x=<img src=x onerror=alert(1)>", "x, which nothing here is called"),
    ],
)
def test_a_broken_link_is_told_and_replaced_by_what_the_page_begins_with(
    play, page, watch, fragment, told
):
    seen = watch(page)
    play.open(f"#{fragment}")
    expect(play.trouble).to_contain_text(told)
    assert (
        play.control("m").input_value() == "400"
        and play.control("rate").input_value() == "1.2"
    )
    assert page.locator(".playground img").count() == 0
    assert seen.wrong == []


def test_what_is_typed_and_cannot_be_is_told_and_not_taken(play):
    play.open()
    play.control("m").fill("5")
    play.control("m").press("Enter")
    expect(play.trouble).to_have_text(
        "Examples, m: expected a whole number from 10 to 1000, got “5”. It stays 400."
    )
    assert play.control("m").input_value() == "400"
    slider = play.page.get_by_label("Learning rate, slider")
    before = slider.input_value()
    play.control("rate").fill("500")
    play.control("rate").press("Enter")
    assert (
        play.control("rate").input_value() == "1.2" and slider.input_value() == before
    )


def test_the_sine_has_a_linear_output_and_classes_have_either(play):
    play.open()
    usual = play.control("rate").input_value()
    play.control("data").select_option("sine")
    assert (
        play.control("rate").input_value() == "0.1"
    )  # the usual one would diverge at once
    assert play.control("output").input_value() == "linear"
    assert play.control("output").locator("[value=logistic]").is_disabled()
    play.train_to(5)
    assert play.described("plane").startswith("Curve of the output after")
    play.control("data").select_option("xor")
    assert play.control("output").input_value() == "logistic"
    assert play.control("rate").input_value() == usual
    play.control("output").select_option("linear")
    play.control("rate").fill("0.1")
    play.control("rate").press("Enter")
    play.train_to(50)
    assert play.right > 50


@pytest.mark.parametrize(
    ("name", "steps", "what", "shows"),
    [
        ("symmetry", 200, "unlike each other", r"1 of 8"),
        ("collapse", 50, "slope is nearly 0", r"0 %"),
        ("saturation", 100, "slope is nearly 0", r"9\d %"),
        ("dead-relu", 10, "flat for every example", r"8 of 8"),
    ],
)
def test_an_experiment_shows_what_its_section_says(
    play, page, name, steps, what, shows
):
    play.open()
    page.locator(f"a[href='#playground-{name}'][data-state]").click()
    expect(play.button("go")).to_be_in_viewport()
    task = page.locator(".play-task").inner_text()
    assert task == page.locator(f"section#playground-{name} > p").first.inner_text()
    expect(play.button("go")).to_be_focused()
    expect(play.button("go")).to_have_accessible_description(task)
    play.control("speed").select_option("5")
    play.train_to(steps)
    assert re.fullmatch(shows, play.number(what))


def test_a_chapter_leads_to_a_prepared_state(play, page, address):
    page.goto(f"{address}/initialization.html", wait_until="networkidle")
    page.locator("article a[href='playground.html#playground-saturation']").click()
    expect(page.locator(".play-task")).to_be_visible()
    assert (
        play.control("factor").input_value() == "30"
        and play.control("data").input_value() == "circles"
    )
    expect(play.button("go")).to_be_in_viewport()
    expect(play.button("go")).to_be_focused()


def test_a_turned_knob_begins_anew_and_what_trained_goes_on(play):
    play.open()
    play.button("go").click()
    play.wait_for_step(50)
    play.control("activation").select_option("relu")
    play.page.wait_for_function(
        "Number(document.querySelector('[data-read=step]').textContent) < 50",
        timeout=SLOW,
    )
    play.wait_for_step(50)
    play.control("hidden").fill("3")
    play.wait_for_step(20)
    play.pause()
    assert play.number("unlike each other") == "3 of 3"


@pytest.mark.parametrize(("speed", "steps"), [(5, 150), (0, 2)])
def test_those_who_want_little_motion_get_fewer_pictures_of_as_many_steps(
    play, page, speed, steps
):
    page.emulate_media(reduced_motion="reduce")
    play.open(f"#speed={speed}")
    play.button("go").click()
    play.wait_for_step(1)
    assert play.step % steps == 0
    play.pause()
    assert play.step % steps == 0


def test_where_the_worker_is_blocked_it_is_told_and_the_recorded_run_plays(play, page):
    page.context.route("**/worker.js", lambda route: route.abort())
    play.open()
    play.button("go").click()
    expect(play.trouble).to_contain_text(
        "Python could not start: its worker was blocked or did not arrive", timeout=SLOW
    )
    expect(play.trouble).to_contain_text(
        "At the end of this page there is a recorded run."
    )
    film = page.locator("figure#fig-playground")
    film.get_by_role("button").click()
    expect(film.locator("output")).to_have_text("step 400", timeout=SLOW)
    page.context.unroute("**/worker.js")
    play.train_to(20)
    expect(play.trouble).to_be_hidden()


def test_an_error_in_python_is_told_by_its_name(play, page):
    def broken(route):
        route.fulfill(
            body=route.fetch()
            .text()
            .replace(
                "def answer(settings, steps, alpha):",
                "def answer(*given):\\n    raise ValueError",
            )
        )

    page.context.route("**/python.json", broken)
    play.open()
    play.button("go").click()
    expect(play.trouble).to_contain_text(
        "Python stopped with ValueError.", timeout=SLOW
    )


def test_from_a_folder_it_is_told_why_it_does_not_train(play, page, site_folder, watch):
    seen = watch(page)
    page.goto(
        f"{site_folder.as_uri()}/playground.html#playground-symmetry",
        wait_until="networkidle",
    )
    expect(play.trouble).to_contain_text("from a folder")
    play.button("go").click()
    expect(play.trouble).to_contain_text("recorded run")
    assert seen.wrong == []


def test_without_a_script_the_instrument_gives_way_to_the_recorded_run(
    browser, address
):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/playground.html")
    assert not page.locator(".playground").is_visible()
    assert (
        page.locator("article noscript")
        .inner_text()
        .startswith("The instrument needs JavaScript")
    )
    assert page.locator("figure#fig-playground img.figure-light").is_visible()
    context.close()


def test_on_paper_there_are_the_drawings_and_no_controls(play, page):
    play.open()
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".play-screen canvas").first.is_visible()
    assert not play.button("go").is_visible() and not play.control("data").is_visible()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_before_and_while_it_trains_and_after_it_diverged(
    browser, address, faults_in, width, scheme
):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    play = Playground(context.new_page(), address)
    play.open()
    assert faults_in(play.page) == []
    play.button("go").click()
    play.wait_for_step(10)
    assert faults_in(play.page) == []
    expect(play.button("go")).to_have_text("Pause")
    play.control("data").select_option("own")
    assert faults_in(play.page) == []
    play.open("#playground-large-rate")
    play.page.reload(wait_until="networkidle")
    play.button("go").click()
    expect(play.trouble).to_be_visible(timeout=SLOW)
    play.page.locator(".play-numbers summary").click()
    assert faults_in(play.page) == []
    assert play.page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_other_pages_load_nothing_of_it(page, address, watch):
    seen = watch(page)
    page.goto(f"{address}/how-to-run.html", wait_until="networkidle")
    assert not any("playground." in url for url in seen.asked)

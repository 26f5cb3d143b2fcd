"""Exercises that answer back: every checker in the page, and what becomes of an answer."""

import importlib
import json
import re

import pytest
from playwright.sync_api import expect

from support.book_sources import CHAPTERS, answered, exercises_of, module_of

pytestmark = pytest.mark.site

SLOW = 120_000  # ms
PLAIN = "activation-slopes"
FIRST = "ex-slope-maximum"
RIGHT, WRONG = ("largest = 1/4", "largest = 1")


class Answers:
    """The exercises of a page, as a reader answers them."""

    def __init__(self, page):
        self.page = page

    def block(self, label):
        return self.page.locator(f".exercise-try[data-exercise={label}]")

    def button(self, label, name):
        return self.block(label).get_by_role("button", name=re.compile(f"^{name} "))

    def write(self, label, code):
        editor = self.block(label).locator(".cm-content")
        if not editor.count():
            self.button(label, "Edit").click()
        editor.click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(code)

    def check(self, label):
        """The verdict on what stands there."""
        self.button(label, "Check").click()
        expect(self.block(label).locator(".live-says")).to_have_text(
            "Checked", timeout=SLOW
        )
        return self.block(label).locator(".verdict").text_content()

    def solved(self):
        return self.page.evaluate(
            "JSON.parse(localStorage.getItem('shallow-networks:progress'))"
        )


@pytest.fixture
def answers(page):
    return Answers(page)


def with_answer(answer, page=PLAIN, name="slope_maximum"):
    return answered(exercises_of(page)[name][2], answer)


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_checker_finds_right_right_and_tells_what_is_wrong(
    open_page, page, answers, name
):
    seen = open_page(name)
    known = importlib.import_module(f"answers.{module_of(name)}")
    imports = "import numpy as np\nimport sympy as sp\na, z = sp.symbols('a z')\n"
    for checker, (label, _, body) in exercises_of(name).items():
        wrong, message = known.WRONG[checker][0]
        answers.write(label, imports + answered(body, wrong))
        verdict = answers.check(label)
        assert verdict.startswith("Not yet. ") and message in verdict, label
        answers.write(label, imports + answered(body, known.RIGHT[checker][0]))
        assert answers.check(label).startswith("Right. "), label
    assert answers.solved() == {
        name: {
            "of": len(exercises_of(name)),
            "solved": [label for label, _, _ in exercises_of(name).values()],
        }
    }
    assert seen.wrong == []


def test_a_wrong_answer_leaves_no_mark_and_a_right_one_does_at_once_and_after_a_reload(
    open_page, page, answers
):
    open_page(PLAIN)
    mark = page.locator(f"#{FIRST} .admonition-title .solved-mark").first
    contents = page.locator(".bd-sidebar-primary .current .solved-mark")
    answers.write(FIRST, with_answer(WRONG))
    assert answers.check(FIRST).startswith("Not yet. ")
    expect(mark).to_have_count(0)
    answers.write(FIRST, with_answer(RIGHT))
    assert answers.check(FIRST).startswith("Right. ")
    expect(page.locator(".live-status")).to_have_text(
        re.compile("^Exercise [0-9.]+: Right")
    )
    expect(mark).to_have_text(re.compile("✓.*solved"))
    expect(contents).to_have_text(re.compile(f"^1/{len(exercises_of(PLAIN))}"))
    open_page(PLAIN)
    expect(mark).to_be_attached()
    expect(answers.block(FIRST).locator(".live-changed")).to_contain_text(RIGHT)
    answers.button(FIRST, "Reset").click()
    expect(answers.block(FIRST).locator(".live-changed")).to_have_count(0)
    expect(answers.block(FIRST).locator("pre").first).to_contain_text("largest = ...")


def test_an_answer_sees_the_names_of_the_cells_and_leaves_none_behind(
    open_page, page, answers
):
    open_page(PLAIN)
    answers.write(FIRST, with_answer("z_0 = 17; largest = 1/4"))
    answers.check(FIRST)
    answers.write(FIRST, with_answer("largest = z_0"))
    answers.button(FIRST, "Check").click()
    expect(answers.block(FIRST).locator(".error")).to_contain_text(
        "NameError", timeout=SLOW
    )


def test_who_types_on_while_an_answer_is_checked_gets_no_verdict_on_the_old_one(
    open_page, page, answers
):
    open_page(PLAIN)
    answers.write(FIRST, with_answer(RIGHT))
    answers.button(FIRST, "Check").click()  # Python is on its way now
    page.keyboard.press("ControlOrMeta+Home")
    answers.block(FIRST).locator(".cm-content").press_sequentially("# wait\n")
    says = answers.block(FIRST).locator(".live-says")
    expect(says).to_have_text(
        "Changed while it was checked: check it again", timeout=SLOW
    )
    expect(answers.block(FIRST).locator(".verdict")).to_have_count(0)
    assert answers.solved() is None
    assert answers.check(FIRST).startswith("Right. ")
    answers.write(FIRST, "largest = 1/4")
    expect(answers.block(FIRST).locator(".verdict")).to_have_count(0)
    answers.button(FIRST, "Check").click()
    expect(says).to_have_text(
        "Has run, and checked nothing: its last line should be check.slope_maximum(largest)",
        timeout=SLOW,
    )


def test_an_error_in_an_answer_shows_the_readers_own_line(open_page, page, answers):
    open_page(PLAIN)
    answers.write(FIRST, with_answer("largest = 1 / 0"))
    answers.button(FIRST, "Check").click()
    expect(answers.block(FIRST).locator(".error")).to_contain_text(
        "largest = 1 / 0", timeout=SLOW
    )
    assert answers.solved() is None


def test_the_record_is_saved_as_a_file_brought_back_and_forgotten(
    open_page, page, tmp_path
):
    page.add_init_script("window.confirm = () => true")
    record = {PLAIN: {"of": 3, "solved": [FIRST]}}
    open_page(PLAIN)
    page.evaluate(
        "record => localStorage.setItem('shallow-networks:progress', JSON.stringify(record))",
        record,
    )
    page.goto(page.url.replace(PLAIN, "exercises"))
    marks = page.locator(".exercise-list .solved-mark")
    expect(marks).to_have_count(1)
    said = page.locator(".progress-tools [role=status]")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my progress").click()
    saved = tmp_path / "saved.json"
    download.value.save_as(saved)
    assert json.loads(saved.read_text()) == record
    page.get_by_role("button", name="Forget my progress").click()
    expect(marks).to_have_count(0)
    for text, words, count in (
        ("{}{", "holds no progress", 0),
        ('{"a": 1}', "holds no progress", 0),
        ("[]", "holds no progress", 0),
        (
            json.dumps(
                {
                    PLAIN: {"of": 99, "solved": [FIRST, "ex-of-another-edition"]},
                    "gone": {"of": 1, "solved": ["ex-gone"]},
                }
            ),
            "was added",
            1,
        ),
        (saved.read_text(), "was added", 1),
    ):
        file = tmp_path / "brought.json"
        file.write_text(text)
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Bring progress").click()
        chooser.value.set_files(file)
        expect(said).to_contain_text(words)
        expect(marks).to_have_count(count)
    assert (
        page.evaluate("JSON.parse(localStorage.getItem('shallow-networks:progress'))")
        == record
    )


def test_all_exercises_are_in_the_list(page, address):
    page.goto(f"{address}/exercises.html")
    links = page.locator(".exercise-list a").evaluate_all(
        "links => links.map(link => link.hash.slice(1))"
    )
    assert links == [
        label for name in CHAPTERS for label, _, _ in exercises_of(name).values()
    ]


def test_a_question_is_answered_by_keyboard_and_without_a_script(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{PLAIN}.html")
    choice = page.locator(".quiz .choice.is-right").first
    explanation = choice.locator("p").first
    expect(explanation).to_be_hidden()
    choice.locator("summary").press("Enter")
    expect(explanation).to_be_visible()
    expect(explanation).to_contain_text("Right.")
    context.close()


def test_a_slider_sets_its_number_in_the_code_and_draws_again(open_page, page):
    open_page(PLAIN)
    cell = page.locator("div.cell").filter(has=page.locator(".knobs"))
    slider, says = cell.locator("input[name=z_0]"), cell.locator(".live-says")
    printed = float(slider.input_value())
    slider.press("ArrowRight")
    expect(says).to_have_text("Has run, as changed by you", timeout=SLOW)
    picture = cell.locator("img.live-picture").first
    before = picture.get_attribute("src")
    expect(cell.locator("output")).to_have_text(f"{printed + 0.25:g}")
    expect(cell.locator(".live-changed")).to_contain_text(f"z_0 = {printed + 0.25:g}")
    for _ in range(8):  # faster than it draws
        slider.press("ArrowRight")
    expect(cell.locator("output")).to_have_text(f"{printed + 2.25:g}")
    page.wait_for_function(
        "([cell, title]) => [...cell.querySelectorAll('img.live-picture')].some(i => i.src !== title)",
        arg=[cell.element_handle(), before],
    )
    page.wait_for_timeout(3000)  # no run follows any more
    expect(says).to_have_text("Has run, as changed by you", timeout=SLOW)
    drawn = (
        "async image => (await (await fetch(image.src)).text()).match(/<defs>[^]*/)[0]"
    )
    last = picture.evaluate(drawn)
    cell.get_by_role("button", name=re.compile("^Run cell")).click()
    expect(picture).not_to_have_attribute(
        "src", picture.get_attribute("src"), timeout=SLOW
    )
    expect(says).to_have_text("Has run, as changed by you", timeout=SLOW)
    assert picture.evaluate(drawn) == last  # that of the last number
    cell.get_by_role("button", name=re.compile("^Reset cell")).click()
    expect(slider).to_have_value(f"{printed:g}")
    expect(cell.locator("img.live-picture")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_in_questions_answers_and_sliders(
    browser, address, faults_in, width, scheme
):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    answers = Answers(page)
    page.goto(f"{address}/{PLAIN}.html", wait_until="networkidle")
    page.keyboard.press("Tab")
    for choice in page.locator(".quiz summary").all():
        choice.click()
    answers.write(FIRST, with_answer(RIGHT))
    answers.check(FIRST)
    page.locator(".knobs input").first.press("ArrowRight")
    expect(page.locator("img.live-picture").first).to_be_attached(timeout=SLOW)
    assert faults_in(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{address}/exercises.html", wait_until="networkidle")
    assert faults_in(page) == []
    context.close()

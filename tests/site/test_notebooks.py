"""The notebooks beside the pages: their cells are those of the page, their text has its words, and all of them run."""

import shutil
import zipfile

import nbformat
import pytest
from nbclient import NotebookClient

from support.book_sources import CHAPTERS, PAGES, ROOT, cells_of, code_of, exercises_of
from support.printed import agree, same

pytestmark = pytest.mark.site

FOLDER = ROOT / "_build" / "html" / "notebooks"
EXECUTED = ROOT / "_build" / "jupyter_execute"
WITH_CELLS = [page for page in PAGES if cells_of(page)]


def shown(page):
    """The cells of a page that are not hidden, which is at most the last."""
    return [cell for cell in cells_of(page) if "hide-cell" not in cell.tags]


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def notebook_of(page):
    return nbformat.read(FOLDER / f"{page}.ipynb", as_version=4)


def test_there_is_one_for_each_page_with_cells_and_the_package_they_need():
    assert sorted(path.stem for path in FOLDER.glob("*.ipynb")) == sorted(WITH_CELLS)
    [wheel] = FOLDER.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        for path in (ROOT / "shallowlib").rglob("*.py"):
            assert archive.read(path.relative_to(ROOT).as_posix()) == path.read_bytes()
    for page in WITH_CELLS:
        assert (
            f'pip install "{wheel.name}[plots,proof]"'
            in notebook_of(page).cells[1].source
        )


@pytest.mark.parametrize("page", WITH_CELLS)
def test_it_is_valid_and_has_the_cells_of_the_page(page):
    notebook = notebook_of(page)
    nbformat.validate(notebook)
    code = [cell.source for cell in code_cells(notebook)]
    answers = [
        code_of(body)[1].strip("\n") for _, _, body in exercises_of(page).values()
    ]  # last: they share no names with the cells
    assert code == [cell.code.strip("\n") for cell in shown(page)] + answers


@pytest.mark.parametrize("page", WITH_CELLS)
def test_its_text_is_markdown_and_nothing_of_the_page_is_left_in_it(page):
    text = "\n".join(
        cell.source for cell in notebook_of(page).cells if cell.cell_type == "markdown"
    )
    assert text.startswith("# ")
    for left in (
        "<div",
        "<span",
        "<math",
        "{eq}",
        "{term}",
        "cell-of-the-page",
        "****",
        "✓",
    ):
        assert left not in text
    if page in CHAPTERS:
        assert text.count(r"\tag{") >= 1 and "**Exercise" in text and "## " in text


def texts(cell):
    """All that a cell has printed."""
    return "".join(
        output.text for output in cell.outputs if output.output_type == "stream"
    )


@pytest.mark.parametrize("page", WITH_CELLS)
def test_it_runs_on_another_processor_and_prints_what_the_build_printed(
    page, tmp_path, monkeypatch
):
    monkeypatch.setenv(
        "OPENBLAS_CORETYPE", "Prescott"
    )  # products as of 2004, in another order of rounding than today's
    notebook = notebook_of(page)
    if "`measurements.json`" in notebook.cells[1].source:
        shutil.copy(FOLDER / "measurements.json", tmp_path)
    NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        resources={"metadata": {"path": tmp_path}},
    ).execute()
    ran, built = (
        code_cells(notebook),
        code_cells(nbformat.read(EXECUTED / f"{page}.ipynb", as_version=4)),
    )
    for cell, now, was in zip(
        shown(page), ran, built, strict=False
    ):  # after them come answers here, numbers for the text there
        assert now.source == was.source.strip("\n")
        assert agree(cell, texts(now), texts(was)), (
            f"{now.source}\n{texts(now)}\nwhere the build printed\n{texts(was)}"
        )
    assert not any(
        output.output_type == "error" for cell in ran for output in cell.outputs
    )
    if page in CHAPTERS:
        assert any(
            "image/png" in output.get("data", {})
            for cell in ran
            for output in cell.outputs
        )


def test_numbers_are_the_same_to_a_millionth_and_words_to_the_letter():
    assert same("J = 0.25 (4, 1)", "J = 0.2500000001 (4, 1)")
    assert not same("J = 0.25", "J = 0.26")
    assert not same("J = 0.25", "K = 0.25")
    assert not same("x1 = 2", "x2 = 2")

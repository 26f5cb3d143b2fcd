"""Pages are read side by side: when a cell fails in one, the build ends and says so, whatever the others are at."""

import pytest

from support.tiny_books import PAGE, RUNNING, build

pytestmark = pytest.mark.site  # needs what `make book` installs

WAITS = """from pathlib import Path
from time import sleep

begun = Path({begun!r})
{code}"""
FAILS = "while not begun.exists():\n    sleep(0.1)\nraise ValueError('a wrong sign')"
NEVER_ENDS = "begun.touch()\nsleep(3600)"
# The main process resolves page after page so slowly that the first worker has failed before the last begins.
FAILS_IN_WRITING = """
from time import sleep

def fail(app, page, *rest):
    if page == "one":
        raise ValueError("this page cannot be written")

def setup(app):
    app.connect("doctree-resolved", lambda *rest: sleep(0.3))
    app.connect("html-page-context", fail)
"""
PLAIN = [
    "one",
    "two",
    "three",
    "four",
]  # Sphinx reads side by side from six pages on, and begins with the last


def built(folder, pages, config):
    """What Sphinx returned and said, of a book of these pages."""
    pages["index"] = "# Book\n\n```{toctree}\n" + "\n".join(pages) + "\n```\n"
    return build(
        folder,
        {"conf.py": config} | {f"{name}.md": text for name, text in pages.items()},
    )


def test_a_failing_cell_ends_the_build_though_a_cell_of_another_page_still_runs(
    tmp_path,
):
    begun = str(tmp_path / "begun")
    pages = {name: f"# {name}\n" for name in PLAIN}
    pages |= {
        name: PAGE.format(code=WAITS.format(begun=begun, code=code))
        for name, code in (("y", FAILS), ("z", NEVER_ENDS))
    }
    code, said = built(tmp_path, pages, RUNNING)
    assert code != 0
    assert "y.md\n" in said and "ValueError: a wrong sign" in said
    assert (
        "ZMQError" not in said
    )  # as of a kernel that was stopped in the middle of its cell


def test_a_page_that_cannot_be_written_ends_the_build_though_others_are_still_to_begin(
    tmp_path,
):
    code, said = built(
        tmp_path,
        {name: f"# {name}\n" for name in (*PLAIN, "x", "y", "z")},
        RUNNING + FAILS_IN_WRITING,
    )
    assert code != 0 and "this page cannot be written" in said

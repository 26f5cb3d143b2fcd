"""The built site is valid HTML, CSS and SVG, by the checker of the W3C (vnu, which needs Java)."""

import os
import shutil
import subprocess

import pytest

from support.book_sources import ROOT

pytestmark = pytest.mark.site

SITE = ROOT / "_build" / "html"
VNU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.fixture(scope="session")
def java():
    """Java of this machine; without it CI fails, and others are told."""
    path = shutil.which("java")
    if path is None:
        message = "no Java found: the pages were not checked for valid HTML"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return path


def faults(java, *files):
    """What vnu finds wrong, a line each."""
    run = subprocess.run(
        [
            java,
            "-jar",
            VNU,
            "--errors-only",
            "--also-check-css",
            "--also-check-svg",
            "--format",
            "gnu",
            *files,
        ],
        capture_output=True,
        encoding="utf-8",
    )
    return run.stderr.splitlines()


def test_the_pages_the_style_sheet_and_the_figures_are_valid(java):
    pages, figures = (
        sorted(SITE.glob("*.html")),
        sorted((SITE / "_images").glob("*.svg")),
    )
    assert len(pages) > 30 and len(figures) > 60
    assert faults(java, *pages, *figures, SITE / "_static" / "style.css") == []


def test_the_checker_sees_a_fault(java, tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '<!DOCTYPE html><html lang="en"><title>x</title><p id="a"><p id="a">',
        encoding="utf-8",
    )
    [fault] = faults(java, page)
    assert "Duplicate ID" in fault

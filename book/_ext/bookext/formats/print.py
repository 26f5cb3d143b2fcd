"""Print the book on one page (Sphinx's singlehtml) as a PDF: `make pdf`.

A browser prints it twice: the page numbers of the first print go into the table of contents and the index of the second.
The PDF is tagged, has bookmarks, and comes out the same each time.

usage: SOURCE_DATE_EPOCH=… print.py ONE_PAGE GENINDEX PDF
"""

import os
import re
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
from bs4 import BeautifulSoup
from playwright.sync_api import sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SCRIPT = Path(__file__).with_suffix(".js")


def index_of(genindex):
    """The index of the site as HTML, its links leading to places on the one page."""
    tables = BeautifulSoup(genindex.read_text(encoding="utf-8"), "html.parser").select(
        "article table.indextable"
    )
    if not tables:
        raise SystemExit(f"{genindex} has no index: build the book first")
    letters = []
    for table in tables:
        for link in table.find_all("a"):
            link["href"] = "#" + link["href"].partition("#")[2]
            if re.fullmatch(
                r"\[\d+\]", link.get_text()
            ):  # one more place of the same entry
                link.clear()
        letters.append(
            "".join(entry.decode() for entry in table.select("td > ul > li"))
        )
    return (
        '<div class="book-index">'
        + "".join(f"<ul>{entries}</ul>" for entries in letters)
        + "</div>"
    )


def pages_of(pdf):
    """{id on the one page: page number, from 1}, of all that something links to."""
    number = {page.objgen: n for n, page in enumerate(pdf.pages, start=1)}
    return {
        str(name).removeprefix("/"): number[target[0].objgen]
        for name, target in pdf.Root.Dests.items()
    }


def print_book(browser, one_page, index, path, numbers=None):
    """Print the one page, with page numbers where they are given; the PDF and the page's title."""
    page = (
        browser.new_page()
    )  # a new one each time: a page that was printed before breaks elsewhere
    page.emulate_media(media="print", color_scheme="light")
    page.goto(one_page.resolve().as_uri(), wait_until="load")
    page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    page.evaluate("index => prepare(index)", index)
    missing = (
        page.evaluate("numbers => numberPages(numbers)", numbers) if numbers else []
    )
    if missing:
        raise SystemExit(f"nothing in the PDF stands where these lead: {missing}")
    page.pdf(
        path=path,
        tagged=True,
        outline=True,
        print_background=True,
        prefer_css_page_size=True,
    )
    title = page.title()
    page.close()
    return pikepdf.open(path, allow_overwriting_input=True), title


def main(one_page, genindex, path):
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None:
        raise SystemExit(
            f"the PDF is printed by a browser, and none was found: looked for {', '.join(BROWSERS)}"
        )
    index = index_of(genindex)
    path.parent.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox"]
        )
        first, _ = print_book(browser, one_page, index, path)
        numbers = pages_of(first)
        pdf, title = print_book(browser, one_page, index, path, numbers)
        browser.close()
    if pages_of(pdf) != numbers:
        raise SystemExit(
            "the page numbers moved the pages: give them more room in print.css"
        )
    pdf.docinfo["/Title"], pdf.docinfo["/Author"] = title, "The Shallow Networks team"
    # Not the time of printing: the same book is the same file.
    date = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = date.strftime(
        "D:%Y%m%d%H%M%SZ"
    )
    del pdf.docinfo["/Creator"]
    pdf.save(
        path,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        recompress_flate=True,
    )
    print(f"{path}: {len(pdf.pages)} pages")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

"""What a page costs a reader: bytes until it can be read and until its first live result, and how long that takes beside Python at home.

Chromium, from a server on this machine. Bytes are those of a host that compresses text and WebAssembly, as most do; figures, which
come when they are scrolled to, are not among those of reading.
"""

import gzip
import json
import subprocess
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from benchmarks.live_times import FIRST, ROUNDS, Quiet, browser_at, opened, round_of
from benchmarks.live_times import seconds as until_ended
from benchmarks.ratios import Section, row, seconds

SITE = Path(__file__).parents[1] / "_build" / "html"
PAGES = ("index", "one-unit", "backpropagation", "flower")
COMPRESSED = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".wasm"}
FIGURES = {".png", ".svg", ".webp"}


@cache
def size(path):
    """Bytes of a file of the site, as they travel."""
    file = SITE / urlsplit(path).path.lstrip("/")
    data = file.read_bytes() if file.is_file() else b""
    return len(gzip.compress(data)) if file.suffix in COMPRESSED else len(data)


class Loads:
    """The paths that the server is asked for, while this lasts."""

    def __enter__(self):
        self.paths = []
        Quiet.asked = self.paths
        return self

    def __exit__(self, *_):
        Quiet.asked = []

    def total(self, without=frozenset()):
        """(bytes, requests)"""
        counted = [
            path
            for path in self.paths
            if Path(urlsplit(path).path).suffix not in without
        ]
        return sum(map(size, counted)), len(counted)


def at_home(code):
    """Run a cell in a fresh Python."""
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def measure(rounds=ROUNDS):
    rows = []
    with browser_at(str(SITE)) as (browser, address):
        for name in PAGES:
            page = browser.new_context().new_page()
            with Loads() as loads:
                page.goto(f"{address}/{name}.html", wait_until="networkidle")
            count, requests = loads.total(without=FIGURES)
            rows.append(
                row(
                    f"{name}: bytes to read it, over its HTML",
                    [count / size(f"/{name}.html")],
                    key=f"read-{name}",
                    bytes=count,
                    requests=requests,
                )
            )
            page.context.close()

        page = browser.new_context().new_page()
        for visit in ("first", "second"):
            with Loads() as loads:
                opened(page, address, FIRST)
                code = page.locator("div.cell pre").first.inner_text()
                until_ended(page, ".live-run", 0)
            count, requests = loads.total(without=FIGURES)
            rows.append(
                row(
                    f"first result, {visit} visit: bytes, over the HTML",
                    [count / size(f"/{FIRST}.html")],
                    key=f"{visit}-result",
                    bytes=count,
                    requests=requests,
                )
            )
        page.context.close()

        taken = [
            round_of(browser, address) | {"at home": seconds(at_home, code)}
            for _ in range(rounds)
        ]
    for visit in ("cold", "second visit", "third visit"):
        name, key = f"first cell, {visit}", visit.replace(" ", "-")
        waited = [one[name] for one in taken]
        rows.append(
            row(
                f"{name}: over Python at home",
                [a / one["at home"] for a, one in zip(waited, taken, strict=True)],
                key=key,
                seconds=median(waited),
            )
        )
    within, outside = (
        f"1,000 steps of the flower, in {place}" for place in ("the page", "CPython")
    )
    rows.append(
        row(
            "1,000 steps of the flower: page over CPython",
            [one[within] / one[outside] for one in taken],
            key="flower",
            seconds=median(one[within] for one in taken),
        )
    )
    return Section(
        "page",
        "A page and its live cells",
        "over what is named",
        {
            "Pyodide": pyodide(),
            "Python": sys.version.split()[0],
            "Playwright": version("playwright"),
        },
        rows,
    )


def pyodide():
    return json.loads(
        (Path(__file__).parents[1] / "node_modules/pyodide/package.json").read_text()
    )["version"]

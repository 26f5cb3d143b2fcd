"""How fast cells run in the page: `make live-times`. Medians of several rounds, in Chromium, from a server on this machine."""

import functools
import shutil
import statistics
import sys
import threading
import time
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import sync_playwright

ROUNDS = 5
FIRST, CHAPTER = "how-to-run", "one-unit"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Train the flower for 1,000 steps, and print the seconds.
TRAINING = """\
import time
import numpy as np
from shallowlib import datasets, initialize, logistic, tanh, train

rng = np.random.default_rng(0)
X, Y = datasets.flower(400, rng)
start = initialize(2, 4, 1, rng)
train(start, X, Y, tanh, logistic, alpha=1.2, steps=10)
before = time.perf_counter()
train(start, X, Y, tanh, logistic, alpha=1.2, steps=1000)
print(time.perf_counter() - before)
"""
ENDED = "document.querySelectorAll('div.cell .live-says')[{}].textContent.startsWith('Has run')"


class Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked = []  # paths, as long as somebody counts them

    def log_message(self, *arguments):
        pass

    def send_head(self):
        body = super().send_head()
        if body is not None:  # there is none where the browser's own copy is still good
            Quiet.asked.append(self.path)
        return body

    def end_headers(self):
        if "/_static/live/" in self.path or "/_static/pyodide/" in self.path:
            self.send_header(
                "Cache-Control", "max-age=31536000, immutable"
            )  # as hosts are told for folders with a hash
        super().end_headers()


def opened(page, address, name):
    page.goto(f"{address}/{name}.html", wait_until="networkidle")
    page.keyboard.press("Tab")
    page.locator(".live-run").first.wait_for(state="attached")


def seconds(page, button, cell):
    """From the press of a button until a cell has run."""
    before = time.perf_counter()
    page.locator(button).first.click()
    page.wait_for_function(ENDED.format(cell), polling=10, timeout=120_000)
    return time.perf_counter() - before


def round_of(browser, address):
    """Seconds by name, of one round with a fresh browser context."""
    context = browser.new_context()
    page = context.new_page()
    found = {}
    for visit in ("cold", "second visit", "third visit"):
        opened(page, address, FIRST)
        found[f"first cell, {visit}"] = seconds(page, ".live-run", 0)
    for times in ("first visit", "again"):
        opened(page, address, CHAPTER)
        last = page.locator("div.cell").count() - 1
        found[f"a whole chapter, {times}"] = seconds(page, "[data-act=all]", last)
    opened(page, address, FIRST)
    page.locator("[aria-label='Edit cell 1']").click()
    page.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(TRAINING)
    seconds(page, ".live-run", 0)
    found["1,000 steps of the flower, in the page"] = float(
        page.locator(".live-output .stream").text_content()
    )
    context.close()
    names = {}
    exec(TRAINING.replace("print(", "taken = ("), names)
    found["1,000 steps of the flower, in CPython"] = names["taken"]
    return found


@contextmanager
def browser_at(folder):
    """(browser, address of the site in a folder), as long as they are needed."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        raise SystemExit(
            f"expected a browser, one of {', '.join(BROWSERS)}: found none"
        )
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=folder)
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        yield browser, f"http://127.0.0.1:{server.server_port}"
        browser.close()


def main(folder):
    with browser_at(folder) as (browser, address):
        rounds = [round_of(browser, address) for _ in range(ROUNDS)]
    for name in rounds[0]:
        values = [one[name] for one in rounds]
        print(
            f"{name:42} {statistics.median(values):6.2f} s   ({min(values):.2f} to {max(values):.2f})"
        )
    ratios = [
        one["1,000 steps of the flower, in the page"]
        / one["1,000 steps of the flower, in CPython"]
        for one in rounds
    ]
    print(f"{'in the page, over CPython':42} {statistics.median(ratios):6.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])

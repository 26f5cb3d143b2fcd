"""A real browser over the built site, served at a port of its own."""

import functools
import os
import shutil
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pages import ROOT
from playwright.sync_api import sync_playwright

SITE = ROOT / "_build" / "html"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Chromium's own housekeeping asks other hosts; the pages must not.
QUIET = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run")


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="session")
def site_folder():
    assert (SITE / "index.html").is_file(), "the site is not built: run `make book` first"
    return SITE


@pytest.fixture(scope="session")
def address(site_folder):
    """The address at which the site is served."""
    handler = functools.partial(Handler, directory=site_folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser():
    """Chromium or Chrome of this machine; without one CI fails, and others are told."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        message = f"no browser found (looked for {', '.join(NAMES)}): the pages were not seen"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()

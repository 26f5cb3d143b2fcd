"""A real browser over the built site: served at a port of its own, below a sub-path, or opened from its folder."""

import functools
import os
import shutil
import threading
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect, sync_playwright

from support.book_sources import ROOT

SITE = ROOT / "_build" / "html"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Chromium's own housekeeping asks other hosts; the pages must not.
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
FAULTS = """async () => {
  const rules = {"target-size": {enabled: true}}  // of WCAG 2.2, which axe does not check by itself
  const {violations} = await axe.run(document, {resultTypes: ["violations"], rules})
  return violations.flatMap(v => v.nodes.map(node => v.id + ": " + node.html.slice(0, 200)))
}"""


class Handler(SimpleHTTPRequestHandler):
    """A plain static host: what is not there is answered with the site's own page for that."""

    def log_message(self, *arguments):
        pass

    def send_error(self, code, *arguments):
        page = SITE / "404.html"
        if code != 404 or not page.is_file():
            return super().send_error(code, *arguments)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None


@pytest.fixture(scope="session")
def site_folder():
    assert (SITE / "index.html").is_file(), (
        "the site is not built: run `make book` first"
    )
    return SITE


class HalfHandler(Handler):
    """A host from which the second half of a page is slow to come: not before ``rest`` is set."""

    rest = threading.Event()

    def copyfile(self, source, outputfile):
        if not self.path.endswith(".html"):
            return super().copyfile(source, outputfile)
        body = source.read()
        outputfile.write(body[: len(body) // 2])
        self.rest.wait()
        outputfile.write(body[len(body) // 2 :])
        return None


@contextmanager
def served(folder, handler=Handler):
    """The address at which a folder is served."""
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(handler, directory=folder)
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def address(site_folder):
    """The address at which the site is served."""
    with served(site_folder) as address:
        yield address


@pytest.fixture
def half(site_folder):
    """The address of the site, and a function that lets the second halves of its pages come."""
    HalfHandler.rest.clear()
    with served(site_folder, HalfHandler) as address:
        yield address, HalfHandler.rest.set
        HalfHandler.rest.set()


@pytest.fixture(scope="session")
def below(site_folder, tmp_path_factory):
    """An address of the site below a sub-path, as on a host that has other things to serve as well."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "some").mkdir()
    (folder / "some" / "book").symlink_to(site_folder)
    with served(folder) as address:
        yield f"{address}/some/book"


@pytest.fixture(scope="session")
def browser():
    """Chromium or Chrome of this machine; without one CI fails, and others are told."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        message = (
            f"no browser found (looked for {', '.join(NAMES)}): the pages were not seen"
        )
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def watch():
    """A function: what goes wrong on a page from now on, and the addresses that it asks for."""

    def watch(page):
        seen = SimpleNamespace(wrong=[], asked=[])
        page.on("pageerror", lambda error: seen.wrong.append(str(error)))
        page.on(
            "console",
            lambda m: (
                seen.wrong.append(m.text) if m.type in ("error", "warning") else None
            ),
        )
        page.on("requestfailed", lambda request: seen.wrong.append(request.url))
        page.on("request", lambda request: seen.asked.append(request.url))
        return seen

    return watch


@pytest.fixture(scope="session")
def faults_in():
    """A function: what axe finds wrong with a page as it stands."""

    def faults_in(page):
        page.evaluate(AXE)
        return page.evaluate(FAULTS)

    return faults_in


@pytest.fixture
def page(browser):
    """A page that remembers nothing of others."""
    page = browser.new_page()
    yield page
    page.context.close()


@pytest.fixture
def open_page(page, address, watch):
    """A function that opens a page of the site, ready to be used."""

    def open_page(name, at=address):
        seen = watch(page)
        page.goto(f"{at}/{name}.html", wait_until="networkidle")
        page.keyboard.press("Tab")  # all is laid out
        expect(page.locator(".live-run").first).to_be_attached()
        return seen

    return open_page

r"""Formulas become HTML and MathML while the book is built, not in the reader's browser.

One Node process runs KaTeX (``katex_render.mjs``) and answers formula by formula.
TeX that KaTeX cannot read is
a warning with file and line, so the strict build fails (a page is only checked when it is
written: build with ``--all``).  Needs ``html_math_renderer: katex``; builders other than
HTML keep the source.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from bookext.common.node import NODE, NODE_MODULES

HERE = Path(__file__).parent
DIST = NODE_MODULES / "katex" / "dist"
OUTERMOST = re.compile(r"\\(begin|end)\{(align|alignat|equation|gather)\*?\}")
BEFORE = re.compile(r"[(\[“‘]+$")
AFTER = re.compile(r"^[-–.,;:!?)\]”’…]+")
NOT_WOFF2 = re.compile(r',url\([^)]*\) format\("(?:woff|truetype)"\)')

logger = logging.getLogger(__name__)


class TexError(Exception):
    """KaTeX cannot read a formula; the message is KaTeX's own."""


class Katex:
    """Turns TeX into HTML through a Node process, started at the first formula."""

    process = pid = None

    def render(self, tex: str, display: bool, output: str = "htmlAndMathml") -> str:
        if (
            self.pid != os.getpid()
        ):  # nothing started yet, or by the parent of a parallel build
            self.process = subprocess.Popen(
                [NODE, HERE / "katex_render.mjs"],
                encoding="utf-8",
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            self.pid = os.getpid()
        self.process.stdin.write(
            json.dumps(dict(tex=tex, display=display, output=output)) + "\n"
        )
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise ExtensionError(
                "KaTeX's Node process has ended; see its message above"
            )
        answer = json.loads(line)
        if "error" in answer:
            raise TexError(answer["error"])
        return answer["html"]

    def close(self):
        """End the Node process; the next formula starts another."""
        if self.pid == os.getpid():
            self.process.communicate()
        self.process = self.pid = None


katex = Katex()


def display_tex(tex: str) -> str:
    r"""Displayed TeX as KaTeX reads it: Sphinx numbers, and paragraphs and ``\\`` break lines."""
    tex, count = OUTERMOST.subn(r"\\\1{\2*}", tex)
    lines = [part.strip() for part in tex.split("\n\n") if part.strip()]
    if count or (len(lines) == 1 and r"\\" not in tex):
        return tex
    return r"\begin{split}" + r" \\ ".join(lines) + r"\end{split}"


def rendered(self, node, tex: str, display: bool) -> str:
    """The formula's HTML; if it is unreadable, a warning and its source."""
    try:
        output = "mathml" if self.builder.name == "epub" else "htmlAndMathml"
        return katex.render(tex, display, output).replace(
            ' columnspacing=""', ""
        )  # which is not valid
    except TexError as error:
        logger.warning("%s", error, location=node, type="katex")
        return f'<code class="katex-error">{self.encode(node.astext())}</code>'


def keep_together(app, doctree, docname):
    """Move the bracket, comma or hyphen beside an inline formula into its span, unbroken."""
    if app.builder.format != "html":
        return
    for node in doctree.findall(nodes.math):
        place, parent = node.parent.index(node), node.parent
        for side, neighbor, pattern in (
            ("before", place - 1, BEFORE),
            ("after", place + 1, AFTER),
        ):
            if 0 <= neighbor < len(parent) and isinstance(parent[neighbor], nodes.Text):
                text = parent[neighbor]
                node[side] = "".join(pattern.findall(text))
                parent[neighbor] = nodes.Text(pattern.sub("", text))


def visit_math(self, node):
    tex = node.astext()
    # A short formula never breaks, so that what keep_together gave it stays with it.
    classes = "katex-inline notranslate" + " katex-short" * (len(tex) < 30)
    before, after = (self.encode(node.get(side, "")) for side in ("before", "after"))
    self.body.append(self.starttag(node, "span", "", CLASS=classes))
    self.body.append(before + rendered(self, node, tex, False) + after + "</span>")
    raise nodes.SkipNode


def visit_math_block(self, node):
    number = f"({get_node_equation_number(self, node)})" if node.get("number") else ""
    name = f"Equation {number}" if number else "Formula"
    self.body.append(self.starttag(node, "div", CLASS="katex-block notranslate"))
    # Where it is too wide it scrolls, also by keyboard: so it has a name. Where it is not, page.js takes the stop away.
    self.body.append(
        f'<div class="katex-scroll" role="group" aria-label="{name}" tabindex="0">'
    )
    self.body.append(rendered(self, node, display_tex(node.astext()), True) + "</div>")
    if number:
        self.body.append(f'<span class="eqno">{number}')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    if "mark" in node:
        word, uri = node["mark"]
        self.body.append(f'<a class="equation-mark equation-{word}" href="{uri}"')
        self.body.append(f' aria-label="{name}, {word}: see the ledger">{word}</a>')
    self.body.append("</div>\n")
    raise nodes.SkipNode


def copy_assets(app):
    """KaTeX's style and WOFF2 fonts, and ours, to ``_static``; an EPUB has MathML alone."""
    if app.builder.format != "html" or app.builder.name == "epub":
        return
    if not DIST.is_dir():
        raise ExtensionError(f"KaTeX is not in {DIST}: `make book` installs it")
    static = Path(app.outdir) / "_static" / "katex"
    shutil.copytree(
        DIST / "fonts",
        static / "fonts",
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("*.woff", "*.ttf"),
    )
    shutil.copy(DIST.parent / "LICENSE", static)
    shutil.copy(
        DIST / "contrib" / "copy-tex.min.js", static
    )  # a selected formula is copied as TeX
    style = (DIST / "katex.min.css").read_text(encoding="utf-8")
    (static / "katex.min.css").write_text(NOT_WOFF2.sub("", style), encoding="utf-8")
    shutil.copy(HERE / "katex.css", static)
    app.add_css_file("katex/katex.min.css")
    app.add_css_file("katex/katex.css")
    app.add_js_file("katex/copy-tex.min.js", loading_method="defer")


def setup(app):
    app.add_html_math_renderer("katex", (visit_math, None), (visit_math_block, None))
    app.connect("builder-inited", copy_assets)
    app.connect("doctree-resolved", keep_together)
    app.connect("build-finished", lambda app, exception: katex.close())
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}

"""Cells that run in the page: Python in the reader's own browser, without a server.

Here is what has to be there when the book is built. What works in the page:

page/      the script of the pages: buttons, queue, output (bundled into live.js, which asks for the rest when it is needed)
editor.js, katex.js   CodeMirror and KaTeX, each fetched when first needed
live.css   the look
../common/pyodide/worker.js  starts Pyodide in a worker and gives it what to run
../common/pyodide/python/    the Python side, with ../common/dark.py: runs a cell as a notebook would, and stands in for IPython and MyST-NB

Pyodide and its packages come from ``.pyodide``, where ``../common/pyodide/fetch.py`` has put them. The package ``shallowlib`` is the one of
this very build. All is published in two folders named by what is in them, so that no page meets files of another build.
"""

import ast
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from docutils import nodes
from flit_core.buildapi import build_wheel
from sphinx.errors import ExtensionError
from sphinx.util import logging

from bookext.common import assets, deferred
from bookext.common.node import NODE, NODE_MODULES, ROOT
from bookext.common.tables import lines, row, table

HERE = Path(__file__).parent
RUNTIME = HERE.parent / "common" / "pyodide"
PLAYGROUND = HERE.parent / "playground"
PYODIDE = ROOT / ".pyodide"
ESBUILD = NODE_MODULES / "esbuild" / "bin" / "esbuild"
LIBRARY = ROOT / "shallowlib"
PYTHON_SIDE = {
    path.relative_to(RUNTIME / "python").as_posix(): path
    for path in (RUNTIME / "python").rglob("*.py")
}
PYTHON_SIDE |= {
    "dark.py": HERE.parent / "common" / "dark.py",
    "play.py": PLAYGROUND / "python" / "play.py",
    **{name: ROOT / "book" / name for name in ("matplotlibrc", "measurements.json")},
}
NOT_LIVE = "THE CELLS OF THIS BOOK ARE NOT LIVE: Python for the browser is not in .pyodide; see what `make book` has said."

BAR = """\
<div class="live-bar d-print-none" role="group" aria-label="Python in this page" data-pyodide="{pyodide}">
<p><span class="live-status" role="status">Every code cell here runs in your own browser.</span> <span class="live-bytes"></span>
{how}</p>
<progress hidden aria-label="Python, on its way"></progress>
<p class="live-buttons">
<button type="button" class="live-button" data-act="all" disabled>Run all cells</button>
<button type="button" class="live-button" data-act="ready" disabled>Get Python ready</button>
<button type="button" class="live-button" data-act="stop" hidden>Stop</button>
<button type="button" class="live-button" data-act="restart" hidden>Restart Python</button>
</p>
</div>
"""

HOW = "how-to-run"  # the page that explains all this
DEFINITION = re.compile(
    r"def |class |@"
)  # whole: a method alone means nothing to Python

logger = logging.getLogger(__name__)


PARTS = {
    "NumPy": "numpy",
    "SymPy, for proofs": "sympy",
    "Matplotlib, for figures": "matplotlib",
}


def sizes():
    """(what, MB) of each part of Python, and of them all."""
    files = json.loads((PYODIDE / "manifest.json").read_text(encoding="utf-8"))
    packages = json.loads((PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))[
        "packages"
    ]
    left = {
        package["file_name"]: files[package["file_name"]]["size"]
        for package in packages.values()
    }
    rows = [
        (
            "Python itself",
            sum(file["size"] for name, file in files.items() if name not in left),
        )
    ]

    def take(name):
        return left.pop(packages[name]["file_name"], 0) + sum(
            map(take, packages[name]["depends"])
        )

    rows += [(words, take(name)) for words, name in PARTS.items()]
    return [
        (words, f"{size / 1e6:.1f}")
        for words, size in [*rows, ("All of it", sum(size for _, size in rows))]
    ]


def table_of_sizes(app):
    """What a first run fetches."""
    if app.live is None:
        return []
    heads, *rows = (
        [[nodes.Text(text)] for text in texts] for texts in [("What", "MB"), *sizes()]
    )
    return table(heads, [row(*(lines([cell]) for cell in cells)) for cells in rows])


class LibraryCode(nodes.General, nodes.Element):
    """A definition of the library that a page shows, and that can be changed there."""


def visit_library_code(self, node):
    self.body.append(f'<div class="library-code" data-module="{node["module"]}">')


def depart_library_code(self, node):
    self.body.append("</div>\n")


def imports_of(path):
    """What a module imports when it is imported itself: full names."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = ".".join(
                filter(None, ["shallowlib" if node.level else "", node.module])
            )
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def module_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(
        ".__init__"
    )


def needs(lock):
    """{name that code can import: the packages it needs}, of the packages in Pyodide's lock and the modules of the library."""
    found = {
        name: [key]
        for key, package in lock["packages"].items()
        for name in package["imports"]
    }
    direct = {
        module_of(path): set(imports_of(path)) for path in sorted(LIBRARY.rglob("*.py"))
    }
    direct = {name: names - {name} for name, names in direct.items()}

    def packages(name, seen):
        if name not in direct:
            return set(found.get(name.partition(".")[0], ()))
        if name in seen:
            return set()
        return {"shallowlib"}.union(
            *(packages(other, seen | {name}) for other in direct[name])
        )

    return found | {name: sorted(packages(name, frozenset())) for name in direct}


def record(path):
    data = path.read_bytes()
    return {
        "name": path.name,
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def bundle(folder, *options):
    made = subprocess.run(
        [
            NODE,
            ESBUILD,
            "--bundle",
            "--minify",
            "--target=es2022",
            "--log-level=warning",
            f"--outdir={folder}",
            *options,
        ],
        capture_output=True,
        encoding="utf-8",
    )
    if made.returncode or made.stderr:
        raise ExtensionError(
            f"the scripts of the live cells were not made: {made.stderr}"
        )


def library_wheel(folder):
    """The package of this very build, as a file in a folder."""
    here = Path.cwd()
    os.chdir(ROOT)  # flit_core looks for pyproject.toml there
    try:
        return Path(folder, build_wheel(folder))
    finally:
        os.chdir(here)


def make(folder):
    """Write what the pages ask for, besides Pyodide."""
    wheel = library_wheel(folder)
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))
    python = {
        "files": {
            name: source.read_text(encoding="utf-8")
            for name, source in sorted(PYTHON_SIDE.items())
        },
        "needs": needs(lock),
        "wheel": {**record(wheel), "version": wheel.name.split("-")[1]},
    }
    (folder / "python.json").write_text(
        json.dumps(python, ensure_ascii=False), encoding="utf-8"
    )
    bundle(
        folder,
        "--format=iife",
        f"live={HERE / 'page' / 'index.js'}",
        *(
            f"playground={PLAYGROUND / name}"
            for name in ("js/index.js", "playground.css")
        ),
    )
    bundle(
        folder,
        "--format=esm",
        *(
            f"{path.stem}={path}"
            for path in (RUNTIME / "worker.js", HERE / "editor.js", HERE / "katex.js")
        ),
    )


def name_of(folder):
    """A name for what is in a folder."""
    said = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        said.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return said.hexdigest()[:12]


def publish(app):
    """Put both folders beside the pages."""
    app.live = None
    if app.builder.name != "html":
        return
    assets.copy(app, HERE / "live.css")
    app.add_css_file("live.css")
    if not (PYODIDE / "manifest.json").is_file():
        if os.environ.get("CI"):
            raise ExtensionError(NOT_LIVE)
        logger.info("\n%s\n", NOT_LIVE, color="red")
        return
    static = Path(app.outdir, "_static")
    for old in (static / "live", static / "pyodide"):
        shutil.rmtree(old, ignore_errors=True)
    with tempfile.TemporaryDirectory() as scratch:
        make(Path(scratch))
        live = f"live/{name_of(Path(scratch))}"
        shutil.copytree(scratch, static / live)
    pyodide = f"pyodide/{record(PYODIDE / 'manifest.json')['sha256'][:12]}"  # which has the hashes of all the others
    shutil.copytree(PYODIDE, static / pyodide)
    app.live = {
        "script": f"{live}/live.js",
        "playground": f"{live}/playground",
        "pyodide": f"../../{pyodide}/",
    }


def has_cells(doctree):
    return (
        next(
            doctree.findall(
                lambda n: isinstance(n, nodes.container) and "cell" in n["classes"]
            ),
            None,
        )
        is not None
    )


def place_of_bar(doctree, is_front):
    """What the bar stands before: what follows the title, or on the front page, which opens with its cells, their text."""
    parts = doctree.next_node(nodes.title).parent.children
    if is_front:
        first = next(
            i for i, part in enumerate(parts) if "cell" in part.get("classes", ())
        )
        return next(part for part in parts[first:] if isinstance(part, nodes.paragraph))
    return parts[1]


def add_bar(app, doctree, docname):
    """Below the title, what works on all cells; around each definition of the library, what names its module."""
    if app.builder.name != "html" or app.live is None or not has_cells(doctree):
        return
    before = place_of_bar(doctree, docname == app.config.root_doc)
    how = (
        ""
        if docname == HOW
        else f'<a href="{app.builder.get_relative_uri(docname, HOW)}">How?</a>'
    )
    bar = nodes.raw("", BAR.format(pyodide=app.live["pyodide"], how=how), format="html")
    before.parent.insert(before.parent.index(before), bar)
    for block in list(doctree.findall(nodes.literal_block)):
        path = Path(app.srcdir, block.get("source", "")).resolve()
        if path.parent == LIBRARY and DEFINITION.match(block.astext()):
            block.replace_self(
                LibraryCode("", block.deepcopy(), module=module_of(path))
            )


def load_script(app, pagename, templatename, context, doctree):
    if (
        app.builder.name == "html"
        and app.live
        and doctree is not None
        and has_cells(doctree)
    ):
        app.add_js_file(app.live["script"], loading_method="defer")


def setup(app):
    deferred.add(app, "download-sizes", table_of_sizes)
    app.add_node(LibraryCode, html=(visit_library_code, depart_library_code))
    app.connect("builder-inited", publish)
    app.connect("doctree-resolved", add_bar)
    app.connect("html-page-context", load_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

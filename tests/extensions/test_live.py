"""What is built for cells that run in the page, and the Python side of them: bookext/live and bookext/common/pyodide."""

import json
import math
import subprocess
import sys
import types
import zipfile
from contextlib import redirect_stdout
from hashlib import sha256
from types import SimpleNamespace

import numpy as np
import pytest
from sphinx.errors import ExtensionError

import shallowlib
from bookext.live import cells
from shallowlib import network
from support.book_sources import ROOT

LOCK = {
    "packages": {
        "numpy": {"name": "numpy", "imports": ["numpy"]},
        "pillow": {"name": "Pillow", "imports": ["PIL"]},
        "matplotlib": {"name": "matplotlib", "imports": ["matplotlib", "pylab"]},
        "sympy": {"name": "sympy", "imports": ["sympy"]},
    }
}


def test_each_module_of_the_library_brings_the_packages_that_it_imports():
    needs = cells.needs(LOCK)
    assert needs["numpy"] == ["numpy"] and needs["PIL"] == ["pillow"]
    assert needs["shallowlib"] == ["numpy", "shallowlib"]
    assert needs["shallowlib.network"] == ["shallowlib"]  # its parent brings the rest
    assert needs["shallowlib.exercises.answers"] == ["numpy", "shallowlib"]
    assert "sympy" in needs["shallowlib.exercises.activation_slopes"]
    assert needs["shallowlib.plots"] == ["matplotlib", "numpy", "shallowlib"]
    assert "sympy" in needs["shallowlib.proof"]


@pytest.fixture
def no_pyodide(monkeypatch, tmp_path):
    monkeypatch.setattr(cells, "PYODIDE", tmp_path / "none")
    return SimpleNamespace(
        builder=SimpleNamespace(name="html"),
        outdir=tmp_path,
        add_css_file=lambda name: None,
    )


def test_without_python_for_the_browser_the_book_is_built_and_says_so(
    no_pyodide, monkeypatch
):
    said = []
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(
        cells,
        "logger",
        SimpleNamespace(info=lambda text, *values, color: said.append(text % values)),
    )
    cells.publish(no_pyodide)
    assert no_pyodide.live is None
    assert "NOT LIVE" in "".join(said)


def test_without_python_for_the_browser_ci_fails(no_pyodide, monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(ExtensionError, match="NOT LIVE"):
        cells.publish(no_pyodide)


# Fetching.


@pytest.fixture
def fetch(monkeypatch, tmp_path):
    """fetch, with one wheel to fetch, and a pip that gives what carries it."""
    from bookext.common.pyodide import fetch

    wheel = b"a wheel"
    held = {"file_name": "numpy.whl", "sha256": sha256(wheel).hexdigest()}

    def download(command, **options):
        folder = command[command.index("--dest") + 1]
        folder.mkdir()
        with zipfile.ZipFile(folder / "carrier.whl", "w") as archive:
            archive.writestr(f"{fetch.IN_CARRIER}/numpy.whl", wheel)
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(subprocess, "run", download)
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    return SimpleNamespace(
        module=fetch,
        packages={"numpy": held},
        folder=tmp_path / "carrier",
        wheels=wheels,
    )


def test_a_wheel_that_is_what_npm_says_is_taken(fetch):
    fetch.module.fetch_wheels(fetch.packages, fetch.folder, fetch.wheels)
    assert (fetch.wheels / "numpy.whl").read_bytes() == b"a wheel"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"sha256": "0" * 64},
            r"numpy.whl: expected the sha256 0{64} .* got [0-9a-f]{64}",
        ),
        ({"file_name": "other.whl"}, "other.whl was expected in carrier.whl"),
    ],
    ids=["another", "none"],
)
def test_a_wheel_that_is_not_is_refused(fetch, change, message):
    fetch.packages["numpy"] |= change
    with pytest.raises(SystemExit, match=message):
        fetch.module.fetch_wheels(fetch.packages, fetch.folder, fetch.wheels)
    assert list(fetch.wheels.iterdir()) == []


def test_the_folder_published_is_what_its_manifest_says():
    manifest = json.loads((ROOT / ".pyodide" / "manifest.json").read_text())
    files = {
        path.name: path.read_bytes()
        for path in (ROOT / ".pyodide").iterdir()
        if path.name != "manifest.json"
    }
    assert {
        name: {"size": len(data), "sha256": sha256(data).hexdigest()}
        for name, data in files.items()
    } == manifest
    assert {"pyodide.asm.wasm", "LICENSES.txt"} <= files.keys()


# The Python side, which here runs without a browser.


class CodeRunner:
    """In place of Pyodide's: runs code; its last line, if an expression, is the value."""

    def __init__(self, code, filename):
        *self.lines, self.last = code.splitlines()
        self.filename = filename

    def compile(self):
        return self

    async def run_async(self, names):
        exec(compile("\n".join(self.lines), self.filename, "exec"), names)
        return eval(
            compile("\n" * len(self.lines) + self.last, self.filename, "eval"), names
        )


@pytest.fixture
def kernel(monkeypatch):
    """(kernel, what it has sent so far)."""
    monkeypatch.syspath_prepend(cells.PYTHON_SIDE["dark.py"].parent)
    monkeypatch.syspath_prepend(cells.RUNTIME / "python")
    monkeypatch.setitem(sys.modules, "pyodide", types.ModuleType("pyodide"))
    monkeypatch.setitem(
        sys.modules, "pyodide.code", SimpleNamespace(CodeRunner=CodeRunner)
    )
    for stream in ("stdout", "stderr"):
        monkeypatch.setattr(
            sys, stream, getattr(sys, stream)
        )  # which the kernel replaces
    monkeypatch.setenv("MPLBACKEND", "agg")
    import kernel

    monkeypatch.setattr(kernel, "CodeRunner", CodeRunner)
    monkeypatch.setattr(kernel, "SEND_EVERY", math.inf)  # in one piece
    sent = []
    made = kernel.Kernel(
        cells.needs(LOCK), lambda items: sent.extend(json.loads(items))
    )
    made.names = {}
    return made, sent


def run(made, code, name="cell 1", module=None):
    from kernel import Stream  # pytest has put its own streams in place of the kernel's

    with redirect_stdout(Stream("stdout", made.shown)):
        work = made.redefine(code, name, module) if module else made.run(code, name)
        with (
            pytest.raises(StopIteration) as ended
        ):  # nothing here waits, so one step is all, whatever loop runs already
            work.send(None)
        return ended.value.value


def test_the_packages_of_a_cell_are_those_of_its_imports_and_their_parents(kernel):
    packages_for = kernel[0].packages_for
    assert packages_for("import matplotlib.pyplot as plt") == ["matplotlib"]
    assert packages_for("from shallowlib import plots, tanh") == [
        "matplotlib",
        "numpy",
        "shallowlib",
    ]
    assert packages_for("def f():\n    import sympy.abc") == ["sympy"]
    assert packages_for("import math, nothing\nfrom . import x") == []
    assert packages_for("import (") == []


def test_a_cell_shows_what_it_prints_then_its_value_and_names_stay(kernel):
    made, sent = kernel
    assert run(made, "x = 6\nprint('a', x)\nx * 7") == "ok"
    assert run(made, "x") == "ok"
    assert (
        "|".join(item.get("text") or f"<{item['data']['text/plain']}>" for item in sent)
        == "a 6\n|<42>|<6>"
    )


def test_pieces_printed_at_once_go_as_one_and_streams_apart(kernel):
    made, sent = kernel
    made.shown.begin()
    for text, name in [
        ("first\n", "stdout"),
        ("a\n", "stdout"),
        ("b\n", "stdout"),
        ("c\n", "stderr"),
    ]:
        made.shown.write(text, name)
    made.shown.send()
    assert [(item["name"], item["text"]) for item in sent] == [
        ("stdout", "first\na\nb\n"),
        ("stderr", "c\n"),
    ]


def test_what_is_printed_and_shown_has_an_end(kernel):
    made, sent = kernel
    run(made, "for i in range(300_000): print('xx')\n1")
    text = "".join(item.get("text", "") for item in sent)
    assert 200_000 < len(text) < 200_200 and text.endswith(
        "a cell shows 200,000 letters of what it prints."
    )
    sent.clear()
    run(made, "from display import display\nfor i in range(60): display(i)\nNone")
    assert sum(item["kind"] == "display" for item in sent) == 50
    assert sent[-1]["text"] == "… and more: a cell shows 50 results.\n"


def test_an_error_is_told_from_the_cells_own_line_on_with_its_cause(kernel):
    made, sent = kernel
    code = "def f():\n    try:\n        1 / 0\n    except ZeroDivisionError as error:\n        raise ValueError('no') from error\nf()"
    assert run(made, code) == "error"
    [error] = sent
    assert error["name"] == "ValueError"
    assert (
        'File "cell 1", line 3, in f\n    1 / 0' in error["text"]
        and "direct cause" in error["text"]
    )
    assert "kernel.py" not in error["text"] and "test_live_cells" not in error["text"]


def test_of_a_checker_an_error_of_the_readers_function_shows_the_readers_lines_only(
    kernel,
):
    made, sent = kernel
    code = "from shallowlib.exercises.answers import call\ndef mine():\n    return 1 / 0\ncall(mine)"
    assert run(made, code) == "error"
    text = sent[-1]["text"]
    assert (
        "line 4, in <module>" in text
        and "line 3, in mine" in text
        and "answers.py" not in text
    )


def test_a_changed_function_is_used_by_all_who_hold_it_and_its_module_stays_as_it_was(
    kernel, monkeypatch
):
    made, sent = kernel
    old = network.forward
    before = {
        part: getattr(old, part)
        for part in ("__code__", "__defaults__", "__kwdefaults__", "__doc__")
    }
    code = "def forward(params, X, g1, g2):\n    return 'changed'\n\n\ndef helper():\n    pass\n"
    try:
        assert (
            run(made, code, "shallowlib.network, changed", "shallowlib.network") == "ok"
        )
        assert shallowlib.forward is network.forward is old
        assert shallowlib.forward(None, None, None, None) == "changed"
    finally:
        for part, value in before.items():
            setattr(old, part, value)
        vars(network).pop("helper", None)
    assert (
        "".join(item["text"] for item in sent) == "shallowlib.network now uses this.\n"
    )


def test_a_changed_class_is_changed_in_place_and_anything_else_refused(kernel):
    from kernel import put_in_place

    class Old:
        def f(self):
            return 1

    class New:
        def f(self):
            return 2

    held = Old()
    put_in_place(Old, New)
    assert held.f() == 2
    put_in_place(3, 3)
    with pytest.raises(
        TypeError,
        match="only functions and classes that are there can be changed here; got 4",
    ):
        put_in_place(3, 4)


def test_what_an_object_offers_is_shown_in_all_its_forms(kernel):
    from display import bundle_of

    svg = '<svg width="10pt" height="10pt"><path style="fill: #0072b2"/></svg>'
    picture = type(
        "Picture",
        (),
        {
            "_repr_svg_": lambda self: svg,
            "_repr_png_": lambda self: b"\x89P",
            "_repr_html_": lambda self: None,
        },
    )()
    bundle = bundle_of(picture)
    assert bundle["image/svg+xml"] == svg and "#63b3ea" in bundle["image/svg+xml; dark"]
    assert bundle["image/png"] == "iVA=" and "text/html" not in bundle
    assert bundle_of(np.arange(3)) == {"text/plain": "array([0, 1, 2])"}
    assert (
        bundle_of(type("Latex", (), {"_repr_latex_": lambda self: "$x$"})()).get(
            "text/latex"
        )
        == "$x$"
    )


def test_a_figure_that_cannot_be_drawn_is_told_of_once(kernel):
    import matplotlib.pyplot as plt

    made, sent = kernel
    assert (
        run(made, "import matplotlib.pyplot as plt\nplt.title('$x_{$')\nNone")
        == "error"
    )
    assert plt.get_fignums() == []
    assert run(made, "print('other')\nNone") == "ok"


def test_a_definition_that_changes_nothing_is_refused(kernel):
    made, sent = kernel
    assert (
        run(
            made,
            "def nothing_of_it():\n    pass\n",
            "shallowlib.network, changed",
            "shallowlib.network",
        )
        == "error"
    )
    assert (
        "shallowlib.network has nothing of the name that is defined here"
        in sent[0]["text"]
    )
    vars(network).pop("nothing_of_it")

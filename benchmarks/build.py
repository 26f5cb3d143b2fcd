"""What a build takes: the whole book beside the bare execution of its cells, and what a writer waits for after a change.

All of it happens in a copy of the repository, with the environment that is here. Bare execution is each page's cells in one fresh
process, with their figures drawn, without kernel or notebook, as many pages at a time as there are cores: no build that runs every
cell can be faster.
"""

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.ratios import ONE_THREAD, Section, row, seconds

ROOT = Path(__file__).parents[1]
SHARED = (".venv", "node_modules", ".pyodide")
PROSE, BEFORE_PROSE = "book/one-unit.md", r"^\([\w-]+\)=\n## "
CELL, BEFORE_CELL = "book/one-unit.md", r"^from shallowlib"
LIBRARY, BEFORE_LIBRARY = "shallowlib/network.py", r"^from typing"
CORES = min(8, os.cpu_count())  # a build has no more workers (parallel_build.py)
RUN_CELLS = """\
import sys
from io import BytesIO
sys.path.insert(0, "tests")
from matplotlib import pyplot
from support.book_sources import cells_of
names = {"__name__": "__main__"}
for cell in cells_of(sys.argv[1]):
    exec(compile(cell.code, sys.argv[1], "exec"), names)
    for number in pyplot.get_fignums():
        pyplot.figure(number).savefig(BytesIO(), format="svg", bbox_inches="tight")
    pyplot.close("all")
"""
START_KERNELS = """\
import sys
from multiprocessing import get_context
from jupyter_client.manager import start_new_kernel
sys.path.insert(0, "book/_ext")
from bookext.build.kernels import begin
from bookext.build.parallel import WORKERS
def start(k):
    manager, client = start_new_kernel(kernel_name="python3")
    client.execute_interactive("pass")
    manager.shutdown_kernel(now=True)
end = begin("book")
with get_context("fork").Pool(WORKERS) as pool:
    pool.map(start, range(int(sys.argv[1])), chunksize=1)
end()
"""


def call(folder, *command, **environment):
    """Run a command in the folder; its output is shown only where it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | environment | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(
            f"{' '.join(command)[:200]}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
        )


def python(folder, *arguments, **environment):
    call(folder, str(folder / ".venv/bin/python"), *arguments, **environment)


def copied(folder):
    """A copy of what git knows of and of what is new, beside links to what is installed."""
    names = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    for name in SHARED:
        (folder / name).symlink_to(ROOT / name)


def pages_with_cells(folder):
    sys.path.insert(0, str(folder / "tests"))
    from support.book_sources import PAGES, cells_of

    return [page for page in PAGES if cells_of(page)]


def bare(folder, pages):
    """Run the cells of pages in fresh processes, one a core."""
    with ThreadPoolExecutor(CORES) as pool:
        for done in [
            pool.submit(
                python,
                folder,
                "-c",
                RUN_CELLS,
                page,
                MPLBACKEND="agg",
                MATPLOTLIBRC="book/matplotlibrc",
                **ONE_THREAD,
            )
            for page in pages
        ]:
            done.result()


def build(folder, *more, toc="_toc.yml", strict=True, **environment):
    """The command of `make book` or, with DRAFT, of `make draft`."""
    call(
        folder,
        str(folder / ".venv/bin/jupyter-book"),
        "build",
        "book",
        "--config",
        "_config.yml",
        "--toc",
        str(folder / toc),
        "--path-output",
        ".",
        *(["-n", "-W", "--keep-going"] if strict else []),
        *more,
        **environment,
    )


def cold(folder, **settings):
    shutil.rmtree(folder / "_build", ignore_errors=True)
    build(folder, "--all", **settings)


def changed(file, pattern, text):
    """Put a text before the first match of a pattern."""
    old = file.read_text(encoding="utf-8")
    new = re.sub(pattern, lambda match: text + match.group(), old, count=1, flags=re.M)
    if new == old:
        raise SystemExit(f"{file} has nothing like {pattern}")
    file.write_text(new, encoding="utf-8")


def shorter_contents(folder, chapters):
    """Contents with only the first numbered chapters, and the file's name."""
    import yaml

    contents = yaml.safe_load((folder / "_toc.yml").read_text())
    left, parts = chapters, []
    for part in contents["parts"]:
        if part.get("numbered"):
            parts.append(part | {"chapters": part["chapters"][:left]})
            left -= len(parts[-1]["chapters"])
    contents["parts"] = [part for part in parts if part["chapters"]]
    (folder / "shorter.yml").write_text(yaml.safe_dump(contents))
    return "shorter.yml"


def measure(rounds=2, chapters=(4, 10)):
    with TemporaryDirectory() as folder:
        folder = Path(folder).resolve()
        copied(folder)
        pages = pages_with_cells(folder)
        bare(folder, pages)  # compiles what is imported
        least, whole = [], []
        for _ in range(rounds):
            least.append(seconds(bare, folder, pages))
            whole.append(seconds(cold, folder))
        starting = median(
            seconds(python, folder, "-c", START_KERNELS, str(len(pages)))
            for _ in range(3)
        )

        build(
            folder, DRAFT="1"
        )  # the first draft runs all cells once, and keeps what they gave
        waits = {"prose": [], "cell": [], "library": []}
        for k in range(rounds):
            changed(
                folder / PROSE,
                BEFORE_PROSE,
                f"One sentence more, for the time being, number {k}.\n\n",
            )
            waits["prose"].append(seconds(build, folder, DRAFT="1"))
            changed(folder / CELL, BEFORE_CELL, f"assert {k} < 100\n")
            waits["cell"].append(seconds(build, folder, DRAFT="1"))
        changed(folder / LIBRARY, BEFORE_LIBRARY, "# A comment.\n")
        waits["library"].append(seconds(build, folder, DRAFT="1"))

        over = [a / b for a, b in zip(whole, least, strict=True)]
        rows = [
            row(
                "make book, over the bare execution of its cells",
                over,
                key="book",
                seconds=median(whole),
                bare=median(least),
            )
        ]
        for key, found in waits.items():
            rows.append(
                row(
                    f"make draft after a change: {key}, over make book",
                    [one / median(whole) for one in found],
                    key=key,
                    seconds=median(found),
                )
            )
        rows.append(
            row(
                "starting kernels, share of make book",
                [starting / one for one in whole],
                key="kernel-starts",
                seconds=starting,
            )
        )
        rows.append(
            row(
                "running cells, share of make book",
                [b / a for a, b in zip(whole, least, strict=True)],
                key="running-cells",
                seconds=median(least),
            )
        )
        rest = [a - b - starting for a, b in zip(whole, least, strict=True)]
        rows.append(
            row(
                "Sphinx and all else, share of make book",
                [a / b for a, b in zip(rest, whole, strict=True)],
                key="rest",
                seconds=median(rest),
            )
        )
        grown = [
            (k, seconds(cold, folder, toc=shorter_contents(folder, k), strict=False))
            for k in chapters
        ]
        rows += [
            row(
                f"{k} chapters, over make book",
                [taken / median(whole)],
                key=f"chapters-{k}",
                chapters=k,
                seconds=taken,
            )
            for k, taken in grown
        ]
    return Section(
        "build",
        f"Building the book, on {CORES} cores",
        "time over the time that is named",
        {
            name: version(package)
            for name, package in {
                "Jupyter Book": "jupyter-book",
                "Sphinx": "sphinx",
                "MyST-NB": "myst-nb",
            }.items()
        },
        rows,
    )

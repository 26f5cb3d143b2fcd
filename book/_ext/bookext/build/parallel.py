"""Read, run and write pages side by side: Jupyter Book's command has no option for it.

Sphinx hands each worker a chunk of the pages; twice as many workers as cores, eight at most,
keep the chunks small, so that a long page does not hold up the end. Each kernel computes with one thread: the
cores are shared already, and sums come out in the same order on every machine. Nothing looks for garbage: a
build ends soon, and takes a sixth more memory so, but a draft would take half as long again.
"""

import gc
import os
import sys

from myst_nb.core.execute.base import ExecutionError
from sphinx.util.parallel import ParallelTasks

from bookext.common.drafts import drafting

WORKERS = min(8, 2 * (os.cpu_count() or 1))
FEW = 6  # from so many pages on, Sphinx reads side by side
# These change nothing while pages are read, but do not say so, and Sphinx would wait for them.
SILENT = ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex")


def share_the_cores(app, config):
    """Let Sphinx use the cores."""
    app.parallel = WORKERS
    for name in SILENT:
        app.extensions[name].parallel_read_safe = True
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(variable, "1")


def stay_alone(app, env, pages):
    """In a draft, write in this process: handing few pages to others takes longer than writing them."""
    if drafting() and len(pages) < FEW:
        app.parallel = 1


def end_at_once(tasks, terminate=ParallelTasks.terminate):
    """End the workers that are left when one has failed.

    Sphinx asks them to end with SIGTERM. But nbclient, which runs the cells, takes that for a
    wish to tidy up: it stops the kernel in the middle, and goes on waiting for it. And where a
    worker has failed before all have begun, Sphinx ends the others and forgets what has failed.
    """
    error = sys.exception()
    for number in tasks._precvs:
        tasks._procs[number].kill()
    terminate(tasks)
    if error:
        raise error


def with_its_cell(error):
    """The page, the cell and what it raised: only the words of an error come back from a worker."""
    return "\n".join(map(str, filter(None, [*error.args, error.__cause__])))


def setup(app):
    gc.disable()
    ExecutionError.__str__ = with_its_cell
    ParallelTasks.terminate = end_at_once
    app.connect("config-inited", share_the_cores)
    app.connect("env-before-read-docs", stay_alone)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

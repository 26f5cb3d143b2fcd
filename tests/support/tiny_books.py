"""Tiny books, really built, by the extensions of this one."""

import os
import re
import subprocess
import sys

from support.book_sources import ROOT

# Of a conf.py: cells are run as in this book, by these extensions and those that a test adds.
RUNNING = """
extensions = ["myst_nb", "sphinx_multitoc_numbering", "sphinx_jupyterbook_latex", "bookext.build.parallel"]
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = -1
"""
PAGE = """---
file_format: mystnb
kernelspec:
  name: python3
---

# Page

```{{code-cell}} ipython3
{code}
```
"""


def build(folder, files, *options, library=ROOT):
    """(exit status, what was said) of Sphinx on a folder with these files, the site in its folder `site`."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "sphinx",
            "-q",
            *options,
            "-d",
            folder / "trees",
            folder,
            folder / "site",
        ],
        capture_output=True,
        text=True,
        timeout=300,
        env=os.environ
        | {
            "PYTHONPATH": os.pathsep.join(map(str, (library, ROOT / "book" / "_ext"))),
            "NO_COLOR": "1",
        },
    )
    return done.returncode, re.sub(r"\x1b\[[\d;]*m", "", done.stdout + done.stderr)

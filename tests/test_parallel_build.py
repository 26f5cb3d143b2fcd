"""Pages are read side by side: when a cell fails in one, the build ends and says so, whatever the others are at."""

import os
import re
import subprocess
import sys

import pytest
from pages import ROOT

pytestmark = pytest.mark.site  # needs what `make book` installs

CONFIG = """
extensions = ["myst_nb", "sphinx_multitoc_numbering", "sphinx_jupyterbook_latex", "parallel_build"]
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
from pathlib import Path
from time import sleep

begun = Path({begun!r})
{code}
```
"""
FAILS = "while not begun.exists():\n    sleep(0.1)\nraise ValueError('a wrong sign')"
NEVER_ENDS = "begun.touch()\nsleep(3600)"
PLAIN = ["one", "two", "three", "four"]  # Sphinx reads side by side from six pages on, and begins with the last


def test_a_failing_cell_ends_the_build_though_a_cell_of_another_page_still_runs(tmp_path):
    begun = str(tmp_path / "begun")
    pages = {name: f"# {name}\n" for name in PLAIN}
    pages |= {"y": PAGE.format(begun=begun, code=FAILS), "z": PAGE.format(begun=begun, code=NEVER_ENDS)}
    pages["index"] = "# Book\n\n```{toctree}\n" + "\n".join(pages) + "\n```\n"
    (tmp_path / "conf.py").write_text(CONFIG)
    for name, text in pages.items():
        (tmp_path / f"{name}.md").write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-d", tmp_path / "trees", tmp_path, tmp_path / "site"],
        capture_output=True, text=True, timeout=300, env=os.environ | {"PYTHONPATH": str(ROOT / "book" / "_ext"), "NO_COLOR": "1"},
    )
    assert done.returncode != 0
    said = re.sub(r"\x1b\[[\d;]*m", "", done.stderr)
    assert "y.md\n" in said and "ValueError: a wrong sign" in said
    assert "ZMQError" not in said  # as of a kernel that was stopped in the middle of its cell

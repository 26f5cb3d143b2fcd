"""Scripts of our own in the pages, as what they are: Jupyter Book would load all that lie in ``book/_static`` everywhere."""

import json
import shutil
from pathlib import Path


def copy(app, *files):
    """Put files beside the pages, in ``_static``; only pages have scripts."""
    if app.builder.name == "html":
        static = Path(app.outdir, "_static")
        static.mkdir(parents=True, exist_ok=True)
        for file in files:
            shutil.copy(file, static)


def write_call(path, function, *values):
    """A script that hands data to a function of the page: unlike a fetch, this works in a folder too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arguments = ", ".join(
        json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        for value in values
    )
    path.write_text(f"{function}({arguments});\n", encoding="utf-8")

"""While a page is being written, cells that have not changed keep their outputs: `make draft`.

`make book` runs every cell. With DRAFT set, outputs are kept between builds, by jupyter-cache, as long as the code of a page's
cells, the library and what else the cells can see are the same. And what stands beside the pages is left as it was, once it is
there: the letters of the fonts, the rules of the style sheet, the words of the search, the notebooks, the picture of a shared link.
"""

import os
from hashlib import sha256
from pathlib import Path

from jupyter_cache.cache.db import create_db

ROOT = Path(__file__).parents[2]


def seen_by_cells():
    """A digest of all that cells can see besides their own code."""
    digest = sha256()
    for file in sorted([*ROOT.glob("shallowlib/**/*.*"), *ROOT.glob("book/*.toml"), ROOT / "book/matplotlibrc", ROOT / "requirements.lock"]):
        if file.is_file() and file.suffix != ".pyc":
            digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def drafting():
    """Whether this is `make draft`."""
    return bool(os.environ.get("DRAFT"))


def stays(path, made_of=()):
    """Whether a file is left as it is: nothing that it is made of, or that is named here of it, is newer."""
    return drafting() and path.is_file() and all(path.stat().st_mtime > source.stat().st_mtime for source in made_of)


def keep_outputs(app, config):
    if drafting():
        folder = ROOT / "_build" / "drafts" / seen_by_cells()
        folder.mkdir(parents=True, exist_ok=True)
        create_db(folder)  # here, where one process does it: readers side by side would each begin to
        config.nb_execution_mode = "cache"
        config.nb_execution_cache_path = str(folder)


def setup(app):
    app.connect("config-inited", keep_outputs, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

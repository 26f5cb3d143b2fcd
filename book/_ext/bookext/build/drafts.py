"""While a page is being written, cells that have not changed keep their outputs: `make draft`.

`make book` runs every cell. With DRAFT set, outputs are kept between builds, by jupyter-cache, as long as the code of a page's
cells, the library and what else the cells can see are the same. And what stands beside the pages is left as it was, once it is
there: the letters of the fonts, the rules of the style sheet, the words of the search, the notebooks, the picture of a shared link.
"""

from hashlib import sha256

from jupyter_cache.cache.db import create_db

from bookext.common.drafts import drafting
from bookext.common.node import ROOT


def seen_by_cells():
    """A digest of all that cells can see besides their own code."""
    digest = sha256()
    for file in sorted(
        [
            *ROOT.glob("shallowlib/**/*.*"),
            *ROOT.glob("book/*.toml"),
            ROOT / "book/measurements.json",
            ROOT / "book/matplotlibrc",
            ROOT / "requirements.lock",
        ]
    ):
        if file.is_file() and file.suffix != ".pyc":
            digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def keep_outputs(app, config):
    if drafting():
        folder = ROOT / "_build" / "drafts" / seen_by_cells()
        folder.mkdir(parents=True, exist_ok=True)
        create_db(
            folder
        )  # here, where one process does it: readers side by side would each begin to
        config.nb_execution_mode = "cache"
        config.nb_execution_cache_path = str(folder)


def setup(app):
    app.connect("config-inited", keep_outputs, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

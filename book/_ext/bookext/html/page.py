"""The look and the script of every page, and the templates that it is made with."""

import shutil
from pathlib import Path

HERE = Path(__file__).parent


def add_templates(app, config):
    config.templates_path = [str(HERE / "templates"), *config.templates_path]


def copy(app):
    """Put the files beside the pages, in ``_static``."""
    if app.builder.format == "html":
        static = Path(app.outdir, "_static")
        static.mkdir(parents=True, exist_ok=True)
        for name in ("page.css", "page.js"):
            shutil.copy(HERE / name, static)


def setup(app):
    app.add_css_file("page.css", priority=800)
    app.add_js_file("page.js", priority=800)
    app.connect("config-inited", add_templates)
    app.connect("builder-inited", copy)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""One small style sheet for the whole site, in place of a dozen of which pages use a tenth.

Every page links to ``_static/style.css``. When all pages are written, ``css_bundle.mjs`` makes it of the sheets
that they would have linked to: PurgeCSS leaves out the rules that nothing uses, Lightning CSS writes it short.
"""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

from sphinx.errors import ExtensionError

from bookext.common.drafts import stays
from bookext.common.node import NODE, ROOT

SCRIPT = Path(__file__).with_suffix(".mjs")
FIRST = [
    "_static/basic.css",
    "_static/styles/pydata-sphinx-theme.css",
]  # the theme's layout names these itself
OURS = {"page.css", "katex.css", "fonts.css", "live.css"}
LEFT_OUT = {
    "exercise.css"
}  # of sphinx-exercise: common/details.py makes other elements of its own
# What the sheets are made of: ours, and the packages that bring the others.
MADE_OF = [
    *(ROOT / "book" / "_ext").rglob("*.css"),
    ROOT / "requirements.lock",
    ROOT / "package-lock.json",
]
# What comes with the theme and no page asks for.
UNUSED = (
    "scripts/bootstrap*",
    "scripts/fontawesome*",
    "searchtools.js",
    "language_data.js",
    "vendor",
    "locales",
    "images",
    "*webpack-macros.html",
    "file.png",
    "minus.png",
    "plus.png",
)


class OneStyle:
    """What the pages of one build link to."""

    def __init__(self):
        made_of = b"".join(path.read_bytes() for path in sorted(MADE_OF))
        self.version = hashlib.sha256(made_of).hexdigest()[:8]
        self.sheets = []

    def link(self, app, pagename, templatename, context, doctree):
        """Note the sheets of a page, which are the same for all, and link to the one sheet."""
        if app.builder.name == "html":
            self.sheets = [*FIRST, *(sheet.filename for sheet in context["css_files"])]
            context["one_style"] = f"_static/style.css?v={self.version}"

    def make(self, app, exception):
        """Remove what nothing asks for; write the sheet."""
        if exception or app.builder.name != "html":
            return
        static = Path(app.outdir) / "_static"
        style = static / "style.css"
        if stays(style, MADE_OF):
            return
        for path in (path for pattern in UNUSED for path in static.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        sheets = [sheet.partition("?")[0] for sheet in self.sheets]
        ours = [sheet for sheet in sheets if Path(sheet).name in OURS]
        others = [
            sheet
            for sheet in sheets
            if sheet not in ours and Path(sheet).name not in LEFT_OUT
        ]
        made = subprocess.run(
            [NODE, SCRIPT],
            capture_output=True,
            encoding="utf-8",
            input=json.dumps({"site": str(app.outdir), "others": others, "ours": ours}),
        )
        if made.returncode:
            raise ExtensionError(f"the style sheet was not made: {made.stderr}")
        style.write_text(made.stdout, encoding="utf-8")


def setup(app):
    style = OneStyle()
    app.connect(
        "html-page-context", style.link, priority=950
    )  # after every extension has added its own
    app.connect("build-finished", style.make, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

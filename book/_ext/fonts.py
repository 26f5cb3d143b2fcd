"""The typefaces, served by the site itself: WOFF2 files from npm's Fontsource packages, all under the OFL 1.1.

Text is set in Source Serif 4, headings and everything around the text in Source Sans 3, code in Source Code Pro.
What every page needs is asked for first. A face that comes late is for the next page (``font-display: optional``),
so no line that is being read moves; until then a font of the system stands in, scaled to the same width.
"""

import shutil
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError

PACKAGES = Path(__file__).parents[2] / "node_modules" / "@fontsource"
STYLE = "fonts/fonts.css"
FACES = [  # family, weight, style, whether every page needs it
    ("Source Serif 4", 400, "normal", True),
    ("Source Serif 4", 400, "italic", False),
    ("Source Serif 4", 600, "normal", False),
    ("Source Sans 3", 400, "normal", True),
    ("Source Sans 3", 600, "normal", True),
    ("Source Code Pro", 400, "normal", False),
]
FORMULAS = ["_static/katex/fonts/KaTeX_Main-Regular.woff2", "_static/katex/fonts/KaTeX_Math-Italic.woff2"]
STAND_INS = {  # from Capsize, which compares the metrics of fonts
    "Source Serif 4": ("Georgia", "size-adjust: 107.4%; ascent-override: 96.4%; descent-override: 31.2%"),
    "Source Sans 3": ("Arial", "size-adjust: 93.8%; ascent-override: 109.2%; descent-override: 42.7%; line-gap-override: 0%"),
    "Source Code Pro": ("Courier New", "ascent-override: 98.4%; descent-override: 27.3%"),
}


def package(family):
    """Fontsource's name of a family."""
    return family.lower().replace(" ", "-")


def file_of(family, weight, style):
    """Fontsource's name of a face's file, Latin letters only."""
    return f"{package(family)}-latin-{weight}-{style}.woff2"


def copy_fonts(app):
    """The files, their licences and the style sheet that names them, to ``_static/fonts``."""
    if app.builder.name not in ("html", "singlehtml"):  # a reader of EPUBs has its own
        return
    if not PACKAGES.is_dir():
        raise ExtensionError(f"the fonts are not in {PACKAGES}: `make book` installs them")
    folder = Path(app.outdir) / "_static" / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    display = "optional" if app.builder.name == "html" else "block"  # what is printed waits
    rules = []
    for family, weight, style, _ in FACES:
        name = file_of(family, weight, style)
        shutil.copy(PACKAGES / package(family) / "files" / name, folder)
        rules.append(
            f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
            f'font-display: {display}; src: url("{name}") format("woff2"); }}'
        )
    for family, (local, metrics) in STAND_INS.items():
        shutil.copy(PACKAGES / package(family) / "LICENSE", folder / f"{package(family)}.LICENSE")
        rules.append(f'@font-face {{ font-family: "{family} Stand-in"; src: local("{local}"); {metrics}; }}')
    (Path(app.outdir) / "_static" / STYLE).write_text("\n".join(rules) + "\n", encoding="utf-8")
    app.add_css_file(STYLE)


def name_preloaded(app, pagename, templatename, context, doctree):
    """Tell the page's template which files the page needs at once."""
    fonts = [f"_static/fonts/{file_of(*face)}" for *face, first in FACES if first]
    has_formulas = doctree is not None and next(doctree.findall(nodes.math), None) is not None
    context["preloaded_fonts"] = fonts + (FORMULAS if has_formulas else [])


def setup(app):
    app.connect("builder-inited", copy_fonts)
    app.connect("html-page-context", name_preloaded)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""The typefaces, served by the site itself, cut down to the letters that the book uses.

Text is set in Source Serif 4, headings and everything around the text in Source Sans 3, code in Source Code Pro, from
npm's Fontsource packages, under the OFL 1.1. It asks that a changed font bears another name: so they are called Book
Serif, Book Sans and Book Code.

What every page needs is asked for before anything else, and the first drawing of the page waits a moment for it. If it
comes later it is for the next page (``font-display: optional``), so no line that is being read moves. Italic and bold
come when they come; until then the browser slants and thickens the regular face.
"""

import re
import shutil
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from sphinx.errors import ExtensionError

from bookext.common.drafts import stays
from bookext.common.node import NODE_MODULES

STYLE = "fonts/fonts.css"
FROM_FOLDER = "fonts/from-folder.css"  # where nothing can be asked for first, and nothing takes long
SERIF, SANS, CODE = (
    "@fontsource/source-serif-4",
    "@fontsource-variable/source-sans-3",
    "@fontsource/source-code-pro",
)
FACES = [  # family, weight, style, package, file in the package, file of the site, whether every page needs it
    (
        "Book Serif",
        "400",
        "normal",
        SERIF,
        "source-serif-4-latin-400-normal",
        "serif",
        True,
    ),
    (
        "Book Serif Italic",
        "400",
        "italic",
        SERIF,
        "source-serif-4-latin-400-italic",
        "serif-italic",
        False,
    ),
    (
        "Book Serif Bold",
        "600",
        "normal",
        SERIF,
        "source-serif-4-latin-600-normal",
        "serif-bold",
        False,
    ),
    (
        "Book Sans",
        "400 600",
        "normal",
        SANS,
        "source-sans-3-latin-wght-normal",
        "sans",
        True,
    ),
    (
        "Book Code",
        "400",
        "normal",
        CODE,
        "source-code-pro-latin-400-normal",
        "code",
        False,
    ),
]
IN_FORMULAS = (
    "KaTeX_Main-Regular",
    "KaTeX_Math-Italic",
)  # which every page with a formula needs
PRINTED = (
    "400",
    "600",
)  # weights of a face of many: in a PDF it would be no font, but drawings
FEATURES = ["kern", "liga"]  # no style turns on others, such as fractions
ALWAYS = {chr(code) for code in range(32, 127)}  # what a reader may type


def faces_of(app):
    """The faces of this form; of a single weight each where it is printed."""
    if app.builder.name == "html":
        return FACES
    return [
        (family, one, style, package, name, f"{file}-{one}", first)
        for family, weight, style, package, name, file, first in FACES
        for one in (PRINTED if " " in weight else (weight,))
    ]


def rule(family, weight, style, file, display):
    """The style sheet's rule for a face."""
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; font-display: {display}; '
        f'src: url("{file}.woff2") format("woff2"); }}\n'
    )


def write_styles(app):
    """The style sheets that name the fonts."""
    if app.builder.name not in ("html", "singlehtml"):  # a reader of EPUBs has its own
        return
    static = Path(app.outdir) / "_static"
    (static / "fonts").mkdir(parents=True, exist_ok=True)
    in_time = (
        "optional" if app.builder.name == "html" else "block"
    )  # what is printed waits
    rules = [
        rule(*face, file, "swap" if package == CODE else in_time)
        for *face, package, _, file, _ in faces_of(app)
    ]
    (static / STYLE).write_text("".join(rules), encoding="utf-8")
    rules = [rule(*face, file, "swap") for *face, _, _, file, _ in faces_of(app)]
    (static / FROM_FOLDER).write_text("".join(rules), encoding="utf-8")
    app.add_css_file(STYLE)


def open_font(source):
    """A font of a package."""
    return TTFont(source, recalcTimestamp=False)


def rename(font, family):
    """Give a font another name."""
    for number in (
        1,
        3,
        4,
        6,
        16,
    ):  # family, identifier, full name, PostScript name, typographic family
        font["name"].setName(
            family.replace(" ", "") if number == 6 else family, number, 3, 1, 0x409
        )


def cut_down(source, letters, path, weight="", family=""):
    """Write a font with these letters only; of many weights, those that are asked for: one, or from one to another."""
    font = open_font(source)
    if family:
        rename(font, family)
    options = Options()
    options.hinting = False
    options.layout_features = FEATURES
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(letters))
    subsetter.subset(font)
    if "fvar" in font:
        weights = tuple(map(int, weight.split()))
        instantiateVariableFont(
            font, {"wght": weights if len(weights) > 1 else weights[0]}, inplace=True
        )
    font.flavor = "woff2"
    font.save(path)


def write_fonts(app, exception):
    """The fonts and their licenses, when it is known which letters the pages use."""
    if exception or app.builder.name not in ("html", "singlehtml"):
        return
    folder = Path(app.outdir) / "_static" / "fonts"
    if stays(folder / "serif.woff2"):
        return
    pages = (
        path.read_text(encoding="utf-8") for path in Path(app.outdir).glob("*.html")
    )
    letters = sorted(ALWAYS.union(*(re.sub(r"<[^>]*>", "", page) for page in pages)))
    with ProcessPoolExecutor() as pool:
        cut = []
        for family, weight, _, package, name, file, _ in faces_of(app):
            source = NODE_MODULES / package / "files" / f"{name}.woff2"
            if not source.is_file():
                raise ExtensionError(
                    f"a font is not in {source}: `make book` installs it"
                )
            cut.append(
                pool.submit(
                    cut_down, source, letters, folder / f"{file}.woff2", weight, family
                )
            )
            shutil.copy(
                NODE_MODULES / package / "LICENSE",
                folder / f"{Path(package).name}.LICENSE",
            )
        formulas = Path(app.outdir) / "_static" / "katex" / "fonts"
        cut += [pool.submit(cut_down, f, letters, f) for f in formulas.glob("*.woff2")]
        for done in cut:
            done.result()


def name_fonts(app, pagename, templatename, context, doctree):
    """Tell the page's template which files each page needs at once, and the sheet for reading from a folder."""
    fonts = [f"_static/fonts/{file}.woff2" for *_, file, first in FACES if first]
    if 'class="katex' in context.get("body", ""):
        fonts += [f"_static/katex/fonts/{file}.woff2" for file in IN_FORMULAS]
    context["preloaded_fonts"] = fonts
    context["fonts_from_folder"] = f"_static/{FROM_FOLDER}"


def setup(app):
    app.connect("builder-inited", write_styles)
    app.connect("html-page-context", name_fonts)
    app.connect("build-finished", write_fonts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""What a link to an equation, a figure or a term of the glossary leads to, shown beside the link.

While a page is written, what can be previewed of it goes to ``_static/previews/<page>.js``. ``previews.js`` fetches that
script when a reader rests on a link or reaches it by keyboard: scripts work in a folder too, and nothing is loaded before.
The preview is for the eye alone, since the link itself leads everybody there: so formulas leave their MathML behind.
No extension for this is kept up: sphinx-hoverxref was given up, sphinx-tippy and its tippy.js have long seen no release.
"""

import re
from pathlib import Path

from bs4 import BeautifulSoup, SoupStrainer

from bookext.common import assets

SCRIPT = Path(__file__).with_suffix(".js")
TARGET = re.compile(r"(equation-eq|fig)-")
GLOSSARY = re.compile(r"\bglossary$")
MATHML = re.compile(r'<span class="katex-mathml">.*?</span>', re.S)
NOT_SHOWN = ".headerlink, .equation-mark, details"


def previews_in(body):
    """{id: HTML} of what a page has to show."""
    only = (
        SoupStrainer("dl", class_=GLOSSARY)
        if ' glossary"' in body
        else SoupStrainer(id=TARGET)
    )
    soup = BeautifulSoup(MATHML.sub("", body), "html.parser", parse_only=only)
    for tag in soup.select(NOT_SHOWN):
        tag.decompose()
    found = {tag["id"]: tag for tag in soup.find_all(id=TARGET)}
    found |= {
        term["id"]: term.find_next_sibling("dd")
        for term in soup.find_all("dt", id=True)
    }
    for tag in soup.find_all(True):
        for attribute in ("id", "tabindex", "role", "aria-label", "href", "loading"):
            del tag[attribute]
    return {name: tag.decode_contents().strip() for name, tag in found.items()}


def write(app, pagename, templatename, context, doctree):
    """The script of a page, which hands its previews to the one that shows them."""
    if app.builder.name != "html" or doctree is None:
        return
    if found := previews_in(context["body"]):
        assets.write_call(
            Path(app.outdir, "_static", "previews", f"{pagename}.js"),
            "keepPreviews",
            pagename,
            found,
        )


def load(app):
    assets.copy(app, SCRIPT)
    if app.builder.name == "html":
        app.add_js_file(SCRIPT.name, loading_method="defer")


def setup(app):
    app.connect("builder-inited", load)
    app.connect("html-page-context", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""What stands in the head of a page: its description and its full address. Scripts come when the page has been drawn."""

import os
import re

from docutils import nodes
from sphinx.errors import ExtensionError

LONGEST = 160  # letters of a description that search engines show

VIEWPORT = re.compile(
    r'<meta name="viewport"[^>]*>'
)  # docutils', the theme has one already
# Scripts of Sphinx's search, in place of which there is reading/search.py, and lines for parts of the theme that are off.
UNUSED = re.compile(
    r"_static/(doctools|sphinx_highlight)\.js|DOCUMENTATION_OPTIONS\.(pagename|search_as_you_type)"
)


def description(doctree):
    """The first sentences of a page, as many as are shown."""
    first = next(
        doctree.findall(
            lambda n: (
                isinstance(n, nodes.paragraph) and isinstance(n.parent, nodes.section)
            )
        ),
        None,
    )
    text = re.sub(r"\s+", " ", first.astext()) if first else ""
    if len(text) <= LONGEST:
        return text
    sentence = re.match(rf".{{40,{LONGEST}}}[.?!](?= )", text)
    return sentence[0] if sentence else text[: LONGEST - 1].rpartition(" ")[0] + " …"


def name_place(app, config):
    """Where the site will stand, as `make` was told, for the pages' full addresses."""
    config.html_baseurl = os.environ.get("BASE_URL", config.html_baseurl)
    if config.html_baseurl and not config.html_baseurl.endswith("/"):
        raise ExtensionError(f"BASE_URL must end with a /: got {config.html_baseurl}")


NO_DOCTREE = {  # pages without a text of their own: what they are for
    "search": "Search the book: its sections, the terms it explains and the functions of its library.",
    "genindex": "What the book explains, from A to Z, with links to the places.",
    "404": "No page of the book is at this address: the ways to what was sought.",
}


def fill_head(app, pagename, templatename, context, doctree):
    """Give the template the description, and the scripts that it loads late."""
    context["description"] = NO_DOCTREE.get(pagename) or (
        description(doctree) if doctree else ""
    )
    context["html_baseurl"] = app.config.html_baseurl
    context["metatags"] = VIEWPORT.sub("", context.get("metatags", ""))
    scripts = context["script_files"]
    needed = [
        s for s in scripts if not UNUSED.match(str(s.filename or s.attributes["body"]))
    ]
    if app.builder.name == "html":
        context["late_scripts"] = [s.filename for s in needed if s.filename]
        needed = [s for s in needed if not s.filename]
    scripts[:] = needed


def setup(app):
    app.connect("config-inited", name_place)
    app.connect(
        "html-page-context", fill_head, priority=900
    )  # after the theme has added its own
    return {"parallel_read_safe": True, "parallel_write_safe": True}

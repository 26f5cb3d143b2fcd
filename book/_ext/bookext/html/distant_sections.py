"""Marks the sections of a page that are far from the screen when it opens: ``page.css`` leaves them out until they are near.

In CSS alone, "not one of the last two" says nothing until the whole page is there, and a browser that draws a page while
it comes would lay out all of it, with thousands of letters of formulas, before anything is seen. What a page begins with
is on the screen at once and would move: in a chapter its first section up to the second heading in it, on pages of short
sections the first two. The last two are where a link to the end leads.
"""

from docutils import nodes

LAST = 2  # sections that are always laid out


def parts_of(section):
    return [part for part in section.children if isinstance(part, nodes.section)]


def mark(app, doctree, docname):
    """Give these sections their class."""
    if app.builder.name != "html":
        return
    page = doctree.next_node(nodes.section)
    sections = parts_of(page)
    if any("in-this-chapter" in part.get("classes", ()) for part in page.children):
        distant = [*parts_of(sections[0])[1:], *sections[1:-LAST]]
    else:
        distant = sections[2:-LAST]
    for section in distant:
        section["classes"].append("distant")


def setup(app):
    app.connect("doctree-resolved", mark)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

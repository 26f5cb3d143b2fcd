"""Pages, read again, are kept while the book is written: each link with a number asks for the whole page that it leads to.

Sphinx reads a page from its file for every such link. What it changes, to resolve the links of a page, it gets for itself.
"""

from functools import cache


def keep(app, env):
    """From now on; before, the environment is still to be pickled, and pages may still change."""
    fresh, resolve = env.get_doctree, env.get_and_resolve_doctree

    def resolve_fresh(docname, builder, doctree=None, *rest, **named):
        doctree = fresh(docname) if doctree is None else doctree
        return resolve(docname, builder, doctree, *rest, **named)

    env.get_doctree, env.get_and_resolve_doctree = cache(fresh), resolve_fresh


def setup(app):
    app.connect("env-check-consistency", keep)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

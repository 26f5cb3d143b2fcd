"""Addresses that stay, and are unique in the whole book, as its forms on one page need.

A section with a label, ``(name)=``, has that as its address, whatever its wording. One without is named for what it is
a part of: ``flower-exercises``, ``backpropagation-chain-by-hand``, where Sphinx would say ``id3``. An entry of the
index leads to ``flower-index-0``.
"""

import re

from docutils import nodes


def rename(doctree, node, old, new):
    """Give a node another id."""
    node["ids"] = [new if key == old else key for key in node["ids"]]
    doctree.ids[new] = doctree.ids.pop(old, node)
    for name, key in doctree.nameids.items():
        if key == old:
            doctree.nameids[name] = new


def name_sections(app, doctree):
    labels = {
        doctree.nameids[name]
        for name, explicit in doctree.nametypes.items()
        if explicit
    }
    for section in doctree.findall(nodes.section):
        if not isinstance(section.parent, nodes.section):
            continue  # a whole page, or within an exercise
        title = nodes.make_id(section.next_node(nodes.title).astext())
        if labels & set(section["ids"]):
            section["ids"] = [
                key
                for key in section["ids"]
                if key in labels or key.startswith("index-")
            ]
        else:
            [old] = [
                key
                for key in section["ids"]
                if key == title or re.fullmatch(r"id\d+", key)
            ]
            is_part = isinstance(section.parent.parent, nodes.section)
            parent = section.parent["ids"][0] if is_part else app.env.docname
            rename(doctree, section, old, f"{parent}-{title}")


def name_index_targets(app, doctree):
    entries = app.env.domaindata["index"][
        "entries"
    ]  # what Sphinx has collected of this page already
    new = {
        entry[2]: f"{app.env.docname}-{entry[2]}"
        for entry in entries.get(app.env.docname, ())
        if entry[2].startswith("index-")
    }
    entries[app.env.docname] = [
        (kind, value, new.get(key, key), *rest)
        for kind, value, key, *rest in entries.get(app.env.docname, ())
    ]
    for node in list(
        doctree.findall(
            lambda n: (
                isinstance(n, nodes.Element) and new.keys() & set(n.get("ids", ()))
            )
        )
    ):
        for old in new.keys() & set(node["ids"]):
            rename(doctree, node, old, new[old])


def name_all(app, doctree):
    name_sections(app, doctree)
    name_index_targets(app, doctree)


def setup(app):
    app.connect(
        "doctree-read", name_all, priority=100
    )  # before Sphinx collects tables of contents and the index
    return {"parallel_read_safe": True, "parallel_write_safe": True}

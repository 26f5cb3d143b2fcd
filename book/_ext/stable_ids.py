"""Addresses that stay: a section is linked to by its label, not by its wording, and by no running number.

A section with a label, ``(name)=``, has that as its address; its wording leads to it as well. One without, below
another, is named for both: ``backpropagation-chain-by-hand``, where Sphinx would say ``id3``.
"""

import re

from docutils import nodes


def name_sections(app, doctree):
    labels = {doctree.nameids[name] for name, explicit in doctree.nametypes.items() if explicit}
    for section in doctree.findall(nodes.section):
        ids = section["ids"]
        if labels & set(ids):
            ids.sort(key=lambda name: name not in labels)
        elif isinstance(section.parent, nodes.section) and isinstance(section.parent.parent, nodes.section):
            title = section.next_node(nodes.title).astext()
            name = f"{section.parent['ids'][0]}-{nodes.make_id(title)}"
            [old] = [key for key in ids if key == nodes.make_id(title) or re.fullmatch(r"id\d+", key)]
            del doctree.ids[old]
            for key, value in doctree.nameids.items():
                if value == old:
                    doctree.nameids[key] = name
            doctree.ids[name] = section
            section["ids"] = [name, *(key for key in ids if key != old)]


def setup(app):
    app.connect("doctree-read", name_sections, priority=100)  # before Sphinx collects the tables of contents
    return {"parallel_read_safe": True, "parallel_write_safe": True}

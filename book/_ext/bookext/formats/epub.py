"""The book in other forms: on one page, which ``print.py`` prints, and as an EPUB.

``{forms}``  links to those that stand beside the pages of this build: `make pdf` and `make epub` put them there.
"""

import os
import re
import shutil
import time
import zipfile
from pathlib import Path

from docutils import nodes

import shallowlib
from bookext.common import deferred
from bookext.common.drafts import drafting

HERE = Path(__file__).parent
STYLES = {"singlehtml": "print.css", "epub": "epub.css"}


PAGE = "downloads"
FORMS = {
    "pdf": "PDF, for paper and screens of its size",
    "epub": "EPUB, for e-book readers and phones",
}


def links(app):
    """Links to the forms that are there, with their size."""
    found = nodes.bullet_list()
    for suffix, words in FORMS.items():
        name = f"{app.config.epub_basename}.{suffix}"
        path = Path(app.outdir, name)
        if path.is_file():
            link = nodes.reference("", words, refuri=name, internal=True)
            line = [link, nodes.Text(f" ({path.stat().st_size / 1e6:.1f} MB)")]
        else:
            line = [
                nodes.Text(f"{words}: not made in this build; "),
                nodes.literal("", f"make {suffix}"),
                nodes.Text(" adds it"),
            ]
        found += nodes.list_item("", nodes.paragraph("", "", *line))
    return found


def always_anew(app, env, added, changed, removed):
    """Read the page of the forms in each build but drafts: what is there may have changed."""
    return [PAGE] if PAGE in env.found_docs and not drafting() else []


def complete_config(app, config):
    """What an EPUB needs, and YAML cannot say."""
    config.version = config.version or shallowlib.__version__
    config.epub_cover = tuple(config.epub_cover)


def share_visitors(app):
    """Let the other forms write what extensions write for the pages; Sphinx gives them theirs only where none is named."""
    handlers = app.registry.translation_handlers
    for builder in STYLES:
        handlers[builder] = handlers["html"] | handlers.get(builder, {})


def add_style(app):
    """The style sheet of a form, which has no pages of its own beside the book's."""
    style = STYLES.get(app.builder.name)
    if style:
        app.config.html_additional_pages = {}
        static = Path(app.outdir, "_static")
        static.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / style, static)
        app.add_css_file(style, priority=950)


def link_styles(app, pagename, templatename, context, doctree):
    """An EPUB has no style of extensions that copy theirs after it is packed."""
    if app.builder.name == "epub":
        late = ("mystnb", "exercise")
        context["css_files"] = [
            s
            for s in context["css_files"]
            if not Path(s.filename).name.startswith(late)
        ]


def mend(name, data, with_formulas, identifier):
    """A file of the EPUB as epubcheck wants it."""
    if name == "content.opf":
        text = data.decode("utf-8")
        for page in with_formulas:
            text = re.sub(
                rf'(<item [^>]*href="{page}")', r'\1 properties="mathml"', text
            )
        itemref = re.compile(r"\s*<itemref [^>]*/>")
        seen = set()
        text = itemref.sub(
            lambda m: "" if m[0] in seen else (seen.add(m[0]), m[0])[1], text
        )  # each page once
        return text.encode("utf-8")
    if name == "toc.ncx":
        return re.sub(
            rb'(<meta name="dtb:uid" content=")[^"]*',
            rb"\g<1>" + identifier.encode(),
            data,
        )
    return data


def repack(app, exception):
    """Mend the EPUB, and pack it so that the same book is the same file."""
    if exception or app.builder.name != "epub":
        return
    path = Path(app.outdir, f"{app.config.epub_basename}.epub")
    date = time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", time.time())))[:6]
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with_formulas = sorted(
        name
        for name, data in files.items()
        if name.endswith(".xhtml") and b"<math" in data
    )
    first = ["mimetype", "META-INF/container.xml"]
    with zipfile.ZipFile(path, "w") as archive:
        for name in [*first, *sorted(files.keys() - set(first))]:
            info = zipfile.ZipInfo(name, date)
            info.compress_type = (
                zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            )
            archive.writestr(
                info, mend(name, files[name], with_formulas, app.config.epub_identifier)
            )


def setup(app):
    deferred.add(app, "forms", links)
    app.connect("env-get-outdated", always_anew)
    app.connect("config-inited", complete_config)
    app.connect("builder-inited", share_visitors)
    app.connect("builder-inited", add_style)
    app.connect("html-page-context", link_styles, priority=950)
    app.connect("build-finished", repack)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

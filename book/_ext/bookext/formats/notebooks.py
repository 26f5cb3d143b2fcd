"""Every page with cells as a notebook, for those who like to work in Jupyter; and the package that they import.

The text is that of the written page, with its numbers: HTML turned into Markdown, formulas into their TeX. Cells stand without
their output, which the notebook makes; those in which exercises are answered stand last. Left out are figures, which cells draw, and the cell of numbers for the text.
``{notebooks}`` says how to use them, and links to all.
"""

import json
import re
import shutil
from pathlib import Path

import nbformat
from bs4 import BeautifulSoup
from docutils import nodes
from markdownify import MarkdownConverter

from bookext.common import deferred
from bookext.common.drafts import stays
from bookext.common.node import ROOT
from bookext.live.cells import library_wheel

FOLDER = "notebooks"
DATA = ROOT / "book" / "measurements.json"  # which cells of some pages read
DROPPED = "img, .headerlink, .equation-mark, .live-bar, .figure-numbers, script"
MARK = "cell-of-the-page-"
# KaTeX writes each formula twice, as MathML, which ends in the formula's TeX, and as nested spans for the eye.
MATHML = re.compile(r"<math\b.*?(<annotation\b.*?</annotation>).*?</math>", re.S)
SPAN = re.compile(r'<span class="katex-html"|<span\b|</span>')
KERNEL = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},
}


class ToMarkdown(MarkdownConverter):
    """What the pages have beyond plain HTML."""

    def convert_span(self, tag, text, parent_tags):
        if "katex-inline" in tag.get("class", []):
            before, after = (
                str(part) if isinstance(part, str) else ""
                for part in (tag.contents[0], tag.contents[-1])
            )
            return f"{before}${tex_of(tag)}${after}"
        return text

    def convert_div(self, tag, text, parent_tags):
        classes = tag.get("class", [])
        if "katex-block" in classes:
            number = tag.select_one(".eqno")
            name = rf"\tag{{{number.get_text().strip('()#')}}}" if number else ""
            return f"\n\n$$\n{tex_of(tag)}{name}\n$$\n\n"
        if "admonition" in classes or "exercise" in classes:
            return (
                "\n\n"
                + "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())
                + "\n\n"
            )
        return f"\n\n{text.strip()}\n\n"

    def convert_summary(self, tag, text, parent_tags):
        return f"\n\n**{text.strip()}**\n\n"

    def convert_p(self, tag, text, parent_tags):
        if "admonition-title" in tag.get("class", []):
            return f"\n\n**{text.strip()}**\n\n"
        return super().convert_p(tag, text, parent_tags)


def tex_of(tag):
    return tag.find("annotation").get_text().strip()


def without_formulas(html):
    """HTML in which only the TeX of a formula is left: nearly all tags of a page are in formulas, and reading them takes its time."""
    parts, kept, depth = [], 0, 0
    for tag in SPAN.finditer(html):
        if depth == 0:
            if "katex-html" in tag[0]:
                parts.append(html[kept : tag.start()])
                depth = 1
            continue
        depth += -1 if tag[0] == "</span>" else 1
        if depth == 0:
            kept = tag.end()
    return MATHML.sub(r"\1", "".join([*parts, html[kept:]]))


def cells_in(body, page, base_url):
    """The notebook's cells, of the HTML of a page."""
    soup = BeautifulSoup(without_formulas(body), "html.parser")
    for tag in soup.select(DROPPED):
        tag.decompose()
    for link in soup.select("a[href]"):
        if link["href"].startswith(("http:", "https:")):
            continue
        if base_url and not link["href"].startswith("#"):
            link["href"] = base_url + link["href"]
        elif base_url:
            link["href"] = f"{base_url}{page}.html{link['href']}"
        else:
            link.unwrap()
    answers = [*take_answers(soup)]
    code = []
    for cell in soup.select("div.cell"):
        hidden = cell.find("details", class_="hide") or cell.find_parent(
            "details", class_="hide"
        )
        if hidden:
            cell.decompose()
            continue
        code.append(cell.select_one(".cell_input pre").get_text().rstrip("\n"))
        caption = cell.find("figcaption")
        mark = soup.new_tag("p")
        mark.string = f"{MARK}{len(code) - 1}-"
        cell.insert_after(mark)
        if caption:
            mark.insert_after(caption)
            caption.name = "blockquote"
        cell.decompose()
    text = ToMarkdown(
        heading_style="atx", bullets="-", code_language="python", escape_misc=False
    ).convert_soup(soup)
    for number, source in enumerate(code):
        before, _, text = text.partition(f"{MARK}{number}-")
        if before.strip():
            yield nbformat.v4.new_markdown_cell(before.strip())
        yield nbformat.v4.new_code_cell(source)
    if text.strip():
        yield nbformat.v4.new_markdown_cell(text.strip())
    if answers:
        yield nbformat.v4.new_markdown_cell("## Your answers")
    for title, source in answers:
        yield nbformat.v4.new_markdown_cell(f"### {title}")
        yield nbformat.v4.new_code_cell(source)


def take_answers(soup):
    """(title of the exercise, code in which it is answered), taken out: in a notebook they stand last, for what they name would be
    met by the page's cells."""
    for answer in soup.select("div.exercise-try"):
        title = (
            answer.find_parent(class_="exercise")
            .select_one(".admonition-title")
            .get_text()
            .strip()
        )
        yield title, answer.pre.get_text().rstrip("\n")
        answer.name = "p"
        answer.string = "Answer it in its cell at the end of this notebook."


def has_cells(app, page):
    return bool(page in app.env.found_docs and app.env.metadata[page].get("kernelspec"))


def note(wheel, cells):
    """What has to be there before the notebook runs."""
    text = f'This notebook needs the package of the book, a file that stands beside it: `pip install "{wheel}[plots,proof]"`.'
    if any(
        DATA.name in cell["source"] for cell in cells if cell["cell_type"] == "code"
    ):
        text += f" It also reads `{DATA.name}`, another file beside it."
    return nbformat.v4.new_markdown_cell(text)


def write(app, pagename, templatename, context, doctree):
    if app.builder.name != "html" or doctree is None or not has_cells(app, pagename):
        return
    path = Path(app.outdir, FOLDER, f"{pagename}.ipynb")
    if stays(path):
        return
    cells = [*cells_in(context["body"], pagename, app.config.html_baseurl)]
    cells.insert(1, note(app.library_wheel, cells))
    for number, cell in enumerate(cells):
        cell["id"] = f"{pagename}-{number}"[-64:]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=KERNEL)
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n",
        encoding="utf-8",
    )


def publish_wheel(app):
    if app.builder.name == "html":
        folder = Path(app.outdir, FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        app.library_wheel = library_wheel(folder).name
        shutil.copy(DATA, folder)


def links(app):
    """The package, the command, the notebooks."""
    wheel = app.library_wheel
    package = nodes.reference("", wheel, refuri=f"{FOLDER}/{wheel}", internal=True)
    first = nodes.paragraph(
        "",
        "",
        nodes.Text("Download the package of the book, "),
        package,
        nodes.Text(", and install it where your Jupyter is:"),
    )
    command = nodes.literal_block(
        "", f'pip install "{wheel}[plots,proof]"', language="text"
    )
    then = nodes.paragraph("", "Then every page with cells is a notebook:")
    found = nodes.bullet_list()
    in_order = app.env.collect_relations()
    for page in (page for page in in_order if has_cells(app, page)):
        number = ".".join(map(str, app.env.toc_secnumbers.get(page, {}).get("", ())))
        title = f"{number} {app.env.titles[page].astext()}".strip()
        link = nodes.reference(
            "", title, refuri=f"{FOLDER}/{page}.ipynb", internal=True
        )
        found += nodes.list_item("", nodes.paragraph("", "", link))
    return [first, command, then, found]


def setup(app):
    deferred.add(app, "notebooks", links)
    app.connect("builder-inited", publish_wheel)
    app.connect("html-page-context", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""The extension that renders the book's formulas: book/_ext/bookext/math/katex.py."""

import io
import re
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from bookext.math.katex import Katex, TexError, display_tex

PAGE = r"""
Page
====

An angle (:math:`\theta`), a rate :math:`\alpha`.

.. math:: J = \frac{1}{m} \sum_i L_i
   :label: cost

See :eq:`cost`.

.. math::

   a &= b \\
   c &= d
"""


@pytest.fixture(scope="module")
def katex():
    katex = Katex()
    yield katex
    katex.close()


def build(folder: Path, page: str, builder: str = "html") -> tuple[str, str]:
    """The one page of a book, built, and the warnings."""
    (folder / "index.rst").write_text(page, encoding="utf-8")
    warnings = io.StringIO()
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            folder,
            None,
            folder / "out",
            folder / "doctrees",
            builder,
            status=None,
            warning=warnings,
            confoverrides={
                "extensions": ["bookext.math.katex"],
                "html_math_renderer": "katex",
                "html_theme": "basic",
                "exclude_patterns": ["out"],
            },
        )
        app.build()
    suffix = {"html": ".html", "text": ".txt"}[builder]
    return (folder / "out" / f"index{suffix}").read_text(
        encoding="utf-8"
    ), warnings.getvalue()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    html, warnings = build(folder, PAGE)
    assert not warnings
    return folder, html


@pytest.mark.parametrize(
    "tex",
    [
        r"\alpha + \mathbf{w}^\top \boldsymbol{\theta}",
        r"\begin{bmatrix} a & b \\ c & d \end{bmatrix}",
        r"\max(0, z) = \begin{cases} z & z > 0 \\ 0 & \text{otherwise} \end{cases}",
        r"\operatorname{softmax}(z)_k = \underbrace{e^{z_k}}_{> 0} \Big/ \sum_j e^{z_j}",
        r"\displaystyle \frac{d}{d z} \frac{1}{1 + e^{- z}} = \frac{e^{- z}}{\left(1 + e^{- z}\right)^{2}}",
    ],
)
@pytest.mark.parametrize("display", [False, True])
def test_a_formula_becomes_html_and_mathml_that_keeps_its_tex(katex, tex, display):
    html = katex.render(tex, display)
    assert "<math" in html and 'class="katex-html"' in html
    assert ('display="block"' in html) == display
    annotation = re.search(r"<annotation[^>]*>(.*?)</annotation>", html)[1]
    assert annotation.replace("&amp;", "&").replace("&gt;", ">") == tex


@pytest.mark.parametrize(
    "tex, complaint",
    [
        (r"\frac{1", "Unexpected end of input"),
        (r"\sigm(z)", r"Undefined control sequence: \\sigm"),
        ("a = é", "Accented Unicode text character"),
    ],
)
def test_tex_that_cannot_be_read_is_an_error_in_words_and_the_next_formula_works(
    katex, tex, complaint
):
    with pytest.raises(TexError, match=complaint):
        katex.render(tex, True)
    assert "<math" in katex.render("x", True)


@pytest.mark.parametrize(
    "tex, expected",
    [
        ("x = 1", "x = 1"),
        (r"a \\ b", r"\begin{split}a \\ b\end{split}"),
        ("a\n\nb", r"\begin{split}a \\ b\end{split}"),
        (r"\begin{align}a \\ b\end{align}", r"\begin{align*}a \\ b\end{align*}"),
    ],
)
def test_displayed_lines_are_split_and_numbered_by_sphinx_alone(katex, tex, expected):
    assert display_tex(tex) == expected
    assert "eqn-num" not in katex.render(expected, True)


def test_no_script_and_no_address_outside_is_left_on_a_page(site):
    html = site[1]
    assert "mathjax" not in html.lower()
    assert not re.findall(r'(?:src|<link[^>]*href)="(?:https?:)?//[^"]*', html)


def test_style_comes_once_and_every_font_it_names_is_there(site):
    folder, html = site
    assert html.count("katex.min.css") == html.count("katex/katex.css") == 1
    style = folder / "out" / "_static" / "katex" / "katex.min.css"
    fonts = re.findall(r"url\(([^)]+)\)", style.read_text(encoding="utf-8"))
    assert fonts and all((style.parent / font).is_file() for font in fonts)


def test_an_equation_has_its_number_a_name_and_a_link_to_it(site):
    html = site[1]
    assert 'id="equation-cost"' in html
    assert '<a class="reference internal" href="#equation-cost">(1)</a>' in html
    assert '<span class="eqno">(1)<a class="headerlink" href="#equation-cost"' in html
    assert 'role="group" aria-label="Equation (1)"' in html
    assert html.count('class="katex-scroll"') == 2


def test_punctuation_stays_with_the_short_formula_beside_it(site):
    html = site[1]
    assert "An angle (" not in html and 'katex-short">(<span class="katex">' in html
    assert "</span>),</span> a rate" in html
    assert "</span>.</span></p>" in html


def test_a_broken_formula_warns_with_file_and_line_and_shows_its_source(tmp_path):
    html, warnings = build(
        tmp_path, "Page\n====\n\nText.\n\nA broken :math:`\\frac{1` formula.\n"
    )
    assert re.search(r"index\.rst:6: WARNING: KaTeX parse error: .*\\frac\{1", warnings)
    assert r'<code class="katex-error">\frac{1</code>' in html


def test_other_builders_keep_the_source(tmp_path):
    text, warnings = build(tmp_path, PAGE, "text")
    assert not warnings
    assert r"J = \frac{1}{m} \sum_i L_i" in text

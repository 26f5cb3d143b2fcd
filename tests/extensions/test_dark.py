"""The twin of each figure for the dark, and the colors of both: book/_ext/bookext/common/dark.py."""

import itertools
import re
from xml.etree import ElementTree

import numpy as np
import pytest

from bookext.common.dark import DARK, INK, PAPER, in_the_dark, twin
from support.book_sources import ROOT

SITE = ROOT / "_build" / "html"
CYCLE = re.search(
    r"cycler\('color', \[(.*?)\]\)", (ROOT / "book" / "matplotlibrc").read_text()
)[1]
COLORS = [f"#{color.lower()}" for color in re.findall(r"[0-9A-F]{6}", CYCLE)]
MEANINGS = ("class 0", "class 1", "g", "its slope", "layer 1", "layer 2")
PAIRS = [(0, 1), (2, 3), (4, 5)]  # what a figure asks to be told apart


def linear(color):
    """The light of a colour's red, green and blue, from 0 to 1."""
    c = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def contrast(one, two):
    """The ratio of WCAG."""
    light = sorted(
        float(linear(color) @ [0.2126, 0.7152, 0.0722]) + 0.05 for color in (one, two)
    )
    return light[1] / light[0]


# How the light reaches an eye without one kind of cones (Machado, Oliveira and Fernandes 2009, severity 1).
BLIND = {
    "none": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def oklab(color, eyes):
    """Where the color lies in Oklab, a space in which distances are about as large as they look."""
    light = np.clip(np.array(BLIND[eyes]) @ linear(color), 0, 1)
    lms = np.cbrt(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
        @ light
    )
    return (
        np.array(
            [
                [0.2104542553, 0.7936177850, -0.0040720468],
                [1.9779984951, -2.4285922050, 0.4505937099],
                [0.0259040371, 0.7827717662, -0.8086757660],
            ]
        )
        @ lms
    )


def test_every_colour_of_the_cycle_has_a_twin_and_no_other():
    assert list(DARK) == COLORS and len(COLORS) == len(MEANINGS) == len(
        set(DARK.values())
    )


@pytest.mark.parametrize("color", COLORS)
def test_colours_are_read_on_their_ground(color):
    assert contrast(color, "#ffffff") >= 4.5
    assert contrast(DARK[color], PAPER) >= 4.5


@pytest.mark.parametrize("eyes", BLIND)
@pytest.mark.parametrize(
    "pair",
    PAIRS,
    ids=lambda pair: "-".join(MEANINGS[i] for i in pair).replace(" ", "-"),
)
def test_what_belongs_together_is_told_apart_by_all_eyes(pair, eyes):
    for colors in (COLORS, list(DARK.values())):
        one, two = (oklab(colors[i], eyes) for i in pair)
        assert np.linalg.norm(one - two) > 0.08


def test_greys_go_from_the_ground_to_the_ink():
    assert (twin("#ffffff"), twin("#000000")) == (PAPER, INK)
    lights = [
        contrast(twin(f"#{v:02x}{v:02x}{v:02x}"), PAPER) for v in range(255, -1, -15)
    ]
    assert all(a < b for a, b in itertools.pairwise(lights))
    assert twin("#808081") is None


def test_the_twin_changes_colours_only_and_keeps_what_looks_like_one():
    svg = (
        '<svg width="1pt" height="2pt"><path id="p0072b2" style="fill: #0072b2; stroke: #ffffff" clip-path="url(#b8460e)"/>'
        '<image href="data:image/png;base64,#0072b2"/></svg>'
    )
    assert in_the_dark(svg) == (
        f'<svg fill="{INK}" width="1pt" height="2pt"><path id="p0072b2" style="fill: #63b3ea; stroke: {PAPER}" '
        'clip-path="url(#b8460e)"/><image href="data:image/png;base64,#0072b2"/></svg>'
    )


@pytest.mark.site
def test_each_figure_of_the_site_has_its_twin_of_the_same_shape():
    figures = [
        path
        for path in (SITE / "_images").glob("*.svg")
        if not path.name.endswith(".dark.svg")
    ]
    assert len(figures) > 30
    for path in figures:
        assert path.stem.startswith("fig-")
        light, dark = (
            ElementTree.parse(p).getroot()
            for p in (path, path.with_name(f"{path.stem}.dark.svg"))
        )
        assert light.get("viewBox") == dark.get("viewBox")
        assert [e.tag for e in light.iter()] == [e.tag for e in dark.iter()]
        assert [e.get("d") for e in light.iter()] == [e.get("d") for e in dark.iter()]

"""film: the same drawing at several moments, with what stands still kept once."""

import json
import re
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest

from shallowlib.animation import MIME, Film, film

SIZE = (3.0, 2.0)
ASKED = pytest.mark.parametrize(
    "ask",
    [lambda frames: frames.parts, lambda frames: frames._repr_mimebundle_()],
    ids=["parts", "bundle"],
)


def curve(figure, k):
    """A curve that stays and a dot that moves along it; the title names the moment."""
    ax = figure.subplots()
    ax.plot([0, 1, 2, 3], [0, 1, 4, 9], color="C2")
    ax.plot(k, k**2, "o", color="C3")
    ax.set(xlim=(0, 3), ylim=(0, 9))


def changing(frames):
    return [part for part in frames.parts if isinstance(part, list)]


def svg_of(frames, moment):
    """The drawing of a moment, put together again as a player does."""
    parts = "".join(
        part if isinstance(part, str) else part[moment] for part in frames.parts
    )
    return ElementTree.fromstring(
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{parts}</svg>'
    )


def paths(root):
    """All paths of a drawing, their numbers rounded as in a film."""
    return sorted(
        re.sub(r"(\.\d\d)\d+", r"\1", re.sub(r"\s+", " ", e.get("d")))
        for e in root.iter("{http://www.w3.org/2000/svg}path")
    )


def test_the_still_is_the_last_moment_as_an_image_of_the_size_asked_for():
    moving = film(curve, [0, 1, 2], figsize=SIZE)
    assert isinstance(moving, Film)
    assert moving._repr_svg_() == moving.still
    root = ElementTree.fromstring(moving.still)
    assert (root.get("width"), root.get("height")) == ("216pt", "144pt")
    assert (moving.frames.width, moving.frames.height) == (216.0, 144.0)
    assert moving.still == film(curve, [2], figsize=SIZE).still
    assert moving.still != film(curve, [1], figsize=SIZE).still


def test_what_stands_still_is_there_once_and_what_moves_for_each_moment():
    frames = film(curve, [0, 1, 2], figsize=SIZE).frames
    [dot] = changing(frames)
    assert len(dot) == 3 and len(set(dot)) == 3
    assert all("#" in text for text in dot)
    for still in ([1, 1], [1]):
        frames = film(curve, still, figsize=SIZE).frames
        assert len(frames.parts) > 10 and changing(frames) == []


@pytest.mark.parametrize("moment", [0, 1, 2])
def test_the_parts_of_a_moment_are_its_whole_drawing(moment):
    frames = film(curve, [0, 1, 2], figsize=SIZE).frames
    alone = ElementTree.fromstring(film(curve, [moment], figsize=SIZE).still)
    assert paths(svg_of(frames, moment)) == paths(alone)
    clips = [
        e.get("id")
        for e in svg_of(frames, moment).iter("{http://www.w3.org/2000/svg}clipPath")
    ]
    assert (
        clips
        == [e.get("id") for e in alone.iter("{http://www.w3.org/2000/svg}clipPath")]
        and clips
    )


def test_parts_are_short_and_name_no_namespace():
    frames = film(curve, [0, 1], figsize=SIZE).frames
    for text in (
        t for part in frames.parts for t in ([part] if isinstance(part, str) else part)
    ):
        assert "xmlns" not in text and "ns0:" not in text and "\n" not in text
        assert not re.search(r' d="[^"]*\.\d{3}', text)
    assert any("xlink:href=" in str(part) for part in frames.parts)
    assert any(
        "scale(0.0" in str(part) and re.search(r"scale\(0\.\d{3}", str(part))
        for part in frames.parts
    ), "letters keep their size"


def test_two_pairs_of_axes_are_split_as_well():
    def two(figure, k):
        left, right = figure.subplots(1, 2)
        left.plot([0, 1], [0, 1])
        right.plot([0, 1], [0, k])
        right.set_ylim(0, 3)
        figure.suptitle(f"at {k}")

    frames = film(two, [1, 2], figsize=SIZE).frames
    line, title = changing(frames)
    assert 'id="line2d_' in line[0] and 'id="text_' in title[0]  # whole
    assert len(frames.parts) > 10


@pytest.mark.parametrize(
    ("label", "moments", "labels"),
    [
        (None, (0, 10), ["step 0", "step 10"]),
        ("z =", np.array([0.5, 1.0]), ["z = 0.5", "z = 1.0"]),
    ],
    ids=["steps", "numbers"],
)
def test_moments_have_names(label, moments, labels):
    named = {"label": label} if label else {}
    assert film(curve, moments, figsize=SIZE, **named).frames.labels == labels


def test_moments_may_come_from_a_generator_and_only_the_last_is_drawn_until_the_parts_are_asked_for():
    seen = []
    moving = film(
        lambda figure, k: seen.append(k) or curve(figure, k),
        (k for k in (2, 0, 1)),
        figsize=SIZE,
    )
    assert seen == [1]
    assert moving.still == moving._repr_svg_()
    frames = moving.frames
    assert repr(frames) in repr(moving) and frames.labels == [
        "step 2",
        "step 0",
        "step 1",
    ]
    assert (frames.width, frames.height) == (216.0, 144.0)
    assert seen == [1]
    assert len(frames.parts) > 10
    assert seen == [1, 2, 0, 1]


@ASKED
def test_the_parts_are_drawn_once_however_often_they_are_asked_for(ask):
    seen = []
    frames = film(
        lambda figure, k: seen.append(k) or curve(figure, k), [0, 1], figsize=SIZE
    ).frames
    ask(frames)
    assert seen == [1, 0, 1]
    assert frames.parts is frames.parts
    assert frames._repr_mimebundle_() == frames._repr_mimebundle_()
    assert seen == [1, 0, 1]


@ASKED
@pytest.mark.parametrize("lines", [0, 2], ids=["fewer", "more"])
def test_frames_are_refused_when_what_draw_uses_has_changed_since_the_film_was_made(
    ask, lines
):
    slopes = [1]

    def draw(figure, k):
        ax = figure.subplots()
        for slope in slopes:
            ax.plot([0, k], [0, slope * k])

    moving = film(draw, [1, 2, 3], figsize=SIZE)
    slopes[:] = [1] * lines
    with pytest.raises(
        ValueError,
        match="^the frames must end with the still, but what draw uses has changed since the film was made: got another last drawing$",
    ):
        ask(moving.frames)
    slopes[:] = [1]
    ask(moving.frames)


@pytest.mark.parametrize("last", [[5], [4, 5]], ids=["moved", "one more"])
def test_a_change_that_shows_at_the_last_moment_only_is_enough(last):
    ends = {0: [0], 1: [1], 2: [4]}

    def draw(figure, k):
        ax = figure.subplots()
        for end in ends[k]:
            ax.plot(k, end, "o")
        ax.set(xlim=(0, 3), ylim=(0, 9))

    moving = film(draw, [0, 1, 2], figsize=SIZE)
    ends[2] = last
    with pytest.raises(ValueError, match="what draw uses has changed"):
        moving.frames.parts


def test_a_film_without_a_moment_is_refused():
    with pytest.raises(
        ValueError, match="^a film needs at least one moment: got none$"
    ):
        film(curve, [], figsize=SIZE)


def test_parts_that_come_and_go_are_refused():
    def more(figure, k):
        ax = figure.subplots()
        for _ in range(k):
            ax.plot([0, 1])

    frames = film(more, [1, 2], figsize=SIZE).frames
    with pytest.raises(
        ValueError,
        match=r"^every moment must draw the same parts, lines and texts that change but do not come and go: got \[\d+, \d+\] of them$",
    ):
        frames.parts


def test_the_same_film_is_the_same_text_whatever_the_salt_and_leaves_it_alone():
    with matplotlib.rc_context({"svg.hashsalt": "one"}):
        one = film(curve, [0, 1], figsize=SIZE)
        bundle = one.frames._repr_mimebundle_()
        assert matplotlib.rcParams["svg.hashsalt"] == "one"
    with matplotlib.rc_context({"svg.hashsalt": "two"}):
        two = film(curve, [0, 1], figsize=SIZE)
    assert one.still == two.still and bundle == two.frames._repr_mimebundle_()
    assert "<dc:date>" not in one.still


def test_frames_are_handed_to_a_page_as_json():
    frames = film(curve, [0, 1], figsize=SIZE).frames
    bundle = frames._repr_mimebundle_(include=None, exclude=None)
    assert bundle["text/plain"] == repr(frames) == "2 frames, step 0 to step 1"
    assert bundle[MIME] == {
        "width": 216.0,
        "height": 144.0,
        "parts": frames.parts,
        "labels": ["step 0", "step 1"],
    }
    assert json.loads(json.dumps(bundle[MIME])) == bundle[MIME]
    assert (
        repr(film(curve, [0, 1, 2], figsize=SIZE).frames)
        == "3 frames, step 0 to step 2"
    )
    assert MIME == "application/vnd.shallowlib.film+json"

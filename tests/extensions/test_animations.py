"""The drawings of the films, written for the player: book/_ext/bookext/figures/animations.py."""

import json
from types import SimpleNamespace

import pytest
from sphinx.errors import ExtensionError

from bookext.common import glue
from bookext.figures import animations
from shallowlib.animation import film


@pytest.fixture
def write(monkeypatch, tmp_path):
    """What films writes for a page that has glued bundles, by name of the file."""

    def write(bundles, builder="html", exception=None):
        monkeypatch.setattr(glue, "for_figures", lambda app, page, prefix: bundles)
        env = SimpleNamespace(found_docs=["a-page"])
        app = SimpleNamespace(
            env=env, builder=SimpleNamespace(name=builder), outdir=tmp_path
        )
        animations.write(app, exception)
        return {
            file.name: file.read_text("utf-8")
            for file in tmp_path.glob("_static/films/*")
        }

    return write


def frames():
    def draw(figure, k):
        figure.subplots().plot([0, 1], [0, 1], color="#123456", linewidth=k)

    return film(draw, [1, 2], figsize=(2, 1)).frames


def test_a_script_hands_the_frames_to_the_player_with_twins_for_the_dark(write):
    bundle = frames()._repr_mimebundle_()
    [(name, script)] = write({"fig-a": bundle}).items()
    assert name == "fig-a.js"
    assert script.startswith("showFilm(") and '"fig-a"' in script
    data = json.loads(script[script.index("{") : script.rindex("}") + 1])
    assert data.items() >= bundle[animations.MIME].items()
    assert {"#000000", "#123456"} <= data["dark"].keys()


def test_a_film_whose_drawings_failed_ends_the_build_and_names_the_place(write):
    with pytest.raises(
        ExtensionError,
        match="^a-page: film-fig-a is glued without its drawings; the output of its cell says why$",
    ):
        write({"fig-a": {"text/plain": repr(frames())}})


@pytest.mark.parametrize(
    "build", [{"builder": "epub"}, {"exception": ValueError()}], ids=["epub", "failed"]
)
def test_nothing_is_written_for_other_forms_and_after_an_error(write, build):
    assert write({"fig-a": frames()._repr_mimebundle_()}, **build) == {}

"""The playground without a browser: its Python side, its experiments, and what its script has to agree with."""

import importlib.util
import json
import re
import subprocess
from pathlib import Path

import numpy as np
import pytest
from bs4 import BeautifulSoup

from bookext import playground
from bookext.common.node import NODE
from shallowlib import (
    ACTIVATIONS,
    OUTPUTS,
    datasets,
    forward,
    he,
    initialize,
    small,
    train,
    xavier,
    zeros,
)
from support.book_sources import BOOK, CHAPTERS, text_of

HERE = Path(playground.__file__).parent
SETTINGS = playground.FIRST | {"points": [], "factor": 1}
OFFERED = [
    (data, output)
    for data in playground.DATA
    for output in playground.OUTPUTS
    if data != "own" and (data, output) != ("sine", "logistic")
]
CONTROLS = BeautifulSoup(playground.controls(), "html.parser")


@pytest.fixture
def play():
    """The Python side, afresh; its folder is not on the path, since it has stand-ins for other packages."""
    spec = importlib.util.spec_from_file_location("play", HERE / "python" / "play.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def trained(steps, alpha=1.2):
    """The library's own run of the settings as they come."""
    rng = np.random.default_rng(1)
    X, Y = datasets.flower(400, rng)
    start = initialize(2, 8, 1, rng, weights=xavier)
    return (
        train(
            start,
            X,
            Y,
            ACTIVATIONS["tanh"],
            OUTPUTS["logistic"],
            alpha=alpha,
            steps=steps,
        ),
        X,
        Y,
    )


@pytest.mark.parametrize(
    "chunks", [[60], [1] * 60, [0, 7, 53]], ids=["at once", "one by one", "unequal"]
)
def test_it_trains_as_the_library_does_whatever_the_pictures(play, chunks):
    play.answer(SETTINGS, 0, 0)
    costs = [J for steps in chunks for J in play.answer(None, steps, 1.2)["costs"]]
    run, _, _ = trained(60)
    for own, its in zip(play.playground.params, run.params, strict=True):
        np.testing.assert_allclose(own, its, rtol=1e-9, atol=1e-12)
    assert play.playground.costs[:60] == pytest.approx(run.costs.tolist(), rel=1e-12)
    assert np.allclose(costs, play.playground.costs[1:])


def test_a_rate_that_is_turned_holds_from_the_next_step_on(play):
    play.answer(SETTINGS, 10, 1.2)
    play.answer(None, 5, 0.3)
    first, X, Y = trained(10)
    then = train(first.params, X, Y, first.g1, first.output, alpha=0.3, steps=5)
    np.testing.assert_allclose(play.playground.params.W1, then.params.W1, rtol=1e-9)


def test_the_picture_shows_the_network(play):
    found = play.answer(SETTINGS, 100, 1.2)
    run, X, Y = trained(100)
    assert found["step"] == 100 and len(found["costs"]) == 101
    assert found["right"] == ((run.predict(X) > 0.5) == Y).sum()
    left, right, bottom, top = found["start"]["window"]
    assert (
        left < X[0].min()
        and X[0].max() < right
        and bottom < X[1].min()
        and X[1].max() < top
    )
    corners = np.array([[left, right, left, right], [bottom, bottom, top, top]])
    side = play.SIDE
    assert np.allclose(
        found["plane"][[0, side - 1, -side, -1]], run.predict(corners), atol=1e-4
    )
    units = found["units"].reshape(8, len(range(0, side, play.THIN)) ** 2)
    assert np.allclose(
        units[:, 0],
        forward(run.params, corners, run.g1, run.output.g2).A1[:, 0],
        atol=1e-4,
    )
    assert np.allclose(
        found["lines"].reshape(8, 3)[:, :2], run.params.W1
    ) and np.allclose(found["out"], run.params.W2)


def test_the_histogram_counts_every_z_those_beyond_the_axis_in_the_last_bars(play):
    found = play.answer(SETTINGS | {"weights": "normal", "factor": 30}, 0, 0)
    Z1 = play.playground.cache.Z1
    assert found["counts"].sum() == Z1.size
    assert (
        found["counts"][-1]
        == (Z1 >= play.EDGE - 2 * play.EDGE / play.BINS).sum()
        > 0.3 * Z1.size
    )
    assert found["flat"] == pytest.approx((1 - np.tanh(Z1) ** 2 < 0.05).mean())


def test_units_are_counted_that_differ_and_that_are_silent(play):
    def counted(steps=0, alpha=1.0, **settings):
        found = play.answer(SETTINGS | settings, steps, alpha)
        return found["differ"], found["silent"].sum()

    assert counted() == (8, 0)
    assert counted(
        50, 2, data="moons", m=401, activation="sigmoid", weights="zeros"
    ) == (1, 0)
    assert counted(100, 8, data="circles", activation="relu", weights="he") == (8, 8)


@pytest.mark.parametrize("chunk", [1, 7, 1000])
def test_a_cost_above_ten_times_its_start_stops_training_there(play, chunk):
    play.answer(SETTINGS | {"data": "sine", "output": "linear"}, 0, 0)
    found = {"trouble": None}
    while not found["trouble"]:
        found = play.answer(None, chunk, 0.6)
    costs = play.playground.costs
    assert found["trouble"] == "above" and found["step"] == len(costs) - 1
    assert costs[-1] > 10 * costs[0] >= max(costs[:-1])
    lower = play.answer(
        None, 1, 1e-4
    )  # down, but not yet below the limit: no reason to stop
    assert lower["trouble"] is None and 10 * costs[0] < lower["cost"] < found["cost"]
    again = play.answer(None, 300, 0.3)
    assert again["trouble"] is None and again["cost"] < costs[0]


def test_a_cost_that_is_not_finite_stops_training_before_it(play):
    before = play.answer(SETTINGS | {"data": "sine", "output": "linear"}, 0, 0)
    found = play.answer(None, 5, 1e200)
    assert (
        found["trouble"] == "infinite"
        and found["step"] == 0
        and found["cost"] == before["cost"]
    )
    assert all(np.isfinite(p).all() for p in play.playground.params)
    assert (found["plane"] == before["plane"]).all()


def test_the_readers_points_are_what_is_learned(play):
    points = [[0, 1, 0], [-1.5, 2, 1], [2.25, -3, 1]]
    found = play.answer(SETTINGS | {"data": "own", "points": points}, 0, 0)
    start = found["start"]
    assert np.array([start["x"], start["y"], start["classes"]]).T.tolist() == points
    assert start["window"].tolist() == [-3, 3, -3, 3]


@pytest.mark.parametrize("weights", playground.WEIGHTS)
def test_the_first_weights_are_those_of_the_library(play, weights):
    play.answer(SETTINGS | {"weights": weights, "factor": 2.5}, 0, 0)
    rng = np.random.default_rng(1)
    datasets.flower(400, rng)
    known = {"zeros": zeros, "small": small, "xavier": xavier, "he": he}

    def normal(n_out, n_in, rng):
        return 2.5 * rng.standard_normal((n_out, n_in))

    assert (
        play.playground.params.W1
        == initialize(2, 8, 1, rng, weights=known.get(weights, normal)).W1
    ).all()


@pytest.mark.parametrize(("data", "output"), OFFERED, ids="-".join)
def test_whatever_can_be_chosen_gives_a_picture_of_flat_finite_numbers(
    play, data, output, g1
):
    for hidden in (1, 50):
        found = play.answer(
            SETTINGS
            | {
                "data": data,
                "output": output,
                "activation": g1.name,
                "hidden": hidden,
                "m": 50,
            },
            3,
            0.1,
        )
        assert found["right"] is None if data == "sine" else 0 <= found["right"] <= 50
        for array in [
            value
            for part in (found, found["start"])
            for value in part.values()
            if isinstance(value, np.ndarray)
        ]:
            assert (
                array.dtype == np.float32
                and array.ndim == 1
                and np.isfinite(array).all()
            )


# What the script makes of a picture, where it needs no page.


def node(file, expression, **names):
    """What JavaScript makes of an expression with a module of the playground as ``m``."""
    code = f"import * as m from './{file}'; const {{{', '.join(names)}}} = {json.dumps(names)}; console.log(JSON.stringify({expression}))"
    run = subprocess.run(
        [NODE, "--input-type=module", "-e", code],
        cwd=HERE / "js",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(run.stdout)


def test_the_boundary_is_where_the_output_is_one_half():
    x, y = np.meshgrid(np.arange(5), np.arange(5))
    tilted = (0.5 + 0.2 * (x + 2 * y - 3.5)).ravel().tolist()
    pieces = np.array(node("plane.js", "m.crossings(values, 5)", values=tilted))
    assert len(pieces) >= 4 and np.allclose(pieces[..., 0] + 2 * pieces[..., 1], 3.5)
    assert node("plane.js", "m.crossings(values, 5)", values=[0.7] * 25) == []
    saddle = [0, 1, 1, 0]
    assert len(node("plane.js", "m.crossings(values, 2)", values=saddle)) == 2


def test_ticks_are_round_and_within():
    assert node("paint.js", "m.ticks(-3, 3)") == [-2, 0, 2]
    assert node("paint.js", "m.ticks(0, 0.71)") == [0, 0.2, 0.4, 0.6]
    assert node("paint.js", "m.ticks(0, 12345, 4)") == [0, 5000, 10000]


def test_numbers_are_told_in_few_letters():
    shown = node(
        "paint.js",
        "values.map(x => m.few(x))",
        values=[0, 0.24567, -1.5, 326.2058, 0.00012, 1.2e300],
    )
    assert shown == ["0", "0.246", "−1.5", "326", "1.2e−4", "1.2e300"]
    shares = node(
        "paint.js", "parts.map(part => m.percent(part, 400))", parts=[0, 116, 399, 400]
    )
    assert shares == ["0 %", "29 %", "99 %", "100 %"]
    assert (
        node(
            "words.js",
            "m.numbers(start, picture).at(-1)[1]",
            start={"x": [0] * 50, "classes": []},
            picture={
                "step": 0,
                "cost": 1,
                "first": 1,
                "differ": 2,
                "out": [1, 1],
                "silent": [0, 0],
                "flat": 0.29,
            },
        )
        == "29 %"
    )


def test_a_divergence_is_told_in_words_with_its_step_and_its_last_finite_cost():
    state = {"step": 3, "cost": 24.5017, "first": 1.5225}
    above = node("words.js", "m.trouble(state)", state=state | {"trouble": "above"})
    assert above.startswith(
        "Training diverges: after step 3 the cost is 24.5, more than ten times the 1.52 it began with."
    )
    infinite = node(
        "words.js", "m.trouble(state)", state=state | {"trouble": "infinite"}
    )
    assert infinite.startswith(
        "Training diverges: step 4 leads to a cost that is no finite number; after step 3 it was 24.5."
    )
    for text in (above, infinite):
        assert text.endswith(
            "The drawings show step 3. Take a smaller learning rate and go on from here, or press Reset."
        )


# The experiments, and the page.


def takes(name, value):
    """Whether a control of the page can have a value."""
    control = CONTROLS.find(["select", "input"], attrs={"name": name})
    if control.name == "select":
        return str(value) in [option["value"] for option in control.find_all("option")]
    return float(control["min"]) <= value <= float(control["max"]) and (
        control["step"] == "any" or value == int(value)
    )


@pytest.mark.parametrize("name", playground.EXPERIMENTS)
def test_an_experiment_sets_what_the_controls_can_have_and_has_its_section(name):
    assert all(takes(key, value) for key, value in playground.EXPERIMENTS[name].items())
    assert re.search(
        rf"\(playground-{name}\)=\n### .*?```\{{experiment-{name}\}}\n```",
        text_of("playground"),
        re.S,
    )


def test_each_experiment_is_led_to_by_a_chapter():
    assert {
        name
        for page in CHAPTERS
        for name in re.findall(r"<playground-([\w-]+)>", text_of(page))
    } == set(playground.EXPERIMENTS)


def test_a_reader_can_choose_all_that_the_library_has():
    def offered(name):
        return [
            option["value"]
            for option in CONTROLS.find("select", attrs={"name": name}).find_all(
                "option"
            )
        ]

    assert offered("activation") == list(ACTIVATIONS) and offered("output") == list(
        OUTPUTS
    )
    assert offered("data") == ["flower", "moons", "circles", "xor", "sine", "own"]
    hidden = CONTROLS.find("input", attrs={"name": "hidden"})
    assert (hidden["min"], hidden["max"]) == ("1", "50")


def test_every_control_has_a_label():
    for control in CONTROLS.find_all(["select", "input"]):
        assert (
            control.get("aria-label")
            or control.find_parent("label")
            or CONTROLS.find("label", attrs={"for": control["id"]})
        )


def test_the_page_begins_with_what_python_would_draw(play):
    first = json.loads(playground.at_the_start())
    found = play.answer(SETTINGS, 0, 0)
    assert first["cost"] == found["cost"] and first["trouble"] is None
    assert np.allclose(first["plane"], found["plane"], atol=6e-4) and np.allclose(
        first["start"]["x"], found["start"]["x"], atol=6e-4
    )


def test_the_script_and_the_python_side_name_the_same_sizes(play):
    def number(file, name):
        text = (HERE / "js" / file).read_text(encoding="utf-8")
        return json.loads(re.search(rf"const {name} = (.+?);", text)[1])

    assert number("plane.js", "SIDE") == play.SIDE
    assert number("panels.js", "UNIT_SIDE") == len(range(0, play.SIDE, play.THIN))
    assert number("panels.js", "EDGE") == play.EDGE
    edge = number("controls.js", "EDGE")
    assert (-edge, edge, -edge, edge) == play.OWN_WINDOW


def test_the_prose_of_the_experiments_names_their_settings():
    text = (BOOK / "playground.md").read_text(encoding="utf-8")
    assert (
        playground.EXPERIMENTS["saturation"]["factor"] == 30 and "thirty times" in text
    )
    assert playground.FIRST["hidden"] == 8 and "eight" in text

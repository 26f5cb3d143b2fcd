"""What `make bench` runs, at sizes that take no time: every peer takes the same steps, and one that does not is refused."""

import json

import numpy as np
import pytest

from benchmarks import bench, build, growth, page, ratios, training_step, vectorizing
from support.peers import peer

MODULES = {"PyTorch eager": "torch", "scikit-learn": "sklearn", "autograd": "autograd"}


def test_a_row_is_the_median_of_its_pairs_with_the_middle_half():
    found = ratios.row("a", [1.0, 5.0, 2.0, 4.0, 3.0], of="b")
    assert (found.name, found.ratio, found.pairs, found.more) == (
        "a",
        3.0,
        5,
        {"of": "b"},
    )
    assert 1 < found.low < 3 < found.high < 5
    assert ratios.row("b", [2.0]).low == 2.0


def test_functions_are_called_in_turn_and_give_one_time_a_round():
    called = []
    times = ratios.in_turn(
        {"a": lambda: called.append("a"), "b": lambda: called.append("b")},
        pairs=3,
        least=0,
    )
    assert "".join(called) == "aabb" + "ab" + "ba" + "ab"
    assert {name: len(found) for name, found in times.items()} == {"a": 3, "b": 3}
    assert len(ratios.ratios(times, "a", "b")) == 3


def test_a_section_is_a_table_and_json():
    section = ratios.Section(
        "name", "Title", "a over b", {"NumPy": "2"}, [ratios.row("one", [1.5, 1.5])]
    )
    assert str(section).splitlines() == [
        "Title",
        "  a over b",
        "  with NumPy 2",
        "  one       1.5   (1.5 to 1.5, 2 pairs)",
    ]
    assert json.loads(json.dumps(section.as_json()))["rows"][0]["ratio"] == 1.5


@pytest.fixture
def jax_after():
    """JAX, left as it was: the measurement computes in double precision, in a process of its own."""
    jax = peer("jax")
    before = jax.config.jax_enable_x64
    yield jax
    jax.config.update("jax_enable_x64", before)


@pytest.mark.parametrize("dtype", training_step.DTYPES)
@pytest.mark.parametrize("name", training_step.PEERS)
def test_a_peer_takes_the_same_steps(name, dtype, request):
    if "JAX" in name:
        request.getfixturevalue("jax_after")
    elif name in MODULES:
        peer(MODULES[name])
    data = params, X, Y = training_step.problem(3, 5, 40, dtype)
    theirs = training_step.PEERS[name](*data)(4)
    training_step.check_same(
        name, params, training_step.shallowlib(*data)(4), theirs, dtype
    )


def test_the_products_by_jax_are_those_two(jax_after):
    params, X, Y = training_step.problem(3, 5, 40, np.float64)
    W1, *_ = training_step.jax_products(params, X, Y)(1)
    change = (params.W1 - np.asarray(W1)) / 1e-9
    assert np.allclose(
        change, training_step.products(params, X, Y)(1), rtol=1e-5, atol=1e-5
    )


def test_a_peer_that_takes_other_steps_ends_the_measurement():
    data = params, X, Y = training_step.problem(3, 5, 40, np.float64)
    ours = training_step.shallowlib(*data)
    with pytest.raises(
        SystemExit, match="a peer does not take the same steps: expected .* got"
    ):
        training_step.check_same("a peer", params, ours(4), ours(5), np.float64)
    with pytest.raises(SystemExit, match="does not take the same steps"):
        training_step.check_same(
            "a peer that stands still", params, ours(4), params, np.float32
        )


def test_the_limit_is_the_two_products_and_g():
    params, X, Y = training_step.problem(3, 5, 40, np.float64)
    seen = []
    dW1 = training_step.products(
        params, X, Y, g=lambda Z, out: (seen.append(Z.copy()), np.tanh(Z, out=out))
    )(2)
    assert np.allclose(seen[0], params.W1 @ X) and len(seen) == 2
    assert np.allclose(dW1, np.tanh(params.W1 @ X) @ X.T)


def test_without_the_difference_of_the_products_what_is_left_is_compared():
    taken = {
        "JAX compiled": [6.0],
        "shallowlib": [10.0],
        "products": [7.0],
        "products by JAX": [3.0],
    }
    assert training_step.same_products(taken) == [1.0]


def test_the_memory_of_train_is_counted_in_arrays_of_the_hidden_layer():
    assert (
        1
        < training_step.peak_in_hidden_arrays(
            *training_step.problem(8, 64, 4000, np.float64)
        )
        < 2.5
    )


def test_loops_and_matrices_are_compared_at_every_m():
    section = vectorizing.measure(examples=(1, 3), pairs=2)
    assert [found.more["m"] for found in section.rows] == [1, 3]


def test_an_exponent_is_the_slope_in_logarithms():
    sizes = np.array([1, 10, 100, 1000])
    assert growth.exponent(sizes, 7 * sizes**2.0) == pytest.approx(2)


def test_growth_is_measured_in_time_and_in_memory():
    section = growth.measure(
        over={"m": (10, 20, 40), "n_h": (2, 4, 8), "steps": (1, 2, 4)}, rounds=2
    )
    assert {(found.more["cost"], found.more["part"]) for found in section.rows} == {
        (cost, part) for cost in ("time", "memory") for part in ("upper", "all")
    }
    assert growth.peak(lambda: np.zeros(10**6)) == pytest.approx(8e6, rel=0.01)


def test_an_unknown_section_is_refused():
    with pytest.raises(
        SystemExit, match="expected sections of training-step, .* got speed"
    ):
        bench.main("speed")


def test_the_book_has_the_sections_that_it_draws_from():
    found = json.loads(bench.MEASUREMENTS.read_text(encoding="utf-8"))["sections"]
    assert set(found) == set(bench.SECTIONS)


def test_what_the_measurement_of_the_build_changes_is_there(tmp_path):
    for name, pattern in (
        (build.PROSE, build.BEFORE_PROSE),
        (build.CELL, build.BEFORE_CELL),
        (build.LIBRARY, build.BEFORE_LIBRARY),
    ):
        file = tmp_path / "file"
        text = (build.ROOT / name).read_text(encoding="utf-8")
        file.write_text(text, encoding="utf-8")
        build.changed(file, pattern, "new\n")
        assert len(file.read_text(encoding="utf-8")) == len(text) + 4
    with pytest.raises(SystemExit, match="has nothing like"):
        build.changed(file, "^no such line", "new")


def test_shorter_contents_hold_the_first_chapters(tmp_path):
    (tmp_path / "_toc.yml").write_text((build.ROOT / "_toc.yml").read_text())
    import yaml

    contents = yaml.safe_load(
        (tmp_path / build.shorter_contents(tmp_path, 6)).read_text()
    )
    assert (
        sum(len(part["chapters"]) for part in contents["parts"] if part.get("numbered"))
        == 6
    )


def test_bytes_are_counted_as_they_travel(tmp_path, monkeypatch):
    monkeypatch.setattr(page, "SITE", tmp_path)
    (tmp_path / "a.css").write_text("a {}" * 1000)
    (tmp_path / "a.woff2").write_bytes(b"x" * 1000)
    page.size.cache_clear()
    assert (
        page.size("/a.css?v=1") < 100
        and page.size("/a.woff2") == 1000
        and page.size("/none") == 0
    )
    page.size.cache_clear()

"""Runs on disk: they come back bit for bit, and no other file passes for one."""

import io
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest

from shallowlib import (
    ACTIVATIONS,
    OUTPUTS,
    Activation,
    DivergedError,
    LeakyReLU,
    OutputUnit,
    Parameters,
    Run,
    half_squared_error,
    identity,
    linear,
    load,
    logistic,
    save,
    tanh,
    train,
)

FIELDS = {"W1", "b1", "W2", "b2", "g1", "output", "costs", "format"}
NOT_A_RUN = "is no run saved by shallowlib, or is damaged|is not a run saved by shallowlib|holds no usable run"


def identical(run, other):
    """The same bits, dtypes and functions."""
    arrays = [(*r.params, r.costs) for r in (run, other)]
    return (run.g1, run.output) == (other.g1, other.output) and all(
        (a.dtype, a.shape, a.tobytes()) == (b.dtype, b.shape, b.tobytes())
        for a, b in zip(*arrays, strict=True)
    )


def a_run(g1=tanh, output=logistic, n_costs=9):
    """A run of odd numbers: subnormal, huge, minus zero."""
    W1 = np.array([[0.1, -0.0, 5e-324], [1e308, np.pi, -7.0]])
    return Run(
        Parameters(W1, W1[:, :1] / 3, W1[:1, :2].copy(), W1[:1, 2:]),
        np.linspace(1, 0, n_costs),
        g1,
        output,
    )


@pytest.fixture
def path(tmp_path):
    return tmp_path / "run.npz"


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_run_comes_back_bit_for_bit(path, problem, g1, output, dtype):
    params, X, Y = problem(g1, output, dtype=dtype)
    run = train(params, X, Y, g1, output, alpha=0.1, steps=3)
    save(path, run)
    back = load(path)
    assert identical(back, run)
    assert isinstance(back, Run) and isinstance(back.params, Parameters)
    assert (back.g1, back.output) == (ACTIVATIONS[g1.name], OUTPUTS[output.name])
    np.testing.assert_array_equal(back.predict(X), run.predict(X))


def test_odd_numbers_come_back_and_saving_changes_nothing(path):
    run = a_run()
    for array in (*run.params, run.costs):
        array.flags.writeable = False
    save(path, run)
    assert identical(load(path), a_run())


def test_the_run_of_a_diverged_training_can_be_saved(path):
    params = Parameters(*(np.full((1, 1), 1e200) for _ in range(4)))
    with pytest.raises(DivergedError) as raised:
        train(params, [[1.0]], [[0.0]], identity, linear, alpha=1, steps=1)
    save(path, raised.value.run)
    assert identical(load(path), raised.value.run)
    assert load(path).costs.shape == (0,)


def test_the_path_may_be_text_and_is_used_as_it_stands(tmp_path):
    save(str(tmp_path / "my run"), a_run())
    assert [file.name for file in tmp_path.iterdir()] == ["my run"]
    assert identical(load(str(tmp_path / "my run")), a_run())


def test_saving_again_replaces_the_file(path):
    save(path, a_run(n_costs=3))
    save(path, a_run(n_costs=500))
    assert load(path).costs.shape == (500,)


def test_a_write_that_fails_half_way_leaves_the_file_there_as_it_was(path, monkeypatch):
    def half(self, data):
        with self.open("wb") as file:
            file.write(data[:100])
        raise OSError("no space left")

    save(path, a_run())
    before = path.read_bytes()
    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(OSError, match="no space left"):
        save(path, a_run(n_costs=500))
    assert path.read_bytes() == before


def test_every_truncated_file_is_refused(path):
    save(path, a_run())
    whole = path.read_bytes()
    for length in [*range(0, len(whole), 13), len(whole) - 1]:
        path.write_bytes(whole[:length])
        with pytest.raises(ValueError, match=NOT_A_RUN):
            load(path)


def test_a_file_with_a_flipped_byte_is_refused_or_still_gives_the_very_run(path):
    save(path, a_run())
    whole = path.read_bytes()
    refused = 0
    for place in range(0, len(whole), 7):
        path.write_bytes(
            whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        )
        try:
            assert identical(
                load(path), a_run()
            )  # a byte that says nothing of the run: a date, say
        except ValueError as error:
            assert str(path) in str(error)
            refused += 1
    assert refused > len(whole) / 7 / 2


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"(2000,)", b"(1000,)"), (b"(2000,)", b"(9999,)"), (b"'<f8'", b"'<f4'")],
    ids=repr,
)
def test_damage_that_would_make_numpy_read_less_or_more_is_refused(path, old, new):
    save(path, a_run(n_costs=2000))
    head, middle, tail = path.read_bytes().partition(b"costs.npy")
    assert old in tail
    path.write_bytes(head + middle + tail.replace(old, new, 1))
    with pytest.raises(ValueError, match="wrong checksum|CRC"):
        load(path)


def test_damage_in_how_the_archive_is_packed_is_refused(path):
    save(path, a_run())
    whole = path.read_bytes()
    entry = whole.index(b"PK\x01\x02")
    for place, value in (
        (8, 1),
        (8, 32),
        (8, 64),
        (10, 99),
        (6, 200),
    ):  # encrypted, patched, unknown packing
        path.write_bytes(
            whole[: entry + place] + bytes([value]) + whole[entry + place + 1 :]
        )
        with pytest.raises(ValueError, match=NOT_A_RUN):
            load(path)


class Bomb:
    """Unpickling it would fail the test."""

    def __reduce__(self):
        return pytest.fail, ("a pickle was executed",)


def bytes_of(write, *args, **kwargs):
    buffer = io.BytesIO()
    write(buffer, *args, **kwargs)
    return buffer.getvalue()


def npz(**changes):
    """The bytes of a saved run with some arrays replaced; None leaves one out."""
    arrays = a_run().params._asdict() | {
        "format": "shallowlib run 1",
        "g1": "tanh",
        "output": "logistic",
    }
    arrays |= {"costs": np.ones(3)} | changes
    return bytes_of(
        np.savez, **{name: array for name, array in arrays.items() if array is not None}
    )


def zip_of(names):
    """A .zip with entries of the right names that hold no arrays."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, b"1")
    return buffer.getvalue()


BOMB = np.array([[Bomb()]], dtype=object)
FOREIGN = {
    "empty": b"",
    "text": b"W1 = 1\n",
    "npy": bytes_of(np.save, np.ones((2, 2))),
    "pickle": pickle.dumps(Bomb()),
    "pickled-npy": bytes_of(np.save, BOMB),
    "pickled-npz": npz(W1=BOMB),
    "pickled-name": npz(g1=BOMB),
    "other-npz": bytes_of(np.savez, a=np.ones(3)),
    "empty-npz": bytes_of(np.savez),
    "zip": zip_of(["readme.txt"]),
    "zip-of-our-names": zip_of(FIELDS),
    "missing-array": npz(b2=None),
    "array-too-many": npz(W3=np.ones((1, 1))),
    "other-format": npz(format="shallowlib run 2"),
    "unknown-activation": npz(g1="swish"),
    "unknown-output": npz(output="softmax"),
    "name-is-a-number": npz(g1=3.0),
    "misfitting": npz(b1=np.ones((5, 1))),
    "transposed": npz(W2=np.ones((2, 1))),
    "nan": npz(W1=np.full((2, 3), np.nan)),
    "complex": npz(W1=np.ones((2, 3), complex)),
    "text-array": npz(W1=[["a"] * 3] * 2),
    "costs-matrix": npz(costs=np.ones((3, 1))),
    "costs-text": npz(costs=["a", "b"]),
}


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN)
def test_a_foreign_file_is_refused_and_nothing_in_it_is_executed(path, content):
    path.write_bytes(content)
    with pytest.raises(ValueError, match=NOT_A_RUN) as raised:
        load(path)
    assert str(path) in str(raised.value)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (
            npz(format="shallowlib run 2"),
            f"{sorted(FIELDS)} in format 'shallowlib run 2'",
        ),
        (bytes_of(np.savez, a=np.ones(3)), "['a'] in format 'None'"),
    ],
    ids=["format", "arrays"],
)
def test_the_refusal_of_another_format_says_what_was_expected_and_what_was_found(
    path, content, found
):
    path.write_bytes(content)
    with pytest.raises(ValueError) as raised:
        load(path)
    assert str(raised.value) == (
        f"{path} is not a run saved by shallowlib: expected {sorted(FIELDS)} in format 'shallowlib run 1', got {found}"
    )


def test_a_file_made_by_hand_from_the_right_arrays_is_a_run(path):
    path.write_bytes(npz())
    assert identical(load(path), Run(a_run().params, np.ones(3), tanh, logistic))


def test_a_missing_file_is_named_as_missing(path):
    with pytest.raises(FileNotFoundError, match="run.npz"):
        load(path)


class Nameless(Activation):
    """Has no name at all."""


class Impostor(Activation):
    """Another function under a registered name."""

    name = "tanh"


REFUSED = {
    "slope": (
        a_run(g1=LeakyReLU(0.2)),
        r"g1 must be one of sigmoid, .* to be saved: got LeakyReLU\(slope=0.2\)",
    ),
    "nameless": (
        a_run(g1=Nameless()),
        "g1 must be one of sigmoid, .* to be saved: got <.*Nameless",
    ),
    "impostor": (
        a_run(g1=Impostor()),
        "g1 must be one of sigmoid, .* to be saved: got <.*Impostor",
    ),
    "output": (
        a_run(output=OutputUnit("logistic", identity, half_squared_error)),
        "output must be one of logistic, linear to be saved: got OutputUnit",
    ),
}


@pytest.mark.parametrize(("run", "message"), REFUSED.values(), ids=REFUSED)
def test_a_function_of_your_own_is_refused_and_the_file_there_is_left_alone(
    path, run, message
):
    save(path, a_run())
    before = path.read_bytes()
    with pytest.raises(ValueError, match=f"^{message}"):
        save(path, run)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    "wrong", [None, a_run().params, {"params": 1}], ids=["none", "params", "dict"]
)
def test_only_a_run_can_be_saved(path, wrong):
    with pytest.raises(
        TypeError, match="^run must be of type Run, such as what train returns: got"
    ):
        save(path, wrong)
    assert not path.exists()


def test_a_save_that_fails_leaves_nothing_beside_it(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(OSError):
        save(folder, a_run())
    assert list(tmp_path.iterdir()) == [folder]


def test_a_file_of_yours_with_the_name_of_a_part_is_left_alone(path):
    own = path.with_name(path.name + ".part")
    own.write_text("mine")
    save(path, a_run())
    assert own.read_text() == "mine"


@pytest.mark.parametrize("costs", [None, [1, 2], np.ones((2, 2)), np.array([np.nan])])
def test_costs_that_load_would_refuse_are_not_saved(path, costs):
    run = a_run()
    with pytest.raises(ValueError, match="^costs must be"):
        save(path, Run(run.params, costs, run.g1, run.output))
    assert not path.exists()


def test_a_compressed_file_is_refused_before_it_is_unpacked(path):
    np.savez_compressed(path, costs=np.zeros(10))
    with pytest.raises(
        ValueError, match="is damaged: it is compressed, which save never does$"
    ):
        load(path)

"""The package as a whole: what importing it loads, what it offers."""

import importlib
import inspect
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import shallowlib

OPTIONAL = {"matplotlib", "sympy", "tqdm"}
MODULES = sorted(
    path.stem for path in Path(shallowlib.__file__).parent.glob("[a-z]*.py")
)


def loaded_by(code):
    """Which of NumPy and the optional packages a fresh Python has loaded after the code."""
    report = "\nimport json; print(json.dumps([shallowlib.__file__, *sys.modules]))"
    run = subprocess.run(
        [
            sys.executable,
            "-W",
            "error",
            "-c",
            "import sys, shallowlib\n" + code + report,
        ],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path(shallowlib.__file__).parents[1])},
    )
    assert run.stderr == ""
    file, *names = json.loads(run.stdout.splitlines()[-1])
    assert file == shallowlib.__file__
    return set(names) & {"numpy", *OPTIONAL}


TRAIN = """
import numpy as np
params = shallowlib.initialize(1, 1, 1, np.random.default_rng(0))
data = shallowlib.datasets.sine(5, np.random.default_rng(0))
shallowlib.datasets.breast_cancer()
shallowlib.train(params, *data, shallowlib.tanh, shallowlib.linear, alpha=0.1, steps=2{})
"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("", set()),
        (TRAIN.format(""), set()),
        (TRAIN.format(", progress=True"), {"tqdm"}),
        ("shallowlib.proof.prove", {"sympy"}),
        ("shallowlib.plots.plot_costs", {"matplotlib"}),
    ],
    ids=["import", "train", "progress", "proof", "plots"],
)
def test_only_what_is_asked_for_is_loaded(code, expected):
    assert loaded_by(code) == {"numpy"} | expected


@pytest.mark.parametrize("name", ["animation", "plots", "proof"])
def test_modules_with_needs_of_their_own_load_on_first_use(monkeypatch, name):
    module = importlib.import_module(f"shallowlib.{name}")
    monkeypatch.delattr(shallowlib, name)
    assert getattr(shallowlib, name) is module


def test_an_unknown_attribute_is_an_error_that_names_it():
    with pytest.raises(
        AttributeError, match="module 'shallowlib' has no attribute 'backpropagate'"
    ):
        shallowlib.backpropagate


def test_every_public_name_is_there_once_and_every_registered_function_is_public():
    assert all(hasattr(shallowlib, name) for name in shallowlib.__all__)
    assert len(set(shallowlib.__all__)) == len(shallowlib.__all__)
    assert set(shallowlib.ACTIVATIONS) | set(shallowlib.OUTPUTS) <= set(
        shallowlib.__all__
    )


@pytest.mark.parametrize("module", MODULES)
def test_every_module_and_its_public_functions_say_what_they_are(module):
    module = importlib.import_module(f"shallowlib.{module}")
    assert module.__doc__
    for name, thing in vars(module).items():
        if (
            callable(thing)
            and getattr(thing, "__module__", "") == module.__name__
            and not name.startswith("_")
        ):
            assert thing.__doc__, name


def test_nothing_in_an_equation_has_a_default_and_knobs_must_be_named():
    parameters = {
        name: inspect.signature(getattr(shallowlib, name)).parameters.values()
        for name in ("forward", "backward", "cost", "step", "train", "initialize")
    }
    for name in ("forward", "backward", "cost", "step"):
        assert all(p.default is p.empty for p in parameters[name]), name
    for name, knobs in (
        ("train", {"alpha", "steps", "progress"}),
        ("initialize", {"weights", "dtype"}),
    ):
        assert {p.name for p in parameters[name] if p.kind is p.KEYWORD_ONLY} == knobs

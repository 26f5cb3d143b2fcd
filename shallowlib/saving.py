"""Runs on disk: .npz files of plain arrays and names, never of code."""

import io
import os
import zipfile
from pathlib import Path

import numpy as np

from shallowlib._checks import check_instance, check_parameters
from shallowlib.activations import ACTIVATIONS
from shallowlib.losses import OUTPUTS
from shallowlib.network import Parameters
from shallowlib.training import Run

FORMAT = "shallowlib run 1"
FIELDS = {"format", "g1", "output", "costs", *Parameters._fields}


def save(path, run):
    """Write the run to path, whole or not at all.

    The activation and the output unit are saved by name. Raises ValueError
    for one that is not the registered one (a LeakyReLU with a slope of your
    own, say), whose name would bring back another function, and for
    parameters or costs that :func:`load` would refuse.
    """
    check_instance("run", run, Run, "what train returns")
    for kind, thing, registry in (
        ("g1", run.g1, ACTIVATIONS),
        ("output", run.output, OUTPUTS),
    ):
        if registry.get(getattr(thing, "name", None)) != thing:
            raise ValueError(
                f"{kind} must be one of {', '.join(registry)} to be saved: "
                f"got {thing!r}"
            )
    params, costs = check_parameters(run.params), check_costs(run.costs)
    buffer = io.BytesIO()
    np.savez(
        buffer,
        format=FORMAT,
        g1=run.g1.name,
        output=run.output.name,
        costs=costs,
        **params._asdict(),
    )
    path = Path(path)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(buffer.getvalue())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def check_costs(costs):
    """costs is a row of finite floats; returned as it came."""
    costs = np.asarray(costs)
    if costs.ndim != 1 or costs.dtype.kind != "f":
        raise ValueError(f"costs must be a row of floats: got {costs!r}")
    if not np.isfinite(costs).all():
        raise ValueError(f"costs must be finite: got {costs!r}")
    return costs


def load(path):
    """The run that :func:`save` wrote to path, bit for bit.

    Raises FileNotFoundError where there is no file, ValueError for a file
    that is damaged, was not written by :func:`save`, or holds Python
    objects.
    """
    data = Path(path).read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            if any(entry.compress_type for entry in file.infolist()):
                raise ValueError("it is compressed, which save never does")
            if damaged := file.testzip():  # NumPy may not read that far
                raise ValueError(f"wrong checksum of {damaged}")
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            found = {name: np.asarray(file[name]) for name in file.files}
    except Exception as error:  # zipfile and NumPy fail in many ways
        raise ValueError(
            f"{path} is no run saved by shallowlib, or is damaged: {error}"
        ) from error
    if set(found) != FIELDS or str(found["format"]) != FORMAT:
        raise ValueError(
            f"{path} is not a run saved by shallowlib: "
            f"expected {sorted(FIELDS)} in format {FORMAT!r}, "
            f"got {sorted(found)} in format {str(found.get('format'))!r}"
        )
    try:
        params = check_parameters(
            Parameters(*(found[name] for name in Parameters._fields))
        )
        g1 = ACTIVATIONS[str(found["g1"])]
        output = OUTPUTS[str(found["output"])]
        costs = check_costs(found["costs"])
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path} holds no usable run: {error}") from error
    return Run(params, costs, g1, output)

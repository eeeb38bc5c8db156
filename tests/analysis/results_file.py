"""Writes results files in the format of docs/reference/results_file.md, for tests that have no simulator."""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np

AXES = ("run", "round", "agent", "condition", "condition_round", "degree", "lag")


def write_results(
    path: Path, variables: dict[str, tuple[tuple[str, ...], np.ndarray]], conditions: list[str], **attributes
) -> Path:
    """variables: name -> (axes, values); axes lengths follow from them. attributes: those of `/provenance`, and `format`,
    `format_version`, `title` of the root."""
    lengths = {axis: size for axes, values in variables.values() for axis, size in zip(axes, np.shape(values))}
    text = h5py.string_dtype("utf-8")
    with h5py.File(path, "w", libver=("earliest", "v108")) as file:
        for name, default in (
            ("format", "commonweal-results"),
            ("format_version", np.int32(1)),
            ("title", "made by a test"),
        ):
            file.attrs[name] = attributes.pop(name, default)
        for axis in AXES:
            if axis == "condition":
                file.create_dataset(axis, data=np.array(conditions, dtype=object), dtype=text).make_scale(axis)
            elif axis in lengths:
                start = 0 if axis in ("run", "agent") else 1
                file.create_dataset(axis, data=np.arange(start, start + lengths[axis], dtype=np.int32)).make_scale(axis)
        for name, (axes, values) in variables.items():
            dataset = file.create_dataset(name, data=values)
            dataset.attrs["units"], dataset.attrs["long_name"] = "tokens", name
            for position, axis in enumerate(axes):
                dataset.dims[position].attach_scale(file[axis])
        group = file.create_group("provenance")
        defaults = {
            "configuration": "[session]\n",
            "version": "0",
            "commit": "0",
            "subjects": "synthetic: made by a test",
            "citation": "none",
        }
        for name, value in (defaults | attributes).items():
            group.attrs[name] = value
    return path


def laboratory_variables(
    contribution: np.ndarray, group: np.ndarray, session: np.ndarray, session_condition: np.ndarray
) -> dict:
    """contribution, group: [run, round, agent]; session: [agent]; session_condition: [round, agent]."""
    return {
        "contribution": (("run", "round", "agent"), contribution.astype(np.float32)),
        "group": (("run", "round", "agent"), group.astype(np.int32)),
        "session": (("agent",), session.astype(np.int32)),
        "subject": (("agent",), np.concatenate([np.arange(count) for count in np.bincount(session)]).astype(np.int32)),
        "session_condition": (("round", "agent"), session_condition.astype(np.int8)),
    }

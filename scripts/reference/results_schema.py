"""docs/reference/results_schema.md: what is in a results file, read from files that the program has just written."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import h5py

from reference.markdown import code, escaped, page, table
from reference.program import commonweal

INTRODUCTION = """\
Every variable of a results file: its type, its axes, its unit and what it says of itself (`long_name`). This page is written
by `scripts/reference_pages.py` from files that the program has just written, one of each kind, with all recorded that can be.
[The results file](results_file.md) tells how a file is laid out and defines what needs a formula."""

SMALL = ("replicates=2", "instances=1")
KINDS: dict[str, tuple[str, ...]] = {
    "A laboratory": ("experiments/fowler_christakis_2010", "record.agents=true", "record.cascade=true"),
    "People on a network": (
        "scenarios/watts_cascade",
        "network.agents=40",
        "network.mean_degree=8",
        "session.rounds=3",
        "record.agents=true",
        "record.cascade=true",
        "record.adoption=true",
    ),
    "Ties that change": ("experiments/rand_2011", "record.agents=true"),
    "Strategies": ("experiments/sasaki_2012", "session.agents=100", "session.rounds=50", "record.agents=true"),
    "A service": ("scenarios/better_response", "network.agents=400", "session.rounds=4", "record.agents=true"),
}
"""Kind of file; a scenario of that kind, with the values that record all there is and keep it small."""


def written_type(data: h5py.Dataset) -> str:
    return "text" if h5py.check_string_dtype(data.dtype) else str(data.dtype)


def axes(data: h5py.Dataset) -> str:
    """The names of the axes, in the order of the file; a coordinate is its own axis."""
    if data.is_scale:
        return data.name.lstrip("/")
    return ", ".join(scale.name.lstrip("/") for dimension in data.dims for scale in dimension.values())


def attribute(data: h5py.Dataset, name: str) -> str:
    value = data.attrs.get(name, "")
    return value.decode() if isinstance(value, bytes) else str(value)


def datasets(group: h5py.Group) -> Iterator[h5py.Dataset]:
    for name in sorted(group):
        if isinstance(group[name], h5py.Group):
            yield from datasets(group[name])
        else:
            yield group[name]


def rows(file: h5py.File) -> Iterator[list[str]]:
    """A row for each variable, the coordinates of the axes first."""
    for data in sorted(datasets(file), key=lambda one: (not one.is_scale, one.name)):
        name = data.name.lstrip("/")
        yield [
            code(name),
            "coordinate" if data.is_scale else "variable",
            written_type(data),
            axes(data),
            escaped(attribute(data, "units")),
            escaped(attribute(data, "long_name")),
        ]


def rows_of(words: tuple[str, ...], folder: Path) -> list[list[str]]:
    """The rows of the file that a scenario writes."""
    output = folder / "results.h5"
    commonweal("run", *words, *SMALL, "-o", str(output))
    with h5py.File(output) as file:
        found = list(rows(file))
    output.unlink()
    return found


def write() -> str:
    with tempfile.TemporaryDirectory() as folder:
        found = {kind: rows_of(words, Path(folder)) for kind, words in KINDS.items()}
    common = [row for row in found["A laboratory"] if all(row in other for other in found.values())]
    head = ["name", "is a", "type", "axes", "unit", "meaning"]
    sections = ["## In every file\n\n" + table(head, common)]
    for kind, words in KINDS.items():
        own = [row for row in found[kind] if row not in common]
        command = code(f"commonweal run {' '.join(words)} -o results.h5")
        sections.append(f"## {kind}\n\nAs {command} writes it.\n\n" + table(head, own))
    return page("Variables of results files", INTRODUCTION, sections)

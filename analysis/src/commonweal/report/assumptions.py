"""Assumptions with sources and ranges, what is not modelled, and what a report is good for: data/assumptions.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class Assumption:
    text: str
    source: str
    range: str


@dataclass(frozen=True)
class Caveats:
    assumptions: list[Assumption]
    not_modelled: list[str]
    use_for: list[str]
    do_not_use_for: list[str]


def caveats_of(said: str, subjects: str) -> Caveats:
    """said: the resolved configuration and what regimes and worlds set, as one text. subjects: where the people come from."""
    table = tomllib.loads(files("commonweal").joinpath("data/assumptions.toml").read_text(encoding="utf-8"))
    chosen = [
        Assumption(one["text"], one["source"], one["range"])
        for one in table["assumption"]
        if not one["when"] or any(word in said for word in one["when"])
    ]
    if subjects:
        chosen.append(Assumption(f"The people: {subjects}.", "the provenance of the results", "one kind of people per world"))
    return Caveats(chosen, table["not_modelled"]["texts"], table["use"]["for"], table["use"]["not_for"])

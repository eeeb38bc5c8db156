"""Assumptions with sources and ranges, what is not modelled, and what a report is good for: data/assumptions.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
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


def caveats_of(said: str, subjects: str, settings: dict[str, str], tried: dict[str, list[str]]) -> Caveats:
    """said: the resolved configuration and what regimes and worlds set, as one text. subjects: where the people come from.

    settings: the resolved configuration by key. tried: key -> the values that axes and worlds of the comparison gave it.
    """
    table = tomllib.loads(files("commonweal").joinpath("data/assumptions.toml").read_text(encoding="utf-8"))
    chosen = [
        Assumption(one["text"], _source(one, settings), _range(one, tried))
        for one in table["assumption"]
        if not one["when"] or any(word in said for word in one["when"])
    ]
    if subjects:
        chosen.append(Assumption(f"The people: {subjects}.", "the provenance of the results", "one kind of people per world"))
    return Caveats(chosen, table["not_modelled"]["texts"], table["use"]["for"], table["use"]["not_for"])


def _source(entry: dict, settings: dict[str, str]) -> str:
    """With the values that the configuration gives the kinds of agents."""
    told = [
        f"{key} = {value}"
        for key, value in settings.items()
        if any(fnmatchcase(key, f"agents.*.{word}") for word in entry.get("values", []))
    ]
    return f"{entry['source']}: {', '.join(told)}" if told else entry["source"]


def _range(entry: dict, tried: dict[str, list[str]]) -> str:
    told = [
        f"{key} = {', '.join(values)}"
        for key, values in tried.items()
        if any(fnmatchcase(key, pattern) for pattern in entry.get("keys", []))
    ]
    rest = f"tried: {'; '.join(told)}" if told else entry.get("untried", "")
    return "; ".join(part for part in (entry["range"], rest) if part)

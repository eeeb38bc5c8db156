"""What a store tells besides its runs: what the regimes and worlds change, and how it was made."""

from __future__ import annotations

import json
import shlex
import tomllib
from dataclasses import dataclass
from pathlib import Path

KINDS = ("regime", "world")


@dataclass(frozen=True)
class Change:
    """One value that a regime or world sets, beside the one it has without."""

    kind: str
    name: str
    key: str
    value: str
    base: str


@dataclass(frozen=True)
class Origin:
    """changes: of every regime and world. known: names whose tables were found, by kind. question, expected: comments that open
    the scenario. command: that makes the store again; empty where the store does not tell. seeds: as they are in the
    scenario."""

    changes: list[Change]
    known: dict[str, tuple[str, ...]]
    question: str
    expected: str
    command: str
    seeds: dict[str, int]


def origin_of(folder: Path, configuration: str) -> Origin:
    """From manifest.json of the folder, and the resolved configuration of its first cell. What is not there stays empty."""
    scenario, file, overrides = _manifest(folder)
    tables, resolved = _toml(scenario), flat(_toml(configuration))
    changes = [
        Change(kind, name, key, value, resolved.get(key, "-"))
        for kind in KINDS
        for name, table in _tables(tables, kind).items()
        for key, value in flat(table).items()
    ]
    command = shlex.join(["commonweal", "compare", Path(file).name, *overrides, "-o", folder.name]) if file else ""
    seeds = {key: int(value) for key, value in _toml(configuration).get("seed", {}).items() if isinstance(value, int)}
    known = {kind: tuple(_tables(tables, kind)) for kind in KINDS}
    return Origin(changes, known, _comment(scenario, "Question"), _comment(scenario, "Expect"), command, seeds)


def flat(table: dict, prefix: str = "") -> dict[str, str]:
    """Nested tables as key.key -> value; each table of a list is named by its `kind`, else by its place."""
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found |= flat(value, f"{prefix}{key}.") or {f"{prefix}{key}": "{}"}
        elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            for place, one in enumerate(value, 1):
                label = str(one.get("name", one.get("kind", place)))
                found |= flat({name: part for name, part in one.items() if name != "kind"}, f"{prefix}{key}.{label}.") or {
                    f"{prefix}{key}.{label}": "with its defaults"
                }
        else:
            found[f"{prefix}{key}"] = _text(value)
    return found


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _manifest(folder: Path) -> tuple[str, str, list[str]]:
    """Scenario text, its file and the values of the command line, of the last generation of the design."""
    try:
        generation = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["generations"][-1]
        return (
            str(generation["scenario"]),
            str(generation.get("file", "")),
            [str(one) for one in generation.get("overrides", [])],
        )
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return "", "", []


def _toml(text: str) -> dict:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}


def _tables(tables: dict, kind: str) -> dict[str, dict]:
    found = tables.get(kind, {})
    return {name: table for name, table in found.items() if isinstance(table, dict)} if isinstance(found, dict) else {}


def _comment(scenario: str, word: str) -> str:
    """What the opening comment says after the word; lines that go on are indented further."""
    taken: list[str] = []
    for line in scenario.splitlines():
        if not line.startswith("#  " if taken else "#"):
            break
        text = line.lstrip("#").strip()
        if taken:
            taken.append(text)
        elif text.startswith(f"{word}:"):
            taken = [text[len(word) + 1 :].strip()]
    return " ".join(taken)

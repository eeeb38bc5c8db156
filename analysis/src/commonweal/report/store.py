"""What a store tells besides its runs: what the regimes and worlds change, and how it was made."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

KINDS = ("regime", "world")
HEADER = re.compile(r"\[\[?(regime|world)\.([A-Za-z0-9_-]+)")


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
    scenario. data: names of the files that were read, such as networks; without their folders. settings: the
    resolved configuration by key. own: what the scenario and the command line set for all regimes and worlds. words: what the
    comments above a regime or world say of it, by kind and name."""

    changes: list[Change]
    known: dict[str, tuple[str, ...]]
    question: str
    expected: str
    command: str
    seeds: dict[str, int]
    data: tuple[str, ...] = ()
    settings: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def told(self) -> bool:
        """Whether the store has a scenario."""
        return bool(self.own or self.changes)

    def settings_in(self, regime: str, world: str) -> dict[str, str]:
        """Values that the scenario, the command line, the regime and then the world set; without defaults."""
        found = dict(self.own)
        for kind, name in (("regime", regime), ("world", world)):
            found |= {one.key: set_value(one) for one in self.changes if (one.kind, one.name) == (kind, name)}
        return found


@dataclass(frozen=True)
class _Manifest:
    """Of the last generation of the design: the scenario's text and its file, the files that followed it on the command line,
    and the values that followed those. data: of all generations."""

    scenario: str = ""
    file: str = ""
    more: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()
    data: tuple[str, ...] = ()


def set_value(change: Change) -> str:
    """Without the word that it comes from the command line."""
    return change.value.partition(" (command line")[0]


def origin_of(folder: Path, configuration: str) -> Origin:
    """From manifest.json of the folder, and the resolved configuration of its first cell. What is not there stays empty."""
    made = _manifest(folder)
    tables, resolved = _toml(made.scenario), flat(_toml(configuration))
    changes, known = [], {}
    for kind in KINDS:
        told = {name: flat(table) for name, table in _tables(tables, kind).items()}
        told = _overridden(kind, told, made.overrides)
        known[kind] = tuple(told)
        changes += [
            Change(kind, name, key, value, resolved.get(key, "-"))
            for name, values in told.items()
            for key, value in values.items()
        ]
    seeds = {key: int(value) for key, value in _toml(configuration).get("seed", {}).items() if isinstance(value, int)}
    question, expected = (_comment(made.scenario, word) for word in ("Question", "Expect"))
    own, words = _own(tables, made.overrides), _words(made.scenario)
    return Origin(changes, known, question, expected, _command(made, folder), seeds, made.data, resolved, own, words)


def _overridden(kind: str, told: dict[str, dict[str, str]], overrides: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """What regimes or worlds set, with the values of the command line beside those of the file. The last of a key counts."""
    last = dict(override.split("=", 1) for override in overrides if override.startswith(f"{kind}.") and "=" in override)
    found = {name: dict(values) for name, values in told.items()}
    for path, text in last.items():
        _, name, *rest = path.split(".")
        if not rest:
            continue
        key, value, own = ".".join(rest), _written(text), found.setdefault(name, {})
        if own.get(key) != value:
            own[key] = f"{value} (command line; file: {own[key]})" if key in own else f"{value} (command line)"
        own.pop(key.rpartition(".")[0], None)  # that a policy has its defaults
    return found


def _own(tables: dict, overrides: tuple[str, ...]) -> dict[str, str]:
    """What is set for all regimes and worlds."""
    own = flat({key: value for key, value in tables.items() if key not in (*KINDS, "sweep")})
    pairs = (override.split("=", 1) for override in overrides if "=" in override)
    return own | {key: _written(text) for key, text in pairs if key.partition(".")[0] not in KINDS}


def _words(scenario: str) -> dict[tuple[str, str], str]:
    """The comment right above the first table of a regime or world: what it asks and expects, else all of it."""
    found: dict[tuple[str, str], str] = {}
    lines: list[str] = []
    for line in scenario.splitlines():
        if line.startswith("#"):
            lines = [] if line.startswith("#--") else [*lines, line]
            continue
        if (header := HEADER.match(line)) and lines:
            found.setdefault((header[1], header[2]), _in_words(lines))
        lines = []
    return found


def _in_words(lines: list[str]) -> str:
    text = "\n".join(lines)
    asked, expected = (_comment(text, word) for word in ("Question", "Expect"))
    if not asked and not expected:
        return " ".join(line.lstrip("#").strip() for line in lines)
    told = f"Expected: {expected}" if expected else ""
    return " ".join(part for part in (_capital(asked), told) if part)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _written(text: str) -> str:
    """A value of the command line as `flat` shows it: a TOML value, or a plain word."""
    table = _toml(f"value = {text}")
    return flat(table).get("value", text) if len(table) == 1 else text


def _command(made: _Manifest, folder: Path) -> str:
    """The command that makes the store again: the scenario, the files that follow it, the values that follow those."""
    if not made.file:
        return ""
    more = [Path(word).name if Path(word).is_absolute() else word for word in made.more]
    return shlex.join(["commonweal", "compare", Path(made.file).name, *more, *made.overrides, "-o", folder.name])


def flat(table: dict, prefix: str = "") -> dict[str, str]:
    """Nested tables as key.key -> value; each table of a list is named by its `label`, else its `kind`, else its place."""
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found |= flat(value, f"{prefix}{key}.") or {f"{prefix}{key}": "{}"}
        elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            for place, one in enumerate(value, 1):
                label = str(one.get("label", one.get("kind", place)))
                told = {name: part for name, part in one.items() if name != "label" and (name != "kind" or "label" in one)}
                found |= flat(told, f"{prefix}{key}.{label}.") or {f"{prefix}{key}.{label}": "with its defaults"}
        else:
            found[f"{prefix}{key}"] = _text(value)
    return found


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _manifest(folder: Path) -> _Manifest:
    """Empty where the folder has none, or one of another form."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        generation = manifest["generations"][-1]
        return _Manifest(
            scenario=str(generation["scenario"]),
            file=str(generation.get("file", "")),
            more=tuple(str(one) for one in generation.get("more", [])),
            overrides=tuple(str(one) for one in generation.get("overrides", [])),
            data=tuple(sorted({Path(str(one)).name for one in manifest.get("inputs", {})})),
        )
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return _Manifest()


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

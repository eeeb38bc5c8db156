"""The kinds of policies that regimes use, with the values of their parameters: data/policies.toml has words and defaults."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from importlib.resources import files

from .assumptions import Assumption

COMMON = ("kind", "label")
Settings = Callable[[str, str], Mapping[str, str]]


def policy_assumptions(
    regimes: tuple[str, ...], worlds: tuple[str, ...], settings: Settings, tried: dict[str, list[str]]
) -> list[Assumption]:
    """One line for each kind in use. settings: of a regime in a world. tried: key -> the values that axes and worlds give."""
    known = _known()
    used: dict[str, dict[str, list[str]]] = {}
    names: dict[str, set[str]] = {}
    for regime in regimes:
        for name, own in _policies(settings(regime, worlds[0])).items():
            kind = own.get("kind", name)
            if kind in known:
                values = known[kind]["defaults"] | {key: value for key, value in own.items() if key not in COMMON}
                used.setdefault(kind, {}).setdefault(_told(values), []).append(regime)
                names.setdefault(kind, set()).add(name)
    return [
        Assumption(f"{kind}: {known[kind]['summary']}", _source(kind, told, len(regimes)), _range(names[kind], tried))
        for kind, told in sorted(used.items())
    ]


def _known() -> dict[str, dict]:
    table = tomllib.loads(files("commonweal").joinpath("data/policies.toml").read_text(encoding="utf-8"))
    return {
        kind: one | {"defaults": {key: _text(value) for key, value in one["defaults"].items()}} for kind, one in table.items()
    }


def _policies(values: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Label, or kind -> what is set of it."""
    found: dict[str, dict[str, str]] = {}
    for key, value in values.items():
        section, _, rest = key.partition(".")
        name, _, word = rest.partition(".")
        if section == "policy" and name:
            found.setdefault(name, {}).update({word: value} if word else {})
    return found


def _told(values: dict[str, str]) -> str:
    return ", ".join(f"{key} = {value}" for key, value in values.items()) or "no parameters of its own"


def _source(kind: str, told: dict[str, list[str]], regimes: int) -> str:
    """The values, and of which regimes they are where not of all."""
    parts = [values if len(some) == regimes else f"{', '.join(dict.fromkeys(some))}: {values}" for values, some in told.items()]
    return f"{'; '.join(parts)} (chosen, not measured, unless `commonweal describe {kind}` names a source)"


def _range(names: set[str], tried: dict[str, list[str]]) -> str:
    told = [
        f"{key} = {', '.join(values)}" for key, values in tried.items() if any(f"policy.{name}." in f"{key}." for name in names)
    ]
    return f"tried: {'; '.join(told)}" if told else "no other values tried"


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

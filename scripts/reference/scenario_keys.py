"""docs/reference/scenario_keys.md: every section and key of a scenario file, from the program's own JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reference.markdown import code, escaped, page, table
from reference.program import schema

INTRODUCTION = """\
A scenario is a TOML file. Every key may also be set on the command line, as `section.key=value`. What the sections are for:
[how-to pages](../how-to/index.md). Written by `scripts/reference_pages.py` from `commonweal config schema`; `commonweal
describe SECTION` prints the same.

A key without a default has to be set where its section is used, unless its text says otherwise. A number without a unit is a
share, a count or a factor, as its text says."""

MODEL_PAGES = {
    ("network", "kind"): "networks",
    ("sanction", "rule"): "sanctions",
    ("update", "rule"): "updates",
    ("policy", "kind"): "policies",
    ("agents", "behavior"): "behaviors",
    ("agents", "strategy"): "strategies",
    ("subjects", "kind"): "subjects",
}
"""The key that names a model, and the page of docs/models that has its parameters."""

HEADINGS = {"agents": "[agents.NAME]", "policy": "[[policy]]", "regime": "[regime.NAME]", "world": "[world.NAME]"}
"""Of sections that are tables by name, or lists."""

HEAD = ["key", "type", "allowed", "unit", "default", "meaning"]
TYPES = {"integer": "whole number", "number": "number", "boolean": "true or false", "string": "text", "array": "list of texts"}


def tables_of(section: dict) -> Iterator[dict]:
    """The tables that a section may be: alternatives are several, a list or a table by name is of the tables in it."""
    for form in section.get("oneOf", [section]):
        if form.get("type") == "array":
            yield from tables_of(form["items"])
        elif "properties" in form:
            yield form
        elif isinstance(form.get("additionalProperties"), dict):
            yield from tables_of(form["additionalProperties"])


def number(value: float) -> str:
    """A number as one writes it: whole ones without a point."""
    if value is True or value is False:
        return str(value).lower()
    return str(int(value)) if value == int(value) and abs(value) < 1e16 else repr(value)


def allowed(key: dict) -> str:
    """What a key takes, besides its type."""
    if "enum" in key:
        return ", ".join(code(word) for word in key["enum"] if word)
    if "minimum" in key and "maximum" in key:
        return f"{number(key['minimum'])} to {number(key['maximum'])}"
    if "minimum" in key:
        return f"{number(key['minimum'])} and more"
    return ""


def default(key: dict) -> str:
    value = key.get("default")
    if value is None:
        return "none"
    if isinstance(value, str):
        return code(f'"{value}"')
    if isinstance(value, list):
        return code("[" + ", ".join(f'"{word}"' for word in value) + "]")
    return code(number(value))


def row(name: str, key: dict) -> list[str]:
    text, unit = re.fullmatch(r"(.*?)(?: \[([^\]]+)\])?", key.get("description", ""), re.DOTALL).groups()
    kind = "one of" if "enum" in key else TYPES[key["type"]]
    return [code(name), kind, allowed(key), unit or "", default(key), escaped(text)]


def models_of(name: str, form: dict) -> Iterator[str]:
    """Which models a table may name, each with the keys that it adds."""
    for key, target in MODEL_PAGES.items():
        if key[0] != name or key[1] not in form["properties"]:
            continue
        own = set(form["properties"])
        rows = []
        for case in form.get("allOf", []):
            model = case["if"]["properties"][key[1]]["const"]
            keys = [other for other in case["then"].get("properties", {}) if other not in own]
            rows.append([f"[{code(model)}](../models/{target}.md#{model})", ", ".join(map(code, keys)) or "none"])
        yield f"Further keys, which the model named by {code(key[1])} brings:\n\n" + table([key[1], "its keys"], rows)


def key_row(section: str, name: str, key: dict) -> list[str]:
    """The row of a key; one that names a model is told apart, since its models follow in a table of their own."""
    if (section, name) in MODEL_PAGES:
        return [code(name), "one of", "the models below", "", "none", escaped(key["description"])]
    return row(name, key)


def section_text(name: str, section: dict) -> str:
    forms = list(tables_of(section))
    keys = {key: value for form in reversed(forms) for key, value in form["properties"].items()}
    ordered = dict.fromkeys(key for form in forms for key in form["properties"])
    description = section.get("description") or section["oneOf"][0]["description"]
    parts = [f"## {code(HEADINGS.get(name, f'[{name}]'))}", escaped(f"{description[0].upper()}{description[1:]}.")]
    if keys:
        parts.append(table(HEAD, [key_row(name, key, keys[key]) for key in ordered]))
    parts += dict.fromkeys(text for form in forms for text in models_of(name, form))
    if name == "sweep":
        parts.append(
            "Every other table in it has the name of a section, and in it the keys that vary with the values they take; "
            "see [Design a sweep](../how-to/design_a_sweep.md)."
        )
    return "\n\n".join(part.strip() for part in parts)


def write() -> str:
    study = schema()
    tables = {name: value for name, value in study["properties"].items() if value.get("type") not in TYPES}
    top = [row(name, value) for name, value in study["properties"].items() if name not in tables]
    opening = "## At the top of the file\n\n" + table(HEAD, top)
    required = ", ".join(code(name) for name in study["required"])
    return page(
        "Scenario keys",
        f"{INTRODUCTION} Every scenario needs {required}.",
        [opening, *(section_text(name, value) for name, value in tables.items())],
    )

"""docs/reference/configurations.md: every file of configs/ with its question, and which of them use a model."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator

from reference.markdown import code, escaped, page, table
from reference.program import ROOT

INTRODUCTION = """\
Every file of `configs/` opens with its question, with what to expect, and with its source. This page is written by
`scripts/reference_pages.py` from these comments. All of the files are run by the project's tests."""

FOLDERS = {
    "experiments": ("Published experiments and models", "commonweal run {}"),
    "scenarios": ("Scenarios", "commonweal run {}"),
    "sweeps": ("Sweeps and comparisons", "commonweal sweep {} -o DIR"),
    "regimes": ("Regimes", "commonweal compare STUDY {} -o DIR"),
    "worlds": ("Worlds", "commonweal compare STUDY {} -o DIR"),
    "templates": ("Templates of your own scenarios", "commonweal config init {}"),
}
"""Folder, heading, and the command that uses one of its files."""

USES = {
    ("network", "kind"): "networks",
    ("sanction", "rule"): "sanctions",
    ("update", "rule"): "updates",
    ("subjects", "kind"): "subjects",
    ("agents", "behavior"): "behaviors",
    ("agents", "strategy"): "strategies",
    ("policy", "kind"): "policies",
}
"""Section and key that name a model, and the page of docs/models that has it."""


def leading_comment(text: str) -> list[str]:
    """The lines of the comment that a file opens with, without their signs."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line[1:].removeprefix(" "))
    return lines


def paragraphs(lines: list[str]) -> Iterator[str]:
    """The comment as Markdown: a label begins a paragraph, and lines that are set in more deeply stay lines."""
    paragraph: list[str] = []
    block: list[str] = []
    for line in [*lines, "End: "]:
        deep = line.startswith("    ")
        label = re.match(r"[A-Z][A-Za-z ]*: ", line)
        if block and not deep:
            yield "```text\n" + "\n".join(block) + "\n```"
            block = []
        if paragraph and (deep or label):
            yield " ".join(paragraph)
            paragraph = []
        if deep:
            block.append(line.strip())
        elif label:
            paragraph = [f"**{label[0].strip()}** {escaped(line[label.end() :])}"]
        else:
            paragraph.append(escaped(line.strip()))


def tables_in(part: object) -> Iterator[dict]:
    """The tables of a section: itself, those of a list, and those by name."""
    for table_or_value in part if isinstance(part, list) else [part]:
        if isinstance(table_or_value, dict):
            yield table_or_value
            yield from (value for value in table_or_value.values() if isinstance(value, dict))


def models_in(study: dict) -> Iterator[tuple[str, str]]:
    """(page of docs/models, model) of everything that a file names, in its regimes and worlds too."""
    for (section, key), target in USES.items():
        for one in tables_in(study.get(section)):
            if isinstance(one.get(key), str):
                yield target, one[key]
    for sets in ("regime", "world"):
        for one in study.get(sets, {}).values():
            yield from models_in(one)


def made_by(study: dict) -> str:
    """What a file of regimes or worlds adds to a comparison: names that need not be that of the file."""
    made = []
    for kind in ("regime", "world"):
        names = [code(name) for name in study.get(kind, {})]
        if names:
            made.append(f"the {kind}{'s' if len(names) > 1 else ''} {', '.join(names)}")
    return f"Makes {' and '.join(made)}." if made else ""


def link(target: str, model: str) -> str:
    return f"[{code(model)}](../models/{target}.md#{model})"


def write() -> str:
    sections = []
    users: dict[tuple[str, str], list[str]] = defaultdict(list)
    for folder, (heading, command) in FOLDERS.items():
        sections.append(f"## {heading}")
        for file in sorted((ROOT / "configs" / folder).rglob("*.toml")):
            name = file.relative_to(ROOT / "configs").with_suffix("").as_posix()
            word = file.stem if folder == "templates" else name
            text = file.read_text(encoding="utf-8")
            content = tomllib.loads(text)
            models = dict.fromkeys(models_in(content))
            for model in models:
                users[model].append(name)
            lines = [f"### {code(name)}"]
            if "title" in content:
                lines.append(f"{escaped(content['title'])}.")
            lines += paragraphs(leading_comment(text))
            lines.append(f"[The file](../../configs/{name}.toml), {code(command.format(word))}.")
            if made := made_by(content):
                lines.append(made)
            if models:
                lines.append("Models: " + ", ".join(link(*model) for model in models) + ".")
            sections.append("\n\n".join(lines))
    rows = [[link(*model), ", ".join(f"[{code(file)}](#{anchor(file)})" for file in users[model])] for model in sorted(users)]
    sections.append("## Which files use a model\n\n" + table(["model", "files"], rows))
    return page("Configurations", INTRODUCTION, sections)


def anchor(heading: str) -> str:
    """The anchor that a code host and the site give to the heading of a file."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")

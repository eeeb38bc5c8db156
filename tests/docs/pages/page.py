"""A page as a list of what a reader meets: blocks, prose, and the markers (HTML comments) that tell the runner what to do."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from markdown_it import MarkdownIt

# What stands before a block and is about it, and what stands for itself.
OF_A_BLOCK = ("file", "added to", "run with", "not run", "exit code", "output", "tolerance", "of the full run")
ON_ITS_OWN = ("given", "copy", "value", "full value", "not checked")
FORMS = {
    "exit code": r"\d+( or \d+)*",
    "output": r"stdout|stderr|both",
    "tolerance": r"[\d.]+( %)?( or [\d.]+( %)?)?",
}
COMMANDS = ("sh", "bash", "console")
PROGRAMS = ("python", "r")


@dataclass(frozen=True)
class Marker:
    """`<!-- name: text -->`."""

    name: str
    text: str
    line: int


@dataclass
class Block:
    """A fenced or indented block. `language` is "" when none is said, and `indented` of the second kind: a formula."""

    language: str
    content: str
    line: int
    markers: dict[str, Marker] = field(default_factory=dict)

    def says(self, name: str) -> str | None:
        return self.markers[name].text if name in self.markers else None

    @property
    def runs(self) -> bool:
        """Whether it is executed. A file is written and not executed, whatever its language."""
        return self.language in (*COMMANDS, *PROGRAMS) and not self.markers.keys() & {"not run", "file", "added to"}


@dataclass(frozen=True)
class Prose:
    """Running text without code spans, link targets and markup."""

    text: str
    code: str
    line: int


@dataclass
class Page:
    name: str  # as messages say it
    items: list[Block | Prose | Marker] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def blame(self, line: int, what: str) -> None:
        self.problems.append(f"{self.name}:{line}: {what}")

    @property
    def blocks(self) -> list[Block]:
        return [item for item in self.items if isinstance(item, Block)]


class _Comments(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []

    def handle_comment(self, data: str) -> None:
        self.found.append((self.getpos()[0] - 1, data.strip()))


def read_page(path: Path, name: str = "") -> Page:
    """Parses a page, and notes as `problems` what nobody could execute: unmarked blocks, unknown or stray markers."""
    page, pending = Page(name or str(path)), []
    for token in MarkdownIt("commonmark").enable("table").parse(path.read_text(encoding="utf-8")):
        line = token.map[0] + 1 if token.map else 0
        if token.type == "html_block":
            pending += _markers(page, token.content, line)
        elif token.type in ("fence", "code_block"):
            _add_block(page, token, line, pending)
            pending = []
        elif token.type == "inline":
            _blame_stray(page, pending)
            pending = []
            _add_prose(page, token, line)
    _blame_stray(page, pending)
    _check_blocks(page)
    return page


def _markers(page: Page, html: str, line: int) -> list[Marker]:
    """Adds the markers that stand for themselves to the page; returns those of the block that follows."""
    parser, of_block = _Comments(), []
    parser.feed(html)
    parser.close()
    for offset, comment in parser.found:
        name, colon, text = comment.partition(":")
        marker = Marker(name.strip(), text.strip(), line + offset)
        if not colon:
            continue
        if marker.name in ON_ITS_OWN:
            page.items.append(marker)
        elif marker.name in OF_A_BLOCK:
            of_block.append(marker)
        elif near := difflib.get_close_matches(marker.name.lower(), [*OF_A_BLOCK, *ON_ITS_OWN], n=1, cutoff=0.75):
            page.blame(marker.line, f"unknown marker '{marker.name}' (did you mean '{near[0]}'?)")
    return of_block


def _add_block(page: Page, token, line: int, pending: list[Marker]) -> None:
    language = token.info.strip().split()[0] if token.info.strip() else ""
    if language.startswith("{"):  # a directive of the site's generator
        _blame_stray(page, pending)
        return
    language = "indented" if token.type == "code_block" else language.lower()
    page.items.append(Block(language, token.content, line, {marker.name: marker for marker in pending}))


def _add_prose(page: Page, token, line: int) -> None:
    text, code = [], []
    for child in token.children or []:
        if child.type == "code_inline":
            code.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            text.append(" ")
        elif child.type == "html_inline":
            _blame_stray(page, _markers(page, child.content, line))
        elif child.type == "text":
            text.append(child.content)
    page.items.append(Prose("".join(text), " ".join(code), line))


def _blame_stray(page: Page, markers: list[Marker]) -> None:
    for marker in markers:
        page.blame(marker.line, f"marker '{marker.name}' does not stand directly before a block")


def _check_blocks(page: Page) -> None:
    last: Block | None = None  # what an output would be the output of
    seen = ""
    for item in page.items:
        if isinstance(item, Prose):
            seen += f"{item.text} {item.code} "
        if not isinstance(item, Block):
            continue
        for name, marker in item.markers.items():
            if not marker.text:
                page.blame(marker.line, f"marker '{name}' says nothing")
            elif name in FORMS and not re.fullmatch(FORMS[name], marker.text):
                page.blame(marker.line, f"marker '{name}' says '{marker.text}', which is not of the form {FORMS[name]}")
        if problem := _problem_of(item, last, seen):
            page.blame(item.line, problem)
        last = item if item.runs or ("not run" in item.markers and item.language in (*COMMANDS, *PROGRAMS)) else None


def _problem_of(block: Block, last: Block | None, seen: str) -> str:
    if "not run" in block.markers:
        return ""
    if name := block.says("file") or block.says("added to"):
        return "" if name in seen else f"no text before this block tells the reader to write a file '{name}'"
    if block.runs:
        return ""
    if block.language == "text":
        return "" if last else "a `text` block that is no output of the block before: mark it <!-- not run: why --> or file"
    if block.language == "indented":
        return "an indented block with a command: commands are fenced" if "commonweal " in block.content else ""
    if not block.language:
        return "a block without a language: sh or console for commands, text for outputs, or another with a marker"
    return f"unmarked `{block.language}` block: mark it <!-- file: NAME --> or <!-- not run: why -->"

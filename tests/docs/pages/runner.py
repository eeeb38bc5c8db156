"""Plays a page as a reader would, from top to bottom in one empty folder, and compares what it says with what happens."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import jmespath

from .output import ANYTHING, Tolerance, difference, number_of, tolerance_of
from .page import COMMANDS, Block, Marker, Page
from .session import Done, Session, has_r

EXAMPLE = "example_results.h5"
SIMULATOR = re.compile(r"(commonweal (?:run|sweep|compare|analyze|report|reproduce) +)((?!-)\S+)")


@dataclass
class Account:
    """What was done with a page. `not_run` and `reduced`: line and reason."""

    blocks: int = 0
    outputs: int = 0
    values: int = 0
    not_run: list[tuple[int, str]] = field(default_factory=list)
    reduced: list[tuple[int, str]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


class Runner:
    """full: nothing is reduced, and everything that a page quotes is compared. show: called with what each block prints."""

    def __init__(self, page: Page, session: Session, root: Path, *, full: bool = False, show=None):
        self.page, self.session, self.root, self.full, self.show = page, session, root, full, show
        self.account = Account()
        self.printed: str | None = None  # by the block before; None: it was not executed
        self.is_reduced = False  # whether the block before was

    def run(self) -> Account:
        """Stops at the first block that fails: all that follows would fail with it."""
        items = self.page.items
        if any(EXAMPLE in block.content for block in self.page.blocks if block.language in ("python", "r")):
            shutil.copy(self.root / "docs/data" / EXAMPLE, self.session.folder)
        for at, item in enumerate(items):
            if isinstance(item, Marker):
                fine = self._marker(item)
            elif isinstance(item, Block):
                later = [other for other in items[at + 1 :] if isinstance(other, Block)]
                fine = self._block(item, later[0] if later and later[0].language == "text" else None)
            else:
                continue
            if not fine:
                break
        return self.account

    def _fail(self, line: int, what: str) -> bool:
        self.account.failures.append(f"{self.page.name}:{line}: {what}")
        return False

    # -- markers that stand for themselves

    def _marker(self, marker: Marker) -> bool:
        if marker.name == "copy":
            source = self.root / marker.text
            if not source.is_file():
                return self._fail(marker.line, f"there is no {marker.text} to copy")
            shutil.copy(source, self.session.folder)
        elif marker.name == "given":
            done = self.session.shell(marker.text)
            if done.code != 0:
                return self._fail(marker.line, f"what is given fails with exit code {done.code}:\n{done.out}{done.errors}")
        elif marker.name in ("value", "full value"):
            self._value(marker)
        return True

    def _value(self, marker: Marker) -> None:
        """`value: 0.46 = FILE.json: JMESPATH` or `value: 0.46 = $ COMMAND that prints a number`."""
        quoted, _, where = (part.strip() for part in marker.text.partition("="))
        try:
            wanted = number_of(quoted.removesuffix("%").strip())
            found = self._look_up(where)
        except (ValueError, TypeError, OSError, jmespath.exceptions.JMESPathError) as error:
            self._fail(marker.line, f"the value '{quoted}' cannot be looked up: {error}")
            return
        self.account.values += 1
        decimals = len(quoted.removesuffix("%").strip().partition(".")[2])
        if marker.name == "full value" and not self.full:
            return
        if abs(found - wanted) > 0.5000001 * 10.0**-decimals:
            self._fail(marker.line, f"the text says {quoted}; it is {found}")

    def _look_up(self, where: str) -> float:
        if where.startswith("$ "):
            done = self.session.shell(where[2:])
            if done.code != 0:
                raise ValueError(f"exit code {done.code}: {done.errors}")
            return number_of(done.out.strip())
        name, _, path = where.partition(":")
        found = jmespath.search(path, json.loads((self.session.here / name.strip()).read_text(encoding="utf-8")))
        return float(found)

    # -- blocks

    def _block(self, block: Block, output: Block | None) -> bool:
        if reason := block.says("not run"):
            self.account.not_run.append((block.line, reason))
            self.printed = None
        elif name := block.says("file"):
            self._write(self.session.here / name, block.content)
        elif name := block.says("added to"):
            path = self.session.here / name
            if not path.is_file():
                return self._fail(block.line, f"there is no {name} to which this could be added")
            self._write(path, f"{path.read_text(encoding='utf-8')}\n{block.content}")
        elif block.language == "text":
            return self._compare(block)
        elif block.runs:
            return self._execute(block, output)
        return True

    def _write(self, path: Path, content: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        self.printed = None

    def _execute(self, block: Block, output: Block | None) -> bool:
        if block.language == "r" and not has_r():
            if os.environ.get("COMMONWEAL_REQUIRE_READERS") == "1":
                return self._fail(block.line, "R is not installed (scripts/setup.sh --with-readers)")
            self.account.not_run.append((block.line, "R is not installed"))
            self.printed = None
            return True
        source = block.content
        change = block.says("run with")
        self.is_reduced = change is not None and not self.full
        if self.is_reduced:
            self.account.reduced.append((block.line, change))
            try:
                source = changed(source, change)
            except ValueError as error:
                return self._fail(block.line, str(error))
        stream = (output.says("output") if output else None) or "stdout"
        if block.language == "console":
            return self._console(block, source)
        if block.language in COMMANDS:
            done = self.session.shell(source, stream)
        else:
            done = self.session.program(block.language, source)
        self.printed = done.out
        return self._judge(block, done)

    def _judge(self, block: Block, done: Done) -> bool:
        self.account.blocks += 1
        if self.show:
            self.show(block, done)
        allowed = [int(code) for code in (block.says("exit code") or "0").split(" or ")]
        if done.code not in allowed:
            told = "".join(f"\n  {line}" for line in (done.out + done.errors).splitlines()[-30:])
            wanted = " or ".join(map(str, allowed))
            return self._fail(block.line, f"exit code {done.code}, not {wanted}, of\n{block.content}{told}")
        return True

    def _console(self, block: Block, source: str) -> bool:
        """`$ command`, and below it what it prints. A block of commands only says nothing about outputs."""
        entries: list[tuple[str, list[str]]] = []
        for line in source.splitlines():
            if line.startswith("$ "):
                entries.append((line[2:], []))
            elif not entries:
                return self._fail(block.line, "a console block begins with `$ command`")
            elif entries[-1][0].endswith("\\") and not entries[-1][1]:
                entries[-1] = (f"{entries[-1][0]}\n{line}", [])
            else:
                entries[-1][1].append(line)
        quotes = any(lines for _, lines in entries)
        for command, lines in entries:
            done = self.session.shell(command, "both")
            if not self._judge(block, done):
                return False
            if quotes and (told := difference("\n".join(lines), done.out, self._tolerance(block))):
                self._fail(block.line, f"$ {command}\n{told}")
            self.account.outputs += quotes
        self.printed = None
        return True

    def _tolerance(self, block: Block) -> Tolerance | None:
        if self.is_reduced:
            return ANYTHING
        text = block.says("tolerance")
        return tolerance_of(text) if text else None

    def _compare(self, block: Block) -> bool:
        if self.printed is None:
            self.account.not_run.append((block.line, "the output of a block that is not run"))
            return True
        if self.account.reduced and (reason := block.says("of the full run")):
            self.account.reduced.append((block.line, f"not compared: {reason}"))
            return True
        self.account.outputs += 1
        if told := difference(block.content, self.printed, self._tolerance(block)):
            self._fail(block.line, f"another output\n{told}")
        return True


def changed(source: str, change: str) -> str:
    """The block with what its marker `run with` says: parts separated by `; `, each `NEW for OLD`, or words that are added
    to the commands of the simulator behind the first word. Raises ValueError when there is nothing to change."""
    for part in change.split("; "):
        new, told, old = (word.strip() for word in part.partition(" for "))
        before = source
        source = source.replace(old, new) if told else SIMULATOR.sub(rf"\1\2 {new}", source)
        if source == before:
            raise ValueError(f"`run with: {part}` changes nothing in this block")
    return source

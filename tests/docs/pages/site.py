"""Which pages there are, and which of them other scripts make and check."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PLACES = ("*.md", "docs/**/*.md", "analysis/*.md", "benchmarks/*.md", "configs/**/*.md", "packaging/**/*.md", "tests/docs/*.md")
NO_PAGES = ("CHANGELOG.md",)
# In the first lines: written by a script, which also checks the page, or printed by the program, as another script checks.
GENERATED = re.compile(r"(?:written|generated) by\s+`((?:scripts|benchmarks)/[\w./]+)`", re.IGNORECASE)
NUMBERS_IN_PROSE = ("docs/tutorial/", "docs/teaching/")
PRINTED = re.compile(r"This page is what `(commonweal [^`]+)` prints")


def page_names(root: Path = ROOT) -> list[str]:
    found = {path.relative_to(root).as_posix() for place in PLACES for path in root.glob(place)}
    return sorted(found.difference(NO_PAGES))


def maker_of(path: Path, root: Path = ROOT) -> str:
    """What makes a page, as its first lines say: a script, or a command of the program; "" for a page that people write."""
    head = "\n".join(path.read_text(encoding="utf-8").splitlines()[:12])
    if printed := PRINTED.search(head):
        return printed[1]
    found = GENERATED.search(head)
    return found[1] if found and (root / found[1]).is_file() else ""


def checks_numbers(name: str) -> bool:
    return name.startswith(NUMBERS_IN_PROSE)

"""Text as it must stand in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def escaped(text: str) -> str:
    """Prose in which no character means anything to Markdown; names in backquotes stay code."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else re.sub(r"([\\*_<>\[\]|#~])", r"\\\1", part) for part in parts)


def code(text: str) -> str:
    """A name or value; in a table a bar would end the cell."""
    return f"`{text}`".replace("|", "\\|") if text else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose cells are Markdown already."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def page(title: str, introduction: str, sections: Iterable[str]) -> str:
    """A whole page: title, introduction, sections, one empty line between them."""
    return "\n\n".join([f"# {title}", introduction.strip(), *(section.strip() for section in sections)]) + "\n"

"""Plain text tables: numbers aligned, no colors unless a terminal wants them."""

from __future__ import annotations

import math
import os
import sys

WORD_COLORS = {"pass": "32", "FAIL": "31;1"}


def format_table(header: list[str], rows: list[list[str]]) -> str:
    """Columns as wide as their widest cell, the first left-aligned, the others right-aligned; a rule below the header."""
    cells = [header, *rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    lines = [_line(row, widths) for row in cells]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def _line(row: list[str], widths: list[int]) -> str:
    first, *rest = (
        cell.ljust(width) if column == 0 else cell.rjust(width) for column, (cell, width) in enumerate(zip(row, widths))
    )
    return "  ".join([first, *rest]).rstrip()


def number(value: float, digits: int = 3) -> str:
    """Fixed digits; `-` for NaN; no negative zero."""
    if value is None or math.isnan(value):
        return "-"
    text = f"{value:.{digits}f}"
    return text.lstrip("-") if float(text) == 0 else text


def interval(low: float, high: float, digits: int = 3) -> str:
    """`[low, high]`, or `-` if either is NaN."""
    return "-" if math.isnan(low) or math.isnan(high) else f"[{number(low, digits)}, {number(high, digits)}]"


def painted(text: str, stream=None) -> str:
    """`pass` and `FAIL` colored when the stream is a terminal and NO_COLOR is not set (no-color.org)."""
    stream = stream or sys.stdout
    if os.environ.get("NO_COLOR") or not stream.isatty():
        return text
    for word, color in WORD_COLORS.items():
        text = text.replace(word, f"\x1b[{color}m{word}\x1b[0m")
    return text

"""Compares what a page says that a command prints with what it prints."""

from __future__ import annotations

import difflib
import math
import re
from dataclasses import dataclass

NUMBER = r"[-+−]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?"
GAP = "..."
SHOWN = 40  # lines of a difference


@dataclass(frozen=True)
class Tolerance:
    """Numbers agree when they differ by at most `absolute` or `relative` times the quoted one."""

    absolute: float = 0.0
    relative: float = 0.0

    def agrees(self, quoted: float, printed: float) -> bool:
        return math.isclose(printed, quoted, rel_tol=0, abs_tol=max(self.absolute, self.relative * abs(quoted)) * (1 + 1e-9))


ANYTHING = Tolerance(absolute=math.inf)


def tolerance_of(text: str) -> Tolerance:
    """`0.01`, `5 %` or both with `or`. Raises ValueError for anything else."""
    absolute = relative = 0.0
    for part in text.split(" or "):
        number = float(part.strip().removesuffix("%"))
        if not (math.isfinite(number) and number > 0):
            raise ValueError(f"a tolerance of {part}")
        if part.strip().endswith("%"):
            relative = number / 100
        else:
            absolute = number
    return Tolerance(absolute, relative)


def number_of(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def difference(quoted: str, printed: str, tolerance: Tolerance | None = None) -> str:
    """"" when they agree, else a diff. A line `...` in the quoted text stands for any lines, `...` within a line for any
    text. Without a tolerance all else is compared exactly (but for spaces at ends of lines); with one, numbers are compared
    as numbers, and widths of columns are free."""
    wanted = [line.rstrip() for line in quoted.strip("\n").splitlines()]
    got = [line.rstrip() for line in printed.strip("\n").splitlines()]
    lines = [None if line.strip() == GAP else _Line(line, tolerance) for line in wanted]
    if _matches(lines, got):
        return ""
    told = list(difflib.unified_diff(wanted, got, "the page says", "the command prints", lineterm="", n=2))
    return "\n".join(told[:SHOWN] + ["(and so on)"] * (len(told) > SHOWN))


def _with_gaps(text: str) -> str:
    return ".*".join(re.escape(part) for part in text.split(GAP))


class _Line:
    """One quoted line as a pattern."""

    def __init__(self, text: str, tolerance: Tolerance | None):
        self.tolerance = tolerance
        self.numbers: list[float] = []
        if tolerance is None:
            pattern = _with_gaps(text)
        else:
            pattern = "".join(self._loose(part) for part in re.split(f"({NUMBER})", text.strip()))
        self.pattern = re.compile(pattern)

    def _loose(self, part: str) -> str:
        if re.fullmatch(NUMBER, part):
            self.numbers.append(number_of(part))
            return rf"\s*({NUMBER})"
        words = re.sub("--+", "--", part).split()
        joined = r"\s+".join(_with_gaps(word) for word in words).replace(r"\-\-", "--+")
        return (r"\s*" if part.startswith(" ") else "") + joined + (r"\s*" if part.endswith(" ") else "")

    def agrees(self, line: str) -> bool:
        found = self.pattern.fullmatch(line.strip() if self.tolerance else line)
        if not found:
            return False
        return all(self.tolerance.agrees(quoted, number_of(text)) for quoted, text in zip(self.numbers, found.groups()))


def _matches(wanted: list[_Line | None], got: list[str]) -> bool:
    """Whether the quoted lines cover the printed ones; None stands for any number of lines. reachable: how many printed lines
    the quoted lines up to here may have used."""
    reachable = {0}
    for line in wanted:
        if line is None:
            reachable = set(range(min(reachable), len(got) + 1)) if reachable else set()
        else:
            reachable = {at + 1 for at in reachable if at < len(got) and line.agrees(got[at])}
    return len(got) in reachable

"""How far a reproduction came, for somebody who stops it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from .simulator import OVERRIDES


@dataclass
class Progress:
    """folder: what `--out` names, or None. done: the variants that this call has simulated. writing: whether it has begun to
    write the table, the report and the figures."""

    folder: Path | None
    done: list[str] = field(default_factory=list)
    writing: bool = False

    def kept(self) -> str:
        """What a stopped reproduction leaves, and what the same command does then: it simulates all variants again."""
        if self.folder is None or not self.folder.is_dir():
            return "nothing is kept, and the same command starts again"
        files = f"{len(self.done)} of {len(OVERRIDES)} results files" if self.done else "no results file"
        others = "some of the table, the report and the figures" if self.writing else "no table, report or figure"
        earlier = (
            " (what is there is of an earlier call)" if not self.writing and (self.folder / "report.json").exists() else ""
        )
        return (
            f"{self.folder} has {files} of this call, and {others}{earlier}; the same command starts again from the beginning"
        )

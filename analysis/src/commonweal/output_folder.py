"""A folder of results that is ours: nothing half-written, nothing of others overwritten."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

from .errors import FOREIGN_OUTPUT, INPUT_OUTPUT, OutputError

MARKER = ".commonweal-output.json"


class OutputFolder:
    """A folder marked as the output of one command; the same command may write into it again.

    question: what was asked, name -> value, kept in the marker; a folder of another question is refused unless `replace`.
    None: any question may write again. A folder whose marker tells no question may be written, too.
    Raises OutputError with exit code 6 if the folder holds something else, 74 if it cannot be written.
    """

    def __init__(self, path: str | Path, owner: str, question: dict | None = None, *, replace: bool = False):
        self.path = Path(path)
        try:
            self._claim(owner)
            if question is not None:
                self._ask(owner, question, replace)
        except OSError as error:
            raise OutputError(f"{self.path}: cannot be written: {error.strerror or error}", INPUT_OUTPUT) from error

    def _claim(self, owner: str) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise OutputError(f"{self.path}: exists and is not a folder", FOREIGN_OUTPUT)
        self.path.mkdir(parents=True, exist_ok=True)
        marker = self.path / MARKER
        if marker.exists():
            found = _owner(marker)
            if found != owner:
                raise OutputError(f"{self.path}: belongs to {found!r}, not to {owner!r}; choose another folder", FOREIGN_OUTPUT)
        elif any(self.path.iterdir()):
            raise OutputError(
                f"{self.path}: not empty, and not written by `commonweal {owner}`; choose another folder",
                FOREIGN_OUTPUT,
            )
        else:
            self.write_text(MARKER, json.dumps({"owner": owner}) + "\n")

    def _ask(self, owner: str, question: dict, replace: bool) -> None:
        kept = _marked(self.path / MARKER).get("question")
        if kept == question:
            return
        if isinstance(kept, dict) and not replace:
            differ = ", ".join(
                f"{name.replace('_', '-')} {_said(kept.get(name))}, not {_said(question.get(name))}"
                for name in {**kept, **question}
                if kept.get(name) != question.get(name)
            )
            raise OutputError(f"{self.path}: exists, with {differ}; --force replaces it", FOREIGN_OUTPUT)
        self.write_text(MARKER, json.dumps({"owner": owner, "question": question}) + "\n")

    def write_bytes(self, name: str, content: bytes) -> Path:
        """Write beside the final name, then rename, so that a file is whole or absent."""
        final = self.path / name
        partial = final.with_name(final.name + ".partial")
        try:
            final.parent.mkdir(parents=True, exist_ok=True)
            with open(partial, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, final)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise OutputError(f"{final}: cannot be written: {error.strerror or error}", INPUT_OUTPUT) from error
        return final

    def write_text(self, name: str, content: str) -> Path:
        return self.write_bytes(name, content.encode("utf-8"))

    def write_csv(self, name: str, rows: list[dict]) -> Path:
        """Comma separated, one header line; columns in the order of the first row; NaN as an empty field."""
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({key: "" if value is None or value != value else value for key, value in row.items()})
        return self.write_text(name, buffer.getvalue())


def _owner(marker: Path) -> str:
    return str(_marked(marker).get("owner", "something unknown"))


def _marked(marker: Path) -> dict:
    """What the marker says; empty if that is no JSON object."""
    try:
        found = json.loads(marker.read_text(encoding="utf-8"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _said(value: object) -> str:
    return "none" if value is None else str(value)


def json_text(value: object) -> str:
    """Strict JSON, indented; NaN and infinities as null."""
    return json.dumps(_finite(value), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _finite(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _finite(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(part) for part in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    return value

"""Reading one row per subject and period from a delimited text file, with every fault told by file and line."""

from __future__ import annotations

import csv
import difflib
import math
from dataclasses import dataclass
from pathlib import Path

from .errors import INPUT_OUTPUT, DataError, ResultsError

DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Columns:
    """Names of the columns that say who gave what, when and with whom. `condition` may be None: a single treatment."""

    session: str
    round: str
    subject: str
    group: str
    contribution: str
    condition: str | None = None

    def by_role(self) -> dict[str, str]:
        roles = {
            "session": self.session,
            "round": self.round,
            "subject": self.subject,
            "group": self.group,
            "contribution": self.contribution,
        }
        return roles | ({"condition": self.condition} if self.condition is not None else {})


@dataclass(frozen=True)
class Observation:
    """One subject in one period. Labels are texts as in the file; `line` is where it stands (1 = header)."""

    line: int
    condition: str
    session: str
    subject: str
    period: int
    group: str
    contribution: float


def read_observations(path: str | Path, columns: Columns) -> list[Observation]:
    """The rows of the file in file order; only the named columns are read.

    Delimiter: comma, semicolon or tab, whichever the header line has most of; with semicolons `3,5` is read as 3.5.
    Raises ResultsError (exit code 74) if the file cannot be read, DataError (2) for a missing column, a wrong number of
    fields, an empty or non-numeric value, or a subject observed twice in a period.
    """
    path = Path(path)
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            return _parse(path, file, columns)
    except FileNotFoundError:
        raise ResultsError(f"{path}: no such file", INPUT_OUTPUT) from None
    except UnicodeDecodeError:
        raise DataError(f"{path}: not UTF-8 text") from None
    except csv.Error as error:
        raise DataError(f"{path}: not a delimited text file: {error}") from None
    except OSError as error:
        raise ResultsError(f"{path}: cannot be read: {error.strerror or error}", INPUT_OUTPUT) from error


def _parse(path, file, columns: Columns) -> list[Observation]:
    first = file.readline()
    if not first.strip():
        raise DataError(f"{path}: no header line")
    delimiter = max(DELIMITERS, key=first.count)
    file.seek(0)
    reader = csv.reader(file, delimiter=delimiter)
    header = [name.strip() for name in next(reader)]
    positions = {role: _position(path, header, role, name) for role, name in columns.by_role().items()}
    observations = []
    for fields in reader:
        if not fields:
            continue
        if len(fields) != len(header):
            raise DataError(f"{path}:{reader.line_num}: {len(fields)} fields; the header has {len(header)}")
        observations.append(_observation(path, reader.line_num, fields, positions, columns, delimiter))
    if not observations:
        raise DataError(f"{path}: a header and no rows")
    _refuse_duplicates(path, observations, columns)
    return observations


def _position(path, header: list[str], role: str, name: str) -> int:
    count = header.count(name)
    if count == 1:
        return header.index(name)
    if count > 1:
        raise DataError(f"{path}:1: {count} columns are named {name!r}")
    near = difflib.get_close_matches(name, header, n=1, cutoff=0.5)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    raise DataError(f"{path}: no column {name!r} (--{role}){hint} The columns are: {', '.join(header)}")


def _observation(path, line, fields, positions, columns, delimiter) -> Observation:
    def text(role: str) -> str:
        value = fields[positions[role]].strip()
        if not value:
            raise DataError(f"{path}:{line}: {columns.by_role()[role]} is empty; leave out the row of an absent subject")
        return value

    def number(role: str) -> float:
        value = text(role)
        try:
            parsed = float(value.replace(",", ".") if delimiter == ";" and "." not in value else value)
        except ValueError:
            raise DataError(f"{path}:{line}: {columns.by_role()[role]} is {value!r}; it must be a number") from None
        if not math.isfinite(parsed):
            raise DataError(f"{path}:{line}: {columns.by_role()[role]} is {value}; it must be a finite number")
        return parsed

    period = number("round")
    if not (period.is_integer() and abs(period) < 2**31):
        raise DataError(f"{path}:{line}: {columns.round} is {text('round')}; it must be a whole number")
    condition = text("condition") if columns.condition is not None else ""
    return Observation(line, condition, text("session"), text("subject"), int(period), text("group"), number("contribution"))


def _refuse_duplicates(path, observations: list[Observation], columns: Columns) -> None:
    seen: dict[tuple, int] = {}
    for row in observations:
        key = (row.condition, row.session, row.subject, row.period)
        if key in seen:
            hint = "" if columns.condition else " (if the file holds several treatments, name their column with --condition)"
            raise DataError(
                f"{path}:{row.line}: subject {row.subject} of session {row.session} appears twice in period {row.period}; "
                f"first in line {seen[key]}{hint}"
            )
        seen[key] = row.line

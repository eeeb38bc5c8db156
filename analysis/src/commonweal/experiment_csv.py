"""Reading one row per subject and period from a delimited text file, with every fault told by file and line."""

from __future__ import annotations

import csv
import itertools
import math
from dataclasses import dataclass
from pathlib import Path

from .errors import INPUT_OUTPUT, DataError, ResultsError
from .nearest import nearest

DELIMITERS = ",;\t"
MANY_VALUES = 20


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


@dataclass(frozen=True)
class Table:
    """The rows of a file in file order.

    others: the columns that nobody named, as texts, a value for each observation; without those of more than MANY_VALUES
    different values, which are measurements. header: the names of all columns.
    """

    observations: list[Observation]
    others: dict[str, list[str]]
    header: list[str]

    def of_condition(self, condition: str) -> Table:
        """The rows of one condition."""
        kept = [row.condition == condition for row in self.observations]
        others = {name: list(itertools.compress(values, kept)) for name, values in self.others.items()}
        return Table(list(itertools.compress(self.observations, kept)), others, self.header)


def read_table(path: str | Path, columns: Columns) -> Table:
    """The rows of the file.

    Delimiter: comma, semicolon or tab, whichever the header line has most of; with semicolons `3,5` is read as 3.5.
    Raises ResultsError (exit code 74) if the file cannot be read, DataError (2) for a missing column, a wrong number of
    fields, an empty or non-numeric value. Whether the rows make an experiment is for `mixtures` and `panel` to say.
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


def _parse(path, file, columns: Columns) -> Table:
    first = file.readline()
    if not first.strip():
        raise DataError(f"{path}: no header line")
    delimiter = max(DELIMITERS, key=first.count)
    file.seek(0)
    reader = csv.reader(file, delimiter=delimiter)
    header = [name.strip() for name in next(reader)]
    positions = {role: _position(path, header, role, name) for role, name in columns.by_role().items()}
    observations, others = [], _Others(header, set(positions.values()))
    for fields in reader:
        if not fields:
            continue
        if len(fields) != len(header):
            raise DataError(f"{path}:{reader.line_num}: {len(fields)} fields; the header has {len(header)}")
        observations.append(_observation(path, reader.line_num, fields, positions, columns, delimiter))
        others.add(fields)
    if not observations:
        raise DataError(f"{path}: a header and no rows")
    return Table(observations, others.values, header)


class _Others:
    """Collects the columns that nobody named; a name that stands twice is collected once."""

    def __init__(self, header: list[str], named: set[int]):
        self._positions = {name: place for place, name in enumerate(header) if place not in named and name}
        self.values: dict[str, list[str]] = {name: [] for name in self._positions}
        self._different: dict[str, dict[str, str]] = {name: {} for name in self._positions}

    def add(self, fields: list[str]) -> None:
        for name, values in list(self.values.items()):
            text, different = fields[self._positions[name]].strip(), self._different[name]
            values.append(different.setdefault(text, text))
            if len(different) > MANY_VALUES:
                del self.values[name]


def _position(path, header: list[str], role: str, name: str) -> int:
    count = header.count(name)
    if count > 1:
        raise DataError(f"{path}:1: {count} columns are named {name!r}")
    if count == 0:
        raise no_column(path, header, role, name)
    return header.index(name)


def no_column(path, header: list[str], role: str, name: str) -> DataError:
    """The error for a column that is not there; role: the option that named it."""
    near = nearest(name, header)
    hint = f"; did you mean {near!r}?" if near else "."
    return DataError(f"{path}: no column {name!r} (--{role}){hint} The columns are: {', '.join(header)}")


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

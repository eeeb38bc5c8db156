"""Refusing tables in which one regression would mix treatments, unless somebody asked for it."""

from __future__ import annotations

from collections.abc import Iterable

from .errors import DataError
from .experiment_csv import Columns, Table, no_column
from .treatment_columns import Suspect, suspects, telling_apart, told


def refuse_duplicates(path, table: Table, columns: Columns) -> None:
    """Raises DataError if a subject stands twice in a period of a condition; names the columns that tell the rows apart."""
    seen: dict[tuple, int] = {}
    for row in table.observations:
        key = (row.condition, row.session, row.subject, row.period)
        if key in seen:
            raise DataError(
                f"{path}:{row.line}: subject {row.subject} of session {row.session} appears twice in period {row.period}; "
                f"first in line {seen[key]}{_way_out(table, columns)}"
            )
        seen[key] = row.line


def check_pooled(path, table: Table, columns: Columns, pooled: Iterable[str]) -> None:
    """Raises DataError for a column to pool that is not there, or that is the condition."""
    for name in pooled:
        if name not in table.header:
            raise no_column(path, table.header, "pool", name)
        if name == columns.condition:
            raise DataError(f"{path}: --condition {name} keeps the values of {name} apart, --pool {name} takes them together")


def refuse_mixture(path, table: Table, columns: Columns, pooled: Iterable[str]) -> dict[str, list[str]]:
    """What the rows of one condition take together, column -> values; as far as columns look like treatments.

    Raises DataError if a column is called a treatment, differs between groups, and is not to be pooled. Values alone refuse
    nothing: halves of one treatment follow each other as two treatments do.
    """
    found = suspects(table)
    for one in found:
        if one.sure and one.column not in pooled:
            raise DataError(f"{path}: {_mixture(one, table, columns)}")
    return {one.column: one.values for one in found}


def _way_out(table: Table, columns: Columns) -> str:
    if columns.condition is not None:
        return ""
    if apart := telling_apart(table):
        return f"; {' or '.join(apart)} tells such rows apart: --condition {apart[0]} analyzes each treatment by itself"
    return " (if the file holds several treatments, name their column with --condition)"


def _mixture(one: Suspect, table: Table, columns: Columns) -> str:
    where = f"condition {table.observations[0].condition!r}, " if columns.condition is not None else ""
    apart = (
        f"--condition {one.column} analyzes each by itself"
        if columns.condition is None
        else "to analyze each by itself, make one column of both for --condition"
    )
    return (
        f"{where}column {told(one.column, one.values)} tells treatments apart (its name says treatment), and one "
        f"regression would mix them; {apart}; --pool {one.column} takes them together"
    )

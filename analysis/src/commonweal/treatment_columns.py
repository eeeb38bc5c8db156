"""Columns of an experiment's table that nobody named and that may tell treatments apart, so that none are mixed unseen."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass

from .experiment_csv import Observation, Table

NAMES = frozenset({"condition", "cond", "treatment", "treat", "treated", "trt", "arm"})
ENDINGS = ("name", "id", "no", "nr", "number", "label", "code", "s")
FEW = 5


@dataclass(frozen=True)
class Suspect:
    """A column that may tell treatments apart, and its values in order of appearance.

    sure: its name says treatment. Else its values follow each other within sessions, as treatments do, and halves of one
    treatment too; or they only divide the people into a few kinds of sessions or groups, as an order of play or a place does.
    """

    column: str
    values: list[str]
    sure: bool


def told(column: str, values: list[str]) -> str:
    """`half (1, 2)`; long lists are cut."""
    shown = [value or "empty" for value in values[:FEW]] + ["..."] * (len(values) > FEW)
    return f"{column} ({', '.join(shown)})"


def suspects(table: Table) -> list[Suspect]:
    """What may be mixed in rows that are analyzed as one condition, in the order of the columns.

    Not told are columns with one value, those that differ within a group (beliefs, types of people) unless their name says
    treatment, and those that number sessions or groups once more.
    """
    found = (_suspect(table.observations, column, values) for column, values in table.others.items())
    return [one for one in found if one is not None]


def telling_apart(table: Table) -> list[str]:
    """Columns with which no subject of a session stands twice in a period and nobody is alone in a group; empty if there are
    none: what to name where subjects stand twice."""
    people = [(row.session, row.subject, row.period) for row in table.observations]
    groups = [(row.session, row.period, row.group) for row in table.observations]
    return [
        column
        for column, values in table.others.items()
        if len(set(zip(people, values))) == len(people) and min(Counter(zip(groups, values)).values()) > 1
    ]


def says_treatment(column: str) -> bool:
    """`Treatment`, `treatment_name`, `cond.id`; not `treatment_order`."""
    letters = re.sub("[^a-z]", "", column.casefold())
    return letters in NAMES or any(letters.removesuffix(ending) in NAMES for ending in ENDINGS)


def _suspect(rows: list[Observation], column: str, values: list[str]) -> Suspect | None:
    kinds = list(dict.fromkeys(values))
    if len(kinds) < 2:
        return None
    of_groups = _one_each([(row.session, row.period, row.group) for row in rows], values)
    if says_treatment(column):
        return Suspect(column, kinds, sure=of_groups)
    of_people = _one_each([(row.session, row.subject) for row in rows], values)
    told_apart = _in_blocks(rows, values) or (of_people and _few(rows, values, len(kinds)))
    return Suspect(column, kinds, sure=False) if of_groups and told_apart else None


def _in_blocks(rows: list[Observation], values: list[str]) -> bool:
    """Whether each session has one value at a time, for two periods or more, and some session has several."""
    if not _one_each([(row.session, row.period) for row in rows], values):
        return False
    of_session: dict[str, dict[int, str]] = {}
    for row, value in zip(rows, values):
        of_session.setdefault(row.session, {})[row.period] = value
    blocks = [
        [len(list(block)) for _, block in itertools.groupby(sorted(at), key=at.__getitem__)] for at in of_session.values()
    ]
    return min(map(min, blocks)) >= 2 and max(map(len, blocks)) > 1


def _few(rows: list[Observation], values: list[str], kinds: int) -> bool:
    """Whether the values are few, and fewer than the sessions, or than the groups if they differ within a session."""
    sessions = {row.session for row in rows}
    of_sessions = _one_each([row.session for row in rows], values)
    units = len(sessions) if of_sessions else len({(row.session, row.group) for row in rows})
    return kinds <= FEW and kinds < units


def _one_each(keys: list, values: list[str]) -> bool:
    """Whether each key has a single value."""
    return len(set(zip(keys, values))) == len(set(keys))

"""The dense form of an experiment: who gave what, in which group, in which period of one condition."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .errors import DataError
from .experiment_csv import Columns, Observation, Table, read_table
from .mixtures import check_pooled, refuse_duplicates, refuse_mixture

if TYPE_CHECKING:
    import xarray

ABSENT = -1


@dataclass(frozen=True)
class Panel:
    """One condition of an experiment, in one or many runs.

    contribution: [run, subject, period], tokens; NaN where the subject is absent.
    group: [schedule, subject, period]; equal numbers in one period share a pot, ABSENT where the subject is absent.
    schedule_of_run: [run], which schedule of groups each run follows.
    session: [subject], 0-based; groups never reach across sessions.
    periods: [period], consecutive whole numbers within the condition.
    pooled: columns of a table whose values are taken together and may be treatments, column -> values.
    """

    condition: str
    contribution: np.ndarray
    group: np.ndarray
    schedule_of_run: np.ndarray
    session: np.ndarray
    periods: np.ndarray
    pooled: dict[str, list[str]] = field(default_factory=dict)

    @property
    def runs(self) -> int:
        return self.contribution.shape[0]

    @property
    def sessions(self) -> int:
        return int(self.session.max()) + 1

    def period_means(self) -> np.ndarray:
        """[run, period], tokens: mean contribution of those present."""
        return np.nanmean(self.contribution, axis=1)

    def select_runs(self, runs: np.ndarray) -> Panel:
        """The same condition in some of the runs, in the order given."""
        schedules, index = np.unique(self.schedule_of_run[runs], return_inverse=True)
        return replace(self, contribution=self.contribution[runs], group=self.group[schedules], schedule_of_run=index)


def panels_from_csv(path: str | Path, columns: Columns, pooled: Collection[str] = ()) -> list[Panel]:
    """One panel per condition of the file, in order of appearance; a single run.

    pooled: columns whose values are taken together although they tell treatments apart. Raises as `read_table`, and DataError
    for a subject observed twice in a period, a group with one member, and treatments that one panel would mix.
    """
    table = read_table(path, columns)
    check_pooled(path, table, columns, pooled)
    refuse_duplicates(path, table, columns)
    conditions = dict.fromkeys(row.condition for row in table.observations)
    return [_panel(path, name, table.of_condition(name), columns, pooled) for name in conditions]


def _panel(path, condition: str, table: Table, columns: Columns, pooled: Collection[str]) -> Panel:
    """Subjects are pairs (session, subject), so numbers may be unique in the session only or over all sessions.

    Sessions may play a condition early or late: with a named condition, each session's periods are counted from its first.
    """
    rows = table.observations
    taken_together = refuse_mixture(path, table, columns, pooled)
    sessions = {name: number for number, name in enumerate(dict.fromkeys(row.session for row in rows))}
    subjects = {key: number for number, key in enumerate(dict.fromkeys((row.session, row.subject) for row in rows))}
    first = {name: min(row.period for row in rows if row.session == name) for name in sessions}
    shift = {name: first[name] - 1 if condition else 0 for name in sessions}
    period = np.array([row.period - shift[row.session] for row in rows])
    periods = np.arange(period.min(), period.max() + 1)
    if len(periods) > 10 * len(set(period.tolist())) + 1000:
        raise DataError(f"{path}: periods run from {period.min()} to {period.max()} with large gaps; number them consecutively")
    members: dict[tuple, list[Observation]] = {}
    for row in rows:
        members.setdefault((row.session, row.period, row.group), []).append(row)
    _refuse_lonely(path, members)
    number_of = {key: number for number, key in enumerate(members)}
    subject = np.array([subjects[row.session, row.subject] for row in rows])
    contribution = np.full((1, len(subjects), len(periods)), np.nan)
    group = np.full((1, len(subjects), len(periods)), ABSENT, dtype=np.int64)
    contribution[0, subject, period - periods[0]] = [row.contribution for row in rows]
    group[0, subject, period - periods[0]] = [number_of[row.session, row.period, row.group] for row in rows]
    session = np.array([sessions[name] for name, _ in subjects])
    return Panel(condition, contribution, group, np.zeros(1, dtype=int), session, periods, taken_together)


def _refuse_lonely(path, members: dict[tuple, list[Observation]]) -> None:
    for (session, period, group), rows in members.items():
        if len(rows) == 1:
            raise DataError(
                f"{path}:{rows[0].line}: group {group} of session {session} in period {period} "
                "has one member; a group has at least two"
            )


def panels_from_results(results: xarray.Dataset, conditions: list[str] | None = None) -> list[Panel]:
    """One panel per condition of a results file that was run with `record.agents = true`; all runs.

    conditions: names to select; None takes all. Raises DataError if agents were not recorded or a name is unknown.
    """
    for name in ("contribution", "group", "session", "session_condition"):
        if name not in results:
            raise DataError(f"the results hold no {name!r} per agent; run the simulator with record.agents=true")
    names = [str(name) for name in results["condition"].values]
    for name in conditions or []:
        if name not in names:
            raise DataError(f"no condition {name!r} in the results; there are: {', '.join(names)}")
    plays = results["session_condition"].transpose("round", "agent").values
    contribution = results["contribution"].transpose("run", "agent", "round").values.astype(float)
    group = results["group"].transpose("run", "agent", "round").values.astype(np.int64)
    session = np.unique(results["session"].values, return_inverse=True)[1]
    panels = []
    for name in conditions or names:
        rounds = _rounds_of(plays == names.index(name), name)
        index = np.maximum(rounds, 0)[None]
        given = np.where(rounds < 0, np.nan, np.take_along_axis(contribution, index, axis=2))
        shared = np.where(rounds < 0, ABSENT, np.take_along_axis(group, index, axis=2))
        schedules, of_run = np.unique(shared, axis=0, return_inverse=True)
        panels.append(Panel(name, given, schedules, of_run.reshape(-1), session, np.arange(1, rounds.shape[1] + 1)))
    return panels


def _rounds_of(playing: np.ndarray, condition: str) -> np.ndarray:
    """[agent, condition round] -> index on the axis `round`, -1 where an agent plays fewer rounds. playing: [round, agent]."""
    length = playing.sum(axis=0)
    if length.max(initial=0) == 0:
        raise DataError(f"nobody plays condition {condition!r}")
    first = playing.argmax(axis=0)
    rounds = first[:, None] + np.arange(length.max())
    last = np.where(length > 0, len(playing) - 1 - playing[::-1].argmax(axis=0), -1)
    if np.any((length > 0) & (last - first + 1 != length)):
        raise DataError(f"the rounds of condition {condition!r} are not consecutive in every session")
    return np.where(np.arange(length.max()) < length[:, None], rounds, ABSENT)

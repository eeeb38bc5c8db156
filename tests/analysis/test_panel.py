"""From tables and results files to the dense form: sessions, conditions, orders, absences, subject numbers."""

import csv

import numpy as np
import pytest
from commonweal import DataError, open_results
from commonweal.dyads import slopes
from commonweal.experiment_csv import Columns
from commonweal.meetings import Link, Meetings
from commonweal.panel import panels_from_csv, panels_from_results
from commonweal.specification import STANDARD, sample
from perfect_strangers import session_groups
from results_file import laboratory_variables, write_results

NAMES = ("idsess", "period", "idsubj", "group", "contribution")
COLUMNS = Columns(*NAMES)


def write_table(path, rows, header=NAMES, delimiter=","):
    with open(path, "w", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([header, *rows])
    return path


def long_rows(contribution, groups, session, number=lambda session, place: place):
    """One row per subject and period, in a shuffled order. contribution, groups: [round, agent]."""
    rows = [
        (
            int(session[agent]) + 1,
            period + 1,
            number(int(session[agent]), agent % 24),
            int(groups[period, agent]) % 6 + 1,
            int(contribution[period, agent]),
        )
        for period in range(len(groups))
        for agent in range(len(session))
    ]
    return [rows[index] for index in np.random.default_rng(0).permutation(len(rows))]


@pytest.fixture
def laboratory():
    groups, session = session_groups(3, np.random.default_rng(1)), np.repeat(np.arange(3), 24)
    return np.random.default_rng(2).integers(0, 21, groups.shape), groups, session


@pytest.mark.parametrize(
    "number", [lambda session, place: place, lambda session, place: 100 * session + place], ids=["in session", "global"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_table_and_results_file_give_the_same_coefficients(tmp_path, laboratory, number, delimiter):
    contribution, groups, session = laboratory
    table = write_table(tmp_path / "lab.csv", long_rows(*laboratory, number), delimiter=delimiter)
    (from_table,) = panels_from_csv(table, COLUMNS)
    path = write_results(
        tmp_path / "x.h5", laboratory_variables(contribution[None], groups[None], session, np.zeros((6, 72))), ["basic"]
    )
    with open_results(path) as results:
        (from_results,) = panels_from_results(results)
    assert from_table.sessions == 3 and len(from_table.session) == 72
    links = [Link(1, 1), Link(1, 3), Link(2, 2)]
    one, other = (slopes(panel, links, STANDARD, "strict") for panel in (from_table, from_results))
    for question in one:
        assert one[question].slope == pytest.approx(other[question].slope, abs=1e-12)
        assert one[question].rows == other[question].rows


def test_conditions_are_never_linked_whatever_the_order(tmp_path, laboratory):
    """Session 0 plays basic first, the others punishment first; each condition gets its own six periods."""
    contribution, groups, session = laboratory
    given, shared = np.concatenate([contribution, contribution[::-1]]), np.concatenate([groups, groups])
    first = np.where(session == 0, 0, 1)
    plays = np.repeat([first, 1 - first], 6, axis=0)
    path = write_results(
        tmp_path / "x.h5", laboratory_variables(given[None], shared[None], session, plays), ["basic", "punishment"]
    )
    with open_results(path) as results:
        basic, punishment = panels_from_results(results)
        assert panels_from_results(results, ["punishment"])[0].condition == "punishment"
        with pytest.raises(DataError, match="no condition 'basci' in the results; there are: basic, punishment"):
            panels_from_results(results, ["basci"])
    early, late = session == 0, session != 0
    assert np.array_equal(basic.contribution[0, early], contribution.T[early])
    assert np.array_equal(basic.contribution[0, late], contribution[::-1].T[late])
    assert np.array_equal(punishment.contribution[0, late], contribution.T[late])
    rows = [
        [*row, "xy"[int(plays[row[1] - 1, np.flatnonzero(session == row[0] - 1)[0]])]]
        for row in long_rows(given, shared, session)
    ]
    table = write_table(tmp_path / "lab.csv", rows, (*NAMES, "treatment"))
    panels = {panel.condition: panel for panel in panels_from_csv(table, Columns(*NAMES, "treatment"))}
    for name, expected in (("x", basic), ("y", punishment)):
        assert panels[name].periods.tolist() == [1, 2, 3, 4, 5, 6]
        question = (Link(2, 2), STANDARD[1])
        found = slopes(panels[name], [question[0]], [question[1]], "strict")[question]
        assert found.slope == pytest.approx(slopes(expected, [question[0]], [question[1]], "strict")[question].slope, abs=1e-12)


def test_condition_that_is_interrupted_is_refused(tmp_path, laboratory):
    contribution, groups, session = laboratory
    plays = np.repeat([[0], [1], [0], [0], [0], [0]], 72, axis=1)
    path = write_results(
        tmp_path / "x.h5", laboratory_variables(contribution[None], groups[None], session, plays), ["basic", "other"]
    )
    with open_results(path) as results, pytest.raises(DataError, match="not consecutive"):
        panels_from_results(results)


def test_results_without_agents_are_refused(tmp_path):
    path = write_results(
        tmp_path / "x.h5",
        {"mean_contribution": (("run", "condition", "condition_round"), np.zeros((2, 1, 6)))},
        ["basic"],
    )
    with open_results(path) as results, pytest.raises(DataError, match="record.agents=true"):
        panels_from_results(results)


def test_absent_subject_and_missing_period_break_chains_only_there(tmp_path):
    """Subject 5 misses period 2; nobody plays period 3: no meeting in it, so no chain through it."""
    rows = [
        (1, period, subject, (subject + period * (subject % 2)) % 2, subject + period)
        for period in (1, 2, 4)
        for subject in range(8)
        if (subject, period) != (5, 2)
    ]
    (panel,) = panels_from_csv(write_table(tmp_path / "lab.csv", rows), COLUMNS)
    assert panel.periods.tolist() == [1, 2, 3, 4]
    assert np.isnan(panel.contribution[0]).sum() == 8 + 1
    meetings = Meetings(panel.group[0], panel.session)
    assert not meetings.met[:, 2].any()
    direct, twice = meetings.rows(Link(1, 1), "loose"), meetings.rows(Link(2, 2), "loose")
    assert set(direct.alter_period.tolist()) == {0, 1} and set(twice.alter_period.tolist()) == {0, 1} - {1}
    observed = sample(panel, np.zeros(1, dtype=int), direct)
    assert 0 < len(observed) < len(direct) and not np.isnan(observed.y).any()
    assert 5 not in meetings.rows(Link(1, 2), "loose").alter[meetings.rows(Link(1, 2), "loose").alter_period == 1]


def test_decimal_comma_is_read_in_semicolon_tables_only(tmp_path):
    rows = [(1, 1, subject, 1, f"{subject},5") for subject in range(4)]
    path = tmp_path / "lab.csv"
    path.write_text(";".join(NAMES) + "\n" + "\n".join(";".join(map(str, row)) for row in rows) + "\n")
    assert panels_from_csv(path, COLUMNS)[0].contribution[0, 2, 0] == 2.5

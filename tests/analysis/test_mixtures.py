"""Two treatments in one table are never mixed unseen: which columns are told, refused, pooled."""

import json

import pytest
from commonweal import DataError
from commonweal.analyze_command import main
from commonweal.experiment_csv import MANY_VALUES, Columns
from commonweal.panel import panels_from_csv
from commonweal.treatment_columns import says_treatment
from test_analyze import GOOD, OPTIONS
from test_panel import NAMES, write_table

COLUMNS = Columns(*NAMES)


def experiment(sessions=2, periods=4, people=8):
    """[session, period, subject, group, contribution]; groups of four who change from period to period."""
    return [
        [session, period, subject, (subject * (1 + period % 2)) // 4 % 2 + 1, (7 * subject + 5 * period + session) % 21]
        for session in range(1, sessions + 1)
        for period in range(1, periods + 1)
        for subject in range(people)
    ]


def panels(tmp_path, name, value_of, *, condition=None, pooled=(), rows=None):
    """The panels of an experiment with one more column; value_of(session, period, subject, group, contribution)."""
    table = [[*row, value_of(*row)] for row in rows or experiment()]
    path = write_table(tmp_path / "lab.csv", table, (*NAMES, name))
    return panels_from_csv(path, Columns(*NAMES, condition), pooled)


NAMED = {
    "by session": lambda session, *_: "ab"[session - 1],
    "one after the other": lambda session, period, *_: int(period > 2),
    "in another order by session": lambda session, period, *_: int((period > 2) == (session == 2)),
}


@pytest.mark.parametrize("case", NAMED)
def test_treatments_of_one_table_are_refused_until_it_is_said_what_to_do(tmp_path, case):
    name, value_of = "Treatment", NAMED[case]
    with pytest.raises(DataError) as refused:
        panels(tmp_path, name, value_of)
    message = str(refused.value)
    assert "lab.csv: column Treatment (" in message and "its name says treatment" in message
    assert f"--condition {name} analyzes each by itself" in message and f"--pool {name} takes them together" in message
    assert [len(panel.periods) for panel in panels(tmp_path, name, value_of, condition=name)] in ([4, 4], [2, 2])
    (together,) = panels(tmp_path, name, value_of, pooled=[name])
    assert len(together.periods) == 4 and list(together.pooled) == [name]


@pytest.mark.parametrize("case", ["one after the other", "in another order by session"])
def test_values_that_follow_each_other_are_told(tmp_path, case):
    (panel,) = panels(tmp_path, "half", NAMED[case])
    assert list(panel.pooled) == ["half"] and sorted(panel.pooled["half"]) == ["0", "1"]


def test_a_second_treatment_within_a_condition_is_refused_too(tmp_path):
    rows = [[*row[:5], "xy"[row[1] > 4]] for row in experiment(periods=8)]
    table = [[*row, "ab"[row[1] % 4 in (3, 0)]] for row in rows]
    path = write_table(tmp_path / "lab.csv", table, (*NAMES, "part", "arm"))
    with pytest.raises(DataError, match=r"condition 'x', column arm \(a, b\).*make one column of both.*--pool arm"):
        panels_from_csv(path, Columns(*NAMES, "part"))
    assert [panel.pooled for panel in panels_from_csv(path, Columns(*NAMES, "part"), ["arm"])] == [{"arm": ["a", "b"]}] * 2


QUIET = {
    "one value": ("treatment", lambda *_: "basic"),
    "other names of the sessions": ("date", lambda session, *_: f"day {session}"),
    "a flag of one period": ("last", lambda session, period, *_: int(period == 4)),
    "a belief": ("belief", lambda session, period, subject, *_: (subject + period) % 3),
    "a type of people": ("gender", lambda session, period, subject, *_: "fm"[subject % 2]),
    "a result of the group": ("reached", lambda session, period, subject, group, given: (session + period * group) % 2),
    "a measurement": ("treatment", lambda session, period, subject, group, given: session + period / 100 + subject / 1e4),
}


@pytest.mark.parametrize("case", QUIET)
def test_other_columns_are_no_treatments(tmp_path, case):
    (panel,) = panels(tmp_path, *QUIET[case])
    assert panel.pooled == {}


def test_a_measurement_has_many_values():
    assert len({session + period / 100 + subject / 1e4 for session, period, subject, *_ in experiment()}) > MANY_VALUES


def test_kinds_of_sessions_and_of_people_are_told_and_taken_together(tmp_path):
    rows = experiment(sessions=4)
    (of_sessions,) = panels(tmp_path, "order", lambda session, *_: "ab"[session % 2], rows=rows)
    assert of_sessions.pooled == {"order": ["b", "a"]}
    (of_people,) = panels(tmp_path, "treated", lambda session, period, subject, *_: subject % 2)
    assert of_people.pooled == {"treated": ["0", "1"]}


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Treatment", True),
        ("treatment_id", True),
        ("conditions", True),
        ("COND", True),
        ("treatment_order", False),
        ("second", False),
        ("", False),
    ],
)
def test_names_that_say_treatment(name, is_one):
    assert says_treatment(name) is is_one


def test_subjects_that_stand_twice_name_the_column_that_tells_them_apart(tmp_path, capsys):
    rows = [[*row, treatment, row[4]] for treatment in ("basic", "fines") for row in GOOD]
    path = write_table(tmp_path / "lab.csv", rows, (*NAMES, "game", "belief"))
    assert main(["dyads", "--data", str(path), *OPTIONS]) == 2
    message = capsys.readouterr().err
    assert ":26: subject 0 of session 1 appears twice in period 1; first in line 2; game tells such rows apart" in message
    assert "--condition game analyzes each treatment by itself" in message


@pytest.fixture
def mixed(tmp_path):
    rows = [[*row, "ab"[row[0] % 2], int(row[1] > 3)] for row in experiment(sessions=4, periods=6)]
    return write_table(tmp_path / "lab.csv", rows, (*NAMES, "order", "treatment"))


def test_the_table_and_the_json_say_what_was_taken_together(mixed, capsys):
    few = ["--degrees", "1", "--lags", "1", "--spec", "raw"]
    assert main(["dyads", "--data", str(mixed), *OPTIONS, *few]) == 2
    assert capsys.readouterr().out == ""
    assert main(["dyads", "--data", str(mixed), *OPTIONS, *few, "--pool", "treatment"]) == 0
    captured = capsys.readouterr()
    assert "Taken together: order (b, a).\nTaken together: treatment (0, 1).\n" in captured.out
    assert "rows that differ in order (b, a)" in captured.err and "--pool treatment" not in captured.err
    assert main(["dyads", "--data", str(mixed), *OPTIONS, *few, "--pool", "treatment", "--pool", "order", "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["pooled"] == {"order": ["b", "a"], "treatment": ["0", "1"]} and captured.err == ""
    assert main(["dyads", "--data", str(mixed), *OPTIONS, *few, "--condition", "treatment"]) == 0
    assert "condition 0\n" in (captured := capsys.readouterr()).out and "order" in captured.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--pool", "treatmnt"], "no column 'treatmnt' (--pool); did you mean 'treatment'?"),
        (["--pool", "treatment", "--condition", "treatment"], "--condition treatment keeps the values of treatment apart"),
    ],
)
def test_what_cannot_be_pooled_is_told(mixed, capsys, arguments, words):
    assert main(["dyads", "--data", str(mixed), *OPTIONS, *arguments]) == 2
    assert words in capsys.readouterr().err

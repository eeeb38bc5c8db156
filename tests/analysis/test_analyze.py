"""`commonweal analyze dyads` at the shell: errors with file and line, exit codes, stdout and files."""

import json
import subprocess
import sys

import numpy as np
import pytest
from commonweal.analyze_command import main, whole_numbers
from perfect_strangers import session_groups
from results_file import laboratory_variables, write_results
from test_panel import NAMES, long_rows, write_table

OPTIONS = [
    "--session",
    "idsess",
    "--round",
    "period",
    "--subject",
    "idsubj",
    "--group",
    "group",
    "--contribution",
    "contribution",
]
GOOD = [
    [1, period, subject, subject // 4 + 1, (7 * subject + 5 * period * period) % 21]
    for period in (1, 2, 3)
    for subject in range(8)
]


@pytest.fixture
def lab(tmp_path):
    groups, session = session_groups(2, np.random.default_rng(1)), np.repeat([0, 1], 24)
    given = np.random.default_rng(2).integers(0, 21, groups.shape)
    return write_table(tmp_path / "lab.csv", long_rows(given, groups, session))


def changed(row, column, value):
    rows = [list(one) for one in GOOD]
    rows[row][column] = value
    return rows


FAULTS = {
    "not a number": (changed(3, 4, "ten"), ":5: contribution is 'ten'; it must be a number"),
    "empty": (changed(3, 4, ""), ":5: contribution is empty"),
    "nan": (changed(0, 4, "nan"), ":2: contribution is nan; it must be a finite number"),
    "infinite": (changed(0, 4, "inf"), ":2: contribution is inf"),
    "period": (changed(1, 1, "1.5"), ":3: period is 1.5; it must be a whole number"),
    "no subject": (changed(1, 2, " "), ":3: idsubj is empty"),
    "lonely": (changed(0, 3, 9), ":2: group 9 of session 1 in period 1 has one member"),
    "twice": ([*GOOD, GOOD[0]], ":26: subject 0 of session 1 appears twice in period 1; first in line 2"),
    "short line": ([*GOOD, [1, 2]], ":26: 2 fields; the header has 5"),
    "no rows": ([], "a header and no rows"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faulty_tables_are_refused_with_2_and_their_place(tmp_path, capsys, fault):
    rows, words = FAULTS[fault]
    path = write_table(tmp_path / "lab.csv", rows)
    assert main(["dyads", "--data", str(path), *OPTIONS]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and words in captured.err and str(path) in captured.err


def test_missing_column_names_the_nearest_and_lists_all(tmp_path, capsys):
    path = write_table(tmp_path / "lab.csv", GOOD)
    assert main(["dyads", "--data", str(path), *OPTIONS[:-1], "contributions"]) == 2
    message = capsys.readouterr().err
    assert "no column 'contributions' (--contribution); did you mean 'contribution'?" in message
    assert "The columns are: " + ", ".join(NAMES) in message


def test_unnamed_columns_are_told(tmp_path, capsys):
    assert main(["dyads", "--data", str(write_table(tmp_path / "lab.csv", GOOD)), "--session", "idsess"]) == 2
    assert "--round --subject --group --contribution" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "content"), [("none.csv", None), ("cut.h5", b"\x89HDF\r\n\x1a\n\0\0"), ("text.h5", b"a,b\n")])
def test_unreadable_files_exit_with_74(tmp_path, capsys, name, content):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert main(["dyads", "--data", str(tmp_path / name), *(OPTIONS if name.endswith(".csv") else [])]) == 74
    assert name in capsys.readouterr().err


def test_binary_rubbish_in_a_table_exits_with_2(tmp_path, capsys):
    (tmp_path / "x.csv").write_bytes(b"\xff\xfe\0\1")
    assert main(["dyads", "--data", str(tmp_path / "x.csv"), *OPTIONS]) == 2
    assert "not UTF-8" in capsys.readouterr().err


def test_json_holds_every_line_and_the_null(lab, capsys):
    arguments = [
        "--degrees",
        "1,2",
        "--lags",
        "1..2",
        "--spec",
        "raw,own-lag+round",
        "--cluster",
        "both",
        "--null",
        "19",
        "--seed",
        "3",
    ]
    assert main(["dyads", "--data", str(lab), *OPTIONS, *arguments, "--json"]) == 0
    captured = capsys.readouterr()
    report = json.loads(captured.out)
    assert [(line["degree"], line["lag"], line["specification"]) for line in report["estimates"]] == [
        (degree, lag, name) for degree, lag in ((1, 1), (2, 2), (1, 2)) for name in ("raw", "own-lag+round")
    ]
    first = report["estimates"][0]
    assert first["rows"] == 48 * 3 * 5 and first["ego_clusters"] == 48 and first["session_clusters"] == 2
    assert first["low"] < first["coefficient"] < first["high"] and 0.05 <= first["p_upper"] <= 1 and report["seed"] == 3
    assert "only 2 session clusters" in captured.err


def test_all_specifications_and_one_from_controls(lab, capsys):
    assert main(["dyads", "--data", str(lab), *OPTIONS, "--degrees", "1", "--lags", "1", "--spec", "all"]) == 0
    table = capsys.readouterr().out
    assert table.count("degree 1, lag 1") == 1 and table.count(" 720 ") == 14
    assert main(["dyads", "--data", str(lab), *OPTIONS, "--control", "own-lag", "--control", "session-round", "--json"]) == 0
    assert {line["specification"] for line in json.loads(capsys.readouterr().out)["estimates"]} == {"own-lag+session-round"}


def test_results_file_is_averaged_over_runs(tmp_path, capsys):
    groups, session = session_groups(2), np.repeat([0, 1], 24)
    given = np.random.default_rng(2).integers(0, 21, (5, *groups.shape))
    variables = laboratory_variables(given, np.broadcast_to(groups, given.shape), session, np.zeros(groups.shape))
    path = write_results(tmp_path / "x.h5", variables, ["basic"])
    assert main(["dyads", "--data", str(path), "--condition", "basic", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["subjects"].startswith("synthetic")
    first = report["estimates"][0]
    assert first["runs"] == 5 and first["between_run_sd"] > 0 and first["standard_error"] is None
    assert main(["dyads", "--data", str(path), "--condition", "punishment"]) == 2
    assert "there are: basic" in capsys.readouterr().err
    assert main(["dyads", "--data", str(path), "--round", "round"]) == 2
    assert "leave out --round" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--null", "10"], "give --seed"),
        (["--spec", "rounds"], "unknown control 'rounds'"),
        (["--degrees", "7"], "no rows"),
        (["--condition", "a", "--condition", "b"], "names the one column"),
    ],
)
def test_impossible_requests_exit_with_2(lab, capsys, arguments, words):
    assert main(["dyads", "--data", str(lab), *OPTIONS, *arguments]) == 2
    captured = capsys.readouterr()
    assert words in captured.err and captured.out == ""


@pytest.mark.parametrize("arguments", [["--degrees", "0"], ["--lags", "a..b"], ["--cluster", "country"], ["--seed", "-1"], []])
def test_wrong_usage_exits_with_2(arguments):
    with pytest.raises(SystemExit) as stop:
        main(["dyads", *arguments])
    assert stop.value.code == 2


def test_lists_of_numbers():
    assert whole_numbers("1,2,3") == [1, 2, 3] and whole_numbers("1..3,3,5") == [1, 2, 3, 5]


def test_folder_gets_the_table_again_but_never_a_foreign_one(lab, tmp_path, capsys):
    folder = tmp_path / "out"
    for _ in range(2):
        assert main(["dyads", "--data", str(lab), *OPTIONS, "--out", str(folder)]) == 0
    header, *rows = (folder / "dyads.csv").read_text().splitlines()
    assert header.startswith("condition,degree,lag,paths,specification") and len(rows) == 7 * 4
    assert not list(folder.glob("*.partial"))
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("mine")
    assert main(["dyads", "--data", str(lab), *OPTIONS, "--out", str(foreign)]) == 6
    assert "not empty" in capsys.readouterr().err and [one.name for one in foreign.iterdir()] == ["thesis.txt"]


def test_command_is_installed_and_names_the_dispatching_command():
    done = subprocess.run(
        [sys.executable, "-m", "commonweal.analyze_command", "dyads", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("usage: commonweal analyze dyads") and done.stderr == ""


def test_table_goes_to_stdout_without_colors(lab):
    done = subprocess.run(
        [sys.executable, "-m", "commonweal.analyze_command", "dyads", "--data", str(lab), *OPTIONS],
        capture_output=True,
        text=True,
        check=True,
        env={"NO_COLOR": "1"},
    )
    assert "association, not a causal effect" in done.stdout and "\x1b" not in done.stdout

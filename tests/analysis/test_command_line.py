"""Wrong usage of every command of the package: one line in the words of the program, the nearest name, exit code 2."""

import subprocess

import pytest
from commonweal.analyze_command import main as analyze
from commonweal.nearest import did_you_mean, edit_distance, nearest
from commonweal.report.command import main as report
from commonweal.reproduction.command import EXPERIMENT
from commonweal.reproduction.command import main as reproduce
from commonweal.sensitivity.export_command import main as export

WRONG = {
    "analyze dyads": (
        analyze,
        ["dyads", "--dat", "x"],
        "'--dat' is not understood (did you mean '--data'?); `commonweal analyze dyads --help` lists the options",
    ),
    "analyze": (
        analyze,
        ["dyad", "--data", "x"],
        "'dyad' is not understood (did you mean 'dyads'?); known: dyads; `commonweal analyze --help` tells more",
    ),
    "analyze of a sweep": (
        analyze,
        ["--sobol", "x", "--resample=9"],
        "'--resample=9' is not understood (did you mean '--resamples'?); "
        "`commonweal analyze --sobol DIR --help` lists the options",
    ),
    "the name of that option": (
        analyze,
        ["--sobl", "x"],
        "'--sobl' is not understood (did you mean '--sobol'?); `commonweal analyze --help` lists the options",
    ),
    "report": (
        report,
        ["x", "--basline", "y"],
        "'--basline' is not understood (did you mean '--baseline'?); `commonweal report --help` lists the options",
    ),
    "reproduce": (
        reproduce,
        [EXPERIMENT, "--replicates", "3"],
        "'--replicates' is not understood (did you mean '--replications'?); "
        f"`commonweal reproduce {EXPERIMENT} --help` lists the options",
    ),
    "name of an experiment": (
        reproduce,
        ["fowler-christakis"],
        f"'fowler-christakis' is not understood (did you mean '{EXPERIMENT}'?); known: {EXPERIMENT}; "
        "`commonweal reproduce --help` tells more",
    ),
    "export": (
        export,
        ["x", "--too", "salib"],
        "'--too' is not understood (did you mean '--to'?); `commonweal export --help` lists the options",
    ),
    "short option": (
        report,
        ["x", "-x"],
        "'-x' is not understood (did you mean '-h'?); `commonweal report --help` lists the options",
    ),
    "nothing near": (report, ["x", "--zebra"], "'--zebra' is not understood; `commonweal report --help` lists the options"),
    "one word too many": (report, ["x", "y"], "'y' is not understood; `commonweal report --help` lists the options"),
    "choice": (
        analyze,
        ["dyads", "--data", "x", "--cluster", "egoo"],
        "--cluster is 'egoo' (did you mean 'ego'?); it must be ego, session, both, none or HC1",
    ),
    "the only choice": (export, ["x", "--to", "slib"], "--to is 'slib' (did you mean 'salib'?); it must be salib"),
    "required option": (
        export,
        ["x", "--to", "salib"],
        "--output is required: where the files are written; `commonweal export --help` lists the options",
    ),
    "required command": (analyze, [], "`commonweal analyze` needs a command: dyads"),
    "value": (
        reproduce,
        [EXPERIMENT, "--replications"],
        "--replications needs a value: --replications R, replications of the experiment (300)",
    ),
    "wrong value": (report, ["x", "--seed", "-1"], "--seed: '-1' is not a whole number of at least 0"),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_usage_is_told_in_one_line_and_exits_with_2(what, capsys):
    main, arguments, message = WRONG[what]
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    captured = capsys.readouterr()
    assert stop.value.code == 2 and captured.out == ""
    assert captured.err == f"commonweal: error: {message}\n"


def test_an_unknown_option_is_told_as_the_program_tells_it(real_binary, capsys):
    done = subprocess.run([real_binary, "sweep", "--replicats", "3"], capture_output=True, text=True, check=False)
    with pytest.raises(SystemExit) as stop:
        report(["--replicats", "3"])
    ours = capsys.readouterr().err
    assert done.returncode == stop.value.code == 2
    assert done.stderr.replace(" (did you mean '--max-replicates'?)", "").replace("sweep", "report") == ours


def test_values_that_look_like_options_are_left_alone(tmp_path, capsys):
    assert report([str(tmp_path / "none"), "--target", "-1", "-ofolder"]) == 74
    assert "none" in capsys.readouterr().err


def test_nearest_is_that_of_the_program():
    """The cases of tests/sim/core/nearest_test.cpp."""
    pairs = [
        ("", ""),
        ("rounds", "round"),
        ("round", "rounds"),
        ("rounds", "roumds"),
        ("rounds", "ruonds"),
        ("kitten", "sitting"),
    ]
    assert [edit_distance(*pair) for pair in pairs] == [0, 1, 1, 1, 1, 3] and edit_distance("", "abc") == 3
    assert edit_distance("endowment", "endowmnet") == edit_distance("endowmnet", "endowment")
    assert nearest("endowmet", ["mpcr", "endowment", "tokens"]) == "endowment" and nearest("a", ["b", "a"]) == "a"
    assert nearest("zebra", ["mpcr", "endowment"]) == "" and nearest("anything", []) == ""
    assert nearest("abcxyz", ["abcdyz"]) == "abcdyz" and nearest("axxxyz", ["abcdyz"]) == ""
    assert did_you_mean("ruonds", ["rounds"]) == " (did you mean 'rounds'?)" and did_you_mean("zebra", ["rounds"]) == ""

"""`commonweal reproduce fowler-christakis-2010` with a stand-in for the simulator."""

import csv
import hashlib
import json
import math
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from commonweal.errors import SimulatorError
from commonweal.reproduction.bands import EFFECTS, bands_for, chance, published_values
from commonweal.reproduction.cascade import spread
from commonweal.reproduction.command import EXPERIMENT, main
from commonweal.reproduction.comparison import Line
from commonweal.reproduction.figures import _degree_panel
from commonweal.reproduction.simulator import OVERRIDES, Simulator, find_binary
from matplotlib.figure import Figure
from perfect_strangers import base_schedule, oracle
from synthetic_bands import COPY, ORACLE, judged_part

SMALL = ["--replications", "30", "--twin-replications", "8", "--null-draws", "8", "--seed", "5"]


@pytest.fixture(scope="module")
def reproduced(fake_binary, tmp_path_factory):
    """A folder written by one reproduction, and its exit code."""
    folder = tmp_path_factory.mktemp("reproduction") / "out"
    return folder, main([EXPERIMENT, "--binary", str(fake_binary), *SMALL, "--out", str(folder)])


@pytest.fixture(scope="module")
def report(reproduced):
    return json.loads((reproduced[0] / "report.json").read_text())


def lines_of(report, **wanted):
    return [line for line in report["lines"] if all(line[key] == value for key, value in wanted.items())]


def test_synthetic_subjects_pass_and_say_so(reproduced, report):
    assert reproduced[1] == 0 and report["verdict"]["fail"] == 0 and report["verdict"]["pass"] > 100
    assert report["synthetic_subjects"] and report["subjects"].startswith("synthetic")
    assert "tests/oracles" in report["acceptance_values"]


def test_second_hand_values_and_the_punishment_game_are_never_judged(report):
    assert {line["verdict"] for line in lines_of(report, condition="punishment")} == {"not judged"}
    published = [line for line in report["lines"] if line["published"] is not None and line["section"] == "coefficient"]
    assert published and {line["published_status"] for line in published} == {"second hand"}
    assert all(line["reason"] for line in report["lines"] if line["verdict"] == "not judged")


def test_rows_null_and_causal_stand_beside_the_coefficients(report):
    rows = {line["effect"]: line["simulated"] for line in lines_of(report, section="rows", condition="basic", variant="noisy")}
    assert rows["degree 3 loose"] == 13680 and rows["degree 2"] == 8640
    chosen = {"section": "coefficient", "condition": "basic", "variant": "deterministic", "specification": "raw"}
    (first,) = lines_of(report, **chosen, effect="degree 1 lag 1")
    assert 0 < first["null_low"] < first["null_mean"] < first["simulated"] and first["causal"] == pytest.approx(0.107, abs=0.01)
    (second,) = lines_of(report, **chosen, effect="degree 2")
    assert second["causal"] < 0.02 < second["simulated"]


def test_the_null_is_of_no_more_replications_than_there_are(fake_binary, capsys):
    def head(*few):
        assert main([EXPERIMENT, "--binary", str(fake_binary), *SMALL, *few]) in (0, 5)
        return capsys.readouterr().out

    assert "null: 8 draws x the first 20 replications" in head()
    assert "null: 8 draws x the first 6 replications" in head("--replications", "6")


def test_causal_means_have_the_interval_of_their_mean(reproduced, report):
    chosen = {"section": "coefficient", "condition": "basic", "variant": "unrounded", "specification": "raw"}
    (line,) = lines_of(report, **chosen, effect="degree 2")
    (spread_of,) = lines_of(report, section="causal effect", condition="basic", variant="unrounded", effect="degree 2 after 2")
    half = 2.3646 * spread_of["sd"] / math.sqrt(8)  # Student's t of 8 twin replications
    assert line["causal_high"] - line["causal"] == pytest.approx(half, rel=1e-3)
    assert line["causal"] - line["causal_low"] == pytest.approx(half, rel=1e-3)
    (persistence,) = lines_of(report, **chosen, effect="degree 1 lag 5")
    assert persistence["causal_low"] < persistence["causal"] < persistence["causal_high"]


def test_each_estimate_stands_on_its_own_null():
    axis = Figure().subplots()
    lines = [
        Line("coefficient", "basic", "deterministic", "degree 1 lag 1", name, 0.1, null_low=low, null_high=low + 0.05)
        for name, low in (("raw", 0.06), ("own-lag+round", 0.0))
    ]
    _degree_panel(axis, "basic", lines)
    extents = [band.get_paths()[0].get_extents() for band in axis.collections]
    assert [(round(box.x0, 3), round(box.x1, 3)) for box in extents] == [(0.06, 0.11), (0.0, 0.05)]
    assert extents[0].y1 < extents[1].y0  # each behind its own row


def test_a_value_that_is_not_known_is_not_called_unreported(reproduced):
    picture = (reproduced[0] / "effect_by_degree.svg").read_text()
    assert "no value at hand" in picture and "none reported" not in picture


def test_multiplier_is_told_three_ways(report):
    basic = lines_of(report, section="multiplier", condition="basic")
    derived = next(line for line in basic if line["variant"] == "published coefficients")
    assert derived["simulated"] == pytest.approx(1 + 3 * 0.19 + 9 * 0.07)
    assert derived["published"] == 3.0 and derived["published_status"] == "published"
    kinds = {line["effect"].split(":")[0] for line in basic}
    assert kinds == {"coefficients x contacts", "linear influence", "twin runs"}
    punishment = next(
        line for line in lines_of(report, section="multiplier", condition="punishment") if "published" in line["variant"]
    )
    assert punishment["simulated"] == pytest.approx(3.61)


def test_folder_holds_figures_tables_and_results(reproduced):
    names = {str(path.relative_to(reproduced[0])) for path in reproduced[0].rglob("*") if path.is_file()}
    figures = {f"{name}.{kind}" for name in ("effect_by_degree", "effect_by_lag", "cascade") for kind in ("svg", "png")}
    assert names == figures | {"table.csv", "report.json", ".commonweal-output.json"} | {
        f"results/{name}.h5" for name in OVERRIDES
    }
    with open(reproduced[0] / "table.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["verdict"] for row in rows} == {"pass", "not judged"}
    for name in ("effect_by_degree", "effect_by_lag", "cascade"):
        picture = (reproduced[0] / f"{name}.svg").read_text()
        assert "SYNTHETIC subjects" in picture and "tokens" in picture and "<dc:date>" not in picture


def test_same_seed_gives_the_same_files(reproduced, fake_binary, tmp_path):
    again = tmp_path / "again"
    assert main([EXPERIMENT, "--binary", str(fake_binary), *SMALL, "--out", str(again)]) == 0
    for path in sorted(reproduced[0].iterdir()):
        if path.is_file():
            assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256((again / path.name).read_bytes()).digest(), (
                path.name
            )


def test_a_wrong_simulation_exits_with_5(fake_binary, monkeypatch, capsys):
    monkeypatch.setenv("FAKE_FAULT", "3")
    assert main([EXPERIMENT, "--binary", str(fake_binary), *SMALL, "--json"]) == 5
    report = json.loads(capsys.readouterr().out)
    assert report["verdict"]["fail"] > 0
    assert (
        lines_of(report, section="period mean", condition="basic", variant="noisy", effect="period 2")[0]["verdict"] == "FAIL"
    )


def test_real_subjects_are_judged_by_the_real_bands(fake_binary, subjects_csv, capsys):
    arguments = [
        "--replications",
        "60",
        "--twin-replications",
        "20",
        "--null-draws",
        "2",
        "--subjects",
        str(subjects_csv),
    ]
    assert main([EXPERIMENT, "--binary", str(fake_binary), *arguments]) == 0
    text = capsys.readouterr().out
    assert "subjects from data file" in text and "SYNTHETIC" not in text and " 0 fail" in text
    assert "0.175 +- " in text and "0.19 (0.14 to 0.24) [second hand]" in text and "\x1b" not in text


@pytest.mark.parametrize(("code", "ours"), [("2", 2), ("74", 74), ("1", 74)])
def test_failing_simulator_is_told_with_its_command(fake_binary, monkeypatch, capsys, code, ours):
    monkeypatch.setenv("FAKE_EXIT", code)
    assert main([EXPERIMENT, "--binary", str(fake_binary)]) == ours
    captured = capsys.readouterr()
    assert "asked to fail" in captured.err and "run experiments/fowler_christakis_2010" in captured.err and captured.out == ""


def test_the_program_of_the_environment_is_found_when_none_is_on_the_path(monkeypatch, tmp_path):
    program = tmp_path / "bin" / "commonweal"
    program.parent.mkdir()
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("COMMONWEAL_BINARY", raising=False)
    monkeypatch.setattr("sysconfig.get_path", lambda name: str(tmp_path / {"scripts": "bin"}[name]))
    assert find_binary(None) == str(program)
    with pytest.raises(SimulatorError, match="no-such"):
        find_binary("no-such")


def test_missing_simulator_and_subjects_are_told(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sysconfig.get_path", lambda name: str(tmp_path))
    monkeypatch.delenv("COMMONWEAL_BINARY", raising=False)
    assert main([EXPERIMENT]) == 2
    assert "COMMONWEAL_BINARY" in capsys.readouterr().err
    assert main([EXPERIMENT, "--binary", "no/such"]) == 2
    assert main([EXPERIMENT, "--subjects", "no/such.csv"]) == 74


def test_foreign_folder_is_refused_with_6_before_anything_runs(fake_binary, tmp_path, capsys):
    (tmp_path / "thesis.txt").write_text("mine")
    assert main([EXPERIMENT, "--binary", str(fake_binary), "--out", str(tmp_path)]) == 6
    assert "replications" not in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_folder_of_another_question_is_kept_until_forced(reproduced, fake_binary, tmp_path, capsys):
    folder = tmp_path / "out"
    shutil.copytree(reproduced[0], folder)
    kept = (folder / "report.json").read_bytes()
    asked = [EXPERIMENT, "--binary", str(fake_binary), *SMALL[:-2], "--out", str(folder)]
    assert main([*asked, "--seed", "6"]) == 6
    message = capsys.readouterr().err
    assert f"{folder}: exists, with seed 5, not 6; --force replaces it" in message and "replications ..." not in message
    assert main([*asked[:-2], "--seed", "6", "--null-draws", "7", "--out", str(folder)]) == 6
    assert "null-draws 8, not 7, seed 5, not 6" in capsys.readouterr().err
    assert (folder / "report.json").read_bytes() == kept
    assert main([*asked, "--seed", "6", "--force"]) == 0
    assert json.loads((folder / "report.json").read_text())["seed"] == 6
    assert main([*asked, "--seed", "6"]) == 0  # the same question again


CHANGED = {
    "another game": (
        ["game.mpcr=0.6", 'matching.kind="strangers"'],
        "the design of a reproduction is fixed, so that it can be judged; for the same regressions with game.mpcr=0.6 "
        'matching.kind="strangers": `commonweal run fowler_christakis_2010 game.mpcr=0.6 \'matching.kind="strangers"\' '
        "record.agents=true -o FILE.h5`, then `commonweal analyze dyads --data FILE.h5` (docs/how-to/estimate_influence.md)",
    ),
    "an option": (["seed.all=7", "game.mpcr=0.6"], "'seed.all=7' is not understood here; it is --seed 7"),
    "no key": (["game"], f"'game' is not understood; `commonweal reproduce {EXPERIMENT} --help` lists the options"),
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_changed_experiment_is_told_where_its_table_is(what, capsys):
    words, message = CHANGED[what]
    with pytest.raises(SystemExit) as stop:
        main([EXPERIMENT, "--null-draws", "2", *words])
    assert stop.value.code == 2 and capsys.readouterr().err == f"commonweal: error: {message}\n"


class Interrupter:
    """A simulator that is stopped by Ctrl-C when it is asked for the variant of that number, after it wrote a part."""

    def __init__(self, at):
        self.at, self.calls = at, 0

    def __call__(self, command, **kwargs):
        self.calls += 1
        if self.calls > self.at:
            Path(f"{command[-1]}.partial").write_text("half")
            raise KeyboardInterrupt
        Path(command[-1]).write_text("whole")
        return subprocess.CompletedProcess(command, 0, "", "")


@pytest.mark.parametrize(("at", "files"), [(0, "no results file"), (2, "2 of 5 results files")])
def test_ctrl_c_says_what_is_kept_and_leaves_nothing_half_written(fake_binary, tmp_path, monkeypatch, capsys, at, files):
    monkeypatch.setattr("commonweal.reproduction.simulator.subprocess.run", Interrupter(at))
    folder = tmp_path / "out"
    assert main([EXPERIMENT, "--binary", str(fake_binary), *SMALL, "--out", str(folder)]) == 130
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.endswith(
        f"commonweal reproduce: interrupted; {folder} has {files} of this call, and no table, report or figure; "
        "the same command starts again from the beginning\n"
    )
    assert {path.name for path in (folder / "results").iterdir()} == {f"{name}.h5" for name in list(OVERRIDES)[:at]}


def test_the_same_command_starts_again_after_ctrl_c(fake_binary, tmp_path, monkeypatch, capsys):
    asked = [EXPERIMENT, "--binary", str(fake_binary), *SMALL, "--out", str(tmp_path / "out")]
    with monkeypatch.context() as interrupted:
        interrupted.setattr("commonweal.reproduction.figures.figure_files", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        assert main(asked) == 130
    assert "5 of 5 results files of this call, and some of the table, the report and the figures;" in capsys.readouterr().err
    assert main(asked) == 0
    assert "deterministic: 30 replications" in capsys.readouterr().err
    monkeypatch.setattr("commonweal.reproduction.simulator.subprocess.run", Interrupter(0))
    assert main(asked) == 130
    assert "no table, report or figure (what is there is of an earlier call);" in capsys.readouterr().err


def test_ctrl_c_without_a_folder_keeps_nothing(fake_binary, monkeypatch, capsys):
    monkeypatch.setattr("commonweal.reproduction.simulator.subprocess.run", Interrupter(0))
    assert main([EXPERIMENT, "--binary", str(fake_binary), *SMALL]) == 130
    assert capsys.readouterr().err.endswith(
        "commonweal reproduce: interrupted; nothing is kept, and the same command starts again\n"
    )


def test_command_lines_carry_the_variant():
    command = Simulator("commonweal", 7, 'a "b".csv', 2).command("causal_unrounded_noisy", 30, "x.h5")
    assert command[:3] == ["commonweal", "run", "experiments/fowler_christakis_2010"]
    assert {"replicates=30", "seed.all=7", "counterfactual.replicates=30", 'subjects.file="a \\"b\\".csv"'} <= set(command)
    assert command[-4:] == ["--threads", "2", "-o", "x.h5"]


def test_tolerances_are_those_of_the_source():
    bands = bands_for(synthetic=False)
    found = bands.coefficient("deterministic", "degree 1 lag 1", "raw", 300)
    assert found.value == 0.175 and found.tolerance == pytest.approx(0.004 + 3 * 0.024 / math.sqrt(300))
    full, thin = (bands.causal("unrounded", "degree 2", 2, sessions, 0.0) for sessions in (300, 75))
    assert full.tolerance == pytest.approx(0.06 * 0.0116 + 5e-5) and thin.tolerance == pytest.approx(0.12 * 0.0116 + 5e-5)
    assert bands.causal("unrounded", "degree 2", 1, 300, 0.0) is None
    assert bands.multiplier("unrounded_noisy", 300, 0.0).tolerance == pytest.approx(0.02 + 5 * 0.0005)
    assert bands.multiplier("unrounded_noisy", 300, 0.1).tolerance == pytest.approx(0.1 + 5 * 0.0005)
    assert found.verdict(float("nan")) == "FAIL"
    assert published_values()["punishment", "degree 3 strict"].status == "second hand"


def test_an_estimated_error_is_as_sure_as_three_known_ones():
    random = np.random.default_rng(1)
    for replications in (5, 10):
        drawn = random.normal(size=(400_000, replications))
        bands = drawn.std(axis=1, ddof=1) * chance(1.0, replications)
        missed = np.abs(drawn.mean(axis=1)) > bands
        assert missed.mean() == pytest.approx(0.0027, abs=0.0004)
    assert chance(1.0, 3000) == pytest.approx(3 / math.sqrt(3000), rel=0.005)
    assert math.isnan(chance(1.0, 4))


@pytest.mark.parametrize(("replications", "judged"), [("1", False), ("4", False), ("5", True)])
def test_means_of_few_replications_are_not_judged(fake_binary, capsys, replications, judged):
    few = ["--replications", replications, "--twin-replications", replications, "--null-draws", "1", "--seed", "6", "--json"]
    assert main([EXPERIMENT, "--binary", str(fake_binary), *few]) == 0
    report = json.loads(capsys.readouterr().out)
    for section in ("period mean", "causal effect", "gain of all others"):
        lines = lines_of(report, section=section, condition="basic")
        assert {line["verdict"] for line in lines} == ({"pass"} if judged else {"not judged"})
        assert judged or all("too few replications" in line["reason"] for line in lines)
    assert {line["verdict"] for line in lines_of(report, section="rows", condition="basic")} == {"pass"}


def test_packaged_synthetic_bands_are_those_of_the_oracle():
    if not ORACLE.exists():
        pytest.skip("tests/oracles/fowler_christakis_bands.json not found")
    assert json.loads(COPY.read_text()) == judged_part(json.loads(ORACLE.read_text()))
    assert set(bands_for(synthetic=True).table["rows"]) == set(EFFECTS)


def test_cascade_has_the_oracles_degrees():
    expected = oracle().degrees_of_separation()
    schedule = base_schedule()
    for source in range(24):
        reach = spread(schedule, source)
        found = np.where(reach.degree < 0, 0, reach.degree)
        for period in range(1, 6):
            assert np.array_equal(found[period], expected[period, source])
        for period, sender, receiver in reach.links:
            assert schedule[period, sender] == schedule[period, receiver]
            assert reach.degree[period + 1, receiver] == reach.degree[period, sender] + 1

"""The commands with the simulator itself: its keys, its files and its numbers are what the package expects."""

import json
import subprocess

import numpy as np
import pytest
from commonweal import open_results
from commonweal.analyze_command import main as analyze
from commonweal.reproduction.command import EXPERIMENT
from commonweal.reproduction.command import main as reproduce
from commonweal.reproduction.simulator import OVERRIDES, Simulator

SMALL = ["--replications", "30", "--twin-replications", "10", "--null-draws", "2", "--seed", "1"]


def test_experiment_is_reproduced_by_synthetic_subjects(real_binary, tmp_path, capsys):
    code = reproduce([EXPERIMENT, "--binary", real_binary, *SMALL, "--json", "--out", str(tmp_path / "out")])
    report = json.loads(capsys.readouterr().out)
    assert [line for line in report["lines"] if line["verdict"] == "FAIL"] == [] and code == 0
    assert report["synthetic_subjects"] and report["verdict"]["pass"] > 100


def test_experiment_is_reproduced_by_real_subjects(real_binary, subjects_csv, capsys):
    code = reproduce([EXPERIMENT, "--binary", real_binary, *SMALL, "--json", "--subjects", str(subjects_csv)])
    report = json.loads(capsys.readouterr().out)
    assert [line for line in report["lines"] if line["verdict"] == "FAIL"] == [] and code == 0
    assert not report["synthetic_subjects"]


@pytest.mark.parametrize("variant", OVERRIDES)
def test_groups_are_perfect_strangers_within_each_condition(real_binary, tmp_path, variant):
    path = Simulator(real_binary, seed=3).run(variant, 2, tmp_path / "x.h5")
    with open_results(path) as results:
        plays, group = results["session_condition"].values, results["group"].values
        assert results.sizes["agent"] == 240 and ("causal_effect" in results) == variant.startswith("causal")
        for run in range(2):
            for condition in range(2):
                met = np.zeros((240, 240), dtype=int)
                for number in range(12):
                    here = plays[number] == condition
                    same = (group[run, number][:, None] == group[run, number][None]) & here[:, None] & here[None]
                    met += same & ~np.eye(240, dtype=bool)
                assert met.max() == 1 and met.sum() == 240 * 6 * 3


def test_results_are_analyzed_by_condition(real_binary, tmp_path, capsys):
    path = Simulator(real_binary, seed=3).run("noisy", 4, tmp_path / "x.h5")
    assert analyze(["dyads", "--data", str(path), "--condition", "basic", "--null", "5", "--seed", "1", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    counts = {(line["degree"], line["lag"]): line["rows"] for line in report["estimates"]}
    assert counts[1, 1] == 3600 and counts[2, 2] == 8640 and counts[3, 3] == 720 and counts[1, 5] == 720
    assert {line["condition"] for line in report["estimates"]} == {"basic"} and report["subjects"].startswith("synthetic")


def test_run_and_analyze_give_the_table_of_the_reproduction(real_binary, tmp_path, capsys):
    """The way to the table of a changed experiment (docs/how-to/estimate_influence.md), here without a change."""
    assert reproduce([EXPERIMENT, "--binary", real_binary, *SMALL, "--json"]) == 0
    reproduced = {
        (line["condition"], line["effect"], line["specification"]): line["simulated"]
        for line in json.loads(capsys.readouterr().out)["lines"]
        if line["section"] == "coefficient" and line["variant"] == "deterministic"
    }
    path = tmp_path / "x.h5"
    words = ["run", "fowler_christakis_2010", "record.agents=true", "replicates=30", "seed.all=1", "-o", str(path)]
    subprocess.run([real_binary, *words], check=True, capture_output=True)
    assert analyze(["dyads", "--data", str(path), "--json"]) == 0
    lines = json.loads(capsys.readouterr().out)["estimates"]
    assert {line["condition"] for line in lines} == {"basic", "punishment"}
    for line in lines:
        degree, lag = line["degree"], line["lag"]
        effect = {1: f"degree 1 lag {lag}", 2: "degree 2", 3: "degree 3 strict"}[degree]
        assert line["coefficient"] == pytest.approx(reproduced[line["condition"], effect, line["specification"]], abs=1e-12)

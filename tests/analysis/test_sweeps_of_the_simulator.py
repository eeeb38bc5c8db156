"""Sweeps of the simulator itself: its designs are what the package reads, and its points what SALib takes them for."""

import json
import subprocess
from pathlib import Path

import commonweal
import numpy as np
import pytest
from commonweal import DataError, ResultsError, design_of, open_results, unstacked
from commonweal.analyze_command import main as analyze
from commonweal.axis_values import places
from commonweal.sensitivity.export_command import main as export

SCENARIO = """\
replicates = 4
[seed]
all = 3
[session]
agents = 8
rounds = 6
[matching]
kind = "strangers"
group_size = 4
[game]
endowment = 20
mpcr = 0.4
[agents.people]
behavior = "belief_schedule"
"""
AXES = [
    "agents.people.belief_others=uniform(0.1,0.6)",
    "game.endowment=logspace(10,1000,3)",
    "matching.kind=strangers,partners",
    "agents.people.contribution_noise=loguniform(0.01,1)",
]


def sweep(binary: str, folder: Path, *words: str, code: int = 0) -> Path:
    scenario = folder / "scenario.toml"
    scenario.write_text(SCENARIO)
    done = subprocess.run(
        [binary, "sweep", scenario, *words, "-q", "-o", folder / "sweep"], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == code, done.stderr
    return folder / "sweep"


@pytest.mark.parametrize(
    "axis",
    [
        "game.mpcr=range(0.3,0.9,0.1)",
        "game.mpcr=linspace(0.9,0.3,4)",
        "game.mpcr=0.4,1,0.5",
        "game.endowment=logspace(10,1000,3)",
        "session.rounds=integers(5,9)",
        "matching.kind=strangers,partners",
        "record.agents=true,false",
    ],
)
def test_places_of_every_kind_of_axis(real_binary, tmp_path, axis):
    with open_results(sweep(real_binary, tmp_path, axis)) as results:
        (one,) = design_of(results).axes
        assert places(one, results[one.key].values).tolist() == results.point.values.tolist()
        assert one.count == results.point.values.max() + 1 and results.sizes["run"] == 4 * one.count


def test_grid_is_unstacked(real_binary, tmp_path):
    folder = sweep(real_binary, tmp_path, "game.mpcr=0.5,0.3", "matching.kind=strangers,partners", "instances=2")
    with open_results(folder) as results:
        grid = unstacked(results)
        assert grid.mean_payoff.sizes["instance"] == 2 and grid.mean_payoff.sizes["replicate"] == 4
        assert grid["game.mpcr"].values.tolist() == [0.5, 0.3] and not np.isnan(grid.mean_payoff).any()
        chosen = (results["game.mpcr"] == 0.3) & (results["matching.kind"] == "partners")
        here = grid.mean_payoff.sel({"game.mpcr": 0.3, "matching.kind": "partners"})
        assert float(here.sum()) == pytest.approx(float(results.mean_payoff[chosen.values].sum()))


@pytest.mark.parametrize("second_order", ["false", "true"])
def test_saltelli_designs_are_what_salib_takes_them_for(real_binary, tmp_path, second_order, capsys):
    words = ["--design", "saltelli", "--points", "32", "--second-order", second_order]
    folder = sweep(real_binary, tmp_path, *AXES, *words)
    assert analyze(["--sobol", str(folder), "--output-of", "mean_contribution", "--round", "last", "--json"]) == 0
    (output,) = json.loads(capsys.readouterr().out)["outputs"]
    total = {line["axis"]: line["total"] for line in output["indices"]}
    assert max(total, key=total.get) == "game.endowment" and len(output.get("pairs", [])) == (
        6 if second_order == "true" else 0
    )
    assert export([str(folder), "--to", "salib", "-o", str(tmp_path / "out")]) == 0
    assert len((tmp_path / "out" / "X.csv").read_text().splitlines()) == 1 + 32 * (10 if second_order == "true" else 6)


def test_morris_designs_are_what_salib_takes_them_for(real_binary, tmp_path, capsys):
    folder = sweep(real_binary, tmp_path, *AXES, "--design", "morris", "--trajectories", "8", "--levels", "6")
    assert analyze(["--morris", str(folder), "--output-of", "mean_contribution", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    (output,) = report["outputs"]
    size = {line["axis"]: line["mu_star"] for line in output["indices"]}
    assert max(size, key=size.get) == "game.endowment" and report["design"]["points"] == 40
    with open_results(folder) as results:
        assert design_of(results).levels == 6


def test_half_a_sweep_is_not_analyzed(real_binary, tmp_path, capsys):
    words = [*AXES, "--design", "morris", "--trajectories", "8", "--shard", "1/2", "--no-merge"]
    folder = sweep(real_binary, tmp_path, *words)
    with pytest.raises(ResultsError, match="commonweal merge"):
        commonweal.open_results(folder)
    merged = subprocess.run([real_binary, "merge", folder], capture_output=True, text=True, timeout=120)
    assert merged.returncode in (0, 4), merged.stderr
    assert analyze(["--morris", str(folder), "--output-of", "mean_contribution"]) == 4
    assert "incomplete: " in capsys.readouterr().err


def test_results_of_one_scenario_are_no_sweep(real_binary, tmp_path):
    scenario = tmp_path / "scenario.toml"
    scenario.write_text(SCENARIO)
    subprocess.run([real_binary, "run", scenario, "-o", tmp_path / "x.h5"], check=True, capture_output=True, timeout=120)
    with (
        open_results(tmp_path / "x.h5", drop_failed=True) as results,
        pytest.raises(DataError, match="not the results of a sweep"),
    ):
        design_of(results)

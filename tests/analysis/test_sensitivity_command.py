"""`commonweal analyze --sobol/--morris` and `commonweal export --to salib` at the shell: tables, files, exit codes."""

import csv
import json
import subprocess
import sys

import h5py
import numpy as np
import pytest
from commonweal.analyze_command import main as analyze
from commonweal.sensitivity.export_command import main as export
from results_file import write_results
from sweep_file import Sweep, continuous, finite, morris_sweep, saltelli_sweep

AXES = [continuous("game.mpcr", 0.2, 0.9), finite("matching.kind", "partners,strangers", 2), continuous("x", 1.0, 9.0)]


def filled(sweep: Sweep, seed: int = 1) -> Sweep:
    """`late_share` [strategy] and `mean_payoff` [condition_round] that depend on the first two axes, with little noise."""
    noise = np.random.default_rng(seed).normal(0, 0.05, len(sweep.rows["run"]))
    y = 10 * sweep.rows["game.mpcr"] + 2 * (sweep.rows["matching.kind"] == "partners") + noise
    sweep.axes["strategy"] = np.array(["cooperator", "defector"], dtype=object)
    sweep.measure("late_share", np.stack([y / 20, 1 - y / 20], axis=1), "strategy")
    return sweep.measure("mean_payoff", np.stack([y, y + sweep.rows["x"]], axis=1), "condition_round")


@pytest.fixture
def saltelli(tmp_path):
    return filled(saltelli_sweep(AXES, 64, second_order=True, replicates=3)).write(tmp_path / "saltelli")


@pytest.fixture
def morris(tmp_path):
    return filled(morris_sweep(AXES, 10, replicates=3)).write(tmp_path / "morris")


def test_sobol_table(saltelli, capsys):
    assert analyze(["--sobol", str(saltelli), "--output-of", "mean_payoff", "--round", "1"]) == 0
    captured = capsys.readouterr()
    assert captured.err == "" and "64 base points x (2 x 3 axes + 2) = 512 points, 3 runs each" in captured.out
    assert "mean_payoff [tokens], condition_round 1: mean" in captured.out and "game.mpcr x matching.kind" in captured.out
    assert "chance: 0.0 % of the variance" in captured.out


def test_morris_table_of_several_outputs(morris, capsys):
    arguments = ["--morris", str(morris), "--output-of", "late_share", "mean_payoff", "--strategy", "defector"]
    assert analyze([*arguments, "--confidence", "0.9"]) == 0
    captured = capsys.readouterr().out
    assert "10 trajectories x (3 axes + 1) = 40 points" in captured and "90 %" in captured
    assert "late_share [tokens], strategy defector: mean" in captured and captured.count("matching.kind") == 2


def test_json_and_files_say_the_same(saltelli, tmp_path, capsys):
    out = tmp_path / "out"
    arguments = ["--sobol", str(saltelli / "results.h5"), "--output-of", "mean_payoff", "--at", "condition_round=1", "--json"]
    assert analyze([*arguments, "-o", str(out), "--resamples", "50", "--seed", "3"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report == json.loads((out / "analysis.json").read_text()) and (report["seed"], report["resamples"]) == (3, 50)
    (output,) = report["outputs"]
    assert output["at"] == {"condition_round": "1"} and output["runs_per_point"] == {"least": 3, "most": 3}
    rows = list(csv.DictReader((out / "indices.csv").open()))
    assert [row["axis"] for row in rows] == ["game.mpcr", "matching.kind", "x"] and rows[0]["output"] == "mean_payoff[1]"
    assert float(rows[0]["first"]) == output["indices"][0]["first"] > float(rows[1]["first"]) > float(rows[2]["total"])
    pairs = list(csv.DictReader((out / "pairs.csv").open()))
    assert len(pairs) == 3 and float(pairs[0]["second"]) == output["pairs"][0]["second"]


@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_figures_are_the_same_bytes_each_time(method, request, tmp_path, capsys):
    folder, files = request.getfixturevalue("saltelli" if method == "sobol" else "morris"), []
    for name in ("one", "two"):
        arguments = [f"--{method}", str(folder), "--output-of", "late_share", "--strategy", "cooperator"]
        assert analyze([*arguments, "-o", str(tmp_path / name)]) == 0
        figures = sorted((tmp_path / name).glob(f"{method}_late_share_cooperator.*"))
        files.append([figure.read_bytes() for figure in figures])
        assert [figure.suffix for figure in figures] == [".png", ".svg"]
    assert files[0] == files[1] and b"matching.kind" in files[0][1]


@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_figures_and_tables_have_words_and_units(method, request, tmp_path, capsys):
    folder = request.getfixturevalue("saltelli" if method == "sobol" else "morris")
    with h5py.File(folder / "results.h5", "a") as file:
        for name, words, unit in (
            ("mean_payoff", "mean payoff after sanctions", "tokens"),
            ("game.mpcr", "marginal per capita return", "1/token"),
            ("x", "a key that varies", "rounds"),
        ):
            file[name].attrs["long_name"], file[name].attrs["units"] = words, unit
    assert analyze([f"--{method}", str(folder), "--output-of", "mean_payoff", "-o", str(tmp_path / "out")]) == 0
    figure = (tmp_path / f"out/{method}_mean_payoff.svg").read_text()
    table = capsys.readouterr().out
    for text in (figure, table):
        assert "mean payoff after sanctions [tokens]" in text and "game.mpcr [1/token]" in text
        assert "x [rounds]" in text and "mean_payoff" in text and "a key that varies" not in text


def test_folder_of_something_else_is_left_alone(saltelli, morris, tmp_path, capsys):
    out = str(tmp_path / "out")
    assert analyze(["--sobol", str(saltelli), "--output-of", "mean_payoff", "-o", out]) == 0
    assert analyze(["--sobol", str(saltelli), "--output-of", "mean_payoff", "-o", out]) == 0
    assert analyze(["--morris", str(morris), "--output-of", "mean_payoff", "-o", out]) == 6
    assert "belongs to 'analyze --sobol'" in capsys.readouterr().err


def test_wrong_designs_are_refused_with_what_is_needed(saltelli, morris, tmp_path, capsys):
    assert analyze(["--sobol", str(morris), "--output-of", "mean_payoff"]) == 2
    told = capsys.readouterr().err
    assert "the design is morris; --sobol needs saltelli" in told and "--morris takes this one" in told
    assert analyze(["--morris", str(saltelli), "--output-of", "mean_payoff"]) == 2
    grid = Sweep({"kind": "grid", "axes": AXES[1:2]}, {"matching.kind": ["partners", "strangers"]})
    folder = str(grid.measure("mean_payoff", np.ones(2)).write(tmp_path / "grid"))
    assert analyze(["--sobol", folder, "--output-of", "mean_payoff"]) == 2
    told = capsys.readouterr().err.splitlines()[-1]
    assert "the design is grid; --sobol needs saltelli" in told and "takes this one" not in told
    assert export([folder, "--to", "salib", "-o", str(tmp_path / "out")]) == 2
    assert "--to salib takes saltelli, morris, lhs, sobol" in capsys.readouterr().err and not (tmp_path / "out").exists()
    one = str(write_results(tmp_path / "x.h5", {}, ["basic"]))
    assert analyze(["--sobol", one, "--output-of", "mean_payoff"]) == 2
    assert "not the results of a sweep" in capsys.readouterr().err


def test_unfinished_sweeps_exit_with_4_and_write_nothing(tmp_path, capsys):
    sweep = filled(saltelli_sweep(AXES, 8, replicates=2)).keep(np.arange(77))
    folder, out = str(sweep.write(tmp_path / "sweep")), str(tmp_path / "out")
    assert analyze(["--sobol", folder, "--output-of", "mean_payoff", "-o", out]) == 4
    assert export([folder, "--to", "salib", "-o", out]) == 4
    captured = capsys.readouterr()
    assert captured.err.count("incomplete: 2 of 40 points, the first of them point 38") == 2 and captured.out == ""
    assert not (tmp_path / "out").exists()


def test_missing_files_exit_with_74(tmp_path, capsys):
    (tmp_path / "shards").mkdir()
    for path in (tmp_path, tmp_path / "none.h5"):
        assert analyze(["--morris", str(path), "--output-of", "mean_payoff"]) == 74
    told = capsys.readouterr().err
    assert f"`commonweal merge {tmp_path}` builds it" in told and "no such file" in told


@pytest.mark.parametrize(
    "arguments",
    [
        ["--sobol", "a", "--morris", "b", "--output-of", "c"],
        ["--sobol", "a"],
        ["--sobol", "a", "--output-of", "c", "--confidence", "95"],
        ["--sobol", "a", "--output-of", "c", "--resamples", "1"],
        ["--sobol", "a", "--output-of", "c", "--at", "lag"],
        ["--sobol=a", "--output-of", "c", "--seed", "-1"],
    ],
)
def test_wrong_usage_exits_with_2(arguments):
    with pytest.raises(SystemExit) as stop:
        analyze(arguments)
    assert stop.value.code == 2


def test_noise_failures_and_missing_values_are_told(tmp_path, capsys):
    sweep = morris_sweep(AXES, 10, replicates=2)
    noise = np.random.default_rng(5).normal(0, 1, len(sweep.rows["run"]))
    values = sweep.rows["game.mpcr"] + noise
    values[4] = np.nan
    folder = str(sweep.measure("mean_payoff", values).fail([1]).write(tmp_path / "sweep"))
    assert analyze(["--morris", folder, "--output-of", "mean_payoff", "--json"]) == 0
    captured = capsys.readouterr()
    (output,) = json.loads(captured.out)["outputs"]
    assert output["failed_runs"] == output["runs_without_value"] == 1 and not output["chance"]["paired"]
    assert "1 of 80 runs failed" in captured.err and "1 of 80 runs have no value of mean_payoff" in captured.err
    share = output["chance"]["share"]
    assert share > 0.5 and f"{100 * share:.0f} % of the variance of mean_payoff between points is chance" in captured.err


def test_exported_files_give_salib_the_same_indices(saltelli, tmp_path, capsys):
    from SALib.analyze import sobol

    out = tmp_path / "out"
    assert export([str(saltelli), "--to", "salib", "-o", str(out)]) == 0
    assert analyze(["--sobol", str(saltelli), "--output-of", "mean_payoff", "--json"]) == 0
    line = json.loads(capsys.readouterr().out)["outputs"][0]["indices"][0]
    problem = json.loads((out / "problem.json").read_text())
    header = (out / "Y.csv").read_text().splitlines()[0].split(",")
    assert header == ["late_share[cooperator]", "late_share[defector]", "mean_payoff"]
    y = np.loadtxt(out / "Y.csv", delimiter=",", skiprows=1)[:, 2]
    found = sobol.analyze(problem, y, num_resamples=10, seed=1)
    assert found["S1"][0] == line["first"] and found["ST"][0] == line["total"]


def test_exported_rows_are_those_of_the_sampler(tmp_path, capsys):
    from SALib.sample import sobol

    axes = [continuous("game.mpcr", 0.2, 0.9), finite("kind", "a,b,c", 3), continuous("rate", 0.01, 10.0, "loguniform")]
    sweep = saltelli_sweep(axes, 16, seed=5, replicates=2)
    order = np.random.default_rng(2).permutation(len(sweep.rows["run"]))
    sweep.measure("mean_payoff", sweep.rows["point"].astype(float)).keep(order)
    out = tmp_path / "out"
    assert export([str(sweep.write(tmp_path / "sweep")), "--to", "salib", "-o", str(out)]) == 0
    problem = json.loads((out / "problem.json").read_text())
    assert problem["names"] == ["game.mpcr", "kind", "rate"] and problem["dists"] == ["unif", "unif", "logunif"]
    assert problem["bounds"] == [[0.2, 0.9], [0, 3], [0.01, 10.0]] and problem["num_vars"] == 3
    expected = sobol.sample(problem, 16, calc_second_order=False, seed=5)
    rows = np.loadtxt(out / "X.csv", delimiter=",", skiprows=1)
    assert rows[:, 1].tolist() == np.floor(expected[:, 1]).tolist()
    assert {line.split(",")[1] for line in (out / "X.csv").read_text().splitlines()} == {"kind", "0", "1", "2"}
    assert rows[:, [0, 2]] == pytest.approx(expected[:, [0, 2]], rel=1e-12)
    assert np.loadtxt(out / "Y.csv", skiprows=1).tolist() == list(range(80))


def test_read_me_names_every_column_and_its_code_runs(morris, tmp_path, capsys):
    out = tmp_path / "out"
    arguments = [str(morris), "--to", "salib", "--output-of", "mean_payoff", "--round", "last", "-o", str(out)]
    assert export(arguments) == 0 == export(arguments)
    text = (out / "README.txt").read_text()
    assert "game.mpcr [tokens]: uniform(0.2,0.9)" in text and "which of partners,strangers it is" in text
    assert "mean_payoff[last] [tokens]: mean_payoff, condition_round last" in text
    code = text.split("In Python:\n")[1].replace("\n  ", "\n").strip()
    printed = subprocess.run(
        [sys.executable, "-c", code + "\nprint(found['mu_star'][0])"], capture_output=True, text=True, check=True, cwd=out
    ).stdout
    assert analyze(["--morris", str(morris), "--output-of", "mean_payoff", "--round", "last", "--json"]) == 0
    assert float(printed) == json.loads(capsys.readouterr().out)["outputs"][0]["indices"][0]["mu_star"]


def test_latin_hypercubes_can_be_exported(tmp_path, capsys):
    random = np.random.default_rng(3)
    sweep = Sweep({"kind": "lhs", "points": 20, "axes": AXES[:1]}, {"game.mpcr": random.uniform(0.2, 0.9, 20)}, replicates=2)
    folder = str(sweep.measure("mean_payoff", random.random(40)).write(tmp_path / "sweep"))
    assert export([folder, "--to", "salib", "-o", str(tmp_path / "out")]) == 0
    x = np.loadtxt(tmp_path / "out" / "X.csv", skiprows=1)
    assert x.tolist() == sweep.rows["game.mpcr"][::2].tolist()


@pytest.mark.parametrize("name", ["commonweal.analyze_command", "commonweal.sensitivity.export_command"])
def test_commands_are_installed(name):
    arguments = ["--sobol", "DIR", "--help"] if "analyze" in name else ["--help"]
    done = subprocess.run([sys.executable, "-m", name, *arguments], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("usage: commonweal ") and "--output-of COLUMN" in done.stdout and done.stderr == ""

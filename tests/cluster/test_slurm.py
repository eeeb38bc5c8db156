"""`commonweal sweep --submit slurm` with a real Slurm of one node: the results are those of one machine."""

from __future__ import annotations

import filecmp
from pathlib import Path

import pytest

SCENARIO = ["square_lattice_pgg", "network.width=40", "network.height=40", "record.window=100", "record.every=50"]
SHORT = [*SCENARIO, "game.enhancement=linspace(3,5,6)", "replicates=2", "session.rounds=200"]
LONG = [*SCENARIO, "game.enhancement=linspace(4,5,24)", "replicates=16", "session.rounds=4000"]  # some 20 s on one processor


class Sweep:
    """A design in a folder of its own, computed by one process and by job arrays."""

    design = SHORT

    def __init__(self, slurm, binary: str, folder: Path):
        self.slurm, self.binary, self.folder = slurm, binary, folder

    def here(self, name: str, *overrides: str) -> Path:
        """Computes the design without Slurm. Returns its results file."""
        self.slurm.run(self.binary, "sweep", *self.design, *overrides, "-o", name, cwd=self.folder)
        return self.folder / name / "results.h5"

    def submit(self, name: str, *options: str) -> tuple[str, str]:
        """Returns the numbers of the array and of the job that joins its shares."""
        words = [self.binary, "sweep", *self.design, "-o", name, "--submit", "slurm", "--tasks", "3", *options]
        lines = self.slurm.run(*words, cwd=self.folder).stdout.splitlines()
        assert [line.split()[0] for line in lines] == ["array", "merge"]
        return lines[0].split()[1], lines[1].split()[1]

    def logs(self, name: str) -> str:
        return "".join(file.read_text() for file in sorted((self.folder / name / "slurm").glob("*.log")))


@pytest.fixture
def sweep(slurm, binary, tmp_path):
    return Sweep(slurm, binary, tmp_path)


def test_array_gives_the_bytes_of_one_machine(sweep):
    name = 'it\'s #1, 50% "out"'
    array, merge = sweep.submit(name)
    sweep.slurm.wait_for(merge, 120)
    tasks = sweep.slurm.ended(array)
    assert [task["JobState"] for task in tasks] == ["COMPLETED"] * 3, sweep.logs(name)
    assert [task["JobState"] for task in sweep.slurm.ended(merge)] == ["COMPLETED"], sweep.logs(name)
    assert len(list((sweep.folder / name / "slurm").glob(f"{array}_*.log"))) == 3
    results = sweep.folder / name / "results.h5"
    assert filecmp.cmp(results, sweep.here("one"), shallow=False)
    assert not filecmp.cmp(results, sweep.here("control", "seed.all=2"), shallow=False)


def test_task_that_runs_out_of_time_goes_on_later(sweep):
    sweep.design = LONG
    array, merge = sweep.submit("out", "--max-time", "2s")
    sweep.slurm.wait_for(merge, 240)
    tasks = sweep.slurm.ended(array)
    assert [task["JobState"] for task in tasks] == ["COMPLETED"] * 3, sweep.logs("out")
    assert sum(int(task["Restarts"]) for task in tasks) > 0, sweep.logs("out")
    assert "goes back into the queue" in sweep.logs("out")
    assert filecmp.cmp(sweep.folder / "out" / "results.h5", sweep.here("one"), shallow=False)


def test_cancelled_array_leaves_gaps_that_the_next_one_fills(sweep):
    array, merge = sweep.submit("out", "--slurm-option=--hold")
    sweep.slurm.run("scontrol", "release", f"{array}_1")
    sweep.slurm.run("scontrol", "release", merge)
    sweep.slurm.wait_for(f"{array}_1", 60)
    sweep.slurm.run("scancel", array)
    sweep.slurm.wait_for(merge, 60)
    [joined] = sweep.slurm.ended(merge)
    assert joined["JobState"] == "FAILED" and joined["ExitCode"] == "4:0", sweep.logs("out")
    _, merge = sweep.submit("out")
    sweep.slurm.wait_for(merge, 120)
    assert filecmp.cmp(sweep.folder / "out" / "results.h5", sweep.here("one"), shallow=False), sweep.logs("out")

"""The examples of `--help`, of which the manual pages and docs/reference/commands.md are made, are commands that work."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from pages.session import Session
from pages.site import ROOT

GIVEN = ROOT / "tests/docs/given"
COMMANDS = ROOT / "docs/reference/commands.md"

# What an example is played with instead, so that it ends within seconds and needs no cluster.
REDUCED = {
    "--submit slurm": "--submit slurm --dry-run",
    "compare sweeps/public_service -o": "compare sweeps/public_service network.agents=500 instances=1 replicates=2 -o",
    "instances=4 replicates=16": "instances=1 replicates=2",
    "--baseline nothing": "--baseline nothing network.agents=300 replicates=2",
    "run experiments/fowler_christakis_2010 ": "run experiments/fowler_christakis_2010 replicates=2 ",
    "run FILE replicates=100": "run mine.toml replicates=2",
    "sweep FILE ": "sweep mine.toml ",
    "reproduce fowler-christakis-2010": "reproduce --help",  # docs/tutorial/reproduce_fowler_christakis.md plays it
}


def examples() -> list[str]:
    """Command lines, without the words that explain them behind two spaces or more."""
    text = COMMANDS.read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"^```\n(.*?)^```$", text, re.MULTILINE | re.DOTALL) for line in block.splitlines()]
    return list(dict.fromkeys(re.split(r"\s{2,}", line)[0] for line in lines if "commonweal " in line))


def program_examples(binary: Path) -> list[str]:
    """Those of `commonweal --help`, which stand in no page."""
    text = subprocess.run([binary, "--help"], capture_output=True, text=True, check=True).stdout
    part = re.search(r"Examples:\n(.*?)\n\n", text, re.DOTALL)
    return [re.split(r"\s{2,}", line.strip())[0] for line in part[1].splitlines()]


def reduced(command: str) -> str:
    command += " "
    for shown, played in REDUCED.items():
        command = command.replace(shown, played)
    return command.strip()


FRIENDS = "{},{}\nann,bob\nbob,eve\n"
PEOPLE = "id,age\nann,34\nbob,41\neve,29\n"
SWEEP = "commonweal sweep sweeps/what_drives_giving replicates=2 -q -o"
LATTICE = (
    "commonweal sweep experiments/square_lattice_pgg network.width=20 session.rounds=40 record.every=10 record.window=20 "
    "replicates=2 game.enhancement=3.5,4.5 -q -o"
)


def prepare(command: str, shell: Session) -> None:
    """The files of which an example speaks: a scenario, tables of people and ties, folders of sweeps."""
    words = command.split()
    if "friends.csv" in words:
        columns = ("from", "to") if "source=from" in words else ("source", "target")
        (shell.folder / "friends.csv").write_text(FRIENDS.format(*columns), encoding="utf-8")
        (shell.folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (shell.folder / "my_regime.toml").write_text('[[regime.grant.policy]]\nkind = "matching_grant"\n', encoding="utf-8")
    if words[1] == "compare":
        service = (GIVEN / "service.toml").read_text(encoding="utf-8")
        (shell.folder / "mine.toml").write_text(service.replace("regime.as_today", "regime.nothing"), encoding="utf-8")
    elif words[1] == "network":
        done(shell, "commonweal config show experiments/santos_2008 > mine.toml")
    elif "mine.toml" in reduced(command) and "> mine.toml" not in command:
        done(
            shell, "commonweal config show experiments/fowler_christakis_2010 matching.kind=strangers replicates=2 > mine.toml"
        )
    if words[1] in ("status", "retry", "merge", "export", "verify", "replay"):
        sweep = LATTICE if "late_share" in command else SWEEP
        done(shell, f"{sweep} out && {SWEEP} machine_a --shard 1/2 && {SWEEP} machine_b --shard 2/2")
    if "results.h5" in words and "-o" not in words:
        done(shell, "commonweal run experiments/fowler_christakis_2010 replicates=2 -q -o results.h5")
    done(shell, "mkdir -p ~/.zfunc ~/.config/fish/completions")


def done(shell: Session, commands: str) -> None:
    ended = shell.shell(commands)
    assert ended.code == 0, f"{commands}\n{ended.out}\n{ended.errors}"


def test_examples_are_found():
    found = examples()
    assert len(found) > 50
    assert {"commonweal config init", "commonweal replay out 17", "commonweal verify out --sample 100"} <= set(found)


@pytest.mark.parametrize("command", examples())
def test_example(command, binary, tmp_path):
    shell = Session(tmp_path, binary)
    prepare(command, shell)
    done(shell, reduced(command))


def test_examples_of_the_program(binary, tmp_path):
    found = program_examples(binary)
    assert len(found) > 5
    for i, command in enumerate(found):
        (tmp_path / str(i)).mkdir()
        shell = Session(tmp_path / str(i), binary)
        prepare(command, shell)
        done(shell, reduced(command))


def test_an_example_that_does_not_work_is_found(binary, tmp_path):
    shell = Session(tmp_path, binary)
    with pytest.raises(AssertionError, match="unknown key"):
        done(shell, "commonweal run experiments/fowler_christakis_2010 replicate=2")

"""The generated reference pages are what the program says, and hand-written pages agree with them."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from conftest import ROOT
from reference import configurations, markdown, scenario_keys

PROGRAM = os.environ.get("COMMONWEAL_BINARY", str(ROOT / "build/release/bin/commonweal"))


@pytest.fixture
def program() -> None:
    if not os.access(PROGRAM, os.X_OK):
        pytest.skip("the simulator is not built; see scripts/setup.sh")


def pages(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts/reference_pages.py"), *words]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | environment, check=False)


def test_pages_are_what_the_program_says(program):
    done = pages("--check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_program_that_says_something_else_is_found(program, tmp_path):
    other = tmp_path / "commonweal"
    other.write_text(f"#!/bin/sh\n'{PROGRAM}' \"$@\" | sed 's/under which treatments/under any treatment/'\n")
    other.chmod(0o755)
    done = pages("--check", "scenario_keys", COMMONWEAL_BINARY=str(other))
    assert done.returncode == 1 and "+How many people, for how long, under any treatment." in done.stdout


@pytest.mark.parametrize(
    ("words", "binary", "code", "message"),
    [
        (["nowhere"], PROGRAM, 2, "no page 'nowhere'; there are: scenario_keys, configurations, results_schema"),
        (["--check", "scenario_keys"], "/nowhere/commonweal", 1, "/nowhere/commonweal: No such file or directory"),
        (["--check", "scenario_keys"], "/bin/false", 1, "commonweal config schema: exit code 1"),
    ],
)
def test_what_is_not_right_is_told(words, binary, code, message):
    done = pages(*words, COMMONWEAL_BINARY=binary)
    assert (done.returncode, message in done.stderr) == (code, True), done.stderr


def names_in(page: str, pattern: str) -> set[str]:
    return set(re.findall(pattern, (ROOT / f"docs/reference/{page}.md").read_text(encoding="utf-8"), re.MULTILINE))


def test_every_variable_is_explained():
    written = {name.rpartition("/")[2] for name in names_in("results_schema", r"^\| `([\w/]+)` \|")}
    assert len(written) > 60
    assert written - names_in("results_file", r"`/?(\w+)`") == set()


def test_every_variable_that_is_explained_is_written():
    explained = {
        name
        for cell in names_in("results_file", r"^\| (`[^|]*`) \| (?=(?:int|float|string))")
        for name in re.findall(r"`(\w+)`", cell)
    }
    written = {name.rpartition("/")[2] for name in names_in("results_schema", r"^\| `([\w/]+)` \|")}
    assert len(explained) > 60 and explained - written == {"subject_row"}  # of a file of subjects, which is not shipped


def test_characters_that_mean_something_are_escaped():
    assert markdown.escaped("a*b* <c> [d] `e_f*` g_h | i") == "a\\*b\\* \\<c\\> \\[d\\] `e_f*` g\\_h \\| i"
    assert markdown.table(["a", "b"], [["1", "2"]]) == "| a | b |\n|---|---|\n| 1 | 2 |\n"


def test_key_has_type_range_unit_and_default():
    key = {"type": "integer", "minimum": 1, "maximum": 5, "default": 2, "description": "how long [rounds]"}
    assert scenario_keys.row("end", key) == ["`end`", "whole number", "1 to 5", "rounds", "`2`", "how long"]
    choice = {"enum": ["all", "focal"], "default": "all", "description": "whose games"}
    assert scenario_keys.row("hosts", choice) == ["`hosts`", "one of", "`all`, `focal`", "", '`"all"`', "whose games"]


def test_comment_becomes_paragraphs():
    lines = ["Question: why", "  so?", "Expect: this,", "    a: 1", "    b: 2", "and that."]
    assert list(configurations.paragraphs(lines)) == [
        "**Question:** why so?",
        "**Expect:** this,",
        "```text\na: 1\nb: 2\n```",
        "and that.",
    ]


def test_models_are_found_in_regimes_worlds_and_types():
    study = {
        "network": {"kind": "star"},
        "agents": {"people": {"behavior": "threshold"}},
        "policy": [{"kind": "contest"}],
        "regime": {"one": {"policy": {"grant": {"kind": "matching_grant"}}}},
        "world": {"two": {"agents": {"others": {"behavior": "free_rider"}}}},
    }
    assert list(configurations.models_in(study)) == [
        ("networks", "star"),
        ("behaviors", "threshold"),
        ("policies", "contest"),
        ("policies", "matching_grant"),
        ("behaviors", "free_rider"),
    ]

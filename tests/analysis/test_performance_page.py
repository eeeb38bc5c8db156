"""The page of measurements says what the measurements say, and is not written from half of them."""

import copy
import importlib.util
import json
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


def load(name):
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


performance_page = load("performance_page")


def summary(median):
    return {"median": median, "quartiles": [0.9 * median, 1.1 * median], "values": [median]}


def side(name, nanoseconds):
    return {"name": name, "command": name, "about": {"peer": "Peer 1.0"}, "nanoseconds": summary(nanoseconds), "updates": 10}


def row(text, slow, fast, goal):
    return {
        "key": text,
        "section": "Imitation",
        "text": text,
        "slow": side("simple reference", slow),
        "fast": side("commonweal", fast),
        "ratio": summary(slow / fast),
        "goal": {"value": goal, "at_most": False},
        "reached": slow / fast >= goal,
        "levels": {"means": [0.25, 0.26], "standard_error": 0.01, "tolerance": 0.04, "agree": True},
        "roofline": {"bound_ns": 1.5, "bound_by": "memory", "share": 0.75, "goal": 0.6, "reached": True},
    }


CONDITIONS = {
    "date": "2026-01-02",
    "command": "benchmarks/ratios.py",
    "machine": {"processor": "A processor", "cores": 2, "memory": "8 kB", "system": "Linux 6"},
    "program": {"version": "0.1.0", "commit": "abc", "compiler": "GCC 12.2.0", "instructions": "avx512"},
    "load_at_start": 0.125,
}


@pytest.fixture
def ratios():
    return {
        "conditions": CONDITIONS,
        "complete": True,
        "repetitions": 5,
        "limits": {"random_line_ns": {"1": 0.86}, "triad_line_ns": {"240": 3.9}, "random_word_ns": 0.34},
        "rows": [row("torus", 40, 2, 10), row("network", 40, 10, 5)],
        "rates": [
            {
                "key": "laboratory",
                "section": "Laboratory",
                "text": "sessions",
                "unit": "sessions per second",
                "side": side("commonweal", 11),
                "rate": summary(312345.6),
                "goal": {"value": 300000, "at_most": False},
                "reached": True,
            }
        ],
        "series": [
            {
                "key": "growth",
                "section": "Growth",
                "text": "torus",
                "quantity": "agents",
                "points": [{"value": 1000, "side": side("commonweal", 2)}, {"value": 10**7, "side": side("commonweal", 4)}],
                "grown": 2,
                "goal": {"value": 2.5, "at_most": True},
                "reached": True,
            }
        ],
        "problems": [],
    }


@pytest.fixture
def peers():
    lonely = row("lattice", 1500, 10, 60)
    del lonely["roofline"]
    return {"conditions": CONDITIONS, "complete": True, "repetitions": 5, "rows": [lonely], "problems": []}


def written(tmp_path, ratios, peers):
    """(exit code, path of the page)"""
    output = tmp_path / "performance.md"
    for name, document in (("ratios", ratios), ("peers", peers)):
        (tmp_path / f"{name}.json").write_text(json.dumps(document))
    words = ["--ratios", str(tmp_path / "ratios.json"), "--peers", str(tmp_path / "peers.json"), "--output", str(output)]
    return performance_page.main(words), output


def test_numbers_are_those_of_the_measurement(tmp_path, ratios, peers):
    code, output = written(tmp_path, ratios, peers)
    text = output.read_text()
    assert code == 0
    assert "| torus | 40 | 2 | 20 | 18 to 22 | ≥ 10 | yes |" in text
    assert "| lattice | 1,500 | 10 | 150 | 135 to 165 | ≥ 60 | yes |" in text
    assert "| sessions | 312,000 |" in text
    assert "Imitation: torus | 2 | 1.5 | memory | 75 % | ≥ 60 % | yes |" in text
    assert "2026-01-02" in text and "A processor" in text and "commit `abc`" in text


def test_a_goal_that_was_not_reached_is_named(tmp_path, ratios, peers):
    _, output = written(tmp_path, ratios, peers)
    text = output.read_text()
    assert "6 of 7 goals were reached. These were **not**:\n\n- Imitation: network\n" in text
    assert "| network | 40 | 10 | 4 | 3.6 to 4.4 | ≥ 5 | **no** |" in text


def test_all_goals_reached_is_said_only_then(tmp_path, ratios, peers):
    ratios["rows"][1]["reached"] = True
    _, output = written(tmp_path, ratios, peers)
    assert "All 7 goals were reached." in output.read_text()


def test_the_same_measurement_gives_the_same_page(tmp_path, ratios, peers):
    _, output = written(tmp_path, ratios, peers)
    first = output.read_bytes()
    _, output = written(tmp_path, copy.deepcopy(ratios), copy.deepcopy(peers))
    assert output.read_bytes() == first
    ratios["rows"][0]["ratio"] = summary(21)
    _, output = written(tmp_path, ratios, peers)
    assert output.read_bytes() != first


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda ratios: ratios.pop("limits"), "there is no 'limits'"),
        (lambda ratios: ratios.update(series=[]), "'series' is empty"),
        (lambda ratios: ratios.update(complete=False), "only a part was measured"),
        (lambda ratios: ratios.update(problems=["torus: levels differ"]), "had problems: torus: levels differ"),
    ],
)
def test_half_a_measurement_is_refused(tmp_path, capsys, ratios, peers, change, message):
    change(ratios)
    code, output = written(tmp_path, ratios, peers)
    assert code == 1
    assert message in capsys.readouterr().err
    assert not output.exists()


def test_measurements_of_two_builds_are_refused(tmp_path, capsys, ratios, peers):
    peers["conditions"] = {**CONDITIONS, "program": {**CONDITIONS["program"], "commit": "def"}}
    code, output = written(tmp_path, ratios, peers)
    assert code == 1
    assert "the commit of one input is abc, that of the other def" in capsys.readouterr().err
    assert not output.exists()


def test_a_file_that_is_no_measurement_is_refused(tmp_path, capsys):
    missing = tmp_path / "missing.json"
    page = tmp_path / "page.md"
    assert performance_page.main(["--ratios", str(missing), "--peers", str(missing), "--output", str(page)]) == 1
    assert "missing.json: No such file" in capsys.readouterr().err
    assert not page.exists()


@pytest.mark.parametrize(
    ("value", "text"), [(0.0005678, "0.000568"), (0.34, "0.34"), (2, "2"), (14.96, "15"), (99.96, "100"), (312345.6, "312,000")]
)
def test_numbers_have_three_significant_digits(value, text):
    assert performance_page.number(value) == text

"""The package's copy of the judged part of tests/oracles/fowler_christakis_bands.json.

Run `python tests/analysis/synthetic_bands.py` after the oracle has changed; a test fails while the two differ.
"""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ORACLE = ROOT / "tests/oracles/fowler_christakis_bands.json"
COPY = ROOT / "analysis/src/commonweal/data/fowler_christakis_2010_synthetic.json"
SPECIFICATIONS = {"raw": "raw", "+ period": "round", "+ lag": "own-lag", "+ lag + period": "own-lag+round"}
CAUSAL = {"unrounded": "unrounded", "unrounded noisy": "unrounded_noisy"}
DEGREES = ("degree 1", "degree 2", "degree 3")


def judged_part(oracle: dict) -> dict:
    """The acceptance values in the layout of the package's [accepted] table."""
    variants = ("deterministic", "unrounded", "noisy")
    twins = {name: oracle["causal"][source]["unclipped"] for source, name in CAUSAL.items()}
    return {
        "status": "computed",
        "origin": f"tests/oracles/fowler_christakis_bands.py: {oracle['meta']['people']}; seed {oracle['meta']['seed']}",
        "replications": oracle["bands"]["deterministic"]["R"],
        "rows": oracle["rows"],
        "coefficients": {variant: _coefficients(oracle["bands"][variant]["coefficients"]) for variant in variants},
        "period_means": {variant: [one["mean"] for one in oracle["bands"][variant]["periods"]["mean"]] for variant in variants},
        "causal": {name: _causal(table) for name, table in twins.items()},
        "people": {degree: _by_lag(twins["unrounded"]["effects"][degree], "people") for degree in DEGREES},
        "tolerance": {
            "coefficient": [0.004, 3.0],
            "causal_sessions": 300,
            "degree 1": 0.03,
            "degree 2": 0.06,
            "degree 3": 0.15,
            "gain": 0.06,
            "multiplier": 0.02,
        },
        "decimals": {
            "coefficient": 5,
            "period_means": 5,
            "degree 1": 6,
            "degree 2": 6,
            "degree 3": 6,
            "gain": 6,
            "people": 4,
        },
    }


def _coefficients(table: dict) -> dict:
    return {
        effect: {ours: [row[theirs]["mean"], row[theirs]["sd"]] for theirs, ours in SPECIFICATIONS.items()}
        for effect, row in table.items()
    }


def _by_lag(row: dict, key: str) -> list[float | None]:
    """Values after 1, 2, ... 5 periods; null where nobody is reached."""
    return [row[f"after {lag}"][key] if f"after {lag}" in row else None for lag in range(1, 6)]


def _causal(table: dict) -> dict:
    effects = {degree: _by_lag(table["effects"][degree], "mean") for degree in DEGREES}
    return effects | {"gain": _by_lag(table["gain of all others"], "mean"), "multiplier": table["multiplier"]["mean"]}


if __name__ == "__main__":
    accepted = judged_part(json.loads(ORACLE.read_text(encoding="utf-8")))
    COPY.write_text(json.dumps(accepted, indent=1) + "\n", encoding="utf-8")

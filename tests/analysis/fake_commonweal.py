"""A stand-in for the simulator: plays the experiment with the program of tests/oracles and writes a results file.

Understands the command lines of `reproduction.simulator` and refuses any other key. FAKE_FAULT=TOKENS adds tokens to every
contribution of the second period; FAKE_EXIT=CODE stops with that code.
"""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
from perfect_strangers import oracle, session_groups
from results_file import laboratory_variables, write_results

KEYS = {
    "record.agents",
    "replicates",
    "seed.all",
    "game.tokens",
    "agents.subjects.rounding",
    "agents.subjects.contribution_noise",
    "agents.subjects.belief_noise",
    "record.cascade",
    "counterfactual.replicates",
    "subjects.file",
}
PERIODS, SESSIONS, PLAYERS = 6, 10, 24


def main(arguments: list[str]) -> int:
    if "FAKE_EXIT" in os.environ:
        print("error: asked to fail", file=sys.stderr)
        return int(os.environ["FAKE_EXIT"])
    command, config, *rest = arguments
    output = rest[rest.index("-o") + 1]
    keys = dict(word.split("=", 1) for word in rest if "=" in word)
    unknown = keys.keys() - KEYS
    if command != "run" or config != "experiments/fowler_christakis_2010" or unknown:
        print(f"error: {command} {config}: unknown {unknown}", file=sys.stderr)
        return 2
    values = {key: tomllib.loads(f"x = {text}")["x"] for key, text in keys.items()}
    write(Path(output), values)
    return 0


def write(path: Path, values: dict) -> None:
    rules, runs = oracle(), values["replicates"]
    rounding = values["agents.subjects.rounding"]
    variant = rules.Variant(
        rounding != "none",
        rounding == "belief_and_others",
        values.get("agents.subjects.contribution_noise", 0.0),
        values.get("agents.subjects.belief_noise", 0.0),
    )
    people = rules.Measured(values["subjects.file"]) if "subjects.file" in values else rules.Synthetic()
    random = np.random.default_rng([values["seed.all"], 7])
    basic, punishment = (play(rules, people, variant, runs, random) for _ in range(2))
    if "FAKE_FAULT" in os.environ:
        basic[:, 1] += float(os.environ["FAKE_FAULT"])
    first = np.repeat(np.arange(SESSIONS) % 2 == 0, PLAYERS)
    contribution = np.concatenate([np.where(first, basic, punishment), np.where(first, punishment, basic)], axis=1)
    groups = np.tile(session_groups(SESSIONS), (2, 1))
    condition = np.repeat([np.where(first, 0, 1), np.where(first, 1, 0)], PERIODS, axis=0)
    variables = laboratory_variables(
        contribution, np.broadcast_to(groups, contribution.shape), np.repeat(np.arange(SESSIONS), PLAYERS), condition
    )
    if values.get("record.cascade"):
        variables |= twins(rules, people, variant, values["counterfactual.replicates"], runs, values["seed.all"])
    origin = f"data file {values['subjects.file']}" if "subjects.file" in values else "synthetic subjects of tests/oracles"
    write_results(path, variables, ["basic", "punishment"], subjects=origin)


def play(rules, people, variant, runs: int, random: np.random.Generator) -> np.ndarray:
    """[run, period, agent]"""
    drawn = people.draw(random, (runs * SESSIONS, PLAYERS))
    played = rules.play(drawn, drawn.contribution, variant, rules.Noise(random, runs * SESSIONS))
    return played.reshape(PERIODS, runs, SESSIONS * PLAYERS).transpose(1, 0, 2).copy()


def twins(rules, people, variant, twin_runs: int, runs: int, seed: int) -> dict:
    effect, count = (np.full((runs, 2, 3, 5), np.nan) for _ in range(2))
    gain, multiplier = np.full((runs, 2, 5), np.nan), np.full((runs, 2), np.nan)
    for run in range(twin_runs):
        for condition in range(2):
            table = rules.causal(people, variant, SESSIONS, [seed, run, condition])
            for (degree, lag), _ in np.ndenumerate(effect[0, 0]):
                entry = table["effects"][f"degree {degree + 1}"].get(f"after {lag + 1}")
                if entry:
                    effect[run, condition, degree, lag], count[run, condition, degree, lag] = (
                        entry["mean"],
                        entry["people"],
                    )
            gain[run, condition] = [table["gain of all others"][f"after {lag}"]["mean"] for lag in range(1, 6)]
            multiplier[run, condition] = 1 + gain[run, condition].sum()
    by_degree = ("run", "condition", "degree", "lag")
    return {
        "causal_effect": (by_degree, effect),
        "causal_people": (by_degree, count),
        "causal_gain": (("run", "condition", "lag"), gain),
        "causal_own": (("run", "condition", "lag"), np.where(np.isnan(gain), np.nan, 0.0)),
        "causal_multiplier": (("run", "condition"), multiplier),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

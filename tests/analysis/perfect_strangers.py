"""The tests' laboratory: 24 people in fours who never meet twice, and the independent program of tests/oracles."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import numpy as np

ORACLES = Path(__file__).resolve().parents[1] / "oracles"


def oracle():
    """The module tests/oracles/fowler_christakis_bands.py: people, model, dyads and twin runs, written without this package."""
    name = "fowler_christakis_bands"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, ORACLES / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


def base_schedule(rounds: int = 6) -> np.ndarray:
    """[round, player]: group 0..5 of each of the 24 players; players 7 o + x, fixed 21, 22, 23; add the round to x modulo 7."""
    base = [
        [21, (0, 0), (2, 1), (1, 2)],
        [22, (3, 0), (6, 1), (2, 2)],
        [23, (5, 0), (5, 1), (3, 2)],
        [(1, 0), (2, 0), (6, 0), (0, 1)],
        [(4, 0), (0, 2), (4, 2), (6, 2)],
        [(1, 1), (3, 1), (4, 1), (5, 2)],
    ]
    schedule = np.empty((rounds, 24), dtype=int)
    for shift in range(rounds):
        for number, members in enumerate(base):
            for member in members:
                player = member if isinstance(member, int) else 7 * member[1] + (member[0] + shift) % 7
                schedule[shift, player] = number
    return schedule


def session_groups(sessions: int, random: np.random.Generator | None = None, rounds: int = 6) -> np.ndarray:
    """[round, agent]: the schedule in each session, players' labels permuted if `random` is given; group numbers are unique."""
    base = base_schedule(rounds)
    labels = [random.permutation(24) if random else np.arange(24) for _ in range(sessions)]
    return np.concatenate([base[:, label] + 6 * number for number, label in enumerate(labels)], axis=1)

"""Writes the results of a comparison of regimes, in the format of docs/reference/results_file.md, for tests without a
simulator.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from sweep_file import Sweep

ROLES = ("frontline", "manager", "leader", "citizen")
SCENARIO = """\
# Question: what do two policies do to a service?
title = "A service"
[game]
kind = "two_pots"
endowment = 20
[seed]
all = 7
"""


class Comparison(Sweep):
    """A public service under regimes in worlds. Runs differ by the luck of their network and of their replicate, which all
    regimes and worlds share, and by noise of their own. generation, inputs: what the manifest says besides."""

    def __init__(self, regimes, worlds=("calm",), instances: int = 6, replicates: int = 8, seed: int = 1):
        design = {"kind": "grid", "axes": [], "regimes": list(regimes), "worlds": list(worlds)}
        super().__init__(design, {"point": np.zeros(1, dtype=int)}, instances, replicates)
        self.random = np.random.default_rng(seed)
        network, chance = self.random.normal(size=instances), self.random.normal(size=(instances, replicates))
        place = (self.rows["instance"], self.rows["replicate"])
        self.luck = network[place[0]] + chance[place]
        self.axes["role"] = np.array(ROLES, dtype=object)
        self.generation: dict = {}
        self.inputs: dict[str, str] = {}

    def effect(self, of: dict) -> np.ndarray:
        """[run]. of: regime -> number, or regime -> {world -> number}; 0 elsewhere."""
        found = np.zeros(len(self.rows["run"]))
        for regime, value in of.items():
            for world in set(self.rows["world"]):
                size = value.get(world, 0.0) if isinstance(value, dict) else value
                found[(self.rows["regime"] == regime) & (self.rows["world"] == world)] = size
        return found

    def noise(self, size: float) -> np.ndarray:
        return size * self.random.normal(size=len(self.rows["run"]))

    def outcome(self, name: str, level: float, of: dict, noise: float = 0.3) -> Comparison:
        """A column: level + luck + effect + noise."""
        self.measure(name, level + self.luck + self.effect(of) + self.noise(noise))
        return self

    def service(self, welfare: dict, system: dict | None = None, gini: dict | None = None, cost: dict | None = None, rounds=20):
        """All columns of a public-service run. The arguments are effects by regime (and world)."""
        system = welfare if system is None else system
        self.outcome("welfare", 25.0, welfare).outcome("system_contribution", 8.0, system)
        self.outcome("local_contribution", 6.0, {})
        self.measure("gini", 0.2 + 0.01 * self.luck + self.effect(gini or {}) + self.noise(0.002))
        self.measure("public_cost", self.effect(cost or {}) + 0.0)
        base = self.columns["system_contribution"][1]
        decay = np.linspace(1.1, 0.9, rounds)
        self.measure("mean_system_contribution", base[:, None] * decay, "round")
        self.measure("mean_local_contribution", self.columns["local_contribution"][1][:, None] * decay, "round")
        self.measure("mean_payoff", self.columns["welfare"][1][:, None] * decay, "round")
        self.measure("late_system_contribution", base * decay[-rounds // 4 :].mean())
        share = np.array([1.0, 1.2, 1.5, 0.8])
        for measure, column in (("payoff", "welfare"), ("local", "local_contribution"), ("system", "system_contribution")):
            values = self.columns[column][1]
            self.measure(f"role_{measure}", values[:, None] * share, "role")
            self.measure(f"organization_{measure}", values[:, None] * np.linspace(0.8, 1.2, 5), "organization")
        self.measure("ledger_gap", np.zeros(len(base), dtype=np.int32))
        return self

    def late(self, values: np.ndarray) -> Comparison:
        """Late contributions of the runs, with a series that goes there in a straight line from 8 tokens."""
        rounds = self.columns["mean_system_contribution"][1].shape[1]
        self.measure("mean_system_contribution", np.linspace(np.full(len(values), 8.0), values, rounds, axis=1), "round")
        return self.measure("late_system_contribution", values)

    def of(self, regime: str, world: str | None = None) -> np.ndarray:
        """Numbers of the runs of a cell."""
        here = self.rows["regime"] == regime
        return np.flatnonzero(here if world is None else here & (self.rows["world"] == world))

    def write(self, folder: Path, scenario: str = SCENARIO) -> Path:
        super().write(folder)
        (folder / "manifest.json").write_text(json.dumps(self.manifest(scenario)))
        return folder

    def manifest(self, scenario: str) -> dict:
        regimes = "".join(f'[[regime.{name}.policy]]\nkind = "{name}"\n' for name in self.design["regimes"][1:])
        worlds = "".join(
            f"[world.{name}]\ngame.endowment = {20 + 2 * place}\n" for place, name in enumerate(self.design["worlds"])
        )
        generation = {
            "file": "/home/someone/service.toml",
            "overrides": ["replicates=8"],
            "scenario": f"{scenario}[regime.{self.design['regimes'][0]}]\n{regimes}{worlds}",
        }
        told = {"format": "commonweal-store", "version": "0", "commit": "0"}
        return told | {"inputs": self.inputs, "generations": [generation | self.generation]}

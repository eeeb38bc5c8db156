"""What would change the answer: the worlds that move the differences most, or the parameters of a screening design."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..errors import AnalysisError
from .bootstrap import Bootstrap, interval_of
from .differences import HIGHER, LOWER, Differences
from .study import Study

if TYPE_CHECKING:
    import xarray

    from .outcomes import Outcome

PARAMETERS, METHODS = "parameters", {"saltelli": "sobol", "morris": "morris"}


@dataclass(frozen=True)
class WorldShift:
    """How far a world moves the differences from the baseline, against the first world.

    regime: the one that is moved most. shift, low, high: by how much. turned: regimes that are clearly better than the baseline
    in one of the two worlds and clearly worse in the other.
    """

    world: int
    regime: int
    shift: float
    low: float
    high: float
    turned: list[int]


@dataclass(frozen=True)
class KeyEffect:
    """Effect of one key on the difference between a regime and the baseline: total Sobol index, or mu* of Morris.

    label: the key with what the results call it, and its unit.
    """

    world: int
    regime: int
    key: str
    label: str
    value: float
    low: float
    high: float


def shifts_of(differences: Differences, study: Study, bootstrap: Bootstrap) -> list[WorldShift]:
    """The largest shift first; nothing for one world."""
    found = []
    moved = differences.mean - differences.mean[:, [0]]
    low, high = interval_of(differences.draws - differences.draws[:, :, [0]], bootstrap.confidence)
    for world in range(1, len(study.worlds)):
        if np.isnan(moved[:, world]).all():
            continue
        regime = int(np.nanargmax(np.abs(moved[:, world])))
        turned = [
            other
            for other in study.others
            if {differences.verdict[other, 0], differences.verdict[other, world]} == {HIGHER, LOWER}
        ]
        place = (regime, world)
        found.append(WorldShift(world, regime, float(moved[place]), float(low[place]), float(high[place]), turned))
    return sorted(found, key=lambda one: -abs(one.shift))


def effects_of(results: xarray.Dataset, outcome: Outcome, study: Study, regime: int, seed: int) -> tuple[list[KeyEffect], str]:
    """Effects of the keys on the difference between a regime and the baseline, in each world; else why there are none."""
    design = study.design
    if design is None or design.kind not in METHODS:
        return [], ""
    found = []
    for world, name in enumerate(study.worlds):
        try:
            found += _effects(results, outcome, study, regime, (world, name), seed)
        except AnalysisError as error:
            return [], str(error)
    return found, ""


def _effects(results, outcome, study: Study, regime: int, world: tuple[int, str], seed: int) -> list[KeyEffect]:
    from ..sensitivity.estimate import Bootstrap as Resampling
    from ..sensitivity.estimate import Question, analyze
    from ..sensitivity.outputs import Output
    from ..sensitivity.points import check_complete
    from ..sensitivity.rows import check_order, rows_of

    design, method = study.design, METHODS[study.design.kind]
    cell = _pairs(results, outcome, study, regime, world[1])
    check_complete(cell, design)
    rows = rows_of(cell, design)
    check_order(cell, design, rows)
    question = Question(method, "", "", design, Resampling(seed=seed))
    found = analyze(cell, rows, Output("difference"), question)
    lines = found.lines
    estimates = [line.total if method == "sobol" else line.mu_star for line in lines]
    return [
        KeyEffect(world[0], regime, line.axis, found.axes[line.axis], one.value, one.low, one.high)
        for line, one in zip(lines, estimates)
    ]


def _pairs(results: xarray.Dataset, outcome: Outcome, study: Study, regime: int, world: str) -> xarray.Dataset:
    """The runs of the regime in the world, with the column `difference` from their partners of the baseline."""
    own, base = (_cell(results, study, place, world) for place in (regime, study.baseline))
    keys = [list(zip(*(results[name].values[runs] for name in ("point", "instance", "replicate")))) for runs in (own, base)]
    partner = {key: run for key, run in zip(keys[1], base) if results["status"].values[run] == 0}
    other = np.array([outcome.values[partner[key]] if key in partner else np.nan for key in keys[0]])
    return results.isel(run=own).assign(difference=("run", outcome.values[own] - other))


def _cell(results: xarray.Dataset, study: Study, regime: int, world: str) -> np.ndarray:
    here = np.ones(results.sizes["run"], dtype=bool)
    if "regime" in results:
        here &= results["regime"].values.astype(str) == study.regimes[regime]
    if "world" in results:
        here &= results["world"].values.astype(str) == world
    return np.flatnonzero(here)

"""Who gains and who loses: paired differences by role and by organization."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .bootstrap import Bootstrap, interval_of, means_of
from .differences import rounding_of, verdict_of
from .outcomes import column_of
from .study import Study

if TYPE_CHECKING:
    import xarray

AXES = ("role", "organization")
MEASURES = {"payoff": "payoff", "local": "contribution to the own pot", "system": "contribution to the system pot"}


@dataclass(frozen=True)
class GroupDifferences:
    """Of one measure: regime minus baseline. mean, low, high, verdict: [regime, world, group]. axis: role or organization."""

    axis: str
    measure: str
    names: tuple[str, ...]
    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray
    verdict: np.ndarray


def groups_of(results: xarray.Dataset, study: Study, bootstrap: Bootstrap, smallest: float) -> list[GroupDifferences]:
    """All that are recorded, roles first."""
    found = []
    for axis in AXES:
        for measure in MEASURES:
            values = column_of(results, f"{axis}_{measure}")
            if values is not None and values.ndim == 2:
                labels = tuple(str(label) for label in results[axis].values.tolist())
                found.append(_differences(study.cells(values), axis, measure, labels, study, bootstrap, smallest))
    return found


def _differences(cells, axis, measure, names, study, bootstrap, smallest) -> GroupDifferences:
    """cells: [regime, world, unit, point, group]. Groups that no run has are left out."""
    there = ~np.isnan(cells).all(axis=(0, 1, 2, 3))
    cells = np.moveaxis(cells[..., there], -1, 2)
    difference = cells - cells[study.baseline]
    difference[np.abs(difference) <= rounding_of(cells)] = 0.0
    difference[study.baseline] = np.nan
    means = means_of(difference, study, bootstrap)
    low, high = interval_of(means.draws, bootstrap.confidence)
    verdict = np.empty(means.estimate.shape, dtype=object)
    for place in np.ndindex(verdict.shape):
        verdict[place] = verdict_of(means.estimate[place], low[place], high[place], smallest)
    kept = tuple(name for name, here in zip(names, there) if here)
    return GroupDifferences(axis, measure, kept, means.estimate, low, high, verdict)

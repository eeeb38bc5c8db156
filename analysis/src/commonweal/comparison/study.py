"""The runs of a comparison by regime, world, network instance and replicate, so that runs with the same luck stand side by
side.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ..design import Design, design_of, source_of
from ..errors import DataError
from ..nearest import did_you_mean

if TYPE_CHECKING:
    import xarray

ALONE = "base"  # name of the one regime, or world, of results that have none
MOST_WORLDS = 12  # points of a grid become worlds of their own as long as there are not more


@dataclass(frozen=True)
class Study:
    """Where each finished run stands. A unit is a pair (network instance, replicate): what regimes and worlds share luck in.

    regimes, worlds: names, in the order of the design. baseline: the place of a regime. instances, replicates: their numbers.
    points: number of design points of which the mean is taken (1: none). done: [run of the file], bool. place: [5, done run]:
    regime, world, instance, replicate, point. present, failed: [regime, world], runs in the file, and failed ones. planned:
    runs that the design asks for, None where an `until` decides. design: None for results that are not of a sweep.
    """

    regimes: tuple[str, ...]
    worlds: tuple[str, ...]
    baseline: int
    instances: int
    replicates: int
    points: int
    done: np.ndarray
    place: np.ndarray
    present: np.ndarray
    failed: np.ndarray
    planned: int | None
    complete: bool
    design: Design | None

    @property
    def units(self) -> int:
        return self.instances * self.replicates

    @property
    def others(self) -> list[int]:
        """Places of all regimes but the baseline."""
        return [regime for regime in range(len(self.regimes)) if regime != self.baseline]

    @property
    def share_done(self) -> float:
        """Share of the planned runs that are in the file; 1 where no number was planned."""
        return 1.0 if not self.planned else min(1.0, float(self.present.sum()) / self.planned)

    @cached_property
    def _flat(self) -> np.ndarray:
        shape = (len(self.regimes), len(self.worlds), self.instances, self.replicates, self.points)
        return np.ravel_multi_index(self.place, shape)

    def cells(self, values: np.ndarray) -> np.ndarray:
        """[regime, world, unit, point, ...]: the values [run, ...] where they belong; NaN where no run is done."""
        values = np.asarray(values, dtype=float)[self.done]
        shape = (len(self.regimes), len(self.worlds), self.units, self.points)
        table = np.full((int(np.prod(shape)), *values.shape[1:]), np.nan)
        table[self._flat] = values
        return table.reshape(*shape, *values.shape[1:])

    def instances_with(self, there: np.ndarray) -> np.ndarray:
        """[...]: number of network instances with at least one true unit. there: [..., unit], bool."""
        return there.reshape(*there.shape[:-1], self.instances, self.replicates).any(axis=-1).sum(axis=-1)


def study_of(results: xarray.Dataset, baseline: str | None = None) -> Study:
    """Where the runs of the results stand. Raises DataError for an unknown baseline, no finished run, or a run that is there
    twice.
    """
    design = design_of(results) if "design" in results.attrs else None
    done = results["status"].values == 0 if "status" in results else np.ones(results.sizes["run"], dtype=bool)
    if not done.any():
        raise DataError(f"{source_of(results)}: no run is done ({len(done)} in the file): nothing can be compared")
    regimes, regime = _names(results, "regime", design.regimes if design else ())
    worlds, world = _names(results, "world", design.worlds if design else ())
    points, point = np.unique(_numbers(results, "point"), return_inverse=True)
    worlds, world, point, count = _grid_as_worlds(results, design, worlds, world, points, point.reshape(-1))
    instances, instance = np.unique(_numbers(results, "instance"), return_inverse=True)
    replicates, replicate = np.unique(_numbers(results, "replicate"), return_inverse=True)
    place = np.stack([regime, world, instance.reshape(-1), replicate.reshape(-1), point])
    _refuse_twins(results, place)
    table = (len(regimes), len(worlds))
    cell = np.ravel_multi_index((regime, world), table)
    return Study(
        regimes=regimes,
        worlds=worlds,
        baseline=_baseline(results, regimes, baseline),
        instances=len(instances),
        replicates=len(replicates),
        points=count,
        done=done,
        place=place[:, done],
        present=np.bincount(cell, minlength=table[0] * table[1]).reshape(table),
        failed=np.bincount(cell[~done], minlength=table[0] * table[1]).reshape(table),
        planned=_planned(design),
        complete=int(results.attrs.get("complete", 1)) == 1,
        design=design,
    )


def _numbers(results: xarray.Dataset, name: str) -> np.ndarray:
    """A numbering of the runs. Without replicates each run is one; without the others all are number 0."""
    if name in results:
        return results[name].values
    count = results.sizes["run"]
    return np.arange(count) if name == "replicate" else np.zeros(count, dtype=int)


def _names(results: xarray.Dataset, axis: str, known: tuple[str, ...]) -> tuple[tuple[str, ...], np.ndarray]:
    """Names in the order of the design, else of the file, and the place of each run's among them."""
    if axis not in results:
        return (ALONE,), np.zeros(results.sizes["run"], dtype=int)
    values = results[axis].values.astype(str)
    names = tuple(dict.fromkeys([*known, *values.tolist()]))
    where = {name: place for place, name in enumerate(names)}
    return names, np.array([where[value] for value in values.tolist()], dtype=int)


def _grid_as_worlds(results, design: Design | None, worlds, world, points, point):
    """Few points of a grid are conditions like worlds: never averaged. Of any other design the mean over points is taken."""
    if len(points) == 1 or design is None or design.kind not in ("grid", "zip") or len(worlds) * len(points) > MOST_WORLDS:
        return worlds, world, point, len(points)
    first = np.unique(results["point"].values, return_index=True)[1]
    labels = [", ".join(f"{key} = {_label(results[key].values[run])}" for key in design.keys) for run in first]
    alone = "world" not in results
    names = tuple(label if alone else f"{name}, {label}" for name in worlds for label in labels)
    return names, world * len(points) + point, np.zeros_like(point), 1


def _label(value: object) -> str:
    return f"{value:g}" if isinstance(value, (float, np.floating)) else str(value)


def _refuse_twins(results: xarray.Dataset, place: np.ndarray) -> None:
    order = np.lexsort(place)
    twin = np.flatnonzero((np.diff(place[:, order], axis=1) == 0).all(axis=0))
    if twin.size:
        runs = results["run"].values[order[twin[0] : twin[0] + 2]]
        raise DataError(
            f"{source_of(results)}: runs {runs[0]} and {runs[1]} have the same regime, world, point, instance and replicate"
        )


def _baseline(results: xarray.Dataset, regimes: tuple[str, ...], name: str | None) -> int:
    if name is None:
        return 0
    if name not in regimes:
        hint = did_you_mean(name, regimes)
        raise DataError(f"{source_of(results)}: --baseline: no regime {name!r}{hint}; there are: {', '.join(regimes)}")
    return regimes.index(name)


def _planned(design: Design | None) -> int | None:
    if design is None or design.replicates is None:
        return None
    return design.size * max(len(design.regimes), 1) * max(len(design.worlds), 1) * design.instances * design.replicates

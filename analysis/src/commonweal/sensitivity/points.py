"""From runs to design points: is every point there, what is its mean, and how much of the means' variance is chance."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..design import Design, source_of
from ..errors import DataError, IncompleteError

if TYPE_CHECKING:
    import xarray

BLOCK = 16  # replicates after which a sweep with --until is judged, and then whenever they have doubled


@dataclass(frozen=True)
class Chance:
    """What replicates tell about the precision of point means.

    variance: mean over points of the squared standard error of the point mean, NaN where nothing can tell. share: the same
    divided by the variance between the point means. unit: what was taken as independent: "replicate" or "instance". paired:
    true when every point has the same replicates, so that luck which all points share was left out.
    """

    variance: float
    share: float
    unit: str
    paired: bool


@dataclass(frozen=True)
class PointMeans:
    """means, runs: [point], over the runs that are done and have a value. failed, missing: runs without either."""

    means: np.ndarray
    runs: np.ndarray
    failed: int
    missing: int
    chance: Chance


def select_cell(results: xarray.Dataset, design: Design, regime: str | None, world: str | None) -> xarray.Dataset:
    """The runs under one regime in one world. One must be named when there are several. Raises DataError."""
    for axis, names, name in (("regime", design.regimes, regime), ("world", design.worlds, world)):
        there = f"there are: {', '.join(names)}" if names else f"the sweep has no {axis}s"
        if name is not None and name not in names:
            raise DataError(f"{source_of(results)}: no {axis} {name!r}; {there}")
        if name is None and len(names) > 1:
            raise DataError(f"{source_of(results)}: {len(names)} {axis}s; choose one with --{axis} NAME; {there}")
        if names:
            results = results.isel(run=results[axis].values == (name or names[0]))
    return results


def check_complete(results: xarray.Dataset, design: Design) -> None:
    """Refuses runs of one regime and world that are not all that the design asks for.

    Raises IncompleteError (exit code 4) if points lack runs or have none that is done, DataError if the runs contradict the
    design: a point number that does not exist, or the same run twice.
    """
    where, point = source_of(results), results["point"].values
    if point.size and (point.min() < 0 or point.max() >= design.size):
        stranger = point[(point < 0) | (point >= design.size)][0]
        raise DataError(f"{where}: a run of point {stranger}; the design has the points 0 .. {design.size - 1}")
    key = np.stack([point, results["instance"].values, results["replicate"].values], axis=1)
    if len(np.unique(key, axis=0)) < len(key):
        raise DataError(f"{where}: several runs have the same point, instance and replicate")
    count = np.bincount(point, minlength=design.size)
    _refuse_lacking(where, _enough(count, results, design), f"not {_asked(design)}", "go on with the sweep")
    done = np.bincount(point[results["status"].values == 0], minlength=design.size)
    if results.attrs.get("complete", 1) == 0 and design.replicates is None:
        raise IncompleteError(
            f"{where}: incomplete: some point is still to be judged by --until; go on with the sweep, "
            "then `commonweal merge` it"
        )
    _refuse_lacking(where, done > 0, "no run that is done: all failed", "`commonweal retry` its folder")


def point_means(results: xarray.Dataset, design: Design, values: np.ndarray, name: str) -> PointMeans:
    """Means of a number per run. values: [run]; those of failed runs are left out, and so are NaN.

    Raises DataError if a point has no value.
    """
    done, there = results["status"].values == 0, ~np.isnan(values)
    used = done & there
    point = results["point"].values[used]
    runs = np.bincount(point, minlength=design.size)
    if np.any(runs == 0):
        lacking = np.flatnonzero(runs == 0)
        raise DataError(
            f"{source_of(results)}: no run of point {lacking[0]} has a value of {name} ({len(lacking)} of {design.size} "
            "points); every point needs one: choose an outcome that every run has (--output-of), or ranges in which it always "
            "happens"
        )
    means = np.bincount(point, values[used], minlength=design.size) / runs
    chance = _chance(
        means, point, results["instance"].values[used], results["replicate"].values[used], values[used], design.size
    )
    return PointMeans(means, runs, int((~done).sum()), int((done & ~there).sum()), chance)


def _asked(design: Design) -> str:
    if design.replicates is None:
        return f"{BLOCK}, {2 * BLOCK}, {4 * BLOCK}, ... or {design.max_replicates} runs on each instance"
    return f"the {design.instances * design.replicates} runs that the design asks for"


def _enough(count: np.ndarray, results: xarray.Dataset, design: Design) -> np.ndarray:
    """[point], bool. With --until, every instance of a point has as many replicates, and a number at which it is judged."""
    if design.replicates is not None:
        return count == design.instances * design.replicates
    cell = results["point"].values.astype(np.int64) * design.instances + results["instance"].values
    replicates = np.bincount(cell, minlength=design.size * design.instances).reshape(design.size, design.instances)
    blocks = replicates / BLOCK
    judged = (blocks >= 1) & (np.log2(np.maximum(blocks, 1)) % 1 == 0)
    complete = judged | (replicates == design.max_replicates)
    return complete.all(axis=1) & (replicates == replicates[:, :1]).all(axis=1)


def _refuse_lacking(where: str, enough: np.ndarray, lack: str, remedy: str) -> None:
    lacking = np.flatnonzero(~enough)
    if lacking.size:
        raise IncompleteError(
            f"{where}: incomplete: {lacking.size} of {len(enough)} points, the first of them point {lacking[0]}, have {lack}; "
            f"{remedy}, then `commonweal merge` it"
        )


def _chance(
    means: np.ndarray, point: np.ndarray, instance: np.ndarray, replicate: np.ndarray, values: np.ndarray, size: int
) -> Chance:
    """Noise of the point means. Networks are drawn too: with several instances these are the independent units.

    With the same units at every point the two-way layout is used: point + unit + rest. Points share their random numbers, so
    a lucky unit lifts all points; that part does not blur differences between points and is left out.
    """
    several = len(np.unique(instance)) > 1
    units = np.unique(instance if several else replicate, return_inverse=True)[1].reshape(-1)
    width = int(units.max()) + 1
    count = np.bincount(point * width + units, minlength=size * width).reshape(size, width)
    total = np.bincount(point * width + units, values, minlength=size * width).reshape(size, width)
    table = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    paired = bool((count == count[0, 0]).all())
    variance = _paired_variance(table) if paired and size > 1 else _own_variance(table)
    between = float(np.var(means, ddof=1)) if size > 1 else 0.0
    return Chance(variance, variance / between if between > 0 else math.nan, "instance" if several else "replicate", paired)


def _paired_variance(table: np.ndarray) -> float:
    size, width = table.shape
    if width < 2:
        return math.nan
    rest = table - table.mean(axis=1, keepdims=True) - table.mean(axis=0) + table.mean()
    return float((rest**2).sum() / ((size - 1) * (width - 1)) / width)


def _own_variance(table: np.ndarray) -> float:
    """Mean over points of s^2 / n, over the points that have at least two units."""
    n = (~np.isnan(table)).sum(axis=1)
    table, n = table[n > 1], n[n > 1]
    return float(np.mean(np.nanvar(table, axis=1, ddof=1) / n)) if n.size else math.nan

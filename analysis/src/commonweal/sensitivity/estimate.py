"""Sobol indices and elementary effects of one output. The estimators and their bootstrap are SALib's."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from ..design import Design, source_of
from ..errors import DataError
from ..labels import label_of, unit_of, with_unit
from .outputs import Output, numbers_per_run
from .points import PointMeans, point_means
from .rows import problem_of

if TYPE_CHECKING:
    import xarray

METHODS = {"sobol": "saltelli", "morris": "morris"}  # method -> kind of design


@dataclass(frozen=True)
class Bootstrap:
    """Base points (trajectories) drawn again, with replacement; the interval is estimate -+ z times the standard deviation."""

    resamples: int = 1000
    confidence: float = 0.95
    seed: int = 0


@dataclass(frozen=True)
class Question:
    """What is asked of which sweep. data: its folder or file, as it was named. cell: its regime and world, empty without."""

    method: str
    data: str
    cell: str
    design: Design
    bootstrap: Bootstrap


@dataclass(frozen=True)
class Estimate:
    """A number with the ends of its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class SobolLine:
    """Shares of the variance of the output: by the axis alone, and with all interactions that it takes part in."""

    axis: str
    first: Estimate
    total: Estimate


@dataclass(frozen=True)
class PairLine:
    """Share of the variance by the interaction of two axes."""

    axes: tuple[str, str]
    second: Estimate


@dataclass(frozen=True)
class MorrisLine:
    """Elementary effects of an axis, in units of the output per whole range of the axis.

    mu_star: mean of their sizes. mu: mean. sigma: standard deviation between trajectories.
    """

    axis: str
    mu_star: Estimate
    mu: float
    sigma: float


@dataclass(frozen=True)
class Analysis:
    """One output. label: of its column, in words. axes: key -> key with what the results call it and its unit. lines: in the
    order of the axes. mean, deviation: of the point means of the output, in its unit. floor: the
    total index, or mu*, that a key without effect would have if the noise of the point means were independent between points;
    NaN where replicates tell no noise."""

    output: Output
    label: str
    unit: str
    axes: dict[str, str]
    points: PointMeans
    mean: float
    deviation: float
    floor: float
    lines: list[SobolLine] | list[MorrisLine]
    pairs: list[PairLine]


def analyze(results: xarray.Dataset, rows: np.ndarray, output: Output, question: Question) -> Analysis:
    """Sensitivity of the mean of the output over the runs of a point.

    results: complete, of one regime and world (`select_cell`, `check_complete`). rows: those of `rows_of`, in SALib's order.
    Raises DataError if a point has no value, or if Sobol indices are asked for and all points have the same one.
    """
    points = point_means(results, question.design, numbers_per_run(results, output), output.name)
    y = points.means
    if question.method == "sobol" and np.ptp(y) <= 1e-12 * np.abs(y).max():
        raise DataError(f"{source_of(results)}: {output.name} is {y[0]:g} at every point; there is no variance to explain")
    lines, pairs = (_sobol if question.method == "sobol" else _morris)(question.design, rows, y, question.bootstrap)
    unit = str(results[output.column].attrs.get("units", "1"))
    label = label_of(results, output.column)
    axes = {key: with_unit(key, unit_of(results, key)) for key in question.design.keys}
    return Analysis(output, label, unit, axes, points, float(y.mean()), float(y.std()), _floor(points, question), lines, pairs)


def _floor(points: PointMeans, question: Question) -> float:
    """With d the difference of two independent noises of variance v. Sobol: E d^2 / 2 = v, as a share of the variance between
    points. Morris: E |d| / delta = 2 sqrt(v / pi) / delta if the noise is normal; delta is the step as a part of the range."""
    if question.method == "sobol":
        return points.chance.share
    levels = question.design.levels or 4
    return 2 * math.sqrt(points.chance.variance / math.pi) / (levels / (2 * (levels - 1)))


def _sobol(design: Design, rows: np.ndarray, y: np.ndarray, bootstrap: Bootstrap) -> tuple[list, list]:
    from SALib.analyze import sobol

    found = sobol.analyze(
        problem_of(design),
        y,
        calc_second_order=design.second_order,
        num_resamples=bootstrap.resamples,
        conf_level=bootstrap.confidence,
        seed=np.random.default_rng(bootstrap.seed),  # SALib takes a plain seed of 0 for none
    )
    lines = [SobolLine(key, _estimate(found, "S1", axis), _estimate(found, "ST", axis)) for axis, key in enumerate(design.keys)]
    pairs = [
        PairLine((design.keys[one], design.keys[other]), _estimate(found, "S2", (one, other)))
        for one, other in combinations(range(len(design.keys)), 2)
        if design.second_order
    ]
    return lines, pairs


def _morris(design: Design, rows: np.ndarray, y: np.ndarray, bootstrap: Bootstrap) -> tuple[list, list]:
    from SALib.analyze import morris

    found = morris.analyze(
        problem_of(design),
        rows,
        y,
        num_resamples=bootstrap.resamples,
        conf_level=bootstrap.confidence,
        num_levels=design.levels or 4,
        seed=np.random.default_rng(bootstrap.seed),
    )
    return [
        MorrisLine(key, _estimate(found, "mu_star", axis), float(found["mu"][axis]), float(found["sigma"][axis]))
        for axis, key in enumerate(design.keys)
    ], []


def _estimate(found: dict, name: str, place: int | tuple[int, int]) -> Estimate:
    value, half = float(found[name][place]), float(found[f"{name}_conf"][place])
    return Estimate(value, value - half, value + half)

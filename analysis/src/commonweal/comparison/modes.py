"""When the mean misleads: runs that collapse or tip, and outcomes that fall into two groups."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..labels import unit_of
from .outcomes import PER_ROUND, column_of
from .study import Study

if TYPE_CHECKING:
    import xarray

SERIES = (("mean_system_contribution", "contribution to the system pot"), ("mean_contribution", "contribution"))
SARLE = 5 / 9  # the coefficient of a uniform law
FEWEST = 30  # runs, to speak of two groups
SMALLEST_GROUP = 0.15
VALLEY = 0.05  # share of runs in the middle third between the two group means; of a uniform law a sixth
APART = 4  # Ashman's D: distance of the group means in (root mean square) standard deviations; 3.5 of a halved uniform law


@dataclass(frozen=True)
class Lines:
    """The series by round that is looked at. unit: of a value. values: [run of the file, round]. early, late: [run],
    means of its first and last rounds.
    """

    column: str
    label: str
    unit: str
    values: np.ndarray
    early: np.ndarray
    late: np.ndarray
    early_rounds: int
    ceiling: float
    ceiling_from: str


@dataclass(frozen=True)
class Split:
    """Two groups of runs: means, share of the runs in the upper one, and Sarle's coefficient."""

    lower: float
    upper: float
    share: float
    coefficient: float


@dataclass(frozen=True)
class Modes:
    """[regime, world]. runs: with a late value. collapsed, tipped: numbers of them. split: Split or None. late: mean."""

    lines: Lines
    collapse: float
    tip: float
    runs: np.ndarray
    collapsed: np.ndarray
    tipped: np.ndarray
    late: np.ndarray
    split: np.ndarray


def modes_of(
    results: xarray.Dataset, study: Study, collapse: float, tip: float, early_rounds: int | None, ceiling: float | None
) -> Modes | None:
    """None where no contribution by round is recorded.

    A run collapses when its late contribution is below `collapse` times its early one. It tips when it has gained more than
    `tip` of the room that it had at first: late > early + tip * (ceiling - early).
    """
    lines = _lines(results, early_rounds, ceiling)
    if lines is None:
        return None
    with np.errstate(invalid="ignore"):
        fell = np.where(np.isnan(lines.early + lines.late), np.nan, (lines.late < collapse * lines.early) * 1.0)
        rose = lines.late > lines.early + tip * (lines.ceiling - lines.early)
    rose = np.where(np.isnan(fell), np.nan, (rose & (lines.early < lines.ceiling)) * 1.0)
    late = study.cells(lines.late).reshape(len(study.regimes), len(study.worlds), -1)
    count = (~np.isnan(late)).sum(axis=-1)
    network = np.repeat(np.arange(study.instances), study.replicates * study.points)
    split = np.empty(count.shape, dtype=object)
    for place in np.ndindex(count.shape):
        split[place] = split_of(late[place], network)
    total = np.where(np.isnan(late), 0.0, late).sum(axis=-1)
    return Modes(
        lines=lines,
        collapse=collapse,
        tip=tip,
        runs=count,
        collapsed=np.nansum(study.cells(fell), axis=(-1, -2)).astype(int),
        tipped=np.nansum(study.cells(rose), axis=(-1, -2)).astype(int),
        late=np.where(count > 0, total / np.maximum(count, 1), np.nan),
        split=split,
    )


def split_of(values: np.ndarray, network: np.ndarray | None = None) -> Split | None:
    """The two groups that the values fall into, or None. NaN are left out. network: [value], the instance of each.

    Sarle's coefficient alone is large for skewed laws with one peak, too. So there must be a valley as well: the best cut into
    two groups (least squares) has at least 15 % of the runs on each side, group means that are far apart, and hardly any run
    in the middle third between them. A group that is one of several networks is an unusual network.
    """
    order = np.argsort(values)[: np.sum(~np.isnan(values))]
    x, network = values[order], np.zeros(len(order)) if network is None else network[order]
    if len(x) < FEWEST or x[-1] - x[0] <= 1e-9 * max(abs(x[0]), abs(x[-1])):
        return None
    coefficient = sarle(x)
    cut = _best_cut(x)
    lower, upper = x[:cut].mean(), x[cut:].mean()
    third = (upper - lower) / 3
    middle = np.mean((x > lower + third) & (x < upper - third))
    within = np.sqrt((x[:cut].var() + x[cut:].var()) / 2)
    balanced = SMALLEST_GROUP <= cut / len(x) <= 1 - SMALLEST_GROUP
    networks = min(len(np.unique(part)) for part in (network[:cut], network[cut:]))
    if not (coefficient > SARLE and balanced and middle < VALLEY and upper - lower > APART * within):
        return None
    if networks < min(2, len(np.unique(network))):
        return None
    return Split(float(lower), float(upper), 1 - cut / len(x), float(coefficient))


def sarle(x: np.ndarray) -> float:
    """(skewness^2 + 1) / (excess kurtosis + 3 (n-1)^2 / ((n-2)(n-3))), both corrected for the sample's size; 5/9 for a uniform
    law.
    """
    n = len(x)
    z = x - x.mean()
    m2, m3, m4 = (np.mean(z**power) for power in (2, 3, 4))
    skewness = m3 / m2**1.5 * np.sqrt(n * (n - 1)) / (n - 2)
    excess = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (m4 / m2**2 - 3) + 6)
    return float((skewness**2 + 1) / (excess + 3 * (n - 1) ** 2 / ((n - 2) * (n - 3))))


def _best_cut(x: np.ndarray) -> int:
    """Number of values in the lower group: the cut that leaves the least squares within groups. x: sorted."""
    n = np.arange(1, len(x))
    below = np.cumsum(x)[:-1]
    above = x.sum() - below
    return int(np.argmax(below**2 / n + above**2 / (len(x) - n))) + 1


def _lines(results: xarray.Dataset, early_rounds: int | None, ceiling: float | None) -> Lines | None:
    for column, label in SERIES:
        values = column_of(results, column)
        if values is None or values.ndim < 2 or not np.prod(values.shape[1:]):
            continue
        values = values.reshape(len(values), -1)
        rounds = values.shape[1]
        first = min(early_rounds or max(1, rounds // 10), rounds)
        late = column_of(results, "late_system_contribution") if column == SERIES[0][0] else None
        if late is None:
            late = values[:, -max(1, rounds // 4) :].mean(axis=1)
        top, source = _ceiling(results, values, ceiling)
        return Lines(column, label, _unit(results, column), values, values[:, :first].mean(axis=1), late, first, top, source)
    return None


def _unit(results: xarray.Dataset, column: str) -> str:
    """The series is a mean over agents."""
    unit = unit_of(results, column) or "-"
    return PER_ROUND if unit == "tokens" else unit


def _ceiling(results: xarray.Dataset, values: np.ndarray, given: float | None) -> tuple[float, str]:
    """The most that an agent can give in a round: as given, else the endowment, else the largest mean of any round."""
    if given is not None:
        return given, "as given"
    try:
        endowment = tomllib.loads(str(results.attrs.get("configuration", "")))["game"]["endowment"]
        return float(endowment), "the endowment"
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError):
        largest = float(np.nanmax(values)) if not np.isnan(values).all() else float("nan")
        return largest, "the largest mean of any round"

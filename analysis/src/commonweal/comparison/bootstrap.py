"""The two-level paired bootstrap: network instances are drawn again, then replicates in each, once for everything.

A draw is a set of weights of the units (instance, replicate). All regimes, worlds and outcomes of a draw have the same weights:
what they share in luck stays shared, and any function of several means has an interval.
With n clusters (instances, or the replicates where there is one instance) a bootstrap scatters too little, by sqrt((n-1)/n),
and its percentiles are those of a normal law where Student's is due. So the draws are stretched about the estimate by t(n-1)
/ z * sqrt(n / (n-1)); with many clusters that is 1. (On both faults: Hesterberg 2015, The American Statistician 69: 371-386.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .study import Study

COLUMNS = 4096  # columns that are handled at once, which bounds the memory


@dataclass(frozen=True)
class Bootstrap:
    """weights: [draw, unit]. confidence: probability of an interval."""

    weights: np.ndarray
    confidence: float
    seed: int

    @property
    def draws(self) -> int:
        return len(self.weights)


@dataclass(frozen=True)
class Means:
    """Means of cells and their draws. estimate, clusters: [...]; draws: [draw, ...], stretched; NaN where there is no
    interval.
    """

    estimate: np.ndarray
    draws: np.ndarray
    clusters: np.ndarray


def bootstrap_of(study: Study, draws: int, confidence: float, seed: int) -> Bootstrap:
    """Instances with replacement, then replicates with replacement within each, anew each time an instance is drawn."""
    generator = np.random.default_rng(seed)
    often = generator.multinomial(study.instances, np.full(study.instances, 1 / study.instances), size=draws)
    even = np.full(study.replicates, 1 / study.replicates)
    weights = generator.multinomial(often * study.replicates, even)
    return Bootstrap(weights.reshape(draws, study.units).astype(float), confidence, seed)


def means_of(cells: np.ndarray, study: Study, bootstrap: Bootstrap) -> Means:
    """Means over units and points. cells: [..., unit, point]; NaN is left out."""
    there = ~np.isnan(cells)
    total, count = np.where(there, cells, 0.0).sum(axis=-1), there.sum(axis=-1)
    shape, units = total.shape[:-1], total.shape[-1]
    clusters = clusters_of(count > 0, study)
    total, count = total.reshape(-1, units), count.reshape(-1, units).astype(float)
    estimate = _ratio(total.sum(axis=1), count.sum(axis=1))
    draws = np.empty((bootstrap.draws, len(total)))
    for begin in range(0, len(total), COLUMNS):
        part = slice(begin, begin + COLUMNS)
        draws[:, part] = _ratio(bootstrap.weights @ total[part].T, bootstrap.weights @ count[part].T)
    draws = estimate + stretch(clusters.reshape(-1), bootstrap.confidence) * (draws - estimate)
    return Means(estimate.reshape(shape), draws.reshape(bootstrap.draws, *shape), clusters)


def clusters_of(there: np.ndarray, study: Study) -> np.ndarray:
    """[...]: independent clusters: instances with a run; where that is one, its replicates. there: [..., unit], bool."""
    instances = study.instances_with(there)
    return np.where(instances == 1, there.sum(axis=-1), instances)


def stretch(clusters: np.ndarray, confidence: float) -> np.ndarray:
    """t(n-1) / z * sqrt(n / (n-1)); NaN for fewer than two clusters."""
    from scipy import stats

    n = np.asarray(clusters, dtype=float)
    many = np.maximum(n, 2)
    tail = 0.5 + confidence / 2
    factor = stats.t.ppf(tail, many - 1) / stats.norm.ppf(tail) * np.sqrt(many / (many - 1))
    return np.where(n >= 2, factor, np.nan)


def interval_of(draws: np.ndarray, confidence: float) -> tuple[np.ndarray, np.ndarray]:
    """Percentile interval over the first axis; NaN draws are left out, and NaN is what remains of none."""
    low, high = 0.5 - confidence / 2, 0.5 + confidence / 2
    flat = draws.reshape(len(draws), -1)
    whole = ~np.isnan(flat).any(axis=0)
    ends = np.full((2, flat.shape[1]), np.nan)
    ends[:, whole] = np.quantile(flat[:, whole], [low, high], axis=0)
    for column in np.flatnonzero(~whole):
        values = flat[~np.isnan(flat[:, column]), column]
        if values.size:
            ends[:, column] = np.quantile(values, [low, high])
    return ends[0].reshape(draws.shape[1:]), ends[1].reshape(draws.shape[1:])


def error_of(draws: np.ndarray) -> np.ndarray:
    """Monte Carlo standard error: the standard deviation of the draws, over the first axis; NaN without two draws."""
    there = ~np.isnan(draws)
    n = there.sum(axis=0)
    mean = _ratio(np.where(there, draws, 0.0).sum(axis=0), n.astype(float))
    squares = np.where(there, (draws - mean) ** 2, 0.0).sum(axis=0)
    return np.sqrt(np.where(n > 1, squares / np.maximum(n - 1, 1), np.nan))


def _ratio(total: np.ndarray, count: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(count > 0, total / np.where(count > 0, count, 1), np.nan)

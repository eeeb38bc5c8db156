"""Paired differences from the baseline: run by run, on the same network with the same luck."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .bootstrap import Bootstrap, error_of, interval_of, means_of
from .study import Study

ROUNDING = 1e-9  # of the largest value: differences below it are rounding of the arithmetic
HIGHER, LOWER, UNCLEAR, SAME, NO_INTERVAL, NO_RESULT = "higher", "lower", "unclear", "same", "no interval", "no result"


@dataclass(frozen=True)
class Differences:
    """Regime minus baseline, [regime, world] unless said otherwise; the baseline's own rows are NaN and zero.

    mean, low, high, error: the mean difference, its interval and its Monte Carlo standard error. draws: [draw, regime, world].
    spread, p05, p95: standard deviation, 5 % and 95 % points of the differences between runs. higher, lower, equal: pairs in
    which the regime's run is. pairs, unpaired: runs with and without their partner. instances: networks with a pair.
    reduction: variance of an unpaired difference / variance of the paired one; infinite where pairs differ by a constant.
    verdict: HIGHER or LOWER when the interval is without 0 and the mean is at least the smallest difference that matters.
    """

    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray
    error: np.ndarray
    draws: np.ndarray
    spread: np.ndarray
    p05: np.ndarray
    p95: np.ndarray
    higher: np.ndarray
    lower: np.ndarray
    equal: np.ndarray
    pairs: np.ndarray
    unpaired: np.ndarray
    instances: np.ndarray
    reduction: np.ndarray
    verdict: np.ndarray


def differences_of(cells: np.ndarray, study: Study, bootstrap: Bootstrap, smallest: float) -> Differences:
    """Of one outcome. cells: [regime, world, unit, point]. smallest: difference that matters, in the outcome's unit."""
    base = cells[study.baseline]
    difference = cells - base
    difference[np.abs(difference) <= rounding_of(cells)] = 0.0
    difference[study.baseline] = np.nan
    there = ~np.isnan(difference)
    either = ~np.isnan(cells) | ~np.isnan(base)
    either[study.baseline] = False
    means = means_of(difference, study, bootstrap)
    low, high = interval_of(means.draws, bootstrap.confidence)
    pairs = there.sum(axis=(-1, -2))
    flat = difference.reshape(*difference.shape[:2], -1)
    equal = (difference == 0).sum(axis=(-1, -2))
    p05, p95 = _percentiles(flat)
    return Differences(
        mean=means.estimate,
        low=low,
        high=high,
        error=error_of(means.draws),
        draws=means.draws,
        spread=np.sqrt(_variance(flat)),
        p05=p05,
        p95=p95,
        higher=(difference > 0).sum(axis=(-1, -2)),
        lower=(difference < 0).sum(axis=(-1, -2)),
        equal=equal,
        pairs=pairs,
        unpaired=(either & ~there).sum(axis=(-1, -2)),
        instances=study.instances_with(there.any(axis=-1)),
        reduction=_reduction(cells, base, there, flat),
        verdict=_verdicts(means.estimate, low, high, pairs, equal, smallest),
    )


def rounding_of(values: np.ndarray) -> float:
    """Differences up to this size are rounding."""
    finite = np.abs(values[np.isfinite(values)])
    return ROUNDING * float(finite.max()) if finite.size else 0.0


def verdict_of(mean: float, low: float, high: float, smallest: float) -> str:
    """What an interval allows to say of a difference."""
    if np.isnan(mean):
        return NO_RESULT
    if np.isnan(low) or np.isnan(high):
        return NO_INTERVAL
    if low > 0 and mean >= smallest:
        return HIGHER
    if high < 0 and -mean >= smallest:
        return LOWER
    return UNCLEAR


def _verdicts(mean, low, high, pairs, equal, smallest: float) -> np.ndarray:
    found = np.empty(mean.shape, dtype=object)
    for place in np.ndindex(mean.shape):
        found[place] = verdict_of(mean[place], low[place], high[place], smallest)
        if pairs[place] > 1 and equal[place] == pairs[place]:
            found[place] = SAME
    return found


def _reduction(cells: np.ndarray, base: np.ndarray, there: np.ndarray, difference: np.ndarray) -> np.ndarray:
    shape = difference.shape
    own = _variance(np.where(there, cells, np.nan).reshape(shape))
    other = _variance(np.where(there, base, np.nan).reshape(shape))
    paired = _variance(difference)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(own + other > 0, (own + other) / paired, np.nan)


def _variance(values: np.ndarray) -> np.ndarray:
    """Over the last axis, without NaN; NaN for fewer than two values."""
    there = ~np.isnan(values)
    n = there.sum(axis=-1)
    mean = np.where(there, values, 0.0).sum(axis=-1) / np.maximum(n, 1)
    squares = np.where(there, (values - mean[..., None]) ** 2, 0.0).sum(axis=-1)
    return np.where(n > 1, squares / np.maximum(n - 1, 1), np.nan)


def _percentiles(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return interval_of(np.moveaxis(values, -1, 0), 0.9)

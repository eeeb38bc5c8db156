"""What regimes cost: public money, what is used up, and what both buy on top of the baseline."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .bootstrap import Bootstrap, interval_of
from .differences import Differences

Ratio = tuple[np.ndarray, np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Cost:
    """[regime, world]. extra: public money on top of the baseline's, net of fines, tokens per agent and round. used: what
    people used up on top of that, such as points of punishment and bureaucracy; None where it is not recorded. net: welfare
    less public money; None without welfare.

    system: public money and what was used up together per extra token in the system pot; pots: per extra token in all pots;
    with intervals. NaN where the contribution is not clearly larger than under the baseline, as a price of nothing has no
    meaning, and where the regime brings in public money, as fines that people pay are no saving. welfare: extra welfare per
    extra token of public money; NaN where it does not clearly take more.
    """

    extra: Differences
    used: Differences | None
    net: Differences | None
    system: np.ndarray
    system_low: np.ndarray
    system_high: np.ndarray
    pots: np.ndarray
    pots_low: np.ndarray
    pots_high: np.ndarray
    welfare: np.ndarray
    welfare_low: np.ndarray
    welfare_high: np.ndarray


@dataclass(frozen=True)
class CostDifferences:
    """Paired differences that costs are made of; None where something is not recorded. total: money and used together."""

    money: Differences
    used: Differences | None
    total: Differences
    welfare: Differences | None
    net: Differences | None
    system: Differences
    pots: Differences | None


def cost_of(found: CostDifferences, bootstrap: Bootstrap) -> Cost:
    takes = ~(found.money.mean < 0)
    prices = [_ratio(found.total, gain, takes, bootstrap) for gain in (found.system, found.pots)]
    welfare = (
        _ratio(found.welfare, found.money, True, bootstrap) if found.welfare else _ratio(found.money, None, True, bootstrap)
    )
    return Cost(found.money, found.used, found.net, *prices[0], *prices[1], *welfare)


def _ratio(of: Differences, per: Differences | None, where: np.ndarray | bool, bootstrap: Bootstrap) -> Ratio:
    """Where `per` is clearly above 0. Both have the same draws, so that what they share in luck cancels."""
    if per is None:
        empty = np.full(of.mean.shape, np.nan)
        return empty, empty, empty
    with np.errstate(invalid="ignore", divide="ignore"):
        clear = (per.low > 0) & where
        value = np.where(clear, of.mean / per.mean, np.nan)
        draws = np.where(clear & (per.draws > 0), of.draws / per.draws, np.nan)
    low, high = interval_of(draws, bootstrap.confidence)
    return value, low, high

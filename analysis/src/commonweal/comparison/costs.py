"""Cost effectiveness: tokens of public money per token that is contributed on top of the baseline."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .bootstrap import Bootstrap, interval_of
from .differences import Differences


@dataclass(frozen=True)
class Cost:
    """[regime, world]. extra: public money on top of the baseline's, tokens per agent and round, with its interval.

    system: that money per extra token in the system pot; pots: per extra token in all pots; with intervals. NaN where the
    contribution is not clearly larger than under the baseline: a price of nothing has no meaning.
    """

    extra: Differences
    system: np.ndarray
    system_low: np.ndarray
    system_high: np.ndarray
    pots: np.ndarray
    pots_low: np.ndarray
    pots_high: np.ndarray


def cost_of(cost: Differences, system: Differences, pots: Differences | None, bootstrap: Bootstrap) -> Cost:
    """pots: differences of local and system contributions together; None where the local ones are not recorded."""
    empty = np.full(cost.mean.shape, np.nan)
    of_pots = (empty, empty, empty) if pots is None else _ratio(cost, pots, bootstrap)
    return Cost(cost, *_ratio(cost, system, bootstrap), *of_pots)


def _ratio(cost: Differences, gain: Differences, bootstrap: Bootstrap) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Both have the same draws, so that what they share in luck cancels."""
    with np.errstate(invalid="ignore", divide="ignore"):
        clear = gain.low > 0
        value = np.where(clear, cost.mean / gain.mean, np.nan)
        draws = np.where(clear & (gain.draws > 0), cost.draws / gain.draws, np.nan)
    low, high = interval_of(draws, bootstrap.confidence)
    return value, low, high

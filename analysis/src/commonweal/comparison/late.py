"""Whether the regime that leads over all rounds still leads in the last quarter of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .bootstrap import Bootstrap
from .decisions import Ranking, ranking_of
from .outcomes import KNOWN, column_of
from .study import Study

if TYPE_CHECKING:
    import xarray

QUARTER = 4
# outcome -> (column of its last quarter, column of it by round)
SERIES = {
    "welfare": (None, "mean_payoff"),
    "system_contribution": ("late_system_contribution", "mean_system_contribution"),
    "mean_payoff": (None, "mean_payoff"),
    "mean_contribution": (None, "mean_contribution"),
}


@dataclass(frozen=True)
class Overtaken:
    """Regimes that are clearly ahead of the leader in the last quarter, and are not over all rounds. Of one world.

    label: of the outcome in which they are. leader: of the outcome that decides, over all rounds.
    """

    label: str
    world: int
    leader: int
    ahead: tuple[int, ...]


def overtaken_in(results: xarray.Dataset, column: str, ranking: Ranking, study: Study, bootstrap: Bootstrap) -> list[Overtaken]:
    """World by world; nothing where the outcome is not recorded by round. ranking: of the outcome that decides."""
    late, whole = _late(results, column), column_of(results, column)
    if late is None or whole is None:
        return []
    ends, all_rounds = (ranking_of(study.cells(values), 1.0, study, bootstrap, 0.0) for values in (late, _flat(whole)))
    found = []
    for world in np.flatnonzero(ranking.settled):
        leader = int(ranking.leader[world])
        gain = ends.draws[:, :, world] - ends.draws[:, [leader], world]
        clear = np.array([bool(np.quantile(one, 0.5 - bootstrap.confidence / 2) > 0) for one in gain.T])
        clear &= ~(all_rounds.mean[:, world] > all_rounds.mean[leader, world])
        if clear.any():
            found.append(Overtaken(KNOWN[column][0], int(world), leader, tuple(np.flatnonzero(clear).tolist())))
    return found


def _late(results: xarray.Dataset, column: str) -> np.ndarray | None:
    """[run]: mean of the last quarter of the rounds that the run has."""
    own, by_round = SERIES.get(column, (None, None))
    if own is not None and (values := column_of(results, own)) is not None:
        return values
    values = None if by_round is None else column_of(results, by_round)
    if values is None or values.ndim < 2:
        return None
    values = values.reshape(len(values), -1)
    rounds = (~np.isnan(values)).sum(axis=1)
    first = rounds - np.maximum(1, rounds // QUARTER)
    place = np.arange(values.shape[1])
    last = np.where((place >= first[:, None]) & (place < rounds[:, None]), values, np.nan)
    count = (~np.isnan(last)).sum(axis=1)
    return np.where(count > 0, np.nansum(last, axis=1) / np.maximum(count, 1), np.nan)


def _flat(values: np.ndarray) -> np.ndarray:
    return np.nanmean(values.reshape(len(values), -1), axis=1) if values.ndim > 1 else values

"""Whom one person's giving can reach in a session: shortest time-respecting paths through the groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

UNREACHED = -1


@dataclass(frozen=True)
class Spread:
    """The reach of one source in one session.

    degree: [period, place], fewest meetings on a path from the source to each person before that period's contribution, the
    first of them in period 0; 0 for the source, UNREACHED for nobody's path. links: (period, from, to): a meeting in that
    period that lies on a shortest path at that moment; `to` is of the next degree.
    """

    degree: np.ndarray
    links: list[tuple[int, int, int]]


def spread(group: np.ndarray, source: int) -> Spread:
    """group: [period, place], equal numbers share a pot. The first hop is the source's group in period 0 only, as in twin runs
    that nudge period 0."""
    periods, people = group.shape
    degree = np.full((periods, people), UNREACHED)
    degree[:, source] = 0
    links = []
    for period in range(periods - 1):
        now, following = degree[period], degree[period].copy()
        for sender in np.flatnonzero(now >= 0):
            if sender == source and period > 0:
                continue
            for receiver in np.flatnonzero(group[period] == group[period, sender]):
                reached = now[sender] + 1
                if now[receiver] != UNREACHED and now[receiver] <= reached:
                    continue
                if following[receiver] == UNREACHED or following[receiver] >= reached:
                    following[receiver] = reached
                    links.append((period, int(sender), int(receiver)))
        degree[period + 1] = np.where(following == UNREACHED, degree[period + 1], following)
    return Spread(degree, [link for link in links if degree[link[0] + 1, link[2]] == degree[link[0], link[1]] + 1])

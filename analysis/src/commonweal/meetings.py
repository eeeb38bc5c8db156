"""Who is linked to whom by a chain of meetings: the rows of the dyad regression.

Timing (Fowler & Christakis 2010, caption): at degree of separation d, ego is observed at t and alter at t-d, and a chain of
d consecutive meetings at t-1, ..., t-d leads from ego back to alter. Persistence with lag k: degree 1 with the meeting at t-k.
Both are one thing here, a `Link(degree, lag)`: the chain fills the d periods from alter's period t-k on, and ego is
observed at t.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .errors import SpecificationError
from .panel import ABSENT

PATH_RULES = ("strict", "loose")


@dataclass(frozen=True, order=True)
class Link:
    """How ego and alter are linked. degree: meetings, >= 1 [-]; lag: ego's period minus alter's, >= degree [periods]."""

    degree: int
    lag: int

    def __post_init__(self):
        if self.degree < 1 or self.lag < self.degree:
            raise SpecificationError(f"degree {self.degree} with lag {self.lag}: needs degree >= 1 and lag >= degree")

    def __str__(self) -> str:
        if self.degree == 1:
            return f"degree 1, lag {self.lag}"
        return f"degree {self.degree}" + (f", lag {self.lag}" if self.lag != self.degree else "")


@dataclass(frozen=True)
class Rows:
    """One row per (ego, alter, period): subject numbers and indices on the period axis, all [row].

    Sorted by session, ego's period, ego, alter.
    """

    ego: np.ndarray
    alter: np.ndarray
    ego_period: np.ndarray
    alter_period: np.ndarray

    def __len__(self) -> int:
        return len(self.ego)


class Meetings:
    """The meetings of one schedule of groups, ready to be asked for chains.

    group: [subject, period], ABSENT where not present; session: [subject]. Subjects of different sessions never meet.
    """

    def __init__(self, group: np.ndarray, session: np.ndarray):
        self.members = _members(session)
        self.met = _met(group, self.members)

    @property
    def periods(self) -> int:
        return self.met.shape[1]

    def rows(self, link: Link, paths: str) -> Rows:
        """Rows for one link under the strict or the loose path rule.

        strict: leaves out an alter whom ego also reaches with fewer hops (waiting allowed) inside the chain's periods.
        loose: no exclusion. A row appears once, however many chains lead to alter; ego is never his own alter.
        """
        if paths not in PATH_RULES:
            raise SpecificationError(f"path rule {paths!r}; it must be one of {', '.join(PATH_RULES)}")
        starts = self.periods - link.lag
        if starts <= 0:
            nothing = np.zeros(0, dtype=int)
            return Rows(nothing, nothing, nothing, nothing)
        linked = self._chains(link.degree, starts)
        if paths == "strict" and link.degree > 1:
            linked &= ~self._shorter(link.degree, starts)
        linked &= ~np.eye(linked.shape[-1], dtype=bool)
        session, start, ego, alter = np.nonzero(linked)
        return Rows(self.members[session, ego], self.members[session, alter], start + link.lag, start)

    def _hop(self, reached: np.ndarray, step: int, starts: int) -> np.ndarray:
        """One meeting further back: reached[..., ego, x] and x met alter at start + step."""
        return np.matmul(reached.astype(np.float32), self.met[:, step : step + starts].astype(np.float32)) > 0

    def _chains(self, degree: int, starts: int) -> np.ndarray:
        """[session, start, ego, alter]: a chain of `degree` meetings in the periods start .. start+degree-1."""
        reached = self.met[:, degree - 1 : degree - 1 + starts]
        for step in range(degree - 2, -1, -1):
            reached = self._hop(reached, step, starts)
        return reached.copy()

    def _shorter(self, degree: int, starts: int) -> np.ndarray:
        """[session, start, ego, alter]: reached with 1 .. degree-1 hops in these periods, waiting allowed."""
        size = self.met.shape[-1]
        shape = (len(self.met), starts, size, size)
        hops = [np.broadcast_to(np.eye(size, dtype=bool), shape)] + [np.zeros(shape, dtype=bool) for _ in range(degree - 1)]
        for step in range(degree - 1, -1, -1):
            for count in range(degree - 1, 0, -1):
                hops[count] = hops[count] | self._hop(hops[count - 1], step, starts)
        return np.any(hops[1:], axis=0)


def _members(session: np.ndarray) -> np.ndarray:
    """[session, place] -> subject, ABSENT where a session is smaller than the largest."""
    sessions = [np.flatnonzero(session == number) for number in range(int(session.max()) + 1)]
    members = np.full((len(sessions), max(map(len, sessions))), ABSENT)
    for number, subjects in enumerate(sessions):
        members[number, : len(subjects)] = subjects
    return members


def _met(group: np.ndarray, members: np.ndarray) -> np.ndarray:
    """[session, period, place, place]: two different people shared a group in that period."""
    seated = np.where(members[:, :, None] == ABSENT, ABSENT, group[members])
    seated = seated.transpose(0, 2, 1)
    same = seated[..., :, None] == seated[..., None, :]
    present = seated != ABSENT
    return same & present[..., :, None] & present[..., None, :] & ~np.eye(members.shape[1], dtype=bool)

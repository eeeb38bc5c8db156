"""The regrouping null: what the coefficient would be if groups did not matter.

Groups are redrawn at random within session and period, group sizes and contributions kept, and the rows rebuilt. The
coefficient of such data is not zero: everybody shares the decay over periods and the composition of the session.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .estimates import estimate
from .meetings import Link, Meetings
from .panel import ABSENT, Panel
from .specification import Specification, sample


@dataclass(frozen=True)
class NullDistribution:
    """Coefficients under regrouping: draws [draw, run], tokens per token."""

    draws: np.ndarray

    @property
    def mean(self) -> float:
        return float(self.draws.mean())

    def interval(self) -> tuple[float, float]:
        """2.5 and 97.5 percentiles over draws (and runs)."""
        low, high = np.percentile(self.draws, [2.5, 97.5])
        return float(low), float(high)

    def p_upper(self, observed: np.ndarray) -> np.ndarray:
        """[run]: (1 + draws at or above the observed coefficient) / (1 + draws)."""
        return (1 + (self.draws >= observed).sum(axis=0)) / (1 + len(self.draws))

    def p_two_sided(self, observed: np.ndarray) -> np.ndarray:
        """[run]: twice the smaller tail, at most 1."""
        lower = (1 + (self.draws <= observed).sum(axis=0)) / (1 + len(self.draws))
        return np.minimum(1.0, 2 * np.minimum(self.p_upper(observed), lower))


def regrouped(group: np.ndarray, session: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """[subject, period]: the same groups with members redrawn among those present in the session and period."""
    result = group.copy()
    for number in range(int(session.max()) + 1):
        here = np.flatnonzero(session == number)
        for period in range(group.shape[1]):
            present = here[group[here, period] != ABSENT]
            result[present, period] = random.permutation(group[present, period])
    return result


def regrouping_null(
    panel: Panel, questions: list[tuple[Link, Specification]], paths: str, draws: int, seed: int
) -> dict[tuple[Link, Specification], NullDistribution]:
    """The null distribution of each (link, specification) for all runs of the panel.

    Runs that share a schedule see the same redrawn groups. Deterministic in `seed` (numpy's default generator).
    """
    random = np.random.default_rng(seed)
    result = {question: np.full((draws, panel.runs), np.nan) for question in questions}
    links = list(dict.fromkeys(link for link, _ in questions))
    for draw in range(draws):
        for schedule, group in enumerate(panel.group):
            runs = np.flatnonzero(panel.schedule_of_run == schedule)
            meetings = Meetings(regrouped(group, panel.session, random), panel.session)
            for link in links:
                data = sample(panel, runs, meetings.rows(link, paths))
                for question in questions:
                    if question[0] == link:
                        result[question][draw, runs] = estimate(data, question[1]).slope
    return {question: NullDistribution(draws_of) for question, draws_of in result.items()}

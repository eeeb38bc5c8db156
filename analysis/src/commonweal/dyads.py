"""The dyad regression of Fowler & Christakis (2010): ego's contribution on that of an earlier, direct or indirect, group mate.

The coefficient is an association. It is not a causal effect: without controls it is positive even when groups are redrawn at
random, because everybody shares the decay and the session. Read it beside the regrouping null and, for simulations, the
causal effect of twin runs.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from .errors import SpecificationError
from .estimates import PointEstimates, estimate
from .inference import infer
from .meetings import Link, Meetings
from .panel import Panel
from .regrouping import NullDistribution, regrouping_null
from .specification import Specification, sample


@dataclass(frozen=True)
class DyadEstimate:
    """One line of the table; tokens of ego per token of alter.

    slope: the coefficient, mean over runs. low, high: 95% confidence interval (one run) or 2.5 and 97.5 percentiles over runs.
    error: standard error (one run), else NaN. between: SD between runs, NaN for one run. own: coefficient of ego's own lag or
    NaN. refused: why it could not be estimated, or empty. p_upper, p_two_sided: mean over runs, NaN without a null.
    """

    condition: str
    link: Link
    paths: str
    specification: Specification
    cluster: str
    runs: int
    rows: int = 0
    slope: float = float("nan")
    error: float = float("nan")
    low: float = float("nan")
    high: float = float("nan")
    between: float = float("nan")
    own: float = float("nan")
    clusters: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    refused: str = ""
    null: NullDistribution | None = None
    p_upper: float = float("nan")
    p_two_sided: float = float("nan")


def dyad_links(degrees: list[int], lags: list[int]) -> list[Link]:
    """Degrees of separation d (ego d periods after alter) and persistence lags at degree 1, each once."""
    return list(dict.fromkeys([Link(degree, degree) for degree in degrees] + [Link(1, lag) for lag in lags]))


def slopes(
    panel: Panel, links: list[Link], specifications: list[Specification], paths: str
) -> dict[tuple[Link, Specification], PointEstimates]:
    """Point estimates of every run for every link and specification; runs may follow different schedules.

    Raises SpecificationError if one cannot be estimated. `rows` is the number of the first schedule.
    """
    result: dict[tuple[Link, Specification], PointEstimates] = {}
    schedules = [Meetings(group, panel.session) for group in panel.group]
    for link in links:
        samples = []
        for schedule, meetings in enumerate(schedules):
            runs = np.flatnonzero(panel.schedule_of_run == schedule)
            samples.append((runs, sample(panel, runs, meetings.rows(link, paths))))
        for specification in specifications:
            result[link, specification] = _joined(panel.runs, [(runs, estimate(data, specification)) for runs, data in samples])
    return result


def _joined(runs: int, parts: list[tuple[np.ndarray, PointEstimates]]) -> PointEstimates:
    slope, own = np.empty(runs), np.empty(runs)
    for members, part in parts:
        slope[members], own[members] = part.slope, part.own
    return PointEstimates(slope, own, parts[0][1].rows)


def estimate_dyads(
    panel: Panel,
    links: list[Link],
    specifications: list[Specification],
    *,
    cluster: str = "ego",
    paths: str = "strict",
    null_draws: int = 0,
    seed: int | None = None,
) -> list[DyadEstimate]:
    """The table for one condition, by link, then specification.

    One run: standard errors clustered as asked. Several runs: mean, SD and percentiles between runs. A specification that
    cannot be estimated is a line with `refused` set. null_draws > 0 adds the regrouping null and needs a seed.
    """
    if null_draws > 0 and seed is None:
        raise SpecificationError("the null is drawn at random: give --seed")
    table = [
        _one_run(panel, link, specification, cluster, paths)
        if panel.runs == 1
        else _many_runs(panel, link, specification, cluster, paths)
        for link in links
        for specification in specifications
    ]
    if null_draws == 0:
        return table
    questions = [(line.link, line.specification) for line in table if not line.refused]
    nulls = regrouping_null(panel, questions, paths, null_draws, int(seed))
    return [_with_null(panel, line, nulls.get((line.link, line.specification))) for line in table]


def _one_run(panel: Panel, link: Link, specification: Specification, cluster: str, paths: str) -> DyadEstimate:
    start = (panel.condition, link, paths, specification, cluster, 1)
    try:
        data = sample(panel, np.zeros(1, dtype=int), Meetings(panel.group[0], panel.session).rows(link, paths))
        found = infer(data, specification, cluster)
    except SpecificationError as refusal:
        return DyadEstimate(*start, refused=str(refusal))
    return DyadEstimate(
        *start, found.rows, found.slope, found.error, found.low, found.high,
        own=found.own, clusters=found.clusters, warnings=found.warnings,
    )  # fmt: skip


def _many_runs(panel: Panel, link: Link, specification: Specification, cluster: str, paths: str) -> DyadEstimate:
    start = (panel.condition, link, paths, specification, cluster, panel.runs)
    try:
        found = slopes(panel, [link], [specification], paths)[link, specification]
    except SpecificationError as refusal:
        return DyadEstimate(*start, refused=str(refusal))
    low, high = np.percentile(found.slope, [2.5, 97.5])
    return DyadEstimate(
        *start, found.rows, float(found.slope.mean()), low=float(low), high=float(high),
        between=float(found.slope.std(ddof=1)), own=float(found.own.mean()),
    )  # fmt: skip


def _with_null(panel: Panel, line: DyadEstimate, null: NullDistribution | None) -> DyadEstimate:
    if null is None:
        return line
    observed = slopes(panel, [line.link], [line.specification], line.paths)[line.link, line.specification].slope
    return replace(
        line, null=null, p_upper=float(null.p_upper(observed).mean()), p_two_sided=float(null.p_two_sided(observed).mean())
    )

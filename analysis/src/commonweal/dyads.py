"""The dyad regression of Fowler & Christakis (2010): ego's contribution on that of an earlier, direct or indirect, group mate.

The coefficient is an association. It is not a causal effect: without controls it is positive even when groups are redrawn at
random, because everybody shares the decay and the session. Read it beside the regrouping null and, for simulations, the
causal effect of twin runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from .errors import SpecificationError
from .estimates import PointEstimates, estimate
from .inference import Inference, infer
from .meetings import Link, Meetings
from .panel import Panel
from .regrouping import NullDistribution, regrouping_null
from .specification import Sample, Specification, sample


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
    return {
        (link, specification): _joined(panel.runs, samples, specification)
        for link, samples in _samples(panel, links, paths)
        for specification in specifications
    }


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
    table, observed = [], {}
    for link, samples in _samples(panel, links, paths):
        for specification in specifications:
            line = DyadEstimate(panel.condition, link, paths, specification, cluster, panel.runs)
            try:
                if panel.runs == 1:
                    line = _with_inference(line, infer(samples[0][1], specification, cluster))
                    observed[link, specification] = np.array([line.slope])
                else:
                    found = _joined(panel.runs, samples, specification)
                    line = _with_runs(line, found)
                    observed[link, specification] = found.slope
            except SpecificationError as refusal:
                line = replace(line, refused=str(refusal))
            table.append(line)
    if null_draws == 0:
        return table
    nulls = regrouping_null(panel, list(observed), paths, null_draws, int(seed))
    return [_with_null(line, nulls, observed) for line in table]


def _samples(panel: Panel, links: list[Link], paths: str) -> Iterator[tuple[Link, list[tuple[np.ndarray, Sample]]]]:
    """For each link, the runs of each schedule with their regression columns."""
    schedules = [Meetings(group, panel.session) for group in panel.group]
    members = [np.flatnonzero(panel.schedule_of_run == schedule) for schedule in range(len(schedules))]
    for link in links:
        yield (
            link,
            [(runs, sample(panel, runs, meetings.rows(link, paths))) for runs, meetings in zip(members, schedules)],
        )


def _joined(runs: int, samples: list[tuple[np.ndarray, Sample]], specification: Specification) -> PointEstimates:
    parts = [(members, estimate(data, specification)) for members, data in samples]
    slope, own = np.empty(runs), np.empty(runs)
    for members, part in parts:
        slope[members], own[members] = part.slope, part.own
    return PointEstimates(slope, own, parts[0][1].rows)


def _with_inference(line: DyadEstimate, found: Inference) -> DyadEstimate:
    return replace(
        line,
        rows=found.rows,
        slope=found.slope,
        error=found.error,
        low=found.low,
        high=found.high,
        own=found.own,
        clusters=found.clusters,
        warnings=found.warnings,
    )


def _with_runs(line: DyadEstimate, found: PointEstimates) -> DyadEstimate:
    low, high = np.percentile(found.slope, [2.5, 97.5])
    return replace(
        line,
        rows=found.rows,
        slope=float(found.slope.mean()),
        low=float(low),
        high=float(high),
        between=float(found.slope.std(ddof=1)),
        own=float(found.own.mean()),
    )


def _with_null(line: DyadEstimate, nulls: dict, observed: dict) -> DyadEstimate:
    question = (line.link, line.specification)
    if question not in nulls:
        return line
    null, slope = nulls[question], observed[question]
    return replace(
        line, null=null, p_upper=float(null.p_upper(slope).mean()), p_two_sided=float(null.p_two_sided(slope).mean())
    )

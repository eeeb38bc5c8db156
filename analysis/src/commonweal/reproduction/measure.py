"""From the results files of the variants to the lines of the comparison: simulated, null, causal, published, accepted."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ..dyads import slopes
from ..errors import DataError
from ..estimates import PointEstimates
from ..panel import Panel, panels_from_results
from ..regrouping import NullDistribution, regrouping_null
from ..results import open_results
from ..specification import OWN_LAG_ROUND, STANDARD, Specification
from .bands import EFFECTS

NULL_REPLICATIONS = 20
REGRESSION_VARIANTS = ("deterministic", "unrounded", "noisy")
CAUSAL_VARIANTS = ("unrounded", "unrounded_noisy")
CAUSAL_OF = {"deterministic": "unrounded", "unrounded": "unrounded", "noisy": "unrounded_noisy"}

Question = tuple[str, Specification]  # effect name, specification


@dataclass(frozen=True)
class Regressions:
    """Dyad regressions of one variant in one condition.

    estimates: (effect, specification) -> one value per replication. null: the same, on the first NULL_REPLICATIONS, or empty.
    period_means: [replication, period], tokens.
    """

    estimates: dict[Question, PointEstimates]
    null: dict[Question, NullDistribution]
    period_means: np.ndarray

    def linear_multiplier(self) -> np.ndarray:
        """[replication]: sum over t of (h + 3 b)^t, b and h from the regression with own lag and round effects at degree 1."""
        found = self.estimates["degree 1 lag 1", OWN_LAG_ROUND]
        periods = self.period_means.shape[1]
        return sum((found.own + 3 * found.slope) ** t for t in range(periods))


@dataclass(frozen=True)
class Causal:
    """Twin runs of one variant in one condition.

    effect_runs: [replication, degree, lag]; people: [degree, lag], mean over replications; gain: [replication, lag];
    gain_total: 1 + sum of gains, per replication; multiplier: as the simulator reports it (with the source's own later
    change), per replication. sessions: number of sessions behind the means.
    """

    effect_runs: np.ndarray
    people: np.ndarray
    gain: np.ndarray
    gain_total: np.ndarray
    multiplier: np.ndarray
    sessions: int

    @property
    def effect(self) -> np.ndarray:
        """[degree, lag]: mean over replications."""
        return mean_of_known(self.effect_runs)

    def effects(self, degree: int, lag: int) -> np.ndarray:
        """The effect in each replication that has people at this degree and lag; empty where nobody can be."""
        degrees, lags = self.effect_runs.shape[1:]
        if degree > degrees or lag > lags:
            return np.empty(0)
        values = self.effect_runs[:, degree - 1, lag - 1]
        return values[~np.isnan(values)]

    @property
    def replications(self) -> int:
        return len(self.multiplier)


@dataclass
class Measured:
    """Everything that was measured. Keys are (variant, condition)."""

    subjects: str
    conditions: list[str]
    sessions: int = 0
    agents: int = 0
    regressions: dict[tuple[str, str], Regressions] = field(default_factory=dict)
    causal: dict[tuple[str, str], Causal] = field(default_factory=dict)

    @property
    def synthetic(self) -> bool:
        return self.subjects.lower().startswith("synthetic")


def measure(files: dict[str, Path], null_draws: int, seed: int) -> Measured:
    """files: variant (or `causal_` + variant) -> results file. The null is drawn for the deterministic variant."""
    measured: Measured | None = None
    for variant in REGRESSION_VARIANTS:
        with open_results(files[variant]) as results:
            if measured is None:
                subjects = str(results.attrs.get("subjects", "not stated in the results file"))
                measured = Measured(subjects, [str(name) for name in results["condition"].values])
            for panel in panels_from_results(results):
                draws = null_draws if variant == "deterministic" else 0
                measured.regressions[variant, panel.condition] = _regressions(panel, draws, seed)
                measured.sessions, measured.agents = panel.sessions, len(panel.session)
    for variant in CAUSAL_VARIANTS:
        with open_results(files[f"causal_{variant}"]) as results:
            for condition in measured.conditions:
                measured.causal[variant, condition] = _causal(results, condition, measured.sessions)
    return measured


def _regressions(panel: Panel, null_draws: int, seed: int) -> Regressions:
    start = time.monotonic()
    reachable = {name: link for name, link in EFFECTS.items() if link[0].lag < len(panel.periods)}
    estimates: dict[Question, PointEstimates] = {}
    null: dict[Question, NullDistribution] = {}
    sampled = panel.select_runs(np.arange(min(NULL_REPLICATIONS, panel.runs)))
    for paths in ("strict", "loose"):
        links = {link: name for name, (link, rule) in reachable.items() if rule == paths}
        for (link, specification), found in slopes(panel, list(links), STANDARD, paths).items():
            estimates[links[link], specification] = found
        if null_draws:
            questions = [(link, specification) for link in links for specification in STANDARD]
            for (link, specification), drawn in regrouping_null(sampled, questions, paths, null_draws, seed).items():
                null[links[link], specification] = drawn
    print(
        f"estimated {panel.condition}: {panel.runs} replications in {time.monotonic() - start:.1f} s",
        file=sys.stderr,
        flush=True,
    )
    return Regressions(estimates, null, panel.period_means())


def _causal(results, condition: str, sessions: int) -> Causal:
    if "causal_effect" not in results:
        raise DataError("the results hold no twin runs; run the simulator with record.cascade=true")
    here = results.sel(condition=condition)
    effect = here["causal_effect"].transpose("run", "degree", "lag").values
    twins = ~np.isnan(here["causal_multiplier"].values)
    if not twins.any():
        raise DataError(f"no twin runs in condition {condition!r}: counterfactual.replicates is 0?")
    gain = here["causal_gain"].transpose("run", "lag").values[twins]
    people = here["causal_people"].transpose("run", "degree", "lag").values[twins]
    return Causal(
        effect_runs=effect[twins],
        people=mean_of_known(people),
        gain=gain,
        gain_total=1 + gain.sum(axis=1),
        multiplier=here["causal_multiplier"].values[twins],
        sessions=int(twins.sum()) * sessions,
    )


def mean_of_known(values: np.ndarray) -> np.ndarray:
    """Mean over the first axis of what is not NaN; NaN where nothing is known."""
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    return np.where(count > 0, np.where(known, values, 0.0).sum(axis=0) / np.maximum(count, 1), np.nan)

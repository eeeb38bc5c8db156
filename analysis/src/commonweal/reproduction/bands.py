"""Values that a reproduction is compared with, each with its status, and the verdict on a simulated one."""

from __future__ import annotations

import json
import math
import tomllib
from dataclasses import dataclass
from importlib import resources

from ..meetings import Link

PASS, FAIL, NOT_JUDGED = "pass", "FAIL", "not judged"
REAL, SYNTHETIC = "fowler_christakis_2010.toml", "fowler_christakis_2010_synthetic.json"

# Name of an effect in the data files -> how ego and alter are linked, and the path rule.
EFFECTS = {
    **{f"degree 1 lag {lag}": (Link(1, lag), "strict") for lag in range(1, 6)},
    "degree 2": (Link(2, 2), "strict"),
    "degree 3 strict": (Link(3, 3), "strict"),
    "degree 3 loose": (Link(3, 3), "loose"),
}
BY_DEGREE = ("degree 1 lag 1", "degree 2", "degree 3 strict", "degree 3 loose")
BY_LAG = tuple(f"degree 1 lag {lag}" for lag in range(1, 6))

ERRORS = 3.0  # standard errors that a mean may be off by chance: of many such lines 0.27% fail
LEAST_REPLICATIONS = 5  # below, an estimated standard error says too little: Student's t would allow 9 and more of them


@dataclass(frozen=True)
class Published:
    """A value of the paper. low, high: 95% interval, NaN where none is known."""

    value: float
    low: float
    high: float
    status: str
    source: str


@dataclass(frozen=True)
class Accepted:
    """An acceptance value and how far a simulated one may be from it."""

    value: float
    tolerance: float

    @property
    def judges(self) -> bool:
        """Whether there is a tolerance at all: NaN with too few replications to estimate one."""
        return not math.isnan(self.tolerance)

    def verdict(self, simulated: float) -> str:
        """`pass` iff the distance is within the tolerance; NaN fails."""
        return PASS if abs(simulated - self.value) <= self.tolerance else FAIL


def chance(sd: float, replications: int) -> float:
    """How far the mean of R replications may be off by chance, with an SD that was estimated from them: as improbable as 3
    standard errors of a known SD, so more of them when R is small (Student's t). NaN below LEAST_REPLICATIONS."""
    if replications < LEAST_REPLICATIONS:
        return math.nan
    from scipy.stats import norm, t

    return float(t.isf(norm.sf(ERRORS), replications - 1)) * sd / math.sqrt(replications)


@dataclass(frozen=True)
class Bands:
    """Acceptance values for one kind of subjects. `table` is empty when there are none: then nothing is judged.

    origin: where the values come from, for the report.
    """

    origin: str
    table: dict

    def coefficient(self, variant: str, effect: str, specification: str, replications: int) -> Accepted | None:
        """Mean of R experiments within a + b SD / sqrt(R)."""
        found = self.table.get("coefficients", {}).get(variant, {}).get(effect, {}).get(specification)
        if found is None:
            return None
        base, factor = self.table["tolerance"]["coefficient"]
        return Accepted(found[0], base + factor * found[1] / math.sqrt(replications))

    def rows(self, effect: str) -> Accepted | None:
        found = self.table.get("rows", {}).get(effect)
        return None if found is None else Accepted(found, 0)

    def period_mean(self, variant: str, period: int, sd: float, replications: int) -> Accepted | None:
        """Both means carry sampling error: within half a printed unit + `chance` of R and of the reference's replications."""
        found = self.table.get("period_means", {}).get(variant)
        if found is None or period > len(found):
            return None
        error = chance(sd, replications) * math.sqrt(1 + replications / self.table["replications"])
        return Accepted(found[period - 1], self._rounding("period_means") + error)

    def causal(self, variant: str, quantity: str, lag: int, sessions: int, error: float) -> Accepted | None:
        """quantity: `degree 1` .. `degree 3`, `gain`. Within a share of the value, widened when there are few sessions, or
        within `error`, the `chance` of the mean, where that is wider."""
        found = self.table.get("causal", {}).get(variant, {}).get(quantity, [])
        if lag > len(found) or _unknown(found[lag - 1]):
            return None
        tolerance = self.table["tolerance"]
        name = "degree 1" if quantity == "gain" and lag == 1 else quantity
        share = tolerance[name] * self._widened(sessions)
        return Accepted(found[lag - 1], _wider(share * found[lag - 1], error) + self._rounding(quantity))

    def multiplier(self, variant: str, sessions: int, error: float) -> Accepted | None:
        found = self.table.get("causal", {}).get(variant, {}).get("multiplier")
        if found is None:
            return None
        gains = len(self.table["causal"][variant]["gain"])
        tolerance = self.table["tolerance"]["multiplier"] * self._widened(sessions)
        return Accepted(found, _wider(tolerance, error) + gains * self._rounding("gain"))

    def people(self, degree: int, lag: int) -> Accepted | None:
        """Mean number of people at a degree per source; fixed by the schedule."""
        found = self.table.get("people", {}).get(f"degree {degree}", [])
        if lag > len(found) or _unknown(found[lag - 1]):
            return None
        return Accepted(found[lag - 1], self._rounding("people") + 1e-6)

    def _widened(self, sessions: int) -> float:
        return math.sqrt(max(1.0, self.table["tolerance"]["causal_sessions"] / sessions))

    def _rounding(self, quantity: str) -> float:
        return 0.5 * 10.0 ** -self.table["decimals"][quantity]


def published_values() -> dict[tuple[str, str], Published]:
    """(condition, effect) -> what the paper reports."""
    nan = float("nan")
    return {
        (entry["condition"], entry["effect"]): Published(
            entry["value"], entry.get("low", nan), entry.get("high", nan), entry["status"], entry["source"]
        )
        for entry in _real()["published"]
    }


def bands_for(synthetic: bool) -> Bands:
    """The acceptance values for synthetic or for real subjects."""
    real = _real()["accepted"]
    if not synthetic:
        return Bands(real["origin"], real)
    file = resources.files("commonweal") / "data" / SYNTHETIC
    if not file.is_file():
        return Bands("no acceptance values for synthetic subjects are installed", {})
    accepted = json.loads(file.read_text(encoding="utf-8"))
    return Bands(accepted["origin"], accepted)


def _wider(tolerance: float, error: float) -> float:
    """The larger of both; NaN where the error is not known."""
    return math.nan if math.isnan(error) else max(tolerance, error)


def _unknown(value: float | None) -> bool:
    """NaN in TOML, null in JSON."""
    return value is None or math.isnan(value)


def _real() -> dict:
    return tomllib.loads((resources.files("commonweal") / "data" / REAL).read_text(encoding="utf-8"))

"""The lines of the report: every measured quantity beside what it is compared with, and a verdict."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from ..specification import RAW
from .bands import BY_DEGREE, EFFECTS, LEAST_REPLICATIONS, NOT_JUDGED, Accepted, Bands, Published, chance, published_values
from .measure import CAUSAL_OF, Causal, Measured, Regressions

JUDGED_CONDITION = "basic"
NAN = float("nan")
TOO_FEW = f"shown, not judged: too few replications for a standard error, at least {LEAST_REPLICATIONS} are needed"


@dataclass(frozen=True)
class Line:
    """One comparison. Unit: tokens of ego per token of alter for coefficients and causal effects; tokens for period means;
    tokens in all per token for gains and multipliers; numbers for rows and people.

    simulated: mean over replications, low, high: its 95% interval over replications of the experiment, sd: between
    replications (NaN for a single one). null_*: regrouping null; causal: twin runs at the same degree and lag, causal_low,
    causal_high: 95% confidence interval of that mean, from the spread between twin replications. NaN = none.
    """

    section: str
    condition: str
    variant: str
    effect: str
    specification: str = ""
    simulated: float = NAN
    low: float = NAN
    high: float = NAN
    sd: float = NAN
    null_mean: float = NAN
    null_low: float = NAN
    null_high: float = NAN
    causal: float = NAN
    causal_low: float = NAN
    causal_high: float = NAN
    published: float = NAN
    published_low: float = NAN
    published_high: float = NAN
    published_status: str = ""
    accepted: float = NAN
    tolerance: float = NAN
    verdict: str = NOT_JUDGED
    reason: str = ""

    def as_row(self) -> dict:
        return asdict(self)


def compare(measured: Measured, bands: Bands) -> list[Line]:
    """All lines, by section. Only the basic game is judged, and only against [computed] values."""
    published = published_values()
    lines: list[Line] = []
    for (variant, condition), found in measured.regressions.items():
        causal = measured.causal.get((CAUSAL_OF[variant], condition))
        lines += _coefficients(variant, condition, found, causal, bands, published)
    for (variant, condition), found in measured.regressions.items():
        lines += _period_means(variant, condition, found, bands)
    for (variant, condition), twins in measured.causal.items():
        lines += _causal(variant, condition, twins, bands)
    for condition in measured.conditions:
        lines += _multipliers(condition, measured, bands, published)
    return lines


def _judged(line: dict, accepted: Accepted | None) -> Line:
    """The line with its verdict; not judged outside the basic game, without an acceptance value, or without its tolerance."""
    if line["condition"] != JUDGED_CONDITION:
        return Line(**line, reason="shown, not judged: no acceptance values for this game")
    if accepted is None:
        return Line(**line, reason="shown, not judged: no acceptance value")
    if not accepted.judges:
        return Line(**line, accepted=accepted.value, reason=TOO_FEW)
    verdict = accepted.verdict(line["simulated"])
    return Line(**line, accepted=accepted.value, tolerance=accepted.tolerance, verdict=verdict)


def spread(values: np.ndarray) -> dict[str, float]:
    """Mean, 95% interval and SD over replications; interval and SD are NaN for a single one."""
    mean = float(np.mean(values))
    if len(values) < 2:
        return {"simulated": mean}
    low, high = np.percentile(values, [2.5, 97.5])
    return {"simulated": mean, "low": float(low), "high": float(high), "sd": float(np.std(values, ddof=1))}


def _coefficients(variant, condition, found: Regressions, causal: Causal | None, bands: Bands, published) -> list[Line]:
    lines = []
    for (effect, specification), estimates in found.estimates.items():
        line = {
            "section": "coefficient",
            "condition": condition,
            "variant": variant,
            "effect": effect,
            "specification": specification.name,
        } | spread(estimates.slope)
        if (effect, specification) in found.null:
            null = found.null[effect, specification]
            low, high = null.interval()
            line |= {"null_mean": null.mean, "null_low": low, "null_high": high}
        line |= _caused(causal, effect) if causal else {}
        line |= _published(published.get((condition, effect)))
        accepted = bands.coefficient(variant, effect, specification.name, len(estimates.slope))
        lines.append(_judged(line, accepted))
        if specification == RAW:
            count = {
                "section": "rows",
                "condition": condition,
                "variant": variant,
                "effect": effect,
                "simulated": float(estimates.rows),
            }
            lines.append(_judged(count, bands.rows(effect)))
    return lines


def _caused(causal: Causal, effect: str) -> dict:
    """The causal counterpart of a regression effect, same degree and lag, with the interval of its mean (Student's t)."""
    link = EFFECTS[effect][0]
    found = causal.effects(link.degree, link.lag)
    if len(found) == 0:
        return {}
    mean = float(found.mean())
    if len(found) < 2:
        return {"causal": mean}
    from scipy.stats import t

    half = float(t.ppf(0.975, len(found) - 1) * found.std(ddof=1) / np.sqrt(len(found)))
    return {"causal": mean, "causal_low": mean - half, "causal_high": mean + half}


def _published(value: Published | None) -> dict:
    if value is None:
        return {}
    return {
        "published": value.value,
        "published_low": value.low,
        "published_high": value.high,
        "published_status": value.status,
    }


def _period_means(variant: str, condition: str, found: Regressions, bands: Bands) -> list[Line]:
    lines = []
    for index in range(found.period_means.shape[1]):
        line = {"section": "period mean", "condition": condition, "variant": variant, "effect": f"period {index + 1}"}
        line |= spread(found.period_means[:, index])
        accepted = bands.period_mean(variant, index + 1, line.get("sd", NAN), len(found.period_means))
        lines.append(_judged(line, accepted))
    return lines


def _causal(variant: str, condition: str, twins: Causal, bands: Bands) -> list[Line]:
    lines = []
    mean = twins.effect
    degrees, lags = mean.shape
    for lag in range(1, lags + 1):
        for degree in range(1, degrees + 1):
            if np.isnan(mean[degree - 1, lag - 1]):
                continue
            start = {"condition": condition, "variant": variant, "effect": f"degree {degree} after {lag}"}
            effect = start | {"section": "causal effect"} | spread(twins.effects(degree, lag))
            error = chance(effect.get("sd", NAN), twins.replications)
            lines.append(_judged(effect, bands.causal(variant, f"degree {degree}", lag, twins.sessions, error)))
            people = start | {"section": "people", "simulated": float(twins.people[degree - 1, lag - 1])}
            lines.append(_judged(people, bands.people(degree, lag)))
        gain = {
            "section": "gain of all others",
            "condition": condition,
            "variant": variant,
            "effect": f"after {lag}",
        } | spread(twins.gain[:, lag - 1])
        error = chance(gain.get("sd", NAN), twins.replications)
        lines.append(_judged(gain, bands.causal(variant, "gain", lag, twins.sessions, error)))
    return lines


def _multipliers(condition: str, measured: Measured, bands: Bands, published) -> list[Line]:
    """Three ways: coefficients times contacts; linear influence; twin runs."""
    start = {"section": "multiplier", "condition": condition} | _published(published.get((condition, "multiplier")))
    contacts = {"degree 1 lag 1": 3, "degree 2": 9} | ({"degree 3 strict": 27} if condition == "punishment" else {})
    formula = "1 + " + " + ".join(f"{number} b{EFFECTS[effect][0].degree}" for effect, number in contacts.items())
    lines = []
    if all((condition, effect) in published for effect in contacts):
        value = 1 + sum(number * published[condition, effect].value for effect, number in contacts.items())
        line = start | {
            "variant": "published coefficients",
            "effect": f"coefficients x contacts: {formula}",
            "simulated": value,
        }
        lines.append(Line(**line, reason="shown, not judged: derived from second-hand coefficients"))
    for (variant, played), found in measured.regressions.items():
        if played != condition:
            continue
        if all((effect, RAW) in found.estimates for effect in contacts):
            total = 1 + sum(number * found.estimates[effect, RAW].slope for effect, number in contacts.items())
            line = (
                start
                | {"variant": variant, "effect": f"coefficients x contacts: {formula}", "specification": "raw"}
                | spread(total)
            )
            lines.append(Line(**line, reason="shown, not judged: a sum of coefficients is not a causal effect"))
        line = start | {
            "variant": variant,
            "effect": "linear influence: sum of (h + 3 b)^t",
            "specification": "own-lag+round",
        }
        lines.append(Line(**(line | spread(found.linear_multiplier())), reason="shown, not judged: assumes a linear process"))
    for (variant, played), twins in measured.causal.items():
        if played == condition:
            line = start | {"variant": variant, "effect": "twin runs: 1 + gain of all others"} | spread(twins.gain_total)
            error = chance(line.get("sd", NAN), twins.replications)
            lines.append(_judged(line, bands.multiplier(variant, twins.sessions, error)))
            line = (
                start
                | {"variant": variant, "effect": "twin runs: the same with the source's own later change"}
                | spread(twins.multiplier)
            )
            lines.append(Line(**line, reason="shown, not judged: no acceptance value"))
    return lines


def by_degree(lines: list[Line], condition: str, variant: str, specification: str) -> list[Line]:
    """The coefficient lines of one specification at degrees 1, 2, 3 (strict, loose), in that order."""
    chosen = {
        line.effect: line
        for line in lines
        if (line.section, line.condition, line.variant, line.specification)
        == ("coefficient", condition, variant, specification)
    }
    return [chosen[effect] for effect in BY_DEGREE if effect in chosen]

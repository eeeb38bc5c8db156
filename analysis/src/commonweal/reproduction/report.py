"""The reproduction as text for people and as one JSON object."""

from __future__ import annotations

import math

from .. import __version__
from ..text_table import format_table, interval, number
from .bands import BY_DEGREE, BY_LAG, FAIL, LEAST_REPLICATIONS, NOT_JUDGED, PASS, Bands
from .comparison import TOO_FEW, Line, by_degree
from .measure import NULL_REPLICATIONS, Measured

TITLE = "Fowler & Christakis (2010), Cooperative behavior cascades in human social networks, PNAS 107:5334"
CAUTION = """\
How to read it
- A regression coefficient is an association. It is not the causal effect: compare it with the null (groups redrawn at
  random, contributions kept) and with the causal column (twin runs: the same session with one person giving one token more).
- Without controls the null itself is above zero, because everybody shares the decay over periods and the session.
- The paper's controls, estimator and clustering are not known to us, so several specifications are shown.
- Coefficients as large as the published ones need no influence beyond one step. That does not show how the paper's arose.
- Brackets behind a causal effect: 95% confidence interval of its mean, from the spread between twin replications. Brackets
  of "95% of replications" are wider: where a single experiment lies. The null's vary over experiments and regroupings.
- A published value without an interval: the public summaries state none. Three degrees without punishment have no published
  value: the summaries claim none, and say that three degrees is specific to punishment; the paper itself was not at hand.
- Evidence at three degrees is thin by construction: about 5 people per source after three periods, then fewer.
- [second hand] values come from public summaries of the paper and are shown, never judged; so is the punishment game."""


def people_note(measured: Measured) -> str:
    """Who the subjects are, for every header and caption; made-up people are shouted."""
    if measured.synthetic:
        return "SYNTHETIC" + measured.subjects[len("synthetic") :]
    return f"subjects from {measured.subjects}"


def as_json(measured: Measured, bands: Bands, lines: list[Line], context: dict) -> dict:
    return {
        "command": "reproduce fowler-christakis-2010",
        "version": __version__,
        "title": TITLE,
        "subjects": measured.subjects,
        "synthetic_subjects": measured.synthetic,
        "acceptance_values": bands.origin,
        **context,
        "sessions": measured.sessions,
        "verdict": verdict_counts(lines),
        "caution": CAUTION.splitlines()[1:],
        "lines": [line.as_row() for line in lines],
    }


def verdict_counts(lines: list[Line]) -> dict[str, int]:
    return {
        name: sum(line.verdict == verdict for line in lines)
        for name, verdict in (("pass", PASS), ("fail", FAIL), ("not_judged", NOT_JUDGED))
    }


def as_text(measured: Measured, bands: Bands, lines: list[Line], context: dict) -> str:
    """Every table, and last, where a terminal shows it, the one that answers the question."""
    parts = [_headline(measured, bands, context)]
    for condition in measured.conditions:
        here = [line for line in lines if line.condition == condition]
        parts.append(f"== {condition} game ==")
        for variant in dict.fromkeys(line.variant for line in here if line.section == "coefficient"):
            parts.append(_coefficient_table(here, variant, _null_words(context)))
        parts += [_period_table(here), _causal_table(here), _multiplier_table(here)]
    glance = f"{TITLE}\n{people_note(measured)}\n\n{_at_a_glance(measured, lines)}"
    return "\n\n".join([*parts, CAUTION, glance, _summary(lines)]) + "\n"


def _headline(measured: Measured, bands: Bands, context: dict) -> str:
    return "\n".join(
        [
            TITLE,
            people_note(measured),
            f"{context['replications']} replications of {measured.sessions} sessions ({measured.agents} people); twin runs: "
            f"{context['twin_replications']} replications; seed {context['seed']}",
            f"acceptance values: {bands.origin}",
            "Coefficients and causal effects: tokens of ego per token of one alter.",
        ]
    )


def _at_a_glance(measured: Measured, lines: list[Line]) -> str:
    """The paper's table, the simulated one and the causal truth: degrees 1, 2, 3 under strict paths."""
    rows = []
    for condition in measured.conditions:
        raw, own = (by_degree(lines, condition, "deterministic", name)[:3] for name in ("raw", "own-lag+round"))
        for line, controlled in zip(raw, own):
            rows.append(
                [
                    f"{condition}, {line.effect}",
                    _published(line),
                    number(line.simulated),
                    number(controlled.simulated),
                    interval(line.null_low, line.null_high),
                    _caused(line),
                ]
            )
    header = [
        "at a glance (deterministic variant)",
        "published",
        "no controls",
        "own lag + round",
        "null, no controls",
        "causal",
    ]
    return format_table(header, rows)


def _null_words(context: dict) -> str:
    """How the null was drawn: "100 draws x the first 20 replications"."""
    few = min(NULL_REPLICATIONS, context["replications"])
    return f"{context['null_draws']} draws x the first {few} replications"


def _coefficient_table(lines: list[Line], variant: str, null_words: str) -> str:
    rows = []
    for effect in dict.fromkeys([*BY_DEGREE, *BY_LAG]):
        count = next(
            (line.simulated for line in lines if (line.section, line.variant, line.effect) == ("rows", variant, effect)),
            None,
        )
        chosen = [line for line in lines if (line.section, line.variant, line.effect) == ("coefficient", variant, effect)]
        for place, line in enumerate(chosen):
            first = place == 0
            rows.append(
                [
                    f"{effect} ({count:.0f} rows)" if first else "",
                    _published(line) if first else "",
                    line.specification,
                    number(line.simulated),
                    interval(line.low, line.high),
                    number(line.null_mean),
                    interval(line.null_low, line.null_high),
                    _caused(line) if first else "",
                    *_accepted(line),
                ]
            )
    header = [
        "effect",
        "published",
        "controls",
        "simulated",
        "95% of replications",
        "null",
        "null 95%",
        "causal",
        "accepted",
        "verdict",
    ]
    null = f"; null: {null_words}" if any(row[5] != "-" for row in rows) else ""
    return f"{variant} variant{null}\n" + format_table(header, rows)


def _published(line: Line) -> str:
    if math.isnan(line.published):
        return "-"
    band = "" if math.isnan(line.published_low) else f" ({number(line.published_low, 2)} to {number(line.published_high, 2)})"
    return f"{number(line.published, 2)}{band} [{line.published_status}]"


def _caused(line: Line) -> str:
    """The causal effect and the interval of its mean."""
    if math.isnan(line.causal_low):
        return number(line.causal, 4)
    return f"{number(line.causal, 4)} {interval(line.causal_low, line.causal_high, 4)}"


def _accepted(line: Line, digits: int = 3) -> list[str]:
    if math.isnan(line.tolerance):
        return [number(line.accepted, digits), line.verdict]
    return [f"{number(line.accepted, digits)} +- {number(line.tolerance, digits)}", line.verdict]


def _period_table(lines: list[Line]) -> str:
    chosen = [line for line in lines if line.section == "period mean"]
    rows = [
        [
            line.variant if line.effect == "period 1" else "",
            line.effect,
            number(line.simulated, 2),
            interval(line.low, line.high, 2),
            *_accepted(line, 2),
        ]
        for line in chosen
    ]
    return "Mean contribution, tokens\n" + format_table(["variant", "period", "simulated", "95%", "accepted", "verdict"], rows)


def _causal_table(lines: list[Line]) -> str:
    rows = []
    for line in lines:
        if line.section in ("causal effect", "gain of all others"):
            people = next(
                (
                    other
                    for other in lines
                    if (other.section, other.variant, other.effect) == ("people", line.variant, line.effect)
                ),
                None,
            )
            label = line.effect if line.section == "causal effect" else f"all others {line.effect}"
            verdicts = _accepted(line, 4)
            rows.append(
                [
                    line.variant,
                    label,
                    number(line.simulated, 4),
                    interval(line.low, line.high, 4),
                    *verdicts,
                    number(people.simulated, 1) if people else "",
                    people.verdict if people else "",
                ]
            )
    title = "Causal effect of one token more in the first period (twin runs), by degree of separation and periods elapsed"
    return (
        title
        + "\n"
        + format_table(
            ["variant", "effect", "simulated", "95% of replications", "accepted", "verdict", "people", "verdict"], rows
        )
    )


def _multiplier_table(lines: list[Line]) -> str:
    chosen = [line for line in lines if line.section == "multiplier"]
    rows = [
        [line.effect, line.variant, number(line.simulated, 2), interval(line.low, line.high, 2), *_accepted(line)]
        for line in chosen
    ]
    paper = (
        f"; the paper says about {number(chosen[0].published, 0)} [{chosen[0].published_status}]"
        if chosen and chosen[0].published_status
        else ""
    )
    title = f"Multiplier over the experiment, tokens in all per token given{paper}"
    return title + "\n" + format_table(["how", "variant", "value", "95% of replications", "accepted", "verdict"], rows)


def _summary(lines: list[Line]) -> str:
    counts = verdict_counts(lines)
    failed = [
        f"FAIL: {line.condition}, {line.variant}, {line.section} {line.effect} {line.specification}".rstrip()
        + f": {number(line.simulated, 4)}, accepted {number(line.accepted, 4)} +- {number(line.tolerance, 4)}"
        for line in lines
        if line.verdict == FAIL
    ]
    judged = counts["pass"] + counts["fail"]
    total = f"{judged} lines judged: {counts['pass']} pass, {counts['fail']} fail; {counts['not_judged']} shown, not judged."
    few = sum(line.reason == TOO_FEW for line in lines)
    note = f"{few} of these have too few replications; they are judged from {LEAST_REPLICATIONS} on."
    return "\n".join([*failed, total, *([note] if few else [])])

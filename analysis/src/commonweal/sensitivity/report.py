"""Sensitivity as text, as JSON and as rows of CSV tables."""

from __future__ import annotations

import math

from ..design import Design
from ..labels import with_unit
from ..text_table import format_table, interval, number
from .estimate import Analysis, Estimate, MorrisLine, Question, SobolLine
from .points import Chance

TITLES = {"sobol": "Sobol indices", "morris": "Elementary effects"}
NOTES = {
    "sobol": "first: share of the variance that the key explains alone; total: with all interactions that it takes part in.",
    "morris": "mu*: mean size of the change when the key alone moves, per whole range of the key; mu: mean change;\n"
    "sigma: its standard deviation (large beside mu*: the effect depends on other keys or is not a straight line).",
}


def as_rows(analysis: Analysis) -> list[dict]:
    """One flat dictionary per axis."""
    start = {"output": analysis.output.name, "unit": analysis.unit}
    return [start | _line_row(line) for line in analysis.lines]


def pair_rows(analysis: Analysis) -> list[dict]:
    """One flat dictionary per pair of axes; none without second-order points."""
    return [
        {"output": analysis.output.name, "axis": pair.axes[0], "other_axis": pair.axes[1], **_columns("second", pair.second)}
        for pair in analysis.pairs
    ]


def as_json(table: list[Analysis], question: Question) -> dict:
    """One object: what was asked, and the outputs."""
    design, bootstrap = question.design, question.bootstrap
    return {
        "command": f"analyze --{question.method}",
        "data": question.data,
        "cell": question.cell,
        "design": {"kind": design.kind, "points": design.size, "axes": {axis.key: axis.values for axis in design.axes}},
        "resamples": bootstrap.resamples,
        "confidence": bootstrap.confidence,
        "seed": bootstrap.seed,
        "outputs": [_output(analysis) for analysis in table],
    }


def as_text(table: list[Analysis], question: Question) -> str:
    """A table per output, for people."""
    percent = f"{100 * question.bootstrap.confidence:g} %"
    sobol = ["key", "first", percent, "total", percent]
    header = sobol if question.method == "sobol" else ["key", "mu*", percent, "mu", "sigma"]
    parts = [_headline(table, question)]
    for analysis in table:
        digits = 3 if question.method == "sobol" else decimals(analysis)
        rows = [_cells(line, analysis.axes[line.axis], digits) for line in analysis.lines]
        parts.append(_title(analysis) + "\n\n" + format_table(header, rows))
        if analysis.pairs:
            rows = [[" x ".join(pair.axes), *_both(pair.second, 3)] for pair in analysis.pairs]
            parts.append(format_table(["pair", "second", percent], rows))
        parts.append(chance_text(analysis.points.chance) + _floor_text(analysis))
    parts.append(NOTES[question.method])
    return "\n\n".join(parts) + "\n"


def chance_text(chance: Chance) -> str:
    """What part of the variance between points is noise, in a sentence."""
    if math.isnan(chance.share):
        return f"chance: not known (one {chance.unit} per point, or no variance between points)"
    unit = {"replicate": "replicates", "instance": "network instances"}[chance.unit]
    source = f"from the scatter of {unit}" + (", without luck that all points share" if chance.paired else "")
    return f"chance: {100 * chance.share:.1f} % of the variance between points ({source})"


def _floor_text(analysis: Analysis) -> str:
    if math.isnan(analysis.floor):
        return ""
    name = "total" if isinstance(analysis.lines[0], SobolLine) else "mu*"
    return f"\nso a key without effect may have a {name} of up to {analysis.floor:.2g}"


def decimals(analysis: Analysis) -> int:
    """Digits after the point that show the largest effect with three."""
    largest = max((abs(line.mu_star.value) for line in analysis.lines), default=0.0)
    return 3 if largest == 0 else int(min(max(2 - math.floor(math.log10(largest)), 0), 12))


def unit_text(analysis: Analysis) -> str:
    """`mean contribution [tokens]`"""
    return with_unit(analysis.label, analysis.unit)


def _named(analysis: Analysis) -> str:
    """`mean contribution [tokens] (mean_contribution)`"""
    column = analysis.output.column
    return unit_text(analysis) + ("" if analysis.label == column else f" ({column})")


def choice_text(analysis: Analysis) -> str:
    """`condition basic, last condition_round`; empty without."""
    return ", ".join(f"last {axis}" if label == "last" else f"{axis} {label}" for axis, label in analysis.output.at)


def base_text(design: Design) -> str:
    """`256 base points x (3 axes + 2) = 1280 points`"""
    axes = len(design.axes)
    if design.kind == "morris":
        return f"{design.size // (axes + 1)} trajectories x ({axes} axes + 1) = {design.size} points"
    step = f"(2 x {axes} axes + 2)" if design.second_order else f"({axes} axes + 2)"
    base = design.size // (2 * axes + 2 if design.second_order else axes + 2)
    return f"{base} base points x {step} = {design.size} points"


def runs_text(analysis: Analysis) -> str:
    """`16 runs each`, or the range."""
    least, most = int(analysis.points.runs.min()), int(analysis.points.runs.max())
    return f"{least} run{'s' * (least != 1)} each" if least == most else f"{least} to {most} runs each"


def _headline(table: list[Analysis], question: Question) -> str:
    cell, bootstrap = f", {question.cell}" if question.cell else "", question.bootstrap
    return (
        f"{TITLES[question.method]} of {question.data}{cell}\n{base_text(question.design)}, {runs_text(table[0])}; "
        f"{100 * bootstrap.confidence:g} % intervals by bootstrap ({bootstrap.resamples} draws, seed {bootstrap.seed})"
    )


def _title(analysis: Analysis) -> str:
    name = ", ".join(part for part in (_named(analysis), choice_text(analysis)) if part)
    title = f"{name}: mean {analysis.mean:.4g}, standard deviation between points {analysis.deviation:.4g}"
    if isinstance(analysis.lines[0], SobolLine):
        title += f"; sum of first: {number(sum(line.first.value for line in analysis.lines), 2)}"
    return title


def _cells(line: SobolLine | MorrisLine, name: str, digits: int) -> list[str]:
    if isinstance(line, SobolLine):
        return [name, *_both(line.first, digits), *_both(line.total, digits)]
    return [name, *_both(line.mu_star, digits), number(line.mu, digits), number(line.sigma, digits)]


def _both(estimate: Estimate, digits: int) -> list[str]:
    return [number(estimate.value, digits), interval(estimate.low, estimate.high, digits)]


def _line_row(line: SobolLine | MorrisLine) -> dict:
    if isinstance(line, SobolLine):
        return {"axis": line.axis, **_columns("first", line.first), **_columns("total", line.total)}
    return {"axis": line.axis, **_columns("mu_star", line.mu_star), "mu": line.mu, "sigma": line.sigma}


def _columns(name: str, estimate: Estimate) -> dict:
    return {name: estimate.value, f"{name}_low": estimate.low, f"{name}_high": estimate.high}


def _output(analysis: Analysis) -> dict:
    points, chance = analysis.points, analysis.points.chance
    found = {
        "output": analysis.output.name,
        "column": analysis.output.column,
        "at": dict(analysis.output.at),
        "unit": analysis.unit,
        "mean": analysis.mean,
        "standard_deviation": analysis.deviation,
        "runs_per_point": {"least": int(points.runs.min()), "most": int(points.runs.max())},
        "failed_runs": points.failed,
        "runs_without_value": points.missing,
        "chance": {"variance": chance.variance, "share": chance.share, "unit": chance.unit, "paired": chance.paired},
        "floor": analysis.floor,
        "indices": [_line_row(line) for line in analysis.lines],
    }
    return found | ({"pairs": [_pair(row) for row in pair_rows(analysis)]} if analysis.pairs else {})


def _pair(row: dict) -> dict:
    return {name: value for name, value in row.items() if name != "output"}

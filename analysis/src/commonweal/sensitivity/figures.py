"""Figures of a sensitivity analysis: one per output, the most important key on top."""

from __future__ import annotations

import math
import re

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..drawing import BLUE, GRAY, PALE, VERMILION, as_files, caption, headline, styled
from .estimate import Analysis, Estimate, MorrisLine, Question
from .report import TITLES, base_text, choice_text, runs_text, unit_text

SHIFT = 0.14
NEAR = 0.04  # of the height and width of the panel
SOBOL_CAPTION = """\
Share of the variance between design points. First order: explained by the key alone. Total: with all interactions that it takes
part in. Lines: {confidence:g} % intervals, bootstrap over base points.{chance}"""
MORRIS_CAPTION = """\
Elementary effects: change of the output when one key moves and all others stay, per whole range of the key. Left: mean size
(mu*) with {confidence:g} % intervals, bootstrap over trajectories. Right: on the dashed line the standard deviation between
trajectories (sigma) is as large as mu*; well below it effects are steady, above it they depend on other keys or
bend.{chance}"""


def figure_files(analysis: Analysis, question: Question) -> dict[str, bytes]:
    """File name -> content (SVG and PNG)."""
    name = f"{question.method}_{re.sub(r'[^A-Za-z0-9_.-]+', '_', analysis.output.name).strip('_')}"
    draw = _sobol_figure if question.method == "sobol" else _morris_figure
    with styled():
        return as_files(name, draw(analysis, question))


def _sobol_figure(analysis: Analysis, question: Question) -> Figure:
    lines = sorted(analysis.lines, key=lambda line: line.total.value)
    figure, axis = _frame(analysis, question, [analysis.axes[line.axis] for line in lines], SOBOL_CAPTION)
    for place, line in enumerate(lines):
        _mark(axis, place + SHIFT, line.first, BLUE, "o", "first order" if place == 0 else None)
        _mark(axis, place - SHIFT, line.total, VERMILION, "D", "total" if place == 0 else None)
    _band(axis, analysis)
    axis.axvline(0, color=GRAY, linewidth=0.8, zorder=1)
    axis.set_xlabel("share of variance")
    axis.legend(loc="lower right", frameon=False)
    return figure


def _morris_figure(analysis: Analysis, question: Question) -> Figure:
    lines = sorted(analysis.lines, key=lambda line: line.mu_star.value)
    unit = analysis.unit if analysis.unit not in ("1", "-", "") else "output"
    names = [f"{analysis.axes[line.axis]}  ({len(lines) - place})" for place, line in enumerate(lines)]
    figure, axis = _frame(analysis, question, names, MORRIS_CAPTION, two=True)
    for place, line in enumerate(lines):
        _mark(axis, place, line.mu_star, BLUE, "o", None)
    _band(axis, analysis)
    axis.set_xlim(left=min(0, axis.get_xlim()[0]))
    axis.set_xlabel(f"mu* [{unit} per range]")
    _plane(figure.axes[1], lines)
    figure.axes[1].set_xlabel(f"mu* [{unit} per range]")
    figure.axes[1].set_ylabel(f"sigma [{unit} per range]")
    return figure


def _plane(axis: Axes, lines: list[MorrisLine]) -> None:
    """mu* and sigma; points carry the numbers of the keys, those that nearly coincide share one label."""
    right = 1.12 * max(line.mu_star.value for line in lines) or 1.0
    top = max(1.2 * max(line.sigma for line in lines), 0.2 * right)
    axis.plot([0, min(right, top)], [0, min(right, top)], color=GRAY, linewidth=0.8, linestyle="--")
    axis.plot([line.mu_star.value for line in lines], [line.sigma for line in lines], color=BLUE, marker="o", linestyle="none")
    for members in _neighbors(lines, right, top):
        last = max(members, key=lambda line: line.mu_star.value)
        numbers = ", ".join(str(len(lines) - lines.index(line)) for line in members)
        axis.annotate(numbers, (last.mu_star.value, last.sigma), (7, 0), textcoords="offset points", fontsize=9, va="center")
    axis.set_xlim(-0.03 * right, right)
    axis.set_ylim(-0.03 * top, top)


def _neighbors(lines: list[MorrisLine], width: float, height: float) -> list[list[MorrisLine]]:
    """The lines from the most important on, in groups whose members are near the first of the group."""
    groups: list[list[MorrisLine]] = []
    for line in reversed(lines):
        for group in groups:
            away = (line.mu_star.value - group[0].mu_star.value) / width, (line.sigma - group[0].sigma) / height
            if math.hypot(*away) < NEAR:
                group.append(line)
                break
        else:
            groups.append([line])
    return groups


def _band(axis: Axes, analysis: Analysis) -> None:
    """Where indices of keys without effect may lie."""
    if analysis.floor > 0:
        axis.axvspan(0, analysis.floor, color=PALE, linewidth=0, zorder=0, label="chance")


def _frame(analysis: Analysis, question: Question, keys: list[str], text: str, two: bool = False) -> tuple[Figure, Axes]:
    """A figure with a row per key, headline and caption; with two panels if asked."""
    left = 0.3 + 0.082 * max(map(len, keys))
    width, height = (left + 8.8 if two else max(left + 5.5, 9)), max(2.7 + 0.42 * len(keys), 5.4 if two else 3.6)
    figure = Figure(figsize=(width, height))
    panels = figure.subplots(1, 2 if two else 1, squeeze=False)[0]
    figure.subplots_adjust(left=left / width, right=0.97, top=1 - 0.95 / height, bottom=1.35 / height, wspace=0.22)
    headline(figure, f"{TITLES[question.method]}: {unit_text(analysis)}", _subtitle(analysis, question))
    share = analysis.points.chance.share
    noise = f" Gray: a key without effect may lie there; {100 * share:.1f} % of the variance is chance."
    noise = "" if math.isnan(share) else noise
    caption(figure, text.format(confidence=100 * question.bootstrap.confidence, chance=noise), 145 if two else 122)
    panels[0].set_yticks(range(len(keys)), keys)
    panels[0].margins(x=0.08)
    panels[0].set_ylim(-0.6, len(keys) - 0.4)
    panels[0].tick_params(axis="y", length=0)
    panels[0].grid(axis="x", color=PALE, linewidth=0.6)
    panels[0].set_axisbelow(True)
    return figure, panels[0]


def _subtitle(analysis: Analysis, question: Question) -> str:
    size = f"{base_text(question.design)}, {runs_text(analysis)}"
    parts = [analysis.output.column, choice_text(analysis), question.cell, size]
    return "; ".join(part for part in parts if part)


def _mark(axis: Axes, place: float, estimate: Estimate, color: str, marker: str, label: str | None) -> None:
    axis.plot([estimate.low, estimate.high], [place, place], color=color, linewidth=1.8, solid_capstyle="butt")
    axis.plot([estimate.value], [place], marker=marker, color=color, markersize=6.5, linestyle="none", label=label)

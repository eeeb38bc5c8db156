"""The figures of a report: SVG with real text, labels at the marks, words where color alone would speak."""

from __future__ import annotations

import html
import io
import re
import textwrap
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ..comparison.compare import Comparison
from ..comparison.differences import HIGHER, LOWER, Differences
from ..comparison.outcomes import Outcome
from ..comparison.words import number, with_interval
from ..drawing import BLUE, GRAY, PALE, VERMILION, styled
from ..labels import with_unit

WIDTH = 4.3  # inches
LABEL = 34  # characters of a line of an axis label
MOST_LINES = 40  # thin lines of single runs in a panel
COLORS = ("#333333", BLUE)  # baseline, focus
DIGITS = re.compile(r'(\bid="|url\(#|href="#)')


@dataclass(frozen=True)
class Picture:
    """svg: the element itself, for a page. alternative: what it shows, in words. world: "" for all."""

    name: str
    caption: str
    alternative: str
    svg: str
    world: str


def difference_pictures(comparison: Comparison, outcome: Outcome, differences: Differences) -> list[Picture]:
    """For each world: the mean paired difference of each regime with its interval, on one scale."""
    study = comparison.study
    ends = np.concatenate([part.ravel() for part in (differences.low, differences.high, differences.mean)])
    ends = np.append(ends[np.isfinite(ends)], 0.0)
    margin = 0.06 * (np.ptp(ends) or 1.0)
    limits = (ends.min() - margin, ends.max() + margin)
    pictures = []
    for world, label in enumerate(study.worlds):
        if np.isnan(differences.mean[study.others, world]).all():
            continue
        with styled():
            figure, tips = _difference_figure(comparison, outcome, differences, world, limits)
            baseline = study.regimes[study.baseline]
            words = "; ".join(tips.values())
            pictures.append(
                Picture(
                    f"difference_{outcome.column}_{world + 1}",
                    f"{label}: {outcome.label}, difference from {baseline} ({outcome.unit}); marker: mean, line: interval, "
                    "hidden behind the marker where it is narrower",
                    f"Dot plot of {outcome.label} in {label}. {words}.",
                    _svg(figure, f"d-{outcome.column}-{world}", tips),
                    label,
                )
            )
    return pictures


def _difference_figure(comparison, outcome, differences, world: int, limits):
    study = comparison.study
    others = [regime for regime in study.others if not np.isnan(differences.mean[regime, world])]
    figure = Figure(figsize=(WIDTH, 1.45 + 0.36 * len(others)))
    axes = figure.add_subplot()
    tips = {}
    for row, regime in enumerate(others):
        mean, low, high = (float(part[regime, world]) for part in (differences.mean, differences.low, differences.high))
        verdict = differences.verdict[regime, world]
        color, marker = {HIGHER: (BLUE, "^"), LOWER: (VERMILION, "v")}.get(verdict, (GRAY, "o"))
        if not np.isnan(low):
            axes.plot([low, high], [row, row], color=color, linewidth=2, solid_capstyle="butt")
        (mark,) = axes.plot([mean], [row], marker, color=color, markersize=8)
        mark.set_gid(f"mark-{row}")
        tips[f"mark-{row}"] = f"{study.regimes[regime]}: {with_interval(mean, low, high, True)}"
    axes.axvline(0, color="#333333", linewidth=1)
    axes.set_yticks(range(len(others)), [study.regimes[regime] for regime in others])
    axes.set_ylim(len(others) - 0.4, -0.6)
    axes.set_xlim(*limits)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.grid(axis="x", color=PALE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.set_title(study.worlds[world])
    axes.set_xlabel(_lines(f"difference in {outcome.label}", outcome.unit, "← lower · higher →"))
    figure.tight_layout()
    return figure, tips


def run_pictures(comparison: Comparison) -> list[Picture]:
    """For each world: single runs of the baseline and of the focus regime round by round, thin, and their means, thick."""
    if comparison.modes is None or comparison.focus is None:
        return []
    study, lines = comparison.study, comparison.modes.lines
    shown = (study.baseline, comparison.focus)
    top = max(np.nanmax(lines.values), 1e-12) if not np.isnan(lines.values).all() else 1.0
    pictures = []
    for world, label in enumerate(study.worlds):
        parts = [_rows(study, lines.values, regime, world) for regime in shown]
        if not all(len(part) for part in parts):
            continue
        with styled():
            figure = Figure(figsize=(WIDTH, 3.1))
            axes = figure.add_subplot()
            for part, color, dashes in zip(parts, COLORS, ("--", "-")):
                rounds = np.arange(1, part.shape[1] + 1)
                step = max(1, -(-len(part) // MOST_LINES))
                axes.plot(rounds, part[::step].T, color=color, alpha=0.22, linewidth=0.7)
                axes.plot(rounds, np.nanmean(part, axis=0), color=color, linewidth=2.4, linestyle=dashes)
            ends = [float(np.nanmean(part[:, -1])) for part in parts]
            _label_ends(axes, parts[0].shape[1], ends, [study.regimes[regime] for regime in shown], top)
            axes.set_title(label)
            axes.xaxis.set_major_locator(MaxNLocator(integer=True))
            axes.set_xlabel("round")
            axes.set_ylabel(_lines(lines.label, lines.unit))
            axes.set_ylim(0, 1.04 * top)
            axes.set_xlim(1, parts[0].shape[1])
            figure.tight_layout()
            names = [study.regimes[regime] for regime in shown]
            words = ", ".join(
                f"{name} from {number(float(np.nanmean(part[:, 0])))} to {number(end)} tokens"
                for name, part, end in zip(names, parts, ends)
            )
            pictures.append(
                Picture(
                    f"runs_{world + 1}",
                    f"{label}: {lines.label} by round; thin lines are single runs, thick lines means"
                    f" (dashed: {names[0]}, solid: {names[1]})",
                    f"Lines of single simulated runs in {label}. On average {words}.",
                    _svg(figure, f"r-{world}", {}),
                    label,
                )
            )
    return pictures


def tipping_pictures(comparison: Comparison) -> list[Picture]:
    """For each world: where single runs end, one dot for each, for at most four regimes."""
    if comparison.modes is None or comparison.focus is None:
        return []
    study, modes = comparison.study, comparison.modes
    shown = _four(comparison)
    late = study.cells(modes.lines.late).reshape(len(study.regimes), len(study.worlds), -1)
    finite = late[np.isfinite(late)]
    top = float(finite.max()) if finite.size else 1.0
    pictures = []
    for world, label in enumerate(study.worlds):
        parts = [late[regime, world][~np.isnan(late[regime, world])] for regime in shown]
        if not any(len(part) for part in parts):
            continue
        with styled():
            figure = Figure(figsize=(WIDTH, 1.15 + 0.62 * len(shown)))
            axes = figure.add_subplot()
            for row, part in enumerate(parts):
                axes.plot(part, row + _heights(part, top), "o", color=BLUE, alpha=0.5, markersize=3.2, markeredgewidth=0)
                if len(part):
                    axes.plot([part.mean()] * 2, [row - 0.36, row + 0.36], color="#333333", linewidth=2)
            axes.set_yticks(range(len(shown)), [study.regimes[regime] for regime in shown])
            axes.set_ylim(len(shown) - 0.45, -0.55)
            axes.set_xlim(-0.02 * top, 1.04 * top)
            axes.spines["left"].set_visible(False)
            axes.tick_params(axis="y", length=0)
            axes.grid(axis="x", color=PALE, linewidth=0.6)
            axes.set_axisbelow(True)
            axes.set_title(label)
            axes.set_xlabel(_lines(f"late {modes.lines.label}", modes.lines.unit))
            figure.tight_layout()
            words = "; ".join(
                f"{study.regimes[regime]}: mean {number(float(part.mean()))}, from {number(float(part.min()))} to "
                f"{number(float(part.max()))}"
                for regime, part in zip(shown, parts)
                if len(part)
            )
            pictures.append(
                Picture(
                    f"ends_{world + 1}",
                    f"{label}: where single runs end; each dot is a run, the line their mean",
                    f"Dots of late contributions in {label}. {words}.",
                    _svg(figure, f"e-{world}", {}),
                    label,
                )
            )
    return pictures


def _four(comparison: Comparison) -> list[int]:
    """The baseline, the focus, and those of the others that have the smallest largest regret."""
    worst = comparison.decisions.rules[1].value
    first = [comparison.study.baseline, comparison.focus]
    order = np.argsort(np.where(np.isnan(worst), np.inf, worst), kind="stable")
    return [*first, *(int(regime) for regime in order if regime not in first)][:4]


def _rows(study, values: np.ndarray, regime: int, world: int) -> np.ndarray:
    """[run, round] of the finished runs of a cell."""
    here = (study.place[0] == regime) & (study.place[1] == world)
    part = values[study.done][here]
    return part[~np.isnan(part).all(axis=1)]


def _label_ends(axes, last: int, ends: list[float], names: list[str], top: float) -> None:
    """Names to the right of the last round, apart from each other."""
    gap = 0.09 * top
    order = np.argsort(ends)
    heights = [ends[place] for place in order]
    for place in range(1, len(heights)):
        heights[place] = max(heights[place], heights[place - 1] + gap)
    for place, height in zip(order, heights):
        axes.annotate(
            names[place], (last, height), xytext=(6, 0), textcoords="offset points", va="center", annotation_clip=False,
            color=COLORS[place], fontweight="bold",
        )  # fmt: skip


def _heights(values: np.ndarray, top: float) -> np.ndarray:
    """Dots of nearly equal value are set one above the other, alternating around the middle."""
    bins = np.round(values / max(top, 1e-12) * 60).astype(int)
    place = np.zeros(len(values))
    for one in np.unique(bins):
        here = np.flatnonzero(bins == one)
        rank = np.arange(len(here))
        place[here] = (rank + 1) // 2 * np.where(rank % 2, 1, -1)
    most = np.abs(place).max() if len(place) else 0
    return place * min(0.07, 0.34 / most) if most else place


def _svg(figure: Figure, prefix: str, tips: dict[str, str]) -> str:
    """The element, with ids of its own so that many fit on one page, and a hover text at each named mark."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = buffer.getvalue()
    text = text[text.index("<svg") :].rstrip()
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    for gid, tip in tips.items():
        text = text.replace(f'<g id="{gid}">', f'<g id="{gid}"><title>{html.escape(tip)}</title>')
    return DIGITS.sub(lambda match: f"{match[0]}{prefix}-", text)


def _lines(label: str, unit: str, *more: str) -> str:
    """A label with its unit, in lines that are no longer than an axis."""
    text = with_unit(label, unit)
    first = [text] if len(text) <= LABEL or text == label else [label, text[len(label) + 1 :]]
    return "\n".join(line for part in (*first, *more) for line in textwrap.wrap(part, LABEL))

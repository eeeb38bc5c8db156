"""Figures of the reproduction: effect by degree of separation, effect by lag, and one session's cascade."""

from __future__ import annotations

import math
from pathlib import Path

from matplotlib.figure import Figure

from ..drawing import BLACK, BLUE, CAPTION_SIZE, GRAY, GREEN, PALE, VERMILION, as_files, caption, headline, styled
from .bands import BY_LAG
from .cascade_figure import cascade_figure
from .comparison import Line, by_degree
from .measure import Measured
from .report import people_note

VARIANT, CONTROLLED = "deterministic", "own-lag+round"
PAPER = "Published: Fowler & Christakis (2010), PNAS 107:5334, as stated by public summaries (second hand)."
DEGREE_CAPTION = f"""\
Tokens of ego per token that one other person gave. Simulated: {VARIANT} variant of the Fischbacher & Gaechter (2010) model,
mean and 95% range over replications of the experiment. Band behind a simulated mark: the same coefficient, with the same
controls, in 95% of regroupings, when groups are redrawn at random and contributions kept. Causal: mean change of people at that
degree, with its 95% interval where it is wider than the mark, in twin runs in which one person gives one token more in the
first period (unrounded variant); it needs no null. Strict paths. {PAPER} A value without an interval: they state none."""
LAG_CAPTION = f"""\
Tokens of ego per token that one other person gave. Simulated: {VARIANT} variant, mean and 95% range over replications. Bands
beside a mark, in its color: the same coefficient, with the same controls, in 95% of regroupings, when groups are redrawn at
random and contributions kept. Causal: mean of twin runs with its 95% interval (mostly within the mark), one token more in the
first period; it needs no null. The paper reports persistence for up to five periods without sizes. {PAPER}"""


def figure_files(measured: Measured, lines: list[Line], twins: Path) -> dict[str, bytes]:
    """File name -> content. twins: results file of the unrounded twin runs, whose groups the cascade is drawn from."""
    with styled():
        files = as_files("effect_by_degree", degree_figure(measured, lines))
        files |= as_files("effect_by_lag", lag_figure(measured, lines))
        files |= as_files("cascade", cascade_figure(measured, twins))
    return files


def degree_figure(measured: Measured, lines: list[Line]) -> Figure:
    """For each degree, one under another: published, raw and controlled with their nulls, causal; a panel per condition."""
    figure = Figure(figsize=(11, 6.9))
    axes = figure.subplots(1, len(measured.conditions), sharey=True, sharex=True, squeeze=False)[0]
    figure.subplots_adjust(left=0.245, right=0.965, top=0.84, bottom=0.205, wspace=0.12)
    headline(figure, "Effect of one person's giving, by degree of separation: association and cause", people_note(measured))
    for axis, condition in zip(axes, measured.conditions):
        _degree_panel(axis, condition, lines)
    axes[0].invert_yaxis()
    caption(figure, DEGREE_CAPTION, 150)
    return figure


def _degree_panel(axis, condition: str, lines: list[Line]) -> None:
    axis.set_title(f"{condition} game", pad=8)
    axis.axvline(0, color=BLACK, linewidth=0.8)
    place, ticks, names = 0.0, [], []
    raw_lines = by_degree(lines, condition, VARIANT, "raw")[:3]
    controlled = {line.effect: line for line in by_degree(lines, condition, VARIANT, CONTROLLED)}
    for degree, raw in enumerate(raw_lines, start=1):
        own = controlled[raw.effect]
        rows = [
            ("published", BLACK, "s", raw.published, raw.published_low, raw.published_high, 2),
            ("simulated, no controls", BLUE, "o", raw.simulated, raw.low, raw.high, 3),
            ("simulated, own lag + round", VERMILION, "o", own.simulated, own.low, own.high, 3),
            ("causal (twin runs)", GREEN, "D", raw.causal, raw.causal_low, raw.causal_high, 4),
        ]
        for offset, line in ((1, raw), (2, own)):
            _null_row(axis, place + offset, line, named=degree == 1 and offset == 1)
        for label, color, marker, value, low, high, digits in rows:
            _forest_row(axis, place, color, marker, value, low, high, digits)
            ticks.append(place)
            names.append(f"degree {degree}   {label}" if label == "published" else label)
            place += 1
        place += 0.9
    axis.set_yticks(ticks, names)
    axis.tick_params(axis="y", length=0)
    axis.spines["left"].set_visible(False)
    axis.set_xlabel("tokens per token")


def _null_row(axis, place: float, line: Line, *, named: bool) -> None:
    """The null of one estimate, a band behind its mark only; named once, where it begins."""
    if math.isnan(line.null_low):
        return
    axis.fill_betweenx([place - 0.42, place + 0.42], line.null_low, line.null_high, color=PALE, linewidth=0, zorder=0)
    if named:
        axis.text(line.null_low - 0.004, place, "null", color=GRAY, fontsize=CAPTION_SIZE, ha="right", va="center")


def _forest_row(axis, place, color, marker, value, low, high, digits) -> None:
    """One estimate with its interval and its number; says so where there is none."""
    if math.isnan(value):
        axis.text(0.006, place, "no value at hand", color=GRAY, fontsize=CAPTION_SIZE, va="center", style="italic")
        return
    right = value
    if not math.isnan(low):
        axis.plot([low, high], [place, place], color=color, linewidth=1.8, solid_capstyle="butt")
        right = high
    axis.plot([value], [place], marker=marker, color=color, markersize=6.5, linestyle="none")
    axis.text(
        right + (0.006 if right > value else 0.009),
        place,
        f"{value:.{digits}f}",
        color=color,
        fontsize=9.5,
        va="center",
    )


def lag_figure(measured: Measured, lines: list[Line]) -> Figure:
    """Persistence: degree 1, one to five periods later; a panel per condition."""
    figure = Figure(figsize=(11, 5.9))
    axes = figure.subplots(1, len(measured.conditions), sharey=True, squeeze=False)[0]
    figure.subplots_adjust(left=0.075, right=0.88, top=0.81, bottom=0.235, wspace=0.46)
    headline(figure, "Persistence: how long a meeting shows in later giving (degree 1)", people_note(measured))
    for axis, condition in zip(axes, measured.conditions):
        _lag_panel(axis, condition, lines)
    axes[0].set_ylim(top=1.1 * axes[0].get_ylim()[1])  # room for the name of the published value
    axes[0].set_ylabel("tokens per token")
    caption(figure, LAG_CAPTION, 150)
    return figure


def _lag_panel(axis, condition: str, lines: list[Line]) -> None:
    axis.set_title(f"{condition} game", pad=8)
    axis.axhline(0, color=BLACK, linewidth=0.8)
    chosen = {
        (line.specification, line.effect): line
        for line in lines
        if (line.section, line.condition, line.variant) == ("coefficient", condition, VARIANT)
    }
    effects = [effect for effect in BY_LAG if ("raw", effect) in chosen]
    lags = range(1, len(effects) + 1)
    raw = [chosen["raw", effect] for effect in effects]
    own = [chosen[CONTROLLED, effect] for effect in effects]
    for series, color, shift in ((raw, BLUE, -0.13), (own, VERMILION, 0.13)):
        places = [lag + shift for lag in lags]
        _null_bands(axis, places, series, color)
        axis.vlines(places, [line.low for line in series], [line.high for line in series], color=color, linewidth=1.2)
        axis.plot(places, [line.simulated for line in series], color=color, marker="o", markersize=5, linewidth=1.8)
    axis.vlines(lags, [line.causal_low for line in raw], [line.causal_high for line in raw], color=GREEN, linewidth=1.2)
    axis.plot(lags, [line.causal for line in raw], color=GREEN, marker="D", markersize=5, linewidth=1.8)
    _lag_labels(axis, len(effects), raw, own)
    if not math.isnan(raw[0].published):
        _published_point(axis, raw[0])
    axis.set_xticks(list(lags))
    axis.set_xlim(0.45, len(effects) + 0.3)
    axis.set_xlabel("periods between alter's giving and ego's")


def _null_bands(axis, places: list[float], series: list[Line], color: str) -> None:
    """The null of each estimate, in its color and as wide as its mark; the first is named."""
    for place, line in zip(places, series):
        if not math.isnan(line.null_low):
            axis.fill_between(
                [place - 0.1, place + 0.1], line.null_low, line.null_high, color=color, alpha=0.22, linewidth=0, zorder=0
            )
    if not math.isnan(series[0].null_low) and series[0].specification == "raw":
        middle = (series[0].null_low + series[0].null_high) / 2
        axis.text(places[0] - 0.13, middle, "null", color=color, fontsize=CAPTION_SIZE, ha="right", va="center")


def _lag_labels(axis, last: int, raw: list[Line], own: list[Line]) -> None:
    """Names beside the line ends, in the order of the lines and kept apart where the lines meet."""
    ends = [
        (raw[-1].simulated, "no controls", BLUE),
        (own[-1].simulated, "own lag + round", VERMILION),
        (raw[-1].causal, "causal", GREEN),
    ]
    gap, middle = 0.017, sum(value for value, _, _ in ends) / len(ends)
    for position, (value, name, color) in enumerate(ends):
        axis.annotate(
            name,
            (last + 0.13, value),
            (last + 0.5, middle + gap * (1.3 - position)),
            color=color,
            fontsize=9,
            va="center",
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": color, "linewidth": 0.7, "shrinkA": 1, "shrinkB": 3},
        )


def _published_point(axis, line: Line) -> None:
    if not math.isnan(line.published_low):
        axis.plot([0.62, 0.62], [line.published_low, line.published_high], color=BLACK, linewidth=1.8)
    axis.plot([0.62], [line.published], marker="s", color=BLACK, markersize=6, linestyle="none")
    top = line.published if math.isnan(line.published_high) else line.published_high
    label = max(top, top if math.isnan(line.high) else line.high) + 0.008
    axis.annotate(
        "published",
        (0.62, top),
        (0.52, label),
        fontsize=9,
        va="bottom",
        arrowprops={"arrowstyle": "-", "linewidth": 0.7, "shrinkA": 0, "shrinkB": 3, "relpos": (0.12, 0)},
    )

"""The cascade of one session, drawn: who can be reached from one source, when, and how strongly on average."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from ..drawing import BLACK, BLUE, GRAY, GREEN, ORANGE, PALE, PURPLE, VERMILION, caption, headline
from ..errors import DataError
from ..panel import ABSENT, panels_from_results
from ..results import open_results
from .cascade import UNREACHED, Spread, spread
from .measure import Measured
from .report import people_note

COLORS = {0: BLACK, 1: BLUE, 2: ORANGE, 3: VERMILION, 4: PURPLE, 5: GREEN}
AREA_PER_TOKEN = 3200.0  # points^2 per token of causal effect
SMALLEST = 7.0
CAPTION = """\
Lines join people who shared a group in a period and through whom one token more, given by the source in period 1, can reach
somebody new on a shortest path. Color: degree of separation at that moment. Circle area: mean causal effect on the contribution
of people at that degree after that many periods, in tokens per token, from twin runs of all sessions and sources (unrounded
variant); it is an average, not this session's own. Groups: first session of the first run."""


def cascade_figure(measured: Measured, twins: Path) -> Figure:
    """Session 0 of run 0 in the first condition; source: the session's first person. Circle areas: mean causal effect at that
    degree and lag. Raises DataError if the session has fewer than two periods."""
    condition = measured.conditions[0]
    with open_results(twins) as results:
        panel = panels_from_results(results, [condition])[0]
    people = np.flatnonzero(panel.session == 0)
    group = panel.group[panel.schedule_of_run[0]][people].T
    if len(group) < 2 or np.any(group == ABSENT):
        raise DataError(f"the first session does not play {condition!r} for at least two periods together")
    reach = spread(group, source=0)
    effect = measured.causal["unrounded", condition].effect
    figure = Figure(figsize=(11, 8.2))
    axis = figure.subplots()
    figure.subplots_adjust(left=0.075, right=0.8, top=0.875, bottom=0.19)
    title = f"How far one person's giving can travel in one session ({condition} game, {len(people)} people)"
    headline(figure, title, people_note(measured))
    _draw(axis, reach, effect)
    _key(axis, reach, effect)
    caption(figure, CAPTION, 150)
    return figure


def _order(reach: Spread) -> np.ndarray:
    """[place] -> line of the drawing: source first, then by period and degree of first being reached, near who reached them."""
    periods, people = reach.degree.shape
    first = np.where((reach.degree != UNREACHED).any(axis=0), (reach.degree != UNREACHED).argmax(axis=0), periods)
    parent: dict[int, int] = {}
    for _, sender, receiver in reach.links:
        parent.setdefault(receiver, sender)
    line = np.full(people, -1)

    def key(place: int) -> tuple:
        sender = parent.get(place, place)
        return first[place], reach.degree[min(first[place], periods - 1), place], first[sender], sender, place

    for position, place in enumerate(sorted(range(people), key=key)):
        line[place] = position
    return line


def _draw(axis, reach: Spread, effect: np.ndarray) -> None:
    periods, people = reach.degree.shape
    line = _order(reach)
    for place in range(people):
        axis.plot([1, periods], [line[place]] * 2, color=PALE, linewidth=0.7, zorder=0)
    for period, sender, receiver in reach.links:
        color = COLORS.get(int(reach.degree[period + 1, receiver]), GRAY)
        axis.plot([period + 1, period + 2], [line[sender], line[receiver]], color=color, linewidth=1.1, alpha=0.75, zorder=1)
    for period in range(periods):
        for place in range(people):
            degree = int(reach.degree[period, place])
            if degree == UNREACHED:
                continue
            if degree == 0:
                axis.scatter([period + 1], [line[place]], s=120 if period == 0 else 26, marker="*", color=BLACK, zorder=3)
                continue
            size = effect[degree - 1, period - 1] if degree <= len(effect) else np.nan
            axis.scatter(
                [period + 1],
                [line[place]],
                s=max(SMALLEST, AREA_PER_TOKEN * size) if size > 0 else SMALLEST,
                color=COLORS.get(degree, GRAY),
                edgecolor="white",
                linewidth=0.5,
                zorder=2,
            )
    axis.set_ylim(people - 0.3, -0.9)
    axis.set_xlim(0.8, periods + 0.25)
    axis.set_xticks(range(1, periods + 1), [f"period {number}" for number in range(1, periods + 1)])
    axis.set_yticks([line[place] for place in range(people)], [f"{place + 1}" for place in range(people)], fontsize=8)
    axis.set_ylabel("person (number in the session)")
    axis.tick_params(axis="both", length=0)
    axis.spines["left"].set_visible(False)
    axis.annotate("source: one token more", (1, line[0]), (1.05, line[0] - 0.55), fontsize=9, va="bottom")
    _counts(axis, reach, people)


def _counts(axis, reach: Spread, people: int) -> None:
    """Below each period: how many people are at degrees 1, 2, 3."""
    for period in range(1, len(reach.degree)):
        counts = [(degree, int((reach.degree[period] == degree).sum())) for degree in range(1, 4)]
        for offset, (degree, count) in enumerate(counts):
            where = (period + 1 + (offset - 1) * 0.13, people + 1.75)
            axis.text(*where, str(count), color=COLORS[degree], fontsize=9.5, ha="center", weight="bold")
    axis.text(1.62, people + 1.75, "people at degree 1, 2, 3:", fontsize=8.5, ha="right", color="#333333")


def _key(axis, reach: Spread, effect: np.ndarray) -> None:
    """What color and area mean, at the right margin."""
    present = [degree for degree in sorted(COLORS) if degree > 0 and (reach.degree == degree).any()]
    names = {1: "1: met the source", 2: "2: through one person", 3: "3: through two people"}
    handles = [
        Line2D(
            [],
            [],
            color=COLORS[degree],
            marker="o",
            markersize=7,
            linewidth=1.4,
            label=names.get(degree, f"{degree}: through {degree - 1} people"),
        )
        for degree in present
    ]
    style = {"loc": "upper left", "frameon": False, "fontsize": 8.5, "alignment": "left"}
    axis.add_artist(axis.legend(handles=handles, bbox_to_anchor=(1.0, 1.0), title="color: degree of separation", **style))
    sizes = [
        Line2D(
            [],
            [],
            linestyle="none",
            marker="o",
            color=GRAY,
            markersize=np.sqrt(max(SMALLEST, AREA_PER_TOKEN * value)),
            label=f"{value:g}",
        )
        for value in (0.1, 0.03, 0.01, 0.002)
    ]
    title = "area: mean causal effect,\ntokens per token"
    axis.legend(handles=sizes, bbox_to_anchor=(1.0, 0.82), labelspacing=1.1, title=title, **style)

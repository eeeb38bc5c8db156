"""Options that `commonweal analyze --sobol/--morris` and `commonweal export --to salib` share: from a sweep to numbers."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from .points import PointMeans

if TYPE_CHECKING:
    import xarray

    from ..design import Design

AXES = ("condition", "strategy")


def add_selection(parser: argparse.ArgumentParser) -> None:
    """What becomes one number per run, and which runs."""
    group = parser.add_argument_group("one number per run (default: the mean over every axis of the column but the run)")
    group.add_argument(
        "--round", metavar="last|N|mean", help="round, or round of each condition; last is the last that has a value"
    )
    group.add_argument("--condition", metavar="NAME", help="condition")
    group.add_argument("--strategy", metavar="NAME", help="strategy; needed for a column that is of each strategy")
    group.add_argument(
        "--at", action="append", default=[], type=_axis_and_label, metavar="AXIS=LABEL", help="any other axis (repeatable)"
    )
    cell = parser.add_argument_group("which runs, when the sweep has several")
    cell.add_argument("--regime", metavar="NAME", help="regime")
    cell.add_argument("--world", metavar="NAME", help="world")


def chosen_labels(options: argparse.Namespace) -> dict[str, str]:
    """axis -> label, of the options that were given."""
    named = {axis: getattr(options, axis) for axis in ("round", *AXES) if getattr(options, axis) is not None}
    return dict(options.at) | named


def whole_cell(results: xarray.Dataset, options: argparse.Namespace, design: Design) -> xarray.Dataset:
    """The runs of the regime and world that were asked for, complete. Raises DataError or IncompleteError."""
    from .points import check_complete, select_cell

    cell = select_cell(results, design, options.regime, options.world)
    check_complete(cell, design)
    return cell


def cell_name(options: argparse.Namespace, design: Design) -> str:
    """`regime base, world dry`; empty without either."""
    chosen = [("regime", options.regime, design.regimes), ("world", options.world, design.worlds)]
    return ", ".join(f"{axis} {name or names[0]}" for axis, name, names in chosen if names)


def warn_of_gaps(command: str, name: str, points: PointMeans) -> None:
    """Tells on stderr which runs a mean is without."""
    total = int(points.runs.sum()) + points.failed + points.missing
    if points.failed:
        print(
            f"{command}: warning: {points.failed} of {total} runs failed and are left out; where they fail may depend on "
            "the parameters",
            file=sys.stderr,
        )
    if points.missing:
        print(
            f"{command}: warning: {points.missing} of {total} runs have no value of {name} and are left out; its mean is over "
            "the others",
            file=sys.stderr,
        )


def _axis_and_label(text: str) -> tuple[str, str]:
    axis, sign, label = text.partition("=")
    if not (axis and sign and label):
        raise argparse.ArgumentTypeError(f"{text!r} is not AXIS=LABEL, such as lag=1")
    return axis, label

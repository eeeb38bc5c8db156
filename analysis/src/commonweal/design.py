"""The design of a sweep, as its results file tells it: which keys vary, what each takes, which points were visited."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import DataError

if TYPE_CHECKING:
    import xarray

KINDS = ("grid", "zip", "lhs", "sobol", "saltelli", "morris", "table")


@dataclass(frozen=True)
class Axis:
    """A key of the scenario that varies.

    values: what it takes, in the words of the command line ("0.2,0.4", "linspace(0.2,0.8,7)", "uniform(0.2,0.9)"); empty
    for a column of a table of points. low, high: ends of uniform and loguniform, else None. count: number of values of any
    other, None for these two and for a table.
    """

    key: str
    values: str = ""
    low: float | None = None
    high: float | None = None
    count: int | None = None

    @property
    def continuous(self) -> bool:
        return self.low is not None

    @property
    def logarithmic(self) -> bool:
        return self.values.startswith("loguniform")


@dataclass(frozen=True)
class Design:
    """Which points a sweep visits, and how many runs each has.

    size: number of points. points: those asked for; of a Saltelli design the base points. trajectories, levels: of Morris.
    regimes, worlds: names; every point is run under each of them. instances: networks of each point. replicates: runs on
    each instance; None when `until` decides, and max_replicates is then their largest number.
    """

    kind: str
    size: int
    axes: tuple[Axis, ...] = ()
    regimes: tuple[str, ...] = ()
    worlds: tuple[str, ...] = ()
    instances: int = 1
    replicates: int | None = None
    max_replicates: int | None = None
    until: tuple[str, ...] = ()
    points: int | None = None
    trajectories: int | None = None
    levels: int | None = None
    second_order: bool = False
    seed: int | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(axis.key for axis in self.axes)


def design_of(results: xarray.Dataset) -> Design:
    """The design of the sweep that made the results.

    Raises DataError if they are not of a sweep (`commonweal run` has no design), or if what they say is not understood.
    """
    where = source_of(results)
    text = results.attrs.get("design")
    if text is None:
        raise DataError(f"{where}: not the results of a sweep (no attribute `design`); `commonweal sweep` makes one")
    try:
        return _design(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{where}: the attribute `design` is not understood: {error!r}") from error


def source_of(results: xarray.Dataset) -> str:
    """The file of the results, for messages."""
    return str(results.encoding.get("source", "results"))


def _design(said: dict) -> Design:
    if said["kind"] not in KINDS:
        raise ValueError(f"kind is {said['kind']!r}; it must be one of {', '.join(KINDS)}")
    counts = ("instances", "replicates", "max_replicates", "points", "trajectories", "levels", "seed")
    return Design(
        kind=said["kind"],
        size=int(said["size"]),
        axes=tuple(_axis(axis) for axis in said["axes"]),
        regimes=tuple(said.get("regimes", ())),
        worlds=tuple(said.get("worlds", ())),
        until=tuple(said.get("until", ())),
        second_order=bool(said.get("second_order", False)),
        **{name: int(said[name]) for name in counts if name in said},
    )


def _axis(said: dict) -> Axis:
    low, high, count = (said.get(name) for name in ("low", "high", "count"))
    return Axis(
        str(said["key"]),
        str(said.get("values", "")),
        None if low is None else float(low),
        None if high is None else float(high),
        None if count is None else int(count),
    )

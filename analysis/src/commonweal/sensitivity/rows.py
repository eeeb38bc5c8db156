"""The points of a design as rows for SALib, after checking that they are what SALib takes them for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..axis_values import places
from ..design import Axis, Design, source_of
from ..errors import DataError

if TYPE_CHECKING:
    import xarray


def problem_of(design: Design) -> dict:
    """SALib's description of the axes. A finite axis of n values is its place, 0 .. n-1, as a uniform number in [0, n)
    that was rounded down: its values are equally likely."""
    return {
        "num_vars": len(design.axes),
        "names": list(design.keys),
        "bounds": [[axis.low, axis.high] if axis.continuous else [0, axis.count] for axis in design.axes],
        "dists": ["logunif" if axis.logarithmic else "unif" for axis in design.axes],
        "groups": None,
    }


def rows_of(results: xarray.Dataset, design: Design) -> np.ndarray:
    """[point, axis], float: the value of a continuous axis, the place of a finite one (0-based).

    Raises DataError if an axis has several values at one point, or one that the design does not have.
    """
    point = results["point"].values
    first = np.unique(point, return_index=True)[1]
    return np.stack([_column(results, axis, point, first) for axis in design.axes], axis=1)


def check_order(results: xarray.Dataset, design: Design, rows: np.ndarray) -> None:
    """Refuses points that are not in the order of SALib's samplers. Raises DataError that names the first wrong point."""
    if design.kind == "saltelli":
        _check_saltelli(source_of(results), design, rows)
    elif design.kind == "morris":
        _check_morris(source_of(results), design, rows)


def saltelli_block(design: Design) -> int:
    """Number of points that belong to one base point: A, A with one axis of B, (B with one axis of A,) B."""
    return (2 * len(design.axes) if design.second_order else len(design.axes)) + 2


def _column(results: xarray.Dataset, axis: Axis, point: np.ndarray, first: np.ndarray) -> np.ndarray:
    where = source_of(results)
    if axis.key not in results:
        raise DataError(f"{where}: no variable {axis.key!r}, which is an axis of the design")
    values = results[axis.key].values
    differs = values != values[first][point]
    if np.any(differs):
        stray = int(np.flatnonzero(differs)[0])
        raise DataError(
            f"{where}: run {results['run'].values[stray]} of point {point[stray]} has {axis.key} = {values[stray]}, another "
            f"run of that point {values[first][point][stray]}; the rows were changed after the sweep"
        )
    column = values[first]
    if not axis.continuous:
        return places(axis, column).astype(float)
    outside = ~((axis.low <= column) & (column <= axis.high))
    if np.any(outside):
        stray = int(np.flatnonzero(outside)[0])
        raise DataError(f"{where}: {axis.key} is {column[stray]} at point {stray}; the design has {axis.values}")
    return column.astype(float)


def _check_saltelli(where: str, design: Design, rows: np.ndarray) -> None:
    axes, block = len(design.axes), saltelli_block(design)
    _check_size(where, design, block)
    blocks = rows.reshape(-1, block, axes)
    a, b = blocks[:, :1], blocks[:, -1:]
    expected = blocks.copy()
    for axis in range(axes):
        expected[:, 1 + axis] = np.where(np.arange(axes) == axis, b[:, 0], a[:, 0])
        if design.second_order:
            expected[:, 1 + axes + axis] = np.where(np.arange(axes) == axis, a[:, 0], b[:, 0])
    wrong = np.argwhere(blocks != expected)
    if wrong.size:
        base, row, axis = wrong[0]
        _refuse_order(where, design, base * block + row, design.keys[axis])


def _check_morris(where: str, design: Design, rows: np.ndarray) -> None:
    axes = len(design.axes)
    _check_size(where, design, axes + 1)
    changed = np.diff(rows.reshape(-1, axes + 1, axes), axis=1) != 0
    wrong = np.argwhere(changed.sum(axis=2) != 1)
    if wrong.size:
        trajectory, step = wrong[0]
        _refuse_order(where, design, trajectory * (axes + 1) + step + 1, "the one axis that changes")
    wrong = np.argwhere(changed.sum(axis=1) != 1)
    if wrong.size:
        trajectory, axis = wrong[0]
        _refuse_order(where, design, trajectory * (axes + 1), design.keys[axis])


def _check_size(where: str, design: Design, block: int) -> None:
    if design.size % block or design.size < 2 * block:
        raise DataError(
            f"{where}: {design.size} points; a {design.kind} design of {len(design.axes)} axes has a multiple of {block}, and "
            f"an estimate needs at least {2 * block}"
        )


def _refuse_order(where: str, design: Design, point: int, what: str) -> None:
    raise DataError(
        f"{where}: point {point} is not what a {design.kind} design has there ({what}); the points were reordered or changed "
        "after the sweep"
    )

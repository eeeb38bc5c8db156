"""One number per run from any column of a results file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from ..design import design_of
from ..errors import DataError
from ..nearest import nearest

if TYPE_CHECKING:
    import xarray

MEAN, LAST = "mean", "last"
ROUNDS = ("round", "condition_round")
SHARED = "strategy"  # shares of strategies sum to one, so their mean says nothing


@dataclass(frozen=True)
class Output:
    """A column, and how its axes besides `run` become one number.

    at: (axis, label) that is chosen, or (axis, "last"): the last place that has a value. The mean is taken over the others.
    """

    column: str
    at: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """`late_share[cooperator]`: for files and tables."""
        return self.column + (f"[{','.join(label for _, label in self.at)}]" if self.at else "")


def outputs_of(
    results: xarray.Dataset, columns: list[str], chosen: dict[str, str], each_strategy: bool = False
) -> list[Output]:
    """The columns with what was chosen of their axes. chosen: axis -> label, `last` or `mean`; `round` also stands for
    `condition_round`. each_strategy: one output for each strategy of a column that has several, instead of a refusal.

    Raises DataError for an unknown column, axis or label, and for a choice that no column has a use for.
    """
    outputs = [output for column in columns for output in _outputs(results, column, chosen, each_strategy)]
    used = {axis for column in columns for axis in _axes(results, column)}
    for axis in chosen:
        if axis not in used and not (axis == "round" and used & set(ROUNDS)):
            raise DataError(f"{axis}={chosen[axis]} chooses nothing: {', '.join(columns)} has no axis {axis}")
    return outputs


def columns_of(results: xarray.Dataset) -> list[str]:
    """Columns that are measurements: floating point, along `run`, and not a key that varies."""
    varied = design_of(results).keys if "design" in results.attrs else ()
    return [
        str(name)
        for name, variable in results.data_vars.items()
        if variable.dims[:1] == ("run",) and variable.dtype.kind == "f" and name not in varied
    ]


def numbers_per_run(results: xarray.Dataset, output: Output) -> np.ndarray:
    """[run], float; NaN where the run has no value. Missing values are left out of means."""
    variable = results[output.column]
    chosen = dict(output.at)
    places = {axis: _place(results, axis, label) for axis, label in chosen.items() if label != LAST}
    variable = variable.isel(places)
    values = np.asarray(variable.values, dtype=float)
    axes = list(variable.dims)
    for axis in [axis for axis, label in chosen.items() if label == LAST]:
        values = _last(values, axes.index(axis))
        axes.remove(axis)
    return _mean(values.reshape(len(values), -1))


def _outputs(results: xarray.Dataset, column: str, chosen: dict[str, str], each_strategy: bool) -> Iterator[Output]:
    axes = _axes(results, column)
    options = []
    for axis in axes:
        label = chosen.get(axis, chosen.get("round", MEAN) if axis in ROUNDS else MEAN)
        if axis == SHARED and label == MEAN and results.sizes[axis] > 1:
            options.append([(axis, str(name)) for name in _strategies(results, column, each_strategy)])
        elif label != MEAN:
            _place(results, axis, label)
            options.append([(axis, label)])
    for at in product(*options):
        yield Output(column, at)


def _strategies(results: xarray.Dataset, column: str, each: bool) -> list:
    names = results[SHARED].values.tolist()
    if not each:
        raise DataError(
            f"{column} is of each strategy, and the mean over them says nothing: choose one with --strategy NAME; "
            f"there are: {', '.join(map(str, names))}"
        )
    return names


def _axes(results: xarray.Dataset, column: str) -> tuple[str, ...]:
    known = columns_of(results)
    if column in known:
        return tuple(str(axis) for axis in results[column].dims[1:])
    if column in results:
        raise DataError(f"{column} is not a measurement (it varies by design, or numbers something). {_known(known)}")
    near = nearest(column, known)
    hint = f"; did you mean {near!r}?" if near else "."
    raise DataError(f"no column {column!r} of one value or more per run{hint} {_known(known)}")


def _known(columns: list[str]) -> str:
    return f"The columns are: {', '.join(columns)}"


def _place(results: xarray.Dataset, axis: str, label: str) -> int:
    """Place of a label on an axis; LAST is checked by its axis only."""
    if label == LAST:
        if axis in ROUNDS:
            return -1
        raise DataError(f"{axis}=last: only {' and '.join(ROUNDS)} have a last place; give a name or number of {axis}, or mean")
    labels = [str(one) for one in results[axis].values.tolist()]
    if label in labels:
        return labels.index(label)
    shown = ", ".join(labels) if len(labels) <= 12 else f"{', '.join(labels[:5])}, ... {labels[-1]}"
    raise DataError(f"no {axis} {label!r} in the results; there are: {shown}")


def _last(values: np.ndarray, axis: int) -> np.ndarray:
    """The last value along an axis that is not NaN; NaN where all are."""
    there = ~np.isnan(values)
    last = values.shape[axis] - 1 - np.argmax(np.flip(there, axis), axis=axis)
    return np.take_along_axis(values, np.expand_dims(last, axis), axis).squeeze(axis)


def _mean(values: np.ndarray) -> np.ndarray:
    """[run]: mean of the values that are there. values: [run, place]."""
    there = ~np.isnan(values)
    count = there.sum(axis=1)
    total = np.where(there, values, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)

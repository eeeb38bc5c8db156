"""Results by what was varied instead of by run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .design import design_of, source_of
from .errors import DataError

if TYPE_CHECKING:
    import xarray

LEDGER = ("point", "instance", "replicate", "status", "regime", "world")


def unstacked(results: xarray.Dataset) -> xarray.Dataset:
    """The results with the axis `run` replaced by what was varied, so that one can select and average by name.

    Of a grid, each key is a dimension in the order of its values; of any other design there is one dimension `point`, and
    the keys are coordinates along it. `regime`, `world`, `instance` and `replicate` follow; `regime` and `world` only if the
    sweep has them. Places without a run that is done are missing: NaN, an empty text, and whole numbers become float where
    some are missing. Everything that depends on the run is read into memory.
    Raises DataError if two runs have the same place, or if the results are not of a sweep.
    """
    import xarray

    design = design_of(results)
    done = results["status"].values == 0
    names = [*(design.keys if design.kind == "grid" else ("point",)), *_names(results)]
    labels, places = zip(*(_labels(results, name, done) for name in names))
    shape = tuple(len(label) for label in labels)
    flat = np.ravel_multi_index(places, shape)
    _refuse_twins(results, names, flat)
    varied = {*LEDGER, *design.keys}
    spread = {
        name: (tuple(names) + variable.dims[1:], _spread(variable.values[done], flat, shape), variable.attrs)
        for name, variable in results.data_vars.items()
        if name not in varied and variable.dims[:1] == ("run",)
    }
    kept = {name: variable for name, variable in results.variables.items() if "run" not in variable.dims}
    coordinates = {name: (name, label, results[name].attrs) for name, label in zip(names, labels)}
    if design.kind != "grid":
        coordinates |= _along_points(results, design.keys, labels[0])
    return xarray.Dataset({**kept, **spread}, coordinates, results.attrs)


def _names(results: xarray.Dataset) -> list[str]:
    return [name for name in ("regime", "world", "instance", "replicate") if name in results]


def _labels(results: xarray.Dataset, name: str, done: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The labels of a dimension, and which of them each run that is done has. Points, instances and replicates ascend;
    others come in the order of the design, which is that of their first points or, for names, of their first runs."""
    values = results[name].values
    if name in ("point", "instance", "replicate"):
        labels, place = np.unique(values, return_inverse=True)
        return labels, place.reshape(-1)[done]
    labels, first, place = np.unique(values, return_index=True, return_inverse=True)
    if name not in ("regime", "world"):
        order = np.argsort(results["point"].values, kind="stable")
        first = np.unique(values[order], return_index=True)[1]
    order = np.argsort(first, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return labels[order], rank[place.reshape(-1)][done]


def _refuse_twins(results: xarray.Dataset, names: list[str], flat: np.ndarray) -> None:
    order = np.argsort(flat, kind="stable")
    twin = np.flatnonzero(np.diff(flat[order]) == 0)
    if twin.size:
        runs = results["run"].values[results["status"].values == 0][order[twin[0] : twin[0] + 2]]
        raise DataError(f"{source_of(results)}: runs {runs[0]} and {runs[1]} have the same {', '.join(names)}")


def _spread(values: np.ndarray, flat: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    size, rest = int(np.prod(shape)), values.shape[1:]
    kind, empty = values.dtype, np.zeros((), values.dtype)[()]
    if values.dtype.kind in "OUT":
        kind, empty = np.dtype(object), ""
    elif values.dtype.kind == "f" or len(flat) < size:
        kind = values.dtype if values.dtype.kind == "f" else np.dtype(float)
        empty = np.nan
    table = np.full((size, *rest), empty, dtype=kind)
    table[flat] = values
    return table.reshape(*shape, *rest)


def _along_points(results: xarray.Dataset, keys: tuple[str, ...], points: np.ndarray) -> dict:
    first = np.unique(results["point"].values, return_index=True)[1]
    return {key: ("point", results[key].values[first], results[key].attrs) for key in keys if len(points)}

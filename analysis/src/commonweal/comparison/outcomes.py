"""Which outcomes are compared: one number per run, with a name for people, a unit and a direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..design import source_of
from ..errors import DataError
from ..labels import label_of, unit_of
from ..nearest import did_you_mean

if TYPE_CHECKING:
    import xarray

PER_ROUND = "tokens per agent and round"
ALWAYS = ("welfare", "system_contribution", "gini")
# column -> (what people call it, whether more of it is better, column of a laboratory that says nearly the same)
KNOWN = {
    "welfare": ("total welfare", True, "mean_payoff"),
    "system_contribution": ("contribution to the system pot", True, "mean_contribution"),
    "gini": ("inequality", False, None),
    "local_contribution": ("contribution to the own organization's pot", True, None),
    "late_system_contribution": ("late contribution to the system pot", True, None),
    "public_cost": ("cost in public money", False, None),
    "mean_contribution": ("contribution", True, None),
    "mean_payoff": ("total welfare", True, None),
}
UNITS = {"gini": "Gini index, 0 to 1"}


@dataclass(frozen=True)
class Outcome:
    """column: of the results. values: [run]; NaN where a run has none. larger_is_better: the direction that decision rules
    take.
    """

    column: str
    label: str
    unit: str
    larger_is_better: bool
    values: np.ndarray

    @property
    def sign(self) -> float:
        return 1.0 if self.larger_is_better else -1.0


def outcomes_of(results: xarray.Dataset, chosen: list[str], lower_is_better: list[str]) -> tuple[list[Outcome], list[str]]:
    """The outcomes, the one that decides first, and the labels of those of the three that always belong here and are not
    recorded.

    chosen: columns that were asked for. Raises DataError for a column that is not there or no measurement, and without any
    outcome.
    """
    for name in lower_is_better:
        _refuse_stranger(results, name)
    columns, lacking = list(dict.fromkeys(chosen)), []
    for name in ALWAYS:
        label, _, substitute = KNOWN[name]
        found = next((one for one in (name, substitute) if one is not None and one in results), None)
        if found is None:
            lacking.append(label)
        elif found not in columns:
            columns.append(found)
    if not columns:
        raise DataError(
            f"{source_of(results)}: none of the columns {', '.join(ALWAYS)}; choose with --outcome NAME: {_there(results)}"
        )
    return [_outcome(results, column, column in lower_is_better) for column in columns], lacking


def column_of(results: xarray.Dataset, name: str) -> np.ndarray | None:
    """[run, ...], float, or None where it is not recorded."""
    if name not in results or results[name].dims[:1] != ("run",):
        return None
    return results[name].values.astype(float)


def _outcome(results: xarray.Dataset, column: str, lower: bool) -> Outcome:
    _refuse_stranger(results, column)
    values = results[column].values.astype(float).reshape(results.sizes["run"], -1)
    label, larger, _ = KNOWN.get(column) or (label_of(results, column), True, None)
    unit = UNITS.get(column) or unit_of(results, column) or "-"
    unit = PER_ROUND if unit == "tokens" and column in KNOWN else unit
    return Outcome(column, label, unit, larger and not lower, _mean(values))


def _mean(values: np.ndarray) -> np.ndarray:
    """[run]: mean over what a run has of the column; NaN where it has nothing."""
    there = ~np.isnan(values)
    count = there.sum(axis=1)
    return np.where(count > 0, np.where(there, values, 0.0).sum(axis=1) / np.maximum(count, 1), np.nan)


def _measurements(results: xarray.Dataset) -> list[str]:
    return sorted(
        str(name)
        for name, variable in results.variables.items()
        if variable.dims[:1] == ("run",) and variable.dtype.kind == "f" and name not in _varied(results)
    )


def _varied(results: xarray.Dataset) -> set[str]:
    return {str(name) for name in results.coords}


def _there(results: xarray.Dataset) -> str:
    return ", ".join(_measurements(results)) or "the file has no measurement"


def _refuse_stranger(results: xarray.Dataset, name: str) -> None:
    measurements = _measurements(results)
    if name in measurements:
        return
    what = "is no measurement (floating point, along `run`)" if name in results.variables else "is no column"
    hint = did_you_mean(name, measurements)
    raise DataError(f"{source_of(results)}: {name!r} {what}{hint}; there are: {_there(results)}")

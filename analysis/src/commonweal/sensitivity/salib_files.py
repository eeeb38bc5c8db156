"""A sweep in the words of SALib: problem.json, X.csv, Y.csv, and README.txt that says what is in them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import numpy as np

from ..design import Axis, Design, source_of
from ..errors import DataError
from ..output_folder import json_text
from .outputs import Output
from .points import PointMeans
from .report import chance_text
from .rows import problem_of

if TYPE_CHECKING:
    import xarray

SAMPLING = ("saltelli", "morris", "lhs", "sobol")
ANALYZERS = {
    "saltelli": "sobol.analyze(problem, Y[:, 0], calc_second_order={second_order})",
    "morris": "morris.analyze(problem, X, Y[:, 0], num_levels={levels})",
    "lhs": "rbd_fast.analyze(problem, X, Y[:, 0])",
    "sobol": "rbd_fast.analyze(problem, X, Y[:, 0])",
}
README = """\
A sweep of commonweal for SALib (https://salib.readthedocs.io): design {kind}, {size} points{cell}.
From {source}

problem.json  names, bounds and distributions of the axes, as SALib takes them
X.csv         a header, then a row per design point in the order of the design; columns as in problem.json
Y.csv         a header, then a row per design point; each number is the mean over the runs of the point ({runs})

Columns of X.csv:
{axes}

Columns of Y.csv:
{outputs}

In Python:
  import json, numpy as np
  from SALib.analyze import {module}
  problem = json.load(open("problem.json"))
  X = np.loadtxt("X.csv", delimiter=",", skiprows=1, ndmin=2)
  Y = np.loadtxt("Y.csv", delimiter=",", skiprows=1, ndmin=2)
  found = {call}
"""


def check_kind(results: xarray.Dataset, design: Design) -> None:
    """Raises DataError for a design that SALib has no use for: one whose points are not a sample of the axes."""
    if design.kind not in SAMPLING:
        raise DataError(
            f"{source_of(results)}: the design is {design.kind}; --to salib takes {', '.join(SAMPLING)}; --to csv takes any"
        )


def salib_files(
    results: xarray.Dataset, design: Design, rows: np.ndarray, means: dict[Output, PointMeans], cell: str
) -> dict[str, str]:
    """File name -> text. results: of one regime and world; rows: those of `rows_of`."""
    return {
        "problem.json": json_text(problem_of(design)),
        "X.csv": _table(design.keys, rows.tolist(), [not axis.continuous for axis in design.axes]),
        "Y.csv": _table([output.name for output in means], np.stack([one.means for one in means.values()], axis=1).tolist()),
        "README.txt": _readme(results, design, means, cell),
    }


def _table(header, rows: list[list[float]], whole: list[bool] | None = None) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([int(x) if whole and whole[place] else repr(x) for place, x in enumerate(row)])
    return buffer.getvalue()


def _readme(results: xarray.Dataset, design: Design, means: dict[Output, PointMeans], cell: str) -> str:
    call = ANALYZERS[design.kind].format(second_order=design.second_order, levels=design.levels)
    runs = [int(count) for one in means.values() for count in (one.runs.min(), one.runs.max())]
    return README.format(
        kind=design.kind,
        size=design.size,
        cell=f"; {cell}" if cell else "",
        source=source_of(results),
        runs=f"{min(runs)}" if min(runs) == max(runs) else f"{min(runs)} to {max(runs)}",
        axes="\n".join(_axis_line(results, axis) for axis in design.axes),
        outputs="\n".join(_output_line(results, output, one) for output, one in means.items()),
        module=call.split(".")[0],
        call=call,
    )


def _axis_line(results: xarray.Dataset, axis: Axis) -> str:
    unit = str(results[axis.key].attrs.get("units", "1"))
    if axis.continuous:
        return f"  {axis.key} [{unit}]: {axis.values}"
    return (
        f"  {axis.key} [place, 0 .. {axis.count - 1}]: which of {axis.values} it is, counted from 0; in "
        f"problem.json a number in [0, {axis.count}) rounded down, so that the values are equally likely"
    )


def _output_line(results: xarray.Dataset, output: Output, points: PointMeans) -> str:
    variable = results[output.column]
    rest = [str(axis) for axis in variable.dims[1:] if axis not in dict(output.at)]
    chosen = "".join(f", {axis} {label}" for axis, label in output.at) + (f", mean over {', '.join(rest)}" if rest else "")
    about, unit = (str(variable.attrs.get(name, default)) for name, default in (("long_name", output.column), ("units", "1")))
    return f"  {output.name} [{unit}]: {about}{chosen}; {chance_text(points.chance)}"

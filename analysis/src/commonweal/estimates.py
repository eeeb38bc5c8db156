"""Point estimates for many runs at once.

Frisch, Waugh & Lovell: the coefficient of x in y on x, own and fixed effects is that of the residuals after the effects were
taken out of each column. Runs that share a schedule share the rows and so the projection; only y, x and own differ.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .errors import SpecificationError
from .specification import Sample, Specification

COLLINEAR = 1e-9  # share of a column's variation that must be left after the controls [-]


class Projection:
    """Takes an intercept and the fixed effects of a specification out of columns.

    The effect with most levels is demeaned away; dummies of the others, demeaned likewise, span an orthonormal rest.
    rank: number of independent columns removed; redundant: effects that the others already contain.
    """

    def __init__(self, levels: dict[str, np.ndarray], effects: tuple[str, ...], rows: int):
        ordered = sorted(effects, key=lambda effect: -levels[effect].max(initial=-1))
        self.redundant: list[str] = []
        self._largest = levels[ordered[0]] if ordered else np.zeros(rows, dtype=int)
        self._sizes = np.bincount(self._largest)
        self._basis = np.zeros((rows, 0))
        self.rank = len(self._sizes)
        for effect in ordered[1:]:
            self._extend(effect, levels[effect])

    def _extend(self, effect: str, level: np.ndarray) -> None:
        dummies = self._demean(np.equal.outer(np.arange(level.max() + 1), level).astype(float)).T
        left, size, _ = np.linalg.svd(dummies - self._basis @ (self._basis.T @ dummies), full_matrices=False)
        new = left[:, size > 1e-8]
        if new.shape[1] == 0:
            self.redundant.append(effect)
        self._basis = np.hstack([self._basis, new])
        self.rank += new.shape[1]

    def _demean(self, columns: np.ndarray) -> np.ndarray:
        """columns [..., row] minus the mean of the row's level."""
        if len(self._sizes) == 1:
            return columns - columns.mean(axis=-1, keepdims=True)
        order = np.argsort(self._largest, kind="stable")
        starts = np.concatenate([[0], np.cumsum(self._sizes)[:-1]])
        means = np.add.reduceat(columns[..., order], starts, axis=-1) / self._sizes
        return columns - means[..., self._largest]

    def residual(self, columns: np.ndarray) -> np.ndarray:
        """columns [..., row] without what intercept and effects explain."""
        left = self._demean(columns)
        return left - (left @ self._basis) @ self._basis.T if self._basis.shape[1] else left


@dataclass(frozen=True)
class PointEstimates:
    """slope b [run], tokens per token; own: coefficient h of ego's own lag [run], NaN when not controlled; rows: N."""

    slope: np.ndarray
    own: np.ndarray
    rows: int


def estimate(data: Sample, specification: Specification) -> PointEstimates:
    """Least squares for every run of the sample. Raises SpecificationError if there are too few rows, or if the controls
    leave no variation in a regressor (in any run)."""
    data = data.complete(specification)
    projection = project(data, specification)
    y, x = projection.residual(data.y), projection.residual(data.x)
    own = projection.residual(data.own) if specification.own_lag else None
    check_identified(data, x, own, specification)
    xx, xy = _dot(x, x), _dot(x, y)
    if own is None:
        return PointEstimates(xy / xx, np.full(len(xx), np.nan), len(data))
    oo, xo, oy = _dot(own, own), _dot(x, own), _dot(own, y)
    determinant = xx * oo - xo**2
    return PointEstimates((oo * xy - xo * oy) / determinant, (xx * oy - xo * xy) / determinant, len(data))


def project(data: Sample, specification: Specification) -> Projection:
    """The projection of a specification on the rows of a sample. Raises SpecificationError if too few rows are left."""
    if len(data) == 0:
        raise SpecificationError(f"{specification.name}: no rows: no such chain of meetings in the data")
    projection = Projection(data.levels, specification.effects, len(data))
    if len(data) <= projection.rank + 1 + specification.own_lag:
        raise SpecificationError(
            f"{specification.name}: {len(data)} rows for {projection.rank + 1 + specification.own_lag} coefficients"
        )
    return projection


def check_identified(data: Sample, x: np.ndarray, own: np.ndarray | None, specification: Specification) -> None:
    """Refuses regressors (residuals [run, row]) that the controls explain completely."""
    scale = np.maximum(_dot(data.x, data.x), np.finfo(float).tiny)
    if np.any(_dot(x, x) <= COLLINEAR * scale):
        raise SpecificationError(
            f"{specification.name}: alter's contribution does not vary once the controls are taken out; leave out a control"
        )
    if own is None:
        return
    scale = np.maximum(_dot(data.own, data.own), np.finfo(float).tiny)
    if np.any(_dot(own, own) <= COLLINEAR * scale):
        raise SpecificationError(
            f"{specification.name}: ego's own lag does not vary once the effects are taken out; leave out one of them"
        )
    if np.any(_dot(x, own) ** 2 >= (1 - COLLINEAR) * _dot(x, x) * _dot(own, own)):
        raise SpecificationError(
            f"{specification.name}: alter's contribution and ego's own lag are collinear; leave out own-lag"
        )


def _dot(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """[run]: sum over rows."""
    return np.einsum("rn,rn->r", a, b)

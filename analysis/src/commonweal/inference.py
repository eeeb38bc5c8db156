"""Standard errors for one run, by statsmodels.

The fixed effects are taken out first (Frisch, Waugh & Lovell: same coefficients, same residuals, same sandwich), then
statsmodels fits what is left; the small-sample factor counts the effects as parameters, so everything equals the
regression with explicit dummies.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field

import numpy as np

from .errors import SpecificationError
from .estimates import check_identified, project
from .specification import Sample, Specification

CLUSTERS = ("ego", "session", "both", "none", "HC1")
FEW_CLUSTERS = 20


@dataclass(frozen=True)
class Inference:
    """One coefficient of one run. slope, error, low, high: tokens per token; error is the standard error, low and high the 95%
    interval (Student t; degrees of freedom: clusters - 1, else rows - parameters). own: coefficient of the own lag or NaN.
    clusters: number per clustering, empty without."""

    slope: float
    error: float
    low: float
    high: float
    own: float
    rows: int
    clusters: dict[str, int]
    warnings: list[str] = field(default_factory=list)


def infer(data: Sample, specification: Specification, cluster: str) -> Inference:
    """Least squares on the only run of a sample, with the chosen standard error.

    cluster: `ego`, `session`, `both` (two-way, Cameron, Gelbach & Miller 2011), `none` (classical) or `HC1`.
    Raises SpecificationError as `estimates.estimate`, and if there are fewer than two clusters.
    """
    import statsmodels.api as sm

    if cluster not in CLUSTERS:
        raise SpecificationError(f"cluster {cluster!r}; it must be one of {', '.join(CLUSTERS)}")
    data = data.complete(specification)
    projection = project(data, specification)
    columns = [projection.residual(data.x)] + ([projection.residual(data.own)] if specification.own_lag else [])
    check_identified(data, columns[0], columns[1] if specification.own_lag else None, specification)
    fit = sm.OLS(projection.residual(data.y)[0], np.column_stack([column[0] for column in columns])).fit()
    parameters = projection.rank + len(columns)
    groups = _groups(data, cluster)
    notes = [f"{effect} effects are contained in the other effects" for effect in projection.redundant]
    notes += _cluster_notes(groups, specification)
    variance = _variance(fit, list(groups.values()), cluster, parameters)
    freedom = min((int(level.max()) for level in groups.values()), default=len(data) - parameters)
    error = float(np.sqrt(variance)) if variance > 0 else float("nan")
    if not variance > 0:
        notes.append("the two-way variance is not positive; use one clustering")
    half = _t_quantile(freedom) * error
    slope = float(fit.params[0])
    own = float(fit.params[1]) if specification.own_lag else float("nan")
    counts = {name: int(level.max()) + 1 for name, level in groups.items()}
    return Inference(slope, error, slope - half, slope + half, own, len(data), counts, notes)


def _groups(data: Sample, cluster: str) -> dict[str, np.ndarray]:
    """Clustering name -> dense level per row."""
    names = {"ego": ["ego"], "session": ["session"], "both": ["ego", "session"]}.get(cluster, [])
    return {name: data.levels[name] for name in names}


def _cluster_notes(groups: dict[str, np.ndarray], specification: Specification) -> list[str]:
    notes = []
    for name, level in groups.items():
        count = int(level.max()) + 1
        if count < 2:
            raise SpecificationError(f"clustering by {name} needs at least two clusters; there is {count}")
        if count < FEW_CLUSTERS:
            notes.append(f"only {count} {name} clusters: the standard error is unreliable (and usually too small)")
    if "session-round" in specification.effects:
        notes.append("session-round effects bias the coefficient below zero: ego is left out of his own peers")
    return notes


def _variance(fit, groups: list[np.ndarray], cluster: str, parameters: int) -> float:
    """Variance of the first coefficient, with the small-sample factor for `parameters` instead of the fitted columns."""
    from statsmodels.stats import sandwich_covariance as sandwich

    rows, fitted = fit.model.exog.shape
    recount = (rows - fitted) / (rows - parameters)
    if cluster == "none":
        return float(fit.cov_params()[0, 0]) * recount
    if cluster == "HC1":
        return float(fit.get_robustcov_results("HC1").cov_params()[0, 0]) * recount
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if len(groups) == 1:
            covariance = sandwich.cov_cluster(fit, groups[0])
        else:
            covariance = sandwich.cov_cluster_2groups(fit, groups[0], groups[1])[0]
    return float(covariance[0, 0]) * recount


def _t_quantile(freedom: int) -> float:
    """97.5% quantile of Student's t."""
    from scipy.stats import t

    return float(t.ppf(0.975, freedom))

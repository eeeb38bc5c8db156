"""The numbers of a comparison as rows: what the CSV files hold and report.json repeats. Field names are explained in
docs/reference/report_json.md."""

from __future__ import annotations

import numpy as np

from ..comparison.budget_sentences import verdict
from ..comparison.compare import Comparison
from ..comparison.groups import MEASURES

Rows = list[dict]


def all_records(comparison: Comparison) -> dict[str, Rows]:
    """Name of the table -> its rows; tables without rows are left out."""
    found = {
        "differences": difference_rows(comparison),
        "regimes_by_world": ranking_rows(comparison),
        "decision_rules": rule_rows(comparison),
        "costs": cost_rows(comparison),
        "budgets": budget_rows(comparison),
        "roles": group_rows(comparison, "role"),
        "organizations": group_rows(comparison, "organization"),
        "modes": mode_rows(comparison),
        "shifts": shift_rows(comparison),
        "effects": effect_rows(comparison),
        "pilots": pilot_rows(comparison),
    }
    return {name: rows for name, rows in found.items() if rows}


def difference_rows(comparison: Comparison) -> Rows:
    rows = []
    for outcome, one in zip(comparison.outcomes, comparison.differences):
        for regime, world, names in _cells(comparison):
            place = (regime, world)
            rows.append(
                {"outcome": outcome.column, **names, "unit": outcome.unit}
                | {"mean": _float(one.mean[place]), "low": _float(one.low[place]), "high": _float(one.high[place])}
                | {"verdict": str(one.verdict[place]), "monte_carlo_error": _float(one.error[place])}
                | {"spread": _float(one.spread[place]), "p05": _float(one.p05[place]), "p95": _float(one.p95[place])}
                | {
                    name: int(getattr(one, name)[place])
                    for name in ("higher", "lower", "equal", "pairs", "unpaired", "instances")
                }
                | {"variance_reduction": _float(one.reduction[place])}
            )
    return rows


def ranking_rows(comparison: Comparison) -> Rows:
    ranking, decisions = comparison.ranking, comparison.decisions
    return [
        {**names, "outcome": comparison.main.column, "ranked": bool(ranking.ranked[regime, world])}
        | {name: _float(getattr(ranking, name)[regime, world]) for name in ("mean", "low", "high")}
        | {name: _float(getattr(ranking, name)[regime, world]) for name in ("regret", "regret_low", "regret_high")}
        | {"share_best": _float(ranking.best[regime, world]), "tied_with_best": bool(ranking.tied[regime, world])}
        | {"target": _float(decisions.target[world]), "meets_target": bool(decisions.meets[regime, world])}
        | {"share_meets_target": _float(decisions.certainty[regime, world]), "units": int(ranking.units[world])}
        for regime, world, names in _cells(comparison, True)
    ]


def rule_rows(comparison: Comparison) -> Rows:
    regimes, worlds = comparison.study.regimes, comparison.study.worlds
    return [
        {"rule": rule.name, "regime": regime, "value": _float(rule.value[place])}
        | {"low": _float(rule.low[place]), "high": _float(rule.high[place])}
        | {"world": worlds[int(rule.world[place])] if rule.world[place] >= 0 else ""}
        | {"picked": place == rule.winner, "tied_with_picked": bool(rule.tied[place])}
        for rule in comparison.decisions.rules
        for place, regime in enumerate(regimes)
        if comparison.decisions.candidates[place]
    ]


def cost_rows(comparison: Comparison) -> Rows:
    cost = comparison.cost
    if cost is None:
        return []
    rows = []
    for regime, world, names in _cells(comparison):
        place = (regime, world)
        row = {**names, "extra_public_cost": _float(cost.extra.mean[place])}
        row |= {"extra_low": _float(cost.extra.low[place]), "extra_high": _float(cost.extra.high[place])}
        for name, one in (("extra_used_up", cost.used), ("extra_welfare_net", cost.net)):
            for end, values in (("", "mean"), ("_low", "low"), ("_high", "high")):
                row[name + end] = float("nan") if one is None else _float(getattr(one, values)[place])
        for name, column in (
            ("system", "per_extra_token_system"),
            ("pots", "per_extra_token_pots"),
            ("welfare", "welfare_per_token"),
        ):
            for end in ("", "_low", "_high"):
                row[column + end] = _float(getattr(cost, name + end)[place])
        rows.append(row)
    return rows


def budget_rows(comparison: Comparison) -> Rows:
    regimes, worlds = comparison.study.regimes, comparison.study.worlds
    return [
        {"world": worlds[one.world], "regime": regimes[one.regime], "policy": one.policy, "budget": one.budget}
        | {"spent": one.spent, "share": one.share, "share_least": one.least, "share_most": one.most, "runs": one.runs}
        | {"used_up": one.used_up, "exact": one.exact, "rounds_known": one.known, "out_after_round": one.out}
        | {"early": one.early, "last_round": one.last, "verdict": verdict(one)}
        for one in comparison.budgets
    ]


def group_rows(comparison: Comparison, axis: str) -> Rows:
    return [
        {**names, axis: label, "measure": group.measure}
        | {name: _float(getattr(group, name)[regime, world, place]) for name in ("mean", "low", "high")}
        | {"verdict": str(group.verdict[regime, world, place])}
        for group in comparison.groups
        if group.axis == axis and group.measure in MEASURES
        for regime, world, names in _cells(comparison)
        for place, label in enumerate(group.names)
    ]


def mode_rows(comparison: Comparison) -> Rows:
    modes = comparison.modes
    if modes is None:
        return []
    rows = []
    for regime, world, names in _cells(comparison, True):
        split = modes.split[regime, world]
        row = {**names, "runs": int(modes.runs[regime, world]), "mean_late": _float(modes.late[regime, world])}
        row |= {"collapsed": int(modes.collapsed[regime, world]), "tipped": int(modes.tipped[regime, world])}
        row |= {"two_groups": split is not None, "lower_group": split.lower if split else None}
        row |= {"upper_group": split.upper if split else None, "share_upper": split.share if split else None}
        rows.append(row | {"sarle": split.coefficient if split else None})
    return rows


def shift_rows(comparison: Comparison) -> Rows:
    regimes, worlds = comparison.study.regimes, comparison.study.worlds
    return [
        {"world": worlds[one.world], "against": worlds[0], "regime": regimes[one.regime], "shift": one.shift}
        | {"low": one.low, "high": one.high, "sign_turned": ";".join(regimes[place] for place in one.turned)}
        for one in comparison.shifts
    ]


def effect_rows(comparison: Comparison) -> Rows:
    regimes, worlds = comparison.study.regimes, comparison.study.worlds
    return [
        {"key": one.key, "label": one.label, "regime": regimes[one.regime], "world": worlds[one.world], "effect": one.value}
        | {"low": one.low, "high": one.high}
        for one in comparison.effects
    ]


def pilot_rows(comparison: Comparison) -> Rows:
    regimes, worlds = comparison.study.regimes, comparison.study.worlds
    return [
        {"policy": policy, "regime": regimes[regime], "world": worlds[world], "extended": extended, "pilots": pilots}
        for (policy, regime, world), (extended, pilots) in comparison.pilots.items()
    ]


def _cells(comparison: Comparison, with_baseline: bool = False):
    study = comparison.study
    for world, place in np.ndindex(len(study.worlds), len(study.regimes)):
        if with_baseline or place != study.baseline:
            yield place, world, {"world": study.worlds[world], "regime": study.regimes[place]}


def _float(value) -> float:
    return float(value)

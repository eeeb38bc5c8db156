"""What is said of budgets: which are never used up, and which run out before the end."""

from __future__ import annotations

import math
from collections.abc import Iterable

from .budgets import USED_UP, BudgetUse
from .compare import Comparison
from .words import in_worlds, listed, name, natural, number

MOST = 3  # policies, and worlds, that a sentence tells one by one

Policy = tuple[int, str]


def by_policy(uses: Iterable[BudgetUse]) -> dict[Policy, list[BudgetUse]]:
    """(regime, policy) -> its uses, world by world; in the order of the regimes."""
    found: dict[Policy, list[BudgetUse]] = {}
    for one in sorted(uses, key=lambda one: one.regime):
        found.setdefault((one.regime, one.policy), []).append(one)
    return found


def never_used_up(comparison: Comparison) -> str:
    """Policies whose mean share is below 95 % in every world; empty without."""
    parts = [
        f"{_policy(comparison, uses[0])} (at most {percent(max(one.share for one in uses))}, mean over runs)"
        for uses in by_policy(comparison.budgets).values()
        if all(one.share < USED_UP for one in uses)
    ]
    if not parts:
        return ""
    budget = "The budget" if len(parts) == 1 else "Budgets"
    verb = "is" if len(parts) == 1 else "are"
    return f"{budget} of {_some(parts)} {verb} used up in no world. Costs here are what was spent, not what was set aside."


def runs_out(comparison: Comparison) -> str:
    """Policies whose budget runs out before their last round, with worlds and rounds; empty without."""
    parts = []
    for uses in by_policy(comparison.budgets).values():
        if short := [one for one in uses if one.early]:
            parts.append(f"{_policy(comparison, short[0])} {_where(comparison, short)}")
    if not parts:
        return ""
    budget, verb = ("The budget", "runs") if len(parts) == 1 else ("Budgets", "run")
    return f"{budget} of {_some(parts)} {verb} out early: what is said of a whole run mixes rounds with and without that money."


def unknown_rounds(comparison: Comparison) -> str:
    """Budgets that are used up nobody knows when; empty without."""
    hidden = [uses[0] for uses in by_policy(one for one in comparison.budgets if one.used_up > one.known).values()]
    if not hidden:
        return ""
    return (
        f"In which round the money is gone is not recorded for {listed(_policy(comparison, one) for one in hidden)}: public "
        "money by round is one sum for all policies of a regime, net of fines."
    )


def verdict(use: BudgetUse) -> str:
    """For a cell of a table."""
    if not use.used_up:
        return "not used up"
    often = "used up" if use.used_up == use.runs else f"used up in {natural(use.used_up, use.runs)} runs"
    if not use.known:
        return f"{often}, round not recorded"
    when = f"after round {round(use.out)} of {use.last}"
    return f"{often}, early: {when}" if use.early else f"{often} {when}"


def percent(share: float) -> str:
    """Never rounded to 100 %, or to the 95 % from which a budget counts as used up."""
    if math.isnan(share):
        return "-"
    if abs(share - 1) < 1e-9 or share > 1:
        return f"{100 * share:.0f} %"
    return f"{math.floor(1000 * share) / 10:.1f} %" if share >= 0.9 else f"{number(100 * share, 2)} %"


def _where(comparison: Comparison, uses: list[BudgetUse]) -> str:
    first, last = (round(pick(one.out for one in uses)) for pick in (min, max))
    rounds = f"round {first}" if first == last else f"rounds {first} to {last}"
    most = max(one.last for one in uses)
    worlds = comparison.study.worlds
    some = len(uses) > MOST and len(uses) < len(worlds)
    where = f"in {len(uses)} of {len(worlds)} worlds" if some else in_worlds([one.world for one in uses], worlds)
    return f"({where}, after {rounds} of {most})"


def _some(parts: list[str]) -> str:
    return listed(parts) if len(parts) <= MOST else f"{', '.join(parts[:MOST])} and {len(parts) - MOST} more"


def _policy(comparison: Comparison, use: BudgetUse) -> str:
    regime = comparison.study.regimes[use.regime]
    return name(regime) if regime == use.policy else f"{name(use.policy)} under {name(regime)}"

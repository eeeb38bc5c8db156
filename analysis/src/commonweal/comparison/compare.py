"""All of a comparison together: from the runs of a store to what a report says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from .bootstrap import Bootstrap, bootstrap_of
from .budgets import BudgetUse, Settings, budgets_of
from .costs import Cost, CostDifferences, cost_of
from .decisions import Decisions, Ranking, decisions_of, ranking_of
from .differences import Differences, differences_of
from .drivers import KeyEffect, WorldShift, effects_of, shifts_of
from .groups import GroupDifferences, groups_of
from .late import Overtaken, overtaken_in
from .modes import Modes, modes_of
from .outcomes import Outcome, column_of, outcomes_of
from .study import Study, study_of

if TYPE_CHECKING:
    import xarray


@dataclass(frozen=True)
class Question:
    """What is asked of a comparison. target, smallest: in the unit of the outcome that decides, which is the first.

    smallest: the smallest difference that matters. collapse, tip, early_rounds, ceiling: see `modes`.
    """

    baseline: str | None = None
    outcomes: tuple[str, ...] = ()
    lower_is_better: tuple[str, ...] = ()
    target: float | None = None
    smallest: float = 0.0
    draws: int = 2000
    confidence: float = 0.95
    seed: int = 0
    collapse: float = 0.1
    tip: float = 0.5
    early_rounds: int | None = None
    ceiling: float | None = None


@dataclass(frozen=True)
class Comparison:
    """What the runs say. differences: one for each outcome, in their order. lacking: labels of outcomes that are not recorded.

    focus: the regime that sentences are about: the choice of minimax regret, or, if that is the baseline, its strongest rival;
    None without a ranking. effects: of keys, of a morris or saltelli design; no_effects: why there are none. ledger_gaps: runs
    whose ledger does not close. pilots: (policy, regime, world) -> (extended, pilots). budgets: of policies with a limit.
    policies_cost: what each policy costs is recorded. overtaken: where the regime that leads is behind another in the end.
    """

    question: Question
    study: Study
    outcomes: list[Outcome]
    lacking: list[str]
    differences: list[Differences]
    ranking: Ranking
    decisions: Decisions
    focus: int | None
    cost: Cost | None
    groups: list[GroupDifferences]
    modes: Modes | None
    shifts: list[WorldShift]
    effects: list[KeyEffect]
    no_effects: str
    ledger_gaps: int | None
    pilots: dict[tuple[str, int, int], tuple[int, int]] = field(default_factory=dict)
    budgets: list[BudgetUse] = field(default_factory=list)
    policies_cost: bool = False
    overtaken: list[Overtaken] = field(default_factory=list)

    @property
    def main(self) -> Outcome:
        """The outcome that decides."""
        return self.outcomes[0]

    def differences_in(self, column: str) -> Differences | None:
        return next((one for one, outcome in zip(self.differences, self.outcomes) if outcome.column == column), None)


def compare(results: xarray.Dataset, question: Question, settings: Settings | None = None) -> Comparison:
    """settings: the values that hold under a regime in a world, for budgets; None where nobody tells them.

    Raises DataError where the results cannot be compared: unknown names, no outcome, no finished run."""
    study = study_of(results, question.baseline)
    outcomes, lacking = outcomes_of(results, list(question.outcomes), list(question.lower_is_better))
    bootstrap = bootstrap_of(study, question.draws, question.confidence, question.seed)
    cells = [study.cells(outcome.values) for outcome in outcomes]
    main = outcomes[0]
    differences = [
        differences_of(one, study, bootstrap, question.smallest if outcome is main else 0.0)
        for one, outcome in zip(cells, outcomes)
    ]
    ranking = ranking_of(cells[0], main.sign, study, bootstrap, question.smallest)
    decisions = decisions_of(ranking, main.sign, study, bootstrap, question.smallest, question.target)
    focus = _focus(ranking, decisions, study)
    effects, no_effects = ([], "") if focus is None else effects_of(results, main, study, focus, question.seed)
    return Comparison(
        question=question,
        study=study,
        outcomes=outcomes,
        lacking=lacking,
        differences=differences,
        ranking=ranking,
        decisions=decisions,
        focus=focus,
        cost=_cost(results, study, bootstrap),
        groups=groups_of(results, study, bootstrap, 0.0),
        modes=modes_of(results, study, question.collapse, question.tip, question.early_rounds, question.ceiling),
        shifts=shifts_of(differences[0], study, bootstrap),
        effects=effects,
        no_effects=no_effects,
        ledger_gaps=_ledger_gaps(results, study),
        pilots=_pilots(results, study),
        budgets=budgets_of(results, study, settings),
        policies_cost="policy_cost" in results,
        overtaken=[]
        if not main.larger_is_better
        else [one for outcome in outcomes for one in overtaken_in(results, outcome.column, ranking, study, bootstrap)],
    )


def _focus(ranking: Ranking, decisions: Decisions, study: Study) -> int | None:
    order = _by_regret(ranking, decisions)
    return next((int(regime) for regime in order if regime != study.baseline), None)


def _by_regret(ranking: Ranking, decisions: Decisions) -> np.ndarray:
    """The smallest of the largest regrets first; without two candidates, by the regret in the first world with a ranking."""
    worst = decisions.rules[1].value
    if decisions.candidates.sum() < 2:
        worlds = np.flatnonzero(ranking.leader >= 0)
        if not worlds.size:
            return np.array([], dtype=int)
        worst = ranking.regret[:, worlds[0]]
    order = np.argsort(np.where(np.isnan(worst), np.inf, worst), kind="stable")
    return order[~np.isnan(worst[order])]


def _cost(results: xarray.Dataset, study: Study, bootstrap: Bootstrap) -> Cost | None:
    money, system = (column_of(results, name) for name in ("public_cost", "system_contribution"))
    if money is None or system is None:
        return None
    local, welfare, used = column_of(results, "local_contribution"), column_of(results, "welfare"), _used_up(results, money)

    def of(values: np.ndarray | None):
        return None if values is None else differences_of(study.cells(values), study, bootstrap, 0.0)

    found = CostDifferences(
        money=of(money),
        used=of(used),
        total=of(money if used is None else money + used),
        welfare=of(welfare),
        net=of(None if welfare is None else welfare - money),
        system=of(system),
        pots=of(None if local is None else local + system),
    )
    return cost_of(found, bootstrap)


def _used_up(results: xarray.Dataset, money: np.ndarray) -> np.ndarray | None:
    """[run]: what people used up, tokens per agent and round. What policies cost holds it besides public money; what the purse
    pays for and nobody gets is in public money already, and the account `waste` would count it twice.
    """
    cost = column_of(results, "policy_cost")
    if cost is None:
        return None
    return np.where(np.isnan(money), np.nan, np.round(np.nansum(cost, axis=1) - money, 9)) + 0.0


def _ledger_gaps(results: xarray.Dataset, study: Study) -> int | None:
    gap = column_of(results, "ledger_gap")
    return None if gap is None else int(np.sum(np.nan_to_num(gap[study.done]) != 0))


def _pilots(results: xarray.Dataset, study: Study) -> dict[tuple[str, int, int], tuple[int, int]]:
    """Of each policy that had a pilot: in how many runs it was extended, of how many."""
    values = column_of(results, "pilot_extended")
    if values is None:
        return {}
    cells = study.cells(values)
    found = {}
    for place, policy in enumerate(str(name) for name in results["policy"].values.tolist()):
        one = cells[..., place]
        extended, dropped = (one == 1).sum(axis=(-1, -2)), (one == 0).sum(axis=(-1, -2))
        for regime, world in np.argwhere(extended + dropped > 0):
            number = int(extended[regime, world])
            found[policy, int(regime), int(world)] = (number, number + int(dropped[regime, world]))
    return found

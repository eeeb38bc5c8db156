"""How much of their budgets policies spend, and when a budget runs out.

Results do not record what is left of a budget. They record what all policies of a run took out of the public purse (`money`,
subsidies), what each cost (`policy_cost`, with what people used up and net of fines), and public money by round, net of fines.
Where these agree, the spending of a policy is known exactly; where they do not, `exact` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .outcomes import column_of
from .study import Study

if TYPE_CHECKING:
    import xarray

USED_UP = 0.95  # share of a budget from which on it counts as used up
CLOSE = 1e-6  # relative difference of sums of money that are the same
Settings = Callable[[str, str], Mapping[str, str]]


@dataclass(frozen=True)
class BudgetUse:
    """Of one policy under one regime in one world, over its runs.

    regime, world: places. budget, spent: tokens of a whole run, means. share: of the budget, mean; least, most: of single runs.
    runs: finished ones. used_up: runs that spend at least 95 %. exact: the spending is known; else it is net of fines, and
    with what people used up. known: of the runs that use it up, those of which the round is known; out: mean of the round
    after which nothing is spent any more, NaN without any. early: runs in which that is before `last`, the last round of the
    policy.
    """

    policy: str
    regime: int
    world: int
    budget: float
    spent: float
    share: float
    least: float
    most: float
    runs: int
    used_up: int
    exact: bool
    known: int
    out: float
    early: int
    last: int


@dataclass(frozen=True)
class _Money:
    """[run, policy]. spent: tokens. exact: bool. out: round of the last spending; NaN where it is not known."""

    spent: np.ndarray
    exact: np.ndarray
    out: np.ndarray
    rounds: np.ndarray


def budgets_of(results: xarray.Dataset, study: Study, settings: Settings | None) -> list[BudgetUse]:
    """World by world, and regime by regime, of all policies with a limit.

    settings: (regime, world) -> the values that hold there.

    Nothing where the results are of no service, or nobody tells the budgets.
    """
    if settings is None or column_of(results, "policy_cost") is None or "policy" not in results:
        return []
    policies = [str(name) for name in results["policy"].values.tolist()]
    money = _money(results)
    limits = _limits(results, settings, policies, "budget", np.nan)
    ends = _limits(results, settings, policies, "end", np.nan)
    limits[~(limits > 0)] = np.nan  # below 0: as much as it takes; 0: nothing to spend
    last = np.fmin(ends, money.rounds[:, None])
    found = []
    for world, regime in np.ndindex(len(study.worlds), len(study.regimes)):
        here = np.flatnonzero(study.done)[(study.place[0] == regime) & (study.place[1] == world)]
        for place, policy in enumerate(policies):
            runs = here[~np.isnan(limits[here, place]) & ~np.isnan(money.spent[here, place])]
            if len(runs):
                found.append(_use((policy, regime, world), limits[runs, place], money, (runs, place), last[runs, place]))
    return found


def _use(names: tuple[str, int, int], budget: np.ndarray, money: _Money, at: tuple[np.ndarray, int], last: np.ndarray):
    """names: policy, regime, world. budget, last: [run]. at: the runs and the place of the policy in `money`."""
    spent, out = money.spent[at], money.out[at]
    share = spent / budget
    used = share >= USED_UP
    known = used & ~np.isnan(out)
    return BudgetUse(
        *names,
        budget=float(budget.mean()),
        spent=float(spent.mean()),
        share=float(share.mean()),
        least=float(share.min()),
        most=float(share.max()),
        runs=len(share),
        used_up=int(used.sum()),
        exact=bool(money.exact[at].all()),
        known=int(known.sum()),
        out=float(out[known].mean()) if known.any() else float("nan"),
        early=int((known & (out < last)).sum()),
        last=int(np.nanmax(last)),
    )


def _money(results: xarray.Dataset) -> _Money:
    """A policy that is alone in its run spends all subsidies. Several: what each cost, if these sum to the subsidies."""
    cost, welfare = column_of(results, "policy_cost"), column_of(results, "welfare")
    accounts = [str(name) for name in results["account"].values.tolist()] if "account" in results else []
    money = column_of(results, "money")
    series = column_of(results, "mean_public_cost")
    with np.errstate(invalid="ignore", divide="ignore"):
        if money is None or welfare is None or not {"payoffs", "subsidies"} <= set(accounts):
            people = subsidies = np.full(len(cost), np.nan)
        else:
            people = money[:, accounts.index("payoffs")] / welfare  # agents times rounds
            subsidies = money[:, accounts.index("subsidies")]
        tokens = cost * people[:, None]
        same = _same(np.nansum(tokens, axis=1), subsidies)
        alone = (~np.isnan(cost)).sum(axis=1) == 1
        there = ~np.isnan(cost)
        spent = np.where(there & alone[:, None], subsidies[:, None], tokens)
        exact = there & (alone | same)[:, None]
        out = np.full(cost.shape, np.nan)
        rounds = np.zeros(len(cost))
        if series is not None:
            rounds = (~np.isnan(series)).sum(axis=1).astype(float)
            by_round = series * (people / rounds)[:, None]
            one_spends = _same(np.nansum(by_round, axis=1)[:, None], spent) & (spent > 0)
            flow = np.nan_to_num(by_round)
            steady = (flow >= -CLOSE * np.abs(flow).max(axis=1, keepdims=True)).all(axis=1)
            ends = flow.shape[1] - np.argmax(np.flip(flow > CLOSE * np.abs(flow).max(axis=1, keepdims=True), 1), axis=1)
            out = np.where(one_spends & exact & steady[:, None], ends[:, None], np.nan)
    return _Money(spent, exact, out, rounds)


def _same(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.abs(one - other) <= CLOSE * np.maximum(np.abs(one), np.abs(other))


def _limits(results: xarray.Dataset, settings: Settings, policies: list[str], word: str, absent: float) -> np.ndarray:
    """[run, policy]: a number of each policy, as it holds in the run; a key that varies has its own value in each run."""
    size = results.sizes["run"]
    cells = [results[name].values.astype(str) if name in results else np.full(size, "") for name in ("regime", "world")]
    found = np.full((size, len(policies)), absent)
    for regime, world in dict.fromkeys(zip(*(cell.tolist() for cell in cells))):
        values = settings(regime, world)
        here = (cells[0] == regime) & (cells[1] == world)
        for place, policy in enumerate(policies):
            found[here, place] = _number(values.get(f"policy.{policy}.{word}"), absent)
    for place, policy in enumerate(policies):
        key = f"policy.{policy}.{word}"
        if key in results and results[key].dims == ("run",) and results[key].dtype.kind in "if":
            own = results[key].values.astype(float)
            found[:, place] = np.where(np.isnan(own), found[:, place], own)
    return found


def _number(text: str | None, absent: float) -> float:
    try:
        return absent if text is None else float(text)
    except ValueError:
        return absent

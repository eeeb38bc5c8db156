"""Which regime to choose: regret, ties, and what several decision rules say. Worlds are compared, never averaged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .bootstrap import Bootstrap, interval_of, means_of
from .differences import rounding_of
from .study import Study

ENOUGH = 0.5  # of the units of a world that a regime needs to be ranked there
MAXIMIN, MINIMAX_REGRET, SATISFICING = "maximin", "minimax regret", "satisficing"


@dataclass(frozen=True)
class Ranking:
    """Regimes by world, on the units in which all ranked regimes have a value.

    mean, low, high: [regime, world], the outcome; NaN where a regime is not ranked. regret...: best mean of the world minus
    this one, in the outcome's unit, never negative. best: [regime, world], share of draws in which the regime is the best,
    which equals share. tied: [regime, world], bool: the best one, and those that are not clearly apart from it. ranked: the
    same shape. units: [world]: units that were used. draws: [draw, regime, world]. leader: [world], -1 where fewer than two
    are ranked.
    """

    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray
    regret: np.ndarray
    regret_low: np.ndarray
    regret_high: np.ndarray
    best: np.ndarray
    tied: np.ndarray
    ranked: np.ndarray
    units: np.ndarray
    draws: np.ndarray
    leader: np.ndarray

    @property
    def settled(self) -> np.ndarray:
        """[world], bool: worlds in which two regimes or more are ranked and have intervals."""
        there = self.ranked & ~np.isnan(self.low)
        return there.sum(axis=0) > 1


@dataclass(frozen=True)
class Rule:
    """What one decision rule says of each regime. value, low, high: [regime]; world: [regime], which world decides, -1 for all.

    winner: -1 without any. tied: [regime], bool: the winner and those not clearly apart from it. changes: pairs (option, winner
    without that option), for each other option whose removal changes the winner.
    """

    name: str
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    world: np.ndarray
    winner: int
    tied: np.ndarray
    changes: list[tuple[int, int]]


@dataclass(frozen=True)
class Decisions:
    """candidates: [regime], bool: ranked in every world. target: [world]. meets: [regime, world]; certainty: share of draws
    that do.

    given: whether the target was given; else it is the baseline's own mean. common: regimes among the tied ones of every rule.
    """

    rules: list[Rule]
    candidates: np.ndarray
    target: np.ndarray
    given: bool
    meets: np.ndarray
    certainty: np.ndarray
    common: list[int]

    @property
    def agree(self) -> bool:
        """Maximin and minimax regret choose the same regime, and it is among those that satisficing accepts."""
        worst, regret, enough = self.rules
        return worst.winner == regret.winner >= 0 and bool(enough.tied[worst.winner])


def ranking_of(cells: np.ndarray, sign: float, study: Study, bootstrap: Bootstrap, smallest: float) -> Ranking:
    """cells: [regime, world, unit, point] of the outcome that decides. sign: -1 if less of it is better."""
    ranked, used, units = _blocks(cells)
    means = means_of(used, study, bootstrap)
    low, high = interval_of(means.draws, bootstrap.confidence)
    near = rounding_of(cells)
    regret_draws = _regret(sign * means.draws)
    regret = _regret(sign * means.estimate[None])[0]
    regret[regret <= near] = 0.0
    regret_low, regret_high = interval_of(np.maximum(regret_draws, 0.0), bootstrap.confidence)
    leader = np.where(ranked.sum(axis=0) > 1, _argmax(sign * means.estimate), -1)
    tied = np.zeros_like(ranked)
    for world, first in enumerate(leader):
        if first >= 0:
            behind = sign * (means.draws[:, [first], world] - means.draws[:, :, world])
            tied[:, world] = _tied(regret[:, world], behind, ranked[:, world], bootstrap.confidence, max(smallest, near))
    return Ranking(
        mean=means.estimate,
        low=low,
        high=high,
        regret=regret,
        regret_low=regret_low,
        regret_high=regret_high,
        best=_share_best(regret_draws, near),
        tied=tied,
        ranked=ranked,
        units=units,
        draws=means.draws,
        leader=leader,
    )


def decisions_of(
    ranking: Ranking, sign: float, study: Study, bootstrap: Bootstrap, smallest: float, target: float | None
) -> Decisions:
    """Maximin, minimax regret and satisficing, among the regimes that are ranked in every world.

    target: in the outcome's unit; None: the baseline's own mean in each world.
    """
    worlds = len(study.worlds)
    aim = np.full(worlds, target) if target is not None else ranking.mean[study.baseline]
    candidates = ranking.ranked.all(axis=1) & ~np.isnan(ranking.low).any(axis=1)
    near = rounding_of(ranking.mean)
    with np.errstate(invalid="ignore"):
        meets = sign * (ranking.mean - aim) >= -near
        # Against the baseline's own mean the target moves with the draw: both have the same luck.
        moving = ranking.draws[:, [study.baseline]] if target is None else aim
        certainty = np.mean(sign * (ranking.draws - moving) >= -near, axis=0)
    certainty = np.where(np.isnan(ranking.low), np.nan, certainty)
    rules = [
        _worst_case(MAXIMIN, sign * ranking.mean, sign * ranking.draws, sign, candidates, bootstrap, smallest),
        _largest_regret(ranking, sign, candidates, bootstrap, smallest),
        _satisficing(meets, ~np.isnan(aim), candidates),
    ]
    common = [int(regime) for regime in np.flatnonzero(np.all([rule.tied for rule in rules], axis=0))]
    return Decisions(rules, candidates, aim, target is not None, meets, certainty, common)


def _blocks(cells: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which regimes are ranked in each world; the cells with all units blank in which one of them lacks a value; units left."""
    there = ~np.isnan(cells)
    any_value = there.any(axis=0).sum(axis=(-1, -2))
    ranked = there.sum(axis=(-1, -2)) >= np.maximum(ENOUGH * any_value, 1)
    whole = (there | ~ranked[:, :, None, None]).all(axis=0)
    used = np.where(whole & ranked[:, :, None, None], cells, np.nan)
    return ranked & ~np.isnan(used).all(axis=(-1, -2)), used, whole.any(axis=-1).sum(axis=-1) * ranked.any(axis=0)


def _regret(draws: np.ndarray) -> np.ndarray:
    """[draw, regime, world]: the best of the world minus this one."""
    return np.max(np.where(np.isnan(draws), -np.inf, draws), axis=1, keepdims=True) - draws


def _argmax(values: np.ndarray) -> np.ndarray:
    return np.argmax(np.where(np.isnan(values), -np.inf, values), axis=0)


def _share_best(regret: np.ndarray, near: float) -> np.ndarray:
    """Draws in which several are the best count for each of them in equal parts."""
    there = ~np.isnan(regret)
    first = there & (regret <= near)
    parts = first / np.maximum(first.sum(axis=1, keepdims=True), 1)
    count = there.any(axis=1).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = parts.sum(axis=0) / count
    return np.where(there.any(axis=0), share, np.nan)


def _tied(behind: np.ndarray, draws: np.ndarray, there: np.ndarray, confidence: float, smallest: float) -> np.ndarray:
    """[regime], bool. behind: [regime], how far behind the first. draws: [draw, regime] of the same."""
    low, high = interval_of(draws, confidence)
    with np.errstate(invalid="ignore"):
        apart = (low > 0) & (behind >= smallest) & (behind > 0)
    return there & ~(apart & ~np.isnan(high))


def _worst_case(name, value, draws, sign, candidates, bootstrap, smallest) -> Rule:
    """The largest of the means in the worst world."""
    worst = np.where(candidates, np.argmin(np.where(np.isnan(value), np.inf, value), axis=1), -1)
    at_worst, of_draws = value.min(axis=1), draws.min(axis=2)
    rule = _rule(name, at_worst, of_draws, worst, candidates, bootstrap, smallest)
    low, high = (rule.low, rule.high) if sign > 0 else (-rule.high, -rule.low)
    changes = _changes(rule.winner, candidates, lambda left: _first(at_worst, left))
    return Rule(name, sign * at_worst, low, high, worst, rule.winner, rule.tied, changes)


def _largest_regret(ranking: Ranking, sign: float, candidates, bootstrap, smallest) -> Rule:
    """The smallest of the largest regrets. Without an option regrets change, so this rule may change its mind."""
    largest, draws = _regrets(ranking, sign, candidates)
    regret = np.max(draws, axis=2)
    world = np.where(candidates, np.argmax(np.where(np.isnan(largest), -np.inf, largest), axis=1), -1)
    value = np.where(candidates, largest.max(axis=1), np.nan)
    rule = _rule(MINIMAX_REGRET, -value, -regret, world, candidates, bootstrap, smallest)
    changes = _changes(rule.winner, candidates, lambda left: _first(-_regrets(ranking, sign, left, False)[0].max(axis=1), left))
    return Rule(MINIMAX_REGRET, value, -rule.high, -rule.low, world, rule.winner, rule.tied, changes)


def _regrets(ranking: Ranking, sign: float, among: np.ndarray, with_draws: bool = True):
    value = np.where(among[:, None], sign * ranking.mean, np.nan)
    own = _regret(value[None])[0]
    return own, _regret(np.where(among[:, None], sign * ranking.draws, np.nan)) if with_draws else None


def _satisficing(meets: np.ndarray, known: np.ndarray, candidates: np.ndarray) -> Rule:
    """The largest share of worlds whose mean meets the target. Equal shares are ties."""
    empty = np.full(len(candidates), np.nan)
    if candidates.sum() < 2 or not known.any():
        return Rule(SATISFICING, empty, empty, empty, np.full(len(candidates), -1), -1, np.zeros_like(candidates), [])
    share = np.where(candidates, meets[:, known].mean(axis=1), np.nan)
    winner = _first(share, candidates)
    tied = candidates & (share == share[winner]) & (share > 0)
    changes = _changes(winner, candidates, lambda left: _first(share, left))
    return Rule(SATISFICING, share, empty, empty, np.full(len(candidates), -1), winner, tied, changes)


def _rule(name, value, draws, world, candidates, bootstrap, smallest) -> Rule:
    """The candidate with the largest value, and those not clearly behind."""
    low, high = interval_of(draws, bootstrap.confidence)
    if candidates.sum() < 2:
        return Rule(name, value, low, high, world, -1, np.zeros_like(candidates), [])
    winner = _first(value, candidates)
    tied = _tied(value[winner] - value, draws[:, [winner]] - draws, candidates, bootstrap.confidence, smallest)
    return Rule(name, value, low, high, world, winner, tied, [])


def _first(value: np.ndarray, among: np.ndarray) -> int:
    return int(np.argmax(np.where(among & ~np.isnan(value), value, -np.inf)))


def _changes(winner: int, candidates: np.ndarray, choose: Callable[[np.ndarray], int]) -> list[tuple[int, int]]:
    """For each other option: is the winner another one without it?"""
    found = []
    for option in np.flatnonzero(candidates):
        left = candidates.copy()
        left[option] = False
        if option != winner and winner >= 0 and (other := choose(left)) != winner:
            found.append((int(option), other))
    return found

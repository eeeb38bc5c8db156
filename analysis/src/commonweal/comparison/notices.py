"""What a reader must know before the headline."""

from __future__ import annotations

import math

import numpy as np

from .budget_sentences import never_used_up, runs_out
from .budgets import Settings
from .compare import Comparison
from .study import Study
from .words import listed, name

MOST = 3  # cells that a notice names one by one
FEW_CLUSTERS = 10


def notices(comparison: Comparison, elsewhere: tuple[str, ...] = (), mid_run: tuple[str, ...] = ()) -> list[str]:
    """What a reader must know before the headline: unfinished, failed, unpaired, few networks, two groups, budgets.

    elsewhere: regimes and worlds that set something of the network, and so have another than the rest. mid_run: regimes with
    policies that begin or end within the run.
    """
    return [
        *_unfinished(comparison),
        *_failures(comparison),
        *_clusters(comparison, elsewhere),
        *_two_groups(comparison),
        *_budgets(comparison),
        *_mid_run(mid_run),
        *_changed_nothing(comparison),
        *_unclosed(comparison),
        *_not_averaged(comparison),
    ]


def _unfinished(comparison: Comparison) -> list[str]:
    study = comparison.study
    if study.planned and study.present.sum() < study.planned:
        return [
            f"{math.floor(100 * study.share_done)} % complete: {int(study.present.sum())} of {study.planned} planned runs "
            "are there. "
            "What follows is about these and may change."
        ]
    return (
        [] if study.complete else ["The sweep is not complete: what follows is about the runs that are there and may change."]
    )


def _failures(comparison: Comparison) -> list[str]:
    study, sentences = comparison.study, []
    if failed := int(study.failed.sum()):
        cells = [
            f"{study.failed[regime, world]} of {study.present[regime, world]} of {name(study.regimes[regime])} in "
            f"{name(study.worlds[world])}"
            for regime, world in np.argwhere(study.failed > 0)[:4]
        ]
        more = ", and others" if (study.failed > 0).sum() > 4 else ""
        sentences.append(
            f"{failed} of {int(study.present.sum())} runs failed ({', '.join(cells)}{more}) and are left out; where runs "
            "fail may "
            "depend on the regime."
        )
    if unpaired := int(comparison.differences[0].unpaired.sum()):
        sentences.append(
            f"{unpaired} runs have no partner with the same luck under the other regime; differences leave them out."
        )
    empty = [
        f"{name(study.regimes[regime])} in {name(study.worlds[world])}"
        for regime, world in np.argwhere(~comparison.ranking.ranked)
    ]
    if empty and len(study.regimes) > 1:
        sentences.append(f"Too few runs to rank {listed(empty[:6])}{' and others' if len(empty) > 6 else ''}.")
    return sentences


def _clusters(comparison: Comparison, elsewhere: tuple[str, ...]) -> list[str]:
    study = comparison.study
    others = [one for one in (*study.regimes, *study.worlds) if one in elsewhere]
    if study.instances == 1:
        if study.replicates == 1:
            return ["Each regime has one run in each world: there are no intervals."]
        if others:
            kind = "world" if not set(others) & set(study.regimes) else "pair of a regime and a world"
            differ = "uses another" if len(others) == 1 else "use others"
            return [
                f"Each {kind} uses one network; {listed(map(name, others))} {differ}. "
                "Intervals are about chance on these networks only; how much still others would change them cannot be said."
            ]
        if study.design and any(_of_network(axis.key) for axis in study.design.axes):
            return [
                "Each point of the design uses one network. Intervals are about chance on these networks only; how much others "
                "would change them cannot be said."
            ]
        return [
            "All runs use one network instance. Intervals are about chance on this network only; how much other networks would "
            "change them cannot be said."
        ]
    if study.instances < FEW_CLUSTERS:
        return [
            f"Intervals rest on {study.instances} network instances, which are {study.instances} clusters, not {study.units} "
            "independent samples; they are widened for that."
        ]
    return []


def _of_network(key: str) -> bool:
    return key.startswith("network.") or key in ("seed", "seed.all", "seed.network")


def with_another_network(changes) -> tuple[str, ...]:
    """Names of the regimes and worlds whose `changes` concern the network. changes: of `report.store.Change`."""
    own = ((one, one.value.partition(" (command line")[0]) for one in changes)
    return tuple(dict.fromkeys(one.name for one, value in own if _of_network(one.key) and value != one.base))


def _two_groups(comparison: Comparison) -> list[str]:
    if comparison.modes is None:
        return []
    study = comparison.study
    split = [
        (world, regime) for regime, world in np.ndindex(comparison.modes.split.shape) if comparison.modes.split[regime, world]
    ]
    if not split:
        return []
    cells = [f"{name(study.regimes[regime])} in {name(study.worlds[world])}" for world, regime in sorted(split)]
    some = f"{', '.join(cells[:MOST])} and others" if len(cells) > MOST else listed(cells)
    return [f"The mean misleads for {some}: runs fall into two groups, and hardly any is near the mean."]


def _budgets(comparison: Comparison) -> list[str]:
    return [sentence for sentence in (never_used_up(comparison), runs_out(comparison)) if sentence]


def with_policies_in_mid_run(study: Study, settings: Settings, rounds: float) -> tuple[str, ...]:
    """Regimes of which a policy begins after the first round, or ends before the last. settings: of a regime in a world."""
    found = []
    for regime in study.regimes:
        told = {key: value for world in study.worlds for key, value in settings(regime, world).items()}
        ends = [(key.rpartition(".")[2], _number(value)) for key, value in told.items() if key.startswith("policy.")]
        if any((word == "start" and at > 1) or (word == "end" and 0 < at < rounds) for word, at in ends):
            found.append(regime)
    return tuple(found)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _changed_nothing(comparison: Comparison) -> list[str]:
    """Regimes that gave what the baseline gave in every pair, in every outcome and at the same cost."""
    study, cost = comparison.study, comparison.cost
    looked_at = [*comparison.differences, *((cost.extra,) if cost else ()), *((cost.used,) if cost and cost.used else ())]
    idle = [
        regime
        for regime in study.others
        if looked_at[0].pairs[regime].any() and all((one.equal[regime] == one.pairs[regime]).all() for one in looked_at)
    ]
    if not idle:
        return []
    regimes, baseline = listed(name(study.regimes[regime]) for regime in idle), name(study.regimes[study.baseline])
    return [
        f"In every run and outcome here, {regimes} gave exactly what {baseline} gave: the policies changed nothing in these "
        "runs. That is no evidence that they have no effect. They may have acted on nobody, or never: look at their start and "
        "end, at the roles and levels of people, and at the layers of the network."
    ]


def _mid_run(regimes: tuple[str, ...]) -> list[str]:
    if not regimes:
        return []
    return [
        f"Policies of {listed(map(name, regimes))} begin or end in mid-run: means over the whole run mix rounds with and "
        "without them."
    ]


def _unclosed(comparison: Comparison) -> list[str]:
    gaps = comparison.ledger_gaps
    return [f"The ledger does not close in {gaps} runs: amounts of money in them are not to be trusted."] if gaps else []


def _not_averaged(comparison: Comparison) -> list[str]:
    points = comparison.study.points
    if points == 1:
        return []
    return [
        f"Every number is a mean over {points} design points, which count alike. That is no statement about how likely they "
        "are."
    ]

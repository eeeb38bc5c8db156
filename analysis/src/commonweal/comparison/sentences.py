"""The wording rules: from numbers to sentences. Pure functions; each says no more than the numbers allow.

*stars* mark names. What is `clear` has an interval without 0 (and is at least the smallest difference that matters).
Frequencies are counts of simulated runs, each beside its partner with the same network and the same luck; worlds are never
added up.
"""

from __future__ import annotations

import numpy as np

from .compare import Comparison
from .decisions import MINIMAX_REGRET, SATISFICING, Rule
from .differences import HIGHER, LOWER, NO_INTERVAL, NO_RESULT, SAME, UNCLEAR, Differences
from .outcomes import PER_ROUND
from .words import EXACT, capital, in_any_world, in_worlds, listed, name, names_of, natural, number, signed, with_interval

MANY = 3  # worlds that a sentence names one by one
MOST_SIZES = 4  # regimes whose size and cost the headline tells one by one
TOLD = 0.1  # share of runs that collapse or tip from which on a cell is told
NO_DECISION = "No decision is possible from this"


def headline(comparison: Comparison) -> list[str]:
    """At most seven sentences: who leads where, whether still in the end, how often, what turns around between worlds, what
    happens to the other outcomes, how much, and at what cost.
    """
    study, ranking = comparison.study, comparison.ranking
    if len(study.regimes) < 2:
        return [f"Only one regime, {name(study.regimes[0])}, was simulated: there is nothing to compare."]
    if not (ranking.leader >= 0).any():
        return [f"{NO_DECISION}: in no world are there finished runs of two regimes on the same networks with the same luck."]
    if not ranking.settled.any():
        reason = "each regime has one run" if study.units == 1 else "too few runs have a partner"
        return [f"{NO_DECISION}: {reason}, so chance and the regimes cannot be told apart."]
    sentences = [leaders(comparison), late(comparison)]
    if comparison.focus is not None:
        sentences += [
            frequencies(comparison, comparison.focus),
            reversals(comparison),
            other_outcomes(comparison, comparison.focus),
        ]
    sentences += [sizes(comparison), public_costs(comparison)]
    return [sentence for sentence in sentences if sentence]


def leaders(comparison: Comparison) -> str:
    """Who has the highest mean of the outcome that decides, in which world."""
    ranking, study = comparison.ranking, comparison.study
    label, most = comparison.main.label, "highest" if comparison.main.larger_is_better else "lowest"
    worlds = np.flatnonzero(ranking.settled)
    sets = {int(world): frozenset(np.flatnonzero(ranking.tied[:, world]).tolist()) for world in worlds}
    where = in_worlds(worlds, study.worlds)
    lacking = [world for world in range(len(study.worlds)) if world not in sets]
    rest = f" (no comparison is possible in {listed(name(study.worlds[world]) for world in lacking)})" if lacking else ""
    common = frozenset.intersection(*sets.values())
    enough = "" if ranking.ranked[:, worlds].all() else " with enough runs"
    if all(len(tied) == int(ranking.ranked[:, world].sum()) for world, tied in sets.items()):
        all_of = "the regimes" if enough else f"any of the {len(study.regimes)} regimes"
        which = "the two regimes" if len(study.regimes) == 2 else all_of + enough
        return f"No clear difference in simulated {label} between {which} {in_any_world(worlds, study.worlds)}{rest}."
    if len(common) == 1 and all(tied == common for tied in sets.values()):
        others = "the other regime" if len(study.regimes) == 2 else f"every other regime{enough}"
        return f"{names_of(common, study.regimes)} has the {most} simulated {label} {where}, clearly apart from {others}{rest}."
    parts = _by_set(sets, study)
    if not common:
        return f"No regime is best in every world: simulated {label} is {most} {parts}{rest}."
    never = "is" if len(common) == 1 else "are"
    return (
        f"{names_of(common, study.regimes)} {never} not clearly beaten in any of the {len(sets)} worlds: "
        f"simulated {label} is {most} {parts}{rest}."
    )


def late(comparison: Comparison) -> str:
    """Where another regime is ahead of the leader in the last quarter of the rounds only; empty without."""
    study = comparison.study
    groups: dict[tuple, list[int]] = {}
    for one in comparison.overtaken:
        for regime in one.ahead:
            groups.setdefault((one.label, one.leader, regime), []).append(one.world)
    parts = [
        f"{name(study.regimes[regime])} is clearly ahead of {name(study.regimes[leader])} in {label} "
        f"{_in_few(worlds, study.worlds)}"
        for (label, leader, regime), worlds in sorted(groups.items(), key=lambda group: -len(group[1]))
    ]
    if not parts:
        return ""
    more = f"; {len(parts) - MANY} more" if len(parts) > MANY else ""
    return f"The ranking changes towards the end: in the last quarter of the rounds, {'; '.join(parts[:MANY])}{more}."


def _in_few(some: list[int], worlds: tuple[str, ...]) -> str:
    """World by world, or how many of them."""
    many = MANY < len(some) < len(worlds)
    return f"in {len(some)} of {len(worlds)} worlds" if many else in_worlds(some, worlds)


def frequencies(comparison: Comparison, regime: int) -> str:
    """In how many pairs of runs the regime is above the baseline, per world; and where the mean says otherwise."""
    study, differences = comparison.study, comparison.differences[0]
    known = [world for world in range(len(study.worlds)) if differences.pairs[regime, world]]
    if not known:
        return ""
    label, pair = comparison.main.label, f"under {name(study.regimes[regime])} than under {_baseline(comparison)}"
    if all(differences.equal[regime, world] == differences.pairs[regime, world] for world in known):
        return (
            f"{name(study.regimes[regime])} and {_baseline(comparison)} gave exactly the same {label} in every pair of "
            f"simulated runs {in_worlds(known, study.worlds)}: nothing differs between them that matters for it, or the policy "
            "acted on nobody, or never."
        )
    text = f"{_how_often(differences, regime, known, study.worlds)}, {label} was higher {pair}"
    return text + _misleading(differences, regime, known, study.worlds) + "."


def reversals(comparison: Comparison) -> str:
    """Regimes for which the outcome that decides turns around between worlds; empty without."""
    parts = turned(comparison, 0)
    if not parts:
        return ""
    told = "; ".join(parts[:MANY])
    more = f"; {len(parts) - MANY} more" if len(parts) > MANY else ""
    return (
        f"What is better in one world is worse in another: {comparison.main.label}, against {_baseline(comparison)}, "
        f"is {told}{more}."
    )


def turned(comparison: Comparison, place: int) -> list[str]:
    """`under *a* clearly higher in *calm* and clearly lower in *dry*`, of each regime for which an outcome turns around."""
    differences, study, parts = comparison.differences[place], comparison.study, []
    for regime in study.others:
        higher, lower = (np.flatnonzero(differences.verdict[regime] == one).tolist() for one in (HIGHER, LOWER))
        if higher and lower:
            where = f"{_in_few(higher, study.worlds)} and clearly lower {_in_few(lower, study.worlds)}"
            parts.append(f"under {name(study.regimes[regime])} clearly higher {where}")
    return parts


def other_outcomes(comparison: Comparison, regime: int) -> str:
    """What the regime does to the other outcomes, by world, without a sum over worlds."""
    study = comparison.study
    parts = []
    for outcome, differences in zip(comparison.outcomes[1:], comparison.differences[1:]):
        parts.append(f"{outcome.label} {verdicts(differences, regime, study.worlds)}")
    for label in comparison.lacking:
        parts.append(f"{label} was not recorded")
    if not parts:
        return ""
    return f"Under {name(study.regimes[regime])} instead of {_baseline(comparison)}, {'; '.join(parts)}."


def sizes(comparison: Comparison) -> str:
    """How far each regime is from the baseline in the first world, the best first."""
    differences, main = comparison.differences[0], comparison.main
    world = _first_world(comparison, differences)
    if world is None:
        return ""
    order = sorted(_known(comparison, differences, world), key=lambda regime: -main.sign * differences.mean[regime, world])
    parts = [f"{_size(differences, regime, world)} under {name(comparison.study.regimes[regime])}" for regime in order]
    where, unit = name(comparison.study.worlds[world]), "" if main.unit == "-" else f" ({main.unit})"
    return f"In {where}, {_differences_in(main.label, _baseline(comparison), parts)}{unit}."


def public_costs(comparison: Comparison) -> str:
    """What public money regimes take in the first world, and what is used up; nothing where all cost as the baseline does."""
    if comparison.cost is None:
        return ""
    extra = comparison.cost.extra
    world = _first_world(comparison, extra)
    if world is None:
        return ""
    known = _known(comparison, extra, world)
    order = sorted((one for one in known if extra.verdict[one, world] != SAME), key=lambda one: -extra.mean[one, world])
    if not order:
        used = _used_up(comparison, world).removeprefix("; ")
        where = name(comparison.study.worlds[world])
        return f"Regimes take the same public money, but in {where}, {used} ({PER_ROUND})." if used else ""
    parts = [f"{_size(extra, regime, world)} under {name(comparison.study.regimes[regime])}" for regime in order]
    free = [one for one in known if one not in order]
    same = names_of(free, comparison.study.regimes) if len(free) <= MOST_SIZES else f"{len(free)} others"
    rest = f"; it is 0 under {same}" if free else ""
    told = _differences_in("public money", _baseline(comparison), parts)
    told += f" ({PER_ROUND}){rest}{_used_up(comparison, world)}"
    return f"Regimes do not cost the same: in {name(comparison.study.worlds[world])}, {told}."


def _used_up(comparison: Comparison, world: int) -> str:
    """What regimes use up besides public money, in a world; empty where that is as much as under the baseline."""
    used = comparison.cost.used
    if used is None:
        return ""
    order = sorted(_using(comparison, world), key=lambda one: -used.mean[one, world])
    parts = [f"{_size(used, regime, world)} under {name(comparison.study.regimes[regime])}" for regime in order]
    return f"; {_differences_in('what is used up', _baseline(comparison), parts)}" if parts else ""


def _using(comparison: Comparison, world: int) -> list[int]:
    used = comparison.cost.used
    return [] if used is None else [one for one in _known(comparison, used, world) if used.verdict[one, world] != SAME]


def net_welfare(comparison: Comparison) -> str:
    """Where another regime leads once public money is taken off; empty where none does."""
    cost, study, ranking = comparison.cost, comparison.study, comparison.ranking
    if cost is None or cost.net is None or comparison.main.column != "welfare" or comparison.focus is None:
        return ""
    regime = comparison.focus
    text = f"Welfare less public money {verdicts(cost.net, regime, study.worlds)}, under {name(study.regimes[regime])}."
    turned = []
    for world in np.flatnonzero(ranking.leader >= 0):
        net = np.where(np.arange(len(study.regimes)) == study.baseline, 0.0, cost.net.mean[:, world])
        best = int(np.nanargmax(net))
        if best != ranking.leader[world] and net[best] > net[ranking.leader[world]]:
            leader = name(study.regimes[ranking.leader[world]])
            turned.append(f"{name(study.regimes[best])} has more of it than {leader} in {name(study.worlds[world])}")
    return f"{text} {capital(listed(turned))}." if turned else text


def _differences_in(what: str, baseline: str, parts: list[str]) -> str:
    """All of few; of many the first and the last."""
    if len(parts) == 1:
        return f"the difference in {what} from {baseline} is {parts[0]}"
    start = f"the differences in {what} from {baseline}"
    if len(parts) <= MOST_SIZES:
        return f"{start} are {listed(parts)}"
    return f"{start} run from {parts[0]} to {parts[-1]}, with {len(parts) - 2} more between them"


def verdicts(differences: Differences, regime: int, worlds: tuple[str, ...]) -> str:
    """`was clearly higher in *calm*, without a clear difference in *austerity*`"""
    words = {
        HIGHER: "was clearly higher",
        LOWER: "was clearly lower",
        UNCLEAR: "showed no clear difference",
        SAME: "was exactly the same",
        NO_INTERVAL: "cannot be judged (no interval)",
        NO_RESULT: "has no pair of finished runs",
    }
    found = {
        verdict: [world for world in range(len(worlds)) if differences.verdict[regime, world] == verdict] for verdict in words
    }
    parts = []
    for verdict, some in found.items():
        if some:
            where = in_any_world(some, worlds) if verdict == UNCLEAR else in_worlds(some, worlds)
            parts.append(f"{words[verdict]} {where}")
    return listed(parts)


def modes(comparison: Comparison) -> list[str]:
    """When the mean misleads: one sentence for each regime in each world where runs fall into two groups, collapse, or tip."""
    found = comparison.modes
    if found is None:
        return ["Contributions by round were not recorded, so nothing can be said about collapse and tipping."]
    study, said, quiet = comparison.study, [], False
    for regime, world in np.ndindex(found.runs.shape):
        runs = int(found.runs[regime, world])
        counts = [(int(found.collapsed[regime, world]), "collapse"), (int(found.tipped[regime, world]), "tip upwards")]
        parts = [f"{natural(count, runs)} {what}" for count, what in counts if runs and count >= TOLD * runs]
        quiet |= any(0 < count < TOLD * runs for count, _ in counts)
        where, split = f"*{study.worlds[world]}* under {name(study.regimes[regime])}", found.split[regime, world]
        if split is not None:
            said.append(
                f"In {where} the mean ({number(found.late[regime, world])} tokens) misleads, since hardly any run is near it: "
                f"{natural(round(split.share * runs), runs)} simulated runs end near {number(split.upper)} tokens, the "
                "others near "
                f"{number(split.lower)}{f'; {listed(parts)}' if parts else ''}."
            )
        elif parts:
            told = listed(parts)
            exact = told.replace(f" of {runs} ", f" of {runs} simulated runs ", 1)
            said.append(f"In {where}, {exact if runs <= EXACT else f'{told} (of {runs} simulated runs)'}.")
    if quiet:
        said.append(
            f"{'Elsewhere' if said else 'Everywhere'}, fewer than 1 of 10 simulated runs collapse, and fewer than 1 of 10 tip."
        )
    return said or ["No simulated run collapses or tips, and in no cell do the runs fall into two groups."]


def rule_sentence(comparison: Comparison, rule: Rule) -> str:
    """What a decision rule says, with its ties."""
    regimes, worlds = comparison.study.regimes, comparison.study.worlds
    if rule.winner < 0:
        return f"{capital(rule.name)} cannot be applied: fewer than two regimes have results with intervals in every world."
    tied = np.flatnonzero(rule.tied).tolist()
    chosen = names_of([rule.winner], regimes)
    others = [regime for regime in tied if regime != rule.winner]
    tie = f", tied with {names_of(others, regimes)}" if others else ""
    if rule.name == SATISFICING:
        count = round(float(rule.value[rule.winner]) * len(worlds))
        if not count:
            return f"{capital(rule.name)} picks none: no regime meets the target in any world."
        places = "the one world" if len(worlds) == 1 else f"{count} of {len(worlds)} worlds"
        return f"{capital(rule.name)} accepts {names_of(tied, regimes)}: the target is met in {places}."
    world = name(worlds[int(rule.world[rule.winner])])
    value = with_interval(*(float(part[rule.winner]) for part in (rule.value, rule.low, rule.high)))
    if rule.name == MINIMAX_REGRET:
        where = "" if rule.value[rule.winner] == 0 else f", in {world}"
        return f"{capital(rule.name)} picks {chosen}{tie}: its largest regret is {value}{where}."
    return f"{capital(rule.name)} picks {chosen}{tie}: in its worst world, {world}, it has {value}."


def agreement(comparison: Comparison) -> str:
    """Whether the rules agree, and whether leaving out one option would change what they say."""
    decisions, regimes = comparison.decisions, comparison.study.regimes
    if not decisions.candidates.sum() > 1 or any(rule.winner < 0 for rule in decisions.rules):
        return f"{NO_DECISION}: fewer than two regimes have results with intervals in every world."
    if all(rule.tied[decisions.candidates].all() for rule in decisions.rules[:2]):
        return f"{NO_DECISION}: by these rules no regime is clearly apart from another."
    if decisions.agree:
        others = [regime for regime in decisions.common if regime != decisions.rules[0].winner]
        also = f"; tied with it by each of them: {names_of(others, regimes)}" if others else ""
        return f"The rules agree on {names_of([decisions.rules[0].winner], regimes)}{also}."
    if decisions.common:
        return f"The rules differ in their first choice; among the ties of each of them: {names_of(decisions.common, regimes)}."
    return "The rules disagree: which regime to choose depends on what one is afraid of, and no number here settles that."


def drop_one(comparison: Comparison) -> str:
    """Whether a choice hangs on an option that was not chosen."""
    regimes = comparison.study.regimes
    found = [
        f"without {name(regimes[option])}, {rule.name} would pick {name(regimes[other])}"
        for rule in comparison.decisions.rules
        for option, other in rule.changes
    ]
    if found:
        return f"Leaving out one option changes a choice: {'; '.join(found)}."
    if sum(comparison.decisions.candidates) < 3:
        return "Leaving out one option cannot be tried with fewer than three regimes."
    return "Leaving out any one of the options that were not chosen changes no choice."


def target_sentence(comparison: Comparison) -> str:
    """What the target is."""
    decisions, unit = comparison.decisions, comparison.main.unit
    if decisions.given:
        return f"Target: a mean {comparison.main.label} of {number(float(decisions.target[0]))} ({unit})."
    return (
        f"Target: the baseline's own mean in the same world, so {_baseline(comparison)} meets it everywhere by definition; "
        "another one is set with --target."
    )


def gains(comparison: Comparison, axis: str) -> list[str]:
    """Who gains and who loses payoff under the focus regime, by world."""
    study, regime = comparison.study, comparison.focus
    found = next((group for group in comparison.groups if group.axis == axis and group.measure == "payoff"), None)
    if found is None or regime is None:
        return []
    sentences = []
    for world in range(len(study.worlds)):
        verdict = found.verdict[regime, world]
        parts = []
        for what, word in ((HIGHER, "gains"), (LOWER, "loses")):
            names = [label for label, one in zip(found.names, verdict) if one == what]
            if names:
                some = f"{axis}{'s' * (len(names) > 1)} {listed(names)}"
                some = some if len(names) <= 6 else f"{len(names)} of {len(found.names)} {axis}s"
                parts.append(f"{some} clearly {word if len(names) == 1 else word[:-1] + ('' if word == 'gains' else 'e')}")
        judged = any(one not in (NO_INTERVAL, NO_RESULT) for one in verdict)
        said = (
            "; ".join(parts) if parts else f"no {axis} clearly gains or loses" if judged else "cannot be judged (no interval)"
        )
        sentences.append(f"In {name(study.worlds[world])}, under {name(study.regimes[regime])}: {said}.")
    return sentences


def shifts(comparison: Comparison) -> list[str]:
    """Which worlds change the answer most."""
    study = comparison.study
    if len(study.worlds) < 2:
        return ["One world was simulated: how far the answer depends on conditions that nobody chooses is not known from this."]
    first, sentences = name(study.worlds[0]), []
    for one in comparison.shifts:
        text = (
            f"{name(study.worlds[one.world])} instead of {first} moves the difference in {comparison.main.label} from "
            f"{_baseline(comparison)} most for {name(study.regimes[one.regime])}, by "
            f"{with_interval(one.shift, one.low, one.high, True)}"
        )
        if one.turned:
            text += f", and turns the sign of {names_of(one.turned, study.regimes)}"
        sentences.append(text + ".")
    for place, outcome in enumerate(comparison.outcomes):
        sentences += [f"{capital(outcome.label)} is {part}." for part in turned(comparison, place)]
    return sentences


def what_shifts_are_about(comparison: Comparison) -> str:
    """Of which outcome shifts are told; empty for one world."""
    if len(comparison.study.worlds) < 2:
        return ""
    return (
        f"Of each world the largest shift of {comparison.main.label} is told, the outcome that decides; then, for every "
        f"outcome, the regimes that are clearly higher than {_baseline(comparison)} in one world and clearly lower in another."
    )


def _first_world(comparison: Comparison, differences: Differences) -> int | None:
    """The first in which a regime has pairs with the baseline."""
    worlds = range(len(comparison.study.worlds))
    return next((world for world in worlds if _known(comparison, differences, world)), None)


def _known(comparison: Comparison, differences: Differences, world: int) -> list[int]:
    return [regime for regime in comparison.study.others if differences.pairs[regime, world]]


def _size(differences: Differences, regime: int, world: int) -> str:
    return with_interval(*(float(part[regime, world]) for part in (differences.mean, differences.low, differences.high)), True)


def _by_set(sets: dict[int, frozenset[int]], study) -> str:
    """`under *a* in *calm*, and under *a* or *b* (tied) in *austerity*`"""
    groups: dict[frozenset[int], list[int]] = {}
    for world, tied in sets.items():
        groups.setdefault(tied, []).append(world)
    parts = []
    left = sum(len(worlds) for worlds in list(groups.values())[MANY:])
    for tied, worlds in list(groups.items())[:MANY]:
        where = f"in {listed(name(study.worlds[world]) for world in worlds)}"
        if len(tied) == len(study.regimes) > 1:
            parts.append(f"clearly under none {where}")
        else:
            tie = " (tied)" if len(tied) > 1 else ""
            parts.append(f"under {names_of(tied, study.regimes).replace('* and *', '* or *')}{tie} {where}")
    if left:
        parts.append(f"under others in {left} more world{'s' * (left != 1)}")
    return ", and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


def _how_often(differences: Differences, regime: int, known: list[int], worlds: tuple[str, ...]) -> str:
    """World by world; of many worlds the one where it is rarest and the one where it is most frequent."""
    counts = [_frequency(differences, regime, world) for world in known]
    if len(known) > 1 and len(set(counts)) == 1:
        each = f"each of the {len(known)} worlds" if len(known) == len(worlds) > 2 else f"each of {_list(known, worlds)}"
        return f"In {counts[0]} simulated runs of {each}"
    if len(known) <= MANY:
        first, *rest = (f"{count} of {name(worlds[world])}" for count, world in zip(counts, known))
        return f"In {listed([first.replace(' of *', ' simulated runs of *', 1), *rest])}"
    order = sorted(known, key=lambda world: differences.higher[regime, world] / differences.pairs[regime, world])
    least, most = (_frequency(differences, regime, world) for world in (order[0], order[-1]))
    return f"From {least} simulated runs of {name(worlds[order[0]])} to {most} of {name(worlds[order[-1]])}"


def _frequency(differences: Differences, regime: int, world: int) -> str:
    count, total = int(differences.higher[regime, world]), int(differences.pairs[regime, world])
    equal = int(differences.equal[regime, world])
    return natural(count, total) + (f" (and equal in {natural(equal, total)})" if equal else "")


def _list(some, worlds: tuple[str, ...]) -> str:
    return listed(name(worlds[int(world)]) for world in some)


def _misleading(differences: Differences, regime: int, known: list[int], worlds: tuple[str, ...]) -> str:
    """Where most runs go one way and the mean the other."""
    wrong = []
    for world in known:
        mean, pairs = differences.mean[regime, world], differences.pairs[regime, world]
        most_higher = 2 * differences.higher[regime, world] > pairs
        most_lower = 2 * differences.lower[regime, world] > pairs
        if (mean > 0 and most_lower) or (mean < 0 and most_higher):
            wrong.append(f"in {name(worlds[world])} ({signed(float(mean))})")
    return f"; the mean difference has the other sign {listed(wrong)}" if wrong else ""


def _baseline(comparison: Comparison) -> str:
    return name(comparison.study.regimes[comparison.study.baseline])

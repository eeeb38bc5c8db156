"""The sentences of a report, read word by word for results of which the truth is known."""

import itertools
import re

import numpy as np
import pytest
from commonweal import open_results
from commonweal.comparison import sentences
from commonweal.comparison.compare import Question, compare
from commonweal.comparison.notices import notices
from commonweal.comparison.sentences import headline
from commonweal.comparison.words import listed, natural, number, with_interval
from comparison_file import Comparison

WORLDS = ["calm", "dry"]


def compared(made, folder, **question):
    with open_results(made.write(folder / "sweep")) as results:
        return compare(results, Question(**question))


def exactly(made, of, column="welfare"):
    """Sets the pairs of a cell: (regime, world) -> difference from the first regime, for each pair."""
    values = made.columns[column][1]
    for (regime, world), difference in of.items():
        values[made.of(regime, world)] = values[made.of(made.design["regimes"][0], world)] + difference
    return made


def test_one_regime_that_leads_everywhere(tmp_path):
    made = Comparison(["base", "grant", "contest"], ["calm", "dry"]).service({"grant": 3, "contest": 1}, gini={"grant": -0.1})
    assert headline(compared(made, tmp_path))[:3] == [
        "*grant* has the highest simulated total welfare in *calm* and *dry*, clearly apart from every other regime.",
        "In all 48 simulated runs of each of *calm* and *dry*, total welfare was higher under *grant* than under *base*.",
        "Under *grant* instead of *base*, contribution to the system pot was clearly higher in *calm* and *dry*; "
        "inequality was "
        "clearly lower in *calm* and *dry*.",
    ]


def test_reversal_between_worlds(tmp_path):
    made = Comparison(["base", "contest"], ["calm", "dry"]).service({"contest": {"calm": 2, "dry": -2}}, system={})
    exactly(made, {("contest", "calm"): np.r_[np.full(43, 2.0), np.full(5, -0.1)], ("contest", "dry"): -2.0})
    first, second, turned, third, *_ = headline(compared(made, tmp_path))
    assert turned == (
        "What is better in one world is worse in another: total welfare, against *base*, is under *contest* clearly higher in "
        "*calm* and clearly lower in *dry*."
    )
    assert first == (
        "No regime is best in every world: simulated total welfare is highest under *contest* in *calm*, and under *base* "
        "in *dry*."
    )
    assert second == (
        "In about 9 of 10 simulated runs of *calm* and none of 48 of *dry*, total welfare was higher under *contest* than "
        "under *base*."
    )
    assert third.startswith(
        "Under *contest* instead of *base*, contribution to the system pot showed no clear difference in *calm* or"
    )


def test_tie_in_one_world(tmp_path):
    made = Comparison(["base", "a", "b"], ["calm", "dry"]).service({"a": 2, "b": {"calm": 2, "dry": 0.5}})
    first = headline(compared(made, tmp_path))[0]
    assert first == (
        "*a* is not clearly beaten in any of the 2 worlds: simulated total welfare is highest under *a* or *b* (tied) in "
        "*calm*, "
        "and under *a* in *dry*."
    )


def test_no_difference_at_all(tmp_path):
    made = exactly(Comparison(["base", "a"], ["calm", "dry"]).service({}), {("a", "calm"): 0.0, ("a", "dry"): 0.0})
    first, second, *_ = headline(compared(made, tmp_path))
    assert first == "No clear difference in simulated total welfare between the two regimes in *calm* or *dry*."
    assert second == (
        "*a* and *base* gave exactly the same total welfare in every pair of simulated runs in *calm* and *dry*: nothing "
        "differs between them that matters for it, or the policy acted on nobody, or never."
    )


def test_no_clear_difference(tmp_path):
    comparison = compared(Comparison(["base", "a", "b"], ["u", "v", "w"]).service({}), tmp_path)
    assert (
        headline(comparison)[0]
        == "No clear difference in simulated total welfare between any of the 3 regimes in any of the 3 worlds."
    )
    assert sentences.agreement(comparison) == (
        "No decision is possible from this: by these rules no regime is clearly apart from another."
    )


def test_mean_and_most_runs_disagree(tmp_path):
    made = Comparison(["base", "lottery"]).service({})
    exactly(made, {("lottery", "calm"): np.where(np.arange(48) % 5 < 2, 12.0, -1.0)})
    first, second, *_ = headline(compared(made, tmp_path))
    assert first.startswith("*lottery* has the highest")
    assert second == (
        "In about 4 of 10 simulated runs of *calm*, total welfare was higher under *lottery* than under *base*; the mean "
        "difference has "
        "the other sign in *calm* (+4.42)."
    )


def test_two_groups(tmp_path):
    made = Comparison(["base", "risky"]).service({"risky": 1})
    late = np.full(96, 8.0)
    late[made.of("risky")] = np.where(np.arange(48) % 3 == 0, 0.4, 12.0) + 0.1 * made.noise(1.0)[:48]
    comparison = compared(made.late(late), tmp_path)
    (said,) = sentences.modes(comparison)
    assert re.fullmatch(
        r"In \*calm\* under \*risky\* the mean \(8\.\d+ tokens\) misleads, since hardly any run is near it: about 7 of 10 "
        r"simulated runs end near 1\d\.\d tokens, the others near 0\.\d+; about 3 of 10 collapse "
        r"and about 7 of 10 tip upwards\.",
        said,
    )
    assert "The mean misleads for *risky* in *calm*: runs fall into two groups, and hardly any is near the mean." in notices(
        comparison
    )


def test_failed_runs_are_told(tmp_path):
    made = Comparison(["base", "a"], ["calm", "dry"]).service({"a": 1})
    made.fail(made.of("a", "dry")[:4])
    said = notices(compared(made, tmp_path))
    assert said[0] == (
        "4 of 192 runs failed (4 of 48 of *a* in *dry*) and are left out; where runs fail may depend on the regime."
    )
    assert said[1] == "4 runs have no partner with the same luck under the other regime; differences leave them out."


def test_all_runs_of_a_cell_failed(tmp_path):
    made = Comparison(["base", "a"], ["calm", "dry"]).service({"a": 1})
    comparison = compared(made.fail(made.of("a", "dry")), tmp_path)
    first, second, third, *_ = headline(comparison)
    assert first == (
        "*a* has the highest simulated total welfare in *calm*, clearly apart from the other regime (no comparison is "
        "possible in *dry*)."
    )
    assert second == "In all 48 simulated runs of *calm*, total welfare was higher under *a* than under *base*."
    assert "clearly higher in *calm* and has no pair of finished runs in *dry*" in third
    assert "Too few runs to rank *a* in *dry*." in notices(comparison)
    assert sentences.agreement(comparison).startswith("No decision is possible from this: fewer than two regimes have results")
    assert all("cannot be applied" in sentences.rule_sentence(comparison, rule) for rule in comparison.decisions.rules)


def test_all_runs_of_the_baseline_failed(tmp_path):
    made = Comparison(["base", "a", "b"]).service({"a": 1, "b": 2})
    comparison = compared(made.fail(made.of("base")), tmp_path)
    (first, third) = headline(comparison)
    assert first == (
        "*b* has the highest simulated total welfare in *calm*, clearly apart from every other regime with enough runs."
    )
    assert third.startswith(
        "Under *b* instead of *base*, contribution to the system pot has no pair of finished runs in *calm*"
    )


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ((1.25, 1.2, 1.313), "+1.25 [1.20, 1.31]"),
        ((-0.00642, -0.07, 0.0555), "−0.0064 [−0.0700, 0.0555]"),
        ((9.29, -5.99, 27.4), "+9.3 [−6.0, 27.4]"),
        ((0.0588, 0.00388, 0.112), "+0.059 [0.004, 0.112]"),
        ((0.5, 0.0004, 0.9), "+0.5000 [0.0004, 0.9000]"),
        ((-0.001, -20.1, 3.0), "0.0 [−20.1, 3.0]"),
        ((0, 0, 0), "0 [0, 0]"),
        ((1234.5, 1200, 1300), "+1 234 [1 200, 1 300]"),
        ((1.25, np.nan, np.nan), "+1.25"),
        ((np.nan, 1, 2), "- [1.00, 2.00]"),
    ],
)
def test_numbers_of_one_cell_have_the_same_decimals(numbers, text):
    assert with_interval(*numbers, True).replace("\u202f", " ").replace("\u00a0", " ") == text


def cell(differences, regime, world=0):
    """`+1.00 [0.90, 1.10]`, from the numbers."""
    mean, low, high = (float(values[regime, world]) for values in (differences.mean, differences.low, differences.high))
    return with_interval(mean, low, high, True)


def test_sizes_and_costs_in_the_first_world(tmp_path):
    made = Comparison(["base", "contest", "grant", "fine"], WORLDS).service(
        {"contest": -2, "grant": {"calm": 3, "dry": -1}, "fine": 1}, cost={"grant": 1.4, "fine": {"calm": -0.25, "dry": -1}}
    )
    comparison = compared(made, tmp_path)
    welfare, money = comparison.differences[0], comparison.cost.extra
    assert headline(comparison)[-2:] == [
        f"In *calm*, the differences in total welfare from *base* are {cell(welfare, 2)} under *grant*, {cell(welfare, 3)} "
        f"under *fine* and {cell(welfare, 1)} under *contest* (tokens per agent and round).",
        "Regimes do not cost the same: in *calm*, the differences in public money from *base* are +1.40 [1.40, 1.40] under "
        "*grant* and −0.250 [−0.250, −0.250] under *fine* (tokens per agent and round); it is 0 under *contest*.",
    ]
    assert money.mean[2, 0] == pytest.approx(1.4) and welfare.mean[1, 0] == pytest.approx(-2, abs=0.3)


def test_sizes_where_less_is_better_and_nothing_costs(tmp_path):
    made = Comparison(["base", "a", "b"]).service({}, gini={"a": 0.1, "b": -0.1})
    said = headline(compared(made, tmp_path, outcomes=("gini",), lower_is_better=("gini",)))
    assert re.search(r"differences in inequality from \*base\* are −.* under \*b\* and \+.* under \*a\* \(Gini", said[3])
    assert len(said) == 4


def test_sizes_of_many_regimes_are_those_of_the_best_and_the_worst(tmp_path):
    names = list("abcdef")
    made = Comparison(["base", *names]).service(dict(zip(names, range(-2, 4))), cost=dict(zip(names, range(1, 7))))
    comparison = compared(made, tmp_path)
    welfare = comparison.differences[0]
    size, cost = headline(comparison)[3:]
    assert size == (
        f"In *calm*, the differences in total welfare from *base* run from {cell(welfare, 6)} under *f* to {cell(welfare, 1)} "
        "under *a*, with 4 more between them (tokens per agent and round)."
    )
    assert "run from +6.00 [6.00, 6.00] under *f* to +1.00 [1.00, 1.00] under *a*, with 4 more between them" in cost


def test_sizes_are_those_of_the_first_world_that_has_runs(tmp_path):
    made = Comparison(["base", "a"], WORLDS).service({"a": 1})
    said = headline(compared(made.fail(made.of("a", "calm")), tmp_path))
    assert said[3].startswith("In *dry*, the difference in total welfare from *base* is +")


def test_one_network_instance(tmp_path):
    comparison = compared(Comparison(["base", "a"], instances=1).service({"a": 1}), tmp_path)
    assert notices(comparison) == [
        "All runs use one network instance. Intervals are about chance on this network only; how much other networks would "
        "change "
        "them cannot be said."
    ]


def test_one_replicate_on_one_network(tmp_path):
    comparison = compared(Comparison(["base", "a"], instances=1, replicates=1).service({"a": 9}), tmp_path)
    assert headline(comparison) == [
        "No decision is possible from this: each regime has one run, so chance and the regimes cannot be told apart."
    ]
    assert notices(comparison) == ["Each regime has one run in each world: there are no intervals."]
    assert sentences.gains(comparison, "role") == ["In *calm*, under *a*: cannot be judged (no interval)."]


def test_one_replicate_on_each_of_several_networks(tmp_path):
    comparison = compared(Comparison(["base", "a"], instances=8, replicates=1).service({"a": 3}), tmp_path)
    assert (
        headline(comparison)[1] == "In 8 of 8 simulated runs of *calm*, total welfare was higher under *a* than under *base*."
    )
    assert "8 network instances, which are 8 clusters, not 8 independent" in notices(comparison)[0]


def test_one_regime(tmp_path):
    comparison = compared(Comparison(["base"]).service({}), tmp_path)
    assert headline(comparison) == ["Only one regime, *base*, was simulated: there is nothing to compare."]


def test_regimes_that_never_meet(tmp_path):
    made = Comparison(["base", "a"]).service({"a": 1})
    made.fail(np.r_[made.of("base")[:24], made.of("a")[24:]])
    assert headline(compared(made, tmp_path)) == [
        "No decision is possible from this: in no world are there finished runs of two regimes on the same networks with "
        "the same luck."
    ]


def test_unfinished_store(tmp_path):
    made = Comparison(["base", "a"], ["calm", "dry"]).service({"a": 1})
    made.complete = False
    made.keep(np.flatnonzero(made.rows["instance"] * 8 + made.rows["replicate"] < 21))
    assert notices(compared(made, tmp_path))[0] == (
        "43 % complete: 84 of 192 planned runs are there. What follows is about these and may change."
    )


def test_missing_values_never_reach_a_sentence(tmp_path):
    made = Comparison(["base", "a", "b"], ["calm", "dry"]).service({"a": 1})
    for column in ("welfare", "gini", "late_system_contribution"):
        made.columns[column][1][made.of("a", "dry")] = np.nan
    comparison = compared(made, tmp_path)
    said = [*headline(comparison), *notices(comparison), *sentences.modes(comparison), *sentences.shifts(comparison)]
    assert said and not any("nan" in sentence.split() for sentence in said)


def test_rules_that_disagree(tmp_path):
    """calm: a 28, b 25.6; dry: a 24.5, b 25.6; base 25. Maximin wants b, minimax regret a."""
    made = Comparison(["base", "a", "b"], ["calm", "dry"]).service({"a": {"calm": 3, "dry": -0.5}, "b": 0.6})
    exactly(made, {("a", "calm"): 3.0, ("a", "dry"): -0.5, ("b", "calm"): 0.6, ("b", "dry"): 0.6})
    comparison = compared(made, tmp_path, target=24.0)
    picked = [sentences.rule_sentence(comparison, rule) for rule in comparison.decisions.rules]
    assert picked[0].startswith("Maximin picks *b*: in its worst world,") and picked[1].startswith("Minimax regret picks *a*:")
    assert sentences.agreement(comparison) == (
        "The rules disagree: which regime to choose depends on what one is afraid of, and no number here settles that."
    )


def test_target_nobody_meets(tmp_path):
    comparison = compared(Comparison(["base", "a"]).service({"a": 1}), tmp_path, target=1000.0)
    assert sentences.rule_sentence(comparison, comparison.decisions.rules[2]) == (
        "Satisficing picks none: no regime meets the target in any world."
    )
    assert not comparison.decisions.agree


def test_ledger_that_does_not_close(tmp_path):
    made = Comparison(["base", "a"]).service({"a": 1})
    made.columns["ledger_gap"][1][:3] = 5
    assert "The ledger does not close in 3 runs: amounts of money in them are not to be trusted." in notices(
        compared(made, tmp_path)
    )


def test_many_worlds_are_not_listed_one_by_one(tmp_path):
    worlds = ["v", "w", "x", "y", "z"]
    made = Comparison(["base", "a"], worlds).service({"a": 1})
    exactly(made, {("a", world): np.where(np.arange(48) < 12 * place, 1.0, -1.0) for place, world in enumerate(worlds)})
    assert sentences.frequencies(compared(made, tmp_path), 1).startswith(
        "From none of 48 simulated runs of *v* to all 48 of *z*, total welfare was higher under *a* than under *base*"
    )


@pytest.mark.parametrize("seed", range(25))
def test_no_headline_contradicts_the_numbers(tmp_path, seed):
    """Random effects, ties, failures and sizes: what a sentence claims of a cell is what the runs are."""
    random = np.random.default_rng(seed)
    regimes, worlds = ["base", "a", "b", "c"][: random.integers(2, 5)], ["u", "v", "w"][: random.integers(1, 4)]
    sizes = (int(random.integers(1, 7)), int(random.integers(1, 9)))
    made = Comparison(regimes, worlds, *sizes, seed=seed)
    made.service({name: {world: random.choice([-2.0, 0.0, 0.1, 2.0]) for world in worlds} for name in regimes[1:]})
    made.fail(np.flatnonzero(random.uniform(size=len(made.rows["run"])) < random.choice([0.0, 0.1, 0.5])))
    if not (made.rows["status"] == 0).any():
        return
    comparison = compared(made, tmp_path)
    said = headline(comparison)
    assert 1 <= len(said) <= 7 and all(sentence.endswith(".") for sentence in said)
    welfare, done = made.columns["welfare"][1], made.rows["status"] == 0
    for world, regime in itertools.product(worlds, regimes[1:]):
        own, base = made.of(regime, world), made.of("base", world)
        both = done[own] & done[base]
        difference = (welfare[own] - welfare[base])[both]
        here = regimes.index(regime), worlds.index(world)
        assert comparison.differences[0].higher[here] == (difference > 0).sum()
        words = sentences.verdicts(comparison.differences[0], here[0], tuple(worlds))
        if f"was clearly higher in *{world}*" in words:
            assert difference.mean() > 0
        if f"was clearly lower in *{world}*" in words:
            assert difference.mean() < 0
        if not both.any():
            assert f"in *{world}*" in words.partition("has no pair of finished runs")[2] or "in each of" in words


@pytest.mark.parametrize(
    ("count", "total", "words"),
    [
        (0, 8, "0 of 8"),
        (7, 8, "7 of 8"),
        (20, 20, "20 of 20"),
        (0, 500, "none of 500"),
        (500, 500, "all 500"),
        (499, 500, "more than 9 of 10"),
        (1, 500, "fewer than 1 of 10"),
        (450, 500, "9 of 10"),
        (440, 500, "about 9 of 10"),
        (475, 500, "more than 9 of 10"),
        (474, 500, "about 9 of 10"),
        (25, 500, "about 1 of 10"),
    ],
)
def test_natural_frequencies(count, total, words):
    assert natural(count, total) == words


def test_only_none_is_told_as_none_and_only_all_as_all():
    for total in (1, 7, 20, 21, 48, 500):
        for count in range(total + 1):
            said = natural(count, total)
            assert ("all" in said or said == f"{total} of {total}") == (count == total)
            assert ("none" in said or said.startswith("0 of")) == (count == 0)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (1.2345, "1.23"),
        (-12.345, "−12.3"),
        (1234567.0, "1 234 567"),
        (0.00012345, "0.000123"),
        (float("nan"), "-"),
        (float("inf"), "∞"),
        (99.96, "100"),
        (1e-12, "1.00e−12"),
    ],
)
def test_numbers(value, text):
    assert number(value).replace("100.0", "100") == text


def test_lists():
    assert [listed(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_what_is_used_up_and_welfare_less_public_money_are_told(tmp_path):
    made = Comparison(["base", "grant", "punishment"]).service({"grant": 2, "punishment": 1}, cost={"grant": 3.0})
    made.axes["policy"] = np.array(["any"], dtype=object)
    made.measure("policy_cost", made.effect({"grant": 3.0, "punishment": 8.0})[:, None], "policy")
    comparison = compared(made, tmp_path)
    assert headline(comparison)[-1].endswith(
        "it is 0 under *punishment*; the difference in what is used up from *base* is +8.00 [8.00, 8.00] under *punishment*."
    )
    assert sentences.net_welfare(comparison) == (
        "Welfare less public money was clearly lower in *calm*, under *grant*. *punishment* has more of it than *grant* in "
        "*calm*."
    )


def test_what_is_used_up_is_told_where_no_regime_takes_public_money(tmp_path):
    made = Comparison(["base", "punishment"]).service({"punishment": 1})
    made.axes["policy"] = np.array(["any"], dtype=object)
    made.measure("policy_cost", made.effect({"punishment": 8.0})[:, None], "policy")
    assert headline(compared(made, tmp_path))[-1] == (
        "Regimes take the same public money, but in *calm*, the difference in what is used up from *base* is "
        "+8.00 [8.00, 8.00] under *punishment* (tokens per agent and round)."
    )


def test_leader_that_is_behind_in_the_end_is_told(tmp_path):
    made = Comparison(["base", "grant", "slow"], WORLDS).service({"grant": 3, "slow": 2})
    late = made.columns["late_system_contribution"][1]
    late[made.of("slow")] = late[made.of("grant")] + 1
    said = headline(compared(made, tmp_path))
    assert said[1] == (
        "The ranking changes towards the end: in the last quarter of the rounds, *slow* is clearly ahead of *grant* in "
        "contribution to the system pot in *calm* and *dry*."
    )


def test_leader_that_is_behind_in_the_end_in_welfare_is_told(tmp_path):
    made = Comparison(["base", "grant"]).service({"grant": 3})
    made.columns["mean_payoff"][1][made.of("grant"), -5:] = 1.0
    assert "*base* is clearly ahead of *grant* in total welfare in *calm*." in headline(compared(made, tmp_path))[1]


def test_outcomes_that_turn_around_between_worlds_are_listed(tmp_path):
    made = Comparison(["base", "a", "b"], WORLDS).service({"a": 1, "b": 2}, system={"a": {"calm": 2, "dry": -2}})
    comparison = compared(made, tmp_path)
    assert sentences.reversals(comparison) == "" and "the largest shift of total welfare" in sentences.what_shifts_are_about(
        comparison
    )
    shift, *rest = sentences.shifts(comparison)
    assert shift.startswith("*dry* instead of *calm* moves the difference in total welfare from *base* most for *")
    assert rest == ["Contribution to the system pot is under *a* clearly higher in *calm* and clearly lower in *dry*."]


@pytest.mark.parametrize("cost", [0.0, 1.0])
def test_regime_that_changed_nothing_is_told_unless_it_costs(tmp_path, cost):
    made = Comparison(["base", "idle", "grant"], WORLDS).service({"grant": 1}, cost={"idle": cost})
    for column, world in itertools.product(("welfare", "system_contribution", "gini"), WORLDS):
        exactly(made, {("idle", world): 0.0}, column)
    told = [
        one for one in notices(compared(made, tmp_path)) if one.startswith("In every run and outcome here, *idle* gave exactly")
    ]
    assert len(told) == (cost == 0)

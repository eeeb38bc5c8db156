"""Statistics of a comparison of regimes: values that follow from how the runs were made."""

import h5py
import numpy as np
import pytest
from commonweal import DataError, open_results
from commonweal.comparison.bootstrap import bootstrap_of, interval_of, means_of, stretch
from commonweal.comparison.compare import Question, compare
from commonweal.comparison.differences import HIGHER, LOWER, NO_INTERVAL, NO_RESULT, SAME, UNCLEAR
from commonweal.comparison.modes import sarle, split_of
from commonweal.comparison.study import Study
from comparison_file import Comparison
from sweep_file import Sweep, continuous, finite, morris_sweep


def compared(made, folder, **question):
    with open_results(made.write(folder / "sweep")) as results:
        return compare(results, Question(**question))


def place(comparison, regime, world=None):
    study = comparison.study
    return study.regimes.index(regime), 0 if world is None else study.worlds.index(world)


def layout(instances, replicates):
    empty = np.zeros((1, 1), dtype=int)
    here = np.zeros((5, 1), dtype=int)
    return Study(("a",), ("w",), 0, instances, replicates, 1, np.ones(1, bool), here, empty, empty, None, True, None)


def test_difference_is_the_mean_over_pairs_and_all_counts_agree_with_it(tmp_path):
    made = Comparison(["base", "other"]).service({"other": 0.2})
    found = compared(made, tmp_path).differences[0]
    welfare = made.columns["welfare"][1]
    own = welfare[made.of("other")] - welfare[made.of("base")]
    here = (1, 0)
    assert found.mean[here] == pytest.approx(own.mean()) and found.spread[here] == pytest.approx(own.std(ddof=1))
    assert (found.higher[here], found.lower[here], found.equal[here]) == ((own > 0).sum(), (own < 0).sum(), 0)
    unpaired = welfare[made.of("other")].var(ddof=1) + welfare[made.of("base")].var(ddof=1)
    assert found.reduction[here] == pytest.approx(unpaired / own.var(ddof=1)) and found.reduction[here] > 5
    assert found.low[here] < found.mean[here] < found.high[here] and found.instances[here] == 6
    assert found.error[here] > 0 and found.error[here] < found.spread[here]


def test_order_of_the_runs_in_the_file_is_of_no_importance(tmp_path):
    made = Comparison(["base", "other"], ["calm", "dry"]).service({"other": {"calm": 1, "dry": -1}})
    first = compared(made, tmp_path)
    made.keep(np.random.default_rng(0).permutation(len(made.rows["run"])))
    second = compared(made, tmp_path)
    assert np.array_equal(first.differences[0].low, second.differences[0].low, equal_nan=True)
    assert np.array_equal(first.ranking.best, second.ranking.best)


def test_other_seed_gives_other_intervals_and_the_same_seed_the_same(tmp_path):
    made = Comparison(["base", "other"]).service({"other": 1})
    low = [compared(made, tmp_path, seed=seed).differences[0].low[1, 0] for seed in (0, 0, 1)]
    assert low[0] == low[1] != low[2]


@pytest.mark.parametrize(("instances", "replicates", "between"), [(3, 10, 1.0), (6, 8, 1.0), (10, 20, 0.3), (1, 20, 0.0)])
def test_intervals_cover_the_truth_as_often_as_they_say(instances, replicates, between):
    random, study, times = np.random.default_rng(5), layout(instances, replicates), 1000
    values = between * random.normal(size=(times, instances, 1)) + random.normal(size=(times, instances, replicates))
    means = means_of(values.reshape(times, -1, 1), study, bootstrap_of(study, 600, 0.95, 0))
    low, high = interval_of(means.draws, 0.95)
    four_errors = 4 * np.sqrt(0.95 * 0.05 / times)
    assert np.mean((low <= 0) & (high >= 0)) >= 0.95 - four_errors


def test_replicates_of_few_networks_are_no_independent_samples():
    """With luck that belongs to networks alone, 50 times the replicates leave the interval as wide as it was."""
    luck = np.random.default_rng(2).normal(size=8)
    widths = []
    for replicates in (2, 100):
        study = layout(8, replicates)
        means = means_of(np.repeat(luck, replicates)[None, :, None], study, bootstrap_of(study, 2000, 0.95, 0))
        widths.append(float(np.ptp(interval_of(means.draws, 0.95))))
    assert widths[1] == pytest.approx(widths[0], rel=0.1)


def test_stretch_is_that_of_student_and_of_small_samples():
    assert stretch(np.array([3]), 0.95)[0] == pytest.approx(4.3027 / 1.95996 * np.sqrt(1.5), rel=1e-4)
    assert stretch(np.array([100000]), 0.95)[0] == pytest.approx(1, abs=1e-3) and np.isnan(stretch(np.array([1]), 0.95)[0])


def test_verdicts(tmp_path):
    made = Comparison(["base", "up", "down", "same", "gone"]).service({"up": 1, "down": -1})
    for column in ("welfare", "system_contribution"):
        values = made.columns[column][1]
        values[made.of("same")] = values[made.of("base")]
    made.fail(made.of("gone"))
    found = compared(made, tmp_path).differences[0]
    assert found.verdict[1:, 0].tolist() == [HIGHER, LOWER, SAME, NO_RESULT]
    assert (found.low[3, 0], found.high[3, 0], found.pairs[4, 0], found.unpaired[4, 0]) == (0, 0, 0, 48)


def test_difference_below_the_smallest_that_matters_is_not_clear(tmp_path):
    made = Comparison(["base", "up"]).service({"up": 1})
    assert compared(made, tmp_path).differences[0].verdict[1, 0] == HIGHER
    comparison = compared(made, tmp_path, smallest=2.0)
    assert comparison.differences[0].verdict[1, 0] == UNCLEAR and comparison.ranking.tied.all()


def test_one_run_has_no_interval(tmp_path):
    found = compared(Comparison(["base", "up"], instances=1, replicates=1).service({"up": 9}), tmp_path)
    assert found.differences[0].verdict[1, 0] == NO_INTERVAL and not found.ranking.settled.any()
    assert [rule.winner for rule in found.decisions.rules] == [-1, -1, -1]


def test_two_networks_that_agree_are_not_enough_for_certainty(tmp_path):
    made = Comparison(["base", "up"], instances=2, replicates=1).service({"up": 0.4})
    values = made.columns["welfare"][1]
    values[made.of("up")] = values[made.of("base")] + [0.3, 0.5]
    assert compared(made, tmp_path).differences[0].verdict[1, 0] == UNCLEAR


def test_failed_runs_are_dropped_with_their_partners(tmp_path):
    made = Comparison(["base", "up"]).service({"up": 1})
    runs = made.of("up")
    made.fail(runs[:5])
    comparison = compared(made, tmp_path)
    found, welfare = comparison.differences[0], made.columns["welfare"][1]
    assert found.mean[1, 0] == pytest.approx((welfare[runs[5:]] - welfare[made.of("base")[5:]]).mean())
    assert (found.pairs[1, 0], found.unpaired[1, 0], comparison.study.failed.sum(), comparison.ranking.units[0]) == (
        43,
        5,
        5,
        43,
    )


def test_missing_value_of_a_run_that_is_done_is_no_pair(tmp_path):
    made = Comparison(["base", "up"]).service({"up": 1})
    made.columns["welfare"][1][made.of("up")[0]] = np.nan
    found = compared(made, tmp_path).differences
    assert found[0].pairs[1, 0] == 47 and found[1].pairs[1, 0] == 48


def test_regret_is_the_best_of_the_world_minus_the_own_mean(tmp_path):
    made = Comparison(["base", "a", "b"], ["calm", "dry"]).service({"a": {"calm": 3, "dry": -3}, "b": 1})
    comparison = compared(made, tmp_path)
    ranking = comparison.ranking
    assert ranking.regret == pytest.approx(ranking.mean.max(axis=0) - ranking.mean)
    assert ranking.leader.tolist() == [1, 2] and (ranking.regret_low <= ranking.regret + 1e-12).all()
    assert (ranking.regret_high >= ranking.regret - 1e-12).all() and (ranking.regret_low >= 0).all()
    assert ranking.best.sum(axis=0) == pytest.approx([1, 1]) and ranking.best[1, 0] == 1 and ranking.best[2, 1] == 1


def test_rules_on_a_table_that_one_can_read(tmp_path):
    """calm: base 25, a 28, b 26; dry: base 25, a 22, b 26. Maximin and minimax regret choose b."""
    made = Comparison(["base", "a", "b"], ["calm", "dry"]).service({"a": {"calm": 3, "dry": -3}, "b": 1})
    decisions = compared(made, tmp_path).decisions
    maximin, regret, enough = decisions.rules
    assert (maximin.winner, regret.winner, enough.winner) == (2, 2, 0)
    assert maximin.world.tolist()[1] == 1 and regret.value[2] == pytest.approx(2, abs=0.3)
    assert enough.value.tolist() == [1, 0.5, 1] and decisions.agree and decisions.common == [2]


def test_target_in_tokens(tmp_path):
    made = Comparison(["base", "a", "b"], ["calm", "dry"]).service({"a": {"calm": 3, "dry": -3}, "b": 1})
    decisions = compared(made, tmp_path, target=27.0).decisions
    assert decisions.meets.tolist() == [[False, False], [True, False], [False, False]] and decisions.given
    assert decisions.rules[2].winner == 1 and decisions.certainty[1, 0] > 0.9


def test_minimax_regret_may_hang_on_an_option_that_is_not_chosen(tmp_path):
    """Regrets in the worlds x, y: a 0, 9; b 4, 5.5; c 10, 0: b is chosen. Without c: a 0, 3.5; b 4, 0: now it is a."""
    made = Comparison(["a", "b", "c"], ["x", "y"], 6, 8)
    made.service({"a": {"x": 10, "y": 0}, "b": {"x": 6, "y": 3.5}, "c": {"x": 0, "y": 9}})
    rule = compared(made, tmp_path).decisions.rules[1]
    assert rule.winner == 1 and rule.changes == [(2, 0)]


def test_regime_without_results_in_a_world_is_no_candidate(tmp_path):
    made = Comparison(["base", "a", "b"], ["calm", "dry"]).service({"a": 5, "b": 1})
    made.fail(made.of("a", "dry"))
    comparison = compared(made, tmp_path)
    assert comparison.decisions.candidates.tolist() == [True, False, True] and comparison.decisions.rules[0].winner == 2
    assert comparison.ranking.leader.tolist() == [1, 2] and not comparison.ranking.ranked[1, 1]


def test_less_is_better_where_it_is_said(tmp_path):
    made = Comparison(["base", "fair"]).service({}, gini={"fair": -0.05})
    comparison = compared(made, tmp_path, outcomes=("gini",))
    assert comparison.main.column == "gini" and comparison.ranking.leader[0] == 1
    other = compared(made, tmp_path, outcomes=("public_cost", "welfare"), lower_is_better=("welfare",))
    assert [one.larger_is_better for one in other.outcomes[:2]] == [False, False]


def test_price_per_extra_token(tmp_path):
    made = Comparison(["base", "grant", "waste"]).service({"grant": 2}, cost={"grant": 1.0, "waste": 1.0})
    cost = compared(made, tmp_path).cost
    gain = made.columns["system_contribution"][1]
    extra = (gain[made.of("grant")] - gain[made.of("base")]).mean()
    assert cost.system[1, 0] == pytest.approx(1 / extra) and cost.system_low[1, 0] < 1 / extra < cost.system_high[1, 0]
    assert np.isnan(cost.system[2, 0]) and np.isnan(cost.pots[2, 0]) and cost.extra.mean[2, 0] == pytest.approx(1)


def test_roles_and_organizations(tmp_path):
    made = Comparison(["base", "up"]).service({"up": 1})
    payoff = made.columns["role_payoff"][1]
    payoff[made.of("up"), 3] -= 3.0
    payoff[:, 2] = np.nan
    groups = {(group.axis, group.measure): group for group in compared(made, tmp_path).groups}
    roles = groups["role", "payoff"]
    assert roles.names == ("frontline", "manager", "citizen") and roles.verdict[1, 0].tolist() == [HIGHER, HIGHER, LOWER]
    assert len(groups) == 6 and groups["organization", "payoff"].mean.shape == (2, 1, 5)


def test_collapse_and_tipping_are_counted(tmp_path):
    made = Comparison(["base", "risky"]).service({})
    late = np.full(96, 7.0)
    late[made.of("risky")[:12]] = 0.5  # below a tenth of about 8
    late[made.of("risky")[12:15]] = 19.0  # half of the room from 8 to 20 is at 14
    made.late(late)
    modes = compared(made, tmp_path, ceiling=20.0).modes
    assert modes.collapsed[:, 0].tolist() == [0, 12] and modes.tipped[:, 0].tolist() == [0, 3] and modes.runs[1, 0] == 48
    assert compared(made, tmp_path, ceiling=20.0, collapse=0.01).modes.collapsed.sum() == 0


def test_two_groups_are_seen_and_one_is_not():
    random = np.random.default_rng(1)
    two = np.where(random.uniform(size=60) < 0.3, 2.0, 8.0) + 0.5 * random.normal(size=60)
    split = split_of(two)
    assert split.lower == pytest.approx(2, abs=0.4) and split.upper == pytest.approx(8, abs=0.4)
    laws = [random.normal, random.uniform, random.exponential, random.lognormal]
    alarms = sum(split_of(law(size=60)) is not None for law in laws for _ in range(100))
    assert alarms <= 12  # of 400, most of them from laws with long tails
    assert split_of(two[:10]) is None and split_of(np.ones(60)) is None


def test_group_that_is_one_network_is_no_mode():
    values = np.r_[np.full(10, 1.0), np.full(30, 9.0)] + 0.01 * np.arange(40)
    assert split_of(values) is not None and split_of(values, np.repeat([0, 1, 2, 3], 10)) is None


def test_sarle_of_a_uniform_law_and_of_two_points():
    assert sarle(np.linspace(0, 1, 100001)) == pytest.approx(5 / 9, abs=1e-3)
    assert sarle(np.repeat([0.0, 1.0], 50000)) == pytest.approx(1, abs=1e-3)


def test_worlds_are_ranked_by_how_far_they_move_the_answer(tmp_path):
    made = Comparison(["base", "a"], ["calm", "dry", "wet"]).service({"a": {"calm": 1, "dry": -1, "wet": 1.5}})
    shifts = compared(made, tmp_path).shifts
    assert [one.world for one in shifts] == [1, 2] and shifts[0].turned == [1] and shifts[1].turned == []
    assert shifts[0].low < shifts[0].shift < shifts[0].high < 0


def test_parameters_of_a_screening_design(tmp_path):
    axes = [continuous("game.mpcr", 0.2, 0.8), continuous("session.rounds", 0, 1)]
    made = morris_sweep(axes, 8, instances=1, replicates=3)
    made = Sweep(made.design | {"regimes": ["base", "a"]}, {axis["key"]: _points(made, axis["key"]) for axis in axes}, 1, 3)
    effect = np.where(made.rows["regime"] == "a", 5 * made.rows["game.mpcr"], 0.0)
    made.measure("welfare", 20 + effect + np.random.default_rng(0).normal(size=3)[made.rows["replicate"]])
    comparison = compared(made, tmp_path)
    assert comparison.no_effects == "" and comparison.study.points == 24
    effects = {one.key: one.value for one in comparison.effects}
    assert {one.label for one in comparison.effects} == {"game.mpcr [tokens]", "session.rounds [tokens]"}
    assert effects["game.mpcr"] == pytest.approx(3.0) and effects["session.rounds"] == pytest.approx(0, abs=1e-9)


def _points(made, key):
    first = np.unique(made.rows["point"], return_index=True)[1]
    return made.rows[key][first]


def test_labels_are_those_of_the_results(tmp_path):
    made = Comparison(["base", "up"]).service({"up": 1}).measure("tip_round", np.ones(96)).measure("mean_degree", np.ones(96))
    folder = made.write(tmp_path / "sweep")
    with h5py.File(folder / "results.h5", "a") as file:
        for name, words, unit in (
            ("tip_round", "first round with many adopters; NaN without", "rounds"),
            ("mean_degree", "", "1"),
        ):
            file[name].attrs["long_name"], file[name].attrs["units"] = words, unit
    with open_results(folder) as results:
        found = compare(results, Question(outcomes=("tip_round", "mean_degree"), draws=100)).outcomes
    assert [(one.label, one.unit) for one in found[:3]] == [
        ("first round with many adopters", "rounds"),
        ("mean degree", "-"),
        ("total welfare", "tokens per agent and round"),
    ]


def test_few_points_of_a_grid_are_worlds(tmp_path):
    design = {"kind": "grid", "axes": [finite("game.mpcr", "0.2,0.4", 2)], "regimes": ["base", "a"]}
    made = Sweep(design, {"game.mpcr": np.array([0.2, 0.4])}, 2, 4)
    made.measure("welfare", np.random.default_rng(0).normal(size=16) * 1.0)
    study = compared(made, tmp_path).study
    assert study.worlds == ("game.mpcr = 0.2", "game.mpcr = 0.4") and study.points == 1


def test_laboratory_columns_stand_in_for_those_of_a_service(tmp_path):
    design = {"kind": "grid", "axes": [], "regimes": ["nothing", "punishment"]}
    made = Sweep(design, {"point": np.zeros(1, dtype=int)}, 1, 6)
    made.measure("mean_payoff", np.random.default_rng(0).normal(size=(12, 1, 10)), "condition", "condition_round")
    comparison = compared(made, tmp_path)
    assert comparison.main.label == "total welfare" and comparison.study.worlds == ("base",)
    assert comparison.main.values == pytest.approx(made.columns["mean_payoff"][1].mean(axis=(1, 2)))
    assert comparison.lacking == ["contribution to the system pot", "inequality"] and comparison.modes is None


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ({"baseline": "bas"}, "no regime 'bas' .did you mean 'base'..; there are: base, up"),
        ({"outcomes": ("welfair",)}, "'welfair' is no column .did you mean 'welfare'."),
        ({"outcomes": ("ledger_gap",)}, "'ledger_gap' is no measurement"),
        ({"lower_is_better": ("nothing",)}, "'nothing' is no column"),
    ],
)
def test_unknown_names_are_refused(tmp_path, question, words):
    with pytest.raises(DataError, match=words):
        compared(Comparison(["base", "up"]).service({}), tmp_path, **question)


def test_results_without_any_outcome_are_refused_with_what_there_is(tmp_path):
    made = Comparison(["base", "up"]).measure("tip_round", np.zeros(96))
    with pytest.raises(DataError, match="none of the columns welfare.*--outcome NAME: tip_round"):
        compared(made, tmp_path)


def test_no_finished_run_is_refused(tmp_path):
    made = Comparison(["base", "up"]).service({})
    with pytest.raises(DataError, match="no run is done"):
        compared(made.fail(np.arange(96)), tmp_path)


def test_run_that_is_there_twice_is_refused(tmp_path):
    made = Comparison(["base", "up"]).service({})
    made.rows["replicate"][1] = 0
    with pytest.raises(DataError, match="runs 0 and 1 have the same regime"):
        compared(made, tmp_path)


def test_pilots_are_counted(tmp_path):
    made = Comparison(["base", "up"]).service({})
    made.axes["policy"] = np.array(["contest"], dtype=object)
    extended = np.full((96, 1), -1, dtype=np.int8)
    extended[made.of("up"), 0] = np.r_[np.ones(7), np.zeros(41)]
    assert compared(made.measure("pilot_extended", extended, "policy"), tmp_path).pilots == {("contest", 1, 0): (7, 48)}


def costly():
    """grant takes public money; fines bring it in and use up 0.5; punishment uses up 8 and takes none."""
    regimes = ["base", "grant", "fines", "punishment"]
    made = Comparison(regimes).service({"grant": 2, "fines": 2, "punishment": 2}, cost={"grant": 3.0, "fines": -0.7})
    total = made.effect({"grant": 3.0, "fines": -0.2, "punishment": 8.0})
    cost = np.full((len(total), 3), np.nan)
    for place, regime in enumerate(regimes[1:]):
        cost[made.of(regime), place] = total[made.of(regime)]
    made.axes["policy"] = np.array(regimes[1:], dtype=object)
    return made.measure("policy_cost", cost, "policy")


def test_what_is_used_up_is_a_cost_and_fines_are_no_saving(tmp_path):
    made = costly()
    cost = compared(made, tmp_path).cost
    assert cost.used.mean[1:, 0].tolist() == pytest.approx([0, 0.5, 8]) and cost.used.verdict[1, 0] == "same"
    gain = made.columns["system_contribution"][1]
    extra = (gain[made.of("punishment")] - gain[made.of("base")]).mean()
    assert cost.system[3, 0] == pytest.approx(8 / extra) and np.isnan(cost.system[2, 0]) and np.isnan(cost.pots[2, 0])


def test_welfare_less_public_money(tmp_path):
    made = costly()
    comparison = compared(made, tmp_path)
    cost, gained = comparison.cost, comparison.differences_in("welfare").mean[1, 0]
    assert cost.net.mean[1, 0] == pytest.approx(gained - 3) and cost.net.verdict[1, 0] == "lower"
    assert cost.welfare[1, 0] == pytest.approx(gained / 3) and np.isnan(cost.welfare[3, 0])
    assert cost.welfare_low[1, 0] < gained / 3 < cost.welfare_high[1, 0]

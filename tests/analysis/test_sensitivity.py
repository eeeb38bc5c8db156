"""Sobol indices and elementary effects against published values, and what is told about chance."""

import commonweal
import numpy as np
import pytest
from commonweal import DataError, design_of
from commonweal.sensitivity.estimate import Bootstrap, Question, analyze
from commonweal.sensitivity.outputs import Output, columns_of, numbers_per_run, outputs_of
from commonweal.sensitivity.points import check_complete, point_means, select_cell
from commonweal.sensitivity.rows import check_order, rows_of
from sweep_file import Sweep, continuous, finite, morris_sweep, saltelli_sweep

PI = np.pi
# Ishigami & Homma (1990), a = 7, b = 0.1; indices as in Saltelli et al. (2008), Global Sensitivity Analysis: The Primer.
ISHIGAMI_AXES = [continuous(f"game.x{i}", -PI, PI) for i in (1, 2, 3)]
ISHIGAMI_FIRST, ISHIGAMI_TOTAL, ISHIGAMI_PAIR = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437), (0.0, 0.2437, 0.0)
Z = 1.959964
STANDARD = Bootstrap()


def ishigami(sweep: Sweep) -> np.ndarray:
    one, two, three = (sweep.rows[f"game.x{i}"] for i in (1, 2, 3))
    return np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one)


def analysis_of(sweep: Sweep, folder, method: str, bootstrap: Bootstrap = STANDARD):
    with commonweal.open_results(sweep.write(folder / "sweep")) as results:
        design = design_of(results)
        rows = rows_of(results, design)
        check_order(results, design, rows)
        return analyze(results, rows, Output("mean_payoff"), Question(method, "sweep", "", design, bootstrap))


def within_four_errors(estimate, truth: float) -> bool:
    return abs(estimate.value - truth) < 4 * (estimate.high - estimate.value) / Z


def test_sobol_indices_of_the_ishigami_function(tmp_path):
    sweep = saltelli_sweep(ISHIGAMI_AXES, 2048, second_order=True)
    found = analysis_of(sweep.measure("mean_payoff", ishigami(sweep)), tmp_path, "sobol")
    assert all(within_four_errors(line.first, truth) for line, truth in zip(found.lines, ISHIGAMI_FIRST))
    assert all(within_four_errors(line.total, truth) for line, truth in zip(found.lines, ISHIGAMI_TOTAL))
    assert all(within_four_errors(pair.second, truth) for pair, truth in zip(found.pairs, ISHIGAMI_PAIR))
    assert [pair.axes for pair in found.pairs] == [("game.x1", "game.x2"), ("game.x1", "game.x3"), ("game.x2", "game.x3")]
    assert not within_four_errors(found.lines[2].total, 0.0) and not within_four_errors(found.lines[0].first, 0.4424)
    assert abs(found.mean - 3.5) < 0.05 and abs(found.deviation**2 - 13.8446) < 0.5


def test_interval_is_as_wide_as_estimates_scatter(tmp_path):
    """The stated standard error against that of 40 designs, whose points are independent rather than a sequence."""
    firsts, errors = [], []
    for seed in range(40):
        unit = np.random.default_rng(seed).random((128, 6))
        rows = np.concatenate([unit[:, None, :3], *(_mixed(unit, j) for j in range(3)), unit[:, None, 3:]], axis=1)
        points = {f"game.x{i + 1}": PI * (2 * rows.reshape(-1, 3)[:, i] - 1) for i in range(3)}
        sweep = Sweep({"kind": "saltelli", "points": 128, "axes": ISHIGAMI_AXES}, points)
        found = analysis_of(sweep.measure("mean_payoff", ishigami(sweep)), tmp_path, "sobol", bootstrap=Bootstrap(200))
        firsts.append(found.lines[0].first.value)
        errors.append((found.lines[0].first.high - found.lines[0].first.value) / Z)
    scatter = np.std(firsts, ddof=1)
    assert abs(np.mean(errors) - scatter) < 4 * scatter / np.sqrt(2 * 39)


def _mixed(unit: np.ndarray, axis: int) -> np.ndarray:
    return np.where(np.arange(3) == axis, unit[:, 3:], unit[:, :3])[:, None]


def test_finite_axes_are_known_by_their_place(tmp_path):
    """y = 3 [kind = c] + x, x of 1, 2, 4: variances 3^2 2/9 and 14/9."""
    axes = [finite("matching.kind", "a,b,c", 3), finite("game.x", "4,1,2", 3), continuous("game.y", 0.1, 10.0, "loguniform")]
    sweep = saltelli_sweep(axes, 4096)
    y = 3.0 * (sweep.rows["matching.kind"] == "c") + sweep.rows["game.x"]
    found = analysis_of(sweep.measure("mean_payoff", y), tmp_path, "sobol")
    truth = np.array([2, 14 / 9, 0]) / (2 + 14 / 9)
    assert [round(line.first.value, 2) for line in found.lines] == pytest.approx(truth, abs=0.02)
    assert found.lines[2].total.value == 0 and found.pairs == []


def morris_function(unit: np.ndarray) -> np.ndarray:
    """Morris (1991), Technometrics 33, 161-174, section 5: 20 inputs. The coefficients that he drew are drawn here too."""
    w = 2 * (unit - 0.5)
    curved = [2, 4, 6]
    w[:, curved] = 2 * (1.1 * unit[:, curved] / (unit[:, curved] + 0.1) - 0.5)
    random = np.random.default_rng(1991)
    linear, pairs = random.normal(size=20), np.triu(random.normal(size=(20, 20)), 1)
    linear[:10] = 20
    pairs[:6, :6] = np.triu(np.full((6, 6), -15.0), 1)
    y = w @ linear + np.einsum("ni,ij,nj->n", w, pairs, w)
    for i in range(5):
        for j in range(i + 1, 5):
            for k in range(j + 1, 5):
                y += -10 * w[:, i] * w[:, j] * w[:, k]
    return y + 5 * w[:, 0] * w[:, 1] * w[:, 2] * w[:, 3]


def test_elementary_effects_of_the_function_of_morris(tmp_path):
    """His finding: inputs 1 to 10 matter, of these 8 to 10 almost linearly, 1 to 7 by interaction or curvature."""
    sweep = morris_sweep([continuous(f"x{i}", 0.0, 1.0) for i in range(20)], 40)
    unit = np.stack([sweep.rows[f"x{i}"] for i in range(20)], axis=1)
    lines = analysis_of(sweep.measure("mean_payoff", morris_function(unit)), tmp_path, "morris").lines
    size, bend = np.array([line.mu_star.value for line in lines]), np.array([line.sigma for line in lines])
    assert size[:10].min() > 2 * size[10:].max()
    assert (bend / size)[:7].min() > 2 * (bend / size)[7:10].max()
    assert size[7:10] == pytest.approx(40, rel=0.1)


def test_elementary_effects_of_a_plane_are_its_slopes(tmp_path):
    axes = [continuous("a", 10.0, 20.0), continuous("b", 1.0, 100.0, "loguniform"), finite("c", "on,off", 2)]
    sweep = morris_sweep(axes, 6, levels=8)
    y = 0.3 * sweep.rows["a"] - 2.5 * np.log10(sweep.rows["b"]) + (sweep.rows["c"] == "on")
    one, two, three = analysis_of(sweep.measure("mean_payoff", y), tmp_path, "morris").lines
    step = 8 / 14  # of the range; the two values of c are one step apart
    assert [one.mu, two.mu, three.mu] == pytest.approx([3, -5, -1 / step])
    assert [one.mu_star.value, two.mu_star.value, three.mu_star.value] == pytest.approx([3, 5, 1 / step])
    assert [line.sigma for line in (one, two, three)] == pytest.approx([0, 0, 0], abs=1e-9)


@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_same_seed_same_interval_and_zero_is_a_seed(tmp_path, method):
    sweep = saltelli_sweep(ISHIGAMI_AXES, 64) if method == "sobol" else morris_sweep(ISHIGAMI_AXES, 16)
    sweep.measure("mean_payoff", ishigami(sweep))
    first, again, other = (
        analysis_of(sweep, tmp_path, method, bootstrap=Bootstrap(100, 0.95, seed)).lines for seed in (0, 0, 1)
    )
    assert first == again and first != other


def test_wider_confidence_wider_interval(tmp_path):
    sweep = saltelli_sweep(ISHIGAMI_AXES, 64)
    sweep.measure("mean_payoff", ishigami(sweep))
    half = [analysis_of(sweep, tmp_path, "sobol", bootstrap=Bootstrap(100, p)).lines[0].first for p in (0.95, 0.6827)]
    assert (half[0].high - half[0].value) / (half[1].high - half[1].value) == pytest.approx(Z, rel=1e-3)


def test_output_without_variance_has_no_sobol_index_but_elementary_effects_of_zero(tmp_path):
    constant = saltelli_sweep(ISHIGAMI_AXES, 8)
    with pytest.raises(DataError, match="mean_payoff is 0.1 at every point"):
        analysis_of(constant.measure("mean_payoff", np.full(40, 0.1)), tmp_path, "sobol")
    constant = morris_sweep(ISHIGAMI_AXES, 4)
    lines = analysis_of(constant.measure("mean_payoff", np.full(16, 0.1)), tmp_path, "morris").lines
    assert [line.mu_star.value for line in lines] == [0, 0, 0]


# One number per run


@pytest.fixture
def columns(tmp_path):
    """Two runs; the second run's condition b ends a round early."""
    sweep = Sweep({"kind": "grid", "axes": [finite("game.mpcr", "0.2,0.4", 2)]}, {"game.mpcr": [0.2, 0.4]})
    given = np.array([[[1, 2, 3], [10, 20, 30]], [[4, 5, 6], [40, 50, np.nan]]], dtype=float)
    sweep.axes["condition"] = np.array(["a", "b"], dtype=object)
    sweep.axes["strategy"] = np.array(["cooperator", "defector"], dtype=object)
    sweep.axes["round"] = np.array([0, 50, 100], dtype=np.int32)
    sweep.measure("mean_contribution", given, "condition", "condition_round")
    sweep.measure("share", np.arange(12.0).reshape(2, 3, 2), "round", "strategy")
    sweep.measure("tip_round", np.array([np.nan, 7.0]))
    sweep.measure("absorbed", np.array([0, -1], dtype=np.int32))
    with commonweal.open_results(sweep.write(tmp_path / "sweep")) as results:
        yield results


def number(results, column, chosen=None):
    (output,) = outputs_of(results, [column], chosen or {})
    return numbers_per_run(results, output).tolist()


def test_columns_become_one_number(columns):
    assert columns_of(columns) == ["mean_contribution", "share", "tip_round"]
    assert number(columns, "mean_contribution") == [11, 21]
    assert number(columns, "mean_contribution", {"condition": "b"}) == [20, 45]
    assert number(columns, "mean_contribution", {"condition": "b", "round": "last"}) == [30, 50]
    assert number(columns, "mean_contribution", {"condition": "b", "condition_round": "2"}) == [20, 50]
    assert number(columns, "mean_contribution", {"round": "last"}) == [16.5, 28]
    assert number(columns, "share", {"strategy": "defector"}) == [3, 9]
    assert number(columns, "share", {"strategy": "defector", "round": "50"}) == [3, 9]
    assert number(columns, "share", {"strategy": "defector", "round": "last"}) == [5, 11]
    assert np.isnan(number(columns, "tip_round")[0]) and number(columns, "tip_round")[1] == 7


def test_each_strategy_is_an_output_where_asked(columns):
    outputs = outputs_of(columns, ["share", "tip_round"], {"round": "last"}, each_strategy=True)
    assert [output.name for output in outputs] == ["share[last,cooperator]", "share[last,defector]", "tip_round"]


@pytest.mark.parametrize(
    ("column", "chosen", "words"),
    [
        ("mean_contributions", {}, "did you mean 'mean_contribution'"),
        ("game.mpcr", {}, "varies by design"),
        ("absorbed", {}, "not a measurement"),
        ("share", {}, "choose one with --strategy NAME; there are: cooperator, defector"),
        ("share", {"strategy": "loner"}, "no strategy 'loner' in the results; there are: cooperator, defector"),
        ("share", {"strategy": "defector", "round": "49"}, "no round '49' in the results; there are: 0, 50, 100"),
        ("mean_contribution", {"condition": "last"}, "have a last place"),
        ("tip_round", {"round": "last"}, "round=last chooses nothing: tip_round has no axis round"),
        ("tip_round", {"lag": "1"}, "has no axis lag"),
    ],
)
def test_impossible_choices_are_refused(columns, column, chosen, words):
    with pytest.raises(DataError, match=words):
        outputs_of(columns, [column], chosen)


# Points


def means_of(sweep: Sweep, folder):
    with commonweal.open_results(sweep.write(folder / "sweep")) as results:
        return point_means(results, design_of(results), results["mean_payoff"].values, "mean_payoff")


def noisy(points: int, instances: int, replicates: int, seed: int) -> Sweep:
    """Point effects of variance 4, luck of a replicate 9, of an instance at a point 1, and the rest 0.25."""
    random = np.random.default_rng(seed)
    sweep = Sweep({"kind": "lhs", "axes": [continuous("a", 0.0, 1.0)]}, {"a": random.random(points)}, instances, replicates)
    shape = (points, instances, replicates)
    y = random.normal(0, 2, (points, 1, 1)) + random.normal(0, 3, (1, instances, replicates))
    if instances > 1:
        y = y + random.normal(0, 1, (points, instances, 1))
    return sweep.measure("mean_payoff", (y + random.normal(0, 0.5, shape)).reshape(-1))


def test_chance_leaves_out_the_luck_that_all_points_share(tmp_path):
    found = means_of(noisy(400, 1, 8, seed=3), tmp_path)
    chance = found.chance
    truth, error = 0.25 / 8, 0.25 / 8 * np.sqrt(2 / (399 * 7))
    assert chance.paired and chance.unit == "replicate" and abs(chance.variance - truth) < 4 * error
    assert chance.share == pytest.approx(chance.variance / np.var(found.means, ddof=1))


def test_chance_with_other_replicates_at_each_point_is_all_of_it(tmp_path):
    sweep = noisy(400, 1, 8, seed=3)
    sweep.keep(np.delete(np.arange(3200), 5))
    chance = means_of(sweep, tmp_path).chance
    assert not chance.paired and 5 < chance.variance / (0.25 / 8) < 80


def test_several_networks_are_the_units_of_chance(tmp_path):
    chance = means_of(noisy(400, 4, 8, seed=3), tmp_path).chance
    truth = (1 + 0.25 / 8) / 4
    assert chance.unit == "instance" and abs(chance.variance - truth) < 4 * truth * np.sqrt(2 / (399 * 3))


def test_one_run_per_point_tells_nothing_about_chance(tmp_path):
    chance = means_of(noisy(10, 1, 1, seed=3), tmp_path).chance
    assert np.isnan(chance.variance) and np.isnan(chance.share)


@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_key_without_effect_lies_at_the_floor(tmp_path, method):
    """Noise of variance 4 / 4 replicates, independent between points; one axis moves the output, eleven do not."""
    axes = [continuous(f"x{i}", 0.0, 1.0) for i in range(12)]
    sweep = saltelli_sweep(axes, 256, replicates=4) if method == "sobol" else morris_sweep(axes, 60, replicates=4)
    noise = np.random.default_rng(8).normal(0, 2, len(sweep.rows["run"]))
    found = analysis_of(sweep.measure("mean_payoff", 5 * sweep.rows["x0"] + noise), tmp_path, method)
    idle = [line.total.value if method == "sobol" else line.mu_star.value for line in found.lines[1:]]
    assert np.mean(idle) == pytest.approx(found.floor, rel=0.1) and found.floor > 0.2


def test_failed_runs_and_missing_values_are_left_out_and_counted(tmp_path):
    sweep = Sweep({"kind": "lhs", "axes": [continuous("a", 0.0, 1.0)]}, {"a": [0.1, 0.2]}, replicates=3)
    sweep.measure("mean_payoff", np.array([1.0, 2, 6, 10, np.nan, 20])).fail([2])
    found = means_of(sweep, tmp_path)
    sweep.columns["mean_payoff"][1][2] = 6.0  # a value in a row that failed counts no more than none
    assert means_of(sweep, tmp_path).means.tolist() == [1.5, 15]
    assert found.means.tolist() == [1.5, 15] and found.runs.tolist() == [2, 2] and (found.failed, found.missing) == (1, 1)


def test_point_without_a_value_is_refused(tmp_path):
    sweep = Sweep({"kind": "lhs", "axes": [continuous("a", 0.0, 1.0)]}, {"a": [0.1, 0.2]}, replicates=2)
    with pytest.raises(DataError, match=r"no run of point 1 has a value of mean_payoff \(1 of 2 points\)"):
        means_of(sweep.measure("mean_payoff", np.array([1.0, 2, np.nan, np.nan])), tmp_path)


# Completeness and order


def refused(sweep: Sweep, folder, regime=None, world=None):
    """Message and exit code of what is refused, or None."""
    with commonweal.open_results(sweep.write(folder / "sweep")) as results:
        try:
            design = design_of(results)
            cell = select_cell(results, design, regime, world)
            check_complete(cell, design)
            check_order(cell, design, rows_of(cell, design))
        except commonweal.AnalysisError as error:
            return str(error), error.exit_code
    return None


def small(**counts) -> Sweep:
    return saltelli_sweep(ISHIGAMI_AXES, 8, **counts).measure("mean_payoff", np.arange(40.0))


def test_complete_sweep_is_taken_in_any_order_of_its_runs(tmp_path):
    assert refused(small(replicates=4), tmp_path) is None
    sweep = small(replicates=4)
    assert refused(sweep.keep(np.random.default_rng(4).permutation(160)), tmp_path) is None


@pytest.mark.parametrize("gone", [[0], [159], [7], list(range(12, 16)), list(range(4, 160))])
def test_missing_runs_are_incomplete(tmp_path, gone):
    message, code = refused(small(replicates=4).keep(np.delete(np.arange(160), gone)), tmp_path)
    assert code == 4 and "have not the 4 runs that the design asks for" in message and "commonweal merge" in message
    assert f"first of them point {gone[0] // 4}," in message


def test_point_whose_runs_all_failed_is_incomplete(tmp_path):
    assert refused(small(replicates=4).fail([8, 9, 10]), tmp_path) is None
    message, code = refused(small(replicates=4).fail([8, 9, 10, 11]), tmp_path)
    assert code == 4 and "point 2, have no run that is done" in message


@pytest.mark.parametrize(("left", "complete"), [(16, True), (32, True), (48, True), (15, False), (24, False), (40, False)])
def test_replicates_until_are_judged_by_blocks(tmp_path, left, complete):
    sweep = small(replicates=48)
    del sweep.design["replicates"]
    sweep.design |= {"max_replicates": 48, "until": ["ci(mean_payoff) < 1"]}
    gone = (sweep.rows["point"] == 3) & (sweep.rows["replicate"] >= left)
    found = refused(sweep.keep(np.flatnonzero(~gone)), tmp_path)
    assert found is None if complete else (found[1] == 4 and "have not 16, 32, 64, ... or 48 runs on each instance" in found[0])


def test_sweep_that_is_still_to_be_judged_is_refused(tmp_path):
    sweep = small(replicates=32)
    del sweep.design["replicates"]
    sweep.design |= {"max_replicates": 64, "until": ["ci(mean_payoff) < 1"]}
    assert refused(sweep, tmp_path) is None
    sweep.complete = False
    message, code = refused(sweep, tmp_path)
    assert code == 4 and "still to be judged" in message


def test_instances_of_a_point_have_equal_replicates_until_it_is_judged(tmp_path):
    sweep = small(instances=2, replicates=32)
    del sweep.design["replicates"]
    sweep.design |= {"max_replicates": 32, "until": ["ci(mean_payoff) < 1"]}
    first_half, point = sweep.rows["replicate"] < 16, sweep.rows["point"] == 3
    kept = first_half | ~point
    assert refused(sweep.keep(np.flatnonzero(kept)), tmp_path) is None
    kept = ~((sweep.rows["point"] == 5) & (sweep.rows["instance"] == 1) & (sweep.rows["replicate"] >= 16))
    assert refused(sweep.keep(np.flatnonzero(kept)), tmp_path)[1] == 4


def test_runs_that_contradict_the_design_are_refused(tmp_path):
    sweep = small(replicates=2)
    sweep.rows["replicate"][1] = 0
    assert refused(sweep, tmp_path)[1] == 2
    sweep = small()
    sweep.rows["point"][-1] = 40
    assert "a run of point 40; the design has the points 0 .. 39" in refused(sweep, tmp_path)[0]


@pytest.mark.parametrize("second_order", [False, True])
@pytest.mark.parametrize("swapped", [(0, 1), (1, 2), (4, 5), (5, 13), (0, 39)])
def test_reordered_points_of_a_saltelli_design_are_noticed(tmp_path, second_order, swapped):
    sweep = saltelli_sweep(ISHIGAMI_AXES, 8, second_order, replicates=2)
    assert refused(sweep, tmp_path) is None
    new = np.arange(len(sweep.rows["point"]) // 2)
    new[list(swapped)] = swapped[::-1]
    sweep.rows["point"] = new[sweep.rows["point"]]
    message, code = refused(sweep, tmp_path)
    assert code == 2 and "reordered or changed after the sweep" in message


@pytest.mark.parametrize("swapped", [(0, 1), (1, 2), (3, 4), (2, 9)])
def test_reordered_points_of_a_morris_design_are_noticed(tmp_path, swapped):
    sweep = morris_sweep([continuous("a", 0.0, 1.0), continuous("b", 0.0, 1.0), finite("c", "x,y,z", 3)], 5)
    assert refused(sweep, tmp_path) is None
    new = np.arange(20)
    new[list(swapped)] = swapped[::-1]
    sweep.rows["point"] = new[sweep.rows["point"]]
    message, code = refused(sweep, tmp_path)
    assert code == 2 and "reordered or changed after the sweep" in message


def test_no_axis_changes_twice_in_a_trajectory(tmp_path):
    points = {"a": [0.0, 1.0, 0.0] * 2, "b": [0.0, 0.0, 0.0] * 2}
    axes = [continuous("a", 0.0, 1.0), continuous("b", 0.0, 1.0)]
    message, code = refused(Sweep({"kind": "morris", "trajectories": 2, "levels": 4, "axes": axes}, points), tmp_path)
    assert code == 2 and "point 0" in message


def test_two_axes_cannot_change_in_one_step(tmp_path):
    points = {"a": [0.0, 1.0, 1.0] * 2, "b": [0.0, 1.0, 1.0] * 2}
    axes = [continuous("a", 0.0, 1.0), continuous("b", 0.0, 1.0)]
    message, code = refused(Sweep({"kind": "morris", "trajectories": 2, "levels": 4, "axes": axes}, points), tmp_path)
    assert code == 2 and "point 1" in message


def test_values_that_differ_within_a_point_or_leave_the_axis_are_noticed(tmp_path):
    sweep = small(replicates=2)
    sweep.rows["game.x2"][7] += 0.1
    assert "run 7 of point 3 has game.x2" in refused(sweep, tmp_path)[0]
    sweep = small()
    sweep.design["axes"][0] = continuous("game.x1", 0.0, PI)
    assert "the design has uniform(0.0," in refused(sweep, tmp_path)[0]


def test_regimes_and_worlds_are_chosen(tmp_path):
    design = {"kind": "lhs", "axes": [continuous("a", 0.0, 1.0)], "regimes": ["base", "audit"], "worlds": ["dry", "wet"]}
    sweep = Sweep(design, {"a": [0.1, 0.2, 0.3]}, replicates=2)
    assert refused(sweep, tmp_path, "audit", "wet") is None
    assert "2 regimes; choose one with --regime NAME; there are: base, audit" in refused(sweep, tmp_path, None, "wet")[0]
    assert "2 worlds; choose one with --world NAME" in refused(sweep, tmp_path, "base")[0]
    assert "no world 'cold'; there are: dry, wet" in refused(sweep, tmp_path, "base", "cold")[0]
    half = Sweep(design, {"a": [0.1, 0.2, 0.3]}, replicates=2)
    half.keep(np.flatnonzero((half.rows["regime"] == "base") | (half.rows["replicate"] == 0)))
    assert refused(half, tmp_path, "base", "dry") is None and refused(half, tmp_path, "audit", "dry")[1] == 4

"""What a results file says of its sweep, and results by what was varied."""

import commonweal
import numpy as np
import pytest
from commonweal import Axis, DataError, Design, design_of, unstacked
from commonweal.axis_values import items, places
from results_file import write_results
from sweep_file import Sweep, continuous, finite

GRID = {
    "kind": "grid",
    "axes": [finite("game.mpcr", "0.8,0.2", 2), finite("matching.kind", "strangers,partners,'a, b'", 3)],
    "regimes": ["base", "audit"],
}
MPCR = np.repeat([0.8, 0.2], 3)
KIND = np.tile(np.array(["strangers", "partners", "a, b"], dtype=object), 2)


def grid_sweep(**counts) -> Sweep:
    sweep = Sweep(GRID, {"game.mpcr": MPCR, "matching.kind": KIND}, **counts)
    runs = len(sweep.rows["run"])
    sweep.measure("mean_payoff", np.arange(float(runs)))
    sweep.measure("adopters", np.arange(runs * 2.0).reshape(runs, 2), "round")
    sweep.measure("absorbed", np.arange(runs, dtype=np.int32))
    return sweep


def opened(sweep: Sweep, folder):
    return commonweal.open_results(sweep.write(folder / "sweep"))


def test_design_is_read(tmp_path):
    axes = [continuous("game.mpcr", 0.2, 0.9), continuous("update.strength", 0.1, 10.0, "loguniform"), finite("x", "1,2", 2)]
    said = {"kind": "saltelli", "points": 2, "second_order": False, "seed": 7, "axes": axes, "worlds": ["dry"]}
    points = {"game.mpcr": np.full(10, 0.5), "update.strength": np.full(10, 1.0), "x": np.full(10, 2)}
    with opened(Sweep(said, points, instances=2, replicates=3), tmp_path) as results:
        assert design_of(results) == Design(
            kind="saltelli",
            size=10,
            axes=(
                Axis("game.mpcr", "uniform(0.2,0.9)", 0.2, 0.9),
                Axis("update.strength", "loguniform(0.1,10.0)", 0.1, 10.0),
                Axis("x", "1,2", count=2),
            ),
            worlds=("dry",),
            instances=2,
            replicates=3,
            points=2,
            seed=7,
        )
    assert [axis.continuous for axis in design_of(results).axes] == [True, True, False]
    assert [axis.logarithmic for axis in design_of(results).axes] == [False, True, False]


def test_results_of_one_scenario_have_no_design(tmp_path):
    with (
        commonweal.open_results(write_results(tmp_path / "x.h5", {}, ["basic"])) as results,
        pytest.raises(DataError, match="not the results of a sweep"),
    ):
        design_of(results)


@pytest.mark.parametrize(
    ("text", "words"),
    [("{", "not understood"), ("[]", "not understood"), ('{"kind": "star", "size": 1, "axes": []}', "must be one of grid")],
)
def test_design_that_is_not_understood_is_refused(tmp_path, text, words):
    path = write_results(tmp_path / "x.h5", {}, ["basic"], design=text)
    with commonweal.open_results(path) as results, pytest.raises(DataError, match=words):
        design_of(results)


@pytest.mark.parametrize(
    ("values", "count", "column", "expected"),
    [
        ("0.2,0.4,1", 3, [1.0, 0.2, 0.4], [2, 0, 1]),
        ("partners,strangers,'a, b'", 3, ["a, b", "partners"], [2, 0]),
        ("true,false", 2, [0, 1, 1], [1, 0, 0]),
        ('1,"one, two"', 2, ["1", "one, two"], [0, 1]),
        ("range(0,1,0.1)", 10, [0.3, 0.9, 0.0], [3, 9, 0]),
        ("range(5,1,-2)", 2, [3, 5], [1, 0]),
        ("linspace(0.2,0.8,7)", 7, [0.8, 0.2, 0.5], [6, 0, 3]),
        ("linspace(3,3,1)", 1, [3], [0]),
        ("logspace(0.01,100,5)", 5, [100.0, 0.1, 0.01], [4, 1, 0]),
        ("integers(1,9000000000000000)", 9000000000000000, [1, 9000000000000000.0], [0, 8999999999999999]),
    ],
)
def test_places_of_values(values, count, column, expected):
    column = np.array(column, dtype=object if isinstance(column[0], str) else None)
    assert places(Axis("x", values, count=count), column).tolist() == expected


@pytest.mark.parametrize(
    ("values", "count", "stranger"),
    [("0.2,0.4", 2, 0.3), ("a,b", 2, "c"), ("range(0,1,0.1)", 10, 1.0), ("linspace(0,1,3)", 3, 0.25), ("integers(1,3)", 3, 0)],
)
def test_value_that_is_none_is_refused(values, count, stranger):
    with pytest.raises(DataError, match=f"x is {stranger}, which is none of its values"):
        places(Axis("x", values, count=count), np.array([stranger], dtype=object if isinstance(stranger, str) else None))


def test_items_keep_quotes_and_brackets_together():
    assert items('1, \'a, b\',"c\\", d",[1, 2]') == ["1", "'a, b'", '"c\\", d"', "[1, 2]"]


def test_grid_has_a_dimension_for_each_key_in_the_order_of_its_values(tmp_path):
    sweep = grid_sweep(instances=2, replicates=3)
    order = np.random.default_rng(1).permutation(len(sweep.rows["run"]))
    with opened(sweep.keep(order), tmp_path) as results:
        grid = unstacked(results)
        assert list(grid.mean_payoff.dims) == ["game.mpcr", "matching.kind", "regime", "instance", "replicate"]
        assert grid["game.mpcr"].values.tolist() == [0.8, 0.2]
        assert grid["matching.kind"].values.tolist() == ["strangers", "partners", "a, b"]
        assert grid.adopters.dims[-1] == "round" and grid.absorbed.dtype == np.int32
        for run in range(results.sizes["run"]):
            one = results.isel(run=run)
            names = ("game.mpcr", "matching.kind", "regime", "instance", "replicate")
            there = grid.sel({name: one[name].item() for name in names})
            assert there.mean_payoff.item() == one.mean_payoff.item()
            assert there.adopters.values.tolist() == one.adopters.values.tolist()
            assert there.absorbed.item() == one.absorbed.item()
    assert grid.mean_payoff.attrs["units"] == "tokens" and grid.attrs["version"] == "0"


def test_missing_and_failed_runs_are_missing_places(tmp_path):
    sweep = grid_sweep(replicates=2).fail([3]).keep(np.delete(np.arange(24), 5))
    with opened(sweep, tmp_path) as results:
        grid = unstacked(results)
    assert np.isnan(grid.mean_payoff).sum() == 2 and np.isnan(grid.adopters).sum() == 4
    assert grid.absorbed.dtype == float and np.isnan(grid.absorbed).sum() == 2
    assert np.nansum(grid.mean_payoff) == np.arange(24).sum() - 3 - 5


def test_other_designs_keep_points_with_their_values_beside(tmp_path):
    axes = [continuous("game.mpcr", 0.0, 1.0)]
    sweep = Sweep({"kind": "lhs", "points": 3, "axes": axes}, {"game.mpcr": [0.5, 0.1, 0.9]}, replicates=2)
    with opened(sweep.measure("mean_payoff", np.arange(6.0)), tmp_path) as results:
        table = unstacked(results)
    assert list(table.mean_payoff.dims) == ["point", "instance", "replicate"]
    assert table["game.mpcr"].dims == ("point",) and table["game.mpcr"].values.tolist() == [0.5, 0.1, 0.9]
    assert table.mean_payoff.sel(point=1).values.tolist() == [[2, 3]]


def test_two_runs_in_one_place_are_refused(tmp_path):
    sweep = grid_sweep(replicates=2).keep(np.r_[np.arange(24)])
    sweep.rows["replicate"][1] = 0
    with opened(sweep, tmp_path) as results, pytest.raises(DataError, match="runs 0 and 1 have the same game.mpcr"):
        unstacked(results)

"""Opening results files."""

import commonweal
import numpy as np
import pytest
from commonweal import ResultsError
from perfect_strangers import session_groups
from results_file import laboratory_variables, write_results
from sweep_file import Sweep, finite


@pytest.fixture
def results(tmp_path):
    groups = session_groups(2)
    contribution = np.arange(3 * 6 * 48).reshape(3, 6, 48) % 21
    variables = laboratory_variables(
        contribution, np.broadcast_to(groups, contribution.shape), np.repeat([0, 1], 24), np.zeros((6, 48))
    )
    return write_results(tmp_path / "results.h5", variables, ["basic"], subjects="synthetic: two sessions", version="0.1.0")


def test_opens_with_axes_and_provenance(results):
    with commonweal.open_results(results) as dataset:
        assert dict(dataset.sizes) == {"run": 3, "round": 6, "agent": 48, "condition": 1}
        assert dataset.condition.values.tolist() == ["basic"]
        assert dataset.contribution.attrs["units"] == "tokens"
        assert dataset.attrs["subjects"] == "synthetic: two sessions"
        assert dataset.attrs["format_version"] == 1 and "[session]" in dataset.attrs["configuration"]
        assert dataset.contribution.values[2, 5, 47] == (3 * 6 * 48 - 1) % 21


def test_file_is_also_netcdf4(results):
    import xarray

    with xarray.open_dataset(results, engine="netcdf4") as dataset:
        assert dataset.sizes["agent"] == 48


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (None, 74, "no such file"),
        (b"", 74, "not an HDF5 file"),
        (b"idsess,period\n1,1\n", 74, "not an HDF5 file"),
        (b"\x89HDF\r\n\x1a\n" + b"\0" * 50, 74, "damaged or truncated"),
    ],
)
def test_unreadable_files_are_refused_with_74(tmp_path, content, code, words):
    path = tmp_path / "x.h5"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ResultsError, match=words) as refusal:
        commonweal.open_results(path)
    assert refusal.value.exit_code == code and str(path) in str(refusal.value)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95, 0.999])
def test_truncated_file_is_refused(results, share):
    content = results.read_bytes()
    results.write_bytes(content[: int(share * len(content))])
    with pytest.raises(ResultsError, match="damaged or truncated") as refusal:
        commonweal.open_results(results)
    assert refusal.value.exit_code == 74


def test_folder_of_a_sweep_is_opened_and_a_run_that_failed_kept_or_dropped(tmp_path):
    sweep = Sweep({"kind": "grid", "axes": [finite("game.mpcr", "0.2,0.4", 2)]}, {"game.mpcr": [0.2, 0.4]}, replicates=3)
    sweep.measure("mean_payoff", np.arange(6.0)).fail([4])
    with commonweal.open_results(sweep.write(tmp_path / "sweep")) as results:
        assert results.sizes["run"] == 6 and np.isnan(results.mean_payoff.values[4])
        assert results["game.mpcr"].values.tolist() == [0.2] * 3 + [0.4] * 3
        assert commonweal.done_runs(results).mean_payoff.values.tolist() == [0, 1, 2, 3, 5]
    with commonweal.open_results(tmp_path / "sweep" / "results.h5", drop_failed=True) as results:
        assert results.run.values.tolist() == [0, 1, 2, 3, 5]


def test_results_without_status_have_no_run_to_drop(results):
    with commonweal.open_results(results, drop_failed=True) as dataset:
        assert dataset.sizes["run"] == 3


@pytest.mark.parametrize("part", ["manifest.json", "shards"])
def test_sweep_without_results_says_what_builds_them(tmp_path, part):
    (tmp_path / part).mkdir()
    with pytest.raises(ResultsError, match=f"`commonweal merge {tmp_path}` builds it") as refusal:
        commonweal.open_results(tmp_path)
    assert refusal.value.exit_code == 74


def test_other_folder_is_refused(tmp_path):
    with pytest.raises(ResultsError, match="not that of a sweep") as refusal:
        commonweal.open_results(tmp_path)
    assert refusal.value.exit_code == 74 and "merge" not in str(refusal.value)


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({"format": "something-else"}, "must be 'commonweal-results'"),
        ({"format_version": np.int32(2)}, "newer than this package"),
        ({"format_version": np.int32(0)}, "does not exist"),
        ({"format_version": "one"}, "must be an integer"),
    ],
)
def test_other_formats_are_refused_with_2(tmp_path, attributes, words):
    path = write_results(tmp_path / "x.h5", {}, ["basic"], **attributes)
    with pytest.raises(ResultsError, match=words) as refusal:
        commonweal.open_results(path)
    assert refusal.value.exit_code == 2


def test_foreign_hdf5_is_refused(tmp_path):
    import h5py

    with h5py.File(tmp_path / "x.h5", "w") as file:
        file["data"] = [1, 2]
    with pytest.raises(ResultsError, match="no attribute `format`"):
        commonweal.open_results(tmp_path / "x.h5")

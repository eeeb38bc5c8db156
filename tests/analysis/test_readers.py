"""Results files as other programs read them: all see the same names, axes, types, values, gaps and texts."""

from __future__ import annotations

import csv
import math
import os
import re
import shutil
import subprocess
from pathlib import Path

import h5py
import numpy as np
import pytest
import xarray as xr

R_SCRIPT = Path(__file__).resolve().parents[1] / "readers" / "read_results.R"
CDL_TYPES = {"byte": "int8", "int": "int32", "float": "float32", "double": "float64", "string": "object"}
# Behind the program's name, and before -o.
RUN = [
    "run",
    "fowler_christakis_2010",
    "replicates=4",
    "record.agents=true",
    "record.cascade=true",
    "counterfactual.replicates=2",
]
SWEEP = ["sweep", *RUN[1:], "game.mpcr=0.3,0.4"]


def lacks(what: str) -> None:
    """Skips the test of a reader that is not installed. COMMONWEAL_REQUIRE_READERS=1 makes that a failure."""
    text = f"{what} is not installed (scripts/setup.sh --with-readers)"
    if os.environ.get("COMMONWEAL_REQUIRE_READERS") == "1":
        pytest.fail(text)
    pytest.skip(text)


def output_of(*words: str | Path) -> str:
    return subprocess.run(words, check=True, capture_output=True, text=True, encoding="utf-8", timeout=120).stdout


def through_h5py(path: Path) -> dict[str, np.ndarray]:
    """What every other reader is compared with: variables by their names with group, texts as str."""
    found = {}

    def visit(name: str, item) -> None:
        if isinstance(item, h5py.Dataset):
            found[name] = item.asstr()[()] if h5py.check_string_dtype(item.dtype) else item[()]

    with h5py.File(path) as file:
        file.visititems(visit)
    return found


def groups_of(path: Path) -> list[str]:
    return sorted({name.rpartition("/")[0] for name in through_h5py(path)})


def through_xarray(path: Path, engine: str) -> dict[str, np.ndarray]:
    found = {}
    for group in groups_of(path):
        with xr.open_dataset(path, engine=engine, group=group or None) as data:
            for name, variable in data.variables.items():
                values = variable.values
                # xarray makes the texts of a coordinate texts of one length.
                found[f"{group}/{name}".lstrip("/")] = values.astype(object) if values.dtype.kind == "U" else values
    return found


def through_h5netcdf(path: Path) -> dict[str, np.ndarray]:
    return through_xarray(path, "h5netcdf")


def through_netcdf4(path: Path) -> dict[str, np.ndarray]:
    if "netcdf4" not in xr.backends.list_engines():
        lacks("netCDF4")
    return through_xarray(path, "netcdf4")


def values_of(text: str, kind: str) -> np.ndarray:
    """The values behind `name =` in CDL. What ncdump takes for missing is `_`: no number may be, and of texts the empty
    one is."""
    if kind == "object":
        texts = re.findall(r'"((?:[^"\\]|\\.)*)"|_', text)
        return np.array([re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), one) for one in texts], object)
    return np.array([float(word.replace("NaNf", "NaN")) for word in text.split(",")]).astype(kind)


def through_ncdump(path: Path) -> dict[str, np.ndarray]:
    if not shutil.which("ncdump"):
        lacks("ncdump")
    found, lengths, types, group = {}, {}, {}, ""
    # Line breaks inside texts are escaped, so these are those of CDL. Groups of results files have no groups.
    for statement in re.split(r";\n|\{\n", output_of("ncdump", "-p", "9,17", path)):
        statement = re.sub(r"//.*\n", "", statement).strip().removeprefix("}").strip()
        if start := re.search(r"group: (\w+)$", statement):
            group = start[1] + "/"
        elif (data := re.fullmatch(r"(?:data:\s*)?([\w.]+) =\s(.*)", statement, re.DOTALL)) and group + data[1] in types:
            kind, shape = types[group + data[1]]
            found[group + data[1]] = values_of(data[2], kind).reshape(shape)
        elif length := re.fullmatch(r"(?:dimensions:\s*)?([\w.]+) = (\d+)", statement):
            lengths[length[1]] = int(length[2])
        elif declared := re.fullmatch(r"(?:variables:\s*)?(\w+) ([\w.]+)\(([\w., ]+)\)", statement):
            types[group + declared[2]] = (CDL_TYPES[declared[1]], [lengths[one] for one in declared[3].split(", ")])
    assert found.keys() == types.keys()
    return found


def through_r(path: Path, package: str) -> dict[str, dict[str, str]]:
    """What read_results.R says of each variable."""
    if not shutil.which("Rscript"):
        lacks("R")
    if subprocess.run(["Rscript", "-e", f"library({package})"], capture_output=True, check=False).returncode != 0:
        lacks(f"R's {package}")
    return {row["name"]: row for row in csv.DictReader(output_of("Rscript", R_SCRIPT, path, package).splitlines())}


def same_values(read: dict[str, np.ndarray], reference: dict[str, np.ndarray]) -> None:
    assert read.keys() == reference.keys()
    for name, values in reference.items():
        assert read[name].dtype == values.dtype, name
        np.testing.assert_array_equal(read[name], values, err_msg=name)


def same_sums(rows: dict[str, dict[str, str]], reference: dict[str, np.ndarray]) -> None:
    assert {name for name in rows if not name.startswith("@")} == reference.keys()
    for name, values in reference.items():
        row, flat = rows[name], values.ravel()
        assert row["dims"] == "x".join(map(str, values.shape)), name
        if values.dtype == object:
            assert (row["texts"], row["missing"]) == ("|".join(flat), "0"), name
            continue
        there = ~np.isnan(flat)
        assert int(row["missing"]) == np.count_nonzero(~there), name
        x, position = flat[there].astype(float), np.flatnonzero(there) % 1009
        assert float(row["sum"]) == pytest.approx(math.fsum(x), rel=1e-12, abs=1e-12), name
        assert float(row["ordered"]) == pytest.approx(math.fsum(x * position), rel=1e-12, abs=1e-12), name


READERS = {
    "xarray (h5netcdf)": (through_h5netcdf, same_values),
    "xarray (netCDF4)": (through_netcdf4, same_values),
    "ncdump": (through_ncdump, same_values),
    "R rhdf5": (lambda path: through_r(path, "rhdf5"), same_sums),
    "R ncdf4": (lambda path: through_r(path, "ncdf4"), same_sums),
}


@pytest.fixture(scope="module", params=["run", "sweep"])
def results(request, real_binary, tmp_path_factory) -> Path:
    """With numbers of each type, missing values and texts."""
    folder = tmp_path_factory.mktemp(request.param)
    path = folder / "out" / "results.h5"
    if request.param == "run":
        path.parent.mkdir()
        command = [*RUN, "-o", path]
    else:
        command = [*SWEEP, "-o", path.parent]
    subprocess.run([real_binary, *command], check=True, capture_output=True)
    return path


def test_file_holds_what_readers_might_stumble_over(results):
    reference = through_h5py(results)
    kinds = {values.dtype.name for values in reference.values()}
    assert kinds == set(CDL_TYPES.values())
    assert np.isnan(reference["causal_effect"]).any() and reference["contribution"].dtype == np.int8
    assert reference["contribution"].shape in {(4, 12, 240), (8, 12, 240)}


@pytest.mark.parametrize("reader", READERS)
def test_reader_sees_what_h5py_sees(results, reader):
    read, same = READERS[reader]
    same(read(results), through_h5py(results))


@pytest.mark.parametrize("reader", READERS)
def test_reader_sees_that_two_values_changed_places(results, tmp_path, reader):
    read, same = READERS[reader]
    changed = shutil.copy(results, tmp_path / "changed.h5")
    with h5py.File(changed, "r+") as file:
        rounds = file["contribution"][0]
        assert (rounds[0] != rounds[1]).any()
        file["contribution"][0] = rounds[[1, 0, *range(2, len(rounds))]]
    with pytest.raises(AssertionError, match="contribution"):
        same(read(Path(changed)), through_h5py(results))


@pytest.mark.parametrize("package", ["rhdf5", "ncdf4"])
def test_r_reads_the_attributes_of_the_file(results, package):
    rows = through_r(results, package)
    assert rows["@format"]["texts"] == "commonweal-results" and rows["@format_version"]["sum"] == "1"
    assert rows["@title"]["texts"] == "Fowler & Christakis (2010): cooperative behavior cascades"

"""Opening the results of the simulator: a file, or the folder of a sweep. The format: docs/reference/results_file.md."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .errors import INPUT_OUTPUT, ResultsError

if TYPE_CHECKING:
    import xarray

FORMAT = "commonweal-results"
FORMAT_VERSION = 1
HDF5_SIGNATURE = b"\x89HDF\r\n\x1a\n"
STORE_PARTS = ("manifest.json", "journal", "shards")
DONE = 0


def open_results(path: str | Path, *, drop_failed: bool = False) -> xarray.Dataset:
    """The results as an xarray.Dataset; arrays are read when they are first used.

    path: a results file, or the folder of a sweep, which has one. drop_failed: leave out runs that failed, which else are
    rows of missing values with `status` 1.
    The attributes of the dataset are the root attributes and those of the group `/provenance`: `title`, `format_version`,
    `configuration` (TOML text), `version`, `commit`, `subjects`, `citation`; of a sweep also `design` (see `design_of`).
    Close it with `.close()` or `with`.
    Raises ResultsError if the file is missing, not HDF5, damaged or truncated (exit code 74), of another format, or of a
    format version that this package does not know (exit code 2).
    """
    import xarray

    path = results_path(path)
    _check_signature(path)
    provenance = _read_provenance(path)
    try:
        dataset = xarray.open_dataset(path, engine="h5netcdf", decode_times=False)
    except (OSError, RuntimeError, KeyError, ValueError) as error:
        raise ResultsError(f"{path}: damaged results file: {error}", INPUT_OUTPUT) from error
    dataset = dataset.assign_attrs(provenance)
    return done_runs(dataset) if drop_failed else dataset


def done_runs(results: xarray.Dataset) -> xarray.Dataset:
    """The results without the runs that failed; all of them where the file does not tell (`status`)."""
    if "status" not in results:
        return results
    return results.isel(run=results["status"].values == DONE)


def results_path(path: str | Path) -> Path:
    """The results file itself: `path`, or DIR/results.h5 of the folder of a sweep.

    Raises ResultsError for a folder without one: exit code 74, with what builds it if it is the folder of a sweep.
    """
    path = Path(path)
    if not path.is_dir() or (path / "results.h5").is_file():
        return path / "results.h5" if path.is_dir() else path
    if any((path / part).exists() for part in STORE_PARTS):
        raise ResultsError(
            f"{path}: the sweep has no results.h5 yet; `commonweal merge {path}` builds it from the runs that are there",
            INPUT_OUTPUT,
        )
    raise ResultsError(f"{path}: a folder without results.h5, and not that of a sweep (no manifest.json)", INPUT_OUTPUT)


def is_hdf5(path: str | Path) -> bool:
    """Whether the file begins with the HDF5 signature. Raises ResultsError if it cannot be read at all."""
    return _first_bytes(Path(path)) == HDF5_SIGNATURE


def _first_bytes(path: Path) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(len(HDF5_SIGNATURE))
    except FileNotFoundError:
        raise ResultsError(f"{path}: no such file", INPUT_OUTPUT) from None
    except OSError as error:
        raise ResultsError(f"{path}: cannot be read: {error.strerror or error}", INPUT_OUTPUT) from error


def _check_signature(path: Path) -> None:
    if not is_hdf5(path):
        raise ResultsError(f"{path}: not an HDF5 file (its first bytes are not the HDF5 signature)", INPUT_OUTPUT)


def _read_provenance(path: Path) -> dict[str, str]:
    """Attributes of `/provenance`, after checking that the root declares a format this package reads."""
    import h5py

    try:
        with h5py.File(path, "r") as file:
            _check_format(path, file.attrs.get("format"), file.attrs.get("format_version"))
            group = file.get("provenance")
            return {} if group is None else {name: _text(value) for name, value in group.attrs.items()}
    except (OSError, RuntimeError, KeyError) as error:
        raise ResultsError(f"{path}: damaged or truncated HDF5 file: {error}", INPUT_OUTPUT) from error


def _check_format(path: Path, kind: object, version: object) -> None:
    if kind is None:
        raise ResultsError(f"{path}: an HDF5 file, but not results of commonweal (no attribute `format`)")
    if _text(kind) != FORMAT:
        raise ResultsError(f"{path}: format is {_text(kind)!r}; it must be {FORMAT!r}")
    try:
        number = int(version)  # type: ignore[call-overload]
    except (TypeError, ValueError):
        raise ResultsError(f"{path}: format_version is {version!r}; it must be an integer") from None
    if number > FORMAT_VERSION:
        raise ResultsError(
            f"{path}: format version {number} is newer than this package, which reads up to {FORMAT_VERSION}; update commonweal"
        )
    if number < 1:
        raise ResultsError(f"{path}: format version {number} does not exist; the first is 1")


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)

"""Writes the results of a sweep in the format of docs/reference/results_file.md, for tests that have no simulator."""

from __future__ import annotations

import json
from pathlib import Path

import h5py
import numpy as np

TEXT = h5py.string_dtype("utf-8")


class Sweep:
    """The runs of a sweep and what they measured. Change `rows` and `columns`, then `write`.

    points: key -> [point], values of the axes. Runs lie point by point, then regime, then instance, then replicate.
    """

    complete = True
    configuration = "[session]\n"

    def __init__(self, design: dict, points: dict[str, np.ndarray], instances: int = 1, replicates: int = 1):
        size = len(next(iter(points.values())))
        regimes, worlds = design.get("regimes", []), design.get("worlds", [])
        self.design = {"regimes": [], "worlds": [], "instances": instances, "replicates": replicates} | design | {"size": size}
        place = np.indices((max(len(worlds), 1), max(len(regimes), 1), size, instances, replicates)).reshape(5, -1)
        self.rows: dict[str, np.ndarray] = {
            "run": np.arange(place.shape[1]),
            "point": place[2],
            "instance": place[3],
            "replicate": place[4],
            "status": np.zeros(place.shape[1], dtype=np.int8),
        }
        for name, names, which in (("regime", regimes, place[1]), ("world", worlds, place[0])):
            if names:
                self.rows[name] = np.array(names, dtype=object)[which]
        self.rows |= {key: np.asarray(values)[place[2]] for key, values in points.items()}
        self.axes: dict[str, np.ndarray] = {}
        self.columns: dict[str, tuple[tuple[str, ...], np.ndarray]] = {}

    def measure(self, name: str, values: np.ndarray, *axes: str) -> Sweep:
        """values: [run, axes...]; a [point] array is given to every run of the point."""
        values = np.asarray(values)
        if len(values) != len(self.rows["run"]):
            values = values[self.rows["point"]]
        self.columns[name] = (axes, values)
        for axis, length in zip(axes, values.shape[1:]):
            self.axes.setdefault(axis, np.arange(1, length + 1, dtype=np.int32))
        return self

    def keep(self, kept: np.ndarray) -> Sweep:
        """Only these runs, in this order."""
        self.rows = {name: values[kept] for name, values in self.rows.items()}
        self.columns = {name: (axes, values[kept]) for name, (axes, values) in self.columns.items()}
        return self

    def fail(self, runs: np.ndarray) -> Sweep:
        self.rows["status"][runs] = 1
        for _, values in self.columns.values():
            values[runs] = np.nan if values.dtype.kind == "f" else np.iinfo(values.dtype).min
        return self

    def write(self, folder: Path) -> Path:
        """Writes folder/results.h5, and the manifest that a store has; returns the folder."""
        folder.mkdir(exist_ok=True)
        (folder / "manifest.json").write_text("{}\n")
        with h5py.File(folder / "results.h5", "w", libver=("earliest", "v108")) as file:
            file.attrs["format"], file.attrs["format_version"] = "commonweal-results", np.int32(1)
            file.attrs["title"] = "made by a test"
            file.attrs["complete"] = np.int32(self.complete)
            for axis, labels in {"run": self.rows["run"].astype(np.int32), **self.axes}.items():
                kind = TEXT if labels.dtype == object else None
                file.create_dataset(axis, data=labels, dtype=kind).make_scale(axis)
            for name, values in self.rows.items():
                if name != "run":
                    _write(file, name, ("run",), _narrow(values))
            file["status"].attrs["flag_values"] = np.array([0, 1], dtype=np.int8)
            file["status"].attrs["flag_meanings"] = "done failed"
            for name, (axes, values) in self.columns.items():
                _write(file, name, ("run", *axes), values)
                if values.dtype.kind == "i" and np.any(self.rows["status"] == 1):
                    file[name].attrs["_FillValue"] = values.dtype.type(np.iinfo(values.dtype).min)
            for name in ("digest", "network", "message"):
                _write(file, f"ledger/{name}", ("run",), np.full(len(self.rows["run"]), "", dtype=object))
            provenance = file.create_group("provenance")
            provenance.attrs["configuration"], provenance.attrs["version"] = self.configuration, "0"
            provenance.attrs["design"] = json.dumps(self.design)
        return folder


def _narrow(values: np.ndarray) -> np.ndarray:
    return values.astype(np.int32) if values.dtype.kind == "i" and values.dtype.itemsize > 1 else values


def _write(file: h5py.File, name: str, axes: tuple[str, ...], values: np.ndarray) -> None:
    texts = values.dtype.kind in "OU"
    dataset = file.create_dataset(name, data=values.astype(object) if texts else values, dtype=TEXT if texts else None)
    dataset.attrs["long_name"] = name
    if not texts:
        dataset.attrs["units"] = "1" if name in ("point", "instance", "replicate", "status") else "tokens"
    for position, axis in enumerate(axes):
        dataset.dims[position].attach_scale(file[axis])


def continuous(key: str, low: float, high: float, law: str = "uniform") -> dict:
    return {"key": key, "values": f"{law}({low!r},{high!r})", "low": low, "high": high}


def finite(key: str, values: str, count: int) -> dict:
    return {"key": key, "values": values, "count": count}


def saltelli_sweep(axes: list[dict], base: int, second_order: bool = False, seed: int = 1, **counts: int) -> Sweep:
    """Points of SALib's own sampler, `sobol.sample`; a finite axis of listed numbers takes its quantiles."""
    from SALib.sample import sobol

    unit = sobol.sample(_unit(axes), base, calc_second_order=second_order, seed=seed)
    design = {"kind": "saltelli", "points": base, "second_order": second_order, "seed": seed, "axes": axes}
    return Sweep(design, _at_quantiles(axes, unit), **counts)


def morris_sweep(axes: list[dict], trajectories: int, levels: int = 4, seed: int = 1, **counts: int) -> Sweep:
    """Points of SALib's own sampler, `morris.sample`."""
    from SALib.sample import morris

    unit = morris.sample(_unit(axes), trajectories, num_levels=levels, seed=seed)
    design = {"kind": "morris", "trajectories": trajectories, "levels": levels, "seed": seed, "axes": axes}
    return Sweep(design, _at_quantiles(axes, unit), **counts)


def _unit(axes: list[dict]) -> dict:
    return {"num_vars": len(axes), "names": [axis["key"] for axis in axes], "bounds": [[0.0, 1.0]] * len(axes)}


def _at_quantiles(axes: list[dict], unit: np.ndarray) -> dict[str, np.ndarray]:
    return {axis["key"]: _quantile(axis, u) for axis, u in zip(axes, unit.T)}


def _quantile(axis: dict, u: np.ndarray) -> np.ndarray:
    if "low" in axis:
        low, high = axis["low"], axis["high"]
        if axis["values"].startswith("log"):
            return np.clip(low * (high / low) ** u, low, high)
        return np.minimum(low + u * (high - low), high)
    texts = axis["values"].split(",")
    place = np.minimum((u * axis["count"]).astype(int), axis["count"] - 1)
    if all(text.replace(".", "").replace("-", "").isdigit() for text in texts):
        return np.array([float(text) for text in texts])[place]
    return np.array(texts, dtype=object)[place]

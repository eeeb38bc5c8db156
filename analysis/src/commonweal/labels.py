"""What a results file calls its variables (`long_name`, `units`), as words for figures and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xarray

NO_UNIT = ("", "1", "-", "None")


def label_of(results: xarray.Dataset, name: str) -> str:
    """`long_name` up to a semicolon. A key that varies stays a key; any other variable without one is told by its own words."""
    if name not in results.variables or "." in name:
        return name
    text = str(results[name].attrs.get("long_name", "")).partition(";")[0].strip()
    return text or name.replace("_", " ")


def unit_of(results: xarray.Dataset, name: str) -> str:
    """`units`; empty for a plain number, a text and an unknown variable."""
    unit = str(results[name].attrs.get("units", "")) if name in results.variables else ""
    return "" if unit in NO_UNIT else unit


def with_unit(label: str, unit: str) -> str:
    """`contribution [tokens]`; the label alone without a unit."""
    return label if unit in NO_UNIT else f"{label} [{unit}]"

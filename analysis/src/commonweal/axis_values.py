"""Which value of a finite axis a run has: its place in 1,2,3 or range(...), linspace(...), logspace(...), integers(...)."""

from __future__ import annotations

import math
import re
import tomllib

import numpy as np

from .design import Axis
from .errors import DataError

CALL = re.compile(r"\s*(range|linspace|logspace|integers|choice)\((.*)\)\s*", re.DOTALL)
CLOSENESS = 1e-6  # of the distance between neighbors


def places(axis: Axis, column: np.ndarray) -> np.ndarray:
    """[...], 0-based: which value of the axis each entry of the column is. Raises DataError for one that is none."""
    call = CALL.fullmatch(axis.values)
    try:
        if call is None or call[1] == "choice":
            return _places_in_list(axis, items(axis.values if call is None else call[2]), column)
        return _places_of_call(axis, call[1], [float(text) for text in call[2].split(",")], column)
    except (ValueError, ZeroDivisionError) as error:
        raise DataError(f"{axis.key}: its values {axis.values!r} are not understood: {error}") from error


def items(text: str) -> list[str]:
    """Where the text is cut by commas that are in no quotes and no brackets, without the blanks around."""
    parts, begin, depth, quote, escaped = [], 0, 0, "", False
    for place, sign in enumerate(text):
        if quote:
            if escaped:
                escaped = False
            elif sign == "\\" and quote == '"':
                escaped = True
            elif sign == quote:
                quote = ""
        elif sign in "\"'":
            quote = sign
        elif sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        elif sign == "," and depth == 0:
            parts.append(text[begin:place].strip())
            begin = place + 1
    return [*parts, text[begin:].strip()]


def _places_of_call(axis: Axis, name: str, numbers: list[float], column: np.ndarray) -> np.ndarray:
    first, second, *rest = numbers
    x = np.asarray(column, dtype=float)
    if name == "logspace":
        exact = np.log(x / first) / math.log(second / first) * max(rest[0] - 1, 1)
    elif name == "linspace":
        exact = (x - first) / (second - first) * max(rest[0] - 1, 1) if rest[0] > 1 else x - first
    else:
        exact = (x - first) / (rest[0] if name == "range" else 1)
    place = np.rint(exact)
    _refuse_strangers(axis, column, (np.abs(exact - place) < CLOSENESS) & (place >= 0) & (place < (axis.count or math.inf)))
    return place.astype(np.int64)


def _places_in_list(axis: Axis, texts: list[str], column: np.ndarray) -> np.ndarray:
    """Numbers are compared as numbers, whatever they look like; true and false are 1 and 0 among numbers."""
    known: dict[object, int] = {}
    for place, text in enumerate(texts):
        value = _value(text)
        known.setdefault(text, place)
        known.setdefault(float(value) if isinstance(value, (bool, int, float)) else str(value), place)
    flat = np.asarray(column).reshape(-1).tolist()
    found = [_find(known, entry) for entry in flat]
    _refuse_strangers(axis, column, np.array([place is not None for place in found], dtype=bool).reshape(np.shape(column)))
    return np.array(found, dtype=np.int64).reshape(np.shape(column))


def _find(known: dict[object, int], entry: object) -> int | None:
    if not isinstance(entry, str):
        return known.get(float(entry))  # type: ignore[arg-type]
    if entry in known:
        return known[entry]
    try:
        return known.get(float(entry))
    except ValueError:
        return None


def _value(text: str) -> object:
    try:
        return tomllib.loads(f"x = {text}")["x"]
    except tomllib.TOMLDecodeError:
        return text


def _refuse_strangers(axis: Axis, column: np.ndarray, known: np.ndarray) -> None:
    if not np.all(known):
        stranger = np.asarray(column)[~known].reshape(-1)[0]
        raise DataError(f"{axis.key} is {stranger}, which is none of its values {axis.values}")

"""The nearest of known names to a word that is none of them, by the measure that the program takes (sim/core/nearest.hpp)."""

from __future__ import annotations

from collections.abc import Iterable


def edit_distance(a: str, b: str) -> int:
    """Number of insertions, deletions, replacements and swaps of neighbors that turn one word into the other.

    Source: the optimal string alignment distance, after Damerau (1964), Communications of the ACM 7: 171-176.
    """
    before, last = [0] * (len(b) + 1), list(range(len(b) + 1))
    for i in range(1, len(a) + 1):
        row = [i]
        for j in range(1, len(b) + 1):
            row.append(min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                row[j] = min(row[j], before[j - 2] + 1)
        before, last = last, row
    return last[len(b)]


def nearest(word: str, known: Iterable[str]) -> str:
    """The known name nearest to `word`, the first of equals; "" when none is near: at most a third of the longer may differ."""
    distances = {name: edit_distance(word, name) for name in known}
    near = [name for name, distance in distances.items() if distance <= max(1, max(len(word), len(name)) // 3)]
    return min(near, key=distances.__getitem__, default="")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """ " (did you mean 'x'?)", or "" when no known name is near: the end of an error message."""
    name = nearest(word, known)
    return f" (did you mean '{name}'?)" if name else ""

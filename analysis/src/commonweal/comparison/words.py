"""Names, lists, frequencies and numbers as words."""

from __future__ import annotations

import math
from collections.abc import Iterable

MOST_DECIMALS = 6
EXACT = 20  # up to so many runs are counted out; more are told as "of 10"


def name(text: str) -> str:
    return f"*{text}*"


def listed(parts: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`"""
    parts = list(parts)
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def natural(count: int, total: int) -> str:
    """`7 of 8`, `about 9 of 10`, `all 500`, `more than 9 of 10`: never rounded to all or none."""
    if total <= EXACT:
        return f"{count} of {total}"
    if count == total:
        return f"all {total}"
    if count == 0:
        return f"none of {total}"
    tenths = 10 * count / total
    if tenths >= 9.5:
        return "more than 9 of 10"
    if tenths < 0.5:
        return "fewer than 1 of 10"
    return f"{'' if count * 10 % total == 0 else 'about '}{math.floor(tenths + 0.5)} of 10"


def number(value: float, digits: int = 3) -> str:
    """Three significant digits and no exponent where one can do without; `-` for NaN; a true minus sign."""
    if value is None or math.isnan(value):
        return "-"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    size = math.floor(math.log10(abs(value)))
    if size < -6 or size > 9:
        return f"{value:.{digits - 1}e}".replace("-", "−")
    text = f"{value:,.{max(digits - 1 - size, 0)}f}" if abs(value) < 1e6 else f"{value:,.0f}"
    return text.replace(",", " ").replace("-", "−")


def with_interval(value: float, low: float, high: float, sign: bool = False) -> str:
    """`1.25 [1.20, 1.31]`: all with the decimals that the largest needs for three digits; more where an end would become 0."""
    ends = [] if math.isnan(low) or math.isnan(high) else [low, high]
    told = [one for one in (value, *ends) if math.isfinite(one)]
    largest = max(map(abs, told), default=0.0)
    if not ends or len(told) < 3 or not 1e-6 < largest < 1e6:
        return (signed(value) if sign else number(value)) + interval(low, high)
    decimals = max(2 - math.floor(math.log10(largest)), 0)
    while decimals < MOST_DECIMALS and any(end and float(f"{end:.{decimals}f}") == 0 for end in ends):
        decimals += 1
    texts = ["0" if one == 0 else _fixed(one, decimals) for one in told]
    plus = "+" if sign and value > 0 else ""
    return f"{plus}{texts[0]} [{texts[1]}, {texts[2]}]"


def whole(value: float) -> str:
    """`150 000`: tokens of a whole run; small ones with three digits."""
    return number(value) if not 100 <= abs(value) < 1e9 else f"{value:,.0f}".replace(",", " ").replace("-", "−")


def _fixed(value: float, decimals: int) -> str:
    """Without a minus sign before zeros only."""
    text = f"{value:,.{decimals}f}".replace(",", " ")
    return (text.removeprefix("-") if float(f"{value:.{decimals}f}") == 0 else text).replace("-", "−")


def signed(value: float) -> str:
    return f"+{number(value)}" if value > 0 else number(value)


def interval(low: float, high: float) -> str:
    """` [1, 2]`, or nothing where there is none."""
    return "" if math.isnan(low) or math.isnan(high) else f" [{number(low)}, {number(high)}]"


def in_worlds(some, worlds: tuple[str, ...]) -> str:
    """`in *calm*`, `in each of the 6 worlds`, `in 4 worlds (*a*, ...)`"""
    some = [int(world) for world in some]
    if len(some) == len(worlds) and len(worlds) > 2:
        return f"in each of the {len(worlds)} worlds"
    return f"in {listed(name(worlds[world]) for world in some)}"


def in_any_world(some, worlds: tuple[str, ...]) -> str:
    some = [int(world) for world in some]
    return (
        f"in any of the {len(worlds)} worlds"
        if len(some) == len(worlds) > 2
        else in_worlds(some, worlds).replace(" and ", " or ")
    )


def names_of(regimes: Iterable[int], names: tuple[str, ...]) -> str:
    return listed(name(names[regime]) for regime in sorted(regimes))


def capital(text: str) -> str:
    return text[0].upper() + text[1:]

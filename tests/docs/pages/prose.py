"""Numbers in the running text of a page: each is backed by a block of the page, by a marker, or is one nobody can mistake."""

from __future__ import annotations

import re

from .output import NUMBER, number_of
from .page import Block, Marker, Page, Prose

# A number that is part of a name, a version or a path is no statement.
STANDING_ALONE = re.compile(rf"(?<![\w./-])({NUMBER})(?![\w/]|\.\d)")
SMALL = 10  # whole numbers below it are words in digits
YEARS = range(1800, 2100)


def numbers_in(text: str) -> set[float]:
    """Without their signs: a page may say `lower by 0.9` of -0.9."""
    return {abs(number_of(found)) for found in re.findall(NUMBER, text)}


def unbacked(page: Page) -> list[str]:
    """What the text says in numbers that nothing on the page shows or checks, as messages."""
    known, found = set(), []
    for item in page.items:
        if isinstance(item, Block):
            known |= numbers_in(item.content)
        elif isinstance(item, Prose):
            known |= numbers_in(item.code)
        elif isinstance(item, Marker):
            known |= numbers_in(item.text.partition("=")[0] if "value" in item.name else item.text.partition(": ")[0])
    for item in page.items:
        if isinstance(item, Prose):
            found += [f"{page.name}:{item.line}: {text} is in no block of the page and has no marker"
                      for text in STANDING_ALONE.findall(item.text) if not _is_backed(text, known)]  # fmt: skip
    return found


def _is_backed(text: str, known: set[float]) -> bool:
    number = abs(number_of(text))
    whole = "." not in text
    return number in known or (whole and (number < SMALL or (number in YEARS and "," not in text)))

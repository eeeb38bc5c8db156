"""The links and anchors of an HTML file."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.anchors.add(value)
            if name in ("href", "src") and value and not value.startswith(("http:", "https:", "data:", "mailto:")):
                self.links.append(unquote(value))


def links_of(path: Path) -> tuple[list[str], set[str]]:
    """Local links (pages, anchors, styles, scripts, downloads), and the anchors that there are."""
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    return [link for link in reader.links if link not in ("#", "")], reader.anchors

"""The navigation of the site, made from the links of index pages (`index.md`, or the `README.md` of a folder without one).

A page belongs to the nearest index in its folder or above, or to the one that `ELSEWHERE` names. It stands in the navigation
in the order in which its index links to it. A page that its index does not link to is a warning, which `scripts/site.sh`
makes an error: whoever adds a page says on the index what it is for.
"""

from __future__ import annotations

import posixpath
from pathlib import PurePosixPath

from markdown_it import MarkdownIt
from sphinx.application import Sphinx
from sphinx.util import logging

logger = logging.getLogger(__name__)

ROOT_INDEX = "docs/index"
SECTIONS = ("tutorial", "how-to", "reference", "explanation", "teaching", "project")
"""The folders of docs/ in the navigation bar, in its order, where they exist."""

ELSEWHERE = {
    "docs/data": "docs/how-to/index",
    "docs/data/README": "docs/how-to/index",
    "docs/design": "docs/explanation/index",
    "docs/models/index": "docs/reference/index",
    "docs/performance": "docs/explanation/index",
    "README": "docs/project/index",
    "CONTRIBUTING": "docs/project/index",
    "CHANGELOG": "docs/project/index",
    "analysis/README": "docs/project/index",
    "benchmarks/README": "docs/project/index",
    "tests/docs/README": "docs/project/index",
}


def index_of(folder: PurePosixPath, pages: set[str]) -> str | None:
    """The index page of a folder; None when it has none."""
    names = (f"{folder}/index", f"{folder}/README")
    return next((name for name in names if name in pages), None)


def home_of(page: str, pages: set[str]) -> str | None:
    """The index that lists a page; None when there is none."""
    if page == ROOT_INDEX:
        return None
    if page in ELSEWHERE:
        return ELSEWHERE[page]
    folder = PurePosixPath(page).parent
    if page == index_of(folder, pages):
        folder = folder.parent
    return next((index for above in (folder, *folder.parents) if (index := index_of(above, pages))), None)


def linked_pages(text: str, page: str) -> list[str]:
    """The pages that a Markdown text links to, in order, each once."""
    found: dict[str, None] = {}
    for block in MarkdownIt("commonmark").enable("table").parse(text):
        for token in block.children or ():
            target = str(token.attrs.get("href", "")).partition("#")[0] if token.type == "link_open" else ""
            if target.endswith(".md") and "://" not in target:
                found[posixpath.normpath(posixpath.join(posixpath.dirname(page), target))[: -len(".md")]] = None
    return list(found)


def entries(index: str, text: str, pages: set[str]) -> tuple[list[str], list[str]]:
    """What an index has in the navigation, in order, and which of that it does not link to."""
    own = {page for page in pages if home_of(page, pages) == index}
    linked = [page for page in linked_pages(text, index) if page in own]
    missing = sorted(own - set(linked))
    if index == ROOT_INDEX:
        bar = [index_of(PurePosixPath("docs") / section, pages) for section in SECTIONS]
        return [page for page in bar if page], missing
    return linked + missing, missing


def add_navigation(app: Sphinx, page: str, source: list[str]) -> None:
    """Adds the list of its pages to an index."""
    listed, missing = entries(page, source[0], set(app.env.found_docs))
    if not listed:
        return
    for other in missing:
        logger.warning("does not link to %s.md, which belongs to it", other, location=page, type="sections")
    lines = "".join(f"/{other}\n" for other in listed)
    source[0] += f"\n\n```{{toctree}}\n:hidden:\n\n{lines}```\n"


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("source-read", add_navigation)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""What a browser and an accessibility engine find on the pages of a site, in light and dark, on narrow and wide screens."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

WIDTHS = (360, 1280)
THEMES = ("light", "dark")
COLORS = ["color-contrast", "link-in-text-block"]
OPTIONS = {"resultTypes": ["violations"], "preload": False}  # preload fetches styles, which file:// refuses
STRUCTURE_RULES = OPTIONS | {"rules": {rule: {"enabled": False} for rule in COLORS}}
COLOR_RULES = OPTIONS | {"runOnly": {"type": "rule", "values": COLORS}}
ROWS_LIKE_THOSE_ABOVE = "tbody tr:nth-child(n+9)"
NARROW_COLORS = ("docs/index.html", "docs/how-to/run_a_sweep.html", "docs/models/policies.html", "search.html")
"""Looking at colors costs four fifths of the time. They do not depend on the width, but for the frame, which is the same on
all pages: on a narrow screen these pages stand for all. Rows of a table look alike. The rules of structure are applied to
everything at both widths; the theme does not change them."""


WIDTH_NEEDED = """(() => {
  const article = document.querySelector(".bd-article");
  return document.documentElement.scrollWidth + (article ? article.scrollWidth - article.clientWidth : 0);
})()"""
"""Of the page, with what stands out of the article: a box around it would cut that off."""


@dataclass(frozen=True)
class Finding:
    page: str
    where: str
    what: str


@contextmanager
def browser(chromium: str) -> Iterator:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@contextmanager
def opened(browser, width: int = 1280) -> Iterator[tuple]:
    """A page of a browser, and what it complains of: errors, and whatever it asks for that is no local file."""
    page = browser.new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda one: None if one.url.startswith(("file:", "data:")) else complaints.append(f"asks for {one.url}"))
    yield page, complaints
    page.close()


def _violations(page, name: str, where: str, context: dict, rules: dict) -> Iterator[Finding]:
    found = page.evaluate("([context, rules]) => axe.run(context, rules).then(done => done.violations)", [context, rules])
    for violation in found:
        yield Finding(
            name, where, f"{violation['id']}: {violation['nodes'][0]['html'][:120]} ({len(violation['nodes'])} times)"
        )


def _findings(page, complaints: list[str], file: Path, name: str, width: int) -> Iterator[Finding]:
    from axe_playwright_python.sync_playwright import Axe

    page.goto(file.as_uri())
    page.evaluate(Axe().axe_script)
    if (wide := page.evaluate(WIDTH_NEEDED)) > width:
        yield Finding(name, f"{width} px", f"is {wide} px wide")
    yield from _violations(page, name, f"{width} px", {"exclude": []}, STRUCTURE_RULES)
    for theme in THEMES if width == max(WIDTHS) or name in NARROW_COLORS else ():
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        context = {"exclude": [[ROWS_LIKE_THOSE_ABOVE]]}
        yield from _violations(page, name, f"{width} px, {theme}", context, COLOR_RULES)
    yield from (Finding(name, f"{width} px", complaint) for complaint in complaints)
    complaints.clear()


def _audit(chromium: str, site: Path, names: list[str]) -> list[Finding]:
    with browser(chromium) as started:
        found = []
        for width in WIDTHS:
            with opened(started, width) as (page, complaints):
                for name in names:
                    found += _findings(page, complaints, site / name, name, width)
        return found


def audit(chromium: str, site: Path, names: list[str]) -> list[Finding]:
    """The findings on these pages of a site. Each core has a browser of its own."""
    # The largest pages first, one to each browser in turn, so that all end at about the same time.
    names = sorted(names, key=lambda name: -(site / name).stat().st_size)
    workers = min(len(names), os.cpu_count() or 1)
    shares = [names[first::workers] for first in range(workers)]
    with ProcessPoolExecutor(workers) as pool:
        parts = pool.map(_audit, [chromium] * workers, [site] * workers, shares)
        return sorted((finding for part in parts for finding in part), key=lambda one: (one.page, one.where, one.what))


def page_names(site: Path) -> list[str]:
    """All pages of a site but the one that leads to its start at once."""
    found = (path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return sorted(name for name in found if not name.startswith("_") and name != "index.html")

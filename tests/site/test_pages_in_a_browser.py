"""The site in Chromium, opened from its folder: no error, nothing from elsewhere, accessible, and its search finds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from audit import NARROW_COLORS, audit, browser, opened, page_names


@pytest.fixture(scope="module")
def started(chromium):
    with browser(chromium) as one:
        yield one


def test_nothing_is_found_on_any_page(chromium, site):
    names = page_names(site)
    assert len(names) > 40 and set(NARROW_COLORS) <= set(names)
    assert audit(chromium, site, names) == []


def test_what_is_wrong_with_a_page_is_found(chromium, planted):
    found = audit(chromium, planted[0], ["docs/how-to/planted.html"])
    said = {(finding.where, finding.what.partition(":")[0]) for finding in found}
    wanted = {("360 px", "image-alt"), ("1280 px", "image-alt")}
    wanted |= {("1280 px, light", "color-contrast"), ("1280 px, dark", "color-contrast")}
    assert wanted <= said
    assert any(finding.where == "360 px" and finding.what.endswith("px wide") for finding in found)
    assert any(finding.what == "asks for https://example.org/picture.png" for finding in found)


def results_of(page, site: Path, words: str) -> list[str]:
    """The pages that the search shows for some words."""
    page.goto(f"{(site / 'search.html').as_uri()}?q={words}")
    page.wait_for_function("document.querySelector('#search-results .search-summary')?.textContent.match(/found|not match/)")
    return page.eval_on_selector_all("#search-results ul.search li a", "all => all.map(one => one.href.split('html/').pop())")


def test_search_finds_a_planted_word(started, planted):
    with opened(started) as (page, complaints):
        assert [link.partition("?")[0] for link in results_of(page, planted[0], "quincunxial")] == ["docs/how-to/planted.html"]
        assert results_of(page, planted[0], "nosuchwordhere") == []
        assert complaints == []


def test_search_works_from_the_button_and_the_keyboard(started, site):
    with opened(started) as (page, complaints):
        page.goto((site / "docs/index.html").as_uri())
        page.keyboard.press("Control+k")
        page.keyboard.type("pairing saves")
        page.keyboard.press("Enter")
        page.wait_for_selector("#search-results ul.search li a")
        links = page.eval_on_selector_all("#search-results ul.search li a", "all => all.map(one => one.href)")
        assert any("compare_regimes.html" in link for link in links)
        assert complaints == []


def test_theme_follows_the_reader(started, site):
    with opened(started) as (page, complaints):
        page.emulate_media(color_scheme="dark")
        page.goto((site / "docs/index.html").as_uri())
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.emulate_media(color_scheme="light")
        page.goto((site / "docs/index.html").as_uri())
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark
        assert complaints == []
        if folder := os.environ.get("COMMONWEAL_SCREENSHOTS"):
            page.screenshot(path=Path(folder) / "site.png", full_page=True)

"""The report in real Chromium: it renders without errors, an accessibility engine finds nothing, and the filter works.

COMMONWEAL_REQUIRE_BROWSER=1 makes a missing browser a failure. COMMONWEAL_SCREENSHOTS=FOLDER keeps what was seen, to be
looked at.
"""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from commonweal.report.command import main
from comparison_file import Comparison

WIDTHS = (360, 1280)
OUTSIDE = """() => Array.from(document.querySelectorAll("body *"))
    .filter(one => !one.closest(".scroll, .filter, .skip, pre") && one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => one.outerHTML.slice(0, 80))"""
NAMES = ("chromium", "chromium-browser", "google-chrome")


def _missing(what: str):
    if os.environ.get("COMMONWEAL_REQUIRE_BROWSER"):
        pytest.fail(f"{what}; `scripts/setup.sh --with-browser` installs it")
    pytest.skip(f"{what}; `scripts/setup.sh --with-browser` installs it")


@pytest.fixture(scope="module")
def browser():
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        _missing("no Chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("no Playwright")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    """A comparison with everything in it: a reversal, two groups, failed runs, costs, roles, a pilot, and a picture."""
    made = Comparison(["as_today", "contest", "matching_grant", "mandate"], ["calm", "austerity", "low_trust"], 6, 20)
    effects = {"contest": {"calm": 2, "austerity": -2}, "matching_grant": 1, "mandate": {"low_trust": 0.2}}
    made.service(effects, cost={"matching_grant": 0.5, "mandate": 0.9}, gini={"contest": 0.03})
    late = made.columns["late_system_contribution"][1].copy()
    risky = made.of("contest", "austerity")
    late[risky] = np.where(np.arange(len(risky)) % 3 == 0, 0.3, 9.0) + 0.1 * np.arange(len(risky)) % 0.7
    made.late(late).fail(made.of("mandate", "low_trust")[:7])
    folder = made.write(tmp_path_factory.mktemp("browser") / "sweep")
    dots = "".join(f'<circle cx="{20 * (k % 9) + 10}" cy="{20 * (k // 9) + 10}" r="5"/>' for k in range(45))
    (folder / "network.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 190 110">{dots}</svg>')
    assert main([str(folder)]) == 0
    return folder / "report/report.html"


def opened(browser, report: Path, width: int, scripts: bool = True):
    """The page, and what it complained of."""
    page = browser.new_page(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(("file:", "data:")) else complaints.append(request.url))
    page.goto(report.as_uri())
    return page, complaints


@pytest.mark.parametrize("width", WIDTHS)
def test_page_renders_without_complaints_and_fits(browser, report, width):
    page, complaints = opened(browser, report, width)
    assert complaints == [] and page.title().endswith("report of a comparison of simulated regimes")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    heights = page.eval_on_selector_all(".picture svg", "all => all.map(one => one.getBoundingClientRect().height)")
    assert len(heights) == 3 * 3 + 3 + 3 and min(heights) > 60
    if folder := os.environ.get("COMMONWEAL_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"report_{width}.png", full_page=True)
    page.close()


@pytest.mark.parametrize("width", (1100, 900, 400))
def test_last_column_of_every_table_can_be_reached(browser, report, width):
    page, complaints = opened(browser, report, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OUTSIDE) == [] and complaints == []
    boxes = page.locator(".scroll:has(table)")
    hidden = 0
    for place in range(boxes.count()):
        box = boxes.nth(place)
        overflow = box.evaluate("one => one.scrollWidth > one.clientWidth + 1")
        assert box.locator("xpath=preceding-sibling::p[1]").is_visible() == overflow
        box.evaluate("one => { one.scrollLeft = one.scrollWidth }")
        last = box.locator("thead th").last.bounding_box()
        assert last["x"] + last["width"] <= width and last["x"] >= 0
        hidden += overflow
    assert hidden == 0 if width == 1100 else hidden > 0 if width == 400 else True
    names = page.locator("#table-differences-welfare tbody tr").first.locator("th")
    if width == 400:
        assert names.nth(1).bounding_box()["x"] >= 0 > names.nth(0).bounding_box()["x"]  # the regime stays in sight
    page.close()


def test_tables_too_wide_for_a_narrow_page_are_told_without_scripts(browser, report):
    page, _ = opened(browser, report, 400, scripts=False)
    assert page.locator(".sideways").first.is_visible()
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_accessibility_engine_finds_nothing(browser, report, width):
    page, _ = opened(browser, report, width)
    Axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["impact"], one["nodes"][0]["html"][:120]) for one in found] == []
    page.evaluate("document.querySelector('figure div[role=img]').removeAttribute('aria-label')")
    control = Axe().run(page).response["violations"]
    assert [one["id"] for one in control] == ["role-img-alt"]
    page.close()


def test_filter_shows_one_world(browser, report):
    page, complaints = opened(browser, report, 1280)
    away = "[data-world].away"
    assert page.locator(away).count() == 0
    button = page.get_by_role("button", name="austerity")
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    assert page.locator("[data-world]:visible").evaluate_all("all => [...new Set(all.map(one => one.dataset.world))]") == [
        "austerity"
    ]
    page.get_by_role("button", name="all worlds").click()
    assert page.locator(away).count() == 0 and complaints == []
    page.close()


def test_without_scripts_everything_is_visible(browser, report):
    page, complaints = opened(browser, report, 1280, scripts=False)
    parts = page.locator("[data-world]")
    assert parts.count() > 60 and all(parts.nth(place).is_visible() for place in range(0, parts.count(), 7))
    assert not page.locator("#filter").is_visible() and complaints == []
    page.close()


def test_keyboard_reaches_the_report_first(browser, report):
    page, _ = opened(browser, report, 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()


def test_print_shows_all_worlds_and_no_buttons(browser, report):
    page, _ = opened(browser, report, 1280)
    page.get_by_role("button", name="calm").click()
    page.emulate_media(media="print")
    assert not page.locator("#filter").is_visible()
    assert page.locator("figure[data-world=austerity]").first.is_visible()
    assert len(page.pdf(format="A4")) > 20000
    page.close()

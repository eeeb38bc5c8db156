"""The site builds without a warning, its navigation holds every page, and mistakes of a page stop the build."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT
from html_links import links_of
from sections import entries, home_of, linked_pages


def test_every_page_is_there(site):
    sources = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    names = {path.relative_to(ROOT).with_suffix(".html").as_posix() for path in sources}
    assert names - {"docs/README.html"} == {
        path.relative_to(site).as_posix()
        for path in site.rglob("*.html")
        if path.relative_to(site).parts[0] not in ("_static", "analysis", "benchmarks", "tests")
    } - {"index.html", "search.html", "genindex.html"}


def test_links_lead_to_files_and_headings(site):
    """Sphinx checks what it makes links of; this looks at what came out, styles, scripts and downloads too."""
    targets = {path: links_of(path) for path in site.rglob("*.html") if path.relative_to(site).parts[0] != "_static"}
    broken = []
    for path, (links, _) in targets.items():
        for link in links:
            file, _, anchor = link.partition("#")
            target = (path.parent / file.partition("?")[0]).resolve() if file else path
            if not target.is_file() or (anchor and target in targets and anchor not in targets[target][1]):
                broken.append(f"{path.relative_to(site)}: {link}")
    assert broken == []
    assert sum(len(links) for links, _ in targets.values()) > 1000


def test_addresses_elsewhere_are_written_as_they_should(site):
    external = {
        link for path in site.rglob("docs/**/*.html") for link in re.findall(r'href="([a-z]+:[^"]*)"', path.read_text("utf-8"))
    }
    assert [link for link in external if not re.fullmatch(r"https://[\w.-]+\.[a-z]+(/[^\s\"<>]*)?", link)] == []


def test_start_page_leads_to_the_index(site):
    assert 'url=docs/index.html"' in (site / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "message",
    [
        "target not found: 'nowhere.md'",
        "'design_a_sweep.md#nowhere'|local id not found in doc 'docs/how-to/design_a_sweep': 'nowhere'",
        "'neither'",
        "nowhere.toml",
        "does not link to docs/how-to/planted.md",
    ],
)
def test_mistakes_of_a_page_stop_the_build(planted, message):
    assert re.search(message, planted[1]), planted[1]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--nowhere"], 2, "unknown option --nowhere"),
        (["-o"], 2, "-o takes a folder"),
        (["-o", "FOLDER"], 2, "is no site; name another folder"),
        (["--help"], 0, ""),
    ],
)
def test_command_refuses_what_is_not_right(tmp_path, builder, words, code, message):
    (tmp_path / "mine.txt").write_text("not to be deleted")
    words = [str(tmp_path) if word == "FOLDER" else word for word in words]
    done = subprocess.run([ROOT / "scripts/site.sh", *words], capture_output=True, text=True, check=False)
    assert (done.returncode, message in done.stderr) == (code, True), done.stderr
    assert (tmp_path / "mine.txt").exists()
    if code == 0:
        assert done.stdout.startswith("usage: scripts/site.sh")


PAGES = {
    "docs/index",
    "docs/how-to/index",
    "docs/how-to/a",
    "docs/how-to/b",
    "docs/data",
    "docs/teaching/README",
    "docs/teaching/c",
}


def test_page_belongs_to_the_nearest_index():
    homes = {page: home_of(page, PAGES) for page in PAGES}
    assert homes == {
        "docs/index": None,
        "docs/how-to/index": "docs/index",
        "docs/how-to/a": "docs/how-to/index",
        "docs/how-to/b": "docs/how-to/index",
        "docs/data": "docs/how-to/index",
        "docs/teaching/README": "docs/index",
        "docs/teaching/c": "docs/teaching/README",
    }


def test_navigation_has_the_order_of_the_links_and_tells_what_lacks_one():
    text = "[B](b.md#there), then [data](../data.md) and [B](b.md) again; [elsewhere](https://example.org/x.md)"
    assert linked_pages(text, "docs/how-to/index") == ["docs/how-to/b", "docs/data"]
    listed, missing = entries("docs/how-to/index", text, PAGES)
    assert (listed, missing) == (["docs/how-to/b", "docs/data", "docs/how-to/a"], ["docs/how-to/a"])


def test_every_script_that_writes_a_page_is_named_on_it():
    for name in ("scenario_keys", "configurations", "results_schema"):
        head = Path(ROOT / f"docs/reference/{name}.md").read_text(encoding="utf-8")[:600]
        assert re.search(r"written\s+by\s+`scripts/reference_pages.py`", head, re.IGNORECASE), name

"""Fixtures of the tests of the documentation's site.

What is missing skips a test; COMMONWEAL_REQUIRE_DOCS=1 and COMMONWEAL_REQUIRE_BROWSER=1 make it a failure.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
for folder in ("docs/conf", "scripts", "tests/site"):
    sys.path.insert(0, str(ROOT / folder))

PLANTED = ROOT / "tests/site/planted.md"
COPIED = (
    "*.md",
    "CITATION.cff",
    "LICENSE",
    "docs",
    "configs",
    "benchmarks",
    "analysis/README.md",
    "tests/docs/README.md",
    "scripts/site.sh",
)
"""What the site is made from, of the repository."""


def lacks(what: str, option: str) -> None:
    text = f"{what} is not installed (scripts/setup.sh --with-{option})"
    if os.environ.get(f"COMMONWEAL_REQUIRE_{option.upper()}") == "1":
        pytest.fail(text)
    pytest.skip(text)


def require_modules(option: str, *names: str) -> None:
    for name in names:
        if importlib.util.find_spec(name) is None:
            lacks(name, option)


@pytest.fixture(scope="session")
def builder() -> None:
    require_modules("docs", "sphinx", "myst_parser", "pydata_sphinx_theme")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Chromium's path. There are Playwright and axe-core, too."""
    require_modules("browser", "playwright", "axe_playwright_python")
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        lacks("Chromium", "browser")
    return str(path)


def build(root: Path, site: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([root / "scripts/site.sh", "-o", site], capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def site(builder, tmp_path_factory) -> Path:
    """The site of this checkout."""
    folder = tmp_path_factory.mktemp("site") / "html"
    done = build(ROOT, folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def planted(builder, tmp_path_factory) -> tuple[Path, str]:
    """The site of a copy with a page full of mistakes, and what its build said."""
    root = tmp_path_factory.mktemp("planted")
    for pattern in COPIED:
        for source in ROOT.glob(pattern):
            target = root / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copytree if source.is_dir() else shutil.copy2
            copy(source, target)
    (root / ".venv").symlink_to(ROOT / ".venv")
    shutil.copy(PLANTED, root / "docs/how-to/planted.md")
    done = build(root, root / "html")
    assert done.returncode == 1, done.stderr
    return root / "html", done.stderr

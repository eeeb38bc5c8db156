"""Shared fixtures of the analysis tests."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))


@pytest.fixture
def subjects_csv() -> Path:
    """The data of Fischbacher & Gaechter (2010): never in the repository; the test is skipped without it."""
    path = ROOT.parent / "shared/data/fischbacher_gaechter_2010.csv"
    if not path.exists():
        pytest.skip("fischbacher_gaechter_2010.csv not found; see the documentation for where to get it")
    return path


@pytest.fixture(scope="session")
def real_binary() -> str:
    """The simulator itself: COMMONWEAL_BINARY or the release build; the test is skipped without it."""
    path = Path(os.environ.get("COMMONWEAL_BINARY", ROOT / "build/release/bin/commonweal"))
    if not os.access(path, os.X_OK):
        pytest.skip("the simulator is not built; see scripts/setup.sh")
    return str(path)


@pytest.fixture(scope="session")
def fake_binary(tmp_path_factory) -> Path:
    """An executable that plays the experiment instead of the simulator."""
    script = tmp_path_factory.mktemp("bin") / "commonweal"
    script.write_text(f"#!/bin/sh\nexec '{sys.executable}' '{HERE / 'fake_commonweal.py'}' \"$@\"\n")
    os.chmod(script, script.stat().st_mode | stat.S_IXUSR)
    return script

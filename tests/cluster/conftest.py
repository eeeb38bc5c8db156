"""Fixtures of the tests with a real Slurm. When every test is skipped, pytest ends with exit code 77."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from one_node_slurm import CannotStart, OneNodeSlurm  # noqa: E402


@pytest.fixture(scope="session")
def slurm():
    """Skips, saying why, where Slurm is not installed or cannot start."""
    with tempfile.TemporaryDirectory(prefix="commonweal_slurm_", ignore_cleanup_errors=True) as folder:
        try:
            started = OneNodeSlurm(Path(folder))
        except CannotStart as reason:
            pytest.skip(f"no Slurm here: {reason}")
        yield started
        started.stop()


@pytest.fixture(scope="session")
def binary() -> str:
    """The simulator: COMMONWEAL_BINARY or the release build."""
    path = Path(os.environ.get("COMMONWEAL_BINARY", HERE.parents[1] / "build/release/bin/commonweal"))
    if not os.access(path, os.X_OK):
        pytest.skip("the simulator is not built; see scripts/setup.sh")
    return str(path)


def pytest_sessionfinish(session, exitstatus):
    reports = session.config.pluginmanager.get_plugin("terminalreporter").stats
    if exitstatus == 0 and reports.get("skipped") and not reports.get("passed"):
        session.exitstatus = 77

"""Fixtures of the tests of the documentation."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

ACCOUNTS: dict[str, object] = {}  # page -> what was done with it


@pytest.fixture(scope="session")
def binary() -> Path:
    """The simulator: COMMONWEAL_BINARY or the release build; the test is skipped without it."""
    path = Path(os.environ.get("COMMONWEAL_BINARY", HERE.parents[1] / "build/release/bin/commonweal")).resolve()
    if not os.access(path, os.X_OK):
        pytest.skip("the simulator is not built; see scripts/setup.sh")
    return path


@pytest.fixture(scope="session")
def accounts() -> dict[str, object]:
    return ACCOUNTS


def pytest_terminal_summary(terminalreporter):
    """What was executed, and each block that was not, with the reason that its page gives."""
    if not ACCOUNTS:
        return
    terminalreporter.section("pages")
    for name, account in sorted(ACCOUNTS.items()):
        if account.blocks or account.not_run:
            terminalreporter.line(f"{name}: {account.blocks} blocks run, {account.outputs} outputs, {account.values} numbers")
        for line, reason in account.not_run:
            terminalreporter.line(f"  line {line} not run: {reason}")
        for line, change in account.reduced:
            terminalreporter.line(f"  line {line} reduced: {change}")

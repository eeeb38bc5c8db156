"""The simulator, as the writers of pages call it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class ProgramError(RuntimeError):
    """The simulator is not there, or did not do what was asked."""


def commonweal(*words: str) -> str:
    """What the command prints on stdout. COMMONWEAL_BINARY names the program, else that of build/release."""
    program = os.environ.get("COMMONWEAL_BINARY", str(ROOT / "build/release/bin/commonweal"))
    try:
        done = subprocess.run([program, *words], capture_output=True, text=True, check=False)
    except OSError as failure:
        raise ProgramError(f"{program}: {failure.strerror}; scripts/setup.sh builds it") from failure
    if done.returncode:
        raise ProgramError(f"commonweal {' '.join(words)}: exit code {done.returncode}\n{done.stderr.strip()}")
    return done.stdout


def schema() -> dict:
    """The JSON Schema of scenario files."""
    return json.loads(commonweal("config", "schema"))

"""From errors to exit codes: what all commands do around their work."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from .errors import INPUT_OUTPUT, AnalysisError

INTERRUPTED = 130


def exit_code_of(command: str, work: Callable[[], int], kept: Callable[[], str] | None = None) -> int:
    """The exit code of `work`; an AnalysisError is told on stderr, a closed pipe ends quietly, Ctrl-C with one line.

    kept: what is there after Ctrl-C and how to go on, as the end of that line; asked then.
    """
    try:
        code = work()
        sys.stdout.flush()
    except AnalysisError as error:
        print(f"{command}: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INPUT_OUTPUT
    except KeyboardInterrupt:
        print(f"{command}: interrupted" + (f"; {kept()}" if kept else ""), file=sys.stderr)
        return INTERRUPTED
    return code

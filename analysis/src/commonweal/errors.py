"""What can go wrong, and the exit code that tells it to a shell.

Codes (the house's): 2 usage, configuration or data content; 4 incomplete; 5 reproduction mismatch; 6 the output exists and
belongs to something else; 74 input/output.
"""

from __future__ import annotations

USAGE = 2
INCOMPLETE = 4
MISMATCH = 5
FOREIGN_OUTPUT = 6
INPUT_OUTPUT = 74


class AnalysisError(Exception):
    """Base of every error that is the user's or the file's, never the program's. `exit_code` goes to the shell."""

    exit_code = USAGE

    def __init__(self, message: str, exit_code: int | None = None):
        super().__init__(message)
        if exit_code is not None:
            self.exit_code = exit_code


class DataError(AnalysisError):
    """The content of a data file is not what the analysis needs; the message names the file, and the line where it can."""


class ResultsError(AnalysisError):
    """A results file cannot be opened (exit code 74) or is not one this version understands (exit code 2)."""


class IncompleteError(AnalysisError):
    """A sweep that is not finished, or has points without a run that is; going on with the sweep mends it."""

    exit_code = INCOMPLETE


class SpecificationError(AnalysisError):
    """A regression that cannot be estimated: unknown control, or a regressor that the controls explain completely."""


class OutputError(AnalysisError):
    """The output folder is not ours (exit code 6) or cannot be written (exit code 74)."""


class SimulatorError(AnalysisError):
    """The simulator is missing, or refused to run; carries its exit code."""

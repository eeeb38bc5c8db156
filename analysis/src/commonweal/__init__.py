"""Cooperation in networks: results, estimators, figures and reproductions for the commonweal simulator."""

import importlib.metadata

from .design import Axis, Design, design_of
from .errors import (
    AnalysisError,
    DataError,
    IncompleteError,
    OutputError,
    ResultsError,
    SimulatorError,
    SpecificationError,
)
from .results import done_runs, open_results
from .unstacked import unstacked

__version__ = importlib.metadata.version(__name__)

__all__ = [
    "AnalysisError",
    "Axis",
    "DataError",
    "Design",
    "IncompleteError",
    "OutputError",
    "ResultsError",
    "SimulatorError",
    "SpecificationError",
    "design_of",
    "done_runs",
    "open_results",
    "unstacked",
]

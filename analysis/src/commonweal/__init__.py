"""Cooperation in networks: results, estimators, figures and reproductions for the commonweal simulator."""

from .errors import AnalysisError, DataError, OutputError, ResultsError, SimulatorError, SpecificationError
from .results import open_results

__version__ = "0.1.0"

__all__ = [
    "AnalysisError",
    "DataError",
    "OutputError",
    "ResultsError",
    "SimulatorError",
    "SpecificationError",
    "open_results",
]

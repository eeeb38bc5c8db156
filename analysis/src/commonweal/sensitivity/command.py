"""`commonweal analyze --sobol DIR` and `--morris DIR`: which parameters of a sweep matter."""

from __future__ import annotations

import argparse
import math
import sys
from typing import TYPE_CHECKING

from .. import __version__
from ..command_line import Parser
from ..design import Design, design_of, source_of
from ..errors import DataError
from ..output_folder import OutputFolder, json_text
from ..results import open_results
from .estimate import METHODS, Analysis, Bootstrap, Question, analyze
from .options import add_selection, cell_name, chosen_labels, warn_of_gaps, whole_cell

if TYPE_CHECKING:
    import xarray

FLAGS = tuple(f"--{method}" for method in METHODS)
MUCH_CHANCE = 0.1
DESCRIPTION = """\
Which parameters of a sweep matter for an outcome. --sobol: the share of the outcome's variance that each explains, alone and
with its interactions (needs a sweep of design saltelli). --morris: how much the outcome changes when each changes (morris).
The outcome of a design point is the mean over its replicates and network instances. The estimators are those of SALib.
"""
EPILOG = """\
Exit codes: 0 done; 2 usage, or the sweep is of another design; 4 the sweep is not finished; 6 the folder belongs to something
else; 74 unreadable file.

examples:
  commonweal sweep decay.toml --design saltelli --points 256 'game.mpcr=uniform(0.2,0.9)' ... -o DIR
  commonweal analyze --sobol DIR --output-of mean_contribution --round last
  commonweal analyze --morris DIR --output-of late_share mean_payoff --strategy cooperator -o figures
"""


def wanted(arguments: list[str]) -> bool:
    """Whether a command line of `commonweal analyze` is of this file and not of a named command."""
    return any(argument.split("=")[0] in FLAGS for argument in arguments)


def parser() -> Parser:
    made = Parser(
        prog="commonweal analyze",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        help_command="commonweal analyze --sobol DIR --help",
    )
    made.add_argument("--version", action="version", version=f"commonweal analysis {__version__}")
    sweep = made.add_mutually_exclusive_group(required=True)
    sweep.add_argument("--sobol", metavar="DIR", help="folder (or results.h5) of a sweep of design saltelli")
    sweep.add_argument("--morris", metavar="DIR", help="folder (or results.h5) of a sweep of design morris")
    made.add_argument(
        "--output-of", nargs="+", action="extend", required=True, metavar="COLUMN", help="outcome: column(s) of the results"
    )
    add_selection(made)
    model = made.add_argument_group("intervals (bootstrap over base points or trajectories)")
    model.add_argument("--resamples", type=_at_least(2), default=1000, metavar="N", help="draws (1000)")
    model.add_argument("--confidence", type=_probability, default=0.95, metavar="P", help="probability of an interval (0.95)")
    model.add_argument("--seed", type=_at_least(0), default=0, metavar="S", help="seed of the draws (0)")
    output = made.add_argument_group("output")
    output.add_argument("--json", action="store_true", help="one JSON object instead of the tables")
    output.add_argument(
        "-o",
        "--output",
        "--out",
        dest="out",
        metavar="DIR",
        help="also write indices.csv, analysis.json and figures (SVG, PNG) there",
    )
    return made


def run(options: argparse.Namespace) -> int:
    """Analyze, write, print. Raises AnalysisError; returns the exit code."""
    from .report import as_json, as_text

    method = "sobol" if options.sobol is not None else "morris"
    data = getattr(options, method)
    bootstrap = Bootstrap(options.resamples, options.confidence, options.seed)
    with open_results(data) as results:
        design = design_of(results)
        _check_kind(source_of(results), method, design)
        question = Question(method, data, cell_name(options, design), design, bootstrap)
        table = _analyses(results, options, question)
    report = json_text(as_json(table, question))
    if options.out:
        _write(OutputFolder(options.out, f"analyze --{method}"), table, question, report)
    sys.stdout.write(report if options.json else as_text(table, question))
    return 0


def _check_kind(where: str, method: str, design: Design) -> None:
    kind = METHODS[method]
    if design.kind != kind:
        other = next((f"; --{one} takes this one" for one, its in METHODS.items() if its == design.kind), "")
        raise DataError(
            f"{where}: the design is {design.kind}; --{method} needs {kind} (`commonweal sweep --design {kind}`){other}"
        )


def _analyses(results: xarray.Dataset, options: argparse.Namespace, question: Question) -> list[Analysis]:
    from .outputs import outputs_of
    from .rows import check_order, rows_of

    outputs = outputs_of(results, list(dict.fromkeys(options.output_of)), chosen_labels(options))
    cell = whole_cell(results, options, question.design)
    rows = rows_of(cell, question.design)
    check_order(cell, question.design, rows)
    table = [analyze(cell, rows, output, question) for output in outputs]
    for analysis in table:
        warn_of_gaps("commonweal analyze", analysis.output.name, analysis.points)
        _warn_of_chance(analysis)
    return table


def _warn_of_chance(analysis: Analysis) -> None:
    share = analysis.points.chance.share
    if not math.isnan(share) and share > MUCH_CHANCE:
        print(
            f"commonweal analyze: warning: {100 * share:.0f} % of the variance of {analysis.output.name} between points is "
            "chance; more replicates make it smaller (docs/how-to/sensitivity.md)",
            file=sys.stderr,
        )


def _write(folder: OutputFolder, table: list[Analysis], question: Question, report: str) -> None:
    from .figures import figure_files
    from .report import as_rows, pair_rows

    folder.write_csv("indices.csv", [row for analysis in table for row in as_rows(analysis)])
    if pairs := [row for analysis in table for row in pair_rows(analysis)]:
        folder.write_csv("pairs.csv", pairs)
    folder.write_text("analysis.json", report)
    for analysis in table:
        for name, content in figure_files(analysis, question).items():
            folder.write_bytes(name, content)
    print(f"written to {folder.path}: indices.csv, analysis.json, figures (SVG and PNG)", file=sys.stderr)


def _at_least(least: int):
    def whole(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) < 2**63):
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least {least}")
        return int(text)

    return whole


def _probability(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number between 0 and 1, such as 0.95")
    return value

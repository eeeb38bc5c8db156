"""`commonweal export DIR --to salib -o FOLDER`: a sweep as the files that SALib works on."""

from __future__ import annotations

import argparse
import sys

from .. import __version__
from ..command_line import Parser
from ..design import design_of
from ..exit_codes import exit_code_of
from ..output_folder import OutputFolder
from ..results import open_results
from .options import add_selection, cell_name, chosen_labels, warn_of_gaps, whole_cell

OWNER = "export --to salib"
DESCRIPTION = """\
Writes problem.json (names, bounds, distributions), X.csv (a row per design point, in the order of SALib's samplers), Y.csv (the
outcomes, a row per point: means over replicates and network instances) and README.txt, which says what each column is.
"""
EPILOG = """\
Designs that sample can be exported: saltelli, morris, lhs, sobol. `--to csv` takes any.
Exit codes: 0 done; 2 usage, or the sweep is of another design; 4 the sweep is not finished; 6 the folder belongs to something
else; 74 unreadable file.
"""


def main(arguments: list[str] | None = None) -> int:
    """Entry point of `commonweal-export`; returns the exit code."""
    options = _parser().parse_args(arguments)
    return exit_code_of("commonweal export", lambda: _export(options))


def _parser() -> Parser:
    parser = Parser(
        prog="commonweal export",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"commonweal analysis {__version__}")
    parser.add_argument("data", metavar="DIR", help="folder (or results.h5) of a sweep")
    parser.add_argument("--to", required=True, choices=("salib",), help="format")
    parser.add_argument(
        "-o", "--output", "--out", dest="out", required=True, metavar="FOLDER", help="where the files are written"
    )
    parser.add_argument(
        "--output-of", nargs="+", action="extend", default=[], metavar="COLUMN", help="outcomes (all columns of the results)"
    )
    add_selection(parser)
    return parser


def _export(options: argparse.Namespace) -> int:
    from .outputs import columns_of, numbers_per_run, outputs_of
    from .points import point_means
    from .rows import check_order, rows_of
    from .salib_files import check_kind, salib_files

    with open_results(options.data) as results:
        design = design_of(results)
        check_kind(results, design)
        columns = list(dict.fromkeys(options.output_of)) or columns_of(results)
        outputs = outputs_of(results, columns, chosen_labels(options), each_strategy=True)
        cell = whole_cell(results, options, design)
        rows = rows_of(cell, design)
        check_order(cell, design, rows)
        means = {output: point_means(cell, design, numbers_per_run(cell, output), output.name) for output in outputs}
        files = salib_files(cell, design, rows, means, cell_name(options, design))
    folder = OutputFolder(options.out, OWNER)
    for output, points in means.items():
        warn_of_gaps("commonweal export", output.name, points)
    for name, content in files.items():
        folder.write_text(name, content)
    print(f"written to {folder.path}: {', '.join(files)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

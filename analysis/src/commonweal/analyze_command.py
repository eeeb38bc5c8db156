"""`commonweal analyze dyads`: the dyad regression on a results file or on any experiment's table. With --sobol or --morris
the command line is of `sensitivity.command`."""

from __future__ import annotations

import argparse
import sys

from . import __version__
from .command_line import Parser
from .errors import DataError, SpecificationError
from .exit_codes import exit_code_of
from .experiment_csv import Columns
from .results import is_hdf5, open_results
from .sensitivity import command as sensitivity

OWNER = "analyze dyads"
DESCRIPTION = """\
Regresses ego's contribution in period t on that of an earlier group mate, direct (degree 1) or through a chain of
consecutive meetings (degree 2, 3, ...). The coefficient is an association, not a causal effect: compare it with --null.
"""
EPILOG = """\
controls: own-lag (ego's own contribution in alter's period), round, session, session-round, ego (fixed effects).
specifications: raw, all, or controls joined by +; several separated by commas, or --spec given several times.
Exit codes: 0 done; 2 usage, or the data are not as needed; 6 the folder belongs to something else; 74 unreadable file.

example:
  commonweal analyze dyads --data lab.csv --session idsess --round period --subject idsubj --group group \\
      --contribution contribution --spec raw,own-lag+round --cluster both --null 500 --seed 1
"""


def main(arguments: list[str] | None = None) -> int:
    """Entry point of `commonweal-analyze`; returns the exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if sensitivity.wanted(arguments):
        chosen = sensitivity.parser().parse_args(arguments)
        return exit_code_of("commonweal analyze", lambda: sensitivity.run(chosen))
    options = _parser().parse_args(arguments)
    return exit_code_of("commonweal analyze", lambda: _dyads(options))


def whole_numbers(text: str) -> list[int]:
    """`1,2,3` or `1..5` or both; each at least 1."""
    numbers: list[int] = []
    try:
        for part in text.split(","):
            first, _, last = part.partition("..")
            numbers += range(int(first), int(last or first) + 1)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a list such as 1,2,3 or 1..5") from None
    if not numbers or min(numbers) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: needs whole numbers of at least 1")
    return list(dict.fromkeys(numbers))


def _parser() -> Parser:
    parser = Parser(
        prog="commonweal analyze",
        usage="%(prog)s [-h] [--version] COMMAND ...\n       %(prog)s (--sobol DIR | --morris DIR) --output-of COLUMN ...",
        description="Estimators for experiments and simulation results.",
        epilog="Which parameters of a sweep matter: `commonweal analyze --sobol DIR --help`.",
        also_known=sensitivity.FLAGS,
    )
    parser.add_argument("--version", action="version", version=f"commonweal analysis {__version__}")
    commands = parser.add_subparsers(prog="commonweal analyze", metavar="COMMAND", required=True)
    dyads = commands.add_parser(
        "dyads",
        help="the dyad regression of Fowler & Christakis (2010)",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    data = dyads.add_argument_group("data")
    data.add_argument("--data", required=True, metavar="FILE", help="results file (.h5) or table (comma, semicolon or tab)")
    for name, what in (
        ("session", "session"),
        ("round", "period, whole numbers"),
        ("subject", "subject, unique in the session"),
        ("group", "group within session and period"),
        ("contribution", "contribution, a number"),
    ):
        data.add_argument(f"--{name}", metavar="COL", help=f"column of a table: {what}")
    data.add_argument(
        "--condition",
        metavar="NAME",
        action="append",
        default=[],
        help="table: the column that names the treatment; results: a condition to analyze (repeatable)",
    )
    data.add_argument(
        "--pool",
        metavar="COL",
        action="append",
        default=[],
        help="table: take the treatments of this column together (repeatable); else they are refused",
    )
    model = dyads.add_argument_group("estimation")
    model.add_argument("--degrees", type=whole_numbers, default=[1, 2, 3], metavar="LIST", help="degrees of separation (1,2,3)")
    model.add_argument(
        "--lags", type=whole_numbers, metavar="LIST", help="persistence at degree 1 (1..5, as far as periods reach)"
    )
    model.add_argument(
        "--spec",
        action="append",
        default=[],
        metavar="SPEC",
        help="specification(s); default raw,round,own-lag,own-lag+round",
    )
    model.add_argument(
        "--control", action="append", default=[], metavar="CONTROL", help="one specification from controls (repeatable)"
    )
    model.add_argument(
        "--cluster",
        choices=("ego", "session", "both", "none", "HC1"),
        default="ego",
        help="standard errors (ego); none is classical",
    )
    model.add_argument("--paths", choices=("strict", "loose"), default="strict", help="path rule (strict)")
    model.add_argument("--null", type=_count, default=0, metavar="N", help="draws of the regrouping null (0)")
    model.add_argument("--seed", type=_count, metavar="S", help="seed of the null, required with --null")
    output = dyads.add_argument_group("output")
    output.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    output.add_argument("--out", metavar="DIR", help="also write dyads.csv there")
    return parser


def _count(text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        value = -1
    if value < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 0")
    return value


def _dyads(options: argparse.Namespace) -> int:
    from .dyad_report import as_json, as_rows, as_text
    from .dyads import dyad_links, estimate_dyads
    from .output_folder import OutputFolder, json_text

    specifications = _specifications(options)
    if options.null and options.seed is None:
        raise SpecificationError("--null draws at random: give --seed S")
    panels, subjects = _panels(options)
    folder = OutputFolder(options.out, OWNER) if options.out else None
    table = []
    for panel in panels:
        reach = len(panel.periods) - 1
        links = dyad_links(options.degrees, options.lags or list(range(1, min(5, reach) + 1)))
        table += estimate_dyads(
            panel,
            links,
            specifications,
            cluster=options.cluster,
            paths=options.paths,
            null_draws=options.null,
            seed=options.seed,
        )
    _refuse_or_tell(table, lenient="all" in ",".join(options.spec).split(","))
    context = {
        "data": options.data,
        "subjects": subjects,
        "paths": options.paths,
        "cluster": options.cluster,
        "null_draws": options.null,
        "seed": options.seed,
        "pooled": _pooled(panels, options.pool),
    }
    if folder is not None:
        folder.write_csv("dyads.csv", as_rows(table))
    sys.stdout.write(json_text(as_json(table, context)) if options.json else as_text(table, context))
    return 0


def _specifications(options: argparse.Namespace) -> list:
    from .specification import STANDARD, Specification

    chosen = [one for text in options.spec for one in Specification.parse(text)]
    if options.control:
        chosen.append(Specification.of(options.control))
    return list(dict.fromkeys(chosen)) or STANDARD


def _panels(options: argparse.Namespace) -> tuple[list, str]:
    """The conditions to analyze, and where the people come from (empty for a table)."""
    from .panel import panels_from_csv, panels_from_results

    roles = ("session", "round", "subject", "group", "contribution")
    if is_hdf5(options.data) or str(options.data).endswith((".h5", ".hdf5", ".nc")):
        if named := [f"--{role}" for role in (*roles, "pool") if getattr(options, role)]:
            raise DataError(f"{options.data}: a results file names its own variables; leave out {' '.join(named)}")
        with open_results(options.data) as results:
            return panels_from_results(results, options.condition), str(results.attrs.get("subjects", ""))
    missing = [f"--{role}" for role in roles if getattr(options, role) is None]
    if missing:
        raise DataError(f"{options.data}: a table needs its columns named: {' '.join(missing)}")
    if len(options.condition) > 1:
        raise DataError("--condition names the one column of a table that holds the treatment")
    columns = Columns(*(getattr(options, role) for role in roles), *options.condition)
    return panels_from_csv(options.data, columns, options.pool), ""


def _pooled(panels: list, asked: list[str]) -> dict[str, list[str]]:
    """The columns whose values are taken together, column -> values of all conditions; tells on stderr those not asked for."""
    from .treatment_columns import told

    pooled: dict[str, list[str]] = {}
    for panel in panels:
        for column, values in panel.pooled.items():
            pooled[column] = list(dict.fromkeys([*pooled.get(column, []), *values]))
    for column, values in pooled.items():
        if column not in asked:
            print(
                f"commonweal analyze: warning: rows that differ in {told(column, values)} are taken together; if these are "
                f"treatments, give --condition {column}, else --pool {column}",
                file=sys.stderr,
            )
    return pooled


def _refuse_or_tell(table: list, lenient: bool) -> None:
    """An asked-for line that cannot be estimated is an error; with `all`, only if nothing can. Warnings go to stderr once."""
    refused = [line for line in table if line.refused]
    if refused and (not lenient or len(refused) == len(table)):
        raise SpecificationError(f"{refused[0].link}: {refused[0].refused}")
    for note in dict.fromkeys(note for line in table for note in line.warnings):
        print(f"commonweal analyze: warning: {note}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())

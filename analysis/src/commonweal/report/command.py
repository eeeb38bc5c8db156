"""`commonweal report DIR`: what a comparison of regimes says, as a page that anybody can read."""

from __future__ import annotations

import argparse
import math
import shlex
import sys
from pathlib import Path

from .. import __version__
from ..command_line import Parser
from ..errors import INPUT_OUTPUT, DataError
from ..exit_codes import exit_code_of
from ..output_folder import OutputFolder, json_text
from ..results import open_results, results_path

DESCRIPTION = """\
Writes the report of a comparison of regimes: paired differences with intervals, regret by world, decision rules, costs, who
gains and who loses, when the mean misleads, assumptions and limits. FOLDER gets report.html (one file that works offline),
report.md, report.json, tables/*.csv and figures/*.svg.
"""
EPILOG = """\
Exit codes: 0 written; 2 usage, or results that cannot be compared; 6 the folder belongs to something else; 74 unreadable or
unwritable file.

examples:
  commonweal report out
  commonweal report out --baseline as_today --target 24 --smallest 0.5 -o report
  commonweal report sweep --outcome mean_contribution
"""


def main(arguments: list[str] | None = None) -> int:
    """Entry point of `commonweal-report`; returns the exit code."""
    options = _parser().parse_args(arguments)
    return exit_code_of("commonweal report", lambda: _run(options))


def _parser() -> Parser:
    made = Parser(
        prog="commonweal report",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--version", action="version", version=f"commonweal analysis {__version__}")
    made.add_argument("data", metavar="DIR", help="folder of `commonweal compare` or `sweep`, or its results.h5")
    made.add_argument("-o", "--output", metavar="FOLDER", help="folder of the report (DIR/report)")
    made.add_argument("--json", action="store_true", help="print report.json instead of the headline")
    asked = made.add_argument_group("what is compared")
    asked.add_argument(
        "--baseline", metavar="REGIME", help="regime that the others are compared with (the first of the design)"
    )
    asked.add_argument(
        "--outcome", action="append", default=[], metavar="COLUMN", help="outcome; the first decides (welfare; repeatable)"
    )
    asked.add_argument(
        "--lower-is-better", action="append", default=[], metavar="COLUMN", help="of this outcome less is better (repeatable)"
    )
    asked.add_argument(
        "--target", type=_number, metavar="X", help="what is good enough (the baseline's own mean in each world)"
    )
    asked.add_argument(
        "--smallest", type=_positive, default=0.0, metavar="X", help="smallest difference of the first outcome that matters (0)"
    )
    intervals = made.add_argument_group("intervals")
    intervals.add_argument("--draws", type=_at_least(100), default=2000, metavar="N", help="draws of the bootstrap (2000)")
    intervals.add_argument("--confidence", type=_between_0_and_1, default=0.95, metavar="P", help="probability (0.95)")
    intervals.add_argument("--seed", type=_at_least(0), default=0, metavar="S", help="seed of the draws (0)")
    modes = made.add_argument_group("collapse and tipping (docs/how-to/compare_regimes.md)")
    modes.add_argument("--collapse", type=_between_0_and_1, default=0.1, metavar="P", help="of the early contribution (0.1)")
    modes.add_argument("--tip", type=_between_0_and_1, default=0.5, metavar="P", help="of the room above the early one (0.5)")
    modes.add_argument("--early-rounds", type=_at_least(1), metavar="N", help="rounds that are early (a tenth of them)")
    modes.add_argument("--ceiling", type=_number, metavar="X", help="the most tokens that can be given (the endowment)")
    made.add_argument("--network", metavar="FILE.svg", help="picture of the network (DIR/network.svg, if it is there)")
    return made


def _run(options: argparse.Namespace) -> int:
    """Read, compare, write, say the headline. Raises AnalysisError."""
    from ..comparison.compare import compare
    from .document import report_of
    from .store import origin_of

    folder = results_path(options.data).parent
    network = _network(options.network, folder)
    with open_results(options.data) as results:
        attributes = dict(results.attrs)
        origin = origin_of(folder.resolve(), str(attributes.get("configuration", "")))
        comparison = compare(results, _question(options), origin.settings_in if origin.told else None)
    report = report_of(comparison, attributes, origin, _command(options, folder), network)
    where = OutputFolder(options.output or folder / "report", "report")
    text = _write(where, report)
    print(f"written to {where.path}: report.html, report.md, report.json, tables/*.csv, figures/*.svg", file=sys.stderr)
    from .writers import plain

    said = [*report.notices, *report.headline]
    sys.stdout.write(text if options.json else "".join(f"{plain(sentence)}\n" for sentence in said))
    return 0


def _question(options: argparse.Namespace):
    from ..comparison.compare import Question

    names = ("baseline", "target", "smallest", "draws", "confidence", "seed", "collapse", "tip", "early_rounds", "ceiling")
    return Question(
        outcomes=tuple(options.outcome),
        lower_is_better=tuple(options.lower_is_better),
        **{name: getattr(options, name) for name in names},
    )


def _network(name: str | None, folder: Path) -> str | None:
    """The picture's text; None without one. Raises DataError for a file that was named and is no SVG picture."""
    path = folder / "network.svg" if name is None else Path(name)
    if name is None and not path.is_file():
        return None
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read: {error}", INPUT_OUTPUT) from error
    if "<svg" not in text:
        raise DataError(f"{path}: no SVG picture (no <svg element)")
    return text


def _command(options: argparse.Namespace, folder: Path) -> str:
    """The command that writes the report again, with the names of files only."""
    words = ["commonweal", "report", folder.resolve().name]
    defaults = vars(_parser().parse_args(["x"]))
    for name, value in vars(options).items():
        if name in ("data", "output", "json") or value == defaults[name]:
            continue
        for one in value if isinstance(value, list) else [value]:
            words += [f"--{name.replace('_', '-')}", Path(one).name if name == "network" else str(one)]
    return shlex.join(words)


def _write(where: OutputFolder, report) -> str:
    from .writers import as_html, as_json, as_markdown

    text = json_text(as_json(report))
    for name, rows in report.records.items():
        where.write_csv(f"tables/{name}.csv", rows)
    if report.origin.changes:
        where.write_csv("tables/options.csv", [vars(change) for change in report.origin.changes])
    for picture in report.pictures:
        where.write_text(f"figures/{picture.name}.svg", picture.svg + "\n")
    where.write_text("report.md", as_markdown(report))
    where.write_text("report.json", text)
    where.write_text("report.html", as_html(report))
    return text


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number")
    return value


def _positive(text: str) -> float:
    value = _number(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is below 0")
    return value


def _between_0_and_1(text: str) -> float:
    value = _number(text)
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number between 0 and 1, such as 0.5")
    return value


def _at_least(least: int):
    def whole(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) < 2**63):
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least {least}")
        return int(text)

    return whole


if __name__ == "__main__":
    sys.exit(main())

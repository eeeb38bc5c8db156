"""`commonweal reproduce NAME`: an experiment beside its published values, with a verdict."""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from pathlib import Path

from .. import __version__
from ..command_line import Parser
from ..errors import INPUT_OUTPUT, MISMATCH, DataError
from ..exit_codes import exit_code_of
from ..output_folder import OutputFolder, json_text
from ..text_table import painted
from . import fixed_design
from .progress import Progress
from .simulator import OVERRIDES, Simulator, find_binary

EXPERIMENT = "fowler-christakis-2010"
OWNER = f"reproduce {EXPERIMENT}"
DESCRIPTION = """\
Runs the experiment of Fowler & Christakis (2010) with the simulator and prints, side by side, the published values with their
status, the simulated dyad regressions, the regrouping null, the causal effects of twin runs, and a verdict per line.
"""
EPILOG = """\
Without --subjects the people are synthetic. With it they are drawn from a subject file, such as the data of Fischbacher &
Gaechter (2010), which you get from the paper's replication archive.
The verdict is on the program, not on the paper: a mean passes within 3 standard errors of an independent program's (or a few
per cent of a causal effect), so that by chance about one line in 400 fails: of 198, one in every second call at most. Period
means and causal effects are judged from 5 replications on; with few the band is wider, by Student's t.
The experiment is played as published. How the table of a changed one is made: docs/how-to/estimate_influence.md.
Exit codes: 0 all judged lines pass; 2 usage; 5 a judged line fails; 6 the folder belongs to something else, or to another
question (--force replaces that); 74 input/output; 130 interrupted: the same command starts again.
"""


def main(arguments: list[str] | None = None) -> int:
    """Entry point of `commonweal-reproduce`; returns the exit code."""
    options = _parser().parse_args(arguments)
    progress = Progress(Path(options.out) if options.out else None)
    return exit_code_of("commonweal reproduce", lambda: MISMATCH if _reproduce(options, progress) else 0, progress.kept)


def _parser() -> Parser:
    parser = Parser(prog="commonweal reproduce", description="Published experiments beside the simulator.")
    parser.add_argument("--version", action="version", version=f"commonweal analysis {__version__}")
    names = parser.add_subparsers(metavar="NAME", required=True)
    one = names.add_parser(
        EXPERIMENT,
        help="Cooperative behavior cascades in human social networks",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        explain=fixed_design.told,
    )
    one.add_argument("--subjects", metavar="FILE.csv", help="subject file; without it the subjects are synthetic")
    one.add_argument("--replications", type=_positive, default=300, metavar="R", help="replications of the experiment (300)")
    one.add_argument("--twin-replications", type=_positive, default=100, metavar="R", help="replications with twin runs (100)")
    one.add_argument("--null-draws", type=_positive, default=100, metavar="N", help="draws of the regrouping null (100)")
    one.add_argument("--seed", type=_seed, default=2010, metavar="S", help="seed of the simulation and of the null (2010)")
    one.add_argument("--threads", type=_positive, metavar="N", help="threads of the simulator")
    one.add_argument("--json", action="store_true", help="one JSON object instead of the tables")
    one.add_argument("--out", metavar="DIR", help="also write figures, table.csv, report.json and the results files there")
    one.add_argument("--force", action="store_true", help="replace what another question left in DIR")
    one.add_argument("--binary", metavar="PATH", help="the simulator (else COMMONWEAL_BINARY, else `commonweal` on the PATH)")
    return parser


def _positive(text: str) -> int:
    value = _seed(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return value


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 2**63):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number in 0 .. 2^63 - 1")
    return int(text)


def _reproduce(options: argparse.Namespace, progress: Progress) -> int:
    """Run, measure, compare, print; returns the number of judged lines that fail."""
    subjects = _subjects(options.subjects)
    simulator = Simulator(find_binary(options.binary), options.seed, subjects, options.threads)
    if options.out:
        folder = OutputFolder(options.out, OWNER, _question(options), replace=options.force)
        return _report(options, simulator, folder, Path(options.out) / "results", progress)
    with tempfile.TemporaryDirectory(prefix="commonweal-reproduce-") as folder:
        return _report(options, simulator, None, Path(folder), progress)


def _question(options: argparse.Namespace) -> dict:
    """What decides the values in the folder; a subject file by its content, so that an edited one is another question."""
    asked = {name: getattr(options, name) for name in ("replications", "twin_replications", "null_draws", "seed")}
    people = "synthetic"
    if options.subjects:
        digest = hashlib.sha256(Path(options.subjects).read_bytes()).hexdigest()[:12]
        people = f"{Path(options.subjects).name} (SHA-256 {digest})"
    return asked | {"subjects": people, "version": __version__}


def _subjects(name: str | None) -> str | None:
    if name is not None and not Path(name).is_file():
        raise DataError(f"{name}: no such subject file", INPUT_OUTPUT)
    return name


def _report(
    options: argparse.Namespace, simulator: Simulator, folder: OutputFolder | None, results: Path, progress: Progress
) -> int:
    from .bands import bands_for
    from .comparison import compare
    from .measure import measure
    from .report import as_json, as_text, verdict_counts

    results.mkdir(exist_ok=True)
    files = {}
    for variant in OVERRIDES:
        replications = options.twin_replications if variant.startswith("causal_") else options.replications
        files[variant] = simulator.run(variant, replications, results / f"{variant}.h5")
        progress.done.append(variant)
    measured = measure(files, options.null_draws, options.seed)
    bands = bands_for(measured.synthetic)
    lines = compare(measured, bands)
    context = {name: getattr(options, name) for name in ("replications", "twin_replications", "null_draws", "seed")}
    report = json_text(as_json(measured, bands, lines, context))
    if folder is not None:
        progress.writing = True
        _write(folder, measured, lines, report, files)
    sys.stdout.write(report if options.json else painted(as_text(measured, bands, lines, context)))
    return verdict_counts(lines)["fail"]


def _write(folder: OutputFolder, measured, lines, report: str, files: dict[str, Path]) -> None:
    from .figures import figure_files

    folder.write_csv("table.csv", [line.as_row() for line in lines])
    folder.write_text("report.json", report)
    for name, content in figure_files(measured, lines, files["causal_unrounded"]).items():
        folder.write_bytes(name, content)
    print(f"written to {folder.path}: table.csv, report.json, figures (SVG and PNG), results/*.h5", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Executes pages of the documentation: commands in an empty folder, outputs and numbers compared with what the page says.

usage: scripts/run_pages.py [--full] [--show] [--list] [--keep FOLDER] [PAGE.md ...]

  PAGE.md        pages, as paths from the root of the checkout; without any, all that people write
  --full         nothing is reduced: long computations run whole, and their figures are compared too (minutes)
  --show         prints what each block prints
  --list         executes nothing; lists what would not run or run reduced, with the reasons
  --keep FOLDER  leaves the folders of the pages in FOLDER, which must not exist

Run it with the Python of .venv. COMMONWEAL_BINARY names another simulator than build/release/bin/commonweal.
How a page says what is a file, an output, or not to be run: tests/docs/README.md.
Exit codes: 0 everything is as the pages say, 1 something is not, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/docs"))

from pages.page import Page, read_page  # noqa: E402
from pages.prose import unbacked  # noqa: E402
from pages.runner import Runner  # noqa: E402
from pages.session import LIMIT, LONG, Session  # noqa: E402
from pages.site import checks_numbers, maker_of, page_names  # noqa: E402


def main() -> int:
    options = _options()
    names = options.pages or [name for name in page_names() if not maker_of(ROOT / name)]
    binary = Path(os.environ.get("COMMONWEAL_BINARY", ROOT / "build/release/bin/commonweal")).resolve()
    if not options.list and not os.access(binary, os.X_OK):
        print(f"run_pages: there is no {binary}; scripts/setup.sh builds it", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="commonweal_pages_") as scratch:
        folder = Path(options.keep or scratch)
        folder.mkdir(exist_ok=options.keep is None)
        return int(any([_one(name, folder / str(number), binary, options) for number, name in enumerate(names, 1)]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(usage=__doc__.partition("usage: ")[2], add_help=False)
    parser.add_argument("pages", nargs="*")
    for name in ("--full", "--show", "--list"):
        parser.add_argument(name, action="store_true")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("-h", "--help", action="store_true")
    options = parser.parse_args()
    if options.help:
        print(__doc__, end="")
        sys.exit(0)
    if lacking := [name for name in options.pages if not (ROOT / name).is_file()]:
        parser.error(f"there is no page {', '.join(lacking)}")
    if options.keep and options.keep.exists():
        parser.error(f"{options.keep} exists")
    return options


def _one(name: str, folder: Path, binary: Path, options: argparse.Namespace) -> bool:
    """Whether something is not as the page says."""
    page = read_page(ROOT / name, name)
    problems = page.problems + (unbacked(page) if checks_numbers(name) else [])
    if options.list:
        problems += _listed(page)
    else:
        folder.mkdir()
        session = Session(folder, binary, LONG if options.full else LIMIT)
        account = Runner(page, session, ROOT, full=options.full, show=_show if options.show else None).run()
        problems += account.failures
        print(f"{name}: {account.blocks} blocks run, {len(account.not_run)} not, {account.outputs} outputs compared")
    print("".join(f"{problem}\n" for problem in problems), end="")
    return bool(problems) and not options.list


def _listed(page: Page) -> list[str]:
    markers = [marker for block in page.blocks for marker in block.markers.values() if marker.name in ("not run", "run with")]
    return [f"{page.name}:{marker.line}: {marker.name}: {marker.text}" for marker in markers]


def _show(block, done) -> None:
    print(f"--- line {block.line}, exit code {done.code}\n{done.out}", end="")
    if done.errors:
        print(f"--- on the other stream\n{done.errors}", end="")


if __name__ == "__main__":
    sys.exit(main())

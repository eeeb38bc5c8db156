#!/usr/bin/env python3
"""Writes the pages of docs/reference that are made from the program and its files.

usage: scripts/reference_pages.py [--check] [--list] [PAGE ...]

  (no option)  writes docs/reference/{scenario_keys,configurations,results_schema}.md, or only the pages named
  --check      writes nothing; says which pages are not what the program and its files say
  --list       prints the names of the pages

It needs the program (build/release/bin/commonweal, or COMMONWEAL_BINARY) and h5py: run it with .venv/bin/python.
Exit codes: 0 done, 1 a page differs (--check) or the program failed, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from itertools import islice

from reference import configurations, results_schema, scenario_keys
from reference.program import ROOT, ProgramError

PAGES = {
    "scenario_keys": scenario_keys.write,
    "configurations": configurations.write,
    "results_schema": results_schema.write,
}


def differs(name: str, text: str) -> bool:
    """Whether the page in the repository is another one; prints where."""
    file = ROOT / f"docs/reference/{name}.md"
    there = file.read_text(encoding="utf-8") if file.exists() else ""
    if there == text:
        return False
    lines = difflib.unified_diff(there.splitlines(), text.splitlines(), str(file.relative_to(ROOT)), "now", lineterm="")
    print("\n".join(islice(lines, 20)))
    print(f"docs/reference/{name}.md is not what the program says; scripts/reference_pages.py {name} writes it anew")
    return True


def main() -> int:
    parser = argparse.ArgumentParser(usage=__doc__.partition("usage: ")[2].rstrip())
    parser.add_argument("pages", nargs="*", metavar="PAGE")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--list", action="store_true")
    wanted = parser.parse_args()
    if unknown := [name for name in wanted.pages if name not in PAGES]:
        parser.error(f"no page '{unknown[0]}'; there are: {', '.join(PAGES)}")
    if wanted.list:
        print("\n".join(PAGES))
        return 0
    different = False
    for name in wanted.pages or PAGES:
        try:
            text = PAGES[name]()
        except ProgramError as failure:
            print(f"reference_pages: {failure}", file=sys.stderr)
            return 1
        if wanted.check:
            different |= differs(name, text)
        else:
            (ROOT / f"docs/reference/{name}.md").write_text(text, encoding="utf-8")
    return int(different)


if __name__ == "__main__":
    sys.exit(main())

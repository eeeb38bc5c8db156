#!/usr/bin/env bash
# Compares every C++ file with .clang-format; with --fix, rewrites those that differ.
# The formatter is the one that setup.sh put into .venv: another version would format otherwise.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

case ${1-} in
    --fix) mode=(-i) ;;
    "") mode=(--dry-run -Werror) ;;
    *) echo "usage: scripts/check_format.sh [--fix]" >&2; exit 2 ;;
esac
find sim models tests benchmarks -name '*.[ch]pp' -print0 |
    xargs -0 -r .venv/bin/clang-format --ferror-limit=20 "${mode[@]}"

#!/usr/bin/env bash
# Writes docs/reference/commands.md, which lists every command, from what the program says of itself.
set -euo pipefail

usage() {
    cat <<'END'
usage: scripts/commands_page.sh [--check]

  (no option)  writes docs/reference/commands.md
  --check      writes nothing; exit code 1 when the page is not what the program says

Exit code 2 for an unknown option.
END
}

check=false
case ${1-} in
    "") ;;
    --check) check=true ;;
    -h | --help) usage; exit 0 ;;
    *) echo "commands_page: unknown option $1" >&2; usage >&2; exit 2 ;;
esac

cd "$(dirname "${BASH_SOURCE[0]}")/.."
commonweal=${COMMONWEAL_BINARY:-build/release/bin/commonweal}
page=docs/reference/commands.md
if $check; then
    "$commonweal" manual --format markdown | diff -u "$page" - | head -n 20 || {
        echo "$page is not what the program says; scripts/commands_page.sh writes it anew"
        exit 1
    }
else
    "$commonweal" manual --format markdown > "$page"
fi

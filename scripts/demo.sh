#!/usr/bin/env bash
# The first result: Fowler and Christakis (2010), 300 times over, as a table, figures and one results file.
set -euo pipefail

usage() {
    cat <<'END'
usage: scripts/demo.sh [OPTION...]

Prepares the checkout (scripts/setup.sh), then reproduces Fowler and Christakis (2010) with 300 replications of the
whole experiment. Options are those of commonweal-reproduce, for example:
  --subjects FILE.csv   draw the people from a data file instead of the synthetic subjects
  --replications N      fewer or more replications (default here: 300)
  --out DIR             where figures, table and results file go (default here: demo/ in the checkout)

The exit code is that of commonweal-reproduce: 0 every judged line is as an independent program computes it, 5 one is not.
END
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=$root/demo
previous=
for option in "$@"; do
    case $option in
        -h | --help) usage; exit 0 ;;
        --out=*) out=${option#--out=} ;;
        *) [[ $previous == --out ]] && out=$option ;;
    esac
    previous=$option
done

"$root/scripts/setup.sh" --quiet
code=0
COMMONWEAL_BINARY=$root/build/release/bin/commonweal "$root/.venv/bin/commonweal-reproduce" fowler-christakis-2010 \
    --replications 300 --out "$out" "$@" || code=$?

if [[ -d $out ]]; then
    echo >&2
    echo "In $out:" >&2
    find "$out" -type f ! -name '.*' -printf '  %P\n' | sort >&2
fi
exit "$code"

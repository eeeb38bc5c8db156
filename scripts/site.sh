#!/usr/bin/env bash
# Builds the documentation as a static site that works without a network, from a folder or from a web server.
set -euo pipefail

usage() {
    cat <<'END'
usage: scripts/site.sh [-o FOLDER]

Builds the pages of docs/ (and README, CONTRIBUTING, CHANGELOG) with Sphinx; open FOLDER/index.html in a browser.

  -o FOLDER  where the site is written; build/site without it. What a former build left there is replaced

Warnings are errors: a link to a page, heading or file that is not there, or a page that no index names.
`scripts/setup.sh --with-docs` installs what it needs into .venv.
Exit codes: 0 built, 1 something is wrong with a page, 2 wrong usage, 3 Sphinx is not installed.
END
}

out=
while (($#)); do
    case $1 in
        -o)
            [[ -n ${2-} ]] || { echo "site: -o takes a folder" >&2; exit 2; }
            out=$(realpath -m -- "$2")
            shift
            ;;
        -h | --help) usage; exit 0 ;;
        *) echo "site: unknown option $1" >&2; usage >&2; exit 2 ;;
    esac
    shift
done

cd "$(dirname "${BASH_SOURCE[0]}")/.."
out=${out:-$PWD/build/site}
python=.venv/bin/python
"$python" -c 'import myst_parser, pydata_sphinx_theme, sphinx' 2> /dev/null || {
    echo "site: Sphinx, MyST or the theme is not in .venv; \`scripts/setup.sh --with-docs\` installs them" >&2
    exit 3
}
# A folder is emptied only when it is a site, or empty already.
if [[ -e $out && ! -f $out/.buildinfo && -n $(ls -A -- "$out" 2> /dev/null) ]]; then
    echo "site: $out is there and is no site; name another folder" >&2
    exit 2
fi
rm -rf -- "$out"
# Pages are read anew (-E): which of them an index has to name depends on which there are.
"$python" -m sphinx -q -E -W --keep-going -d build/site-pages -b html -c docs/conf . "$out" || {
    echo "site: something is wrong with the pages named above" >&2
    exit 1
}
echo "$out/index.html"

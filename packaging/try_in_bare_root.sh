#!/usr/bin/env bash
# Installs a package as a stranger would: in a bare Debian 12 that has neither a compiler nor anything of this checkout.
set -euo pipefail

usage() {
    cat <<'END'
usage: packaging/try_in_bare_root.sh PACKAGE

  PACKAGE   a wheel or a Debian package that scripts/package.sh made

Makes a Debian 12 of its own in a temporary folder (400 MB, minutes), installs the package there, a wheel as an ordinary user and
with what it needs from the Python package index, and walks through it: templates, run, a sweep that is killed and resumed, verify,
compare, and, with the wheel, report and reproduce. A Chromium of this machine, if there is one, opens the report that was written
there. The folder is deleted at the end.
Needs root, a network and the Debian package debootstrap. MIRROR names another mirror of Debian than debootstrap's own.
Exit codes: 0 everything worked, 1 something did not, 2 usage.
END
}

case ${1-} in
    -h | --help) usage; exit 0 ;;
    *.whl) kind=wheel ;;
    *.deb) kind=deb ;;
    *) usage >&2; exit 2 ;;
esac
package=$(realpath "$1")

say() { echo "try_in_bare_root: $*" >&2; }
fail() { say "$@"; exit 1; }

[[ -f $package ]] || fail "there is no $1"
((EUID == 0)) || fail "it needs root, to make a system of its own"
command -v debootstrap > /dev/null || fail "debootstrap is not installed; it is in the Debian package of that name"

folder=$(mktemp -d)
root=$folder/root
clean_up() {
    umount "$root/proc" 2> /dev/null || true
    if mountpoint -q "$root/proc"; then say "$root/proc is still mounted; $folder is left"; else rm -rf "$folder"; fi
}
trap clean_up EXIT

inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"; }
quietly() { "$@" > "$folder/log" 2>&1 || { tail -n 20 "$folder/log" >&2; fail "this failed: $*"; }; }

make_root() {
    say "making a bare Debian 12"
    quietly debootstrap --variant=minbase bookworm "$root" ${MIRROR:+"$MIRROR"}
    mount -t proc proc "$root/proc"
    # A network that inspects connections has certificates of its own.
    mkdir -p "$root/etc/ssl/certs"
    if [[ $kind == wheel ]]; then
        quietly inside apt-get install -y --no-install-recommends python3 python3-venv ca-certificates
        cp "${PIP_CERT:-/etc/ssl/certs/ca-certificates.crt}" "$root/etc/ssl/certs/ca-certificates.crt"
    fi
    inside useradd --create-home --shell /bin/bash ada
    cp "$package" "$root/home/ada/"
    if inside sh -c 'command -v cc || command -v c++ || command -v gcc'; then fail "the bare system has a compiler"; fi
}

install_package() {
    local name
    name=$(basename "$package")
    say "installing $name"
    if [[ $kind == deb ]]; then
        quietly inside apt-get install -y --no-install-recommends "/home/ada/$name"
    else
        as_ada "python3 -m venv env
                env/bin/pip install --quiet --disable-pip-version-check --cert /etc/ssl/certs/ca-certificates.crt ./$name"
    fi
}

as_ada() { inside su - ada -c "set -e; [ ! -e env/bin/commonweal ] || . env/bin/activate; $1"; }

# What a first hour holds. Each line must succeed; the sweep is killed where it has just kept its first results.
walk() {
    as_ada 'set -x; commonweal version; cd /; commonweal list experiments > /dev/null; cd; commonweal run fowler_christakis_2010 replicates=2 -o x.h5'
    # shellcheck disable=SC2016  # it is the inner shell that expands
    as_ada 'for name in laboratory network sweep regimes organization; do (set -x; commonweal config init $name); done
            set -x; cd network; commonweal run network.toml | tail -n 3'
    # shellcheck disable=SC2016  # it is the inner shell that expands
    as_ada 'design="commonweal sweep fischbacher_gaechter_2010 game.mpcr=linspace(0.2,0.8,7) replicates=20000 -o out"
            $design 2> /dev/null &
            sweep=$!
            while [ -z "$(find out/shards -name "*.h5" 2> /dev/null)" ] && kill -0 $sweep; do sleep 0.1; done
            kill -KILL $sweep
            wait $sweep || echo "killed: exit code $?"
            if [ -e out/results.h5 ]; then echo "the sweep ended before it was killed"; exit 1; fi
            set -x; commonweal status out; $design; commonweal verify out'
    as_ada 'set -x; commonweal compare sweeps/public_service network.agents=500 instances=2 replicates=2 -o service'
    [[ $kind == wheel ]] || return 0
    as_ada 'set -x; test -s service/report/report.html
            commonweal reproduce fowler-christakis-2010 --replications 60 --twin-replications 30 --null-draws 30 --out reproduction > table.txt
            tail -n 1 table.txt
            python -c "import commonweal; print(commonweal.open_results(\"x.h5\").sizes)"'
}

# The page as the browser builds it must have the headline and figures.
open_report() {
    [[ $kind == wheel ]] || return 0
    command -v chromium > /dev/null || { say "no Chromium here: the report was not opened"; return 0; }
    local page=$root/home/ada/service/report/report.html
    chromium --headless --no-sandbox --disable-gpu --dump-dom "file://$page" > "$folder/page" 2> "$folder/log" || return 1
    grep -o '<h1[^>]*>[^<]*</h1>' "$folder/page" || return 1
    echo "figures in the page: $(grep -c '<svg' "$folder/page")"
    grep -q '<svg' "$folder/page"
}

make_root
install_package
walk || fail "a step failed"
open_report || fail "Chromium did not show the report"
say "everything worked: $(basename "$package")"

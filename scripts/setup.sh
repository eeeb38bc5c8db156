#!/usr/bin/env bash
# Prepares a checkout for use: system packages when missing, the Python environment .venv, the release build.
# Run it again at any time: it only does what is left to do.
set -euo pipefail

usage() {
    cat <<'END'
usage: scripts/setup.sh [--quiet] [--no-root | --skip-packages | --packages-only] [--strict]
                        [--with-readers] [--with-slurm] [--with-browser] [--with-docs] [--with-shells]

Installs what commonweal needs on Debian 12 or newer, or on Ubuntu 24.04 or newer, and builds it:
  1. system packages (apt-get, through sudo unless you are root), only those that are missing
  2. .venv, a Python environment with the commands of analysis/
  3. build/release/bin/commonweal

  --quiet          leave out the closing advice
  --no-root        never ask for root: say what is missing and how to get each without it, and build when nothing is.
                   Libraries are also looked for in CMAKE_PREFIX_PATH, Python on the PATH
  --skip-packages  leave the system packages alone: on a system without apt, or when an administrator installed them
  --packages-only  nothing but the system packages: for the recipe of a container
  --strict         compiler warnings are errors, as in continuous integration
  --with-readers   also ncdump, and R with rhdf5 and ncdf4, for the tests of how other programs read results (95 MB)
  --with-slurm     also Slurm, for the tests of sweeps on a cluster (15 MB)
  --with-browser   also Chromium, Playwright and axe-core, for the tests of how reports look (600 MB)
  --with-docs      also what builds the site of the documentation and checks its spelling: Sphinx, aspell (100 MB)
  --with-shells    also zsh, fish and mandoc, for the tests of completion and manual pages (40 MB)

PYTHON names another interpreter than /usr/bin/python3 (3.11 or newer), CXX another compiler than c++.
To use commonweal and not to change it, a wheel is shorter: docs/how-to/install.md.
Exit codes: 0 ready, 1 something could not be installed or built, 2 unknown option.
END
}

packages=(
    build-essential cmake ninja-build ccache
    libboost-graph-dev libtbb-dev libhdf5-dev libcli11-dev libtomlplusplus-dev libfmt-dev nlohmann-json3-dev librandom123-dev libxxhash-dev zlib1g-dev
    libgtest-dev libgmock-dev libbenchmark-dev
    python3 python3-venv
)
clang_format=18.1.8

quiet=false
no_root=false
skip_packages=false
packages_only=false
strict=false
browser=false
docs=false
for option in "$@"; do
    case $option in
        --quiet) quiet=true ;;
        --no-root) no_root=true ;;
        --skip-packages) skip_packages=true ;;
        --packages-only) packages_only=true ;;
        --strict) strict=true ;;
        --with-readers) packages+=(netcdf-bin r-base-core r-cran-ncdf4 r-bioc-rhdf5) ;;
        --with-slurm) packages+=(slurm-wlm) ;;
        --with-browser) packages+=(chromium) browser=true ;;
        --with-docs) packages+=(aspell aspell-en) docs=true ;;
        --with-shells) packages+=(zsh fish mandoc) ;;
        -h | --help) usage; exit 0 ;;
        *) echo "setup: unknown option $option" >&2; usage >&2; exit 2 ;;
    esac
done

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv=$root/.venv
python=${PYTHON:-/usr/bin/python3}
if $no_root; then
    export PATH=$PATH:$venv/bin # CMake and Ninja may come from the Python package index
    python=${PYTHON:-python3}
fi
log=$root/build/setup.log

say() { echo "setup: $*" >&2; }
fail() { say "$@"; exit 1; }

# Runs a long command. Its output goes to the log, and is shown when the command fails.
logged() {
    local what=$1
    shift
    say "$what"
    if ! "$@" > "$log" 2>&1; then
        tail -n 40 "$log" >&2
        fail "$what: failed; the whole output is in build/setup.log"
    fi
}

missing_packages() {
    local package
    for package in "${packages[@]}"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null) == installed ]] || printf '%s\n' "$package"
    done
}

install_packages() {
    if ! command -v apt-get > /dev/null || ! command -v dpkg-query > /dev/null; then
        say "this system has no apt, and this script knows no other package manager."
        say "Install what corresponds to these Debian packages:"
        say "  ${packages[*]}"
        fail "then run: scripts/setup.sh --skip-packages"
    fi
    local missing
    mapfile -t missing < <(missing_packages)
    ((${#missing[@]})) || return 0

    local as_root=()
    if ((EUID != 0)); then
        if ! command -v sudo > /dev/null || ! sudo -v; then
            say "these system packages are missing, and installing them needs root or sudo:"
            say "  ${missing[*]}"
            say "Ask an administrator to run:"
            say "  apt-get update && apt-get install --no-install-recommends ${missing[*]}"
            fail "then run scripts/setup.sh again."
        fi
        as_root=(sudo)
    fi
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=900)
    logged "reading the package lists (apt-get update)" "${apt[@]}" update
    logged "installing ${missing[*]}" "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
}

check_tools() {
    local tool
    for tool in cmake ninja "${CXX:-c++}"; do
        command -v "$tool" > /dev/null || fail "$tool is not on the PATH; it is in one of: ${packages[*]}"
    done
    command -v "$python" > /dev/null || fail "there is no $python; PYTHON=/path/to/python3 names another one"
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        fail "$python is $("$python" --version 2>&1); Python 3.11 or newer is needed (PYTHON=... names another one)"
    local cmake_version
    cmake_version=$(cmake --version | sed -n '1s/.* //p')
    [[ $(printf '3.25\n%s\n' "$cmake_version" | sort -V | head -n 1) == 3.25 ]] ||
        fail "cmake is $cmake_version; 3.25 or newer is needed"
}

# What the environment was made from. When it changes, the environment is brought up to date.
environment_recipe() {
    printf 'checkout %s\n%s\nclang-format %s\n' "$root" "$("$python" --version)" "$clang_format"
    cksum < "$root/pyproject.toml"
}

make_environment() {
    local stamp=$venv/commonweal-recipe recipe
    recipe=$(environment_recipe)
    [[ -f $stamp && $(< "$stamp") == "$recipe" ]] && return 0
    # Scripts in an environment hold its path and its Python's version: one that moved or aged is made anew.
    if [[ -f $stamp && $(head -n 2 "$stamp") != "$(head -n 2 <<< "$recipe")" ]] ||
        ! "$venv/bin/python" -m pip --version > /dev/null 2>&1; then
        logged "making the Python environment .venv" "$python" -m venv --clear "$venv"
    fi
    logged "installing the Python package of analysis/ into .venv" \
        "$venv/bin/python" -m pip install --disable-pip-version-check \
        --editable "${root}[test]" "clang-format==$clang_format"
    printf '%s\n' "$recipe" > "$stamp"
}

add_browser() {
    "$venv/bin/python" -c 'import axe_playwright_python, playwright' 2> /dev/null && return 0
    logged "installing what drives a browser into .venv" \
        "$venv/bin/python" -m pip install --disable-pip-version-check --editable "${root}[test,browser]"
}

add_docs() {
    "$venv/bin/python" -c 'import codespell_lib, myst_parser, pydata_sphinx_theme, pyspelling, sphinx' 2> /dev/null && return 0
    logged "installing what builds the documentation into .venv" \
        "$venv/bin/python" -m pip install --disable-pip-version-check --editable "${root}[test,docs]"
}

build_release() {
    local cache=$root/build/release/CMakeCache.txt options=()
    cd "$root"
    # A compiler newer than ours knows newer warnings: they shall not stop a user.
    if $strict; then
        grep -qsxF COMMONWEAL_WERROR:BOOL=ON "$cache" || options=(-DCOMMONWEAL_WERROR=ON)
    elif [[ ! -f $cache ]]; then
        options=(-DCOMMONWEAL_WERROR=OFF)
    fi
    # A build folder that was copied along with the checkout knows the old path.
    if [[ -f $cache ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then
        options+=(--fresh)
    fi
    if [[ ! -f build/release/build.ninja ]] || ((${#options[@]})); then
        logged "configuring build/release" cmake --preset release "${options[@]}"
    fi
    logged "building build/release (minutes the first time)" cmake --build --preset release
}

mkdir -p "$root/build"
if $no_root; then
    PYTHON=$python "$root/scripts/check_requirements.sh" || fail "then run scripts/setup.sh --no-root again."
elif ! $skip_packages; then
    install_packages
fi
if $packages_only; then exit 0; fi
check_tools
make_environment
if $browser; then add_browser; fi
if $docs; then add_docs; fi
build_release

$quiet || cat >&2 <<'END'
setup: ready. What to do next:
  scripts/demo.sh                    the experiment of Fowler and Christakis (2010), simulated, as a table and figures
  build/release/bin/commonweal list  what there is to simulate with
  . .venv/bin/activate               puts the Python commands on the PATH
END

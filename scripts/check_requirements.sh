#!/usr/bin/env bash
# Says what a build of commonweal needs and does not find here, and how to get each without root.
# It asks the compiler, CMake and Python themselves: a package manager does not know what lies in a folder of yours.
set -uo pipefail

usage() {
    cat <<'END'
usage: scripts/check_requirements.sh

Looks for a compiler, CMake, Ninja, Python and every library, in the system, in CMAKE_PREFIX_PATH and in an active conda
environment; for CMake and Ninja also in .venv. CXX names another compiler than c++, PYTHON another interpreter than python3.
Exit codes: 0 everything is there, 1 something is missing, 2 usage.
END
}

case ${1-} in
    "") ;;
    -h | --help) usage; exit 0 ;;
    *) echo "check_requirements: unknown option $1" >&2; usage >&2; exit 2 ;;
esac

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
compiler=${CXX:-c++}
python=${PYTHON:-python3}
PATH=$PATH:$root/.venv/bin # CMake and Ninja may come from the Python package index

# name as CMake knows it | what a person calls it | a header | Debian | conda-forge | Spack
libraries=(
    "TBB|oneTBB|oneapi/tbb/parallel_for.h|libtbb-dev|tbb-devel|intel-tbb"
    "Boost|Boost.Graph 1.74 or newer|boost/graph/graphml.hpp|libboost-graph-dev|libboost-devel|boost+graph"
    "HDF5|HDF5 with its high-level interface|hdf5_hl.h|libhdf5-dev|hdf5|hdf5~mpi+hl"
    "CLI11|CLI11|CLI/CLI.hpp|libcli11-dev|cli11|cli11"
    "tomlplusplus|toml++|toml++/toml.h|libtomlplusplus-dev|tomlplusplus|tomlplusplus"
    "fmt|{fmt}|fmt/format.h|libfmt-dev|fmt|fmt"
    "nlohmann_json|nlohmann-json|nlohmann/json.hpp|nlohmann-json3-dev|nlohmann_json|nlohmann-json"
    "RANDOM123|Random123|Random123/philox.h|librandom123-dev||random123"
    "XXHASH|xxHash|xxhash.h|libxxhash-dev|xxhash|xxhash"
    "ZLIB|zlib|zlib.h|zlib1g-dev|zlib|zlib"
    "GTest|GoogleTest and GoogleMock|gmock/gmock.h|libgtest-dev libgmock-dev|gtest|googletest+gmock"
)

missing=()
debian=()
conda=()
spack=()

lacks() { # WHAT DEBIAN CONDA SPACK [WAY]
    local ways=${5-}
    missing+=("$1${ways:+; $ways}")
    read -r -a words <<< "$2"
    debian+=("${words[@]}")
    [[ -z $3 ]] || conda+=("$3")
    [[ -z $4 ]] || spack+=("$4")
}

at_least() { [[ $(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1) == "$1" ]]; }

# A compiler is what compiles this: the parts of C++20 that old ones lack.
compiles() {
    cat > "$scratch/probe.cpp" <<'END'
#include <concepts>
#include <ranges>
#include <span>
#include <stop_token>
#include <thread>
template <std::integral T> T twice(T x) { return x + x; }
int main() { std::jthread worker([](std::stop_token) {}); return twice(0); }
END
    "$compiler" -std=c++20 -pthread "$scratch/probe.cpp" -o "$scratch/probe" 2> "$scratch/compiler.log"
}

check_tools() {
    local way="CXX=/path/to/g++ names one that is not on the PATH; clusters have them as modules"
    if ! command -v "$compiler" > /dev/null; then
        lacks "a C++20 compiler (GCC 12 or newer)" build-essential cxx-compiler gcc "$way"
        compiler=
    elif ! compiles; then
        lacks "a C++20 compiler (GCC 12 or newer): $compiler is $("$compiler" --version | head -n 1), and does not compile C++20" \
            build-essential cxx-compiler gcc "$way"
        compiler=
    fi
    cmake_works=true
    if ! command -v cmake > /dev/null || ! at_least 3.25 "$(cmake --version | sed -n '1s/.* //p')"; then
        lacks "CMake 3.25 or newer$(command -v cmake > /dev/null && cmake --version | sed -n '1s/.* / (here is /p' | sed 's/$/)/')" \
            cmake cmake cmake "pip install cmake"
        cmake_works=false
    fi
    command -v ninja > /dev/null || lacks "Ninja" ninja-build ninja ninja "pip install ninja"
    if ! command -v "$python" > /dev/null || ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        lacks "Python 3.11 or newer" "python3 python3-venv" python python "PYTHON=/path/to/python3 names another one"
    elif ! "$python" -c 'import ensurepip, venv' 2> /dev/null; then
        lacks "the modules venv and ensurepip of $("$python" --version)" python3-venv python python "PYTHON=/path/to/python3 names another one"
    fi
}

# With a compiler and CMake, CMake looks as the build will; without them, the header of each library is looked for.
ask_cmake() {
    local generator=()
    command -v ninja > /dev/null && generator=(-G Ninja)
    cmake -S "$root/packaging/requirements" -B "$scratch/build" "${generator[@]}" -DCMAKE_CXX_COMPILER="$compiler" \
        > "$scratch/cmake.log" 2>&1
    grep -q '^-- requirement ' "$scratch/cmake.log"
}

look_for_header() {
    local prefix folder prefixes
    IFS=':;' read -r -a prefixes <<< "${CMAKE_PREFIX_PATH-}"
    for prefix in "${prefixes[@]}" ${CONDA_PREFIX:+"$CONDA_PREFIX"} /usr/local /usr; do
        for folder in include include/hdf5/serial; do
            [[ ! -e $prefix/$folder/$1 ]] || return 0
        done
    done
    return 1
}

check_libraries() {
    local by_cmake=false line name what header packages forge spec way
    if [[ -n $compiler ]] && $cmake_works && ask_cmake; then by_cmake=true; fi
    for line in "${libraries[@]}"; do
        IFS='|' read -r name what header packages forge spec <<< "$line"
        if $by_cmake; then
            ! grep -qx -- "-- requirement $name: found" "$scratch/cmake.log" || continue
        else
            ! look_for_header "$header" || continue
        fi
        way=
        [[ $name != RANDOM123 ]] || way="headers only: unpack its source and name that folder in CMAKE_PREFIX_PATH"
        lacks "$what" "$packages" "$forge" "$spec" "$way"
    done
}

check_tools
check_libraries
((${#missing[@]})) || exit 0

say() { echo "setup: $*" >&2; }
say "this is missing (${#missing[@]}):"
for what in "${missing[@]}"; do say "  - $what"; done
say "Ways to get it without root:"
say "  nothing of it, when you want to use commonweal and not to change it: a wheel carries the program. Whoever has a"
say "    checkout that builds makes it with scripts/package.sh wheel; docs/how-to/install.md tells the rest."
if ((${#conda[@]})); then
    say "  conda or micromamba: conda create -n commonweal -c conda-forge ${conda[*]}"
    say "    then conda activate commonweal"
fi
if ((${#spack[@]})); then
    say "  Spack: spack env create commonweal; spack -e commonweal add ${spack[*]}"
    say "    then spack -e commonweal install; spack env activate commonweal"
fi
if [[ " ${missing[*]} " == *"pip install "* ]]; then
    say "  CMake and Ninja alone: python3 -m venv .venv; .venv/bin/pip install cmake ninja (.venv is looked into)"
fi
say "  a library in a folder of yours: export CMAKE_PREFIX_PATH=/path/one:/path/two"
say "With root, or an administrator: apt-get install ${debian[*]}"
exit 1

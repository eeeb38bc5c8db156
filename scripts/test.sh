#!/usr/bin/env bash
# Proves a checkout: prepares it, then runs every check there is, and says at the end which passed.
# shellcheck disable=SC2317  # the stages are called by name
set -uo pipefail

usage() {
    cat <<'END'
usage: scripts/test.sh [--fast | --label NAME] [--strict]

  (no option)    floors, format, C++ tests, theory oracles, Python tests, job arrays on a Slurm of this machine's own,
                 installation, packages, the generated pages of docs/, the site of the documentation and every command in it,
                 every file of configs/, and runs compared byte for byte
  --fast         the same without the theory oracles, Slurm, packages and the documentation
  --label NAME   only the C++ tests with this label: unit, system or oracle
  --strict       compiler warnings are errors, and the unit tests run under the address, undefined-behavior and thread
                 sanitizers too, and what reads results files, shows reports and builds the site must be installed: what
                 must hold before a change lands

Exit code 0 when every stage passed, 1 otherwise, 2 for an unknown option.
END
}

fast=false
label=
strict=false
while (($#)); do
    case $1 in
        --fast) fast=true ;;
        --label)
            label=${2-}
            [[ $label =~ ^(unit|system|oracle)$ ]] || { echo "test: --label takes unit, system or oracle" >&2; exit 2; }
            shift
            ;;
        --strict) strict=true ;;
        -h | --help) usage; exit 0 ;;
        *) echo "test: unknown option $1" >&2; usage >&2; exit 2 ;;
    esac
    shift
done

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
export COMMONWEAL_BINARY=$PWD/build/release/bin/commonweal
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

summary=()
passed=0
failed=0
skipped=0

# Runs one stage and notes how it ended (77: there is nothing to do); the next stages run in any case.
stage() {
    local name=$1 start=$SECONDS code=0 result
    shift
    printf '\n== %s\n' "$name"
    "$@" || code=$?
    case $code in
        0) result=passed passed=$((passed + 1)) ;;
        77) result=skipped skipped=$((skipped + 1)) ;;
        *) result=FAILED failed=$((failed + 1)) ;;
    esac
    summary+=("$(printf '%-24s %-7s %5d s' "$name" "$result" $((SECONDS - start)))")
}

# Runs a command whose output is of interest only when it fails.
quietly() {
    "$@" > "$scratch/log" 2>&1 || {
        tail -n 40 "$scratch/log"
        return 1
    }
}

# Prints the summary and leaves.
finish() {
    printf '\n'
    printf '%s\n' "${summary[@]}"
    printf 'stages: %d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    exit $((failed > 0))
}

floors() { python3 scripts/check_floors.py --self-test && python3 scripts/check_floors.py; }

cpp_tests() { # LABEL [BUILD [COMMAND that runs ctest...]]
    "${@:3}" ctest --test-dir "build/${2:-release}" --output-on-failure --no-tests=error --parallel "$(nproc)" -L "^$1\$"
}

oracles() {
    compgen -G 'tests/oracles/*_test.cpp' > /dev/null || { echo "there is no C++ test in tests/oracles"; return 77; }
    cpp_tests oracle
}

python_tests() { .venv/bin/python -m pytest -q tests/analysis; }

# The site: links, spelling, accessibility and search, in Chromium. Without what it needs it is skipped.
site() { .venv/bin/python -m pytest -q -rs tests/site; }

generated_pages() {
    scripts/model_pages.sh --check && scripts/commands_page.sh --check && .venv/bin/python scripts/reference_pages.py --check
}

documents() { .venv/bin/python -m pytest -q -rs tests/docs; }

cluster() { .venv/bin/python -m pytest -q -rs tests/cluster; }

# Regimes and worlds are no scenarios by themselves: all of them are computed together, on the service of the comparison.
every_regime_and_world() {
    sed '/^include = \[/,/^\]/d' configs/sweeps/public_service.toml > "$scratch/service.toml"
    quietly "$COMMONWEAL_BINARY" compare "$scratch/service.toml" configs/regimes/*.toml configs/worlds/*.toml \
        network.agents=500 instances=1 replicates=2 --on-failure stop --no-report -o "$scratch/service"
}

# A template runs by the command that stands in it, in the folder where `config init` puts it.
every_template() {
    local template command
    for template in configs/templates/*/; do
        template=${template%/} template=${template##*/}
        echo "configs/templates/$template"
        quietly "$COMMONWEAL_BINARY" config init "$template" "$scratch/template" || return 1
        command=$(sed -n 's/^# Run: commonweal //p' "$scratch/template/$template.toml")
        [[ -n $command ]] || { echo "it does not say how to run it"; return 1; }
        # shellcheck disable=SC2086  # the words of the command
        (cd "$scratch/template" && quietly "$COMMONWEAL_BINARY" $command) || return 1
        rm -rf "$scratch/template"
    done
}

configurations() {
    local file count=0
    every_regime_and_world || return 1
    while IFS= read -r -d '' file; do
        echo "$file"
        quietly "$COMMONWEAL_BINARY" config check "$file" || return 1
        if [[ $file == configs/sweeps/* ]]; then
            quietly "$COMMONWEAL_BINARY" sweep "$file" replicates=2 -o "$scratch/configuration" || return 1
        else
            quietly "$COMMONWEAL_BINARY" run "$file" replicates=4 -o "$scratch/configuration.h5" || return 1
        fi
        rm -rf "$scratch/configuration.h5" "$scratch/configuration"
        count=$((count + 1))
    done < <(find configs -name '*.toml' -not -path 'configs/regimes/*' -not -path 'configs/worlds/*' -not -path 'configs/templates/*' \
        -print0 | sort -z)
    every_template || return 1
    echo "$count files checked and run, and every template as its text says"
    ((count))
}

python_libraries() { .venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))'; }

# The program and the Python package work where they are installed, without the checkout's build and environment.
installation() {
    local prefix=$scratch/prefix file
    quietly cmake --install build/release --prefix "$prefix" || return 1
    (cd "$scratch" && quietly "$prefix/bin/commonweal" run fowler_christakis_2010 replicates=1 -o installed.h5) || return 1
    (cd "$scratch" && quietly "$prefix/bin/commonweal" config init laboratory) || return 1
    for file in man/man1/commonweal.1 man/man1/commonweal-run.1 bash-completion/completions/commonweal \
        zsh/site-functions/_commonweal fish/vendor_completions.d/commonweal.fish; do
        [[ -s $prefix/share/$file ]] || { echo "share/$file is not installed"; return 1; }
    done
    quietly .venv/bin/python -m pip install --disable-pip-version-check --no-deps --target "$scratch/site" \
        --config-settings wheel.cmake=false . || return 1
    # Without `site` (-S) the environment's own, editable package is out of the way.
    PYTHONPATH=$scratch/site:$(python_libraries) quietly .venv/bin/python -S -c "
import commonweal, importlib.resources, sys
assert commonweal.__file__.startswith(sys.argv[1]), commonweal.__file__
assert any(importlib.resources.files('commonweal').joinpath('data').iterdir())
commonweal.open_results(sys.argv[2])" "$scratch/site" "$scratch/installed.h5" || return 1
    echo "program and Python package work from elsewhere"
}

# What others install: it is made, and works outside the checkout, where there is neither its build nor its environment.
packages() {
    local made=$scratch/packages fresh=$scratch/fresh package
    quietly scripts/package.sh wheel -o "$made" || return 1
    quietly .venv/bin/python -m venv "$fresh" || return 1
    quietly "$fresh/bin/python" -m pip install --disable-pip-version-check --no-deps --no-index "$made"/commonweal-*-manylinux_*.whl || return 1
    installed_works "$fresh/bin" || return 1
    PYTHONPATH=$(python_libraries) PATH=$fresh/bin:/usr/bin:/bin quietly commonweal analyze dyads --data "$scratch/elsewhere.h5" \
        --condition basic --json || return 1
    echo "wheel: $(basename "$made"/*.whl), $(stat -c %s "$made"/*.whl) bytes"

    command -v dpkg-deb > /dev/null || { echo "Debian package: not made, this system is not Debian's"; return 0; }
    quietly scripts/package.sh deb -o "$made" || return 1
    package=$(echo "$made"/commonweal_*.deb)
    dpkg-deb --info "$package" > "$scratch/info" && dpkg-deb --extract "$package" "$scratch/deb" || return 1
    grep -Eq '^ Depends: .*libhdf5-[0-9]+.*libtbb' "$scratch/info" || { cat "$scratch/info"; return 1; }
    [[ -f $scratch/deb/usr/share/doc/commonweal/copyright ]] || { dpkg-deb --contents "$package"; return 1; }
    installed_works "$scratch/deb/usr/bin" || return 1
    echo "Debian package: $(basename "$package"), $(stat -c %s "$package") bytes"
}

# The program in FOLDER tells the commit of the checkout, finds its own configurations, and writes what the build writes.
installed_works() { # FOLDER
    local alone=(env -i "PATH=$1:/usr/bin:/bin") commit
    commit=$(git rev-parse --short=12 HEAD 2> /dev/null || echo unknown)
    (cd "$scratch" && "${alone[@]}" commonweal version) | grep -F "(commit $commit)" || return 1
    (cd "$scratch" && "${alone[@]}" commonweal list experiments) | grep -q fowler_christakis_2010 || return 1
    rm -f "$scratch/elsewhere.h5" "$scratch/here.h5"
    (cd "$scratch" && quietly "${alone[@]}" commonweal run fowler_christakis_2010 replicates=2 record.agents=true -o elsewhere.h5) || return 1
    quietly "$COMMONWEAL_BINARY" run fowler_christakis_2010 replicates=2 record.agents=true -o "$scratch/here.h5" || return 1
    cmp "$scratch/elsewhere.h5" "$scratch/here.h5"
}

# Two runs that differ only in how they are computed are the same bytes; a run with another seed is not.
same_bytes() {
    result() {
        quietly "$COMMONWEAL_BINARY" run fowler_christakis_2010 replicates=4 record.agents=true record.cascade=true \
            "${@:2}" -o "$scratch/$1.h5"
    }
    result one --threads 1 --lanes 16 && result two --threads 2 --lanes 1 && result control seed.all=2 || return 1
    cmp "$scratch/one.h5" "$scratch/two.h5" || return 1
    if cmp -s "$scratch/one.h5" "$scratch/control.h5"; then
        echo "another seed gave the same file"
        return 1
    fi
    result_of_strategies() {
        quietly "$COMMONWEAL_BINARY" run square_lattice_pgg replicates=6 session.rounds=40 record.every=10 record.window=1 \
            network.width=30 record.agents=true "${@:2}" -o "$scratch/$1.h5"
    }
    result_of_strategies three --threads 1 && result_of_strategies four --threads 2 || return 1
    cmp "$scratch/three.h5" "$scratch/four.h5" || return 1
    echo "1 thread and 16 lanes, 2 threads and 1 lane: the same bytes; another seed: others"
}

# Builds and runs the unit tests in a sanitizer's build. The thread sanitizer of older compilers cannot live with the
# address randomization of newer kernels, so that is turned off where it may be.
sanitized() { # PRESET
    local fixed_addresses=()
    setarch "$(uname -m)" -R true 2> /dev/null && fixed_addresses=(setarch "$(uname -m)" -R)
    quietly cmake --preset "$1" || return 1
    quietly "${fixed_addresses[@]}" cmake --build --preset "$1" --target unit_tests || return 1
    cpp_tests unit "$1" "${fixed_addresses[@]}"
}

setup=(scripts/setup.sh --quiet)
if $strict; then
    setup+=(--strict --with-readers --with-slurm --with-browser --with-docs --with-shells)
    export COMMONWEAL_REQUIRE_READERS=1 COMMONWEAL_REQUIRE_BROWSER=1 COMMONWEAL_REQUIRE_DOCS=1
fi
stage "setup and build" "${setup[@]}"
((failed == 0)) || finish
if [[ -n $label ]]; then
    stage "$label tests" cpp_tests "$label"
else
    stage "floors" floors
    stage "format" scripts/check_format.sh
    stage "unit tests" cpp_tests unit
    stage "system tests" cpp_tests system
    $fast || stage "theory oracles" oracles
    stage "Python tests" python_tests
    $fast || stage "cluster" cluster
    stage "installation" installation
    $fast || stage "packages" packages
    stage "generated pages" generated_pages
    $fast || stage "site" site
    $fast || stage "documents" documents
    stage "configurations" configurations
    stage "same bytes" same_bytes
fi
if $strict; then
    stage "address sanitizer" sanitized asan
    stage "thread sanitizer" sanitized tsan
fi
finish

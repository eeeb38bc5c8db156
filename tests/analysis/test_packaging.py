"""The recipes of packages name what exists, and agree with the build about what it needs."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import commonweal
import pytest

ROOT = Path(__file__).parents[2]
RECIPE = (ROOT / "packaging" / "commonweal.def").read_text()
DOCKERFILE = (ROOT / "packaging" / "Dockerfile").read_text()
CHECKER = (ROOT / "scripts" / "check_requirements.sh").read_text()

# What CMake looks for, and the ports of vcpkg that have it.
PORTS = {
    "TBB": {"tbb"},
    "Boost": {"boost-graph"},
    "fmt": {"fmt"},
    "nlohmann_json": {"nlohmann-json"},
    "tomlplusplus": {"tomlplusplus"},
    "CLI11": {"cli11"},
    "HDF5": {"hdf5"},
    "ZLIB": {"zlib"},
    "RANDOM123": {"random123"},
    "XXHASH": {"xxhash"},
    "GTest": {"gtest"},
    "benchmark": {"benchmark"},
}


def sought_by_cmake() -> set[str]:
    """Names of the libraries that the build looks for."""
    text = "".join((ROOT / folder / "CMakeLists.txt").read_text() for folder in (".", "tests", "benchmarks"))
    packages = set(re.findall(r"find_package\((\w+)", text)) - {"Git"}
    return packages | {name.removesuffix("_INCLUDE") for name in re.findall(r"find_path\((\w+)", text)}


def instructions(word: str) -> list[list[str]]:
    """Arguments of the Dockerfile's instructions of that name, continued lines joined."""
    lines = re.sub(r"\\\n\s*", "", DOCKERFILE).splitlines()
    return [line.split()[1:] for line in lines if line.startswith(f"{word} ")]


def section(name: str) -> str:
    """The text of one section of the Apptainer recipe."""
    found = re.search(rf"^%{name}\n(.*?)(?=^%|\Z)", RECIPE, re.MULTILINE | re.DOTALL)
    assert found, name
    return found[1]


def test_there_is_one_version():
    built = re.search(r"project\(commonweal VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text())[1]
    assert commonweal.__version__ == built
    assert f"\nversion: {built}\n" in (ROOT / "CITATION.cff").read_text()
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dynamic"] == ["version"]


def test_vcpkg_has_a_port_for_each_library():
    manifest = json.loads((ROOT / "vcpkg.json").read_text())
    ports = set(manifest["dependencies"]) | set(manifest["features"]["tests"]["dependencies"])
    assert sought_by_cmake() == set(PORTS)
    for library, of_library in PORTS.items():
        assert of_library <= ports, library
    included = {
        f"boost-{name.replace('_', '-')}"
        for file in (*ROOT.glob("sim/**/*.[ch]pp"), *ROOT.glob("tests/**/*.[ch]pp"))
        for name in re.findall(r"#include <boost/(\w+)", file.read_text())
    }
    assert {port for port in ports if port.startswith("boost-")} == included


def test_the_requirements_are_those_of_the_build():
    asked = set(
        re.findall(r"^ask(?:_header)?\((\w+)", (ROOT / "packaging/requirements/CMakeLists.txt").read_text(), re.MULTILINE)
    )
    named = set(re.findall(r'^ {4}"(\w+)\|', CHECKER, re.MULTILINE))
    assert asked == named == sought_by_cmake() - {"benchmark"}, "benchmarks are built only where their library is"


def test_the_requirements_name_the_packages_that_setup_installs():
    installed = re.search(r"^packages=\((.*?)^\)", (ROOT / "scripts/setup.sh").read_text(), re.MULTILINE | re.DOTALL)[1].split()
    for line in re.findall(r'^ {4}"(\w+\|.*)"$', CHECKER, re.MULTILINE):
        assert set(line.split("|")[3].split()) <= set(installed), line


def check_requirements(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess:
    """Runs the check where there is no compiler, no CMake, no Ninja and no Python."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("bash", "dirname", "grep", "head", "mktemp", "rm", "sed", "sort"):
        (tools / tool).symlink_to(shutil.which(tool))
    environment = {"PATH": str(tools), "TMPDIR": str(tmp_path), **variables}
    script = tmp_path / "checkout" / "scripts" / "check_requirements.sh"  # without the .venv of this checkout
    script.parent.mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / script.name, script)
    return subprocess.run([script], env=environment, capture_output=True, text=True, check=False)


def test_what_is_missing_is_named(tmp_path):
    done = check_requirements(tmp_path)
    assert done.returncode == 1
    for what in (
        "C++20 compiler",
        "CMake 3.25",
        "Ninja",
        "Python 3.11",
        "pip install cmake",
        "conda create",
        "spack -e",
        "wheel",
    ):
        assert what in done.stderr, what


@pytest.mark.skipif(Path("/usr/include/toml++/toml.h").exists() is False, reason="the libraries are not in /usr/include")
def test_a_library_in_the_system_is_not_missing(tmp_path):
    assert "toml++" not in check_requirements(tmp_path).stderr


def test_a_library_in_a_folder_of_the_users_is_found(tmp_path):
    header = tmp_path / "own" / "include" / "Random123" / "philox.h"
    script = "scripts/check_requirements.sh"
    text = CHECKER.replace("/usr/local /usr;", "/nowhere;")
    assert text != CHECKER, f"{script} looks elsewhere now"
    copy = tmp_path / "checkout" / script
    copy.parent.mkdir(parents=True)
    copy.write_text(text)

    def missing() -> str:
        environment = {**os.environ, "CXX": "no-such-compiler", "CMAKE_PREFIX_PATH": f"/other:{tmp_path}/own"}
        environment.pop("CONDA_PREFIX", None)
        return subprocess.run(["bash", copy], env=environment, capture_output=True, text=True, check=False).stderr

    assert "- Random123" in missing()
    header.parent.mkdir(parents=True)
    header.touch()
    assert "- Random123" not in missing()


def test_the_dockerfile_copies_what_exists():
    sources = [source for words in instructions("COPY") for source in words[:-1]]
    assert sources
    for source in sources:
        assert (ROOT / source).exists(), source
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert ".git" not in ignored, "the program could not tell its commit"


def test_the_dockerfile_runs_scripts_with_options_that_they_know():
    scripts = re.findall(r"(scripts/\w+\.sh)((?: [-\w]\S*)*)", "\n".join(" ".join(words) for words in instructions("RUN")))
    assert {script for script, _ in scripts} == {"scripts/setup.sh", "scripts/package.sh"}
    for script, options in scripts:
        assert os.access(ROOT / script, os.X_OK)
        text = (ROOT / script).read_text()
        for option in options.split():
            assert option in text, f"{script} {option}"


def test_the_container_runs_as_an_ordinary_user():
    assert [words[0] for words in instructions("USER")] == ["1000:1000"]


def test_the_dockerfile_is_clean():
    hadolint = shutil.which("hadolint") or shutil.which("hadolint", path=str(Path(sys.executable).parent))
    if not hadolint:
        pytest.skip("hadolint is not installed")
    done = subprocess.run([hadolint, ROOT / "packaging" / "Dockerfile"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_apptainer_recipe_takes_the_wheel_that_the_script_makes():
    assert section("files").split()[0] == "dist/commonweal-*.whl"
    assert "$root/dist" in (ROOT / "scripts" / "package.sh").read_text()
    assert RECIPE.startswith("Bootstrap: docker\nFrom: debian:12")
    assert "FROM debian:12" in DOCKERFILE, "both are tried on the same system"


@pytest.mark.parametrize("name", ["post", "environment", "runscript", "test"])
def test_the_apptainer_recipe_is_a_sound_script(name, tmp_path):
    script = tmp_path / f"{name}.sh"
    script.write_text("#!/bin/sh\n" + section(name))
    subprocess.run(["sh", "-n", script], check=True)
    if shutil.which("shellcheck"):
        subprocess.run(["shellcheck", script], check=True)

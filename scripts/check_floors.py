#!/usr/bin/env python3
"""Checks the house: includes run downwards only, and every library stays in its room (docs/design.md, "Floors").

usage: check_floors.py [ROOT]       check a checkout (default: the one this script is in)
       check_floors.py --self-test  plant one violation of each kind in a scratch tree and see that it is found
Exit code 0 when nothing was found, 1 when something was, 2 for wrong usage.
"""

import fnmatch
import pathlib
import re
import sys
import tempfile

SIM_FLOORS = ["core", "network", "matching", "game", "model", "engine", "record", "scenario", "sweep", "app"]
HIGHEST_FOR_MODELS = "model"  # models/ stands on this floor of sim/ and on those below it
MODEL_ROOMS = ["behaviors", "strategies", "updates", "sanctions", "policies", "networks", "subjects"]

# library: (what an include of it, or a use without an include, looks like; the files that may have it)
CONFINED = {
    "oneTBB": (r"#\s*include\s*[<\"](?:tbb|oneapi)/", ["sim/core/parallel.*"]),
    "threads of the standard library": (
        r"#\s*include\s*<(?:thread|future|execution)>|\bstd::(?:jthread|thread|async|execution)\b",
        ["sim/core/parallel.*", "sim/core/ticker.*"],
    ),
    "xxHash": (r"#\s*include\s*[<\"]xxh", ["sim/core/*"]),
    "Random123": (r"#\s*include\s*[<\"]Random123/", ["sim/core/*"]),
    "Boost": (r"#\s*include\s*[<\"]boost/(?!random/|math/)", ["sim/network/*"]),
    # Sequences and quantiles of designs; Boost.Math is slow to compile: sources only, never a header.
    "Boost.Random and Boost.Math": (r"#\s*include\s*[<\"]boost/(?:random|math)/", ["sim/network/*", "sim/sweep/*.cpp"]),
    "HDF5": (r"#\s*include\s*[<\"](?:hdf5|H5\w*|highfive/.*)\.h", ["sim/record/*"]),
    "toml++": (r"#\s*include\s*[<\"]toml", ["sim/scenario/*"]),
    "CLI11": (r"#\s*include\s*[<\"]CLI/", ["sim/app/*.cpp"]),
    # Several seconds to compile wherever it is included: sources only, never a header.
    "nlohmann-json": (r"#\s*include\s*[<\"]nlohmann/", ["sim/scenario/*.cpp", "sim/sweep/*.cpp", "sim/app/*.cpp"]),
}
ONE_FILE_ONLY = {"CLI11"}
NAMELESS = {"utils", "util", "common", "helpers", "helper", "misc"}

INCLUDE = re.compile(r'\s*#\s*include\s*(?:"([^"]+)"|<((?:sim|models)/[^>]+)>)')


def place_of(path):
    """The floor or room of a file: ("sim", "engine"), ("models", "behaviors"), ("models", "") — or None if it has none."""
    top, *rest = pathlib.PurePosixPath(path).parts
    if top == "sim" and len(rest) == 2 and rest[0] in SIM_FLOORS:
        return top, rest[0]
    if top == "models" and len(rest) == 1:
        return top, ""
    if top == "models" and len(rest) == 2 and rest[0] in MODEL_ROOMS:
        return top, rest[0]
    return None


def may_include(here, there):
    """True when a file at `here` may include one at `there`."""
    if here == there or here == ("sim", "app"):
        return True
    if here[0] == "models" and there[0] == "models":
        return here[1] == ""  # the list over the rooms knows the rooms; a room knows no other
    if there[0] == "models":
        return False
    highest = HIGHEST_FOR_MODELS if here[0] == "models" else here[1]
    return SIM_FLOORS.index(there[1]) <= SIM_FLOORS.index(highest)


def code_lines(text):
    """(number, line) of a source without its comments. Strings are left alone: none of ours looks like a comment."""
    blank = re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment[0].count("\n"), text, flags=re.DOTALL)
    for number, line in enumerate(blank.splitlines(), 1):
        yield number, line.split("//", 1)[0]


def include_violations(name, here, number, line):
    match = INCLUDE.match(line)
    if not match:
        return
    target = match[1] or match[2]
    if name.startswith("models/") and name.endswith("/catalog.cpp") and target == "models/catalog.hpp":
        return  # the list of a room implements its declaration
    there = place_of(target) if target.startswith(("sim/", "models/")) else None
    if there is None:
        yield f"{name}:{number}: \"{target}\" names no file of sim/ or models/; write paths from the root of the project"
    elif not may_include(here, there):
        yield f"{name}:{number}: {'/'.join(filter(None, here))} may not include {target}"


def violations(root):
    """All violations of a checkout, one line of text each."""
    users = {library: [] for library in ONE_FILE_ONLY}
    for source in sorted(p for top in ("sim", "models") for p in (root / top).rglob("*.[ch]pp")):
        name = source.relative_to(root).as_posix()
        if NAMELESS & {*source.relative_to(root).parts[:-1], source.stem}:
            yield f"{name}: a thing has a name and a floor; this name says neither"
        here = place_of(name)
        if here is None:
            yield f"{name}: this folder is no floor of sim/ and no room of models/"
            continue
        for number, line in code_lines(source.read_text(encoding="utf-8")):
            yield from include_violations(name, here, number, line)
            for library, (pattern, rooms) in CONFINED.items():
                if not re.search(pattern, line):
                    continue
                if not any(fnmatch.fnmatch(name, room) for room in rooms):
                    yield f"{name}:{number}: {library} belongs in {', '.join(rooms)} only"
                if library in users and name not in users[library]:
                    users[library].append(name)
    for library, names in users.items():
        if len(names) > 1:
            yield f"{names[1]}: {library} is in {names[0]} already; one file is enough"


# For the self-test: a clean tree, and what is planted in it with the words that must then be reported.
CLEAN = {
    "sim/core/parallel.hpp": "#include <tbb/parallel_for.h>\n#include <thread>\n",
    "sim/core/randomness.cpp": "#include <Random123/philox.h>\n#include \"sim/core/types.hpp\"\n",
    "sim/core/types.hpp": "// std::thread and \"models/catalog.hpp\" in a comment are no use of either\n",
    "sim/network/network.cpp": "#include <boost/graph/adjacency_list.hpp>\n",
    "sim/model/behavior.hpp": "/*\n#include \"sim/app/commands.hpp\"\n*/\n#include \"sim/core/types.hpp\"\n",
    "sim/engine/round.cpp": "#include \"sim/model/behavior.hpp\"\n#include <vector>\n",
    "sim/record/file.cpp": "#include <hdf5.h>\n",
    "sim/sweep/points.cpp": "#include <boost/random/sobol.hpp>\n#include <boost/math/distributions/beta.hpp>\n",
    "sim/scenario/parse.cpp": "#include <toml++/toml.h>\n#include <nlohmann/json.hpp>\n",
    "sim/app/arguments.cpp": "#include <CLI/CLI.hpp>\n",
    "sim/app/main.cpp": "#include \"models/catalog.hpp\"\n",
    "models/catalog.hpp": "#include \"sim/model/behavior.hpp\"\n",
    "models/behaviors/catalog.cpp": "#include \"models/catalog.hpp\"\n#include \"models/behaviors/rule.hpp\"\n",
    "models/behaviors/rule.hpp": "#include \"sim/model/behavior.hpp\"\n",
}
PLANTED = [
    ("sim/core/up.hpp", '#include "sim/engine/round.hpp"', "sim/core may not include sim/engine/round.hpp"),
    ("sim/engine/up.hpp", "#include <sim/app/main.hpp>", "sim/engine may not include sim/app/main.hpp"),
    ("sim/scenario/up.cpp", '#include "models/catalog.hpp"', "sim/scenario may not include models/catalog.hpp"),
    ("models/behaviors/up.hpp", '#include "sim/engine/round.hpp"', "models/behaviors may not include sim/engine"),
    ("models/behaviors/side.hpp", '#include "models/subjects/reader.hpp"', "models/behaviors may not include models/subj"),
    ("models/behaviors/top.hpp", '#include "models/catalog.hpp"', "models/behaviors may not include models/catalog.hpp"),
    ("sim/engine/near.cpp", '#include "round.hpp"', "write paths from the root"),
    ("sim/engine/deep/x.cpp", "", "no floor of sim/"),
    ("sim/utils/x.cpp", "", "this name says neither"),
    ("sim/engine/helpers.hpp", "", "this name says neither"),
    ("sim/engine/a.cpp", "#include <tbb/parallel_for.h>", "oneTBB belongs in"),
    ("sim/sweep/a.cpp", "void f() { std::jthread worker; }", "threads of the standard library belongs in"),
    ("models/networks/a.cpp", "  #  include <Random123/threefry.h>", "Random123 belongs in"),
    ("sim/matching/a.cpp", "#include <boost/graph/bfs.hpp>", "Boost belongs in"),
    ("sim/sweep/b.cpp", "#include <boost/graph/bfs.hpp>", "Boost belongs in"),
    ("sim/sweep/c.hpp", "#include <boost/random/sobol.hpp>", "Boost.Random and Boost.Math belongs in"),
    ("sim/engine/b.cpp", "#include <boost/math/distributions/beta.hpp>", "Boost.Random and Boost.Math belongs in"),
    ("sim/app/b.cpp", "#include <H5Fpublic.h>", "HDF5 belongs in"),
    ("sim/app/c.cpp", "#include <toml++/toml.h>", "toml++ belongs in"),
    ("sim/app/d.cpp", "#include <CLI/CLI.hpp>", "one file is enough"),
    ("sim/sweep/e.cpp", "#include <CLI/CLI.hpp>", "CLI11 belongs in"),
    ("sim/app/f.hpp", "#include <nlohmann/json.hpp>", "nlohmann-json belongs in"),
    ("sim/record/g.cpp", "#include <nlohmann/json.hpp>", "nlohmann-json belongs in"),
]


def reported(files):
    """The violations of a scratch tree with these files."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text + "\n", encoding="utf-8")
        return list(violations(root))


def self_test():
    """0 when the clean tree passes and each planted violation is reported with its words; 1 otherwise."""
    failures = [f"clean tree: {line}" for line in reported(CLEAN)]
    for name, text, words in PLANTED:
        found = reported({**CLEAN, name: text})
        if not found or not all(name in line for line in found) or not any(words in line for line in found):
            failures.append(f"planted in {name}: expected '{words}', found {found}")
    print("\n".join(failures) or f"floors: self-test found all {len(PLANTED)} planted violations")
    return bool(failures)


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
        print(__doc__, file=sys.stderr)
        return 2
    root = pathlib.Path(arguments[0]) if arguments else pathlib.Path(__file__).resolve().parent.parent
    if not (root / "sim").is_dir():
        print(f"floors: there is no {root}/sim", file=sys.stderr)
        return 1
    found = list(violations(root))
    print("\n".join(found) or "floors: every include runs downwards and every library is in its room")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

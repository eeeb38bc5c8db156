#!/usr/bin/env python3
"""Times commonweal beside published simulators on the same workloads, by turns, and checks that both reach the same level.

usage: benchmarks/peers/run.py [--rows REGEX] [--repetitions N] [--output FILE.json] [--build FOLDER]
Run it with .venv/bin/python after a release build and benchmarks/peers/setup.sh. It takes about ten minutes. Ratios are of
updates per second, both measured in this run; a goal of 60 means 60 times as many.
Exit code 0 when everything was measured and both sides agree (reached goals or not); 1 otherwise; 2 for wrong usage.
"""

import argparse
import dataclasses
import json
import pathlib
import re
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

import measure
import ratios
import rows as catalog


@dataclasses.dataclass(frozen=True)
class Peer:
    """words: file of this folder and its arguments; {network} is the network that our side wrote."""

    name: str
    words: tuple


def lattice(enhancement, replicates, warm=300, rounds=100):
    settings = (f"game.enhancement={enhancement}",)
    return catalog.imitation(catalog.torus(100), "asynchronous", warm, rounds, replicates, settings)


def mesa(enhancement, warm=300, rounds=100):
    return Peer("Mesa", ("mesa_lattice.py", 100, enhancement, warm, rounds))


def mesa_row(enhancement, replicates, goal):
    many = "one replicate" if replicates == 1 else f"{replicates} replicates"
    text = f"public-goods game on a torus 100 x 100, r = {enhancement}, {many}"
    ours = lattice(enhancement, replicates)
    if replicates > 1:  # together, with the same focal agents
        ours = dataclasses.replace(ours, settings=(*ours.settings, "update.focal=shared"))
    return catalog.Row(f"mesa-{enhancement}-{replicates}", "Mesa", text, mesa(enhancement), ours, catalog.Goal(goal))


STEPS = 1_000_000  # of one well-mixed run


def well_mixed_row():
    """The level is that of the second half in both."""
    settings = (
        "matching.kind=well_mixed",
        "matching.group_size=5",
        "session.agents=1000",
        "game.enhancement=4.5",
        "game.threshold=3",
        "update.order=asynchronous",
        "update.strength=1",
        "update.mutation=0.002",  # ours draws any strategy, so half of the mutants stay what they are
        "record.every=1000",
        "record.window=500",
    )
    ours = catalog.Workload("imitation", settings, rounds=STEPS // 1000)
    peer = Peer("EGTtools", ("egttools_well_mixed.py", 1000, 4.5, 3, 1, 0.001, STEPS))
    text = "N-person stag hunt, well mixed, 1000 agents, one replicate"
    return catalog.Row("egttools-well-mixed", "EGTtools", text, peer, ours, catalog.Goal(1))


def threshold_row(replicates):
    rounds = 10
    ours = catalog.Workload("threshold", (), rounds, 1, replicates, min(16, replicates))  # round 1 is the start
    peer = Peer("NDlib", ("ndlib_threshold.py", "{network}", 0.18, 0.02, rounds))
    text = "threshold model, 10^5 agents, " + ("one replicate" if replicates == 1 else f"{replicates} replicates in lanes")
    return catalog.Row(f"ndlib-{replicates}", "NDlib", text, peer, ours, catalog.Goal(1))


def rows():
    """Goals of 1: no goal was set for these peers, but slower than one of them would be a finding."""
    return [
        mesa_row(3.8, 1, 60),
        mesa_row(4.5, 1, 60),
        mesa_row(3.8, 64, 400),
        mesa_row(4.5, 64, 400),
        well_mixed_row(),
        threshold_row(1),
        threshold_row(16),
    ]


class PeerBench(ratios.Bench):
    def __init__(self, build, scratch, repetitions, python):
        super().__init__(build, scratch, repetitions, quick=False)
        self.python = python

    def _turns(self, sides, agents):
        """No turn to warm up: peers are slow enough to be warm from the start."""
        return measure.by_turns(sides, self.repetitions, warm=False)

    def _pair(self, row):
        network = self.scratch / "network"
        ours = self._workload(row.fast, row.limit, network if "{network}" in row.slow.words else None)
        file, *rest = [str(word).replace("{network}", str(network)) for word in row.slow.words]
        return ours, measure.Server(row.slow.name, [self.python, FOLDER / file, *rest], row.limit)


def arguments(words):
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--rows", default="", metavar="REGEX", help="only what has a key that matches")
    parser.add_argument("--repetitions", type=int, default=5, metavar="N", help="turns of each comparison (5)")
    parser.add_argument("--output", type=pathlib.Path, metavar="FILE", help="results as JSON")
    parser.add_argument("--build", type=pathlib.Path, default=measure.ROOT / "build" / "release", metavar="FOLDER")
    return parser.parse_args(words)


def main(words):
    options = arguments(words)
    python = measure.ROOT / ".venv-peers" / "bin" / "python"
    if not python.exists():
        print(f"peers: there is no {python}; benchmarks/peers/setup.sh makes it", file=sys.stderr)
        return 2
    chosen = [("row", row) for row in rows() if re.search(options.rows, row.key)]
    if not chosen:
        print(f"peers: no key matches {options.rows}", file=sys.stderr)
        return 2
    about = measure.conditions(options.build / "bin" / "commonweal", ["benchmarks/peers/run.py", *words])
    with tempfile.TemporaryDirectory() as scratch:
        bench = PeerBench(options.build, pathlib.Path(scratch), options.repetitions, python)
        results, problems = ratios.measure_all(bench, chosen)
    document = {
        "conditions": about,
        "complete": not options.rows,
        "repetitions": options.repetitions,
        "rows": results["row"],
        "problems": problems,
    }
    if options.output:
        options.output.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    print("\n".join(["", *problems]) if problems else "\nall sides that must agree do")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

#!/usr/bin/env python3
"""Times commonweal beside the simple reference of benchmarks/reference, and beside itself: every goal that a ratio states.

usage: benchmarks/ratios.py [--rows REGEX] [--quick] [--output FILE.json] [--build FOLDER] [--list]
Run it with .venv/bin/python after a release build, on a machine that does nothing else: it takes about a quarter of an hour.
Exit code 0 when everything was measured and both sides agree (reached goals or not); 1 otherwise; 2 for wrong usage.
"""

import argparse
import dataclasses
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import measure
import roofline
import rows as catalog


MOST_OF_ROOFLINE = 1.1  # limits and rows are measured at different times, and lines are counted by hand


class Bench:
    """Starts the sides of rows, measures them by turns and judges."""

    def __init__(self, build, scratch, repetitions, quick):
        self.bin, self.scratch, self.repetitions, self.quick = build / "bin", scratch, repetitions, quick
        self.limits = None

    def measure_limits(self):
        """Asked for before and after the rows, since a limit is the best that was seen."""
        done = subprocess.run([self.bin / "limits"], capture_output=True, text=True, check=True, timeout=120)
        limits = json.loads(done.stdout)
        self.limits = best_of(self.limits, limits) if self.limits else limits

    def _workload(self, side, limit, network=None):
        words = [self.bin / "workload", *side.words(), *(("--write-network", network) if network else ())]
        return measure.Server(side.name, words, limit)

    def _program(self, side, limit):
        folder = self.scratch / "folder"
        words = [self.bin / "commonweal", *(word.replace("{folder}", str(folder)) for word in side.words)]
        return measure.Command(side.name, words, side.updates, limit, lambda: shutil.rmtree(folder, ignore_errors=True))

    def _pair(self, row):
        """The sides in the order (fast, slow): a reference reads the network that our side writes."""
        if not isinstance(row.slow, catalog.Reference):
            make = self._program if isinstance(row.fast, catalog.Program) else self._workload
            return make(row.fast, row.limit), make(row.slow, row.limit)
        network = self.scratch / "network"
        slow = row.slow
        words = [self.bin / "reference", slow.model, network, slow.warm, slow.rounds]
        if slow.enhancement:
            words.append(slow.enhancement)
        return self._workload(row.fast, row.limit, network), measure.Server(slow.name, words, row.limit)

    def _turns(self, sides, agents):
        """Large workloads take three turns, and none to warm up."""
        huge = agents >= 10**7
        return measure.by_turns(sides, min(self.repetitions, 3) if huge else self.repetitions, warm=not huge)

    def row(self, row):
        fast, slow = sides = self._pair(row)
        agents = row.fast.network.agents if isinstance(row.fast, catalog.Workload) and row.fast.network else 0
        of_fast, of_slow = self._turns(sides, agents)
        clock = _clock(row.slow, row.fast)
        ratio = measure.ratios(of_slow, of_fast, clock)
        result = {
            "key": row.key,
            "section": row.section,
            "text": row.text,
            "clock": clock,
            "slow": _side(slow, of_slow, clock),
            "fast": _side(fast, of_fast, clock),
            "ratio": ratio,
            "goal": dataclasses.asdict(row.goal),
            "reached": row.goal.reached(ratio["median"]),
        }
        if row.same:
            levels = [[level for turn in turns for level in turn.levels] for turns in (of_slow, of_fast)]
            result["levels"] = measure.agreement(*levels, floor=row.floor)
        return result

    def rate(self, rate):
        server = self._workload(rate.side, rate.limit)
        (turns,) = measure.by_turns([server], self.repetitions)
        per_second = measure.summary([1e9 / (turn.nanoseconds("processor") * rate.per) for turn in turns])
        return {
            "key": rate.key,
            "section": rate.section,
            "text": rate.text,
            "unit": rate.unit,
            "side": _side(server, turns, "processor"),
            "rate": per_second,
            "goal": dataclasses.asdict(rate.goal),
            "reached": rate.goal.reached(per_second["median"]),
        }

    def series(self, series):
        """Points are measured one after the other, not by turns: the largest would not fit into memory together."""
        points = []
        for value, side in series.points:
            server = self._workload(side, series.limit)
            (turns,) = self._turns([server], side.network.agents)
            points.append({"value": value, "side": _side(server, turns, "processor")})
        result = {key: getattr(series, key) for key in ("key", "section", "text", "quantity")} | {"points": points}
        return result

    def judge_by_limits(self, entry, result):
        """Adds what follows from the limits of the machine: a share of the roofline, or the goal of a growth."""
        if isinstance(entry, catalog.Row) and entry.roofline:
            time = result["fast"]["nanoseconds"]["median"]
            result["roofline"] = roofline.share(self.limits, entry.fast, entry.roofline, time)
        if isinstance(entry, catalog.Series) and (entry.goal or entry.roofline):
            times = [point["side"]["nanoseconds"]["median"] for point in result["points"]]
            goal = entry.goal or self._growth_of_roofline(entry)
            grown = max(times) / min(times)
            result |= {"grown": grown, "goal": dataclasses.asdict(goal), "reached": goal.reached(grown)}

    def _growth_of_roofline(self, series):
        bounds = [roofline.bound(self.limits, side.scenario, side.network, "gathers")[0] for _, side in series.points]
        return catalog.Goal(max(bounds) / min(bounds), at_most=True)


def best_of(one, other):
    """The lower of two measurements of limits, time by time."""
    if isinstance(one, dict):
        return {key: best_of(one[key], other[key]) for key in one}
    return one if isinstance(one, str) else min(one, other)


def _clock(*sides):
    """What one thread computes is timed by the processor time that it takes, anything else by the clock on the wall."""
    waits = any(isinstance(side, catalog.Program) or getattr(side, "threads", 1) > 1 for side in sides)
    return "wall" if waits else "processor"


def _side(server, turns, clock):
    return {
        "name": server.name,
        "command": " ".join([pathlib.Path(server.command[0]).name, *server.command[1:]]),
        "about": server.about,
        "nanoseconds": measure.summary([turn.nanoseconds(clock) for turn in turns]),
        "updates": turns[0].updates,
    }


def wanted(pattern, quick):
    """(kind, entry) of everything whose key matches."""
    found = [("row", row) for row in catalog.rows()] + [("rate", rate) for rate in catalog.rates()]
    found += [("series", series) for series in catalog.series()]
    found = [(kind, entry) for kind, entry in found if re.search(pattern, entry.key)]
    return [(kind, smaller(kind, entry)) for kind, entry in found] if quick else found


def smaller(kind, entry):
    if kind == "row":
        return dataclasses.replace(entry, slow=catalog.smaller(entry.slow), fast=catalog.smaller(entry.fast))
    if kind == "rate":
        return dataclasses.replace(entry, side=dataclasses.replace(entry.side, replicates=160))
    points = tuple((value, catalog.smaller(side)) for value, side in entry.points if side.network.agents <= 10**4)
    return dataclasses.replace(entry, points=points)


def _line(kind, result):
    """One line of the table."""
    mark = "" if "reached" not in result else "reached" if result["reached"] else "NOT reached"
    if kind == "series":
        times = "  ".join(f"{p['value']}: {p['side']['nanoseconds']['median']:.3g}" for p in result["points"])
        return f"{result['key']:36} ns at {result['quantity']} {times}  {mark}"
    sign = "<=" if result["goal"]["at_most"] else ">="
    goal = f"goal {sign} {result['goal']['value']:g}"
    if kind == "rate":
        return f"{result['key']:36} {result['rate']['median']:12.4g} {result['unit']}  {goal}  {mark}"
    low, high = result["ratio"]["quartiles"]
    times = f"{result['slow']['nanoseconds']['median']:8.3g} / {result['fast']['nanoseconds']['median']:7.3g} ns"
    roof = f"  roofline {result['roofline']['share']:.0%}" if "roofline" in result else ""
    return f"{result['key']:36} {times} = {result['ratio']['median']:7.3g} [{low:.3g}, {high:.3g}]  {goal}  {mark}{roof}"


def impossible(result):
    """A problem when more of the roofline was reached than there is: the limits were disturbed. Else None."""
    share = result.get("roofline", {}).get("share", 0)
    if share <= MOST_OF_ROOFLINE:
        return None
    return f"{result['key']}: {share:.0%} of the roofline cannot be: the limits were disturbed, so measure on a machine at rest"


def _problem(result):
    levels = result.get("levels")
    if not levels or levels["agree"]:
        return None
    means = " and ".join(f"{mean:.6g}" for mean in levels["means"])
    return f"{result['key']}: levels {means} differ by more than {levels['tolerance']:.3g}: the sides do not compute the same"


def measure_all(bench, entries):
    """Results and problems. A row that fails does not stop the others."""
    results, problems = {"row": [], "rate": [], "series": []}, []
    for kind, entry in entries:
        try:
            result = getattr(bench, kind)(entry)
            if bench.limits:
                bench.judge_by_limits(entry, result)
        except measure.MeasurementError as error:
            problems.append(f"{entry.key}: {error}")
            print(f"{entry.key:36} FAILED: {error}", flush=True)
            continue
        results[kind].append(result)
        print(_line(kind, result), flush=True)
        if problem := _problem(result):
            problems.append(problem)
            print(f"{'':36} FAILED: {problem}", flush=True)
    return results, problems


def arguments(words):
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--rows", default="", metavar="REGEX", help="only what has a key that matches")
    parser.add_argument("--quick", action="store_true", help="at most 10^4 agents, few rounds, two turns: a check, no result")
    parser.add_argument("--repetitions", type=int, default=5, metavar="N", help="turns of each comparison (5)")
    parser.add_argument("--output", type=pathlib.Path, metavar="FILE", help="results as JSON")
    parser.add_argument("--build", type=pathlib.Path, default=measure.ROOT / "build" / "release", metavar="FOLDER")
    parser.add_argument("--list", action="store_true", help="only lists the keys")
    return parser.parse_args(words)


def main(words):
    options = arguments(words)
    entries = wanted(options.rows, options.quick)
    if options.list:
        print("\n".join(f"{entry.key:36} {entry.text}" for _, entry in entries))
        return 0
    if not entries:
        print(f"ratios: no key matches {options.rows}", file=sys.stderr)
        return 2
    about = measure.conditions(options.build / "bin" / "commonweal", ["benchmarks/ratios.py", *words])
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(options.build, pathlib.Path(scratch), 2 if options.quick else options.repetitions, options.quick)
        bench.measure_limits()
        results, problems = measure_all(bench, entries)
        bench.measure_limits()
    by_key = {entry.key: entry for _, entry in entries}
    for result in results["row"] + results["series"]:
        bench.judge_by_limits(by_key[result["key"]], result)
        if problem := impossible(result):
            problems.append(problem)
    document = {
        "conditions": about,
        "quick": options.quick,
        "complete": not options.rows and not options.quick,
        "repetitions": bench.repetitions,
        "limits": bench.limits,
        "rows": results["row"],
        "rates": results["rate"],
        "series": results["series"],
        "problems": problems,
    }
    if options.output:
        options.output.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    if options.quick:
        print("\n--quick: networks were made smaller than the keys say, so ratios and goals mean nothing here")
    print("\n".join(["", *problems]) if problems else "\nall sides that must agree do")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

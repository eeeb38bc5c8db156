#!/usr/bin/env python3
"""Writes docs/performance.md from what benchmarks/ratios.py and benchmarks/peers/run.py measured.

usage: benchmarks/performance_page.py --ratios FILE.json --peers FILE.json [--output docs/performance.md]
No number of the page is typed by hand. Exit code 0 when the page was written; 1 when an input is incomplete, so nothing was;
2 for wrong usage.
"""

import argparse
import itertools
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Incomplete(Exception):
    """An input lacks what the page would say."""


def number(value):
    """Three significant digits, and no exponent that a reader has to decipher."""
    if value == 0:
        return "0"
    digits = max(0, 2 - int(f"{value:e}".split("e")[1]))
    text = f"{float(f'{value:.3g}'):,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share):
    return f"{100 * share:.0f} %"


def _goal(goal):
    return f"{'≤' if goal['at_most'] else '≥'} {number(goal['value'])}"


def _verdict(result):
    return "yes" if result["reached"] else "**no**"


def _spread(summary):
    low, high = summary["quartiles"]
    return f"{number(low)} to {number(high)}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def _comparisons(rows, slow, fast):
    """One table of rows with the same section."""
    head = ["workload", f"{slow} [ns]", f"{fast} [ns]", "ratio", "middle half", "goal", "reached"]
    lines = []
    for row in rows:
        times = [number(row[side]["nanoseconds"]["median"]) for side in ("slow", "fast")]
        ratio = row["ratio"]
        lines.append([row["text"], *times, number(ratio["median"]), _spread(ratio), _goal(row["goal"]), _verdict(row)])
    return table(head, lines)


def _sections(rows):
    """Tables of all sections, in the order of the file. Sides with names of their own are told in the head."""
    for section, of_section in itertools.groupby(rows, key=lambda row: row["section"]):
        of_section = list(of_section)
        yield f"### {section}"
        yield ""
        for names, part in itertools.groupby(of_section, key=lambda row: (row["slow"]["name"], row["fast"]["name"])):
            yield from _comparisons(list(part), *names)
            yield ""


def _rates(rates):
    for rate in rates:
        yield f"### {rate['section']}"
        yield ""
        row = [rate["text"], number(rate["rate"]["median"]), _spread(rate["rate"]), _goal(rate["goal"]), _verdict(rate)]
        yield from table(["what", rate["unit"], "middle half", "goal", "reached"], [row])
        yield ""


def _rooflines(rows):
    rows = [row for row in rows if "roofline" in row]
    lines = []
    for row in rows:
        roofline = row["roofline"]
        time = number(row["fast"]["nanoseconds"]["median"])
        goal = {"at_most": False, "value": roofline["goal"]}
        lines.append(
            [
                f"{row['section']}: {row['text']}",
                time,
                number(roofline["bound_ns"]),
                {"words": "random words", "memory": "memory"}[roofline["bound_by"]],
                percent(roofline["share"]),
                f"≥ {percent(goal['value'])}",
                _verdict(roofline),
            ]
        )
    return table(["workload", "measured [ns]", "bound [ns]", "bound by", "share", "goal", "reached"], lines)


def _limits(limits):
    lines = [[f"random line of 64 bytes, {size} MB", number(ns)] for size, ns in limits["random_line_ns"].items()]
    lines += [[f"line of a streaming triad, {size} MB", number(ns)] for size, ns in limits["triad_line_ns"].items()]
    lines += [["random word (Philox)", number(limits["random_word_ns"])]]
    return table(["what", "ns"], lines)


def _series(series):
    for one in series:
        yield f"**{one['section']}**: {one['text']}."
        if "grown" in one:
            yield (
                f"The slowest point takes {number(one['grown'])} times as long as the fastest; goal {_goal(one['goal'])}, "
                f"reached: {_verdict(one)}."
            )
        yield ""
        points = one["points"]
        yield from table(
            [one["quantity"], *(f"{point['value']:,}" for point in points)],
            [
                ["ns per update", *(number(point["side"]["nanoseconds"]["median"]) for point in points)],
                ["middle half", *(_spread(point["side"]["nanoseconds"]) for point in points)],
            ],
        )
        yield ""


def _levels(rows):
    lines = []
    for row in rows:
        if "levels" not in row:
            continue
        levels = row["levels"]
        means = [f"{mean:.5g}" for mean in levels["means"]]
        errors = [f"{levels[key]:.2g}" for key in ("standard_error", "tolerance")]
        lines.append([f"{row['section']}: {row['text']}", *means, *errors])
    return table(["workload", "the other", "commonweal", "standard error of the difference", "tolerance"], lines)


def _conditions(document):
    about = document["conditions"]
    machine, program = about["machine"], about["program"]
    return [
        f"- `{about['command']}` on {about['date']}, {document['repetitions']} turns",
        f"  - machine: {machine['processor']}, {machine['cores']} cores, {machine['memory']} of memory, {machine['system']}; "
        f"load at the start {about['load_at_start']:.2f}",
        f"  - program: commonweal {program['version']}, commit `{program['commit']}`, {program['compiler']}, instructions "
        f"{program['instructions']}",
    ]


def _unreached(*groups):
    return [f"- {one['section']}: {one['text']}" for one in itertools.chain(*groups) if not one["reached"]]


def _summary(ratios, peers):
    judged = [one for one in ratios["rows"] + ratios["rates"] + ratios["series"] + peers["rows"] if "reached" in one]
    roofs = [
        {"section": row["section"], "text": f"share of the roofline, {row['text']}", "reached": row["roofline"]["reached"]}
        for row in ratios["rows"]
        if "roofline" in row
    ]
    missing = _unreached(judged, roofs)
    count = len(judged) + len(roofs)
    if not missing:
        return [f"All {count} goals were reached."]
    return [f"{count - len(missing)} of {count} goals were reached. These were **not**:", "", *missing]


def _peer_versions(rows):
    names = {row["slow"]["about"]["peer"] for row in rows}
    return ", ".join(sorted(names))


INTRODUCTION = """\
Written by `benchmarks/performance_page.py` from measurements; [benchmarks/README.md](../benchmarks/README.md) tells how to
repeat them. Times are nanoseconds per *update*: one agent's decision or revision in one replicate, with the payoffs that it
needs; of processor time, but by the clock on the wall where two threads or files are compared. Sides of a comparison are
measured by turns. Times are medians over turns, a ratio is the median of the ratios of turns, and the *middle half* lies
between their quartiles. One thread unless said. Figures drift with the machine: quote ratios."""

REFERENCE = """\
The *simple reference* ([benchmarks/reference](../benchmarks/reference/reference.cpp)) is what a good student would write: vectors of
neighbors, one pass for the totals of groups, `std::mt19937`, pairs of equal strategies skipped; same compiler, same flags, same
network. It computes one replicate at a time."""

PEERS = """\
The same rules, the same sizes, the same rounds from the same kind of start. A goal of 1 means that none was set."""

ROOFLINE = """\
The bound of an update is the longer of the time of its random words and the time of the lines of memory that it moves, as if
both overlapped perfectly (`benchmarks/roofline.py` counts them). It is the traffic of these algorithms, no proof that there is
no better one."""

LEVELS = """\
Mean contributions [tokens], or shares of cooperators or adopters, over the timed rounds. A difference beyond the tolerance,
Student's interval of 99.99 % over independent replicates, fails the measurement, and there is no page then."""


def page(ratios, peers):
    """The text of docs/performance.md."""
    parts = [
        ["# Performance", "", INTRODUCTION],
        [*_conditions(ratios), *_conditions(peers)],
        ["## Goals", "", *_summary(ratios, peers)],
        ["## Beside a simple reference, and beside itself", "", REFERENCE],
        [*_sections(ratios["rows"]), *_rates(ratios["rates"])],
        ["## Beside published simulators", "", f"{_peer_versions(peers['rows'])}.", PEERS],
        _sections(peers["rows"]),
        ["## Growth", "", *_series(ratios["series"])],
        ["## Share of the roofline", "", "What the machine itself can do, one thread, best of five:"],
        _limits(ratios["limits"]),
        [ROOFLINE],
        _rooflines(ratios["rows"]),
        ["## Both sides compute the same", "", LEVELS],
        _levels(ratios["rows"] + peers["rows"]),
    ]
    return "\n\n".join("\n".join(part).strip() for part in parts) + "\n"


def check(document, name, groups):
    """Raises Incomplete unless the document is a whole measurement without problems."""
    for key in ("conditions", "complete", "repetitions", "problems", *groups):
        if key not in document:
            raise Incomplete(f"{name}: there is no '{key}'")
    if document["problems"]:
        raise Incomplete(f"{name}: the measurement had problems: {'; '.join(document['problems'])}")
    if not document["complete"]:
        raise Incomplete(f"{name}: only a part was measured (--rows or --quick); measure all of it")
    for group in groups:
        if not document[group]:
            raise Incomplete(f"{name}: '{group}' is empty")


def check_together(ratios, peers):
    """Raises Incomplete unless both were measured with one build on one machine."""
    for what in ("program", "machine"):
        one, other = ratios["conditions"][what], peers["conditions"][what]
        if one != other:
            key = next(key for key in one if one[key] != other.get(key))
            raise Incomplete(f"the {key} of one input is {one[key]}, that of the other {other.get(key)}; measure both alike")


def read(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Incomplete(f"{path}: {error.strerror}") from None
    except json.JSONDecodeError as error:
        raise Incomplete(f"{path}: no JSON: {error}") from None


def main(words):
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--ratios", type=pathlib.Path, required=True, metavar="FILE")
    parser.add_argument("--peers", type=pathlib.Path, required=True, metavar="FILE")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "docs" / "performance.md", metavar="FILE")
    options = parser.parse_args(words)
    try:
        ratios, peers = read(options.ratios), read(options.peers)
        check(ratios, options.ratios, ("rows", "rates", "series", "limits"))
        check(peers, options.peers, ("rows",))
        check_together(ratios, peers)
        text = page(ratios, peers)
    except Incomplete as error:
        print(f"performance_page: {error}", file=sys.stderr)
        return 1
    options.output.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

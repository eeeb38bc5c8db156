"""How fast an update could be, from what build/release/bin/limits measured on the same machine in the same minutes.

A bound is the longer of two times, as if computing and waiting for memory overlapped perfectly:
    words   random words of an update x time of a word
    memory  lines of 64 bytes that an update moves x time of a line
Replicates in lanes share a line. On networks without order the lines are those of neighbors, in no order: 2 k of a
conditional cooperator (contributions, then pots), 3 k of an imitator (strategies, then pots, then whom it looks at), for the
replicates of one line. On lattices neighbors are in the cache, and the lines are those that pass by once: 8 of a
conditional cooperator, 6 of an imitator. It is the traffic of these algorithms, no proof that there is no better one.
"""

import math

LANES = {"conditional_cooperation": 16, "imitation": 64}  # replicates that share a line: floats, bytes
WORDS = {"conditional_cooperation": 2, "imitation": 1}
GATHERED = {"conditional_cooperation": 2, "imitation": 3}  # lines per neighbor
COPIED = {"conditional_cooperation": 8, "imitation": 6}  # lines per agent
GOALS = {"words": 0.45, "conditional_cooperation": 0.80, "imitation": 0.60}


def time_at(table, megabytes):
    """Time of a line at a working set: between the measured ones the logarithm is interpolated, beyond them it stays.

    table: {megabytes: ns}.
    """
    points = sorted((float(size), time) for size, time in table.items())
    if megabytes <= points[0][0]:
        return points[0][1]
    for (low, before), (high, after) in zip(points, points[1:]):
        if megabytes <= high:
            part = math.log(megabytes / low) / math.log(high / low)
            return before * (after / before) ** part
    return points[-1][1]


def bound(limits, scenario, network, kind):
    """The bound of one update [ns], and what binds: "words" or "memory".

    kind: "gathers" or "copies".  network: rows.Network.
    """
    plane = network.agents * 64 / 1e6
    if kind == "gathers":
        lines = GATHERED[scenario] * network.degree
        memory = lines / LANES[scenario] * time_at(limits["random_line_ns"], plane)
    else:
        lines = COPIED[scenario]
        memory = lines / LANES[scenario] * time_at(limits["triad_line_ns"], lines / 2 * plane)
    words = WORDS[scenario] * limits["random_word_ns"]
    return (words, "words") if words > memory else (memory, "memory")


def share(limits, side, kind, nanoseconds):
    """What part of its roofline a workload reached: a dictionary for results."""
    ns, binds = bound(limits, side.scenario, side.network, kind)
    goal = GOALS["words" if binds == "words" else side.scenario]
    return {"bound_ns": ns, "bound_by": binds, "share": ns / nanoseconds, "goal": goal, "reached": ns / nanoseconds >= goal}

"""Runs two or more programs by turns, and says how long their updates took.

Each program is started once, prepares itself (its network), and then answers every line with one measurement. So the
sides of a comparison are measured one after the other, again and again, on the same machine in the same minutes, and what
the machine does besides disturbs all of them alike.
"""

import dataclasses
import datetime
import json
import math
import os
import pathlib
import platform
import select
import statistics
import subprocess
import time

from scipy import stats

ROOT = pathlib.Path(__file__).resolve().parent.parent
CONFIDENCE = 0.9999  # levels may differ by chance this far: one false alarm in 10,000 comparisons


class MeasurementError(Exception):
    """A side could not be measured, or two sides do not do the same."""


@dataclasses.dataclass
class Measurement:
    seconds: float  # by the clock on the wall
    processor_seconds: float  # what the process used, all threads together: other work on the machine is not in it
    updates: float
    levels: list  # of independent replicates: what both sides must agree on

    def nanoseconds(self, clock):
        """Per update. clock: "wall" or "processor"."""
        seconds = self.seconds if clock == "wall" else self.processor_seconds
        if not (seconds > 0 and self.updates > 0):
            raise MeasurementError(f"{self.updates} updates in {seconds} s are no measurement: take more rounds")
        return seconds / self.updates * 1e9


class Server:
    """A program that answers the number of a repetition with one line of JSON."""

    def __init__(self, name, command, limit):
        """command: words.  limit: seconds that it may take, preparation and all turns together."""
        self.name, self.limit = name, limit
        self.command = [str(word) for word in command]
        self.process = None
        self.buffer = b""
        self.about = None  # what it says of itself

    def _line(self):
        end = time.monotonic() + self.limit
        while b"\n" not in self.buffer:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                raise MeasurementError(f"{self.name} gave no answer within {self.limit:.0f} s: {' '.join(self.command)}")
            part = os.read(self.process.stdout.fileno(), 1 << 20)
            if not part:
                raise MeasurementError(f"{self.name} ended without an answer: {' '.join(self.command)}")
            self.buffer += part
        line, self.buffer = self.buffer.split(b"\n", 1)
        return json.loads(line)

    def prepare(self):
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, cwd=ROOT
        )
        self.about = self._line()

    def play(self, repetition):
        try:
            self.process.stdin.write(f"{repetition}\n".encode())
        except BrokenPipeError:
            raise MeasurementError(f"{self.name} has ended: {' '.join(self.command)}") from None
        return Measurement(**self._line())

    def close(self):
        if self.process:
            self.process.kill()
            self.process.communicate()


class Command:
    """A program that is timed from its start to its end."""

    def __init__(self, name, command, updates, limit, prepare=None):
        """updates: how much it does.  prepare: called before each run, and not timed; may be None."""
        self.name, self.updates, self.limit = name, updates, limit
        self.command = [str(word) for word in command]
        self.before = prepare
        self.about = {}

    def prepare(self):
        pass

    def play(self, repetition):
        if self.before:
            self.before()
        begin = time.perf_counter()
        try:
            done = subprocess.run(self.command, capture_output=True, timeout=self.limit, text=True, cwd=ROOT)
        except subprocess.TimeoutExpired:
            raise MeasurementError(f"{self.name} took more than {self.limit:.0f} s: {' '.join(self.command)}") from None
        if done.returncode != 0:
            raise MeasurementError(f"{self.name} failed: {' '.join(self.command)}\n{done.stderr}")
        seconds = time.perf_counter() - begin
        return Measurement(seconds, math.nan, self.updates, [])

    def close(self):
        pass


def by_turns(sides, repetitions, warm=True):
    """Measurements [side][repetition]. warm: a first turn of all is thrown away, since caches and clocks were cold.

    All of it, preparations included, may take the limit of the first side; then MeasurementError is raised.
    """
    end = time.monotonic() + sides[0].limit

    def on_time(side, act, *words):
        side.limit = max(0.0, end - time.monotonic())
        return act(*words)

    try:
        for side in sides:
            on_time(side, side.prepare)
        if warm:
            for side in sides:
                on_time(side, side.play, 0)
        turns = [[on_time(side, side.play, 1 + turn) for side in sides] for turn in range(repetitions)]
    finally:
        for side in sides:
            side.close()
    return [list(of_side) for of_side in zip(*turns)]


def summary(values):
    """Median and quartiles of some numbers."""
    if len(values) < 2:
        return {"median": values[0], "quartiles": [values[0], values[0]], "values": list(values)}
    lower, median, upper = statistics.quantiles(values, n=4, method="inclusive")
    return {"median": median, "quartiles": [lower, upper], "values": list(values)}


def ratios(slower, faster, clock):
    """How many times longer an update of one side takes: the ratio of each turn by itself."""
    return summary([a.nanoseconds(clock) / b.nanoseconds(clock) for a, b in zip(slower, faster)])


def agreement(one, other, floor=0.0):
    """Whether two samples of levels may be of the same distribution.

    Student's test: they are not when |mean - mean'| > t se, se^2 = s^2 (1 / n + 1 / n') with the variance s^2 of both samples
    together, n + n' - 2 degrees of freedom, and the two-sided quantile t of CONFIDENCE. floor: a difference that is none, for
    what is known to be only nearly the same (single and double precision).
    Raises ValueError when there are fewer than three levels in all, or none on one side.
    """
    freedom = len(one) + len(other) - 2
    if min(len(one), len(other)) < 1 or freedom < 1:
        raise ValueError("a standard error takes at least a level of each side and three in all")
    means = [statistics.fmean(one), statistics.fmean(other)]
    squares = sum((level - mean) ** 2 for levels, mean in zip((one, other), means) for level in levels)
    error = math.sqrt(squares / freedom * (1 / len(one) + 1 / len(other)))
    tolerance = max(float(stats.t.ppf(0.5 + CONFIDENCE / 2, freedom)) * error, floor)
    return {
        "means": means,
        "standard_error": error,
        "tolerance": tolerance,
        "agree": abs(means[0] - means[1]) <= tolerance,
    }


def _first_match(path, key):
    try:
        for line in pathlib.Path(path).read_text().splitlines():
            if line.startswith(key):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return "unknown"


def conditions(program, command):
    """What a reader must know of a measurement: machine, versions, date, command."""
    version = json.loads(subprocess.run([program, "version", "--json"], capture_output=True, text=True, check=True).stdout)
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).date().isoformat(),
        "command": " ".join(command),
        "machine": {
            "processor": _first_match("/proc/cpuinfo", "model name"),
            "cores": os.cpu_count(),
            "memory": _first_match("/proc/meminfo", "MemTotal"),
            "system": f"{platform.system()} {platform.release()}",
        },
        "program": version,
        "load_at_start": os.getloadavg()[0],
    }

"""What is compared with what, and the goal of each comparison. To add a row, add an entry to `rows`."""

import dataclasses

FOLDER = "benchmarks/scenarios"


@dataclasses.dataclass(frozen=True)
class Network:
    name: str
    agents: int
    degree: int  # mean number of neighbors
    settings: tuple
    lattice: bool = False


def torus(side):
    settings = ("network.kind=square_lattice", f"network.width={side}", f"network.height={side}")
    return Network(f"torus {side} x {side}", side * side, 4, settings, True)


def regular(agents, degree=10):
    settings = ("network.kind=random_regular", f"network.agents={agents}", f"network.degree={degree}")
    return Network(f"random regular k={degree}, {_power(agents)}", agents, degree, settings)


def scale_free(agents, links=5):
    settings = ("network.kind=barabasi_albert", f"network.agents={agents}", f"network.links={links}")
    return Network(f"scale-free m={links}, {_power(agents)}", agents, 2 * links, settings)


def _power(number):
    exponent = len(str(number)) - 1
    return f"10^{exponent}" if number == 10**exponent else str(number)


@dataclasses.dataclass(frozen=True)
class Workload:
    """One side that our program computes, through build/release/bin/workload."""

    scenario: str
    settings: tuple
    rounds: int
    warm: int = 0
    replicates: int = 1
    lanes: int = 1
    threads: int = 1
    network: Network | None = None
    name: str = "commonweal"

    def words(self):
        settings = (self.network.settings if self.network else ()) + self.settings
        return [
            f"{FOLDER}/{self.scenario}.toml" if "/" not in self.scenario else self.scenario,
            f"replicates={self.replicates}",
            f"session.rounds={self.warm + self.rounds}",
            *settings,
            *("--lanes", self.lanes, "--threads", self.threads, "--warm", self.warm),
        ]


@dataclasses.dataclass(frozen=True)
class Reference:
    """The other side: build/release/bin/reference on the same network."""

    model: str
    warm: int
    rounds: int
    enhancement: float = 0
    name: str = "simple reference"


@dataclasses.dataclass(frozen=True)
class Program:
    """A side that is the program itself, timed from its start to its end. {folder} is a new one for each run."""

    words: tuple
    updates: int
    name: str


@dataclasses.dataclass(frozen=True)
class Goal:
    value: float
    at_most: bool = False

    def reached(self, number):
        return number <= self.value if self.at_most else number >= self.value


@dataclasses.dataclass(frozen=True)
class Row:
    """ratio = time of `slow` / time of `fast`, per update.

    floor: difference of levels that is none.  same: both must reach the same level.  roofline: "gathers" or "copies", what
    memory is asked for (benchmarks/roofline.py).  limit: seconds for all turns together.
    """

    key: str
    section: str
    text: str
    slow: object
    fast: object
    goal: Goal
    same: bool = True
    floor: float = 0.0
    roofline: str = ""
    limit: float = 400


@dataclasses.dataclass(frozen=True)
class Rate:
    """How many of something per second one thread computes: `per` updates are one of it."""

    key: str
    section: str
    text: str
    side: Workload
    per: float
    unit: str
    goal: Goal
    limit: float = 120


@dataclasses.dataclass(frozen=True)
class Series:
    """Time per update as one quantity grows. goal: of the slowest point against the fastest, when there is one."""

    key: str
    section: str
    text: str
    quantity: str
    points: tuple  # of (value, Workload)
    goal: Goal | None = None
    roofline: bool = False  # the goal is the growth of the roofline instead
    limit: float = 400


# --- Conditional cooperation ---------------------------------------------------------------------------------------


def _rounds(updates_per_round, budget, fewest, most):
    return int(max(fewest, min(most, budget / updates_per_round)))


def cooperation(network, replicates=1, lanes=None, rounds=None, warm=None, threads=1, name="commonweal"):
    """By default 5e7 updates in lanes, 1e7 of one replicate, and at least two or three rounds."""
    huge = network.agents > 10**6  # where a round takes seconds
    if warm is None:
        warm = 1 if huge else 2
    budget = 5e7 if replicates > 1 else 1e7
    rounds = rounds or _rounds(network.agents * replicates, budget, 2 if huge else 3, 20000)
    lanes = lanes or min(16, replicates)
    return Workload("conditional_cooperation", (), rounds, warm, replicates, lanes, threads, network, name)


def cooperation_row(key, network, replicates, goal):
    ours = cooperation(network, replicates)
    reference = Reference("conditional_cooperation", ours.warm, ours.rounds)
    text = f"{network.name}, " + ("one replicate" if replicates == 1 else f"{replicates} replicates in lanes")
    roofline = "" if replicates == 1 else ("copies" if network.lattice else "gathers")
    section = "Conditional cooperation"
    return Row(key, section, text, reference, ours, Goal(goal), floor=1e-3, roofline=roofline)


# --- Imitation --------------------------------------------------------------------------------------------------------

COEXISTENCE = {4: 4.2, 10: 9.5}  # enhancement by degree: neither strategy dies out


def imitation(network, order, warm, rounds, replicates=1, settings=(), threads=1, name="commonweal"):
    total = warm + rounds
    settings = (
        f"update.order={order}",
        f"game.enhancement={COEXISTENCE[network.degree]}",
        f"record.every={total}",
        f"record.window={rounds}",
        *settings,
    )
    return Workload("imitation", settings, rounds, warm, replicates, min(64, replicates), threads, network, name)


def imitation_row(key, order, network, warm, rounds, replicates, goal, settings=(), roofline=""):
    """Both sides play the same rounds of the same age: a share of cooperators changes with it, and so does the speed."""
    model = "imitation_together" if order == "synchronous" else "imitation_one_by_one"
    section = "Synchronous imitation" if order == "synchronous" else "Asynchronous imitation (Monte Carlo)"
    text = f"{network.name}, " + ("one replicate" if replicates == 1 else f"{replicates} replicates")
    reference = Reference(model, warm, rounds, COEXISTENCE[network.degree])
    ours = imitation(network, order, warm, rounds, replicates, settings)
    return Row(key, section, text, reference, ours, Goal(goal), roofline=roofline)


# --- The program against itself ---------------------------------------------------------------------------------------


def threads_row(key, text, one, goal):
    text = f"{one.scenario.replace('_', ' ')}, {one.network.name}, {text}"
    two = dataclasses.replace(one, threads=2, name="two threads")
    return Row(key, "Two threads against one", text, dataclasses.replace(one, name="one thread"), two, Goal(goal))


def recording_row(key, network, order, replicates, rounds, goal):
    off = imitation(network, order, 0, rounds, replicates, name="last round only")
    on = dataclasses.replace(off, settings=off.settings + ("record.every=1",), name="every round")
    text = f"{network.name}, {order} imitation: every round recorded against the last one only"
    return Row(key, "Recording", text, on, off, Goal(goal, at_most=True), same=False)


STORED = ("benchmarks/scenarios/runs_of_10_ms.toml", "--threads", "1", "-q")


def store_row():
    runs, updates = 256, 256 * 50 * 50 * 160
    return Row(
        "store",
        "Store",
        f"{runs} runs of 10 ms: `sweep` into a folder that survives any kill, against `run`",
        Program(("sweep", *STORED, "--no-merge", "-o", "{folder}"), updates, "sweep"),
        Program(("run", *STORED), updates, "run"),
        Goal(1.03, at_most=True),
        same=False,
    )


def growth(key, name, networks, goal=None):
    points = tuple((network.agents, cooperation(network, 16)) for network in networks)
    text = f"conditional cooperation, 16 replicates in lanes, {name}"
    return Series(key, "Growth", text, "agents", points, goal, roofline=goal is None)


def rows():
    """Every comparison, in the order of the page."""
    million, ten_million = 10**6, 10**7
    both, one_by_one = "synchronous", "asynchronous"
    small = regular(10**4)
    return [
        cooperation_row("cooperation-lanes-torus-1e4", torus(100), 16, 11),
        cooperation_row("cooperation-lanes-regular-1e4", small, 16, 14),
        cooperation_row("cooperation-lanes-scale-free-1e4", scale_free(10**4), 16, 14),
        cooperation_row("cooperation-lanes-regular-1e6", regular(million), 16, 14),
        cooperation_row("cooperation-lanes-scale-free-1e6", scale_free(million), 16, 14),
        cooperation_row("cooperation-lanes-regular-1e7", regular(ten_million), 16, 24),
        cooperation_row("cooperation-one-torus-1e4", torus(100), 1, 8),
        cooperation_row("cooperation-one-regular-1e4", small, 1, 3.5),
        cooperation_row("cooperation-one-scale-free-1e4", scale_free(10**4), 1, 3.5),
        cooperation_row("cooperation-one-regular-1e6", regular(million), 1, 2.8),
        cooperation_row("cooperation-one-scale-free-1e6", scale_free(million), 1, 2.8),
        imitation_row("together-64-torus-1e4", both, torus(100), 50, 100, 64, 40, roofline="copies"),
        imitation_row("together-64-torus-1e6", both, torus(1000), 2, 4, 64, 40, roofline="copies"),
        imitation_row("together-64-regular-1e4", both, small, 50, 100, 64, 30, roofline="gathers"),
        imitation_row("together-16-scale-free-1e4", both, scale_free(10**4), 20, 40, 16, 10),
        imitation_row("together-16-scale-free-1e6", both, scale_free(million), 2, 4, 16, 5),
        imitation_row("one-by-one-1-torus-1e4", one_by_one, torus(100), 50, 500, 1, 2.5),
        imitation_row("one-by-one-1-torus-1e6", one_by_one, torus(1000), 2, 6, 1, 14),
        imitation_row("one-by-one-1-regular-1e4", one_by_one, small, 50, 200, 1, 5),
        imitation_row("one-by-one-1-scale-free-1e4", one_by_one, scale_free(10**4), 20, 40, 1, 8),
        imitation_row("one-by-one-64-torus-1e4", one_by_one, torus(100), 50, 100, 64, 30, ("update.focal=shared",)),
        imitation_row("one-by-one-64-regular-1e4", one_by_one, small, 50, 100, 64, 60, ("update.focal=shared",)),
        threads_row("threads-replicates", "64 replicates", cooperation(small, 64, rounds=100, warm=0), 1.9),
        threads_row("threads-replicates-imitation", "64 replicates", imitation(torus(100), one_by_one, 0, 100, 64), 1.9),
        threads_row("threads-agents-1e6", "one replicate", cooperation(regular(million), 1), 1.8),
        threads_row("threads-agents-1e3", "one replicate, never slower", cooperation(regular(1000), 1), 0.97),
        recording_row("recording-together", torus(100), both, 16, 200, 1.3),
        recording_row("recording-one-by-one", torus(100), one_by_one, 16, 200, 1.3),
        store_row(),
    ]


def rates():
    sessions = Workload(
        "configs/experiments/fowler_christakis_2010.toml",
        ("record.cascade=false", "record.agents=false"),
        rounds=6,
        replicates=1600,
        lanes=16,
    )
    text = "sessions of 24 people, 6 rounds under each of two conditions, in lanes"
    return [Rate("laboratory", "Laboratory", text, sessions, 24 * 12, "sessions per second", Goal(300_000))]


def series():
    lanes = {1: 1, 4: 8, 8: 8, 16: 16, 32: 16, 64: 16}
    replicates = tuple((count, cooperation(regular(10**4), count, width, warm=0)) for count, width in lanes.items())
    return [
        growth("growth-torus", "torus", [torus(side) for side in (32, 100, 316, 1000, 3162)], Goal(2.5, at_most=True)),
        growth("growth-regular", "random regular, k=10", [regular(10**exponent) for exponent in range(3, 8)]),
        Series(
            "degree",
            "Degree",
            "conditional cooperation, 16 replicates in lanes, random regular networks of 10^4 agents",
            "neighbors",
            tuple((degree, cooperation(regular(10**4, degree), 16)) for degree in (4, 8, 16, 32, 64)),
        ),
        Series(
            "rounds",
            "Rounds",
            "conditional cooperation, 16 replicates in lanes, torus 100 x 100, time from the first round on",
            "rounds",
            tuple((rounds, cooperation(torus(100), 16, rounds=rounds, warm=0)) for rounds in (10, 100, 1000)),
        ),
        Series(
            "replicates",
            "Replicates",
            "conditional cooperation, random regular k=10, 10^4 agents, lanes as the program chooses them",
            "replicates",
            replicates,
        ),
    ]


# --- A part or a small version of it -----------------------------------------------------------------------------------


def smaller(side, most=10**4):
    """The same side on a network of at most `most` agents, and few rounds."""
    if not isinstance(side, Workload):
        return dataclasses.replace(side, rounds=min(side.rounds, 20)) if isinstance(side, Reference) else side
    network = side.network
    if network and network.agents > most:
        makers = {
            "network.kind=square_lattice": lambda: torus(int(most**0.5)),
            "network.kind=random_regular": lambda: regular(most, network.degree),
            "network.kind=barabasi_albert": lambda: scale_free(most, network.degree // 2),
        }
        network = makers[network.settings[0]]()
    rounds, settings = min(side.rounds, 20), side.settings
    if network and side.scenario == "imitation":
        every = 1 if "record.every=1" in settings else side.warm + rounds
        settings += (f"record.every={every}", f"record.window={rounds}")  # the last value of a key counts
    return dataclasses.replace(side, network=network, rounds=rounds, settings=settings)

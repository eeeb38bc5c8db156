"""Running the simulator for the variants of an experiment. Nothing of the engine's science is done here."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from dataclasses import dataclass
from pathlib import Path

from ..errors import INPUT_OUTPUT, USAGE, SimulatorError

CONFIG = "experiments/fowler_christakis_2010"

# The only place that knows the simulator's key names: variant -> overrides of CONFIG.
WHOLE = ['game.tokens="whole"']
CONTINUOUS = ['game.tokens="continuous"', 'agents.subjects.rounding="none"']
NOISE = ["agents.subjects.contribution_noise=4.8", "agents.subjects.belief_noise=2.3"]
TWINS = ["record.cascade=true", "counterfactual.replicates={replications}"]
OVERRIDES = {
    "deterministic": [*WHOLE, 'agents.subjects.rounding="belief_and_others"'],
    "unrounded": CONTINUOUS,
    "noisy": [*WHOLE, 'agents.subjects.rounding="belief"', *NOISE],
    "causal_unrounded": [*CONTINUOUS, *TWINS],
    "causal_unrounded_noisy": [*CONTINUOUS, *NOISE, *TWINS],
}
SHARED = ["record.agents=true", "replicates={replications}", "seed.all={seed}"]


@dataclass(frozen=True)
class Simulator:
    """Where the binary is, and what all runs share. subjects: path of a subject file, None for the synthetic subjects of the
    configuration; threads: None leaves the choice to the simulator."""

    binary: str
    seed: int
    subjects: str | None = None
    threads: int | None = None

    def command(self, variant: str, replications: int, output: Path) -> list[str]:
        """The command line of one variant; replications of the whole experiment."""
        people = [f"subjects.file={json.dumps(self.subjects, ensure_ascii=False)}"] if self.subjects else []
        overrides = [text.format(replications=replications, seed=self.seed) for text in [*SHARED, *OVERRIDES[variant]]]
        threads = ["--threads", str(self.threads)] if self.threads else []
        return [self.binary, "run", CONFIG, *overrides, *people, *threads, "-o", str(output)]

    def run(self, variant: str, replications: int, output: Path) -> Path:
        """Run one variant and return its results file. Progress goes to stderr; the simulator's own table is dropped.

        Raises SimulatorError with the simulator's message and its exit code if that is 2, 6 or 74, else 74. Ctrl-C leaves no
        half-written file.
        """
        start = time.monotonic()
        print(f"{variant}: {replications} replications ...", file=sys.stderr, flush=True)
        output.unlink(missing_ok=True)
        command = self.command(variant, replications, output)
        try:
            done = subprocess.run(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", check=False
            )
        except OSError as error:
            raise SimulatorError(f"{self.binary}: cannot be started: {error.strerror or error}", INPUT_OUTPUT) from error
        except KeyboardInterrupt:  # the simulator has ended by now, perhaps before it could remove its own
            output.with_name(output.name + ".partial").unlink(missing_ok=True)
            raise
        if done.returncode != 0:
            tail = "\n".join(done.stderr.strip().splitlines()[-10:])
            code = done.returncode if done.returncode in (USAGE, 6, INPUT_OUTPUT) else INPUT_OUTPUT
            raise SimulatorError(f"the simulator stopped with exit code {done.returncode}: {' '.join(command)}\n{tail}", code)
        if not output.exists():
            raise SimulatorError(f"the simulator exited with 0 but wrote no {output}", INPUT_OUTPUT)
        print(f"{variant}: done in {time.monotonic() - start:.1f} s", file=sys.stderr, flush=True)
        return output


def find_binary(option: str | None) -> str:
    """The simulator: the option, else COMMONWEAL_BINARY, else `commonweal` on the PATH, else that of this environment.

    Raises SimulatorError if there is none, or if the one named is not executable.
    """
    named = option or os.environ.get("COMMONWEAL_BINARY")
    found = shutil.which(named or "commonweal")
    if not found and not named:  # the wheel's program, when its environment is not activated
        found = shutil.which("commonweal", path=sysconfig.get_path("scripts"))
    if found:
        return found
    if named:
        origin = "--binary" if option else "COMMONWEAL_BINARY"
        raise SimulatorError(f"{named} ({origin}) is not an executable file")
    raise SimulatorError("the simulator `commonweal` is not on the PATH; give --binary PATH or set COMMONWEAL_BINARY")

"""One reader at one page: an empty folder, a shell that keeps its variables from block to block, Python and R."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

LIMIT, LONG = 600, 6 * 3600  # seconds for one block, reduced and whole

# What a block leaves to the next one: exported variables and the folder it went to.
KEEP = """\
if [[ -s $STATE ]]; then source "$STATE"; fi
trap 'code=$?; { declare -px; printf "cd %q\\n" "$PWD"; } > "$STATE"; exit $code' EXIT
set -e -o pipefail
"""

# Runs the blocks before silently and the last one as at the prompt, where the value of a line is shown without print.
PYTHON = """\
import ast, contextlib, io, json, sys
names = {"__name__": "__main__"}
*before, last = json.load(open(sys.argv[1], encoding="utf-8"))
def run(source):
    for node in ast.parse(source).body:
        shown = isinstance(node, ast.Expr)
        tree, mode = (ast.Interactive([node]), "single") if shown else (ast.Module([node], []), "exec")
        exec(compile(tree, "<page>", mode), names)
with contextlib.redirect_stdout(io.StringIO()):
    for source in before:
        run(source)
run(last)
"""


@dataclass(frozen=True)
class Done:
    """What a block printed, and its exit code (128 + n when signal n ended it)."""

    out: str
    code: int
    errors: str


class Session:
    def __init__(self, folder: Path, binary: Path, limit: float = LIMIT):
        """folder: an empty one; it gets `page`, in which commands run, and what the reader does not see. limit: in seconds,
        for one block."""
        self.limit = limit
        self.folder = folder / "page"
        self.aside = folder / "aside"
        for path in (self.folder, self.aside, self.aside / "bin", self.aside / "home"):
            path.mkdir()
        (self.aside / "bin" / "commonweal").symlink_to(binary)
        self.environment = self._environment()
        self.sources: dict[str, list[str]] = {"python": [], "r": []}

    def _environment(self) -> dict[str, str]:
        tools = [str(self.aside / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]]
        keep = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "TMPDIR") if name in os.environ}
        return keep | {
            "PATH": os.pathsep.join(tools),
            "HOME": str(self.aside / "home"),
            "MPLCONFIGDIR": str(self.aside / "home"),
            "STATE": str(self.aside / "state"),
            "LC_ALL": "C.UTF-8",
            "TERM": "dumb",
            "NO_COLOR": "1",
            "COLUMNS": "120",
            "MPLBACKEND": "Agg",
        }

    @property
    def here(self) -> Path:
        """The folder into which the reader went."""
        state = self.aside / "state"
        if not state.exists():
            return self.folder
        return Path(shlex.split(state.read_text(encoding="utf-8").splitlines()[-1])[1])

    def shell(self, commands: str, stream: str = "stdout") -> Done:
        """stream: stdout, stderr or both; the other one goes to `errors`."""
        script = self.aside / "block.sh"
        script.write_text(KEEP + commands, encoding="utf-8")
        return self._run(["bash", "--noprofile", "--norc", str(script)], stream)

    def program(self, language: str, source: str, stream: str = "stdout") -> Done:
        """Blocks of one language share their names, as at one prompt."""
        self.sources[language].append(source)
        return self._python(stream) if language == "python" else self._r(stream)

    def _python(self, stream: str) -> Done:
        (self.aside / "blocks.json").write_text(json.dumps(self.sources["python"]), encoding="utf-8")
        (self.aside / "prompt.py").write_text(PYTHON, encoding="utf-8")
        return self._run([sys.executable, str(self.aside / "prompt.py"), str(self.aside / "blocks.json")], stream)

    def _r(self, stream: str) -> Done:
        *before, last = self.sources["r"]
        (self.aside / "before.R").write_text("\n".join(before), encoding="utf-8")
        head = f'invisible(capture.output(source("{self.aside}/before.R")))\n' if before else ""
        (self.aside / "block.R").write_text(head + last, encoding="utf-8")
        return self._run(["Rscript", "--vanilla", str(self.aside / "block.R")], stream)

    def _run(self, words: list[str], stream: str) -> Done:
        both = stream == "both"
        started = subprocess.Popen(
            words,
            cwd=self.here,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if both else subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        try:
            out, errors = started.communicate(timeout=self.limit)
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, signal.SIGKILL)
            out, errors = started.communicate()
            errors = f"{errors or ''}\nstopped after {self.limit} s"
        code = started.returncode if started.returncode >= 0 else 128 - started.returncode
        return Done(errors or "", code, out) if stream == "stderr" else Done(out, code, errors or "")


def has_r() -> bool:
    return shutil.which("Rscript") is not None

"""A Slurm of one node on this machine, for tests: its daemons run as the current user, in a folder of their own."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

PROGRAMS = ("slurmctld", "slurmd", "sbatch", "squeue", "scontrol", "scancel", "sinfo")

CONFIGURATION = """\
ClusterName=commonweal
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort={controller_port}
SlurmdPort={node_port}
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/none
CredType=cred/none
AuthInfo=cred_expire=6
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1,bf_interval=1
SlurmdParameters=config_overrides
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ReturnToService=2
KillWait=5
NodeName=localhost NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=test Nodes=localhost Default=YES MaxTime=INFINITE State=UP
"""


class CannotStart(Exception):
    """Why there is no Slurm here."""


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def wait_until(happens, seconds: float, what: str) -> None:
    """Asks every 0.1 s. Raises TimeoutError when it has not happened after so many seconds."""
    deadline = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not after {seconds} s")
        time.sleep(0.1)


class OneNodeSlurm:
    """Two processors, no accounting, no authentication; listens on 127.0.0.1 only. A requeued job may start again after
    six seconds, where a real cluster lets it wait for two minutes (cred_expire)."""

    def __init__(self, folder: Path):
        """Raises CannotStart."""
        path = os.environ["PATH"] + ":/usr/sbin:/sbin"
        lacking = [program for program in PROGRAMS if not shutil.which(program, path=path)]
        if lacking:
            raise CannotStart(f"{', '.join(lacking)} not on the PATH (scripts/setup.sh --with-slurm installs Slurm)")
        self.folder = folder
        self.daemons: list[subprocess.Popen] = []
        controller_port, node_port = free_ports(2)
        (folder / "state").mkdir()
        (folder / "spool").mkdir()
        (folder / "slurm.conf").write_text(
            CONFIGURATION.format(user=getpass.getuser(), folder=folder, controller_port=controller_port, node_port=node_port)
        )
        # A Slurm that the tests themselves run under must not be meant.
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SLURM_", "SBATCH_"))}
        self.environment = kept | {"SLURM_CONF": str(folder / "slurm.conf"), "PATH": path}
        try:
            self._start("slurmctld", "-D", "-i")
            self._start("slurmd", "-D", "-N", "localhost")
            wait_until(self._is_ready, 30, "Slurm's node is idle")
        except (OSError, TimeoutError, CannotStart) as error:
            self.stop()
            raise CannotStart(f"{error}\n{self.logs()}") from error

    def _start(self, *words: str) -> None:
        with open(self.folder / f"{words[0]}.out", "wb") as out:
            self.daemons.append(subprocess.Popen(words, env=self.environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out))

    def _is_ready(self) -> bool:
        for daemon in self.daemons:
            if daemon.poll() is not None:
                raise CannotStart(f"{daemon.args[0]} ended with exit code {daemon.returncode}")
        return self.run("sinfo", "--noheader", "--format=%T", check=False).stdout == "idle\n"

    def logs(self) -> str:
        """The last lines that the daemons wrote."""
        files = sorted([*self.folder.glob("*.log"), *self.folder.glob("*.out")])
        return "".join(f"-- {file.name}\n{file.read_text()[-2000:]}" for file in files)

    def run(self, *words: str, check: bool = True, **options) -> subprocess.CompletedProcess:
        """Runs a program as a user of this Slurm."""
        done = subprocess.run(words, env=self.environment, capture_output=True, text=True, timeout=120, **options)
        assert not check or done.returncode == 0, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done

    def wait_for(self, job: str, seconds: float) -> None:
        """Until a job has left the queue, with all its tasks."""
        wait_until(lambda: self.queue(job) == [], seconds, f"job {job} has ended")

    def queue(self, job: str) -> list[str]:
        """States of the tasks of a job that are waiting or running."""
        return self.run("squeue", "--noheader", "--array", "--format=%T", f"--jobs={job}", check=False).stdout.split()

    def ended(self, job: str) -> list[dict[str, str]]:
        """Slurm's record of the tasks of a job: JobState, ExitCode, Restarts and more."""
        lines = self.run("scontrol", "--oneliner", "show", "job", job).stdout.splitlines()
        return [dict(word.split("=", 1) for word in line.split() if "=" in word) for line in lines]

    def stop(self) -> None:
        """Ends what is queued, then the daemons: those that were started here, by their numbers."""
        try:
            if len(self.daemons) == 2 and all(daemon.poll() is None for daemon in self.daemons):
                self.run("scancel", f"--user={getpass.getuser()}", check=False)
                wait_until(lambda: self.run("squeue", "--noheader", check=False).stdout == "", 30, "the queue is empty")
        finally:
            for daemon in reversed(self.daemons):
                self._end(daemon)

    @staticmethod
    def _end(daemon: subprocess.Popen) -> None:
        daemon.terminate()
        try:
            daemon.wait(20)
        except subprocess.TimeoutExpired:
            daemon.kill()
            daemon.wait(20)

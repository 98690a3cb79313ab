"""Runs of commands, timed in turn so that a busy machine weighs on all of them alike.

Times are those of the processor, which depend less on the neighbours than the clock does.
"""

from __future__ import annotations

import fcntl
import os
import pty
import statistics
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

AMI = str(Path(sys.executable).with_name("ami"))
BARE = (sys.executable, "-c", "pass")
_IS_MAC = sys.platform == "darwin"


class Job(NamedTuple):
    """A command to time, and whether it believes that a person is looking."""

    command: tuple[str, ...]
    on_terminal: bool = False
    source: Path | None = None
    """The folder of another build of the package, to run in place of the one that is installed."""
    is_alone: bool = False
    """Whether it may use one processor only, where the system can tell it so."""


class Cost(NamedTuple):
    """What one run took."""

    seconds: float
    """Of the processor, user and system."""
    megabytes: float
    """At the peak."""
    elapsed: float
    """By the clock, in seconds."""


def medians(jobs: Mapping[str, Job], folder: Path, times: int) -> dict[str, Cost]:
    """Run jobs in turn in a folder, as many times, and give the median of each. A first run, untimed, warms caches."""
    costs: dict[str, list[Cost]] = {name: [] for name in jobs}
    for turn in range(times + 1):
        for name, job in jobs.items():
            cost = once(job, folder)
            if turn:
                costs[name].append(cost)
    return {name: Cost(*map(statistics.median, zip(*each, strict=True))) for name, each in costs.items()}


def once(job: Job, folder: Path) -> Cost:
    """Run a job and give its cost."""
    return _on_terminal(job, folder) if job.on_terminal else _piped(job, folder)


def _piped(job: Job, folder: Path) -> Cost:
    start = time.monotonic()
    with subprocess.Popen(
        job.command,
        cwd=folder,
        env=_environment(job.source),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=_on_one_processor if job.is_alone else None,  # noqa: PLW1509 - no thread runs here
    ) as process:
        return _cost(process, start)


def _on_terminal(job: Job, folder: Path) -> Cost:
    start = time.monotonic()
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 160, 0, 0))
    environment = _environment(job.source)
    with subprocess.Popen(job.command, cwd=folder, env=environment, stdin=its, stdout=its, stderr=its) as process:
        os.close(its)
        with suppress(OSError):  # how Linux tells that the other end is closed
            while os.read(ours, 65_536):
                pass
        os.close(ours)
        return _cost(process, start)


def _on_one_processor() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _cost(process: subprocess.Popen[bytes], start: float) -> Cost:
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    megabytes = usage.ru_maxrss / (1_000_000 if _IS_MAC else 1_000)
    return Cost(usage.ru_utime + usage.ru_stime, megabytes, time.monotonic() - start)


def _environment(source: Path | None) -> dict[str, str]:
    """Take away what a user would not have set, such as an order to write no bytecode."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COLUMNS", "COVERAGE"))}
    return {**kept, "TERM": "xterm-256color", **({"PYTHONPATH": str(source)} if source else {})}

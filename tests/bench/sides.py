"""Work shared between processes beside the work of one alone, by the clock; and what all of them hold at once."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from .generate import write_lines, write_policy, write_yaml
from .table import Row, number
from .timing import AMI
from .volume import POLICY

LINES, MANY = 100_000, 350_000
_EVERY: float = 0.2
"""Seconds between two looks at the memory."""


class Shared(NamedTuple):
    """What one run took, of all its processes."""

    seconds: float
    """By the clock: on a machine that does nothing else."""
    megabytes: float
    """The most that all of them held at once, what they share counted once; none where the system does not say."""


def measure(times: int) -> list[Row]:
    """Time lines and files, shared or not, then ten years of calls of every commune."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_policy(folder, POLICY)
        write_lines(folder / "lignes.jsonl", LINES)
        write_lines(folder / "beaucoup.jsonl", MANY)
        count = write_yaml(folder / "fichiers")
        return [
            *_beside(f"{number(LINES)} lignes de JSON", ("score", "lignes.jsonl", "-f", "tsv"), folder, times),
            *_beside(f"{number(count)} fichiers YAML", ("score", "fichiers", "-f", "tsv"), folder, times),
            *_beside(f"une parmi {number(count)}", ("explain", "fichiers", "MESURE-000100"), folder, times),
            *_many(folder),
        ]


def _beside(what: str, words: tuple[str, ...], folder: Path, times: int) -> Iterator[Row]:
    alone = [_once((*words, "--processes", "1"), folder) for _ in range(times)]
    shared = [_once(words, folder) for _ in range(times)]
    one, all_ = (statistics.median(each.seconds for each in runs) for runs in (alone, shared))
    part = f"Processus ({os.cpu_count()} processeurs), à l'horloge"
    yield Row(part, what, f"{number(all_, 1)} s", f"un seul : {number(one, 1)} s", all_ / one, "≤ 0,6 ×")
    held, its = (statistics.median(each.megabytes for each in runs) for runs in (shared, alone))
    if its:
        beside = f"un seul : {number(its)} Mo"
        yield Row(part, f"{what}, mémoire de tous", f"{number(held)} Mo", beside, held / its)


def _many(folder: Path) -> Iterator[Row]:
    for what, words in (("un processus", ("--processes", "1")), ("tous les processeurs", ())):
        found = _once(("score", "beaucoup.jsonl", "-f", "tsv", *words), folder)
        shown = f"{number(found.seconds, 1)} s"
        yield Row(f"{number(MANY)} candidatures", what, shown, f"{number(found.megabytes)} Mo", None, "< 1 500 Mo")


def _once(words: tuple[str, ...], folder: Path) -> Shared:
    start, most = time.perf_counter(), 0.0
    with subprocess.Popen(
        (AMI, *words), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        while process.poll() is None:
            most = max(most, _held(process.pid))
            with suppress(subprocess.TimeoutExpired):
                process.wait(_EVERY)
    return Shared(time.perf_counter() - start, most)


def _held(session: int) -> float:
    """Give what the processes of a session hold together, in megabytes."""
    held = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError):
            if os.getsid(int(folder.name)) == session:
                lines = (folder / "smaps_rollup").read_text("utf-8").splitlines()
                held += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return held / 1_000

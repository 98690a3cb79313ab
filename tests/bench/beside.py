"""The present build beside an earlier one, side by side on the same files and the same policy: time and memory.

The earlier build is taken out of git into a temporary folder. Where git does not have it, as in an archive of the
sources, one row says so.
"""

from __future__ import annotations

import compileall
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from .generate import write_lines, write_policy, write_yaml
from .table import Row, number
from .timing import Cost, Job, medians

COMMIT: Final = "bf58138"
ROOT: Final = Path(__file__).parents[2]
PART: Final = f"À côté de la version {COMMIT}"
LINES: Final = 100_000
FILES: Final = 4_454
ONE: Final = "MESURE-002000"


class Work(NamedTuple):
    """A command line that both builds understand, and what was promised of it."""

    what: str
    arguments: tuple[str, ...]
    time: float
    """The most that its time may be, as a part of the earlier build's."""
    memory: float | None = None
    """The same for its peak of memory."""
    is_long: bool = True
    """Whether it is left out of a quick run."""
    is_alone: bool = True
    """Whether it may use one processor only; its time is then that of the processor, and by the clock if not."""


WORKS: Final = (
    Work("ami score, 100 fichiers YAML, dans un tube", ("score", "cent"), 0.75, is_long=False),
    Work("ami validate criteria.yaml", ("validate", "criteria.yaml"), 0.75, is_long=False),
    Work(f"ami explain, un parmi {number(FILES)} fichiers", ("explain", "communes", ONE), 0.5),
    Work(f"classeur de {number(FILES)} candidatures", ("score", "communes", "-q", "-o", "a.xlsx"), 0.7, 0.6),
    Work(f"{number(LINES)} lignes de JSON, un processeur", ("score", "lignes.jsonl", "-f", "tsv"), 0.6, 0.7),
    Work(f"{number(LINES)} lignes de JSON, tous", ("score", "lignes.jsonl", "-f", "tsv"), 0.35, is_alone=False),
)


def measure(times: int) -> list[Row]:
    """Run both builds in turn; a quick run leaves out what is long."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        earlier = _earlier(folder / "avant")
        if earlier is None:
            return [Row(PART, f"git n'a pas le commit {COMMIT} : rien n'est comparé", "")]
        works = [work for work in WORKS if times > 1 or not work.is_long]
        _write(folder, earlier, is_quick=times == 1)
        return [row for work in works for row in _rows(work, folder, earlier / "src", max(times, 3))]


def _earlier(folder: Path) -> Path | None:
    """Take the earlier build out of git, compiled as an installed one is; None where git does not have it."""
    command = ("git", "archive", COMMIT, "src", "criteria.yaml")
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    except OSError:
        return None
    if done.returncode:
        return None
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
    compileall.compile_dir(folder / "src", quiet=2)
    return folder


def _write(folder: Path, earlier: Path, *, is_quick: bool) -> None:
    """Write the candidatures, and the policy of the earlier build: the present one reads it as well."""
    write_policy(folder, earlier / "criteria.yaml")
    write_yaml(folder / "cent", 100)
    if not is_quick:
        write_yaml(folder / "communes", FILES)
        write_lines(folder / "lignes.jsonl", LINES)


def _rows(work: Work, folder: Path, earlier: Path, times: int) -> Iterator[Row]:
    run = (sys.executable, "-m", "ami_scoring", *work.arguments)
    sources = {"now": ROOT / "src", "then": earlier}
    jobs = {name: Job(run, source=source, is_alone=work.is_alone) for name, source in sources.items()}
    found = medians(jobs, folder, times)
    now, then = (_time(found[name], work) for name in sources)
    yield Row(PART, work.what, f"{number(now, 2)} s", f"{number(then, 2)} s", now / then, f"≤ {number(work.time, 2)} ×")
    if work.memory is not None:
        mine, its = found["now"].megabytes, found["then"].megabytes
        target = f"≤ {number(work.memory, 2)} ×"
        yield Row(PART, f"{work.what}, mémoire", f"{number(mine)} Mo", f"{number(its)} Mo", mine / its, target)


def _time(cost: Cost, work: Work) -> float:
    return cost.seconds if work.is_alone else cost.elapsed

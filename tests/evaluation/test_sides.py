"""Work shared between processes: nothing shows of it, whatever becomes of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BEGINNING = f"""
import os, signal, sys, time
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from itertools import count
from ami_scoring import crew, processes
from ami_scoring.cli.app import run
from ami_scoring.sources.doors import packing
from tests.evaluation.sides import share_little, told, write_kinds

share_little()
write_kinds(Path("."))
words = ["score", "wrong.jsonl", "-c", sys.argv[1], "-f", "json", "--findings"]
alone = told(words, 1)

def at_the_third():
    packing.Packer.table = lambda self, tables=count(1), table=packing.Packer.table: (
        os.kill(os.getpid(), signal.SIGKILL) if next(tables) == 3 else table(self)
    )
"""
pytestmark = pytest.mark.skipif(
    sys.platform in {"win32", "darwin"}, reason="no copy of a process is made on this system"
)


def python(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], cwd=cwd or ROOT, capture_output=True, text=True, check=False)


def test_several_processes_give_the_bytes_of_one() -> None:
    done = python("-m", "tests.evaluation.sides")
    assert (done.returncode, [line for line in done.stderr.splitlines() if line.startswith("differs")]) == (0, [])


@pytest.mark.parametrize(
    "accident",
    [
        "packing.Packer.table = lambda _: os.kill(os.getpid(), signal.SIGKILL)",
        "packing.Packer.table = lambda _: 1 / 0",
        "packing.Packer.candidature = None",
        "os.fork = lambda: os.stat('nowhere')",
        "os.pipe = lambda: os.stat('nowhere')",
        "at_the_third()",
        "crew._AHEAD = 7",
    ],
    ids=["killed", "broken", "not packed", "not made", "no pipe", "killed at its third task", "read by few bytes"],
)
def test_what_another_process_does_not_finish_is_done_here(accident: str, tmp_path: Path) -> None:
    script = f"{BEGINNING}\n{accident}\nassert told(words, 3) == alone\nprint('same')"
    done = python("-c", script, str(ROOT / "criteria.yaml"), cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "same\n", "")


@pytest.mark.usefixtures("interruptible")
def test_an_interruption_ends_every_process_with_a_sentence(tmp_path: Path) -> None:
    script = f"""{BEGINNING}
def table(_):
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(60)

packing.Packer.table = table
processes.grant(2)
sys.exit(run([*words, "-o", "classement.json"]))
"""
    command = [sys.executable, "-c", script, str(ROOT / "criteria.yaml")]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as started:
        assert started.stdout is not None
        other = int(started.stdout.readline())
        os.killpg(started.pid, signal.SIGINT)
        out, err = started.communicate(timeout=50)
    assert (started.returncode, out, err) == (130, "", "Interrompu.\n")
    assert not (tmp_path / "classement.json").exists()
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)


def test_a_process_with_threads_works_alone() -> None:
    script = """
import threading
from ami_scoring import processes

processes.grant(2)
before = processes.granted()
threading.Thread(target=threading.Event().wait, daemon=True).start()
print(before, processes.granted())
"""
    assert python("-c", script).stdout == "2 1\n"


def test_among_too_many_candidatures_no_copy_is_made_of_what_holds_them() -> None:
    script = """
import os
from ami_scoring import processes
from ami_scoring.evaluation.meanwhile import meanwhile

made, fork = [], os.fork
os.fork = lambda: made.append(1) or fork()
processes.grant(2)
for size in (processes.TOO_MANY, processes.TOO_MANY + 1):
    texts = processes.in_parts(size, lambda places: f"{places.start} ")
    with meanwhile(list, size) as found:
        print(len(made), len(list(texts)), found(), len(made))
"""
    assert python("-c", script).stdout == "1 200 [] 2\n2 201 [] 2\n"

"""Tasks that several processes take: each is done once, or left to whoever asked, whatever becomes of them."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform in {"win32", "darwin"}, reason="no copy of a process is made on this system"
)
BEGINNING = """
import os, signal, time
from ami_scoring.crew import MOST, crew

def gathered(others, tasks, doer, first=0):
    own, received = [], {}
    with crew(others, tasks, doer) as made:
        def receive(wait):
            for place, at, data in made.done(wait=wait):
                assert at not in received and 0 <= place < others
                received[at] = data
        while len(received) < first:
            receive(True)
        while (number := made.take()) is not None or not made.is_alone:
            own += [] if number is None else [number]
            receive(number is None)
    assert own == sorted(own) and not set(own) & set(received)
    return own, received

def doer():
    return lambda number: b"%d" % number * (number * 1_000)
"""


def said(script: str) -> str:
    done = subprocess.run([sys.executable, "-c", BEGINNING + script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("others", [0, 1, 3])
def test_each_task_is_done_once_by_whoever_is_free(others: int) -> None:
    script = f"""
own, received = gathered({others}, 300, doer, first={min(others, 1)})
assert all(data == doer()(number) for number, data in received.items())
print(sorted([*own, *received]) == list(range(300)), bool(received))
"""
    assert said(script) == f"True {others > 0}\n"


def test_as_many_tasks_as_a_crew_takes_fit_in_its_queue() -> None:
    assert said("own, received = gathered(1, MOST, doer)\nprint(len(own) + len(received) == MOST)") == "True\n"


@pytest.mark.parametrize("end", ["os.kill(os.getpid(), signal.SIGKILL)", "1 / 0", "os._exit(0)"])
def test_what_was_done_before_one_ends_is_kept_and_the_rest_is_told_by_none(end: str) -> None:
    script = f"""
def short_lived():
    did = []
    def do(number):
        did.append(number)
        if len(did) > 2:
            {end}
        return b"done"
    return do

own, received = gathered(2, 40, short_lived, first=4)
print(set(received.values()), len(received), len(own) + len(received) + 2)
"""
    assert said(script) == "{b'done'} 4 40\n"


def test_nothing_of_a_crew_outlives_its_block() -> None:
    script = """
with crew(2, 9, lambda: time.sleep) as made:
    made.take()
try:
    os.waitpid(-1, 0)
except ChildProcessError:
    print("none is left")
"""
    assert said(script) == "none is left\n"

"""Numbered tasks that several processes of this machine take one after the other, whoever is free.

Which process does a task changes nothing of what comes of it. Where another one ends before it is done, or where none
can be made, what is left is done here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from select import select
from typing import BinaryIO, Final

from ami_scoring.processes import Other, copies

MOST: Final = 1_000
"""Tasks of one crew: their numbers fit in what any pipe holds at once."""
_WORD: Final = 4
_HEAD: Final = 2 * _WORD
_AHEAD: Final = 1_000_000
"""Bytes of results that may wait to be read, where the system lets a pipe hold as many."""
Do = Callable[[int], bytes]
"""Does one task, and gives what came of it."""


@contextmanager
def crew(others: int, tasks: int, doer: Callable[[], Do]) -> Iterator[Crew]:
    """Have so many other processes take tasks, numbered from 0, `MOST` of them at most; give what they do.

    Each begins by calling `doer`. None of them outlives the block: what is not done is given up.
    """
    with _numbers(tasks) as queue, copies([partial(_serve, queue, doer)] * (others if queue.is_shared else 0)) as made:
        yield Crew(queue, made)


class Crew:
    """What this process knows of the tasks: those that it takes itself, and those that are done."""

    def __init__(self, queue: _Queue, others: list[Other]) -> None:
        """Take tasks from a queue, and what others did of them."""
        self._queue = queue
        self._others = {other.results: _Received(place, other) for place, other in enumerate(others)}
        for other in others:
            _widen(other.results)

    def take(self) -> int | None:
        """Take the next task, which this process is to do; None where all are taken."""
        return self._queue.take()

    def done(self, *, wait: bool = False) -> Iterator[tuple[int, int, bytes]]:
        """Give what others did since: by whom, counted from 0, the task, and what came of it.

        With `wait`, wait for some of it, or for one of them to be over.
        """
        ready, _, _ = select([*self._others], [], [], None if wait else 0) if self._others else ([], [], [])
        for results in ready:
            received = self._others[results]
            if not received.more():
                del self._others[results]
            yield from received.tasks()

    @property
    def is_alone(self) -> bool:
        """Whether no other process is at work any more."""
        return not self._others


class _Received:
    """What came from another process so far."""

    def __init__(self, place: int, other: Other) -> None:
        self._place, self._other = place, other
        self._bytes = bytearray()

    def more(self) -> bool:
        """Read what there is; say whether there may be more."""
        some = b""
        with suppress(OSError):
            some = os.read(self._other.results, _AHEAD)
        self._bytes += some
        return some != b""

    def tasks(self) -> Iterator[tuple[int, int, bytes]]:
        """Give the tasks that are there whole."""
        while len(self._bytes) >= _HEAD:
            end = _HEAD + int.from_bytes(self._bytes[_WORD:_HEAD], "big")
            if len(self._bytes) < end:
                return
            yield self._place, int.from_bytes(self._bytes[:_WORD], "big"), bytes(self._bytes[_HEAD:end])
            del self._bytes[:end]


class _Queue:
    """The numbers of tasks, which each process takes from one pipe: what one has taken, no other does."""

    def __init__(self, tasks: int, pipe: int | None) -> None:
        self.is_shared = pipe is not None
        self._pipe, self._left = pipe, iter(range(tasks))

    def take(self) -> int | None:
        if self._pipe is None:
            return next(self._left, None)
        word = os.read(self._pipe, _WORD)
        return int.from_bytes(word, "big") if len(word) == _WORD else None


@contextmanager
def _numbers(tasks: int) -> Iterator[_Queue]:
    try:
        pipe, numbers = os.pipe()
    except OSError:
        yield _Queue(tasks, None)
        return
    try:
        with os.fdopen(numbers, "wb") as file:
            file.writelines(number.to_bytes(_WORD, "big") for number in range(tasks))
        yield _Queue(tasks, pipe)
    finally:
        os.close(pipe)


def _serve(queue: _Queue, doer: Callable[[], Do], results: BinaryIO) -> None:
    do = doer()
    while (number := queue.take()) is not None:
        did = do(number)
        results.write(number.to_bytes(_WORD, "big") + len(did).to_bytes(_WORD, "big") + did)
        results.flush()


def _widen(pipe: int) -> None:
    """Let a pipe hold more, so that whoever writes in it need not wait for whoever is busy."""
    with suppress(ImportError, AttributeError, OSError):
        from fcntl import F_SETPIPE_SZ, fcntl  # noqa: PLC0415 - not every system has it

        fcntl(pipe, F_SETPIPE_SZ, _AHEAD)

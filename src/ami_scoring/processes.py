"""Work that other processes of this machine do meanwhile, where that is possible; nothing of a result depends on it.

A process made here begins as a copy of this one, knows all that this one knows, and gives back bytes. Where none can
be made, or where one ends before it is done, whoever asked does the work alone: it comes to the same.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import pairwise
from typing import BinaryIO, Final, NoReturn

MOST: Final = 8
"""Processes beyond which nothing is gained: what each one gives back is still put together by one."""
_LONG_LIST: Final = 2_000
"""Items from which writing them is worth another process."""
TOO_MANY: Final = 200_000
"""Candidatures beyond which no copy is made of a process that holds them all: what each of the two looks at, it holds
for itself, as counting who looks at it writes there. A long work in little memory is better than a quick one in twice
as much."""
_STEP: Final = 1_000
"""Items that are written at once: their text is all that is held."""
_LENGTH: Final = 8
_END: Final = b"whole"
Work = Callable[[], Iterable[bytes]]
"""What another process does; it gives its results in so many pieces, in order."""
Write = Callable[[BinaryIO], None]
"""What another process does, which writes its own results."""
_granted: list[int] = []


def grant(count: int | None) -> None:
    """Let the work of this process be shared between so many; None for as many as there are processors.

    Until it is called, this process works alone.
    """
    _granted[:] = [_processors() if count is None else count]


def granted() -> int:
    """How many processes may work at once, this one included; 1 where no copy of it can be made.

    Copies are not made on Windows, which has none, nor on macOS, whose libraries do not all bear it, nor beside
    threads.
    """
    if not _granted or sys.platform == "darwin" or not hasattr(os, "fork"):
        return 1
    threads = sys.modules.get("threading")
    return 1 if threads is not None and threads.active_count() > 1 else _granted[0]


@contextmanager
def beside(works: Sequence[Work]) -> Iterator[list[Other]]:
    """Have each work done by another process, from now on; give those that could be made.

    None of them outlives the block: what is not done is given up.
    """
    with copies([partial(_write_at_the_end, work) for work in works]) as others:
        yield others


@contextmanager
def copies(works: Sequence[Write]) -> Iterator[list[Other]]:
    """Do the same for works that write their results themselves."""
    others: list[Other] = []
    try:
        for work in works:
            other = _started(work)
            if other is None:
                break
            others.append(other)
        yield others
    finally:
        for other in others:
            other.end()


def in_parts(count: int, write: Callable[[range], str]) -> Iterator[str]:
    """Write the items of a long list, numbered from 0, a thousand at a time; give their texts in order.

    Where it is long, other processes write its end while this one writes its beginning.
    """
    shares = _shares(count, granted() if _LONG_LIST <= count <= TOO_MANY else 1)
    works = [_writing(share, write) for share in shares[1:]]
    with beside(works) as others:
        yield from map(write, _steps(shares[0]))
        for place, share in enumerate(shares[1:]):
            pieces = others[place].take() if place < len(others) else None
            yield from map(write, _steps(share)) if pieces is None else map(_text, pieces)


class Other:
    """Another process, at work."""

    def __init__(self, pid: int, results: int) -> None:
        """Know it by its number, and by where its results come from."""
        self._pid: int | None = pid
        self._results = os.fdopen(results, "rb")

    @property
    def results(self) -> int:
        """Where its results come from."""
        return self._results.fileno()

    def take(self) -> list[bytes] | None:
        """Wait for its results and give them; None where it did not come to the end of them."""
        pieces: list[bytes] = []
        with suppress(OSError):
            while len(head := self._results.read(_LENGTH)) == _LENGTH:
                pieces.append(self._results.read(int.from_bytes(head, "big")))
        whole = bool(pieces) and pieces.pop() == _END
        return pieces if self._wait() == 0 and whole else None

    def end(self) -> None:
        """End it, if it is not over."""
        self._results.close()
        if self._pid is not None:
            with suppress(OSError):
                import signal  # noqa: PLC0415 - most runs end nobody

                os.kill(self._pid, signal.SIGKILL)
            self._wait()

    def _wait(self) -> int:
        if self._pid is None:
            return -1
        pid, self._pid = self._pid, None
        try:
            return os.waitpid(pid, 0)[1]
        except OSError:  # somebody else was told of its end
            return -1


def _shares(count: int, processes: int) -> list[range]:
    ends = [count * place // processes for place in range(processes + 1)]
    return [range(start, stop) for start, stop in pairwise(ends)]


def _steps(share: range) -> Iterator[range]:
    return (share[start : start + _STEP] for start in range(0, len(share), _STEP))


def _writing(share: range, write: Callable[[range], str]) -> Work:
    return lambda: (write(step).encode("utf-8", "surrogatepass") for step in _steps(share))


def _text(piece: bytes) -> str:
    return piece.decode("utf-8", "surrogatepass")


def _started(work: Write) -> Other | None:
    try:
        ours, its = os.pipe()
    except OSError:
        return None
    try:
        pid = os.fork()
    except OSError:
        os.close(ours)
        os.close(its)
        return None
    if pid == 0:
        _work(work, its)
    os.close(its)
    return Other(pid, ours)


def _work(work: Write, results: int) -> NoReturn:
    """Do what is asked and end at once: what this copy inherited, such as texts not yet written, is not its own."""
    code = 1
    try:
        import signal  # noqa: PLC0415 - most runs are alone

        signal.signal(signal.SIGINT, signal.SIG_DFL)
        with os.fdopen(results, "wb") as file:
            work(file)
        code = 0
    finally:
        os._exit(code)


def _write_at_the_end(work: Work, results: BinaryIO) -> None:
    # All is kept until it is done: nobody reads the results of this process as long as there is other work.
    pieces = [*work(), _END]
    for piece in pieces:
        results.write(len(piece).to_bytes(_LENGTH, "big"))
        results.write(piece)


def _processors() -> int:
    counted = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(counted or 1, MOST)

"""What is looked for in many candidatures by another process, while this one ranks them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from ami_scoring import processes
from ami_scoring.findings import Finding

_MANY: Final = 2_000
"""Candidatures from which another process gains more than it costs."""


@contextmanager
def meanwhile(find: Callable[[], list[Finding]], size: int) -> Iterator[Callable[[], list[Finding]]]:
    """Have findings looked for while the block runs, and give the function that waits for them.

    Among few candidatures, among too many, or where no other process can be made, that function looks for them itself.
    """
    if not _MANY <= size <= processes.TOO_MANY or processes.granted() == 1:
        yield find
        return
    from ami_scoring.sources.doors.packing import dumped, undumped  # noqa: PLC0415 - where there are many

    with processes.beside([lambda: [dumped(find())]]) as others:

        def found() -> list[Finding]:
            pieces = others[0].take() if others else None
            return undumped(pieces[0]) if pieces else find()

        yield found

"""Work counted, not timed: the lines of our code that a call runs, loops and comprehensions turn by turn."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Final

MOST: Final = 2.7
"""Work added from 2n to 4n, beside that added from n to 2n: 2 where it grows as n, 4 as its square."""
_OURS: Final = "ami_scoring"


class LostError(Exception):
    """Raised where something else of the process took over what counts, before the end."""


def lines_run(call: Callable[[], object]) -> int:
    """Count the lines of our code that a call runs. Raises `LostError` where not all were seen."""
    count = 0

    def inside(frame: Any, event: str, _: object) -> Any:
        nonlocal count
        count += event == "line"
        return inside

    def entering(frame: Any, event: str, argument: object) -> Any:
        return inside if _OURS in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(entering)
    try:
        call()
        lost = sys.gettrace() is not entering
    finally:
        sys.settrace(before)
    if lost:
        raise LostError
    return count


def growth(work: Callable[[int], Callable[[], object]], size: int) -> float:
    """Say how many times more work the second doubling of an input adds than the first: 2 when it is in proportion.

    What is too much is counted twice before it is told: in one run of the suite among many, a count stopped midway.
    """
    try:
        found = _growth(work, size)
    except LostError:
        found = MOST + 1
    return found if found <= MOST else _growth(work, size)


def _growth(work: Callable[[int], Callable[[], object]], size: int) -> float:
    calls = [work(size), work(size), work(2 * size), work(4 * size)]
    calls[0]()  # what is done once for all is not counted
    first, second, third = (lines_run(call) for call in calls[1:])
    return (third - second) / max(second - first, 1)

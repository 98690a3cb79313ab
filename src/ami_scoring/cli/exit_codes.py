"""Exit codes: an interface, documented in docs/codes-de-sortie.md."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a run tells the program that started it."""

    DONE = 0
    INPUT_ERRORS = 1
    USAGE = 2
    NOTHING_TO_SCORE = 3
    BUG = 70
    INTERRUPTED = 130

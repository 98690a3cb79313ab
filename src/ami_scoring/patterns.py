"""Regular expressions that are compiled when a text is first tried against them: a run tries few of those it loads."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


def late(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Give what `re.compile` gives, but for the time: what is no expression raises `re.error` at its first use."""
    return cast("re.Pattern[AnyStr]", _Late(pattern, flags))


class _Late:
    """Stands for a compiled expression; each method that was asked for once is kept, and costs no more than its own."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.__asked: tuple[Any, int] = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self.__asked), name)
        setattr(self, name, found)
        return found

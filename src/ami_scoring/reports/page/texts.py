"""Texts that come from files, made fit for a page: one line, bounded, with what cannot be seen spelt out."""

from __future__ import annotations

import re
from typing import Final

from ami_scoring.messages import Message, printable, typeset

NAME_MOST: Final = 300
SENTENCE_MOST: Final = 6_000
_SPACES: Final = re.compile(r"[^\S\u00a0\u202f]+")
_CUT: Final = " […]"


def name(text: str) -> str:
    """Make a name safe to show."""
    return bounded(printable(_SPACES.sub(" ", text).strip()), NAME_MOST)


def sentence(text: str | Message) -> str:
    """Make a sentence safe to show, with the spaces of French typography."""
    return bounded(typeset(printable(_SPACES.sub(" ", str(text)).strip())))


def capital(text: str) -> str:
    """Begin a sentence with a capital."""
    return text[:1].upper() + text[1:]


def bounded(text: str, most: int = SENTENCE_MOST) -> str:
    """Cut a text that nobody would read to its end, and show that it is cut."""
    return text if len(text) <= most else text[: most - len(_CUT)] + _CUT


class Interned:
    """Texts that are said many times and held once: each has a number, in the order in which it was first said."""

    def __init__(self) -> None:
        """Begin with none."""
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Give the number of a text."""
        return self._numbers.setdefault(text, len(self._numbers))

    @property
    def texts(self) -> list[str]:
        """All of them, by number."""
        return list(self._numbers)

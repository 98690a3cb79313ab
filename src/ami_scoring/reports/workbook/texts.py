"""Texts that come from files, made safe for a cell: one cell, one text, never an error nor an invisible trap."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from ami_scoring.domain.candidature import Commune
from ami_scoring.messages import Message, printable, typeset

NAME_MOST: Final = 300
SENTENCE_MOST: Final = 6_000
"""Characters that a cell shows; Excel itself stops at 32,767, long after anybody reads."""

_SPACES: Final = re.compile(r"[^\S\u00a0\u202f]+")
_PLAIN: Final = re.compile("[ -~\u00a0-\u00ac\u00ae-\u024f\u2010-\u2027\u202f-\u205e\u20ac\u2190-\u22ff\u2713\u2717]*")
"""What French texts are made of, and that needs no care: most are checked in one go."""

_ERRORS: Final = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"})
_CUT: Final = " […]"


@lru_cache(maxsize=16_384)
def name(text: str) -> str:
    """Make a name safe to show: one line, bounded, with control characters spelt out. Most show on ten sheets."""
    return _safe(text, NAME_MOST)


def sentence(text: str | Message) -> str:
    """Make a sentence safe to show, without its length being a danger."""
    return _safe(str(text), SENTENCE_MOST)


def joined(parts: Iterable[str | Message]) -> str:
    """Put several sentences in one cell."""
    return sentence(" ; ".join(str(part).rstrip(".") for part in parts))


def commune(place: Commune) -> str:
    """Name a commune, by its code where it gave no name."""
    return name(place.called)


def capital(text: str) -> str:
    """Begin a text with a capital letter."""
    return text[:1].upper() + text[1:]


def plural(count: int, one: str, many: str) -> str:
    """Count things in French: `1 place`, `14 places`."""
    return f"{count} {one if count < 2 else many}"


def _safe(text: str, most: int) -> str:
    shown = typeset(text.strip() if _PLAIN.fullmatch(text) else printable(_SPACES.sub(" ", text).strip()))
    if len(shown) > most:
        shown = shown[: most - len(_CUT)] + _CUT
    # A formula that gives this very text would be stored as an error: a no-break space keeps it a text.
    return f"{shown}\u00a0" if shown in _ERRORS else shown

"""The Unicode forms of a text, in a time that grows with its length.

To put in order the marks that follow one letter, an interpreter compares each with the others: a text of nothing else
would take for ever. No language writes such a run, and one that does is left as it is written.
"""

from __future__ import annotations

import unicodedata
from typing import Final, Literal

_NOT_ASCII: Final = bytes(0x20 if byte < 0x80 else 0x80 for byte in range(0x100))
_LONG_RUN: Final = b"\x80" * 300


def in_form(form: Literal["NFC", "NFD", "NFKD"], text: str) -> str:
    """Write a text in a Unicode form; one with a long run of letters beyond ASCII is left as it is."""
    return text if text.isascii() or has_long_run(text) else unicodedata.normalize(form, text)


def without_marks(form: Literal["NFD", "NFKD"], text: str) -> str:
    """Drop the accents of a text, and whatever else stands on or under a letter."""
    return "".join(char for char in in_form(form, text) if not unicodedata.combining(char))


def has_long_run(text: str) -> bool:
    """Whether a text holds more letters beyond ASCII in a row than any language."""
    data = text.encode("utf-8", "surrogatepass")
    return len(data) - len(text) >= len(_LONG_RUN) // 2 and _LONG_RUN in data.translate(_NOT_ASCII)

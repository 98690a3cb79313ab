"""Texts of nothing but what nobody doubts, told by one pass over their bytes: letters, digits, common signs, lines.

Such a text is in form NFC, holds nothing unseen but no-break spaces, no escape and no accent that was lost in a
conversion. Of any other, nothing is decided here: those who look for something look for it.
"""

from __future__ import annotations

from typing import Final

_ASCII: Final = bytes(byte for byte in range(0x20, 0x7F) if byte != ord("\\")) + b"\r\n"
_BEYOND: Final = bytes(range(0x80, 0xC0)) + b"\xc3\xc4\xc5"
"""What letters from À to ž are written with in UTF-8: the first of their two bytes, and those that follow a first."""
_ORDINARY: Final = _ASCII + _BEYOND
_SIGNS: Final = tuple(sign.encode() for sign in "’«»\u00a0\u202f–°²€…—“”‘")
"""Signs that people type or that word processors put in, each written with one byte that is not among those."""
_FIRST_OF_SIGNS: Final = b"\xc2\xe2"
_DOUBTED: Final = ("Â".encode() + b"\xc2", "Ã".encode(), "Ž".encode(), "â€".encode())
"""Of which one is in whatever was converted twice, and that this pass would let through."""


def is_ordinary(data: bytes) -> bool:
    """Say whether some UTF-8 is such a text; what is not UTF-8 may be taken for one."""
    others = data.translate(None, _ORDINARY)
    if others and (others.strip(_FIRST_OF_SIGNS) or len(others) != sum(map(data.count, _SIGNS))):
        return False
    return data.isascii() or not any(each in data for each in _DOUBTED)

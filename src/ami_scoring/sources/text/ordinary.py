"""Texts of nothing but what nobody doubts, told by one pass over their bytes: letters, digits, common signs, lines.

Such a text is in form NFC, holds nothing unseen but no-break spaces, no escape and no accent that was lost in a
conversion. Of any other, nothing is decided here: those who look for something look for it.
"""

from __future__ import annotations

from typing import Final

from ami_scoring.patterns import late

_ASCII: Final = bytes(byte for byte in range(0x20, 0x7F) if byte != ord("\\")) + b"\r\n"
_BEYOND: Final = bytes(range(0x80, 0xC0)) + b"\xc3\xc4\xc5"
"""What letters from À to ž are written with in UTF-8: the first of their two bytes, and those that follow a first."""
_ORDINARY: Final = _ASCII + _BEYOND
_SIGNS: Final = late(rb"\xc2[\xa0\xab\xb0\xb2\xbb]|\xe2\x80[\x93\x94\x98\x99\x9c\x9d\xa6\xaf]|\xe2\x82\xac")
"""Signs that people type or word processors put in, of which one byte is not ordinary: no-break spaces « » ° ² – — ‘ ’
“ ” … and €."""
_DOUBTED: Final = "ÂÃŽ"
"""Letters of which one is in whatever was converted twice, and that this pass would let through; `â€` is one too."""


def is_ordinary(data: bytes) -> bool:
    """Say whether some UTF-8 is such a text; nothing else is."""
    others = data.translate(None, _ORDINARY)
    if others and len(others) != len(_SIGNS.findall(data)):
        return False
    if data.isascii():
        return True
    try:
        text = data.decode()  # in which one letter is found ten times as fast as its two bytes
    except UnicodeDecodeError:
        return False
    first, second, third = _DOUBTED
    return not (first in text or second in text or third in text or ("€" in text and "â€" in text))

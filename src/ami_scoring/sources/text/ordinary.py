"""Texts of nothing but what nobody doubts, told by one pass over their bytes: letters, digits, common signs, lines.

Such a text is in form NFC, holds nothing unseen, no escape and no accent that was lost in a conversion. Of any other,
nothing is decided here: those who look for something look for it.
"""

from __future__ import annotations

from typing import Final

_ASCII: Final = bytes(byte for byte in range(0x20, 0x7F) if byte != ord("\\")) + b"\r\n"
_BEYOND: Final = bytes(range(0x80, 0xC0)) + b"\xc3\xc4\xc5"
"""What letters from À to ž are written with in UTF-8: the first of their two bytes, and the second."""
_ORDINARY: Final = _ASCII + _BEYOND
_A_HAT, _A_TILDE, _Z_CARON = "Â".encode(), "Ã".encode(), "Ž".encode()
"""Letters of which one is in whatever was converted twice, and that this pass would let through."""


def is_ordinary(data: bytes) -> bool:
    """Say whether some UTF-8 is such a text; what is not UTF-8 may be taken for one."""
    if data.translate(None, _ORDINARY):
        return False
    return data.isascii() or not (_A_HAT in data or _A_TILDE in data or _Z_CARON in data)

"""Where a text that is not read names references of candidatures, whatever its shape: by a key, or by a heading."""

from __future__ import annotations

import re
from typing import Final

from ami_scoring.patterns import late

_WORD: Final = "r(?:[eé\ufffd]|e\u0301)f(?:[eé\ufffd]|e\u0301)rence"
_KEY: Final = late(rf"""(?<![\w.])["']{{0,2}}{_WORD}["']{{0,2}}\s{{0,20}}:""", re.IGNORECASE)
_CELL: Final = rf"""[ "'\ufeff]{{0,4}}{_WORD}\b[^;,|\t:\n]{{0,40}}"""
_HEADING: Final = late(rf"^{_CELL}[;,|\t]|[;,|\t]{_CELL}(?:[;,|\t]|$)", re.IGNORECASE | re.MULTILINE)
_PIPED: Final = late(r"^[^|\n]*(?:\|[^|\n]*){2,}$", re.MULTILINE)
_BLANK: Final = ' ;,|\t"'
_HEAD: Final = 20_000


def references_in(text: str) -> int:
    """Count the keys `reference` of a text, at any depth."""
    return sum(1 for _ in _KEY.finditer(text))


def heads_a_table(text: str) -> bool:
    """Say whether a line of a text is the header of a table of candidatures, whatever parts its cells."""
    return _HEADING.search(text) is not None


def may_hold_candidatures(text: str) -> bool:
    """Say whether a text that is no table may yet hold candidatures: by such a header, by keys, or parted by bars."""
    head = text[:_HEAD]
    return heads_a_table(head) or _KEY.search(text) is not None or len(_PIPED.findall(head)) > 1


def lines_in(text: str) -> int:
    """Count the lines of a table, its header left out where it is seen."""
    return sum(1 for line in text.splitlines() if line.strip(_BLANK)) - heads_a_table(text)

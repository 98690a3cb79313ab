"""Where one value stands in a valid JSON text: the parser skips what comes before it, and no token is read for it."""

from __future__ import annotations

import json
import re

from ami_scoring.sources.files.document import DataPath, Place, fold

_SKIPPING = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
"""Numbers stay text: they are passed over, whatever their length."""
_BLANK = re.compile(r"[ \t\r\n]*")
_GAP = re.compile(r"[ \t\r\n]*[,:]?[ \t\r\n]*")


def seek(text: str, start: int, path: DataPath) -> Place:
    """Find a value of the document that begins at `start`, or its nearest parent where the path leads nowhere.

    The parts of the path are folded by `fold`; of equal keys, the first one counts.
    """
    place = Place(_past(_BLANK, text, start))
    for part in path:
        found = _entry(text, place.value, part) if isinstance(part, str) else _item(text, place.value, part)
        if found is None:
            return place
        place = found
    return place


def _entry(text: str, at: int, wanted: str) -> Place | None:
    if text[at] != "{":
        return None
    at = _past(_BLANK, text, at + 1)
    while text[at] != "}":
        key, end = _SKIPPING.raw_decode(text, at)
        value = _past(_GAP, text, end)
        if fold(key) == wanted:
            return Place(value, at)
        at = _past(_GAP, text, _end(text, value))
    return None


def _item(text: str, at: int, wanted: int) -> Place | None:
    if text[at] != "[":
        return None
    at = _past(_BLANK, text, at + 1)
    for _ in range(wanted):
        if text[at] == "]":
            return None
        at = _past(_GAP, text, _end(text, at))
    return None if text[at] == "]" else Place(at)


def _end(text: str, at: int) -> int:
    return _SKIPPING.raw_decode(text, at)[1]


def _past(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at

"""How many lines a wrapped text takes in a cell, measured as Excel measures it, and the height that they need."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Final

Part = tuple[str, float] | tuple[str, float, int]
"""A text, the width of its column, and its size where it is not the usual one."""

NORMAL: Final = 10
"""The size of most texts, in points."""

_MEASURED: Final = 11
"""The size at which the widths of characters are known, and in which the widths of columns count."""

_DIGIT, _PADDING = 7, 4
"""Pixels of one unit of a column's width, and those that no text may use."""

_ROUNDED_UP: Final = 1.05
"""How much the known widths exceed those of characters set side by side: each is rounded up to a pixel."""

_LEADING: Final = 1.3
"""The height of a line beside the size of its characters."""

_NARROW: Final = {"\u00a0": 3, "\u202f": 2, "’": 3, "…": 10, "·": 4, "–": 7, "œ": 12, "×": 7, "→": 11}


def height(parts: Iterable[Part]) -> float:
    """Give the height of a row that shows several wrapped texts, each in a column that wide, at some size."""
    return 4 + max(_points(*part) for part in parts)


@lru_cache(maxsize=4_096)
def lines(text: str, width: float, size: int = NORMAL) -> int:
    """Count the lines of a text that wraps in a column of that width."""
    room = (width * _DIGIT - _PADDING) * _MEASURED / size * _ROUNDED_UP
    return sum(_lines(line, room) for line in text.split("\n"))


def width_for(texts: Iterable[str], size: int = NORMAL) -> float:
    """Give the width of a column in which each text holds on one line."""
    widest = max((sum(map(_pixels, text)) for text in texts), default=0)
    return (widest * size / _MEASURED / _ROUNDED_UP + _PADDING) / _DIGIT


def _points(text: str, width: float, size: int = NORMAL) -> float:
    return round(lines(text, width, size) * size * _LEADING, 1)


def _lines(text: str, room: float) -> int:
    count, used = 1, 0.0
    space = _widths()[" "]
    for word in _pieces(text, room):
        if used and used + space + word > room:
            count, used = count + 1, word
        else:
            used += word + (space if used else 0)
    return count


def _pieces(text: str, room: float) -> Iterator[float]:
    """Give the width of each word; what is longer than a line is broken anywhere."""
    for word in text.split(" "):
        width: float = sum(map(_pixels, word))
        while width > room:
            yield room
            width -= room
        yield width


@cache
def _pixels(char: str) -> int:
    widths = _widths()
    known = widths.get(char) or _NARROW.get(char)
    return known or widths.get(unicodedata.normalize("NFD", char)[0], 9)


@cache
def _widths() -> Mapping[str, int]:
    from xlsxwriter.utility import CHAR_WIDTHS  # noqa: PLC0415 - costs nothing to whoever writes no workbook

    return CHAR_WIDTHS

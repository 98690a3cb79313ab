"""Names of cells, columns and ranges, as formulas write them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

ROW: Final = "§"
"""Stands for the row number in the template of a formula."""

_LONGEST: Final = 250
"""Excel opens no file where a formula holds a text of more than 255 characters."""


def letters(column: int) -> str:
    """Name a column, counted from 0: `A`, `Z`, `AA`."""
    name, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(65 + digit) + name
    return name


def cell(row: int, column: int) -> str:
    """Name a cell, counted from 0, that stays what it is when its formula is copied: `$B$3`."""
    return f"${letters(column)}${row + 1}"


def span(first_row: int, first: int, last_row: int, last: int) -> str:
    """Name a range, counted from 0: `$B$3:$D$9`."""
    return f"{cell(first_row, first)}:{cell(last_row, last)}"


def added(cells: Sequence[tuple[int, int]]) -> str:
    """Write the sum of cells, each by its row and its column: those that follow one another down are one range."""
    pieces: list[str] = []
    first = 0
    for place, (row, column) in enumerate(cells):
        if place + 1 < len(cells) and cells[place + 1] == (row + 1, column):
            continue
        pieces.append(cell(row, column) if first == place else f"SUM({span(*cells[first], row, column)})")
        first = place + 1
    return "+".join(pieces)


def of(sheet: str, reference: str) -> str:
    """Name cells of another sheet."""
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'!{reference}"


def quoted(text: str) -> str:
    """Write a text inside a formula, in several pieces where Excel would refuse one."""
    pieces = [text[start : start + _LONGEST] for start in range(0, len(text), _LONGEST)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)

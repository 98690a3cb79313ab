"""France as a grid of tiles, one a département: roughly where each lies, all of one size, drawn for this project.

A map of outlines shows large and empty places best, and needs outlines; tiles show each département alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

_GRID: Final = """
..  ..  ..  ..  ..  62  59  ..  ..  ..  ..  ..
..  ..  ..  76  80  60  02  08  ..  ..  ..  ..
..  50  14  27  95  93  77  51  55  57  67  ..
29  22  61  28  78  75  94  10  52  54  88  68
..  56  35  53  72  91  92  89  21  70  90  ..
..  ..  44  49  37  41  45  58  71  39  25  ..
..  ..  85  79  86  36  18  03  69  01  74  ..
..  ..  17  16  87  23  63  42  38  73  ..  ..
..  ..  33  24  19  15  43  07  26  05  ..  ..
..  40  47  82  46  12  48  30  84  04  06  ..
..  ..  64  32  31  81  34  13  83  ..  ..  2B
..  ..  ..  65  09  11  66  ..  ..  ..  ..  2A
971 972 973 974 976 ..  ..  ..  ..  ..  ..  ..
"""
"""Rows from north to south; those beyond the sea stand below."""


class Tile(NamedTuple):
    """Where a département stands: its column and its row, from the upper left."""

    code: str
    column: int
    row: int


PLACES: Final = {
    code: Tile(code, column, row)
    for row, line in enumerate(_GRID.strip().splitlines())
    for column, code in enumerate(line.split())
    if code != ".."
}


def tiles_around(codes: Iterable[str]) -> list[Tile]:
    """Give the tiles of the smallest rectangle that holds those asked for, moved to the upper left."""
    asked = [PLACES[code] for code in codes if code in PLACES]
    if not asked:
        return []
    left, right = min(tile.column for tile in asked), max(tile.column for tile in asked)
    top, bottom = min(tile.row for tile in asked), max(tile.row for tile in asked)
    return [
        Tile(tile.code, tile.column - left, tile.row - top)
        for tile in PLACES.values()
        if left <= tile.column <= right and top <= tile.row <= bottom
    ]

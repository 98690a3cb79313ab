"""How wide the columns of the ranking are, and how high its rows: the same for all, since a trial moves everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ami_scoring.reports.workbook.columns import Value
from ami_scoring.reports.workbook.lines import height, lines, width_for

SIZE: Final = 11
"""The size of the lines, in points."""

WRAPPED: Final = {"name": SIZE, "said_middle": 10}
"""The looks of texts that take several lines where one is too short, and their sizes."""

MOST_LINES: Final = 3
"""Lines that a text may take: « Détail » and « Fiche » have it whole."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One column of the table: its heading, its width, its look, the formula of a row and the values."""

    heading: str
    width: float
    style: str
    formula: str
    values: list[Value]
    top: str = ""
    """The formula of the maximum above the heading, where there is one."""
    most: float = 0
    widest: float = 0
    """How wide the column may become for its texts to hold on one line."""


def fitted(column: Shown) -> Shown:
    """Widen a column for its texts to hold on one line, within reason."""
    if not column.widest:
        return column
    needed = width_for(map(str, column.values), WRAPPED[column.style]) + 1.5
    return replace(column, width=min(column.widest, max(column.width, round(needed, 1))))


def row_height(columns: Sequence[Shown]) -> float:
    """Give the height of every row: a trial may bring any candidature on any of them."""
    wrapping = [(column, WRAPPED[column.style]) for column in columns if column.style in WRAPPED]
    count = [max(lines(str(each), column.width - 1, size) for each in column.values) for column, size in wrapping]
    return height(
        ("\n" * (min(MOST_LINES, most) - 1), column.width, size)
        for most, (column, size) in zip(count, wrapping, strict=True)
    )

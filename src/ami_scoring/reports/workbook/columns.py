"""A sheet of figures by named columns: what each cell holds, and the formula that would find it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ami_scoring.reports.workbook.cells import ROW, cell, letters, span

Value = int | float | str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the value of each row, and the formula of each row (`§` is its number)."""

    name: str
    heading: str
    values: Sequence[Value]
    formula: str | None = None


class Grid:
    """Columns from left to right, over rows that start at `first_row`. Formulas of later columns read earlier ones."""

    def __init__(self, first_row: int, rows: int) -> None:
        """Start without columns; `rows` is how many each will have."""
        self.first_row = first_row
        self.rows = rows
        self.columns: list[Column] = []
        self._places: dict[str, int] = {}

    def announce(self, names: Sequence[str]) -> None:
        """Say which columns come next, in this order, so that their formulas may read one another."""
        for place, name in enumerate(names, start=len(self.columns)):
            self._places[name] = place

    def add(self, name: str, heading: str, values: Sequence[Value], formula: str | None = None) -> None:
        """Put a column on the right."""
        self._places[name] = len(self.columns)
        self.columns.append(Column(name, heading, values, formula))

    def place(self, name: str) -> int:
        """Say where a column is, counted from 0."""
        return self._places[name]

    def has(self, name: str) -> bool:
        """Say whether a column exists."""
        return name in self._places

    def values(self, name: str) -> Sequence[Value]:
        """Give what a column holds."""
        return self.columns[self._places[name]].values

    def here(self, name: str) -> str:
        """Name the cell of a column in the row of the formula."""
        return f"${letters(self.place(name))}{ROW}"

    def above(self, name: str) -> str:
        """Name the cells of a column from the first row to that of the formula."""
        letter = letters(self.place(name))
        return f"${letter}${self.first_row + 1}:${letter}{ROW}"

    def whole(self, name: str, last: str | None = None) -> str:
        """Name all the cells of a column, or of several up to `last`."""
        return span(self.first_row, self.place(name), self.first_row + self.rows - 1, self.place(last or name))

    def along(self, first: str, last: str) -> str:
        """Name the cells from a column to another in the row of the formula."""
        return f"{self.here(first)}:{self.here(last)}"

    def scalar(self, name: str, row: int) -> str:
        """Name the cell above a column, in one of the rows before the first."""
        return cell(row, self.place(name))

"""The cells of a sheet, line by line, held as bare texts: a cell is made of one only when somebody asks for it.

An export has hundreds of thousands of cells, nearly all of them texts that no finding will ever name. What has more to
say than its text (a formula, a date, an error) is held as a cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from ami_scoring.sources.spreadsheets.cells import Cell, Spot

Held = str | Cell
"""What a line holds of one cell that is not blank."""
_D = TypeVar("_D")


class Line(Mapping[int, Cell]):
    """One line of a sheet: its cells that are not blank, by column from 1."""

    __slots__ = ("_cells",)

    def __init__(self, cells: Mapping[int, Held]) -> None:
        """Keep what each column holds."""
        self._cells = cells

    def held(self, column: int) -> Held | None:
        """Give what a column holds, without making a cell of it; None where it is blank."""
        return self._cells.get(column)

    def __getitem__(self, column: int) -> Cell:
        """Give the cell of a column. Raises `KeyError` where it is blank."""
        if (held := self.held(column)) is None:
            raise KeyError(column)
        return held if isinstance(held, Cell) else Cell(held)

    def get(self, column: int, default: _D | None = None) -> Cell | _D | None:  # type: ignore[override]
        """Give the cell of a column, or the default where it is blank."""
        held = self.held(column)
        if held is None:
            return default
        return held if isinstance(held, Cell) else Cell(held)

    def __contains__(self, column: object) -> bool:
        """Say whether a column holds something."""
        return isinstance(column, int) and self.held(column) is not None

    def __iter__(self) -> Iterator[int]:
        """Give the columns that hold something."""
        return iter(self._cells)

    def __len__(self) -> int:
        """Count the cells that are not blank."""
        return sum(1 for _ in self)


class Fields(Line):
    """One record of a text: its fields, of which some may be blank."""

    __slots__ = ("_fields",)

    def __init__(self, fields: Sequence[str]) -> None:
        """Keep the fields as they were split."""
        super().__init__({})
        self._fields = fields

    def held(self, column: int) -> Held | None:
        """Give the field of a column; None where it is blank, or where the record is shorter."""
        if not 1 <= column <= len(self._fields):
            return None
        text = self._fields[column - 1]
        return text if text and not text.isspace() else None

    def __iter__(self) -> Iterator[int]:
        """Give the columns whose field is not blank."""
        return (column for column, text in enumerate(self._fields, start=1) if text and not text.isspace())


@dataclass(frozen=True, slots=True)
class Range:
    """A rectangle of cells, corners included."""

    first: Spot
    last: Spot

    def holds(self, spot: Spot) -> bool:
        """Say whether a cell is in it."""
        return self.first.row <= spot.row <= self.last.row and self.first.column <= spot.column <= self.last.column


@dataclass(slots=True)
class Grid:
    """The lines of one sheet that are not blank, in any order, and what is hidden or merged."""

    rows: dict[int, Line] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)

    @property
    def cells(self) -> Cells:
        """Its cells that are not blank, by place."""
        return Cells(self.rows)

    @property
    def hides(self) -> bool:
        """Whether anything of it is hidden."""
        return bool(self.hidden_rows or self.hidden_columns)

    def is_hidden(self, spot: Spot) -> bool:
        """Say whether a person who opens the sheet does not see this cell."""
        return spot.row in self.hidden_rows or any(first <= spot.column <= last for first, last in self.hidden_columns)


class Cells(Mapping[Spot, Cell]):
    """The cells of a sheet by place, made as they are asked for."""

    __slots__ = ("_rows",)

    def __init__(self, rows: Mapping[int, Line]) -> None:
        """Look into these lines."""
        self._rows = rows

    def __getitem__(self, spot: Spot) -> Cell:
        """Give the cell of a place. Raises `KeyError` where it is blank."""
        return self._rows[spot.row][spot.column]

    def __iter__(self) -> Iterator[Spot]:
        """Give the places of cells, line by line as they were read."""
        return (Spot(row, column) for row, line in self._rows.items() for column in line)

    def __len__(self) -> int:
        """Count the cells that are not blank."""
        return sum(map(len, self._rows.values()))

    def __bool__(self) -> bool:
        """Say whether there is one."""
        return any(map(bool, self._rows.values()))

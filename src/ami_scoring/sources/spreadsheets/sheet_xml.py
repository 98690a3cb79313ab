"""The XML of a sheet of Excel: cells one by one, never more than is bearable, wherever they stand.

Read here rather than by openpyxl because an answer needs at once its value, its formula, and whether its row is hidden;
and because neither the size that a sheet declares nor the place of a cell should cost anything (figures in
docs/formulaires.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ami_scoring.messages import Message
from ami_scoring.sources.spreadsheets.cells import Spot, parse_address
from ami_scoring.sources.spreadsheets.grids import Grid, Held, Line, Range
from ami_scoring.sources.spreadsheets.packages import Package, broken
from ami_scoring.sources.spreadsheets.sheet_cells import (
    MAX_CELL,
    ROW_BEGINS,
    ROW_ENDS,
    TRUE,
    PlainRows,
    Shared,
    held_of,
    read_cell,
)
from ami_scoring.sources.spreadsheets.xml_parts import Handlers, Rows, count_line, parse_part, too_much, whole_number

MAX_RANGES: Final = 5_000
"""Merged rectangles, and groups of columns, of one sheet."""


def read_grid(package: Package, name: str, shared: Shared) -> Grid:  # noqa: PLR0915 - handlers that share what they read
    """Read one sheet. What it declares of its own size is not believed."""
    # Closures over local names, in one place: methods of an object take twice the time on a table of thousands.
    path, grid = package.path, Grid()
    cells: dict[int, dict[int, Held]] = {}
    row = column = 0
    inside = phonetic = in_rows = False
    given: Mapping[str, str] = {}
    value: str | None = None
    formula: str | None = None
    text: list[str] = []
    keep_text = text.append

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, inside, phonetic, given, value, formula, in_rows
        tag = tag.rpartition(":")[2] if ":" in tag else tag
        text.clear()
        if tag == "c":
            given, value, formula, inside = attributes, None, None, True
            column += 1
        elif tag == "row":
            row, column, in_rows = whole_number(attributes.get("r")) or row + 1, 0, False
            if attributes.get("hidden") in TRUE:
                grid.hidden_rows.add(row)
        elif tag == "rPh":
            phonetic = True
        elif tag == "sheetData":
            in_rows = True
        elif tag in {"col", "mergeCell"}:
            _note_range(tag, attributes, grid, path)

    def end(tag: str) -> None:
        nonlocal column, inside, phonetic, value, formula, in_rows
        tag = tag.rpartition(":")[2] if ":" in tag else tag
        if tag == "rPh":
            phonetic = False
        elif tag in {"row", "sheetData"}:
            in_rows = tag == "row"
        elif not inside:
            return
        elif tag == "c":
            inside = False
            address = given.get("r")
            if value is None and formula is None and address is None:
                return
            spot = parse_address(address) if address else Spot(row, column)
            if spot is None:
                raise broken(path, Message("Ce classeur est abîmé : une cellule porte une adresse impossible."))
            column = spot.column
            cell = read_cell(given, value, formula, shared, path)
            if cell is not None:
                cells.setdefault(spot.row, {})[spot.column] = held_of(cell)
        elif tag in {"v", "t"} and not phonetic:
            value = (value or "") + "".join(text)
            if len(value) > MAX_CELL:
                raise too_much(path)
        elif tag == "f":
            formula = "".join(text) or "="

    def take(piece: bytes) -> bool:
        nonlocal row
        plain = quick.read(piece) if in_rows else None
        if plain is None:
            return False
        row = plain.number
        count_line(package, len(plain.held))
        if plain.hidden:
            grid.hidden_rows.add(row)
        if plain.held:
            cells.setdefault(row, {}).update(plain.held)
        return True

    quick = PlainRows(shared)
    parse_part(package, name, Handlers(start, end, keep_text), Rows(ROW_BEGINS, ROW_ENDS, take))
    grid.rows = {number: Line(cells[number]) for number in cells}
    return grid


def _note_range(tag: str, attributes: Mapping[str, str], grid: Grid, path: str) -> None:
    if tag == "col":
        first, last = whole_number(attributes.get("min")), whole_number(attributes.get("max"))
        if attributes.get("hidden") in TRUE and first and last and len(grid.hidden_columns) < MAX_RANGES:
            grid.hidden_columns.append((first, last))
    elif merged := parse_range(attributes.get("ref", "")):
        if len(grid.merged) >= MAX_RANGES:
            raise too_much(path)
        grid.merged.append(merged)


def parse_range(text: str) -> Range | None:
    """Read `E4:G4` or `E4`; None when it is neither."""
    first_text, _, last_text = text.partition(":")
    first, last = parse_address(first_text), parse_address(last_text or first_text)
    return None if first is None or last is None else Range(first, last)

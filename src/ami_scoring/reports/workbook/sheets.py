"""Worksheets of XlsxWriter, without what we never need and would pay for at each cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import RowInfo, Worksheet

from ami_scoring.reports.workbook.cells import of


class PlainSheet(Worksheet):
    """A worksheet whose cells are numbered from 0 and whose formulas hold no function younger than Excel 2010."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._heights: dict[float, RowInfo] = {}

    def print_areas(self, *areas: str) -> None:
        """Print several ranges one after the other, each on pages of its own."""
        self.print_area_range = ",".join(of(str(self.name), area) for area in areas)

    def put_height(self, row: int, height: float) -> None:
        """Set the height of one of many rows, of a sheet without drawings; those as high share what is kept of it."""
        if height not in self._heights:
            self.set_row(row, height)
            self._heights[height] = self.row_info[row]
        self.row_info[row] = self._heights[height]

    def put_text(self, row: int, column: int, text: str, look: Format) -> None:
        """Write a text, whatever it looks like."""
        self._write_string(row, column, text, look)

    def put_nothing(self, row: int, column: int, look: Format) -> None:
        """Dress a cell that holds nothing."""
        self._write_blank(row, column, "", look)

    def put_number(self, row: int, column: int, number: float, look: Format) -> None:
        """Write a number."""
        self._write_number(row, column, number, look)

    def put_formula(self, row: int, column: int, formula: str, look: Format, value: Any) -> None:
        """Write a formula with its value."""
        self._write_formula(row, column, formula, look, value)

    def put_array(self, row: int, column: int, formula: str, look: Format, value: Any) -> None:
        """Write a formula that goes through arrays, with its one value."""
        self._write_array_formula(row, column, row, column, formula, look, value)

    def _xml_formula_element(self, formula: str, result: object, attributes: Sequence[tuple[str, object]] = ()) -> None:
        # Without a type, as XlsxWriter leaves it, a formula that shows nothing is no cell at all for other readers.
        given = (*attributes, ("t", "str")) if result == "" else attributes
        super()._xml_formula_element(formula, result, given)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002
        # XlsxWriter looks for some thirty younger functions in each formula: two thirds of the writing time.
        return formula.removeprefix("=")

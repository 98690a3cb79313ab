"""Worksheets of XlsxWriter, without what we never need and would pay for at each cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ami_scoring.reports.workbook.bands import Band
from ami_scoring.reports.workbook.cells import of


class PlainSheet(Worksheet):
    """A worksheet whose cells are numbered from 0 and whose formulas hold no function younger than Excel 2010."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.bands: list[Band] = []
        # Which cells are those of a table, one by one: kept only to refuse that a later range overlaps it.
        self.table_cells = _Forgetful()

    def print_areas(self, *areas: str) -> None:
        """Print several ranges one after the other, each on pages of its own."""
        self.print_area_range = ",".join(of(str(self.name), area) for area in areas)

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

    def put_band(self, band: Band, last_column: int) -> None:
        """Take a band that is whole, below those taken before; no other cell is on its rows."""
        if band.after > band.first:
            self.bands.append(band)
            self._check_dimensions(band.first, 0)
            self._check_dimensions(band.after - 1, last_column)

    def _write_rows(self) -> None:
        this: Any = self  # XlsxWriter declares as None what it fills later
        first, last = this.dim_rowmin, this.dim_rowmax
        start = first
        for band in self.bands:
            self._write_around(start, band.first - 1)
            for piece in band.pieces():
                this.fh.write(piece)
            start = band.after
        self._write_around(start, last)
        this.dim_rowmin, this.dim_rowmax = first, last

    def _write_around(self, first: int, last: int) -> None:
        if first <= last:
            this: Any = self
            this.dim_rowmin, this.dim_rowmax = first, last
            super()._write_rows()

    def _get_range_data(self, row_start: int, col_start: int, row_end: int, col_end: int) -> Any:
        for band in self.bands:
            if band.first <= row_start and row_end < band.after:
                rows, columns = range(row_start, row_end + 1), range(col_start, col_end + 1)
                return [band.value(row, column) for row in rows for column in columns]
        return super()._get_range_data(row_start, col_start, row_end, col_end)  # type: ignore[no-untyped-call]

    def _xml_formula_element(self, formula: str, result: object, attributes: Sequence[tuple[str, object]] = ()) -> None:
        # Without a type, as XlsxWriter leaves it, a formula that shows nothing is no cell at all for other readers.
        given = (*attributes, ("t", "str")) if result == "" else attributes
        super()._xml_formula_element(formula, result, given)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002
        # XlsxWriter looks for some thirty younger functions in each formula: two thirds of the writing time.
        return formula.removeprefix("=")


class _Forgetful(dict[Any, Any]):
    """A dictionary that keeps nothing."""

    def __setitem__(self, key: object, value: object) -> None:
        """Forget it."""

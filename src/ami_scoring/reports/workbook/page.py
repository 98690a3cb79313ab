"""One sheet being written: cells that cannot be misread, formulas with their values, and how it prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from ami_scoring.reports.workbook.bands import Band, Cells, result_text, set_text
from ami_scoring.reports.workbook.columns import Value
from ami_scoring.reports.workbook.styles import Styles

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from ami_scoring.reports.workbook.sheets import PlainSheet

A4: Final = 9
_ACROSS: Final = 1_000
"""Pixels of columns that a landscape page holds at full size, to be safe: programs and printers differ a little."""
_DIGIT, _PADDING = 7, 5
"""Pixels of one unit of a column's width, and those around."""
_READABLE, _LARGEST = 70, 90
"""Per cent: below the first, a page is too small to read around a table."""
_FITTING: Final = 60
"""Per cent: from there, a table prints on the width of a page; below, on several, at a size that can be read."""


class Page:
    """A worksheet that only writes what it is told: a text is never a formula, a link or a number."""

    def __init__(self, book: Workbook, sheet: PlainSheet, styles: Styles) -> None:
        """Write on `sheet`."""
        self._book = book
        self.sheet = sheet
        self.styles = styles

    def put(self, row: int, column: int, value: Value, style: str = "text") -> None:
        """Write a text as a text, with its no-break spaces, a number as a number. Typing it again changes neither."""
        if isinstance(value, str):
            self.sheet.put_text(row, column, set_text(value), self.styles.text(style))
        else:
            self.sheet.put_number(row, column, value, self.styles[style])

    def dress(self, row: int, column: int, style: str) -> None:
        """Give its look to a cell that holds nothing."""
        self.sheet.put_nothing(row, column, self.styles[style])

    def formula(self, row: int, column: int, formula: str, value: Value, style: str = "text") -> None:
        """Write a formula with the value that it gives; without a formula, the value."""
        if not formula:
            self.put(row, column, value, style)
            return
        stored = result_text(value) if isinstance(value, str) else value
        self.sheet.put_formula(row, column, formula, self.styles[style], stored)

    def array(self, row: int, column: int, formula: str, value: Value, style: str = "text") -> None:
        """Write a formula that goes through arrays, of one value; without a formula, the value."""
        if not formula:
            self.put(row, column, value, style)
            return
        self.sheet.put_array(row, column, formula, self.styles[style], value)

    def band(self, first_row: int) -> Band:
        """Begin rows that `put_band` of the sheet takes when they are whole."""
        return Band(self.sheet, self.styles, first_row)

    def fill(self, first_row: int, columns: Sequence[Cells], heights: Iterable[float | None]) -> None:
        """Write rows by thousands, column by column: as many as there are heights."""
        band = self.band(first_row)
        band.fill(columns, heights)
        self.sheet.put_band(band, len(columns) - 1)

    def chart(self, kind: str, subtype: str | None = None) -> Any:
        """Make a chart, to be inserted in a sheet."""
        return self._book.add_chart({"type": kind} if subtype is None else {"type": kind, "subtype": subtype})

    def headings(self, row: int, labels: list[str], column: int = 0) -> None:
        """Write a row of headings."""
        for place, label in enumerate(labels, start=column):
            self.put(row, place, label, "heading")

    def widths(self, *widths: float) -> None:
        """Set the widths of the columns from the left."""
        for place, width in enumerate(widths):
            self.sheet.set_column(place, place, width)

    def printed(self, title: str, *, repeat: tuple[int, int] | None = None, portrait: bool = False) -> None:
        """Make it an A4 page that is one page wide, with its title and its number."""
        sheet = self.sheet
        sheet.set_paper(A4)
        if portrait:
            sheet.set_portrait()
        else:
            sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.55, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.hide_gridlines(2)
        sheet.set_footer(f"&L&8 {_footer(title)}&C&8&A&R&8Page &P sur &N", {"margin": 0.3})
        if repeat is not None:
            sheet.repeat_rows(*repeat)

    def print_apart(self, widths: Sequence[float], first_page: int, lead: int) -> None:
        """Choose how large a table prints when its first columns and the others have pages of their own.

        The `lead` columns come back on the pages of the others.
        """
        pixels = [width * _DIGIT + _PADDING for width in widths]
        widest = max(sum(pixels[:first_page]), sum(pixels[:lead]) + sum(pixels[first_page:]))
        scale = int(100 * _ACROSS / widest)
        self.sheet.set_print_scale(max(_READABLE, min(_LARGEST, scale)))
        if scale >= _FITTING:
            # Programs without the font of the book draw wider columns: each finds the scale that holds one page.
            self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.25, right=0.25, top=0.55, bottom=0.6)
        self.sheet.repeat_columns(0, lead - 1)


def _footer(text: str) -> str:
    return text.replace("&", "&&")[:150]

"""How a form prints, and what of it can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

SCALE: Final = 82
"""Percent at which the columns fill the width of an A4 page."""
PAGE: Final = 900
"""Points of lines, before scaling, that a page holds."""


def protect(sheet: Any) -> None:
    """Lock all but the answers, without a password."""
    sheet.protection.sheet = True
    # What is false here stays allowed: widening a line to read a long answer harms nothing.
    sheet.protection.formatRows = False
    sheet.protection.formatColumns = False
    sheet.protection.selectLockedCells = False


def lay_out(sheet: Any, title: str, last: int) -> None:
    """Fit the sheet to A4 pages, numbered, without its technical column."""
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.showRowColHeaders = True
    sheet.print_area = f"B1:G{last}"
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.paperSize = 9
    # Not « fit to width »: Excel would then pass over the page breaks.
    sheet.page_setup.scale = SCALE
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.header, margins.footer = 0.55, 0.7, 0.3, 0.35
    sheet.oddFooter.left.text = title.replace("&", "&&")
    sheet.oddFooter.right.text = "Page &P sur &N"
    sheet.oddFooter.left.size = sheet.oddFooter.right.size = 8


def break_pages(sheet: Any, sections: Sequence[int], last: int) -> None:
    """Begin a page at a section that would be cut, once most of the page before is full."""
    from openpyxl.worksheet.pagebreak import Break  # noqa: PLC0415

    def height(first: int, end: int) -> float:
        return sum(sheet.row_dimensions[row].height or 15 for row in range(first, end))

    filled = height(1, sections[0])
    for first, end in zip(sections, [*sections[1:], last + 1], strict=True):
        needed = height(first, end)
        if filled + needed > PAGE and filled > PAGE / 2:
            sheet.row_breaks.append(Break(id=first - 1))
            filled = 0
        filled = (filled + needed) % PAGE

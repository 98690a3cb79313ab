"""One sheet of a form made by openpyxl → the XML of an OpenDocument table, its equal lines written once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from ami_scoring.reports.form.open_checks import conditions_xml, open_formula
from ami_scoring.reports.form.open_styles import Styles

STANDARD_HEIGHT: Final = 15.0
STANDARD_WIDTH: Final = 9.0
_BLANKS: Final = re.compile(r"(?:^ +|(?<= ) +)|\t")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")

Covered = dict[tuple[int, int], tuple[int, int] | None]
"""By line and column: how many lines and columns a merged cell takes, or nothing for one that is under another."""


def sheet_xml(sheet: Any, styles: Styles, checks: Mapping[tuple[int, int], str], last: int) -> str:
    """Write a sheet up to a line. `checks` name what is checked of each answer."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - heavy, and only for who writes a workbook

    width = sheet.max_column
    dimensions = [sheet.column_dimensions.get(get_column_letter(column)) for column in range(1, width + 1)]
    columns = "".join(_column_xml(dimension, styles) for dimension in dimensions)
    rows = _rows(sheet, styles, checks, last, width)
    hidden = sheet.sheet_state == "hidden"
    attributes = f'table:name={quoteattr(sheet.title)} table:style-name="{"taCachee" if hidden else "taVue"}"'
    if sheet.protection.sheet:
        attributes += ' table:protected="true"'
    if sheet.print_area:
        corners = str(sheet.print_area).rpartition("!")[2].replace("$", "").split(":")
        ranges = ":".join(f"{sheet.title}.{corner}" for corner in corners)
        attributes += f" table:print-ranges={quoteattr(ranges)}"
    return f"<table:table {attributes}>{columns}{''.join(rows)}{conditions_xml(sheet)}</table:table>"


def _column_xml(dimension: Any, styles: Styles) -> str:
    width = STANDARD_WIDTH if dimension is None else dimension.width
    seen = ' table:visibility="collapse"' if dimension is not None and dimension.hidden else ""
    return f'<table:table-column table:style-name="{styles.of_column(width)}"{seen}/>'


def _rows(sheet: Any, styles: Styles, checks: Mapping[tuple[int, int], str], last: int, width: int) -> Iterator[str]:
    covered = _covered(sheet)
    breaks = {each.id + 1 for each in sheet.row_breaks.brk}
    lines = (_line(sheet, row, styles, checks, covered, breaks, width) for row in range(1, last + 1))
    for (attributes, cells), same in groupby(lines):
        count = sum(1 for _ in same)
        times = f' table:number-rows-repeated="{count}"' if count > 1 else ""
        yield f"<table:table-row {attributes}{times}>{cells}</table:table-row>"


def _line(  # noqa: PLR0913 - what a line shares with its sheet
    sheet: Any,
    row: int,
    styles: Styles,
    checks: Mapping[tuple[int, int], str],
    covered: Covered,
    breaks: set[int],
    width: int,
) -> tuple[str, str]:
    dimension = sheet.row_dimensions.get(row)
    height = STANDARD_HEIGHT if dimension is None or dimension.height is None else dimension.height
    attributes = f'table:style-name="{styles.of_row(height, page_before=row in breaks)}"'
    if dimension is not None and dimension.hidden:
        attributes += ' table:visibility="collapse"'
    cells = (_cell_xml(sheet, (row, column), styles, checks, covered) for column in range(1, width + 1))
    return attributes, "".join(_repeated(cells))


def _repeated(cells: Iterator[str]) -> Iterator[str]:
    for cell, same in groupby(cells):
        count = sum(1 for _ in same)
        if count > 1 and cell.endswith("/>"):
            yield f'{cell[:-2]} table:number-columns-repeated="{count}"/>'
        else:
            yield cell * count


def _cell_xml(
    sheet: Any, place: tuple[int, int], styles: Styles, checks: Mapping[tuple[int, int], str], covered: Covered
) -> str:
    cell = sheet.cell(*place)
    tag = "table:covered-table-cell" if place in covered and covered[place] is None else "table:table-cell"
    attributes = f'table:style-name="{styles.of_cell(_styled(sheet, cell, place))}"'
    if (check := checks.get(place)) is not None:
        attributes += f' table:content-validation-name="{check}"'
    if (span := covered.get(place)) is not None:
        attributes += f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"'
    value = getattr(cell, "value", None)
    if value is None:
        return f"<{tag} {attributes}/>"
    said, shown = _content(cell, value, styles)
    return f"<{tag} {attributes} {said}>{shown}</{tag}>" if shown else f"<{tag} {attributes} {said}/>"


def _styled(sheet: Any, cell: Any, place: tuple[int, int]) -> Any:
    """Give what says how a cell looks: one that was never written looks like its column."""
    if cell.has_style or not hasattr(cell, "column_letter"):
        return cell
    dimension = sheet.column_dimensions.get(cell.column_letter)
    if dimension is not None and dimension.number_format != "General" and place[0] > 1:
        cell.number_format = dimension.number_format
    return cell


def _content(cell: Any, value: Any, styles: Styles) -> tuple[str, str]:
    if cell.data_type == "f":
        return f"table:formula={quoteattr('of:=' + open_formula(value))}", ""
    if isinstance(value, date):
        day = value.strftime("%d/%m/%Y")
        return f'office:value-type="date" office:date-value="{value:%Y-%m-%d}"', f"<text:p>{day}</text:p>"
    if isinstance(value, (int, float)):
        kind = "percentage" if cell.number_format.endswith("%") else "float"
        return f'office:value-type="{kind}" office:value="{value!r}"', ""
    return 'office:value-type="string"', paragraphs(value, styles)


def paragraphs(value: Any, styles: Styles) -> str:
    """Write a text, rich or plain, one paragraph a line."""
    lines: list[str] = [""]
    for run in [value] if type(value) is str else value:
        style = None if isinstance(run, str) else styles.of_run(run.font)
        for number, part in enumerate((run if isinstance(run, str) else run.text).split("\n")):
            if number:
                lines.append("")
            lines[-1] += (
                _spaced(part) if style is None else f'<text:span text:style-name="{style}">{_spaced(part)}</text:span>'
            )
    return "".join(f"<text:p>{line}</text:p>" for line in lines)


def _spaced(text: str) -> str:
    """Write a text so that none of its spaces is lost: OpenDocument keeps one of several."""
    return _BLANKS.sub(
        lambda found: "<text:tab/>" if found[0] == "\t" else f'<text:s text:c="{len(found[0])}"/>',
        escape(_CONTROLS.sub("", text)),
    )


def _covered(sheet: Any) -> Covered:
    covered: Covered = {}
    for merged in sheet.merged_cells.ranges:
        for row in range(merged.min_row, merged.max_row + 1):
            for column in range(merged.min_col, merged.max_col + 1):
                covered[row, column] = None
        covered[merged.min_row, merged.min_col] = (merged.size["rows"], merged.size["columns"])
    return covered

"""The XML of an OpenDocument workbook (.ods), streamed into the same sheets as an .xlsx.

LibreOffice fills a sheet to its last row and column by *repeating* blank cells: a repetition costs one step whatever
its length, unless it repeats something, and then what is repeated counts among the cells that are bearable. A number is
read from what the file stores; what it shows counts only for a code whose zeros a format puts in front.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ami_scoring.messages import Message
from ami_scoring.sources.spreadsheets.cells import MAX_COLUMN, MAX_ROW, Spot
from ami_scoring.sources.spreadsheets.grids import Grid, Held, Line, Range
from ami_scoring.sources.spreadsheets.open_cells import NOTHING, ROW_BEGINS, ROW_ENDS, plain_row, read_cell, repeat
from ami_scoring.sources.spreadsheets.packages import Package, broken
from ami_scoring.sources.spreadsheets.sheet_cells import MAX_CELL
from ami_scoring.sources.spreadsheets.sheet_xml import MAX_RANGES
from ami_scoring.sources.spreadsheets.xml_parts import (
    Handlers,
    Rows,
    count_line,
    parse_part,
    too_much,
    whole_number,
)

CONTENT: Final = "content.xml"
MANIFEST: Final = "META-INF/manifest.xml"
MAX_REPEATED: Final = 100_000
"""Cells that are not blank and that a file may write as repetitions of others."""

_TABLE_DEPTH: Final = 3
"""How deep the sheets of a workbook stand; a table within a table, or within a link, is no sheet."""
_ADDRESSED: Final = {
    "xmlns:office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "xmlns:table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "xmlns:text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
_SHAPES: Final = ("draw:", "chart:", "form:")

Named = tuple[str, bool, Grid]
"""A sheet: its name, whether it is hidden, and its cells."""


class OpenSheets:
    """Handlers that gather the sheets of one `content.xml`."""

    def __init__(self, package: Package) -> None:
        """Begin with nothing read."""
        self.path = package.path
        self._package = package
        self.sheets: list[Named] = []
        self.comments = False
        self.shapes = False
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._depth = 0
        self._grid: Grid | None = None
        self._row = self._column = 0
        self._row_repeat = 1
        self._row_hidden = False
        self._row_cells: dict[int, Held] = {}
        self._given: Mapping[str, str] | None = None
        self._texts: list[str] = []
        self._paragraphs = 0
        self._aside = 0
        self._in_text = 0
        self._repeated = 0

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Take the beginning of an element."""
        self._depth += 1
        if self._aside:
            self._aside += 1
        elif self._given is not None:
            self._start_in_cell(tag, given)
        elif tag in {"table:table-cell", "table:covered-table-cell"} and self._grid is not None:
            self._given = given
            self._texts, self._paragraphs = [], 0
        elif tag == "table:table-row" and self._grid is not None:
            self._start_row(given)
        elif tag == "table:table-column" and self._grid is not None:
            self._take_columns(given, self._grid)
        elif tag == "table:table":
            self._start_table(given)
        elif tag == "style:style":
            self._style = given.get("style:name", "")
        elif tag == "style:table-properties" and given.get("table:display") == "false":
            self._hidden_styles.add(self._style)
        elif self._depth == 1:
            self._check_names(given)
        elif tag.startswith(_SHAPES):
            self.shapes, self._aside = True, 1

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        self._depth -= 1
        if self._aside:
            self._aside -= 1
        elif self._given is not None:
            if tag in {"text:p", "text:h"}:
                self._in_text -= 1
            elif tag in {"table:table-cell", "table:covered-table-cell"}:
                self._end_cell(self._given)
        elif self._grid is not None and tag == "table:table-row":
            self._end_row(self._grid)
        elif self._grid is not None and tag == "table:table" and self._depth == _TABLE_DEPTH:
            self._grid = None

    def characters(self, text: str) -> None:
        """Take some text: that of cells is kept, not that of comments nor of shapes."""
        if self._in_text and not self._aside:
            self._texts.append(text)

    def _check_names(self, given: Mapping[str, str]) -> None:
        if any(given.get(name, address) != address for name, address in _ADDRESSED.items()):
            raise broken(self.path, Message("Ce classeur nomme ses éléments d'une façon inconnue de LibreOffice."))

    def _start_table(self, given: Mapping[str, str]) -> None:
        if self._depth != _TABLE_DEPTH + 1:
            self._aside = 1
            return
        self._grid, self._row, self._column = Grid(), 0, 0
        name = given.get("table:name", "")[:60]
        self.sheets.append((name, given.get("table:style-name") in self._hidden_styles, self._grid))

    def _take_columns(self, given: Mapping[str, str], grid: Grid) -> None:
        first = self._column + 1
        self._column = min(self._column + repeat(given, "table:number-columns-repeated"), MAX_COLUMN)
        if given.get("table:visibility", "visible") != "visible" and len(grid.hidden_columns) < MAX_RANGES:
            grid.hidden_columns.append((first, self._column))

    def _start_in_cell(self, tag: str, given: Mapping[str, str]) -> None:
        if tag in {"text:p", "text:h"}:
            if self._paragraphs:
                self._texts.append("\n")
            self._paragraphs += 1
            self._in_text += 1
        elif tag == "text:s":
            self._texts.append(" " * min(whole_number(given.get("text:c")) or 1, 100))
        elif tag == "text:tab":
            self._texts.append("\t")
        elif tag == "text:line-break":
            self._texts.append("\n")
        elif tag == "office:annotation":
            self.comments, self._aside = True, 1
        elif tag.startswith(_SHAPES) or tag == "table:table":
            self.shapes, self._aside = True, 1

    def _start_row(self, given: Mapping[str, str]) -> None:
        self._row_repeat = repeat(given, "table:number-rows-repeated")
        self._row_hidden = given.get("table:visibility", "visible") != "visible"
        self._row_cells, self._column = {}, 0

    def _end_cell(self, given: Mapping[str, str]) -> None:
        self._given, self._in_text = None, 0
        shown = "".join(self._texts)
        if len(shown) > MAX_CELL:
            raise too_much(self.path)
        self._take_cell(given, read_cell(given, shown))

    def _take_cell(self, given: Mapping[str, str], held: Held | None) -> None:
        first = self._column + 1
        times = repeat(given, "table:number-columns-repeated")
        self._column = min(self._column + times, MAX_COLUMN)
        self._note_merged(given, first)
        if held is None or first > MAX_COLUMN:
            return
        self._count(self._column - first)
        for column in range(first, self._column + 1):
            self._row_cells[column] = held

    def _note_merged(self, given: Mapping[str, str], column: int) -> None:
        across = whole_number(given.get("table:number-columns-spanned")) or 1
        down = whole_number(given.get("table:number-rows-spanned")) or 1
        if (across, down) == (1, 1) or self._grid is None:
            return
        if len(self._grid.merged) >= MAX_RANGES:
            raise too_much(self.path)
        first = Spot(self._row + 1, column)
        self._grid.merged.append(Range(first, Spot(first.row + down - 1, column + across - 1)))

    def _end_row(self, grid: Grid) -> None:
        first, self._row = self._row + 1, min(self._row + self._row_repeat, MAX_ROW)
        if not self._row_cells:
            return
        self._count((self._row - first) * len(self._row_cells))
        line = Line(self._row_cells)
        for row in range(first, self._row + 1):
            if self._row_hidden:
                grid.hidden_rows.add(row)
            grid.rows[row] = line

    def _count(self, more: int) -> None:
        self._repeated += more
        if self._repeated > MAX_REPEATED:
            raise too_much(self.path)

    def take_row(self, piece: bytes) -> bool:
        """Take a whole row where all of its cells are plain; False, with nothing taken, where one is not."""
        grid = self._grid
        if grid is None or self._given is not None or self._aside or self._depth < _TABLE_DEPTH + 1:
            return False
        if (plain := plain_row(piece)) is None:
            return False
        self._start_row(plain.given)
        held = self._row_cells
        for cell, given in plain.cells:
            if given is NOTHING and self._column < MAX_COLUMN:
                self._column += 1
                if cell is not None:
                    held[self._column] = cell
            else:
                self._take_cell(given, cell)
        count_line(self._package, len(held))
        self._end_row(grid)
        return True


def read_open_sheets(package: Package) -> tuple[list[Named], OpenSheets]:
    """Read every sheet of an .ods, and what it carries beside them. Raises `BrokenPackageError`."""
    made = OpenSheets(package)
    handlers = Handlers(made.start, made.end, made.characters)
    parse_part(package, CONTENT, handlers, Rows(ROW_BEGINS, ROW_ENDS, made.take_row))
    return made.sheets, made


def is_encrypted(package: Package) -> bool:
    """Say whether a password closes the workbook: its manifest says so, as nothing else of it can be read."""
    if package.holds("encrypted-package"):
        return True
    return package.holds(MANIFEST) and any(b"encryption-data" in piece for piece in _with_seams(package))


def _with_seams(package: Package) -> Iterator[bytes]:
    before = b""
    for chunk in package.chunks(MANIFEST):
        yield before + chunk
        before = chunk[-32:]

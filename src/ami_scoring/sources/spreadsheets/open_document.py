"""The XML of an OpenDocument workbook (.ods), streamed into the same sheets as an .xlsx.

LibreOffice fills a sheet to its last row and column by *repeating* blank cells: a repetition costs one step whatever
its length, unless it repeats something, and then what is repeated counts among the cells that are bearable. A number is
read from what the file stores; what it shows counts only for a code whose zeros a format puts in front.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ami_scoring.messages import Message
from ami_scoring.sources.spreadsheets.cells import (
    MAX_COLUMN,
    MAX_ROW,
    Cell,
    Content,
    Spot,
    is_code_of,
    place_in_paris,
    spell_percent,
    spell_stored,
)
from ami_scoring.sources.spreadsheets.packages import Package, broken
from ami_scoring.sources.spreadsheets.sheet_xml import (
    MAX_CELL,
    MAX_RANGES,
    Grid,
    Range,
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
_MIDNIGHT: Final = "T00:00:00"
_REFERENCE: Final = re.compile(r"\[([^\]#]*)\]")
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

    def __init__(self, path: str) -> None:
        """Begin with nothing read."""
        self.path = path
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
        self._row_cells: dict[int, Cell] = {}
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
            self._row_repeat = _repeat(given, "table:number-rows-repeated")
            self._row_hidden = given.get("table:visibility", "visible") != "visible"
            self._row_cells, self._column = {}, 0
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
        self._column = min(self._column + _repeat(given, "table:number-columns-repeated"), MAX_COLUMN)
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

    def _end_cell(self, given: Mapping[str, str]) -> None:
        self._given, self._in_text = None, 0
        shown = "".join(self._texts)
        if len(shown) > MAX_CELL:
            raise too_much(self.path)
        first = self._column + 1
        times = _repeat(given, "table:number-columns-repeated")
        self._column = min(self._column + times, MAX_COLUMN)
        self._note_merged(given, first)
        cell = _cell(given, shown)
        if cell is None or first > MAX_COLUMN:
            return
        self._count(self._column - first)
        for column in range(first, self._column + 1):
            self._row_cells[column] = cell

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
        for row in range(first, self._row + 1):
            if self._row_hidden:
                grid.hidden_rows.add(row)
            for column, cell in self._row_cells.items():
                grid.cells[Spot(row, column)] = cell

    def _count(self, more: int) -> None:
        self._repeated += more
        if self._repeated > MAX_REPEATED:
            raise too_much(self.path)


def read_open_sheets(package: Package) -> tuple[list[Named], OpenSheets]:
    """Read every sheet of an .ods, and what it carries beside them. Raises `BrokenPackageError`."""
    made = OpenSheets(package.path)
    parse_part(package, CONTENT, made.start, made.end, made.characters)
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


def _repeat(given: Mapping[str, str], name: str) -> int:
    return whole_number(given.get(name)) or 1


def _cell(given: Mapping[str, str], shown: str) -> Cell | None:
    """Tell what a cell holds; None when it holds nothing that a person would see."""
    formula = given.get("table:formula")
    if formula is not None:
        formula = _plain_formula(formula)
    kind = given.get("office:value-type", given.get("calcext:value-type", ""))
    if given.get("calcext:value-type") == "error" or (formula is not None and shown.startswith(("Err:", "#"))):
        return Cell(shown.strip(), Content.ERROR, formula)
    if formula is not None and not kind and not shown.strip():
        return Cell("", Content.UNCOMPUTED, formula)
    content = Content.DATE if kind == "date" else Content.TYPED
    text = _text(kind, given, shown)
    return Cell(text, content, formula) if text.strip() else None


def _text(kind: str, given: Mapping[str, str], shown: str) -> str:
    value = given.get("office:value", "")
    if kind in {"float", "currency"} and value:
        return shown.strip() if is_code_of(shown, value) else spell_stored(value)
    if kind == "percentage" and value:
        return spell_percent(value)
    if kind == "boolean":
        return {"true": "oui", "false": "non"}.get(given.get("office:boolean-value", ""), shown)
    if kind == "date" and (day := given.get("office:date-value", "").strip()):
        return day.removesuffix(_MIDNIGHT) if "T" not in day or day.endswith(_MIDNIGHT) else place_in_paris(day)
    return shown or given.get("office:string-value", "")


def _plain_formula(formula: str) -> str:
    """Write references as Excel does: brackets stay only around another file, which is how a link is known."""
    return _REFERENCE.sub(lambda found: found[1].replace(".", ""), formula.partition(":=")[2] or formula) or "="

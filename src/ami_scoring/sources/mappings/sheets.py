"""The bytes of an export → its sheets as bare rows of cells, whatever the format, and where their headings stand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ami_scoring.domain.primitives import fold
from ami_scoring.findings import Finding, Location
from ami_scoring.sources.spreadsheets.cells import WhereIs
from ami_scoring.sources.spreadsheets.grids import Line
from ami_scoring.sources.spreadsheets.opening import open_cells, rows_of
from ami_scoring.sources.spreadsheets.workbooks import Sheet

HEADING_ROWS: Final = 25
"""Rows among which headings are looked for: titles, notes and groups may stand above them."""
Row = Line


@dataclass(frozen=True, slots=True)
class Raw:
    """One sheet of an export: its name, empty for a text, its rows of cells that are not blank, and their places."""

    name: str
    rows: Mapping[int, Row]
    where: WhereIs
    whole: Location
    line_of: Callable[[int], int]
    """The line of the file where a row begins."""
    tells_blanks: bool = False
    """Whether what nobody answered is blank in it for sure."""


@dataclass(slots=True)
class Exported:
    """The sheets of a file, and what was found on the way; none where it cannot be read."""

    sheets: list[Raw] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Headed:
    """A sheet whose headings are known: the text of each column that has one."""

    raw: Raw
    row: int
    titles: Mapping[int, str]

    def columns_of(self, title: str) -> list[int]:
        """Give every column that bears a heading, however it is spaced, accented by another form, or cased."""
        return [column for column, text in self.titles.items() if fold(text) == fold(title)]

    def below(self) -> Iterator[tuple[int, Row]]:
        """Give the rows under the headings that hold something, in order."""
        for number, row in self.raw.rows.items():
            if number > self.row:
                yield number, row


def open_export(data: bytes, path: Path) -> Exported:
    """Read the sheets of an export. What is wrong with the file itself is among the findings."""
    if path.suffix.lower() == ".json":
        from ami_scoring.sources.mappings.graphql import open_graphql  # noqa: PLC0415 - rare

        return open_graphql(data, str(path))
    book = open_cells(data, path)
    if isinstance(book, Finding):
        return Exported([], [book])
    return Exported([_of_sheet(sheet) for sheet in book.sheets if sheet.grid.cells], list(book.findings))


def headed(raw: Raw, wanted: Collection[str], row: int | None = None) -> Headed | None:
    """Find the headings of a sheet: the row that is given, or the one of the first that bears most of those wanted."""
    folded = {fold(title) for title in wanted}
    first = [row] if row is not None else list(raw.rows)[:HEADING_ROWS]
    best, most = None, 0
    for number in first:
        hits = len({fold(cell.text) for cell in raw.rows.get(number, Line({})).values()} & folded)
        if hits > most:
            best, most = number, hits
    if best is None:
        return None
    return Headed(raw, best, {column: cell.text.strip() for column, cell in raw.rows[best].items()})


def likely_headings(raw: Raw) -> Headed | None:
    """Find the headings of a sheet that nobody described: the row of the first ones with most different words."""
    best, most = None, 1
    for number in list(raw.rows)[:HEADING_ROWS]:
        words = {fold(cell.text) for cell in raw.rows[number].values() if _is_wording(cell.text)}
        if len(words) > most:
            best, most = number, len(words)
    if best is None:
        return None
    return Headed(raw, best, {column: cell.text.strip() for column, cell in raw.rows[best].items()})


def _is_wording(text: str) -> bool:
    return any(char.isalpha() for char in text)


def _of_sheet(sheet: Sheet) -> Raw:
    return Raw(sheet.name, dict(rows_of(sheet)), sheet.at, sheet.whole, sheet.line_of)


def named(sheets: Sequence[Raw], name: str) -> Raw | None:
    """Find a sheet by its name, however it is cased or spaced."""
    return next((raw for raw in sheets if fold(raw.name) == fold(name)), None)

"""Any file of cells (.xlsx, .ods, .csv, .tsv) → its sheets, all read the same way; whoever needs raw rows begins here.

    book = open_cells(data, path)            # `data`: the bytes of the file; its name only tells CSV from workbooks
    if isinstance(book, Finding): ...        # it cannot be read: one error that says why, and how to mend it
    for sheet in book.sheets:                # a CSV is one sheet without a name
        for number, row in rows_of(sheet):   # lines that are not blank, in order, from 1
            cell = row.get(3)                # of column 3 (C), or None where nothing stands
            cell.text                        # numbers, dates and codes in a form that is never ambiguous
            sheet.at(Spot(number, 3))        # its place: sheet and cell, or line and column of a text
    book.findings                            # what to tell of what is beside the cells: macros, comments, encoding

Sizes are bounded before anything is parsed, repetitions and far cells cost nothing, `sheet.hidden` and
`sheet.grid.is_hidden(spot)` say what people do not see, and `sheet.grid.merged` which cells are merged. A cell whose
`content` is `ERROR` or `UNCOMPUTED` holds no answer. Placeholders, booleans and numbers stay as they are written: what
they mean depends on the question.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.files.decoding import not_text
from ami_scoring.sources.files.document import empty_file
from ami_scoring.sources.files.folders import BOOKS
from ami_scoring.sources.spreadsheets.cells import Spot
from ami_scoring.sources.spreadsheets.csv_encoding import decode_csv
from ami_scoring.sources.spreadsheets.csv_text import Records, split_records
from ami_scoring.sources.spreadsheets.grids import Fields, Grid, Line
from ami_scoring.sources.spreadsheets.workbooks import Book, Sheet, read_workbook

TEXTS: Final = frozenset({".csv", ".tsv", ".txt"})


def open_cells(data: bytes, path: Path) -> Book | Finding:
    """Read every sheet of a file; never raises, never runs anything, and takes a second or two at the very worst."""
    return read_csv(data, str(path)) if path.suffix.lower() in TEXTS else read_workbook(data, str(path))


def not_named_as_table(path: Path, code: str) -> Finding | None:
    """Build the finding of a file whose name is that of no table, of which no reader can say what it lacks."""
    suffix = path.suffix.lower()
    if suffix in TEXTS or suffix in BOOKS:
        return None
    message = Message("Un tableau est attendu ici, et ce fichier est un « {suffix} ».", {"suffix": suffix})
    if not suffix:
        message = Message("Un tableau est attendu ici, et le nom de ce fichier ne dit pas ce qu'il est.")
    advice = Message("Donnez un classeur (.xlsx, .ods) ou un texte en colonnes (.csv, .tsv).")
    return Finding(code, Severity.ERROR, message, Location(str(path)), advice)


def read_csv(data: bytes, path: str) -> Book | Finding:
    """Read a CSV as a book of one sheet. A quote that is left open is an error: nobody can tell where rows begin."""
    if (refused := not_text("not-a-table", data, path)) is not None:
        return refused._replace(where=Location(path))
    decoded = decode_csv(data, path)
    if isinstance(decoded, Finding):
        return decoded
    text, findings = decoded
    if not text.strip():
        return empty_file(path)
    records = split_records(text, path)
    if not records.complete:
        return records.findings[0]
    return Book((sheet_of(records),), tuple(findings))


def sheet_of(records: Records) -> Sheet:
    """See the records of a CSV as a sheet; the place of a cell is a line and a column of the text."""
    rows = {
        number: Fields(fields) for number, fields in enumerate(records.rows, start=1) if any(map(str.strip, fields))
    }

    def where(spot: Spot) -> Location:
        return records.at(spot.row, spot.column)

    return Sheet(records.source.path, "", hidden=False, grid=Grid({**rows}), where=where, lines=records.lines)


def rows_of(sheet: Sheet) -> Iterator[tuple[int, Line]]:
    """Give the lines of a sheet that are not blank: their number, and their cells by column, both from 1."""
    for number in sorted(sheet.grid.rows):
        yield number, sheet.grid.rows[number]

"""Lists of communes, as statistical offices publish them: a table with the headings that we know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ami_scoring.domain.primitives import without_accents
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.spreadsheets.grids import Line
from ami_scoring.sources.spreadsheets.opening import not_named_as_table, open_cells, rows_of

_CODE: Final = frozenset({"insee", "code", "code insee", "code commune", "code de la commune", "com"})
_MOST_TOLD: Final = 10


def read_codes(data: bytes, path: Path) -> set[str] | Finding:
    """Read the codes of the communes of a year."""
    columns = columns_of(data, path, (_CODE,))
    return columns if isinstance(columns, Finding) else {row[0] for row in columns}


def columns_of(data: bytes, path: Path, wanted: tuple[frozenset[str], ...]) -> list[tuple[str, ...]] | Finding:
    """Read some columns, each by any of its headings, of the first sheet that has them all on its first line."""
    book = not_named_as_table(path, "zoning-columns") or open_cells(data, path)
    if isinstance(book, Finding):
        return book
    for sheet in book.sheets:
        rows = iter(rows_of(sheet))
        _, titles = next(rows, (0, Line({})))
        named = {without_accents(cell.text): column for column, cell in titles.items()}
        found = [next((named[title] for title in each if title in named), None) for each in wanted]
        if None not in found:
            return list(_cells(rows, [column for column in found if column is not None]))
    message = Message("La première ligne de ce fichier doit nommer : {names}.", {"names": [min(one) for one in wanted]})
    return Finding("zoning-columns", Severity.ERROR, message, Location(str(path), 1))


def _cells(rows: Iterator[tuple[int, Line]], columns: list[int]) -> Iterator[tuple[str, ...]]:
    for _, row in rows:
        if all(column in row for column in columns):
            yield tuple(row[column].text.strip().upper() for column in columns)


def check_codes(codes: set[str], known: set[str], where: Location) -> Iterator[Finding]:
    """Tell the codes that a list of communes does not have."""
    strangers = sorted(codes - known)
    if strangers:
        more = f" et {len(strangers) - _MOST_TOLD} autres" if len(strangers) > _MOST_TOLD else ""
        message = Message(
            "Codes absents de la liste des communes : {codes}{more}.", {"codes": strangers[:_MOST_TOLD], "more": more}
        )
        yield Finding("zoning-unknown-commune", Severity.WARNING, message, where)

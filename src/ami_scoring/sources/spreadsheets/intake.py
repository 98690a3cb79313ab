"""Spreadsheets, whatever they turn out to be: forms and tables of ours are read, others are told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from ami_scoring.domain.primitives import fold
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.files.decoding import not_text
from ami_scoring.sources.files.document import Document, empty_file
from ami_scoring.sources.files.folders import OLD_SPREADSHEETS
from ami_scoring.sources.spreadsheets.cells import Spot
from ami_scoring.sources.spreadsheets.csv_text import decode_csv, split_records
from ami_scoring.sources.spreadsheets.forms import is_form, read_form
from ami_scoring.sources.spreadsheets.tables import HEADER_ROWS, read_table, table_in_records, table_in_sheet
from ami_scoring.sources.spreadsheets.workbooks import Sheet, read_workbook

LISTS: Final = "ami-listes"
"""The mark of the sheet that holds the choices of drop-down lists."""
FORM_SHEET: Final = "candidature"

Batch = tuple[list[Document], list[Finding]]


def read_spreadsheet(data: bytes, path: Path, *, named: bool) -> Iterator[Batch]:
    """Read the forms and tables of a file; that it holds none is an error if it was named outright, else a note."""
    if path.suffix.lower() in {".csv", ".tsv"}:
        yield _read_csv(data, str(path), named=named)
    else:
        yield from _read_workbook(data, str(path), named=named)


def _read_csv(data: bytes, path: str, *, named: bool) -> Batch:
    if (refused := not_text("not-a-table", data, path)) is not None:
        return [], [replace(refused, where=Location(path))]
    decoded = decode_csv(data, path)
    if isinstance(decoded, Finding):
        return [], [decoded]
    text, findings = decoded
    if not text.strip():
        return [], [empty_file(path)]
    if table_in_records(split_records(text, path, most_rows=HEADER_ROWS)) is None:
        return [], [_not_ours(path, named=named)]
    records = split_records(text, path)
    table = table_in_records(records)
    if table is None or not records.complete:
        # Nobody can tell where the next candidature would begin: none is read, rather than half of them.
        return [], [*findings, *records.findings]
    documents, wrong = read_table(table)
    return documents, [*findings, *wrong]


def _read_workbook(data: bytes, path: str, *, named: bool) -> Iterator[Batch]:
    book = read_workbook(data, path)
    if isinstance(book, Finding):
        # Among candidatures, an old workbook may be anything; only somebody who names it says that it is one.
        is_old = not named and Path(path).suffix.lower() in OLD_SPREADSHEETS
        yield [], [replace(book, severity=Severity.WARNING) if is_old else book]
        return
    read: list[Batch] = []
    others: list[Sheet] = []
    for number, sheet in enumerate(book.sheets, start=1):
        if is_form(sheet):
            read.append(read_form(sheet, number))
        elif (table := table_in_sheet(sheet)) is not None:
            read.append(read_table(table))
        elif not _is_lists(sheet):
            others.append(sheet)
    if read:
        yield from read
        yield [], [*book.findings, *(_sheet_not_read(sheet) for sheet in others if sheet.grid.cells)]
    else:
        yield [], [_mark_lost(others) or _not_ours(path, named=named)]


def _is_lists(sheet: Sheet) -> bool:
    first = sheet.grid.cells.get(Spot(1, 1))
    return first is not None and first.text == LISTS


def _mark_lost(sheets: Iterable[Sheet]) -> Finding | None:
    """See a form of ours that lost its hidden column: silence would lose a candidature."""
    sheet = next((sheet for sheet in sheets if fold(sheet.name) == FORM_SHEET), None)
    if sheet is None:
        return None
    message = Message(
        "Cette feuille a perdu la colonne masquée par laquelle un formulaire est lu : elle n'est pas lue."
    )
    advice = Message("Recopiez les réponses dans un formulaire que fait « ami template ».")
    return Finding("form-mark-lost", Severity.ERROR, message, sheet.whole, advice)


def _not_ours(path: str, *, named: bool) -> Finding:
    message = Message("Ce fichier n'est ni un formulaire ni un tableau de candidatures : il n'est pas lu.")
    advice = Message(
        "« ami template » en fait de vierges, à remplir. Un tableau a pour en-tête les clés d'une candidature : "
        "reference, depose_le, porteur.nom, implantation.communes.1.code_insee…"
    )
    return Finding("not-a-form", Severity.ERROR if named else Severity.NOTE, message, Location(path), advice)


def _sheet_not_read(sheet: Sheet) -> Finding:
    message = Message("Cette feuille n'est ni un formulaire ni un tableau de candidatures : elle n'est pas lue.")
    return Finding("sheet-not-read", Severity.WARNING, message, sheet.whole)

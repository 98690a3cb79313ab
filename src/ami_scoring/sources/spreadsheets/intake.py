"""Spreadsheets, whatever they turn out to be: forms and tables of ours are read, others are told once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from ami_scoring.domain.primitives import fold, without_accents
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.files.decoding import not_text
from ami_scoring.sources.files.document import Document, empty_file
from ami_scoring.sources.spreadsheets.cells import Spot
from ami_scoring.sources.spreadsheets.csv_encoding import decode_csv
from ami_scoring.sources.spreadsheets.csv_text import split_records
from ami_scoring.sources.spreadsheets.forms import is_form, read_form
from ami_scoring.sources.spreadsheets.headings import HEADER_ROWS
from ami_scoring.sources.spreadsheets.keys import CANDIDATURES, OPINIONS, VERIFICATIONS, Keys
from ami_scoring.sources.spreadsheets.opening import sheet_of
from ami_scoring.sources.spreadsheets.opinion_grids import is_grid, read_grid
from ami_scoring.sources.spreadsheets.tables import read_table, table_in_records, table_in_sheet
from ami_scoring.sources.spreadsheets.workbooks import Sheet, read_workbook
from ami_scoring.sources.text.references import heads_a_table, may_hold_candidatures

LISTS: Final = "ami-listes"
"""The mark of the sheet that holds the choices of drop-down lists."""
FORM_SHEET: Final = "candidature"
_TOP: Final = 4 * HEADER_ROWS
"""Records of a CSV among which headings are looked for: some are blank."""
_ZONING: Final = frozenset({"code", "type", "zone", "edition", "source"})
_RESULT: Final = frozenset({"rang", "reference"})

Batch = tuple[list[Document], list[Finding]]


def read_spreadsheet(data: bytes, path: Path, *, named: bool, keys: Keys = CANDIDATURES) -> Iterator[Batch]:
    """Read the forms and tables of a file.

    That it holds none is an error: nobody must believe that what it says was counted. It is a note where a file that
    nobody named is plainly something else, a zoning table or a result of this program.
    """
    if path.suffix.lower() in {".csv", ".tsv"}:
        yield _read_csv(data, str(path), named=named, keys=keys)
    else:
        yield from _read_workbook(data, str(path), named=named, keys=keys)


def lines_held(data: bytes, path: Path) -> int:
    """Count the lines of the sheets of a workbook, and its forms, each of which may be a candidature."""
    book = read_workbook(data, str(path))
    return 0 if isinstance(book, Finding) else sum(map(_lines_of, book.sheets))


def _lines_of(sheet: Sheet) -> int:
    if is_form(sheet) or fold(sheet.name) == FORM_SHEET:
        return 1
    rows = sum(1 for row in sheet.grid.rows.values() if row)
    return max(0, rows - any(heads_a_table(f"{cell.text};") for cell in sheet.grid.cells.values()))


def _read_csv(data: bytes, path: str, *, named: bool, keys: Keys) -> Batch:
    if (refused := not_text("not-a-table", data, path)) is not None:
        return [], [refused._replace(where=Location(path))]
    decoded = decode_csv(data, path)
    if isinstance(decoded, Finding):
        return [], [decoded]
    text, findings = decoded
    if not text.strip():
        return [], [empty_file(path)]
    head = split_records(text, path, most_rows=_TOP)
    if keys is OPINIONS and is_grid(sheet_of(head)):
        records = split_records(text, path)
        documents, wrong = read_grid(sheet_of(records)) if records.complete else ([], [*records.findings])
        return documents, [*findings, *wrong]
    if table_in_records(head, keys) is None:
        may_be = named or not head.complete or may_hold_candidatures(text)
        refused = _not_ours(path, [sheet_of(head)], named=named, may_be=may_be, keys=keys)
        is_cut = not head.complete and refused.severity is Severity.ERROR
        return [], [*head.findings] if is_cut else [refused]
    records = split_records(text, path)
    table = table_in_records(records, keys)
    if table is None or not records.complete:
        # Nobody can tell where the next candidature would begin: none is read, rather than half of them.
        return [], [*findings, *records.findings]
    documents, wrong = read_table(table)
    return documents, [*findings, *wrong]


def _read_workbook(data: bytes, path: str, *, named: bool, keys: Keys) -> Iterator[Batch]:
    book = read_workbook(data, path)
    if isinstance(book, Finding):
        yield [], [book]
        return
    read: list[Batch] = []
    others: list[Sheet] = []
    for number, sheet in enumerate(book.sheets, start=1):
        if keys is CANDIDATURES and is_form(sheet):
            read.append(read_form(sheet, number))
        elif keys is OPINIONS and is_grid(sheet):
            read.append(read_grid(sheet))
        elif (table := table_in_sheet(sheet, keys)) is not None:
            read.append(read_table(table))
        elif not _is_lists(sheet):
            others.append(sheet)
    if read:
        yield from read
        yield [], [*book.findings, *(_sheet_not_read(sheet) for sheet in others if sheet.grid.cells)]
    else:
        may_be = any(may_hold_candidatures(cell.text) for sheet in others for cell in sheet.grid.cells.values())
        yield [], [_mark_lost(others) or _not_ours(path, others, named=named, may_be=may_be, keys=keys)]


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


def _not_ours(path: str, sheets: Sequence[Sheet], *, named: bool, may_be: bool, keys: Keys) -> Finding:
    if keys is OPINIONS:
        message = Message("Ce fichier n'est pas un tableau d'avis : il n'est pas lu.")
        advice = Message(
            "Un tableau d'avis a pour en-tête : reference, assesseur, avis.<sujet>.note, avis.<sujet>.motif, et "
            "s'il y a lieu conflit. Sont lus aussi les grilles de « ami jury prepare », le YAML et le JSON."
        )
        return Finding("not-a-form", Severity.ERROR, message, Location(path), advice)
    if keys is VERIFICATIONS:
        message = Message("Ce fichier n'est pas un tableau de vérifications : il n'est pas lu.")
        advice = Message("Un tableau de vérifications a pour en-tête : reference, donnee, valeur, par, le, source.")
        return Finding("not-a-form", Severity.ERROR, message, Location(path), advice)
    is_other = any(map(_is_something_else, sheets)) or not (may_be or any(map(_is_a_table, sheets)))
    is_known = is_other and not named
    message = Message("Ce fichier n'est ni un formulaire ni un tableau de candidatures : il n'est pas lu.")
    advice = Message(
        "« ami template » en fait de vierges, à remplir. Un tableau a pour en-tête les clés d'une candidature : "
        "reference, depose_le, porteur.nom, implantation.communes.1.code_insee… Un fichier qui n'est pas une "
        "candidature se range hors de ce dossier."
    )
    severity = Severity.NOTE if is_known else Severity.ERROR
    return Finding("not-a-form", severity, message, Location(path), advice)


def _is_a_table(sheet: Sheet) -> bool:
    """Say whether two lines of a sheet at least hold two cells: less than that is no table that could be lost."""
    by_row = Counter(spot.row for spot in sheet.grid.cells)
    return sum(count > 1 for count in by_row.values()) > 1


def _is_something_else(sheet: Sheet) -> bool:
    """Recognise a zoning table, or a result of this program, by its first line."""
    first = min((spot.row for spot in sheet.grid.cells), default=0)
    headed = {without_accents(cell.text) for spot, cell in sheet.grid.cells.items() if spot.row == first}
    return headed >= _ZONING or headed >= _RESULT


def _sheet_not_read(sheet: Sheet) -> Finding:
    message = Message("Cette feuille n'est ni un formulaire ni un tableau de candidatures : elle n'est pas lue.")
    return Finding("sheet-not-read", Severity.WARNING, message, sheet.whole)

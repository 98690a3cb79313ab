"""A table with one line per candidature, from a sheet or a CSV → one document a line.

The header names the keys of a candidature file (`porteur.nom`, `medecins_interesses.2.specialite`), in any order.
The line of titles that `ami template --table` puts under it is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ami_scoring.domain.fields import fields
from ami_scoring.domain.primitives import fold
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.files.document import Document, Questionnaire
from ami_scoring.sources.spreadsheets.answers import COUNT, Answer, assemble
from ami_scoring.sources.spreadsheets.cells import Cell, Spot, WhereIs
from ami_scoring.sources.spreadsheets.csv_text import Records
from ami_scoring.sources.spreadsheets.sheet_xml import Range
from ami_scoring.sources.spreadsheets.workbooks import Sheet
from ami_scoring.sources.text.suggestions import nearest

MARK: Final = "ami-tableau"
HEADER_ROWS: Final = 5
"""The header is looked for in the first lines only: a title may stand above it."""
ENOUGH_KEYS: Final = 3
"""Known keys without which a line is no header of ours."""

_NUMBER: Final = re.compile(r"\.[1-9]\d{0,3}(?=\.|$)")


@dataclass(frozen=True, slots=True)
class Table:
    """Cells by line, the header's columns, and the way to name a place."""

    path: str
    rows: Mapping[int, Mapping[int, Cell]]
    where: WhereIs
    header: int
    columns: Mapping[int, str]
    asked: Questionnaire
    merged: tuple[Range, ...] = ()
    hidden: tuple[Spot, ...] = ()


def table_in_sheet(sheet: Sheet) -> Table | None:
    """See a table in a sheet; None when none of its first lines is a header of ours."""
    found = _header(_rows(sheet, _top_rows(sheet)))
    if found is None:
        return None
    rows = _rows(sheet, None)
    hidden = tuple(spot for spot in sheet.grid.cells if spot.row > found[0] and sheet.grid.is_hidden(spot))
    return Table(sheet.path, rows, sheet.at, *found, tuple(sheet.grid.merged), hidden)


def _top_rows(sheet: Sheet) -> set[int]:
    return set(sorted({spot.row for spot in sheet.grid.cells})[:HEADER_ROWS])


def _rows(sheet: Sheet, wanted: set[int] | None) -> dict[int, dict[int, Cell]]:
    rows: dict[int, dict[int, Cell]] = {}
    for spot, cell in sheet.grid.cells.items():
        if wanted is None or spot.row in wanted:
            rows.setdefault(spot.row, {})[spot.column] = cell
    return rows


def table_in_records(records: Records) -> Table | None:
    """See a table in the records of a CSV; None when none of the first lines is a header of ours."""
    rows = {
        number: {column: Cell(text) for column, text in enumerate(row.fields, start=1) if text.strip()}
        for number, row in enumerate(records.rows, start=1)
    }

    def where(spot: Spot) -> Location:
        row = records.rows[spot.row - 1]
        at = records.source.at(row.starts[min(spot.column, len(row.starts)) - 1])
        return Location(at.path, at.line, at.column)

    found = _header(rows)
    return None if found is None else Table(records.source.path, rows, where, *found)


def read_table(table: Table) -> tuple[list[Document], list[Finding]]:
    """Read every line; a header with a mistake is refused whole, for all its lines would lack an answer."""
    findings = list(_wrong_columns(table))
    if any(finding.severity is Severity.ERROR for finding in findings):
        return [], findings
    known = {column: key for column, key in table.columns.items() if _is_known(key)}
    documents = [
        _line(table, number, known)
        for number in sorted(table.rows)
        if number > table.header and table.rows[number] and not _is_titles(table.rows[number], known)
    ]
    if not documents:
        message = Message("Ce tableau n'a aucune ligne remplie.")
        findings.append(Finding("empty-table", Severity.WARNING, message, table.where(Spot(table.header, 1))))
    findings.extend(_said_of_hidden(table))
    findings.extend(_said_of_merged(table))
    return documents, findings


def _line(table: Table, number: int, known: Mapping[int, str]) -> Document:
    row = table.rows[number]
    answers = [Answer(key, row.get(column), Spot(number, column), table.where) for column, key in known.items()]
    document = assemble(answers, table.where(Spot(number, 1)), table.asked)
    beyond = [column for column in row if column not in table.columns and row[column].text.strip()]
    if not beyond:
        return document
    message = Message("Cette ligne a des cellules sans titre de colonne : elles ne sont pas lues.")
    advice = Message("Un séparateur ou un guillemet est sans doute en trop.")
    finding = Finding("cell-without-column", Severity.ERROR, message, table.where(Spot(number, beyond[0])), advice)
    return document._replace(findings=(*document.findings, finding))


def _header(rows: Mapping[int, Mapping[int, Cell]]) -> tuple[int, dict[int, str], Questionnaire] | None:
    for number in sorted(rows)[:HEADER_ROWS]:
        written = {column: cell.text.strip() for column, cell in rows[number].items()}
        keys = {column: fold(text) if _is_known(fold(text)) else text for column, text in written.items()}
        if sum(_is_known(key) for key in keys.values()) >= ENOUGH_KEYS and any("." in key for key in keys.values()):
            marks = [column for column, text in keys.items() if text.startswith(MARK)]
            asked = Questionnaire()
            for column in marks:
                told = dict(line.partition("=")[::2] for line in keys.pop(column).replace("\r", "").split("\n"))
                asked = Questionnaire(told.get("appel"), told.get("édition"))
            return number, keys, asked
    return None


def _is_known(key: str) -> bool:
    """Say whether a key is one of a candidature file, elements of lists counted from 1."""
    if key.startswith("complements."):
        return True
    bare = _NUMBER.sub("", key)
    known = fields()
    if key.endswith(f".{COUNT}"):
        return key.removesuffix(f".{COUNT}") in known
    return bare in known and not any(other.startswith(f"{bare}.") for other in known)


def _wrong_columns(table: Table) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for column, key in sorted(table.columns.items()):
        where = table.where(Spot(table.header, column))
        if key in seen:
            message = Message("Deux colonnes portent la même clé.")
            if _is_known(key) and not key.startswith("complements."):
                message = Message("Deux colonnes portent « {key} ».", {"key": key})
            first = table.where(Spot(table.header, seen[key]))
            yield Finding(
                "duplicate-key", Severity.ERROR, message, where, Message("Gardez une seule des deux."), (first,)
            )
        seen.setdefault(key, column)
        if _is_known(key):
            continue
        near = nearest(_NUMBER.sub("", key), fields())
        # A heading is quoted only when it is all but a key: any other may be the name of a person.
        if near is not None:
            message = Message("« {key} » n'est pas une clé connue : aucune ligne n'est lue.", {"key": key[:80]})
            advice = Message("Vouliez-vous dire « {near} » ?", {"near": near})
            yield Finding("unknown-column", Severity.ERROR, message, where, advice)
        elif key.split(".")[0] in fields():
            message = Message("Cet en-tête n'est pas une clé connue : aucune ligne n'est lue.")
            yield Finding("unknown-column", Severity.ERROR, message, where)
        else:
            message = Message("Cette colonne n'est pas une donnée de candidature : elle n'est pas lue.")
            yield Finding("column-not-read", Severity.WARNING, message, where)
    if "reference" not in seen:
        message = Message("Il manque la colonne « reference » : aucune ligne n'est lue.")
        yield Finding("missing-key", Severity.ERROR, message, table.where(Spot(table.header, min(table.columns))))


def _is_titles(row: Mapping[int, Cell], known: Mapping[int, str]) -> bool:
    titles = fields()
    column = next(column for column, key in known.items() if key == "reference")
    return column in row and fold(row[column].text).rstrip(" *") == fold(titles["reference"].title)


def _said_of_hidden(table: Table) -> Iterator[Finding]:
    spots = [spot for spot in table.hidden if spot.column in table.columns]
    if spots:
        message = Message("{count} cellules masquées sont lues comme les autres.", {"count": len(spots)})
        yield Finding("hidden-answer", Severity.WARNING, message, table.where(min(spots)))


def _said_of_merged(table: Table) -> Iterator[Finding]:
    for merged in table.merged:
        if merged.last.row > table.header:
            message = Message(
                "Ces cellules sont fusionnées : seule la première garde sa réponse, les autres sont vides."
            )
            advice = Message("Défaites la fusion, et redonnez chaque réponse.")
            yield Finding("merged-answer", Severity.WARNING, message, table.where(merged.first), advice)

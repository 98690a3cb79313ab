"""A table with one line per candidature, from a sheet or a CSV → one document a line.

The headings name the keys of a candidature file (`porteur.nom`, `medecins_interesses.2.specialite`), in any order, on
one line or on two, below whatever titles a service puts there. The line of titles that `ami template --table` puts
under them is passed over, as are totals and notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message, named
from ami_scoring.sources.files.document import DataPath, Document, Questionnaire, refusal
from ami_scoring.sources.spreadsheets.answers import Answer, assemble, split_key
from ami_scoring.sources.spreadsheets.cells import Spot, WhereIs, column_name
from ami_scoring.sources.spreadsheets.csv_text import Records
from ami_scoring.sources.spreadsheets.grids import Line, Range
from ami_scoring.sources.spreadsheets.headings import HEADER_ROWS, Headings, find_headings
from ami_scoring.sources.spreadsheets.keys import CANDIDATURES, Keys, column_of, without_numbers
from ami_scoring.sources.spreadsheets.lines import REFERENCE, is_titles, passed_over
from ami_scoring.sources.spreadsheets.neighbours import decide_by_column
from ami_scoring.sources.spreadsheets.opening import sheet_of
from ami_scoring.sources.spreadsheets.templates import Later, Slot, Template, same_cell
from ami_scoring.sources.spreadsheets.workbooks import Sheet
from ami_scoring.sources.text.suggestions import nearest

MOST_NAMED: Final = 20
"""Columns named in a sentence; beyond, they are only counted."""


@dataclass(frozen=True, slots=True)
class Table:
    """Cells by line, the columns that headings name, and the way to name a place."""

    path: str
    rows: Mapping[int, Line]
    where: WhereIs
    line_of: Callable[[int], int]
    """The line of the file where a row begins."""
    headings: Headings
    keys: Keys = CANDIDATURES
    merged: tuple[Range, ...] = ()
    hidden: tuple[Spot, ...] = ()
    width: int | None = None
    """Fields of the headings of a CSV: a line that has more has a separator too many."""

    @property
    def header(self) -> int:
        """The last line of the headings."""
        return self.headings.row

    @property
    def columns(self) -> Mapping[int, str]:
        """What each column is headed."""
        return self.headings.columns

    @property
    def asked(self) -> Questionnaire:
        """The call that the table was made for, where it says so."""
        return self.headings.asked


def table_in_sheet(sheet: Sheet, keys: Keys = CANDIDATURES) -> Table | None:
    """See a table in a sheet; None when none of its first lines names enough keys."""
    merged = tuple(sheet.grid.merged)
    found = find_headings(_top(sheet), keys, merged)
    if found is None:
        return None
    grid = sheet.grid
    spots = (spot for spot in grid.cells if spot.row > found.row and grid.is_hidden(spot)) if grid.hides else ()
    return Table(sheet.path, grid.rows, sheet.at, sheet.line_of, found, keys, merged, tuple(spots))


def _top(sheet: Sheet) -> dict[int, Line]:
    return {number: sheet.grid.rows[number] for number in sorted(sheet.grid.rows)[:HEADER_ROWS]}


def table_in_records(records: Records, keys: Keys = CANDIDATURES) -> Table | None:
    """See a table in the records of a CSV; None when none of the first lines names enough keys."""
    sheet = sheet_of(records)
    found = find_headings(_top(sheet), keys)
    if found is None:
        return None
    width = len(records.rows[found.row - 1])
    return Table(sheet.path, sheet.grid.rows, sheet.at, sheet.line_of, found, keys, width=width)


def read_table(table: Table) -> tuple[list[Document], list[Finding]]:
    """Read every line; a heading that is a key with a mistake refuses all, for all lines would lack an answer."""
    if table.headings.foreign is not None:
        message = Message("Ce tableau vient d'une autre version de l'outil, qui n'est pas lue ici.")
        advice = Message("Recopiez les lignes dans un tableau que fait « ami template --table ».")
        return [], [refusal("form-version", table.where(Spot(table.header, table.headings.foreign)), message, advice)]
    findings = list(_wrong_columns(table))
    if any(finding.severity is Severity.ERROR for finding in findings):
        return [], findings
    known = {column: key for column, key in table.columns.items() if table.keys.is_known(key)}
    below = {number: row for number, row in table.rows.items() if number > table.header and row}
    reference = next(column for column, key in known.items() if key == REFERENCE)
    left_out: list[Finding] = []
    kept = dict(below)
    for number, row in sorted(below.items()):
        if is_titles(row, reference):
            del kept[number]
        elif (said := passed_over(row, known, reference)) is not None:
            left_out.append(Finding("line-not-read", Severity.WARNING, said, table.where(Spot(number, min(row)))))
            del kept[number]
    decided, notes = decide_by_column(kept, known, table.where) if table.keys.alike else ({}, [])
    template = _template(table, known)
    documents = [_line(table, number, decided.get(number, kept[number]), known, template) for number in sorted(kept)]
    if not documents:
        message = Message("Ce tableau n'a aucune ligne remplie.")
        findings.append(Finding("empty-table", Severity.WARNING, message, table.where(Spot(table.header, 1))))
    findings.extend(_said_of_headless(table, kept))
    findings.extend([*left_out, *notes, *_said_of_hidden(table), *_said_of_merged(table)])
    return documents, findings


def _template(table: Table, known: Mapping[int, str]) -> Template | None:
    slots = [Slot((column,), key, same_cell(key), _bare(key)) for column, key in known.items()]
    template = Template(slots, table.keys.blocks)
    return template if template.is_sound else None


def _bare(key: str) -> str | None:
    _, place, below = split_key(key)
    return "spaces" if place is None or below else None


def _line(table: Table, number: int, row: Line, known: Mapping[int, str], template: Template | None) -> Document:
    assembled = partial(_assembled, table, number, row, known)
    filled = None if template is None else template.fill(row)
    heading = partial(_heading_of, table, known)
    if template is None or filled is None:
        made = assembled()
        document = made._replace(locate=Later(lambda: made, lambda _: None, heading))
    else:
        later = Later(assembled, partial(_cell_of, table, number, template), heading)
        document = Document(filled.data, table.path, table.line_of(number), later, asked=table.asked)
    beyond = [column for column in row if table.width is not None and column > table.width]
    if not beyond:
        return document
    message = Message("Cette ligne a plus de cellules que l'en-tête n'a de colonnes.")
    advice = Message("Un séparateur ou un guillemet est sans doute en trop.")
    finding = Finding("cell-without-column", Severity.ERROR, message, table.where(Spot(number, beyond[0])), advice)
    return document._replace(findings=(*document.findings, finding))


def _cell_of(table: Table, number: int, template: Template, path: DataPath) -> Location | None:
    column = template.column_of(path)
    return None if column is None else table.where(Spot(number, column))


def _heading_of(table: Table, known: Mapping[int, str], path: DataPath) -> Location | None:
    key = ".".join(map(str, path))
    column = next((column for column, its in known.items() if its == key), None)
    return None if column is None else table.where(Spot(table.header, column))


def _assembled(table: Table, number: int, row: Line, known: Mapping[int, str]) -> Document:
    answers = [Answer(key, row.get(column), Spot(number, column), table.where) for column, key in known.items()]
    return assemble(answers, table.where(Spot(number, 1)), table.asked, table.keys.blocks)


def _wrong_columns(table: Table) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    passed: list[int] = []
    for column, key in sorted(table.columns.items()):
        where = table.where(Spot(table.header, column))
        if table.keys.is_known(key):
            if key in seen:
                yield _repeated(key, where, table.where(Spot(table.header, seen[key])))
            seen.setdefault(key, column)
        elif (finding := _unknown(key, where, table.keys)) is not None:
            yield finding
        else:
            passed.append(column)
    if passed:
        one = "La colonne {names} n'est pas une donnée {what} : elle n'est pas lue."
        many = "{count} colonnes ne sont pas des données {what} et ne sont pas lues : {names}."
        yield _not_read(passed, one, many, table.where(Spot(table.header, passed[0])), _of(table.keys))
    if REFERENCE not in seen:
        message = Message("Il manque la colonne « reference » : aucune ligne n'est lue.")
        yield Finding("missing-key", Severity.ERROR, message, table.where(Spot(table.header, min(table.columns))))


def _repeated(key: str, where: Location, first: Location) -> Finding:
    message = Message("Deux colonnes portent la même clé : elles ne doivent pas se contredire.")
    if not key.startswith("complements."):
        said = "Deux colonnes portent « {key} » : elles ne doivent pas se contredire."
        message = Message(said, {"key": key})
    return Finding("column-repeated", Severity.WARNING, message, where, Message("Gardez une seule des deux."), (first,))


def _unknown(key: str, where: Location, keys: Keys) -> Finding | None:
    """Tell a heading that is a key mistyped, or resembles one; None for a column of the service's own."""
    near = nearest(without_numbers(key), keys.names())
    # A dotted name is a key, mistyped; a word that resembles one may head any column.
    is_key = "." in key and " " not in key and (near is not None or key.split(".", maxsplit=1)[0] in keys.names())
    if is_key and near is None:
        message = Message("Cet en-tête n'est pas une clé connue : aucune ligne n'est lue.")
        return Finding("unknown-column", Severity.ERROR, message, where)
    # A heading is quoted only when it is all but a key: any other may be the name of a person.
    advice = None if near is None else Message("Vouliez-vous dire « {near} » ?", {"near": column_of(near)})
    if is_key:
        message = Message("« {key} » n'est pas une clé connue : aucune ligne n'est lue.", {"key": key[:80]})
        return Finding("unknown-column", Severity.ERROR, message, where, advice)
    if near is None or not keys.is_known(near):
        return None
    message = Message("Cette colonne n'est pas une donnée {what} : elle n'est pas lue.", {"what": _of(keys)})
    return Finding("column-not-read", Severity.WARNING, message, where, advice)


def _not_read(columns: Sequence[int], one: str, many: str, where: Location, what: str = "") -> Finding:
    """Name columns that are not read, once for all, by their letters: a heading may be the name of a person."""
    names = named([column_name(column) for column in columns], MOST_NAMED)
    said = {"count": len(columns), "names": names, "what": what}
    return Finding("column-not-read", Severity.WARNING, Message(one if len(columns) == 1 else many, said), where)


def _of(keys: Keys) -> str:
    return f"d'{keys.what}" if keys.what[0] in "aeiou" else f"de {keys.what}"


def _said_of_headless(table: Table, rows: Mapping[int, Line]) -> Iterator[Finding]:
    """Tell each column that holds something under no heading, once."""
    first: dict[int, int] = {}
    for number in sorted(rows):
        for column in rows[number]:
            if column not in table.columns and (table.width is None or column <= table.width):
                first.setdefault(column, number)
    if first:
        column = min(first)
        one = "La colonne {names}, sans titre, n'est pas lue."
        many = "{count} colonnes sans titre ne sont pas lues : {names}."
        yield _not_read(sorted(first), one, many, table.where(Spot(first[column], column)))


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

"""A grid that `ami jury prepare` makes for one assessor, filled → one document a candidature.

Hidden columns say, line by line, which candidature (`reference`), who (`assesseur`) and what (`cle`: `avis.projet`, or
`conflit` for standing aside) the two answers of the line are about: `reponse`, and its `motif`. A grid that was sorted,
cut, or saved as CSV is read the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from ami_scoring.domain.primitives import fold
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.files.document import Data, DataPath, Document, Questionnaire, refusal
from ami_scoring.sources.files.document import fold as fold_key
from ami_scoring.sources.spreadsheets.answers import Answer, is_usable, wrong_with
from ami_scoring.sources.spreadsheets.cells import Cell, Spot
from ami_scoring.sources.spreadsheets.headings import HEADER_ROWS, is_of_version, told_by
from ami_scoring.sources.spreadsheets.opening import rows_of
from ami_scoring.sources.spreadsheets.workbooks import Sheet

MARK: Final = "ami-grille"
VERSION: Final = "1"
REFERENCE, ASSESSOR, KEY, ANSWER, REASON = "reference", "assesseur", "cle", "reponse", "motif"
HEADINGS: Final = frozenset({REFERENCE, ASSESSOR, KEY, ANSWER, REASON})
ASIDE: Final = "conflit"
OPINION: Final = "avis."
_MOST_TOLD: Final = 20

Columns = Mapping[str, int]
Row = Mapping[int, Cell]


@dataclass(slots=True)
class _Dossier:
    """What the lines of one candidature hold."""

    start: Spot
    data: dict[str, Data] = field(default_factory=dict)
    places: dict[DataPath, Answer] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    answered: bool = False


def is_grid(sheet: Sheet) -> bool:
    """Say whether a sheet, or a CSV seen as one, has the headings of a grid."""
    return _headings(sheet) is not None


def read_grid(sheet: Sheet) -> tuple[list[Document], list[Finding]]:
    """Read a grid. A candidature about which nothing is answered is no opinion yet; a grid without any says so."""
    found = _headings(sheet)
    if found is None:
        return [], []
    header, columns = found
    marks = {spot: cell.text for spot, cell in sheet.grid.cells.items() if spot.row == 1 and cell.text.startswith(MARK)}
    for spot, mark in marks.items():
        if not is_of_version(mark, f"{MARK} {VERSION}"):
            message = Message("Cette grille vient d'une autre version de l'outil, qui n'est pas lue ici.")
            advice = Message("Recopiez les avis dans une grille que fait « ami jury prepare ».")
            return [], [refusal("form-version", sheet.at(spot), message, advice)]
    asked = _asked(marks.values())
    dossiers: dict[tuple[str, str], _Dossier] = {}
    astray: list[Finding] = []
    for number, row in rows_of(sheet):
        if number <= header:
            continue
        if columns[KEY] in row:
            _take(sheet, number, row, columns, dossiers)
        elif dossiers and not row.keys().isdisjoint({columns[ANSWER], columns[REASON]}):
            astray.append(_line_lost(sheet.at(Spot(number, columns[ANSWER]))))
    documents = [_document(sheet, dossier, asked) for dossier in dossiers.values() if dossier.answered]
    if not documents and not astray:
        message = Message("Cette grille est vide : aucun avis n'y est donné.")
        astray.append(Finding("empty-form", Severity.WARNING, message, sheet.whole))
    return documents, astray[:_MOST_TOLD]


def _headings(sheet: Sheet) -> tuple[int, Columns] | None:
    for place, (number, row) in enumerate(rows_of(sheet)):
        if place == HEADER_ROWS:
            return None
        columns = {fold(cell.text): column for column, cell in row.items()}
        if columns.keys() >= HEADINGS:
            return number, {name: columns[name] for name in HEADINGS}
    return None


def _asked(marks: Iterable[str]) -> Questionnaire:
    told = dict(told_by(marks))
    return Questionnaire(told.get("appel"), told.get("édition"), told.get("échelles", ""))


def _take(sheet: Sheet, number: int, row: Row, columns: Columns, dossiers: dict[tuple[str, str], _Dossier]) -> None:
    reference, assessor = (row[columns[name]].text if columns[name] in row else "" for name in (REFERENCE, ASSESSOR))
    dossier = dossiers.get((reference, assessor))
    if dossier is None:
        dossier = dossiers[reference, assessor] = _Dossier(Spot(number, columns[ANSWER]))
        for name in (REFERENCE, ASSESSOR):
            _put(dossier, (name,), _answer(sheet, number, row, columns[name], name))
        dossier.answered = False
    key = row[columns[KEY]].text.strip()
    given, reason = (_answer(sheet, number, row, columns[name], name) for name in (ANSWER, REASON))
    if key == ASIDE:
        _put(dossier, (ASIDE,), given)
        _put(dossier, (f"motif_{ASIDE}",), reason)
    elif key.startswith(OPINION):
        subject = key.removeprefix(OPINION)
        dossier.places.setdefault(("avis", fold_key(subject)), given)
        _put(dossier, ("avis", subject, "note"), given)
        _put(dossier, ("avis", subject, "motif"), reason)
    elif given.cell is not None or reason.cell is not None:
        dossier.findings.append(_line_lost(given.where))
        dossier.answered = True


def _answer(sheet: Sheet, number: int, row: Row, column: int, key: str) -> Answer:
    return Answer(key, row.get(column), Spot(number, column), sheet.at)


def _put(dossier: _Dossier, path: tuple[str, ...], answer: Answer) -> None:
    """Put an answer in the data of its candidature, unless it is blank; two that differ are refused."""
    folded = tuple(fold_key(part) for part in path)
    if answer.cell is None:
        dossier.places.setdefault(folded, answer)
        return
    dossier.answered = True
    dossier.findings.extend(wrong_with(answer))
    if not is_usable(answer.cell):
        dossier.places.setdefault(folded, answer)
        return
    block = dossier.data
    for part in path[:-1]:
        below = block.setdefault(part, {})
        block = below if isinstance(below, dict) else block
    known = block.setdefault(path[-1], answer.cell.text)
    if known != answer.cell.text:
        message = Message("Cette ligne répond deux fois à la même question, autrement.")
        advice = Message("Gardez une seule des deux.")
        first = dossier.places[folded].where
        dossier.findings.append(Finding("duplicate-key", Severity.ERROR, message, answer.where, advice, (first,)))
        return
    dossier.places[folded] = answer


def _document(sheet: Sheet, dossier: _Dossier, asked: Questionnaire) -> Document:
    start = sheet.at(dossier.start)

    def locate(path: DataPath, /, *, key: bool = False) -> Location:  # noqa: ARG001 - a cell is both
        folded = tuple(fold_key(part) if isinstance(part, str) else part for part in path)
        for length in range(len(folded), 0, -1):
            if (found := dossier.places.get(folded[:length])) is not None:
                return found.where
        return start

    line = start.line or 1
    return Document(dossier.data, start.path, line, locate, tuple(dossier.findings), asked)


def _line_lost(where: Location) -> Finding:
    message = Message("Cette ligne a perdu la clé masquée qui dit de quel avis elle est : elle ne peut pas être lue.")
    advice = Message("Recopiez ces réponses dans la grille telle que « ami jury prepare » l'a faite.")
    return Finding("grid-line-lost", Severity.ERROR, message, where, advice)

"""The opinions of experts that an export holds → assessors' marks, where the mapping says how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ami_scoring.domain.correspondence import MappedMark, MappedOpinions
from ami_scoring.domain.primitives import fold
from ami_scoring.findings import Finding, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.files.document import Document, Questionnaire
from ami_scoring.sources.mappings.answering import answers_of
from ami_scoring.sources.mappings.columns import MappingFile, Search, absent_sheet
from ami_scoring.sources.mappings.reading import kept_rows, opened
from ami_scoring.sources.mappings.sheets import Exported, Headed, Row, headed, named
from ami_scoring.sources.spreadsheets.answers import Answer, assemble
from ami_scoring.sources.spreadsheets.cells import Cell, Spot

Batch = tuple[list[Document], list[Finding]]
_PLACE: Final = ("opinions",)
_MARK: Final = re.compile(r"\s*(?P<mark>[+-]?\d+(?:[.,]\d+)?)(?:\s*/\s*(?P<out_of>\d+))?(?![\d.,/]*\d)\s*[:;,.–—-]*\s*")


@dataclass(slots=True)
class _Seats:
    """The opinions of one assessor on one dossier, and what is left out of the sheet."""

    sheet: Headed
    told: MappedOpinions
    columns: Mapping[str, int]
    answers: dict[tuple[str, str], list[list[Answer]]] = field(default_factory=dict)
    unanswered: int = 0
    elsewhere: int = 0


def read_opinions(data: bytes, path: Path, mapping: MappingFile) -> Batch:
    """Read the opinions of an export as its mapping says; nothing where it says nothing of them, or is not confirmed.

    What is wrong with the export itself is told by whoever reads its candidatures.
    """
    told = mapping.correspondence.opinions
    main = opened(data, path, mapping) if told is not None and told.confirmed else None
    if told is None or main is None:
        return [], []
    exported, sheet = main
    seats = _seats(told, exported, mapping)
    if not isinstance(seats, _Seats):
        return [], list(seats)
    references, wrong = _references(sheet, told, mapping)
    if wrong:
        return [], wrong
    for number, row in seats.sheet.below():
        _take(number, row, seats, references)
    documents = [
        assemble(answers, seats.sheet.raw.where(answers[0].spot), Questionnaire(), ())
        for several in seats.answers.values()
        for answers in several
    ]
    return documents, list(_said(seats))


def _seats(told: MappedOpinions, exported: Exported, mapping: MappingFile) -> _Seats | Sequence[Finding]:
    raw = named(exported.sheets, told.sheet)
    if raw is None:
        names = [each.name for each in exported.sheets if each.name]
        return [absent_sheet(told.sheet, names, mapping, (*_PLACE, "sheet"), exported.sheets[0].whole)]
    titles = _titles(told)
    sheet = headed(raw, set(titles.values()))
    if sheet is None:
        return [absent_sheet(told.dossier, [], mapping, (*_PLACE, "dossier"), raw.whole)]
    search = Search(sheet, mapping)
    found = {title: search.titled(title, path) for path, title in titles.items()}
    if search.findings:
        return search.findings
    return _Seats(sheet, told, {title: column for title, column in found.items() if column is not None})


def _titles(told: MappedOpinions) -> dict[tuple[str | int, ...], str]:
    titles: dict[tuple[str | int, ...], str] = {
        (*_PLACE, "dossier"): told.dossier,
        (*_PLACE, "assessor"): told.assessor,
    }
    for at, mark in enumerate(told.marks):
        for name, title in (("column", mark.column), ("asked_in", mark.asked_in), ("reason", mark.reason)):
            if title is not None:
                titles[(*_PLACE, "marks", at, name)] = title
    return titles


def _references(sheet: Headed, told: MappedOpinions, mapping: MappingFile) -> tuple[dict[str, str], list[Finding]]:
    """Find the reference of each dossier that is kept, by what the sheet of opinions calls it."""
    search = Search(sheet, mapping)
    column = search.titled(told.matches, (*_PLACE, "matches"))
    answers = enumerate(mapping.correspondence.answers)
    at, answer = next((at, each) for at, each in answers if each.key == "reference" and each.confirmed)
    found = search.answer(answer, ("answers", at))
    if column is None or found is None:
        return {}, search.findings
    references: dict[str, str] = {}
    for number, row in kept_rows(sheet, mapping):
        cell = row.get(column)
        said = next(answers_of(found, number, row, sheet.raw.where, "reference", lambda *_: None)).cell
        if cell is not None and said is not None:
            references.setdefault(cell.text.strip(), said.text)
    return references, []


def _take(number: int, row: Row, seats: _Seats, references: Mapping[str, str]) -> None:
    columns, where = seats.columns, seats.sheet.raw.where
    dossier, assessor = (row.get(columns[title]) for title in (seats.told.dossier, seats.told.assessor))
    reference = references.get("" if dossier is None else dossier.text.strip())
    if reference is None:
        seats.elsewhere += 1
        return
    name = "" if assessor is None else assessor.text.strip()
    head = [
        Answer("reference", Cell(reference), Spot(number, columns[seats.told.dossier]), where),
        Answer("assesseur", assessor, Spot(number, columns[seats.told.assessor]), where),
    ]
    for mark in seats.told.marks:
        if not _is_asked(mark, row, columns):
            continue
        if row.get(columns[mark.column]) is None:
            seats.unanswered += 1
            continue
        given = list(_opinion(mark, number, row, seats))
        several = seats.answers.setdefault((reference, fold(name)), [])
        free = next((each for each in several if all(answer.key != given[0].key for answer in each)), None)
        if free is None:
            several.append([*head, *given])
        else:
            free.extend(given)


def _is_asked(mark: MappedMark, row: Row, columns: Mapping[str, int]) -> bool:
    if mark.asked is None or mark.asked_in is None:
        return True
    cell = row.get(columns[mark.asked_in])
    return cell is not None and fold(cell.text) in {fold(each) for each in mark.asked}


def _opinion(mark: MappedMark, number: int, row: Row, seats: _Seats) -> Iterator[Answer]:
    where, column = seats.sheet.raw.where, seats.columns[mark.column]
    said, reason = _split(mark, row[column].text)
    spot = Spot(number, column)
    yield Answer(f"avis.{mark.subject}.note", Cell(said), spot, where)
    if mark.reason is not None:
        spot = Spot(number, seats.columns[mark.reason])
        yield Answer(f"avis.{mark.subject}.motif", row.get(spot.column), spot, where)
    else:
        yield Answer(f"avis.{mark.subject}.motif", Cell(reason) if reason else None, spot, where)


def _split(mark: MappedMark, text: str) -> tuple[str, str]:
    """Part the mark of an answer from its reason; what has no mark is left whole, for the strict door to refuse."""
    for word, value in mark.values.items():
        if fold(text) == fold(word):
            return value, ""
    found = _MARK.match(text)
    if found is None or (found["out_of"] is not None and int(found["out_of"]) != mark.out_of):
        return text, ""
    return found["mark"], text[found.end() :].strip()


def _said(seats: _Seats) -> Iterator[Finding]:
    parts = [
        (seats.unanswered, "demandés et non rendus"),
        (seats.elsewhere, "sur des dossiers qui ne sont pas lus"),
    ]
    told = [f"{count} {what}" for count, what in parts if count]
    if told:
        message = Message("Avis laissés de côté : {told}.", {"told": ", ".join(told)})
        yield Finding("mapping-opinions-left-out", Severity.NOTE, message, seats.sheet.raw.whole)

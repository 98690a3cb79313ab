"""An export and its mapping → one document a candidature, each answer at its cell and under its wording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from ami_scoring.domain.primitives import fold
from ami_scoring.findings import Finding, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.files.document import Document, Questionnaire
from ami_scoring.sources.mappings.answering import CountMissing, answers_of, asking, held_for_missing, is_as_written
from ami_scoring.sources.mappings.blocks import BlockRows, open_block
from ami_scoring.sources.mappings.columns import (
    Found,
    MappingFile,
    Search,
    absent_sheet,
    untold,
    wanted_titles,
)
from ami_scoring.sources.mappings.evidence import NUMBERS
from ami_scoring.sources.mappings.quick import Quick
from ami_scoring.sources.mappings.sheets import Exported, Headed, Row, headed, named, open_export
from ami_scoring.sources.spreadsheets.answers import Answer, assemble
from ami_scoring.sources.spreadsheets.cells import Spot
from ami_scoring.sources.spreadsheets.headings import find_headings
from ami_scoring.sources.spreadsheets.keys import CANDIDATURES, without_numbers
from ami_scoring.sources.spreadsheets.neighbours import decide_by_column
from ami_scoring.sources.spreadsheets.templates import Later

Batch = tuple[list[Document], list[Finding]]
"""Some candidatures; their findings come in the last one, which has none of them."""
MOST_TOLD: Final = 8
MOST_SHOWN: Final = 60
ENOUGH: Final = 2
"""Headings of a mapping without which a file is not the export that it speaks of."""


def read_export(data: bytes, path: Path, mapping: MappingFile) -> Iterator[Batch] | None:
    """Read the candidatures of an export as its mapping says; None where the file has no heading of that mapping.

    With a mistake in the mapping, nothing is read: every candidature would lack an answer.
    """
    exported = open_export(data, path)
    if not exported.sheets:
        return iter([([], exported.findings)]) if exported.findings else None
    sheet = _main_sheet(exported, mapping)
    if isinstance(sheet, Finding):
        return iter([([], [*exported.findings, sheet])])
    if sheet is None:
        return None
    reader = _Reader(sheet, mapping, exported)
    if any(finding.severity is Severity.ERROR for finding in reader.findings):
        return iter([([], [*exported.findings, *reader.findings])])
    return _batches(reader, exported)


def opened(data: bytes, path: Path, mapping: MappingFile) -> tuple[Exported, Headed] | None:
    """Open an export and find its main sheet; None where it has none of that mapping."""
    exported = open_export(data, path)
    sheet = _main_sheet(exported, mapping) if exported.sheets else None
    return (exported, sheet) if isinstance(sheet, Headed) else None


def kept_rows(sheet: Headed, mapping: MappingFile) -> Iterator[tuple[int, Row]]:
    """Give the rows of an export that are candidatures."""
    reader = _Reader(sheet, mapping, Exported([sheet.raw]))
    return (each for each in sheet.below() if reader.is_kept(each[1]))


def _batches(reader: _Reader, exported: Exported) -> Iterator[Batch]:
    count = 0
    for count, document in enumerate(reader.documents(), start=1):  # noqa: B007 - counted
        yield [document], []
    yield [], [*exported.findings, *reader.findings, *reader.said_at_the_end(count)]


def _main_sheet(exported: Exported, mapping: MappingFile) -> Headed | Finding | None:
    told = mapping.correspondence.export
    wanted = wanted_titles(mapping.correspondence)
    sheets = exported.sheets
    if told.sheet is not None and sheets[0].name:
        raw = named(sheets, told.sheet)
        if raw is None:
            bearing = [each for each in sheets if (seen := headed(each, wanted)) and _hits(seen, wanted) >= ENOUGH]
            if not bearing:
                return None
            names = [each.name for each in sheets]
            return absent_sheet(told.sheet, names, mapping, ("export", "sheet"), sheets[0].whole)
        sheets = [raw]
    found = [each for each in (headed(raw, wanted, told.headings) for raw in sheets) if each is not None]
    best = max(found, key=lambda each: _hits(each, wanted), default=None)
    if best is None or _hits(best, wanted) < min(ENOUGH, len(wanted)):
        return None
    return None if _hits(best, wanted) * 2 < len(wanted) and _is_a_table_of_ours(best) else best


def _is_a_table_of_ours(sheet: Headed) -> bool:
    """See the keys of a candidature above headings that a mapping may name too: our tables have both."""
    above = {number: row for number, row in sheet.raw.rows.items() if number <= sheet.row}
    return find_headings(above, CANDIDATURES) is not None


def _hits(sheet: Headed, wanted: set[str]) -> int:
    return len({fold(title) for title in wanted} & {fold(title) for title in sheet.titles.values()})


@dataclass(slots=True)
class _Counts:
    """What is told at the end of an export: rows left out by value, and answers held for missing by column."""

    left_out: dict[int, Counter[str]] = field(default_factory=dict)
    missing: dict[int, Counter[str]] = field(default_factory=dict)


def _may_be_a_number(key: str) -> bool:
    return key.startswith("complements.") or without_numbers(key) in NUMBERS


def _count_nothing(_: Found, __: str) -> None:
    """Count nothing: the places of a row are looked for, and its answers were counted."""


class _Reader:
    """One export in the light of one mapping: its columns found once, then each of its rows."""

    def __init__(self, sheet: Headed, mapping: MappingFile, exported: Exported) -> None:
        search = Search(sheet, mapping)
        told = mapping.correspondence
        self.sheet, self.mapping, self.told = sheet, mapping, told
        self.counts = _Counts()
        self.notes: list[Finding] = []
        self.filters = [(row, search.column(row, ("rows", at))) for at, row in enumerate(told.rows)]
        found = [search.answer(answer, ("answers", at)) for at, answer in enumerate(told.answers) if answer.confirmed]
        self.found = [(each, asking(sheet.raw.where, each)) for each in found if each is not None]
        self.blocks: list[tuple[BlockRows, int]] = []
        for at, block in enumerate(told.blocks):
            if block.confirmed:
                key = search.titled(block.matches, ("blocks", at, "matches"))
                rows = open_block(block, at, exported, mapping)
                if isinstance(rows, BlockRows) and key is not None:
                    self.blocks.append((rows, key))
                elif not isinstance(rows, BlockRows):
                    search.findings.extend(rows)
        self.findings = search.findings
        self.quick = Quick.of([each for each, _ in self.found], self.blocks)

    def documents(self) -> Iterator[Document]:
        """Read each row that is kept, in order."""
        places = {column for each, _ in self.found for column in each.columns}
        below = (
            (number, row) for number, row in self.sheet.below() if any(row.held(place) is not None for place in places)
        )
        kept = {number: row for number, row in below if self.is_kept(row)}
        numbers = [each for each, _ in self.found if _may_be_a_number(each.answer.key) and is_as_written(each)]
        plain = {each.columns[0]: each.answer.key for each in numbers}
        decided, self.notes = decide_by_column(kept, plain, self.sheet.raw.where)
        for number, row in kept.items():
            yield self._document(number, decided.get(number, row))

    def _document(self, number: int, row: Row) -> Document:
        """Read a row at one go or, where something must be told of it, answer by answer."""
        filled = None if self.quick is None else self.quick.fill(row)
        if filled is None:
            return self._assembled(number, row, self._count_missing)
        for who, text in filled.missing:
            self.counts.missing.setdefault(id(who), Counter())[text] += 1
        later = Later(partial(self._assembled, number, row, _count_nothing), lambda _: None)
        raw = self.sheet.raw
        return Document(filled.data, raw.whole.path, raw.line_of(number), later, asked=Questionnaire())

    def _assembled(self, number: int, row: Row, count_missing: CountMissing) -> Document:
        start = self.sheet.raw.where(Spot(number, 1))
        return assemble(self._answers(number, row, count_missing), start, Questionnaire())

    def is_kept(self, row: Row) -> bool:
        """Say whether a row is a candidature; what is left out is counted."""
        for at, (told, column) in enumerate(self.filters):
            cell = row.get(column or 0)
            word = fold(cell.text) if cell is not None else ""
            words = {fold(each) for each in (told.keep or told.leave_out or ())}
            if (word in words) is (told.keep is None):
                self.counts.left_out.setdefault(at, Counter())[cell.text if cell is not None else ""] += 1
                return False
        return True

    def _answers(self, number: int, row: Row, count_missing: CountMissing) -> Iterator[Answer]:
        for found, where in self.found:
            yield from answers_of(found, number, row, where, found.answer.key, count_missing)
        for block, key in self.blocks:
            cell = row.get(key)
            yield from block.answers("" if cell is None else cell.text, count_missing)

    def _count_missing(self, found: Found, text: str) -> None:
        self.counts.missing.setdefault(id(found), Counter())[text] += 1

    def said_at_the_end(self, kept: int) -> Iterator[Finding]:
        """Tell what was left out, what was held for missing, what nobody confirmed and what is new in the export."""
        yield from self._said_of_rows(kept)
        yield from self.notes
        for found, _ in self.found:
            if (counter := self.counts.missing.get(id(found))) is not None:
                yield held_for_missing(found, counter, self.sheet)
        for block, _ in self.blocks:
            for found in block.found:
                if (counter := self.counts.missing.get(id(found))) is not None:
                    yield held_for_missing(found, counter, block.sheet)
            yield from block.said_at_the_end()
        yield from self._said_of_columns()

    def _said_of_rows(self, kept: int) -> Iterator[Finding]:
        for at, counter in sorted(self.counts.left_out.items()):
            told, column = self.filters[at]
            where = self.sheet.raw.where(Spot(self.sheet.row, column or 1))
            # The words of a state are few and short: anything else may be what somebody wrote, and is only counted.
            is_state = len(counter) <= MOST_TOLD and all(len(word) <= MOST_SHOWN for word in counter)
            parts = [f"{word or 'case vide'} ({count})" for word, count in sorted(counter.items())]
            said = {"count": counter.total(), "title": told.column or self.sheet.titles.get(column or 0, "")}
            message = Message(
                "Dossiers laissés de côté : {count}, d'après « {title} »{parts}.",
                {**said, "parts": f" : {', '.join(parts)}" if is_state else ""},
            )
            yield Finding("mapping-rows-left-out", Severity.NOTE, message, where)
        if not kept:
            message = Message("Aucune ligne de cet export n'est gardée.")
            where = self.sheet.raw.where(Spot(self.sheet.row, min(self.sheet.titles)))
            yield Finding("empty-table", Severity.WARNING, message, where)

    def _said_of_columns(self) -> Iterator[Finding]:
        columns = list(untold(self.sheet, self.told))
        if columns:
            titles = [f"« {title[:MOST_SHOWN]} »" for _, title in columns[:MOST_TOLD]]
            more = f" et {len(columns) - MOST_TOLD} autres" if len(columns) > MOST_TOLD else ""
            message = Message(
                "La correspondance ne dit rien de ces colonnes : {titles}{more}.", {"titles": titles, "more": more}
            )
            advice = Message("Lisez-les par une ligne de « answers », ou nommez-les sous « unused ».")
            where = self.sheet.raw.where(Spot(self.sheet.row, columns[0][0]))
            yield Finding("mapping-column-untold", Severity.WARNING, message, where, advice)

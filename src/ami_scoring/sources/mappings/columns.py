"""Where the columns that a mapping names stand in an export, or why they cannot be found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ami_scoring.domain.correspondence import Column, Correspondence, MappedAnswer
from ami_scoring.domain.entries import Origin
from ami_scoring.domain.primitives import fold
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.files.document import DataPath, Document
from ami_scoring.sources.mappings.sheets import Headed
from ami_scoring.sources.spreadsheets.cells import Spot, column_name
from ami_scoring.sources.text.suggestions import nearest


class MappingFile(NamedTuple):
    """A mapping as read, with its places and its fingerprint."""

    correspondence: Correspondence
    document: Document
    origin: Origin


class Found(NamedTuple):
    """The columns of one answer, in the order that its line names them; the choices where each column is one."""

    answer: MappedAnswer
    columns: tuple[int, ...]
    question: str
    """Its wording in the export, which findings name."""
    choices: tuple[str, ...] = ()
    said: Location | None = None
    """Where the mapping gives the answer itself, the same for all."""


class Search:
    """Looks for columns under the headings of one sheet, and keeps a finding for each that it cannot find."""

    def __init__(self, sheet: Headed, mapping: MappingFile) -> None:
        """Look in a sheet, for what a mapping names."""
        self.sheet = sheet
        self.mapping = mapping
        self.findings: list[Finding] = []

    def answer(self, answer: MappedAnswer, path: DataPath) -> Found | None:
        """Find the columns of an answer; None, with a finding, where one is not there. `path` is where it is said."""
        if answer.constant is not None:
            return Found(answer, (), answer.key, said=self.mapping.document.locate((*path, "constant")))
        if answer.choices is not None:
            found = [self.titled(title, (*path, "choices", choice)) for choice, title in answer.choices.items()]
            kept = tuple(column for column in found if column is not None)
            titles = " ; ".join(answer.choices.values())
            return Found(answer, kept, titles, tuple(answer.choices)) if len(kept) == len(found) else None
        if answer.joined is not None:
            found = [self.titled(title, (*path, "joined", at)) for at, title in enumerate(answer.joined)]
            kept = tuple(column for column in found if column is not None)
            return Found(answer, kept, " + ".join(answer.joined)) if len(kept) == len(found) else None
        column = self.column(answer, path)
        return None if column is None else Found(answer, (column,), self.sheet.titles.get(column, answer.key))

    def column(self, named: Column, path: DataPath) -> int | None:
        """Find a column by its heading, by its place, or by both; None, with a finding, where it is not there."""
        if named.position is None:
            return self.titled(named.column or "", (*path, "column"))
        title = self.sheet.titles.get(named.position)
        if named.column is not None and (title is None or fold(title) != fold(named.column)):
            elsewhere = [column_name(column) for column in self.sheet.columns_of(named.column)]
            message = Message(
                "La colonne {place} n'a pas l'intitulé « {title} ».",
                {"place": column_name(named.position), "title": named.column},
            )
            advice = (
                Message("Cet intitulé est à la place {places}.", {"places": elsewhere})
                if elsewhere
                else Message("L'export a changé : refaites la correspondance avec « ami import ».")
            )
            self._refuse("mapping-column-moved", message, (*path, "position"), advice)
            return None
        return named.position

    def titled(self, title: str, path: DataPath) -> int | None:
        """Find the one column that bears a heading."""
        columns = self.sheet.columns_of(title)
        if len(columns) == 1:
            return columns[0]
        if columns:
            message = Message(
                "{count} colonnes ont l'intitulé « {title} » : {places}.",
                {"count": len(columns), "title": title, "places": [column_name(column) for column in columns]},
            )
            advice = Message("Ajoutez « position » pour dire laquelle.")
            self._refuse("mapping-column-twice", message, path, advice)
            return None
        near = nearest(title, self.sheet.titles.values())
        message = Message("Aucune colonne de l'export n'a l'intitulé « {title} ».", {"title": title})
        meant = Message("Vouliez-vous dire « {near} » ?", {"near": near}) if near else None
        self._refuse("mapping-column-absent", message, path, meant)
        return None

    def _refuse(self, code: str, message: Message, path: DataPath, advice: Message | None) -> None:
        heading = self.sheet.raw.where(Spot(self.sheet.row, min(self.sheet.titles, default=1)))
        where = self.mapping.document.locate(path)
        self.findings.append(Finding(code, Severity.ERROR, message, where, advice, (heading,)))


def wanted_titles(correspondence: Correspondence) -> set[str]:
    """List the headings of the main sheet that a mapping names."""
    titles = {row.column for row in correspondence.rows} | {block.matches for block in correspondence.applied_blocks}
    for answer in correspondence.answers:
        titles |= {answer.column, *(answer.joined or ()), *(answer.choices or {}).values()}
    return {title for title in (*titles, *correspondence.unused) if title is not None}


def untold(sheet: Headed, correspondence: Correspondence) -> Iterator[tuple[int, str]]:
    """Give the columns that the mapping does not speak of: questions that came since it was voted."""
    known = {fold(title) for title in wanted_titles(correspondence)}
    placed = {answer.position for answer in correspondence.answers} | {row.position for row in correspondence.rows}
    for column, title in sheet.titles.items():
        if fold(title) not in known and column not in placed:
            yield column, title


def absent_sheet(name: str, sheets: Sequence[str], mapping: MappingFile, path: DataPath, whole: Location) -> Finding:
    """Build the finding of a sheet that the export does not have."""
    near = nearest(name, sheets)
    message = Message("L'export n'a pas de feuille « {name} ».", {"name": name})
    listed = Message("Ses feuilles : {sheets}.", {"sheets": list(sheets)}) if sheets else None
    advice = Message("Vouliez-vous dire « {near} » ?", {"near": near}) if near else listed
    return Finding("mapping-sheet-absent", Severity.ERROR, message, mapping.document.locate(path), advice, (whole,))

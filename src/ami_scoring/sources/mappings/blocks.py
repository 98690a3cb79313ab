"""Repeated blocks: sheets with one row an element, which name the dossier that each element belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ami_scoring.domain.correspondence import Block
from ami_scoring.findings import Finding, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.mappings.answering import CountMissing, answers_of, asking
from ami_scoring.sources.mappings.columns import Found, MappingFile, Search, absent_sheet
from ami_scoring.sources.mappings.sheets import Exported, Headed, Row, headed, named
from ami_scoring.sources.spreadsheets.answers import Answer
from ami_scoring.sources.spreadsheets.cells import Cell, Spot, WhereIs


@dataclass(slots=True)
class BlockRows:
    """The rows of a block, by the dossier that they name."""

    block: Block
    sheet: Headed
    found: list[Found]
    places: list[WhereIs]
    rows: dict[str, list[tuple[int, Row]]] = field(default_factory=dict)
    orphans: list[int] = field(default_factory=list)
    """Rows that name no dossier at all."""

    def answers(self, dossier: str, count_missing: CountMissing) -> Iterator[Answer]:
        """Give the answers of each element that belongs to a dossier, numbered in their order."""
        for place, (number, row) in enumerate(self.rows.get(dossier.strip(), ()), start=1):
            stem = f"{self.block.list_}.{place}"
            for found, where in zip(self.found, self.places, strict=True):
                yield from answers_of(found, number, row, where, f"{stem}.{found.answer.key}", count_missing)
            if self.block.first_is_main and place == 1:
                yield Answer(f"{stem}.principale", Cell("oui"), Spot(number, 1), self.sheet.raw.where)

    def said_at_the_end(self) -> Iterator[Finding]:
        """Tell the rows that name no dossier: they are nobody's."""
        if self.orphans:
            message = Message(
                "Lignes sans numéro de dossier : {count}. Elles ne sont pas lues.", {"count": len(self.orphans)}
            )
            where = self.sheet.raw.where(Spot(self.orphans[0], 1))
            yield Finding("mapping-row-without-dossier", Severity.WARNING, message, where)


def open_block(block: Block, at: int, exported: Exported, mapping: MappingFile) -> BlockRows | Sequence[Finding]:
    """Find the sheet of a block, its columns and its rows; findings where the mapping names what is not there."""
    names = [raw.name for raw in exported.sheets if raw.name]
    raw = named(exported.sheets, block.sheet)
    if raw is None:
        return [absent_sheet(block.sheet, names, mapping, ("blocks", at, "sheet"), exported.sheets[0].whole)]
    wanted = {block.dossier, *(answer.column or "" for answer in block.answers)}
    sheet = headed(raw, wanted)
    if sheet is None:
        return [absent_sheet(block.dossier, [], mapping, ("blocks", at, "dossier"), raw.whole)]
    if raw.tells_blanks and len(raw.rows) == 1:
        # Nobody filled this block: its questions are nowhere in the answer.
        return BlockRows(block, sheet, [], [])
    search = Search(sheet, mapping)
    key = search.titled(block.dossier, ("blocks", at, "dossier"))
    applied = [(place, answer) for place, answer in enumerate(block.answers) if answer.confirmed]
    found = [search.answer(answer, ("blocks", at, "answers", place)) for place, answer in applied]
    if search.findings or key is None:
        return search.findings
    kept = [each for each in found if each is not None]
    made = BlockRows(block, sheet, kept, [asking(raw.where, each) for each in kept])
    for number, row in sheet.below():
        if (cell := row.get(key)) is not None:
            made.rows.setdefault(cell.text.strip(), []).append((number, row))
        else:
            made.orphans.append(number)
    return made

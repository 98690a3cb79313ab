"""A sheet filled by an applicant in the form that `ami template` makes → one document, and whatever stands astray.

The hidden column A says, line by line, which cell answers which key and which cells are ours, each with a check sum
of what we wrote there: labels may be reworded by a later version, and an answer typed beside its cell is seen.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ami_scoring.findings import Finding, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.files.document import Document, Questionnaire, refusal
from ami_scoring.sources.spreadsheets.answers import Answer, about, assemble
from ami_scoring.sources.spreadsheets.cells import Cell, Content, Spot, parse_column
from ami_scoring.sources.spreadsheets.workbooks import Sheet

MARK: Final = "ami-formulaire"
VERSION: Final = "1"
TECHNICAL: Final = 1
"""The column that says what stands where."""
MOST_STRAY: Final = 5
"""Stray answers told one by one; of more, only their number is told."""


@dataclass(slots=True)
class _Plan:
    """What the technical column says of a sheet."""

    answers: dict[Spot, str] = field(default_factory=dict)
    ours: dict[Spot, str] = field(default_factory=dict)


def is_form(sheet: Sheet) -> bool:
    """Say whether a sheet bears the mark of our forms, whatever its version."""
    return _mark(sheet).split("\n")[0].split(" ")[0] == MARK


def read_form(sheet: Sheet, number: int = 1) -> tuple[list[Document], list[Finding]]:
    """Read the answers of one form, in the sheet of that number. Findings about them travel with the document."""
    first, *lines = _mark(sheet).split("\n")
    if first != f"{MARK} {VERSION}":
        message = Message("Ce formulaire vient d'une autre version de l'outil, qui n'est pas lue ici.")
        advice = Message("Recopiez les réponses dans un formulaire que fait « ami template ».")
        return [], [refusal("form-version", sheet.at(Spot(1, TECHNICAL)), message, advice)]
    told = dict(line.partition("=")[::2] for line in lines)
    plan = _plan(sheet)
    if not any(spot in sheet.grid.cells for spot in plan.answers):
        return [], [*_stray(sheet, plan), _blank_form(sheet)]
    answers = [Answer(key, sheet.grid.cells.get(spot), spot, sheet.at) for spot, key in sorted(plan.answers.items())]
    document = assemble(
        answers, sheet.whole._replace(line=number), Questionnaire(told.get("appel"), told.get("édition"))
    )
    beside = (*_hidden(sheet, plan), *_merged(sheet, plan), *_stray(sheet, plan))
    return [document._replace(findings=(*document.findings, *beside))], []


def check_sum(text: str) -> str:
    """Give the check sum of a label, spaces and line breaks apart."""
    return f"{zlib.crc32(' '.join(text.split()).encode()):08x}"


def _mark(sheet: Sheet) -> str:
    cell = sheet.grid.cells.get(Spot(1, TECHNICAL))
    return "" if cell is None else cell.text.replace("\r", "").strip()


def _plan(sheet: Sheet) -> _Plan:
    plan = _Plan()
    for spot, cell in sheet.grid.cells.items():
        if spot.column != TECHNICAL or spot.row == 1:
            continue
        for line in cell.text.split("\n"):
            found = re.fullmatch(r"([A-Z]{1,3})([=~])(\S.*)", line.strip())
            column = parse_column(found[1]) if found else None
            if found is not None and column is not None:
                (plan.answers if found[2] == "=" else plan.ours)[Spot(spot.row, column)] = found[3]
    return plan


def _blank_form(sheet: Sheet) -> Finding:
    message = Message("Ce formulaire est vide : aucune réponse n'y est donnée.")
    return Finding("empty-form", Severity.WARNING, message, sheet.whole)


def _hidden(sheet: Sheet, plan: _Plan) -> Iterator[Finding]:
    if sheet.hidden:
        message = Message("Cette feuille est masquée ; ses réponses sont lues.")
        yield Finding("hidden-answer", Severity.WARNING, message, sheet.whole)
    for spot in sorted(plan.answers):
        if spot in sheet.grid.cells and sheet.grid.is_hidden(spot):
            said = "« {title} » : la réponse est dans une ligne ou une colonne masquée ; elle est lue."
            message = about(plan.answers[spot], said)
            yield Finding("hidden-answer", Severity.WARNING, message, sheet.at(spot))


def _merged(sheet: Sheet, plan: _Plan) -> Iterator[Finding]:
    by_row: dict[int, list[Spot]] = {}
    for spot in sorted(plan.answers):
        by_row.setdefault(spot.row, []).append(spot)
    for merged in sheet.grid.merged:
        one_row = merged.first.row == merged.last.row
        for spot in by_row.get(merged.first.row, ()) if one_row else sorted(plan.answers):
            if spot != merged.first and merged.holds(spot):
                message = Message(
                    "Cette cellule de réponse est fusionnée avec {cell} : ce qu'elle contenait a disparu.",
                    {"cell": merged.first.name},
                )
                advice = Message("Défaites la fusion, et redonnez la réponse.")
                yield Finding("merged-answer", Severity.WARNING, message, sheet.at(spot), advice)


def _stray(sheet: Sheet, plan: _Plan) -> Iterator[Finding]:
    """Tell what stands outside the answer cells, without showing it: it may name a person."""
    astray = [spot for spot, cell in sorted(sheet.grid.cells.items()) if _is_stray(spot, cell, plan)]
    for spot in astray[:MOST_STRAY]:
        message = Message("Ce texte est hors des cellules de réponse : il n'est pas lu.")
        advice = Message("Recopiez-le dans la cellule prévue pour la réponse, ou effacez-le.")
        yield Finding("answer-astray", Severity.WARNING, message, sheet.at(spot), advice)
    more = len(astray) - MOST_STRAY
    if more > 0:
        message = Message("{more} autres cellules hors des réponses ne sont pas lues.", {"more": more})
        yield Finding("answer-astray", Severity.WARNING, message, sheet.at(astray[MOST_STRAY]))


def _is_stray(spot: Spot, cell: Cell, plan: _Plan) -> bool:
    if spot.column == TECHNICAL or spot in plan.answers:
        return False
    # A formula of ours keeps its place; whatever its value is at the moment, it answers nothing.
    if plan.ours.get(spot) == "formule":
        return cell.formula is None and cell.content is Content.TYPED
    return plan.ours.get(spot) != check_sum(cell.text)

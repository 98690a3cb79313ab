"""« Notes »: a yellow cell beside each candidature, in the order of references; « Classement » shows it by its side."""

from __future__ import annotations

from typing import Final

from ami_scoring.reports.workbook.banner import colour_statuses, write_head
from ami_scoring.reports.workbook.book import WORKING
from ami_scoring.reports.workbook.cells import cell, of
from ami_scoring.reports.workbook.columns import Value
from ami_scoring.reports.workbook.dossiers import (
    APPLICANT,
    COMMUNE,
    DEPARTMENT,
    FIRST_ROW,
    LABEL,
    NOTE,
    RANK,
    REFERENCE,
    STATUS,
    WHY,
    Dossier,
    dossiers,
)
from ami_scoring.reports.workbook.lines import height
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.working import Working

HEAD_ROW: Final = FIRST_ROW - 1
_HEADINGS: Final = ["Dossier", "Commune", "Dépt", "Porteur", "Rang", "Statut", "Notes", "Liste", "Pourquoi"]
_WIDTHS: Final = (15, 24, 6, 34, 7, 15, 90, 4, 4)
_HELP: Final = (
    "Écrivez dans les cases jaunes : une note reste à son dossier, et « Classement » la montre à côté de lui, "
    "quel que soit l'essai."
)
_PROTECTED: Final = (
    "Les feuilles sont protégées, sans mot de passe, pour qu'aucun calcul ne soit effacé par mégarde : "
    "les cases jaunes se changent. Pour lever la protection : Révision, Ôter la protection de la feuille."
)
_ROOM_FOR_TWO: Final = 32


def write_notes(page: Page, working: Working) -> None:
    """Write the sheet."""
    page.printed(working.book.criteria.call.title, repeat=(HEAD_ROW, HEAD_ROW))
    page.widths(*_WIDTHS)
    for column in (LABEL, WHY):
        page.sheet.set_column(column, column, None, None, {"hidden": True})
    write_head(page, working, "Notes du comité")
    page.put(2, REFERENCE, _HELP, "subtitle")
    page.put(3, REFERENCE, _PROTECTED, "small_plain")
    page.sheet.set_row(HEAD_ROW, 20)
    page.headings(HEAD_ROW, _HEADINGS)
    every = dossiers(working.book)
    for place, one in enumerate(every):
        _write_one(page, working, place, one)
    page.sheet.freeze_panes(FIRST_ROW, REFERENCE + 1)
    last = FIRST_ROW + len(every) - 1
    if every:
        colour_statuses(page, FIRST_ROW, last, STATUS)
        page.sheet.autofilter(HEAD_ROW, REFERENCE, last, NOTE)
        page.sheet.print_area(0, REFERENCE, last, NOTE)


def _write_one(page: Page, working: Working, place: int, one: Dossier) -> None:
    row = FIRST_ROW + place
    for column, text, look in (
        (REFERENCE, one.reference, "strong"),
        (COMMUNE, one.commune, "name"),
        (DEPARTMENT, one.department, "centred"),
        (APPLICANT, one.applicant, "name"),
        (LABEL, one.label, "unseen"),
        (WHY, one.why, "unseen"),
    ):
        page.put(row, column, text, look)
    for column, (formula, value) in zip((RANK, STATUS), _live(working, place, one), strict=True):
        page.formula(row, column, formula, value, "centred")
    page.dress(row, NOTE, "noted")
    page.sheet.put_height(
        row, max(_ROOM_FOR_TWO, height([(one.commune, _WIDTHS[COMMUNE]), (one.applicant, _WIDTHS[APPLICANT])]))
    )


def _live(working: Working, place: int, one: Dossier) -> list[tuple[str, Value]]:
    """Give the rank and the status, which follow a trial, of a candidature that has a row of figures."""
    grid = working.grid
    if place >= grid.rows:
        return [("", "–"), ("", one.status)]
    at = [of(WORKING, cell(grid.first_row + place, grid.place(name))) for name in ("rang", "statut")]
    return [(f"={each}", grid.values(name)[place]) for each, name in zip(at, ("rang", "statut"), strict=True)]

"""« Notes »: a yellow cell beside each candidature, in the order of references; « Classement » shows it by its side."""

from __future__ import annotations

from typing import Final

from ami_scoring.reports.workbook.bands import Band
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
)
from ami_scoring.reports.workbook.lines import height
from ami_scoring.reports.workbook.numbering import rank_column
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
    every = working.dossiers
    band = page.band(FIRST_ROW)
    for place, one in enumerate(every):
        _add_one(band, working, place, one)
    page.sheet.put_band(band, WHY)
    page.sheet.freeze_panes(FIRST_ROW, REFERENCE + 1)
    last = FIRST_ROW + len(every) - 1
    if every:
        colour_statuses(page, FIRST_ROW, last, STATUS)
        page.sheet.autofilter(HEAD_ROW, REFERENCE, last, NOTE)
        page.sheet.print_area(0, REFERENCE, last, NOTE)


def _add_one(band: Band, working: Working, place: int, one: Dossier) -> None:
    (rank, ranked), (status, has_status) = _live(working, place, one)
    cells = (
        band.cell(REFERENCE, one.reference, "strong"),
        band.cell(COMMUNE, one.commune, "name"),
        band.cell(DEPARTMENT, one.department, "centred"),
        band.cell(APPLICANT, one.applicant, "name"),
        band.formula(RANK, rank, ranked, "centred"),
        band.formula(STATUS, status, has_status, "centred"),
        band.cell(NOTE, None, "noted"),
        band.cell(LABEL, one.label, "unseen"),
        band.cell(WHY, one.why, "unseen"),
    )
    tall = height([(one.commune, _WIDTHS[COMMUNE]), (one.applicant, _WIDTHS[APPLICANT])])
    band.add("".join(cells), max(_ROOM_FOR_TWO, tall))


def _live(working: Working, place: int, one: Dossier) -> list[tuple[str, Value]]:
    """Give the rank and the status, which follow a trial, of a candidature that has a row of figures."""
    grid = working.grid
    if place >= grid.rows:
        return [("", "–"), ("", one.status)]
    names = (rank_column(grid), "statut")
    at = [of(WORKING, cell(grid.first_row + place, grid.place(name))) for name in names]
    return [(f"={each}", grid.values(name)[place]) for each, name in zip(at, names, strict=True)]

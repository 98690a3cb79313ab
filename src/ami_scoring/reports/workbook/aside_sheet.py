"""« Écartées »: what is not ranked, with the reasons."""

from __future__ import annotations

from typing import Final

from ami_scoring.domain.standings import SetAside
from ami_scoring.reports.workbook import texts
from ami_scoring.reports.workbook.banner import write_head
from ami_scoring.reports.workbook.lines import height
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.told import Names
from ami_scoring.reports.workbook.working import Working

HEAD_ROW, FIRST_ROW = 3, 4
_HEADINGS: Final = ["Dossier", "Porteur", "Commune", "Dépt", "Ce qu'il est devenu", "Pourquoi", "Fichier"]
_WIDTHS: Final = (15, 32, 22, 7, 16, 78, 44)
_NONE: Final = "Aucune candidature n'est écartée."


def write_aside(page: Page, working: Working) -> None:
    """Write the sheet."""
    page.printed(working.book.criteria.call.title, repeat=(HEAD_ROW, HEAD_ROW))
    page.widths(*_WIDTHS)
    write_head(page, working, "Candidatures écartées du classement")
    aside = working.book.evaluation.set_aside
    page.put(
        2,
        0,
        f"{texts.plural(len(aside), 'candidature', 'candidatures')}, avec les raisons." if aside else _NONE,
        "subtitle",
    )
    page.sheet.set_row(HEAD_ROW, 20)
    page.headings(HEAD_ROW, _HEADINGS)
    names = Names(working.book.evaluation)
    for row, one in enumerate(aside, start=FIRST_ROW):
        _write_one(page, row, one, names)
    page.sheet.freeze_panes(FIRST_ROW, 1)
    if aside:
        page.sheet.autofilter(HEAD_ROW, 0, FIRST_ROW + len(aside) - 1, len(_HEADINGS) - 1)


def _write_one(page: Page, row: int, one: SetAside, names: Names) -> None:
    candidature = one.entry.candidature if one.entry else None
    commune = candidature.place.main_commune if candidature else None
    reasons = texts.joined(texts.capital(str(names.tell(reason))) for reason in one.reasons)
    page.put(row, 0, texts.name(one.reference or "sans référence"), "text")
    applicant = texts.name(candidature.applicant.name) if candidature else ""
    page.put(row, 1, applicant, "wrapped_middle")
    place = texts.commune(commune) if commune else ""
    page.put(row, 2, place, "wrapped_middle")
    page.put(row, 3, candidature.department if candidature else "", "centred")
    page.put(row, 4, texts.capital(str(one.status)), "text")
    page.put(row, 5, reasons, "wrapped_middle")
    path = texts.name(one.origin.path)
    page.put(row, 6, path, "small_middle")
    page.sheet.set_row(
        row, height([(applicant, _WIDTHS[1]), (place, _WIDTHS[2]), (reasons, _WIDTHS[5]), (path, _WIDTHS[6], 9)])
    )

"""« Données personnelles »: the doctors, only where somebody asked for them."""

from __future__ import annotations

from typing import Final

from ami_scoring.messages import spell
from ami_scoring.reports.workbook import texts
from ami_scoring.reports.workbook.banner import write_head
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.working import Working

HEAD_ROW, FIRST_ROW = 3, 4
_HEADINGS: Final = ["Dossier", "Médecin", "Numéro RPPS", "Spécialité", "Temps plein", "Preuve de l'intérêt"]
_NOTE: Final = "Données personnelles : ne transmettez ce classeur qu'aux personnes habilitées."


def write_personal(page: Page, working: Working) -> None:
    """Write the sheet."""
    page.printed(working.book.criteria.call.title, repeat=(HEAD_ROW, HEAD_ROW))
    page.widths(15, 36, 16, 34, 14, 22)
    write_head(page, working, "Médecins intéressés")
    page.put(2, 0, _NOTE, "alert_note")
    page.headings(HEAD_ROW, _HEADINGS)
    row = FIRST_ROW
    for standing in working.book.evaluation.standings:
        for doctor in standing.entry.candidature.doctors or ():
            page.put(row, 0, texts.name(standing.entry.reference), "text")
            share = "" if doctor.share is None else spell(doctor.share)
            values = (doctor.name, doctor.rpps, doctor.speciality, share, str(doctor.evidence or ""))
            for column, value in enumerate(values, start=1):
                page.put(row, column, texts.name(value or "non renseigné"), "text")
            row += 1

"""« Calculs »: the figures themselves, written last for whoever wants to check, and hidden so as never to print."""

from __future__ import annotations

from itertools import repeat
from typing import Final

from ami_scoring.reports.workbook.amounts import EVALUATED_ROW, LIVE_ROW
from ami_scoring.reports.workbook.bands import Cells
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.working import FIRST_ROW, Working

_NOTE: Final = (
    "Tous les nombres de cette feuille sont entiers, donc exacts : notes et poids y sont multipliés pour n'avoir "
    "aucune décimale. Un point du total vaut {point}. Rien n'est à saisir ici."
)
SCALE: Final = 60
"""Per cent: some twenty-five columns a page, the number and the reference repeated."""
NARROW, WIDE = 11, 26
_NAMES: Final = ("porteur", "commune", "motif", "motifs")
_FROZEN: Final = "Nombres de l'évaluation, sans formules. Rien n'est à saisir ici."


def write_working(page: Page, working: Working) -> None:
    """Write the figures row by row, the inputs in force above."""
    page.printed(working.book.criteria.call.title, repeat=(FIRST_ROW - 1, FIRST_ROW - 1))
    page.sheet.repeat_columns(0, 1)
    page.sheet.set_print_scale(SCALE)
    page.widths(*(WIDE if column.name in _NAMES else NARROW for column in working.grid.columns))
    page.sheet.set_row(FIRST_ROW - 1, 66)
    page.put(0, 0, "Calculs", "title")
    note = _NOTE.format(point=working.book.point) if working.book.is_live else _FROZEN
    page.put(1, 0, note, "subtitle")
    for row, what in ((2, "label"), (LIVE_ROW, "live"), (EVALUATED_ROW, "evaluated")):
        for place, scalar in sorted(working.scalars.items()):
            if what == "label":
                page.put(row, place, scalar.label, "working_heading")
            elif what == "live":
                page.formula(row, place, scalar.formula, scalar.value, "working")
            elif scalar.is_input:
                page.put(row, place, scalar.value, "working")
    for place, column in enumerate(working.grid.columns):
        page.put(FIRST_ROW - 1, place, column.heading, "working_heading")
    columns = [Cells(column.values, "working", column.formula or "") for column in working.grid.columns]
    page.fill(FIRST_ROW, columns, repeat(None, working.grid.rows))
    page.sheet.freeze_panes(FIRST_ROW, 2)
    page.sheet.hide()

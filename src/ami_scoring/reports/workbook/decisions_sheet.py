"""« Décisions »: what was computed and what was decided side by side, and yellow cells for what the committee decides.

Rows are in the order of references and never move: what is typed beside a candidature stays beside it, whatever a
trial does to the ranking. « ami decide --from » reads them back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from ami_scoring.domain.decision_sheet import (
    BY,
    CHOICE,
    CHOICES,
    DRAW,
    FILE,
    FINAL,
    MEETING,
    ORDER,
    RECUSED,
    REFERENCE,
    TYPED,
    VOTE,
)
from ami_scoring.domain.evaluated import Fate
from ami_scoring.domain.standings import Standing
from ami_scoring.reports.workbook import texts
from ami_scoring.reports.workbook.bands import Band
from ami_scoring.reports.workbook.banner import colour_statuses, write_head
from ami_scoring.reports.workbook.lines import height
from ami_scoring.reports.workbook.numbering import shown_rank
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.working import Working

MEETING_ROW, HEAD_ROW, FIRST_ROW = 4, 10, 11
_HELP: Final = (
    "Les cases jaunes se remplissent en séance : une décision par dossier. « ami decide decisions.yaml … --from » les "
    "montre une à une et les enregistre. Rien ici ne change le classement calculé."
)
_SHOWN: Final = (REFERENCE, "Porteur", "Rang évalué", "Statut évalué", "Décidé")
_ASKED: Final = (CHOICE, *TYPED, ORDER, BY, RECUSED)
_HEADINGS: Final = [*_SHOWN, *_ASKED, FILE]
_WIDTHS: Final = (13, 34, 8, 13, 15, 24, 38, 26, 20, 12, 12, 12, 12, 12, 9, 9, 24, 56)
_STATUS, _DECIDED, _CHOICE = 3, 4, 5
_LAST_OF_MEETING: Final = 6


def write_decisions(page: Page, working: Working) -> None:
    """Write the sheet."""
    page.printed(working.book.criteria.call.title, repeat=(HEAD_ROW, HEAD_ROW))
    page.widths(*_WIDTHS)
    write_head(page, working, "Décisions du comité")
    page.put(2, 0, _HELP, "subtitle")
    _write_meeting(page)
    page.sheet.set_row(HEAD_ROW, 44)
    page.headings(HEAD_ROW, _HEADINGS)
    page.sheet.freeze_panes(FIRST_ROW, 2)
    rows = working.book.rows
    if not rows:
        return
    decided = working.book.evaluation.decided
    band = page.band(FIRST_ROW)
    typed = "".join(band.cell(column, None, "typed") for column in range(_CHOICE, _CHOICE + len(_ASKED)))
    for one in rows:
        _add_one(band, one, None if decided is None else decided.fates[one.entry.reference], typed)
    page.sheet.put_band(band, len(_HEADINGS) - 1)
    last = FIRST_ROW + len(rows) - 1
    page.sheet.print_area(0, 0, last, len(_HEADINGS) - 2)
    colour_statuses(page, FIRST_ROW, last, _STATUS)
    colour_statuses(page, FIRST_ROW, last, _DECIDED)
    _offer(page, last)


def _write_meeting(page: Page) -> None:
    for row, label in enumerate(MEETING, start=MEETING_ROW):
        page.sheet.merge_range(row, 0, row, 1, "", page.styles["strong"])
        page.put(row, 0, label, "strong")
        page.sheet.merge_range(row, 2, row, _LAST_OF_MEETING, "", page.styles["typed"])
    at = MEETING_ROW + MEETING.index(FINAL)
    page.sheet.data_validation(at, 2, at, 2, {"validate": "list", "source": ["oui", "non"]})


def _add_one(band: Band, one: Standing, fate: Fate | None, typed: str) -> None:
    applicant = texts.name(one.entry.candidature.applicant.name)
    cells = (
        band.cell(0, texts.name(one.entry.reference), "strong"),
        band.cell(1, applicant, "name"),
        band.cell(2, shown_rank(one), "centred"),
        band.cell(_STATUS, one.status.value, "centred"),
        band.cell(_DECIDED, _decided(fate), "centred"),
        typed,
        band.cell(len(_HEADINGS) - 1, one.entry.origin.sha256, "mono"),
    )
    band.add("".join(cells), height([(applicant, _WIDTHS[1])]))


def _decided(fate: Fate | None) -> str:
    if fate is None:
        return "–"
    return fate.decided.value if fate.call is None else f"{fate.decided.value}, no {fate.call}"


def _offer(page: Page, last: int) -> None:
    """Offer the words that are read back, in lists."""
    lists: tuple[tuple[str, Sequence[str]], ...] = ((CHOICE, list(CHOICES)), (BY, [VOTE, DRAW]))
    for heading, words in lists:
        column = _HEADINGS.index(heading)
        rule: dict[str, Any] = {
            "validate": "list",
            "source": list(words),
            "error_title": "Choix inconnu",
            "error_message": "Choisissez dans la liste, ou laissez vide.",
        }
        page.sheet.data_validation(FIRST_ROW, column, last, column, rule)

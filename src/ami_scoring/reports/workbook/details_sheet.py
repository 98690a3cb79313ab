"""« Détail »: one line a candidature and criterion, with the sentence that explains the points."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from ami_scoring.domain.criteria import Criterion
from ami_scoring.domain.scores import Mark, Standing
from ami_scoring.exact import Fraction
from ami_scoring.reports.workbook import texts
from ami_scoring.reports.workbook.banner import write_head
from ami_scoring.reports.workbook.book import DETAILS
from ami_scoring.reports.workbook.cells import of, span
from ami_scoring.reports.workbook.columns import Value
from ami_scoring.reports.workbook.lines import Part, height, lines
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.working import Working

HEAD_ROW, FIRST_ROW, SENTENCE_COLUMN = 3, 4, 11
_WIDTHS: Final = (7.5, 12, 26, 5, 40, 7.5, 7.5, 7.5, 7.5, 8, 8, 86)
_HEADINGS: Final = (
    "Rang évalué",
    "Dossier",
    "Porteur",
    "N°",
    "Critère",
    "Note",
    "Note sur",
    "Points",
    "Poids",
    "Points au moins",
    "Points au plus",
    "Explication",
)
_NOTE: Final = (
    "Tel qu'évalué : cette feuille ne suit pas les essais faits dans « Critères ». "
    "Les filtres en tête choisissent un dossier."
)
_LOOKS: Final = (
    "quiet_centred",
    "text",
    "wrapped_middle",
    "quiet",
    "wrapped_middle",
    "points",
    "quiet_points",
    "total",
    "quiet_points",
    "quiet_points",
    "quiet_points",
)


_OPEN: Final = (5, 7)
"""The columns of the mark and of the points, told with a question mark where an answer is missing."""


def write_details(page: Page, working: Working) -> None:
    """Write the sheet, in the order of the ranking as evaluated, from top to bottom."""
    book = working.book
    page.printed(book.criteria.call.title, repeat=(HEAD_ROW, HEAD_ROW))
    page.widths(*_WIDTHS)
    write_head(page, working, "Détail des notes")
    page.put(2, 0, _NOTE, "subtitle")
    page.sheet.set_row(HEAD_ROW, 30)
    page.headings(HEAD_ROW, list(_HEADINGS))
    row = FIRST_ROW
    numbers = book.numbers
    nodes = [(node, numbers[node.id], texts.name(node.label), *_announced(node)) for node in book.nodes]
    for standing in sorted_standings(working):
        lead = _lead(standing)
        for node, number, label, top, weight in nodes:
            mark, said = standing.card.marks[node.id], working.teller.tell(node, standing)
            cells = (*lead, number, label, _known(mark.mark), top, _known(mark.points), weight, *_open(mark))
            for column, value in enumerate(cells):
                if value == "":
                    page.dress(row, column, _LOOKS[column])
                else:
                    is_open = column in _OPEN and mark.low != mark.high
                    page.put(row, column, value, f"{_LOOKS[column]}?" if is_open else _LOOKS[column])
            page.put(row, SENTENCE_COLUMN, said, "said")
            tall = _height(str(lead[2]), label, said)
            if tall is not None:
                page.sheet.put_height(row, tall)
            row += 1
    page.sheet.freeze_panes(FIRST_ROW, 2)
    if row > FIRST_ROW:
        page.sheet.autofilter(HEAD_ROW, 0, row - 1, SENTENCE_COLUMN)


@lru_cache(maxsize=4_096)
def _height(applicant: str, label: str, said: str) -> float | None:
    """Give the height of a row whose texts wrap; None when each fits on its line."""
    parts: list[Part] = [(applicant, _WIDTHS[2]), (label, _WIDTHS[4]), (said, _WIDTHS[SENTENCE_COLUMN] - 2, 9)]
    return height(parts) if any(lines(*part) > 1 for part in parts) else None


def sorted_standings(working: Working) -> tuple[Standing, ...]:
    """Give candidatures in the order of the ranking as evaluated."""
    return working.book.evaluation.standings


def sentences_range(working: Working) -> str:
    """Name the cells of the explanations."""
    last = FIRST_ROW + len(working.book.rows) * len(working.book.nodes) - 1
    return of(DETAILS, span(FIRST_ROW, SENTENCE_COLUMN, last, SENTENCE_COLUMN))


def _lead(standing: Standing) -> tuple[Value, Value, Value]:
    rank = "–" if standing.rank is None else standing.rank
    return rank, texts.name(standing.entry.reference), texts.name(standing.entry.candidature.applicant.name)


def _announced(node: Criterion) -> tuple[Value, Value]:
    """Give the highest mark and the weight, or nothing where no maximum is announced."""
    return ("", "") if node.announced is None else (float(node.top), float(node.weight))


def _known(points: Fraction | None) -> Value:
    return "?" if points is None else float(points)


def _open(mark: Mark) -> tuple[Value, Value]:
    return ("", "") if mark.low == mark.high else (float(mark.low), float(mark.high))

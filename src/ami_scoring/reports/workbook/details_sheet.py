"""« Détail »: one line a candidature and criterion, with the sentence that explains the points."""

from __future__ import annotations

from typing import Final

from ami_scoring.domain.criteria import Criterion
from ami_scoring.domain.scores import Mark
from ami_scoring.domain.standings import Standing
from ami_scoring.exact import Fraction
from ami_scoring.reports.workbook import texts
from ami_scoring.reports.workbook.bands import Band
from ami_scoring.reports.workbook.banner import write_head
from ami_scoring.reports.workbook.book import DETAILS
from ami_scoring.reports.workbook.cells import of, span
from ami_scoring.reports.workbook.columns import Value
from ami_scoring.reports.workbook.lines import NORMAL, height, lines
from ami_scoring.reports.workbook.numbering import shown_rank
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


_APPLICANT, _NUMBER, _LABEL = 2, 3, 4
_MOST_LINES: Final = 8_192
"""Lines remembered for the candidatures that share them."""
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
    band = page.band(FIRST_ROW)
    told = _Told(band, working)
    for standing in sorted_standings(working):
        lead, applicant = told.lead(standing)
        for place in range(len(book.nodes)):
            cells, said = told.line(place, standing)
            tall = max(applicant, said)
            band.add(lead + cells, tall + 4 if tall else None)
    page.sheet.put_band(band, SENTENCE_COLUMN)
    page.sheet.freeze_panes(FIRST_ROW, 2)
    if band.after > band.first:
        page.sheet.autofilter(HEAD_ROW, 0, band.after - 1, SENTENCE_COLUMN)


class _Told:
    """The cells of the lines, each made once for the candidatures that share it, with the room that their texts need.

    Room is in points, and none for texts that hold on one line.
    """

    def __init__(self, band: Band, working: Working) -> None:
        self._band, self._teller = band, working.teller
        numbers = working.book.numbers
        self._nodes = [
            (node, numbers[node.id], texts.name(node.label), *_announced(node)) for node in working.book.nodes
        ]
        self._lines: dict[object, tuple[str, float]] = {}

    def lead(self, standing: Standing) -> tuple[str, float]:
        """Give what every line of a candidature begins with."""
        applicant = texts.name(standing.entry.candidature.applicant.name)
        values = (shown_rank(standing), texts.name(standing.entry.reference), applicant)
        cells = (self._cell(column, value) for column, value in enumerate(values))
        return "".join(cells), _room(applicant, _WIDTHS[_APPLICANT])

    def line(self, place: int, standing: Standing) -> tuple[str, float]:
        """Give the rest of the line of a criterion: those of whom the same is told share it."""
        node = self._nodes[place][0]
        mark, key = standing.card.marks[node.id], self._teller.shared(node, standing)
        if key is None:
            return self._made(place, mark, standing)
        if key not in self._lines:
            if len(self._lines) >= _MOST_LINES:
                self._lines.clear()
            self._lines[key] = self._made(place, mark, standing)
        return self._lines[key]

    def _made(self, place: int, mark: Mark, standing: Standing) -> tuple[str, float]:
        node, number, label, top, weight = self._nodes[place]
        values = (number, label, _known(mark.mark), top, _known(mark.points), weight, *_open(mark))
        is_open = mark.low != mark.high
        cells = [self._cell(column, value, is_open=is_open) for column, value in enumerate(values, start=_NUMBER)]
        said = self._teller.tell(node, standing)
        cells.append(self._band.cell(SENTENCE_COLUMN, said, "said"))
        room = max(_room(label, _WIDTHS[_LABEL]), _room(said, _WIDTHS[SENTENCE_COLUMN] - 2, 9))
        return "".join(cells), room

    def _cell(self, column: int, value: Value, *, is_open: bool = False) -> str:
        if value == "":
            return self._band.cell(column, None, _LOOKS[column])
        return self._band.cell(column, value, f"{_LOOKS[column]}?" if is_open and column in _OPEN else _LOOKS[column])


def _room(text: str, width: float, size: int = NORMAL) -> float:
    """Give the points that a text takes where it wraps."""
    return height([(text, width, size)]) - 4 if lines(text, width, size) > 1 else 0


def sorted_standings(working: Working) -> tuple[Standing, ...]:
    """Give candidatures in the order of the ranking as evaluated."""
    return working.book.evaluation.standings


def sentences_range(working: Working) -> str:
    """Name the cells of the explanations."""
    last = FIRST_ROW + len(working.book.rows) * len(working.book.nodes) - 1
    return of(DETAILS, span(FIRST_ROW, SENTENCE_COLUMN, last, SENTENCE_COLUMN))


def _announced(node: Criterion) -> tuple[Value, Value]:
    """Give the highest mark and the weight, or nothing where no maximum is announced."""
    return ("", "") if node.announced is None else (float(node.top), float(node.weight))


def _known(points: Fraction | None) -> Value:
    return "?" if points is None else float(points)


def _open(mark: Mark) -> tuple[Value, Value]:
    return ("", "") if mark.low == mark.high else (float(mark.low), float(mark.high))

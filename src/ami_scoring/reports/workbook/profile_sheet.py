"""« Fiche »: everything about one candidature, chosen in a list, on one page."""

from __future__ import annotations

from typing import Final

from ami_scoring.domain.criteria import Criterion
from ami_scoring.domain.scores import Mark
from ami_scoring.reports.workbook import texts
from ami_scoring.reports.workbook.amounts import LIVE_ROW, UNKNOWN, whole
from ami_scoring.reports.workbook.banner import write_banner, write_head
from ami_scoring.reports.workbook.book import POLICY, WORKING, Book
from ami_scoring.reports.workbook.cells import cell, of, quoted
from ami_scoring.reports.workbook.columns import Value
from ami_scoring.reports.workbook.details_sheet import sentences_range
from ami_scoring.reports.workbook.dossiers import WHY, column_of_all
from ami_scoring.reports.workbook.lines import height, lines
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.policy_sheet import weight_value
from ami_scoring.reports.workbook.profile_chart import write_comparison
from ami_scoring.reports.workbook.profile_head import LISTED, NOTHING, POSITION, or_nothing, write_profile_head
from ami_scoring.reports.workbook.working import Working

HEAD_ROW: Final = 14
LAST_COLUMN: Final = 6
_WIDTHS: Final = (5, 38, 8.5, 8, 8.5, 8.5, 66)
_TALLEST: Final = 7
"""Lines of an explanation, beyond which it is cut: the sheet « Détail » has it whole."""
_HIGHEST: Final = 150
"""Points that the reasons of the evaluation may take."""
_FIGURES: Final = (7, 8, 9)
"""Hidden columns: the points in whole numbers, as they stand, at least, at most."""

_NOTHING: Final = "Rien à signaler\u00a0: le rang et le total suffisent à dire le statut."
_SIDES: Final = ("", "_bas", "_haut")


def write_profile(page: Page, working: Working) -> None:
    """Write the sheet for the first of the ranking; another reference chosen in the list changes all of it."""
    book = working.book
    page.printed(book.criteria.call.title, portrait=True)
    page.widths(*_WIDTHS)
    write_head(page, working, "Fiche d'une candidature")
    write_banner(page, working, 2, _WIDTHS)
    if not book.rows:
        return
    shown = book.order.index(1)
    write_profile_head(page, working, shown)
    page.sheet.set_row(HEAD_ROW, 30)
    page.headings(
        HEAD_ROW,
        ["N°", "Critère", "Points", "Poids", "Points au moins", "Points au plus", "Explication, à l'évaluation"],
    )
    rows = {node.id: HEAD_ROW + 1 + place for place, node in enumerate(book.nodes)}
    for node in book.nodes:
        _write_node(page, working, node, rows, shown)
    row = HEAD_ROW + 1 + len(book.nodes)
    _write_reasons(page, working, row + 1, shown)
    last = write_comparison(page, working, row + 4, shown)
    for column in _FIGURES:
        page.sheet.set_column(column, column, None, None, {"hidden": True})
    page.sheet.print_area(0, 0, last, LAST_COLUMN)
    page.sheet.fit_to_pages(1, 1)


def _write_node(page: Page, working: Working, node: Criterion, rows: dict[str, int], shown: int) -> None:
    book, row, standing = working.book, rows[node.id], working.book.rows[shown]
    mark, number = standing.card.marks[node.id], book.numbers[node.id]
    is_root = "." not in number
    style, points = ("group", "group_points") if is_root else ("text", "points")
    page.put(row, 0, number, style)
    page.put(row, 1, texts.name(node.label), style if is_root else "wrapped_middle")
    for side, column in zip(_SIDES, _FIGURES, strict=True):
        page.formula(row, column, _figure(working, node, side, rows, column), _figure_value(book, mark, side), "unseen")
    known, low, high = (cell(row, column) for column in _FIGURES)
    shown_points: Value = UNKNOWN if mark.points is None else float(mark.points)
    here = f'IFERROR({known}/{book.point},"{UNKNOWN}")'
    page.formula(row, 2, f'=IF(ISNA({POSITION}),"{NOTHING}",{here})', shown_points, points)
    page.formula(row, 3, f"={of(POLICY, book.input_cell(node))}", weight_value(node), points)
    is_open = {"type": "formula", "criteria": f'={cell(row, 4)}<>""', "format": page.styles["open"]}
    page.sheet.conditional_format(row, 2, row, 2, is_open)
    for column, which, value in ((4, low, mark.low), (5, high, mark.high)):
        closed: Value = "" if mark.low == mark.high else float(value)
        page.formula(row, column, or_nothing(f'IF({low}={high},"",{which}/{book.point})', ""), closed, points)
    place = working.at("ordre_evalue", POSITION)
    line = f"({place}-1)*{len(book.nodes)}+{row - HEAD_ROW}"
    said = working.teller.tell(node, standing)
    page.formula(
        row, 6, or_nothing(f"INDEX({sentences_range(working)},{line})", ""), said, "group_said" if is_root else "said"
    )
    page.sheet.set_row(row, _node_height(working, node))


def _node_height(working: Working, node: Criterion) -> float:
    """Leave room for the longest explanation of a criterion, within reason."""
    said = {working.teller.tell(node, one) for one in working.book.rows}
    most = min(_TALLEST, max(lines(each, _WIDTHS[LAST_COLUMN] - 2, 9) for each in said))
    return height([(texts.name(node.label), _WIDTHS[1]), ("\n" * (most - 1), 1, 9)])


def _figure(working: Working, node: Criterion, side: str, rows: dict[str, int], column: int) -> str:
    """Write the points of a criterion of the candidature shown, in whole numbers."""
    if node.criteria is None:
        name = f"part{side}:{node.id}"
        source = working.at(name if working.grid.has(name) else f"part:{node.id}", POSITION)
        place = working.grid.place(f"part:{node.id}")
        return f'=IFERROR({source}*{_in_force(place)},"{UNKNOWN}")'
    children = [cell(rows[child.id], column) for child in node.criteria]
    added = "+".join(children)
    formula = f"MIN({added},{_in_force(working.grid.place(f'points:{node.id}'))})" if node.capped else added
    return f'=IF(COUNT({",".join(children)})={len(children)},{formula},"{UNKNOWN}")'


def _in_force(place: int) -> str:
    """Name the figure in force above a column of the sheet of figures."""
    return of(WORKING, cell(LIVE_ROW, place))


def _figure_value(book: Book, mark: Mark, side: str) -> Value:
    if not side:
        return UNKNOWN if mark.points is None else whole(book, mark.points)
    return whole(book, mark.low if side == "_bas" else mark.high)


def _write_reasons(page: Page, working: Working, row: int, shown: int) -> None:
    page.sheet.merge_range(row, 0, row, 1, "", page.styles["group"])
    page.put(row, 0, "Ce que dit l'évaluation", "group")
    page.sheet.merge_range(row, 2, row, LAST_COLUMN, "", page.styles["wrapped_middle"])
    said = str(working.grid.values("motifs")[shown])
    why, aside = working.at("motifs", POSITION), f"INDEX({column_of_all(working.book, WHY)},{LISTED})"
    formula = f'=IF(ISNA({POSITION}),{aside},IF({why}="",{quoted(_NOTHING)},{why}))'
    page.formula(row, 2, formula, said or _NOTHING, "wrapped_middle")
    every = {str(each) for each in working.grid.values("motifs")} | {one.why for one in working.dossiers}
    page.sheet.set_row(row, max(20, min(_HIGHEST, height([(each, sum(_WIDTHS[2:])) for each in every]))))

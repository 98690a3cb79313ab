"""« Solidité »: how far each weight may go alone before somebody kept is caught up; it follows what is tried.

An end is the nearest crossing of one who has a place and one who could take it, or of one and the minimum. All pairs
are compared in one array formula, on whole numbers: the only rounding is that of one division. With many candidatures,
with a budget, quotas or floors that weights move, the ends are those of the evaluation, and the sheet says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ami_scoring.domain.standings import Status
from ami_scoring.exact import Fraction
from ami_scoring.reports.workbook import texts
from ami_scoring.reports.workbook.amounts import UNKNOWN
from ami_scoring.reports.workbook.banner import write_banner, write_head
from ami_scoring.reports.workbook.book import POLICY, WORKING, Book
from ami_scoring.reports.workbook.cells import cell, of, span
from ami_scoring.reports.workbook.lines import height
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.working import Working
from ami_scoring.scoring.robustness import Contest, End, Interval, Kind, contest_of, interval, one_line
from ami_scoring.scoring.words import floor_word

HEAD_ROW, FIRST_ROW = 8, 9
MOST_LIVE: Final = 150
"""Candidatures whose pairs a spreadsheet compares in the blink of an eye."""
MOST_MOVING: Final = 250
"""Weights that one formula adds up: Excel opens no file where one has more than 8,192 characters."""
MOST_SHARED: Final = 150
"""The same where quotas or a budget make us compare all pairs ourselves."""
ABLE, MOVING = 8, 9
"""The hidden columns of who meets what no weight changes, and of the points that move with the weights."""
WHOLE: Final = cell(HEAD_ROW, MOVING)
"""Hidden: the sum of the weights that move. Written out in each end, sums would make formulas that Excel refuses."""
DRAWN: Final = 40
"""Signs of the scale that is drawn."""
_WIDTHS: Final = (46, 9, 9, 9, 46, 30, 30)
_HEADINGS: Final = (
    "Critère",
    "Poids",
    "De",
    "À",
    "De 0 à la somme des poids",
    "En dessous, à l'évaluation",
    "Au-dessus, à l'évaluation",
)
_SAID: Final = (
    "Un seul poids change, les autres gardent leurs proportions. Tant qu'il reste entre « De » et « À », aucune "
    "retenue n'est rejointe par une candidature qui ne l'est pas{floor}."
)
_LIVE: Final = (
    "« Poids », « De », « À » et l'échelle suivent ce que l'on essaie dans « Critères » ; le reste est évalué."
)
_STILL: Final = (
    "Nombres de l'évaluation : ils ne suivent pas ce que l'on essaie dans « Critères » (plus de {most} candidatures, "
    "budget, quotas ou seuils que les poids déplacent). « ami robustness » les refait."
)
_NONE: Final = (
    "Rien à montrer ici : aucune retenue, un seul poids, ou trop de candidatures sous un budget ou des quotas. "
    "« ami robustness » dit ce qui peut l'être."
)
_MORE: Final = (
    "« ami robustness » dit le reste : le plus petit déplacement de points, toutes les pondérations, les réponses "
    "proches d'un seuil."
)


class _Row(NamedTuple):
    """One criterion, its interval, and where its points and its weight are."""

    criterion: str
    label: str
    found: Interval
    weight: Fraction
    points: str
    at: str


def write_robustness(page: Page, working: Working) -> None:
    """Write the sheet."""
    book = working.book
    page.printed(book.criteria.call.title, repeat=(HEAD_ROW, HEAD_ROW))
    page.widths(*_WIDTHS)
    write_head(page, working, "Solidité de la liste")
    write_banner(page, working, 2, _WIDTHS)
    contest = contest_of(book.evaluation)
    rows = list(_rows(working, contest))
    first = texts.sentence(str(one_line(book.evaluation, contest))) if rows else _NONE
    live = bool(rows) and _is_live(book, contest)
    how = _LIVE if live else _STILL.format(most=MOST_LIVE)
    floor = "le minimum" if live else floor_word(book.criteria.selection, deciding=True)
    what = _SAID.format(floor=f", et aucune ne tombe sous {floor}" if floor else "")
    for row, said in enumerate((first, what, how, _MORE) if rows else (first,), start=3):
        page.sheet.merge_range(row, 0, row, len(_WIDTHS) - 1, "", page.styles["said_result"])
        page.put(row, 0, said, "said_result")
        page.sheet.set_row(row, height([(said, sum(_WIDTHS) * 0.85, 11)]))
    if not rows:
        return
    whole = sum((each.weight for each in rows), Fraction(0))
    page.headings(HEAD_ROW, list(_HEADINGS))
    page.sheet.set_row(HEAD_ROW, 20)
    for place, one in enumerate(rows):
        _write_row(page, working, rows, place, whole, contest if live else None)
        page.sheet.set_row(FIRST_ROW + place, height([(each, _WIDTHS[5]) for each in _ends(one, book)]) + 6)
    if live:
        _write_hidden(page, working, rows, contest)
    page.sheet.freeze_panes(FIRST_ROW, 1)


def _write_hidden(page: Page, working: Working, rows: Sequence[_Row], contest: Contest) -> None:
    """Write, hidden, who could have a place if its total allowed it, and the points that weights move."""
    book, grid = working.book, working.grid
    able = {one.reference for one in contest.field if one.may_enter}
    columns = [grid.place(f"points:{each.criterion}") for each in rows]
    whole = sum((each.weight for each in rows), Fraction(0))
    units = int(whole) if whole.denominator == 1 else float(whole)
    page.formula(HEAD_ROW, MOVING, f"={'+'.join(each.at for each in rows)}", units, "unseen")
    for place, one in enumerate(book.rows):
        page.put(FIRST_ROW + place, ABLE, int(one.entry.reference in able), "working")
        cells = (of(WORKING, cell(grid.first_row + place, column)) for column in columns)
        held = [grid.values(f"points:{each.criterion}")[place] for each in rows]
        moving = UNKNOWN if UNKNOWN in held else sum(each for each in held if not isinstance(each, str))
        page.formula(FIRST_ROW + place, MOVING, f'=IFERROR({"+".join(cells)},"{UNKNOWN}")', moving, "working")
    page.sheet.set_column(ABLE, MOVING, 9, None, {"hidden": True})


def _rows(working: Working, contest: Contest) -> list[_Row]:
    book, plane = working.book, contest.plane
    if (contest.kind is Kind.SHARED and len(contest.everyone) > MOST_SHARED) or not contest.kept:
        return []
    return [
        _Row(
            axis.criterion,
            texts.name(axis.label),
            found,
            axis.weight,
            working.whole(f"points:{axis.criterion}") if book.is_live else "",
            of(POLICY, book.input_cell(book.criteria.by_id[axis.criterion])),
        )
        for place, axis in enumerate(plane.axes)
        if (found := interval(contest, place)) is not None
    ]


def _is_live(book: Book, contest: Contest) -> bool:
    """Say whether formulas find the ends again: places in the order of totals, one minimum for all."""
    selection = book.criteria.selection
    return (
        book.has_live_choice
        and contest.kind is Kind.ORDER
        and len(book.rows) <= MOST_LIVE
        and len(contest.plane.axes) <= MOST_MOVING
        and not contest.has_own_floors
        and selection.decides_from is None
    )


def _write_row(  # noqa: PLR0913 - a row, among all, on its sheet
    page: Page, working: Working, rows: Sequence[_Row], place: int, whole: Fraction, contest: Contest | None
) -> None:
    one, row = rows[place], FIRST_ROW + place
    weight, low, high = (cell(row, column) for column in (1, 2, 3))
    page.put(row, 0, one.label, "group")
    page.formula(row, 1, f"={one.at}" if contest else "", float(one.weight), "points")
    for column, end, rises in ((2, one.found.low, False), (3, one.found.high, True)):
        formula = _end(working, rows, place, rises=rises) if contest else ""
        page.array(row, column, formula, float(end.weight), "points")
    total = WHOLE
    drawn = (
        f'=IF(ISNUMBER({low}),REPT("·",{_at(low, total)})&REPT("─",{_at(weight, total)}-{_at(low, total)})&"●"'
        f'&REPT("─",{_at(high, total)}-{_at(weight, total)})&REPT("·",{DRAWN}-{_at(high, total)}),"")'
    )
    ends = [_sign(each, whole) for each in (one.found.low.weight, one.weight, one.found.high.weight)]
    scale = "·" * ends[0] + "─" * (ends[1] - ends[0]) + "●" + "─" * (ends[2] - ends[1]) + "·" * (DRAWN - ends[2])
    page.formula(row, 4, drawn if contest else "", scale, "scale")
    for column, said in zip((5, 6), _ends(one, working.book), strict=True):
        page.put(row, column, said, "wrapped_middle")


def _at(weight: str, total: str) -> str:
    return f"INT({weight}/({total})*{DRAWN}+0.000001)"


def _sign(weight: Fraction, whole: Fraction) -> int:
    """Place a weight on the scale, as the formula does."""
    return int(weight / whole * DRAWN + Fraction(1, 10**6))


def _ends(row: _Row, book: Book) -> tuple[str, str]:
    floor = floor_word(book.criteria.selection, deciding=True)
    return _said(row.found.low, floor), _said(row.found.high, floor)


def _said(end: End, floor: str) -> str:
    if end.inside is None:
        return "Rien jusqu'au bout."
    if end.outside is None:
        return texts.sentence(f"{end.inside} passe {floor}.")
    return texts.sentence(f"{end.outside} rejoint {end.inside}.")


def _end(working: Working, rows: Sequence[_Row], place: int, *, rises: bool) -> str:
    """Write an end as an array formula.

    With T the total, X the points of the criterion, P those of the others that move, w its weight and W the sum: at
    weight t the total is T + (t − w) × (X (W − w) − P w) ÷ (w (W − w)). Two meet where their gap is nil.
    """
    grid = working.grid
    weight, total = rows[place].at, WHOLE
    rest = f"({total}-{weight})"
    moving = span(FIRST_ROW, MOVING, FIRST_ROW + grid.rows - 1, MOVING)
    slope = f"({rows[place].points}*{rest}-({moving}-{rows[place].points})*{weight})"
    points = working.whole("total")
    able = span(FIRST_ROW, ABLE, FIRST_ROW + grid.rows - 1, ABLE)
    inside = f'({working.whole("statut")}="{Status.SELECTED}")'
    outside = f'({working.whole("statut")}<>"{Status.SELECTED}")*({able}=1)'
    is_full = f"({working.scalar('selected')}+({working.scalar('contested')}>0)*1000000>={working.scalar('places')})"
    far, pick, sign = (total, "MIN", "<") if rises else ("0", "MAX", ">")
    spread = f"{weight}*{rest}"
    gap, speed = f"({points}-TRANSPOSE({points}))", f"({slope}-TRANSPOSE({slope}))"
    mine = f"{is_full}*{inside}*TRANSPOSE({outside})"
    pairs = f"IFERROR(IF({mine}*({speed}{sign}0),{weight}-{gap}*{spread}/{speed},{far}),{far})"
    room = f"({points}-{working.scalar('minimum')})"
    falls = f"IFERROR(IF({inside}*({slope}{sign}0),{weight}-{room}*{spread}/{slope},{far}),{far})"
    other = "<" if sign == ">" else ">"
    short = f"(1-{is_full})*{outside}*({room}<0)"
    enters = f"IFERROR(IF({short}*({slope}{other}0),{weight}-{room}*{spread}/{slope},{far}),{far})"
    return f'=IF({weight}*{rest}>0,{pick}({far},{pick}({pairs}),{pick}({falls}),{pick}({enters})),"–")'

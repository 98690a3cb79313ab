"""Where the selection stops under the inputs in force: the last total, the equals that contest places, the weights.

Arguments that are texts name cells of the sheet of figures.
"""

from __future__ import annotations

from ami_scoring.domain.standings import Cut
from ami_scoring.reports.workbook.amounts import whole
from ami_scoring.reports.workbook.book import INPUT_COLUMN, POLICY, Book
from ami_scoring.reports.workbook.cells import cell, of
from ami_scoring.reports.workbook.columns import Grid, Value
from ami_scoring.reports.workbook.keys import LAST
from ami_scoring.reports.workbook.numbering import rank_column


def last_total(grid: Grid, book: Book, last: str) -> tuple[str, int | float]:
    """Give the total of the last candidature that gets a place; the order of the page is that of totals."""
    reached = book.evaluation.cut.last_total
    total = f"INDEX({grid.whole('total')},MATCH({last},{grid.whole('ordre')},0))"
    formula = f"=IF({last}>0,{total},{LAST})" if book.is_live else ""
    return formula, LAST if reached is None else whole(book, reached)


def contested(grid: Grid, selected: str, places: str, cut: Cut) -> tuple[str, int]:
    """Count the equals between which the last places would fall: those with as many before them as have a place."""
    if not grid.has("devant"):
        return "", 0
    first = f"MATCH({selected},{grid.whole('devant')},0)"
    formula = f"=IF({selected}<{places},IFERROR(INDEX({grid.whole('jusque')},{first})-{selected},0),0)"
    found = _first_contested(grid, cut)
    return formula, 0 if found is None else int(grid.values("jusque")[found]) - cut.selected


def tied_rank(grid: Grid, selected: str, count: str, cut: Cut) -> tuple[str, Value]:
    """Give the rank of these equals, where `count` says that there are some."""
    if not grid.has("devant"):
        return "", 0
    first = f"MATCH({selected},{grid.whole('devant')},0)"
    formula = f"=IF({count}>0,INDEX({grid.whole(rank_column(grid))},{first}),0)"
    found = _first_contested(grid, cut)
    return formula, 0 if found is None else grid.values(rank_column(grid))[found]


def weights_off(book: Book) -> str:
    """Write 1 where weights do not add up to the total announced."""
    if not book.has_live_total:
        return ""
    typed, evaluated = (of(POLICY, cell(book.total_row, column)) for column in (INPUT_COLUMN, INPUT_COLUMN + 1))
    return f"=IFERROR(IF({typed}={evaluated},0,1),0)"


def _first_contested(grid: Grid, cut: Cut) -> int | None:
    before = list(grid.values("devant"))
    has_room = cut.places is not None and cut.selected < cut.places
    return before.index(cut.selected) if has_room and cut.selected in before else None

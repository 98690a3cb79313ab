"""The rank that people read, where the policy does not number ranks 1, 2, 2, 4: found from that very rank."""

from __future__ import annotations

from itertools import accumulate
from typing import Final

from ami_scoring.domain.standings import Standing
from ami_scoring.domain.ties import Ranks
from ami_scoring.reports.workbook.book import Book
from ami_scoring.reports.workbook.columns import Grid, Value

UNRANKED: Final = "–"
_SHOWN: Final = "rang_affiche"


def shown_rank(one: Standing) -> Value:
    """Give what a cell holds of the rank of a candidature: a number, or a dash."""
    rank = one.shown_rank
    return UNRANKED if rank is None else rank if isinstance(rank, int) else float(rank)


def rank_column(grid: Grid) -> str:
    """Name the column of the ranks that people read."""
    return _SHOWN if grid.has(_SHOWN) else "rang"


def spelt(book: Book, rank: str) -> str:
    """Write a rank inside a text, with a comma whatever the language of the spreadsheet; `rank` is a formula."""
    return f'SUBSTITUTE({rank},".",",")' if book.criteria.ranking.ranks is Ranks.AVERAGE else rank


def add_numbering(grid: Grid, book: Book) -> None:
    """Add the rank by the numbering of the policy; nothing where it is the usual one. It follows the inputs."""
    how, values = book.criteria.ranking.ranks, [shown_rank(one) for one in book.rows]
    if how is Ranks.COMPETITION:
        return
    heading = "Rang sans trou" if how is Ranks.DENSE else "Rang moyen"
    if not book.is_live:
        grid.add(_SHOWN, heading, values)
        return
    number = _mean(grid) if how is Ranks.AVERAGE else _dense(grid)
    grid.add(_SHOWN, heading, values, f'=IF({grid.here("complet")}=1,{number},"{UNRANKED}")')


def _mean(grid: Grid) -> str:
    return f"{grid.here('rang')}+({grid.here('egaux')}-1)/2"


def _dense(grid: Grid) -> str:
    """Count the different keys from the highest down to that of the row."""
    ordered = list(grid.values("tri"))
    number, tri = grid.here("numero"), grid.whole("tri")
    before = f"INDEX({tri},MAX(1,{number}-1))"
    new = [int(place == 0 or ordered[place - 1] != key) for place, key in enumerate(ordered)]
    grid.add("palier", "Clé nouvelle (1)", new, f"=IF({number}=1,1,IF({grid.here('tri')}>{before},1,0))")
    grid.add("paliers", "Clés différentes jusque-là", list(accumulate(new)), f"=SUM({grid.above('palier')})")
    all_of_them = grid.whole("paliers")
    # Halves fall between whole numbers: among equals, engines do not agree on which one MATCH finds.
    own = f"MATCH({grid.here('cle')}+0.5,{tri},1)"
    return f"1+MAX({all_of_them})-INDEX({all_of_them},{own})"

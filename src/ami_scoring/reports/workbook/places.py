"""Ranks, ranges, statuses and the order on the page, found again by formulas that only compare whole numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from ami_scoring.domain.standings import Standing, Status
from ami_scoring.reports.workbook.book import Book
from ami_scoring.reports.workbook.columns import Grid, Value
from ami_scoring.reports.workbook.floors import add_floors, deciding_tests, is_fit, is_fixed, live_test
from ami_scoring.reports.workbook.keys import LAST
from ami_scoring.reports.workbook.numbering import UNRANKED, add_numbering
from ami_scoring.reports.workbook.scale import LARGEST

UNSAID: Final = "à recalculer"


def add_ranks(grid: Grid, book: Book, trial: str) -> None:
    """Add ranks, how many share each, and the ranges that missing information leaves."""
    count, rows = len(book.rows), [one.scored.is_firm for one in book.rows]
    key, low = (whole_numbers(grid.values(name)) for name in ("cle", "cle_bas"))
    firm_low = [value if firm else LAST for value, firm in zip(low, rows, strict=True)]
    firm = grid.here("complet")
    grid.add(
        "cle_classees", "Clé au plus bas, dossiers classés", firm_low, f"=IF({firm}=1,{grid.here('cle_bas')},{LAST})"
    )
    for name, source in (("tri", "cle"), ("tri_bas", "cle_classees"), ("tri_haut", "cle_haut")):
        add_sorted(grid, name, source)
    above = f"{count}-{up_to(grid, 'tri', 'cle')}"
    ranks: list[Value] = [UNRANKED if one.rank is None else one.rank for one in book.rows]
    grid.add("rang", "Rang", ranks, f'=IF({firm}=1,1+{above},"{UNRANKED}")')
    ordered = sorted(key)
    equals = [
        bisect_right(ordered, each) - bisect_left(ordered, each) if f else 0 for each, f in zip(key, rows, strict=True)
    ]
    same = f"{up_to(grid, 'tri', 'cle')}-{below(grid, 'tri', 'cle')}"
    grid.add("egaux", "Candidatures à ce rang", equals, f"=IF({firm}=1,{same},0)")
    add_numbering(grid, book)
    best = f"1+{count}-{up_to(grid, 'tri_bas', 'cle_haut')}"
    _add_end(grid, book, "rang_haut", best, trial)
    itself = f"IF({grid.here('cle_haut')}>{grid.here('cle_bas')},0,1)"
    worst = f"{count + book.evaluation.beside}-{up_to(grid, 'tri_haut', 'cle_bas')}+{itself}"
    _add_end(grid, book, "rang_bas", worst, trial)


def is_several(standing: Standing) -> bool:
    """Say whether a row stands for more than what it holds: other versions, or answers to be verified."""
    return standing.versions > 1 or bool(standing.scored.unverified)


def _add_end(grid: Grid, book: Book, name: str, formula: str, trial: str) -> None:
    """Add the best or the worst rank; where versions that are not here may count, a trial leaves room for them."""
    best = name == "rang_haut"
    heading = "Meilleur rang possible" if best else "Moins bon rang possible"
    values = [one.rank_best if best else one.rank_worst for one in book.rows]
    several = sum(map(is_several, book.rows))
    if not several:
        grid.add(name, heading, values, f"={formula}")
        return
    grid.add(f"{name}_evalue", f"{heading}, à l'évaluation", values)
    wider = f"MAX(1,{formula}-{several})" if best else f"{formula}+{several}"
    grid.add(name, heading, values, f"=IF({trial}=0,{grid.here(f'{name}_evalue')},{wider})")


def add_choice(grid: Grid, book: Book, places: str, reserve: str, minimum: str) -> None:
    """Add who may have a place, how many stand before, and statuses. The arguments name the cells of the inputs."""
    add_floors(grid, book)
    total = grid.here("total")
    sign = ">" if book.criteria.selection.minimum_strict else ">="
    tests = [f"{total}{sign}{minimum}", f"{total}>={grid.here('plancher')}", f"{grid.here('notes_admises')}=1"]
    tests += [live_test(grid, book, each) for each in book.criteria.selection.thresholds if not is_fixed(book, each)]
    passing = [int(one.rank is not None and is_fit(book, one)) for one in book.rows]
    admitted = f"=IF({grid.here('complet')}=1,IF(AND({','.join(tests)}),1,0),0)"
    grid.add("admis", "Minimum et seuils atteints", passing, admitted)
    decided = next(iter(deciding_tests(book, total)), "1=1")
    selection = book.criteria.selection
    fit = [bool(one) and selection.decides(row.card.total) for one, row in zip(passing, book.rows, strict=True)]
    keys = [key if one else LAST for key, one in zip(whole_numbers(grid.values("cle")), fit, strict=True)]
    grid.add(
        "cle_admis",
        "Clé, dossiers admis",
        keys,
        f"=IF({grid.here('admis')}=1,IF({decided},{grid.here('cle')},{LAST}),{LAST})",
    )
    add_sorted(grid, "tri_admis", "cle_admis")
    count, ordered = len(book.rows), sorted(keys)
    before = [count - bisect_right(ordered, key) if one else LARGEST for key, one in zip(keys, fit, strict=True)]
    within = [count - bisect_left(ordered, key) if one else LARGEST for key, one in zip(keys, fit, strict=True)]
    counts = f"{grid.here('cle_admis')}>{LAST}"
    ahead, so_far = up_to(grid, "tri_admis", "cle_admis"), below(grid, "tri_admis", "cle_admis")
    grid.add("devant", "Admis devant", before, f"=IF({counts},{count}-{ahead},{LARGEST})")
    grid.add("jusque", "Admis jusqu'à ce rang", within, f"=IF({counts},{count}-{so_far},{LARGEST})")
    status = (
        f'=IF({grid.here("complet")}=0,{grid.here("attente")},IF({grid.here("admis")}=0,"{Status.NOT_SELECTED}",'
        f'IF({grid.here("cle_admis")}={LAST},"{Status.TO_DELIBERATE}",'
        f'IF({grid.here("jusque")}<={places},"{Status.SELECTED}",IF({grid.here("devant")}<{places},"{Status.RESERVE}",'
        f'IF({grid.here("devant")}-{places}<{reserve},"{Status.RESERVE}","{Status.NOT_SELECTED}"))))))'
    )
    grid.add("statut", "Statut", [str(one.status) for one in book.rows], status)


def add_told_choice(grid: Grid, book: Book, trial: str) -> None:
    """Add statuses that formulas cannot find again: as evaluated, and unsaid as soon as something is tried."""
    told = f'=IF({trial}=0,{grid.here("statut_evalue")},"{UNSAID}")'
    grid.add("statut", "Statut", [str(one.status) for one in book.rows], told)


def add_order(grid: Grid, book: Book) -> None:
    """Add the place of each candidature on the page: by rank, equals by reference, then those on hold."""
    firm, key = grid.here("complet"), grid.here("cle")
    tied = f"IF({grid.here('egaux')}>1,SUMPRODUCT(--({grid.above('cle')}={key}))-1,0)"
    high, low, number = (grid.here(name) for name in ("total_haut", "total_bas", "numero"))
    every_high, every_low, every_number = (grid.whole(name) for name in ("total_haut", "total_bas", "numero"))
    lower = f"({every_low}>{low})+({every_low}={low})*({every_number}<{number})"
    ahead = f"({every_high}>{high})+({every_high}={high})*({lower})"
    held = f"SUM({grid.whole('complet')})+1+SUMPRODUCT((1-{grid.whole('complet')})*({ahead}))"
    grid.add("ordre", "Place sur la page", book.order, f"=IF({firm}=1,{grid.here('rang')}+{tied},{held})")
    last = [place if one.status is Status.SELECTED else 0 for place, one in zip(book.order, book.rows, strict=True)]
    grid.add(
        "place_retenue",
        "Place, si retenue",
        last,
        f'=IF({grid.here("statut")}="{Status.SELECTED}",{grid.here("ordre")},0)',
    )


def add_sorted(grid: Grid, name: str, source: str) -> None:
    """Add the numbers of a column from the smallest, for `up_to` and `below` to look into."""
    values = sorted(whole_numbers(grid.values(source)))
    heading = f"{grid.columns[grid.place(source)].heading}, du plus petit au plus grand"
    grid.add(name, heading, values, f"=SMALL({grid.whole(source)},{grid.here('numero')})")


def up_to(grid: Grid, ordered: str, name: str) -> str:
    """Count the numbers of a sorted column that do not exceed that of a column in the row of the formula."""
    # Halves fall between whole numbers: among equals, engines do not agree on which one MATCH finds.
    return f"IFERROR(MATCH({grid.here(name)}+0.5,{grid.whole(ordered)},1),0)"


def below(grid: Grid, ordered: str, name: str) -> str:
    """Count the numbers of a sorted column that are less than that of a column in the row of the formula."""
    return f"IFERROR(MATCH({grid.here(name)}-0.5,{grid.whole(ordered)},1),0)"


def whole_numbers(values: Sequence[Value]) -> list[int]:
    """Keep the whole numbers of a column: all of them, in a column of keys."""
    return [value for value in values if isinstance(value, int)]

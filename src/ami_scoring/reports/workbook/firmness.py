"""How firm each place is under the inputs in force, found again by formulas that only compare whole numbers.

With places alone: a place is kept where those who may come before, or stay equal, leave room for all of them; one is
within reach where those who surely come before do not fill the places.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from ami_scoring.domain.standings import Firmness, Standing, Status
from ami_scoring.reports.workbook.amounts import add_node_sides, whole
from ami_scoring.reports.workbook.book import Book
from ami_scoring.reports.workbook.columns import Grid
from ami_scoring.reports.workbook.floors import (
    deciding_tests,
    floor_at,
    is_fixed,
    live_test,
    marks_reach_at,
    reaches_at,
)
from ami_scoring.reports.workbook.keys import LAST
from ami_scoring.reports.workbook.places import UNSAID, add_sorted, below, is_several, up_to, whole_numbers
from ami_scoring.reports.workbook.scale import LARGEST
from ami_scoring.scoring.marks import stays

HEADING: Final = "Place acquise ?"


def add_firmness(grid: Grid, book: Book, places: str, minimum: str, trial: str) -> None:
    """Add how firm each standing is. The arguments name the cells of the inputs, and of how many of them changed.

    Of a project that several versions may still stand for, only one is here: the others may come before anybody, or
    nobody. So may one of which an answer is to be verified. What both agree on is told, the rest is left unsaid.
    """
    evaluated, values = grid.here("solidite"), grid.values("solidite")
    if not book.has_live_choice:
        grid.add("fermete", HEADING, values, f'=IF({trial}=0,{evaluated},"{UNSAID}")')
        return
    several = [int(is_several(one)) for one in book.rows]
    bounded = [one.scored.bounded for one in book.rows]
    present = [int(one.is_firm and stays(one, book.criteria)) for one in bounded]
    grid.add("versions", "Plusieurs versions, ou une vérification attendue (1)", several)
    grid.add("presente", "Classée quoi qu'il arrive (1)", [max(pair) for pair in zip(several, present, strict=True)])
    _add_fit(grid, book, (minimum, trial), "_bas", "doit")
    _add_fit(grid, book, (minimum, trial), "_haut", "peut")
    grid.add("sure", "Admise et classée quoi qu'il arrive (1)", _both(grid), f"={_sure(grid)}")
    _add_key(grid, "peut", "cle_haut", "Clé au plus haut, si admissible")
    _add_key(grid, "sure", "cle_bas", "Clé au plus bas, si sûre")
    if any(several):
        _add_bound(grid, "peut", LARGEST, "comme si d'autres versions passaient devant toutes")
        _add_bound(grid, "sure", LAST, "comme si d'autres versions restaient derrière toutes")
    unread = book.evaluation.beside
    keeps = [f"AND({_sure(grid)}=1,{each}+{unread}<={places})" for each in _counts(grid, "peut", "cle_bas")]
    reaches = [f"AND({grid.here('peut')}=1,{each}<{places})" for each in _counts(grid, "sure", "cle_haut")]
    held = _agreed(keeps, Firmness.FIRM, Firmness.PROVISIONAL)
    if any(several):
        held = f'IF({grid.here("versions")}=1,"{Firmness.PROVISIONAL}",{held})'
    status = grid.here("statut")
    deliberated = f'{status}="{Status.TO_DELIBERATE}"'
    if book.criteria.selection.deciding_total is not None:
        _add_heard(grid, book, minimum)
        deliberated = f"OR({deliberated},{grid.here('entendue')}=1)"
    formula = (
        f'IF({status}="{Status.SELECTED}",{held},IF({deliberated},"{Firmness.POSSIBLE}",'
        f"{_agreed(reaches, Firmness.POSSIBLE, Firmness.IMPOSSIBLE)}))"
    )
    grid.add("fermete", HEADING, values, f"=IF({trial}=0,{evaluated},{formula})" if any(several) else f"={formula}")


def _agreed(tests: Sequence[str], yes: Firmness, no: Firmness) -> str:
    """Write what two tests agree on, of which one may hold where the other does not."""
    if len(tests) == 1:
        return f'IF({tests[0]},"{yes}","{no}")'
    return f'IF(AND({",".join(tests)}),"{yes}",IF(OR({",".join(tests)}),"{UNSAID}","{no}"))'


def _counts(grid: Grid, test: str, key: str) -> list[str]:
    """Add how many have a key at least as high as the lowest of a row, or above its highest, for each bound."""
    found: list[str] = []
    for end in ("", "_borne"):
        name = f"tri_{test}{end}"
        if not grid.has(name):
            continue
        ordered, keys = whole_numbers(grid.values(name)), whole_numbers(grid.values(key))
        cut, count = (bisect_left, below) if test == "peut" else (bisect_right, up_to)
        said = "Peuvent passer devant, elle comprise" if test == "peut" else "Passent sûrement devant"
        values = [grid.rows - cut(ordered, each) for each in keys]
        grid.add(f"devant_{test}{end}", said + end.replace("_", ", "), values, f"={grid.rows}-{count(grid, name, key)}")
        found.append(grid.here(f"devant_{test}{end}"))
    return found


def _add_bound(grid: Grid, test: str, bound: int, said: str) -> None:
    """Add keys in which those of projects with several versions are as high, or as low, as any."""
    name = f"cle_{test}"
    pairs = zip(grid.values("versions"), grid.values(name), strict=True)
    values = [bound if several else value for several, value in pairs]
    formula = f"=IF({grid.here('versions')}=1,{bound},{grid.here(name)})"
    grid.add(f"{name}_borne", f"{grid.columns[grid.place(name)].heading}, {said}", values, formula)
    add_sorted(grid, f"tri_{test}_borne", f"{name}_borne")


def _add_fit(grid: Grid, book: Book, cells: tuple[str, str], side: str, name: str) -> None:
    """Add whether a candidature passes every floor with what is open at that end."""
    (minimum, trial), at_best, selection = cells, side == "_haut", book.criteria.selection
    end = "au plus haut" if at_best else "au plus bas"
    rows = [one._replace(scored=one.scored.bounded) for one in book.rows]
    floors = [floor_at(book, one, at_best=at_best) for one in rows]
    marks = [int(marks_reach_at(book, one, at_best=at_best)) for one in rows]
    grid.add(f"plancher{side}", f"Minimum de sa catégorie, {end}", floors)
    grid.add(f"notes_admises{side}", f"Notes suffisantes, {end} (1)", marks)
    live = [each for each in selection.thresholds if not is_fixed(book, each)]
    for each in live:
        add_node_sides(grid, book, each.criterion, trial)
    total = grid.here(f"total{side}")
    tests = _passing_tests(grid, book, minimum, side)
    tests += [] if selection.never_decides else deciding_tests(book, total)

    def passes(standing: Standing, floor: int, mark: int) -> bool:
        reached = standing.card.high if at_best else standing.card.low
        return _passes(book, standing, floor, mark, at_best=at_best) and not selection.leaves_to_people(reached)

    values = [int(passes(*three)) for three in zip(book.rows, floors, marks, strict=True)]
    grid.add(name, f"Minimum et seuils atteints, {end} (1)", values, f"=IF(AND({','.join(tests)}),1,0)")


def _passing_tests(grid: Grid, book: Book, minimum: str, side: str) -> list[str]:
    """Write the tests of every floor, but for the total from which the score decides."""
    selection, total = book.criteria.selection, grid.here(f"total{side}")
    sign = ">" if selection.minimum_strict else ">="
    live = [each for each in selection.thresholds if not is_fixed(book, each)]
    return [
        f"{total}{sign}{minimum}",
        f"{total}>={grid.here(f'plancher{side}')}",
        f"{grid.here(f'notes_admises{side}')}=1",
        *(live_test(grid, book, each, side) for each in live),
    ]


def _passes(book: Book, standing: Standing, floor: int, mark: int, *, at_best: bool) -> bool:
    selection, reached = book.criteria.selection, standing.card.high if at_best else standing.card.low
    live = (each for each in selection.thresholds if not is_fixed(book, each))
    return (
        mark == 1
        and whole(book, reached) >= floor
        and not selection.is_under_minimum(reached)
        and all(reaches_at(book, each, standing, at_best=at_best) for each in live)
    )


def _add_heard(grid: Grid, book: Book, minimum: str) -> None:
    """Add whether a candidature may pass every floor with a total on which the committee deliberates."""
    tests = _passing_tests(grid, book, minimum, "_haut")
    (decided,) = deciding_tests(book, grid.here("total_bas"))
    bounds = zip(book.rows, grid.values("plancher_haut"), grid.values("notes_admises_haut"), strict=True)
    values = [
        int(
            book.criteria.selection.leaves_to_people(standing.card.low)
            and _passes(book, standing, int(floor), int(mark), at_best=True)
        )
        for standing, floor, mark in bounds
    ]
    heading = "Peut finir là où le comité délibère (1)"
    grid.add("entendue", heading, values, f"=IF(AND(NOT({decided}),{','.join(tests)}),1,0)")


def _add_key(grid: Grid, test: str, key: str, heading: str) -> None:
    """Add a key where a test holds, then the same keys from the smallest."""
    pairs = zip(grid.values(test), grid.values(key), strict=True)
    values = [value if holds else LAST for holds, value in pairs]
    grid.add(f"cle_{test}", heading, values, f"=IF({grid.here(test)}=1,{grid.here(key)},{LAST})")
    add_sorted(grid, f"tri_{test}", f"cle_{test}")


def _sure(grid: Grid) -> str:
    return f"{grid.here('doit')}*{grid.here('presente')}"


def _both(grid: Grid) -> list[int]:
    pairs = zip(grid.values("doit"), grid.values("presente"), strict=True)
    return [int(must == present == 1) for must, present in pairs]

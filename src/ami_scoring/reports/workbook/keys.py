"""One whole number a candidature for every comparison: the total, then each step of a tie, packed in order.

What does not fit in one number below 2^53 is first replaced by its place among all the candidatures, which the
sheet finds itself with RANK: whole numbers are compared exactly there too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ami_scoring.reports.workbook.amounts import LIVE_ROW, SIDES, add_node_sides, whole
from ami_scoring.reports.workbook.book import Book
from ami_scoring.reports.workbook.columns import Grid
from ami_scoring.reports.workbook.scale import LARGEST
from ami_scoring.reports.workbook.ties import Step

LAST: Final = -LARGEST
"""The key of what is not in a comparison: below all."""


@dataclass(frozen=True, slots=True)
class Part:
    """One number of a comparison for each side: its values by row, and its formulas."""

    values: tuple[Sequence[int], ...]
    formulas: tuple[str, ...]
    most: int
    """Above every absolute value."""
    is_place: bool = False
    """Whether values run from 0 to `most` - 1, so that the part may be packed behind another."""


def add_keys(grid: Grid, book: Book) -> None:
    """Add the key of each side: `cle` as it stands (of the firm only), `cle_bas`, `cle_haut`."""
    parts = [_total_part(grid, book)]
    for number, step in enumerate(book.steps, start=1):
        parts.append(_step_part(grid, book, step, number))
    packed = _packed(parts)
    while len(packed) > 1:
        places = [_by_place(grid, part, number) for number, part in enumerate(packed, start=1)]
        packed = _packed(places)
    _add_sides(grid, "cle", "Clé de classement", packed[0])


def _total_part(grid: Grid, book: Book) -> Part:
    firm = grid.here("complet")
    settled = [
        whole(book, one.card.total) if one.is_firm and one.card.total is not None else LAST
        for one in (row.scored for row in book.rows)
    ]
    low = [whole(book, one.card.low) for one in book.rows]
    high = [whole(book, one.card.high) for one in book.rows]
    formulas = (f"IF({firm}=1,{grid.here('total')},{LAST})", grid.here("total_bas"), grid.here("total_haut"))
    assert book.scale is not None  # noqa: S101 - the caller's condition
    most = book.scale.point * book.scale.ceiling * len(book.criteria.leaves) + 1
    peak = max((abs(int(value)) for value in (*low, *high)), default=0)
    return Part((_ints(settled), _ints(low), _ints(high)), formulas, max(most, peak * book.scale.ceiling + 1))


def _step_part(grid: Grid, book: Book, step: Step, number: int) -> Part:
    if step.orders:
        return _static_part(grid, book, step, number)
    assert step.node is not None  # noqa: S101 - by construction
    assert book.scale is not None  # noqa: S101 - the caller's condition
    add_node_sides(grid, book, step.node)
    marks = [one.card.marks[step.node] for one in book.rows]
    values = (
        _ints([whole(book, mark.low if mark.points is None else mark.points) for mark in marks]),
        _ints([whole(book, mark.low) for mark in marks]),
        _ints([whole(book, mark.high) for mark in marks]),
    )
    here = grid.here(f"points:{step.node}")
    formulas = (f"IF(ISNUMBER({here}),{here},{grid.here(f'points_bas:{step.node}')})",) + tuple(
        grid.here(f"points{side}:{step.node}") for side in SIDES[1:]
    )
    return Part(values, formulas, LARGEST)


def _static_part(grid: Grid, book: Book, step: Step, number: int) -> Part:
    columns = tuple(tuple(three[side] for three in step.orders) for side in range(3))
    names = []
    for side, values in zip(SIDES, columns, strict=True):
        if side and values == columns[0]:
            names.append(names[0])
            continue
        name = f"depart{side}:{number}"
        grid.add(name, f"Départage {number} : {step.label}{side.replace('_', ', au plus ')}", values)
        names.append(name)
    formulas = tuple(grid.here(name) for name in names)
    if step.node is None:
        return Part(columns, formulas, step.count, is_place=True)
    weight = grid.scalar(f"part:{step.node}", LIVE_ROW)
    idle = book.criteria.by_id[step.node].scale == 0
    values = tuple(tuple(0 for _ in column) for column in columns) if idle else columns
    return Part(values, tuple(f"IF({weight}>0,{each},0)" for each in formulas), step.count, is_place=True)


def _packed(parts: Sequence[Part]) -> list[Part]:
    packed = [parts[0]]
    for part in parts[1:]:
        lead = packed[-1]
        if part.is_place and lead.most * part.most <= LARGEST:
            packed[-1] = _behind(lead, part)
        else:
            packed.append(part)
    return packed


def _behind(lead: Part, part: Part) -> Part:
    values = tuple(
        tuple(LAST if a == LAST else a * part.most + b for a, b in zip(first, second, strict=True))
        for first, second in zip(lead.values, part.values, strict=True)
    )
    formulas = tuple(
        f"IF({a}={LAST},{LAST},({a})*{part.most}+{b})" if number == 0 and not lead.is_place else f"({a})*{part.most}+{b}"
        for number, (a, b) in enumerate(zip(lead.formulas, part.formulas, strict=True))
    )
    return Part(values, formulas, lead.most * part.most, lead.is_place)


def _by_place(grid: Grid, part: Part, number: int) -> Part:
    """Replace a number by its place among those of all sides, the lowest first."""
    name = f"niveau{sum(column.name.startswith('niveau:') for column in grid.columns) + 1}"
    _add_sides(grid, name, f"Comparaison {number}", part)
    block = grid.whole(name, name + SIDES[-1])
    distinct = sorted(value for column in part.values for value in column)
    below = {value: place for place, value in reversed(list(enumerate(distinct)))}
    count = len(distinct)
    # RANK counts from the highest; in ascending order it gives 1 + how many are below.
    formulas = tuple(f"(RANK({grid.here(name + side)},{block},1)-1)" for side in SIDES)
    values = tuple(tuple(below[value] for value in column) for column in part.values)
    return Part(values, formulas, count + 1, is_place=True)


def _add_sides(grid: Grid, name: str, heading: str, part: Part) -> None:
    for side, values, formula in zip(SIDES, part.values, part.formulas, strict=True):
        grid.add(name + side, f"{heading}{side.replace('_', ', au plus ')}", values, f"={formula}")


def _ints(values: Sequence[int | float]) -> tuple[int, ...]:
    return tuple(int(value) for value in values)

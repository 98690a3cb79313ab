"""One whole number a candidature for every comparison: the total, then each step of a tie, packed in order.

What does not fit in one number below 10^15 is first replaced by its place among all the candidatures, which the
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


def add_keys(grid: Grid, book: Book, trial: str) -> None:
    """Add the key of each side: `cle` as it stands (of the firm only), `cle_bas`, `cle_haut`.

    `trial` is the cell that counts the inputs changed.
    """
    parts = [_total_part(grid, book)]
    for number, step in enumerate(book.steps, start=1):
        parts.append(_step_part(grid, book, step, number, trial))
    packed = _packed(parts)
    while len(packed) > 1:
        places = [_by_place(grid, part, number) for number, part in enumerate(packed, start=1)]
        packed = _packed(places)
    key, firm = packed[0], [one.scored.is_firm for one in book.rows]
    settled = tuple(value if counts else LAST for value, counts in zip(key.values[0], firm, strict=True))
    only_firm = f"IF({grid.here('complet')}=1,{key.formulas[0]},{LAST})"
    final = Part((settled, *key.values[1:]), (only_firm, *key.formulas[1:]), key.most)
    _add_sides(grid, "cle", "Clé de classement", final)


def _total_part(grid: Grid, book: Book) -> Part:
    cards = [one.card for one in book.rows]
    values = (
        _ints([whole(book, card.low if card.total is None else card.total) for card in cards]),
        _ints([whole(book, card.low) for card in cards]),
        _ints([whole(book, card.high) for card in cards]),
    )
    total, low = grid.here("total"), grid.here("total_bas")
    formulas = (f"IF(ISNUMBER({total}),{total},{low})", low, grid.here("total_haut"))
    assert book.scale is not None  # noqa: S101 - the caller's condition
    return Part(values, formulas, book.scale.most)


def _step_part(grid: Grid, book: Book, step: Step, number: int, trial: str) -> Part:
    if step.orders:
        return _static_part(grid, book, step, number)
    assert step.node is not None  # noqa: S101 - by construction
    assert book.scale is not None  # noqa: S101 - the caller's condition
    add_node_sides(grid, book, step.node, trial)
    marks = [one.card.marks[step.node] for one in book.rows]
    values = (
        _ints([whole(book, mark.low if mark.points is None else mark.points) for mark in marks]),
        _ints([whole(book, mark.low) for mark in marks]),
        _ints([whole(book, mark.high) for mark in marks]),
    )
    here = grid.here(f"points:{step.node}")
    formulas = (
        f"IF(ISNUMBER({here}),{here},{grid.here(f'points_bas:{step.node}')})",
        *(grid.here(f"points{side}:{step.node}") for side in SIDES[1:]),
    )
    return Part(values, formulas, LARGEST)


def _static_part(grid: Grid, book: Book, step: Step, number: int) -> Part:
    columns = tuple(tuple(three[side] for three in step.orders) for side in range(3))
    names: list[str] = []
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
    live = tuple(tuple(0 for _ in column) for column in columns) if idle else columns
    return Part(live, tuple(f"IF({weight}>0,{each},0)" for each in formulas), step.count, is_place=True)


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
        tuple(a * part.most + b for a, b in zip(first, second, strict=True))
        for first, second in zip(lead.values, part.values, strict=True)
    )
    formulas = tuple(f"({a})*{part.most}+{b}" for a, b in zip(lead.formulas, part.formulas, strict=True))
    return Part(values, formulas, lead.most * part.most, lead.is_place)


def _by_place(grid: Grid, part: Part, number: int) -> Part:
    """Replace a number by its place among those of all sides, the lowest first."""
    name = f"niveau:{len(grid.columns)}"
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

"""Ranks and places counted over many weightings: in whole numbers, the same with NumPy or without.

Candidatures come in the order of ranks as things stand, which is that of the tie-breaks: of equal totals, the first
goes first. Those that nothing tells apart share a rank, and a cut never falls between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import gcd
from typing import Final, NamedTuple

from ami_scoring.scoring.robustness.axes import Line
from ami_scoring.scoring.robustness.contest import Contest, Ranker
from ami_scoring.scoring.robustness.sobol import BITS

MOST_RANKED: Final = 600
"""Candidatures whose ranks are counted: all of them, or those nearest the cut."""


class Sheet(NamedTuple):
    """The field on the scale of drawn weights."""

    contest: Contest
    lines: Sequence[Line]
    demands: Sequence[Sequence[Line]]
    twins: Sequence[range]
    """The places in the field of those that no weights and no tie-break tell apart."""
    ranked: range
    """The places in the field of those whose ranks are counted: all, or the nearest to the cut."""
    floor: int | None
    """The total, on the scale of `lines`, that all must reach, where nothing else is asked of anybody."""


class Tally(NamedTuple):
    """What weightings gave, candidature by candidature in the order of the field."""

    kept: list[list[int]]
    """In how many it has a place, by the order of totals and floors: one list a scrambling."""
    ranks: list[dict[int, int]]
    """How often it has each rank, all scramblings together."""


def sheet_of(contest: Contest) -> Sheet:
    """Put a contest on the scale of weights in multiples of 2⁻²⁴ of the whole."""
    whole = sum(contest.plane.voted)
    count = len(contest.field)
    start = max(0, min(contest.places - MOST_RANKED // 2, count - MOST_RANKED))
    lines = [_stretched(one.line, whole) for one in contest.field]
    common = _common(lines)
    return Sheet(
        contest,
        [_over(line, common) for line in lines],
        [_telling(one, whole) for one in contest.field],
        _twins(contest.field),
        range(start, min(start + MOST_RANKED, count)),
        _floor(contest, lines, common),
    )


def _floor(contest: Contest, lines: Sequence[Line], common: int) -> int | None:
    able = [one for one in contest.field if one.may_enter]
    if any(demand.slopes != one.line.slopes for one in able for demand in one.demands):
        return None
    asked = {max((one.line.fixed - demand.fixed for demand in one.demands), default=None) for one in able}
    if len(asked) > 1:
        return None
    bound = next(iter(asked), None)
    if bound is None:  # a total that nobody is below
        return min(((line.fixed + (min(line.slopes) << BITS)) // common for line in lines), default=0)
    return -((-bound << BITS) // common)


def _stretched(line: Line, whole: int) -> Line:
    return Line(line.fixed << BITS, tuple(slope * whole for slope in line.slopes))


def _common(lines: Sequence[Line]) -> int:
    """Give what divides all the numbers of some lines: without it, their order stays."""
    return gcd(*(number for line in lines for number in (line.fixed, *line.slopes))) or 1


def _over(line: Line, common: int) -> Line:
    return Line(line.fixed // common, tuple(slope // common for slope in line.slopes))


def _telling(one: Ranker, whole: int) -> list[Line]:
    """Keep of what is asked of one who may enter what some weights leave unmet."""
    asked = [line for line in one.demands if any(line.fixed + slope * whole < 0 for slope in line.slopes)]
    stretched = [_stretched(line, whole) for line in asked]
    return [_over(line, _common([line])) for line in stretched] if one.may_enter else []


def _twins(field: Sequence[Ranker]) -> list[range]:
    groups = (list(group) for _, group in groupby(range(len(field)), key=lambda at: (field[at].rank, field[at].line)))
    return [range(group[0], group[-1] + 1) for group in groups if len(group) > 1]


def tally(sheet: Sheet, scramblings: Iterable[Sequence[Sequence[int]]]) -> Tally:
    """Count over weightings drawn, one by one."""
    table = [[0] * len(sheet.lines) for _ in sheet.ranked]
    kept = [count_one_by_one(sheet, drawn, table) for drawn in scramblings]
    return Tally(kept, shared_ranks(sheet, table))


def count_one_by_one(sheet: Sheet, drawn: Iterable[Sequence[int]], table: Sequence[list[int]]) -> list[int]:
    """Count who has a place over weightings, and add to a table how often each has each place in order."""
    places, count, (start, stop) = sheet.contest.places, len(sheet.lines), (sheet.ranked.start, sheet.ranked.stop)
    able = [at for at in range(count) if sheet.contest.field[at].may_enter]
    is_open = len(able) == count and not any(sheet.demands)
    kept = [0] * count
    for weights in drawn:
        totals = [-line.at(weights) for line in sheet.lines]
        order = sorted(range(count), key=totals.__getitem__)
        for here, at in enumerate(order):
            if start <= at < stop:
                table[at - start][here] += 1
        inside = order[:places] if is_open else _seated(order, _fit(sheet, able, weights), places)
        for at in _together(inside, sheet, weights) if sheet.twins else inside:
            kept[at] += 1
    return kept


def _fit(sheet: Sheet, able: Sequence[int], weights: Sequence[int]) -> set[int]:
    return {at for at in able if all(line.at(weights) >= 0 for line in sheet.demands[at])}


def _seated(order: Sequence[int], fit: set[int], places: int) -> list[int]:
    return [at for at in order if at in fit][:places]


def _together(inside: Sequence[int], sheet: Sheet, weights: Sequence[int]) -> set[int]:
    """Leave out those whose twin, as fit as they are, has no place."""
    found = set(inside)
    for group in sheet.twins:
        fit = _fit(sheet, [at for at in group if sheet.contest.field[at].may_enter], weights)
        if not found.issuperset(fit):
            found.difference_update(group)
    return found


def shared_ranks(sheet: Sheet, table: Sequence[Sequence[int]]) -> list[dict[int, int]]:
    """Turn a table of places into ranks: twins stand one behind the other, and share the rank of the first."""
    behind = {at: place for group in sheet.twins for place, at in enumerate(group)}
    ranks: list[dict[int, int]] = [{} for _ in sheet.lines]
    for at, row in zip(sheet.ranked, table, strict=True):
        first = 1 - behind.get(at, 0)
        ranks[at] = {here + first: times for here, times in enumerate(row) if times}
    return ranks

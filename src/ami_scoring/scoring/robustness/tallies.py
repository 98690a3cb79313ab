"""Ranks and places counted over many weightings: in whole numbers, the same with NumPy or without.

Candidatures come in the order of ranks as things stand, which is that of the tie-breaks: of equal totals, the first
goes first. Those that nothing tells apart share a rank, and a cut never falls between them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple

from ami_scoring.scoring.robustness.axes import Line
from ami_scoring.scoring.robustness.contest import Contest, Ranker
from ami_scoring.scoring.robustness.sobol import BITS

_WIDEST = 62
"""Bits of a whole number that NumPy can hold, sign apart."""


class _Sheet(NamedTuple):
    """The field on the scale of drawn weights."""

    contest: Contest
    lines: Sequence[Line]
    demands: Sequence[Sequence[Line]]
    twins: Sequence[Sequence[int]]


class Tally(NamedTuple):
    """What some weightings gave, candidature by candidature in the order of the field."""

    kept: tuple[int, ...]
    """In how many it has a place, by the order of totals and floors."""
    ranks: tuple[Counter[int], ...]
    """How often it has each rank."""


def tally(contest: Contest, drawn: Sequence[tuple[int, ...]], numpy: Any = None) -> Tally:
    """Count over weightings in multiples of 2⁻³⁰ of the whole; `numpy` is the module, to go faster."""
    field = contest.field
    whole = sum(contest.plane.voted)
    lines = [_stretched(one.line, whole) for one in field]
    demands = [[_stretched(line, whole) for line in one.demands] for one in field]
    sheet = _Sheet(contest, lines, demands, _twins(field))
    if numpy is not None and _fits(sheet):
        return _with_numpy(sheet, drawn, numpy)
    return _one_by_one(sheet, drawn)


def _stretched(line: Line, whole: int) -> Line:
    """Put a line on the scale of drawn weights."""
    return Line(line.fixed << BITS, tuple(slope * whole for slope in line.slopes))


def _fits(sheet: _Sheet) -> bool:
    lines, demands, count = sheet.lines, sheet.demands, len(sheet.lines)
    every = [*lines, *(line for own in demands for line in own)]
    most = max((abs(line.fixed) + (max(map(abs, line.slopes), default=0) << BITS) for line in every), default=0)
    return (most * max(count, 1)).bit_length() < _WIDEST


def _twins(field: Sequence[Ranker]) -> list[list[int]]:
    """Find the candidatures that no weights and no tie-break tell apart, by place."""
    groups = (list(group) for _, group in groupby(range(len(field)), key=lambda at: (field[at].rank, field[at].line)))
    return [group for group in groups if len(group) > 1]


def _one_by_one(sheet: _Sheet, drawn: Sequence[tuple[int, ...]]) -> Tally:
    contest, lines, demands, twins = sheet
    kept = [0] * len(lines)
    ranks: list[Counter[int]] = [Counter() for _ in lines]
    for weights in drawn:
        totals = [line.at(weights) for line in lines]
        order = sorted(range(len(lines)), key=lambda at: (-totals[at], at))
        position = [0] * len(order)
        for here, at in enumerate(order):
            position[at] = here
        for group in twins:
            first = min(position[at] for at in group)
            for at in group:
                position[at] = first
        for at, here in enumerate(position):
            ranks[at][here + 1] += 1
        fit = [at for at in order if contest.field[at].may_enter and all(line.at(weights) >= 0 for line in demands[at])]
        inside = set(fit[: contest.places])
        for group in twins:
            if not inside.issuperset(set(group) & set(fit)):
                inside -= set(group)
        for at in inside:
            kept[at] += 1
    return Tally(tuple(kept), tuple(ranks))


def _with_numpy(sheet: _Sheet, drawn: Sequence[tuple[int, ...]], numpy: Any) -> Tally:
    contest, lines, demands, twins = sheet
    count = len(lines)
    weights = numpy.array(drawn, dtype=numpy.int64)
    packed = _values(lines, weights, numpy) * -count + numpy.arange(count)
    packed.sort(axis=1)
    order = packed % count
    position = _positions(order, numpy)
    fit = _fit(contest, demands, weights, numpy)
    inside = fit
    if contest.places < count:
        # The place of each among those that are fit, in the order of totals.
        ahead = numpy.take_along_axis(fit, order, axis=1).cumsum(axis=1)
        inside = fit & (numpy.take_along_axis(ahead, position, axis=1) <= contest.places)
    for group in twins:
        position[:, group] = position[:, group].min(axis=1, keepdims=True)
        together = (inside[:, group] | ~fit[:, group]).all(axis=1, keepdims=True)
        inside[:, group] &= together
    table = numpy.bincount((position + numpy.arange(count) * count).ravel(), minlength=count * count)
    return Tally(
        tuple(map(int, inside.sum(axis=0))),
        tuple(
            Counter({rank + 1: int(times) for rank, times in enumerate(row) if times})
            for row in table.reshape(count, count)
        ),
    )


def _values(lines: Sequence[Line], weights: Any, numpy: Any) -> Any:
    slopes = numpy.array([line.slopes for line in lines], dtype=numpy.int64)
    fixed = numpy.array([line.fixed for line in lines], dtype=numpy.int64)
    return sum(weights[:, axis, None] * slopes[None, :, axis] for axis in range(slopes.shape[1])) + fixed


def _positions(order: Any, numpy: Any) -> Any:
    position = numpy.empty_like(order)
    numpy.put_along_axis(position, order, numpy.arange(order.shape[1])[None, :], axis=1)
    return position


def _fit(contest: Contest, demands: Sequence[Sequence[Line]], weights: Any, numpy: Any) -> Any:
    fit = numpy.empty((len(weights), len(demands)), dtype=bool)
    fit[:] = [one.may_enter for one in contest.field]
    for at, own in enumerate(demands):
        if own:
            fit[:, at] &= (_values(own, weights, numpy) >= 0).all(axis=1)
    return fit

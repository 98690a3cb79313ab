"""Weights of which only bounds, or an order, or both are agreed: the least that a gap may be over all of them.

From the least weights, what is left of the sum goes where it costs least, bit by bit: to one criterion, or to several
that an order holds level, which can only rise together. Weights that minimise a line less a price on their sum rise
with that price (they form a lattice), so that no bit ever has to be taken back and the end is exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import mul
from typing import NamedTuple

from ami_scoring.exact import Fraction
from ami_scoring.scoring.robustness.axes import Line
from ami_scoring.scoring.robustness.contest import Contest

Weights = tuple[Fraction, ...]


class Region(NamedTuple):
    """Between a least and a most for each weight, in units of the plane, and in an order; their sum is kept."""

    least: Weights
    most: Weights
    order: tuple[int, ...] = ()
    """Criteria by place, from the heaviest to the lightest; those not named are free. Bounds agree with it."""


def region_of(
    contest: Contest, *, part: Fraction | None = None, points: Fraction | None = None, order: tuple[int, ...] = ()
) -> Region | None:
    """Let each weight move by a part of itself (1/5 for 20 %) or by so many points, and ask for an order.

    Nothing goes below zero. None where no weights at all are such.
    """
    weights = contest.plane.voted
    whole = Fraction(sum(weights))
    reaches: list[Fraction] = [whole] * len(weights)
    if part is not None:
        reaches = [weight * part for weight in weights]
    elif points is not None:
        reaches = [points * contest.plane.unit] * len(weights)
    least = [max(Fraction(0), weight - reach) for weight, reach in zip(weights, reaches, strict=True)]
    most = [min(whole, weight + reach) for weight, reach in zip(weights, reaches, strict=True)]
    for heavier, lighter in pairwise(order):
        most[lighter] = min(most[lighter], most[heavier])
    for lighter, heavier in pairwise(reversed(order)):
        least[heavier] = max(least[heavier], least[lighter])
    is_empty = any(low > high for low, high in zip(least, most, strict=True))
    if is_empty or sum(least) > whole or sum(most) < whole:
        return None
    return Region(tuple(least), tuple(most), order)


def holds_voted(region: Region, weights: Sequence[int]) -> bool:
    """Say whether the voted weights are in a region: its bounds are made around them, its order may not be theirs."""
    return all(weights[one] >= weights[other] for one, other in pairwise(region.order))


def lowest(line: Line, region: Region, whole: int) -> tuple[Fraction, Weights]:
    """Give the least value of a line over a region, and the weights that give it."""
    taken = list(region.least)
    rest = whole - sum(taken, Fraction(0))
    while rest > 0:
        block, room = min(_blocks(taken, region), key=lambda each: _mean(line, each[0]))
        more = min(rest / len(block), room, *(region.most[at] - taken[at] for at in block))
        for at in block:
            taken[at] += more
        rest -= more * len(block)
    return line.fixed + sum(map(mul, taken, map(Fraction, line.slopes)), Fraction(0)), tuple(taken)


def _mean(line: Line, block: Sequence[int]) -> Fraction:
    return Fraction(sum(line.slopes[at] for at in block), len(block))


def _blocks(taken: Sequence[Fraction], region: Region) -> Iterator[tuple[Sequence[int], Fraction]]:
    """Give the weights that may rise together, and how far before they meet a heavier one.

    Of some that an order holds level, the first, the first two… down to one that has all it may have.
    """
    above = region.most[region.order[0]] if region.order else Fraction(0)
    for level, run in groupby(region.order, key=lambda at: taken[at]):
        block: list[int] = []
        for at in run:
            if taken[at] == region.most[at]:
                break
            block.append(at)
            yield tuple(block), above - level
        above = level
    for at, weight in enumerate(taken):
        if at not in region.order and weight < region.most[at]:
            yield (at,), region.most[at] - weight

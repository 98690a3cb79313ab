"""Weights of which only bounds, or an order, are agreed: who is kept whatever they are, who may be, who never is.

The least of a gap over such weights is exact: a greedy filling between bounds, the means of first criteria under an
order. It gives, for each candidature, how many are surely ahead and how many may be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import mul
from typing import NamedTuple

from ami_scoring.exact import Fraction
from ami_scoring.scoring.robustness.axes import Line
from ami_scoring.scoring.robustness.contest import Contest


class Bounds(NamedTuple):
    """Between a least and a most for each weight, in units of the plane; their sum is kept."""

    least: tuple[Fraction, ...]
    most: tuple[Fraction, ...]


class Order(NamedTuple):
    """Criteria from the heaviest to the lightest, by place; those not named are free."""

    places: tuple[int, ...]


Region = Bounds | Order


def within(contest: Contest, part: Fraction) -> Bounds:
    """Let each weight move by a part of itself: 1/5 for 20 %. Nothing goes below zero."""
    weights = contest.plane.voted
    return Bounds(
        tuple(max(Fraction(0), weight * (1 - part)) for weight in weights),
        tuple(weight * (1 + part) for weight in weights),
    )


def within_points(contest: Contest, points: Fraction) -> Bounds:
    """Let each weight move by so many points. Nothing goes below zero."""
    weights, reach = contest.plane.voted, points * contest.plane.unit
    return Bounds(
        tuple(max(Fraction(0), weight - reach) for weight in weights), tuple(weight + reach for weight in weights)
    )


def lowest(line: Line, region: Region, whole: int) -> tuple[Fraction, tuple[Fraction, ...]]:
    """Give the least value of a line over a region, and the weights that give it."""
    weights = _filled(line, region, whole) if isinstance(region, Bounds) else _ordered(line, region, whole)
    value = line.fixed + sum(map(mul, weights, map(Fraction, line.slopes)), Fraction(0))
    return value, weights


def _filled(line: Line, bounds: Bounds, whole: int) -> tuple[Fraction, ...]:
    taken = list(bounds.least)
    rest = whole - sum(taken, Fraction(0))
    for place in sorted(range(len(taken)), key=lambda each: line.slopes[each]):
        more = min(rest, bounds.most[place] - taken[place])
        taken[place] += more
        rest -= more
    return tuple(taken)


def _ordered(line: Line, order: Order, whole: int) -> tuple[Fraction, ...]:
    """Look at the corners: equal weights for the first criteria of the order, or all for one that it leaves free."""
    return min(corners(order, len(line.slopes), whole), key=lambda weights: _value(line, weights))


def corners(order: Order, axes: int, whole: int) -> Iterator[tuple[Fraction, ...]]:
    """Give the corners of an order of weights."""
    for count in range(1, len(order.places) + 1):
        first = set(order.places[:count])
        yield tuple(Fraction(whole, count) if place in first else Fraction(0) for place in range(axes))
    for free in range(axes):
        if free not in order.places:
            yield tuple(Fraction(whole) if place == free else Fraction(0) for place in range(axes))


def _value(line: Line, weights: Sequence[Fraction]) -> Fraction:
    return sum(map(mul, weights, map(Fraction, line.slopes)), Fraction(0))

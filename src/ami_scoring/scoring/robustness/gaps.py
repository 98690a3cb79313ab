"""How far weights must move before a gap closes: by so many points each way, or by a transfer from one to another.

Weights keep their sum and never fall below zero. Everything is exact. See `docs/solidite.md` for the mathematics.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ami_scoring.exact import Fraction

Dual = tuple[Fraction, Fraction]
"""A value and how fast it grows; compared in that order, it tells what comes just after."""


class Transfer(NamedTuple):
    """A move of weight that closes a gap: how much leaves each criterion, and the one that takes it all."""

    amount: Fraction
    """In units of the plane, like what leaves."""
    leaves: tuple[Fraction, ...]
    to: int


def margin(gap: int, slopes: Sequence[int], weights: Sequence[int]) -> Fraction | None:
    """Give the smallest δ such that weights within ±δ of the voted ones may close a gap; None where none can.

    The worst weights within ±δ give 2⌊m/2⌋ criteria δ more or less. Where that would take more than a weight has, the
    gap left is a convex line in pieces, and Newton's method walks down its pieces to the exact end.
    """
    half = len(slopes) // 2
    ordered = sorted(slopes)
    spread = sum(ordered[len(ordered) - half :]) - sum(ordered[:half])
    if spread <= 0:
        return None
    found = Fraction(gap, spread)
    while found > min(weights):
        left, speed = _worst(gap, slopes, weights, found)
        if left <= 0:
            return found
        if speed >= 0:
            return None
        found -= left / speed
    return found


def worst_weights(slopes: Sequence[int], weights: Sequence[int], within: Fraction) -> tuple[Fraction, ...]:
    """Give the weights within ±`within` of the voted ones that close a gap most."""
    taken = _filled(slopes, weights, within)
    return tuple(value for value, _ in taken)


def _worst(gap: int, slopes: Sequence[int], weights: Sequence[int], within: Fraction) -> Dual:
    taken = _filled(slopes, weights, within)
    moved = sum(
        (slope * (value - weight) for slope, (value, _), weight in zip(slopes, taken, weights, strict=True)),
        Fraction(0),
    )
    return gap + moved, sum((slope * speed for slope, (_, speed) in zip(slopes, taken, strict=True)), Fraction(0))


def _filled(slopes: Sequence[int], weights: Sequence[int], within: Fraction) -> list[Dual]:
    """Share the sum of weights, from the least each may have, to the criteria that close the gap first."""
    lows: list[Dual] = [
        (weight - within, Fraction(-1)) if weight > within else (Fraction(0), Fraction(0)) for weight in weights
    ]
    rest: Dual = (
        sum(weights) - sum((low for low, _ in lows), Fraction(0)),
        -sum((low for _, low in lows), Fraction(0)),
    )
    taken = list(lows)
    for place in sorted(range(len(slopes)), key=lambda each: slopes[each]):
        low = lows[place]
        room: Dual = (weights[place] + within - low[0], 1 - low[1])
        more = min(room, rest)
        taken[place] = (low[0] + more[0], low[1] + more[1])
        rest = (rest[0] - more[0], rest[1] - more[1])
    return taken


def transfer(gap: int, slopes: Sequence[int], weights: Sequence[int]) -> Transfer | None:
    """Give the smallest amount of weight that, moved, closes a gap; None where no amount does.

    All goes to the criterion that closes it most, and comes first from those that hold it open most.
    """
    if max(slopes) == min(slopes):
        return None
    to = min(range(len(slopes)), key=lambda each: slopes[each])
    leaves = [Fraction(0)] * len(slopes)
    left = Fraction(gap)
    for place in sorted(range(len(slopes)), key=lambda each: -slopes[each]):
        speed = slopes[place] - slopes[to]
        if left <= 0 or speed <= 0:
            break
        leaves[place] = min(Fraction(weights[place]), left / speed)
        left -= leaves[place] * speed
    return None if left > 0 else Transfer(sum(leaves, Fraction(0)), tuple(leaves), to)


def after(moved: Transfer, weights: Sequence[int], more: Fraction) -> tuple[Fraction, ...]:
    """Give the weights after a transfer, taken a little further where its last source still has weight."""
    found = [weight - left for weight, left in zip(weights, moved.leaves, strict=True)]
    sources = [place for place, weight in enumerate(found) if weight > 0 and place != moved.to]
    used = [place for place in sources if moved.leaves[place] > 0]
    source = next(iter(used or sources), None)
    extra = Fraction(0) if source is None else min(more, found[source])
    if source is not None:
        found[source] -= extra
    found[moved.to] += moved.amount + extra
    return tuple(found)

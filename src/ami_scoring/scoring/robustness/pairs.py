"""Two candidatures side by side: what exchanges them, and how likely one is ahead."""

from __future__ import annotations

from typing import NamedTuple

from ami_scoring.exact import Fraction
from ami_scoring.scoring.robustness.axes import Axis
from ami_scoring.scoring.robustness.contest import Contest
from ami_scoring.scoring.robustness.gaps import margin, transfer
from ami_scoring.scoring.robustness.shares import chance


class Source(NamedTuple):
    """A criterion that gives weight, and how much, in points."""

    axis: Axis
    points: Fraction


class Exchange(NamedTuple):
    """The smallest transfer that makes two totals equal."""

    points: Fraction
    sources: tuple[Source, ...]
    to: Axis


class Duel(NamedTuple):
    """One ahead of another, as things stand."""

    ahead: str
    behind: str
    gap: Fraction
    """In points of the total."""
    margin: Fraction | None
    """The ±δ within which any weights leave the first ahead; None where no weights exchange them."""
    exchange: Exchange | None
    chance: Fraction
    """Exact probability that the first is ahead, all weightings alike; half of what is always equal counts."""


def duel(contest: Contest, one: str, other: str) -> Duel | None:
    """Set two candidatures that have a rank side by side; None where one of them has none."""
    found = {each.reference: each for each in contest.field}
    if one not in found or other not in found or not contest.plane.axes:
        return None
    ahead, behind = sorted((found[one], found[other]), key=lambda each: each.rank)
    line, plane = ahead.line.minus(behind.line), contest.plane
    weights, points = plane.voted, plane.unit * plane.scale
    gap = line.at(weights)
    delta = margin(gap, line.slopes, weights)
    return Duel(
        ahead.reference,
        behind.reference,
        Fraction(gap, points),
        None if delta is None else delta / plane.unit,
        exchange(contest, ahead.reference, behind.reference),
        chance(contest, line, [1] * len(plane.axes)),
    )


def exchange(contest: Contest, ahead: str, behind: str) -> Exchange | None:
    """Find the smallest transfer of weight that makes equal the totals of two candidatures that have a rank."""
    found = {each.reference: each.line for each in contest.field}
    line, plane = found[ahead].minus(found[behind]), contest.plane
    moved = transfer(line.at(plane.voted), line.slopes, plane.voted)
    if moved is None:
        return None
    leaves = zip(plane.axes, moved.leaves, strict=True)
    sources = (Source(axis, points / plane.unit) for axis, points in leaves if points)
    return Exchange(moved.amount / plane.unit, tuple(sources), plane.axes[moved.to])

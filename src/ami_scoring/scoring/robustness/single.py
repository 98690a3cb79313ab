"""One weight at a time: between which weights of a criterion the list stays, the others keeping their proportions.

Along that road every total is a straight line, so those inside have a lowest one, broken and concave, and those
outside a highest one, convex. Where they meet is found from the far end, from pair to pair: a few walks through the
candidatures, never through the pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from ami_scoring.exact import Fraction
from ami_scoring.scoring.robustness.axes import Line
from ami_scoring.scoring.robustness.contest import Contest, Kind

Track = tuple[int, int]
"""A value along the road: what it is at weight 0, and what one unit of weight adds."""


class End(NamedTuple):
    """An end of an interval: the weight, in points, and who passes whom just beyond; nobody where the road ends."""

    weight: Fraction
    inside: str | None = None
    outside: str | None = None


class Interval(NamedTuple):
    """Where one criterion's weight may be without a change of list."""

    place: int
    """Of the criterion among the axes."""
    low: End
    high: End


def interval(contest: Contest, place: int) -> Interval | None:
    """Find the interval of one criterion; None where its weight is all there is, or nothing else could take it.

    At an end, two are equal. With quotas or a budget, the list stays at least as far: something changes there, which
    may not be the list.
    """
    weights = contest.plane.voted
    whole, here = sum(weights), weights[place]
    if whole == here:
        return None
    race = _Race(contest, place)
    return Interval(place, race.end(here, Fraction(0)), race.end(here, Fraction(whole)))


def weights_at(contest: Contest, place: int, weight: Fraction) -> tuple[Fraction, ...]:
    """Give all weights, in points, when one has this weight and the others share the rest in their proportions."""
    unit, weights = contest.plane.unit, contest.plane.voted
    whole, here = Fraction(sum(weights), unit), Fraction(weights[place], unit)
    return tuple(
        weight if other == place else Fraction(each, unit) * (whole - weight) / (whole - here)
        for other, each in enumerate(weights)
    )


def roots(contest: Contest, place: int, start: Fraction, far: Fraction) -> list[Fraction]:
    """List the weights, in points, at which anything may change, from a first one to the end of the road, both given.

    For contests of which every pair can be looked at.
    """
    return _Race(contest, place).roots(start, far)


class _Race:
    """All lines along one road, in whole numbers."""

    def __init__(self, contest: Contest, place: int) -> None:
        weights = contest.plane.voted
        self._unit = contest.plane.unit
        self._rest = sum(weights) - weights[place]
        self._whole, self._weights, self._place = sum(weights), weights, place
        self._shared = contest.kind is Kind.SHARED
        self._everyone = [(self._track(one.line), one) for one in contest.everyone]
        self._inside = [(self._track(one.line), one.reference) for one in contest.kept]
        self._outside = [(self._track(one.line), one.reference) for one in contest.rivals]
        self._perils = [([self._track(gap) for gap in peril.gaps], peril.reference) for peril in contest.perils]

    def _track(self, line: Line) -> Track:
        slope = line.slopes[self._place]
        others = line.at(self._weights) - line.fixed - slope * self._weights[self._place]
        return line.fixed * self._rest + self._whole * others, slope * self._rest - others

    def end(self, here: int, far: Fraction) -> End:
        """Walk from the far end of the road towards `here`, from crossing to crossing, until the list holds."""
        at, who = far, End(far / self._unit)
        while True:
            crossing = min(self._crossings(at, here), key=lambda each: abs(each[0] - here), default=None)
            if crossing is None:
                return who
            at, inside, outside = crossing
            who = End(at / self._unit, inside, outside)

    def roots(self, start: Fraction, far: Fraction) -> list[Fraction]:
        """Give every crossing on the road from a point to its far end, in points, in that order."""
        tracks = [track for track, _ in self._everyone]
        gaps = [(one[0] - two[0], one[1] - two[1]) for one, two in combinations(tracks, 2)]
        gaps += [gap for gaps, _ in self._perils for gap in gaps]
        low, high = sorted((start, far))
        found = {_root(gap) / self._unit for gap in gaps if gap[1]}
        return sorted({start, far} | {root for root in found if low < root < high}, reverse=far < start)

    def _crossings(self, at: Fraction, here: int) -> Iterator[tuple[Fraction, str, str | None]]:
        """Give where what is lost at a point of the road was lost, on the way from `here`."""
        if self._shared:
            yield from self._exchanges(at, here)
        elif self._inside and self._outside:
            (low, inside), (high, outside) = _extreme(self._inside, at, -1), _extreme(self._outside, at, 1)
            gap = (low[0] - high[0], low[1] - high[1])
            if _value(gap, at) < 0:
                yield _root(gap), inside, outside
        for gaps, reference in self._perils:
            if all(_value(gap, at) < 0 for gap in gaps):
                yield max((_root(gap) for gap in gaps), key=lambda root: abs(root - here)), reference, None

    def _exchanges(self, at: Fraction, here: int) -> Iterator[tuple[Fraction, str, str | None]]:
        """Give the exchanges, between `here` and a point, of any two that are not alike."""
        for (ahead, first), (behind, second) in combinations(self._everyone, 2):
            gap = (ahead[0] - behind[0], ahead[1] - behind[1])
            if _value(gap, at) < 0 and _value(gap, Fraction(here)) >= 0 and not first.is_alike(second):
                yield _root(gap), first.reference, second.reference


def _value(track: Track, at: Fraction) -> int:
    """Give a value along the road, times the denominator of the point: its sign and its order stay."""
    return track[0] * at.denominator + track[1] * at.numerator


def _root(gap: Track) -> Fraction:
    return Fraction(-gap[0], gap[1])


def _extreme(lines: Iterable[tuple[Track, str]], at: Fraction, sign: int) -> tuple[Track, str]:
    """Give the line that is lowest (−1) or highest (1) at a point; of equals, that of the first reference."""
    up, over = sign * at.denominator, sign * at.numerator
    return max(lines, key=lambda one: one[0][0] * up + one[0][1] * over)

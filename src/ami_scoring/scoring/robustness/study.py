"""The three exact answers: any weights within ±δ, the smallest transfer, one weight at a time.

Each is found among the gaps, then tried by the whole selection. Where the selection does not change there, because a
quota, a budget, a floor or places left to equals stand in between, what was found remains true as a bound: the list
holds at least so far. The next gaps are then tried, as many as can be, for where it does change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice, pairwise
from typing import NamedTuple

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.standings import Status
from ami_scoring.exact import Fraction
from ami_scoring.scoring.robustness.axes import Axis
from ami_scoring.scoring.robustness.contest import Contest, Kind, contest_of
from ami_scoring.scoring.robustness.nearest import (
    EVERY_WEIGHT,
    ONE_TRANSFER,
    Danger,
    Measure,
    every_danger,
    nearest,
    tied_pair,
)
from ami_scoring.scoring.robustness.single import End, Interval, interval, roots, weights_at
from ami_scoring.scoring.robustness.trials import Kept, Weights, trier

MOST_TRIALS = 60
"""Selections redone beyond a bound, before the bound alone is told."""
MOST_PAIRS = 20_000
"""Pairs above which nothing is looked for beyond a bound."""


class Change(NamedTuple):
    """What happens to the list: who enters and who leaves, by reference, with weights (in points) that do it."""

    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    weights: tuple[Fraction, ...]


class Reach(NamedTuple):
    """How far weights may move without a change of list: proven up to `least`, in points; a change seen at `seen`.

    Exact where both are equal. `seen` is None where no change was found beyond the bound.
    """

    least: Fraction
    inside: str
    outside: str | None
    seen: Fraction | None
    change: Change | None

    @property
    def is_exact(self) -> bool:
        """Whether the list changes just there."""
        return self.seen == self.least


class Side(NamedTuple):
    """An end of the interval of one weight: the list stays at least to `least`, and `change` comes at `seen`, if any.

    Both are weights, in points. `is_whole` where the list stays to the end of the road, 0 or all of the weights.
    """

    least: Fraction
    is_whole: bool
    seen: Fraction | None
    change: Change | None
    inside: str | None
    outside: str | None


class Single(NamedTuple):
    """One weight alone: its interval, the others keeping their proportions; None where nothing else has weight."""

    axis: Axis
    low: Side | None
    high: Side | None


class Study(NamedTuple):
    """The exact answers about one selection."""

    axes: tuple[Axis, ...]
    contest: Contest
    kept: tuple[str, ...]
    tie: tuple[str, str | None] | None
    """One inside and one outside whose totals are equal, so that a tie-break decides; or one exactly on a floor."""
    margin: Reach | None
    """Any weights within ±`least`; None where no weights change the list. Pairs of `tie` are left out."""
    transfer: Reach | None
    """The same for the smallest transfer."""
    singles: tuple[Single, ...]

    @property
    def holds_at_all(self) -> bool:
        """Whether some change of weights, however small, leaves the list as it is."""
        return self.tie is None and not self.contest.contested

    @property
    def is_fixed(self) -> bool:
        """Whether weights cannot change the list."""
        return self.holds_at_all and self.margin is None


def study_of(evaluation: Evaluation) -> Study:
    """Find the exact answers about the selection that an evaluation made."""
    contest = contest_of(evaluation)
    judge = _Judge(evaluation, contest)
    return Study(
        contest.plane.axes,
        contest,
        tuple(one.entry.reference for one in evaluation.standings if one.status is Status.SELECTED),
        tied_pair(contest),
        judge.reach(EVERY_WEIGHT),
        judge.reach(ONE_TRANSFER),
        tuple(judge.single(place) for place in range(len(contest.plane.axes))),
    )


def quick_margin(contest: Contest) -> Fraction | None:
    """Give the proven ±δ alone, in points: 0 where equals are at the cut; None where no weights change the list."""
    if contest.contested or tied_pair(contest):
        return Fraction(0)
    found = nearest(contest, EVERY_WEIGHT)
    return None if found is None else found.cost


class _Judge:
    """Tries weights, and says what they change."""

    def __init__(self, evaluation: Evaluation, contest: Contest) -> None:
        self._contest = contest
        self._try: Callable[[Weights], Kept] = trier(evaluation, contest)
        self._base = frozenset(one.reference for one in contest.kept)
        self._is_small = len(contest.everyone) ** 2 <= MOST_PAIRS
        # In the order of totals, with nothing that floors of its own could hold back, a crossing is a change.
        self._is_plain = contest.kind is Kind.ORDER and not contest.spare and not contest.has_own_floors

    def change(self, weights: Weights) -> Change | None:
        """Say what weights change: of places that equals contest, only what those inside lose counts."""
        found = self._try(weights)
        leaves = self._base - found
        if found == self._base or (self._contest.spare and not leaves):
            return None
        return Change(tuple(sorted(found - self._base)), tuple(sorted(leaves)), tuple(weights))

    def reach(self, measure: Measure) -> Reach | None:
        """Find how far all weights, or one transfer, may go."""
        first = nearest(self._contest, measure, past_ties=True)
        if first is None:
            return None
        for cost, change in self._tried(measure, first):
            return Reach(first.cost, first.inside, first.outside, cost, change)
        return Reach(first.cost, first.inside, first.outside, None, None)

    def _tried(self, measure: Measure, first: Danger) -> Iterator[tuple[Fraction, Change]]:
        if not self._is_small and self._is_plain and first.outside is not None:
            yield first.cost, Change((first.outside,), (first.inside,), first.weights)
        rest: Iterable[Danger] = every_danger(self._contest, measure) if self._is_small else ()
        for danger in islice(chain([first], rest), MOST_TRIALS):
            change = self.change(danger.weights)
            if change is not None:
                yield danger.cost, change

    def single(self, place: int) -> Single:
        """Find the interval of one weight."""
        axis = self._contest.plane.axes[place]
        found = interval(self._contest, place)
        if found is None:
            return Single(axis, None, None)
        return Single(axis, self._side(found, found.low, Fraction(0)), self._side(found, found.high, self._whole))

    @property
    def _whole(self) -> Fraction:
        return sum((axis.weight for axis in self._contest.plane.axes), Fraction(0))

    def _side(self, found: Interval, end: End, far: Fraction) -> Side:
        """Try what lies beyond a crossing, then beyond the next ones."""
        if end.inside is None or end.weight == far:
            return Side(end.weight, True, None, None, None, None)
        if self._is_plain and not self._is_small and end.outside is not None:
            change = Change((end.outside,), (end.inside,), weights_at(self._contest, found.place, end.weight))
            return Side(end.weight, False, end.weight, change, end.inside, end.outside)
        if not self._is_small:
            beyond = self.change(weights_at(self._contest, found.place, end.weight + (far - end.weight) / 10**9))
            seen = None if beyond is None else end.weight
            return Side(end.weight, False, seen, beyond, end.inside, end.outside)
        return self._walked(found.place, end, far)

    def _walked(self, place: int, end: End, far: Fraction) -> Side:
        """Try each crossing and what follows it, up to the first change of list."""
        stops = roots(self._contest, place, end.weight, far)
        for stop, following in islice(pairwise(stops), MOST_TRIALS):
            beyond = self.change(weights_at(self._contest, place, (stop + following) / 2))
            change = beyond or self.change(weights_at(self._contest, place, stop))
            if change is not None:
                return Side(stop, False, stop, change, end.inside, end.outside)
        if len(stops) > MOST_TRIALS + 1:
            return Side(stops[MOST_TRIALS], False, None, None, end.inside, end.outside)
        return Side(far, True, None, None, None, None)

"""What the gates, the categories and the floors of a policy make of a candidature, however it ends; who is settled."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from ami_scoring.domain.conditions import facts_of
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import Value
from ami_scoring.domain.scores import ScoreCard, Scored
from ami_scoring.domain.selection import Floor, Scale, Threshold
from ami_scoring.exact import Fraction
from ami_scoring.scoring.firmness.versions import may_count
from ami_scoring.scoring.marks import Contenders, by_facts, by_marks, holds, is_let_in
from ami_scoring.scoring.places import (
    Deposits,
    asks_of,
    facts_of_order,
    lacks_one,
    mover,
    opener,
    own_keyers,
    purses_of,
    threshold_points,
)

_NOTHING = Fraction(0)


def all_settled(contenders: Iterable[Contenders], criteria: Criteria) -> list[Scored] | None:
    """Give the one version of each project that counts, where nothing is open of any; None where something is.

    Nothing is bounded to see it.
    """
    ends = Ends(criteria)
    is_settled = ends.settler()
    own = own_keyers(criteria.selection.budget, lambda: Deposits(()))  # the days alone say whether one is missing
    found: list[Scored] = []
    for group, shadow, doubt in contenders:
        may, present = may_count(group, criteria, ends.stays) if group else ([], True)
        if not present or shadow is not None or doubt is not None or len(may) > 1:
            return None
        for one in may:
            if not is_settled(one.card) or (own and any(keys_of(one).is_open for keys_of in own.values())):
                return None
            found.append(one)
    return found


class Ends:
    """What the gates, the categories and the floors of a policy make of a candidature, however it ends."""

    def __init__(self, criteria: Criteria) -> None:
        """Look at what each of them reads: equal facts, and equal marks, are judged once."""
        selection = criteria.selection
        gates = (name for gate in criteria.eligibility for name in facts_of(gate.require))
        self.stays = by_facts([*gates, *criteria.refusing], lambda values: is_let_in(values, criteria))
        """Whether no information still missing can make a candidature ineligible, by its facts."""
        self.within = by_facts(
            (name for quota in selection.quotas for name in facts_of(quota.when)),
            lambda values: tuple(holds(quota.when, values) for quota in selection.quotas),
        )
        """By quota, whether the facts are of the category; None while nobody knows."""
        self._floors = by_facts(
            (name for floor in selection.floors for name in facts_of(floor.when)),
            lambda values: (_highest(criteria, values, {True}), _highest(criteria, values, {True, None})),
        )
        bars = [_Bar(each, threshold_points(each, criteria)) for each in selection.thresholds]
        self._marks = by_marks(
            lambda card: (_reaches(card, criteria, bars, at_best=True), _reaches(card, criteria, bars, at_best=False))
        )
        self._criteria = criteria

    def fit(self, card: ScoreCard) -> tuple[bool, bool]:
        """Say whether a card may pass every floor, and whether it does whatever is missing."""
        may, must = self._marks(card)
        at_best, at_worst = self._floors(card.values)
        leaves = self._criteria.selection.leaves_to_people
        may = may and not leaves(card.high) and not (at_best and at_best.refuses(card.high))
        return may, may and must and not leaves(card.low) and not (at_worst and at_worst.refuses(card.low))

    def may_be_heard(self, card: ScoreCard) -> bool:
        """Say whether a card may pass every floor with a total on which the committee deliberates."""
        if not self._criteria.selection.leaves_to_people(card.low):
            return False
        at_best = self._floors(card.values)[0]
        return self._marks(card)[0] and not (at_best and at_best.refuses(card.high))

    def settler(self) -> Callable[[ScoreCard], bool]:
        """Make the function that says whether nothing is open of a card: what orders it, or where it belongs."""
        selection, ranking = self._criteria.selection, self._criteria.ranking
        if selection.floors or selection.quotas or selection.budget is not None:
            is_open = opener(ranking)
            return lambda card: not is_open(card) and self._is_certain(card)
        moves, facts = mover(ranking), facts_of_order(ranking)
        is_closed = by_marks(lambda card: not moves(card) and self._is_certain(card))  # no fact is read by any of it
        return lambda card: is_closed(card) and not lacks_one(card, facts)

    def _is_certain(self, card: ScoreCard) -> bool:
        """Say whether no category, floor or part of the budget of a card is in doubt."""
        can_fit, must_fit = self.fit(card)
        return can_fit is must_fit and None not in self.within(card.values) and self._is_paid_from_one(card)

    def _is_paid_from_one(self, card: ScoreCard) -> bool:
        budget = self._criteria.selection.budget
        if budget is None:
            return True
        least, most = asks_of(card, self._criteria)
        return least == most and len(purses_of(budget, card)) == 1


def _highest(criteria: Criteria, values: Mapping[str, Value], concerned: set[bool | None]) -> Floor | None:
    """Give the highest of the floors that concern, or may concern, a candidature; what it admits, they all do."""
    floors = (each for each in criteria.selection.floors if holds(each.when, values) in concerned)
    return max(floors, key=lambda floor: (floor.at_least, floor.strict), default=None)


class _Bar(NamedTuple):
    """A threshold, with its number on its own scale."""

    threshold: Threshold
    floor: Fraction


def _reaches(card: ScoreCard, criteria: Criteria, bars: Iterable[_Bar], *, at_best: bool) -> bool:
    """Say whether a card passes what holds for all, with all that is open at its best, or at its worst."""
    selection, total = criteria.selection, card.high if at_best else card.low
    if selection.is_under_minimum(total):
        return False
    if selection.minimum_mark is not None:
        marks = (_end(card, root.id, Scale.MARK, at_best=at_best) for root in criteria.criteria)
        if sum(marks, _NOTHING) < selection.minimum_mark:
            return False
    for threshold, floor in bars:
        points = _end(card, threshold.criterion, threshold.on, at_best=at_best)
        if points < floor or (threshold.strict and points == floor):
            return False
    return True


def _end(card: ScoreCard, criterion: str, on: Scale, *, at_best: bool) -> Fraction:
    mark = card.marks[criterion]
    raw = mark.appraisal if on is Scale.MARK else None
    low, high = (mark.low, mark.high) if raw is None else sorted((raw.low, raw.high))
    return high if at_best else low

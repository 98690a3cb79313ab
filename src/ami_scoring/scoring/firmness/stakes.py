"""What each candidature may become: its keys, whether it passes the floors, what it may ask, where it may belong.

Of several versions of one project only one counts, and which one may still change: a project is a rival through any
of those that may count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ami_scoring.domain.conditions import facts_of
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.facts import Value
from ami_scoring.domain.scores import ScoreCard, Scored
from ami_scoring.domain.selection import Floor, Scale, Threshold
from ami_scoring.exact import Fraction
from ami_scoring.scoring.firmness.versions import may_count
from ami_scoring.scoring.marks import Contenders, by_facts, by_marks, holds, is_let_in
from ami_scoring.scoring.places import (
    TOTAL,
    Deposits,
    Key,
    Keys,
    OwnKeyer,
    OwnKeys,
    asks_of,
    facts_of_order,
    keyer,
    lacks_one,
    mover,
    opener,
    own_keyers,
    purses_of,
    threshold_points,
)

_NOTHING = Fraction(0)


class Stake(NamedTuple):
    """One version of a candidature, over every way in which it can end."""

    scored: Scored
    keys: Keys
    can_fit: bool
    """Whether it may pass every floor."""
    must_fit: bool
    """Whether it passes every floor whatever is missing."""
    blank: bool
    """Whether its category, its part of a budget or what it asks of it is unknown."""
    within: tuple[bool | None, ...]
    """By quota: whether it is of the category; None while nobody knows."""
    least: Fraction
    most: Fraction | None
    """The least and the most that it may ask of a budget; None without limit."""
    purses: tuple[int, ...]
    """The parts of the budget that may pay it."""
    heard: bool
    """Whether it may end where the committee deliberates."""
    own: Mapping[int, OwnKeys] = MappingProxyType({})
    """What orders it in each part of the budget that may pay it, and has an order of its own."""
    movers: tuple[str, ...] = ()
    """Others whose open files move its marks by comparison, where its own file is closed."""

    @property
    def low(self) -> Key:
        """Its lowest key."""
        return self.keys.low

    @property
    def high(self) -> Key:
        """Its highest key."""
        return self.keys.high

    @property
    def is_unordered(self) -> bool:
        """Whether what orders it in a part of the budget may still change."""
        return any(keys.is_open for keys in self.own.values())


class Project(NamedTuple):
    """The versions of one project that may count, and whether one of them surely does and holds a rank."""

    stakes: tuple[Stake, ...]
    present: bool
    shadow: Entry | None = None
    """A refused version that would count in its stead, were it completed."""
    floor: Key = ()
    """What its key is never under, where the best version counts: the total of one that surely has it."""
    doubt: Entry | None = None
    """A file that may be another version of it, though nothing establishes of which project it is one."""

    @property
    def versions(self) -> int:
        """How many files may be the version that counts: one that is refused, or of no known project, among them."""
        return len(self.stakes) + (self.shadow is not None) + (self.doubt is not None)

    @property
    def can_fit(self) -> bool:
        """Whether one of them may pass every floor."""
        return self.stakes[0].can_fit if len(self.stakes) == 1 else any(stake.can_fit for stake in self.stakes)

    @property
    def steady(self) -> bool:
        """Whether, whatever happens, one holds a rank, passes every floor and is held for nothing that is missing."""
        return self.present and all(stake.must_fit and not stake.blank for stake in self.stakes)

    @property
    def low(self) -> Key:
        """The lowest key that it may have."""
        if len(self.stakes) == 1 and not self.floor:
            return self.stakes[0].low
        return max(self.floor, min(stake.low for stake in self.stakes))

    @property
    def high(self) -> Key:
        """The highest key with which it may pass every floor, or that it may have where it never does."""
        if len(self.stakes) == 1:
            return self.stakes[0].high
        return max(stake.high for stake in self.stakes if stake.can_fit is self.can_fit)

    @property
    def least(self) -> Fraction:
        """The least that it asks of a budget, where it surely counts."""
        return min(stake.least for stake in self.stakes)

    @property
    def most(self) -> Fraction | None:
        """The most that it may ask of a budget; None without limit, or while nobody knows which version counts."""
        asked = [stake.most for stake in self.stakes]
        is_open = not self.present and (len(asked) > 1 or self.shadow is not None)
        return None if is_open or None in asked else max(most for most in asked if most is not None)

    @property
    def is_settled(self) -> bool:
        """Whether nothing about it is open."""
        one = self.stakes[0]
        return (
            self.present
            and len(self.stakes) == 1
            and one.low is one.high
            and not one.blank
            and not one.is_unordered
            and one.can_fit is one.must_fit
        )


def projects_of(contenders: Iterable[Contenders], criteria: Criteria) -> list[Project]:
    """Put together the versions that may count, from the latest."""
    groups = [each for each in contenders if each.eligible]
    deposits = Deposits(one for each in groups for one in each.eligible)
    keys_of, ends = keyer(criteria.ranking, deposits), Ends(criteria)
    own = own_keyers(criteria.selection.budget, lambda: deposits)
    found: list[Project] = []
    for group, shadow, doubt in groups:
        may, present = may_count(group, criteria, ends.stays)
        stakes = tuple(_with_own(stake_of(one, criteria, keys_of, ends), own) for one in may)
        floor = _floor(stakes, ends) if criteria.versions.keeps_best else ()
        found.append(Project(stakes, present and shadow is doubt is None, shadow, floor, doubt))
    return found


def _floor(stakes: Iterable[Stake], ends: Ends) -> Key:
    """Give the lowest total of the best version: as much as any that surely counts if no other is better."""
    sure = (stake for stake in stakes if stake.scored.is_firm and ends.stays(stake.scored.card.values))
    return max((stake.low[:TOTAL] for stake in sure), default=())


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


def stake_of(scored: Scored, criteria: Criteria, keys_of: Callable[[Scored], Keys], ends: Ends) -> Stake:
    """Bound what a version may become."""
    within = ends.within(scored.card.values)
    least, most = asks_of(scored.card, criteria)
    purses = purses_of(criteria.selection.budget, scored.card)
    can_fit, must_fit = ends.fit(scored.card)
    heard = ends.may_be_heard(scored.card)
    blank = None in within or len(purses) > 1 or (criteria.selection.budget is not None and most != least)
    return Stake(scored, keys_of(scored), can_fit, must_fit, blank, within, least, most, purses, heard)


def _with_own(stake: Stake, own: Mapping[int, OwnKeyer]) -> Stake:
    mine = {place: own[place](stake.scored.bounded) for place in stake.purses if place in own}
    return stake._replace(own=mine) if mine else stake


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

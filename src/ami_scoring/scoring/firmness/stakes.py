"""What each candidature may become: its keys, whether it passes the floors, what it may ask, where it may belong.

Of several versions of one project only one counts, and which one may still change: a project is a rival through any
of those that may count.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.scores import Scored
from ami_scoring.exact import Fraction
from ami_scoring.scoring.firmness.ends import Ends
from ami_scoring.scoring.firmness.versions import may_count
from ami_scoring.scoring.marks import Contenders
from ami_scoring.scoring.places import (
    TOTAL,
    Deposits,
    Key,
    Keys,
    OwnKeyer,
    OwnKeys,
    asks_of,
    keyer,
    own_keyers,
    purses_of,
)


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

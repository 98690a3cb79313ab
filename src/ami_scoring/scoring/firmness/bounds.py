"""Whether a place is kept in every way, and whether one is within reach in any.

With places alone both answers are exact. Quotas, guaranteed places and budgets are bounded: a place said to be kept
is kept, one that may be lost may only seem so.
"""

from __future__ import annotations

from ami_scoring.exact import Fraction
from ami_scoring.scoring.firmness.field import Field
from ami_scoring.scoring.firmness.stakes import Stake
from ami_scoring.scoring.places import TOTAL, Key

_NOTHING = Fraction(0)


def keeps(stake: Stake, field: Field, places: int | None) -> bool:
    """Say whether one that surely counts, and now has a place, keeps it whatever happens."""
    if field.surely_enough:
        return True
    if not stake.must_fit:
        return False
    key = field.shared(stake.low)
    below = _guaranteed_below(stake, field, places)
    if not _within_caps(stake, field, below) or not _is_paid(stake, field, sum(below)):
        return False
    before = field.all.may_reach(key) - 1 + field.unread
    if places is None or before + sum(below) + 1 <= places:
        return True
    return any(_is_guaranteed(stake, place, field, places) for place in range(len(below)))


def may_get(stake: Stake, field: Field, places: int | None) -> bool:
    """Say whether one that has no place, or may lose its own, may yet get one."""
    if field.may_be_enough:
        return True
    if not stake.can_fit or places == 0:
        return False
    if field.selection.budget is not None:
        return _may_be_paid(stake, field)
    key = field.shared(stake.high)
    quotas = list(enumerate(field.selection.quotas))
    if any(
        quota.at_least and stake.within[place] is not False and field.quotas[place].surely_ahead(key) < quota.at_least
        for place, quota in quotas
    ):
        return True
    full = any(
        quota.at_most is not None and stake.within[place] and field.quotas[place].surely_ahead(key) >= quota.at_most
        for place, quota in quotas
    )
    return not full and (places is None or field.all.surely_ahead(key) < places)


def _guaranteed_below(stake: Stake, field: Field, places: int | None) -> list[int]:
    """Count, by quota, the places that may be given to candidatures ranked below: those kept for other categories."""
    key = field.shared(stake.low)
    found: list[int] = []
    for place, quota in enumerate(field.selection.quotas):
        line = field.quotas[place]
        if not quota.at_least or stake.within[place]:
            found.append(0)
            continue
        kept = quota.at_least - line.surely_ahead(key)
        if places is not None:
            kept = min(kept, places)
        found.append(max(0, min(kept, len(line.highs) - line.may_reach(key) + field.unread)))
    return found


def _within_caps(stake: Stake, field: Field, below: list[int]) -> bool:
    key = field.shared(stake.low)
    for place, quota in enumerate(field.selection.quotas):
        if quota.at_most is None or stake.within[place] is False:
            continue
        own = stake.can_fit
        before = field.quotas[place].may_reach(key) - own + field.unread
        others = sum(count for other, count in enumerate(below) if other != place)
        if before + others + 1 > quota.at_most:
            return False
    return True


def _is_guaranteed(stake: Stake, place: int, field: Field, places: int) -> bool:
    """Say whether a place kept for its category surely falls to it."""
    quota = field.selection.quotas[place]
    if not stake.within[place]:
        return False
    taken = sum(one.at_least for one in field.selection.quotas[:place])
    before = field.quotas[place].may_reach(field.shared(stake.low)) - 1 + field.unread
    return before + taken + 1 <= min(quota.at_least, places)


def _is_paid(stake: Stake, field: Field, below: int) -> bool:
    """Say whether each part of the budget that may pay it holds enough for all who may come before, and for it."""
    if field.selection.budget is None:
        return True
    if field.unread:
        return False
    key = field.shared(stake.low)
    if field.selection.budget.admits_levels:
        key = key[:TOTAL]
    for place in stake.purses:
        purse = field.purses[place]
        asked = purse.most_asked(_turn(stake, place, key))
        is_unbounded = asked is None or (below and purse.dearest is None)
        if is_unbounded or (asked or _NOTHING) + below * (purse.dearest or _NOTHING) > purse.amount:
            return False
    return True


def _turn(stake: Stake, purse: int, key: Key) -> Key:
    """Give the key below which nobody comes before one in a part of the budget, whatever happens.

    In an own order, one that lacks what orders it, or may be of another part, is paid for sure only where all are.
    """
    own = stake.own.get(purse)
    if own is None:
        return key
    return () if own.blank is not None or len(stake.purses) > 1 else (*own.low, *key)


def _may_be_paid(stake: Stake, field: Field) -> bool:
    budget = field.selection.budget
    if budget is None or budget.partial or budget.admits_levels or any(envelope.spill for envelope in budget.envelopes):
        return True
    return any(stake.least <= field.purses[place].amount for place in stake.purses)

"""Who is held while the places are shared: those whose fate depends on a category, a floor or an envelope not known.

The answer is tried both ways against what is left when their turn comes. All the equals of one rank are tried at once.
"""

from __future__ import annotations

from collections.abc import Sequence

from ami_scoring.messages import Message
from ami_scoring.scoring.places.caps import Within, within_quotas
from ami_scoring.scoring.places.claims import Allocation, concerns
from ami_scoring.scoring.places.ranking import Ranked


def hold_for_guarantee(rows: Sequence[Ranked], place: int, done: Allocation) -> list[Ranked]:
    """Give those of equals who are of the category of a quota; hold those who would be served and may be stopped.

    Of those who may be of the category it is noted: they may be served, if they can be paid, where they are not served
    anyway.
    """
    quota, mine = done.room.selection.quotas[place], list[Ranked]()
    for row in rows:
        if concerns(quota, row):
            mine.append(row)
        elif (asked := done.room.doubts_of(row).quotas.get(place)) is not None and True in _paid(row, done):
            done.chances.setdefault(id(row), asked)
    return _without_held(mine, done, guarantee=True)


def hold_for_places(rows: Sequence[Ranked], done: Allocation) -> list[Ranked]:
    """Give equals whose turn has come; hold those of them whom one answer would serve, and another would not."""
    return _without_held(rows, done, guarantee=False)


def _without_held(rows: Sequence[Ranked], done: Allocation, *, guarantee: bool) -> list[Ranked]:
    kept = list(rows)
    while any(id(row) in done.room.doubts for row in kept):
        within = within_quotas(kept, done)
        asked = [(row, _asked(row, kept, within, done, guarantee=guarantee)) for row in kept]
        if all(message is None for _, message in asked):
            break
        for row, message in asked:
            if message is not None:
                done.hold(row, message)
        kept = [row for row, message in asked if message is None]
    return kept


def _asked(row: Ranked, rows: Sequence[Ranked], within: Within, done: Allocation, *, guarantee: bool) -> Message | None:
    """Say what to ask one for, where its answer decides; None where it changes nothing."""
    doubts, is_within = done.room.doubts_of(row), _among(row, within.everyone)
    own = sum(claim.seats for claim in done.claims_of(rows))
    paid = _paid(row, done)
    has_seat = is_within and (done.free is None or done.free + own > 0)
    if has_seat and doubts.envelope is not None and paid != {True}:
        return doubts.envelope
    may_be_served = has_seat and True in paid
    if may_be_served:
        if doubts.floor is not None:
            return doubts.floor
        for place, asked in doubts.quotas.items():
            if _would_stop(place, rows, done):
                return asked
    is_served = may_be_served and _among(row, within.rows) and (done.free is None or within.seats <= done.free + own)
    return None if guarantee or is_served else done.chances.get(id(row))


def _among(row: Ranked, rows: Sequence[Ranked]) -> bool:
    return any(each is row for each in rows)


def _paid(row: Ranked, done: Allocation) -> set[bool]:
    """Say whether a candidature would be paid, if only in part, from each part of the budget that may pay it."""
    parts, purses = done.room.doubts_of(row).purses, done.purses
    return purses.can_pay_from(row, parts) if parts else {purses.can_pay([row]) or purses.pays_in_part(row)}


def _would_stop(place: int, rows: Sequence[Ranked], done: Allocation) -> bool:
    """Say whether a quota would stop one of the equals, or have them contest its end, if it were of the category."""
    quota = done.room.selection.quotas[place]
    if quota.at_most is None:
        return False
    own = sum(claim.seats_of(quota) for claim in done.claims_of(rows))
    others = sum(concerns(quota, row) for row in rows)
    return done.pledged(place) - own + others + 1 > quota.at_most

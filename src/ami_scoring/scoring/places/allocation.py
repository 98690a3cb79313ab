"""Sharing places, and a budget where there is one, in the order of ranks. The cut never falls inside a tie.

Candidatures that share a rank share their fate: when places run out inside a tie, none of the equals gets one and
all go first on the reserve list, for the committee to decide between them. The same holds for the places kept for a
category, for the places of a quota, and for what is left of a budget. What they may get is kept for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.selection import Quota
from ami_scoring.domain.standings import Status
from ami_scoring.messages import Message
from ami_scoring.scoring.places.caps import Within, within_quotas
from ami_scoring.scoring.places.claims import (
    Allocation,
    Kind,
    Room,
    Verdict,
    concerns,
    guaranteed,
    waits_for,
)
from ami_scoring.scoring.places.covering import in_turns, tell, tell_ahead
from ami_scoring.scoring.places.holding import hold_for_guarantee, hold_for_places
from ami_scoring.scoring.places.levels import share_levels
from ami_scoring.scoring.places.own_orders import Owned, owned
from ami_scoring.scoring.places.ranking import Ranked
from ami_scoring.scoring.places.reasons import (
    GUARANTEED,
    OF_THE_QUOTA,
    Served,
    contested,
    no_place,
    why_not_guaranteed,
    why_unpaid,
)
from ami_scoring.scoring.places.settling import leave_kept, settle, tell_short


def allocate(groups: Sequence[Sequence[Ranked]], room: Room, criteria: Criteria) -> Allocation:
    """Share what there is between candidatures that pass every floor, given by groups of equals in rank order."""
    done, own = Allocation(room), None
    deciding = [[row for row in group if room.selection.decides(row.scored.card.total)] for group in groups]
    budget = room.selection.budget
    if budget is not None and budget.admits_levels:
        share_levels(deciding, budget, done)
    else:
        own = owned(deciding, done, criteria)
        _share(deciding, own, done)
    _wait(groups, done)
    tell_short(done)
    tell_ahead(done)
    if own is not None:
        own.tell(done)
    return done


def _share(groups: Sequence[Sequence[Ranked]], own: Owned, done: Allocation) -> None:
    for place, quota in enumerate(done.room.selection.quotas):
        _guarantee(groups, place, quota, done)
    for equals in own.groups.values():
        _serve(equals, done)
    others = ([row for row in group if id(row) not in own.rows] for group in groups)
    _serve([group for group in others if group], done)
    if done.purses.spill():
        own.keep_notes(done)
        _serve_in_turn(groups, own, done)


def _guarantee(groups: Sequence[Sequence[Ranked]], place: int, quota: Quota, done: Allocation) -> None:
    """Give the places kept for a category to the best ranked of it, until they are filled or a tie contests them."""
    for group in groups:
        wanted, free = quota.at_least - done.pledged(place), done.free
        room = wanted if free is None else min(wanted, free)
        if room <= 0:
            cause = done.spared_of(place)
            if cause is None:
                return
            _wait_for_guarantee(group, quota, cause, done)
            continue
        rows = [row for row in group if id(row) not in done.verdicts and id(row) not in done.claims]
        found = in_turns(hold_for_guarantee(rows, place, done), done)
        for turn in found.turns:
            _guarantee_one(turn, place, quota, done)
        tell(found, done)


def _wait_for_guarantee(group: Sequence[Ranked], quota: Quota, cause: Message, done: Allocation) -> None:
    """Have those of a category wait for the places kept for it that equals above them may not be paid for."""
    rows = [row for row in group if id(row) not in done.verdicts and id(row) not in done.claims]
    mine = [row for row in rows if concerns(quota, row) and not done.purses.never_pays(row)]
    if mine:
        done.claim(Kind.WAIT, mine, 0, cause, cause)


def _guarantee_one(equals: Sequence[Ranked], place: int, quota: Quota, done: Allocation) -> None:
    """Give equals the places kept for their category, or keep them for those who contest them; the next may follow."""
    wanted, free = quota.at_least - done.pledged(place), done.free
    room = wanted if free is None else min(wanted, free)
    if room <= 0:
        return
    rows = [row for row in equals if not done.purses.never_pays(row)]
    never = (row for row in equals if done.purses.never_pays(row))
    done.unpaid.update((id(row), why_not_guaranteed(row, quota.label, done)) for row in never)
    within = within_quotas(rows, done)
    if len(within.rows) > room or within.ends:
        rows = within.everyone
        seats = min(room, within.seats)
        note = contested(len(rows), seats, GUARANTEED, quota.label)
        done.claim(Kind.GUARANTEE, rows, seats, note, waits_for(rows))
        return  # what a full quota keeps from them is left to those who come after
    for mine in done.purses.apart(within.rows):
        settle(mine, done, guaranteed(quota), closes=False)
        unpaid = [row for row in mine if id(row) not in done.verdicts and id(row) not in done.claims]
        done.unpaid.update((id(row), why_not_guaranteed(row, quota.label, done)) for row in unpaid)


def _serve(groups: Sequence[Sequence[Ranked]], done: Allocation) -> None:
    for group in groups:
        apart = _contesting_apart(group, done)
        mine = set(map(id, apart))
        short = [row for row in group if done.serves(row) and done.purses.still_asked([row]) > 0]
        rows = [row for row in group if id(row) not in done.verdicts and id(row) not in mine]
        found = in_turns([*rows, *short], done)
        for turn in found.turns:
            _serve_equals(turn, done)
        tell(found, done)


def _contesting_apart(group: Sequence[Ranked], done: Allocation) -> list[Ranked]:
    """Find those who contest, or wait for, what their own envelope keeps, and keep what they may ask of the rest."""
    claims = ((row, done.claims.get(id(row))) for row in group if done.purses.is_apart(row))
    found = [row for row, claim in claims if claim is not None and claim.waits_for_money]
    if found:
        done.purses.keep(found, len(found), waits_for(found))
    return found


def _serve_equals(group: Sequence[Ranked], done: Allocation) -> None:
    short = [row for row in group if done.serves(row)]
    rows = _still_paid(hold_for_places([row for row in group if id(row) not in done.verdicts], done), done)
    before = {id(row): done.claims[id(row)] for row in rows if id(row) in done.claims}
    own = {id(each.kept.cause) for each in before.values() if each.kind is not Kind.WAIT}
    within = within_quotas(rows, done)
    if len(within.everyone) < len(rows):
        _wait_for_quotas(rows, set(map(id, within.everyone)), done)
    for mine in done.purses.apart([*_seated(within, done), *short]):
        if done.purses.closed_by(mine[0]) is None:
            settle(mine, done, own=own)
        else:
            leave_kept(mine, before, done)


def _wait_for_quotas(rows: Sequence[Ranked], within: AbstractSet[int], done: Allocation) -> None:
    """Have those whom full quotas stop wait, where those for whom their places are kept may not all have one."""
    for row in rows:
        if id(row) in within or id(row) in done.claims or done.purses.never_pays(row, later=True):
            continue
        causes = [
            done.spared_of(place)
            for place, quota in enumerate(done.room.selection.quotas)
            if quota.at_most is not None and done.pledged(place) >= quota.at_most and concerns(quota, row)
        ]
        if causes and causes[0] is not None and None not in causes:
            done.claim(Kind.WAIT, [row], 0, causes[0], causes[0])


def _still_paid(rows: Sequence[Ranked], done: Allocation) -> list[Ranked]:
    """Leave out those before whom the sharing stopped for good, and for whom nothing is kept: they contest nothing."""
    stopped = {id(row): row for row in rows if id(row) not in done.claims and done.purses.is_over_for(row)}
    done.notes.update((place, why_unpaid(row, done)) for place, row in stopped.items())
    return [row for row in rows if id(row) not in stopped]


def _serve_in_turn(groups: Sequence[Sequence[Ranked]], own: Owned, done: Allocation) -> None:
    """Share what envelopes left, in the order that the policy states; equals who contest places are never parted.

    An envelope that is named, and has an order of its own, serves by it; all the others are served by their ranks.
    """
    together = {place for place, claim in done.claims.items() if claim.kind in {Kind.TIE, Kind.GUARANTEE}}
    for turn in done.purses.turns():
        served = groups if turn is None else own.groups.get(turn, groups)
        apart = ([row for row in group if _turn_of(row, done, together) == turn] for group in served)
        _serve([group for group in apart if group], done)


def _turn_of(row: Ranked, done: Allocation, together: AbstractSet[int]) -> int | None:
    return None if id(row) in together else done.purses.turn_of(row)


def _seated(within: Within, done: Allocation) -> list[Ranked]:
    """Give equals back if there are places for all; if not, keep for them the last ones."""
    rows, free = within.everyone, done.free
    own = sum(claim.seats for claim in done.claims_of(rows))
    if free is None or within.seats <= free + own:
        done.release(rows)
        for end in within.ends:
            note = contested(len(end.rows), end.seats, OF_THE_QUOTA, end.quota.label)
            done.claim(Kind.TIE, end.rows, end.seats, note, waits_for(end.rows))
        return within.rows
    if free > 0:
        done.release(rows)
        done.claim(Kind.TIE, rows, free + own, contested(len(rows), free + own), waits_for(rows))
    elif (cause := done.spared()) is not None:
        rest = [row for row in rows if id(row) not in done.claims and not done.purses.never_pays(row, later=True)]
        if rest:
            done.claim(Kind.WAIT, rest, 0, cause, cause)
    return []


def _wait(groups: Sequence[Sequence[Ranked]], done: Allocation) -> None:
    """Put on the reserve list those who got no place, in the order of ranks, and refuse the others.

    Equals who contest places stand on it too, and as many of them will leave it as there are places between them: the
    list takes as many more after them, so that it is whole once they are told apart.
    """
    waiting = done.room.reserve
    served = Served(row for group in groups for row in group if done.serves(row))
    for group in groups:
        rows = [row for row in group if id(row) not in done.verdicts]
        for row in rows:
            done.verdicts[id(row)] = _verdict(row, waiting, done, served)
        for row in rows:
            if done.verdicts[id(row)].status is Status.RESERVE:
                served.add(row)
        waiting -= sum(done.verdicts[id(row)].status in {Status.RESERVE, Status.NOT_SELECTED} for row in rows)
        waiting += done.contested_by(rows)


def _verdict(row: Ranked, waiting: int, done: Allocation, served: Served) -> Verdict:
    verdict, asked = _plain_verdict(row, waiting, done, served), done.room.doubts_of(row).floor
    if asked is not None and verdict.status in {Status.RESERVE, Status.TO_DELIBERATE}:
        return Verdict(Status.TO_COMPLETE, (asked,))
    return verdict


def _plain_verdict(row: Ranked, waiting: int, done: Allocation, served: Served) -> Verdict:
    if not done.room.selection.decides(row.scored.card.total):
        return Verdict(Status.TO_DELIBERATE)
    claim, note = done.claims.get(id(row)), done.unpaid.get(id(row), done.notes.get(id(row)))
    passed = (done.passed[id(row)],) if id(row) in done.passed else ()
    if claim is not None:
        return Verdict(Status.TO_COMPLETE if claim.kind is Kind.DEMAND else Status.RESERVE, (claim.note, *passed))
    reasons = () if note is None else (note,)
    if waiting > 0:
        return Verdict(Status.RESERVE, (*reasons, *passed))
    why = reasons or (no_place(row, served, done, done.room.parted),)
    return Verdict(Status.NOT_SELECTED, (*why, *passed))

"""Sharing places, and a budget where there is one, in the order of ranks. The cut never falls inside a tie.

Candidatures that share a rank share their fate: when places run out inside a tie, none of the equals gets one and
all go first on the reserve list, for the committee to decide between them. The same holds for the places of a
quota and for what is left of a budget.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from ami_scoring.domain.criteria import Quota, Selection
from ami_scoring.domain.scores import Status
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message
from ami_scoring.scoring.conditions import holds
from ami_scoring.scoring.purses import Purses
from ami_scoring.scoring.ranking import Ranked


class Room(NamedTuple):
    """What there is to share: places (None where only a budget limits), a reserve list, and their rules."""

    places: int | None
    reserve: int
    selection: Selection


class Verdict(NamedTuple):
    """What becomes of one candidature, why, and what it is granted of a budget."""

    status: Status
    reasons: tuple[Message, ...] = ()
    granted: Fraction | None = None


@dataclass(slots=True)
class Allocation:
    """What has been decided so far, by the identity of each ranked row."""

    left: int | None
    purses: Purses
    taken: list[int]
    verdicts: dict[int, Verdict] = field(default_factory=dict)
    notes: dict[int, Message] = field(default_factory=dict)
    """Why a candidature that could have been served was passed over."""
    contested: tuple[str, ...] = ()


def groups_of(ranked: Sequence[Ranked]) -> Iterator[list[Ranked]]:
    """Give the candidatures that have a rank, those that share one together, in the order of ranks."""
    firm = [row for row in ranked if row.rank is not None]
    for _, group in groupby(firm, key=lambda row: row.rank):
        yield list(group)


def allocate(groups: Sequence[Sequence[Ranked]], room: Room) -> Allocation:
    """Share what there is between candidatures that pass every floor, given by groups of equals in rank order."""
    selection = room.selection
    done = Allocation(room.places, Purses(selection.budget), [0] * len(selection.quotas))
    deciding = [[row for row in group if _is_decided_by_score(row, selection)] for group in groups]
    for place, quota in enumerate(selection.quotas):
        _guarantee(deciding, place, quota, room, done)
    _serve(deciding, room, done)
    if done.purses.spill():
        done.notes.clear()
        done.contested = ()
        _serve(deciding, room, done)
    _wait(groups, room, done)
    return done


def _is_decided_by_score(row: Ranked, selection: Selection) -> bool:
    bound, total = selection.decides_from, row.scored.card.total
    return bound is None or (total is not None and total >= bound)


def _guarantee(groups: Sequence[Sequence[Ranked]], place: int, quota: Quota, room: Room, done: Allocation) -> None:
    """Give the places kept for a category to the best ranked of it, until they are filled or a tie contests them."""
    for group in groups:
        wanted = quota.at_least - done.taken[place]
        rows = [row for row in group if id(row) not in done.verdicts and _concerns(quota, row)]
        rows = _within_quotas(rows, room, done)
        if wanted <= 0 or len(rows) > wanted or (done.left is not None and len(rows) > done.left):
            return
        reason = Message("place garantie : {label}", {"label": quota.label})
        if rows and done.purses.can_pay(rows):
            _take(rows, room, done, reason)


def _serve(groups: Sequence[Sequence[Ranked]], room: Room, done: Allocation) -> None:
    for group in groups:
        rows = [row for row in group if id(row) not in done.verdicts]
        rows = _within_quotas(rows, room, done)
        if not rows:
            continue
        if done.left is not None and len(rows) > done.left:
            if done.left > 0:
                done.contested = tuple(row.scored.entry.reference for row in rows)
                done.notes.update((id(row), _contested_places(len(rows), done.left)) for row in rows)
            return
        if done.purses.can_pay(rows):
            _take(rows, room, done)
        elif not _pay_in_part(rows, room, done):
            done.purses.fall_short(rows)


def _take(rows: Sequence[Ranked], room: Room, done: Allocation, *reasons: Message) -> None:
    for row in rows:
        done.verdicts[id(row)] = Verdict(Status.SELECTED, reasons, done.purses.pay(row))
        if done.left is not None:
            done.left -= 1
        for place, quota in enumerate(room.selection.quotas):
            done.taken[place] += _concerns(quota, row)


def _pay_in_part(rows: Sequence[Ranked], room: Room, done: Allocation) -> bool:
    """Grant one candidature what is left, where the policy allows it; else note why it is passed over."""
    if len(rows) == 1 and done.purses.pays_in_part(rows[0]):
        asked = done.purses.asked(rows[0])
        _take(rows, room, done, Message("financée en partie, sur {asked} demandés", {"asked": asked}))
        return True
    done.notes.update((id(row), _why_unpaid(row, done)) for row in rows)
    return False


def _why_unpaid(row: Ranked, done: Allocation) -> Message:
    closed_by = done.purses.closed_by(row)
    if closed_by is not None:
        said = "la répartition s'est arrêtée à {reference}, qui demande plus que le reste"
        return Message(said, {"reference": closed_by})
    said = "demande {asked}, il reste {left} sur l'enveloppe"
    return Message(said, {"asked": done.purses.asked(row), "left": done.purses.left_for(row)})


def _within_quotas(rows: Sequence[Ranked], room: Room, done: Allocation) -> list[Ranked]:
    """Leave out those that a quota stops: first where it is full, then where those left are too many for its end."""
    kept = list(rows)
    capped = [
        (place, quota, quota.at_most) for place, quota in enumerate(room.selection.quotas) if quota.at_most is not None
    ]
    for template, is_full in (("quota atteint : {label}", True), ("à égalité pour la fin du quota : {label}", False)):
        for place, quota, most in capped:
            rivals = {id(row) for row in kept if _concerns(quota, row)}
            if done.taken[place] + len(rivals) > most and (done.taken[place] >= most) is is_full:
                done.notes.update((row, Message(template, {"label": quota.label})) for row in rivals)
                kept = [row for row in kept if id(row) not in rivals]
    return kept


def _concerns(quota: Quota, row: Ranked) -> bool:
    return holds(quota.when, row.scored.card.values) is True


def _wait(groups: Sequence[Sequence[Ranked]], room: Room, done: Allocation) -> None:
    """Put on the reserve list those who got no place, in the order of ranks, and refuse the others."""
    waiting = room.reserve
    for group in groups:
        rows = [row for row in group if id(row) not in done.verdicts]
        open_rows = [row for row in rows if _is_decided_by_score(row, room.selection)]
        for row in rows:
            note = done.notes.get(id(row))
            reasons = () if note is None else (note,)
            if row not in open_rows:
                done.verdicts[id(row)] = Verdict(Status.TO_DELIBERATE)
            elif waiting > 0 or row.scored.entry.reference in done.contested:
                done.verdicts[id(row)] = Verdict(Status.RESERVE, reasons)
            else:
                done.verdicts[id(row)] = Verdict(Status.NOT_SELECTED, reasons or (_no_place(room),))
        waiting -= len(open_rows)


def _contested_places(equals: int, left: int) -> Message:
    if left == 1:
        return Message("{equals} candidatures à égalité pour la dernière place : à départager", {"equals": equals})
    return Message(
        "{equals} candidatures à égalité pour les {left} dernières places : à départager",
        {"equals": equals, "left": left},
    )


def _no_place(room: Room) -> Message:
    if room.places == 1:
        return Message("la place et la réserve sont pourvues par des totaux plus élevés")
    return Message(
        "les {places} places et la réserve sont pourvues par des totaux plus élevés", {"places": room.places}
    )

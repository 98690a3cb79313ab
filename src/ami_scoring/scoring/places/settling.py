"""Equals whose turn has come and who have places: paid, or told what they contest, wait for or lack.

What is kept for some stays theirs where the sharing stops at somebody above them.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from ami_scoring.messages import Message
from ami_scoring.scoring.places.claims import Allocation, Claim, Kind, waits_for
from ami_scoring.scoring.places.ranking import Ranked
from ami_scoring.scoring.places.reasons import paid_aside, why_stopped, why_unpaid


def settle(
    rows: Sequence[Ranked], done: Allocation, *reasons: Message, closes: bool = True, own: Container[int] = ()
) -> None:
    """Pay equals of one purse that is open, or say why they are not paid."""
    purses = done.purses
    for row in rows:
        if purses.asked(row) is None:
            _keep_for(row, done)
    rows = [row for row in rows if purses.asked(row) is not None]
    if not rows:
        return
    if purses.can_pay(rows):
        for row in rows:
            done.take([row], *reasons, *paid_aside(row, done))
    elif len(rows) == 1 and purses.pays_in_part(rows[0]):
        said = Message("financée en partie, sur {asked} demandés", {"asked": purses.asked(rows[0])})
        done.take(rows, *reasons, *paid_aside(rows[0], done), said)
    else:
        _leave_unpaid(rows, done, own, closes=closes)


def _keep_for(row: Ranked, done: Allocation) -> None:
    """Keep a place, and the most that it may be granted, for a candidature that does not say what it asks for."""
    ask, reference = done.room.ask, row.scored.entry.reference
    cause = Message("attend de savoir ce que demande {reference}", {"reference": reference})
    said = {"label": "" if ask is None else ask.label, "kept": done.purses.most_for(row)}
    note = Message("montant demandé non renseigné (« {label} ») : jusqu'à {kept} gardés pour elle", said)
    done.claim(Kind.DEMAND, [row], 1, note, cause)


def _leave_unpaid(rows: Sequence[Ranked], done: Allocation, own: Container[int], *, closes: bool) -> None:
    """Say why equals are not paid; those that have a place may wait for the rest of what they ask for, or contest it.

    Where what is left does for one of them at least, they contest it, unless all of them may be paid in the end.
    """
    purses, new = done.purses, [row for row in rows if id(row) not in done.verdicts]
    is_contested = purses.is_contested(rows)
    asked = purses.still_asked(rows) if is_contested else purses.least_asked(rows)
    may_be_paid = purses.cause(rows, asked)
    cause = purses.cause(rows, asked, own) or (None if is_contested else may_be_paid)
    if cause is not None:
        done.claim(Kind.WAIT, rows, len(new), cause, cause)
        return
    if is_contested:
        where, named = purses.where(rows[0])
        said = {"equals": len(rows), "left": purses.free(rows[0]), **named}
        note = Message(f"{{equals}} candidatures à égalité pour les {{left}} qui restent {where} : à départager", said)
        done.claim(Kind.MONEY, rows, len(new), note, waits_for(rows))
    else:
        done.notes.update((id(row), why_unpaid(row, done)) for row in new)
    if closes and (is_contested or new) and may_be_paid is None:
        purses.fall_short(rows, why_stopped(rows, done, contested=is_contested))


def leave_kept(rows: Sequence[Ranked], before: Mapping[int, Claim], done: Allocation) -> None:
    """Leave to those before whom the sharing stopped what was kept for them, which is nobody's above them."""
    mine = [row for row in rows if id(row) in before]
    for claim in {id(claim): claim for claim in (before[id(row)] for row in mine)}.values():
        done.renew(claim, [row for row in mine if before[id(row)] is claim])
    others = (row for row in rows if id(row) not in done.verdicts and id(row) not in before)
    done.notes.update((id(row), why_unpaid(row, done)) for row in others)


def tell_short(done: Allocation) -> None:
    """Say to those paid in part that they contest the rest of what they ask for, or wait for it."""
    for claim in {id(claim): claim for claim in done.claims.values()}.values():
        for row in claim.short:
            verdict = done.verdicts[id(row)]
            done.verdicts[id(row)] = verdict._replace(reasons=(*verdict.reasons, claim.note))

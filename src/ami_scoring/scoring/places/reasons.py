"""Why a candidature has no place: sentences that are true of its own case, and name whom and what they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from ami_scoring.exact import Fraction
from ami_scoring.messages import Message, named
from ami_scoring.scoring.places.claims import Allocation, Kind
from ami_scoring.scoring.places.ranking import Ranked
from ami_scoring.scoring.words import inner

GUARANTEED: Final = ("garantie", "garanties")
_BESIDE: Final = ", sans compter {kept} mis de côté pour d'autres"
OF_THE_QUOTA: Final = ("du quota", "du quota")


class Served:
    """Who has a place, or stands on the reserve list, so far: what those who have neither are compared with."""

    def __init__(self, rows: Iterable[Ranked]) -> None:
        """Begin with those who have a place, in the order of ranks."""
        self._lowest: Fraction | None = None
        self._last: dict[Fraction, Ranked] = {}
        self._told: dict[str, Message] = {}
        for row in rows:
            self.add(row)

    def add(self, row: Ranked) -> None:
        """Note one more."""
        total = _total(row)
        self._lowest = total if self._lowest is None else min(self._lowest, total)
        self._last[total] = row

    def exceed(self, row: Ranked) -> bool:
        """Say whether all of them have a higher total than a candidature."""
        return self._lowest is not None and self._lowest > _total(row)

    def equal(self, row: Ranked) -> Ranked | None:
        """Give the last of them that has the total of a candidature, and comes before it."""
        ahead = self._last.get(_total(row))
        return ahead if ahead is not None and (ahead.rank or 0) < (row.rank or 0) else None

    def tell(self, said: str, places: int | None) -> Message:
        """Make the one sentence of all those to whom the same is said of the places."""
        return self._told.setdefault(said, Message(said, {"places": places}))


def _total(row: Ranked) -> Fraction:
    """Give the total of a candidature that has a rank, hence a total."""
    return row.scored.card.total or Fraction(0)


def contested(equals: int, left: int, kind: tuple[str, str] = ("", ""), label: str = "") -> Message:
    """Say that so many equals are too many for the last places."""
    last = f"la dernière place {kind[0]}" if left == 1 else f"les {{left}} dernières places {kind[1]}"
    closing = " : {label} ; à départager" if label else ": à départager"
    said = {"equals": equals, "left": left, "label": label}
    return Message("{equals} candidatures à égalité pour " + last + closing, said)


def why_unpaid(row: Ranked, done: Allocation) -> Message:
    """Say why a budget does not pay a candidature: the sharing stopped before it, or too little is left."""
    closed = done.purses.closed_by(row)
    if closed is not None:
        return closed
    aside, kept = done.purses.aside(row), done.purses.kept(row)
    where, of = done.purses.where(row)
    said = f"demande {{asked}}, il reste {{left}} {where}"
    words: dict[str, object] = {"asked": done.purses.still_asked([row]), "left": done.purses.free(row), **of}
    if kept > 0:
        said += _BESIDE
        words["kept"] = kept
    if aside is not None:
        said += " ; « {label} », qui garde {own}, n'y ajoute rien"
        words |= {"label": inner(aside[0].label), "own": aside[1]}
    return Message(said, words)


def paid_aside(row: Ranked, done: Allocation) -> tuple[Message, ...]:
    """Say to one that the common rest pays that its own envelope does not, and keeps what it has."""
    aside = done.purses.aside(row)
    if aside is None:
        return ()
    said = "payée sur le reste commun, et non sur « {label} », qui garde {own}"
    return (Message(said, {"label": inner(aside[0].label), "own": aside[1]}),)


def why_not_guaranteed(row: Ranked, label: str, done: Allocation) -> Message:
    """Say that what is left does not pay a place that is kept for a category."""
    where, of = done.purses.where(row)
    said = f"place garantie ({{label}}) impossible à payer : demande {{asked}}, il restait {{left}} {where}"
    asked, left, kept = done.purses.still_asked([row]), done.purses.free(row), done.purses.kept(row)
    return Message(said + _BESIDE * (kept > 0), {"label": label, "asked": asked, "left": left, "kept": kept, **of})


def why_stopped(rows: Sequence[Ranked], done: Allocation, *, contested: bool) -> Message:
    """Say at whom the sharing of a purse stopped, to those who come after.

    Where a part has an order of its own, what the parts left is shared in another: it is said which sharing stopped.
    """
    what = "la répartition"
    if done.purses.spilt and done.room.own:
        is_by_ranks = done.purses.turn_of(rows[0]) not in done.room.own
        what += " du reste commun" + (", dans l'ordre des rangs," if is_by_ranks else "")
    references = [row.scored.entry.reference for row in rows]
    if contested:
        said = "s'est arrêtée à l'égalité de {references}, à départager"
    elif len(rows) > 1:
        said = "s'est arrêtée à {references}, qui demandent chacune plus que le reste"
    else:
        said = "s'est arrêtée à {references}, qui demande plus que le reste"
    return Message(f"{what} {said}", {"references": named(references)})


def no_place(row: Ranked, served: Served, done: Allocation, parted: Callable[[Ranked, Ranked], str]) -> Message:
    """Say to a candidature that comes after the last place whom the places went to."""
    room = done.room
    if room.places == 0:
        return Message("aucune place n'est à pourvoir")
    one = room.places == 1
    what = ("la place" if one else "les {places} places") + (" et la réserve" if room.reserve else "")
    said = what + (" est pourvue" if one and not room.reserve else " sont pourvues")
    equal = served.equal(row)
    if done.claims:
        said += _or_kept(done)
    elif served.exceed(row) and not any(quota.at_least for quota in room.selection.quotas):
        said += " par un total plus élevé" if one and not room.reserve else " par des totaux plus élevés"
    if equal is None:
        return served.tell(said, room.places)
    words = {"places": room.places, "reference": equal.scored.entry.reference, "how": parted(equal, row)}
    return Message(said + " ; même total que {reference}, {how}", words)


def _or_kept(done: Allocation) -> str:
    kept = all(claim.kind in {Kind.DEMAND, Kind.WAIT} for claim in done.claims.values())
    return " ou gardées" if kept else " ou à départager"

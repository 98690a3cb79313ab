"""What has been shared so far, and what is kept for candidatures that are not settled yet.

A claim keeps places and money for equals to be told apart, for a demand that is not stated, or for those who wait
for either: nobody is served at their expense, and nobody is told that they got what they may lose.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Any, NamedTuple

from ami_scoring.domain.facts import Fact, Missing
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.selection import Quota, Selection
from ami_scoring.domain.standings import Status
from ami_scoring.domain.ties import Holder
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message
from ami_scoring.scoring.marks import holds
from ami_scoring.scoring.places.doubts import CERTAIN, Doubts
from ami_scoring.scoring.places.purses import Kept, Purses
from ami_scoring.scoring.places.ranking import Ranked


class Covering(NamedTuple):
    """What parts equals by who is retained: a fact whose values are to be covered, and a draw for those still equal."""

    fact: str
    label: str
    seed: str | None
    retained: Sequence[Holder] = ()
    """Whom earlier waves retained."""


class Room(NamedTuple):
    """What there is to share: places (None where only a budget limits), a reserve list, and their rules."""

    places: int | None
    reserve: int
    selection: Selection
    ask: Fact | None
    """The fact that says what a candidature asks of the budget."""
    parted: Callable[[Ranked, Ranked], str]
    """What tells two candidatures of one total apart, in words: the first comes before the second."""
    doubts: Mapping[int, Doubts] = MappingProxyType({})
    """What nobody knows of some candidatures, by the identity of their ranked rows."""
    covering: Covering | None = None
    own: Mapping[int, Callable[[Scored], Any]] = MappingProxyType({})
    """By part of the budget that has an order of its own, what gives its keys."""

    def doubts_of(self, row: Ranked) -> Doubts:
        """Give what nobody knows of a candidature."""
        return self.doubts.get(id(row), CERTAIN)


class Verdict(NamedTuple):
    """What becomes of one candidature, why, and what it is granted of a budget."""

    status: Status
    reasons: tuple[Message, ...] = ()
    granted: Fraction | None = None


class Kind(Enum):
    """What a claim waits for."""

    TIE = "tie"
    """Equals before the last places: the committee tells them apart, and all these places are given."""
    GUARANTEE = "guarantee"
    """The same, before the last places kept for a category."""
    MONEY = "money"
    """Equals before the rest of a budget."""
    DEMAND = "demand"
    """A demand that is not stated."""
    WAIT = "wait"
    """One of the above to be settled."""


class Claim(NamedTuple):
    """Places and money kept for some candidatures."""

    kind: Kind
    rows: tuple[Ranked, ...]
    seats: int
    note: Message
    kept: Kept
    """The money that goes with them."""
    short: tuple[Ranked, ...]
    """Those that have a place, and part of what they ask for: they wait for the rest of it alone."""
    spare: int
    """How many of the places may yet go to others; those who wait for one, without any of their own, take it."""

    @property
    def is_tie(self) -> bool:
        """Whether the committee settles it, by telling equals apart."""
        return self.kind in {Kind.TIE, Kind.GUARANTEE, Kind.MONEY}

    @property
    def waits_for_money(self) -> bool:
        """Whether what is left of a budget is what these candidatures contest, or wait for."""
        return self.kind is Kind.MONEY or (self.kind is Kind.WAIT and self.seats > 0)

    def seats_of(self, quota: Quota) -> int:
        """Count the places that may go to a category."""
        more = sum(concerns(quota, row) for row in self.rows) - sum(concerns(quota, row) for row in self.short)
        return min(self.seats, more)

    def least_of(self, quota: Quota) -> int:
        """Count the places that surely go to a category: none of those that may not be paid."""
        is_given = self.kind in {Kind.TIE, Kind.GUARANTEE} and self.kept.is_whole
        return max(0, self.seats - sum(not concerns(quota, row) for row in self.rows)) if is_given else 0


class Allocation:
    """What has been decided so far, by the identity of each ranked row."""

    def __init__(self, room: Room) -> None:
        """Begin with everything to share."""
        self.room = room
        self.purses = Purses(room.selection.budget, room.ask)
        self.verdicts: dict[int, Verdict] = {}
        self.notes: dict[int, Message] = {}
        """Why a candidature that could have been served was passed over."""
        self.unpaid: dict[int, Message] = {}
        """Why a place that is kept for its category could not be paid to a candidature."""
        self.claims: dict[int, Claim] = {}
        self.chances: dict[int, Message] = {}
        """What to ask those who would be served under a guarantee if they turned out to be of the category."""
        self.covered: dict[Any, Holder] = {}
        """Who was the first to have a place of each category to be covered; None where it does not say its own."""
        for holder in () if room.covering is None else room.covering.retained:
            self.covered.setdefault(holder.category, holder)
        self.passed: dict[int, Message] = {}
        """Why an equal went before one who is left without, or paid in part."""
        self.ahead: dict[int, list[Ranked]] = {}
        """Those left without, or paid in part, before whom one went because nobody had its category."""
        self.spare = 0
        self._spares: dict[int, Claim] = {}
        """What keeps places that may yet go to others, by its identity: the first kept is the first told."""
        self._loose: list[dict[int, Claim]] = [{} for _ in room.selection.quotas]
        """By quota, what keeps more places of it than it may be given."""
        self._free = room.places
        self._pledged = [0] * len(room.selection.quotas)

    @property
    def free(self) -> int | None:
        """Places neither given nor kept; None where places do not limit."""
        return self._free

    def pledged(self, place: int) -> int:
        """Count the places of a quota that are given or kept."""
        return self._pledged[place]

    def serves(self, row: Ranked) -> bool:
        """Say whether a candidature has a place."""
        verdict = self.verdicts.get(id(row))
        return verdict is not None and verdict.status is Status.SELECTED

    def take(self, rows: Iterable[Ranked], *reasons: Message) -> None:
        """Give each a place and what it asks for; to those who have a place already, what they still ask for."""
        for row in rows:
            before = self.verdicts.get(id(row))
            if before is None:
                self._count(1, [concerns(quota, row) for quota in self.room.selection.quotas])
                self._cover(row)
            told = reasons if before is None else (*before.reasons[:-1], *reasons)
            self.verdicts[id(row)] = Verdict(Status.SELECTED, told, self.purses.pay(row))
            if self.is_whole(row):
                self.passed.pop(id(row), None)

    def is_whole(self, row: Ranked) -> bool:
        """Say whether a candidature has a place and all that it asks for."""
        return self.serves(row) and self.purses.still_asked([row]) == 0

    def _cover(self, row: Ranked) -> None:
        if self.room.covering is not None:
            value = row.scored.card.values[self.room.covering.fact]
            category = None if isinstance(value, Missing) else value
            self.covered.setdefault(category, Holder(row.scored.entry.reference, category))

    def contend(self, one: Ranked, other: Ranked) -> bool:
        """Say whether what one gets may be wanting to another: a place, or money of one purse."""
        return self.room.places is not None or bool(self.room.selection.quotas) or self.purses.share(one, other)

    def admit(self, row: Ranked) -> None:
        """Give one all that it asks for, whatever is left, where no place nor quota limits."""
        self.verdicts[id(row)] = Verdict(Status.SELECTED, (), self.purses.asked(row))

    def hold(self, row: Ranked, asked: Message) -> None:
        """Give nothing to one whose fate depends on what it does not say."""
        self.verdicts[id(row)] = Verdict(Status.TO_COMPLETE, (asked,))

    def claim(self, kind: Kind, rows: Sequence[Ranked], seats: int, note: Message, cause: Message) -> None:
        """Keep places, and the money that goes with them, until something is settled; others wait for `cause`.

        Some of those who contest money, or wait for it, may have a place already: the seats are those of the others.
        """
        short = tuple(row for row in rows if self.serves(row))
        is_sure = self.purses.pays_each(rows)
        kept = self.purses.keep(rows, seats + len(short), cause)
        spare = _spare(kind, seats, len(rows) - len(short), is_sure=is_sure, is_whole=kept.is_whole)
        claim = Claim(kind, tuple(rows), seats, note, kept, short, spare)
        self.claims.update((id(row), claim) for row in rows)
        self._count(seats, [claim.seats_of(quota) for quota in self.room.selection.quotas])
        self.spare += claim.spare
        if claim.spare > 0:
            self._spares[id(claim)] = claim
        for loose, quota in zip(self._loose, self.room.selection.quotas, strict=True):
            if claim.least_of(quota) < claim.seats_of(quota):
                loose[id(claim)] = claim

    def release(self, rows: Iterable[Ranked]) -> None:
        """Give up what was kept for some candidatures."""
        for claim in self.claims_of(rows):
            for row in claim.rows:
                del self.claims[id(row)]
            self._count(-claim.seats, [-claim.seats_of(quota) for quota in self.room.selection.quotas])
            self.spare -= claim.spare
            self._spares.pop(id(claim), None)
            for loose in self._loose:
                loose.pop(id(claim), None)
            self.purses.give_back(claim.kept)

    def spared(self) -> Message | None:
        """Say what those wait for who might get a place that is kept; None where none may come free for them."""
        return next((each.kept.cause for each in self._spares.values()), None) if self.spare > 0 else None

    def spared_of(self, place: int) -> Message | None:
        """Say what those of a category wait for who might get a place of it that is kept, by others of it or not."""
        return next((each.kept.cause for each in self._loose[place].values()), None)

    def renew(self, claim: Claim, rows: Sequence[Ranked]) -> None:
        """Keep anew, for some of those for whom it was, what has been given back."""
        self.claim(claim.kind, rows, min(claim.seats, len(rows)), claim.note, claim.kept.cause)

    def contested_by(self, rows: Iterable[Ranked]) -> int:
        """Count the places that equals contest: all are given once the committee has told these apart."""
        return sum(claim.seats for claim in self.claims_of(rows) if claim.kind in {Kind.TIE, Kind.GUARANTEE})

    def claims_of(self, rows: Iterable[Ranked]) -> list[Claim]:
        """Give the claims of some candidatures, once each."""
        return list({id(claim): claim for row in rows if (claim := self.claims.get(id(row))) is not None}.values())

    def _count(self, seats: int, by_quota: Sequence[int]) -> None:
        self._free = None if self._free is None else self._free - seats
        self._pledged = [pledged + more for pledged, more in zip(self._pledged, by_quota, strict=True)]


def _spare(kind: Kind, seats: int, count: int, *, is_sure: bool, is_whole: bool) -> int:
    """Count the places of a claim that may yet go to others; below nothing, those of others that it surely takes."""
    if kind in {Kind.TIE, Kind.GUARANTEE}:
        return 0 if is_whole else seats
    if not seats:
        return -count if is_sure and is_whole else 0
    return seats - (kind is Kind.MONEY and is_sure)


def guaranteed(quota: Quota) -> Message:
    """Say that a place is given under the guarantee of a category."""
    return Message("place garantie : {label}", {"label": quota.label})


def concerns(quota: Quota, row: Ranked) -> bool:
    """Say whether a candidature is of the category of a quota."""
    return holds(quota.when, row.scored.card.values) is True


def waits_for(rows: Sequence[Ranked]) -> Message:
    """Say that others wait for equals to be told apart."""
    references = [row.scored.entry.reference for row in rows]
    return Message("attend le départage de {references}", {"references": references})

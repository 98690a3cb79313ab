"""The own order of a part of the budget: what serves its candidatures before their ranks tell those apart.

A blank decides nothing: where the part cannot pay all of its candidatures, one that lacks what should order it among
others is held, with what to ask for, and takes nothing from anybody.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, groupby
from typing import Final, NamedTuple

from ami_scoring.domain.budgets import Budget, Envelope
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import Missing
from ami_scoring.domain.scores import ScoreCard, Scored
from ami_scoring.domain.standings import Status
from ami_scoring.domain.ties import FactTie, RankTie
from ami_scoring.messages import Message
from ami_scoring.scoring.places.claims import Allocation
from ami_scoring.scoring.places.deposits import Deposits
from ami_scoring.scoring.places.doubts import purses_of
from ami_scoring.scoring.places.keys import Key, Side, level_of
from ami_scoring.scoring.places.purses import COMMON
from ami_scoring.scoring.places.ranking import Ranked
from ami_scoring.scoring.words import inner

_WITHOUT: Final = frozenset({Status.RESERVE, Status.NOT_SELECTED})
_COUNTED: Final = _WITHOUT | {Status.SELECTED}


class OwnKeys(NamedTuple):
    """What orders a candidature in a part of the budget: as it stands, at its lowest and at its highest."""

    settled: Key
    low: Key
    high: Key
    blank: int | None
    """How much of the key comes before the first value that is missing; None where none is."""
    lacking: str | None = None
    """The fact of which it is missing."""

    @property
    def is_open(self) -> bool:
        """Whether anything that orders it may still change."""
        return self.blank is not None or self.low != self.high


def own_part_of(budget: Budget | None, card: ScoreCard) -> Envelope | None:
    """Give the part of a budget that serves a candidature in an order of its own; None where none surely does."""
    if budget is None or not any(each.own_order for each in budget.envelopes):
        return None
    purses = purses_of(budget, card)
    if len(purses) > 1 or purses[0] == COMMON:
        return None
    part = budget.envelopes[purses[0]]
    return part if part.own_order else None


OwnKeyer = Callable[[Scored], OwnKeys]


def own_keyers(budget: Budget | None, deposits: Callable[[], Deposits]) -> Mapping[int, OwnKeyer]:
    """Make, for each part of the budget that has an order of its own, the function that gives its keys."""
    envelopes = () if budget is None else budget.envelopes
    return {place: _keyer(each.own_order, deposits()) for place, each in enumerate(envelopes) if each.own_order}


def _keyer(order: Sequence[RankTie], deposits: Deposits) -> OwnKeyer:
    levels = [(tie, level_of(tie, deposits)) for tie in order]

    def keys(scored: Scored) -> OwnKeys:
        sides = [[level(scored, side) for _, level in levels] for side in (Side.SETTLED, Side.LOW, Side.HIGH)]
        blank: int | None = None
        lacking: str | None = None
        for place, (tie, _) in enumerate(levels):
            if isinstance(tie, FactTie) and isinstance(scored.card.values[tie.fact], Missing):
                blank, lacking = sum(map(len, sides[0][:place])), tie.fact
                break
        settled, low, high = (tuple(chain.from_iterable(parts)) for parts in sides)
        return OwnKeys(settled, low, high, blank, lacking)

    return keys


class Owned(NamedTuple):
    """The candidatures of the parts that have an order of their own, by groups of equals in that order."""

    groups: Mapping[int, Sequence[Sequence[Ranked]]]
    rows: frozenset[int]
    """The identities of all of them, those that are held included."""
    places: Mapping[int, Message]
    """Where each one stands in its part, by its identity."""
    unpaid: dict[int, Message]
    """Why its part did not pay one, by its identity, where what the parts left is shared afterwards."""

    def keep_notes(self, done: Allocation) -> None:
        """Keep what parts with an order of their own said; all is said anew of what they left."""
        self.unpaid.update((place, note) for place, note in done.notes.items() if place in self.rows)
        done.notes.clear()

    def tell(self, done: Allocation) -> None:
        """Say to each that is ordered where it stands in its part; then, without a place, why that did not pay it."""
        for place, said in self.unpaid.items():
            verdict = done.verdicts[place]
            if verdict.status in _WITHOUT:
                done.verdicts[place] = verdict._replace(reasons=(said, *verdict.reasons))
        for place, said in self.places.items():
            verdict = done.verdicts[place]
            if verdict.status in _COUNTED:
                done.verdicts[place] = verdict._replace(reasons=(said, *verdict.reasons))


def owned(groups: Sequence[Sequence[Ranked]], done: Allocation, criteria: Criteria) -> Owned:
    """Put those of each part that has an order of its own in that order; hold those that lack what it reads."""
    found, told, every = dict[int, list[list[Ranked]]](), dict[int, Message](), set[int]()
    for place, keys_of in done.room.own.items():
        rows = [row for group in groups for row in group if done.purses.home(row) == place]
        keys = {id(row): keys_of(row.scored) for row in rows}
        every |= set(keys)
        label = inner(criteria.selection.budget.envelopes[place].label) if criteria.selection.budget else ""
        if not done.purses.pays_all(rows):
            rows = _without_held(rows, keys, label, done, criteria)
        rows = sorted(rows, key=lambda row, keys=keys: (keys[id(row)].settled, -(row.rank or 0)), reverse=True)  # type: ignore[misc] # a key of one length and kind
        found[place] = [
            list(equals)
            for _, equals in groupby(rows, key=lambda row, keys=keys: (keys[id(row)].settled, row.rank))  # type: ignore[misc] # same
        ]
        if all(keys[id(row)].blank is None for row in rows):
            told |= _told(found[place], label)
    return Owned(found, frozenset(every), told, {})


def _without_held(
    rows: Sequence[Ranked], keys: Mapping[int, OwnKeys], label: str, done: Allocation, criteria: Criteria
) -> list[Ranked]:
    cuts = {own.blank for own in keys.values()}
    alike = {cut: Counter(own.settled[:cut] for own in keys.values()) for cut in cuts}
    kept: list[Ranked] = []
    for row in rows:
        own, doubt = keys[id(row)], done.room.doubts_of(row).envelope
        if own.lacking is not None and alike[own.blank][own.settled[: own.blank]] > 1:
            said = "sa place dépend de ce qui n'est pas renseigné : « {name} », pour l'ordre {of}"
            of = f"de la part réservée « {label} »"
            done.hold(row, Message(said, {"name": inner(criteria.catalogue[own.lacking].label), "of": of}))
        elif doubt is not None:
            done.hold(row, doubt)
        else:
            kept.append(row)
    return kept


def _told(groups: Sequence[Sequence[Ranked]], label: str) -> dict[int, Message]:
    told: dict[int, Message] = {}
    place = 1
    for group in groups:
        nth = "1re" if place == 1 else f"{place}e"
        also = " à égalité" if len(group) > 1 else ""
        said = Message(f"{nth}{also} de la part réservée « {{label}} », dans son ordre", {"label": label})
        told |= {id(row): said for row in group}
        place += len(group)
    return told

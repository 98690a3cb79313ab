"""What a selection asks of a candidature that it does not say: whether a floor concerns it, its category, its envelope.

A blank decides nothing. Where the answer could change the fate of a candidature, it is held, with what to ask for;
where it could not, nothing is said.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from ami_scoring.domain.budgets import Budget
from ami_scoring.domain.conditions import AnyCondition
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import Missing
from ami_scoring.domain.scores import ScoreCard
from ami_scoring.messages import Message, named
from ami_scoring.scoring.marks import holds, undecided
from ami_scoring.scoring.places.purses import COMMON
from ami_scoring.scoring.places.ranking import Ranked
from ami_scoring.scoring.words import inner


class Doubts(NamedTuple):
    """What nobody knows of one candidature, with what to ask it for where that decides."""

    floor: Message | None = None
    """Of a minimum below which its total lies, and that may concern it."""
    quotas: Mapping[int, Message] = MappingProxyType({})
    """By place, the quotas of whose category it may be."""
    envelope: Message | None = None
    """Of the part of the budget that pays it."""
    purses: tuple[int, ...] = ()
    """The parts of the budget that may pay it, where one envelope at least is in doubt."""


CERTAIN: Final = Doubts()


def doubts_of(ranked: Sequence[Ranked], criteria: Criteria) -> Mapping[int, Doubts]:
    """Find what is in doubt, by the identity of each ranked row."""
    selection = criteria.selection
    if not (selection.floors or selection.quotas or (selection.budget is not None and selection.budget.envelopes)):
        return {}
    found = {id(row): _doubts(row.scored.card, criteria) for row in ranked if row.rank is not None}
    return {place: doubts for place, doubts in found.items() if doubts != CERTAIN}


def purses_of(budget: Budget | None, card: ScoreCard) -> tuple[int, ...]:
    """Give the parts of a budget that may pay: the envelopes that may concern one, to the first that surely does."""
    found: list[int] = []
    for place, envelope in enumerate(() if budget is None else budget.envelopes):
        answer = holds(envelope.when, card.values)
        if answer is not False:
            found.append(place)
        if answer:
            return tuple(found)
    return (*found, COMMON)


def _doubts(card: ScoreCard, criteria: Criteria) -> Doubts:
    budget = criteria.selection.budget
    purses = purses_of(budget, card)
    if budget is None or len(purses) == 1:
        return Doubts(_of_floors(card, criteria), dict(_of_quotas(card, criteria)))
    envelope = budget.envelopes[purses[0]]
    asked = _asked(card, envelope.when, "la part réservée « {label} »", {"label": inner(envelope.label)}, criteria)
    return Doubts(_of_floors(card, criteria), dict(_of_quotas(card, criteria)), asked, purses)


def _of_floors(card: ScoreCard, criteria: Criteria) -> Message | None:
    for floor in criteria.selection.floors:
        if card.total is not None and floor.refuses(card.total) and holds(floor.when, card.values) is None:
            said = {"label": floor.label, "minimum": floor.at_least}
            return _asked(card, floor.when, "le minimum de {minimum} ({label})", said, criteria)
    return None


def _of_quotas(card: ScoreCard, criteria: Criteria) -> Iterator[tuple[int, Message]]:
    for place, quota in enumerate(criteria.selection.quotas):
        if holds(quota.when, card.values) is None:
            yield place, _asked(card, quota.when, "le quota « {label} »", {"label": inner(quota.label)}, criteria)


def _asked(card: ScoreCard, when: AnyCondition, what: str, said: Mapping[str, object], criteria: Criteria) -> Message:
    names = [_name(card, name, criteria) for name in undecided(when, card.values)]
    return Message(
        f"sa place dépend de ce qui n'est pas renseigné : {{names}}, pour {what}", {**said, "names": named(names)}
    )


def _name(card: ScoreCard, name: str, criteria: Criteria) -> str:
    value = card.values[name]
    if isinstance(value, Missing) and value.why is not None:
        return str(value.why)
    return f"« {inner(criteria.catalogue[name].label)} »"

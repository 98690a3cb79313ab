"""How far the facts of those nearest the cut are from a boundary: `24 days later, the premises lose 3 points`.

Facts worked out from a day are told in days: the day itself is moved, and what it gives is read again.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.facts import Case, Fact, FactType, Missing, Value
from ami_scoring.domain.scores import ScoreCard
from ami_scoring.domain.standings import Standing
from ami_scoring.domain.zoning import NO_ZONING
from ami_scoring.exact import Fraction
from ami_scoring.scoring.robustness.answers import nearest_the_cut, steps_of, worth_trying
from ami_scoring.scoring.sufficient import Others, Retrial

NEAREST: Final = 10
"""Candidatures whose boundaries are told."""
EACH: Final = 3
"""Boundaries told of each: those that the least change would cross."""
LONGEST: Final = 3 * 366
"""Days in which a boundary is looked for."""


class Gain(NamedTuple):
    """What a first-level criterion gains; below 0 when it loses."""

    criterion: str
    points: Fraction


class Boundary(NamedTuple):
    """The nearest value of a fact, on one side, that gives other points."""

    reference: str
    fact: str
    was: Value
    would_be: Value
    days: int | None
    """How many days later, or earlier below 0, where the fact comes from a day."""
    gains: tuple[Gain, ...]

    @property
    def gap(self) -> Fraction:
        """What the fact must gain, or lose below 0; in days for a day."""
        return Fraction(_number(self.would_be)) - Fraction(_number(self.was))

    @property
    def share(self) -> Fraction:
        """How large a change it takes: a part of the number, or of a year."""
        if self.days is not None:
            return Fraction(abs(self.days), 365)
        return abs(self.gap) / Fraction(max(abs(_number(self.was)), abs(_number(self.would_be))))


def boundaries_of(evaluation: Evaluation) -> tuple[Boundary, ...]:
    """Give the nearest boundaries of those nearest the cut, in the order of ranks."""
    worth, others = worth_trying(evaluation.criteria), Others(evaluation)
    found: list[Boundary] = []
    for standing in nearest_the_cut(evaluation, NEAREST):
        retrial = Retrial(evaluation, standing, others)
        own = {
            (fact.name, value): (fact, value, card)
            for fact, value, card in steps_of(worth, standing, retrial)
            if fact.type.is_ordered
        }
        told = [_told(evaluation.criteria, standing, retrial, step) for step in own.values()]
        found += sorted((each for each in told if each.gains), key=lambda each: (each.share, each.fact))[:EACH]
    return tuple(found)


def _told(criteria: Criteria, standing: Standing, retrial: Retrial, step: tuple[Fact, Value, ScoreCard]) -> Boundary:
    (fact, value, card), before, days = step, standing.card, None
    if fact.type is FactType.DATE or _day_of(criteria, fact) is not None:
        days, value, card = _days(criteria, standing, retrial, fact, value) or (None, value, card)
    gains = tuple(
        Gain(root.id, gained)
        for root in criteria.criteria
        if (gained := (card.marks[root.id].points or Fraction(0)) - (before.marks[root.id].points or Fraction(0)))
    )
    return Boundary(standing.entry.reference, fact.name, before.values[fact.name], value, days, gains)


def _day_of(criteria: Criteria, fact: Fact) -> Fact | None:
    """Find the day from which alone a number is worked out."""
    same = (each for each in criteria.catalogue.values() if each.keys == fact.keys and each.type is FactType.DATE)
    return next(same, None) if fact.computed and len(fact.keys) == 1 else None


def _days(
    criteria: Criteria, standing: Standing, retrial: Retrial, fact: Fact, value: Value
) -> tuple[int, Value, ScoreCard] | None:
    """Count the days by which a fact's own day must move for the fact to reach a value, then for points to change."""
    here = _number(standing.card.values[fact.name])
    if isinstance(value, date):
        moved = (value - date.fromordinal(here)).days
        return moved, value, retrial.card({fact.name: value})
    for side in (1, -1):
        first = _number(_reading(criteria, standing, fact, side))
        if first is None or first == here or (first > here) is not (_number(value) > here):
            continue
        low, high = 0, LONGEST
        while high - low > 1:
            middle = (low + high) // 2
            read = _reading(criteria, standing, fact, side * middle)
            reached = read is not None and abs(_number(read) - here) >= abs(_number(value) - here)
            low, high = (low, middle) if reached else (middle, high)
        return _first_change(criteria, standing, retrial, fact, side * high)
    return None


def _first_change(
    criteria: Criteria, standing: Standing, retrial: Retrial, fact: Fact, days: int
) -> tuple[int, Value, ScoreCard] | None:
    """Look at a day and at the one before and after it for the first that changes points."""
    side = 1 if days > 0 else -1
    for moved in (days - side, days, days + side):
        changes = _readings(criteria, standing, fact, moved)
        if moved and fact.name in changes:
            card = retrial.card(changes)
            if any(mark.points != standing.card.marks[name].points for name, mark in card.marks.items()):
                return moved, changes[fact.name], card
    return None


def _reading(criteria: Criteria, standing: Standing, fact: Fact, days: int) -> Value | None:
    return _readings(criteria, standing, fact, days).get(fact.name)


def _readings(criteria: Criteria, standing: Standing, fact: Fact, days: int) -> dict[str, Value]:
    """Read again, with the day moved, the facts that come from it; what the call works out is left as it is."""
    day = _day_of(criteria, fact)
    if day is None:
        return {}
    candidature = _moved(standing.entry.counted, fact.keys[0].split("."), days)
    case = Case(candidature, standing.scored.wave.closes_on, NO_ZONING)
    same = [
        each for each in criteria.catalogue.values() if each.keys == fact.keys and each.name in standing.card.values
    ]
    return {each.name: value for each in same if not isinstance(value := each.read(case), Missing)}


def _moved(model: Any, keys: list[str], days: int) -> Any:
    """Copy a model with one of its days moved; as it is, where the day is of those that a policy declares."""
    fields = type(model).model_fields if hasattr(type(model), "model_fields") else {}
    name = next((name for name, field in fields.items() if (field.alias or name) == keys[0]), None)
    if name is None:
        return model
    value = getattr(model, name)
    moved = value + timedelta(days) if len(keys) == 1 else _moved(value, keys[1:], days)
    return model.model_copy(update={name: moved})


def _number(value: Any) -> Any:
    return value.toordinal() if isinstance(value, date) else value

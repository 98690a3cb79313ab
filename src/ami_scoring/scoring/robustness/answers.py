"""Single answers: which, if it were wrong by one step, would change the list.

One step is, of a number or a date, the nearest value on either side that gives another mark; of a choice or a yes or
no, any other answer. Everybody else stays as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from math import ceil, floor
from typing import Any, Final, NamedTuple

from ami_scoring.domain.conditions import facts_of
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.facts import MISSING, Fact, FactType, Missing, Value
from ami_scoring.domain.rules import AnyRule, facts_read, simple_rules
from ami_scoring.domain.scores import ScoreCard
from ami_scoring.domain.simple_rules import PerUnit
from ami_scoring.domain.standings import Standing, Status
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks import pool_rules
from ami_scoring.scoring.places import passes
from ami_scoring.scoring.robustness.contest import Kind, contest_of
from ami_scoring.scoring.robustness.trials import ahead
from ami_scoring.scoring.sufficient import Others, Retrial
from ami_scoring.scoring.values import trials, values_near

MOST_CANDIDATURES: Final = 200
"""Candidatures beyond which only those nearest the cut are looked at."""
MOST_WORK: Final = 20_000
"""Candidatures looked at times those who are ranked, at most: each answer that tells takes a selection of all."""
HUNDREDTH: Final = Fraction(1, 100)
_WHOLE: Final = {FactType.DATE, FactType.INTEGER}


class Step(NamedTuple):
    """One answer a step away, and what it does."""

    reference: str
    fact: str
    was: Value
    would_be: Value
    gained: Fraction | None
    """Points of the total; below 0 when lost; None where the total would wait for something."""
    status: Status
    """What it would become."""


def telling_answers(evaluation: Evaluation) -> tuple[tuple[Step, ...], int]:
    """Give the answers that, a step away, give or take a place, in the order of ranks; and count the steps tried."""
    ranked = sum(one.rank is not None for one in evaluation.standings)
    most = min(MOST_CANDIDATURES, max(MOST_WORK // max(ranked, 1), 2))
    bars, near, others = _Bars(evaluation), _near(evaluation), Others(evaluation)
    worth = worth_trying(evaluation.criteria)
    found: dict[tuple[str, str, Value], Step] = {}
    tried = 0
    for standing in nearest_the_cut(evaluation, most):
        retrial = Retrial(evaluation, standing, others, near=near)
        for fact, value, card in steps_of(worth, standing, retrial):
            tried += 1
            key = (standing.entry.reference, fact.name, value)
            if key not in found and bars.may_change(standing, card, fact):
                status = retrial.status({fact.name: value})
                if (status is Status.SELECTED) is not (standing.status is Status.SELECTED):
                    found[key] = _step(standing, fact, value, card, status)
    return tuple(found.values()), tried


def _near(evaluation: Evaluation) -> list[Standing] | None:
    """Keep those who can matter to the status of any one; None where everybody can, as with quotas or a budget.

    What is kept after the cut is enough for the reserve list to be whole whoever leaves, and whatever equals wait for.
    """
    contest = contest_of(evaluation)
    if contest.kind is Kind.SHARED or pool_rules(evaluation.criteria):
        return None
    voted = [axis.weight for axis in contest.plane.axes]
    names = set(ahead(contest, voted, 2 * (contest.places + evaluation.cut.reserve)))
    return [one for one in evaluation.standings if one.entry.reference in names]


def nearest_the_cut(evaluation: Evaluation, most: int) -> list[Standing]:
    """Give so many of those who have a rank, in the order of ranks: the nearest to the last place, on either side."""
    ranked = [one for one in evaluation.standings if one.rank is not None]
    cut = 2 * evaluation.cut.selected - 1
    nearest = sorted(range(len(ranked)), key=lambda at: (abs(2 * at - cut), at))
    return [ranked[at] for at in sorted(nearest[:most])]


def _step(standing: Standing, fact: Fact, value: Value, card: ScoreCard, status: Status) -> Step:
    before = standing.card
    gained = None if card.total is None or before.total is None else card.total - before.total
    return Step(standing.entry.reference, fact.name, before.values[fact.name], value, gained, status)


class _Bars:
    """What a total must fall to, or reach, before a place may be lost or won: most answers need no new selection."""

    def __init__(self, evaluation: Evaluation) -> None:
        selection = evaluation.criteria.selection
        self._always = bool(selection.quotas) or selection.budget is not None or bool(pool_rules(evaluation.criteria))
        gates = evaluation.criteria.eligibility
        self._gated = {name for gate in gates for name in facts_of(gate.require)}
        self._criteria, self._least = evaluation.criteria, selection.deciding_total
        totals = [(one.card.total, one.status is Status.SELECTED) for one in evaluation.standings if one.rank]
        self._last_in = min((total for total, is_in in totals if is_in and total is not None), default=None)
        self._first_out = max((total for total, is_in in totals if not is_in and total is not None), default=None)
        self._has_room = evaluation.cut.places is None or evaluation.cut.places_left > 0

    def may_change(self, standing: Standing, card: ScoreCard, fact: Fact) -> bool:
        total = card.total
        if self._always or fact.name in self._gated or total is None:
            return True
        if standing.status is Status.SELECTED:
            fell = self._first_out is not None and total <= self._first_out
            is_short = self._least is not None and total < self._least
            return fell or is_short or not passes(card, self._criteria)
        return self._has_room or self._last_in is None or total >= self._last_in


def worth_trying(criteria: Criteria) -> list[tuple[AnyRule, Fact, list[Value]]]:
    """List, rule by rule, the facts that an answer gives, with the values that are worth trying."""
    return [
        (rule, fact, [trial.value for trial in trials(rule, fact) if not isinstance(trial.value, Missing)])
        for rule in (leaf.rule for leaf in criteria.leaves)
        if rule is not None
        for name in dict.fromkeys(facts_read(rule))
        if (fact := criteria.catalogue.get(name)) is not None and not _is_made(fact)
    ]


def steps_of(
    worth: list[tuple[AnyRule, Fact, list[Value]]], standing: Standing, retrial: Retrial
) -> Iterator[tuple[Fact, Value, ScoreCard]]:
    """Give the neighbouring values of every answer that the rules read, with the score card that each gives."""
    for rule, fact, tried in worth:
        value = standing.card.values.get(fact.name, MISSING)
        if not isinstance(value, Missing):
            neighbours = _ordered if fact.type.is_ordered else _others
            near = values_near(rule, fact, standing.card.values)
            yield from neighbours(fact, value, [*tried, *near, *_slices(rule, fact, value)], standing, retrial)


def _slices(rule: AnyRule, fact: Fact, value: Any) -> Iterator[Value]:
    """Give the ends of the slice that a number is in, where points come by slices."""
    for part in simple_rules(rule):
        if isinstance(part, PerUnit) and part.fact == fact.name:
            done = floor((value - part.after) / part.every)
            yield from (part.after + count * part.every for count in (done, done + 1))


def _is_made(fact: Fact) -> bool:
    """Say whether no answer holds a fact: it is made of others, or of the pool, or of people's opinions."""
    return not fact.keys or fact.type in {FactType.OPINIONS, FactType.LIST, FactType.TEXT}


def _others(
    fact: Fact, value: Value, tried: list[Value], standing: Standing, retrial: Retrial
) -> Iterator[tuple[Fact, Value, ScoreCard]]:
    """Give the answers that bring a little less and a little more than the one given, the nearest of each."""
    before = standing.card.total or Fraction(0)
    cards = {other: retrial.card({fact.name: other}) for other in dict.fromkeys(tried) if other != value}
    totals = {other: card.total for other, card in cards.items()}
    known = [(total - before, other) for other, total in totals.items() if total is not None and total != before]
    for side in (1, -1):
        least = min((gap * side for gap, _ in known if gap * side > 0), default=None)
        nearest = next((other for gap, other in known if least is not None and gap * side == least), None)
        if nearest is not None:
            yield fact, nearest, cards[nearest]


def _ordered(
    fact: Fact, value: Value, tried: list[Value], standing: Standing, retrial: Retrial
) -> Iterator[tuple[Fact, Value, ScoreCard]]:
    """Give, on either side, the nearest value that changes a mark, found to the day, the unit or the hundredth."""
    for side in (1, -1):
        beyond = [other for other in tried if (_number(other) - _number(value)) * side > 0]
        last = value
        for other in sorted(set(beyond), key=lambda each: abs(_number(each) - _number(value))):
            if _differ(retrial.card({fact.name: other}), standing.card):
                nearest = _between(fact, last, other, standing, retrial)
                yield fact, nearest, retrial.card({fact.name: nearest})
                break
            last = other


def _between(fact: Fact, same: Any, other: Any, standing: Standing, retrial: Retrial) -> Value:
    """Halve what lies between a value that changes nothing and one that does, until they are neighbours."""
    grain = fact.step or (Fraction(1) if fact.type in _WHOLE else HUNDREDTH)
    start = _number(same)
    count = ceil(abs(_number(other) - start) / grain)
    side = 1 if _number(other) > start else -1
    low, high = 0, count
    found: Value = other
    while high - low > 1:
        middle = (low + high) // 2
        value = _as(fact, start + side * middle * grain)
        if _differ(retrial.card({fact.name: value}), standing.card):
            high, found = middle, value
        else:
            low = middle
    return found


def _as(fact: Fact, number: Any) -> Value:
    if fact.type is FactType.DATE:
        return date.fromordinal(int(number))
    return int(number) if fact.type is FactType.INTEGER else Fraction(number)


def _differ(card: ScoreCard, before: ScoreCard) -> bool:
    marks: Mapping[str, Any] = before.marks
    return any(mark.points != marks[name].points for name, mark in card.marks.items())


def _number(value: Any) -> Any:
    return value.toordinal() if isinstance(value, date) else value

"""One pure function per rule kind: facts in, an `Outcome` out.

A missing fact counts for nothing and is named in the outcome; `scoring.completions` says what it could be worth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil, floor
from typing import Any

from ami_scoring.domain.comparisons import together
from ami_scoring.domain.facts import Missing, Opinions, Value, category_of
from ami_scoring.domain.rules import AnyRule, BestOf, Cases, Checklist, Row, SumOf, WorstOf
from ami_scoring.domain.scores import Outcome
from ami_scoring.domain.simple_rules import (
    Bands,
    Counting,
    End,
    Judgement,
    Linear,
    Lookup,
    Outside,
    PerUnit,
    Relative,
    Table,
    own_facts,
)
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks.conditions import holds, undecided

NOTHING = Fraction(0)
OTHERWISE = -1


def evaluate(rule: AnyRule, values: Mapping[str, Value]) -> Outcome:
    """Apply a rule to facts. `values` holds every fact that the rule reads."""
    match rule:
        case Lookup():
            return _of_one_fact(rule.fact, values, lambda value: _lookup(rule, value))
        case Bands():
            return _of_one_fact(rule.fact, values, lambda value: _bands(rule, value))
        case Linear():
            return _of_one_fact(rule.fact, values, lambda value: _linear(rule, value))
        case PerUnit():
            return _of_one_fact(rule.fact, values, lambda value: _per_unit(rule, value))
        case Table():
            return _table(rule, values)
        case Judgement():
            return _of_one_fact(own_facts(rule)[0], values, lambda value: _judgement(rule, value))
        case Relative():
            return _relative(rule, values)
        case Checklist():
            return _checklist(rule, values)
        case Cases():
            return _cases(rule, values)
        case BestOf():
            return _one_of(rule, values, max)
        case WorstOf():
            return _one_of(rule, values, min)
        case SumOf():
            parts = tuple(evaluate(part, values) for part in rule.rules)
            return _joined(rule, sum((part.points for part in parts), NOTHING), OTHERWISE, parts)


def clamped(points: Fraction, at_least: Fraction | None, at_most: Fraction | None) -> Fraction:
    """Keep points between a floor and a cap, where they are stated."""
    held = points if at_most is None else min(points, at_most)
    return held if at_least is None else max(held, at_least)


def slices(rule: PerUnit, value: int | Fraction) -> Fraction:
    """Count the slices of a number beyond the offset: whole, started or exact."""
    exact = max(Fraction(value - rule.after), NOTHING) / rule.every
    match rule.count:
        case Counting.COMPLETED:
            return Fraction(floor(exact))
        case Counting.STARTED:
            return Fraction(ceil(exact))
        case Counting.EXACT:
            return exact


def _of_one_fact(name: str, values: Mapping[str, Value], apply: Callable[[Any], Outcome]) -> Outcome:
    value = values[name]
    return Outcome(NOTHING, missing=(name,)) if isinstance(value, Missing) else apply(value)


def _lookup(rule: Lookup, value: Any) -> Outcome:
    points = rule.by_category.get(category_of(value))
    if points is not None:
        return Outcome(points, 0)
    if rule.otherwise is None:
        return Outcome(NOTHING, refused=rule.fact)
    return Outcome(rule.otherwise)


def _table(rule: Table, values: Mapping[str, Value]) -> Outcome:
    read = {name: values[name] for name in own_facts(rule)}
    missing = tuple(name for name, value in read.items() if isinstance(value, Missing))
    if missing:
        return Outcome(NOTHING, missing=missing)
    row, column = (category_of(value) for value in read.values() if not isinstance(value, Missing))
    points = rule.by_categories.get((row, column))
    if points is not None:
        return Outcome(points, 0)
    if rule.otherwise is None or rule.forbids(row, column):
        return Outcome(NOTHING, refused=rule.rows)
    return Outcome(rule.otherwise)


def _judgement(rule: Judgement, opinions: Opinions) -> Outcome:
    return Outcome(together(rule.aggregate, opinions.marks))


def _relative(rule: Relative, values: Mapping[str, Value]) -> Outcome:
    own, best = (values[name] for name in own_facts(rule)[:2])
    absent = tuple(name for name in (rule.fact, rule.within) if name and isinstance(values[name], Missing))
    if absent or isinstance(own, Missing) or isinstance(best, Missing):
        return Outcome(NOTHING, missing=absent or (rule.fact,))
    if rule.by_rank:
        rank = int(best)  # type: ignore[arg-type] # a rank is a whole number
        return Outcome(rule.at_rank(rank), rank - 1)
    value, top = Fraction(own), Fraction(best)  # type: ignore[arg-type] # checks let only numbers in
    small, large = (top, value) if rule.best is End.LOWEST else (value, top)
    if large <= 0:
        return Outcome(rule.most if value == top else NOTHING)
    return Outcome(rule.most * max(small, NOTHING) / large)


def _bands(rule: Bands, value: Any) -> Outcome:
    for place in range(rule.first_for(value), len(rule.bands)):
        if rule.bands[place].holds(value):
            return Outcome(rule.bands[place].points, place)
    return Outcome(NOTHING, refused=rule.fact)


def _linear(rule: Linear, value: Any) -> Outcome:
    knots = rule.knots
    if value < knots[0].at or value > knots[-1].at:
        end = 0 if value < knots[0].at else len(knots) - 1
        if rule.outside is Outside.REFUSE:
            return Outcome(NOTHING, refused=rule.fact)
        return Outcome(knots[end].points, end)
    place = max(i for i, knot in enumerate(knots) if knot.at <= value)
    if knots[place].at == value:
        return Outcome(knots[place].points, place)
    left, right = knots[place], knots[place + 1]
    share = Fraction(value - left.at) / (right.at - left.at)
    return Outcome(left.points + share * (right.points - left.points), place)


def _per_unit(rule: PerUnit, value: int | Fraction) -> Outcome:
    return Outcome(clamped(slices(rule, value) * rule.points, None, rule.at_most), 0)


def _checklist(rule: Checklist, values: Mapping[str, Value]) -> Outcome:
    parts = [_item(item.if_, item.points, values) for item in rule.items]
    counted = _without_rivals(rule, parts)
    total = sum((part.points for part, counts in zip(parts, counted, strict=True) if counts), NOTHING)
    return _joined(rule, total, OTHERWISE, tuple(parts))


def _item(condition: Any, points: Fraction, values: Mapping[str, Value]) -> Outcome:
    answer = holds(condition, values)
    if answer is None:
        return Outcome(NOTHING, missing=undecided(condition, values), met=False)
    return Outcome(points if answer else NOTHING, met=answer)


def counted_items(rule: Checklist, parts: Sequence[Outcome]) -> tuple[bool, ...]:
    """Say which items of a checklist count: those that hold, and of rivals only the best."""
    return tuple(part.met and counts for part, counts in zip(parts, _without_rivals(rule, parts), strict=True))


def _without_rivals(rule: Checklist, parts: Sequence[Outcome]) -> list[bool]:
    counted = [True] * len(parts)
    for group in rule.rivals:
        met = [place for place in group if parts[place].met]
        best = best_rival(rule, met)
        for place in met:
            if place != best:
                counted[place] = False
    return counted


def best_rival(rule: Checklist, met: Sequence[int]) -> int | None:
    """Of the items of one exclusive group that hold, give the one that counts: the first of those worth the most."""
    return max(met, key=lambda place: (rule.items[place].points, -place), default=None)


def _cases(rule: Cases, values: Mapping[str, Value]) -> Outcome:
    for place, row in enumerate(rule.rows):
        answer = holds(row.if_, values)
        if answer is None:
            return Outcome(NOTHING, place, missing=_needed_from(rule, place, values))
        if answer:
            return _row(row, place, values)
    return Outcome(rule.otherwise)


def _row(row: Row, place: int, values: Mapping[str, Value]) -> Outcome:
    if row.rule is None:
        return Outcome(row.points or NOTHING, place)
    part = evaluate(row.rule, values)
    return Outcome(part.points, place, (part,), part.missing, refused=part.refused)


def _needed_from(rule: Cases, place: int, values: Mapping[str, Value]) -> tuple[str, ...]:
    """Name every missing fact that an undecided row, or a row that could be reached after it, waits for."""
    names: dict[str, None] = {}
    for row in rule.rows[place:]:
        if holds(row.if_, values):
            break
        names.update(dict.fromkeys(undecided(row.if_, values)))
    return tuple(names)


def _one_of(rule: BestOf | WorstOf, values: Mapping[str, Value], pick: Callable[..., int]) -> Outcome:
    parts = tuple(evaluate(part, values) for part in rule.rules)
    chosen = pick(range(len(parts)), key=lambda place: parts[place].points)
    return _joined(rule, parts[chosen].points, chosen, parts)


def _joined(
    rule: Checklist | BestOf | WorstOf | SumOf, points: Fraction, branch: int, parts: tuple[Outcome, ...]
) -> Outcome:
    missing = tuple(dict.fromkeys(name for part in parts for name in part.missing))
    refused = next((part.refused for part in parts if part.refused), None)
    return Outcome(clamped(points, rule.at_least, rule.at_most), branch, parts, missing, refused=refused)

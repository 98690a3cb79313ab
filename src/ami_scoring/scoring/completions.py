"""What missing information could be worth: the lowest and the highest points over every way to complete it.

Where a rule moves by steps, each missing fact has finitely many values that matter; they are all tried, so both
bounds are attained. Where it moves continuously, or where there are too many combinations, bounds are composed
part by part: never too narrow, exact unless two parts read the same missing fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, product
from math import ceil, floor, prod
from typing import Any, Final

from ami_scoring.domain.conditions import AllOf, AnyCondition, AnyOf, FactCondition, Not
from ami_scoring.domain.facts import Fact, FactType, Known, Missing, Value
from ami_scoring.domain.rules import (
    AnyRule,
    Bands,
    BestOf,
    Cases,
    Checklist,
    Linear,
    Lookup,
    PerUnit,
    SumOf,
    WorstOf,
    facts_read,
)
from ami_scoring.domain.scores import Range
from ami_scoring.scoring.rules import clamped, evaluate

MAX_COMBINATIONS: Final = 4096
ELSEWHERE: Final = "une autre valeur"
_DAY: Final = timedelta(days=1)


def possible_points(rule: AnyRule, values: Mapping[str, Value], catalogue: Mapping[str, Fact]) -> Range:
    """Bound the points of a rule over every completion of the facts that it reads and that are missing."""
    missing = [name for name in facts_read(rule) if isinstance(values[name], Missing) and _reads_value(rule, name)]
    if not missing:
        points = evaluate(rule, values).points
        return Range(points, points)
    if isinstance(rule, (Linear, PerUnit)):
        return _along_the_domain(rule, values[rule.fact], catalogue[rule.fact])
    if _moves_by_steps(rule):
        tried = [list(_values_that_matter(rule, catalogue[name], values[name])) for name in missing]
        if prod(len(options) for options in tried) <= MAX_COMBINATIONS:
            return _over_completions(rule, values, missing, tried)
    return _composed(rule, values, catalogue)


def _moves_by_steps(rule: AnyRule) -> bool:
    match rule:
        case Linear() | PerUnit():
            return False
        case BestOf() | WorstOf() | SumOf():
            return all(_moves_by_steps(part) for part in rule.rules)
        case _:
            return True


def _over_completions(
    rule: AnyRule, values: Mapping[str, Value], missing: Sequence[str], tried: Sequence[Sequence[Value]]
) -> Range:
    reached = [
        evaluate(rule, {**values, **dict(zip(missing, combination, strict=True))}).points
        for combination in product(*tried)
    ]
    return Range(min(reached), max(reached))


def _along_the_domain(rule: Linear | PerUnit, value: Value, fact: Fact) -> Range:
    low, high = _limits(value, fact)
    if isinstance(rule, Linear):
        inside = [k.at for k in rule.knots if (low is None or k.at >= low) and (high is None or k.at <= high)]
        ends = [end for end in (low, high) if end is not None]
        outer = [rule.knots[0].at] * (low is None) + [rule.knots[-1].at] * (high is None)
        reached = [evaluate(rule, {rule.fact: at}).points for at in (*inside, *ends, *outer)]
    else:
        reached = [evaluate(rule, {rule.fact: rule.after if low is None else low}).points]
        reached.append(_per_unit_ceiling(rule) if high is None else evaluate(rule, {rule.fact: high}).points)
    return Range(min(reached), max(reached))


def _per_unit_ceiling(rule: PerUnit) -> Fraction:
    if rule.points <= 0:
        return Fraction(0)
    if rule.at_most is None:
        msg = f"per_unit over {rule.fact} has no cap: checks should have refused it"
        raise ValueError(msg)
    return rule.at_most


def _composed(rule: AnyRule, values: Mapping[str, Value], catalogue: Mapping[str, Fact]) -> Range:
    match rule:
        case SumOf():
            parts = [possible_points(part, values, catalogue) for part in rule.rules]
            low, high = sum((p.low for p in parts), Fraction(0)), sum((p.high for p in parts), Fraction(0))
        case BestOf() | WorstOf():
            pick = max if isinstance(rule, BestOf) else min
            parts = [possible_points(part, values, catalogue) for part in rule.rules]
            low, high = pick(p.low for p in parts), pick(p.high for p in parts)
        case Checklist():
            gains = [item.points for item in rule.items]
            low = sum((gain for gain in gains if gain < 0), Fraction(0))
            high = sum((gain for gain in gains if gain > 0), Fraction(0))
        case Cases():
            every = [row.points for row in rule.rows] + [rule.otherwise]
            return Range(min(every), max(every))
        case Bands():
            every = [band.points for band in rule.bands]
            return Range(min(every), max(every))
        case Lookup():
            every = [*rule.points.values(), *([] if rule.otherwise is None else [rule.otherwise])]
            return Range(min(every), max(every))
        case _:
            return _along_the_domain(rule, values[rule.fact], catalogue[rule.fact])
    return Range(clamped(low, rule.at_least, rule.at_most), clamped(high, rule.at_least, rule.at_most))


def _values_that_matter(rule: AnyRule, fact: Fact, value: Value) -> Iterator[Value]:
    """Give one value for each way in which the rule could tell the fact's values apart; one may be "still missing"."""
    if _tests_presence(rule, fact.name):
        yield Missing()
    if fact.type is FactType.BOOLEAN:
        yield from (True, False)
    elif fact.type is FactType.LIST:
        yield from _lists_that_matter(rule, fact)
    elif fact.type.is_ordered:
        named = {_as_typed(fact, word) for word in _categories_of(rule, fact.name)}
        yield from _steps(sorted({*_bounds_of(rule, fact.name), *named}), fact, value)
    elif fact.choices:
        known = value.among if isinstance(value, Missing) and value.among else fact.choices
        yield from known
    else:
        yield from sorted(_categories_of(rule, fact.name))
        yield ELSEWHERE


def _steps(bounds: Sequence[Any], fact: Fact, value: Value) -> Iterator[Known]:
    low, high = _limits(value, fact)
    around = [*bounds, *([] if low is None else [low]), *([] if high is None else [high])]
    if not around:
        yield _zero(fact)
        return
    for at in sorted(set(around)):
        for candidate in _neighbours(at, fact.type):
            if (low is None or candidate >= low) and (high is None or candidate <= high):
                yield candidate
    if fact.type not in {FactType.DATE, FactType.INTEGER}:
        ordered = sorted(set(around))
        inside = [at for at in ordered if (low is None or at >= low) and (high is None or at <= high)]
        yield from (Fraction(a + b) / 2 for a, b in pairwise(inside))


def _zero(fact: Fact) -> Known:
    return date(2000, 1, 1) if fact.type is FactType.DATE else 0


def _neighbours(at: Any, type_: FactType) -> tuple[Any, ...]:
    if type_ is FactType.DATE:
        return (at - _DAY, at, at + _DAY)
    if type_ is FactType.INTEGER:
        return tuple(sorted({ceil(at) - 1, floor(at), ceil(at), floor(at) + 1}))
    return (at - 1, at, at + 1)


def _limits(value: Value, fact: Fact) -> tuple[Any, Any]:
    low, high = fact.minimum, fact.maximum
    if isinstance(value, Missing):
        low = low if value.at_least is None else value.at_least
        high = high if value.at_most is None else value.at_most
    return low, high


def _conditions(rule: AnyRule) -> Iterator[FactCondition]:
    match rule:
        case Checklist():
            for item in rule.items:
                yield from _tests(item.if_)
        case Cases():
            for row in rule.rows:
                yield from _tests(row.if_)
        case BestOf() | WorstOf() | SumOf():
            for part in rule.rules:
                yield from _conditions(part)
        case _:
            return


def _tests(condition: AnyCondition) -> Iterator[FactCondition]:
    match condition:
        case FactCondition():
            yield condition
        case AllOf():
            for part in condition.all_:
                yield from _tests(part)
        case AnyOf():
            for part in condition.any_:
                yield from _tests(part)
        case Not():
            yield from _tests(condition.not_)


def _simple_rules(rule: AnyRule) -> Iterator[AnyRule]:
    if isinstance(rule, (BestOf, WorstOf, SumOf)):
        for part in rule.rules:
            yield from _simple_rules(part)
    else:
        yield rule


def _reads_value(rule: AnyRule, name: str) -> bool:
    """Say whether more than the presence of a fact counts."""
    tested = any(test.fact == name and test.operator != "present" for test in _conditions(rule))
    return tested or any(getattr(part, "fact", None) == name for part in _simple_rules(rule))


def _tests_presence(rule: AnyRule, name: str) -> bool:
    return any(test.fact == name and test.operator == "present" for test in _conditions(rule))


def _bounds_of(rule: AnyRule, name: str) -> Iterator[Any]:
    for test in _conditions(rule):
        if test.fact == name and not isinstance(test.test[1], (frozenset, bool)):
            yield test.test[1]
    for part in _simple_rules(rule):
        if isinstance(part, Bands) and part.fact == name:
            for band in part.bands:
                yield from (bound for bound in (band.lower, band.upper) if bound is not None)


def _categories_of(rule: AnyRule, name: str) -> set[str]:
    named = {
        word
        for test in _conditions(rule)
        if test.fact == name and isinstance(test.test[1], frozenset)
        for word in test.test[1]
    }
    for part in _simple_rules(rule):
        if isinstance(part, Lookup) and part.fact == name:
            named |= set(part.by_category)
    return named


def _lists_that_matter(rule: AnyRule, fact: Fact) -> Iterator[Known]:
    words = sorted(_categories_of(rule, fact.name))
    if len(words) > 10:  # 2^10 subsets are enough to try; beyond, all or nothing or one
        yield from (frozenset(), frozenset(words), *(frozenset({word}) for word in words))
        return
    for kept in product((False, True), repeat=len(words)):
        yield frozenset(word for word, keep in zip(words, kept, strict=True) if keep)


def _as_typed(fact: Fact, word: str) -> Any:
    return date.fromisoformat(word) if fact.type is FactType.DATE else Fraction(word)

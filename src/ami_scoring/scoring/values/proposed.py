"""Values worth trying for a fact, as one would write them in an example: bounds first, then what lies around them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor
from typing import Any, Final, NamedTuple

from ami_scoring.domain.conditions import FactCondition, parse_points
from ami_scoring.domain.declared import parse_example
from ami_scoring.domain.facts import MISSING, Fact, FactType, Value, category_of
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.rules import AnyRule, simple_rules
from ami_scoring.domain.simple_rules import (
    Aggregate,
    Bands,
    Judgement,
    Linear,
    Lookup,
    PerUnit,
    Relative,
    Table,
    own_facts,
)
from ami_scoring.domain.words import tests_of
from ami_scoring.exact import Fraction
from ami_scoring.scoring.values.compared import Beside, beside

ELSEWHERE: Final = "autre"
MAX_SUBSETS: Final = 6
"""Words of a list beyond which only none, one or all of them are tried."""


class Trial(NamedTuple):
    """A value of a fact: what one writes in an example, nothing when it is missing, and what is read of it."""

    raw: Any
    value: Value


def trials(rule: AnyRule, fact: Fact) -> list[Trial]:
    """List the values of a fact that a rule could tell apart; the last may be "missing", where presence is tested."""
    tests = [test for test in tests_of(rule) if test.fact == fact.name]
    written = {str(raw): raw for raw in (*_written(rule, fact, tests), *_compared(rule, fact))}
    found = [trial for raw in written.values() if (trial := _read(fact, raw)) is not None]
    absent = [Trial(None, MISSING)] if any(test.operator == "present" for test in tests) else []
    return [*found, *absent]


def values_near(rule: AnyRule, fact: Fact, values: Mapping[str, Value]) -> list[Value]:
    """List the values of a fact that are those of what a rule compares it with, and on either side of them."""
    read = (_read(fact, raw) for raw in _around(fact, beside(rule, fact, values)))
    return [trial.value for trial in read if trial is not None]


def exactly_written(number: Fraction) -> str | None:
    """Write a number as a policy reads it: `2.5`, `2/3`; None when it has too many digits for that."""
    text = _decimal(number) or str(number)
    try:
        return text if parse_points(text) == number else None
    except RefusalError:
        return None


def _read(fact: Fact, raw: Any) -> Trial | None:
    try:
        return Trial(raw if isinstance(raw, list) else str(raw), parse_example(fact, raw))
    except RefusalError:
        return None


def _compared(rule: AnyRule, fact: Fact) -> Iterator[Any]:
    """Write the values of a fact that are those of what it is compared with, and on either side of them."""
    if fact.settings:
        return
    near = beside(rule, fact, {})
    yield from _around(fact, near)
    for other in near.open_:
        yield from _written(rule, other, [test for test in tests_of(rule) if test.fact == other.name])
        yield from [f"{ELSEWHERE} encore"] * (fact.type is FactType.TEXT)


def _around(fact: Fact, near: Beside) -> Iterator[Any]:
    for bound in near.bounds:
        if isinstance(bound, date):
            yield from (day.isoformat() for day in _days([bound]))
        elif isinstance(bound, (str, bool)):
            yield category_of(bound)
        else:
            yield from _numbers([Fraction(bound)], fact, inside_first=False)


def _written(rule: AnyRule, fact: Fact, tests: list[FactCondition]) -> Iterator[Any]:
    words = [*_words(rule, fact, tests)]
    if fact.settings:
        yield from (each if isinstance(each, date) else exactly_written(Fraction(each)) for each in fact.settings)
        return
    match fact.type:
        case FactType.BOOLEAN:
            yield from ("oui", "non")
        case FactType.DATE:
            yield from (day.isoformat() for day in _days([*_marks(rule, fact, tests)]))
        case FactType.LIST:
            yield from _lists(words)
        case FactType.OPINIONS:
            yield from _opinions(rule, fact)
        case FactType.CHOICE | FactType.TEXT:
            yield from fact.choices or (*words, ELSEWHERE)
        case _:
            yield from words
            lines = any(isinstance(part, Linear) and part.fact == fact.name for part in simple_rules(rule))
            yield from _numbers([*_marks(rule, fact, tests)], fact, inside_first=lines)


def _words(rule: AnyRule, fact: Fact, tests: Iterable[FactCondition]) -> Iterator[str]:
    for test in tests:
        if isinstance(test.operand, str):
            yield test.operand
        elif isinstance(test.operand, list):
            yield from test.operand
    for part in simple_rules(rule):
        match part:
            case Lookup() if part.fact == fact.name:
                yield from part.points
            case Table() if part.rows == fact.name:
                yield from part.points
            case Table() if part.columns == fact.name:
                yield from (column for cells in part.points.values() for column in cells)
            case _:
                pass


def _lists(words: list[str]) -> Iterator[Any]:
    distinct = list(dict.fromkeys(words))
    yield from ([word] for word in distinct)
    yield distinct
    yield []
    if len(distinct) <= MAX_SUBSETS:
        for size in range(2 ** len(distinct)):
            yield [word for place, word in enumerate(distinct) if size >> place & 1]
    yield [ELSEWHERE]


def _opinions(rule: AnyRule, fact: Fact) -> Iterator[list[str]]:
    for part in simple_rules(rule):
        if isinstance(part, Judgement) and own_facts(part)[0] == fact.name:
            middle = (part.lowest + part.highest) / 2
            ends = [exactly_written(mark) or "" for mark in (part.highest, middle, part.lowest) if part.takes(mark)]
            together = part.aggregate is Aggregate.CONSENSUS
            yield from ([mark] * max(part.required, 1 + together) for mark in ends)
            if not together:
                yield [ends[-1], *[ends[0]] * max(part.required - 1, 1)]


def _marks(rule: AnyRule, fact: Fact, tests: Iterable[FactCondition]) -> Iterator[Any]:
    for test in tests:
        if isinstance(test.operand, (Fraction, date)):
            yield test.operand
    for part in simple_rules(rule):
        if fact.name not in own_facts(part):
            continue
        match part:
            case Bands():
                yield from (bound for band in part.bands for bound in (band.lower, band.upper) if bound is not None)
            case Linear():
                yield from (knot.at for knot in part.knots)
            case PerUnit():
                yield from _slices(part)
            case Relative():
                yield from map(Fraction, range(1, len(part.by_rank or [0]) + 2))
            case _:
                pass


def _slices(rule: PerUnit) -> Iterator[Fraction]:
    yield from (rule.after + rule.every, rule.after + 2 * rule.every, rule.after)
    if rule.at_most is not None and rule.points > 0 and rule.at_most > 0:
        yield rule.after + rule.every * (ceil(rule.at_most / rule.points) + 1)


def _numbers(marks: list[Fraction], fact: Fact, *, inside_first: bool) -> Iterator[str]:
    ends = [Fraction(end) for end in (fact.minimum, fact.maximum) if isinstance(end, (int, Fraction))]
    around = sorted({*marks, *ends}) or [Fraction(0)]
    between = [(left + right) / 2 for left, right in pairwise(around)]
    outside = [around[0] - 1, around[-1] + 1]
    if not marks:
        outside = [*outside, *(end + 1 for end in ends[:1])]
    first = (*between, *marks) if inside_first else (*dict.fromkeys(marks), *between)
    for number in (*first, *outside, *around):
        yield from filter(None, map(exactly_written, _on_grid(number, fact)))


def _on_grid(number: Fraction, fact: Fact) -> tuple[Fraction, ...]:
    """Give the values nearest to a number that the fact can take; for a whole one, its neighbours too."""
    step = Fraction(1) if fact.type is FactType.INTEGER else fact.step
    if step is None:
        return (number,)
    low, high = floor(number / step) * step, ceil(number / step) * step
    return (low, high, low - step, high + step)


def _days(marks: list[date]) -> Iterator[date]:
    around = sorted(set(marks)) or [date(2022, 1, 1)]
    yield from around
    for day in around:
        yield from (day - timedelta(days=1), day + timedelta(days=1))


def _decimal(number: Fraction) -> str | None:
    scale = next((places for places in range(16) if (number * 10**places).denominator == 1), None)
    if scale is None:
        return None
    digits = str(abs((number * 10**scale).numerator)).rjust(scale + 1, "0")
    text = f"{digits[:-scale]}.{digits[-scale:]}" if scale else digits
    return f"-{text}" if number < 0 else text

"""The boundary values of a fact: one for each way in which a rule that moves by steps tells its values apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise, product
from math import ceil, floor
from types import MappingProxyType
from typing import Any, Final

from ami_scoring.domain.facts import Fact, FactType, Known, Missing, Value, category_of
from ami_scoring.domain.rules import AnyRule, simple_rules
from ami_scoring.domain.simple_rules import Bands, Lookup, Table
from ami_scoring.domain.words import tests_of
from ami_scoring.exact import Fraction, parse_fraction
from ami_scoring.scoring.values.compared import Beside, apart, beside, limits

ELSEWHERE: Final = "une autre valeur"
MOST_WORDS: Final = 10
"""Words of a list, beyond which its values that matter are not all given."""
_DAY: Final = timedelta(days=1)


def values_that_matter(
    rule: AnyRule, fact: Fact, value: Missing, values: Mapping[str, Value] = MappingProxyType({})
) -> Iterator[Value]:
    """Give one value for each way in which the rule could tell the fact's values apart; one may be "still missing".

    `values` are those of the facts that it may be compared with; they are open where it does not hold them.
    """
    if tests_presence(rule, fact.name):
        yield Missing()
    near = beside(rule, fact, values)
    if fact.settings:
        yield from fact.settings
    elif fact.type is FactType.BOOLEAN:
        yield from (True, False)
    elif fact.type is FactType.LIST:
        yield from _lists_that_matter(rule, fact)
    elif fact.type.is_ordered:
        yield from _ordered(rule, fact, value, near)
    elif fact.choices:
        yield from value.among or fact.choices
    else:
        named = {word for each in (fact, *near.open_) for word in (*_categories_of(rule, each.name), *each.choices)}
        yield from sorted(named.union(map(category_of, near.bounds)))
        yield ELSEWHERE
        yield from (f"{ELSEWHERE} ({place})" for place, _ in enumerate(near.open_, start=2))


def _ordered(rule: AnyRule, fact: Fact, value: Missing, near: Beside) -> Iterator[Value]:
    bounds: set[Any] = set()
    for each in (fact, *near.open_):
        bounds |= {*_bounds_of(rule, each.name), *(_as_typed(each, word) for word in _categories_of(rule, each.name))}
    if not near.open_:
        yield from _steps(sorted(bounds.union(near.bounds)), fact, value)
        return
    low, high = limits(value, fact)
    ends = (end for end in (low, high) if end is not None)
    around = {*bounds, *near.bounds, *ends} or {_zero(fact)}
    for candidate in apart(around, fact, near.open_):
        if (low is None or candidate >= low) and (high is None or candidate <= high):
            yield candidate


def _steps(bounds: Sequence[Any], fact: Fact, value: Missing) -> Iterator[Known]:
    low, high = limits(value, fact)
    around = [*bounds, *([] if low is None else [low]), *([] if high is None else [high])]
    if not around:
        yield _zero(fact)
        return
    for at in sorted(set(around)):
        for candidate in _neighbours(at, fact):
            if (low is None or candidate >= low) and (high is None or candidate <= high):
                yield candidate
    if fact.type is not FactType.DATE and not fact.grid:
        ordered = sorted(set(around))
        inside = [at for at in ordered if (low is None or at >= low) and (high is None or at <= high)]
        yield from (Fraction(a + b) / 2 for a, b in pairwise(inside))


def _zero(fact: Fact) -> Known:
    return date(2000, 1, 1) if fact.type is FactType.DATE else 0


def _neighbours(at: Any, fact: Fact) -> tuple[Any, ...]:
    if fact.type is FactType.DATE:
        return (at - _DAY, at, at + _DAY)
    if fact.grid:
        low, high = floor(at / fact.grid), ceil(at / fact.grid)
        return tuple(each * fact.grid for each in sorted({high - 1, low, high, low + 1}))
    return (at - 1, at, at + 1)


def tests_presence(rule: AnyRule, name: str) -> bool:
    """Say whether a rule asks whether a fact is given at all."""
    return any(test.fact == name and test.operator == "present" for test in tests_of(rule))


def tells_lists_apart(rule: AnyRule, fact: Fact) -> bool:
    """Say whether the values that matter tell everything that a rule could read in a list, or in any other fact."""
    return fact.type is not FactType.LIST or len(_categories_of(rule, fact.name)) <= MOST_WORDS


def _bounds_of(rule: AnyRule, name: str) -> Iterator[Any]:
    for test in tests_of(rule):
        if test.fact == name and isinstance(test.test[1], (int, Fraction, date)) and test.operator != "present":
            yield test.test[1]
    for part in simple_rules(rule):
        if isinstance(part, Bands) and part.fact == name:
            for band in part.bands:
                yield from (bound for bound in (band.lower, band.upper) if bound is not None)


def _categories_of(rule: AnyRule, name: str) -> set[str]:
    named = {
        word
        for test in tests_of(rule)
        if test.fact == name and isinstance(test.test[1], frozenset)
        for word in test.test[1]
    }
    for part in simple_rules(rule):
        if isinstance(part, Lookup) and part.fact == name:
            named |= set(part.by_category)
        if isinstance(part, Table):
            named |= {row for row, _ in part.cells} if part.rows == name else set()
            named |= {column for _, column in part.cells} if part.columns == name else set()
    return named


def _lists_that_matter(rule: AnyRule, fact: Fact) -> Iterator[Known]:
    words = sorted(_categories_of(rule, fact.name))
    if len(words) > MOST_WORDS:  # 2^10 subsets are enough to try; beyond, all or nothing or one
        yield from (frozenset(), frozenset(words), *(frozenset({word}) for word in words))
        return
    for kept in product((False, True), repeat=len(words)):
        yield frozenset(word for word, keep in zip(words, kept, strict=True) if keep)


def _as_typed(fact: Fact, word: str) -> Any:
    return date.fromisoformat(word) if fact.type is FactType.DATE else parse_fraction(word)

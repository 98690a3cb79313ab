"""What the rules of a call look for in each list: a form has a line for every element that may count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ami_scoring.domain.conditions import AllOf, AnyCondition, AnyOf, FactCondition
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.rules import conditions_of


def elements_looked_for(criteria: Criteria) -> Mapping[str, int]:
    """Count, by fact, the different elements that conditions of rules name."""
    named: dict[str, set[str]] = {}
    for rule in criteria.every_rule:
        for condition in conditions_of(rule):
            for test in _tests(condition):
                one = () if test.includes is None else (test.includes,)
                words = (*one, *(test.includes_any or ()), *(test.includes_all or ()))
                named.setdefault(test.fact, set()).update(words)
    return {fact: len(words) for fact, words in named.items() if words}


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
        case _:
            yield from _tests(condition.not_)

"""Conditions decided on facts, with three answers: true, false, or unknown because a fact is missing (None).

Kleene's logic: a conjunction with one false is false whatever is missing, a disjunction with one true is true.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ami_scoring.domain.conditions import EQUALITY, AllOf, AnyCondition, AnyOf, FactCondition, Not, OtherFact, facts_of
from ami_scoring.domain.facts import Known, Missing, Value, category_of
from ami_scoring.domain.spellings import same_text


def holds(condition: AnyCondition, values: Mapping[str, Value]) -> bool | None:
    """Decide a condition; None means that a missing fact could decide it either way."""
    match condition:
        case FactCondition():
            return _test(condition, values[condition.fact], values)
        case AllOf():
            answers = [holds(part, values) for part in condition.all_]
            return False if False in answers else None if None in answers else True
        case AnyOf():
            answers = [holds(part, values) for part in condition.any_]
            return True if True in answers else None if None in answers else False
        case Not():
            answer = holds(condition.not_, values)
            return None if answer is None else not answer


def undecided(condition: AnyCondition, values: Mapping[str, Value]) -> tuple[str, ...]:
    """Name the missing facts that keep a condition undecided."""
    if holds(condition, values) is not None:
        return ()
    match condition:
        case FactCondition():
            return tuple(name for name in facts_of(condition) if isinstance(values[name], Missing))
        case AllOf():
            parts: Iterable[AnyCondition] = condition.all_
        case AnyOf():
            parts = condition.any_
        case Not():
            parts = (condition.not_,)
    return tuple(dict.fromkeys(name for part in parts for name in undecided(part, values)))


def _test(condition: FactCondition, value: Value, values: Mapping[str, Value]) -> bool | None:
    operator, operand = condition.test
    if isinstance(value, Missing):
        return None if operator != "present" or value.withheld else not operand
    if operator == "present":
        return bool(operand)
    if isinstance(operand, OtherFact):
        other = values[operand.fact]
        if isinstance(other, Missing):
            return None
        if operator in EQUALITY:
            return _are_the_same(value, other) is (operator == "is_")
        operand = other
    return _compares(operator, value, operand)


def _compares(operator: str, value: Any, operand: Any) -> bool:
    match operator:
        case "is_" | "in_":
            return category_of(value) in operand
        case "is_not" | "not_in":
            return category_of(value) not in operand
        case "includes" | "includes_all":
            return bool(operand <= value)
        case "includes_any":
            return bool(operand & value)
        case "at_least" | "from_":
            return bool(value >= operand)
        case "at_most" | "until":
            return bool(value <= operand)
        case "above" | "after":
            return bool(value > operand)
        case _:
            return bool(value < operand)


def _are_the_same(value: Known, other: Known) -> bool:
    if isinstance(value, str) and isinstance(other, str):
        return same_text(value, other)
    return value == other

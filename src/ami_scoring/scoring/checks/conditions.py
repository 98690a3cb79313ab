"""What is wrong in a condition, knowing the facts: names, types, categories."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from ami_scoring.domain.computed import COMPUTED, PARAMETERS
from ami_scoring.domain.conditions import (
    EQUALITY,
    LISTS,
    NUMERIC,
    AllOf,
    AnyCondition,
    AnyOf,
    FactCondition,
    Not,
    is_name,
)
from ami_scoring.domain.declared import PREFIX
from ami_scoring.domain.facts import Fact, FactType
from ami_scoring.exact import Fraction
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.checks.categories import check_categories
from ami_scoring.scoring.words import TYPE_WORDS, Catalogue, Path, error, mismatch, unknown_fact

_OF_DATES: Final = {"at_least": "from", "at_most": "until", "above": "after", "below": "before"}
_OF_NUMBERS: Final = {"from_": "at_least", "until": "at_most", "after": "above", "before": "below"}
"""The tests that say of one type what others say of the other."""

OF_THE_CALL: Final = (PREFIX, COMPUTED, PARAMETERS)
_TEXTS: Final = frozenset({FactType.TEXT, FactType.CHOICE})


def check_condition(condition: AnyCondition, path: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Check one condition and all below it."""
    match condition:
        case FactCondition():
            fact = catalogue.get(condition.fact)
            if fact is None:
                yield unknown_fact(condition.fact, (*path, "fact"))
            else:
                named = list(_named_facts(condition, fact, path, catalogue))
                yield from named or _check_test(condition, fact, path, catalogue)
        case AllOf() | AnyOf():
            parts, key = (condition.all_, "all") if isinstance(condition, AllOf) else (condition.any_, "any")
            for place, part in enumerate(parts):
                yield from check_condition(part, (*path, key, place), catalogue)
        case Not():
            yield from check_condition(condition.not_, (*path, "not"), catalogue)


def _named_facts(condition: FactCondition, fact: Fact, path: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Find the names of facts that stand where a value is expected: they would be read as plain words."""
    operand = condition.operand
    for word in operand if isinstance(operand, list) else [operand]:
        if isinstance(word, str) and is_name(word) and (word in catalogue or word.startswith(OF_THE_CALL)):
            message = Message(
                "« {word} » nomme une donnée : cette condition la prendrait pour un mot que vaudrait « {fact} ».",
                {"word": word, "fact": fact.name},
            )
            at = (*path, condition.operator.rstrip("_"))
            way = "any: [{{fact: {fact}, is: {right}}}, …]" if isinstance(operand, list) else "{key}: {right}"
            shown = {"fact": fact.name, "key": condition.operator.rstrip("_"), "right": f"{{fact: {word}}}"}
            mend = Message("Pour comparer les deux données, écrivez « {way} ».", {"way": way.format(**shown)})
            yield Problem("fact-as-value", Severity.ERROR, at, message, mend)


def _check_other(fact: Fact, name: str, key: str, path: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Check the comparison of two facts: both known, not the same, and of types that compare."""
    other = catalogue.get(name)
    if other is None:
        yield unknown_fact(name, (*path, key, "fact"))
    elif name == fact.name:
        said = "« {fact} » est comparée à elle-même : nommez ici l'autre donnée."
        yield error("fact-against-itself", (*path, key, "fact"), said, related=((*path, "fact"),), fact=name)
    elif not _compare(fact, other):
        yield error(
            "type-mismatch",
            (*path, key, "fact"),
            "« {fact} » ({type}) et « {other} » ({other_type}) ne se comparent pas.",
            fact=fact.name,
            type=TYPE_WORDS[fact.type],
            other=other.name,
            other_type=TYPE_WORDS[other.type],
        )


def _compare(fact: Fact, other: Fact) -> bool:
    if FactType.LIST in {fact.type, other.type} or FactType.OPINIONS in {fact.type, other.type}:
        return False
    numbers, texts = fact.type.is_number and other.type.is_number, {fact.type, other.type} <= _TEXTS
    return numbers or texts or fact.type is other.type


def _check_test(condition: FactCondition, fact: Fact, path: Path, catalogue: Catalogue) -> Iterator[Problem]:
    operator, operand = condition.operator, condition.operand
    key = operator.rstrip("_")
    if operator == "present":
        return
    if condition.other is not None:
        found = list(_check_other(fact, condition.other, key, path, catalogue))
        if found or operator in EQUALITY:
            yield from found
            return
        operand = date.min if fact.type is FactType.DATE else Fraction(0)
    if fact.type is FactType.OPINIONS:
        yield mismatch(fact, (*path, key), "une donnée de la candidature (des avis se lisent par « judgement »)")
    elif operator in LISTS or fact.type is FactType.LIST:
        if operator not in LISTS:
            yield mismatch(fact, (*path, key), "« includes », « includes_any » ou « includes_all »")
        elif fact.type is not FactType.LIST:
            yield mismatch(fact, (*path, key), "une liste")
    elif operator in EQUALITY:
        yield from check_categories(operand if isinstance(operand, list) else [operand], fact, (*path, key))
    elif operator in NUMERIC:
        if fact.type is FactType.DATE and isinstance(operand, date):
            yield mismatch(fact, (*path, key), f"« {_OF_DATES[operator]} » à la place de « {key} »")
        elif not fact.type.is_number or isinstance(operand, date):
            yield mismatch(fact, (*path, key), "un nombre comparé à un nombre")
    elif fact.type.is_number and not isinstance(operand, date):
        yield mismatch(fact, (*path, key), f"« {_OF_NUMBERS[operator]} » à la place de « {key} »")
    elif fact.type is not FactType.DATE or not isinstance(operand, date):
        yield mismatch(fact, (*path, key), "une date comparée à une date")

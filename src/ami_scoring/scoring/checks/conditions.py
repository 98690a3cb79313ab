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
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.checks.categories import check_categories
from ami_scoring.scoring.words import Catalogue, Path, mismatch, unknown_fact

_OF_DATES: Final = {"at_least": "from", "at_most": "until", "above": "after", "below": "before"}
_OF_NUMBERS: Final = {"from_": "at_least", "until": "at_most", "after": "above", "before": "below"}
"""The tests that say of one type what others say of the other."""

OF_THE_CALL: Final = (PREFIX, COMPUTED, PARAMETERS)
_ASK: Final = (
    "Une condition compare une donnée à une valeur écrite. Pour comparer deux réponses, demandez-le par une donnée "
    "« boolean » (« Les deux vœux sont-ils les mêmes ? »)."
)
_GAP: Final = "Calculez leur écart dans « computed » (« difference »), et comparez-le à 0."
_HOW: Final = {
    FactType.DATE: "Calculez les jours qui les séparent dans « computed » (« days »), et comparez-les à 0.",
    **dict.fromkeys((FactType.INTEGER, FactType.DECIMAL, FactType.MONEY, FactType.PERCENTAGE), _GAP),
}
"""How to compare two facts, by type."""


def check_condition(condition: AnyCondition, path: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Check one condition and all below it."""
    match condition:
        case FactCondition():
            fact = catalogue.get(condition.fact)
            if fact is None:
                yield unknown_fact(condition.fact, (*path, "fact"))
            else:
                named = list(_named_facts(condition, fact, path, catalogue))
                yield from named or _check_test(condition, fact, path)
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
            yield Problem("fact-as-value", Severity.ERROR, at, message, Message(_HOW.get(fact.type, _ASK)))


def _check_test(condition: FactCondition, fact: Fact, path: Path) -> Iterator[Problem]:
    operator, operand = condition.operator, condition.operand
    key = operator.rstrip("_")
    if operator == "present":
        return
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

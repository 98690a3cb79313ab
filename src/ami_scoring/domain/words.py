"""The words that a policy names for each fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from ami_scoring.domain.conditions import AllOf, AnyCondition, AnyOf, FactCondition, Not
from ami_scoring.domain.declared import PREFIX, read_by_words
from ami_scoring.domain.facts import Case, Fact, Known, Missing, Value
from ami_scoring.domain.primitives import fold
from ami_scoring.domain.rules import AnyRule, conditions_of, parts_of
from ami_scoring.domain.simple_rules import Lookup, Table
from ami_scoring.domain.spellings import parts_of as parts_of_text
from ami_scoring.domain.spellings import recognised


def words_named(rules: Iterable[AnyRule], conditions: Iterable[AnyCondition]) -> Mapping[str, tuple[str, ...]]:
    """List, by fact, the words that rules and conditions name, as written there, each once."""
    named: dict[str, dict[str, str]] = {}
    for fact, word in _named(rules, conditions):
        named.setdefault(fact, {}).setdefault(fold(word), word)
    return {fact: tuple(words.values()) for fact, words in named.items()}


def with_words(fact: Fact, words: tuple[str, ...]) -> Fact:
    """Let a fact of free texts read the words of the policy however they are spelt; others are left as they are."""
    if not fact.is_free_text:
        return fact
    if fact.name.startswith(PREFIX):
        return read_by_words(fact._replace(words=words))

    @lru_cache(maxsize=4_096)
    def spelt(value: Known) -> Known:
        return recognised(_parted(value, words), words)

    def read(case: Case) -> Value:
        value = fact.read(case)
        return value if isinstance(value, Missing) else spelt(value)

    return fact._replace(read=read, words=words)


def _parted(value: Known, words: tuple[str, ...]) -> Known:
    """Part the elements of a list that are several words of the policy, and nothing else."""
    if not isinstance(value, frozenset):
        return value
    parts = ((item, *parts_of_text(item, words)) for item in value)
    return frozenset(fold(part) for item, known, others in parts for part in ([item] if others or not known else known))


def tests_within(condition: AnyCondition) -> Iterator[FactCondition]:
    """Give every test of a condition, in the order of the text."""
    match condition:
        case FactCondition():
            yield condition
        case AllOf() | AnyOf():
            for part in condition.all_ if isinstance(condition, AllOf) else condition.any_:
                yield from tests_within(part)
        case Not():
            yield from tests_within(condition.not_)


def compared_facts(rules: Iterable[AnyRule], conditions: Iterable[AnyCondition]) -> Mapping[str, frozenset[str]]:
    """Give, by fact, those that some condition compares it with, directly or through others."""
    linked: dict[str, frozenset[str]] = {}
    in_rules = (test for rule in rules for test in tests_of(rule))
    elsewhere = (test for condition in conditions for test in tests_within(condition))
    for test in (*in_rules, *elsewhere):
        if test.other is not None:
            group = linked.get(test.fact, frozenset({test.fact})) | linked.get(test.other, frozenset({test.other}))
            linked.update(dict.fromkeys(group, group))
    return {name: group - {name} for name, group in linked.items()}


def tests_of(rule: AnyRule) -> Iterator[FactCondition]:
    """Give every test of a rule and of the rules below it."""
    for condition in conditions_of(rule):
        yield from tests_within(condition)
    for part in parts_of(rule):
        yield from tests_of(part)


def _named(rules: Iterable[AnyRule], conditions: Iterable[AnyCondition]) -> Iterator[tuple[str, str]]:
    for rule in rules:
        yield from _named_by(rule)
    for condition in conditions:
        yield from _tested(condition)


def _named_by(rule: AnyRule) -> Iterator[tuple[str, str]]:
    for condition in conditions_of(rule):
        yield from _tested(condition)
    for part in parts_of(rule):
        yield from _named_by(part)
    match rule:
        case Lookup():
            yield from ((rule.fact, word) for word in rule.points)
        case Table():
            yield from ((rule.rows, row) for row in rule.points)
            yield from ((rule.columns, column) for cells in rule.points.values() for column in cells)
        case _:
            pass


def _tested(condition: AnyCondition) -> Iterator[tuple[str, str]]:
    for test in tests_within(condition):
        operand = test.operand
        words = [operand] if isinstance(operand, str) else operand if isinstance(operand, list) else []
        yield from ((test.fact, word) for word in words)

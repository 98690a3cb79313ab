"""How the facts of one rule would have to change for it to give so many points, in the units of these facts.

What is solved for is only proposed: each change is told if the caller, who scores anew, says that it works.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice, product
from typing import Final

from pydantic_core import PydanticCustomError

from ami_scoring.domain.conditions import AllOf, AnyCondition, facts_of
from ami_scoring.domain.declared import parse_example
from ami_scoring.domain.facts import Fact, Known, Missing, Value, category_of
from ami_scoring.domain.primitives import fold
from ami_scoring.domain.rules import (
    AnyRule,
    Bands,
    BestOf,
    Cases,
    Checklist,
    Judgement,
    Linear,
    Lookup,
    PerUnit,
    Relative,
    SumOf,
    Table,
    WorstOf,
    own_facts,
)
from ami_scoring.domain.scores import Outcome
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message
from ami_scoring.scoring.conditions import holds
from ami_scoring.scoring.number_ways import against_the_others, on_a_line, with_a_better_mark, with_more_units
from ami_scoring.scoring.rule_words import band_word, condition_word
from ami_scoring.scoring.rules import clamped, counted_items, evaluate
from ami_scoring.scoring.targets import Changes, Search, Target, of_fact
from ami_scoring.scoring.trial_values import trials
from ami_scoring.scoring.wording import inner

_COMBINATIONS: Final = 2_000
"""Values of several facts together beyond which a condition is given up."""


def ways(rule: AnyRule, outcome: Outcome, target: Target, search: Search) -> Iterator[Message]:
    """Give the changes by which a rule, which gave an outcome, would meet a target."""
    match rule:
        case Lookup():
            yield from _in_categories(rule.fact, _names(rule.points, target), search)
        case Bands():
            yield from _in_another_band(rule, target, search)
        case Linear():
            yield from on_a_line(rule, target, search)
        case PerUnit():
            yield from with_more_units(rule, target, search)
        case Checklist():
            yield from _with_more_items(rule, outcome, target, search)
        case Cases():
            yield from _in_another_case(rule, outcome, target, search)
        case Table():
            yield from _in_another_cell(rule, target, search)
        case Judgement():
            yield from with_a_better_mark(rule, target, search)
        case Relative():
            yield from against_the_others(rule, search)
        case BestOf() | WorstOf() | SumOf():
            if target.within(rule.at_least, rule.at_most):
                yield from _in_one_part(rule, outcome, target, search)


def _in_one_part(rule: BestOf | WorstOf | SumOf, outcome: Outcome, target: Target, search: Search) -> Iterator[Message]:
    parts = list(zip(rule.rules, outcome.parts, strict=True))
    total = sum((found.points for found in outcome.parts), Fraction(0))
    if isinstance(rule, WorstOf):
        parts = [(part, found) for part, found in parts if not target.met(found.points)]
        parts = parts if len(parts) == 1 else []
    for part, found in parts:
        needed = found.points + target.points - total if isinstance(rule, SumOf) else target.points
        yield from ways(part, found, Target(needed, target.strict), search)


def _names(points: Mapping[str, Fraction], target: Target) -> list[str]:
    return [name for name, given in points.items() if target.met(given)]


def _in_categories(name: str, categories: Sequence[str], search: Search) -> Iterator[Message]:
    fact = search.catalogue[name]
    good = [each for each in categories if (value := _read(fact, each)) is not None and search.works({name: value})]
    if good:
        yield of_fact(fact, " ou ".join(good))


def _read(fact: Fact, raw: object) -> Known | None:
    try:
        return parse_example(fact, raw)
    except PydanticCustomError:
        return None


def _in_another_band(rule: Bands, target: Target, search: Search) -> Iterator[Message]:
    """Give the band of least points that would do, wherever in it the value falls."""
    fact = search.catalogue[rule.fact]
    tried = [trial.value for trial in trials(rule, fact)]
    for band in sorted((band for band in rule.bands if target.met(band.points)), key=lambda band: band.points):
        inside = [value for value in tried if band.holds(value)]
        if inside and all(search.works({rule.fact: value}) for value in inside):
            yield of_fact(fact, band_word(fact, band))
            return


def _with_more_items(rule: Checklist, outcome: Outcome, target: Target, search: Search) -> Iterator[Message]:
    rivals = {place for group in rule.rivals for place in group}
    counted = counted_items(rule, outcome.parts)
    reached = sum((part.points for part, counts in zip(outcome.parts, counted, strict=True) if counts), Fraction(0))
    for place, (item, part) in enumerate(zip(rule.items, outcome.parts, strict=True)):
        if part.met or place in rivals:
            continue
        changes = _satisfying(item.if_, rule, search)
        if (
            changes
            and target.met(clamped(reached + item.points, rule.at_least, rule.at_most))
            and search.works(changes)
        ):
            yield Message("« {label} »", {"label": inner(item.label)})


def _in_another_case(rule: Cases, outcome: Outcome, target: Target, search: Search) -> Iterator[Message]:
    for place, row in enumerate(rule.rows):
        if row.rule is not None:
            if place == outcome.branch and outcome.parts:
                yield from ways(row.rule, outcome.parts[0], target, search)
        elif target.met(row.points or Fraction(0)):
            changes = _satisfying(row.if_, rule, search)
            taken = evaluate(rule, {**search.values, **changes}).branch if changes else None
            if taken == place and search.works(changes):
                lacking = condition_word(_lacking(row.if_, search.values), search.catalogue)
                yield Message("{condition}", {"condition": lacking})


def _satisfying(condition: AnyCondition, rule: AnyRule, search: Search) -> Changes:
    """Give the change of the fewest facts that makes a condition true, with the values nearest to its bounds."""
    names = list(dict.fromkeys(facts_of(condition)))
    tried = {
        name: [_joined(trial.value, search.values[name]) for trial in trials(rule, search.catalogue[name])]
        for name in names
    }
    for size in range(1, len(names) + 1):
        for some in combinations(names, size):
            for chosen in islice(product(*(tried[name] for name in some)), _COMBINATIONS):
                changes = dict(zip(some, chosen, strict=True))
                if holds(condition, {**search.values, **changes}):
                    return changes
    return {}


def _joined(value: Value, present: Value) -> Value:
    """Add to a list rather than replace it."""
    return value | present if isinstance(value, frozenset) and isinstance(present, frozenset) else value


def _lacking(condition: AnyCondition, values: Mapping[str, Value]) -> AnyCondition:
    """Give what a condition lacks: of conditions joined by "and", those that do not hold."""
    if not isinstance(condition, AllOf):
        return condition
    lacking = [part for part in condition.all_ if not holds(part, values)]
    return lacking[0] if len(lacking) == 1 else condition.model_copy(update={"all_": lacking})


def _in_another_cell(rule: Table, target: Target, search: Search) -> Iterator[Message]:
    read = {name: search.values[name] for name in own_facts(rule)}
    row, column = ("" if isinstance(value, Missing) else category_of(value) for value in read.values())
    shown = dict.fromkeys(name for cells in rule.points.values() for name in cells)
    at = rule.by_categories.get
    rows = {name: points for name in rule.points if (points := at((fold(name), column))) is not None}
    columns = {name: points for name in shown if (points := at((row, fold(name)))) is not None}
    yield from _in_categories(rule.rows, _names(rows, target), search)
    yield from _in_categories(rule.columns, _names(columns, target), search)

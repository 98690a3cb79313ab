"""How the facts of one rule would have to change for it to give so many points, in the units of these facts.

What is solved for is only proposed: each change is told if the caller, who scores anew, says that it works.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, islice, product
from typing import Final

from ami_scoring.domain.conditions import AllOf, AnyCondition, facts_of
from ami_scoring.domain.declared import parse_example
from ami_scoring.domain.facts import Fact, FactType, Known, Missing, Value, category_of
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import fold
from ami_scoring.domain.rules import AnyRule, BestOf, Cases, Checklist, SumOf, WorstOf, facts_read
from ami_scoring.domain.scores import Outcome
from ami_scoring.domain.simple_rules import Bands, Judgement, Linear, Lookup, PerUnit, Relative, Table, own_facts
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message, named
from ami_scoring.scoring.marks import counted_items, evaluate, holds
from ami_scoring.scoring.sufficient.number_ways import (
    against_the_others,
    on_a_line,
    over_the_whole,
    with_a_better_mark,
    with_more_units,
)
from ami_scoring.scoring.sufficient.targets import Changes, Search, Target, of_fact
from ami_scoring.scoring.telling import band_word, condition_word
from ami_scoring.scoring.values import ELSEWHERE
from ami_scoring.scoring.words import inner, value_word

_COMBINATIONS: Final = 2_000
"""Values of several facts together beyond which a condition is not told as a whole."""
_VERIFIED: Final = 200
"""The same, of those that make it true: each is scored and selected anew."""


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
    """Give what one part would take alone; a fact that several parts read is looked for over the whole."""
    shared = _shared(rule)
    alone = search._replace(works=lambda changes: shared.isdisjoint(changes) and search.works(changes))
    parts = list(zip(rule.rules, outcome.parts, strict=True))
    total = sum((found.points for found in outcome.parts), Fraction(0))
    if isinstance(rule, WorstOf):
        parts = [(part, found) for part, found in parts if not target.met(found.points)]
        parts = parts if len(parts) == 1 else []
    for part, found in parts:
        needed = found.points + target.points - total if isinstance(rule, SumOf) else target.points
        yield from ways(part, found, Target(needed, target.strict), alone)
    for name in sorted(shared):
        yield from over_the_whole(search.catalogue[name], search)
        yield from _among_categories(rule, name, search)


def _shared(rule: BestOf | WorstOf | SumOf) -> frozenset[str]:
    """Name the facts that several parts of a rule read."""
    read = Counter(name for part in rule.rules for name in facts_read(part))
    return frozenset(name for name, times in read.items() if times > 1)


def _among_categories(rule: AnyRule, name: str, search: Search) -> Iterator[Message]:
    fact, present = search.catalogue[name], search.values[name]
    if fact.type in {FactType.BOOLEAN, FactType.CHOICE, FactType.TEXT}:
        yield from _told(fact, [{name: value} for value in search.tried(rule, name) if value != present], search)


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
    except RefusalError:
        return None


def _in_another_band(rule: Bands, target: Target, search: Search) -> Iterator[Message]:
    """Give the band of least points that would do, wherever in it the value falls."""
    fact = search.catalogue[rule.fact]
    tried = [value for value in search.tried(rule, rule.fact) if not isinstance(value, Missing)]
    for band in sorted((band for band in rule.bands if target.met(band.points)), key=lambda band: band.points):
        inside = [value for value in tried if band.holds(value)]
        if inside and all(search.works({rule.fact: value}) for value in inside):
            yield of_fact(fact, band_word(fact, band))
            return


def _with_more_items(rule: Checklist, outcome: Outcome, target: Target, search: Search) -> Iterator[Message]:
    """Give the items that would do: the whole list is scored anew, since an item may take the place of a rival."""
    for place, (item, part) in enumerate(zip(rule.items, outcome.parts, strict=True)):
        if part.met:
            continue

        def counts(changes: Changes, place: int = place) -> bool:
            found = evaluate(rule, {**search.values, **changes})
            return target.met(found.points) and counted_items(rule, found.parts)[place]

        good, whole = _satisfying(item.if_, rule, search, counts)
        if whole:
            yield Message("« {label} »", {"label": inner(item.label)})
        else:
            for said in _one_of(good, search):
                yield Message("« {label} », avec {facts}", {"label": inner(item.label), "facts": said})


def _in_another_case(rule: Cases, outcome: Outcome, target: Target, search: Search) -> Iterator[Message]:
    for place, row in enumerate(rule.rows):
        if row.rule is not None:
            if place == outcome.branch and outcome.parts:
                yield from ways(row.rule, outcome.parts[0], target, search)
        elif target.met(row.points or Fraction(0)):

            def taken(changes: Changes, place: int = place) -> bool:
                return evaluate(rule, {**search.values, **changes}).branch == place

            lacking = _lacking(row.if_, search.values)
            good, whole = _satisfying(lacking, rule, search, taken)
            if whole:
                yield Message("{condition}", {"condition": condition_word(lacking, search.catalogue)})
            else:
                yield from _one_of(good, search)


def _satisfying(
    condition: AnyCondition, rule: AnyRule, search: Search, does: Callable[[Changes], bool]
) -> tuple[list[Changes], bool]:
    """Give the changes that make a condition true and work, of the fewest facts, and say whether all changes do.

    Of those that are given, each does by itself what is expected of the condition; of all, each must only work.
    """
    names = [name for name in dict.fromkeys(facts_of(condition)) if not search.catalogue[name].settings]
    tried = {name: [_joined(value, search.values[name]) for value in search.tried(rule, name)] for name in names}
    every = (
        dict(zip(some, chosen, strict=True))
        for size in range(1, len(names) + 1)
        for some in combinations(names, size)
        for chosen in product(*(tried[name] for name in some))
    )
    looked_at = list(islice(every, _COMBINATIONS + 1))
    true = [changes for changes in looked_at if holds(condition, {**search.values, **changes})]
    work = [changes for changes in true[:_VERIFIED] if search.works(changes)]
    good = [changes for changes in work if does(changes)]
    fewest = min(map(len, good), default=0)
    whole = len(work) == len(true) and len(looked_at) <= _COMBINATIONS and bool(good)
    return [changes for changes in good if len(changes) == fewest], whole


def _one_of(good: Sequence[Changes], search: Search) -> Iterator[Message]:
    """Tell the changes that work one by one: all the words of a fact, but of anything else only the first found."""
    if not good:
        return
    names = list(good[0])
    fact = search.catalogue[names[0]]
    if len(names) == 1 and fact.type in {FactType.BOOLEAN, FactType.CHOICE, FactType.TEXT}:
        yield from _told(fact, [each for each in good if list(each) == names], search)
    else:
        facts = [
            of_fact(search.catalogue[name], value_word(search.catalogue[name], value))
            for name, value in good[0].items()
        ]
        yield Message("{facts}", {"facts": named(list(map(str, facts)))})


def _told(fact: Fact, changes: Sequence[Changes], search: Search) -> Iterator[Message]:
    """Tell the words of a fact that work, among those that somebody wrote."""
    values = [value for each in changes for value in each.values()]
    words = [
        value_word(fact, value)
        for value in values
        if value != ELSEWHERE and not isinstance(value, Missing) and search.works({fact.name: value})
    ]
    if words:
        yield of_fact(fact, " ou ".join(words))


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

"""How the facts of one rule would have to change for it to give so many points, in the units of these facts.

What is solved for is only proposed: each change is told if the caller, who scores anew, says that it works.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, islice, pairwise, product
from math import ceil, floor
from typing import Final, NamedTuple

from pydantic_core import PydanticCustomError

from ami_scoring.domain.conditions import AllOf, AnyCondition, facts_of
from ami_scoring.domain.declared import parse_example
from ami_scoring.domain.facts import Fact, FactType, Known, Missing, Opinions, Value, category_of
from ami_scoring.domain.primitives import fold
from ami_scoring.domain.rules import (
    Aggregate,
    AnyRule,
    Bands,
    BestOf,
    Cases,
    Checklist,
    Counting,
    End,
    Judgement,
    Linear,
    Lookup,
    Outside,
    PerUnit,
    Relative,
    SumOf,
    Table,
    WorstOf,
    own_facts,
)
from ami_scoring.domain.scores import Outcome
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message, spell
from ami_scoring.scoring.conditions import holds
from ami_scoring.scoring.rule_words import AGGREGATES, band_word, condition_word
from ami_scoring.scoring.rules import clamped, counted_items, evaluate
from ami_scoring.scoring.trial_values import trials
from ami_scoring.scoring.wording import Catalogue, inner, number_word

Changes = Mapping[str, Value]
_A_LITTLE: Final = Fraction(1, 10**9)
_DOUBLINGS: Final = 40
_COMBINATIONS: Final = 2_000
"""Values of several facts together beyond which a condition is given up."""


class Target(NamedTuple):
    """The points that a rule should give: at least so many, or more."""

    points: Fraction
    strict: bool

    def met(self, points: Fraction) -> bool:
        """Say whether points are enough."""
        return points > self.points if self.strict else points >= self.points

    def within(self, at_least: Fraction | None, at_most: Fraction | None) -> bool:
        """Say whether points kept between limits can meet it."""
        return clamped(self.points, at_least, at_most) == self.points and not (self.strict and self.points == at_most)

    def steps(self, size: Fraction) -> int:
        """Count the steps of a size that meet it."""
        count = self.points / size
        return floor(count) + 1 if self.strict else ceil(count)


class Search(NamedTuple):
    """The facts as they are, and who says whether a change of them works."""

    values: Mapping[str, Value]
    catalogue: Catalogue
    works: Callable[[Changes], bool]


def ways(rule: AnyRule, outcome: Outcome, target: Target, search: Search) -> Iterator[Message]:
    """Give the changes by which a rule, which gave an outcome, would meet a target."""
    match rule:
        case Lookup():
            yield from _in_categories(rule.fact, _names(rule.points, target), search)
        case Bands():
            yield from _in_another_band(rule, target, search)
        case Linear():
            yield from _on_a_line(rule, target, search)
        case PerUnit():
            yield from _with_more_units(rule, target, search)
        case Checklist():
            yield from _with_more_items(rule, outcome, target, search)
        case Cases():
            yield from _in_another_case(rule, outcome, target, search)
        case Table():
            yield from _in_another_cell(rule, target, search)
        case Judgement():
            yield from _with_a_better_mark(rule, target, search)
        case Relative():
            yield from _against_the_others(rule, search)
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


def _with(fact: Fact, words: str) -> Message:
    return Message("« {label} » : {words}", {"label": inner(fact.label), "words": words})


def _names(points: Mapping[str, Fraction], target: Target) -> list[str]:
    return [name for name, given in points.items() if target.met(given)]


def _in_categories(name: str, categories: Sequence[str], search: Search) -> Iterator[Message]:
    fact = search.catalogue[name]
    good = [each for each in categories if (value := _read(fact, each)) is not None and search.works({name: value})]
    if good:
        yield _with(fact, " ou ".join(good))


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
            yield _with(fact, band_word(fact, band))
            return


def _on_a_line(rule: Linear, target: Target, search: Search) -> Iterator[Message]:
    fact = search.catalogue[rule.fact]
    for place, (left, right) in enumerate(pairwise(rule.knots)):
        low, high = sorted((left.points, right.points))
        rising = right.points > left.points
        further = rule.knots[place + 1 :] if rising else rule.knots[: place + 1]
        if low == high or not low <= target.points <= high or not all(target.met(knot.points) for knot in further):
            continue
        at = left.at + (target.points - left.points) * (right.at - left.at) / (right.points - left.points)
        end = (further[-1] if rising else further[0]).at
        until = f" et {'au plus' if rising else 'au moins'} {number_word(fact, end)}"
        for said in _beyond(fact, at, search, rising=rising, strict=target.strict):
            yield Message("{said}{until}", {"said": said, "until": until if rule.outside is Outside.REFUSE else ""})
            return


def _beyond(fact: Fact, at: Fraction, search: Search, *, rising: bool, strict: bool) -> Iterator[Message]:
    """Give the values from a number on, upwards or downwards; the number itself excluded where points must exceed."""
    step = Fraction(1) if fact.type is FactType.INTEGER else fact.step
    value, words = at, ("au moins {}" if rising else "au plus {}")
    if step is not None:
        value = Target(at, strict).steps(step) * step if rising else -Target(-at, strict).steps(step) * step
        at = value
    elif strict:
        value, words = at + (_A_LITTLE if rising else -_A_LITTLE), ("plus de {}" if rising else "moins de {}")
    if _is_possible(fact, value) and search.works({fact.name: _number(fact, value)}):
        yield _with(fact, words.format(number_word(fact, at)))


def _is_possible(fact: Fact, number: Fraction) -> bool:
    low, high = fact.minimum, fact.maximum
    return not (
        (isinstance(low, (int, Fraction)) and number < low) or (isinstance(high, (int, Fraction)) and number > high)
    )


def _number(fact: Fact, number: Fraction) -> Known:
    return int(number) if fact.type is FactType.INTEGER else number


def _with_more_units(rule: PerUnit, target: Target, search: Search) -> Iterator[Message]:
    if rule.points <= 0 or not target.within(Fraction(0), rule.at_most):
        return
    fact = search.catalogue[rule.fact]
    steps = target.steps(rule.points)
    match rule.count:
        case Counting.EXACT:
            at = rule.after + target.points / rule.points * rule.every
            yield from _beyond(fact, at, search, rising=True, strict=target.strict)
        case Counting.COMPLETED:
            yield from _beyond(fact, rule.after + steps * rule.every, search, rising=True, strict=False)
        case Counting.STARTED:
            yield from _beyond(fact, rule.after + (steps - 1) * rule.every, search, rising=True, strict=True)


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


def _with_a_better_mark(rule: Judgement, target: Target, search: Search) -> Iterator[Message]:
    """Give the mark that would do, on the scale of the assessors; where they are several, what they should come to."""
    fact = search.catalogue[own_facts(rule)[0]]
    present = search.values[fact.name]
    heard = len(present.marks) if isinstance(present, Opinions) else 1
    mark = target.points
    if rule.step is not None:
        shared = {Aggregate.MEAN: heard, Aggregate.MEDIAN: 2 - heard % 2}.get(rule.aggregate, 1)
        size = rule.step / shared
        mark = rule.lowest + Target(mark - rule.lowest, target.strict).steps(size) * size
    exceeds = target.strict and rule.step is None
    tried = mark + _A_LITTLE if exceeds else mark
    if tried > rule.highest or not search.works({fact.name: Opinions((tried,))}):
        return
    what = "une note" if heard == 1 else AGGREGATES[rule.aggregate]
    least = "de plus de" if exceeds else "d'au moins" if mark < rule.highest else "de"
    yield _with(fact, f"{what} {least} {spell(mark)} sur {spell(rule.highest)}")


def _against_the_others(rule: Relative, search: Search) -> Iterator[Message]:
    """Look for the value from which it works: a better one than the best changes what the others get, too."""
    fact, value = search.catalogue[rule.fact], search.values[rule.fact]
    if not isinstance(value, (int, Fraction)):
        return
    step = _fineness(fact, value)
    rising = rule.best is End.HIGHEST
    near = floor(value / step) if rising else ceil(value / step)

    def works(count: int) -> bool:
        return search.works({fact.name: _number(fact, count * step)})

    far = next(filter(works, _further(fact, step, near, rising=rising)), None)
    if far is None:
        return
    while abs(far - near) > 1:
        middle = (far + near) // 2
        near, far = (near, middle) if works(middle) else (middle, far)
    yield _with(fact, f"{'au moins' if rising else 'au plus'} {number_word(fact, far * step)}")


def _further(fact: Fact, step: Fraction, near: int, *, rising: bool) -> Iterator[int]:
    """Give values in steps: downwards the lowest, which does if any does; upwards ever higher ones."""
    low = ceil(fact.minimum / step) if isinstance(fact.minimum, (int, Fraction)) else 1
    if not rising:
        yield max(1, low)
    elif isinstance(fact.maximum, (int, Fraction)):
        yield floor(fact.maximum / step)
    else:
        yield from (near + 2**power for power in range(_DOUBLINGS))


def _fineness(fact: Fact, value: int | Fraction) -> Fraction:
    if fact.step is not None:
        return fact.step
    if fact.type is FactType.INTEGER or value >= 1_000:
        return Fraction(1)
    return Fraction(1, 10_000 if fact.type is FactType.PERCENTAGE else 100)

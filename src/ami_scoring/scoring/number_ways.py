"""How a number would have to change for a rule to give so many points: an equation solved, on the grid of its fact."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import ceil, floor
from typing import Final

from ami_scoring.domain.facts import Fact, FactType, Known, Opinions
from ami_scoring.domain.rules import Aggregate, Counting, End, Judgement, Linear, Outside, PerUnit, Relative, own_facts
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message, spell
from ami_scoring.scoring.rule_words import AGGREGATES
from ami_scoring.scoring.targets import Search, Target, of_fact
from ami_scoring.scoring.wording import number_word

_A_LITTLE: Final = Fraction(1, 10**9)
_DOUBLINGS: Final = 40


def on_a_line(rule: Linear, target: Target, search: Search) -> Iterator[Message]:
    """Give the number from which a line is high enough."""
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


def with_more_units(rule: PerUnit, target: Target, search: Search) -> Iterator[Message]:
    """Give the number that makes enough slices."""
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


def with_a_better_mark(rule: Judgement, target: Target, search: Search) -> Iterator[Message]:
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
    yield of_fact(fact, f"{what} {least} {spell(mark)} sur {spell(rule.highest)}")


def against_the_others(rule: Relative, search: Search) -> Iterator[Message]:
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
    yield of_fact(fact, f"{'au moins' if rising else 'au plus'} {number_word(fact, far * step)}")


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
        yield of_fact(fact, words.format(number_word(fact, at)))


def _is_possible(fact: Fact, number: Fraction) -> bool:
    low, high = fact.minimum, fact.maximum
    return not (
        (isinstance(low, (int, Fraction)) and number < low) or (isinstance(high, (int, Fraction)) and number > high)
    )


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


def _number(fact: Fact, number: Fraction) -> Known:
    return int(number) if fact.type is FactType.INTEGER else number

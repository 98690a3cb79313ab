"""How a number would have to change for a rule to give so many points: an equation solved, on the grid of its fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from math import ceil, floor
from typing import Final, NamedTuple

from ami_scoring.domain.facts import Fact, FactType, Known, Opinions
from ami_scoring.domain.simple_rules import (
    Aggregate,
    Counting,
    End,
    Judgement,
    Linear,
    Outside,
    PerUnit,
    Relative,
    own_facts,
)
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message, spell
from ami_scoring.scoring.sufficient.targets import Search, Target, of_fact
from ami_scoring.scoring.telling import AGGREGATES
from ami_scoring.scoring.words import number_word

_A_LITTLE: Final = Fraction(1, 10**9)
_DOUBLINGS: Final = 40


class Side(NamedTuple):
    """The numbers from one on: upwards or not, without it where points must exceed, and up to another."""

    rising: bool
    strict: bool = False
    until: Fraction | None = None


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
        until = end if rule.outside is Outside.REFUSE else None
        for said in _beyond(fact, at, search, Side(rising, target.strict, until)):
            yield said
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
            yield from _beyond(fact, at, search, Side(rising=True, strict=target.strict))
        case Counting.COMPLETED:
            yield from _beyond(fact, rule.after + steps * rule.every, search, Side(rising=True))
        case Counting.STARTED:
            yield from _beyond(fact, rule.after + (steps - 1) * rule.every, search, Side(rising=True, strict=True))


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
    alone = heard == 1 or rule.aggregate not in {Aggregate.MEAN, Aggregate.MEDIAN}
    if rule.tiers and alone:
        levels = (tier.points for tier in rule.tiers.values())
        mark = min((points for points in levels if target.met(points)), default=rule.highest + 1)
    exceeds = target.strict and rule.step is None and not (rule.tiers and alone)
    tried = mark + _A_LITTLE if exceeds else mark
    if tried > rule.highest or not search.works({fact.name: Opinions((tried,))}):
        return
    what = "une note" if heard == 1 else AGGREGATES[rule.aggregate]
    is_least = mark < rule.highest and search.works({fact.name: Opinions((rule.highest,))})
    least = "de plus de" if exceeds else "d'au moins" if is_least else "de"
    yield of_fact(fact, f"{what} {least} {spell(mark)} sur {spell(rule.highest)}")


def against_the_others(rule: Relative, search: Search) -> Iterator[Message]:
    """Look for the value from which it works: a better one than the best changes what the others get, too."""
    fact, value = search.catalogue[rule.fact], search.values[rule.fact]
    if not isinstance(value, (int, Fraction)):
        return
    step = _fineness(fact, value)
    rising = rule.best is End.HIGHEST
    near = floor(value / step) if rising else ceil(value / step)
    works = _counted(fact, step, search)
    far = next(filter(works, _further(fact, step, near, rising=rising)), None)
    if far is not None:
        yield from _beyond(fact, _first(near, far, works) * step, search, Side(rising))


def over_the_whole(fact: Fact, search: Search) -> Iterator[Message]:
    """Look for the nearest number that works, whatever reads it, upwards and then downwards."""
    value = search.values[fact.name]
    if not isinstance(value, (int, Fraction)):
        return
    step = _fineness(fact, value)
    works = _counted(fact, step, search)
    bounds = {
        floor(each / step) for each in search.tried(search.memory.whole, fact.name) if isinstance(each, (int, Fraction))
    }
    for rising in (True, False):
        near = floor(value / step) if rising else ceil(value / step)
        further = bounds.union(_further(fact, step, near, rising=rising))
        for far in sorted((each for each in further if each != near and (each > near) is rising), reverse=not rising):
            if works(far):
                yield from _beyond(fact, _first(near, far, works) * step, search, Side(rising))
                return
            near = far


def _counted(fact: Fact, step: Fraction, search: Search) -> Callable[[int], bool]:
    return lambda count: search.works({fact.name: _number(fact, count * step)})


def _first(near: int, far: int, works: Callable[[int], bool]) -> int:
    """Halve the way between a count that does not work and one that does."""
    while abs(far - near) > 1:
        middle = (far + near) // 2
        near, far = (near, middle) if works(middle) else (middle, far)
    return far


def _beyond(fact: Fact, at: Fraction, search: Search, side: Side) -> Iterator[Message]:
    """Give the values from a number on, upwards or downwards; the number itself excluded where points must exceed.

    Where something else takes back what a further value gives, the number alone is told.
    """
    step = Fraction(1) if fact.type is FactType.INTEGER else fact.step
    value, words, alone = at, "au moins {}" if side.rising else "au plus {}", "{}"
    if step is not None:
        target = Target(at if side.rising else -at, side.strict)
        at = value = target.steps(step) * (step if side.rising else -step)
    elif side.strict:
        value, words = (at + _A_LITTLE, "plus de {}") if side.rising else (at - _A_LITTLE, "moins de {}")
        alone = f"à peine {words}"
    if not _is_possible(fact, value) or not search.works({fact.name: _number(fact, value)}):
        return
    if all(search.works({fact.name: each}) for each in _further_ones(fact, value, search, side)):
        alone = words
        if side.until is not None:
            alone = f"{words} et {'au plus' if side.rising else 'au moins'} {number_word(fact, side.until)}"
    yield of_fact(fact, alone.format(number_word(fact, at)))


def _further_ones(fact: Fact, value: Fraction, search: Search, side: Side) -> Iterator[Known]:
    """Give the numbers on both sides of every bound that the policy sets a fact, and some far above them."""
    far = [_number(fact, Fraction(floor(value * times))) for times in (2, 10) if side.rising]
    low, high = (value, side.until) if side.rising else (side.until, value)
    for each in (*search.tried(search.memory.whole, fact.name), *far):
        if (
            isinstance(each, (int, Fraction))
            and _is_possible(fact, Fraction(each))
            and (low is None or each >= low)
            and (high is None or each <= high)
        ):
            yield each


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

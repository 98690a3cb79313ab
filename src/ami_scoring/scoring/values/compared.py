"""Which values tell apart two facts that a condition compares, where one or both are missing.

Of a fact compared with another, the values that matter are also those that matter of the other, as many apart as there
are facts compared: equal, below and above must each be possible wherever they are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from math import ceil, floor, lcm
from typing import Any, Final, NamedTuple

from ami_scoring.domain.conditions import OtherFact, facts_of
from ami_scoring.domain.facts import MISSING, Fact, FactType, Missing, Value
from ami_scoring.domain.rules import AnyRule
from ami_scoring.domain.words import tests_of
from ami_scoring.exact import Fraction

MOST_STEPS: Final = 12
"""Steps of a fine grid, around a bound, beyond which no more are tried beside those of a coarse one."""


class Beside(NamedTuple):
    """What a rule compares one fact with: the facts that are open too, and what is known of them and of others."""

    open_: tuple[Fact, ...] = ()
    bounds: tuple[Any, ...] = ()


def beside(rule: AnyRule, fact: Fact, values: Mapping[str, Value]) -> Beside:
    """Give what a rule compares a fact with, directly or through others; a fact that `values` does not hold is open."""
    if not fact.compared:
        return Beside()
    linked, open_, bounds = _linked(rule, fact), list[Fact](), list[Any]()
    for other in fact.compared:
        if other.name in linked:
            value = values.get(other.name, MISSING)
            if not isinstance(value, Missing):
                bounds.append(value)
            elif other.settings:
                bounds.extend(other.settings)
            else:
                open_.append(other)
                bounds.extend(end for end in limits(value, other) if end is not None)
    return Beside(tuple(open_), tuple(bounds))


def _linked(rule: AnyRule, fact: Fact) -> set[str]:
    pairs = [set(facts_of(test)) for test in tests_of(rule) if isinstance(test.operand, OtherFact)]
    linked, before = {fact.name}, set[str]()
    while linked != before:
        before, linked = linked, linked.union(*(pair for pair in pairs if pair & linked))
    return linked


def limits(value: Missing, fact: Fact) -> tuple[Any, Any]:
    """Give the ends between which a missing value lies: those known of it, else those of its fact."""
    low = fact.minimum if value.at_least is None else value.at_least
    high = fact.maximum if value.at_most is None else value.at_most
    return low, high


def apart(bounds: Iterable[Any], fact: Fact, others: Sequence[Fact]) -> Iterator[Any]:
    """Give the values of an ordered fact around the bounds of facts compared together, as many as they are between."""
    places = sorted(set(bounds))
    count = 1 + len(others)
    if fact.type is FactType.DATE:
        days = [timedelta(days=step) for step in range(-count, count + 1)]
        yield from sorted({at + day for at in places for day in days})
        return
    grids = {other.grid for other in (fact, *others)}
    steps = [grid for grid in grids if grid]
    if fact.grid:
        yield from sorted(_on_grids(places, [fact.grid, *(_common(fact.grid, grid) for grid in steps)], count))
        return
    marks = sorted({*places, *_on_grids(places, steps, count)})
    yield from marks
    for left, right in pairwise([marks[0] - 1, *marks, marks[-1] + 1]):
        yield from (left + (right - left) * Fraction(step, count + 1) for step in range(1, count + 1))


def _common(one: Fraction, other: Fraction) -> Fraction:
    """Give the smallest number that is a multiple of two steps."""
    scale = lcm(one.denominator, other.denominator)
    return Fraction(lcm((one * scale).numerator, (other * scale).numerator), scale)


def _on_grids(places: Iterable[Any], grids: Sequence[Fraction], count: int) -> set[Any]:
    largest = max(grids, default=Fraction(1))
    return {
        (base + step) * grid
        for at in places
        for grid in grids
        for base in (floor(at / grid), ceil(at / grid))
        for reach in [min(ceil(count * largest / grid), MOST_STEPS)]
        for step in range(-reach, reach + 1)
    }

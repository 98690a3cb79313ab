"""Which values of a fact are worth trying on several rules at once: those between which their sum cannot turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ami_scoring.domain.facts import Fact, FactType, Missing, Value
from ami_scoring.domain.rules import AnyRule, SumOf, simple_rules
from ami_scoring.domain.simple_rules import Bands, Counting, Linear, Lookup, PerUnit, Table, own_facts
from ami_scoring.exact import Fraction
from ami_scoring.scoring.values import limits, tells_lists_apart, tests_presence, values_that_matter

MAX_WORLDS: Final = 1024
"""Ways to complete the facts that criteria share, beyond which they are not all tried."""


def values_for_all(
    rules: Iterable[AnyRule], fact: Fact, values: Mapping[str, Value], *, never: bool
) -> tuple[Value, ...] | None:
    """Give the values of a missing fact to try on several rules; None where no such list tells them all apart.

    `values` hold what is known of it, and of the facts that it is compared with. `never` says whether it may also stay
    missing, which a rule that asks for its presence always makes possible.
    """
    rule = SumOf.model_construct(kind="sum_of", rules=[*rules])
    tried = _values(rule, fact, values)
    if tried is None:
        return None
    if (never or tests_presence(rule, fact.name)) and not any(isinstance(each, Missing) for each in tried):
        tried.append(Missing())
    return tuple(tried)


def _values(rule: SumOf, fact: Fact, values: Mapping[str, Value]) -> list[Value] | None:
    value = values[fact.name]
    assert isinstance(value, Missing)  # noqa: S101 - only missing facts are awaited
    if fact.type is FactType.OPINIONS or not tells_lists_apart(rule, fact):
        return None
    if not fact.type.is_ordered:
        return [*values_that_matter(rule, fact, value, values)]
    low, high = limits(value, fact)
    step = Fraction(1) if fact.type is FactType.INTEGER else fact.step
    if step is not None and low is not None and high is not None:
        first, last = -(-Fraction(low) // step), Fraction(high) // step
        if last - first < MAX_WORLDS:
            return [each * step if step != 1 else each for each in range(first, last + 1)]
    parts = [part for part in simple_rules(rule) if fact.name in own_facts(part)]
    if all(isinstance(part, (Bands, Lookup, Table)) for part in parts):
        return [*values_that_matter(rule, fact, value, values)]
    if all(map(_is_straight, rule.rules)):
        if high is None and not all(map(_levels_off, rule.rules)):
            high = fact.ends[1]  # the sum is highest there, though nobody declares any end
        return [*_breaks(rule.rules, low, high)]
    return None


def _levels_off(rule: AnyRule) -> bool:
    """Say whether a rule that moves in straight lines gives no more from some value on."""
    return not isinstance(rule, PerUnit) or rule.at_most is not None


def _is_straight(rule: AnyRule) -> bool:
    """Say whether a rule moves in straight lines along the one fact that it reads."""
    return isinstance(rule, Linear) or (isinstance(rule, PerUnit) and rule.count is Counting.EXACT)


def _breaks(rules: Iterable[AnyRule], low: Fraction | int | None, high: Fraction | int | None) -> Iterator[Value]:
    """Give the values between which a sum of linear rules moves in a straight line, and the ends."""
    at: set[Fraction | int] = set()
    for rule in rules:
        if isinstance(rule, Linear):
            at |= {knot.at for knot in rule.knots}
        else:
            assert isinstance(rule, PerUnit)  # noqa: S101 - the caller's condition
            at.add(rule.after)
            if rule.at_most is not None and rule.points > 0:
                at.add(rule.after + rule.every * rule.at_most / rule.points)
    yield from sorted(
        {each for each in at if (low is None or each >= low) and (high is None or each <= high)}
        | {end for end in (low, high) if end is not None}
    )

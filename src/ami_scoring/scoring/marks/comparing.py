"""With whom a rule compares a candidature, and what it finds there: the best value of its pool, or its rank in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ami_scoring.domain.facts import MISSING, Missing, Value, category_of
from ami_scoring.domain.simple_rules import End, Relative, own_facts

Standing = Callable[[Value, Sequence[Any]], Value]
"""Says of a value what its rule compares it with, some of its pool left out."""


class Pools:
    """The candidatures of a wave, parted as the rules of a policy compare them; each is looked at once for all."""

    def __init__(self, rules: Sequence[Relative], pool: Iterable[Mapping[str, Value]]) -> None:
        """Part candidatures by what each rule compares within; where that is unknown, one is in no part."""
        self._rules = rules
        known: dict[tuple[int, str], list[Any]] = {}
        for values in pool:
            for place, rule in enumerate(rules):
                category, value = pool_of(rule, values), values[rule.fact]
                if category is not None and not isinstance(value, Missing):
                    known.setdefault((place, category), []).append(value)
        self._standings = {(place, each): _standing(rules[place], found) for (place, each), found in known.items()}

    def tell(self, values: dict[str, Value], left_out: Sequence[Mapping[str, Value]] = ()) -> None:
        """Add to the facts of one, of the pool or not, the best value of each of its pools, or its own rank there.

        `left_out` are those of the pool that would not be there with it.
        """
        for place, rule in enumerate(self._rules):
            category, told = pool_of(rule, values), own_facts(rule)[1]
            standing = None if category is None else self._standings.get((place, category))
            gone = [
                value
                for each in left_out
                if pool_of(rule, each) == category and not isinstance(value := each[rule.fact], Missing)
            ]
            if category is None:
                values[told] = MISSING
            else:
                values[told] = (standing or _standing(rule, ()))(values[rule.fact], gone)


def pool_of(rule: Relative, values: Mapping[str, Value]) -> str | None:
    """Name what a rule compares a candidature within, always the same where it parts nobody; None where unknown."""
    if rule.within is None:
        return ""
    value = values[rule.within]
    return None if isinstance(value, Missing) else category_of(value)


def ahead_in(rule: Relative, known: Iterable[Any]) -> Callable[[Any], int]:
    """Make what counts the values that are better than one."""
    ordered = sorted(known)
    if rule.best is End.LOWEST:
        return lambda value: bisect_left(ordered, value)
    return lambda value: len(ordered) - bisect_right(ordered, value)


def _standing(rule: Relative, known: Sequence[Any]) -> Standing:
    if rule.by_rank:
        ahead = ahead_in(rule, known)

        def rank(value: Value, left_out: Sequence[Any]) -> Value:
            if isinstance(value, Missing):
                return MISSING
            return (
                1 + ahead(value) - ahead_in(rule, [each for each in left_out if not isinstance(each, Missing)])(value)
            )

        return rank
    ordered = sorted(known, reverse=rule.best is End.HIGHEST)
    pick: Callable[..., Any] = min if rule.best is End.LOWEST else max

    def best(value: Value, left_out: Sequence[Any]) -> Value:
        found = [each for each in (_first(ordered, left_out), value) if not isinstance(each, Missing)]
        chosen: Value = pick(found, default=MISSING)
        return chosen

    return best


def _first(ordered: Sequence[Any], left_out: Sequence[Any]) -> Value:
    """Give the first value that remains once each of those left out is taken away."""
    left = list(left_out)
    for value in ordered:
        if value not in left:
            found: Value = value
            return found
        left.remove(value)
    return MISSING

"""What the best value of a pool could become, once the candidatures that wait for something are settled.

A candidature whose eligibility is undecided may leave the pool; one whose value is missing may bring any; an older
version may come back where the newer one leaves. The settled best value stays what it is: this only bounds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import Fact, Missing, Value
from ami_scoring.domain.rules import AnyRule, End, Relative, own_facts, simple_rules
from ami_scoring.domain.scores import Scored
from ami_scoring.scoring.marks.conditions import holds
from ami_scoring.scoring.marks.versions import Contenders, is_complete, latest


class Rival(NamedTuple):
    """A candidature that is in the pool or may come into it, with its facts."""

    values: dict[str, Value]
    stays: bool
    """Whether it is in the pool whatever the missing information turns out to be."""


def rivals(contenders: Iterable[Contenders], criteria: Criteria) -> Iterator[tuple[Scored, bool]]:
    """Give the candidatures that count or may count, of those that nothing refuses, and whether each surely does.

    The latest version of a project surely counts where it is complete and nothing can refuse it any more; if not, or
    where nobody knows which is the latest, any version may be the one that counts.
    """
    for group, shadow in contenders:
        last = latest(group) if group else []
        alone = shadow is None and len(last) == 1 and stays(last[0], criteria)
        if alone and (len(group) == 1 or is_complete(last[0], criteria)):
            yield last[0], True
        else:
            yield from ((one, False) for one in group)


def stays(one: Scored, criteria: Criteria) -> bool:
    """Say whether no information still missing can make a candidature ineligible."""
    return is_let_in(one.card.values, criteria)


def is_let_in(values: Mapping[str, Value], criteria: Criteria) -> bool:
    """Say whether these facts make a candidature eligible, whatever those that are missing turn out to be."""
    decided = all(holds(gate.require, values) for gate in criteria.eligibility)
    return decided and not any(isinstance(values[name], Missing) for name in criteria.refusing)


def spread_of(rule: Relative) -> str:
    """Name the value that tells what the best of the pool could be, where that is not settled."""
    return f"{own_facts(rule)[1]}.possible"


def spread(rules: Iterable[Relative], pool: Sequence[Rival], catalogue: Mapping[str, Fact]) -> None:
    """Add to the facts of each candidature what the best of the pool could be, where it could be another."""
    for rule in rules:
        name, lowest = own_facts(rule)[0], rule.best is End.LOWEST
        pick = min if lowest else max
        values = [rival.values[name] for rival in pool]
        sure: list[Any] = [rival.values[name] for rival in pool if rival.stays]
        reach = [_end(value, catalogue[name], rule.best) for value in values]
        best: Any = None if None in reach else pick(reach, default=None)
        for rival in pool:
            own: Any = rival.values[name]
            if not isinstance(own, Missing):
                worst: Any = pick([own, *(value for value in sure if not isinstance(value, Missing))])
                if worst != best:
                    low, high = (best, worst) if lowest else (worst, best)
                    rival.values[spread_of(rule)] = Missing(at_least=low, at_most=high)


def _end(value: Any, fact: Fact, best: End) -> Any:
    """Give the best that a value can be; None where nothing bounds it."""
    if not isinstance(value, Missing):
        return value
    if best is End.LOWEST:
        return fact.minimum if value.at_least is None else value.at_least
    return fact.maximum if value.at_most is None else value.at_most


def opened(rule: AnyRule, values: Mapping[str, Value]) -> Mapping[str, Value]:
    """Give the facts of a candidature with the best values of its pool left open, where they are not settled."""
    parts = [part for part in simple_rules(rule) if isinstance(part, Relative) and spread_of(part) in values]
    return {**values, **{own_facts(part)[1]: values[spread_of(part)] for part in parts}} if parts else values

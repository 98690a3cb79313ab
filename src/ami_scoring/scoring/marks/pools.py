"""What the best value of a pool could become, once the candidatures that wait for something are settled.

A candidature whose eligibility is undecided may leave the pool; one whose value is missing may bring any; an older
version may come back where the newer one leaves. The settled best value stays what it is: this only bounds it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import MISSING, Fact, Missing, Value
from ami_scoring.domain.rules import AnyRule, simple_rules
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.simple_rules import End, Relative, own_facts
from ami_scoring.scoring.marks.comparing import ahead_in, pool_of
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
    for group, shadow, doubt in contenders:
        last = latest(group) if group else []
        alone = shadow is doubt is None and len(last) == 1 and stays(last[0], criteria)
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


def _others_of(rule: Relative) -> str:
    """Name the value that tells one that does not say its own what the best of the others is, or could be."""
    return f"{own_facts(rule)[1]}.others"


def spread(rules: Iterable[Relative], pool: Sequence[Rival], catalogue: Mapping[str, Fact]) -> None:
    """Add to the facts of each candidature what the best of its pool, or its rank, could be, where it could be another.

    One that does not say within what it is compared may come into every pool.
    """
    for rule in rules:
        within = [pool_of(rule, rival.values) for rival in pool]
        for category in dict.fromkeys(within):
            if category is None:
                continue
            floats = [rival._replace(stays=False) for rival, its in zip(pool, within, strict=True) if its is None]
            members = [rival for rival, its in zip(pool, within, strict=True) if its == category]
            others = [*members, *floats]
            (_spread_ranks if rule.by_rank else _spread_best)(rule, members, others, catalogue[rule.fact])


def may_pass(rule: Relative, fact: Fact, other: Value, own: Value) -> bool:
    """Say whether a value, known or not, may turn out to be better than one that is known."""
    reach = _end(other, fact, rule.best)
    return reach is None or ahead_in(rule, [reach])(own) == 1


def _spread_best(rule: Relative, members: Sequence[Rival], others: Sequence[Rival], fact: Fact) -> None:
    lowest = rule.best is End.LOWEST
    pick = min if lowest else max
    sure = _surely(rule, others)
    reach = [_end(rival.values[rule.fact], fact, rule.best) for rival in others]
    best: Any = None if None in reach else pick(reach, default=None)
    of_others = _best_without(rule, reach, fact)
    for rival in members:
        own: Any = rival.values[rule.fact]
        if isinstance(own, Missing):
            ends = pick(sure, default=None), of_others(_end(own, fact, rule.best))
            low, high = reversed(ends) if lowest else ends
            rival.values[_others_of(rule)] = Missing(at_least=low, at_most=high)
        else:
            worst: Any = pick([own, *sure])
            if worst != best:
                low, high = (best, worst) if lowest else (worst, best)
                rival.values[spread_of(rule)] = Missing(at_least=low, at_most=high)


def _best_without(rule: Relative, reach: Sequence[Any], fact: Fact) -> Callable[[Any], Any]:
    """Make what gives the best of what all but one may reach; None where nothing bounds it.

    Where there is nobody else, nothing is said to be better than the worst value there is.
    """
    lowest = rule.best is End.LOWEST
    anywhere = reach.count(None)
    first, second, *_ = [*sorted((end for end in reach if end is not None), reverse=not lowest), None, None]
    worst = _end(MISSING, fact, End.HIGHEST if lowest else End.LOWEST)

    def best(its: Any) -> Any:
        if anywhere > (its is None):
            return None
        found = second if its == first else first
        return worst if found is None else found

    return best


def _spread_ranks(rule: Relative, members: Sequence[Rival], others: Sequence[Rival], fact: Fact) -> None:
    """Count those surely ahead, and all that may be: one whose value is unknown may be as good as its fact allows."""
    reach = [_end(rival.values[rule.fact], fact, rule.best) for rival in others]
    anywhere = reach.count(None)
    surely = ahead_in(rule, _surely(rule, others))
    perhaps = ahead_in(rule, [value for value in reach if value is not None])
    for rival in members:
        own: Any = rival.values[rule.fact]
        if not isinstance(own, Missing):
            low, high = 1 + surely(own), 1 + perhaps(own) + anywhere
            if low != high:
                rival.values[spread_of(rule)] = Missing(at_least=low, at_most=high)


def _surely(rule: Relative, rivals: Sequence[Rival]) -> list[Any]:
    values = (rival.values[rule.fact] for rival in rivals if rival.stays)
    return [value for value in values if not isinstance(value, Missing)]


def _end(value: Any, fact: Fact, best: End) -> Any:
    """Give the best that a value can be; None where nothing bounds it."""
    if not isinstance(value, Missing):
        return value
    if best is End.LOWEST:
        return fact.minimum if value.at_least is None else value.at_least
    return fact.maximum if value.at_most is None else value.at_most


def told_anew(rule: Relative, values: Mapping[str, Value]) -> dict[str, Value]:
    """Tell what one that did not say its value is compared with, and what that could be, now that it says one.

    Its own value may become the best of its pool. Among whom it is compared, or its rank there, stays unknown where
    nobody told what the others have.
    """
    others, told = values.get(_others_of(rule)), own_facts(rule)[1]
    own: Any = values[rule.fact]
    if not isinstance(others, Missing):
        return {told: MISSING}
    lowest = rule.best is End.LOWEST
    pick = min if lowest else max
    sure, reach = (others.at_most, others.at_least) if lowest else (others.at_least, others.at_most)
    worst: Any = own if sure is None else pick(own, sure)
    best: Any = None if reach is None else pick(own, reach)
    low, high = (best, worst) if lowest else (worst, best)
    return {told: worst, spread_of(rule): Missing(at_least=low, at_most=high)}


def awaits_pool(rule: AnyRule, values: Mapping[str, Value]) -> frozenset[str]:
    """Name what the known values of a candidature are compared with, of which nobody knows yet what it will be."""
    told = opened(rule, values)
    parts = [own_facts(part) for part in simple_rules(rule) if isinstance(part, Relative)]
    return frozenset(
        best
        for own, best, *within in parts
        if isinstance(told[best], Missing) and not any(isinstance(values[name], Missing) for name in (own, *within))
    )


def opened(rule: AnyRule, values: Mapping[str, Value]) -> Mapping[str, Value]:
    """Give the facts of a candidature with the best values of its pool left open, where they are not settled."""
    parts = [part for part in simple_rules(rule) if isinstance(part, Relative) and spread_of(part) in values]
    return {**values, **{own_facts(part)[1]: values[spread_of(part)] for part in parts}} if parts else values

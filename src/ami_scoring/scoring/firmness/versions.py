"""Which of the versions of one project may be the one that counts in the end, and whether one surely does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import Value
from ami_scoring.domain.scores import Scored
from ami_scoring.scoring.marks import is_before, is_complete, latest

Stays = Callable[[Mapping[str, Value]], bool]
"""Says whether no information still missing can make a candidature ineligible, by its facts."""


def may_count(group: Sequence[Scored], criteria: Criteria, stays: Stays) -> tuple[list[Scored], bool]:
    """Give the versions of one project that may count, from the latest; and whether one surely does and is ranked."""
    if len(group) == 1:
        return [*group], group[0].is_firm and stays(group[0].card.values)
    return _best(group, stays) if criteria.versions.keeps_best else _last(group, criteria, stays)


def _last(group: Sequence[Scored], criteria: Criteria, stays: Stays) -> tuple[list[Scored], bool]:
    may = list[Scored]()
    for last in _from_the_latest(group):
        may.extend(last)
        if all(is_complete(_by_itself(one), criteria) and stays(one.card.values) for one in last):
            # A newer version that ends refused leaves none of the project.
            return may, len(last) == 1 and last[0].is_firm and all(stays(one.card.values) for one in may)
    return may, False


def _best(group: Sequence[Scored], stays: Stays) -> tuple[list[Scored], bool]:
    """Leave out those that one which surely has a total surely exceeds, or equals and follows.

    None is surely ranked while two may have one total, and nobody knows which of them is the last.
    """
    ordered = [one for last in _from_the_latest(group) for one in last]
    sure = [one for one in ordered if _by_itself(one)._replace(unordered=()).is_firm and stays(one.card.values)]
    may = [one for one in ordered if not any(_exceeds(other, one) for other in sure)]
    return may, bool(sure) and not any(_may_tie(*pair) for pair in combinations(may, 2))


def _exceeds(one: Scored, other: Scored) -> bool:
    """Say whether a version counts before another whatever the totals that they end with."""
    lead = one.card.low - other.card.high
    return lead > 0 or (lead == 0 and is_before(other, one))


def _may_tie(one: Scored, other: Scored) -> bool:
    apart = one.card.low > other.card.high or other.card.low > one.card.high
    return not (apart or is_before(one, other) or is_before(other, one))


def _from_the_latest(group: Sequence[Scored]) -> list[list[Scored]]:
    """Part versions by when they were deposited; those of which nobody knows which was last are together."""
    left, found = list(group), list[list[Scored]]()
    while left:
        found.append(latest(left))
        gone = {id(one) for one in found[-1]}
        left = [one for one in left if id(one) not in gone]
    return found


def _by_itself(one: Scored) -> Scored:
    """Give a version without what it waits for only because others are of the same day: its last reason."""
    return one._replace(pending=one.pending[:-1]) if one.unordered else one

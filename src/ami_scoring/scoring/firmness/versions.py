"""Which of the versions of one project may be the one that counts in the end, and whether one surely does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import Value
from ami_scoring.domain.scores import Scored
from ami_scoring.scoring.marks import instant_of, is_before, is_complete, latest

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

    None is surely ranked while nobody knows the order of two that may count: they may have one total.
    """
    ordered = [one for last in _from_the_latest(group) for one in last]
    sure = [one for one in ordered if _by_itself(one)._replace(unordered=()).is_firm and stays(one.card.values)]
    if not sure:
        return ordered, False
    floor = max(one.card.low for one in sure)
    last = latest([one for one in sure if one.card.low == floor])
    # Of those, one on a day alone and one that says its hour tell of all whether they surely follow another.
    ends = [last[0], max(last, key=instant_of)]
    may = [
        one
        for one in ordered
        if one.card.high > floor or (one.card.high == floor and not any(is_before(one, end) for end in ends))
    ]
    return may, all(len(together) == 1 for together in _from_the_latest(may))


def _from_the_latest(group: Sequence[Scored]) -> Iterator[list[Scored]]:
    """Part versions by when they were deposited; those of which nobody knows which was last are together."""
    by_day = defaultdict[date, list[Scored]](list)
    for one in group:
        by_day[one.entry.candidature.submitted_on].append(one)
    for day in sorted(by_day, reverse=True):
        last = latest(by_day[day])
        yield last
        together = set(map(id, last))
        before = sorted((one for one in by_day[day] if id(one) not in together), key=instant_of, reverse=True)
        yield from (list(same) for _, same in groupby(before, key=instant_of))


def _by_itself(one: Scored) -> Scored:
    """Give a version without what it waits for only because others are of the same day: its last reason."""
    return one._replace(pending=one.pending[:-1]) if one.unordered else one

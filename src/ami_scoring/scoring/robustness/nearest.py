"""The nearest danger: which pair, or which floor, the smallest change of weights reaches first.

Pairs are many (thousands inside times thousands outside). Two exact bounds leave most of them out: a pair cannot close
before its gap over the reach of both, and whoever always has less than another outside never passes before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, product
from operator import ge, itemgetter
from typing import NamedTuple

from ami_scoring.exact import Fraction
from ami_scoring.scoring.robustness.axes import Line
from ami_scoring.scoring.robustness.contest import Contest, Kind, Runner
from ami_scoring.scoring.robustness.gaps import after, margin, transfer, worst_weights

MANY_PAIRS = 20_000
"""Pairs above which those that another always precedes are looked for first."""
NEAR = 30
"""How many on either side of the cut give a first bound."""
FINE = 10**9
"""A step beyond a crossing, as a part of all weights: too small for another crossing to matter."""


class Danger(NamedTuple):
    """Where the list first changes: how far, who is passed and by whom (None: a floor), and weights just beyond."""

    cost: Fraction
    """In points of weight."""
    inside: str
    outside: str | None
    weights: tuple[Fraction, ...]
    """In points."""


class Measure(NamedTuple):
    """A way to measure how far weights move: the cost of a gap, a line's reach for that cost, weights just beyond."""

    cost: Callable[[int, Sequence[int], Sequence[int]], Fraction | None]
    reach: Callable[[Sequence[int]], int]
    beyond: Callable[[int, Sequence[int], Sequence[int], Fraction], tuple[Fraction, ...]]


def _spread(slopes: Sequence[int]) -> int:
    half, ordered = len(slopes) // 2, sorted(slopes)
    return sum(ordered[len(ordered) - half :]) - sum(ordered[:half])


def _range(slopes: Sequence[int]) -> int:
    return max(slopes) - min(slopes)


def _moved(gap: int, slopes: Sequence[int], weights: Sequence[int]) -> Fraction | None:
    found = transfer(gap, slopes, weights)
    return None if found is None else found.amount


def _after_margin(gap: int, slopes: Sequence[int], weights: Sequence[int], step: Fraction) -> tuple[Fraction, ...]:
    return worst_weights(slopes, weights, (margin(gap, slopes, weights) or Fraction(0)) + step)


def _after_transfer(gap: int, slopes: Sequence[int], weights: Sequence[int], step: Fraction) -> tuple[Fraction, ...]:
    found = transfer(gap, slopes, weights)
    return tuple(map(Fraction, weights)) if found is None else after(found, weights, step)


EVERY_WEIGHT = Measure(margin, _spread, _after_margin)
"""All weights at once, each by at most so much."""
ONE_TRANSFER = Measure(_moved, _range, _after_transfer)
"""An amount of weight that goes elsewhere."""


class Pair(NamedTuple):
    """Two that a change of weights may exchange, with the gap between them and its cost in units."""

    cost: Fraction
    inside: Runner
    outside: Runner
    gap: Line


def nearest(contest: Contest, measure: Measure, *, past_ties: bool = False) -> Danger | None:
    """Find the nearest danger; None where no weights change the list.

    With `past_ties`, pairs whose totals are equal as things stand are left out: a tie is no distance.
    """
    if not contest.plane.axes:
        return None
    pair = _nearest_pair(contest, measure, past_ties=past_ties)
    found: tuple[Fraction, str, str | None, Line] | None = None
    if pair is not None:
        found = (pair.cost, pair.inside.reference, pair.outside.reference, pair.gap)
    weights = contest.plane.voted
    for peril in contest.perils:
        costs = [(measure.cost(gap.at(weights), gap.slopes, weights), gap) for gap in peril.gaps]
        if any(cost is None for cost, _ in costs):
            continue
        cost, gap = max(((cost, gap) for cost, gap in costs if cost is not None), key=lambda each: each[0])
        if (found is None or cost < found[0]) and not (past_ties and cost == 0):
            found = (cost, peril.reference, None, gap)
    if found is None:
        return None
    cost, inside, outside, gap = found
    return Danger(cost / contest.plane.unit, inside, outside, beyond(contest, measure, gap))


def every_danger(contest: Contest, measure: Measure) -> Iterator[Danger]:
    """Give all dangers, the nearest first; for contests of which every pair can be looked at."""
    weights, unit = contest.plane.voted, contest.plane.unit
    found: list[tuple[Fraction, str, str | None, Line]] = []
    for inside, outside in _pairs(contest):
        line = inside.line.minus(outside.line)
        cost = measure.cost(line.at(weights), line.slopes, weights)
        if cost is not None:
            found.append((cost, inside.reference, outside.reference, line))
    for peril in contest.perils:
        costs = [(measure.cost(gap.at(weights), gap.slopes, weights), gap) for gap in peril.gaps]
        known = [(cost, gap) for cost, gap in costs if cost is not None]
        dearest = [max(known, key=lambda each: each[0])] if known and len(known) == len(costs) else []
        found.extend((cost, peril.reference, None, gap) for cost, gap in dearest)
    nearest_first = sorted(found, key=lambda each: each[0])
    yield from (
        Danger(cost / unit, first, second, beyond(contest, measure, gap)) for cost, first, second, gap in nearest_first
    )


def _pairs(contest: Contest) -> Iterator[tuple[Runner, Runner]]:
    alone = product(contest.kept, contest.rivals) if contest.kind is Kind.ORDER else combinations(contest.everyone, 2)
    yield from ((one, two) for one, two in alone if contest.kind is Kind.ORDER or not one.is_alike(two))


def tied_pair(contest: Contest) -> tuple[str, str | None] | None:
    """Find one inside and one outside of one total, which other weights would tell apart; or one just on a floor.

    Those that contest a place at the cut are not such: neither is inside. With quotas or a budget, both must count for
    these as one.
    """
    weights = contest.plane.voted
    if contest.edge is not None:
        return contest.edge, None
    if contest.kind is Kind.SHARED:
        return _tied_alike(contest)
    if contest.spare or not contest.kept or not contest.rivals:
        return None
    last = min(one.line.at(weights) for one in contest.kept)
    inside = [one for one in contest.kept if one.line.at(weights) == last]
    outside = [one for one in contest.rivals if one.line.at(weights) == last]
    found = (
        (one.reference, two.reference)
        for one, two in product(inside, outside)
        if len(set(one.line.minus(two.line).slopes)) > 1
    )
    return next(found, None)


def _tied_alike(contest: Contest) -> tuple[str, str | None] | None:
    by_total: dict[int, list[Runner]] = {}
    for one in contest.kept:
        by_total.setdefault(one.line.at(contest.plane.voted), []).append(one)
    equals = ((one, two) for two in contest.rivals for one in by_total.get(two.line.at(contest.plane.voted), ()))
    found = ((one, two) for one, two in equals if one.kin == two.kin and len(set(one.line.minus(two.line).slopes)) > 1)
    return next(((one.reference, two.reference) for one, two in found), None)


def beyond(contest: Contest, measure: Measure, gap: Line) -> tuple[Fraction, ...]:
    """Give weights, in points, just beyond the closing of a gap."""
    weights, unit = contest.plane.voted, contest.plane.unit
    step = Fraction(sum(weights), FINE)
    return tuple(weight / unit for weight in measure.beyond(gap.at(weights), gap.slopes, weights, step))


def _nearest_pair(contest: Contest, measure: Measure, *, past_ties: bool) -> Pair | None:
    best: Pair | None = None
    spare = contest.spare if contest.kind is Kind.ORDER else 0
    for inside, outsiders, limit in _confronted(contest, measure):
        mine: list[Pair] = []
        for cost, outside, gap in _against(inside, outsiders, contest, measure, limit, best):
            if cost or not past_ties:
                mine.append(Pair(cost, inside, outside, gap))
                if not spare and (best is None or cost < best.cost):
                    best = mine[-1]
        mine.sort(key=lambda pair: pair.cost)
        if spare and len(mine) > spare and (best is None or mine[spare].cost < best.cost):
            best = mine[spare]
    return best


_Outsider = tuple[int, int, Runner]
"""Its total, its reach and itself."""


def _confronted(contest: Contest, measure: Measure) -> Iterator[tuple[Runner, Sequence[_Outsider], int]]:
    """Give each one inside with those outside, the nearest first, and the longest reach among these."""
    weights = contest.plane.voted
    kept, rivals = list(contest.kept), list(contest.rivals)
    if contest.kind is Kind.SHARED:
        everyone = contest.everyone
        outsiders = [(one.line.at(weights), measure.reach(one.line.slopes), one) for one in everyone]
        limit = max((reach for _, reach, _ in outsiders), default=0)
        for place, one in enumerate(everyone):
            yield one, outsiders[place + 1 :], limit
        return
    if len(kept) * len(rivals) > MANY_PAIRS and not contest.spare:
        kept, rivals = _within_reach(kept, rivals, contest, measure)
        too_many = len(kept) * len(rivals) > MANY_PAIRS
        kept, rivals = (_never_safer(kept), _never_weaker(rivals)) if too_many else (kept, rivals)
    outsiders = [(one.line.at(weights), measure.reach(one.line.slopes), one) for one in rivals]
    outsiders.sort(key=lambda each: -each[0])
    limit = max((reach for _, reach, _ in outsiders), default=0)
    for one in sorted(kept, key=lambda one: one.line.at(weights)):
        yield one, outsiders, limit


def _within_reach(
    kept: list[Runner], rivals: list[Runner], contest: Contest, measure: Measure
) -> tuple[list[Runner], list[Runner]]:
    """Leave out those too far from all others to be nearer than some pair close to the cut."""
    weights = contest.plane.voted
    inside = sorted(((one.line.at(weights), measure.reach(one.line.slopes), one) for one in kept), key=itemgetter(0))
    outside = sorted(
        ((one.line.at(weights), measure.reach(one.line.slopes), one) for one in rivals), key=itemgetter(0), reverse=True
    )
    found = [
        cost
        for (total, _, one), (other, _, two) in product(inside[:NEAR], outside[:NEAR])
        if (cost := measure.cost(total - other, one.line.minus(two.line).slopes, weights))
    ]
    if not found:
        return kept, rivals
    best, top, bottom = min(found), outside[0][0], inside[0][0]
    most_in, most_out = max(reach for _, reach, _ in inside), max(reach for _, reach, _ in outside)
    return (
        [one for total, reach, one in inside if total - top <= best * (reach + most_out)],
        [one for total, reach, one in outside if bottom - total <= best * (reach + most_in)],
    )


def _against(  # noqa: PLR0913 - one side, the other, and what bounds the search
    inside: Runner,
    outsiders: Sequence[_Outsider],
    contest: Contest,
    measure: Measure,
    limit: int,
    best: Pair | None,
) -> Iterator[tuple[Fraction, Runner, Line]]:
    """Give those outside that could be nearer than the best, with their cost."""
    weights = contest.plane.voted
    total, reach = inside.line.at(weights), measure.reach(inside.line.slopes)
    nearest_yet = None if best is None else best.cost
    for other, its_reach, outside in outsiders:
        gap = total - other
        if nearest_yet is not None and gap >= nearest_yet * (reach + limit):
            return
        is_far = nearest_yet is not None and gap >= nearest_yet * (reach + its_reach)
        if is_far or (contest.kind is Kind.SHARED and inside.is_alike(outside)):
            continue
        line = inside.line.minus(outside.line)
        if nearest_yet is not None and gap >= nearest_yet * measure.reach(line.slopes):
            continue
        cost = measure.cost(gap, line.slopes, weights)
        if cost is not None and (nearest_yet is None or cost < nearest_yet):
            yield cost, outside, line
            if cost and not contest.spare:
                nearest_yet = cost


def _never_safer(kept: Sequence[Runner]) -> list[Runner]:
    """Leave out those who always have at least as much as another inside: they are never passed before it."""
    return _front(kept, -1)


def _never_weaker(rivals: Sequence[Runner]) -> list[Runner]:
    """Leave out those who never have more than another outside."""
    return _front(rivals, 1)


def _front(runners: Sequence[Runner], sign: int) -> list[Runner]:
    """Keep one of each line, and no line below another everywhere; `sign` turns below into above."""
    distinct = {one.line: one for one in reversed(runners)}
    rows = [((sign * line.fixed, *(sign * slope for slope in line.slopes)), one) for line, one in distinct.items()]
    rows.sort(key=lambda row: (sum(row[0]), row[0]), reverse=True)
    front: list[tuple[tuple[int, ...], Runner]] = []
    for values, one in rows:
        if not any(all(map(ge, above, values)) for above, _ in front):
            front.append((values, one))
    return [one for _, one in front]

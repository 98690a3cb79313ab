"""Who is kept whatever the weights of a region are, who may be, who never is.

Proofs count, for each candidature, who is surely ahead of it and who may be. Where they do not settle it, weights at
corners of the region are tried: one that keeps it and one that does not prove that it depends on the weights.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Final

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.exact import Fraction
from ami_scoring.scoring.robustness.axes import Line
from ami_scoring.scoring.robustness.contest import Contest, Kind, Ranker
from ami_scoring.scoring.robustness.regions import Region, holds_voted, lowest
from ami_scoring.scoring.robustness.trials import trier

MANY: Final = 600
"""Candidatures above which totals alone are compared, each over the whole region, and not pair by pair."""
MOST_TRIED: Final = 200
"""Weights tried at corners; each time by the whole selection where quotas or a budget share places."""
MOST_TRIED_WHOLE: Final = 40


class Certainty(StrEnum):
    """What all weights of a region say of one candidature."""

    ALWAYS = "toujours retenue"
    DEPENDS = "selon les poids"
    OPEN = "non tranché"
    NEVER = "jamais retenue"


def certainties(evaluation: Evaluation, contest: Contest, region: Region) -> dict[str, Certainty]:
    """Say of each candidature that has a rank what the weights of a region do, by reference in the order of ranks."""
    proven = _proven(contest, region) if contest.kind is Kind.ORDER else {}
    open_ones = [one for one in contest.field if one.reference not in proven and one.may_enter]
    seen = _seen(evaluation, contest, region, open_ones) if open_ones else []
    found: dict[str, Certainty] = {}
    for one in contest.field:
        kept = {one.reference in each for each in seen}
        doubt = Certainty.DEPENDS if len(kept) == 2 else Certainty.OPEN
        found[one.reference] = proven.get(one.reference, doubt if one.may_enter else Certainty.NEVER)
    return found


def _proven(contest: Contest, region: Region) -> dict[str, Certainty]:
    whole = sum(contest.plane.voted)
    able = [one for one in contest.field if one.may_enter]
    surely = {one.reference: all(_is_met(one, line, region, whole) for line in one.demands) for one in able}
    maybe = [one for one in able if all(_highest(line, region, whole) >= 0 for line in one.demands)]
    precedes = _precedes(able, region, whole)
    found = dict.fromkeys((one.reference for one in able if one not in maybe), Certainty.NEVER)
    for one in maybe:
        others = [other for other in maybe if other is not one]
        threats = sum(not precedes(one, other) for other in others)
        ahead = sum(surely[other.reference] and precedes(other, one) for other in others)
        if surely[one.reference] and threats < contest.places:
            found[one.reference] = Certainty.ALWAYS
        elif ahead >= contest.places:
            found[one.reference] = Certainty.NEVER
    return found


def _is_met(one: Ranker, line: Line, region: Region, whole: int) -> bool:
    """Say whether a demand is met by all weights of a region."""
    least = lowest(line, region, whole)[0]
    return least > 0 or (least == 0 and line not in one.strict)


def _precedes(able: Sequence[Ranker], region: Region, whole: int) -> Callable[[Ranker, Ranker], bool]:
    """Say whether one surely comes before another: never less, and before it where their totals are equal."""
    if len(able) <= MANY:

        def by_pair(one: Ranker, other: Ranker) -> bool:
            least = lowest(one.line.minus(other.line), region, whole)[0]
            return least > 0 or (least == 0 and one.rank < other.rank)

        return by_pair
    lows = {one.reference: lowest(one.line, region, whole)[0] for one in able}
    highs = {one.reference: _highest(one.line, region, whole) for one in able}
    return lambda one, other: lows[one.reference] > highs[other.reference]


def _highest(line: Line, region: Region, whole: int) -> Fraction:
    return -lowest(_turned(line), region, whole)[0]


def _turned(line: Line) -> Line:
    return Line(-line.fixed, tuple(-slope for slope in line.slopes))


def _seen(
    evaluation: Evaluation, contest: Contest, region: Region, open_ones: Sequence[Ranker]
) -> list[frozenset[str]]:
    """Redo the selection at corners of the region, those that raise or lower the undecided most."""
    unit, attempt = contest.plane.unit, trier(evaluation, contest)
    most = MOST_TRIED if contest.kind is Kind.ORDER and len(contest.field) <= MANY else MOST_TRIED_WHOLE
    tried = dict.fromkeys(_corners_for(contest, region, open_ones))
    return [attempt([weight / unit for weight in weights]) for weights in list(tried)[:most]]


def _corners_for(contest: Contest, region: Region, open_ones: Sequence[Ranker]) -> Iterator[tuple[Fraction, ...]]:
    whole = sum(contest.plane.voted)
    if holds_voted(region, contest.plane.voted):
        yield tuple(map(Fraction, contest.plane.voted))
    for axis in range(len(contest.plane.axes)):
        alone = Line(0, tuple(int(place == axis) for place in range(len(contest.plane.axes))))
        yield from (lowest(line, region, whole)[1] for line in (_turned(alone), alone))
    nearest = sorted(open_ones, key=lambda one: abs(one.rank - contest.places))
    for one in nearest:
        rest = [other.line for other in nearest if other is not one]
        against = Line(
            len(rest) * one.line.fixed - sum(line.fixed for line in rest),
            tuple(
                len(rest) * slope - sum(line.slopes[at] for line in rest) for at, slope in enumerate(one.line.slopes)
            ),
        )
        for line in (against, _turned(against), one.line, _turned(one.line)):
            yield lowest(line, region, whole)[1]

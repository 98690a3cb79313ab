"""Every weighting: in which share of them each candidature is kept, and which ranks it has, with the error.

The weightings are drawn by several scramblings of Sobol's points, independent of one another: how much their answers
differ is the error of the mean. What can be exact is: the mean rank, and who is likely ahead of whom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import sqrt
from typing import Any, Final, NamedTuple

from ami_scoring.domain.scores import Evaluation
from ami_scoring.exact import Fraction
from ami_scoring.scoring.robustness.axes import Line
from ami_scoring.scoring.robustness.chances import chance_above
from ami_scoring.scoring.robustness.contest import Contest, Kind
from ami_scoring.scoring.robustness.sobol import MOST_DIMENSIONS, drawn_weights
from ami_scoring.scoring.robustness.tallies import tally
from ami_scoring.scoring.robustness.trials import trier

SCRAMBLINGS: Final = 16
MOST_WORK: Final = 1_200_000
"""Totals worked out at most: more candidatures, fewer weightings."""
LARGEST: Final = 10
"""2^10 weightings a scrambling, at most: 16 384 in all."""
TRIED: Final = 4
"""2^4 a scrambling where the whole selection is redone each time."""
FEW: Final = 60
"""Candidatures up to which every pair is compared exactly."""


class Share(NamedTuple):
    """What became of one candidature over all weightings drawn."""

    reference: str
    kept: int
    """In how many it has a place."""
    error: float
    """Standard error of that share, between 0 and 1."""
    ranks: Counter[int]
    mean_rank: Fraction | None
    """Exact, for few candidatures; None for many."""


class Shares(NamedTuple):
    """Weightings of one law, and what they gave."""

    parameters: tuple[int, ...]
    """Of the Dirichlet law: 1 everywhere for all weightings alike."""
    seed: str
    drawn: int
    scramblings: int
    each: tuple[Share, ...]


def shares_over(
    evaluation: Evaluation, contest: Contest, parameters: Sequence[int], seed: str, numpy: Any = None
) -> Shares | None:
    """Draw weightings and count; None where there is nothing to draw, or too many criteria to draw evenly."""
    if len(contest.plane.axes) < 2 or not contest.field or sum(parameters) - 1 > MOST_DIMENSIONS:
        return None
    size = _size(contest)
    kept: list[tuple[int, ...]] = []
    ranks: list[Counter[int]] = [Counter() for _ in contest.field]
    for scrambling in range(SCRAMBLINGS):
        drawn = drawn_weights(parameters, f"{seed}|{scrambling}", size)
        found = tally(contest, drawn, numpy)
        kept.append(found.kept if contest.kind is Kind.ORDER else _tried(evaluation, contest, drawn))
        for own, more in zip(ranks, found.ranks, strict=True):
            own.update(more)
    means = _mean_ranks(contest, parameters)
    each = tuple(
        Share(one.reference, sum(counts), _error(counts, 1 << size), own, mean)
        for one, counts, own, mean in zip(contest.field, zip(*kept, strict=True), ranks, means, strict=True)
    )
    return Shares(tuple(parameters), seed, SCRAMBLINGS << size, SCRAMBLINGS, each)


def centred(contest: Contest, strength: int) -> tuple[int, ...]:
    """Give the whole parameters of a Dirichlet law of about that strength whose mean is nearest the voted weights.

    Every weight that was voted above zero keeps one at least; the largest remainders are rounded up.
    """
    weights = contest.plane.voted
    whole = sum(weights)
    found = [max(weight * strength // whole, 1 if weight else 0) for weight in weights]
    rests = sorted(range(len(weights)), key=lambda at: (-(weights[at] * strength % whole), at))
    for at in rests[: max(0, strength - sum(found))]:
        found[at] += 1
    return tuple(found)


def chance(contest: Contest, gap: Line, parameters: Sequence[int]) -> Fraction:
    """Give the exact probability that a gap is open, over weightings of a Dirichlet law."""
    plane = contest.plane
    points = plane.unit * plane.scale
    slopes = [Fraction(slope, plane.scale) for slope in gap.slopes]
    whole = Fraction(sum(plane.voted), plane.unit)
    return chance_above(Fraction(gap.fixed, points), slopes, parameters, whole)


def _size(contest: Contest) -> int:
    if contest.kind is Kind.SHARED:
        return TRIED
    size = LARGEST
    while size > TRIED and (SCRAMBLINGS << size) * len(contest.field) > MOST_WORK:
        size -= 1
    return size


def _tried(evaluation: Evaluation, contest: Contest, drawn: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """Count places by the whole selection, where quotas or a budget share them."""
    plane = contest.plane
    attempt = trier(evaluation, contest)
    points = Fraction(sum(plane.voted), plane.unit)
    counts: Counter[str] = Counter()
    for weights in drawn:
        whole = sum(weights)
        counts.update(attempt([points * weight / whole for weight in weights]))
    return tuple(counts[one.reference] for one in contest.field)


def _error(counts: Sequence[int], size: int) -> float:
    """Give the standard error of the mean of independent scramblings."""
    mean = sum(counts) / len(counts)
    spread = sum((count - mean) ** 2 for count in counts) / (len(counts) - 1)
    return sqrt(spread / len(counts)) / size


def _mean_ranks(contest: Contest, parameters: Sequence[int]) -> list[Fraction | None]:
    field = contest.field
    if len(field) > FEW or set(parameters) != {1}:
        return [None] * len(field)
    ranks = [Fraction(1)] * len(field)
    for one in range(len(field)):
        for two in range(one + 1, len(field)):
            gap = field[one].line.minus(field[two].line)
            ahead = chance(contest, gap, parameters)
            if field[one].rank != field[two].rank and gap.is_still and gap.fixed == 0:
                ahead = Fraction(1)  # equal whatever the weights, and told apart by the tie-break
            elif gap.is_still and gap.fixed == 0:
                continue  # they share a rank
            ranks[one] += 1 - ahead
            ranks[two] += ahead
    return list(ranks)

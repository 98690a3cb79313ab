"""Every weighting: in which share of them each candidature is kept, and which ranks it has, with the error.

The weightings are drawn by several scramblings of Sobol's points, independent of one another: how much their answers
differ is the error of the mean. What can be exact is: the mean rank, and who is likely ahead of whom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import sqrt
from operator import mul
from typing import Any, Final, NamedTuple, TypeVar

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.exact import Fraction
from ami_scoring.scoring.robustness.arrays import tally_arrays
from ami_scoring.scoring.robustness.axes import Line
from ami_scoring.scoring.robustness.chances import chance_above
from ami_scoring.scoring.robustness.contest import Contest, Kind
from ami_scoring.scoring.robustness.sobol import MOST_DIMENSIONS, WHOLE, drawn_array, drawn_weights
from ami_scoring.scoring.robustness.tallies import Tally, sheet_of, tally
from ami_scoring.scoring.robustness.trials import trier

SCRAMBLINGS: Final = 16
MOST_WORK: Final = 200_000
"""Totals worked out at most for one law, where no number of weightings was asked for."""
LARGEST: Final = 10
"""2^10 weightings a scrambling, at most, where no number was asked for."""
MOST_TRIED: Final = 8_000
"""The same where the whole selection is redone each time: score cards made again."""
MOST_DRAWN: Final = 100_000
"""Weightings that may be asked for."""
MOST_UNASKED: Final = 1_000
"""Candidatures above which nothing is drawn unless it is asked for."""
FEW: Final = 60
"""Candidatures up to which every pair is compared exactly."""

Progress = Callable[[int, int], None]
"""Called with how many weightings were drawn, and how many will be."""


class Drawing(NamedTuple):
    """How weightings are to be drawn."""

    seed: str
    wanted: int | None = None
    """How many at least; None for as many as cost little, or none where they would cost much."""
    numpy: Any = None
    """The module, where it may be used: the counts are the same without it."""
    progress: Progress | None = None


T = TypeVar("T")


class Share(NamedTuple):
    """What became of one candidature over all weightings drawn."""

    reference: str
    kept: int
    """In how many it has a place."""
    error: float
    """Standard error of that share, between 0 and 1."""
    ranks: Mapping[int, int]
    """How often it has each rank; of many candidatures, for those nearest the cut."""
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


def shares_over(evaluation: Evaluation, contest: Contest, parameters: Sequence[int], drawing: Drawing) -> Shares | None:
    """Draw weightings and count; None where there is nothing to draw, or too many criteria to draw evenly.

    None as well where nothing was asked for and there are many candidatures.
    """
    if len(contest.plane.axes) < 2 or not contest.field or sum(parameters) - 1 > MOST_DIMENSIONS:
        return None
    plan = plan_of(contest, drawing.wanted)
    if plan is None:
        return None
    counts = _counts(contest, parameters, drawing, plan)
    if contest.kind is Kind.SHARED:
        counts = counts._replace(kept=_tried(evaluation, contest, parameters, drawing, plan))
    means = _mean_ranks(contest, parameters)
    each = tuple(
        Share(one.reference, sum(kept), _error(kept, 1 << plan.size), ranks, mean)
        for one, kept, ranks, mean in zip(
            contest.field, zip(*counts.kept, strict=True), counts.ranks, means, strict=True
        )
    )
    return Shares(tuple(parameters), drawing.seed, plan.drawn, plan.scramblings, each)


class Plan(NamedTuple):
    """So many scramblings of 2^`size` weightings."""

    scramblings: int
    size: int

    @property
    def drawn(self) -> int:
        """How many weightings in all."""
        return self.scramblings << self.size


def plan_of(contest: Contest, wanted: int | None) -> Plan | None:
    """Say how weightings are shared out among scramblings; None where too many candidatures are there to draw any."""
    if wanted == 0:
        return None
    if wanted is not None:
        size = max(0, (wanted // SCRAMBLINGS).bit_length() - 1)
        return Plan(max(SCRAMBLINGS, -(-wanted >> size)), size)
    if len(contest.field) > MOST_UNASKED:
        return None
    most = MOST_TRIED if contest.kind is Kind.SHARED else MOST_WORK
    size = LARGEST
    while size and (SCRAMBLINGS << size) * len(contest.field) > most:
        size -= 1
    return Plan(SCRAMBLINGS, size)


def _counts(contest: Contest, parameters: Sequence[int], drawing: Drawing, plan: Plan) -> Tally:
    sheet, numpy = sheet_of(contest), drawing.numpy
    if numpy is None:
        return tally(sheet, _scramblings(drawing, plan, lambda seed: drawn_weights(parameters, seed, plan.size)))
    drawn = _scramblings(drawing, plan, lambda seed: drawn_array(parameters, seed, plan.size, numpy))
    return tally_arrays(sheet, drawn, numpy)


def _scramblings(drawing: Drawing, plan: Plan, draw: Callable[[str], T]) -> Iterator[T]:
    """Give the weightings of each scrambling in turn, and say how far the work is."""
    for scrambling in range(plan.scramblings):
        yield draw(f"{drawing.seed}|{scrambling}")
        if drawing.progress is not None:
            drawing.progress((scrambling + 1) << plan.size, plan.drawn)


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


def _tried(
    evaluation: Evaluation, contest: Contest, parameters: Sequence[int], drawing: Drawing, plan: Plan
) -> list[list[int]]:
    """Count places by the whole selection, where quotas or a budget share them."""
    attempt, plane = trier(evaluation, contest), contest.plane
    points, found = Fraction(sum(plane.voted), plane.unit), []
    for drawn in _scramblings(drawing, plan, lambda seed: drawn_weights(parameters, seed, plan.size)):
        counts: Counter[str] = Counter()
        for weights in drawn:
            counts.update(attempt([points * weight / WHOLE for weight in weights]))
        found.append([counts[one.reference] for one in contest.field])
    return found


def _error(counts: Sequence[int], size: int) -> float:
    """Give the standard error of the mean of independent scramblings."""
    times = len(counts)
    spread = times * sum(map(mul, counts, counts)) - sum(counts) ** 2
    return sqrt(spread / (times * times * (times - 1))) / size


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

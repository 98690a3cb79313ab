"""How ranks are numbered where equals share one: without gaps, or by the mean of those that the equals occupy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ami_scoring.domain.ties import Ranks
from ami_scoring.exact import Fraction

Number = int | Fraction


def numbered(ranks: Sequence[int | None], how: Ranks) -> list[Number | None]:
    """Give the numbers of ranks that are 1, 2, 2, 4; None for who has no rank, and for all where nothing else is asked.

    A mean that is no whole number is a fraction.
    """
    if how is Ranks.COMPETITION:
        return [None] * len(ranks)
    sharing = Counter(rank for rank in ranks if rank is not None)
    made: dict[int, Number] = {}
    for step, rank in enumerate(sorted(sharing), start=1):
        made[rank] = step if how is Ranks.DENSE else _mean(rank, sharing[rank])
    return [None if rank is None else made[rank] for rank in ranks]


def _mean(first: int, count: int) -> Number:
    twice = 2 * first + count - 1
    return Fraction(twice, 2) if twice % 2 else twice // 2

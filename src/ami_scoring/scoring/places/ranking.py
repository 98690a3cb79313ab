"""Ranks on exact totals: equal totals share a rank and the places they occupy are skipped (1, 2, 2, 4).

With missing information each candidature has a lowest and a highest key, hence a best and a worst rank:
best = 1 + the candidatures surely ahead, worst = 1 + those possibly ahead. A candidature on hold may never be
completed, so it is never surely ahead of anybody.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import date
from enum import Enum
from hashlib import sha256
from typing import Any, NamedTuple

from ami_scoring.domain.facts import Missing
from ami_scoring.domain.scores import ScoreCard, Scored
from ami_scoring.domain.selection import CriterionTie, DrawTie, FactTie, Prefer, Ranking, Tie
from ami_scoring.exact import Fraction

Key = tuple[Any, ...]
"""Compared from left to right, higher first. Each exact number is led by its float: rounding keeps order, so
most comparisons are decided by the float and the others, exactly, by the fraction."""

_Keyed = tuple[Scored, Key, Key, Key | None]
"""A candidature with its lowest key, its highest, and its own where it is firm."""
_UNKNOWN_LAST = float("-inf")
_UNKNOWN_FIRST = float("inf")


class Side(Enum):
    """Which end of what is open: the lowest, the highest, or the value as it stands."""

    LOW = "low"
    SETTLED = "settled"
    HIGH = "high"


class Ranked(NamedTuple):
    """One candidature's rank (None on hold), its range, and whether it shares its rank."""

    scored: Scored
    rank: int | None
    best: int
    worst: int
    tied: bool


def rank(candidatures: Sequence[Scored], ranking: Ranking) -> tuple[Ranked, ...]:
    """Rank candidatures, the firm ones first by rank, then those on hold by their highest total.

    Order among equals is that of references, so that it never depends on the order of files.
    """
    rows = [(scored, *_keys(scored, ranking)) for scored in candidatures]
    settled = all(low is high is firm for _, low, high, firm in rows)
    ranked = _ranked_as_they_stand(rows) if settled else _ranked_with_ranges(rows)
    return tuple(sorted(ranked, key=_order))


def draw_number(seed: str, reference: str) -> str:
    """Give the number that a draw gives a candidature: SHA-256 of the published seed and its reference, in hex.

    The highest comes first; anyone can redo it with a command-line tool.
    """
    return sha256(f"{seed}|{reference}".encode()).hexdigest()


def _ranked_as_they_stand(rows: Sequence[_Keyed]) -> list[Ranked]:
    """Rank candidatures of which nothing is missing, so that the ranges are the ranks, in one walk down the keys."""
    sharing = Counter(low for _, low, _, _ in rows)
    ranks: dict[Key, int] = {}
    ahead = 0
    for key in sorted(sharing, reverse=True):
        ranks[key] = ahead + 1
        ahead += sharing[key]
    return [Ranked(scored, rank, rank, rank, sharing[key] > 1) for scored, key, _, _ in rows for rank in (ranks[key],)]


def _ranked_with_ranges(rows: Sequence[_Keyed]) -> list[Ranked]:
    ascending = sorted(firm for _, _, _, firm in rows if firm is not None)
    sharing = Counter(ascending)
    every_high = sorted(high for _, _, high, _ in rows)
    firm_low = sorted(low for _, low, _, firm in rows if firm is not None)
    return [
        Ranked(
            scored,
            None if firm is None else _ahead(ascending, firm) + 1,
            best=_ahead(firm_low, high) + 1,
            worst=_ahead(every_high, low) + (0 if high > low else 1),
            tied=firm is not None and sharing[firm] > 1,
        )
        for scored, low, high, firm in rows
    ]


def _ahead(ascending: Sequence[Key], key: Key) -> int:
    return len(ascending) - bisect_right(ascending, key)


def _order(row: Ranked) -> tuple[Any, ...]:
    card = row.scored.card
    on_hold = row.rank is None
    return (on_hold, row.rank or 0, *((-card.high, -card.low) if on_hold else ()), row.scored.entry.reference)


def _keys(scored: Scored, ranking: Ranking) -> tuple[Key, Key, Key | None]:
    """Give the lowest key, the highest, and that of the candidature as it stands, which it has only if it is firm."""
    low = _key(scored, ranking, Side.LOW)
    is_open = scored.card.low != scored.card.high or any(_is_open(tie, scored.card) for tie in ranking.ties)
    high = _key(scored, ranking, Side.HIGH) if is_open else low
    if not scored.is_firm:
        return low, high, None
    return low, high, _key(scored, ranking, Side.SETTLED) if is_open else low


def _is_open(tie: Tie, card: ScoreCard) -> bool:
    match tie:
        case CriterionTie():
            return card.marks[tie.criterion].low != card.marks[tie.criterion].high
        case FactTie():
            return isinstance(card.values[tie.fact], Missing)
        case DrawTie():
            return False


def _key(scored: Scored, ranking: Ranking, side: Side) -> Key:
    card = scored.card
    parts: list[Any] = list(_exact(_value(card.total, card.low, card.high, side)))
    for tie in ranking.ties:
        parts.extend(_tie_key(tie, scored, side))
    return tuple(parts)


def _tie_key(tie: Tie, scored: Scored, side: Side) -> tuple[Any, ...]:
    card = scored.card
    match tie:
        case CriterionTie():
            mark = card.marks[tie.criterion]
            return _exact(_value(mark.points, mark.low, mark.high, side))
        case FactTie():
            return (_fact_key(card.values[tie.fact], tie.prefer, side),)
        case DrawTie():
            return (draw_number(tie.draw, scored.entry.reference),)


def parting_tie(one: Scored, other: Scored, ranking: Ranking) -> Tie:
    """Give the first tie that tells apart, as they stand, two candidatures of one total and of two ranks."""
    settled = Side.SETTLED
    return next(tie for tie in ranking.ties if _tie_key(tie, one, settled) != _tie_key(tie, other, settled))


def _value(points: Fraction | None, low: Fraction, high: Fraction, side: Side) -> Fraction:
    match side:
        case Side.LOW:
            return low
        case Side.HIGH:
            return high
        case Side.SETTLED:
            return low if points is None else points


def _exact(number: Fraction) -> tuple[float, Fraction]:
    return number.numerator / number.denominator, number


def _fact_key(value: Any, prefer: Prefer, side: Side) -> Any:
    if isinstance(value, Missing):
        return _UNKNOWN_FIRST if side is Side.HIGH else _UNKNOWN_LAST
    number = value.toordinal() if isinstance(value, date) else value
    return -number if prefer in {Prefer.EARLIEST, Prefer.LOWEST} else number

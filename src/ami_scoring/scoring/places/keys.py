"""What candidatures are ordered by: the total, then what the policy breaks ties by, from left to right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum
from hashlib import sha256
from typing import Any, Final, NamedTuple

from ami_scoring.domain.facts import Missing
from ami_scoring.domain.scores import ScoreCard, Scored
from ami_scoring.domain.selection import CriterionTie, DrawTie, FactTie, Prefer, Ranking, Tie
from ami_scoring.exact import Fraction
from ami_scoring.scoring.places.deposits import DEPOSIT, Deposits

Key = tuple[Any, ...]
"""Compared from left to right, higher first. Each exact number is led by its float: rounding keeps order, so
most comparisons are decided by the float and the others, exactly, by the fraction."""

BEYOND: Final = float("inf")
"""Above every value of a fact."""
_BELOW: Final = float("-inf")


class Keys(NamedTuple):
    """The lowest key of a candidature, its highest, and its own as it stands, which it has only if it is firm.

    The three are one object where nothing is open.
    """

    low: Key
    high: Key
    settled: Key | None


class Side(Enum):
    """Which end of what is open: the lowest, the highest, or the value as it stands."""

    LOW = "low"
    SETTLED = "settled"
    HIGH = "high"


def keys_of(scored: Scored, ranking: Ranking, deposits: Deposits) -> Keys:
    """Give the keys of a candidature among those whose deposits are given."""
    low = _key(scored, ranking, deposits, Side.LOW)
    is_open = scored.card.low != scored.card.high or any(_is_open(tie, scored.card) for tie in ranking.ties)
    high = _key(scored, ranking, deposits, Side.HIGH) if is_open else low
    if not scored.is_firm:
        return Keys(low, high, None)
    return Keys(low, high, _key(scored, ranking, deposits, Side.SETTLED) if is_open else low)


def fact_levels(ranking: Ranking) -> Iterator[tuple[int, str]]:
    """Give the facts that break ties, with the place of each in a key."""
    place = 2
    for tie in ranking.ties:
        if isinstance(tie, FactTie):
            yield place, tie.fact
        place += 2 if isinstance(tie, CriterionTie) or (isinstance(tie, FactTie) and tie.fact == DEPOSIT) else 1


def parting_tie(one: Scored, other: Scored, ranking: Ranking, deposits: Deposits) -> Tie | None:
    """Give the first tie that tells apart, as they stand, two candidatures of one total; None for equals."""
    first, second = ((scored, deposits, Side.SETTLED) for scored in (one, other))
    return next((tie for tie in ranking.ties if _tie_key(tie, *first) != _tie_key(tie, *second)), None)


def draw_number(seed: str, reference: str) -> str:
    """Give the number that a draw gives a candidature: SHA-256 of the published seed and its reference, in hex.

    The highest comes first; anyone can redo it with a command-line tool.
    """
    return sha256(f"{seed}|{reference}".encode()).hexdigest()


def _is_open(tie: Tie, card: ScoreCard) -> bool:
    match tie:
        case CriterionTie():
            return card.marks[tie.criterion].low != card.marks[tie.criterion].high
        case FactTie():
            return isinstance(card.values[tie.fact], Missing)
        case DrawTie():
            return False


def _key(scored: Scored, ranking: Ranking, deposits: Deposits, side: Side) -> Key:
    card = scored.card
    parts: list[Any] = list(_exact(_value(card.total, card.low, card.high, side)))
    for tie in ranking.ties:
        parts.extend(_tie_key(tie, scored, deposits, side))
    return tuple(parts)


def _tie_key(tie: Tie, scored: Scored, deposits: Deposits, side: Side) -> Key:
    card = scored.card
    match tie:
        case CriterionTie():
            mark = card.marks[tie.criterion]
            return _exact(_value(mark.points, mark.low, mark.high, side))
        case FactTie() if tie.fact == DEPOSIT:
            return _deposit_key(scored, deposits, tie.prefer, side)
        case FactTie():
            return (_fact_key(card.values[tie.fact], tie.prefer, side),)
        case DrawTie():
            return (draw_number(tie.draw, scored.entry.reference),)


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
    least_first = prefer in {Prefer.EARLIEST, Prefer.LOWEST}
    if isinstance(value, Missing):
        ahead = value.at_least if least_first else value.at_most
        behind = value.at_most if least_first else value.at_least
        if side is Side.HIGH:
            return BEYOND if ahead is None else _signed(ahead, least_first=least_first)
        return _BELOW if behind is None else _signed(behind, least_first=least_first)
    return _signed(value.toordinal() if isinstance(value, date) else value, least_first=least_first)


def _deposit_key(scored: Scored, deposits: Deposits, prefer: Prefer, side: Side) -> tuple[Any, Any]:
    """Order deposits by their day, then by their hour where hours count."""
    value = scored.card.values[DEPOSIT]
    instant = deposits.order(scored, value)[1] if isinstance(value, date) else 0.0
    return _fact_key(value, prefer, side), _signed(instant, least_first=prefer in {Prefer.EARLIEST, Prefer.LOWEST})


def _signed(number: Any, *, least_first: bool) -> Any:
    return -number if least_first else number

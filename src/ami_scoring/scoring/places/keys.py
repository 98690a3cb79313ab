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


def keys_of(scored: Scored, ranking: Ranking) -> Keys:
    """Give the keys of a candidature."""
    low = _key(scored, ranking, Side.LOW)
    is_open = scored.card.low != scored.card.high or any(_is_open(tie, scored.card) for tie in ranking.ties)
    high = _key(scored, ranking, Side.HIGH) if is_open else low
    if not scored.is_firm:
        return Keys(low, high, None)
    return Keys(low, high, _key(scored, ranking, Side.SETTLED) if is_open else low)


def fact_levels(ranking: Ranking) -> Iterator[tuple[int, str]]:
    """Give the facts that break ties, with the place of each in a key."""
    place = 2
    for tie in ranking.ties:
        if isinstance(tie, FactTie):
            yield place, tie.fact
        place += 2 if isinstance(tie, CriterionTie) else 1


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


def _key(scored: Scored, ranking: Ranking, side: Side) -> Key:
    card = scored.card
    parts: list[Any] = list(_exact(_value(card.total, card.low, card.high, side)))
    for tie in ranking.ties:
        match tie:
            case CriterionTie():
                mark = card.marks[tie.criterion]
                parts.extend(_exact(_value(mark.points, mark.low, mark.high, side)))
            case FactTie():
                parts.append(_fact_key(card.values[tie.fact], tie.prefer, side))
            case DrawTie():
                parts.append(draw_number(tie.draw, scored.entry.reference))
    return tuple(parts)


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


def _signed(number: Any, *, least_first: bool) -> Any:
    return -number if least_first else number

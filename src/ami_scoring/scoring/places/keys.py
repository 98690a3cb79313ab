"""What candidatures are ordered by: the total, then what the policy breaks ties by, from left to right."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import Enum
from hashlib import sha256
from itertools import chain, takewhile
from typing import Any, Final, NamedTuple

from ami_scoring.domain.facts import Missing
from ami_scoring.domain.scores import ScoreCard, Scored
from ami_scoring.domain.ties import CriterionTie, DrawTie, FactTie, Ranking, RankTie
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks import by_marks
from ami_scoring.scoring.places.deposits import DEPOSIT, Deposits

Key = tuple[Any, ...]
"""Compared from left to right, higher first. Each exact number is led by its float: rounding keeps order, so
most comparisons are decided by the float and the others, exactly, by the fraction."""

TOTAL: Final = 2
"""How much of a key is its total: those that agree so far have the same."""
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


class _Begins(NamedTuple):
    """What the keys of a card begin with on each side, and whether any mark that orders it is open."""

    low: Key
    high: Key
    settled: Key
    moves: bool


Level = Callable[[Scored, Side], Key]
"""What gives the part of a key by which one tie-break orders."""


def keyer(ranking: Ranking, deposits: Deposits) -> Callable[[Scored], Keys]:
    """Make the function that gives the keys of a candidature among those whose deposits are given."""
    levels = levels_of(ranking, deposits)
    begun, moves = beginner(ranking), mover(ranking)

    def begins(card: ScoreCard) -> _Begins:
        low, high, settled = (begun(card, side) for side in (Side.LOW, Side.HIGH, Side.SETTLED))
        return _Begins(low, high, settled, moves(card))

    begins_of = by_marks(begins)
    of_order, of_levels = facts_of_order(ranking), [tie.fact for tie, _ in levels if isinstance(tie, FactTie)]
    reads_marks = any(isinstance(tie, CriterionTie) for tie, _ in levels)

    def keys(scored: Scored) -> Keys:
        bounded = scored if scored.opened is None else scored.bounded
        card = bounded.card
        ends = [level(bounded, Side.LOW) for _, level in levels]
        same = ends[0] if len(ends) == 1 else tuple(chain(*ends))
        ours, lacks = begins_of(card), lacks_one(card, of_order)
        low = ours.low + same
        if not ours.moves and not lacks:
            return Keys(low, low, low if scored.is_firm else None)

        settles = ours if card is scored.card else begins_of(scored.card)
        if not reads_marks and not (lacks and lacks_one(card, of_levels)):  # only what keys begin with may be open
            return Keys(low, ours.high + same, settles.settled + same if scored.is_firm else None)

        def key(one: Scored, begins: Key, side: Side) -> Key:
            parts = (
                end if _is_closed(tie, card) else level(one, side)
                for end, (tie, level) in zip(ends, levels, strict=True)
            )
            return tuple(chain(begins, *parts))

        settled = key(scored, settles.settled, Side.SETTLED) if scored.is_firm else None
        return Keys(low, key(bounded, ours.high, Side.HIGH), settled)

    return keys


def beginner(ranking: Ranking) -> Callable[[ScoreCard, Side], Key]:
    """Make the function that gives what keys begin with: the total, and the criteria that break ties first."""
    first = _first_criteria(ranking)

    def begun(card: ScoreCard, side: Side) -> Key:
        parts = _exact(_value(card.total, card.low, card.high, side))
        return tuple(chain(parts, *(_criterion_key(name, card, side) for name in first)))

    return begun


def levels_of(ranking: Ranking, deposits: Deposits) -> list[tuple[RankTie, Level]]:
    """Give the tie-breaks that come after what keys begin with, each with the function that gives its part of a key."""
    return [(tie, level_of(tie, deposits)) for tie in ranking.ordering[len(_first_criteria(ranking)) :]]


def _first_criteria(ranking: Ranking) -> list[str]:
    return [tie.criterion for tie in takewhile(lambda tie: isinstance(tie, CriterionTie), ranking.ordering)]  # type: ignore[union-attr] # just seen


def _is_closed(tie: RankTie, card: ScoreCard) -> bool:
    """Say whether a tie-break orders a card alike on every side: nothing that it reads may be missing."""
    if isinstance(tie, FactTie):
        return not isinstance(card.values[tie.fact], Missing)
    return isinstance(tie, DrawTie)


def opener(ranking: Ranking) -> Callable[[ScoreCard], bool]:
    """Make the function that says whether anything by which a card is ordered is open."""
    moves, facts = by_marks(mover(ranking)), facts_of_order(ranking)
    return lambda card: moves(card) or lacks_one(card, facts)


def mover(ranking: Ranking) -> Callable[[ScoreCard], bool]:
    """Make the function that says whether any mark by which a card is ordered is open; `by_marks` may remember it."""
    criteria = [tie.criterion for tie in ranking.ties if isinstance(tie, CriterionTie)]
    return lambda card: card.low != card.high or any(card.marks[name].low != card.marks[name].high for name in criteria)


def facts_of_order(ranking: Ranking) -> list[str]:
    """Name the facts by which candidatures are ordered, or parted when places are shared."""
    facts = [tie.fact for tie in ranking.ties if isinstance(tie, FactTie)]
    return facts if ranking.uncovered is None else [*facts, ranking.uncovered]


def lacks_one(card: ScoreCard, facts: Iterable[str]) -> bool:
    """Say whether a card lacks any of some facts."""
    return Missing in map(type, map(card.values.__getitem__, facts))


def fact_levels(ranking: Ranking) -> Iterator[tuple[int, str]]:
    """Give the facts that break ties, with the place of each in a key."""
    place = TOTAL
    for tie in ranking.ordering:
        if isinstance(tie, FactTie):
            yield place, tie.fact
        place += 2 if isinstance(tie, CriterionTie) or (isinstance(tie, FactTie) and tie.fact == DEPOSIT) else 1


def parting_tie(one: Scored, other: Scored, ranking: Ranking, deposits: Deposits) -> RankTie | None:
    """Give the first tie that tells apart, as they stand, two candidatures of one total; None for equals."""
    for tie in ranking.ordering:
        level = level_of(tie, deposits)
        if level(one, Side.SETTLED) != level(other, Side.SETTLED):
            return tie
    return None


def draw_number(seed: str, reference: str) -> str:
    """Give the number that a draw gives a candidature: SHA-256 of the published seed and its reference, in hex.

    The highest comes first; anyone can redo it with a command-line tool.
    """
    return sha256(f"{seed}|{reference}".encode()).hexdigest()


def level_of(tie: RankTie, deposits: Deposits) -> Level:
    """Make the function that gives the part of a key by which one tie-break orders."""
    match tie:
        case CriterionTie():
            return lambda scored, side: _criterion_key(tie.criterion, scored.card, side)
        case FactTie():
            name, least_first = tie.fact, tie.prefer.puts_least_first
            if name == DEPOSIT:
                return _deposit_level(deposits, least_first=least_first)
            return lambda scored, side: (_fact_key(scored.card.values[name], side, least_first=least_first),)
        case DrawTie():
            return lambda scored, _: (draw_number(tie.draw, scored.entry.reference),)


def _criterion_key(criterion: str, card: ScoreCard, side: Side) -> Key:
    mark = card.marks[criterion]
    return _exact(_value(mark.points, mark.low, mark.high, side))


def _value(points: Fraction | None, low: Fraction, high: Fraction, side: Side) -> Fraction:
    if side is Side.LOW or low is high:
        return low
    if side is Side.HIGH:
        return high
    return low if points is None else points


def _exact(number: Fraction) -> tuple[float, Fraction]:
    return number.numerator / number.denominator, number


def _fact_key(value: Any, side: Side, *, least_first: bool) -> Any:
    if isinstance(value, Missing):
        ahead = value.at_least if least_first else value.at_most
        behind = value.at_most if least_first else value.at_least
        if side is Side.HIGH:
            return BEYOND if ahead is None else _signed(ahead, least_first=least_first)
        return _BELOW if behind is None else _signed(behind, least_first=least_first)
    return _signed(value.toordinal() if isinstance(value, date) else value, least_first=least_first)


def _deposit_key(scored: Scored, deposits: Deposits, side: Side, *, least_first: bool) -> tuple[Any, Any]:
    """Order deposits by their day, then by their hour where hours count."""
    value = scored.card.values[DEPOSIT]
    instant = deposits.instant(scored, value) if isinstance(value, date) else 0.0
    return _fact_key(value, side, least_first=least_first), _signed(instant, least_first=least_first)


def _deposit_level(deposits: Deposits, *, least_first: bool) -> Level:
    """Make the function that gives the part of a key for a deposit: those of one day without an hour share it."""
    known: dict[date, Key] = {}

    def level(scored: Scored, side: Side) -> Key:
        value = scored.card.values[DEPOSIT]
        if type(value) is not date or type(scored.entry.candidature.submitted_at) is not date:
            return _deposit_key(scored, deposits, side, least_first=least_first)
        found = known.get(value)
        if found is None:
            found = known[value] = _deposit_key(scored, deposits, side, least_first=least_first)
        return found

    return level


def _signed(number: Any, *, least_first: bool) -> Any:
    return -number if least_first else number

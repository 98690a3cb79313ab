"""Ranks on exact totals: equal totals share a rank and the places they occupy are skipped (1, 2, 2, 4).

With missing information each candidature has a lowest and a highest key, hence a best and a worst rank:
best = 1 + the candidatures surely ahead, worst = 1 + those possibly ahead, and as many more as there are files that
nobody can read. A candidature on hold may never be completed, so it is never surely ahead of anybody. An answer to be
verified bounds them as one that is missing.

A tie-break whose value is missing parts nobody: the equals that it should have told apart stay equal.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from ami_scoring.domain.facts import Missing
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.ties import Ranking
from ami_scoring.scoring.marks import by_marks
from ami_scoring.scoring.places.deposits import Deposits
from ami_scoring.scoring.places.keys import (
    BEYOND,
    Key,
    Keys,
    Level,
    Side,
    beginner,
    fact_levels,
    facts_of_order,
    keyer,
    lacks_one,
    levels_of,
    mover,
)

_Keyed = tuple[Scored, Keys]


class Ranked(NamedTuple):
    """One candidature's rank (None on hold), its range, and whether it shares its rank."""

    scored: Scored
    rank: int | None
    best: int
    worst: int
    tied: bool
    order: int = 0
    """Where people place it among its equals, from 1, where the sharing parts them before people do; 0 if nowhere."""


class Blanks:
    """Where a tie-break may find a value missing: those whose keys agree up to it may stay equal for ever."""

    def __init__(self, keyed: Sequence[_Keyed], ranking: Ranking) -> None:
        """Look for the missing values of each fact that breaks ties."""
        self._levels: list[tuple[int, list[Key], list[Key]]] = []
        for place, fact in fact_levels(ranking):
            blank = [keys for scored, keys in keyed if _lacks(scored.bounded, fact)]
            if blank:
                lows, highs = sorted(keys.low[:place] for keys in blank), sorted(keys.high[:place] for keys in blank)
                self._levels.append((place, lows, highs))

    def shared(self, key: Key) -> Key:
        """Give the part of a key before the first value that might part it from an equal, and may never come."""
        for place, lows, highs in self._levels:
            part = key[:place]
            if bisect_right(lows, part) > bisect_left(highs, part):
                return part
        return key


def rank(candidatures: Sequence[Scored], ranking: Ranking, unread: int = 0) -> tuple[Ranked, ...]:
    """Rank candidatures, the firm ones first by rank, then those on hold by their highest total.

    `unread` is how many files may hold one more candidature that nobody can read. Order among equals is that of
    references, so that it never depends on the order of files.
    """
    deposits = Deposits(candidatures)
    if not unread and (settled := _ranked_as_they_stand(candidatures, ranking, deposits)) is not None:
        return settled
    keys_of = keyer(ranking, deposits)
    ranked = _ranked_with_ranges([(scored, keys_of(scored)) for scored in candidatures], ranking, unread)
    return tuple(sorted(ranked, key=_order))


def _ranked_as_they_stand(
    candidatures: Sequence[Scored], ranking: Ranking, deposits: Deposits
) -> tuple[Ranked, ...] | None:
    """Rank candidatures of which nothing is missing, so that the ranges are the ranks; None where something is.

    Only those that all the levels before leave equal are looked at by one more.
    """
    begun, moves, facts = beginner(ranking), mover(ranking), facts_of_order(ranking)
    groups: dict[Key, list[Scored]] = {}
    home = by_marks(lambda card: None if moves(card) else groups.setdefault(begun(card, Side.LOW), []))
    for one in candidatures:
        equals = home(one.card)
        if equals is None or one.opened is not None or not one.is_firm or lacks_one(one.card, facts):
            return None
        equals.append(one)
    levels = [level for _, level in levels_of(ranking, deposits)]
    ranked: list[Ranked] = []
    for key in sorted(groups, reverse=True):
        for equals in _parted(groups[key], levels):
            rank = len(ranked) + 1
            tied = len(equals) > 1
            ranked += [Ranked(scored, rank, rank, rank, tied) for scored in equals]
    return tuple(ranked)


def _parted(equals: list[Scored], levels: Sequence[Level]) -> Iterator[list[Scored]]:
    """Part those that are equal so far, the first ones first; those that stay equal come by their references."""
    if len(equals) == 1 or not levels:
        yield sorted(equals, key=lambda one: one.entry.reference) if len(equals) > 1 else equals
        return
    groups: dict[Key, list[Scored]] = {}
    level, side = levels[0], Side.SETTLED
    for one in equals:
        groups.setdefault(level(one, side), []).append(one)
    for key in sorted(groups, reverse=True):
        yield from _parted(groups[key], levels[1:])


def _ranked_with_ranges(rows: Sequence[_Keyed], ranking: Ranking, unread: int) -> list[Ranked]:
    blanks = Blanks(rows, ranking)
    standing = as_they_stand(rows, ranking)
    ascending = sorted(key for key in standing if key is not None)
    sharing = Counter(ascending)
    every_high = sorted(keys.high for _, keys in rows)
    firm_low = sorted(keys.low for scored, keys in rows if scored.bounded.is_firm)
    return [
        Ranked(
            scored,
            None if key is None else _ahead(ascending, key) + 1,
            best=_ahead(firm_low, (*blanks.shared(keys.high), BEYOND)) + 1,
            worst=_ahead(every_high, keys.low) + (0 if keys.high > keys.low else 1) + unread,
            tied=key is not None and sharing[key] > 1,
        )
        for (scored, keys), key in zip(rows, standing, strict=True)
    ]


def groups_of(ranked: Sequence[Ranked]) -> Iterator[list[Ranked]]:
    """Give the candidatures that have a rank, those that share one together, in the order of ranks."""
    firm = [row for row in ranked if row.rank is not None]
    for _, group in groupby(firm, key=lambda row: row.rank):
        yield list(group)


def as_they_stand(rows: Sequence[_Keyed], ranking: Ranking) -> list[Key | None]:
    """Give what orders each candidature today: its key, cut before a tie-break that it or an equal lacks."""
    levels = [
        (place, {keys.settled[:place] for scored, keys in rows if keys.settled and _lacks(scored, fact)})
        for place, fact in fact_levels(ranking)
    ]
    return [None if keys.settled is None else _cut(keys.settled, levels) for _, keys in rows]


def _lacks(scored: Scored, fact: str) -> bool:
    return isinstance(scored.card.values[fact], Missing)


def _cut(key: Key, levels: Sequence[tuple[int, set[Key]]]) -> Key:
    return next((key[:place] for place, blank in levels if blank and key[:place] in blank), key)


def _ahead(ascending: Sequence[Key], key: Key) -> int:
    return len(ascending) - bisect_right(ascending, key)


def _order(row: Ranked) -> tuple[Any, ...]:
    card = row.scored.card
    on_hold = row.rank is None
    return (on_hold, row.rank or 0, *((-card.high, -card.low) if on_hold else ()), row.scored.entry.reference)

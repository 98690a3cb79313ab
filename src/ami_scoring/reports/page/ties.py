"""Where what tells equals apart places each candidature, for the ties that no weight changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ami_scoring.domain.facts import Missing
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.ties import CriterionTie, DrawTie, FactTie, Prefer, RankTie
from ami_scoring.scoring.places import DEPOSIT, Deposits, draw_number


def tie_places(ties: Sequence[RankTie], scored: Sequence[Scored]) -> list[list[int | list[int]]]:
    """Give by candidature its place for each tie, 0 for the points of a criterion; the greatest comes first.

    Where the fact is missing, its lowest place and its highest, as a list: such a tie-break parts nobody.
    """
    columns = [_places(tie, scored) for tie in ties]
    return [[column[place] if column else 0 for column in columns] for place in range(len(scored))]


def _places(tie: RankTie, scored: Sequence[Scored]) -> list[int | list[int]]:
    match tie:
        case CriterionTie():
            return []
        case DrawTie():
            draws = [draw_number(tie.draw, one.entry.reference) for one in scored]
            places = {number: place for place, number in enumerate(sorted(set(draws)), start=1)}
            return [places[number] for number in draws]
        case FactTie() if tie.fact == DEPOSIT:
            deposits = Deposits(scored)
            moments = [_moment(one, deposits, tie.prefer) for one in scored]
            order = {moment: place for place, moment in enumerate(sorted(set(moments)), start=1)}
            return [order[moment] for moment in moments]
        case FactTie():
            return _of_fact([one.card.values[tie.fact] for one in scored], tie.prefer)


def _of_fact(values: Sequence[Any], prefer: Prefer) -> list[int | list[int]]:
    keys = [_fact_keys(value, prefer) for value in values]
    known = {each for pair in keys for each in pair if each is not None}
    places = {each: place for place, each in enumerate(sorted(known), start=1)}
    last = len(places) + 1
    return [
        places[key[0]]
        if len(key) == 1
        else [0 if key[0] is None else places[key[0]], last if key[1] is None else places[key[1]]]
        for key in keys
    ]


def _fact_keys(value: Any, prefer: Prefer) -> tuple[Any, ...]:
    """Give what a value is compared by, more coming first; of a missing one, its lowest and its highest, if bounded."""
    least_first = prefer.puts_least_first
    if isinstance(value, Missing):
        ends = (value.at_most, value.at_least) if least_first else (value.at_least, value.at_most)
        return tuple(None if end is None else _key(end, least_first=least_first) for end in ends)
    return (_key(value, least_first=least_first),)


def _moment(one: Scored, deposits: Deposits, prefer: Prefer) -> tuple[float, float]:
    """Order a deposit by its day, then by its hour where hours count."""
    value = one.card.values[DEPOSIT]
    assert isinstance(value, date)  # noqa: S101 - a file without a deposit date is not read
    day, instant = deposits.order(one, value)
    return (-day, -instant) if prefer.puts_least_first else (day, instant)


def _key(value: Any, *, least_first: bool) -> Any:
    number = value.toordinal() if isinstance(value, date) else value
    return -number if least_first else number

"""What tells equal totals apart, as small whole numbers in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.facts import Missing
from ami_scoring.domain.standings import Standing
from ami_scoring.domain.ties import CriterionTie, DrawTie, FactTie, Prefer, RankTie
from ami_scoring.reports.workbook.scale import shares_of
from ami_scoring.scoring.places import DEPOSIT, Deposits, draw_number

Sides = tuple[int, int, int]
"""The value as it stands, the lowest, the highest."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the comparison after the total.

    With `node` alone, it compares live points; with `orders`, places in an order that weights do not change, save
    that a criterion (`node`) without weight tells nobody apart.
    """

    label: str
    node: str | None = None
    orders: tuple[Sides, ...] = ()
    count: int = 1
    """How many different places there are."""


UNKNOWN_LAST: Final = (float("-inf"),)
UNKNOWN_FIRST: Final = (float("inf"),)


def tie_steps(criteria: Criteria, standings: Sequence[Standing]) -> tuple[Step, ...]:
    """Give the declared steps. What no weight changes is put in order once, here."""
    return tuple(_step(tie, criteria, standings) for tie in criteria.ranking.ordering)


def _step(tie: RankTie, criteria: Criteria, standings: Sequence[Standing]) -> Step:
    match tie:
        case CriterionTie():
            criterion = criteria.by_id[tie.criterion]
            return _leaf_step(criterion, standings) if criterion.rule else Step(criterion.column, criterion.id)
        case FactTie():
            deposits = Deposits(one.scored for one in standings)
            sides = [_fact_sides(_ordering(one, tie, deposits), tie.prefer) for one in standings]
            return _ordered(criteria.catalogue[tie.fact].label, None, sides)
        case DrawTie():
            drawn = [draw_number(tie.draw, one.entry.reference) for one in standings]
            return _ordered("Tirage au sort", None, [(number, number, number) for number in drawn])


def _leaf_step(criterion: Criterion, standings: Sequence[Standing]) -> Step:
    shares = [shares_of(criterion, one.card.marks[criterion.id]) for one in standings]
    return _ordered(criterion.column, criterion.id, shares)


def _ordered(label: str, node: str | None, sides: Sequence[tuple[Any, Any, Any]]) -> Step:
    distinct = sorted({value for three in sides for value in three})
    places = {value: place for place, value in enumerate(distinct)}
    return Step(label, node, tuple((places[a], places[b], places[c]) for a, b, c in sides), max(1, len(distinct)))


def _fact_sides(value: Any, prefer: Prefer) -> tuple[Any, Any, Any]:
    """Order a fact so that the greater comes first; unknown, it may come last or first."""
    if isinstance(value, Missing):
        return (UNKNOWN_LAST, UNKNOWN_LAST, UNKNOWN_FIRST)
    key = tuple(-number if prefer.puts_least_first else number for number in value)
    return (key, key, key)


def _ordering(standing: Standing, tie: FactTie, deposits: Deposits) -> Any:
    """Give what orders the values of a fact, from the first number to the last; for a deposit, its hour too."""
    value = standing.card.values[tie.fact]
    if isinstance(value, Missing):
        return value
    if isinstance(value, date):
        return deposits.order(standing.scored, value) if tie.fact == DEPOSIT else (value.toordinal(),)
    return (value,)

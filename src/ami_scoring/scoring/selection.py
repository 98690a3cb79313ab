"""The cut: who gets a place, who waits, who does not. It never falls inside a tie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ami_scoring.domain.criteria import Criteria, Scale, Threshold, Wave
from ami_scoring.domain.scores import Cut, ScoreCard, Standing, Status
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message
from ami_scoring.scoring.ranking import Ranked
from ami_scoring.scoring.wording import points_word


def select(ranked: Sequence[Ranked], criteria: Criteria, wave: Wave | None) -> tuple[tuple[Standing, ...], Cut]:
    """Give each ranked candidature its status, and say where the cut falls.

    A wave's own places, where it states them, hold when that wave alone is evaluated.
    Candidatures that share a rank share their fate: when places run out inside a tie, none of the equals gets one
    and all go first on the reserve list, for the committee to decide between them.
    """
    places = criteria.selection.places if wave is None or wave.places is None else wave.places
    reserve = criteria.selection.reserve if wave is None or wave.reserve is None else wave.reserve
    decided: dict[int, tuple[Status, tuple[Message, ...]]] = {}
    contested: tuple[str, ...] = ()
    left, waiting, closed = places, reserve, False
    for group in _groups(ranked):
        fit = []
        for row in group:
            if refusals := _refusals(row.scored.card, criteria):
                decided[id(row)] = (Status.NOT_SELECTED, refusals)
            else:
                fit.append(row)
        if not closed and len(fit) <= left:
            left -= len(fit)
            verdict: tuple[Status, tuple[Message, ...]] = (Status.SELECTED, ())
        elif not closed and left > 0:
            contested = tuple(row.scored.entry.reference for row in fit)
            verdict = (Status.RESERVE, (_contested(len(fit), left),))
        else:
            verdict = (Status.RESERVE, ()) if waiting > 0 else (Status.NOT_SELECTED, (_no_place(places),))
        closed = closed or (verdict[0] is not Status.SELECTED)
        waiting -= len(fit) if verdict[0] is Status.RESERVE else 0
        decided.update((id(row), verdict) for row in fit)
    standings = tuple(_standing(row, *decided.get(id(row), (Status.TO_COMPLETE, ()))) for row in ranked)
    return standings, _cut(standings, places, reserve, criteria.selection.minimum, contested)


def _groups(ranked: Sequence[Ranked]) -> Iterator[list[Ranked]]:
    firm = [row for row in ranked if row.rank is not None]
    for _, group in groupby(firm, key=lambda row: row.rank):
        yield list(group)


def _refusals(card: ScoreCard, criteria: Criteria) -> tuple[Message, ...]:
    reasons = []
    minimum = criteria.selection.minimum
    if minimum is not None and card.total is not None and card.total < minimum:
        reasons.append(
            Message(
                "total de {total} inférieur au minimum de {minimum}",
                {"total": card.total, "minimum": minimum},
            )
        )
    floor_mark = criteria.selection.minimum_mark
    reached = raw_total(card, criteria)
    if floor_mark is not None and reached is not None and reached < floor_mark:
        reasons.append(
            Message("somme des notes de {reached}, inférieure à {floor}", {"reached": reached, "floor": floor_mark})
        )
    for threshold in criteria.selection.thresholds:
        points, floor = threshold_value(threshold, card), threshold_points(threshold, criteria)
        if points is not None and (points < floor or (threshold.strict and points == floor)):
            reasons.append(
                Message(
                    "« {label} » : {points}, {word} {floor}",
                    {
                        "label": criteria.by_id[threshold.criterion].label,
                        "points": points_word(points),
                        "word": "il en faut plus de" if threshold.strict else "il en faut au moins",
                        "floor": floor,
                    },
                )
            )
    return tuple(reasons)


def threshold_points(threshold: Threshold, criteria: Criteria) -> Fraction:
    """Give a threshold on its own scale: its number, or its share of the criterion's highest points or mark."""
    if threshold.at_least is not None:
        return threshold.at_least
    criterion = criteria.by_id[threshold.criterion]
    return (threshold.share or Fraction(0)) * (criterion.weight if threshold.on is Scale.POINTS else criterion.top)


def threshold_value(threshold: Threshold, card: ScoreCard) -> Fraction | None:
    """Give what a threshold is compared with; None while it is on hold."""
    mark = card.marks[threshold.criterion]
    return mark.points if threshold.on is Scale.POINTS else mark.mark


def raw_total(card: ScoreCard, criteria: Criteria) -> Fraction | None:
    """Add up the raw marks of the first-level criteria; None while one is on hold."""
    marks = [card.marks[root.id].mark for root in criteria.criteria]
    known = [mark for mark in marks if mark is not None]
    return sum(known, Fraction(0)) if len(known) == len(marks) else None


def _standing(row: Ranked, status: Status, reasons: tuple[Message, ...] = ()) -> Standing:
    return Standing(row.scored, status, row.rank, row.best, row.worst, row.tied, reasons)


def _contested(equals: int, left: int) -> Message:
    if left == 1:
        return Message("{equals} candidatures à égalité pour la dernière place : à départager", {"equals": equals})
    return Message(
        "{equals} candidatures à égalité pour les {left} dernières places : à départager",
        {"equals": equals, "left": left},
    )


def _no_place(places: int) -> Message:
    return Message("les {places} places et la réserve sont pourvues par des totaux plus élevés", {"places": places})


def _cut(
    standings: Sequence[Standing], places: int, reserve: int, minimum: Fraction | None, contested: tuple[str, ...]
) -> Cut:
    selected = [standing.card.total for standing in standings if standing.status is Status.SELECTED]
    last = min((total for total in selected if total is not None), default=None)
    return Cut(places, len(selected), reserve, minimum, last, contested, places - len(selected))

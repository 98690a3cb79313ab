"""Who gets a place, who waits, who does not; and the floors below which nobody does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial

from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.scores import ScoreCard
from ami_scoring.domain.selection import Scale, Threshold
from ami_scoring.domain.standings import Cut, Standing, Status
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message, spell
from ami_scoring.scoring.marks import by_marks, holds, waiting_status
from ami_scoring.scoring.places.allocation import allocate
from ami_scoring.scoring.places.beyond import parted_by_reach
from ami_scoring.scoring.places.claims import Covering, Room, Verdict
from ami_scoring.scoring.places.demands import Sufficiency, is_enough
from ami_scoring.scoring.places.deposits import Deposits
from ami_scoring.scoring.places.doubts import doubts_of
from ami_scoring.scoring.places.numbering import Number, numbered
from ami_scoring.scoring.places.own_orders import own_keyers
from ami_scoring.scoring.places.parting import parting_words
from ami_scoring.scoring.places.ranking import Ranked, groups_of
from ami_scoring.scoring.words import points_word

_Reasons = tuple[Message, ...]


def select(ranked: Sequence[Ranked], criteria: Criteria, wave: Wave | None) -> tuple[tuple[Standing, ...], Cut]:
    """Give each ranked candidature its status, and say where the cut falls.

    A wave's own places, where it states them, hold when that wave alone is evaluated.
    """
    places = places_of(criteria, wave)
    reserve = criteria.selection.reserve if wave is None or wave.reserve is None else wave.reserve
    refusals = partial(_refusals, criteria=criteria)
    told = refusals if criteria.selection.floors else by_marks(refusals)  # a floor reads facts too
    below = {id(row): reasons for row in ranked if (reasons := told(row.scored.card))}
    enough = is_enough(ranked, criteria)
    refused = {} if enough.surely else _refused(below, enough)
    fit = [row for row in ranked if row.rank is not None and id(row) not in refused]
    budget = criteria.selection.budget
    ask = None if budget is None else criteria.catalogue[budget.ask]
    deposits = cache(lambda: Deposits(row.scored for row in ranked))  # told apart they seldom are

    def parted(ahead: Ranked, behind: Ranked) -> str:
        return parting_words(criteria, deposits(), ahead, behind)

    doubts = {} if enough.surely else doubts_of(ranked, criteria)
    own = own_keyers(budget, deposits)
    room = Room(places, reserve, criteria.selection, ask, parted, doubts, _covering(criteria), own)
    shared, beyond = parted_by_reach(fit, room)
    found = allocate([*groups_of(shared)], room, criteria)
    verdicts = {
        **(_lifted(found.verdicts, below, enough.said) if enough.said else found.verdicts),
        **(dict.fromkeys(map(id, beyond), found.verdicts[id(shared[-1])]) if beyond else {}),
        **_not_selected(refused),
        **{id(row): Verdict(waiting_status(row.scored, criteria)) for row in ranked if row.rank is None},
    }
    numbers = numbered([row.rank for row in ranked], criteria.ranking.ranks)
    standings = tuple(_standing(row, verdicts[id(row)], number) for row, number in zip(ranked, numbers, strict=True))
    ties = {id(claim): claim for claim in found.claims.values() if claim.is_tie}.values()
    tied = {row.scored.entry.reference for claim in ties for row in claim.rows}
    contested = (
        tuple(row.scored.entry.reference for row in ranked if row.scored.entry.reference in tied) if tied else ()
    )
    cut = _cut(standings, places, reserve, criteria, contested)
    if enough.said is not None:
        cut = cut._replace(minimum=None, enough=_retained(enough.said, standings))
    claiming = [row for row in ranked if id(row) in found.claims] if found.claims else []
    waiting = tuple(row.scored.entry.reference for row in claiming)
    return standings, cut._replace(at_stake=found.contested_by(claiming), waiting=waiting)


def _not_selected(refused: Mapping[int, _Reasons]) -> dict[int, Verdict]:
    """Refuse some; those to whom the very same is said share a verdict."""
    known: dict[int, Verdict] = {}
    found: dict[int, Verdict] = {}
    for place, reasons in refused.items():
        verdict = known.get(id(reasons))
        if verdict is None:
            verdict = known[id(reasons)] = Verdict(Status.NOT_SELECTED, reasons)
        found[place] = verdict
    return found


def _covering(criteria: Criteria) -> Covering | None:
    fact, ranking = criteria.ranking.uncovered, criteria.ranking
    return None if fact is None else Covering(fact, criteria.catalogue[fact].label, ranking.seed, ranking.retained)


def _refused(below: Mapping[int, _Reasons], enough: Sufficiency) -> dict[int, _Reasons]:
    """Say to those under a minimum what else could retain them, where the budget may be enough for all."""
    also = () if enough.unless is None else (enough.unless,)
    return {place: (*reasons, *also) for place, reasons in below.items()} if also else dict(below)


def _lifted(verdicts: Mapping[int, Verdict], below: Mapping[int, _Reasons], said: Message) -> dict[int, Verdict]:
    """Say to those under a minimum, and retained, why it does not hold."""
    why = Message("sans effet, {said}", {"said": said})
    return {
        place: verdict._replace(reasons=(*below[place], why))
        if place in below and verdict.status is Status.SELECTED
        else verdict
        for place, verdict in verdicts.items()
    }


def _retained(said: Message, standings: Sequence[Standing]) -> Message:
    """Say who is retained where the budget is enough for all: not those who wait for what they do not say."""
    words = "{said} : toutes les candidatures recevables sont retenues, sans classement nécessaire"
    if any(standing.status is not Status.SELECTED for standing in standings):
        words = "{said} : toutes celles qui sont complètes sont retenues, sans classement nécessaire"
    return Message(words, {"said": said})


def passes(card: ScoreCard, criteria: Criteria) -> bool:
    """Say whether a score card is above every minimum that the selection asks for."""
    return not _refusals(card, criteria)


def places_of(criteria: Criteria, wave: Wave | None) -> int | None:
    """Give the places to share: those of the only wave evaluated, where it has its own; None where no number limits."""
    return criteria.selection.counted_places if wave is None or wave.places is None else wave.places


def _refusals(card: ScoreCard, criteria: Criteria) -> tuple[Message, ...]:
    reasons: list[Message] = []
    minimum = criteria.selection.minimum
    if card.total is not None and criteria.selection.is_under_minimum(card.total):
        said = "total de {total} inférieur au minimum de {minimum}"
        if criteria.selection.minimum_strict:
            said = "total de {total} : il faut plus que le minimum de {minimum}"
        reasons.append(Message(said, {"total": card.total, "minimum": minimum}))
    reasons.extend(
        Message(
            "total de {total} : il faut plus que le minimum de {minimum} ({label})"
            if each.strict
            else "total de {total} inférieur au minimum de {minimum} ({label})",
            {"total": card.total, "minimum": each.at_least, "label": each.label},
        )
        for each in criteria.selection.floors
        if card.total is not None and each.refuses(card.total) and holds(each.when, card.values)
    )
    floor_mark = criteria.selection.minimum_mark
    reached = None if floor_mark is None else raw_total(card, criteria)
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
                        "points": points_word(points) if threshold.on is Scale.POINTS else f"note de {spell(points)}",
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


def _standing(row: Ranked, verdict: Verdict, number: Number | None) -> Standing:
    status, reasons, granted = verdict
    scored, rank, best, worst, tied, _ = row
    standing = Standing(scored, status, rank, best, worst, tied, reasons, granted)
    return standing if number is None else standing._replace(numbered=number)


def _cut(
    standings: Sequence[Standing], places: int | None, reserve: int, criteria: Criteria, contested: tuple[str, ...]
) -> Cut:
    selected = Status.SELECTED
    kept = [standing for standing in standings if standing.status is selected]
    last = min((standing.card.total for standing in kept if standing.card.total is not None), default=None)
    budget = criteria.selection.budget
    granted = sum((standing.granted for standing in kept if standing.granted is not None), Fraction(0))
    return Cut(
        places,
        len(kept),
        reserve,
        criteria.selection.minimum,
        last,
        contested,
        0 if places is None else places - len(kept),
        None if budget is None else budget.amount,
        None if budget is None else granted,
    )

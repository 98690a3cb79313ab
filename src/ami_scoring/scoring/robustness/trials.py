"""The selection, redone whole with other weights: the judge of every answer of this room."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import lcm
from operator import mul

from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.scores import Mark, ScoreCard
from ami_scoring.domain.selection import Scale, Threshold
from ami_scoring.domain.standings import Status
from ami_scoring.exact import Fraction
from ami_scoring.scoring.places import rank, select, threshold_points
from ami_scoring.scoring.robustness.axes import Line
from ami_scoring.scoring.robustness.contest import Contest, Kind, Ranker

Weights = Sequence[Fraction]
"""In points, in the order of the axes."""
Kept = frozenset[str]
"""The references of those who get a place."""


def trier(evaluation: Evaluation, contest: Contest) -> Callable[[Weights], Kept]:
    """Make a function that says who gets a place with other weights, by the very rules of the call.

    Where places go in the order of totals alone, those behind who cannot come near a place are left out.
    """
    criteria, wave, axes = evaluation.criteria, evaluation.wave, contest.plane.axes
    scored = {standing.entry.reference: standing.scored for standing in evaluation.standings}

    def kept(weights: Weights) -> Kept:
        news = {axis.criterion: (axis.weight, weight) for axis, weight in zip(axes, weights, strict=True)}
        near = scored if contest.kind is Kind.SHARED else ahead(contest, weights)
        changed = [one._replace(card=reweighed(one.card, criteria, news)) for one in map(scored.__getitem__, near)]
        found, _ = select(rank(changed, criteria.ranking), _with_thresholds(criteria, news), wave)
        return frozenset(one.entry.reference for one in found if one.status is Status.SELECTED)

    return kept


def ahead(contest: Contest, weights: Weights, more: int = 0) -> list[str]:
    """List those who may have a place and whose total is at least that of the first who has none, places being given.

    With `more`, that of so many after it. One who stands just on a floor is listed, and counts for nobody: some
    floors are strict.
    """
    scale = lcm(*(weight.denominator for weight in weights))
    units = [int(weight * scale) * contest.plane.unit for weight in weights]
    fit = [(_at(one.line, units, scale), room, one) for one in contest.field if (room := _room(one, units, scale)) >= 0]
    totals = sorted((total for total, room, _ in fit if room), reverse=True)
    last = contest.places + more
    return [one.reference for total, _, one in fit if len(totals) <= last or total >= totals[last]]


def _room(one: Ranker, units: Sequence[int], scale: int) -> int:
    """Give how far above its nearest floor one is: 0 just on it, below 0 where it cannot have a place."""
    return min((_at(line, units, scale) for line in one.demands), default=1) if one.may_enter else -1


def _at(line: Line, units: Sequence[int], scale: int) -> int:
    return line.fixed * scale + int(sum(map(mul, line.slopes, units)))


News = Mapping[str, tuple[Fraction, Fraction]]
"""The voted weight and the new one, by first-level criterion."""


def reweighed(card: ScoreCard, criteria: Criteria, news: News) -> ScoreCard:
    """Give the score card that other weights would give: raw marks stay, points follow."""
    marks = dict(card.marks)
    for root in criteria.criteria:
        if root.id in news:
            marks.update(_of(root, card.marks, *news[root.id]))
    parts = [marks[root.id] for root in criteria.criteria]
    points = [part.points for part in parts]
    known = [each for each in points if each is not None]
    total = sum(known, Fraction(0)) if len(known) == len(points) else None
    low, high = (sum((getattr(part, side) for part in parts), Fraction(0)) for side in ("low", "high"))
    return card._replace(marks=marks, total=total, low=low, high=high)


def _of(root: Criterion, marks: Mapping[str, Mark], voted: Fraction, new: Fraction) -> Mapping[str, Mark]:
    if not voted:
        return {root.id: _from_mark(marks[root.id], new / root.top)}
    times = new / voted
    return {each.id: _times(marks[each.id], times) for each in root.walk()}


def _times(mark: Mark, times: Fraction) -> Mark:
    points = None if mark.points is None else mark.points * times
    return mark._replace(points=points, low=mark.low * times, high=mark.high * times)


def _from_mark(mark: Mark, worth: Fraction) -> Mark:
    """Weigh a leaf that was voted at zero, from its raw mark and the interval of it."""
    seen = mark.appraisal
    low, high = (mark.low, mark.high) if seen is None else (seen.low * worth, seen.high * worth)
    return mark._replace(points=None if mark.mark is None else mark.mark * worth, low=low, high=high)


def _with_thresholds(criteria: Criteria, news: News) -> Criteria:
    """Let the thresholds that are shares of a weight follow it; those in points, and on raw marks, stay."""
    if not criteria.selection.thresholds:
        return criteria
    over = {each.id: root.id for root in criteria.criteria for each in root.walk()}
    thresholds = [_threshold(each, criteria, news.get(over[each.criterion])) for each in criteria.selection.thresholds]
    selection = criteria.selection.model_copy(update={"thresholds": thresholds})
    return criteria.model_copy(update={"selection": selection})


def _threshold(threshold: Threshold, criteria: Criteria, new: tuple[Fraction, Fraction] | None) -> Threshold:
    if threshold.share is None or threshold.on is Scale.MARK or new is None:
        return threshold
    voted, weight = new
    floor = threshold_points(threshold, criteria) * weight / voted if voted else threshold.share * weight
    return threshold.model_copy(update={"at_least": floor, "share": None})

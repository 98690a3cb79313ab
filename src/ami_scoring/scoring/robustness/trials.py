"""The selection, redone whole with other weights: the judge of every answer of this room."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.scores import Evaluation, Mark, ScoreCard, Status
from ami_scoring.domain.selection import Scale, Threshold
from ami_scoring.exact import Fraction
from ami_scoring.scoring.places import rank, select, threshold_points
from ami_scoring.scoring.robustness.axes import Axis

Weights = Sequence[Fraction]
"""In points, in the order of the axes."""
Kept = frozenset[str]
"""The references of those who get a place."""


def trier(evaluation: Evaluation, axes: Sequence[Axis]) -> Callable[[Weights], Kept]:
    """Make a function that says who gets a place with other weights, by the very rules of the call."""
    criteria, wave = evaluation.criteria, evaluation.wave
    scored = [standing.scored for standing in evaluation.standings]

    def kept(weights: Weights) -> Kept:
        news = {axis.criterion: (axis.weight, weight) for axis, weight in zip(axes, weights, strict=True)}
        changed = [one._replace(card=reweighed(one.card, criteria, news)) for one in scored]
        found, _ = select(rank(changed, criteria.ranking), _with_thresholds(criteria, news), wave)
        return frozenset(one.entry.reference for one in found if one.status is Status.SELECTED)

    return kept


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

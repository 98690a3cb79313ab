"""What is wrong in the thresholds and the quotas of a policy."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from ami_scoring.domain.criteria import Criteria, Criterion, most_of
from ami_scoring.domain.limits import Limited
from ami_scoring.domain.selection import Scale, Threshold
from ami_scoring.exact import Fraction
from ami_scoring.findings import Problem
from ami_scoring.messages import spell
from ami_scoring.scoring.checks.budgets import check_budget, check_waves_budgets
from ami_scoring.scoring.checks.conditions import check_condition
from ami_scoring.scoring.checks.places import check_places
from ami_scoring.scoring.checks.ties import unknown_criterion
from ami_scoring.scoring.words import Path, error


def check_selection(criteria: Criteria) -> Iterator[Problem]:
    """Check who gets a place: thresholds, places kept, categories, budget, minimum totals."""
    for place, threshold in enumerate(criteria.selection.thresholds):
        path: Path = ("selection", "thresholds", place)
        criterion = criteria.by_id.get(threshold.criterion)
        if criterion is None:
            yield unknown_criterion(threshold.criterion, (*path, "criterion"))
        else:
            yield from _check_threshold(threshold, criterion, path)
    yield from _check_places_kept(criteria)
    yield from check_places(criteria)
    for place, quota in enumerate(criteria.selection.quotas):
        if quota.at_most is not None and quota.at_least > quota.at_most:
            yield error(
                "limits-crossed",
                ("selection", "quotas", place, "at_least"),
                "Plus de places garanties que de places au plus.",
                related=(("selection", "quotas", place, "at_most"),),
            )
    yield from _check_quotas_together(criteria)
    yield from _check_categories_of_selection(criteria)
    yield from _check_totals(criteria)


def _check_quotas_together(criteria: Criteria) -> Iterator[Problem]:
    """Find the quotas of one condition of which one keeps more places than another allows."""
    quotas = criteria.selection.quotas
    capped: dict[str, tuple[int, int]] = {}
    for place, quota in enumerate(quotas):
        if quota.at_most is not None:
            capped[repr(quota.when)] = min((quota.at_most, place), capped.get(repr(quota.when), (quota.at_most, place)))
    for place, quota in enumerate(quotas):
        most, other = capped.get(repr(quota.when), (quota.at_least, place))
        if most < quota.at_least and other != place:
            yield error(
                "limits-crossed",
                ("selection", "quotas", place, "at_least"),
                "« {label} » garantit {least} places, « {rival} » n'en permet que {most} aux mêmes candidatures.",
                related=(("selection", "quotas", other, "at_most"),),
                label=quota.label,
                least=quota.at_least,
                rival=quotas[other].label,
                most=most,
            )


def _check_threshold(threshold: Threshold, criterion: Criterion, path: Path) -> Iterator[Problem]:
    top = criterion.most if threshold.on is Scale.POINTS else _highest_mark(criterion)
    worth = _worth(threshold, "at_least" if threshold.share is None else "share")
    if threshold.share is not None and not 0 <= threshold.share <= 1:
        said = "Une part va de 0 à 1, ou de 0 % à 100 %{worth}."
        yield error("threshold-above-top", (*path, "share"), said, worth=worth)
    elif threshold.share is not None and criterion.open_ended:
        yield error("threshold-above-top", (*path, "share"), "Un critère sans maximum n'a pas de part (« at_least »).")
    elif threshold.at_least is not None and top is not None and threshold.at_least > top:
        said = "Ce seuil dépasse le maximum du critère ({top}){worth}."
        yield error("threshold-above-top", (*path, "at_least"), said, top=top, worth=worth)


def _worth(limited: Limited, key: str) -> str:
    """Say what the parameter is worth that states a limit; nothing where the limit is written."""
    name = limited.stated_by(key)
    return "" if name is None else f" : « {name} » vaut {spell(getattr(limited, key))}"


def _check_places_kept(criteria: Criteria) -> Iterator[Problem]:
    """Find the quota with which more places are kept than there are."""
    places = criteria.selection.counted_places
    kept = list(accumulate(quota.at_least for quota in criteria.selection.quotas))
    if places is not None and kept and kept[-1] > places:
        guilty = next(place for place, so_far in enumerate(kept) if so_far > places)
        yield error(
            "quota-unreachable",
            ("selection", "quotas", guilty, "at_least"),
            "Places garanties par les quotas : {kept} ; places en tout : {places}.",
            related=(("selection", "places"),),
            kept=kept[-1],
            places=places,
        )
    for place, wave in enumerate(criteria.waves):
        if wave.places is not None and kept and kept[-1] > wave.places:
            yield error(
                "quota-unreachable",
                ("waves", place, "places"),
                "Places garanties par les quotas : {kept} ; places de cette vague : {places}.",
                related=(("selection", "quotas"),),
                kept=kept[-1],
                places=wave.places,
            )


def _check_categories_of_selection(criteria: Criteria) -> Iterator[Problem]:
    selection = criteria.selection
    listed = {"quotas": [each.when for each in selection.quotas], "floors": [each.when for each in selection.floors]}
    for name, conditions in listed.items():
        for place, condition in enumerate(conditions):
            yield from check_condition(condition, ("selection", name, place, "when"), criteria.catalogue)
    if selection.budget is not None:
        yield from check_budget(selection.budget, criteria)
    yield from check_waves_budgets(criteria)


def _check_totals(criteria: Criteria) -> Iterator[Problem]:
    selection, most = criteria.selection, most_of(criteria.criteria)
    marks = [_highest_mark(root) for root in criteria.criteria]
    known = [mark for mark in marks if mark is not None]
    raw = sum(known, Fraction(0)) if len(known) == len(marks) else None
    bounds: list[tuple[Path, Limited, Fraction | None, Fraction | None]] = [
        (("selection", "minimum"), selection, selection.minimum, most),
        (("selection", "minimum_mark"), selection, selection.minimum_mark, raw),
        (("selection", "decides_from"), selection, selection.deciding_total, most),
        *((("selection", "floors", at, "at_least"), f, f.at_least, most) for at, f in enumerate(selection.floors)),
    ]
    stricts: set[Path] = {
        ("selection", "floors", place, "at_least") for place, f in enumerate(selection.floors) if f.strict
    }
    if selection.minimum_strict:
        stricts.add(("selection", "minimum"))
    for path, limited, bound, top in bounds:
        strict = path in stricts
        if bound is not None and top is not None and (bound > top or (strict and bound == top)):
            said = "Ce minimum dépasse le total possible ({top}){worth}."
            if path[-1] == "decides_from":
                said = "Le total à partir duquel la note décide dépasse le total possible ({top}){worth}."
            elif strict and bound == top:
                said = "Il faut dépasser ce minimum, et c'est déjà le total possible ({top}){worth}."
            yield error("threshold-above-top", path, said, top=top, worth=_worth(limited, str(path[-1])))


def _highest_mark(criterion: Criterion) -> Fraction | None:
    return criterion.most if criterion.criteria is not None or criterion.open_ended else criterion.top

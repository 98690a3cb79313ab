"""Whose places a candidature could take: not those kept for others, nor those beyond what its own category may get."""

from typing import NamedTuple

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.selection import Quota
from ami_scoring.domain.standings import Standing, Status
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks import holds
from ami_scoring.scoring.places.claims import guaranteed
from ami_scoring.scoring.places.own_orders import own_part_of


class Rivals(NamedTuple):
    """The totals of those whose place it could take, from the lowest, and the quotas that narrow them."""

    totals: tuple[Fraction, ...]
    full: tuple[Quota, ...]
    """Those of its own categories that have all that they may get."""
    kept: tuple[Quota, ...]
    """The categories, not its own, under whose guarantee some places are given."""


def rivals_of(evaluation: Evaluation, standing: Standing) -> Rivals:
    """Find who has a place that a candidature could have had: not those served whatever their totals."""
    budget = evaluation.criteria.selection.budget
    served = (one for one in evaluation.standings if one.status is Status.SELECTED and one is not standing)
    selected = [one for one in served if own_part_of(budget, one.card) is None]
    quotas = evaluation.criteria.selection.quotas
    own = [quota for quota in quotas if _is_of(quota, standing)]
    full = [
        quota
        for quota in own
        if quota.at_most is not None and sum(_is_of(quota, one) for one in selected) >= quota.at_most
    ]
    others = [quota for quota in quotas if quota not in own]
    kept = [quota for quota in others if any(guaranteed(quota) in one.reasons for one in selected)]
    within = [
        one
        for one in selected
        if all(_is_of(quota, one) for quota in full) and not any(guaranteed(quota) in one.reasons for quota in kept)
    ]
    totals = {one.card.total for one in within if one.card.total is not None}
    return Rivals(tuple(sorted(totals)), tuple(full), tuple(kept))


def _is_of(quota: Quota, standing: Standing) -> bool:
    return holds(quota.when, standing.card.values) is True

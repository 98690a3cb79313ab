"""What the page needs to weigh, rank and select anew: raw marks, categories, demands, all as exact numbers.

The script adds up and compares; every rule, condition and word stays here. Numbers are written as `plain` does.
"""

from __future__ import annotations

from typing import Any

from ami_scoring.domain.budgets import Enough, Short
from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.selection import Selection
from ami_scoring.domain.ties import CriterionTie
from ami_scoring.exact import Fraction, plain
from ami_scoring.reports.page.figures import Figures


def trial_of(evaluation: Evaluation, figures: Figures) -> dict[str, Any]:
    """Give the settings of the evaluation: the tree with its weights, what decides of places."""
    criteria, cut = evaluation.criteria, evaluation.cut
    wave = evaluation.wave
    order = {name: place for place, name in enumerate(criteria.by_id)}
    parents = {child.id: order[node.id] for node in criteria.by_id.values() for child in node.criteria or ()}
    return {
        "nodes": [
            _node(node, parents.get(node.id, -1), figures, is_fixed=evaluation.weights_choose_versions)
            for node in criteria.by_id.values()
        ],
        "total": plain(criteria.total),
        "places": cut.places,
        "reserve": cut.reserve,
        "ownPlaces": wave.id if wave and wave.places is not None else None,
        "ownReserve": wave.id if wave and wave.reserve is not None else None,
        "unread": evaluation.beside,
        "toVerify": evaluation.awaits_verification,
        "others": figures.others,
        "versions": figures.versions,
        "keepsBest": criteria.versions.keeps_best,
        "together": figures.together,
        "ties": [order[tie.criterion] if isinstance(tie, CriterionTie) else None for tie in criteria.ranking.ordering],
        **_selection(criteria, order, is_enough=cut.enough is not None),
    }


def _node(node: Criterion, parent: int, figures: Figures, *, is_fixed: bool) -> dict[str, Any]:
    return {
        "id": node.id,
        "parent": parent,
        "label": node.label,
        "leaf": node.criteria is None,
        "parts": figures.parts.get(node.id, 1),
        "capped": node.capped,
        "counts": node.counts_in_sum,
        "open": node.open_ended,
        "weight": plain(node.weight),
        "top": plain(node.top),
        "input": not is_fixed and (node.capped if node.criteria else node.top > 0 and not node.open_ended),
    }


def _selection(criteria: Criteria, order: dict[str, int], *, is_enough: bool) -> dict[str, Any]:
    selection = criteria.selection
    return {
        "minimum": _plain(selection.minimum),
        "minimumStrict": selection.minimum_strict,
        "floors": [{"atLeast": plain(floor.at_least), "strict": floor.strict} for floor in selection.floors],
        "minimumMark": _plain(selection.minimum_mark),
        "thresholds": [
            {
                "node": order[each.criterion],
                "on": each.on.value,
                "atLeast": _plain(each.at_least),
                "share": _plain(each.share),
                "strict": each.strict,
            }
            for each in selection.thresholds
        ],
        "quotas": [{"atLeast": each.at_least, "atMost": each.at_most} for each in selection.quotas],
        "budget": _budget(selection),
        "enough": None if selection.budget is None or selection.budget.when_enough is Enough.RANK else is_enough,
        "decidesFrom": "never" if selection.never_decides else _plain(selection.deciding_total),
    }


def _budget(selection: Selection) -> dict[str, Any] | None:
    budget = selection.budget
    if budget is None:
        return None
    return {
        "amount": plain(budget.amount),
        "times": plain(budget.times),
        "leastTimes": _plain(budget.least_times),
        "levels": budget.admits_levels,
        "partial": budget.partial,
        "stops": budget.when_short is Short.STOP,
        "envelopes": [
            {"amount": plain(amount), "spill": each.spill}
            for each, amount in zip(budget.envelopes, budget.parts, strict=True)
        ],
        "spillsTo": budget.spills_to,
    }


def _plain(number: Fraction | None) -> str | None:
    return None if number is None else plain(number)

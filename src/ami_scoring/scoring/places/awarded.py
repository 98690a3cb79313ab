"""What earlier waves leave of the places, the quotas and the budget of a call, and of what is to be covered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ami_scoring.domain.budgets import Budget
from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.evaluated import Award
from ami_scoring.domain.facts import Missing, Value
from ami_scoring.domain.selection import Quota
from ami_scoring.domain.ties import Holder, Ranking
from ami_scoring.domain.waves import with_selection
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks import holds

_NOTHING: Final = Fraction(0)


def left_by(criteria: Criteria, wave: Wave, awards: Sequence[Award]) -> Criteria:
    """Give the policy of a wave evaluated alone, less what earlier waves gave of what is the whole call's.

    The places and the budget that are the wave's own stay whole. Quotas are the call's: what was given counts in what
    they guarantee and in what they allow; one whose category nobody knows counts in what they allow. What those that
    were retained are is covered.
    """
    selection, changed = criteria.selection, dict[str, Any]()
    if selection.counted_places is not None and wave.places is None:
        changed["places"] = max(0, selection.counted_places - len(awards))
    if selection.quotas:
        changed["quotas"] = [_quota_left(quota, awards) for quota in selection.quotas]
    if selection.budget is not None and wave.budget is None:
        changed["budget"] = _budget_left(selection.budget, awards)
    ranking = _ranking_after(criteria.ranking, awards)
    if not changed and ranking is criteria.ranking:
        return criteria
    return with_selection(criteria, selection.model_copy(update=changed), ranking)


def _ranking_after(ranking: Ranking, awards: Sequence[Award]) -> Ranking:
    if ranking.uncovered is None or not awards:
        return ranking
    told = ((award, award.values[ranking.uncovered]) for award in awards)
    return ranking.after(
        tuple(
            Holder(award.entry.reference, None if isinstance(value, Missing) else value, award.wave.name)
            for award, value in told
        )
    )


def _quota_left(quota: Quota, awards: Sequence[Award]) -> Quota:
    answers = [holds(quota.when, award.values) for award in awards]
    least = max(0, quota.at_least - answers.count(True))
    if quota.at_most is None:
        return quota.model_copy(update={"at_least": least})
    most = max(0, quota.at_most - (len(answers) - answers.count(False)))
    return quota.model_copy(update={"at_least": min(least, most), "at_most": most})


def _budget_left(budget: Budget, awards: Sequence[Award]) -> Budget:
    """Take what was granted from the whole and from the envelope of each.

    What an envelope left to others was paid from it: where these got more than there was outside of envelopes, those
    that spill pay, in the order of the file.
    """
    given = [(award.granted or _NOTHING) / budget.times for award in awards]
    left = max(_NOTHING, budget.amount - sum(given, _NOTHING))
    parts = list(budget.parts)
    for award, amount in zip(awards, given, strict=True):
        if (home := _home(budget, award.values)) is not None:
            parts[home] = max(_NOTHING, parts[home] - amount)
    spilling = [place for place, each in enumerate(budget.envelopes) if each.spill]
    for place in [*spilling, *range(len(parts))]:
        missing = max(_NOTHING, sum(parts, _NOTHING) - left)
        parts[place] -= min(parts[place], missing)
    envelopes = [
        each.model_copy(update={"amount": part, "share": None})
        for each, part in zip(budget.envelopes, parts, strict=True)
    ]
    return budget.model_copy(update={"amount": left, "envelopes": envelopes})


def _home(budget: Budget, values: Mapping[str, Value]) -> int | None:
    homes = (place for place, each in enumerate(budget.envelopes) if holds(each.when, values))
    return next(homes, None)

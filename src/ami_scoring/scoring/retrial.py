"""What would become of one candidature if some of its facts were others, everybody else being as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ami_scoring.domain.computed import COMPUTED
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import MISSING, Value
from ami_scoring.domain.scores import Evaluation, Scored, Standing, Status
from ami_scoring.scoring.computing import add_computed
from ami_scoring.scoring.eligibility import enter, refusals
from ami_scoring.scoring.engine import pool_rules, scorer, with_pool
from ami_scoring.scoring.ranking import rank
from ami_scoring.scoring.selection import select

Changes = Mapping[str, Value]


def retrial(evaluation: Evaluation, standing: Standing) -> Callable[[Changes], Status]:
    """Make a function that gives the status of a candidature changed: gates, points, thresholds, rank, selection.

    Facts worked out from those that change are worked out again, and so is what the others get by comparison.
    """
    criteria, score = evaluation.criteria, scorer(evaluation.criteria)
    others = [one.scored for one in evaluation.standings if one is not standing]

    def status(changes: Changes) -> Status:
        values = _with(changes, standing.card.values, criteria)
        entrance = enter(criteria, values)
        rivals = others
        if pool_rules(criteria):
            rivals = _compared(criteria, standing.scored, values, others)
        card = score(values)
        if entrance.refused or refusals(criteria, card):
            return Status.INELIGIBLE
        changed = Scored(standing.entry, standing.scored.wave, card, entrance.pending)
        found, _ = select(rank([*rivals, changed], criteria.ranking), criteria, evaluation.wave)
        return next(one.status for one in found if one.scored is changed)

    return status


def _with(changes: Changes, values: Mapping[str, Value], criteria: Criteria) -> dict[str, Value]:
    again = {name: MISSING for each in criteria.computed if (name := f"{COMPUTED}{each.name}") in values}
    changed: dict[str, Value] = {**values, **again, **changes}
    add_computed(criteria, changed)
    return changed


def _compared(criteria: Criteria, own: Scored, values: dict[str, Value], others: list[Scored]) -> list[Scored]:
    """Give the others as they would score against the candidature changed, which learns its best rivals too."""
    facts = [dict(one.card.values) for one in others]
    with_pool(criteria, [values, *(each for one, each in zip(others, facts, strict=True) if one.wave is own.wave)])
    score = scorer(criteria)
    return [one._replace(card=score(each)) for one, each in zip(others, facts, strict=True)]

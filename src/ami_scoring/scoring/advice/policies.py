"""Advice on a policy that would score: what nobody can reach, what acts on nothing, what nobody could justify.

Given by `validate` only: a committee that scores does not need to hear it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ami_scoring.domain.criteria import Criteria, Criterion, MissingPolicy
from ami_scoring.domain.rules import AnyRule, BestOf, Cases, Checklist, SumOf, WorstOf
from ami_scoring.domain.selection import Scale
from ami_scoring.domain.simple_rules import Judgement, Lookup, Relative, Table
from ami_scoring.exact import Fraction
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.advice.bars import advise_bars
from ami_scoring.scoring.advice.idle import advise_idle
from ami_scoring.scoring.advice.precedence import advise_items, advise_rows
from ami_scoring.scoring.advice.reach import Reaches, advise_conditions, advise_reach, advise_weight
from ami_scoring.scoring.checks import categories_of
from ami_scoring.scoring.checks.shares import advise_declared_shares, advise_shares
from ami_scoring.scoring.words import Path

_LOWERING: Final = {"condition-settled", "percentage-scale", "row-unreachable"}
"""Advice that may well explain why a weight is out of reach: it is then enough."""


def advise(criteria: Criteria) -> list[Problem]:
    """List what deserves a second look in a policy without errors."""
    reaches = Reaches(criteria)
    problems = [
        problem
        for place, root in enumerate(criteria.criteria)
        for problem in _advise_criterion(root, ("criteria", place), criteria, reaches)
    ]
    for place, computed in enumerate(criteria.computed):
        if computed.rule is not None:
            problems.extend(_advise_rule(computed.rule, ("computed", place, "rule"), criteria))
    problems.extend(_advise_references(criteria))
    problems.extend(advise_idle(criteria))
    return [
        *problems,
        *advise_declared_shares(criteria),
        *advise_conditions(criteria),
        *_advise_selection(criteria, reaches),
        *_advise_thresholds(criteria, reaches),
        *advise_bars(criteria),
    ]


def _advise_references(criteria: Criteria) -> Iterator[Problem]:
    for place, gate in enumerate(criteria.eligibility):
        if gate.reference is None:
            path = ("eligibility", place)
            yield _warning(
                "reference-missing", path, "« {id} » ne dit pas quel texte la fonde (« reference »).", id=gate.id
            )


def _advise_criterion(criterion: Criterion, path: Path, criteria: Criteria, reaches: Reaches) -> Iterator[Problem]:
    if criterion.reference is None:
        yield _warning(
            "reference-missing", path, "« {id} » ne dit pas quel texte le fonde (« reference »).", id=criterion.id
        )
    if criterion.rule is not None:
        if not criterion.examples and not isinstance(criterion.rule, (Judgement, Relative)):
            yield _warning(
                "example-missing", path, "« {id} » n'a aucun exemple chiffré (« examples »).", id=criterion.id
            )
        problems = list(_advise_rule(criterion.rule, (*path, "rule"), criteria))
        yield from problems
        if any(problem.code in _LOWERING for problem in problems):
            return
    yield from advise_weight(criterion, path, reaches)
    for place, child in enumerate(criterion.criteria or ()):
        yield from _advise_criterion(child, (*path, "criteria", place), criteria, reaches)


def _advise_rule(rule: AnyRule, path: Path, criteria: Criteria) -> Iterator[Problem]:
    shares = list(advise_shares(rule, path, criteria.catalogue))
    yield from shares or advise_reach(rule, path, criteria.catalogue)
    match rule:
        case Cases():
            if not shares:
                yield from advise_rows(rule, path, criteria.catalogue)
            for place, row in enumerate(rule.rows):
                if row.rule is not None:
                    yield from _advise_rule(row.rule, (*path, "rows", place, "rule"), criteria)
        case Checklist() if not shares:
            yield from advise_items(rule, path, criteria.catalogue)
        case BestOf() | WorstOf() | SumOf():
            for place, part in enumerate(rule.rules):
                yield from _advise_rule(part, (*path, "rules", place), criteria)
        case Lookup() if rule.otherwise is not None:
            possible = categories_of(criteria.catalogue[rule.fact])
            if possible is not None and set(possible) <= set(rule.by_category):
                yield _warning("otherwise-idle", (*path, "otherwise"), "Toutes les valeurs ont déjà leurs points.")
        case Table() if rule.otherwise is not None:
            rows, columns = (categories_of(criteria.catalogue[name]) for name in (rule.rows, rule.columns))
            if rows and columns and {(row, column) for row in rows for column in columns} <= set(rule.cells):
                yield _warning("otherwise-idle", (*path, "otherwise"), "Toutes les cases ont déjà leurs points.")
        case _:
            pass


def _advise_selection(criteria: Criteria, reaches: Reaches) -> Iterator[Problem]:
    lowest = sum((_lowest(root, reaches) for root in criteria.criteria), Fraction(0))
    minimum = criteria.selection.minimum
    if minimum is not None and not criteria.selection.is_under_minimum(lowest):
        yield _warning(
            "threshold-idle",
            ("selection", "minimum"),
            "Ce minimum n'écarte personne : aucun total ne descend sous {lowest}.",
            lowest=lowest,
        )


def _advise_thresholds(criteria: Criteria, reaches: Reaches) -> Iterator[Problem]:
    for place, threshold in enumerate(criteria.selection.thresholds):
        criterion = criteria.by_id[threshold.criterion]
        asked = threshold.at_least if threshold.share is None else threshold.share * (criterion.most or 0)
        lowest = _lowest(criterion, reaches)
        if asked is not None and threshold.on is Scale.POINTS and not threshold.strict and asked <= lowest:
            key = "at_least" if threshold.share is None else "share"
            yield _warning(
                "threshold-idle",
                ("selection", "thresholds", place, key),
                "Ce seuil n'écarte personne : « {id} » ne descend pas sous {lowest}.",
                id=criterion.id,
                lowest=lowest,
            )


def _lowest(criterion: Criterion, reaches: Reaches) -> Fraction:
    if criterion.rule is not None:
        low = reaches[criterion.id].low * criterion.scale
        return min(low, Fraction(0)) if criterion.if_missing is MissingPolicy.ZERO else low
    return sum((_lowest(child, reaches) for child in criterion.criteria or ()), Fraction(0))


def _warning(code: str, path: Path, template: str, **params: object) -> Problem:
    return Problem(code, Severity.WARNING, path, Message(template, params))

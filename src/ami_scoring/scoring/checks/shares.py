"""Advice on shares written as if they were percentages: `50` for 50 %, where a share is written `0.5`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from ami_scoring.domain.computed import ComputedFact
from ami_scoring.domain.conditions import AllOf, AnyCondition, AnyOf, FactCondition, Not
from ami_scoring.domain.criteria import Criteria, DeclaredFact
from ami_scoring.domain.facts import Fact, FactType
from ami_scoring.domain.rules import AnyRule, BestOf, Cases, Checklist, SumOf, WorstOf
from ami_scoring.domain.simple_rules import Bands, Linear, PerUnit
from ami_scoring.exact import Fraction, plain
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.words import Catalogue, Path

UNLIKELY: Final = 2
"""Above 200 %, a share that no one said could be so large is rather a percentage."""
ABSURD: Final = 10
"""Nobody declares a share that may reach 1 000 %."""
Bound = tuple[Path, object]


def advise_declared_shares(criteria: Criteria) -> Iterator[Problem]:
    """Warn of declared or computed shares whose limits are those of a percentage."""
    sections: dict[str, Sequence[DeclaredFact | ComputedFact]] = {
        "facts": criteria.facts,
        "computed": criteria.computed,
    }
    for section, facts in sections.items():
        for place, fact in enumerate(facts):
            limits = [(key, limit) for key, limit in (("minimum", fact.minimum), ("maximum", fact.maximum)) if limit]
            wrong = [each for each in limits if fact.type is FactType.PERCENTAGE and abs(each[1]) >= ABSURD]
            for key, limit in wrong[-1:]:
                yield _warning(fact.name, limit, (section, place, key))


def advise_shares(rule: AnyRule, path: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Warn, once, of the shares that one rule compares with a percentage, the rules below it apart."""
    match rule:
        case Bands():
            yield from _first(
                catalogue[rule.fact],
                [
                    ((*path, "bands", place, key), bound)
                    for place, band in enumerate(rule.bands)
                    for key, bound in band.bounds.items()
                ],
            )
        case Linear():
            knots = enumerate(rule.knots)
            yield from _first(catalogue[rule.fact], [((*path, "knots", place, "at"), knot.at) for place, knot in knots])
        case PerUnit():
            bounds: list[Bound] = [((*path, "after"), rule.after)]
            yield from _first(catalogue[rule.fact], bounds)
        case Checklist():
            for place, item in enumerate(rule.items):
                yield from share_conditions(item.if_, (*path, "items", place, "if"), catalogue)
        case Cases():
            for place, row in enumerate(rule.rows):
                yield from share_conditions(row.if_, (*path, "rows", place, "if"), catalogue)
        case _:
            pass


def every_share(rule: AnyRule, path: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Warn of the shares that a rule, or a rule below it, compares with a percentage."""
    yield from advise_shares(rule, path, catalogue)
    match rule:
        case Cases():
            for place, row in enumerate(rule.rows):
                if row.rule is not None:
                    yield from every_share(row.rule, (*path, "rows", place, "rule"), catalogue)
        case BestOf() | WorstOf() | SumOf():
            for place, part in enumerate(rule.rules):
                yield from every_share(part, (*path, "rules", place), catalogue)
        case _:
            pass


def share_conditions(condition: AnyCondition, path: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Warn of the shares that a condition compares with a percentage."""
    match condition:
        case FactCondition():
            yield from _first(catalogue[condition.fact], [((*path, condition.operator), condition.test[1])])
        case AllOf() | AnyOf():
            parts, key = (condition.all_, "all") if isinstance(condition, AllOf) else (condition.any_, "any")
            for place, part in enumerate(parts):
                yield from share_conditions(part, (*path, key, place), catalogue)
        case Not():
            yield from share_conditions(condition.not_, (*path, "not"), catalogue)


def _first(fact: Fact, bounds: list[Bound]) -> Iterator[Problem]:
    if fact.type is not FactType.PERCENTAGE:
        return
    most = UNLIKELY if fact.maximum is None or isinstance(fact.maximum, date) else max(fact.maximum, 1)
    for path, bound in bounds:
        if isinstance(bound, Fraction) and bound > most:
            yield _warning(fact.name, bound, path)
            return


def _warning(name: str, bound: Fraction, path: Path) -> Problem:
    message = Message(
        "« {fact} » est une part : {bound} y vaut {percent} %.", {"fact": name, "bound": bound, "percent": bound * 100}
    )
    mend = Message(
        "Pour {bound} %, écrivez {right}. Une part qui peut dépasser 100 % déclare son « maximum ».",
        {"bound": bound, "right": plain(bound / 100)},
    )
    return Problem("percentage-scale", Severity.WARNING, path, message, mend)

"""Advice on what no candidature reaches: a weight, a band, a knot, a condition that always has the same answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from math import prod
from typing import Final

from ami_scoring.domain.conditions import AllOf, AnyCondition, AnyOf, Not, facts_of
from ami_scoring.domain.criteria import Criteria, Criterion, most_of
from ami_scoring.domain.facts import MISSING, Fact
from ami_scoring.domain.primitives import fold
from ami_scoring.domain.rules import AnyRule, Cases, Checklist, Row
from ami_scoring.domain.scores import Range
from ami_scoring.domain.simple_rules import Bands, Linear
from ami_scoring.exact import Fraction, plain
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message, spell
from ami_scoring.patterns import late
from ami_scoring.scoring.checks import values_around
from ami_scoring.scoring.marks import MAX_COMBINATIONS, attainable_points, holds
from ami_scoring.scoring.values import values_that_matter
from ami_scoring.scoring.words import Catalogue, Path, points_word

NARROW: Final = 10
"""A weight of which less than one part in so many is at stake hardly acts."""
_PRICE: Final = late(r"\b(?:prix|tarifs?|loyers?)\b")


class Reaches(dict[str, Range]):
    """What the rule of each criterion can give, over every candidature, by the id of the criterion: worked out once."""

    def __init__(self, criteria: Criteria) -> None:
        """Work out nothing yet."""
        self._criteria = criteria
        super().__init__()

    def __missing__(self, leaf: str) -> Range:
        """Work out what one can give."""
        rule = self._criteria.by_id[leaf].rule
        assert rule is not None  # noqa: S101 - leaves carry rules
        reach = self[leaf] = attainable_points(rule, self._criteria.catalogue)
        return reach


def advise_weight(criterion: Criterion, path: Path, reaches: Reaches) -> Iterator[Problem]:
    """Warn of a weight that no candidature gets whole. A rule that always gives the same is told elsewhere."""
    if criterion.rule is None:
        below = most_of(criterion.criteria or ())
        if criterion.capped and below is not None and below < criterion.weight:
            mend = Message("Baissez le poids à {most}, ou relevez ceux du dessous.", {"most": plain(below)})
            yield _unreachable_weight(criterion.weight, below, (*path, "weight"), mend)
        return
    reach = reaches[criterion.id]
    if criterion.open_ended or reach.is_single:
        return
    if reach.high >= criterion.top:
        yield from _advise_spread(criterion, reach, path)
        return
    best = plain(max(reach.high, Fraction(0)))
    if criterion.out_of is not None:
        mend = Message("Relevez les points de la règle, ou écrivez « out_of: {best} ».", {"best": best})
        yield _unreachable_weight(criterion.out_of, reach.high, (*path, "out_of"), mend)
    elif reach.high > 0:
        mend = Message(
            "Relevez les points de la règle, baissez le poids à {best}, ou écrivez « out_of: {best} » pour que "
            "{best} en vaille {weight}.",
            {"best": best, "weight": plain(criterion.weight)},
        )
        yield _unreachable_weight(criterion.weight, reach.high, (*path, "weight"), mend)
    else:
        mend = Message("Un malus a un poids de 0.")
        yield _unreachable_weight(criterion.weight, reach.high, (*path, "weight"), mend)


def _advise_spread(criterion: Criterion, reach: Range, path: Path) -> Iterator[Problem]:
    """Warn of a weight of which the rule moves but a small part: all candidatures get nearly the same."""
    spread = (reach.high - reach.low) * criterion.scale
    if spread * NARROW < criterion.weight:
        message = Message(
            "Tout le monde a entre {low} et {high} sur {top} : ce poids de {weight} ne départage que de {spread}.",
            {
                "low": reach.low,
                "high": reach.high,
                "top": criterion.top,
                "weight": criterion.weight,
                "spread": points_word(spread),
            },
        )
        mend = Message("Baissez le poids, ou écartez les points de la règle.")
        yield Problem("weight-narrow", Severity.WARNING, (*path, "weight"), message, mend)


def _unreachable_weight(expected: Fraction, highest: Fraction, path: Path, mend: Message) -> Problem:
    message = Message(
        "Personne n'obtient {expected} : le plus que l'on puisse avoir ici est {highest}.",
        {"expected": expected, "highest": highest},
    )
    return Problem("weight-unreachable", Severity.WARNING, path, message, mend)


def advise_reach(rule: AnyRule, path: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Warn of what nobody reaches in one rule, the rules below it apart."""
    match rule:
        case Bands():
            yield from _advise_bands(rule, path, catalogue[rule.fact])
        case Linear():
            yield from _advise_knots(rule, path, catalogue[rule.fact])
            yield from _advise_price(rule, path, catalogue[rule.fact])
        case Checklist():
            for place, item in enumerate(rule.items):
                yield from advise_condition(item.if_, (*path, "items", place, "if"), catalogue)
        case Cases():
            for place, row in enumerate(rule.rows):
                yield from _advise_parts(row.if_, (*path, "rows", place, "if"), catalogue)
        case _:
            pass


def _advise_bands(rule: Bands, path: Path, fact: Fact) -> Iterator[Problem]:
    limits = [limit for limit in (fact.minimum, fact.maximum) if limit is not None]
    for place, band in enumerate(rule.bands if limits else ()):
        bounds = [bound for bound in (band.lower, band.upper) if bound is not None]
        beyond = [min([*bounds, *limits]) - 1, max([*bounds, *limits]) + 1] if fact.type.is_number else []  # type: ignore[operator] # numbers
        tried = [at for at in values_around([*bounds, *limits, *beyond], fact) if _admits(fact, at)]
        if not any(band.holds(at) for at in tried):
            message = Message("Aucune candidature n'atteint cette tranche.")
            yield Problem("row-unreachable", Severity.WARNING, (*path, "bands", place), message, domain_word(fact))


def _admits(fact: Fact, value: object) -> bool:
    low, high = fact.minimum, fact.maximum
    return (low is None or value >= low) and (high is None or value <= high)  # type: ignore[operator] # one type


def _advise_knots(rule: Linear, path: Path, fact: Fact) -> Iterator[Problem]:
    for place, (left, right) in enumerate(pairwise(rule.knots)):
        beyond = fact.maximum is not None and left.at >= fact.maximum  # type: ignore[operator] # both numbers
        before = fact.minimum is not None and right.at <= fact.minimum  # type: ignore[operator] # both numbers
        if beyond or before:
            message = Message("Aucune candidature n'atteint ce point de passage.")
            at = (*path, "knots", place + beyond, "at")
            yield Problem("row-unreachable", Severity.WARNING, at, message, domain_word(fact))


def _advise_price(rule: Linear, path: Path, fact: Fact) -> Iterator[Problem]:
    """Warn of a scale that gives more points to what costs more."""
    low, high = rule.knots[0], rule.knots[-1]
    if low.points < high.points and _PRICE.search(fold(fact.label)):
        message = Message(
            "« {label} » : {cheap} vaut {few}, {dear} vaut {many} ; le plus cher a le plus de points.",
            {
                "label": fact.label,
                "cheap": low.at,
                "few": points_word(low.points),
                "dear": high.at,
                "many": points_word(high.points),
            },
        )
        mend = Message("Si le moins cher est le meilleur, échangez les points.")
        yield Problem("scale-upside-down", Severity.WARNING, (*path, "knots"), message, mend)


def advise_conditions(criteria: Criteria) -> Iterator[Problem]:
    """Warn of the conditions of a policy, outside its rules, that always have the same answer."""
    selection = criteria.selection
    for place, gate in enumerate(criteria.eligibility):
        yield from advise_condition(gate.require, ("eligibility", place, "require"), criteria.catalogue)
    grouped = (
        (("selection", "floors"), [floor.when for floor in selection.floors]),
        (("selection", "quotas"), [quota.when for quota in selection.quotas]),
        (("selection", "budget", "envelopes"), [each.when for each in selection.budget.envelopes])
        if selection.budget
        else ((), []),
    )
    for path, conditions in grouped:
        for place, condition in enumerate(conditions):
            yield from advise_condition(condition, (*path, place, "when"), criteria.catalogue)


def advise_condition(condition: AnyCondition, path: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Warn of a condition that all candidatures meet, or none; if it tells them apart, of such a part of it."""
    answer = _settled(condition, catalogue)
    if answer is None:
        yield from _advise_parts(condition, path, catalogue)
        return
    said = "Toute candidature remplit cette condition." if answer else "Aucune candidature ne remplit cette condition."
    first = catalogue[facts_of(condition)[0]]
    yield Problem("condition-settled", Severity.WARNING, path, Message(said), domain_word(first))


def _advise_parts(condition: AnyCondition, path: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Warn of the parts that change nothing: always true among all, always false among any."""
    match condition:
        case AllOf() | AnyOf():
            idle = isinstance(condition, AllOf)
            parts, key = (condition.all_, "all") if isinstance(condition, AllOf) else (condition.any_, "any")
            for place, part in enumerate(parts):
                if _settled(part, catalogue) in {None, idle}:
                    yield from advise_condition(part, (*path, key, place), catalogue)
        case Not():
            yield from _advise_parts(condition.not_, (*path, "not"), catalogue)
        case _:
            pass


def _settled(condition: AnyCondition, catalogue: Catalogue) -> bool | None:
    """Say which answer every candidature gives to a condition; None when some differ, or are too many to try."""
    known = {answers[0] for answers in every_answer([condition], catalogue) or ()} - {None}
    return known.pop() if len(known) == 1 else None


def every_answer(conditions: Sequence[AnyCondition], catalogue: Catalogue) -> frozenset[tuple[bool | None, ...]] | None:
    """List the answers that candidatures give to conditions taken together; None stands for a fact that is missing.

    Decided exactly over all the facts that they read together; None beyond `MAX_COMBINATIONS` of their values.
    """
    names = tuple(dict.fromkeys(name for condition in conditions for name in facts_of(condition)))
    rows = [Row.model_construct(if_=condition, points=Fraction(0), rule=None) for condition in conditions]
    table = Cases.model_construct(kind="cases", rows=rows, otherwise=Fraction(0))
    tried = [list(values_that_matter(table, catalogue[name], MISSING)) for name in names]
    if prod(len(options) for options in tried) > MAX_COMBINATIONS:
        return None
    every = (dict(zip(names, combination, strict=True)) for combination in product(*tried))
    return frozenset(tuple(holds(condition, values) for condition in conditions) for values in every)


def domain_word(fact: Fact) -> Message | None:
    """Say which values a fact may have, where it is declared."""
    if fact.choices:
        return Message("« {fact} » vaut : {choices}.", {"fact": fact.name, "choices": list(fact.choices)})
    if fact.minimum is None and fact.maximum is None:
        return None
    ends = [
        f"{word} {spell(limit)}"
        for word, limit in (("au moins", fact.minimum), ("au plus", fact.maximum))
        if limit is not None
    ]
    return Message("« {fact} » vaut {ends}.", {"fact": fact.name, "ends": " et ".join(ends)})

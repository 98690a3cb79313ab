"""Evaluations made for tests: any policy, as many candidatures as wanted, with ties and missing facts."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.entries import Entry, Origin
from ami_scoring.domain.evaluated import Evaluation, Provenance
from ami_scoring.domain.facts import MISSING, Fact, FactType, Opinions, Value
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.selection import Every
from ami_scoring.domain.standings import SetAside, Status
from ami_scoring.domain.ties import FactTie
from ami_scoring.exact import Fraction
from ami_scoring.scoring.firmness import Unread, with_firmness
from ami_scoring.scoring.marks.eligibility import enter, refusals
from ami_scoring.scoring.marks.engine import facts_used, score, scorer
from ami_scoring.scoring.marks.verifying import left_open
from ami_scoring.scoring.places.ranking import rank
from ami_scoring.scoring.places.selection import select

WORDS = ("ars", "cpts", "plan des locaux", "mairie")
DAYS = (date(2021, 11, 2), date(2022, 2, 14), date(2022, 8, 30))
ORIGIN = Origin("candidatures.yaml", "0" * 64)


def pool(criteria: Criteria, count: int, seed: int, missing: float = 0.02) -> Evaluation:
    """Evaluate candidatures whose facts are drawn from a few values, so that many totals are equal.

    Facts that break ties are never missing: a workbook is frozen where they are.
    """
    ties = {tie.fact for tie in criteria.ranking.ties if isinstance(tie, FactTie)}
    draw = random.Random(seed)  # noqa: S311 - a test
    names, score = facts_used(criteria), scorer(criteria)
    scored = []
    for number in range(count):
        facts = {name: _value(criteria.catalogue[name], draw, 0 if name in ties else missing) for name in names}
        card, entrance = score(facts), enter(criteria, facts)
        if not entrance.refused and not refusals(criteria, card):
            entry = Entry(candidature(f"ESSAI-{number:05d}", f"Commune d'essai no {number}"), ORIGIN)
            scored.append(Scored(entry, criteria.waves[0], card, entrance.pending))
    return evaluation_of(criteria, scored)


def evaluation_of(criteria: Criteria, scored: Sequence[Scored], aside: tuple[SetAside, ...] = ()) -> Evaluation:
    """Rank, select, and say how firm each place is, as many files being unreadable as there are aside."""
    unread = [Unread(one.reference, one.origin.path) for one in aside if one.status is Status.UNREADABLE]
    standings, cut = select(rank(scored, criteria.ranking, len(unread)), criteria, None)
    standings, cut = with_firmness(standings, cut, criteria, unread=unread)
    provenance = Provenance("0.0", Origin("criteria.yaml", "1" * 64), (), (ORIGIN,))
    return Evaluation(criteria, None, standings, aside, cut, (), provenance)


def candidature(reference: str, name: str = "Commune d'essai", commune: str = "Essai", **more: Any) -> Candidature:
    """Make a candidature with nothing but names."""
    return Candidature.model_validate(
        {
            "reference": reference,
            "depose_le": "2021-10-01",
            "porteur": {"nom": name},
            "implantation": {"communes": [{"code_insee": "09001", "nom": commune}]},
            **more,
        }
    )


def rescored(evaluation: Evaluation, criteria: Criteria) -> Evaluation:
    """Evaluate the same facts under other weights, places or minimum."""
    again = []
    for standing in evaluation.standings:
        card = score(criteria, standing.card.values)
        one = Scored(standing.entry, standing.scored.wave, card, standing.scored.pending)
        if (opened := standing.scored.opened) is not None:
            opened = left_open(card, score(criteria, opened.card.values), opened.answers, criteria)
            one = one._replace(card=opened.card._replace(values=card.values), opened=opened)
        again.append(one)
    return evaluation_of(criteria, again, evaluation.set_aside)


def with_inputs(
    criteria: Criteria,
    weights: Mapping[str, Fraction],
    places: int | Every | None,
    reserve: int,
    minimum: Fraction | None,
) -> Criteria:
    """Change what the yellow cells change: marks keep their scale, sums follow."""
    roots = [_reweighed(root, weights) for root in criteria.criteria]
    chosen = criteria.selection.model_copy(update={"places": places, "reserve": reserve, "minimum": minimum})
    # A copy made by validation-free construction, so that nothing cached of the first policy remains.
    fields = {name: getattr(criteria, name) for name in type(criteria).model_fields}
    return Criteria.model_construct(**{**fields, "criteria": roots, "selection": chosen})


def _reweighed(criterion: Criterion, weights: Mapping[str, Fraction]) -> Criterion:
    if criterion.criteria is None:
        out_of = criterion.top if criterion.top > 0 else None
        return criterion.model_copy(update={"weight": weights.get(criterion.id, criterion.weight), "out_of": out_of})
    children = [_reweighed(child, weights) for child in criterion.criteria]
    counted = [child.weight for child in children if child.counts_in_sum]
    weight = (
        weights.get(criterion.id, criterion.weight) if criterion.capped or not counted else sum(counted, Fraction(0))
    )
    return criterion.model_copy(update={"criteria": children, "weight": weight})


def _value(fact: Fact, draw: random.Random, missing: float) -> Value:
    if draw.random() < missing:
        return MISSING
    match fact.type:
        case FactType.BOOLEAN:
            return draw.random() < 0.7
        case FactType.INTEGER:
            return draw.randrange(0, 7)
        case FactType.DATE:
            return draw.choice(DAYS)
        case FactType.CHOICE | FactType.TEXT:
            return draw.choice(fact.choices or WORDS)
        case FactType.OPINIONS:
            return Opinions(tuple(Fraction(draw.randrange(0, 11), 2) for _ in range(draw.randrange(1, 4))))
        case FactType.LIST:
            return frozenset(draw.sample(WORDS, draw.randrange(0, 4)))
        case _:
            return Fraction(draw.randrange(0, 12), 2)

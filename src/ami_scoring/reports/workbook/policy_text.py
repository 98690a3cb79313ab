"""Rules as the lines of a table: a condition, and the points that it gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ami_scoring.domain.criteria import Criteria, Criterion, MissingPolicy
from ami_scoring.domain.rules import (
    AnyRule,
    Bands,
    BestOf,
    Cases,
    Checklist,
    Linear,
    Lookup,
    Outside,
    PerUnit,
    SimpleRule,
    SumOf,
    WorstOf,
    own_facts,
)
from ami_scoring.domain.selection import CriterionTie, DrawTie, FactTie, Prefer
from ami_scoring.exact import Fraction
from ami_scoring.scoring.telling import band_word, condition_word, scale_word, slice_word
from ami_scoring.scoring.words import Catalogue, number_word

MISSING_WORDS = {
    MissingPolicy.ZERO: "compte pour rien, le dossier est classé",
    MissingPolicy.HOLD: "le dossier est à compléter",
    MissingPolicy.REJECT: "le dossier est écarté",
}
_COMPOSED = {"best_of": "Le meilleur de :", "worst_of": "Le moins bon de :", "sum_of": "La somme de :"}
_PREFERRED = {
    Prefer.EARLIEST: "le plus tôt d'abord",
    Prefer.LATEST: "le plus tard d'abord",
    Prefer.HIGHEST: "le plus grand d'abord",
    Prefer.LOWEST: "le plus petit d'abord",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: how far in, what is said, and the points or None."""

    depth: int
    said: str
    points: Fraction | None = None


def rule_lines(rule: AnyRule, catalogue: Catalogue, depth: int = 0) -> Iterator[Line]:
    """Give a rule line by line."""
    match rule:
        case Checklist():
            yield Line(depth, "Chaque élément rempli apporte :")
            for item in rule.items:
                yield Line(depth + 1, f"{item.label} — {condition_word(item.if_, catalogue)}", item.points)
            yield from _exclusions(rule, depth + 1)
            yield from _limits(rule, depth + 1)
        case Cases():
            yield Line(depth, "Le premier cas rempli l'emporte :")
            for place, row in enumerate(rule.rows, start=1):
                yield Line(depth + 1, f"cas {place} : {condition_word(row.if_, catalogue)}", row.points)
                yield from () if row.rule is None else rule_lines(row.rule, catalogue, depth + 2)
            yield Line(depth + 1, "aucun de ces cas", rule.otherwise)
        case BestOf() | WorstOf() | SumOf():
            yield Line(depth, _COMPOSED[rule.kind])
            for part in rule.rules:
                yield from rule_lines(part, catalogue, depth + 1)
            yield from _limits(rule, depth + 1)
        case _:
            yield Line(depth, f"{catalogue[own_facts(rule)[0]].label} :")
            yield from _simple_lines(rule, catalogue, depth + 1)


def tie_words(criteria: Criteria) -> list[str]:
    """Say what tells equal totals apart, in order."""
    return [_tie_word(tie, criteria) for tie in criteria.ranking.ties]


def missing_word(criterion: Criterion) -> str:
    """Say what happens when a fact that the rule reads is missing."""
    return MISSING_WORDS[criterion.if_missing]


def _simple_lines(rule: SimpleRule, catalogue: Catalogue, depth: int) -> Iterator[Line]:
    fact = catalogue[own_facts(rule)[0]]
    match rule:
        case Lookup():
            yield from (Line(depth, name, points) for name, points in rule.points.items())
            if rule.otherwise is not None:
                yield Line(depth, "toute autre valeur", rule.otherwise)
        case Bands():
            yield from (Line(depth, band_word(fact, band), band.points) for band in rule.bands)
        case Linear():
            yield from (Line(depth, number_word(fact, knot.at), knot.points) for knot in rule.knots)
            beyond = "constant au-delà" if rule.outside is Outside.CLAMP else "refusé au-delà"
            yield Line(depth, f"en ligne droite entre ces valeurs, {beyond}")
        case PerUnit():
            yield Line(depth, slice_word(rule, fact), rule.points)
            if rule.at_most is not None:
                yield Line(depth, "au plus", rule.at_most)
        case _:
            yield from (Line(depth, part) for part in scale_word(rule, catalogue).split(" ; "))


def _exclusions(rule: Checklist, depth: int) -> Iterator[Line]:
    for group in rule.rivals:
        names = " ; ".join(rule.items[place].label for place in group)
        yield Line(depth, f"un seul compte, le meilleur, parmi : {names}")


def _limits(rule: Checklist | BestOf | WorstOf | SumOf, depth: int) -> Iterator[Line]:
    if rule.at_most is not None:
        yield Line(depth, "au plus", rule.at_most)
    if rule.at_least is not None:
        yield Line(depth, "au moins", rule.at_least)


def _tie_word(tie: CriterionTie | FactTie | DrawTie, criteria: Criteria) -> str:
    match tie:
        case CriterionTie():
            return f"le plus de points à « {criteria.by_id[tie.criterion].label} »"
        case FactTie():
            fact = criteria.catalogue[tie.fact]
            return f"« {fact.label} » : {_PREFERRED[tie.prefer]}"
        case DrawTie():
            return f"tirage au sort que chacun peut refaire (graine publiée : {tie.draw})"

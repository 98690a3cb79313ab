"""Rules as the lines of a table: a condition, and the points that it gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ami_scoring.domain.rules import AnyRule, BestOf, Cases, Checklist, SumOf, WorstOf
from ami_scoring.domain.simple_rules import Bands, Linear, Lookup, Outside, PerUnit, SimpleRule, own_facts
from ami_scoring.exact import Fraction
from ami_scoring.scoring.telling.rules import condition_word, scale_band_word, scale_word, slice_word
from ami_scoring.scoring.words import Catalogue, number_word

_COMPOSED = {"best_of": "Le meilleur de :", "worst_of": "Le moins bon de :", "sum_of": "La somme de :"}


class RuleLine(NamedTuple):
    """One line of a table: how far in, what is said, and the points or None."""

    depth: int
    said: str
    points: Fraction | None = None


def rule_lines(rule: AnyRule, catalogue: Catalogue, depth: int = 0) -> Iterator[RuleLine]:
    """Give a rule line by line."""
    match rule:
        case Checklist():
            yield RuleLine(depth, "Chaque élément rempli apporte :")
            for item in rule.items:
                yield RuleLine(depth + 1, f"{item.label} — {condition_word(item.if_, catalogue)}", item.points)
            yield from _exclusions(rule, depth + 1)
            yield from _limits(rule, depth + 1)
        case Cases():
            yield RuleLine(depth, "Le premier cas rempli l'emporte :")
            for place, row in enumerate(rule.rows, start=1):
                yield RuleLine(depth + 1, f"cas {place} : {condition_word(row.if_, catalogue)}", row.points)
                yield from () if row.rule is None else rule_lines(row.rule, catalogue, depth + 2)
            yield RuleLine(depth + 1, "aucun de ces cas", rule.otherwise)
        case BestOf() | WorstOf() | SumOf():
            yield RuleLine(depth, _COMPOSED[rule.kind])
            for part in rule.rules:
                yield from rule_lines(part, catalogue, depth + 1)
            yield from _limits(rule, depth + 1)
        case _:
            yield RuleLine(depth, f"{catalogue[own_facts(rule)[0]].label} :")
            yield from _simple_lines(rule, catalogue, depth + 1)


def _simple_lines(rule: SimpleRule, catalogue: Catalogue, depth: int) -> Iterator[RuleLine]:
    fact = catalogue[own_facts(rule)[0]]
    match rule:
        case Lookup():
            yield from (RuleLine(depth, name, points) for name, points in rule.points.items())
            if rule.otherwise is not None:
                yield RuleLine(depth, "toute autre valeur", rule.otherwise)
        case Bands():
            yield from (RuleLine(depth, scale_band_word(band, fact, catalogue), band.points) for band in rule.bands)
        case Linear():
            yield from (RuleLine(depth, number_word(fact, knot.at), knot.points) for knot in rule.knots)
            beyond = "constant au-delà" if rule.outside is Outside.CLAMP else "refusé au-delà"
            yield RuleLine(depth, f"en ligne droite entre ces valeurs, {beyond}")
        case PerUnit():
            yield RuleLine(depth, slice_word(rule, fact), rule.points)
            if rule.at_most is not None:
                yield RuleLine(depth, "au plus", rule.at_most)
        case _:
            yield from (RuleLine(depth, part) for part in scale_word(rule, catalogue).split(" ; "))


def _exclusions(rule: Checklist, depth: int) -> Iterator[RuleLine]:
    for group in rule.rivals:
        names = " ; ".join(rule.items[place].label for place in group)
        yield RuleLine(depth, f"un seul compte, le meilleur, parmi : {names}")


def _limits(rule: Checklist | BestOf | WorstOf | SumOf, depth: int) -> Iterator[RuleLine]:
    if rule.at_most is not None:
        yield RuleLine(depth, "au plus", rule.at_most)
    if rule.at_least is not None:
        yield RuleLine(depth, "au moins", rule.at_least)

"""What the tests of the scoring start from: small policies, candidatures and rules, written as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import yaml  # type: ignore[import-untyped, unused-ignore]
from pydantic import TypeAdapter

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.catalogue import CATALOGUE
from ami_scoring.domain.comparisons import facts_of_comparisons
from ami_scoring.domain.criteria import Criteria, Criterion, DeclaredFact, Wave
from ami_scoring.domain.declared import declared_fact, parse_fact
from ami_scoring.domain.entries import Entry, Origin
from ami_scoring.domain.facts import MISSING, Fact, Missing, Value
from ami_scoring.domain.rules import AnyRule, Rule, facts_read
from ami_scoring.domain.scores import Mark, ScoreCard, Scored
from ami_scoring.exact import Fraction, parse_fraction
from ami_scoring.messages import NARROW_NO_BREAK, NO_BREAK, Message
from ami_scoring.scoring.marks.engine import score

RULE: Final[TypeAdapter[AnyRule]] = TypeAdapter(Rule)
POLICY = """
language: 1
call: {title: Appel d'essai, edition: essai, authority: Comité}
waves: [{id: v1, closes: 2022-02-28, zoning: z.csv}, {id: v2, label: Vague 2, closes: 2022-09-30, zoning: z.csv}]
criteria:
  - {id: zonage, label: Zonage, weight: 60,
     rule: {kind: lookup, fact: zonage, points: {ZIP: 60, ZAC: 30}, otherwise: 0}}
  - {id: bureaux, label: Bureaux, weight: 40, rule: {kind: per_unit, fact: locaux.bureaux, points: 10, at_most: 40}}
selection: {places: 2, reserve: 1}
"""
CANDIDATURE = """
reference: A-1
depose_le: 2022-09-01
porteur: {nom: Commune d'Essai}
implantation: {communes: [{code_insee: "09001"}]}
"""
TREE = """
criteria:
  - id: locaux
    label: Locaux
    weight: 60
    capped: oui
    criteria:
      - {id: bureaux, label: Bureaux, weight: 40, rule: {kind: per_unit, fact: locaux.bureaux, points: 10, at_most: 40}}
      - {id: acces, label: Accès, weight: 30, if_missing: zero,
         rule: {kind: lookup, fact: locaux.accessibles, points: {oui: 30, non: 10}}}
  - {id: zonage, label: Zonage, weight: 40, rule: {kind: lookup, fact: zonage, points: {ZIP: 40}, otherwise: 0}}
"""
"""A node capped, its leaves, and a leaf beside it."""
WAVE = Wave(id="v1", closes=date(2022, 9, 30), zoning="z.csv")
ORIGIN = Origin("dossier.yaml", "0" * 64)


def read(text: str) -> Any:
    """Read YAML as the project does: every scalar is a text."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds plain data only


def plain(text: object) -> str:
    """Write no-break spaces as plain ones, so that expected sentences can be typed."""
    return str(text).replace(NO_BREAK, " ").replace(NARROW_NO_BREAK, " ")


def policy(changes: str = "") -> Criteria:
    """Make a policy; `changes` are YAML that replaces whole top-level keys."""
    return Criteria.model_validate({**read(POLICY), **(read(changes) or {})})


def one_criterion(block: Mapping[str, Any]) -> Criteria:
    """Make a policy of one criterion, "a"; `block` gives its rule, its weight and the like."""
    leaf = {key: block[key] for key in ("weight", "out_of", "if_missing", "rule") if key in block}
    return Criteria.model_validate({**read(POLICY), "criteria": [{"id": "a", "label": "A", **leaf}]})


def candidature(changes: str = "") -> Candidature:
    """Make a candidature; `changes` are YAML that replaces whole top-level keys."""
    return Candidature.model_validate({**read(CANDIDATURE), **(read(changes) or {})})


def rule_of(data: object) -> AnyRule:
    """Make a rule from YAML or from what YAML would give."""
    return RULE.validate_python(read(data) if isinstance(data, str) else data)


def catalogue_with(declarations: list[dict[str, Any]]) -> Mapping[str, Fact]:
    """Give the catalogue, and the facts that a call would declare, under `complements.`."""
    declared = [DeclaredFact.model_validate(each) for each in declarations]
    facts = [declared_fact(f.name, f.type, f.label, f.unit, f.minimum, f.maximum, f.choices) for f in declared]
    return {**CATALOGUE, **{fact.name: fact for fact in facts}}


def values_of(rule: AnyRule, given: Mapping[str, Any], catalogue: Mapping[str, Fact]) -> dict[str, Value]:
    """Read what a case gives; `{at_least, at_most, among}` is a fact known in part, and the rest is missing."""
    every = {**catalogue, **{fact.name: fact for fact in facts_of_comparisons(rule, dict(catalogue))}}
    return dict.fromkeys(facts_read(rule), MISSING) | {
        name: _known_in_part(raw) if isinstance(raw, dict) else parse_fact(every[name], raw)
        for name, raw in given.items()
    }


def scored_by(criteria: Criteria, given: Mapping[str, Any]) -> ScoreCard:
    """Score the facts of a case by the rule of the first criterion."""
    rule = criteria.criteria[0].rule
    assert rule is not None
    return score(criteria, values_of(rule, given, criteria.catalogue))


def _known_in_part(raw: Mapping[str, Any]) -> Missing:
    low, high = (parse_fraction(str(raw[key])) if key in raw else None for key in ("at_least", "at_most"))
    return Missing(at_least=low, at_most=high, among=tuple(raw["among"]) if "among" in raw else None)


def scored(
    reference: str,
    total: object,
    *,
    low: object = None,
    high: object = None,
    marks: Mapping[str, object] | None = None,
    values: Mapping[str, Value] | None = None,
    pending: bool = False,
) -> Scored:
    """Make a candidature already scored: `total` is None when it is on hold."""
    points = None if total is None else _fraction(total)
    bounds = [points if bound is None else _fraction(bound) for bound in (low, high)]
    lowest, highest = (Fraction(0) if bound is None else bound for bound in bounds)
    given = {name: _fraction(mark) for name, mark in ({"zonage": 0, "bureaux": 0} | dict(marks or {})).items()}
    card = ScoreCard(
        {name: Mark(name, mark, mark, mark, mark) for name, mark in given.items()},
        points,
        lowest,
        highest,
        values or {},
    )
    entry = Entry(candidature(f"reference: {reference}"), ORIGIN)
    return Scored(entry, WAVE, card, (Message("à vérifier"),) if pending else ())


def _fraction(number: Any) -> Fraction:
    return parse_fraction(number) if isinstance(number, str) else Fraction(number)


def criterion(text: str) -> Criterion:
    """Make one criterion from YAML."""
    return Criterion.model_validate(read(text))

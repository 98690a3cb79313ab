"""What would have sufficed: the change of one criterion that fills a gap in the total."""

# ruff: noqa: E501 - a case is a line of data

from __future__ import annotations

import pytest

from ami_scoring.exact import parse_fraction
from ami_scoring.messages import NARROW_NO_BREAK, NO_BREAK
from ami_scoring.scoring.engine import score
from ami_scoring.scoring.sufficient import what_would_suffice

from .building import policy, read, values_of


def ways(criterion: str, given: str, gap: object) -> dict[str, str]:
    criteria = policy(f"criteria: [{{id: a, label: A, {criterion}}}]")
    values = {
        name: value
        for leaf in criteria.leaves
        if leaf.rule is not None
        for name, value in values_of(leaf.rule, read(given), criteria.catalogue).items()
    }
    found = what_would_suffice(criteria, score(criteria, values), parse_fraction(str(gap)))
    return {leaf.id: str(said).replace(NO_BREAK, " ").replace(NARROW_NO_BREAK, " ") for leaf, said in found}


def way(rule: str, given: str, gap: object) -> str | None:
    return ways(f"weight: 100, rule: {rule}", given, gap).get("a")


ROOMS = "« Nombre de bureaux de consultation »"
DELAY = "« Délai entre la clôture de la vague et la disponibilité des locaux »"
YEARS = "« Durée de l'engagement »"
ETP = "« Équivalents temps plein des médecins intéressés »"
ZONE = "« Zone de la commune principale (ou de son QPV, s'il est mieux classé) »"
LOOKUP = "{kind: lookup, fact: zonage, points: {ZIP: 30, ZAC: 18}, otherwise: 0}"
BANDS = "{kind: bands, fact: locaux.delai_mois, bands: [{below: 3, points: 10}, {from: 3, below: 6, points: 8}, {from: 6, points: 0}]}"
LINE = "{kind: linear, fact: engagement_financier.duree_annees, knots: [{at: 0, points: 0}, {at: 3, points: 3}, {at: 6, points: 4}]}"
FALLING = (
    "{kind: linear, fact: locaux.delai_mois, knots: [{at: 0, points: 10}, {at: 12, points: 0}, {at: 24, points: 0}]}"
)
UNITS = "{kind: per_unit, fact: medecins_interesses.etp, every: 0.5, after: 1, points: 4, at_most: 16, count: COUNT}"
CHECKLIST = """{kind: checklist, at_most: 12, exclusive: [[deux, quatre]], items: [
  {id: deux, label: Deux bureaux, if: {fact: locaux.bureaux, at_least: 2}, points: 2},
  {id: quatre, label: Quatre bureaux, if: {fact: locaux.bureaux, at_least: 4}, points: 4},
  {label: Accès, if: {fact: locaux.accessibles, is: oui}, points: 3},
  {label: Plan, if: {fact: pieces, includes: plan}, points: 9}]}"""
ROWS = """{kind: cases, otherwise: 0, rows: [{if: {fact: zonage, is: ZIP}, points: 9},
  {if: {fact: zonage, is: ZAC}, rule: {kind: per_unit, fact: locaux.bureaux, points: 1, at_most: 5}}]}"""
CELLS = (
    "{kind: table, rows: zonage, columns: locaux.adaptes, points: {ZIP: {oui: 9, non: 5}, ZAC: {oui: 4}}, otherwise: 0}"
)


@pytest.mark.parametrize(
    ("rule", "given", "gap", "said"),
    [
        (LOOKUP, "{zonage: HZ}", 18, f"{ZONE} : ZIP ou ZAC"),
        (LOOKUP, "{zonage: ZAC}", 1, f"{ZONE} : ZIP"),
        (LOOKUP, "{zonage: ZIP}", 1, None),
        (BANDS, "{locaux.delai_mois: 9}", 5, f"{DELAY} : de 3 mois à moins de 6 mois"),
        (BANDS, "{locaux.delai_mois: 9}", 9, f"{DELAY} : moins de 3 mois"),
        (BANDS, "{locaux.delai_mois: 9}", 11, None),
        (LINE, "{engagement_financier.duree_annees: 1}", 1, f"{YEARS} : au moins 2 ans"),
        (LINE, "{engagement_financier.duree_annees: 3}", "0.5", f"{YEARS} : au moins 5 ans"),
        (LINE, "{engagement_financier.duree_annees: 3}", 2, None),
        (FALLING, "{locaux.delai_mois: 9}", 5, f"{DELAY} : au plus 3 mois"),
        (UNITS.replace("COUNT", "completed"), "{medecins_interesses.etp: 1}", 5, f"{ETP} : au moins 2 ETP"),
        (UNITS.replace("COUNT", "started"), "{medecins_interesses.etp: 1}", 5, f"{ETP} : plus de 1,5 ETP"),
        (UNITS.replace("COUNT", "exact"), "{medecins_interesses.etp: 1}", 5, f"{ETP} : au moins 1,625 ETP"),
        (UNITS.replace("COUNT", "exact"), "{medecins_interesses.etp: 1}", 17, None),
        (CHECKLIST, "{locaux.bureaux: 0, locaux.accessibles: non, pieces: []}", 4, "« Plan »"),
        (CHECKLIST, "{locaux.bureaux: 0, locaux.accessibles: non, pieces: []}", 3, "« Accès » ; ou « Plan »"),
        (CHECKLIST, "{locaux.bureaux: 4, locaux.accessibles: non, pieces: []}", 4, "« Plan »"),
        (CHECKLIST, "{locaux.bureaux: 4, locaux.accessibles: oui, pieces: []}", 6, None),
        (ROWS, "{zonage: HZ}", 6, f"{ZONE} : ZIP"),
        (ROWS, "{zonage: ZAC, locaux.bureaux: 1}", 2, f"{ZONE} : ZIP ; ou {ROOMS} : au moins 3"),
        (CELLS, "{zonage: ZAC, locaux.adaptes: oui}", 2, f"{ZONE} : ZIP"),
        (CELLS, "{zonage: ZIP, locaux.adaptes: non}", 2, "« Locaux adaptés » : oui"),
        (CELLS, "{zonage: ZAC, locaux.adaptes: non}", 4, f"{ZONE} : ZIP ; ou « Locaux adaptés » : oui"),
        ("{kind: judgement, on: projet, highest: 5}", "{avis.projet: [3]}", 1, None),
        ("{kind: per_unit, fact: locaux.bureaux, points: 0}", "{locaux.bureaux: 3}", 1, None),
    ],
)
def test_what_would_suffice_is_said_in_the_units_of_the_fact(
    rule: str, given: str, gap: object, said: str | None
) -> None:
    assert way(rule, given, gap) == said


def composed(kind: str, limits: str = "") -> str:
    rooms = "{kind: per_unit, fact: locaux.bureaux, points: 2, at_most: 10}"
    return f"{{kind: {kind}, rules: [{LOOKUP}, {rooms}]{limits}}}"


GIVEN = "{zonage: ZAC, locaux.bureaux: 2}"


@pytest.mark.parametrize(
    ("rule", "given", "gap", "said"),
    [
        (composed("best_of"), "{zonage: HZ, locaux.bureaux: 2}", 4, f"{ZONE} : ZIP ou ZAC ; ou {ROOMS} : au moins 4"),
        (composed("best_of", ", at_most: 5"), "{zonage: HZ, locaux.bureaux: 2}", 4, None),
        (composed("worst_of"), GIVEN, 4, f"{ROOMS} : au moins 4"),
        (composed("worst_of"), "{zonage: HZ, locaux.bureaux: 0}", 4, None),
        (composed("worst_of", ", at_most: 6"), GIVEN, 4, None),
        (composed("sum_of"), GIVEN, 4, f"{ZONE} : ZIP ; ou {ROOMS} : au moins 4"),
        (composed("sum_of", ", at_most: 23"), GIVEN, 4, None),
    ],
)
def test_a_composed_rule_says_what_one_of_its_parts_would_take(
    rule: str, given: str, gap: object, said: str | None
) -> None:
    assert way(rule, given, gap) == said


def test_a_gap_is_weighed_back_to_the_scale_of_the_rule() -> None:
    assert ways(f"weight: 50, out_of: 100, rule: {BANDS}", "{locaux.delai_mois: 9}", 4) == {
        "a": f"{DELAY} : de 3 mois à moins de 6 mois"
    }


def test_under_a_cap_nothing_is_promised() -> None:
    below = f"{{id: b, label: B, weight: 100, rule: {BANDS}}}"
    assert ways(f"weight: 100, criteria: [{below}]", "{locaux.delai_mois: 9}", 8) == {
        "b": f"{DELAY} : de 3 mois à moins de 6 mois"
    }
    assert ways(f"weight: 100, capped: oui, criteria: [{below}]", "{locaux.delai_mois: 9}", 8) == {}


def test_on_hold_or_without_weight_nothing_is_promised() -> None:
    assert ways(f"weight: 100, rule: {BANDS}", "{}", 8) == {}
    assert ways(f"weight: 0, out_of: 10, rule: {BANDS}", "{locaux.delai_mois: 9}", 8) == {}

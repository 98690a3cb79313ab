"""What would have sufficed of one criterion: the change of its facts that fills a gap in the total."""

# ruff: noqa: E501 - a case is a line of data

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tests.scoring.building import policy, read, values_of

from ami_scoring.domain.facts import Opinions, Value
from ami_scoring.exact import Fraction, parse_fraction
from ami_scoring.messages import NARROW_NO_BREAK, NO_BREAK
from ami_scoring.scoring.marks.engine import score
from ami_scoring.scoring.sufficient.search import what_would_suffice


def ways(criterion: str, given: str, gap: object) -> dict[str, str]:
    criteria = policy(f"criteria: [{{id: a, label: A, {criterion}}}]")
    values = {
        name: value
        for leaf in criteria.leaves
        if leaf.rule is not None
        for name, value in values_of(leaf.rule, read(given), criteria.catalogue).items()
    }
    card = score(criteria, values)
    lacking = parse_fraction(str(gap))

    def works(changes: Mapping[str, Value]) -> bool:
        total = score(criteria, {**values, **changes}).total
        return total is not None and card.total is not None and total >= card.total + lacking

    found = what_would_suffice(criteria, card, [lacking], works)
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
SHADOWED = """{kind: cases, otherwise: 0, rows: [{if: {fact: zonage, is: HZ}, points: 0},
  {if: {fact: locaux.adaptes, is: oui}, points: 9}]}"""
NEVER = (
    "{kind: cases, otherwise: 0, rows: [{if: {all: [{fact: zonage, is: ZIP}, {fact: zonage, is: ZAC}]}, points: 9}]}"
)
BOTH = ROWS.replace("{fact: zonage, is: ZIP}", "{all: [{fact: zonage, is: ZIP}, {fact: locaux.adaptes, is: oui}]}")
PARTNERS = "{kind: cases, otherwise: 0, rows: [{if: {fact: pieces, includes_all: [bail, devis]}, points: 5}, {if: {fact: pieces, includes: bail}, points: 1}]}"
REFUSING = "{kind: linear, outside: refuse, fact: engagement_financier.duree_annees, knots: [{at: 0, points: 0}, {at: 5, points: 5}]}"
HILL = "{kind: linear, fact: engagement_financier.duree_annees, knots: [{at: 0, points: 0}, {at: 5, points: 5}, {at: 9, points: 0}]}"
JUDGED = "{kind: judgement, on: projet, highest: 5STEP}"
LEVELS = "{kind: judgement, on: projet, tiers: {Fort: {points: 5, text: A}, Bon: {points: 3, text: B}, Nul: {points: 1, text: C}}}"
HALVES = JUDGED.replace("STEP", ", step: 0.5")


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
        (CHECKLIST, "{locaux.bureaux: 0, locaux.accessibles: non, pieces: []}", 4, "« Quatre bureaux » ; ou « Plan »"),
        (
            CHECKLIST,
            "{locaux.bureaux: 0, locaux.accessibles: non, pieces: []}",
            3,
            "« Quatre bureaux » ; ou « Accès » ; ou « Plan »",
        ),
        (CHECKLIST, "{locaux.bureaux: 4, locaux.accessibles: non, pieces: []}", 4, "« Plan »"),
        (CHECKLIST, "{locaux.bureaux: 4, locaux.accessibles: oui, pieces: []}", 6, None),
        (CHECKLIST, "{locaux.bureaux: 2, locaux.accessibles: oui, pieces: [plan]}", 1, None),
        (CHECKLIST, "{locaux.bureaux: 2, locaux.accessibles: oui, pieces: []}", 2, "« Quatre bureaux » ; ou « Plan »"),
        (ROWS, "{zonage: HZ}", 6, f"{ZONE} : ZIP"),
        (ROWS, "{zonage: ZAC, locaux.bureaux: 1}", 2, f"{ZONE} : ZIP ; ou {ROOMS} : au moins 3"),
        (CELLS, "{zonage: ZAC, locaux.adaptes: oui}", 2, f"{ZONE} : ZIP"),
        (CELLS, "{zonage: ZIP, locaux.adaptes: non}", 2, "« Locaux adaptés » : oui"),
        (CELLS, "{zonage: ZAC, locaux.adaptes: non}", 4, f"{ZONE} : ZIP ; ou « Locaux adaptés » : oui"),
        (BOTH, "{zonage: ZIP, locaux.adaptes: non}", 6, "« Locaux adaptés » : oui"),
        (BOTH, "{zonage: HZ, locaux.adaptes: non}", 6, f"{ZONE} : ZIP et « Locaux adaptés » : oui"),
        (NEVER, "{zonage: HZ}", 5, None),
        (SHADOWED, "{zonage: HZ, locaux.adaptes: non}", 5, None),
        (
            PARTNERS,
            "{pieces: [plan]}",
            1,
            "« Pièces fournies » : comprend bail et devis ; ou « Pièces fournies » : comprend bail",
        ),
        (REFUSING, "{engagement_financier.duree_annees: 1}", 1, f"{YEARS} : au moins 2 ans et au plus 5 ans"),
        (HILL, "{engagement_financier.duree_annees: 1}", 1, None),
        (JUDGED.replace("STEP", ""), "{avis.projet: [3]}", 1, "« Avis sur “projet” » : une note d'au moins 4 sur 5"),
        (LEVELS, "{avis.projet: [1]}", 1, "« Avis sur “projet” » : une note d'au moins 3 sur 5"),
        (LEVELS, "{avis.projet: [3]}", 1, "« Avis sur “projet” » : une note de 5 sur 5"),
        (LEVELS, "{avis.projet: [5]}", 1, None),
        (LEVELS, "{avis.projet: [1, 3]}", 1, "« Avis sur “projet” » : moyenne des avis d'au moins 3 sur 5"),
        (HALVES, "{avis.projet: [3]}", "0.7", "« Avis sur “projet” » : une note d'au moins 4 sur 5"),
        (HALVES, "{avis.projet: [3, 4]}", "0.6", "« Avis sur “projet” » : moyenne des avis d'au moins 4,25 sur 5"),
        (
            JUDGED.replace("STEP", ", step: 0.5, aggregate: median"),
            "{avis.projet: [3, 3, 4]}",
            2,
            "« Avis sur “projet” » : médiane des avis de 5 sur 5",
        ),
        (JUDGED.replace("STEP", ""), "{avis.projet: [3]}", 3, None),
        (
            "{kind: lookup, fact: locaux.bureaux, points: {1: 1, 2: 2, deux: 3}}",
            "{locaux.bureaux: 1}",
            1,
            f"{ROOMS} : 2",
        ),
        (
            "{kind: linear, fact: locaux.bureaux, knots: [{at: 0, points: 0}, {at: 4, points: 6}]}",
            "{locaux.bureaux: 1}",
            1,
            f"{ROOMS} : au moins 2",
        ),
        (
            "{kind: linear, fact: locaux.bureaux, knots: [{at: 0, points: 9}, {at: 4, points: 1}]}",
            "{locaux.bureaux: 3}",
            3,
            f"{ROOMS} : au plus 1",
        ),
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


YEARLY = "{kind: per_unit, fact: locaux.bureaux, points: 20}"
BY_FOUR = "{kind: per_unit, fact: locaux.bureaux, every: 4, points: 50}"
FEW = "{kind: bands, fact: locaux.bureaux, bands: [{up_to: 4, points: 300}, {above: 4, points: 0}]}"
GIVEN = "{zonage: ZAC, locaux.bureaux: 2}"


def test_a_band_is_told_though_another_criterion_asks_whether_the_answer_is_there() -> None:
    there = "{kind: cases, rows: [{if: {fact: locaux.delai_mois, present: oui}, points: 1}], otherwise: 0}"
    found = ways(
        f"weight: 10, rule: {BANDS}}}, {{id: b, label: B, weight: 1, rule: {there}", "{locaux.delai_mois: 7}", 8
    )
    assert found == {"a": f"{DELAY} : de 3 mois à moins de 6 mois"}


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


@pytest.mark.parametrize(
    ("rules", "given", "gap", "said"),
    [
        (f"sum_of, rules: [{YEARLY}, {BY_FOUR}]", "{locaux.bureaux: 4}", 351, f"{ROOMS} : au moins 16"),
        (f"best_of, rules: [{YEARLY}, {BY_FOUR}]", "{locaux.bureaux: 4}", 351, f"{ROOMS} : au moins 22"),
        (f"sum_of, rules: [{YEARLY}, {FEW}]", "{locaux.bureaux: 9}", 150, f"{ROOMS} : au moins 17"),
        (f"sum_of, rules: [{FEW}, {FEW}]", "{locaux.bureaux: 9}", 600, f"{ROOMS} : au plus 4"),
        (f"sum_of, rules: [{FEW}, {FEW}]", "{locaux.bureaux: 9}", 601, None),
        (f"sum_of, rules: [{LOOKUP}, {LOOKUP}]", "{zonage: HZ}", 36, f"{ZONE} : ZIP ou ZAC"),
        (f"sum_of, rules: [{LOOKUP}, {LOOKUP}]", "{zonage: HZ}", 61, None),
        (f"sum_of, rules: [{PARTNERS}, {PARTNERS}]", "{pieces: []}", 10, None),
    ],
)
def test_a_fact_that_several_parts_read_is_told_once_for_the_whole(
    rules: str, given: str, gap: object, said: str | None
) -> None:
    assert way(f"{{kind: {rules}}}", given, gap) == said


def told_beside(first: str, second: str, given: str, gap: object) -> str | None:
    """Say what would suffice of a first criterion where a second may take back what it gives."""
    return ways(f"weight: 60, rule: {first}}}, {{id: b, label: B, weight: 40, rule: {second}", given, gap).get("a")


ROOMS_RISE = "{kind: linear, fact: locaux.bureaux, knots: [{at: 0, points: 0}, {at: 6, points: 60}]}"
YEARS_RISE = "{kind: linear, fact: engagement_financier.duree_annees, knots: [{at: 0, points: 0}, {at: 6, points: 60}]}"
MANY = "{kind: cases, otherwise: 0, rows: [{if: {fact: locaux.bureaux, at_least: 4}, points: 60}]}"
PLANNED = "{kind: cases, otherwise: 0, rows: [{if: {fact: locaux.etat, in: [travaux, à construire]}, points: 60}]}"
LISTED = (
    "{kind: checklist, items: [{label: Chantier, if: {fact: locaux.etat, in: [travaux, à construire]}, points: 60}]}"
)
UP_TO_FIVE = "{kind: bands, fact: FACT, bands: [{up_to: 5, points: 40}, {above: 5, points: 0}]}"
STATES = "{kind: lookup, fact: locaux.etat, points: {travaux: 40, existants: 40, à construire: 0, aucun: 0}}"


@pytest.mark.parametrize(
    ("first", "second", "given", "gap", "said"),
    [
        (ROOMS_RISE, UP_TO_FIVE.replace("FACT", "locaux.bureaux"), "{locaux.bureaux: 2}", 20, f"{ROOMS} : 4"),
        (MANY, UP_TO_FIVE.replace("FACT", "locaux.bureaux"), "{locaux.bureaux: 2}", 60, f"{ROOMS} : 4"),
        (PLANNED, STATES, "{locaux.etat: existants}", 30, "« État des locaux » : travaux"),
        (LISTED, STATES, "{locaux.etat: existants}", 30, "« Chantier », avec « État des locaux » : travaux"),
        (PLANNED, LISTED, "{locaux.etat: existants}", 30, "« État des locaux » : travaux ou à construire"),
    ],
)
def test_only_the_values_that_no_other_criterion_takes_back_are_told(
    first: str, second: str, given: str, gap: object, said: str | None
) -> None:
    assert told_beside(first, second, given, gap) == said


def test_a_gap_is_weighed_back_to_the_scale_of_the_rule() -> None:
    assert ways(f"weight: 50, out_of: 100, rule: {BANDS}", "{locaux.delai_mois: 9}", 4) == {
        "a": f"{DELAY} : de 3 mois à moins de 6 mois"
    }


def test_under_a_cap_nothing_is_promised_that_the_cap_takes_back() -> None:
    below = f"{{id: b, label: B, weight: 100, rule: {BANDS}}}"
    fresh = {"b": f"{DELAY} : de 3 mois à moins de 6 mois"}
    assert ways(f"weight: 100, criteria: [{below}]", "{locaux.delai_mois: 9}", 8) == fresh
    assert ways(f"weight: 100, capped: oui, criteria: [{below}]", "{locaux.delai_mois: 9}", 8) == fresh
    assert ways(f"weight: 7, capped: oui, criteria: [{below}]", "{locaux.delai_mois: 9}", 8) == {}


def test_a_mark_without_steps_must_exceed_what_equals_have() -> None:
    criteria = policy(f"criteria: [{{id: a, label: A, weight: 100, rule: {JUDGED.replace('STEP', '')}}}]")
    card = score(criteria, {"avis.projet": Opinions((Fraction(3),))})

    def works(changes: Mapping[str, Value]) -> bool:
        total = score(criteria, changes).total
        return total is not None and total > 4

    ((_, said),) = what_would_suffice(criteria, card, [Fraction(1)], works)
    assert str(said).endswith("une note de plus de 4 sur 5")


def test_on_hold_or_without_weight_nothing_is_promised() -> None:
    assert ways(f"weight: 100, rule: {BANDS}", "{}", 8) == {}
    assert ways(f"weight: 0, out_of: 10, rule: {BANDS}", "{locaux.delai_mois: 9}", 8) == {}

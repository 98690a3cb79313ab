"""What a criterion made of others would have needed, all of it together."""

from __future__ import annotations

import pytest
from tests.scoring.building import policy

from ami_scoring.domain.criteria import Criteria
from ami_scoring.exact import Fraction
from ami_scoring.messages import NARROW_NO_BREAK, NO_BREAK
from ami_scoring.scoring.sufficient.branch_ways import what_it_needs
from ami_scoring.scoring.sufficient.retrial import Retrial

from .test_search_in_a_call import PRICE, evaluated, standing_of

BEDS = "{kind: bands, fact: complements.lits, bands: [{from: 0, below: 2, points: 0}, {from: 2, points: 6}]}"
NOTE = "{kind: linear, fact: complements.note, knots: [{at: 0, points: 0}, {at: 10, points: 10}]}"
READY = """{kind: cases, otherwise: 0, rows: [
  {if: {fact: complements.etat, is: aucun}, points: 0},
  {if: {fact: complements.date, present: non}, points: 1},
  {if: {fact: complements.date, at_most: 2022-06-30}, points: 10}]}"""
REFUSING = "{kind: linear, outside: refuse, fact: complements.note, knots: [{at: 0, points: 0}, {at: 4, points: 12}]}"
FIXED = "{kind: per_unit, fact: parametres.seuil, points: 1, at_most: 16}"
PAPERS = """{kind: checklist, items: [
  {label: Plan, if: {fact: complements.papiers, includes: plan}, points: 4},
  {label: Bail, if: {fact: complements.papiers, includes: bail}, points: 5}]}"""
COMPARED = "{kind: relative, fact: complements.note, best: highest, points: 10}"
MANY = "{{kind: sum_of, rules: [{}]}}".format(
    ", ".join(f"{{kind: per_unit, fact: complements.n{place}, points: 1, at_most: 2}}" for place in range(8))
)
POLICY = """
waves: [{id: v1, closes: 2022-09-30}]
facts:
  - {name: prix, type: money, label: Prix, minimum: 1, unit: €}
  - {name: lits, type: integer, label: Lits, minimum: 0, maximum: 9}
  - {name: note, type: decimal, label: Note, step: 0.5, minimum: 0, maximum: 10}
  - {name: etat, type: choice, label: État, choices: [aucun, existants]}
  - {name: date, type: date, label: Date}
  - {name: papiers, type: list, label: Papiers}
"""
SETTINGS = """
parameters: [{name: seuil, label: Seuil, values: [{value: 2}]}]
eligibility: [{id: g, label: G, reference: R, require: {fact: complements.note, at_most: MOST}, if_missing: zero}]
"""


ONE_PLACE = "{places: 1, reserve: 0}"


def call(
    first: str, second: str, scale: str = "weight: 26", selection: str = ONE_PLACE, *, note_at_most: int = 10
) -> Criteria:
    """Make a call with a criterion of two others, and one that stands by itself."""
    numbers = "".join(f"  - {{name: n{place}, type: integer, label: N{place}, minimum: 0}}\n" for place in range(8))
    settings = SETTINGS.replace("MOST", str(note_at_most))
    parts = f"{{id: x, label: X, weight: 10, rule: {first}}}, {{id: y, label: Y, weight: 16, rule: {second}}}"
    return policy(
        f"{POLICY}{numbers}{settings}ranking: {{ties: []}}\nselection: {selection}\ncriteria:\n"
        f"  - {{id: a, label: A, {scale}, criteria: [{parts}]}}\n"
        "  - {id: b, label: B, weight: 50, rule: {kind: per_unit, fact: complements.prix, points: 1, at_most: 50}}\n"
    )


def needed(criteria: Criteria, rival: str, own: str) -> str | None:
    """Say what its first criterion would have needed for a candidature to get the place of its rival."""
    evaluation = evaluated(criteria, {"R-1": rival, "X-1": own})
    standing, last = standing_of(evaluation, "X-1"), evaluation.cut.last_total
    gap = Fraction(0) if last is None or standing.card.total is None else last - standing.card.total
    said = what_it_needs(criteria.criteria[0], criteria, standing.card, [gap], Retrial(evaluation, standing))
    return None if said is None else str(said).replace(NO_BREAK, " ").replace(NARROW_NO_BREAK, " ")


RIVAL = "{prix: 12, lits: 0, note: 0, papiers: [], etat: aucun, NONE}".replace(
    "NONE", ", ".join(f"n{place}: 0" for place in range(8))
)


@pytest.mark.parametrize(
    ("first", "second", "changed", "said"),
    [
        (BEDS, NOTE, "", "« Lits » : 2 et « Note » : 10"),
        (BEDS, NOTE, "lits: 3", "« Note » : 10"),
        (BEDS, REFUSING, "", "« Note » : 4"),
        (BEDS, READY, "", "« Lits » : 2, « État » : existants et « Date » : "),
        (PAPERS, NOTE, "papiers: [lettre]", "« Papiers » : bail, plan et 1 autre et « Note » : 10"),
        (BEDS, MANY, "", "« N2 » : 2, « N3 » : 2, « N4 » : 2, « N5 » : 2"),
    ],
)
def test_the_least_points_are_told_with_facts_that_give_them_and_no_fact_more(
    first: str, second: str, changed: str, said: str
) -> None:
    own = f"{RIVAL[:-1]}, prix: 1, {changed}}}"
    told = needed(call(first, second), RIVAL, own) or ""
    assert told.startswith(f"plus de 11 points sur 26, par exemple avec {said}")


@pytest.mark.parametrize(
    ("first", "second", "changed", "why"),
    [
        (FIXED, BEDS, "lits: 0", "nobody changes a parameter, and the rest is not enough"),
        (PRICE, NOTE, "note: 0", "its points depend on the others"),
        (NOTE, BEDS, "", "it is on hold"),
    ],
)
def test_nothing_is_told_of_a_criterion_that_would_not_do(first: str, second: str, changed: str, why: str) -> None:
    own = f"{{prix: 1, {changed or 'lits: 0'}}}"
    assert needed(call(first, second), RIVAL, own) is None, why


def test_nothing_is_told_that_a_gate_a_cap_or_a_threshold_elsewhere_takes_back() -> None:
    own = f"{RIVAL[:-1]}, prix: 1}}"
    assert needed(call(BEDS, NOTE), RIVAL, own) is not None
    assert needed(call(BEDS, NOTE, note_at_most=9), RIVAL, own) is None
    assert needed(call(BEDS, NOTE, "weight: 8, capped: oui"), RIVAL, own) is None
    elsewhere = "{places: 1, reserve: 0, thresholds: [{criterion: b, at_least: 2}]}"
    assert needed(call(BEDS, NOTE, selection=elsewhere), RIVAL, own) is None


def test_nothing_is_told_of_points_that_others_decide_too() -> None:
    own = f"{RIVAL[:-1]}, prix: 1}}"
    assert needed(call(BEDS, COMPARED), RIVAL, own) is None


def test_a_threshold_of_its_own_is_told_as_it_is() -> None:
    own = f"{RIVAL[:-1]}, prix: 1}}"
    criteria = call(BEDS, NOTE, selection="{places: 2, reserve: 0, thresholds: [{criterion: a, at_least: 12.5}]}")
    said = needed(criteria, RIVAL.replace("note: 0", "note: 10").replace("lits: 0", "lits: 3"), own)
    assert said == "au moins 12,5 points sur 26, par exemple avec « Lits » : 2 et « Note » : 10"


def test_without_criteria_below_or_a_maximum_there_is_nothing_more_to_say() -> None:
    own = f"{RIVAL[:-1]}, prix: 1}}"
    criteria = call(BEDS, NOTE)
    evaluation = evaluated(criteria, {"R-1": RIVAL, "X-1": own})
    standing = standing_of(evaluation, "X-1")
    retrial = Retrial(evaluation, standing)
    assert what_it_needs(criteria.criteria[1], criteria, standing.card, [Fraction(11)], retrial) is None
    unbounded = call(BEDS, NOTE, "open_ended: oui")
    assert needed(unbounded, RIVAL, own) == "plus de 11 points, par exemple avec « Lits » : 2 et « Note » : 10"

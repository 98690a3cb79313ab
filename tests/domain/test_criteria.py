"""What a policy file may say, and what its models work out by themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.dates import parse_moment
from ami_scoring.domain.ties import CriterionTie, DrawTie, FactTie
from ami_scoring.exact import Fraction

from .building import read, refused

POLICY = """
language: 1
call: {title: Appel d'essai, edition: essai, authority: Comité}
waves:
  - {id: v1, closes: 2022-02-28, zoning: z.csv}
  - {id: v2, label: Vague 2, closes: "2022-09-30T12:00:00+02:00", zoning: z.csv}
criteria:
  - id: locaux
    label: Locaux adaptés et calendrier
    short: Locaux
    weight: 60
    criteria:
      - {id: bureaux, label: Bureaux, weight: 20, rule: {kind: per_unit, fact: locaux.bureaux, points: 5, at_most: 20}}
      - {id: surface, label: Surface, weight: 40, out_of: 5,
         rule: {kind: bands, fact: locaux.surface_m2, bands: [{below: 120, points: 2}, {from: 120, points: 5}]}}
  - {id: zonage, label: Zonage, weight: 40, rule: {kind: lookup, fact: zonage, points: {ZIP: 40}, otherwise: 0}}
selection: {places: 3}
"""


def policy(changes: str = "") -> Criteria:
    return Criteria.model_validate({**read(POLICY), **(read(changes) or {})})


def test_what_a_policy_leaves_out_has_a_stated_default() -> None:
    criteria = policy()
    assert criteria.total == 100
    assert (criteria.decimals, criteria.selection.reserve) == (2, 0)
    assert criteria.ranking.ties == []
    assert {leaf.if_missing.value for leaf in criteria.leaves} == {"hold"}


def test_leaves_are_the_criteria_with_a_rule_in_the_order_of_the_file() -> None:
    criteria = policy()
    assert [leaf.id for leaf in criteria.leaves] == ["bureaux", "surface", "zonage"]
    assert list(criteria.by_id) == ["locaux", "bureaux", "surface", "zonage"]


def test_a_point_of_a_rule_weighs_weight_over_out_of() -> None:
    by_id = policy().by_id
    assert [by_id[name].scale for name in ("surface", "bureaux")] == [8, 1]
    assert [by_id[name].top for name in ("surface", "bureaux")] == [5, 20]


def test_a_column_is_headed_by_the_short_label_if_there_is_one() -> None:
    by_id = policy().by_id
    assert (by_id["locaux"].column, by_id["zonage"].column) == ("Locaux", "Zonage")


def test_a_wave_is_found_by_its_id() -> None:
    criteria = policy()
    second = criteria.wave("v2")
    assert second is not None
    assert (second.name, second.closes_on) == ("Vague 2", date(2022, 9, 30))
    assert criteria.waves[0].name == "v1"
    assert criteria.wave("v3") is None


@pytest.mark.parametrize(
    ("closes", "submitted", "taken"),
    [
        ("2022-02-28", "2022-02-28", True),
        ("2022-02-28", "2022-03-01", False),
        ("2022-02-28", "2022-02-28T22:59:59Z", True),
        ("2022-02-28", "2022-02-28T23:00:00Z", False),
        ("2022-02-28", "2022-03-01T00:30:00+02:00", True),
        ("2022-02-28T12:00:00+01:00", "2022-02-28T11:00:00Z", True),
        ("2022-02-28T12:00:00+01:00", "2022-02-28T11:00:01Z", False),
        ("2022-02-28T12:00:00+01:00", "2022-02-28", True),
        ("2022-02-28T12:00:00+01:00", "2022-03-01", False),
    ],
)
def test_a_deposit_is_in_time_in_paris_and_a_day_counts_whole(closes: str, submitted: str, taken: bool) -> None:
    wave = Wave.model_validate({"id": "v", "closes": closes, "zoning": "z.csv"})
    assert wave.takes(parse_moment(submitted)) is taken


def test_the_catalogue_adds_the_facts_that_the_call_declares() -> None:
    facts = "facts: [{name: tranche, type: integer, label: Tranche, unit: lots, minimum: 0, maximum: 9}]"
    fact = policy(facts).catalogue["complements.tranche"]
    assert (fact.label, fact.unit, fact.minimum, fact.maximum) == ("Tranche", "lots", 0, 9)
    assert "zonage" in policy(facts).catalogue


def test_ties_are_told_apart_by_what_they_name() -> None:
    ties = policy(
        "ranking: {ties: [zonage, {fact: depose_le, prefer: earliest}, {criterion: locaux}, {draw: s}]}"
    ).ranking.ties
    assert [type(tie) for tie in ties] == [CriterionTie, FactTie, CriterionTie, DrawTie]


def test_a_threshold_is_points_or_a_share() -> None:
    criteria = policy("selection: {places: 1, thresholds: [{criterion: zonage, share: 1/4, strict: oui}]}")
    (threshold,) = criteria.selection.thresholds
    assert (threshold.at_least, threshold.share, threshold.strict) == (None, Fraction(1, 4), True)


@pytest.mark.parametrize(("places", "counted"), [("14", 14), ("'14'", 14), ("all", None), ("ALL", None)])
def test_places_are_a_number_or_all(places: str, counted: int | None) -> None:
    assert policy(f"selection: {{places: {places}}}").selection.counted_places == counted


@pytest.mark.parametrize("decimals", ["0", "6"])
def test_up_to_six_decimals_may_be_shown(decimals: str) -> None:
    assert policy(f"decimals: {decimals}").decimals == int(decimals)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ("language: 2", "literal_error"),
        ("waves: []", "too_short"),
        ("criteria: []", "too_short"),
        ("decimals: 7", "decimals-range"),
        ("total: cent", "number-expected"),
        ("selection: {places: -1}", "count-expected"),
        ("selection: {decides_from: jamais}", "number-expected"),
        ("selection: {places: toutes}", "number-expected"),
        ("selection: {places: 2.5}", "count-expected"),
        ("selection: {reserve: 3}", "selection-shape"),
        ("selection: {places: 1, thresholds: [{criterion: zonage}]}", "threshold-shape"),
        ("selection: {places: 1, thresholds: [{criterion: zonage, at_least: 1, share: 0.5}]}", "threshold-shape"),
        ("selection: {budget: {amount: 1, ask: x, envelopes: [{label: E, when: {fact: x, is: y}}]}}", "envelope-shape"),
        ("selection: {places: 1, thresholds: [{criterion: zonage, share: cent %}]}", "number-expected"),
        ("criteria: [{id: a, label: A, weight: 100}]", "criterion-shape"),
        ("criteria: [{id: a, label: A, weight: 100, criteria: []}]", "too_short"),
        ("criteria: [{id: a, label: A, rule: {kind: per_unit, fact: x, points: 1}}]", "weight-shape"),
        (
            "criteria: [{id: a, label: A, weight: 1, open_ended: oui, rule: {kind: per_unit, fact: x, points: 1}}]",
            "weight-shape",
        ),
        (
            "criteria: [{id: a, label: A, out_of: 5, open_ended: oui, rule: {kind: per_unit, fact: x, points: 1}}]",
            "weight-shape",
        ),
        ("criteria: [{id: a, label: A, short: quinze caractères, weight: 1, criteria: []}]", "too_long"),
        ("ranking: {ties: zonage}", "list_type"),
        ("ranking: zonage", "model_type"),
        ("ranking: {ties: [[zonage]]}", "model_type"),
        ("quotas: []", "extra_forbidden"),
        ("eligibility: [{id: a, label: A, require: {fact: zonage, is: ZIP}, if_missing: guess}]", "enum"),
    ],
)
def test_a_mistake_is_refused_by_name(changes: str, code: str) -> None:
    with refused(code):
        policy(changes)


def test_a_criterion_has_a_rule_or_criteria_never_both() -> None:
    data: dict[str, Any] = read(POLICY)
    data["criteria"][1]["criteria"] = data["criteria"][0]["criteria"]
    with refused("criterion-shape"):
        Criteria.model_validate(data)


def test_the_catalogue_adds_what_the_policy_works_out_each_from_those_before() -> None:
    criteria = policy(
        """
        facts: [{name: fonds, type: money, label: Fonds propres, minimum: 0}]
        parameters: [{name: plafond, label: Plafond, unit: €, values: [{value: 100}, {from: 2022-09-01, value: 200}]}]
        computed:
          - {name: double, label: Double, product_of: [complements.fonds, 2]}
          - {name: part, label: Part, type: percentage, ratio: {of: calculs.double, to: parametres.plafond}}
        """
    )
    assert [name for name in criteria.catalogue if "." in name][-4:] == [
        "complements.fonds", "parametres.plafond", "calculs.double", "calculs.part",
    ]  # fmt: skip
    assert criteria.catalogue["calculs.part"].keys == ("complements.fonds",)


JUDGED = """
computed:
  - {name: avis, label: Avis, rule: {kind: judgement, on: équipe, highest: 5}}
criteria:
  - {id: a, label: A, weight: 60, rule: {kind: judgement, on: projet, highest: 60}}
  - {id: b, label: B, weight: 40, rule: {kind: relative, fact: calculs.avis, best: highest, points: 40}}
"""


def test_subjects_that_are_judged_are_named_wherever_they_are() -> None:
    criteria = policy(JUDGED)
    assert list(criteria.judgements) == ["projet", "équipe"]
    assert {"avis.projet", "avis.équipe", "groupe.highest.calculs.avis"} <= set(criteria.catalogue)


ROOMS = "rule: {kind: per_unit, fact: locaux.bureaux, points: 1, at_most: 5}"


BONUS = f"{{id: c, label: C, weight: 3, bonus: oui, {ROOMS}}}"


@pytest.mark.parametrize(
    ("written", "most"),
    [
        (f"weight: 5, {ROOMS}", 5),
        (f"open_ended: oui, {ROOMS}", None),
        (
            f"weight: 5, criteria: [{{id: b, label: B, weight: 5, {ROOMS}}}, {BONUS}]",
            8,
        ),
        (f"weight: 5, criteria: [{{id: b, label: B, open_ended: oui, {ROOMS}}}]", None),
        (f"weight: 5, capped: oui, criteria: [{{id: b, label: B, open_ended: oui, {ROOMS}}}]", 5),
        (f"weight: 5, capped: oui, criteria: [{{id: b, label: B, weight: 3, {ROOMS}}}]", 3),
        (f"weight: 5, capped: oui, criteria: [{{id: b, label: B, weight: 9, {ROOMS}}}]", 5),
    ],
)
def test_a_criterion_knows_the_most_it_may_add(written: str, most: int | None) -> None:
    criteria = policy(f"criteria: [{{id: a, label: A, {written}}}]")
    assert criteria.criteria[0].most == most
    assert criteria.criteria[0].announced == (None if most is None else 5)
    assert criteria.announced == (None if most is None else 100)


@pytest.mark.parametrize(("total", "weight"), [(0, "weight: 0, down_to: -5"), (0, "weight: 0, bonus: oui")])
def test_a_maximum_of_nothing_is_not_announced(total: int, weight: str) -> None:
    criteria = policy(f"total: {total}\ncriteria: [{{id: a, label: A, {weight}, {ROOMS}}}]")
    assert (criteria.announced, criteria.criteria[0].announced) == (None, None)


@pytest.mark.parametrize(
    ("written", "counts"),
    [("weight: 5", True), ("weight: 5, bonus: oui", False), ("open_ended: oui", False)],
)
def test_a_bonus_or_an_open_ended_criterion_is_no_part_of_the_announced_total(written: str, counts: bool) -> None:
    rule = "{kind: per_unit, fact: locaux.bureaux, points: 1, at_most: 5}"
    assert policy(f"criteria: [{{id: a, label: A, {written}, rule: {rule}}}]").criteria[0].counts_in_sum is counts


def test_weights_may_be_fractions() -> None:
    rule = "{kind: lookup, fact: zonage, points: {ZIP: 1}, otherwise: 0}"
    criteria = policy(f"criteria: [{{id: a, label: A, weight: 100/3, out_of: 1, rule: {rule}}}]")
    assert criteria.criteria[0].scale == Fraction(100, 3)

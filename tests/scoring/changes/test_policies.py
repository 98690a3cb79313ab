"""What changed from one policy to another, in words, and as steps that each make the next policy."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.scoring.building import policy, read

from ami_scoring.domain.criteria import Criteria
from ami_scoring.scoring.changes.policies import steps
from ami_scoring.scoring.telling.policies import Words

BASE = policy()
TREE = """
criteria:
  - id: tout
    label: Tout
    weight: 100
    criteria:
      - {id: a, label: A, weight: 60, rule: {kind: lookup, fact: zonage, points: {ZIP: 60}, otherwise: 0}}
      - {id: b, label: B, weight: 40, rule: {kind: per_unit, fact: locaux.bureaux, points: 10, at_most: 40}}
"""
BANDS = """
criteria:
  - id: delai
    label: Délai
    weight: 100
    rule:
      kind: bands
      fact: locaux.delai_mois
      bands: [{below: 6, points: 100}, {from: 6, points: 0}]
"""
CASES = """
criteria:
  - id: cas
    label: Cas
    weight: 100
    rule:
      kind: cases
      rows: [{if: {fact: locaux.adaptes, is: oui}, points: 100}]
      otherwise: 0
"""


def told(old: Criteria, new: Criteria) -> list[str]:
    return [f"{step.subject} | {said}" for step in steps(old, new) for said in step.details]


def changed(text: str, path: str, value: Any) -> Criteria:
    """Make the policy of a text where one place, such as `criteria.0.label`, holds another value."""
    data = read(text)
    *keys, last = path.split(".")
    place = data
    for key in keys:
        place = place[int(key) if key.isdigit() else key]
    place[last] = value
    return policy(json.dumps(data, ensure_ascii=False))


def test_equal_policies_have_no_step() -> None:
    assert steps(BASE, policy()) == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "selection: {places: 3, reserve: 1}", ["Sélection, nombre de places | Nombre de places : 2 → 3"]),
        (
            "",
            "selection: {places: 2, reserve: 1, minimum: 50}",
            ["Sélection, total minimal | Total minimal : rien → 50"],
        ),
        ("", "ranking: {ties: [zonage]}", ["Départage | À égalité : rien → le plus de points à « Zonage »"]),
        (
            "",
            "ranking: {ranks: dense}",
            [
                (
                    "Numéros des rangs | Après une égalité : 1, 2, 2, 4 (un même rang, et les rangs occupés sont "
                    "sautés) → 1, 2, 2, 3 (un même rang, et aucun n'est sauté)"
                )
            ],
        ),
        (
            "",
            "ranking: {ties: [{uncovered: porteur.type}]}",
            ["Départage | À égalité : rien → « Type de porteur », ce qui n'est pas encore couvert devant"],
        ),
        (
            "",
            "decimals: 3",
            ["Présentation, sans effet sur les notes | Décimales montrées : 2 → 3"],
        ),
        (
            "",
            "facts: [{name: postes, type: integer, label: Postes}]",
            ["Données de l'appel | Données propres à l'appel, ajout : « Postes » (nombre entier)"],
        ),
        (
            "",
            "eligibility: [{id: c, label: Commune, require: {fact: porteur.type, is: commune}}]",
            ["Recevabilité | Condition ajoutée : « Commune »"],
        ),
        (
            "",
            "waves: [{id: v1, closes: 2022-03-31, zoning: z.csv}]",
            [
                "Vagues et zonage | Vague « v1 », Clôture : 28 février 2022 → 31 mars 2022",
                "Vagues et zonage | Vague supprimée : « Vague 2 »",
            ],
        ),
        (
            "versions: {identified_by: [porteur, porteur.type]}",
            "versions: {identified_by: [reference]}",
            [
                "Versions | Ce qui identifie une candidature : le porteur, « Type de porteur » → la référence",
            ],
        ),
        (
            "",
            "versions: {keep: best}",
            [
                ("Versions | Celle qui compte : la dernière version complète → celle qui a le total le plus élevé"),
            ],
        ),
        (
            "plausible: [{fact: locaux.bureaux, to: 20}, {fact: locaux.surface_m2, from: 20}]",
            "plausible: [{fact: locaux.bureaux, from: 1, to: 30}]",
            [
                "Valeurs plausibles | « Nombre de bureaux de consultation » : au plus 20 → de 1 à 30",
                "Valeurs plausibles | « Surface des locaux » : au moins 20\u00a0m² → rien",
            ],
        ),
        (
            "facts: [{name: postes, type: integer, label: Postes}]",
            "facts: [{name: postes, type: integer, label: Postes, plausible: {to: 9}}]",
            ["Données de l'appel | Données propres à l'appel, « Postes », Valeurs plausibles : rien → au plus 9"],
        ),
        (
            "",
            "verify: [locaux.bureaux]",
            [
                (
                    "Vérifications | Données à vérifier avant qu'une place soit acquise : "
                    "rien → « Nombre de bureaux de consultation »"
                )
            ],
        ),
    ],
    ids=[
        *("places", "minimum", "ties", "ranks", "uncovered", "decimals", "facts", "gate", "waves", "versions", "keep"),
        *("plausible", "declared", "verify"),
    ],
)
def test_each_part_of_a_policy_is_told(old: str, new: str, expected: list[str]) -> None:
    assert told(policy(old), policy(new)) == expected


def test_the_points_of_a_rule_are_told_with_the_words_of_its_fields() -> None:
    new = changed(TREE, "criteria.0.criteria.0.rule.points", {"ZIP": "50", "ZAC": "20"})
    assert told(policy(TREE), new) == [
        "Critère « A » | Règle, Points par valeur, « ZIP » : 60 → 50",
        "Critère « A » | Règle, Points par valeur, « ZAC » : rien → 20",
    ]


def test_a_change_of_kind_is_told_whole() -> None:
    (line,) = told(policy(BANDS), changed(BANDS, "criteria.0.rule", read(CASES)["criteria"][0]["rule"]))
    assert line == (
        "Critère « Délai » | Règle : « Délai entre la clôture de la vague et la disponibilité des locaux » : "
        "moins de 6\u00a0mois = 100 ; 6\u00a0mois ou plus = 0 → "
        "« Locaux adaptés » : oui = 100\u00a0points ; dans les autres cas = 0\u00a0point"
    )


def test_bands_are_matched_by_place() -> None:
    bands = [{"below": "6", "points": "100"}, {"from": "6", "below": "9", "points": "0"}, {"from": "9", "points": "0"}]
    assert told(policy(BANDS), changed(BANDS, "criteria.0.rule.bands", bands)) == [
        (
            "Critère « Délai » | Règle, Tranches, no 2 : 6\u00a0mois ou plus = 0\u00a0point → "
            "de 6\u00a0mois à moins de 9\u00a0mois = 0\u00a0point"
        ),
        "Critère « Délai » | Règle, Tranches, ajout : 9\u00a0mois ou plus = 0\u00a0point",
    ]


def test_a_renamed_criterion_keeps_its_id() -> None:
    assert told(policy(TREE), changed(TREE, "criteria.0.criteria.1.label", "Bureaux")) == [
        "Critère « Bureaux » | Libellé : B → Bureaux"
    ]


def test_criteria_added_and_removed_are_told() -> None:
    lines = told(BASE, policy(TREE))
    assert lines[:2] == ["Critère « Zonage » | supprimé", "Critère « Bureaux » | supprimé"]
    assert lines[2:] == ["Critère « Tout » | ajouté : poids 100"]


def test_a_tree_of_another_shape_is_told_under_its_root() -> None:
    alone = [read(TREE)["criteria"][0]["criteria"][0]]
    (line, *_) = told(policy(TREE), changed(TREE, "criteria.0.criteria", alone))
    assert line.startswith("Critère « Tout » | Sous-critères, suppression : « B », poids 40")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", TREE),
        (TREE, BANDS),
        (BANDS, CASES),
        ("", "selection: {places: 9}\nranking: {ties: [zonage]}\ndecimals: 4"),
        (TREE, TREE.replace("weight: 60", "weight: 55").replace("weight: 40", "weight: 45")),
        ("", "facts: [{name: postes, type: integer, label: Postes}]\nwaves: [{id: v9, closes: 2023-01-01}]"),
    ],
)
def test_all_steps_together_lead_to_the_new_policy(old: str, new: str) -> None:
    policies = policy(old), policy(new)
    made = policies[0]
    for step in steps(*policies):
        made = step.apply(made)
    for name in Criteria.model_fields:
        assert getattr(made, name) == getattr(policies[1], name), name


def test_a_fact_is_taken_away_only_once_no_rule_reads_it() -> None:
    fact = "facts: [{name: postes, type: integer, label: Postes, maximum: 10}]\n"
    rule = "rule: {kind: per_unit, fact: complements.postes, points: 10}"
    old = policy(f"{fact}criteria: [{{id: p, label: Postes, weight: 100, {rule}}}]")
    assert [str(step.subject) for step in steps(old, BASE)] == [
        "Critère « Postes »",
        "Critère « Zonage »",
        "Critère « Bureaux »",
        "Données retirées",
    ]


def test_a_step_forgets_what_the_old_policy_had_worked_out() -> None:
    old, new = BASE, policy(TREE)
    assert "zonage" in old.by_id
    made = steps(old, new)[0].apply(old)
    assert "zonage" not in made.by_id


@pytest.mark.parametrize(
    ("value", "written"), [(None, "rien"), ([], "rien"), (["a", "b"], "a ; b"), ({"ZIP": 3}, "ZIP : 3"), (True, "oui")]
)
def test_any_value_is_shown_on_one_line(value: Any, written: str) -> None:
    assert Words.of(BASE, BASE).told(value) == written


def test_a_wave_added_without_a_label_is_told_by_its_name_and_closing() -> None:
    (line,) = told(policy("waves: [{id: v1, closes: 2022-02-28}]"), policy(WAVES))
    assert line == "Vagues et zonage | Vague ajoutée : « v9 », clôture : 1er janvier 2023"


WAVES = "waves: [{id: v1, closes: 2022-02-28}, {id: v9, closes: 2023-01-01}]"

"""Limits that parameters state are told with their number, and with the name of who fixes it."""

from __future__ import annotations

from tests.scoring.building import policy

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.simple_rules import Bands
from ami_scoring.reports.workbook.selection_text import selection_words
from ami_scoring.scoring.changes.policies import steps
from ami_scoring.scoring.telling import Words, rule_lines, scale_word

NAMED = """
parameters:
  - {name: bas, label: Seuil bas, values: [{value: 2}]}
  - {name: haut, label: Seuil haut, values: [{value: 30}]}
criteria:
  - id: a
    label: Bureaux
    weight: 100
    rule:
      kind: bands
      fact: locaux.bureaux
      bands:
        - {below: {fact: parametres.bas}, points: 0}
        - {from: {fact: parametres.bas}, below: {fact: parametres.haut}, points: 50}
        - {from: {fact: parametres.haut}, points: 100}
selection:
  places: 1
  minimum: {fact: parametres.haut}
  minimum_mark: {fact: parametres.bas}
  decides_from: {fact: parametres.haut}
  floors: [{label: Petits, when: {fact: locaux.bureaux, below: 4}, at_least: {fact: parametres.bas}, strict: oui}]
  thresholds: [{criterion: a, at_least: {fact: parametres.haut}}]
"""
WRITTEN = NAMED.replace("{fact: parametres.bas}", "2").replace("{fact: parametres.haut}", "30")


def told(criteria: Criteria) -> list[str]:
    rule = criteria.criteria[0].rule
    assert isinstance(rule, Bands)
    words = Words.of(criteria, criteria)
    return [
        scale_word(rule, criteria.catalogue),
        *(line.said for line in rule_lines(rule, criteria.catalogue)),
        words.told(rule.bands, rule.fact),
        *(words.field(criteria.selection, key) for key in type(criteria.selection).model_fields),
        *selection_words(criteria),
    ]


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_each_limit_is_told_with_its_number_and_the_parameter_that_states_it() -> None:
    said = list(map(_plain, told(policy(NAMED))))
    assert "de 2 à moins de 30 (« Seuil bas », « Seuil haut »)" in said
    assert "30 (« Seuil haut »)" in said
    assert "2 (« Seuil bas »)" in said
    assert "« Petits » : total de plus de 2 (« Seuil bas »)" in said
    assert "« Bureaux » : au moins 30 (« Seuil haut »), sur les points pondérés" in said
    assert "total de plus de 2 points (« Seuil bas »)" in "\n".join(said)
    assert "« Bureaux » : au moins 30 points (« Seuil haut »)" in said
    assert "au-dessous de 30 points (« Seuil haut »), la note ne décide pas : le comité délibère" in said


def test_without_the_names_the_same_is_told_of_a_policy_that_writes_its_numbers() -> None:
    by_name, by_number = "\n".join(told(policy(NAMED))), "\n".join(told(policy(WRITTEN)))
    for aside in (" (« Seuil bas », « Seuil haut »)", " (« Seuil bas »)", " (« Seuil haut »)"):
        by_name = by_name.replace(aside, "")
    assert by_name == by_number


def test_what_a_parameter_states_changes_with_it_and_who_states_it_is_a_change_too() -> None:
    other = NAMED.replace("{value: 30}", "{value: 40}")
    said = [_plain(f"{step.subject} : {each}") for step in steps(policy(NAMED), policy(other)) for each in step.details]
    assert any("30 (« Seuil haut ») → 40 (« Seuil haut »)" in each for each in said)
    named = [_plain(str(each)) for step in steps(policy(WRITTEN), policy(NAMED)) for each in step.details]
    assert "Total minimal : 30 → 30 (« Seuil haut »)" in named
    assert "Totaux minimaux par catégorie, « Petits », Total minimal : 2 → 2 (« Seuil bas »)" in named

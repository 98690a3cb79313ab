"""The policy of a wave evaluated alone: its own budget, with the shares of it, and the minimum that holds there."""

from __future__ import annotations

import pytest

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.waves import alone, minimums_by_wave
from ami_scoring.exact import Fraction

from .building import read

POLICY = """
language: 1
call: {title: Appel d'essai, edition: essai, authority: Comité}
facts: [{name: n, type: integer, label: N, minimum: 0, maximum: 50}]
parameters:
  - {name: seuil, label: Seuil, values: [{value: 5}, {from: 2022-04-01, value: 7}]}
  - {name: lot, label: Enveloppe, values: [{value: 300}, {from: 2022-04-01, value: 200}]}
waves: [{id: v1, closes: 2022-02-28}, {id: v2, label: Vague 2, closes: 2022-09-30, budget: 400}]
criteria:
  - {id: a, label: A, weight: 10, rule: {kind: per_unit, fact: complements.n, points: 1, at_most: 10}}
selection:
  budget:
    amount: 1000
    ask: complements.n
    envelopes:
      - {label: Part, when: {fact: complements.n, at_least: 3}, share: 1/4}
      - {label: Montant, when: {fact: complements.n, at_most: 1}, amount: 50}
"""
LOT = "budget: {fact: parametres.lot}"
VARYING = "selection: {places: 3, minimum: {at_least: {fact: parametres.seuil}, strict: oui}}"


def policy(changes: str = "") -> Criteria:
    return Criteria.model_validate({**read(POLICY), **(read(changes) or {})})


def own(criteria: Criteria, wave: str | None) -> Criteria:
    return alone(criteria, None if wave is None else criteria.wave(wave))


def test_a_wave_shares_its_own_budget_and_the_shares_of_it_follow() -> None:
    budget = own(policy(), "v2").selection.budget
    assert budget is not None
    assert budget.amount == 400
    assert [*budget.parts] == [Fraction(100), Fraction(50)]


@pytest.mark.parametrize("wave", [None, "v1"])
def test_where_nothing_is_its_own_the_policy_is_that_of_the_call(wave: str | None) -> None:
    criteria = policy()
    assert own(criteria, wave) is criteria


def test_the_budget_of_a_wave_changes_nothing_where_there_is_none_to_share() -> None:
    criteria = policy("selection: {places: 3}")
    assert own(criteria, "v2") is criteria


@pytest.mark.parametrize(("name", "amounts"), [("v1", 300), ("v2", 200)])
def test_the_budget_of_a_wave_may_be_a_parameter_as_it_is_when_the_wave_closes(name: str, amounts: int) -> None:
    criteria = policy(f"waves: [{{id: v1, closes: 2022-02-28, {LOT}}}, {{id: v2, closes: 2022-09-30, {LOT}}}]")
    budget = own(criteria, name).selection.budget
    assert budget is not None
    assert budget.amount == amounts
    assert criteria.parameters_stating == {"parametres.lot"}


def test_the_budget_of_a_wave_is_read_at_its_own_closing_whatever_it_is_at_others() -> None:
    late = "parameters: [{name: lot, label: Lot, values: [{from: 2022-06-01, value: 200}]}]"
    criteria = policy(f"{late}\nwaves: [{{id: v1, closes: 2022-02-28}}, {{id: v2, closes: 2022-09-30, {LOT}}}]")
    budget = own(criteria, "v2").selection.budget
    assert budget is not None
    assert budget.amount == 200


def test_two_waves_of_one_label_have_each_their_own_budget() -> None:
    first, second = (f"label: Vague, closes: {day}, {LOT}" for day in ("2022-02-28", "2022-09-30"))
    criteria = policy(f"waves: [{{id: v1, {first}}}, {{id: v2, {second}}}]")
    assert [wave.budget for wave in criteria.waves] == [300, 200]


def test_of_a_minimum_that_changes_a_wave_has_its_own_and_no_other_floor_of_it() -> None:
    criteria = policy(VARYING)
    selection = own(criteria, "v2").selection
    assert selection.minimum == 7
    assert selection.minimum_strict
    assert selection.floors == []
    assert selection.stated_by("minimum") == "parametres.seuil"
    assert criteria.selection.stated_by("minimum") is None
    own_minimums = [(wave.id, floor.at_least) for wave, floor in minimums_by_wave(criteria)]
    assert own_minimums == [("v1", Fraction(5)), ("v2", Fraction(7))]
    assert minimums_by_wave(own(criteria, "v2")) == ()


def test_a_floor_of_a_category_stays_one_in_a_wave_alone() -> None:
    floor = "{label: L, when: {fact: complements.n, at_least: 3}, at_least: {fact: parametres.seuil}}"
    criteria = policy(f"selection: {{places: 3, minimum: 2, floors: [{floor}]}}")
    assert own(criteria, "v1") is criteria
    varying = policy(f"selection: {{places: 3, minimum: {{fact: parametres.seuil}}, floors: [{floor}]}}")
    kept = own(varying, "v1").selection
    assert kept.minimum == Fraction(5)
    assert [each.label for each in kept.floors] == ["L, v1", "L, Vague 2"]


def test_one_floor_that_its_own_parameter_states_is_no_minimum_by_wave() -> None:
    floor = "{label: L, when: {fact: parametres.un, is: 5}, at_least: {fact: parametres.un}}"
    parameters = "parameters: [{name: un, label: Un, values: [{value: 5}]}]"
    criteria = policy(f"{parameters}\nselection: {{places: 3, floors: [{floor}]}}")
    assert minimums_by_wave(criteria) == ()

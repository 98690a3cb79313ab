"""Limits that a parameter states in the place of a number: a policy reads the same as if each were written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ami_scoring.domain.conditions import AllOf, FactCondition
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.modelling.refusals import InvalidDataError
from ami_scoring.domain.simple_rules import Bands
from ami_scoring.exact import Fraction

from .building import read, refused

POLICY = """
language: 1
call: {title: Appel d'essai, edition: essai, authority: Comité}
facts: [{name: n, type: integer, label: N, minimum: 0, maximum: 50}, {name: d, type: date, label: Jour}]
parameters:
  - {name: demi, label: Demi, values: [{value: 1/2}]}
  - {name: seuil, label: Seuil, values: [{value: 5}, {from: 2022-04-01, value: 7}, {from: 2023-01-01, value: 9}]}
  - {name: ancien, label: Ancien, values: [{value: 4}, {from: 2022-01-01, value: 6}]}
  - {name: tardif, label: Tardif, values: [{from: 2022-04-01, value: 3}]}
  - {name: rentree, label: Rentrée, values: [{value: 2022-09-01}]}
  - {name: mobile, label: Mobile, values: [{value: 2022-09-01}, {from: 2022-04-01, value: 2022-10-01}]}
waves: [{id: v1, closes: 2022-02-28}, {id: v2, label: Vague 2, closes: "2022-09-30T12:00:00+02:00"}]
criteria:
  - {id: a, label: A, weight: 10, rule: {kind: per_unit, fact: complements.n, points: 1, at_most: 10}}
selection: {places: 3}
"""
TAIL = ", points: 1}, {from: 20, points: 2}]}"
WHEN = "label: L, when: {fact: complements.n, at_least: 3}"


def policy(changes: str = "") -> Criteria:
    return Criteria.model_validate({**read(POLICY), **(read(changes) or {})})


def rule_of(rule: str) -> Bands:
    made = policy(f"criteria: [{{id: a, label: A, weight: 10, rule: {rule}}}]").criteria[0].rule
    assert isinstance(made, Bands)
    return made


def errors_of(changes: str) -> list[tuple[str, tuple[Any, ...]]]:
    with pytest.raises(InvalidDataError) as caught:
        policy(changes)
    return [(each["type"], each["loc"]) for each in caught.value.errors()]


@pytest.mark.parametrize(
    "selection",
    [
        "minimum: LIMIT",
        "minimum: {at_least: LIMIT, strict: oui}",
        "minimum_mark: LIMIT",
        "decides_from: LIMIT",
        f"floors: [{{{WHEN}, at_least: LIMIT}}]",
        "thresholds: [{criterion: a, at_least: LIMIT}]",
        "thresholds: [{criterion: a, share: LIMIT, on: mark}]",
    ],
)
def test_a_limit_of_the_selection_is_worth_what_its_parameter_states(selection: str) -> None:
    by_name = policy(f"selection: {{places: 3, {selection.replace('LIMIT', '{fact: parametres.demi}')}}}")
    by_number = policy(f"selection: {{places: 3, {selection.replace('LIMIT', '1/2')}}}")
    assert by_name.selection.model_dump() == by_number.selection.model_dump()
    assert by_name.parameters_stating == {"parametres.demi"}
    assert by_number.parameters_stating == frozenset()


@pytest.mark.parametrize("key", ["below", "up_to"])
def test_a_bound_of_a_band_is_worth_what_its_parameter_states(key: str) -> None:
    by_name = rule_of(f"{{kind: bands, fact: complements.n, bands: [{{{key}: {{fact: parametres.ancien}}{TAIL}")
    by_number = rule_of(f"{{kind: bands, fact: complements.n, bands: [{{{key}: 6{TAIL}")
    assert by_name.model_dump() == by_number.model_dump()
    assert by_name.bands[0].stated_by(key) == "parametres.ancien"
    assert by_name.bands[1].parameters_named == ()


def test_bands_are_found_under_other_rules_and_in_computed_facts() -> None:
    bands = "{kind: bands, fact: complements.n, bands: [{below: {fact: parametres.demi}" + TAIL
    made = policy(f"""
computed: [{{name: c, label: C, rule: {bands}}}]
criteria: [{{id: a, label: A, weight: 2, criteria: [
  {{id: a.1, label: A1, weight: 2, rule: {{kind: best_of, rules: [{{kind: cases, rows: [{{if: {{fact: complements.n,
    at_least: 1}}, rule: {bands}}}], otherwise: 0}}]}}}}]}}]
""")
    stated = [part.bands[0].below for rule in made.every_rule for part in _bands(rule)]
    assert stated == [Fraction(1, 2), Fraction(1, 2)]


def _bands(rule: Any) -> list[Bands]:
    if isinstance(rule, Bands):
        return [rule]
    parts = [*getattr(rule, "rules", []), *(row.rule for row in getattr(rule, "rows", []))]
    return [found for part in parts for found in _bands(part)]


def test_a_date_may_bound_bands_of_dates() -> None:
    made = rule_of(
        "{kind: bands, fact: complements.d, bands: [{before: 1}]}".replace(
            "{before: 1}",
            "{below: {fact: parametres.rentree}, points: 1}, {from: {fact: parametres.rentree}, points: 0}",
        )
    )
    assert [band.bounds for band in made.bands] == [{"below": date(2022, 9, 1)}, {"from": date(2022, 9, 1)}]


def test_a_value_older_than_every_wave_or_newer_does_not_count() -> None:
    assert policy("selection: {places: 3, minimum: {fact: parametres.ancien}}").selection.minimum == 6


def test_a_minimum_that_changes_between_waves_is_a_floor_for_each_value() -> None:
    selection = policy("selection: {places: 3, minimum: {at_least: {fact: parametres.seuil}, strict: oui}}").selection
    assert selection.minimum is None
    assert [(floor.label, int(floor.at_least), floor.strict) for floor in selection.floors] == [
        ("Seuil, v1", 5, True),
        ("Seuil, Vague 2", 7, True),
    ]
    assert [floor.when.model_dump(exclude_unset=True) for floor in selection.floors] == [
        {"fact": "parametres.seuil", "is_": "5"},
        {"fact": "parametres.seuil", "is_": "7"},
    ]
    assert [floor.stated_by("at_least") for floor in selection.floors] == ["parametres.seuil"] * 2


def test_a_floor_that_changes_between_waves_keeps_its_place_and_its_condition() -> None:
    other = "{label: M, when: {fact: complements.n, is: 3}, at_least: 1}"
    floors = f"[{{{WHEN}, at_least: {{fact: parametres.seuil}}}}, {other}]"
    selection = policy(f"selection: {{places: 3, floors: {floors}, minimum: {{fact: parametres.seuil}}}}").selection
    assert [(floor.label, int(floor.at_least)) for floor in selection.floors] == [
        ("L, v1", 5),
        ("M", 1),
        ("Seuil, v1", 5),
        ("L, Vague 2", 7),
        ("Seuil, Vague 2", 7),
    ]
    when = selection.floors[3].when
    assert isinstance(when, AllOf)
    assert [part.fact for part in when.all_ if isinstance(part, FactCondition)] == ["complements.n", "parametres.seuil"]


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ("selection: {places: 3, minimum: {fact: parametres.nulle_part}}", "limit-unknown", ("selection", "minimum")),
        ("selection: {places: 3, minimum: {fact: complements.n}}", "limit-unknown", ("selection", "minimum")),
        (
            "selection: {places: 3, thresholds: [{criterion: a, at_least: {fact: parametres.seuil}}]}",
            "limit-varies",
            ("selection", "thresholds", 0, "at_least"),
        ),
        (
            "selection: {places: 3, minimum_mark: {fact: parametres.tardif}}",
            "limit-undated",
            ("selection", "minimum_mark"),
        ),
        (
            "selection: {places: 3, decides_from: {fact: parametres.rentree}}",
            "type-mismatch",
            ("selection", "decides_from"),
        ),
        ("selection: {places: 3, minimum: {fact: parametres.mobile}}", "limit-varies", ("selection", "minimum")),
        (
            f"selection: {{places: 3, floors: [{{{WHEN}, at_least: {{fact: parametres.rentree}}}}]}}",
            "type-mismatch",
            ("selection", "floors", 0, "at_least"),
        ),
        (
            "waves: [{id: v1, closes: 2022-02-28, budget: {fact: parametres.tardif}}]",
            "limit-undated",
            ("waves", 0, "budget"),
        ),
        ("selection: {places: 3, minimum_mark: {fact: [n]}}", "number-expected", ("selection", "minimum_mark")),
        ("selection: {places: 3, minimum_mark: {at_least: 3}}", "number-expected", ("selection", "minimum_mark")),
    ],
)
def test_what_states_no_limit_is_refused_where_the_limit_stands(
    changes: str, code: str, place: tuple[Any, ...]
) -> None:
    assert errors_of(changes) == [(code, place)]


def test_bands_whose_bound_changes_between_waves_are_refused_there() -> None:
    rule = "{kind: bands, fact: complements.n, bands: [{below: {fact: parametres.seuil}" + TAIL
    (found,) = errors_of(f"criteria: [{{id: a, label: A, weight: 10, rule: {rule}}}]")
    assert found[0] == "limit-varies"
    assert found[1][-3:] == ("bands", 0, "below")


def test_a_parameter_that_is_refused_states_nothing_and_both_are_told() -> None:
    parameters = "parameters: [{name: seuil, values: [{value: cinq}]}]\n"
    found = errors_of(f"{parameters}selection: {{places: 1, minimum: {{fact: parametres.seuil}}}}")
    assert {code for code, _ in found} == {"missing", "number-expected", "limit-unread"}


def test_where_no_wave_can_be_read_the_latest_value_stands() -> None:
    changes = "waves: [{id: v1, closes: jamais}]\nselection: {places: 3, minimum: {fact: parametres.seuil}}"
    assert [place for _, place in errors_of(changes)] == [("waves", 0, "closes")]


@pytest.mark.parametrize("data", [None, [], {"selection": []}, {"selection": {"floors": [3], "thresholds": 4}}])
def test_what_is_no_policy_at_all_is_refused_as_it_was(data: Any) -> None:
    with pytest.raises(InvalidDataError):
        Criteria.model_validate(data)


def test_a_parameter_without_a_name_or_that_is_no_block_names_nothing() -> None:
    with refused("limit-unknown"):
        policy("parameters: [3, {label: L}]\nselection: {places: 3, minimum: {fact: parametres.seuil}}")


def test_bands_that_are_no_blocks_are_refused_as_they_were() -> None:
    with refused("model_type"):
        rule_of("{kind: bands, fact: complements.n, bands: [3]}")

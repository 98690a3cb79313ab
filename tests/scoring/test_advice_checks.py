"""Advice on a policy that would score: one second look for each, at its exact place."""

# ruff: noqa: E501 - a case is a line of data

from __future__ import annotations

import pytest

from ami_scoring.findings import Severity
from ami_scoring.scoring.advice_checks import advise

from .building import policy

Place = tuple[str | int, ...]
GROUNDED = "reference: Texte, examples: [{given: {zonage: ZIP}, points: 1}]"
OTHER = f"{{id: b, label: B, weight: 40, {GROUNDED}, rule: {{kind: lookup, fact: zonage, points: {{ZIP: 40}}, otherwise: 1}}}}"


def advice(rule: str, rest: str = "", grounds: str = GROUNDED) -> list[tuple[str, Place]]:
    text = (
        f"criteria: [{{id: a, label: A, weight: 60{', ' if grounds else ''}{grounds}, rule: {rule}}}, {OTHER}]\n{rest}"
    )
    problems = advise(policy(text))
    assert all(problem.severity is Severity.WARNING and str(problem.message) for problem in problems)
    return [(problem.code, problem.path) for problem in problems]


ZIP = "{fact: zonage, is: ZIP}"
EVERY_ZONE = "{ZIP: 6, ZAC: 5, ZAR: 4, ZV: 3, HV: 2, HZ: 1}"
RULE: Place = ("criteria", 0, "rule")


@pytest.mark.parametrize(
    "rule",
    [
        "{kind: lookup, fact: zonage, points: {ZIP: 60}, otherwise: 0}",
        f"{{kind: lookup, fact: zonage, points: {EVERY_ZONE}}}",
        "{kind: lookup, fact: implantation.departement, points: {'09': 60}, otherwise: 0}",
        "{kind: table, rows: locaux.adaptes, columns: locaux.accessibles, points: {oui: {oui: 1}}, otherwise: 0}",
        "{kind: table, rows: implantation.departement, columns: zonage, points: {'09': {ZIP: 1}}, otherwise: 0}",
        f"{{kind: cases, rows: [{{if: {ZIP}, points: 1}}, {{if: {{fact: zonage, is: ZAC}}, points: 2}}], otherwise: 0}}",
        (
            "{kind: cases, rows: [{if: {fact: locaux.bureaux, present: non}, points: 1}, "
            "{if: {fact: locaux.bureaux, at_least: 3}, points: 2}], otherwise: 0}"
        ),
        "{kind: judgement, on: projet, highest: 60}",
    ],
)
def test_a_policy_that_holds_together_needs_no_advice(rule: str) -> None:
    assert advice(rule) == []


@pytest.mark.parametrize(
    ("rule", "problems"),
    [
        (f"{{kind: cases, rows: [{{if: {ZIP}, points: 1}}, {{if: {{fact: zonage, in: [ZIP]}}, points: 2}}], otherwise: 0}}",
         [("row-unreachable", (*RULE, "rows", 1))]),
        ("{kind: cases, rows: [{if: {all: [{fact: locaux.bureaux, above: 2}, {fact: locaux.bureaux, below: 3}]}, points: 1}], otherwise: 0}",
         [("row-unreachable", (*RULE, "rows", 0))]),
        ("{kind: cases, rows: [{if: {fact: locaux.delai_mois, at_most: 6}, points: 3}, {if: {fact: locaux.delai_mois, at_most: 3}, points: 1}], otherwise: 0}",
         [("row-unreachable", (*RULE, "rows", 1))]),
        (f"{{kind: lookup, fact: zonage, points: {EVERY_ZONE}, otherwise: 9}}", [("otherwise-idle", (*RULE, "otherwise"))]),
        ("{kind: table, rows: locaux.adaptes, columns: locaux.accessibles, points: {oui: {oui: 1, non: 2}, non: {oui: 3, non: 4}}, otherwise: 0}",
         [("otherwise-idle", (*RULE, "otherwise"))]),
        (f"{{kind: cases, rows: [{{if: {ZIP}, rule: {{kind: lookup, fact: zonage, points: {EVERY_ZONE}, otherwise: 9}}}}], otherwise: 0}}",
         [("otherwise-idle", (*RULE, "rows", 0, "rule", "otherwise"))]),
        ((f"{{kind: best_of, rules: [{{kind: per_unit, fact: locaux.bureaux, points: 1, at_most: 3}}, "
         f"{{kind: lookup, fact: zonage, points: {EVERY_ZONE}, otherwise: 9}}]}}"),
         [("otherwise-idle", (*RULE, "rules", 1, "otherwise"))]),
    ],
)  # fmt: skip
def test_what_nobody_reaches_is_named(rule: str, problems: list[tuple[str, Place]]) -> None:
    assert advice(rule) == problems


def test_a_table_too_large_to_try_gets_no_advice() -> None:
    many = ", ".join(f"{{fact: locaux.surface_m2, above: {n}}}" for n in range(40))
    rows = f"{{if: {{any: [{many}]}}, points: 1}}, {{if: {{any: [{many.replace('surface_m2', 'delai_mois')}]}}, points: 1}}"
    assert advice(f"{{kind: cases, rows: [{rows}, {rows}], otherwise: 0}}") == []


def test_a_criterion_says_its_ground_and_shows_an_example() -> None:
    rule = "{kind: lookup, fact: zonage, points: {ZIP: 60}, otherwise: 0}"
    assert advice(rule, grounds="short: A") == [
        ("reference-missing", ("criteria", 0)),
        ("example-missing", ("criteria", 0)),
    ]
    below = f"criteria: [{{id: a, label: A, weight: 100, reference: Texte, criteria: [{OTHER.replace('40', '100')}]}}]"
    assert [problem.code for problem in advise(policy(below))] == []


@pytest.mark.parametrize(
    ("selection", "codes"),
    [
        ("{places: 1, minimum: 6}", []),
        ("{places: 1, minimum: 5}", ["threshold-idle"]),
        ("{places: 1}", []),
    ],
)
def test_a_minimum_that_everybody_reaches_is_idle(selection: str, codes: list[str]) -> None:
    rule = "{kind: lookup, fact: zonage, points: {ZIP: 60}, otherwise: 4}"
    assert [code for code, _ in advice(rule, f"selection: {selection}")] == codes


def test_a_criterion_that_counts_for_nothing_when_missing_makes_a_minimum_act() -> None:
    rule = "{kind: lookup, fact: zonage, points: {ZIP: 60}, otherwise: 4}"
    assert advice(rule, "selection: {places: 1, minimum: 5}", f"{GROUNDED}, if_missing: zero") == []

"""Advice on a policy that would score: one second look for each, at its exact place."""

# ruff: noqa: E501 - a case is a line of data

from __future__ import annotations

import pytest
from tests.scoring.building import POLICY, policy, read

from ami_scoring.domain.criteria import Criteria
from ami_scoring.findings import Severity
from ami_scoring.scoring.advice.policies import advise

Place = tuple[str | int, ...]
ELSEWHERE = {"fact-unused", "weight-unreachable"}
"""What the small policies of these tests often have, and tests of their own look at."""
GROUNDED = "reference: Texte, examples: [{given: {zonage: ZIP}, points: 1}]"
OTHER = f"{{id: b, label: B, weight: 40, {GROUNDED}, rule: {{kind: lookup, fact: zonage, points: {{ZIP: 40}}, otherwise: 1}}}}"


def advice(rule: str, rest: str = "", grounds: str = GROUNDED) -> list[tuple[str, Place]]:
    text = (
        f"criteria: [{{id: a, label: A, weight: 60{', ' if grounds else ''}{grounds}, rule: {rule}}}, {OTHER}]\n{rest}"
    )
    problems = advise(policy(text))
    assert all(problem.severity is Severity.WARNING and str(problem.message) for problem in problems)
    return [(problem.code, problem.path) for problem in problems if problem.code not in ELSEWHERE]


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


FACTS = """
facts:
  - {name: n, type: integer, label: N, minimum: 0, maximum: 10}
  - {name: d, type: decimal, label: D, minimum: 0}
  - {name: m, type: decimal, label: M, maximum: 9}
  - {name: jour, type: date, label: Jour}
  - {name: part, type: percentage, label: Part, minimum: 0, maximum: 1}
  - {name: taux, type: percentage, label: Taux, maximum: 2}
  - {name: lieu, type: choice, label: Lieu, choices: [rural, urbain]}
"""


@pytest.mark.parametrize(
    ("rule", "problems"),
    [
        ("{kind: bands, fact: complements.n, bands: [{below: 0, points: 1}, {from: 0, points: 2}]}", [("row-unreachable", (*RULE, "bands", 0))]),
        ("{kind: bands, fact: complements.n, bands: [{up_to: 10, points: 1}, {above: 10, points: 2}]}", [("row-unreachable", (*RULE, "bands", 1))]),
        ("{kind: bands, fact: complements.n, bands: [{below: 10, points: 1}, {from: 10, points: 2}]}", []),
        ("{kind: bands, fact: complements.d, bands: [{up_to: 5, points: 1}, {above: 5, points: 2}]}", []),
        ("{kind: bands, fact: complements.m, bands: [{up_to: 5, points: 1}, {above: 5, points: 2}]}", []),
        ("{kind: bands, fact: complements.m, bands: [{up_to: 9, points: 1}, {above: 9, points: 2}]}", [("row-unreachable", (*RULE, "bands", 1))]),
        ("{kind: bands, fact: complements.jour, bands: [{below: 2022-01-01, points: 1}, {from: 2022-01-01, points: 2}]}", []),
        ("{kind: linear, fact: complements.n, knots: [{at: -5, points: 0}, {at: 5, points: 1}, {at: 15, points: 2}]}", []),
        ("{kind: linear, fact: complements.n, knots: [{at: 0, points: 0}, {at: 10, points: 1}, {at: 15, points: 2}]}", [("row-unreachable", (*RULE, "knots", 2, "at"))]),
        ("{kind: linear, fact: complements.n, knots: [{at: -5, points: 0}, {at: 0, points: 1}, {at: 10, points: 2}]}", [("row-unreachable", (*RULE, "knots", 0, "at"))]),
        ("{kind: linear, fact: complements.taux, knots: [{at: 0, points: 0}, {at: 2, points: 2}]}", []),
        ("{kind: checklist, items: [{label: A, if: {fact: complements.n, at_least: 0}, points: 1}]}", [("condition-settled", (*RULE, "items", 0, "if"))]),
        ("{kind: checklist, items: [{label: A, if: {fact: complements.d, below: 0}, points: 1}]}", [("condition-settled", (*RULE, "items", 0, "if"))]),
        ("{kind: checklist, items: [{label: A, if: {fact: complements.n, present: oui}, points: 1}]}", []),
        ("{kind: checklist, items: [{label: A, if: {any: [{fact: complements.lieu, is: rural}, {fact: complements.n, above: 10}]}, points: 1}]}",
         [("condition-settled", (*RULE, "items", 0, "if", "any", 1))]),
        ("{kind: checklist, items: [{label: A, if: {not: {all: [{fact: complements.lieu, is: rural}, {fact: complements.n, at_most: 10}]}}, points: 1}]}",
         [("condition-settled", (*RULE, "items", 0, "if", "not", "all", 1))]),
        ("{kind: cases, rows: [{if: {all: [{fact: complements.lieu, is: rural}, {fact: complements.n, at_most: 10}]}, points: 1}], otherwise: 0}",
         [("condition-settled", (*RULE, "rows", 0, "if", "all", 1))]),
        ("{kind: cases, rows: [{if: {all: [{fact: complements.lieu, is: rural}, {fact: complements.n, above: 10}]}, points: 1}], otherwise: 0}",
         [("row-unreachable", (*RULE, "rows", 0))]),
        ("{kind: bands, fact: complements.part, bands: [{below: 20, points: 1}, {from: 20, below: 50, points: 2}, {from: 50, points: 3}]}",
         [("percentage-scale", (*RULE, "bands", 0, "below"))]),
        ("{kind: linear, fact: complements.part, knots: [{at: 0, points: 0}, {at: 50, points: 1}, {at: 100, points: 2}]}",
         [("percentage-scale", (*RULE, "knots", 1, "at"))]),
        ("{kind: per_unit, fact: complements.part, after: 20, points: 1, at_most: 3}", [("percentage-scale", (*RULE, "after"))]),
        ("{kind: cases, rows: [{if: {fact: complements.taux, above: 50}, points: 1}], otherwise: 0}", [("percentage-scale", (*RULE, "rows", 0, "if", "above"))]),
        ("{kind: checklist, items: [{label: A, if: {not: {any: [{fact: complements.taux, above: 50}]}}, points: 1}]}",
         [("percentage-scale", (*RULE, "items", 0, "if", "not", "any", 0, "above"))]),
        ("{kind: cases, rows: [{if: {all: [{fact: complements.taux, above: 1.5}, {fact: complements.lieu, is: rural}]}, points: 1}], otherwise: 0}", []),
    ],
)  # fmt: skip
def test_what_the_limits_of_a_fact_decide_beforehand_is_named(rule: str, problems: list[tuple[str, Place]]) -> None:
    assert advice(rule, FACTS) == problems


@pytest.mark.parametrize(
    ("rest", "problems"),
    [
        ("eligibility: [{id: g, label: G, reference: T, require: {fact: locaux.bureaux, at_least: 0}}]", [("condition-settled", ("eligibility", 0, "require"))]),
        ("selection: {places: 1, quotas: [{label: Q, when: {fact: locaux.bureaux, below: 0}, at_most: 1}]}",
         [("condition-settled", ("selection", "quotas", 0, "when"))]),
        ("selection: {places: 1, floors: [{label: Q, when: {fact: locaux.bureaux, below: 0}, at_least: 1}]}",
         [("condition-settled", ("selection", "floors", 0, "when"))]),
        ("selection: {budget: {amount: 1, ask: locaux.bureaux, envelopes: [{label: Q, when: {fact: locaux.bureaux, below: 0}, amount: 1}]}}",
         [("condition-settled", ("selection", "budget", "envelopes", 0, "when"))]),
        ("facts: [{name: p, type: percentage, label: P, minimum: 0, maximum: 100}]", [("percentage-scale", ("facts", 0, "maximum"))]),
        ("computed: [{name: p, label: P, type: percentage, maximum: 100, ratio: {of: locaux.bureaux, to: 3}}]",
         [("percentage-scale", ("computed", 0, "maximum"))]),
        ("computed: [{name: p, label: P, rule: {kind: checklist, items: [{label: A, if: {fact: locaux.bureaux, at_least: 0}, points: 1}]}}]",
         [("condition-settled", ("computed", 0, "rule", "items", 0, "if"))]),
        ("computed: [{name: p, label: P, sum_of: [locaux.bureaux, 3]}]", []),
    ],
)  # fmt: skip
def test_what_is_decided_beforehand_outside_the_criteria_is_named(rest: str, problems: list[tuple[str, Place]]) -> None:
    assert advice("{kind: lookup, fact: zonage, points: {ZIP: 60}, otherwise: 0}", rest) == problems


def test_what_is_decided_beforehand_comes_with_the_limits_that_decide() -> None:
    rule = (
        "{kind: checklist, items: [{label: A, if: {fact: complements.n, above: 10}, points: 60}, "
        "{label: B, if: {all: [{fact: complements.lieu, is: rural}, {fact: complements.lieu, is: urbain}]}, points: 1},"
        "{label: C, if: {all: [{fact: complements.jour, before: 2022-01-01}, "
        "{fact: complements.jour, after: 2022-01-01}]}, points: 1}]}"
    )
    problems = advise(policy(f"criteria: [{{id: a, label: A, weight: 100, {GROUNDED}, rule: {rule}}}]\n{FACTS}"))
    assert [None if problem.suggestion is None else str(problem.suggestion) for problem in problems] == [
        "« complements.n » vaut au moins 0 et au plus 10.",
        "« complements.lieu » vaut : rural, urbain.",
        None,
    ]


@pytest.mark.parametrize(
    ("criterion", "said"),
    [
        (
            "weight: 60, rule: {kind: per_unit, fact: locaux.bureaux, points: 1, at_most: 40}",
            "Relevez les points de la règle, baissez le poids à 40, ou écrivez « out_of: 40 » pour que 40 en vaille 60.",
        ),
        (
            "weight: 60, out_of: 10, rule: {kind: judgement, on: projet, highest: 7.5}",
            "Relevez les points de la règle, ou écrivez « out_of: 7.5 ».",
        ),
        (
            "weight: 5, down_to: -5, bonus: oui, rule: {kind: lookup, fact: zonage, points: {ZIP: -5}, otherwise: 0}",
            "Un malus a un poids de 0.",
        ),
        (
            (
                "weight: 60, capped: oui, criteria: ["
                "{id: x, label: X, weight: 40, reference: T, rule: {kind: judgement, on: x, highest: 40}}]"
            ),
            "Baissez le poids à 40, ou relevez ceux du dessous.",
        ),
    ],
)
def test_a_weight_that_nobody_gets_comes_with_the_ways_to_mend_it(criterion: str, said: str) -> None:
    problems = advise(policy(f"criteria: [{{id: a, label: A, {GROUNDED}, {criterion}}}]"))
    assert [(problem.code, str(problem.suggestion)) for problem in problems] == [("weight-unreachable", said)]


@pytest.mark.parametrize(
    "criterion",
    [
        "weight: 60, out_of: 40, rule: {kind: per_unit, fact: locaux.bureaux, points: 1, at_most: 40}",
        "weight: 0, down_to: -5, rule: {kind: lookup, fact: zonage, points: {ZIP: -5}, otherwise: 0}",
        "open_ended: oui, rule: {kind: per_unit, fact: locaux.bureaux, points: 1, at_most: 40}",
        "weight: 60, rule: {kind: lookup, fact: zonage, points: {ZIP: 5}, otherwise: 5}",
        (
            "weight: 60, capped: oui, criteria: ["
            "{id: x, label: X, weight: 80, reference: T, rule: {kind: judgement, on: x, highest: 80}}]"
        ),
        (
            "weight: 60, capped: oui, criteria: ["
            "{id: x, label: X, open_ended: oui, reference: T, rule: {kind: judgement, on: x, highest: 8}}]"
        ),
    ],
)
def test_a_weight_that_somebody_gets_needs_no_advice(criterion: str) -> None:
    assert advise(policy(f"criteria: [{{id: a, label: A, {GROUNDED}, {criterion}}}]")) == []


PARAMETER = "parameters: [{name: p, label: P, values: [{value: 1}, {from: %s, value: 2}]}]\n"
READ = "computed: [{name: c, label: C, sum_of: [parametres.p, 1]}]\n"
SHOWN = "reference: T, examples: [{given: {calculs.c: 1}, points: 1}]"
BY_C = f"criteria: [{{id: c, label: C, weight: 100, {SHOWN}, rule: {{kind: lookup, fact: calculs.c, points: {{2: 100}}, otherwise: 1}}}}]\n"


@pytest.mark.parametrize(
    ("rest", "problems"),
    [
        (PARAMETER % "2022-09-30" + READ + BY_C, []),
        (PARAMETER % "2022-10-01" + READ + BY_C, [("parameter-late", ("parameters", 0, "values", 1, "from"))]),
        (PARAMETER % "2022-01-01" + BY_C.replace("calculs.c", "parametres.p"), []),
        (PARAMETER % "2022-01-01" + READ, [("fact-unused", ("computed", 0, "name"))]),
        (PARAMETER % "2022-01-01", [("fact-unused", ("parameters", 0, "name"))]),
        (PARAMETER % "2022-01-01" + "selection: {places: 1, minimum: {fact: parametres.p}}", []),
        ("facts: [{name: n, type: integer, label: N}]", []),
        ("eligibility: [{id: g, label: G, require: {fact: locaux.bureaux, above: 0}}]", [("reference-missing", ("eligibility", 0))]),
        ("ranking: {ties: [a, {fact: depose_le, prefer: earliest}, a, {fact: depose_le, prefer: latest}, {draw: x}]}",
         [("tie-idle", ("ranking", "ties", 2)), ("tie-idle", ("ranking", "ties", 3))]),
        ("selection: {places: 1, thresholds: [{criterion: a, at_least: 3}, {criterion: a, on: mark, at_least: 2}, {criterion: a, share: 1/2}]}",
         [("threshold-idle", ("selection", "thresholds", 2))]),
        ("selection: {places: 1, thresholds: [{criterion: a, at_least: 0}]}", [("threshold-idle", ("selection", "thresholds", 0, "at_least"))]),
        ("selection: {places: 1, thresholds: [{criterion: a, share: 0}]}", [("threshold-idle", ("selection", "thresholds", 0, "share"))]),
        ("selection: {places: 1, thresholds: [{criterion: a, share: 0, strict: oui}]}", []),
        ("selection: {places: 1, minimum: 50, decides_from: 75}", []),
        ("selection: {places: 1, decides_from: 75}", []),
        ("selection: {places: 1, minimum: 50, decides_from: 50}", [("threshold-idle", ("selection", "decides_from"))]),
    ],
)  # fmt: skip
def test_what_a_policy_states_in_vain_is_named(rest: str, problems: list[tuple[str, Place]]) -> None:
    own = f"criteria: [{{id: a, label: A, weight: 100, {GROUNDED}, rule: {{kind: lookup, fact: zonage, points: {{ZIP: 100}}, otherwise: 0}}}}]\n"
    found = advise(policy(rest if "criteria" in rest else own + rest))
    assert [(problem.code, problem.path) for problem in found] == problems


def test_a_key_without_a_value_is_named() -> None:
    data = read(
        f"{POLICY}\nselection: {{places: 1}}\neligibility: [{{id: g, label: G, require: {{fact: pieces, present: oui}}}}]"
    )
    data["selection"]["minimum"] = None
    data["eligibility"][0]["reference"] = None
    found = [problem for problem in advise(Criteria.model_validate(data)) if problem.code == "value-empty"]
    assert [(problem.path, problem.on_key) for problem in found] == [
        (("eligibility", 0, "reference"), True),
        (("selection", "minimum"), True),
    ]

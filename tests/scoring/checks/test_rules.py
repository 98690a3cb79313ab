"""One wrong rule for each mistake, with the code and the exact place that the finding names."""

# ruff: noqa: E501 - a case is a line of data

from __future__ import annotations

import pytest
from hypothesis import given, settings
from tests.scoring.building import catalogue_with, rule_of
from tests.scoring.strategies import CATALOGUE, RULES, Data

from ami_scoring.domain.comparisons import facts_of_comparisons
from ami_scoring.findings import Severity
from ami_scoring.scoring.checks.rules import check_rule

FACTS = catalogue_with(
    [
        {"name": "n", "type": "integer", "label": "N", "minimum": "0"},
        {"name": "d", "type": "decimal", "label": "D"},
        {"name": "share", "type": "percentage", "label": "Part", "minimum": "0", "maximum": "1"},
        {"name": "few", "type": "integer", "label": "Peu", "minimum": "0", "maximum": "4"},
    ]
)
Place = tuple[str | int, ...]


def found(rule: str | Data) -> list[tuple[str, Place]]:
    made = rule_of(rule)
    known = {**FACTS, **{fact.name: fact for fact in facts_of_comparisons(made, dict(FACTS))}}
    problems = list(check_rule(made, ("rule",), known))
    assert all(problem.severity is Severity.ERROR and str(problem.message) for problem in problems)
    return [(problem.code, problem.path) for problem in problems]


RIGHT = [
    "{kind: lookup, fact: zonage, points: {ZIP: 30}, otherwise: 0}",
    "{kind: lookup, fact: locaux.adaptes, points: {Oui: 30, non: 0}}",
    (
        "{kind: lookup, fact: engagement_financier.nature, points: {contribution: 1, Mise à disposition: 2, "
        "contribution et mise à disposition: 3}}"
    ),
    "{kind: lookup, fact: complements.n, points: {0: 1, 12: 2}, otherwise: 0}",
    "{kind: lookup, fact: complements.d, points: {0.5: 1, 1/3: 2, -2: 0}, otherwise: 0}",
    "{kind: lookup, fact: depose_le, points: {2022-09-30: 1}, otherwise: 0}",
    "{kind: lookup, fact: implantation.departement, points: {'09': 1}, otherwise: 0}",
    "{kind: bands, fact: complements.n, bands: [{up_to: 3, points: 0}, {from: 4, points: 1}]}",
    "{kind: bands, fact: complements.n, bands: [{below: 3.5, points: 0}, {above: 3.5, points: 1}]}",
    "{kind: bands, fact: complements.n, bands: [{from: 0, below: 3, points: 0}, {from: 3, points: 1}]}",
    "{kind: bands, fact: complements.d, bands: [{up_to: 3, points: 0}, {above: 3, points: 1}]}",
    "{kind: bands, fact: complements.d, bands: [{below: 3, points: 0}, {from: 3, up_to: 3, points: 2}, {above: 3, points: 1}]}",
    "{kind: bands, fact: complements.share, bands: [{from: 0, below: 0.5, points: 0}, {from: 0.5, up_to: 1, points: 1}]}",
    "{kind: bands, fact: depose_le, bands: [{up_to: 2022-03-31, points: 0}, {from: 2022-04-01, points: 1}]}",
    "{kind: bands, fact: depose_le, bands: [{below: 2022-04-01, points: 0}, {above: 2022-03-31, points: 1}]}",
    "{kind: bands, fact: complements.d, bands: [{points: 1}]}",
    "{kind: linear, fact: complements.d, knots: [{at: 0, points: 1}, {at: 1, points: 0}]}",
    "{kind: per_unit, fact: complements.n, points: 1, at_most: 4}",
    "{kind: per_unit, fact: complements.few, points: 1}",
    "{kind: per_unit, fact: complements.few, points: -1}",
    "{kind: per_unit, fact: complements.n, points: 0}",
    "{kind: checklist, items: [{id: a, label: A, if: {fact: pieces, includes: plan}, points: 1}], exclusive: [[a]]}",
    "{kind: cases, rows: [{if: {fact: pieces, present: oui}, points: 1}], otherwise: 0}",
    "{kind: sum_of, rules: [{kind: per_unit, fact: complements.few, points: 1}], at_least: 1, at_most: 1}",
    "{kind: table, rows: zonage, columns: locaux.adaptes, points: {ZIP: {oui: 1}}, otherwise: 0}",
    "{kind: table, rows: locaux.adaptes, columns: locaux.accessibles, points: {oui: {oui: 1, non: 2}, non: {oui: 3, non: 4}}}",
    "{kind: table, rows: complements.n, columns: implantation.departement, points: {3: {'09': 1}}, otherwise: 0}",
    "{kind: cases, rows: [{if: {fact: zonage, is: ZIP}, rule: {kind: per_unit, fact: complements.few, points: 1}}], otherwise: 0}",
    "{kind: judgement, on: projet, highest: 5}",
    "{kind: judgement, on: projet, tiers: {Fort: {points: 5, text: A}, Nul: {points: 0, text: B}}, required: 2, discuss_above: 4}",
    "{kind: judgement, on: projet, lowest: -1, highest: 5, step: 0.5}",
]


@pytest.mark.parametrize("rule", RIGHT)
def test_a_right_rule_has_no_problem(rule: str) -> None:
    assert found(rule) == []


WRONG: list[tuple[str, list[tuple[str, Place]]]] = [
    ("{kind: lookup, fact: zonages, points: {ZIP: 1}}", [("unknown-fact", ("rule", "fact"))]),
    ("{kind: bands, fact: zonages, bands: [{points: 1}]}", [("unknown-fact", ("rule", "fact"))]),
    ("{kind: linear, fact: x, knots: [{at: 0, points: 1}, {at: 1, points: 0}]}", [("unknown-fact", ("rule", "fact"))]),
    ("{kind: per_unit, fact: x, points: 1}", [("unknown-fact", ("rule", "fact"))]),
    # --- lookup
    ("{kind: lookup, fact: pieces, points: {plan: 1}}", [("type-mismatch", ("rule", "fact"))]),
    ("{kind: lookup, fact: zonage, points: {ZIP: 1, ZRR: 2}, otherwise: 0}", [("category-unknown", ("rule", "points", "ZRR"))]),
    ("{kind: lookup, fact: locaux.adaptes, points: {oui: 1, peut-être: 2}, otherwise: 0}",
     [("category-unknown", ("rule", "points", "peut-être"))]),
    ("{kind: lookup, fact: zonage, points: {ZIP: 1, zip: 2}, otherwise: 0}", [("category-twice", ("rule", "points", "zip"))]),
    ("{kind: lookup, fact: zonage, points: {ZIP: 1}}", [("category-unscored", ("rule", "points"))]),
    ("{kind: lookup, fact: locaux.adaptes, points: {oui: 1}}", [("category-unscored", ("rule", "points"))]),
    ("{kind: lookup, fact: implantation.departement, points: {'09': 1}}", [("otherwise-missing", ("rule",))]),
    ("{kind: lookup, fact: implantation.departement, points: {Ariège: 1}, otherwise: 0}",
     [("category-unknown", ("rule", "points", "Ariège"))]),
    ("{kind: lookup, fact: complements.d, points: {1: 1}}", [("otherwise-missing", ("rule",))]),
    ("{kind: lookup, fact: complements.n, points: {un: 1}, otherwise: 0}", [("type-mismatch", ("rule", "points", "un"))]),
    ("{kind: lookup, fact: complements.n, points: {'01': 1}, otherwise: 0}", [("type-mismatch", ("rule", "points", "01"))]),
    ("{kind: lookup, fact: complements.n, points: {1/0: 1}, otherwise: 0}", [("type-mismatch", ("rule", "points", "1/0"))]),
    ("{kind: lookup, fact: complements.n, points: {1e16: 1}, otherwise: 0}",
     [("type-mismatch", ("rule", "points", "1e16"))]),
    ("{kind: lookup, fact: complements.d, points: {0.50: 1}, otherwise: 0}", [("type-mismatch", ("rule", "points", "0.50"))]),
    ("{kind: lookup, fact: depose_le, points: {30/09/2022: 1}, otherwise: 0}",
     [("type-mismatch", ("rule", "points", "30/09/2022"))]),
    # --- bands
    ("{kind: bands, fact: zonage, bands: [{points: 1}]}", [("type-mismatch", ("rule", "fact"))]),
    ("{kind: bands, fact: depose_le, bands: [{below: 3, points: 1}, {from: 3, points: 0}]}",
     [("type-mismatch", ("rule", "bands", 0, "below")), ("type-mismatch", ("rule", "bands", 1, "from"))]),
    ("{kind: bands, fact: complements.d, bands: [{up_to: 2022-01-01, points: 1}, {above: 3, points: 0}]}",
     [("type-mismatch", ("rule", "bands", 0, "up_to"))]),
    ("{kind: bands, fact: complements.d, bands: [{below: 3, points: 1}, {from: 4, points: 0}]}",
     [("band-gap", ("rule", "bands", 1))]),
    ("{kind: bands, fact: complements.d, bands: [{up_to: 3, points: 1}, {from: 4, points: 0}]}",
     [("band-gap", ("rule", "bands", 1))]),
    ("{kind: bands, fact: complements.d, bands: [{below: 3, points: 1}, {above: 3, points: 0}]}",
     [("band-gap", ("rule", "bands", 1))]),
    ("{kind: bands, fact: complements.n, bands: [{up_to: 3, points: 1}, {from: 5, points: 0}]}",
     [("band-gap", ("rule", "bands", 1))]),
    ("{kind: bands, fact: depose_le, bands: [{up_to: 2022-01-01, points: 1}, {from: 2022-01-03, points: 0}]}",
     [("band-gap", ("rule", "bands", 1))]),
    ("{kind: bands, fact: complements.d, bands: [{from: 1, points: 1}]}", [("band-gap", ("rule", "bands", 0))]),
    ("{kind: bands, fact: complements.d, bands: [{below: 1, points: 1}, {from: 1, below: 2, points: 2}]}",
     [("band-gap", ("rule", "bands", 1))]),
    ("{kind: bands, fact: complements.n, bands: [{from: 1, points: 1}]}", [("band-gap", ("rule", "bands", 0))]),
    ("{kind: bands, fact: complements.share, bands: [{above: 0, up_to: 1, points: 1}]}", [("band-gap", ("rule", "bands", 0))]),
    ("{kind: bands, fact: complements.share, bands: [{from: 0, below: 1, points: 1}]}", [("band-gap", ("rule", "bands", 0))]),
    ("{kind: bands, fact: complements.d, bands: [{up_to: 3, points: 1}, {from: 3, points: 0}]}",
     [("band-overlap", ("rule", "bands", 1))]),
    ("{kind: bands, fact: complements.d, bands: [{below: 3, points: 1}, {above: 2, points: 0}]}",
     [("band-overlap", ("rule", "bands", 1))]),
    ("{kind: bands, fact: complements.d, bands: [{points: 1}, {from: 3, points: 0}]}", [("band-overlap", ("rule", "bands", 1))]),
    ("{kind: bands, fact: complements.d, bands: [{below: 3, points: 1}, {points: 0}]}", [("band-overlap", ("rule", "bands", 1))]),
    ("{kind: bands, fact: complements.d, bands: [{below: 3, points: 1}, {from: 3, below: 3, points: 2}, {from: 3, points: 0}]}",
     [("band-empty", ("rule", "bands", 1))]),
    ("{kind: bands, fact: complements.n, bands: [{up_to: 3, points: 1}, {above: 3, below: 4, points: 2}, {from: 4, points: 0}]}",
     [("band-empty", ("rule", "bands", 1))]),
    ("{kind: bands, fact: complements.n, bands: [{from: 0, below: 10, points: 1}, {from: 20, points: 2}, {from: 10, below: 20, points: 3}]}",
     [("band-gap", ("rule", "bands", 1)), ("band-overlap", ("rule", "bands", 2)), ("band-gap", ("rule", "bands", 2))]),
    ("{kind: bands, fact: complements.d, bands: [{from: 5, below: 9, points: 1}, {from: 0, below: 5, points: 2}]}",
     [("band-order", ("rule", "bands", 1)), ("band-gap", ("rule", "bands", 0)), ("band-gap", ("rule", "bands", 1))]),
    # --- linear, per_unit
    ("{kind: linear, fact: zonage, knots: [{at: 0, points: 1}, {at: 1, points: 0}]}", [("type-mismatch", ("rule", "fact"))]),
    ("{kind: linear, fact: depose_le, knots: [{at: 0, points: 1}, {at: 1, points: 0}]}", [("type-mismatch", ("rule", "fact"))]),
    ("{kind: linear, fact: complements.d, knots: [{at: 0, points: 1}, {at: 2, points: 0}, {at: 2, points: 3}]}",
     [("knots-order", ("rule", "knots", 2, "at"))]),
    ("{kind: linear, fact: complements.d, knots: [{at: 3, points: 1}, {at: 2, points: 0}]}",
     [("knots-order", ("rule", "knots", 1, "at"))]),
    ("{kind: per_unit, fact: locaux.etat, points: 1, at_most: 3}", [("type-mismatch", ("rule", "fact"))]),
    ("{kind: per_unit, fact: complements.n, points: 1}", [("no-cap", ("rule",))]),
    ("{kind: per_unit, fact: complements.n, points: -1}", [("no-floor", ("rule",))]),
    ("{kind: per_unit, fact: complements.n, points: -1, at_most: 3}", [("no-floor", ("rule",))]),
    # --- table
    ("{kind: table, rows: x, columns: y, points: {a: {b: 1}}, otherwise: 0}",
     [("unknown-fact", ("rule", "rows")), ("unknown-fact", ("rule", "columns"))]),
    ("{kind: table, rows: zonage, columns: y, points: {a: {b: 1}}, otherwise: 0}", [("unknown-fact", ("rule", "columns"))]),
    ("{kind: table, rows: zonage, columns: zonage, points: {ZIP: {ZIP: 1}}, otherwise: 0}",
     [("table-one-fact", ("rule", "columns"))]),
    ("{kind: table, rows: pieces, columns: zonage, points: {plan: {ZIP: 1}}, otherwise: 0}", [("type-mismatch", ("rule", "rows"))]),
    ("{kind: table, rows: zonage, columns: pieces, points: {ZIP: {plan: 1}}, otherwise: 0}", [("type-mismatch", ("rule", "columns"))]),
    ("{kind: table, rows: zonage, columns: complements.n, points: {ZRR: {3: 1}, ZIP: {un: 1}}, otherwise: 0}",
     [("category-unknown", ("rule", "points", "ZRR")), ("type-mismatch", ("rule", "points", "ZIP", "un"))]),
    ("{kind: table, rows: locaux.adaptes, columns: locaux.accessibles, points: {oui: {oui: 1}, non: {oui: 3, non: 4}}}",
     [("category-unscored", ("rule", "points", "oui"))]),
    ("{kind: table, rows: locaux.adaptes, columns: locaux.accessibles, points: {oui: {oui: 1}}}",
     [("category-unscored", ("rule", "points", "oui")), ("category-unscored", ("rule", "points"))]),
    ("{kind: table, rows: zonage, columns: locaux.adaptes, points: {ZIP: {oui: 1, Oui: 2}, zip: {non: 3}}, otherwise: 0}",
     [("category-twice", ("rule", "points", "zip")), ("category-twice", ("rule", "points", "ZIP", "Oui"))]),
    ("{kind: table, rows: zonage, columns: complements.n, points: {ZIP: {3: 1}}}", [("otherwise-missing", ("rule", "points"))]),
    ("{kind: table, rows: complements.n, columns: zonage, points: {3: {ZIP: 1}}}", [("otherwise-missing", ("rule", "points"))]),
    ("{kind: table, rows: complements.n, columns: zonage, points: {3: {ZIP: impossible}}, otherwise: 0}", []),
    ("{kind: table, rows: locaux.adaptes, columns: locaux.accessibles, points: {oui: {oui: impossible, non: 1}, non: {oui: impossible, non: impossible}}}", [("cell-impossible", ("rule", "points"))] * 3),
    ("{kind: table, rows: zonage, columns: locaux.adaptes, points: {ZIP: {oui: 1, non: impossible}}, otherwise: 0}", [("cell-impossible", ("rule", "points"))]),
    # --- judgement, relative
    ("{kind: judgement, on: projet, highest: 0}", [("limits-crossed", ("rule", "highest"))]),
    ("{kind: judgement, on: projet, lowest: 3, highest: 2}", [("limits-crossed", ("rule", "highest"))]),
    ("{kind: judgement, on: projet, tiers: {Fort: {points: 0, text: A}, Nul: {points: 0, text: B}}}", [("limits-crossed", ("rule", "tiers"))]),
    ("{kind: judgement, on: projet, tiers: {Fort: {points: 5, text: A}, fort: {points: 0, text: B}}}", [("category-twice", ("rule", "tiers", "fort"))]),
    ("{kind: judgement, on: projet, tiers: {Fort: {points: 5, text: A}, '3,5': {points: 0, text: B}}}", [("tier-name", ("rule", "tiers", "3,5"))]),
    ("{kind: judgement, on: projet, tiers: {Fort: {points: 5, text: A}, '1,234': {points: 0, text: B}}}", [("tier-name", ("rule", "tiers", "1,234"))]),
    ("{kind: judgement, on: projet, tiers: {Fort: {points: 5, text: A}, Nul: {points: 0, text: B}}, required: 0}", [("opinions-required", ("rule", "required"))]),
    ("{kind: judgement, on: projet, tiers: {Fort: {points: 5, text: A}, Nul: {points: 0, text: B}}, discuss_above: 5}", [("discussion-idle", ("rule", "discuss_above"))]),
    ("{kind: judgement, on: projet, tiers: {Fort: {points: 5, text: A}, Nul: {points: 0, text: B}}, discuss_above: -1}", [("discussion-idle", ("rule", "discuss_above"))]),
    ("{kind: judgement, on: projet, highest: 5, step: 2}", [("judgement-step", ("rule", "step"))]),
    ("{kind: judgement, on: projet, highest: 5, step: -1}", [("judgement-step", ("rule", "step"))]),
    ("{kind: relative, fact: x, best: lowest, points: 1}", [("unknown-fact", ("rule", "fact"))]),
    ("{kind: relative, fact: complements.n, best: lowest, points: 1, within: x}", [("unknown-fact", ("rule", "within"))]),
    # --- checklist and compositions
    ("{kind: checklist, items: [{id: a, label: A, if: {fact: pieces, includes: plan}, points: 1}], exclusive: [[a, b], [c]]}",
     [("unknown-item", ("rule", "exclusive", 0, 1)), ("unknown-item", ("rule", "exclusive", 1, 0))]),
    ("{kind: checklist, items: [{label: A, if: {fact: x, is: 1}, points: 1}], at_least: 3, at_most: 2}",
     [("unknown-fact", ("rule", "items", 0, "if", "fact")), ("limits-crossed", ("rule", "at_least"))]),
    ("{kind: cases, rows: [{if: {fact: zonage, is: ZIP}, points: 1}, {if: {all: [{not: {fact: x, is: 1}}]}, points: 1}], otherwise: 0}",
     [("unknown-fact", ("rule", "rows", 1, "if", "all", 0, "not", "fact"))]),
    ("{kind: cases, rows: [{if: {fact: zonage, is: ZIP}, rule: {kind: per_unit, fact: complements.n, points: 1}}], otherwise: 0}",
     [("no-cap", ("rule", "rows", 0, "rule"))]),
    ("{kind: best_of, rules: [{kind: per_unit, fact: x, points: 1}], at_least: 2, at_most: 1}",
     [("unknown-fact", ("rule", "rules", 0, "fact")), ("limits-crossed", ("rule", "at_least"))]),
    ("{kind: worst_of, rules: [{kind: sum_of, rules: [{kind: lookup, fact: x, points: {a: 1}}]}]}",
     [("unknown-fact", ("rule", "rules", 0, "rules", 0, "fact"))]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "problems"), WRONG)
def test_a_wrong_rule_is_named_at_its_exact_place(rule: str, problems: list[tuple[str, Place]]) -> None:
    assert found(rule) == problems


NOTED = ("pool-relative", Severity.NOTE, ())


@pytest.mark.parametrize(
    ("compared", "problems"),
    [
        ("fact: complements.d, points: 1", [NOTED]),
        ("fact: zonage, points: 1", [("type-mismatch", Severity.ERROR, ("fact",)), NOTED]),
        ("fact: complements.d, points: 1, within: pieces", [("type-mismatch", Severity.ERROR, ("within",)), NOTED]),
        ("fact: complements.d, by_rank: [2, 2, 1], within: zonage", [NOTED]),
        ("fact: complements.d, by_rank: [2, 3]", [("ranks-order", Severity.ERROR, ("by_rank", 0)), NOTED]),
        ("fact: complements.d, by_rank: [2, -1]", [("ranks-order", Severity.ERROR, ("by_rank", 1)), NOTED]),
    ],
)
def test_a_comparison_with_the_pool_is_always_warned_of(
    compared: str, problems: list[tuple[str, Severity, Place]]
) -> None:
    made = rule_of(f"{{kind: relative, best: lowest, {compared}}}")
    known = {**FACTS, **{each.name: each for each in facts_of_comparisons(made, dict(FACTS))}}
    assert [(each.code, each.severity, each.path) for each in check_rule(made, (), known)] == problems


@settings(max_examples=150)
@given(RULES)
def test_a_rule_that_scores_every_value_has_no_problem(data: Data) -> None:
    assert list(check_rule(rule_of(data), (), CATALOGUE)) == []


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            "{kind: bands, fact: complements.d, bands: [{below: 3, points: 1}, {from: 4.5, points: 0}]}",
            "Faites-les se toucher : « below: 4.5 », puis « from: 4.5 ».",
        ),
        (
            "{kind: bands, fact: complements.d, bands: [{up_to: 3, points: 1}, {above: 2, points: 0}]}",
            "Faites-les se toucher : « up_to: 2 », puis « above: 2 ».",
        ),
        (
            "{kind: bands, fact: depose_le, bands: [{below: 2032-01-01, points: 1}, {from: 2032-01-02, points: 0}]}",
            "Faites-les se toucher : « below: 2032-01-02 », puis « from: 2032-01-02 ».",
        ),
        (
            (
                "{kind: checklist, items: [{id: b, label: B, if: {fact: pieces, includes: plan}, points: 1}, "
                "{label: C, if: {fact: pieces, includes: devis}, points: 1}], exclusive: [[b, c]]}"
            ),
            "Éléments nommés : b.",
        ),
    ],
)
def test_a_wrong_rule_comes_with_the_way_to_mend_it(rule: str, said: str) -> None:
    (problem,) = check_rule(rule_of(rule), (), FACTS)
    assert str(problem.suggestion) == said

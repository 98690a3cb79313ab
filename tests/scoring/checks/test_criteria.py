"""One wrong policy for each mistake, with the code and the exact place that the finding names."""

# ruff: noqa: E501 - a case is a line of data

from __future__ import annotations

import pytest
from hypothesis import given, settings
from tests.scoring.building import policy
from tests.scoring.strategies import DECLARATIONS, Data, policies

from ami_scoring.domain.criteria import Criteria
from ami_scoring.findings import Severity
from ami_scoring.scoring.checks.criteria import check_criteria

Place = tuple[str | int, ...]
LOOKUP = "rule: {kind: lookup, fact: zonage, points: {ZIP: 40}, otherwise: 0}"
ROOMS = "rule: {kind: per_unit, fact: locaux.bureaux, points: 10, at_most: 60}"


def found(changes: str) -> list[tuple[str, Place]]:
    return [(problem.code, problem.path) for problem in check_criteria(policy(changes))]


def two(first: str, second: str = f"weight: 40, {LOOKUP}") -> str:
    """Write a policy of two criteria, the first of which is at fault."""
    return f"criteria: [{{id: a, label: A, {first}}}, {{id: b, label: B, {second}}}]"


RIGHT = [
    "",
    two(f"weight: 60, {ROOMS}"),
    two(f"weight: 60, out_of: 120, {ROOMS}"),
    two(
        f"weight: 60, criteria: [{{id: c, label: C, weight: 20, out_of: 60, {ROOMS}}}, {{id: d, label: D, weight: 40, {LOOKUP}}}]"
    ),
    two(f"weight: 60, capped: oui, criteria: [{{id: c, label: C, weight: 100, {ROOMS}}}]"),
    "total: 200\n" + two(f"weight: 160, {ROOMS}"),
    "ranking: {ties: [zonage, {fact: depose_le, prefer: earliest}, {draw: graine}]}",
    "selection: {places: 1, minimum: 100, thresholds: [{criterion: zonage, at_least: 60}, {criterion: bureaux, share: 1}]}",
    "eligibility: [{id: g, label: G, require: {fact: porteur.type, in: [epci]}}]",
    "facts: [{name: n, type: integer, label: N, minimum: 0, maximum: 0}, {name: c, type: choice, label: C, choices: [a]}]",
    two(
        f"weight: 60, {ROOMS}, examples: [{{given: {{locaux.bureaux: 3}}, points: 30}}, {{given: {{locaux.bureaux: 9}}, points: 60}}]"
    ),
    two(f"weight: 60, {ROOMS}")
    + "\nparameters: [{name: p, label: P, values: [{value: 1}, {from: 2022-01-01, value: 2}]}]",
    (
        "computed: [{name: a, label: A, days: {from: depose_le, to: locaux.disponibles_le}}, "
        "{name: b, label: B, ratio: {of: calculs.a, to: locaux.bureaux}}]"
    ),
    (
        f"criteria: [{{id: a, label: A, weight: 100, {LOOKUP}}}, {{id: b, label: B, weight: 60, bonus: oui, {ROOMS}}}, "
        "{id: c, label: C, open_ended: oui, rule: {kind: per_unit, fact: locaux.bureaux, points: 10, at_most: 900}}]"
    ),
    f"criteria: [{{id: b, label: B, weight: 60, bonus: oui, {ROOMS}}}]",
    two(
        "weight: 60, down_to: -5, rule: {kind: cases, rows: [{if: {fact: pieces, present: oui}, points: 60}], otherwise: -5}"
    ),
    "examples: [{given: {zonage: ZIP, locaux.bureaux: 2}, total: 80, points: {zonage: 60, bureaux: 20}}]",
    "selection: {places: 3, quotas: [{label: Q, when: {fact: zonage, is: ZIP}, at_least: 2, at_most: 3}]}",
    "selection: {budget: {amount: 10, ask: engagement_financier.montant_total, envelopes: [{label: E, amount: 10, when: {fact: zonage, is: ZIP}}]}}",
    "selection: {places: 1, minimum: 100, minimum_mark: 100, decides_from: 100}",
    "facts: [{name: n, type: decimal, label: N, step: 0.5}]",
    "computed: [{name: a, label: A, type: integer, sum_of: [locaux.bureaux, 3]}, {name: b, label: B, rule: {kind: judgement, on: p, highest: 5}}]",
    two("weight: 60, rule: {kind: judgement, on: p, highest: 60}, examples: [{given: {avis.p: [30, 40]}, points: 35}]"),
    "waves: [{id: a, closes: '2022-02-28T12:00:00+01:00', zoning: z}, {id: b, closes: '2022-02-28T18:00:00+01:00', zoning: z}]",
]


@pytest.mark.parametrize("changes", RIGHT)
def test_a_right_policy_has_no_problem(changes: str) -> None:
    assert found(changes) == []


EXAMPLE: Place = ("criteria", 0, "examples", 0)
WRONG: list[tuple[str, list[tuple[str, Place]]]] = [
    # --- names
    ("waves: [{id: v, closes: 2022-01-01, zoning: z}, {id: v, closes: 2022-01-02, zoning: z}]", [("name-twice", ("waves", 1, "id"))]),
    ("facts: [{name: n, type: text, label: N}, {name: m, type: text, label: M}, {name: n, type: text, label: N}]",
     [("name-twice", ("facts", 2, "name"))]),
    ("eligibility: [{id: g, label: G, require: {fact: zonage, is: ZIP}}, {id: g, label: H, require: {fact: zonage, is: ZIP}}]",
     [("name-twice", ("eligibility", 1, "id"))]),
    (two(f"weight: 60, criteria: [{{id: b, label: C, weight: 60, {ROOMS}}}]"), [("name-twice", ("criteria", 1, "id"))]),
    # --- declared facts
    ("facts: [{name: n, type: date, label: N, minimum: 0, maximum: 1}]",
     [("type-mismatch", ("facts", 0, "minimum")), ("type-mismatch", ("facts", 0, "maximum"))]),
    ("facts: [{name: n, type: integer, label: N, choices: [1, 2]}]", [("type-mismatch", ("facts", 0, "choices"))]),
    ("facts: [{name: n, type: choice, label: N}]", [("choices-missing", ("facts", 0))]),
    ("facts: [{name: n, type: integer, label: N, minimum: 2, maximum: 1}]", [("limits-crossed", ("facts", 0, "minimum"))]),
    # --- computed facts and parameters
    ("computed: [{name: a, label: A, sum_of: [locaux.bureaux, 1]}, {name: a, label: B, sum_of: [locaux.bureaux, 2]}]",
     [("name-twice", ("computed", 1, "name"))]),
    ("computed: [{name: a, label: A, ratio: {of: locaux.bureaux, to: 0}}]", [("division-by-zero", ("computed", 0, "ratio", "to"))]),
    ("computed: [{name: a, label: A, sum_of: [bureaux, 1]}]", [("unknown-fact", ("computed", 0, "sum_of"))]),
    ("computed: [{name: a, label: A, sum_of: [calculs.b, 1]}, {name: b, label: B, sum_of: [locaux.bureaux, 1]}]",
     [("unknown-fact", ("computed", 0, "sum_of"))]),
    ("computed: [{name: a, label: A, sum_of: [zonage, 1]}]", [("type-mismatch", ("computed", 0, "sum_of"))]),
    ("computed: [{name: a, label: A, difference: {of: depose_le, minus: 1}}]", [("type-mismatch", ("computed", 0, "difference"))]),
    ("computed: [{name: a, label: A, months: {from: depose_le, to: locaux.bureaux}}]", [("type-mismatch", ("computed", 0, "months"))]),
    ("computed: [{name: a, label: A, type: text, sum_of: [locaux.bureaux, 1]}]", [("type-mismatch", ("computed", 0, "type"))]),
    ("parameters: [{name: p, label: P, values: [{value: 1}]}, {name: p, label: P, values: [{value: 1}]}]",
     [("name-twice", ("parameters", 1, "name"))]),
    ("parameters: [{name: p, label: P, values: [{value: 1}, {value: 2}]}]", [("parameter-date", ("parameters", 0, "values", 1))]),
    ("parameters: [{name: p, label: P, values: [{from: 2022-02-01, value: 1}, {from: 2022-02-01, value: 2}]}]",
     [("parameter-order", ("parameters", 0, "values", 1, "from"))]),
    ("facts: [{name: n, type: opinions, label: N}]", [("type-mismatch", ("facts", 0, "type"))]),
    ("facts: [{name: n, type: decimal, label: N, step: 0}]", [("type-mismatch", ("facts", 0, "step"))]),
    ("facts: [{name: n, type: text, label: N, step: 1}]", [("type-mismatch", ("facts", 0, "step"))]),
    ("computed: [{name: a, label: A, type: integer, ratio: {of: locaux.bureaux, to: 2}}]", [("type-mismatch", ("computed", 0, "type"))]),
    ("computed: [{name: a, label: A, type: integer, sum_of: [locaux.bureaux, 0.5]}]", [("type-mismatch", ("computed", 0, "type"))]),
    ("computed: [{name: a, label: A, rule: {kind: per_unit, fact: bureaux, points: 1}}]", [("unknown-fact", ("computed", 0, "rule", "fact"))]),
    ("computed: [{name: a, label: A, rule: {kind: relative, fact: locaux.bureaux, best: lowest, points: 1}}]",
     [("pool-relative", ("computed", 0, "rule")), ("pool-relative", ("computed", 0, "rule"))]),
    (two("weight: 60, rule: {kind: judgement, on: p, highest: 60}", "weight: 40, rule: {kind: judgement, on: p, highest: 40}"),
     [("name-twice", ("criteria", 0, "rule"))]),
    (two("weight: 60, rule: {kind: relative, fact: locaux.bureaux, best: lowest, points: 60}", "weight: 40, rule: {kind: relative, fact: locaux.bureaux, best: lowest, points: 40, within: zonage}"),
     [("pool-relative", ("criteria", 0, "rule")), ("pool-relative", ("criteria", 1, "rule")), ("name-twice", ("criteria", 1, "rule"))]),
    ("parameters: [{name: p, label: P, values: [{value: 1}, {from: 2022-02-01, value: 2022-03-01}]}]",
     [("type-mismatch", ("parameters", 0, "values", 1, "value"))]),
    # --- waves
    ("waves: [{id: a, closes: 2022-02-01, zoning: z}, {id: b, closes: 2022-02-01, zoning: z}]",
     [("waves-order", ("waves", 1, "closes"))]),
    ("waves: [{id: a, closes: 2022-02-01, zoning: z}, {id: b, closes: 2022-01-01, zoning: z}, {id: c, closes: 2022-03-01, zoning: z}]",
     [("waves-order", ("waves", 1, "closes"))]),
    ("waves: [{id: a, closes: 2022-02-01, zoning: z}, {id: b, closes: 2022-03-01}]", [("zoning-missing", ("waves", 1))]),
    # --- gates
    ("eligibility: [{id: g, label: G, require: {all: [{fact: porteur, is: epci}]}}]",
     [("unknown-fact", ("eligibility", 0, "require", "all", 0, "fact"))]),
    # --- weights
    (two(f"weight: 50, out_of: 60, {ROOMS}"), [("weights-sum", ("criteria",))]),
    ("total: 200", [("weights-sum", ("criteria",))]),
    (two(f"weight: 60, criteria: [{{id: c, label: C, weight: 59, out_of: 60, {ROOMS}}}]"), [("weights-sum", ("criteria", 0, "criteria"))]),
    (two(f"weight: -60, out_of: 60, {ROOMS}", f"weight: 160, {LOOKUP}"), [("weight-negative", ("criteria", 0, "weight"))]),
    # --- marks
    (two(f"weight: 60, out_of: 59, {ROOMS}"), [("mark-above-top", ("criteria", 0, "rule"))]),
    (two("weight: 60, rule: {kind: cases, rows: [{if: {fact: pieces, present: oui}, points: 61}], otherwise: 0}"),
     [("mark-above-top", ("criteria", 0, "rule"))]),
    (two("weight: 60, rule: {kind: cases, rows: [{if: {fact: pieces, present: oui}, points: 60}], otherwise: -5}"),
     [("mark-below-floor", ("criteria", 0, "rule"))]),
    (two(f"weight: 60, out_of: 0, {ROOMS}"), [("out-of-zero", ("criteria", 0, "out_of")), ("mark-above-top", ("criteria", 0, "rule"))]),
    (two("weight: 60, rule: {kind: lookup, fact: zonage, points: {ZIP: 5}, otherwise: 5}"), [("never-acts", ("criteria", 0, "rule"))]),
    (two("weight: 60, rule: {kind: bands, fact: locaux.bureaux, bands: [{points: 0}]}"), [("never-acts", ("criteria", 0, "rule"))]),
    (two("weight: 60, rule: {kind: per_unit, fact: bureaux, points: 1, at_most: 1}"), [("unknown-fact", ("criteria", 0, "rule", "fact"))]),
    (two("weight: 60, criteria: [{id: c, label: C, weight: 60, rule: {kind: per_unit, fact: bureaux, points: 1}}]"),
     [("unknown-fact", ("criteria", 0, "criteria", 0, "rule", "fact"))]),
    # --- examples
    (two(f"weight: 60, {ROOMS}, examples: [{{given: {{locaux.bureaux: 3}}, points: 31}}]"), [("example-fails", (*EXAMPLE, "points"))]),
    (two(f"weight: 60, {ROOMS}, examples: [{{given: {{bureaux: 3}}, points: 30}}]"), [("unknown-fact", (*EXAMPLE, "given", "bureaux"))]),
    (two(f"weight: 60, {ROOMS}, examples: [{{given: {{zonage: ZIP}}, points: 30}}]"), [("example-idle", (*EXAMPLE, "given", "zonage"))]),
    (two(f"weight: 60, {ROOMS}, examples: [{{given: {{locaux.bureaux: trois}}, points: 30}}]"),
     [("number-expected", (*EXAMPLE, "given", "locaux.bureaux"))]),
    (two(f"weight: 60, {ROOMS}, examples: [{{given: {{locaux.bureaux: -3}}, points: 30}}]"),
     [("fact-out-of-bounds", (*EXAMPLE, "given", "locaux.bureaux"))]),
    (two("weight: 60, rule: {kind: judgement, on: p, highest: 60}, examples: [{given: {avis.p: [30, 61]}, points: 35}]"),
     [("mark-off-scale", (*EXAMPLE, "given", "avis.p"))]),
    (two(f"weight: 60, {ROOMS}, examples: [{{given: {{}}, points: 0}}]"), [("example-undecided", (*EXAMPLE, "given"))]),
    (two(f"weight: 60, criteria: [{{id: c, label: C, weight: 60, {ROOMS}}}], examples: [{{given: {{}}, points: 0}}]"),
     [("example-idle", ("criteria", 0, "examples"))]),
    # --- ranking and selection
    ("ranking: {ties: [zone]}", [("unknown-criterion", ("ranking", "ties", 0))]),
    ("ranking: {ties: [zonage, {fact: depot, prefer: earliest}]}", [("unknown-fact", ("ranking", "ties", 1, "fact"))]),
    ("ranking: {ties: [{fact: zonage, prefer: earliest}]}", [("type-mismatch", ("ranking", "ties", 0, "fact"))]),
    ("ranking: {ties: [{draw: graine}, zonage]}", [("draw-not-last", ("ranking", "ties", 0))]),
    ("selection: {places: 1, thresholds: [{criterion: zone, share: 0.5}]}",
     [("unknown-criterion", ("selection", "thresholds", 0, "criterion"))]),
    ("selection: {places: 1, thresholds: [{criterion: zonage, share: 0.5}, {criterion: zonage, at_least: 61}]}",
     [("threshold-above-top", ("selection", "thresholds", 1, "at_least"))]),
    ("selection: {places: 1, thresholds: [{criterion: zonage, share: 1.5}]}",
     [("threshold-above-top", ("selection", "thresholds", 0, "share"))]),
    ("selection: {places: 1, thresholds: [{criterion: zonage, share: -1/2}]}",
     [("threshold-above-top", ("selection", "thresholds", 0, "share"))]),
    ("selection: {places: 1, thresholds: [{criterion: zonage, on: mark, at_least: 61}]}",
     [("threshold-above-top", ("selection", "thresholds", 0, "at_least"))]),
    ("selection: {places: 1, minimum: 101}", [("threshold-above-top", ("selection", "minimum"))]),
    ("selection: {places: 1, minimum_mark: 101}", [("threshold-above-top", ("selection", "minimum_mark"))]),
    ("selection: {places: 1, decides_from: 101}", [("threshold-above-top", ("selection", "decides_from"))]),
    ("selection: {places: 1, floors: [{label: F, when: {fact: zone, is: ZIP}, at_least: 101}]}",
     [("unknown-fact", ("selection", "floors", 0, "when", "fact")), ("threshold-above-top", ("selection", "floors", 0, "at_least"))]),
    ("selection: {places: 2, quotas: [{label: Q, when: {fact: zonage, is: ZIP}, at_least: 2}, {label: R, when: {fact: zonage, is: ZAC}, at_least: 1}]}",
     [("quota-unreachable", ("selection", "quotas", 1, "at_least"))]),
    ("selection: {places: 5, quotas: [{label: Q, when: {fact: zonage, is: ZRR}, at_least: 2, at_most: 1}]}",
     [("limits-crossed", ("selection", "quotas", 0, "at_least")), ("category-unknown", ("selection", "quotas", 0, "when", "is"))]),
    ("selection: {budget: {amount: 1, ask: montant}}", [("unknown-fact", ("selection", "budget", "ask"))]),
    ("selection: {budget: {amount: 1, ask: zonage}}", [("type-mismatch", ("selection", "budget", "ask"))]),
    ("selection: {budget: {amount: -1, ask: locaux.bureaux}}",
     [("budget-overdrawn", ("selection", "budget", "amount")), ("budget-overdrawn", ("selection", "budget", "envelopes"))]),
    ("selection: {budget: {amount: 1, times: 0, ask: locaux.bureaux}}", [("budget-overdrawn", ("selection", "budget", "amount"))]),
    ("selection: {budget: {amount: 1, times: 3, least_times: 0, when_short: nearest, ask: locaux.bureaux}}", [("budget-overdrawn", ("selection", "budget", "amount"))]),
    ("selection: {budget: {amount: 1, ask: locaux.bureaux, envelopes: [{label: E, amount: 2, when: {fact: zone, is: ZIP}}]}}",
     [("unknown-fact", ("selection", "budget", "envelopes", 0, "when", "fact")), ("budget-overdrawn", ("selection", "budget", "envelopes"))]),
    # --- examples of whole candidatures
    ("examples: [{given: {zonage: ZIP, locaux.bureaux: 2}, total: 81}]", [("example-fails", ("examples", 0, "total"))]),
    ("examples: [{given: {zonage: ZIP, locaux.bureaux: 2}, total: 80, points: {zonage: 59}}]",
     [("example-fails", ("examples", 0, "points", "zonage"))]),
    ("examples: [{given: {zonage: ZIP}, total: 60}]", [("example-undecided", ("examples", 0, "given"))]),
    ("examples: [{given: {zonage: ZIP}, total: 60, points: {zonage: 59, bureaux: 1}}]",
     [("example-undecided", ("examples", 0, "given")), ("example-fails", ("examples", 0, "points", "zonage"))]),
    ("examples: [{given: {zonage: ZRR, zone: ZIP, pieces: plan}, total: 60, points: {zone: 3}}]",
     [("choice-unknown", ("examples", 0, "given", "zonage")), ("unknown-fact", ("examples", 0, "given", "zone")),
      ("example-idle", ("examples", 0, "given", "pieces")), ("unknown-criterion", ("examples", 0, "points", "zone"))]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "problems"), WRONG)
def test_a_wrong_policy_is_named_at_its_exact_place(changes: str, problems: list[tuple[str, Place]]) -> None:
    assert found(changes) == problems


@pytest.mark.parametrize(
    ("computed", "said"),
    [
        ("{name: a, label: A, sum_of: [calculs.a, 1]}", "« calculs.a » se lit elle-même."),
        ("{name: a, label: A, sum_of: [calculs.b, 1]}", "« calculs.b » est calculée plus bas."),
        ("{name: a, label: A, rule: {kind: per_unit, fact: calculs.b, points: 1, at_most: 3}}", "« calculs.b » est calculée plus bas."),
        ("{name: a, label: A, sum_of: [calculs.z, 1]}", "Aucune donnée ne s'appelle « calculs.z »."),
    ],
)  # fmt: skip
def test_a_computed_fact_reads_only_those_above(computed: str, said: str) -> None:
    below = "{name: b, label: B, sum_of: [locaux.bureaux, 1]}"
    (problem,) = check_criteria(policy(f"computed: [{computed}, {below}]"))
    assert (problem.code, str(problem.message)) == ("unknown-fact", said)


def test_what_reads_a_fact_declared_twice_is_checked_by_its_first_declaration() -> None:
    facts = "facts: [{name: n, type: integer, label: N, minimum: 0}, {name: n, type: choice, label: N, choices: [a]}]\n"
    rule = "rule: {kind: per_unit, fact: complements.n, points: 10, at_most: 60}"
    assert found(facts + two(f"weight: 60, {rule}")) == [("name-twice", ("facts", 1, "name"))]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (two(f"weight: 59, {LOOKUP.replace('40', '59')}"), "Il manque 1\u00a0point : corrigez un poids, ou le total annoncé."),
        (two(f"weight: 63, {LOOKUP.replace('40', '63')}"), "Il y a 3\u00a0points de trop : corrigez un poids, ou le total annoncé."),
        (two(f"weight: 60, {LOOKUP.replace('40', '63')}"), "Baissez les points, plafonnez-les (« at_most »), ou relevez le maximum."),
    ],
)  # fmt: skip
def test_a_sum_or_a_mark_that_is_off_comes_with_the_way_to_mend_it(changes: str, said: str) -> None:
    (problem,) = check_criteria(policy(changes))
    assert str(problem.suggestion) == said


@pytest.mark.parametrize(
    ("selection", "said"),
    [
        ("minimum: {fact: parametres.p}", "Ce minimum dépasse le total possible (100) : « parametres.p » vaut 120."),
        (
            "thresholds: [{criterion: zonage, at_least: {fact: parametres.p}}]",
            "Ce seuil dépasse le maximum du critère (60) : « parametres.p » vaut 120.",
        ),
        (
            "thresholds: [{criterion: zonage, share: {fact: parametres.p}}]",
            "Une part va de 0 à 1, ou de 0 % à 100 % : « parametres.p » vaut 120.",
        ),
        (
            "decides_from: {fact: parametres.p}",
            "Le total à partir duquel la note décide dépasse le total possible (100) : « parametres.p » vaut 120.",
        ),
    ],
)
def test_a_limit_out_of_reach_says_what_its_parameter_is_worth(selection: str, said: str) -> None:
    parameters = "parameters: [{name: p, label: P, values: [{value: 120}]}]"
    (problem,) = check_criteria(policy(f"{parameters}\nselection: {{places: 1, {selection}}}"))
    assert str(problem.message) == said


def test_every_problem_is_told_at_once_each_with_its_sentence() -> None:
    problems = check_criteria(policy("total: 90\nranking: {ties: [x]}\nselection: {places: 1, minimum: 101}"))
    assert {problem.code for problem in problems} == {"weights-sum", "unknown-criterion", "threshold-above-top"}
    assert "La somme des poids vaut 100 ; le total annoncé est 90." in {str(problem.message) for problem in problems}


def test_a_criterion_that_never_acts_is_only_a_warning() -> None:
    (problem,) = check_criteria(
        policy(two("weight: 60, rule: {kind: lookup, fact: zonage, points: {ZIP: 5}, otherwise: 5}"))
    )
    assert problem.severity is Severity.WARNING
    assert str(problem.message) == "Cette règle donne toujours 5 : le poids du critère n'agit jamais."


def test_a_failing_example_says_what_it_expects_and_what_it_gets() -> None:
    (problem,) = check_criteria(
        policy(two(f"weight: 60, {ROOMS}, examples: [{{given: {{locaux.bureaux: 3}}, points: 31}}]"))
    )
    assert str(problem.message) == "L'exemple attend 31\u00a0points ; la règle en donne 30."


SURE = "rule: {kind: cases, rows: [{if: {fact: locaux.adaptes, is: oui}, points: 5}, {if: {fact: zonage, is: ZIP}, points: 5}], otherwise: 0}"


def test_an_example_may_leave_out_what_cannot_matter() -> None:
    assert found(two(f"weight: 60, {SURE}, examples: [{{given: {{zonage: ZIP}}, points: 5}}]")) == []


def test_an_example_may_say_that_a_fact_is_missing() -> None:
    data = "rule: {kind: cases, rows: [{if: {fact: pieces, present: oui}, points: 5}], otherwise: 0}"
    example = {"given": {"pieces": None}, "points": "0"}
    changed = policy(two(f"weight: 60, {data}")).model_dump(by_alias=True, exclude_unset=True)
    changed["criteria"][0]["examples"] = [example]
    changed["language"] = "1"
    assert check_criteria(Criteria.model_validate(changed)) == []


@settings(max_examples=60)
@given(policies())
def test_of_a_well_written_tree_only_the_sums_and_the_marks_may_be_wrong(tree: list[Data]) -> None:
    top_level = {"criteria": tree, "facts": DECLARATIONS}
    data = policy().model_dump(by_alias=True, exclude_unset=True) | top_level | {"language": "1"}
    codes = {problem.code for problem in check_criteria(Criteria.model_validate(data))}
    assert codes <= {"weights-sum", "mark-above-top", "mark-below-floor", "never-acts"}


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("{name: n, type: integer, label: N, minimum: 2, maximum: 1}", "limits-crossed"),
        ("{name: n, type: decimal, label: N, step: 0}", "type-mismatch"),
    ],
)
def test_a_rule_over_a_fact_without_any_value_is_not_tried(declared: str, code: str) -> None:
    rule = "rule: {kind: bands, fact: complements.n, bands: [{below: 1, points: 0}, {from: 1, points: 100}]}"
    criterion = f"{{id: a, label: A, weight: 100, {rule}, examples: [{{given: {{complements.n: 1}}, points: 100}}]}}"
    assert [problem.code for problem in check_criteria(policy(f"facts: [{declared}]\ncriteria: [{criterion}]"))] == [
        code
    ]


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ("{kind: best_of, rules: [%s]}", ("rules", 0)),
        ("{kind: cases, rows: [{if: {fact: locaux.adaptes, is: oui}, points: 1}, {if: {fact: locaux.adaptes, is: non}, rule: %s}], otherwise: 0}",
         ("rows", 1, "rule")),
    ],
)  # fmt: skip
def test_an_example_that_fails_over_a_percentage_is_told_why(rule: str, place: Place) -> None:
    facts = "facts: [{name: p, type: percentage, label: P, minimum: 0}]\n"
    made = rule % "{kind: linear, fact: complements.p, knots: [{at: 0, points: 0}, {at: 100, points: 60}]}"
    given = "{complements.p: 0.5, locaux.adaptes: non}" if "locaux" in rule else "{complements.p: 0.5}"
    changes = facts + two(f"weight: 60, rule: {made}, examples: [{{given: {given}, points: 30}}]")
    assert found(changes) == [
        ("example-fails", ("criteria", 0, "examples", 0, "points")),
        ("percentage-scale", ("criteria", 0, "rule", *place, "knots", 1, "at")),
    ]

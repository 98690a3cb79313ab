"""One wrong policy for each mistake in computed facts, scales, judgements, thresholds, quotas and budgets."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.scoring.building import criterion, policy

from ami_scoring.domain.criteria import Criterion, most_of
from ami_scoring.domain.facts import MISSING, Missing, Value
from ami_scoring.domain.modelling.refusals import InvalidDataError
from ami_scoring.findings import Severity
from ami_scoring.scoring.checks.criteria import check_criteria
from ami_scoring.scoring.marks.computing import add_computed

Place = tuple[str | int, ...]
FACTS = """
facts:
  - {name: n, type: integer, label: N, minimum: 0, maximum: 9}
  - {name: b, type: boolean, label: B}
  - {name: m, type: money, label: M, minimum: 0}
  - {name: d, type: decimal, label: D, minimum: 0, maximum: 9, step: 0.5}
"""
UNITS = "{kind: per_unit, fact: complements.n, points: 1}"


def found(changes: str) -> list[tuple[str, Place]]:
    problems = check_criteria(policy(FACTS + changes))
    assert all(str(problem.message) for problem in problems)
    return [(problem.code, problem.path) for problem in problems if problem.severity is Severity.ERROR]


def one(rule: str, more: str = "") -> str:
    """Write the only criterion of a policy."""
    return f"criteria: [{{id: a, label: A, weight: 100, rule: {rule}{more}}}]\n"


def calc(operation: str) -> str:
    """Write one computed fact."""
    return f"computed: [{{name: r, label: R, {operation}}}]"


def chosen(how: str) -> str:
    return f"selection: {{{how}}}"


def by_rule(rule: str) -> str:
    """Write a fact that a rule works out, and a criterion that reads it."""
    return calc(f"rule: {rule}") + "\n" + one("{kind: per_unit, fact: calculs.r, points: 1, at_most: 9}")


def twice(first: str, second: str) -> str:
    """Write two criteria, of 60 and 40 points."""
    return (
        f"criteria: [{{id: a, label: A, weight: 60, rule: {{{first}}}}}, "
        f"{{id: b, label: B, weight: 40, rule: {{{second}}}}}]"
    )


def judged(more: str, examples: str = "") -> str:
    return one(f"{{kind: judgement, on: x, highest: 100{more}}}", f", examples: [{examples}]")


OPEN = f"total: 0\ncriteria: [{{id: a, label: A, open_ended: oui, rule: {UNITS}}}]\n"
HUNDRED = one("{kind: per_unit, fact: complements.n, points: 20, at_most: 100}")
ASKS = "amount: 10, ask: complements.m"
RURAL = "when: {fact: complements.b, is: oui}"
ONE, TWO, THREE = (f"when: {{fact: complements.n, is: {number}}}" for number in (1, 2, 3))

NEAR_QUOTA = f"quotas: [{{label: Q, {RURAL}, at_most: 1}}]"

RIGHT = [
    by_rule("{kind: lookup, fact: complements.b, points: {oui: 1, non: 2}}"),
    by_rule("{kind: judgement, on: x, highest: 5}"),
    calc("type: integer, sum_of: [complements.n, 3]"),
    calc("type: integer, days: {from: depose_le, to: depose_le}"),
    OPEN + "selection: {places: 1, minimum: 5, minimum_mark: 5, thresholds: [{criterion: a, at_least: 5}]}",
    one("{kind: per_unit, fact: complements.n, points: 20, at_most: 150}", ", out_of: 150")
    + "selection: {places: 1, minimum_mark: 150, thresholds: [{criterion: a, on: mark, at_least: 150}]}",
    chosen(f"places: 1, minimum: 100, decides_from: 100, floors: [{{label: F, {RURAL}, at_least: 100}}]"),
    chosen(f"budget: {{{ASKS}, envelopes: [{{label: E, {RURAL}, amount: 10}}]}}"),
    chosen(f"places: 2, quotas: [{{label: Q, {RURAL}, at_least: 2, at_most: 2}}]"),
    "ranking: {ties: [{fact: complements.b, prefer: oui}, {fact: complements.n, prefer: lowest}]}",
    chosen(f"budget: {{{ASKS}, spill_order: [E], envelopes: [{{label: E, {RURAL}, share: 40 %, spill: oui}}]}}"),
    chosen(f"budget: {{{ASKS}, envelopes: [{{label: E, {RURAL}, share: 1}}, {{label: F, {ONE}, share: 0}}]}}"),
    chosen(f"minimum: 1, reserve: 1, budget: {{{ASKS}, when_enough: all}}"),
    chosen(f"budget: {{{ASKS}, times: 3, least_times: 5/2, when_short: nearest}}"),
    chosen(f"minimum: 50, decides_from: never, floors: [{{label: F, {RURAL}, at_least: 60}}]"),
    chosen("places: all"),
    chosen(f"places: all, reserve: 2, quotas: [{{label: Q, {RURAL}, at_least: 1, at_most: 2}}]"),
    HUNDRED + chosen("places: all, reserve: 2") + "\nwaves: [{id: v, closes: 2022-01-01, places: 3}]",
    judged(", step: 0.5", "{given: {avis.x: [3, 4.5]}, points: 3.75}"),
    twice("kind: judgement, on: x, highest: 40", "kind: judgement, on: x, highest: 40"),
]


@pytest.mark.parametrize("changes", RIGHT)
def test_a_right_policy_has_no_error(changes: str) -> None:
    assert found(changes) == []


EXAMPLE: Place = ("criteria", 0, "examples", 0)
WRONG: list[tuple[str, list[tuple[str, Place]]]] = [
    # --- computed facts
    (
        by_rule("{kind: lookup, fact: complements.rien, points: {oui: 1}}"),
        [("unknown-fact", ("computed", 0, "rule", "fact"))],
    ),
    (
        by_rule("{kind: relative, fact: complements.m, best: lowest, points: 1}"),
        [("pool-relative", ("computed", 0, "rule"))],
    ),
    (
        by_rule("{kind: lookup, fact: calculs.r, points: {1: 1}, otherwise: 0}"),
        [("unknown-fact", ("computed", 0, "rule", "fact"))],
    ),
    (calc("type: integer, ratio: {of: complements.n, to: 2}"), [("type-mismatch", ("computed", 0, "type"))]),
    (calc("type: integer, sum_of: [complements.n, 0.5]"), [("type-mismatch", ("computed", 0, "type"))]),
    (calc("type: integer, sum_of: [complements.n, complements.d]"), [("type-mismatch", ("computed", 0, "type"))]),
    (calc("type: text, sum_of: [complements.n, 1]"), [("type-mismatch", ("computed", 0, "type"))]),
    (calc("sum_of: [complements.b, depose_le]"), [("type-mismatch", ("computed", 0, "sum_of"))] * 2),
    (
        calc("days: {from: complements.n, to: rien}"),
        [("type-mismatch", ("computed", 0, "days")), ("unknown-fact", ("computed", 0, "days"))],
    ),
    (
        "computed: [{name: r, label: R, sum_of: [calculs.s, 1]}, {name: s, label: S, sum_of: [complements.n, 1]}]",
        [("unknown-fact", ("computed", 0, "sum_of"))],
    ),
    (
        "computed: [{name: r, label: R, sum_of: [1, 1]}, {name: r, label: S, sum_of: [1, 1]}]",
        [("name-twice", ("computed", 1, "name"))],
    ),
    (calc("minimum: 2, maximum: 1, sum_of: [complements.n, 1]"), [("limits-crossed", ("computed", 0, "minimum"))]),
    # --- parameters
    (
        "parameters: [{name: p, label: P, values: [{value: 1}, {value: 2}]}]",
        [("parameter-date", ("parameters", 0, "values", 1))],
    ),
    (
        "parameters: [{name: p, label: P, values: [{from: 2022-02-01, value: 1}, {from: 2022-02-01, value: 2}]}]",
        [("parameter-order", ("parameters", 0, "values", 1, "from"))],
    ),
    # --- declared facts
    ("facts: [{name: n, type: text, label: N, step: 1}]", [("type-mismatch", ("facts", 0, "step"))]),
    ("facts: [{name: n, type: integer, label: N, step: 0}]", [("type-mismatch", ("facts", 0, "step"))]),
    ("facts: [{name: n, type: opinions, label: N}]", [("type-mismatch", ("facts", 0, "type"))]),
    # --- judgements and comparisons
    (
        twice("kind: judgement, on: x, highest: 60", "kind: judgement, on: x, highest: 40"),
        [("name-twice", ("criteria", 0, "rule"))],
    ),
    (
        twice("kind: judgement, on: x, highest: 60", "kind: lookup, fact: avis.x, points: {3: 40}, otherwise: 0"),
        [("type-mismatch", ("criteria", 1, "rule", "fact"))],
    ),
    (
        twice(
            "kind: judgement, on: x, highest: 60",
            "kind: table, rows: complements.b, columns: avis.x, points: {oui: {3: 40}}, otherwise: 0",
        ),
        [("type-mismatch", ("criteria", 1, "rule", "columns"))],
    ),
    (
        judged("") + "eligibility: [{id: g, label: G, require: {fact: avis.x, is: 3}}]",
        [("type-mismatch", ("eligibility", 0, "require", "is"))],
    ),
    (judged("", "{given: {avis.x: [101]}, points: 101}"), [("mark-off-scale", (*EXAMPLE, "given", "avis.x"))]),
    (judged(", step: 1", "{given: {avis.x: 3.5}, points: 3.5}"), [("mark-off-scale", (*EXAMPLE, "given", "avis.x"))]),
    (judged("", "{given: {avis.x: []}, points: 0}"), [("example-undecided", (*EXAMPLE, "given"))]),
    (
        judged(", aggregate: consensus", "{given: {avis.x: [1, 2]}, points: 1}"),
        [("example-undecided", (*EXAMPLE, "given"))],
    ),
    (
        one("{kind: relative, fact: complements.m, best: lowest, points: 101}"),
        [("mark-above-top", ("criteria", 0, "rule"))],
    ),
    (
        one("{kind: relative, fact: complements.b, best: lowest, points: 100}"),
        [("type-mismatch", ("criteria", 0, "rule", "fact"))],
    ),
    # --- thresholds
    (chosen("places: 1, minimum_mark: 101"), [("threshold-above-top", ("selection", "minimum_mark"))]),
    (chosen("places: 1, decides_from: 101"), [("threshold-above-top", ("selection", "decides_from"))]),
    (
        chosen("places: 1, floors: [{label: F, when: {fact: complements.b, is: oui}, at_least: 101}]"),
        [("threshold-above-top", ("selection", "floors", 0, "at_least"))],
    ),
    (
        chosen("places: 1, floors: [{label: F, when: {fact: rien, is: oui}, at_least: 1}]"),
        [("unknown-fact", ("selection", "floors", 0, "when", "fact"))],
    ),
    (
        OPEN + "selection: {places: 1, thresholds: [{criterion: a, share: 1/2}]}",
        [("threshold-above-top", ("selection", "thresholds", 0, "share"))],
    ),
    (
        one("{kind: per_unit, fact: complements.n, points: 1, at_most: 5}", ", out_of: 5")
        + "selection: {places: 1, thresholds: [{criterion: a, on: mark, at_least: 6}]}",
        [("threshold-above-top", ("selection", "thresholds", 0, "at_least"))],
    ),
    # --- what tells equals apart
    (
        "ranking: {ties: [{fact: complements.b, prefer: highest}]}",
        [("type-mismatch", ("ranking", "ties", 0, "prefer"))],
    ),
    ("ranking: {ties: [{fact: complements.n, prefer: oui}]}", [("type-mismatch", ("ranking", "ties", 0, "prefer"))]),
    ("ranking: {ties: [{fact: porteur.type, prefer: oui}]}", [("type-mismatch", ("ranking", "ties", 0, "fact"))]),
    ("ranking: {ties: [{draw: graine}], ranks: dense}", [("key-without-effect", ("ranking", "ranks"))]),
    ("ranking: {ties: [zonage, {draw: graine}], ranks: average}", [("key-without-effect", ("ranking", "ranks"))]),
    ("ranking: {ties: [{fact: complements.n, prefer: lowest}, {draw: graine}], ranks: dense}", []),
    ("ranking: {ties: [{draw: graine}], ranks: competition}", []),
    # --- places without a number
    (
        chosen(f"places: all, reserve: 1, quotas: [{{label: Q, {RURAL}, at_least: 1}}]"),
        [
            ("key-without-effect", ("selection", "reserve")),
            ("key-without-effect", ("selection", "quotas", 0, "at_least")),
        ],
    ),
    (
        HUNDRED + chosen("places: all") + "\nwaves: [{id: v, closes: 2022-01-01, reserve: 2}]",
        [("key-without-effect", ("waves", 0, "reserve"))],
    ),
    (chosen(f"places: all, budget: {{{ASKS}}}"), [("key-without-effect", ("selection", "places"))]),
    # --- whole totals
    (
        chosen(f"places: 3, budget: {{{ASKS}, when_short: nearest, least_times: 3, partial: oui}}"),
        [
            ("key-without-effect", ("selection", "places")),
            ("key-without-effect", ("selection", "budget", "partial")),
            ("limits-crossed", ("selection", "budget", "least_times")),
        ],
    ),
    (
        HUNDRED
        + chosen(
            f"budget: {{{ASKS}, when_short: nearest, envelopes: [{{label: E, {RURAL}, amount: 1}}]}}, {NEAR_QUOTA}"
        )
        + "\nwaves: [{id: v, closes: 2022-01-01, places: 2}]",
        [
            ("key-without-effect", ("selection", "quotas")),
            ("key-without-effect", ("selection", "budget", "envelopes")),
            ("key-without-effect", ("waves", 0, "places")),
        ],
    ),
    (
        chosen(f"budget: {{{ASKS}, least_times: 1}}"),
        [("key-without-effect", ("selection", "budget", "least_times"))],
    ),
    # --- people decide
    (
        chosen(f"places: 3, reserve: 1, decides_from: never, budget: {{{ASKS}}}, {NEAR_QUOTA}"),
        [("key-without-effect", ("selection", key)) for key in ("places", "reserve", "quotas", "budget")],
    ),
    (
        HUNDRED + chosen("decides_from: never") + "\nwaves: [{id: v, closes: 2022-01-01, places: 2, reserve: 1}]",
        [("key-without-effect", ("waves", 0, "places")), ("key-without-effect", ("waves", 0, "reserve"))],
    ),
    # --- quotas and budgets
    (
        chosen(
            f"minimum: 1, places: 3, decides_from: 1, {NEAR_QUOTA}, budget: {{{ASKS}, when_enough: all, "
            f"envelopes: [{{label: E, {RURAL}, amount: 1}}]}}"
        ),
        [
            *(("enough-limited", ("selection", key)) for key in ("places", "quotas", "decides_from")),
            ("enough-limited", ("selection", "budget", "envelopes")),
        ],
    ),
    (
        chosen(f"budget: {{{ASKS}, when_enough: all, when_short: nearest}}"),
        [
            ("enough-limited", ("selection", "budget", "when_short")),
            ("key-without-effect", ("selection", "budget", "when_enough")),
        ],
    ),
    (
        chosen(f"places: 2, quotas: [{{label: Q, {RURAL}, at_least: 3}}]"),
        [("quota-unreachable", ("selection", "quotas", 0, "at_least"))],
    ),
    (
        chosen(f"places: 9, quotas: [{{label: Q, {RURAL}, at_least: 3, at_most: 2}}]"),
        [("limits-crossed", ("selection", "quotas", 0, "at_least"))],
    ),
    (
        chosen("places: 9, quotas: [{label: Q, when: {fact: rien, is: 1}, at_most: 2}]"),
        [("unknown-fact", ("selection", "quotas", 0, "when", "fact"))],
    ),
    (chosen("budget: {amount: 10, ask: rien}"), [("unknown-fact", ("selection", "budget", "ask"))]),
    (chosen("budget: {amount: 10, ask: complements.b}"), [("type-mismatch", ("selection", "budget", "ask"))]),
    (
        chosen("budget: {amount: -1, ask: complements.m}"),
        [
            ("budget-overdrawn", ("selection", "budget", "amount")),
            ("budget-overdrawn", ("selection", "budget", "envelopes")),
        ],
    ),
    (chosen(f"budget: {{{ASKS}, times: 0}}"), [("budget-overdrawn", ("selection", "budget", "amount"))]),
    (
        chosen(f"budget: {{{ASKS}, envelopes: [{{label: E, {RURAL}, amount: 11}}]}}"),
        [("budget-overdrawn", ("selection", "budget", "envelopes"))],
    ),
    (
        chosen(f"budget: {{{ASKS}, envelopes: [{{label: E, {RURAL}, amount: 5}}, {{label: F, {ONE}, share: 51 %}}]}}"),
        [("budget-overdrawn", ("selection", "budget", "envelopes"))],
    ),
    (
        chosen(
            f"budget: {{{ASKS}, envelopes: [{{label: E, {RURAL}, share: -1}}, {{label: F, {ONE}, share: 101}}, "
            f"{{label: G, {TWO}, share: 60}}, {{label: H, {THREE}, share: 1}}]}}"
        ),
        [("budget-overdrawn", ("selection", "budget", "envelopes", place, "share")) for place in range(3)],
    ),
    (
        chosen(
            f"budget: {{amount: 0, ask: complements.m, envelopes: [{{label: E, {RURAL}, share: 60 %}}, "
            f"{{label: F, {ONE}, share: 60 %}}]}}"
        ),
        [("budget-overdrawn", ("selection", "budget", "envelopes"))],
    ),
    (
        chosen(
            f"budget: {{{ASKS}, spill_order: [E, G, E], envelopes: [{{label: E, {RURAL}, share: 60 %}}, "
            f"{{label: F, {ONE}, share: 0}}, {{label: F, {TWO}, share: 0}}, {{label: E, {THREE}, share: 0}}]}}"
        ),
        [
            ("name-twice", ("selection", "budget", "envelopes", 2, "label")),
            ("name-twice", ("selection", "budget", "envelopes", 3, "label")),
            ("key-without-effect", ("selection", "budget", "spill_order")),
            ("unknown-envelope", ("selection", "budget", "spill_order", 1)),
            ("name-twice", ("selection", "budget", "spill_order", 2)),
        ],
    ),
    (
        chosen(f"budget: {{{ASKS}, envelopes: [{{label: E, when: {{fact: rien, is: 1}}, amount: 1}}]}}"),
        [("unknown-fact", ("selection", "budget", "envelopes", 0, "when", "fact"))],
    ),
]


@pytest.mark.parametrize(("changes", "problems"), WRONG)
def test_a_wrong_policy_is_named_at_its_exact_place(changes: str, problems: list[tuple[str, Place]]) -> None:
    changed = changes if not changes.startswith("facts:") else "\n" + changes
    text = changed if changed.startswith("\nfacts:") else FACTS + changed
    errors = [problem for problem in check_criteria(policy(text)) if problem.severity is Severity.ERROR]
    assert [(problem.code, problem.path) for problem in errors] == problems


@pytest.mark.parametrize(("number", "value"), [(2, 2), (3, 3), (1, None), (4, None)])
def test_a_computed_fact_outside_the_bounds_that_it_announces_is_missing_with_its_reason(
    number: int, value: int | None
) -> None:
    criteria = policy(FACTS + calc("minimum: 2, maximum: 3, sum_of: [complements.n, 0]"))
    values: dict[str, Value] = {"complements.n": number, "calculs.r": MISSING}
    add_computed(criteria, values)
    found = values["calculs.r"]
    assert (str(found.why) if isinstance(found, Missing) else found) == (
        value or f"R : {number}, hors des bornes annoncées"
    )


@pytest.mark.parametrize("more", ["out_of: 10", "weight: 3", "capped: oui"])
def test_a_criterion_without_maximum_has_no_scale(more: str) -> None:
    with pytest.raises(InvalidDataError, match="weight-shape"):
        criterion(f"{{id: a, label: A, open_ended: oui, {more}, rule: {UNITS}}}")


def test_a_comparison_is_warned_of_and_its_examples_still_run() -> None:
    rule = "{kind: relative, fact: complements.m, best: lowest, points: 100}"
    problems = check_criteria(
        policy(
            FACTS + one(rule, ", examples: [{given: {complements.m: 8, groupe.lowest.complements.m: 4}, points: 51}]")
        )
    )
    assert [(problem.code, problem.severity) for problem in problems] == [
        ("pool-relative", Severity.NOTE), ("example-fails", Severity.ERROR),
    ]  # fmt: skip


def leaf(name: str, weight: str) -> str:
    return f"{{id: {name}, label: L, {weight}, rule: {UNITS}}}"


BONUS = leaf("b", "weight: 2, bonus: oui")


@pytest.mark.parametrize(
    ("text", "most"),
    [
        (leaf("a", "weight: 9"), 9),
        (leaf("a", "open_ended: oui"), None),
        (
            f"{{id: n, label: N, weight: 9, criteria: [{leaf('a', 'weight: 9')}, {BONUS}]}}",
            11,
        ),
        (f"{{id: n, label: N, weight: 9, capped: oui, criteria: [{leaf('a', 'weight: 10')}]}}", 9),
        (f"{{id: n, label: N, weight: 9, capped: oui, criteria: [{leaf('a', 'weight: 5')}]}}", 5),
        (f"{{id: n, label: N, weight: 9, capped: oui, criteria: [{leaf('a', 'open_ended: oui')}]}}", 9),
        (f"{{id: n, label: N, weight: 9, criteria: [{leaf('a', 'open_ended: oui')}]}}", None),
    ],
)
def test_the_most_that_a_criterion_may_add_counts_its_bonuses_and_its_caps(text: str, most: int | None) -> None:
    assert criterion(text).most == most


def test_several_criteria_add_up_to_their_most_unless_one_has_no_limit() -> None:
    nodes: list[Criterion] = [criterion(leaf("a", "weight: 9")), criterion(leaf("b", "weight: 1/2"))]
    assert most_of(nodes) == Fraction(19, 2)
    assert most_of([*nodes, criterion(leaf("c", "open_ended: oui"))]) is None

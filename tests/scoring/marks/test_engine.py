"""From facts to a score card: weights, caps, policies for what is missing, and exactness."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scoring.building import WAVE, candidature, policy
from tests.scoring.oracle import total_of
from tests.scoring.strategies import DECLARATIONS, FACTS, VALUES, Data, policies

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import MISSING, Case, Missing, Value
from ami_scoring.domain.zoning import Zone, ZoningTable
from ami_scoring.scoring.marks import engine
from ami_scoring.scoring.marks.engine import facts_used, score, scorer, with_pool
from ami_scoring.scoring.marks.reading import read_facts

TREE = """
criteria:
  - id: locaux
    label: Locaux
    weight: 60
    capped: oui
    criteria:
      - {id: bureaux, label: Bureaux, weight: 40, rule: {kind: per_unit, fact: locaux.bureaux, points: 10, at_most: 40}}
      - {id: acces, label: Accès, weight: 30, out_of: 3, if_missing: zero,
         rule: {kind: lookup, fact: locaux.accessibles, points: {oui: 3, non: 1}}}
  - {id: zonage, label: Zonage, weight: 40,
     rule: {kind: lookup, fact: zonage, points: {ZIP: 40, ZAC: 20}, otherwise: 0}}
"""
ROOMS = "{kind: per_unit, fact: locaux.bureaux, points: 1, at_most: 5}"
KNOWN: dict[str, Value] = {"locaux.bureaux": 3, "locaux.accessibles": False, "zonage": "ZAC"}


def card(**changes: Value) -> dict[str, tuple[object, object, object]]:
    """Score known facts, some of them changed; give points, low and high of every criterion and of the total."""
    values = KNOWN | {name.replace("__", "."): value for name, value in changes.items()}
    result = score(policy(TREE), values)
    told: dict[str, tuple[object, object, object]] = {
        name: (mark.points, mark.low, mark.high) for name, mark in result.marks.items()
    }
    return told | {"total": (result.total, result.low, result.high)}


def test_points_are_weight_times_mark_over_out_of_and_add_up() -> None:
    assert card() == {
        "locaux": (40, 40, 40),
        "bureaux": (30, 30, 30),
        "acces": (10, 10, 10),
        "zonage": (20, 20, 20),
        "total": (60, 60, 60),
    }


def test_a_criterion_made_of_others_has_its_name_and_the_sum_of_their_points_for_mark() -> None:
    node = score(policy(TREE), KNOWN).marks["locaux"]
    assert node.criterion == "locaux"
    assert node.mark == 40


def test_a_total_of_which_nothing_is_open_is_one_number_with_its_bounds() -> None:
    known, waiting = score(policy(TREE), KNOWN), score(policy(TREE), {**KNOWN, "locaux.accessibles": MISSING})
    assert known.total is known.low is known.high
    assert waiting.low is not waiting.high


def test_a_capped_node_gives_its_weight_at_most() -> None:
    assert card(locaux__bureaux=9, locaux__accessibles=True)["locaux"] == (60, 60, 60)


def test_a_criterion_on_hold_puts_all_above_it_on_hold_with_the_range_it_leaves() -> None:
    told = card(locaux__bureaux=MISSING)
    assert told["bureaux"] == (None, 0, 40)
    assert told["locaux"] == (None, 10, 50)
    assert told["total"] == (None, 30, 70)


def test_a_missing_fact_that_counts_for_nothing_still_shows_what_it_could_be_worth() -> None:
    told = card(locaux__accessibles=MISSING)
    assert told["acces"] == (0, 0, 30)
    assert told["locaux"] == (30, 30, 60)
    assert told["total"] == (50, 50, 80)


ONE_TO_FIVE = "down_to: 1, rule: {kind: judgement, on: projet, lowest: 1, highest: 5}"
LIST = "{kind: checklist, items: [{label: L, if: {fact: locaux.adaptes, is: oui}, points: 5}]}"
ZONES = "{kind: lookup, fact: zonage, points: {ZIP: 10}, otherwise: 5}"
ALWAYS_A_PENALTY = "{kind: lookup, fact: locaux.accessibles, points: {oui: -5, non: -6}}"
PENALTY = "{kind: lookup, fact: locaux.accessibles, points: {oui: 0, non: -5}}"


@pytest.mark.parametrize(
    ("leaf", "known", "mark"),
    [
        (ONE_TO_FIVE, {"avis.projet": MISSING}, 1),
        (f"rule: {LIST}", {"locaux.adaptes": MISSING}, 0),
        (
            f"rule: {{kind: sum_of, rules: [{PENALTY}, {ZONES}]}}",
            {"locaux.accessibles": False, "zonage": MISSING},
            0,
        ),
        (
            f"rule: {{kind: sum_of, rules: [{ALWAYS_A_PENALTY}, {ZONES}]}}",
            {"locaux.accessibles": MISSING, "zonage": "ZIP"},
            5,
        ),
    ],
)
def test_what_counts_for_nothing_keeps_to_the_scale(leaf: str, known: dict[str, Value], mark: int) -> None:
    criteria = policy(f"criteria: [{{id: a, label: A, weight: 5, if_missing: zero, {leaf}}}]")
    found = score(criteria, known).marks["a"]
    assert found.mark == mark
    assert found.low <= mark <= found.high <= 5


def test_a_mark_says_which_criterion_and_which_missing_facts_it_is_of() -> None:
    marks = score(policy(TREE), {**KNOWN, "locaux.accessibles": MISSING, "zonage": MISSING}).marks
    assert {name: (mark.criterion, mark.missing) for name, mark in marks.items()} == {
        "locaux": ("locaux", ()),
        "bureaux": ("bureaux", ()),
        "acces": ("acces", ("locaux.accessibles",)),
        "zonage": ("zonage", ("zonage",)),
    }


@pytest.mark.parametrize(
    ("accessible", "mark", "points", "low", "high"),
    [(True, 0, 0, 0, 0), (False, -5, -10, -10, -10), (MISSING, 0, 0, -10, 0)],
)
def test_a_penalty_is_on_the_scale_of_the_total(accessible: Value, mark: int, points: int, low: int, high: int) -> None:
    leaf = f"{{id: a, label: A, weight: 10, out_of: 5, down_to: -5, if_missing: zero, rule: {PENALTY}}}"
    found = score(policy(f"criteria: [{leaf}]"), {"locaux.accessibles": accessible}).marks["a"]
    assert [found.mark, found.points, found.low, found.high] == [mark, points, low, high]
    assert found.criterion == "a"
    assert found.appraisal is not None


def test_what_counts_for_nothing_takes_nothing_from_a_criterion_without_maximum() -> None:
    rooms = "{kind: per_unit, fact: locaux.bureaux, points: 10, at_most: 900}"
    leaf = f"{{id: a, label: A, open_ended: oui, if_missing: zero, rule: {{kind: sum_of, rules: [{rooms}, {ZONES}]}}}}"
    found = score(policy(f"criteria: [{leaf}]"), {"locaux.bureaux": 90, "zonage": MISSING}).marks["a"]
    assert [found.points, found.low, found.high] == [900, 900, 910]


def test_a_criterion_without_rule_is_scored_by_nobody() -> None:
    leaf = policy().criteria[0].model_copy(update={"rule": None})
    with pytest.raises(ValueError, match=r"^zonage carries no rule$"):
        engine._marker(leaf, {}, {})(KNOWN)


def test_a_cap_bounds_the_range_too() -> None:
    assert card(locaux__bureaux=MISSING, locaux__accessibles=True)["locaux"] == (None, 30, 60)


def test_what_is_missing_but_cannot_matter_leaves_the_mark_firm() -> None:
    parts = ["{kind: lookup, fact: locaux.adaptes, points: {oui: 5, non: 0}}", ROOMS]
    rule = f"{{kind: best_of, rules: [{', '.join(parts)}]}}"
    criteria = policy(f"criteria: [{{id: a, label: A, weight: 5, rule: {rule}}}]")
    mark = score(criteria, {"locaux.adaptes": True, "locaux.bureaux": MISSING}).marks["a"]
    assert mark.points == mark.low == mark.high == 5
    assert mark.missing == ()
    waiting = score(criteria, {"locaux.adaptes": False, "locaux.bureaux": MISSING}).marks["a"]
    assert (waiting.points, waiting.missing) == (None, ("locaux.bureaux",))


def test_marks_come_in_the_order_of_the_file() -> None:
    assert list(score(policy(TREE), KNOWN).marks) == ["locaux", "bureaux", "acces", "zonage"]


def test_raw_marks_are_on_the_scale_of_their_rule() -> None:
    marks = score(policy(TREE), KNOWN).marks
    assert [marks[name].mark for name in ("bureaux", "acces", "zonage")] == [30, 1, 20]
    assert marks["locaux"].missing == ()


def test_a_weight_of_zero_counts_for_nothing() -> None:
    tree = TREE.replace("weight: 30, out_of: 3", "weight: 0, out_of: 3")
    assert score(policy(tree), KNOWN).marks["acces"].points == 0


def test_the_facts_used_are_those_of_gates_rules_and_ties_once_each() -> None:
    criteria = policy(
        TREE
        + "eligibility: [{id: g, label: G, require: {fact: porteur.type, in: [commune]}}]\n"
        + "ranking: {ties: [zonage, {fact: depose_le, prefer: earliest}, {fact: locaux.bureaux, prefer: highest}]}"
    )
    assert facts_used(criteria) == ("porteur.type", "locaux.bureaux", "locaux.accessibles", "zonage", "depose_le")


def test_the_fact_whose_values_are_to_be_covered_is_used() -> None:
    assert "porteur.type" in facts_used(policy("ranking: {ties: [{uncovered: porteur.type}]}"))


def test_a_bonus_and_an_open_ended_criterion_add_their_points_to_the_total() -> None:
    rooms = "rule: {kind: per_unit, fact: locaux.bureaux, points: 10, at_most: 900}"
    criteria = policy(
        "criteria:\n"
        "- {id: a, label: A, weight: 100, rule: {kind: lookup, fact: zonage, points: {ZAC: 100}, otherwise: 0}}\n"
        f"- {{id: b, label: B, weight: 5, bonus: oui, out_of: 900, {rooms}}}\n"
        f"- {{id: c, label: C, open_ended: oui, {rooms}}}"
    )
    assert score(criteria, {"zonage": "ZAC", "locaux.bureaux": 90}).total == 100 + 5 + 900


def test_the_facts_that_only_the_selection_reads_are_used_too() -> None:
    selection = """
    selection:
      quotas: [{label: Q, when: {fact: porteur.type, is: epci}}]
      budget:
        amount: 1
        ask: engagement_financier.montant_total
        envelopes: [{label: E, amount: 1, when: {not: {fact: implantation.qpv, is: oui}}}]
    """
    assert facts_used(policy(selection)) == (
        "zonage", "locaux.bureaux", "porteur.type", "engagement_financier.montant_total", "implantation.qpv",
    )  # fmt: skip


def test_facts_are_read_in_the_wave_of_the_candidature() -> None:
    criteria = policy(TREE)
    table = ZoningTable("e", "s", {"09001": Zone.ZAC}, {})
    case = Case(candidature("locaux: {bureaux: 2}"), WAVE.closes_on, table)
    assert read_facts(["zonage", "locaux.bureaux", "locaux.accessibles"], criteria, case) == {
        "zonage": "ZAC",
        "locaux.bureaux": 2,
        "locaux.accessibles": MISSING,
    }


def build(tree: list[Data]) -> Criteria:
    data: dict[str, Any] = {
        "language": "1",
        "call": {"title": "t", "edition": "e", "authority": "a"},
        "waves": [{"id": "v", "closes": "2022-09-30"}],
        "facts": DECLARATIONS,
        "criteria": tree,
        "selection": {"places": "1"},
    }
    return Criteria.model_validate(data)


RELATIVE = """
criteria:
  - {id: a, label: A, weight: 60, rule: {kind: relative, fact: locaux.surface_m2, best: highest, points: 60}}
  - {id: b, label: B, weight: 40, rule: {kind: relative, fact: locaux.bureaux, best: lowest, points: 40}}
"""


def test_the_best_of_the_pool_is_added_to_the_facts_of_each() -> None:
    criteria = policy(RELATIVE)
    pool: list[dict[str, Value]] = [
        {"locaux.surface_m2": 50, "locaux.bureaux": 2},
        {"locaux.surface_m2": 200, "locaux.bureaux": 4},
        {"locaux.surface_m2": MISSING, "locaux.bureaux": MISSING},
    ]
    with_pool(criteria, pool)
    assert [score(criteria, values).total for values in pool] == [15 + 40, 60 + 20, None]
    assert score(criteria, pool[2]).high == 100


def test_two_that_differ_by_what_the_best_may_become_are_not_taken_for_one() -> None:
    again = scorer(policy(RELATIVE))
    sure: dict[str, Value] = {"locaux.surface_m2": 50, "locaux.bureaux": 2}
    sure |= {"groupe.highest.locaux.surface_m2": 100, "groupe.lowest.locaux.bureaux": 2}
    open_: dict[str, Value] = {**sure, "groupe.highest.locaux.surface_m2.possible": Missing(at_least=100, at_most=200)}
    settled, free = (again(values).marks["a"] for values in (sure, open_))
    assert [settled.mark, settled.points, settled.low, settled.high] == [30, 30, 30, 30]
    assert [free.mark, free.points, free.low, free.high] == [30, 30, 15, 30]


def test_a_pool_that_says_nothing_has_no_best() -> None:
    pool: list[dict[str, Value]] = [{"locaux.surface_m2": MISSING, "locaux.bureaux": MISSING}]
    with_pool(policy(RELATIVE), pool)
    assert pool[0]["groupe.highest.locaux.surface_m2"] == MISSING


def test_a_rule_that_compares_with_nobody_adds_nothing_to_the_facts() -> None:
    pool = [dict(KNOWN)]
    with_pool(policy(TREE), pool)
    assert pool == [KNOWN]


def test_the_same_facts_give_the_same_mark_without_running_the_rule_again() -> None:
    again = scorer(policy(TREE))
    assert again(KNOWN).marks["zonage"] is again(dict(KNOWN)).marks["zonage"]


@settings(max_examples=150)
@given(policies(), VALUES)
def test_a_total_is_exactly_the_sum_that_anyone_can_redo_from_the_file(
    tree: list[Data], values: dict[str, Value]
) -> None:
    result = score(build(tree), values)
    assert result.total == result.low == result.high == total_of(tree, values)


@settings(max_examples=80)
@given(policies(), VALUES, VALUES, st.sets(st.sampled_from(FACTS), max_size=3))
def test_whatever_is_missing_turns_out_to_be_the_total_stays_within_its_range(
    tree: list[Data], values: dict[str, Value], answers: dict[str, Value], holes: set[str]
) -> None:
    criteria = build(tree)
    before = score(criteria, {**values, **dict.fromkeys(holes, MISSING)})
    after = score(criteria, {**values, **{name: answers[name] for name in holes}})
    assert after.total is not None
    assert before.low <= after.total <= before.high
    for name, mark in after.marks.items():
        assert before.marks[name].low <= mark.low <= mark.high <= before.marks[name].high


@settings(max_examples=50)
@given(policies(), st.lists(VALUES, min_size=2, max_size=4), st.sets(st.sampled_from(FACTS), max_size=2))
def test_a_score_depends_on_nobody_else(tree: list[Data], several: list[dict[str, Value]], holes: set[str]) -> None:
    criteria = build(tree)
    given_facts = [
        {**values, **dict.fromkeys(holes if place % 2 else (), MISSING)} for place, values in enumerate(several)
    ]
    together = scorer(criteria)
    assert [together(values) for values in given_facts] == [score(criteria, values) for values in given_facts]
    assert [together(values) for values in reversed(given_facts)] == [score(criteria, v) for v in reversed(given_facts)]


@pytest.mark.parametrize("tenths", range(1, 10))
def test_tenths_add_up_exactly(tenths: int) -> None:
    rule = {"kind": "lookup", "fact": "zonage", "points": {"ZIP": "0.1"}, "otherwise": "0"}
    leaves = [{"id": f"k{n}", "label": "K", "weight": "0.1", "rule": rule} for n in range(tenths)]
    assert score(build(leaves), {"zonage": "ZIP"}).total == Fraction(tenths, 10)

"""Rules applied to facts: the same points as a second, naive reading of the language, and the branch that gave them."""

from __future__ import annotations

from fractions import Fraction
from numbers import Rational

import pytest
from hypothesis import given, settings
from tests.scoring.building import rule_of
from tests.scoring.oracle import points_of
from tests.scoring.strategies import CATALOGUE, RULES, VALUES, B, C, D, Data, N

from ami_scoring.domain.facts import MISSING, Value
from ami_scoring.domain.rules import Checklist
from ami_scoring.domain.scores import Outcome
from ami_scoring.domain.simple_rules import own_facts
from ami_scoring.scoring.marks.rules import counted_items, evaluate


@settings(max_examples=300)
@given(RULES, VALUES)
def test_any_rule_gives_exactly_what_a_naive_reading_gives(data: Data, values: dict[str, Value]) -> None:
    assert evaluate(rule_of(data), values).points == points_of(data, values)


@settings(max_examples=100)
@given(RULES, VALUES)
def test_points_with_everything_known_are_fractions_and_wait_for_nothing(data: Data, values: dict[str, Value]) -> None:
    outcome = evaluate(rule_of(data), values)
    assert isinstance(outcome.points, Rational)
    assert (outcome.missing, outcome.refused) == ((), None)


BANDS = f"{{kind: bands, fact: {N}, bands: [{{below: 2, points: 0}}, {{from: 2, points: 1}}]}}"
LINE = f"{{kind: linear, fact: {D}, knots: [{{at: 0, points: 0}}, {{at: 1, points: 2}}, {{at: 2, points: 3}}]}}"
LOOKUP = f"{{kind: lookup, fact: {C}, points: {{x: 4}}, otherwise: 1}}"
ONE, TWO = (f"{{if: {{fact: {N}, is: {value}}}, points: {value + 4}}}" for value in (1, 2))
ROWS = f"{{kind: cases, rows: [{ONE}, {TWO}], otherwise: 7}}"
TABLE = f"{{kind: table, rows: {C}, columns: {B}, points: {{x: {{oui: 4, non: 0}}}}, otherwise: 1}}"
RANKED = f"{{kind: relative, fact: {N}, best: highest, by_rank: [9, 6, 3]}}"
UNITS = f"{{kind: per_unit, fact: {N}, points: 1, at_most: 4}}"
WITHIN = f"{{kind: cases, rows: [{ONE}, {{if: {{fact: {N}, is: 2}}, rule: {LOOKUP}}}], otherwise: 7}}"
LIST = f"{{kind: checklist, items: [{{label: I, if: {{fact: {N}, is: 5}}, points: 2}}]}}"
RANK = own_facts(rule_of(RANKED))[1]  # type: ignore[arg-type] # it is a simple rule
BEST = f"{{kind: best_of, rules: [{LOOKUP}, {BANDS}, {LOOKUP}]}}"


@pytest.mark.parametrize(
    ("rule", "values", "branch"),
    [
        (LOOKUP, {C: "x"}, 0),
        (LOOKUP, {C: "y"}, -1),
        (BANDS, {N: 1}, 0),
        (BANDS, {N: 2}, 1),
        (LINE, {D: -1}, 0),
        (LINE, {D: 0}, 0),
        (LINE, {D: Fraction(1, 2)}, 0),
        (LINE, {D: 1}, 1),
        (LINE, {D: Fraction(3, 2)}, 1),
        (LINE, {D: 2}, 2),
        (LINE, {D: 9}, 2),
        (ROWS, {N: 1}, 0),
        (ROWS, {N: 2}, 1),
        (ROWS, {N: 3}, -1),
        (ROWS, {N: MISSING}, 0),
        (BEST, {C: "x", N: 2}, 0),
        (BEST, {C: "y", N: 2}, 0),
        (BEST, {C: MISSING, N: 2}, 1),
        (BEST.replace("best_of", "sum_of"), {C: "x", N: 2}, -1),
        (TABLE, {C: "x", B: True}, 0),
        (TABLE, {C: "y", B: True}, -1),
        (RANKED, {N: 5, RANK: 1}, 0),
        (RANKED, {N: 5, RANK: 3}, 2),
        (UNITS, {N: 5}, 0),
        (WITHIN, {N: 2, C: "y"}, 1),
        (LIST, {N: 5}, -1),
    ],
)
def test_the_outcome_says_which_branch_decided(rule: str, values: dict[str, Value], branch: int) -> None:
    assert evaluate(rule_of(rule), values).branch == branch


def test_a_rule_within_a_row_is_told_whole_with_what_it_misses_or_refuses() -> None:
    outcome = evaluate(rule_of(WITHIN), {N: 2, C: "y"})
    assert outcome.points == 1
    assert [part.branch for part in outcome.parts] == [-1]
    assert evaluate(rule_of(WITHIN), {N: 2, C: MISSING}).missing == (C,)
    assert evaluate(rule_of(WITHIN.replace(", otherwise: 1", "")), {N: 2, C: "y"}).refused == C


@pytest.mark.parametrize(
    ("own", "best", "points"), [("1/4", "1/2", 5), ("1/2", "1/2", 10), ("0", "1/2", 0), ("0", "0", 10)]
)
def test_numbers_below_one_are_compared_as_others_are(own: str, best: str, points: int) -> None:
    rule = rule_of(f"{{kind: relative, fact: {D}, best: highest, points: 10}}")
    values = dict(zip(own_facts(rule), map(Fraction, (own, best)), strict=True))  # type: ignore[arg-type] # as above
    assert evaluate(rule, values).points == points


def test_a_table_waits_for_what_its_undecided_rows_need() -> None:
    rows = [
        {"if": {"fact": B, "is": "oui"}, "points": "1"},
        {"if": {"fact": C, "is": "x"}, "points": "2"},
        {"if": {"fact": N, "is": "3"}, "points": "3"},
        {"if": {"fact": D, "above": "1"}, "points": "4"},
    ]
    rule = rule_of({"kind": "cases", "rows": rows, "otherwise": "0"})
    assert evaluate(rule, {B: MISSING, C: MISSING, N: 3, D: MISSING}).missing == (B, C)
    assert evaluate(rule, {B: MISSING, C: "y", N: MISSING, D: MISSING}).missing == (B, N, D)
    assert evaluate(rule, {B: True, C: MISSING, N: MISSING, D: MISSING}).missing == ()


def test_of_rivals_only_the_best_counts_and_of_equals_the_first() -> None:
    items = [
        {"id": f"i{place}", "label": "I", "if": {"fact": N, "at_least": str(place)}, "points": points}
        for place, points in enumerate(["1", "3", "3", "-2"])
    ]
    rule = rule_of({"kind": "checklist", "items": items, "exclusive": [["i0", "i1", "i2"]]})
    assert isinstance(rule, Checklist)
    counted = {number: counted_items(rule, evaluate(rule, {N: number}).parts) for number in (0, 1, 2, 3)}
    assert counted == {
        0: (True, False, False, False),
        1: (False, True, False, False),
        2: (False, True, False, False),
        3: (False, True, False, True),
    }


def test_an_item_that_waits_is_not_met() -> None:
    rule = rule_of({"kind": "checklist", "items": [{"label": "I", "if": {"fact": B, "is": "oui"}, "points": "2"}]})
    assert evaluate(rule, {B: MISSING}).parts == (Outcome(evaluate(rule, {B: False}).points, missing=(B,), met=False),)


def test_every_fact_of_these_tests_is_declared() -> None:
    assert {B, C, D, N} <= set(CATALOGUE)

"""Conditions that compare two facts: their answer, and what missing ones leave possible against every completion."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from tests.scoring.building import POLICY, read

from ami_scoring.domain.conditions import AnyCondition, Condition
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import MISSING, Missing, Value
from ami_scoring.exact import Fraction, parse_fraction
from ami_scoring.scoring.marks import attainable_points, holds, possible_points, score, undecided
from ami_scoring.scoring.values import trials

Data = dict[str, Any]
CONDITION: Final[TypeAdapter[AnyCondition]] = TypeAdapter(Condition)
FACTS: Final[list[Data]] = [
    {"name": "w", "type": "integer", "label": "W", "minimum": "0", "maximum": "4"},
    {"name": "k", "type": "integer", "label": "K", "minimum": "0", "maximum": "6", "step": "2"},
    {"name": "x", "type": "decimal", "label": "X", "minimum": "0", "maximum": "3"},
    {"name": "y", "type": "decimal", "label": "Y", "minimum": "1", "maximum": "3"},
    {"name": "s", "type": "choice", "label": "S", "choices": ["u", "v", "w"]},
    {"name": "r", "type": "choice", "label": "R", "choices": ["v", "w", "z"]},
    {"name": "p", "type": "text", "label": "P"},
    {"name": "q", "type": "text", "label": "Q"},
    {"name": "d", "type": "date", "label": "D"},
    {"name": "e", "type": "date", "label": "E"},
    {"name": "b", "type": "boolean", "label": "B"},
    {"name": "c", "type": "boolean", "label": "C"},
]
W, K, X, Y, S, R, P, Q, D, E, B, C = (f"complements.{each['name']}" for each in FACTS)
DAYS: Final = [date(2022, 1, 1) + timedelta(days) for days in range(-3, 9)]
EVERY: Final[Mapping[str, list[Value]]] = {
    W: list(range(5)),
    K: [0, 2, 4, 6],
    X: [Fraction(part, 8) for part in range(25)],
    Y: [Fraction(part, 8) for part in range(8, 25)],
    S: ["u", "v", "w"],
    R: ["v", "w", "z"],
    P: [*"uvwz", "mot", "autre 1", "autre 2", "autre 3"],
    Q: [*"uvwz", "mot", "autre 1", "autre 2", "autre 3"],
    D: list(DAYS),
    E: list(DAYS),
    B: [True, False],
    C: [True, False],
}
"""Values such that any other is like one of them for the rules below."""
KINDS: Final = ((W, K, X, Y), (S, R, P, Q), (D, E), (B, C))
STATED: Final = {X: "1.5", Y: "2", W: "2", K: "4", S: "v", R: "v", P: "mot", Q: "mot", D: "2022-01-03", E: "2022-01-04"}
POINTS: Final = st.sampled_from(["-2", "0", "1", "2.5", "4"])


@st.composite
def _test(draw: st.DrawFn) -> Data:
    group = draw(st.sampled_from(KINDS))
    fact = draw(st.sampled_from(group))
    operators = {0: ("at_least", "at_most", "above", "below"), 2: ("from", "until", "after", "before")}
    operator = draw(st.sampled_from(["is", "is_not", *operators.get(KINDS.index(group), ())]))
    if fact in STATED and draw(st.integers(0, 3)) == 0:
        return {"fact": fact, operator: STATED[fact]}
    return {"fact": fact, operator: {"fact": draw(st.sampled_from([other for other in group if other != fact]))}}


_CONDITIONS = st.recursive(
    _test(),
    lambda below: st.one_of(
        st.lists(below, min_size=1, max_size=2).map(lambda parts: {"all": parts}),
        st.lists(below, min_size=1, max_size=2).map(lambda parts: {"any": parts}),
        below.map(lambda part: {"not": part}),
    ),
    max_leaves=3,
)
_CASES = st.builds(
    lambda rows, other: {"kind": "cases", "rows": rows, "otherwise": other},
    st.lists(st.fixed_dictionaries({"if": _CONDITIONS, "points": POINTS}), min_size=1, max_size=3),
    POINTS,
)
_LISTS = st.builds(
    lambda items: {"kind": "checklist", "items": [{"label": "L", **item} for item in items]},
    st.lists(st.fixed_dictionaries({"if": _CONDITIONS, "points": POINTS}), min_size=1, max_size=3),
)
RULES = st.one_of(_CASES, _LISTS)
VALUES: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries(
    {name: st.sampled_from(values) for name, values in EVERY.items()}
)
HOLES = st.sampled_from([{*some} for group in KINDS for some in product(group, repeat=3) if not {K, X, Y} <= {*some}])


def criteria_of(*rules: Data, **more: Any) -> Criteria:
    leaves = [
        {"id": f"k{place}", "label": f"K{place}", "weight": "10", "down_to": "-10", "rule": rule}
        for place, rule in enumerate(rules)
    ]
    return Criteria.model_validate({**read(POLICY), "facts": FACTS, "criteria": leaves, **more})


def completions(values: Mapping[str, Value], holes: set[str]) -> list[dict[str, Value]]:
    names = sorted(holes)
    return [{**values, **dict(zip(names, filled, strict=True))} for filled in product(*(EVERY[name] for name in names))]


@settings(max_examples=150, deadline=None)
@given(RULES, VALUES, HOLES)
def test_bounds_are_exactly_those_of_every_completion(rule: Data, values: dict[str, Value], holes: set[str]) -> None:
    criteria = criteria_of(rule)
    (leaf,) = criteria.leaves
    assert leaf.rule is not None
    found = possible_points(leaf.rule, {**values, **dict.fromkeys(holes, MISSING)}, criteria.catalogue)
    reached = [score(criteria, each).total for each in completions(values, holes)]
    assert (found.low, found.high) == (min(map(Fraction, reached)), max(map(Fraction, reached)))  # type: ignore[arg-type]


@settings(max_examples=100, deadline=None)
@given(st.lists(RULES, min_size=2, max_size=2), VALUES, HOLES)
def test_bounds_of_a_total_are_exactly_those_of_every_completion(
    rules: list[Data], values: dict[str, Value], holes: set[str]
) -> None:
    criteria = criteria_of(*rules)
    card = score(criteria, {**values, **dict.fromkeys(holes, MISSING)})
    reached = [parse_fraction(str(score(criteria, each).total)) for each in completions(values, holes)]
    assert card.low <= min(reached)
    assert card.high >= max(reached)
    if not card.is_wide:
        assert (card.low, card.high) == (min(reached), max(reached))
    if card.total is not None:
        assert {card.total} == set(reached)


@settings(max_examples=100, deadline=None)
@given(_CONDITIONS, VALUES, HOLES)
def test_a_condition_answers_only_what_every_completion_answers(
    condition: Data, values: dict[str, Value], holes: set[str]
) -> None:
    test = CONDITION.validate_python(condition)
    partial = {**values, **dict.fromkeys(holes, MISSING)}
    answer = holds(test, partial)
    assert answer is None or {holds(test, each) for each in completions(values, holes)} == {answer}
    assert (answer is None) is bool(undecided(test, partial))
    assert set(undecided(test, partial)) <= holes


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        (f"{{fact: {P}, is: {{fact: {Q}}}}}", True),
        (f"{{fact: {P}, is_not: {{fact: {Q}}}}}", False),
        (f"{{fact: {S}, is: {{fact: {P}}}}}", False),
        (f"{{fact: {X}, at_least: {{fact: {W}}}}}", True),
        (f"{{fact: {X}, above: {{fact: {W}}}}}", False),
        (f"{{fact: {X}, is: {{fact: {W}}}}}", True),
        (f"{{fact: {X}, below: {{fact: {K}}}}}", True),
        (f"{{fact: {X}, at_most: {{fact: {Y}}}}}", None),
        (f"{{fact: {Y}, at_most: {{fact: {X}}}}}", None),
        (f"{{fact: {D}, before: {{fact: {E}}}}}", True),
        (f"{{fact: {D}, from: {{fact: {E}}}}}", False),
        (f"{{fact: {B}, is: {{fact: {C}}}}}", False),
    ],
)
def test_two_facts_compare(condition: str, answer: bool | None) -> None:
    values: dict[str, Value] = {
        W: 2, K: 4, X: Fraction(2), Y: MISSING, S: "v", P: "Saint-Étienne", Q: "saint-etienne ",
        D: DAYS[0], E: DAYS[1], B: True, C: False,
    }  # fmt: skip
    assert holds(CONDITION.validate_python(read(condition)), values) is answer


def test_a_part_known_of_one_fact_counts_for_the_other() -> None:
    rule = read(f"{{kind: cases, rows: [{{if: {{fact: {X}, above: {{fact: {W}}}}}, points: 4}}], otherwise: 1}}")
    criteria = criteria_of(rule)
    (leaf,) = criteria.leaves
    assert leaf.rule is not None
    known = {X: Missing(at_most=Fraction(5, 2)), W: Missing(at_least=3)}
    found = possible_points(leaf.rule, known, criteria.catalogue)
    assert (found.low, found.high) == (Fraction(1), Fraction(1))


@pytest.mark.parametrize(
    ("fact", "other", "known"), [(P, Q, "mot"), (D, E, date(2031, 5, 1)), (S, R, "w"), (Y, X, Fraction(7, 3))]
)
def test_a_missing_fact_is_tried_around_what_it_is_compared_with(fact: str, other: str, known: Value) -> None:
    same, another = (
        read(f"{{kind: cases, rows: [{{if: {{fact: {fact}, {test}: {{fact: {other}}}}}, points: 4}}], otherwise: 0}}")
        for test in ("is", "is_not")
    )
    alone = criteria_of(same)
    rule = alone.leaves[0].rule
    assert rule is not None
    found = possible_points(rule, {fact: MISSING, other: known}, alone.catalogue)
    assert [found.low, found.high] == [0, 4]
    card = score(criteria_of(same, another), {fact: MISSING, other: known})
    assert [card.total, card.low, card.high, card.is_wide] == [4, 4, 4, False]


def test_a_parameter_has_no_other_values_than_its_own() -> None:
    values = [{"value": "1"}, {"from": "2022-01-01", "value": "3"}]
    rule = read(
        "{kind: cases, otherwise: 1,"
        " rows: [{if: {all: [{fact: parametres.a, above: 1}, {fact: parametres.a, below: 3}]}, points: 9}]}"
    )
    criteria = criteria_of(rule, parameters=[{"name": "a", "label": "A", "values": values}])
    (leaf,) = criteria.leaves
    assert leaf.rule is not None
    found = attainable_points(leaf.rule, criteria.catalogue)
    assert (found.low, found.high) == (Fraction(1), Fraction(1))


def test_a_rule_that_does_not_compare_a_fact_tries_it_by_itself() -> None:
    compares = read(f"{{kind: cases, rows: [{{if: {{fact: {X}, above: {{fact: {W}}}}}, points: 4}}], otherwise: 1}}")
    alone = read(f"{{kind: cases, rows: [{{if: {{fact: {X}, above: 2}}, points: 3}}], otherwise: 0}}")
    criteria = criteria_of(compares, alone)
    rule = criteria.leaves[1].rule
    assert rule is not None
    found = possible_points(rule, {X: MISSING}, criteria.catalogue)
    assert (found.low, found.high) == (Fraction(0), Fraction(3))


def test_an_example_may_give_a_parameter_the_values_that_it_has() -> None:
    voted = [
        {"name": "a", "label": "A", "values": [{"value": "1/3"}, {"from": "2022-01-01", "value": "3"}]},
        {"name": "j", "label": "J", "values": [{"value": "2022-01-05"}]},
    ]
    rule = read(
        f"{{kind: cases, rows: [{{if: {{fact: {X}, above: {{fact: parametres.a}}}}, points: 4}}], otherwise: 1}}"
    )
    criteria = criteria_of(rule, parameters=voted)
    (leaf,) = criteria.leaves
    assert leaf.rule is not None
    named = [criteria.catalogue[f"parametres.{name}"] for name in "aj"]
    assert [[trial.raw for trial in trials(leaf.rule, fact)] for fact in named] == [["1/3", "3"], ["2022-01-05"]]

"""A fact missing for several criteria is one unknown: bounds of totals against every completion there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scoring.building import POLICY, read
from tests.scoring.strategies import DECLARATIONS, EVERY_VALUE, FACTS, RULES, STEP_RULES, VALUES, Data

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import MISSING, Missing, Value
from ami_scoring.domain.scores import ScoreCard
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message
from ami_scoring.scoring.marks import facts_used, score, scorer
from ami_scoring.scoring.marks import joint as module

HOLES = st.sets(st.sampled_from(FACTS), min_size=1, max_size=2)
WITHHELD = Missing(Message("à corriger"), withheld=True)


def criteria_of(criteria: list[Data], **more: Any) -> Criteria:
    return Criteria.model_validate({**read(POLICY), "facts": DECLARATIONS, "criteria": criteria, **more})


def leaf(name: str, rule: Any, **more: Any) -> Data:
    data = read(rule) if isinstance(rule, str) else rule
    return {"id": name, "label": name, "weight": "10", "down_to": "-10", "rule": data, **more}


def totals(criteria: Criteria, values: Mapping[str, Value], holes: set[str]) -> Iterator[Fraction]:
    """Score every way to fill the holes."""
    names = sorted(holes)
    for filled in product(*(EVERY_VALUE[name] for name in names)):
        total = score(criteria, {**values, **dict(zip(names, filled, strict=True))}).total
        assert total is not None
        yield total


def bounds(card: ScoreCard) -> tuple[object, object]:
    return card.low, card.high


def found(card: ScoreCard) -> tuple[object, object, object]:
    return card.total, card.low, card.high


@settings(max_examples=100, deadline=None)
@given(st.lists(STEP_RULES, min_size=2, max_size=3), st.booleans(), VALUES, HOLES)
def test_bounds_of_a_total_are_exactly_those_of_its_completions(
    rules: list[Data], capped: bool, values: dict[str, Value], holes: set[str]
) -> None:
    leaves = [leaf(f"k{place}", rule) for place, rule in enumerate(rules)]
    group = {"id": "g", "label": "g", "weight": "2", "capped": "oui", "criteria": leaves[:2]}
    criteria = criteria_of([group, *leaves[2:]] if capped else leaves)
    card = score(criteria, {**values, **dict.fromkeys(holes, MISSING)})
    reached = list(totals(criteria, values, holes))
    assert not card.is_wide
    assert bounds(card) == (min(reached), max(reached))
    if card.total is not None:
        assert {card.total} == set(reached)


@settings(max_examples=100, deadline=None)
@given(st.lists(RULES, min_size=2, max_size=3), VALUES, HOLES)
def test_no_completion_leaves_the_bounds_of_a_total(
    rules: list[Data], values: dict[str, Value], holes: set[str]
) -> None:
    criteria = criteria_of([leaf(f"k{place}", rule) for place, rule in enumerate(rules)])
    card = score(criteria, {**values, **dict.fromkeys(holes, MISSING)})
    assert all(card.low <= total <= card.high for total in totals(criteria, values, holes))


UP, DOWN = "{oui: 10, non: 0}", "{oui: 0, non: 10}"
N, D, B, C, L = (f"complements.{name}" for name in "ndbcl")


def flags(**more: Any) -> list[Data]:
    return [
        leaf(name, f"{{kind: lookup, fact: {B}, points: {points}}}", **more)
        for name, points in (("u", UP), ("d", DOWN))
    ]


def test_what_one_criterion_gives_the_other_takes() -> None:
    card = score(criteria_of(flags()), {B: MISSING})
    assert found(card) == (10, 10, 10)
    assert [mark.points for mark in card.marks.values()] == [None, None]


def test_two_grids_for_two_kinds_of_applicant_are_worth_what_either_gives() -> None:
    def grid(name: str, kind: str) -> Data:
        row = f"{{if: {{fact: {C}, is: {kind}}}, rule: {{kind: per_unit, fact: {N}, points: 10, at_most: 60}}}}"
        return leaf(name, f"{{kind: cases, rows: [{row}], otherwise: 0}}", weight="60")

    rows = [grid("a", "x"), grid("b", "y")]
    facts = [each if each["name"] != "c" else each | {"choices": ["x", "y"]} for each in DECLARATIONS]
    card = score(criteria_of(rows, facts=facts), {C: MISSING, N: 5})
    assert found(card) == (50, 50, 50)


def test_a_group_is_bounded_as_the_total_is() -> None:
    group = {"id": "g", "label": "g", "weight": "20", "criteria": flags()}
    card = score(criteria_of([group]), {B: MISSING})
    mark = card.marks["g"]
    assert mark.points is None
    assert [mark.low, mark.high] == [10, 10]


def test_a_group_that_waits_for_more_than_what_its_parts_share_stays_a_range() -> None:
    rooms = leaf("n", f"{{kind: per_unit, fact: {N}, points: 1, at_most: 6}}")
    group = {"id": "g", "label": "g", "weight": "30", "criteria": [*flags(), rooms]}
    card = score(criteria_of([group]), {B: MISSING, N: MISSING})
    assert (card.marks["g"].low, card.marks["g"].high) == bounds(card) == (10, 16)


def test_never_completed_is_one_more_way_where_nothing_is_counted_for_nothing() -> None:
    card = score(criteria_of(flags(if_missing="zero")), {B: MISSING})
    assert found(card) == (0, 0, 10)


def test_what_never_comes_takes_nothing_away_from_those_that_count_it_for_nothing() -> None:
    points = {"u": "{oui: 10, non: -5}", "d": "{oui: 0, non: 5}"}
    gains = [leaf(each, f"{{kind: lookup, fact: {B}, points: {points[each]}}}", if_missing="zero") for each in points]
    assert found(score(criteria_of(gains), {B: MISSING})) == (0, 0, 10)


def test_what_one_criterion_cannot_go_without_is_given_to_the_other_too() -> None:
    up, down = flags()
    card = score(criteria_of([up, down | {"if_missing": "zero"}]), {B: MISSING})
    assert found(card) == (10, 10, 10)


def test_an_answer_refused_is_never_counted_for_nothing_and_holds_its_total() -> None:
    card = score(criteria_of(flags(if_missing="zero")), {B: WITHHELD})
    assert found(card) == (None, 10, 10)


@pytest.mark.parametrize(
    "selection",
    [
        "{places: 1, minimum_mark: 3}",
        "{places: 1, thresholds: [{criterion: u, at_least: 1}]}",
    ],
)
def test_a_total_that_hides_what_decides_stays_on_hold(selection: str) -> None:
    card = score(criteria_of(flags(), selection=read(selection)), {B: MISSING})
    assert found(card) == (None, 10, 10)


def test_a_tie_on_a_hidden_mark_keeps_the_total_on_hold() -> None:
    card = score(criteria_of(flags(), ranking=read("{ties: [{criterion: u}]}")), {B: MISSING})
    assert card.total is None


@pytest.mark.parametrize("known", [MISSING, Missing(at_least=1, at_most=2)])
def test_two_straight_lines_are_bounded_where_they_bend(known: Missing) -> None:
    down = f"{{kind: linear, fact: {D}, knots: [{{at: 0, points: 6}}, {{at: 2, points: 2}}, {{at: 3, points: 0}}]}}"
    up = f"{{kind: per_unit, fact: {D}, points: 3, after: 1, at_most: 3, count: exact}}"
    card = score(criteria_of([leaf("a", down), leaf("b", up)]), {D: known})
    at = {0: 6, 1: 4, 2: 5, 3: 3}
    here = [at[each] for each in ((0, 1, 2, 3) if known is MISSING else (1, 2))]
    assert bounds(card) == (min(here), max(here))
    assert not card.is_wide


def test_a_whole_number_is_tried_value_by_value() -> None:
    up = f"{{kind: per_unit, fact: {N}, points: 1, every: 2, at_most: 3, count: completed}}"
    down = f"{{kind: linear, fact: {N}, knots: [{{at: 0, points: 6}}, {{at: 6, points: 0}}]}}"
    card = score(criteria_of([leaf("a", up), leaf("b", down)]), {N: MISSING})
    assert bounds(card) == (3, 6)
    assert not card.is_wide


def test_a_line_without_a_cap_ends_with_its_fact() -> None:
    up = f"{{kind: per_unit, fact: {D}, points: 1, count: exact}}"
    down = f"{{kind: linear, fact: {D}, knots: [{{at: 0, points: 6}}, {{at: 3, points: 3}}]}}"
    assert bounds(score(criteria_of([leaf("a", up), leaf("b", down)]), {D: MISSING})) == (6, 6)


def test_a_whole_number_of_many_values_is_tried_at_its_steps() -> None:
    facts = [{"name": "n", "type": "integer", "label": "N", "minimum": "0", "maximum": "5000"}]
    rules = [
        f"{{kind: bands, fact: {N}, bands: [{{up_to: 70, points: {low}}}, {{above: 70, points: {high}}}]}}"
        for low, high in ((0, 4), (4, 0))
    ]
    criteria = criteria_of([leaf("a", rules[0]), leaf("b", rules[1])], facts=facts)
    assert found(score(criteria, {N: MISSING})) == (4, 4, 4)


WIDE = {
    "by steps for one, in a line for the other": (
        f"{{kind: bands, fact: {D}, bands: [{{up_to: 1, points: 0}}, {{above: 1, points: 5}}]}}",
        f"{{kind: linear, fact: {D}, knots: [{{at: 0, points: 6}}, {{at: 3, points: 0}}]}}",
        D,
    ),
    "too many words": (
        {
            "kind": "checklist",
            "items": [
                {"id": f"i{n}", "label": "i", "points": "1", "if": {"fact": L, "includes": f"w{n}"}} for n in range(11)
            ],
        },
        f"{{kind: checklist, items: [{{id: a, label: a, points: 1, if: {{fact: {L}, includes: w1}}}}]}}",
        L,
    ),
}


@pytest.mark.parametrize(("one", "other", "name"), WIDE.values(), ids=WIDE.keys())
def test_bounds_that_may_be_out_of_reach_are_said_to_be_wide(one: Any, other: Any, name: str) -> None:
    criteria = criteria_of([leaf("a", one), leaf("b", other)])
    assert score(criteria, {name: MISSING}).is_wide
    assert not score(criteria, {name: Fraction(1) if name == D else frozenset()}).is_wide


def test_what_two_criteria_share_narrows_the_total_beside_two_others_of_which_too_much_is_possible() -> None:
    one, other, name = WIDE["by steps for one, in a line for the other"]
    card = score(criteria_of([leaf("a", one), leaf("b", other), *flags()]), {name: MISSING, B: MISSING})
    assert (card.is_wide, *bounds(card)) == (True, 0 + 10, 11 + 10)


@pytest.mark.parametrize(("size", "is_wide", "highest"), [(3, False, 3), (4, True, 8)])
def test_as_many_ways_as_are_tried_and_one_answer_more(
    size: int, is_wide: bool, highest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_WORLDS", 8)
    # What each answer gives to one criterion, it takes from the other.
    facts = [{"name": f"b{place}", "type": "boolean", "label": "B"} for place in range(size)]
    rules = [
        {
            "kind": "sum_of",
            "rules": [
                {"kind": "lookup", "fact": f"complements.b{place}", "points": read(points)} for place in range(size)
            ],
        }
        for points in ("{oui: 1, non: 0}", "{oui: 0, non: 1}")
    ]
    criteria = criteria_of([leaf(name, rule, weight="11") for name, rule in zip("ab", rules, strict=True)], facts=facts)
    card = score(criteria, {f"complements.b{place}": MISSING for place in range(size)})
    assert card.is_wide is is_wide
    assert card.high == highest


def table(**cells: str) -> Data:
    """Make a table by one fact known to be yes, and a choice: of one that excludes it, the choice is impossible."""
    return {"kind": "table", "rows": B, "columns": C, "points": {"oui": cells, "non": dict.fromkeys(cells, "0")}}


def test_answers_that_exclude_one_another_are_no_way_to_complete_what_is_shared() -> None:
    other = f"{{kind: lookup, fact: {C}, points: {{x: 0, y: 1, z: 9}}}}"
    criteria = criteria_of([leaf("a", table(x="5", y="7", z="impossible")), leaf("b", other)])
    assert bounds(score(criteria, {B: True, C: MISSING})) == (5, 8)
    assert bounds(score(criteria, {B: False, C: MISSING})) == (0, 9)


def test_where_every_way_is_excluded_bounds_are_said_to_be_wide() -> None:
    facts = [each if each["name"] != "c" else each | {"choices": list("wxyz")} for each in DECLARATIONS]
    one = table(w="1", x="2", y="impossible", z="impossible")
    other = table(w="impossible", x="impossible", y="1", z="2")
    card = score(criteria_of([leaf("a", one), leaf("b", other)], facts=facts), {B: True, C: MISSING})
    assert (card.is_wide, *bounds(card)) == (True, 2, 4)


def test_what_is_known_in_part_of_one_candidature_is_not_taken_for_what_is_known_of_another() -> None:
    up = f"{{kind: per_unit, fact: {N}, points: 1, at_most: 6}}"
    down = f"{{kind: linear, fact: {N}, knots: [{{at: 0, points: 6}}, {{at: 6, points: 3}}]}}"
    again = scorer(criteria_of([leaf("a", up), leaf("b", down)]))
    known = [{N: value} for value in (MISSING, Missing(at_least=4), Missing(at_most=2), MISSING)]
    assert [bounds(again(values)) for values in known] == [(6, 9), (8, 9), (6, 7), (6, 9)]


def test_a_group_under_a_cap_is_bounded_with_what_its_parts_share() -> None:
    rooms = leaf("n", f"{{kind: per_unit, fact: {N}, points: 1, at_most: 6}}")
    group = {"id": "g", "label": "g", "weight": "12", "capped": "oui", "criteria": [*flags(), rooms]}
    card = score(criteria_of([group]), {B: MISSING, N: MISSING})
    assert (card.marks["g"].low, card.marks["g"].high) == bounds(card) == (10, 12)


def test_facts_worked_out_from_one_answer_are_said_to_be_wide() -> None:
    late = [
        leaf(
            each,
            f"{{kind: bands, fact: locaux.delai_{each}, bands: [{{up_to: 9, points: 1}}, {{above: 9, points: 0}}]}}",
        )
        for each in ("mois", "jours")
    ]
    criteria = criteria_of(late)
    card = score(criteria, dict.fromkeys(facts_used(criteria), MISSING))
    assert (card.is_wide, *bounds(card)) == (True, 0, 2)


def test_too_many_ways_are_not_all_tried() -> None:
    facts = [{"name": f"n{n}", "type": "integer", "label": "N", "minimum": "0", "maximum": "99"} for n in range(2)]
    rule = {
        "kind": "sum_of",
        "rules": [{"kind": "per_unit", "fact": f"complements.n{n}", "points": "1", "at_most": "99"} for n in range(2)],
    }
    criteria = criteria_of([leaf("a", rule, weight="198"), leaf("b", rule, weight="198")], facts=facts)
    card = score(criteria, {"complements.n0": MISSING, "complements.n1": MISSING})
    assert (card.is_wide, *bounds(card)) == (True, 0, 396)


def test_presence_asked_by_one_and_value_by_the_other_are_one_unknown() -> None:
    said = f"{{kind: checklist, items: [{{id: a, label: a, points: 5, if: {{fact: {B}, present: oui}}}}]}}"
    yes = f"{{kind: lookup, fact: {B}, points: {UP}}}"
    held = score(criteria_of([leaf("a", said), leaf("b", yes)]), {B: WITHHELD})
    assert bounds(held) == (5, 15)
    free = score(criteria_of([leaf("a", said), leaf("b", yes, if_missing="zero")]), {B: WITHHELD})
    assert bounds(free) == (0, 15)


def test_criteria_that_share_nothing_missing_add_up() -> None:
    rules = [f"{{kind: lookup, fact: {B}, points: {UP}}}", f"{{kind: per_unit, fact: {N}, points: 1, at_most: 6}}"]
    criteria = criteria_of([leaf(f"k{n}", rules[n % 2]) for n in range(3)])
    assert bounds(score(criteria, {B: True, N: MISSING})) == (20, 26)

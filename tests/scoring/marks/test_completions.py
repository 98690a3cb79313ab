"""What missing information could be worth: bounds against every completion there is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.scoring.building import catalogue_with, policy, rule_of
from tests.scoring.strategies import CATALOGUE, EVERY_VALUE, FACTS, RULES, STEP_RULES, VALUES, B, C, D, Data, N, T

from ami_scoring.domain.facts import MISSING, Missing, Value
from ami_scoring.domain.rules import AnyRule, facts_read
from ami_scoring.domain.scores import Range
from ami_scoring.exact import Fraction
from ami_scoring.findings import Severity
from ami_scoring.scoring.checks.criteria import check_criteria
from ami_scoring.scoring.marks import completions
from ami_scoring.scoring.marks.completions import MAX_COMBINATIONS, attainable_points, possible_points
from ami_scoring.scoring.marks.rules import evaluate

HOLES = st.sets(st.sampled_from(FACTS), min_size=1, max_size=2)


def points_of_completions(rule: AnyRule, values: dict[str, Value], holes: set[str]) -> Iterator[Fraction]:
    """Evaluate a rule over every way to fill the holes."""
    read = [name for name in sorted(holes) if name in facts_read(rule)]
    for filled in product(*(EVERY_VALUE[name] for name in read)):
        yield evaluate(rule, {**values, **dict(zip(read, filled, strict=True))}).points


def with_holes(values: dict[str, Value], holes: set[str]) -> dict[str, Value]:
    return {**values, **dict.fromkeys(holes, MISSING)}


@settings(max_examples=150)
@given(STEP_RULES, VALUES, HOLES)
def test_bounds_of_a_rule_by_steps_are_exactly_those_of_its_completions(
    data: Data, values: dict[str, Value], holes: set[str]
) -> None:
    rule = rule_of(data)
    reached = list(points_of_completions(rule, values, holes))
    assert possible_points(rule, with_holes(values, holes), CATALOGUE) == Range(min(reached), max(reached))


@settings(max_examples=150)
@given(RULES, VALUES, HOLES)
def test_no_completion_leaves_the_bounds(data: Data, values: dict[str, Value], holes: set[str]) -> None:
    rule = rule_of(data)
    bounds = possible_points(rule, with_holes(values, holes), CATALOGUE)
    assert all(bounds.low <= points <= bounds.high for points in points_of_completions(rule, values, holes))


@settings(max_examples=100)
@given(RULES, VALUES)
def test_nothing_missing_leaves_one_value(data: Data, values: dict[str, Value]) -> None:
    rule = rule_of(data)
    bounds = possible_points(rule, values, CATALOGUE)
    assert bounds.is_single
    assert bounds.low == evaluate(rule, values).points


@settings(max_examples=100)
@given(RULES, VALUES)
def test_what_is_attainable_bounds_every_complete_candidature(data: Data, values: dict[str, Value]) -> None:
    rule = rule_of(data)
    reach = attainable_points(rule, CATALOGUE)
    assert reach.low <= evaluate(rule, values).points <= reach.high


@settings(max_examples=100)
@given(RULES, VALUES, st.permutations(FACTS))
def test_each_answer_narrows_the_bounds(data: Data, values: dict[str, Value], order: list[str]) -> None:
    rule = rule_of(data)
    known: dict[str, Value] = dict.fromkeys(FACTS, MISSING)
    before = possible_points(rule, known, CATALOGUE)
    for name in order:
        known = {**known, name: values[name]}
        after = possible_points(rule, known, CATALOGUE)
        assert before.low <= after.low <= after.high <= before.high
        before = after


@settings(max_examples=60)
@given(
    st.sampled_from(["completed", "started", "exact"]),
    st.sampled_from(["0", "1/2"]),
    st.integers(0, 12),
    st.integers(0, 12),
)
def test_a_number_known_in_part_bounds_the_points_per_unit(count: str, after: str, one: int, other: int) -> None:
    low, high = (Fraction(bound, 4) for bound in sorted((one, other)))
    rule = rule_of(
        {"kind": "per_unit", "fact": D, "points": "2", "every": "3/4", "after": after, "count": count, "at_most": "5"}
    )
    inside = [value for value in EVERY_VALUE[D] if isinstance(value, Fraction) and low <= value <= high]
    reached = [evaluate(rule, {D: value}).points for value in inside]
    bounds = possible_points(rule, {D: Missing(at_least=low, at_most=high)}, CATALOGUE)
    assert bounds == Range(min(reached), max(reached))


# --- Presence ---------------------------------------------------------------------------------------------------------

DATED = {"kind": "cases", "rows": [{"if": {"fact": T, "present": "oui"}, "points": "5"}], "otherwise": "0"}


def test_an_absence_that_the_rule_asks_about_is_an_answer() -> None:
    assert possible_points(rule_of(DATED), {T: MISSING}, CATALOGUE) == Range(Fraction(0), Fraction(0))


@pytest.mark.parametrize("fact", FACTS)
def test_what_is_attainable_counts_presence_and_absence(fact: str) -> None:
    rule = rule_of({**DATED, "rows": [{"if": {"fact": fact, "present": "oui"}, "points": "5"}]})
    assert attainable_points(rule, CATALOGUE) == Range(Fraction(0), Fraction(5))


def test_presence_in_one_part_and_value_in_another_are_both_open() -> None:
    part = {"kind": "cases", "rows": [{"if": {"fact": D, "present": "oui"}, "points": "5"}], "otherwise": "0"}
    rule = rule_of({"kind": "sum_of", "rules": [part, {"kind": "per_unit", "fact": D, "points": "1", "at_most": "3"}]})
    assert possible_points(rule, {D: MISSING}, CATALOGUE) == Range(Fraction(0), Fraction(8))


def test_two_parts_that_read_one_answer_are_bounded_by_what_one_answer_gives_to_both() -> None:
    parts = [
        {"kind": "lookup", "fact": C, "points": points}
        for points in ({"x": "0", "y": "5", "z": "1"}, {"x": "1", "y": "5", "z": "0"})
    ]
    rule = rule_of({"kind": "sum_of", "rules": parts})
    assert possible_points(rule, {C: MISSING}, CATALOGUE) == Range(Fraction(1), Fraction(10))


def test_of_answers_that_exclude_one_another_whatever_is_missing_nothing_is_possible() -> None:
    cells = {"oui": {"x": "impossible", "y": "impossible", "z": "impossible"}, "non": {"x": "1", "y": "2", "z": "3"}}
    rule = rule_of({"kind": "table", "rows": B, "columns": C, "points": cells})
    assert possible_points(rule, {B: True, C: MISSING}, CATALOGUE) == Range(Fraction(0), Fraction(0))
    assert possible_points(rule, {B: MISSING, C: MISSING}, CATALOGUE) == Range(Fraction(1), Fraction(3))


# --- Too many combinations --------------------------------------------------------------------------------------------


def checklist(size: int, **more: Any) -> AnyRule:
    """Make a checklist over as many yes-or-no facts of the call."""
    items = [
        {"id": f"i{place}", "label": f"I{place}", "if": {"fact": f"complements.b{place}", "is": "oui"}, "points": "2"}
        for place in range(size)
    ]
    return rule_of({"kind": "checklist", "items": items, **more})


MANY = 13
BOOLEANS = catalogue_with([{"name": f"b{place}", "type": "boolean", "label": "B"} for place in range(MANY)])
ALL_MISSING: dict[str, Value] = {f"complements.b{place}": MISSING for place in range(MANY)}


def test_a_long_checklist_is_bounded_item_by_item() -> None:
    assert 2**MANY > MAX_COMBINATIONS
    assert attainable_points(checklist(MANY), BOOLEANS) == Range(Fraction(0), Fraction(2 * MANY))
    assert attainable_points(checklist(MANY, at_most="9", at_least="1"), BOOLEANS) == Range(Fraction(1), Fraction(9))


def test_items_that_exclude_one_another_count_once_in_a_long_checklist() -> None:
    rule = checklist(MANY, exclusive=[["i0", "i1", "i2"], ["i3", "i4"], []])
    assert attainable_points(rule, BOOLEANS) == Range(Fraction(0), Fraction(2 * (MANY - 3)))


def test_a_long_checklist_counts_what_is_known() -> None:
    values = {**ALL_MISSING, "complements.b0": True, "complements.b1": False}
    catalogue = catalogue_with([{"name": f"b{place}", "type": "boolean", "label": "B"} for place in range(MANY + 2)])
    longer = {**values, f"complements.b{MANY}": MISSING, f"complements.b{MANY + 1}": MISSING}
    assert possible_points(checklist(MANY + 2), longer, catalogue) == Range(Fraction(2), Fraction(2 * MANY + 2))


def test_of_two_lists_that_share_nothing_the_one_that_is_known_is_counted_as_it_is() -> None:
    conditions = [{"fact": name, "is": "oui"} for name in ALL_MISSING]
    known = {"label": "B", "if": {"fact": "locaux.adaptes", "is": "oui"}, "points": "2"}
    rule = rule_of({"kind": "checklist", "items": [{"label": "A", "if": {"all": conditions}, "points": "3"}, known]})
    values: dict[str, Value] = {**ALL_MISSING, "locaux.adaptes": False}
    assert possible_points(rule, values, BOOLEANS) == Range(Fraction(0), Fraction(3))


@pytest.mark.parametrize(("size", "low", "high"), [(3, 2, 2), (4, 0, 4)])
def test_as_many_ways_as_are_tried_give_exact_bounds_and_one_fact_more_wide_ones(
    size: int, low: int, high: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completions, "MAX_COMBINATIONS", 8)
    # One answer, yes or no, gives two points to one part or to the other; the other answers give none.
    first, *others = list(ALL_MISSING)[:size]
    mute = [{"label": "M", "if": {"fact": name, "is": "oui"}, "points": "0"} for name in others]
    parts = [
        {"kind": "checklist", "items": [{"label": "L", "if": {"fact": first, "is": answer}, "points": "2"}, *mute]}
        for answer in ("oui", "non")
    ]
    rule = rule_of({"kind": "sum_of", "rules": parts})
    assert possible_points(rule, ALL_MISSING, BOOLEANS) == Range(Fraction(low), Fraction(high))


def test_a_long_list_of_rivals_is_bounded_at_large() -> None:
    rule = checklist(MANY, exclusive=[[f"i{place}" for place in range(MANY)]])
    assert attainable_points(rule, BOOLEANS) == Range(Fraction(0), Fraction(2 * MANY))


@pytest.mark.parametrize(("known", "most"), [(MISSING, 7), (True, 7), (False, -1)])
def test_a_long_decision_table_is_bounded_by_the_rows_that_may_decide(known: Value, most: int) -> None:
    conditions = [{"fact": name, "is": "oui"} for name in (*ALL_MISSING, "locaux.adaptes")]
    rule = rule_of({"kind": "cases", "rows": [{"if": {"all": conditions}, "points": "7"}], "otherwise": "-1"})
    found = possible_points(rule, {**ALL_MISSING, "locaux.adaptes": known}, BOOLEANS)
    assert found == Range(Fraction(-1), Fraction(most))


@pytest.mark.parametrize(("kind", "low", "high"), [("sum_of", -1, 9), ("best_of", 0, 7), ("worst_of", -1, 2)])
def test_rules_of_long_rules_are_bounded_part_by_part(kind: str, low: int, high: int) -> None:
    conditions = [{"fact": name, "is": "oui"} for name in ALL_MISSING]
    table = {"kind": "cases", "rows": [{"if": {"all": conditions}, "points": "7"}], "otherwise": "-1"}
    switch = {"kind": "lookup", "fact": "complements.b0", "points": {"oui": "2", "non": "0"}}
    rule = rule_of({"kind": kind, "rules": [table, switch]})
    assert possible_points(rule, ALL_MISSING, BOOLEANS) == Range(Fraction(low), Fraction(high))


def test_a_table_of_thousands_of_communes_is_bounded_by_its_points() -> None:
    communes = {f"{code:05}": str(code % 7) for code in range(MAX_COMBINATIONS + 1)}
    table = {"kind": "lookup", "fact": "implantation.code_insee", "points": communes}
    values: dict[str, Value] = {"implantation.code_insee": MISSING}
    assert possible_points(rule_of({**table, "otherwise": "-1"}), values, CATALOGUE) == Range(Fraction(-1), Fraction(6))
    assert possible_points(rule_of(table), values, CATALOGUE) == Range(Fraction(0), Fraction(6))


def test_a_two_way_table_of_thousands_of_cells_is_bounded_by_its_points() -> None:
    cells = {f"{code:05}": {"32": "1", "31": "2"} for code in range(MAX_COMBINATIONS)}
    table = {"kind": "table", "rows": "implantation.code_insee", "columns": "implantation.departement", "points": cells}
    values: dict[str, Value] = {"implantation.code_insee": MISSING, "implantation.departement": MISSING}
    assert possible_points(rule_of(table), values, CATALOGUE) == Range(Fraction(1), Fraction(2))
    assert possible_points(rule_of({**table, "otherwise": "7"}), values, CATALOGUE) == Range(Fraction(1), Fraction(7))


def test_thousands_of_bands_are_bounded_by_their_points() -> None:
    cuts = [str(cut) for cut in range(2000)]
    bands: list[dict[str, str]] = [{"points": str(place % 5)} for place in range(len(cuts) + 1)]
    for place, cut in enumerate(cuts):
        bands[place]["below"] = bands[place + 1]["from"] = cut
    rule = rule_of({"kind": "bands", "fact": "locaux.delai_mois", "bands": bands})
    assert possible_points(rule, {"locaux.delai_mois": MISSING}, CATALOGUE) == Range(Fraction(0), Fraction(4))


def test_of_many_words_all_none_and_each_are_tried() -> None:
    items = [{"label": word, "if": {"fact": "pieces", "includes": word}, "points": "1"} for word in "abcdefghijkl"]
    rule = rule_of({"kind": "checklist", "items": items})
    assert possible_points(rule, {"pieces": MISSING}, CATALOGUE) == Range(Fraction(0), Fraction(12))


def test_no_points_per_unit_give_nothing_or_less_than_nothing_where_the_cap_does() -> None:
    for at_most, points in (("5", 0), ("-1", -1)):
        rule = rule_of({"kind": "per_unit", "fact": "locaux.bureaux", "points": "0", "at_most": at_most})
        assert possible_points(rule, {"locaux.bureaux": MISSING}, CATALOGUE) == Range(
            Fraction(points), Fraction(points)
        )


def test_a_line_is_followed_from_one_end_of_what_is_possible_to_the_other() -> None:
    knots = [{"at": str(at), "points": str(points)} for at, points in ((0, 9), (2, 5), (4, 8), (6, 1))]
    rule = rule_of({"kind": "linear", "fact": "complements.free", "knots": knots})
    free = catalogue_with([{"name": "free", "type": "decimal", "label": "F"}])
    for known, low, high in (
        (MISSING, 1, 9),
        (Missing(at_least=1), 1, 8),
        (Missing(at_most=5), 4.5, 9),
        (Missing(at_least=2, at_most=4), 5, 8),
    ):
        assert possible_points(rule, {"complements.free": known}, free) == Range(Fraction(low), Fraction(high))


@pytest.mark.parametrize(("points", "computed"), [("-3", False), ("3", True)])
def test_a_loss_or_a_computed_number_without_limit_has_no_bounds(points: str, computed: bool) -> None:
    rule = rule_of({"kind": "per_unit", "fact": "locaux.bureaux", "points": points})
    known = {"locaux.bureaux": CATALOGUE["locaux.bureaux"]._replace(computed=computed)}
    with pytest.raises(ValueError, match="no limit"):
        possible_points(rule, {"locaux.bureaux": MISSING}, known)


def test_points_without_limit_stop_at_the_largest_number_that_a_file_may_write() -> None:
    rule = rule_of({"kind": "per_unit", "fact": "locaux.bureaux", "points": "3"})
    found = possible_points(rule, {"locaux.bureaux": MISSING}, CATALOGUE)
    assert found == Range(Fraction(0), Fraction(3 * 999_999_999_999_999))


def test_half_a_point_each_without_limit_stops_there_too() -> None:
    rule = rule_of({"kind": "per_unit", "fact": "locaux.bureaux", "points": "1/2"})
    found = possible_points(rule, {"locaux.bureaux": MISSING}, CATALOGUE)
    assert found == Range(Fraction(0), Fraction(999_999_999_999_999, 2))


def test_points_without_limit_on_what_is_worked_out_stop_where_what_it_reads_does() -> None:
    made = policy("""
total: 0
facts: [{name: lits, type: integer, label: Lits, minimum: 0, maximum: 40}, {name: nuits, type: integer, label: Nuits}]
computed: [{name: c, label: C, product_of: [complements.lits, complements.nuits]}]
criteria: [{id: a, label: A, open_ended: oui, rule: {kind: per_unit, fact: calculs.c, points: 2, after: 10}}]
""")
    assert [problem.code for problem in check_criteria(made) if problem.severity is Severity.ERROR] == []
    rule = made.criteria[0].rule
    assert rule is not None
    found = possible_points(rule, {"calculs.c": MISSING}, made.catalogue)
    assert found == Range(Fraction(0), Fraction(2 * (40 * 999_999_999_999_999 - 10)))


def test_what_is_worked_out_may_go_beyond_what_a_file_may_write() -> None:
    rule = rule_of({"kind": "per_unit", "fact": "locaux.bureaux", "points": "0.000000000000001", "at_most": "5"})
    known = {"locaux.bureaux": CATALOGUE["locaux.bureaux"]._replace(computed=True)}
    assert possible_points(rule, {"locaux.bureaux": MISSING}, known) == Range(Fraction(0), Fraction(5))


def test_a_whole_number_has_nothing_between_two_bounds() -> None:
    between = {"all": [{"fact": N, "above": "2"}, {"fact": N, "below": "3"}]}
    rule = rule_of({"kind": "cases", "rows": [{"if": between, "points": "5"}], "otherwise": "0"})
    assert attainable_points(rule, CATALOGUE).is_single
    decimal = rule_of({"kind": "cases", "rows": [{"if": _over(between, D), "points": "5"}], "otherwise": "0"})
    assert attainable_points(decimal, CATALOGUE) == Range(Fraction(0), Fraction(5))


def _over(condition: Data, fact: str) -> Data:
    return {"all": [{**part, "fact": fact} for part in condition["all"]]}


@given(st.sampled_from(["x", "y", "z"]), st.booleans())
def test_an_answer_that_cannot_matter_is_not_waited_for(choice: str, answer: bool) -> None:
    assume(choice != "z")
    rule = rule_of(
        {
            "kind": "best_of",
            "rules": [
                {"kind": "lookup", "fact": C, "points": {"x": "4", "y": "4", "z": "0"}},
                {"kind": "lookup", "fact": B, "points": {"oui": "3", "non": "1"}},
            ],
        }
    )
    assert possible_points(rule, {C: choice, B: MISSING}, CATALOGUE).is_single
    assert evaluate(rule, {C: choice, B: answer}).points == 4

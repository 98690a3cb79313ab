"""The items of exclusive groups that never count, and those that count in their place."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from tests.scoring.building import catalogue_with, rule_of
from tests.scoring.strategies import CATALOGUE, CHECKLISTS, EVERY_VALUE, Data

from ami_scoring.domain.rules import Checklist, facts_read
from ami_scoring.findings import Problem
from ami_scoring.scoring.advice.precedence import advise_items
from ami_scoring.scoring.marks.rules import counted_items, evaluate


def checklist_of(data: Data | str) -> Checklist:
    rule = rule_of(data)
    assert isinstance(rule, Checklist)
    return rule


@settings(max_examples=100)
@given(CHECKLISTS)
def test_an_item_is_told_if_it_may_hold_and_no_candidature_counts_it(data: Data) -> None:
    rule = checklist_of(data)
    names = facts_read(rule)
    held: set[int] = set()
    counted: set[int] = set()
    for way in product(*(EVERY_VALUE[name] for name in names)):
        parts = evaluate(rule, dict(zip(names, way, strict=True))).parts
        held |= {place for place, part in enumerate(parts) if part.met}
        counted |= {place for place, counts in enumerate(counted_items(rule, parts)) if counts}
    told = {problem.path[-1] for problem in advise_items(rule, (), CATALOGUE)}
    assert told == held - counted


def told(items: str, groups: str) -> list[Problem]:
    facts = catalogue_with([{"name": "n", "type": "integer", "label": "N", "minimum": "0"}])
    return list(advise_items(checklist_of(f"{{kind: checklist, items: [{items}], exclusive: {groups}}}"), (), facts))


def item(name: str, test: str, points: int) -> str:
    return f"{{id: {name}, label: {name.upper()}, if: {{fact: complements.n, {test}}}, points: {points}}}"


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([item("a", "at_least: 2", 5), item("b", "at_least: 4", 10)], []),
        ([item("a", "at_least: 2", 5), item("b", "at_least: 1", 10)], ["« B » compte toujours à sa place."]),
        ([item("a", "at_least: 2", 5), item("b", "at_least: 4", 5)], ["« A » compte toujours à sa place."]),
        ([item("a", "at_least: 4", 5), item("b", "at_least: 2", 5)], []),
        (
            [item("a", "at_least: 2", 5), item("b", "at_least: 4", 10), item("c", "below: 4", 6)],
            ["« B » et « C » comptent toujours à sa place."],
        ),
        ([item("a", "at_least: 2", 5), item("b", "below: 0", 10)], []),
        ([item("a", "below: 0", 5), item("b", "at_least: 2", 10)], []),
        ([item("a", "present: non", 5), item("b", "at_least: 2", 10)], []),
    ],
)
def test_what_counts_in_place_of_an_item_is_named(items: list[str], said: list[str]) -> None:
    group = [["a", "b", "c"][: len(items)]]
    problems = told(", ".join(items), str(group).replace("'", ""))
    assert [str(problem.message).partition(" : ")[2] for problem in problems] == said


def test_an_item_of_two_groups_counts_only_where_it_is_the_best_of_both() -> None:
    items = [item("a", "at_least: 2", 5), item("b", "below: 4", 6), item("c", "at_least: 4", 7)]
    (problem,) = told(", ".join(items), "[[a, b], [a, c]]")
    assert (problem.path, problem.related) == (("items", 0), (("items", 1), ("items", 2)))


def test_items_outside_a_group_are_never_told() -> None:
    assert told(", ".join([item("a", "at_least: 2", 5), item("b", "at_least: 1", 10)]), "[]") == []


def test_a_group_of_too_many_values_is_not_judged() -> None:
    names = [f"b{number}" for number in range(13)]
    catalogue = catalogue_with([{"name": name, "type": "boolean", "label": name} for name in names])
    items = [
        {"id": name, "label": name, "if": {"fact": f"complements.{name}", "is": "oui"}, "points": "1"} for name in names
    ]
    again = {**items[0], "id": "again"}
    rule = checklist_of({"kind": "checklist", "items": [*items, again], "exclusive": [[*names, "again"]]})
    assert list(advise_items(rule, (), catalogue)) == []

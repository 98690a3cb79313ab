"""The rows of a decision table that some candidature reaches."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings

from ami_scoring.domain.facts import Value
from ami_scoring.domain.rules import Cases, facts_read
from ami_scoring.scoring.reach_checks import branches_reached
from ami_scoring.scoring.rules import evaluate

from .building import rule_of
from .strategies import CASES, CATALOGUE, EVERY_VALUE, VALUES, Data, N


@settings(max_examples=100)
@given(CASES, VALUES)
def test_a_row_that_decides_is_one_that_some_candidature_reaches(data: Data, values: dict[str, Value]) -> None:
    rule = rule_of(data)
    assert isinstance(rule, Cases)
    reached = branches_reached(rule, CATALOGUE)
    assert reached is not None
    assert evaluate(rule, values).branch in reached


@settings(max_examples=40)
@given(CASES)
def test_every_branch_said_to_be_reached_has_a_witness(data: Data) -> None:
    rule = rule_of(data)
    assert isinstance(rule, Cases)
    names = facts_read(rule)
    ways = product(*(EVERY_VALUE[name] for name in names))
    witnessed = {evaluate(rule, dict(zip(names, way, strict=True))).branch for way in ways}
    assert set(branches_reached(rule, CATALOGUE) or ()) == witnessed


def test_a_row_may_be_reached_by_an_absence() -> None:
    rows = [{"if": {"fact": N, "present": "non"}, "points": "1"}, {"if": {"fact": N, "at_least": "3"}, "points": "2"}]
    rule = rule_of({"kind": "cases", "rows": rows, "otherwise": "0"})
    assert isinstance(rule, Cases)
    assert set(branches_reached(rule, CATALOGUE) or ()) == {0, 1, -1}
    turned = rule_of({"kind": "cases", "rows": rows[::-1], "otherwise": "0"})
    assert isinstance(turned, Cases)
    assert set(branches_reached(turned, CATALOGUE) or ()) == {0, -1}

"""The rows of a decision table that some candidature reaches, and those that come before the others."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from tests.scoring.building import catalogue_with, rule_of
from tests.scoring.strategies import CASES, CATALOGUE, EVERY_VALUE, VALUES, Data, N

from ami_scoring.domain.facts import Value
from ami_scoring.domain.rules import Cases, facts_read
from ami_scoring.scoring.advice.precedence import advise_rows, rows_deciding
from ami_scoring.scoring.marks.rules import evaluate


def table_of(data: Data) -> Cases:
    rule = rule_of(data)
    assert isinstance(rule, Cases)
    return rule


def reached(rule: Cases) -> set[int]:
    deciding = rows_deciding(rule, CATALOGUE)
    assert deciding is not None
    return {place for place, first in deciding.items() if place in first}


@settings(max_examples=100)
@given(CASES, VALUES)
def test_a_row_that_decides_is_one_that_some_candidature_reaches(data: Data, values: dict[str, Value]) -> None:
    rule = table_of(data)
    assert evaluate(rule, values).branch in reached(rule) | {-1}


@settings(max_examples=40)
@given(CASES)
def test_every_row_said_to_be_reached_has_a_witness(data: Data) -> None:
    rule = table_of(data)
    names = facts_read(rule)
    ways = product(*(EVERY_VALUE[name] for name in names))
    witnessed = {evaluate(rule, dict(zip(names, way, strict=True))).branch for way in ways}
    assert reached(rule) == witnessed - {-1}


@settings(max_examples=40)
@given(CASES)
def test_a_row_out_of_reach_names_only_rows_above_it(data: Data) -> None:
    rule = table_of(data)
    for problem in advise_rows(rule, (), CATALOGUE):
        assert all(other < problem.path for other in problem.related)


def test_a_row_may_be_reached_by_an_absence() -> None:
    rows = [{"if": {"fact": N, "present": "non"}, "points": "1"}, {"if": {"fact": N, "at_least": "3"}, "points": "2"}]
    assert reached(table_of({"kind": "cases", "rows": rows, "otherwise": "0"})) == {0, 1}
    assert reached(table_of({"kind": "cases", "rows": rows[::-1], "otherwise": "0"})) == {0}


def test_a_row_waits_behind_one_that_waits_for_a_fact() -> None:
    rows = [{"if": {"fact": N, "at_least": "3"}, "points": "2"}, {"if": {"fact": N, "present": "non"}, "points": "1"}]
    (problem,) = advise_rows(table_of({"kind": "cases", "rows": rows, "otherwise": "0"}), (), CATALOGUE)
    assert (problem.path, problem.related) == (("rows", 1), (("rows", 0),))
    assert str(problem.message).endswith("la ligne 1 de la table la devance toujours.")


def test_a_row_behind_several_names_them_all() -> None:
    rows = [{"if": {"fact": N, bound: "3"}, "points": "1"} for bound in ("above", "below", "at_least")]
    last = {"if": {"fact": N, "at_least": "1"}, "points": "2"}
    (problem,) = advise_rows(table_of({"kind": "cases", "rows": [*rows, last], "otherwise": "0"}), (), CATALOGUE)
    assert str(problem.message).endswith("les lignes 1, 2 et 3 de la table la devancent toujours.")


def test_a_row_that_nobody_meets_is_said_impossible() -> None:
    never = {"all": [{"fact": N, "below": "1"}, {"fact": N, "above": "1"}]}
    rule = table_of({"kind": "cases", "rows": [{"if": never, "points": "1"}], "otherwise": "0"})
    (problem,) = advise_rows(rule, (), CATALOGUE)
    assert str(problem.message).endswith("sa condition n'est jamais remplie.")
    assert problem.related == ()


def test_a_table_of_too_many_values_is_not_judged() -> None:
    names = [f"b{number}" for number in range(13)]
    catalogue = catalogue_with([{"name": name, "type": "boolean", "label": name} for name in names])
    rows = [{"if": {"fact": f"complements.{name}", "is": "oui"}, "points": "1"} for name in names]
    rule = table_of({"kind": "cases", "rows": [*rows, rows[0]], "otherwise": "0"})
    assert rows_deciding(rule, catalogue) is None
    assert list(advise_rows(rule, (), catalogue)) == []

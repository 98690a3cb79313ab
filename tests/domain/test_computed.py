"""Facts that a policy works out for itself, and parameters that change with the date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from ami_scoring.domain.computed import ComputedFact, Parameter, calculate, computed_fact, parameter_fact
from ami_scoring.domain.facts import MISSING, Case, Fact, FactType, Known, Missing, Value
from ami_scoring.exact import Fraction

from .building import CLOSES_ON, ZONING, candidature, read, refused

CASE = Case(candidature(), CLOSES_ON, ZONING)


def constant(name: str, value: Value, type_: FactType = FactType.DECIMAL, minimum: int | None = 0) -> Fact:
    """Make a fact that always has the same value."""
    return Fact(name, type_, name.upper(), lambda case: value, (f"clé.{name}",), minimum=minimum)


KNOWN: Mapping[str, Fact] = {
    fact.name: fact
    for fact in (
        constant("a", 6),
        constant("b", Fraction(5, 2)),
        constant("zero", 0),
        constant("negative", -3, minimum=None),
        constant("missing", MISSING),
        constant("start", date(2021, 9, 30), FactType.DATE, None),
        constant("end", date(2022, 3, 30), FactType.DATE, None),
    )
}


def compute(operation: str) -> Fact:
    declared = ComputedFact.model_validate(read(f"{{name: r, label: Résultat, unit: €, {operation}}}"))
    return computed_fact(declared, KNOWN)


@pytest.mark.parametrize(
    ("operation", "operands", "value"),
    [
        ("ratio", [6, Fraction(5, 2)], Fraction(12, 5)),
        ("ratio", [1, 3], Fraction(1, 3)),
        ("difference", [6, Fraction(5, 2)], Fraction(7, 2)),
        ("difference", [Fraction(5, 2), 6], Fraction(-7, 2)),
        ("sum_of", [6, Fraction(5, 2), Fraction(1, 2)], 9),
        ("product_of", [6, Fraction(5, 2), Fraction(1, 6)], Fraction(5, 2)),
        ("highest_of", [6, Fraction(5, 2), -3], 6),
        ("lowest_of", [6, Fraction(5, 2), -3], -3),
        ("months", [date(2021, 9, 30), date(2022, 3, 30)], 6),
        ("months", [date(2022, 3, 30), date(2021, 9, 30)], -6),
        ("days", [date(2021, 9, 30), date(2022, 3, 30)], 181),
    ],
)
def test_an_operation_is_exact(operation: str, operands: list[Known], value: Value) -> None:
    assert calculate(operation, operands) == value


def test_a_division_by_zero_is_missing_with_its_reason() -> None:
    value = calculate("ratio", [6, 0])
    assert isinstance(value, Missing)
    assert str(value.why) == "division par zéro"


@pytest.mark.parametrize(
    ("operation", "operands"),
    [
        ("ratio: {of: a, to: 4}", ("a", 4)),
        ("difference: {of: a, minus: b}", ("a", "b")),
        ("sum_of: [a, 2/12, b]", ("a", Fraction(1, 6), "b")),
        ("months: {from: start, to: end}", ("start", "end")),
        ("rule: {kind: cases, rows: [{if: {fact: b, above: 1}, points: 1}], otherwise: 0}", ("b",)),
    ],
)
def test_the_operands_of_a_computed_fact_come_in_its_order(operation: str, operands: tuple[object, ...]) -> None:
    declared = ComputedFact.model_validate(read(f"{{name: r, label: R, {operation}}}"))
    assert declared.operands == operands


def test_a_computed_fact_says_what_to_ask_for() -> None:
    fact = compute("sum_of: [a, b, a, 3]")
    assert (fact.name, fact.label, fact.unit, fact.computed) == ("calculs.r", "Résultat", "€", True)
    assert fact.read(CASE) == MISSING
    assert fact.keys == ("clé.a", "clé.b")


@pytest.mark.parametrize(
    ("operation", "minimum"),
    [
        ("sum_of: [a, b]", 0),
        ("ratio: {of: a, to: 3}", 0),
        ("product_of: [a, -1]", None),
        ("sum_of: [a, negative]", None),
        ("difference: {of: a, minus: b}", None),
        ("days: {from: start, to: end}", None),
        ("rule: {kind: per_unit, fact: a, points: 1}", None),
        ("difference: {of: a, minus: b}, minimum: 3", 3),
        ("sum_of: [a, b], minimum: 5", 5),
        ("sum_of: [a, unknown]", None),
    ],
)
def test_a_computed_fact_is_known_to_be_positive_when_all_it_is_made_of_is(operation: str, minimum: int | None) -> None:
    assert compute(operation).minimum == minimum


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{name: r, label: R}", "computed-operation"),
        ("{name: r, label: R, sum_of: [a, b], product_of: [a, b]}", "computed-operation"),
        ("{name: r, label: R, sum_of: [a]}", "too_short"),
        ("{name: r, label: R, power_of: [a, b]}", "extra_forbidden"),
        ("{name: r, label: R, sum_of: [a, '']}", "text-empty"),
    ],
)
def test_anything_but_one_operation_is_refused(text: str, code: str) -> None:
    with refused(code):
        ComputedFact.model_validate(read(text))


DATED = "{name: p, label: P, unit: €, values: [{from: 2022-01-01, value: 5}, {from: 2022-06-01, value: 8}]}"


@pytest.mark.parametrize(
    ("closes", "value"), [("2022-01-01", 5), ("2022-05-31", 5), ("2022-06-01", 8), ("2030-01-01", 8)]
)
def test_a_parameter_has_the_value_in_force_when_the_wave_closes(closes: str, value: int) -> None:
    fact = parameter_fact(Parameter.model_validate(read(DATED)))
    assert fact.read(Case(CASE.candidature, date.fromisoformat(closes), ZONING)) == value
    assert (fact.name, fact.minimum, fact.maximum, fact.unit) == ("parametres.p", 5, 8, "€")


def test_a_parameter_not_yet_in_force_is_missing() -> None:
    fact = parameter_fact(Parameter.model_validate(read(DATED)))
    value = fact.read(Case(CASE.candidature, date(2021, 12, 31), ZONING))
    assert isinstance(value, Missing)
    assert str(value.why) == "aucune valeur n'est encore en vigueur"


def test_a_parameter_without_a_date_always_holds() -> None:
    fact = parameter_fact(Parameter.model_validate(read("{name: p, label: P, values: [{value: 2/3}]}")))
    assert (fact.read(CASE), fact.unit) == (Fraction(2, 3), "")

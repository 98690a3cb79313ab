"""How conditions are written: one operator beside `fact`, combined by all, any, not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter

from ami_scoring.domain.conditions import (
    AnyCondition,
    Condition,
    FactCondition,
    facts_of,
    parse_bound,
    parse_category,
    parse_points,
)
from ami_scoring.exact import Fraction

from .building import read, refused

CONDITION: TypeAdapter[AnyCondition] = TypeAdapter(Condition)


@pytest.mark.parametrize(
    ("written", "points"),
    [
        ("12", 12),
        ("2/12", Fraction(1, 6)),
        ("-2/12", Fraction(-1, 6)),
        ("1.50", Fraction(3, 2)),
        (" 0.1 ", Fraction(1, 10)),
        ("\u22123", -3),
        (4, 4),
        (Decimal("0.5"), Fraction(1, 2)),
    ],
)
def test_points_are_exact(written: object, points: Fraction | int) -> None:
    assert parse_points(written) == points


@pytest.mark.parametrize(
    "written",
    [
        "",
        "1,5",
        "1e3",
        "1_000",
        "nan",
        "inf",
        "1/0",
        "2//3",
        "douze",
        "9" * 41,
        True,
        None,
        [],
        {},
        Decimal("NaN"),
        Decimal("1E+999999"),
    ],
)
def test_what_is_not_points_is_refused(written: object) -> None:
    with refused("number-expected"):
        parse_points(written)


@pytest.mark.parametrize(
    ("written", "right"),
    [("50 %", "0.5"), ("33.3 %", "0.333"), ("300 000", "300000"), ("300000 €", "300000"), ("9,5", "9.5")],
)
def test_a_number_written_for_people_comes_with_what_to_write(written: str, right: str) -> None:
    with pytest.raises(ValueError, match=f"écrivez {right}"):
        parse_points(written)


def test_a_decimal_comma_in_points_is_named() -> None:
    with pytest.raises(ValueError, match="point"):
        parse_points("1,5")


@pytest.mark.parametrize(
    ("written", "bound"),
    [
        ("2022-09-30", date(2022, 9, 30)),
        ("30/09/2022", date(2022, 9, 30)),
        ("1er janvier 2032", date(2032, 1, 1)),
        ("30.09.2022", date(2022, 9, 30)),
        ("12.5", Fraction(25, 2)),
        ("-3", -3),
        ("2/12", Fraction(1, 6)),
        (7, 7),
    ],
)
def test_a_bound_is_a_number_or_a_day(written: object, bound: object) -> None:
    assert parse_bound(written) == bound


@pytest.mark.parametrize(("written", "code"), [("2022-02-30", "date-unknown"), ("hier", "number-expected")])
def test_other_bounds_are_refused(written: str, code: str) -> None:
    with refused(code):
        parse_bound(written)


@pytest.mark.parametrize(
    ("written", "category"), [("ZIP", "ZIP"), (True, "oui"), (False, "non"), (32, "32"), (" 01 ", "01")]
)
def test_a_category_is_text_as_it_is_written(written: object, category: str) -> None:
    assert parse_category(written) == category


@pytest.mark.parametrize(
    ("text", "operator", "test"),
    [
        ("{fact: zonage, is: ZIP}", "is_", frozenset({"zip"})),
        ("{fact: zonage, not_in: [ZIP, ZAC]}", "not_in", frozenset({"zip", "zac"})),
        ("{fact: pieces, includes: Plan des locaux}", "includes", frozenset({"plan des locaux"})),
        ("{fact: locaux.bureaux, at_least: 2}", "at_least", Fraction(2)),
        ("{fact: depose_le, from: 2022-09-01}", "from_", date(2022, 9, 1)),
        ("{fact: depose_le, present: non}", "present", False),
    ],
)
def test_a_condition_has_one_operator(text: str, operator: str, test: object) -> None:
    condition = CONDITION.validate_python(read(text))
    assert isinstance(condition, FactCondition)
    assert (condition.operator, condition.test) == (operator, (operator, test))


@pytest.mark.parametrize(
    "data",
    [{"fact": "zonage"}, {"fact": "zonage", "is": "ZIP", "is_not": "ZAC"}, {"fact": "x", "above": "1", "below": "2"}],
)
def test_two_operators_or_none_are_refused(data: dict[str, Any]) -> None:
    with refused("condition-operator"):
        CONDITION.validate_python(data)


@pytest.mark.parametrize("operator", ["is", "in", "at_least", "from", "present", "includes_any"])
def test_an_operator_left_empty_is_refused(operator: str) -> None:
    with refused("condition-operand"):
        CONDITION.validate_python({"fact": "zonage", operator: None})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{fact: zonage, in: []}", "too_short"),
        ("{all: []}", "too_short"),
        ("{any: []}", "too_short"),
        ("{fact: zonage, equals: ZIP}", "extra_forbidden"),
        ("{all: [{fact: zonage, is: ZIP}], fact: zonage}", "extra_forbidden"),
        ("zonage = ZIP", "model_type"),
    ],
)
def test_other_shapes_are_refused(text: str, code: str) -> None:
    with refused(code):
        CONDITION.validate_python(read(text))


def test_the_facts_of_a_condition_are_named_in_the_order_of_the_text() -> None:
    text = "{all: [{fact: b, is: 1}, {any: [{fact: a, is: 1}, {not: {fact: c, present: oui}}]}, {fact: b, is: 2}]}"
    assert facts_of(CONDITION.validate_python(read(text))) == ("b", "a", "c", "b")

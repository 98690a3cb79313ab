"""What a fact is: months between dates, and the one spelling under which a value is looked up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami_scoring.domain.facts import FactType, Known, category_of, months_between
from ami_scoring.exact import Fraction

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2021-09-30", "2022-03-30", 6),
        ("2021-09-30", "2022-03-31", 6 + Fraction(1, 31)),
        ("2021-09-30", "2022-03-29", 5 + Fraction(29, 30)),
        ("2022-01-31", "2022-02-28", 1),
        ("2022-01-31", "2022-03-01", 1 + Fraction(1, 31)),
        ("2022-01-28", "2022-02-28", 1),
        ("2024-01-31", "2024-02-28", Fraction(28, 29)),
        ("2024-01-31", "2024-02-29", 1),
        ("2024-02-29", "2025-02-28", 12),
        ("2023-02-28", "2024-02-28", 12),
        ("2023-02-28", "2024-02-29", 12 + Fraction(1, 29)),
        ("2022-09-30", "2022-09-30", 0),
        ("2022-09-30", "2022-10-15", Fraction(15, 30)),
        ("2022-10-15", "2022-09-30", Fraction(-15, 30)),
        ("2022-03-30", "2021-09-30", -6),
        ("2021-12-31", "2022-01-01", Fraction(1, 31)),
    ],
)
def test_months_are_whole_then_a_share_of_the_next(start: str, end: str, months: Fraction | int) -> None:
    assert months_between(date.fromisoformat(start), date.fromisoformat(end)) == months


@given(DAYS, DAYS, st.integers(1, 400))
def test_a_later_end_is_never_fewer_months_and_always_more_after_the_start(start: date, end: date, days: int) -> None:
    assert months_between(start, end) <= months_between(start, end + timedelta(days))
    if end >= start:
        assert months_between(start, end) < months_between(start, end + timedelta(days))


@given(DAYS, DAYS)
def test_going_back_is_the_same_months_counted_down(start: date, end: date) -> None:
    assert months_between(end, start) == -months_between(start, end)


@given(DAYS, st.integers(0, 600))
def test_the_same_day_of_a_later_month_is_whole_months_away(start: date, months: int) -> None:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if start.day <= 28:
        assert months_between(start, date(year, month + 1, start.day)) == months


@given(DAYS, st.integers(0, 40))
def test_part_of_a_month_is_a_share_of_it(start: date, days: int) -> None:
    share = months_between(start, start + timedelta(days))
    assert Fraction(days, 31) <= share <= Fraction(days, 28)


@pytest.mark.parametrize(
    ("value", "category"),
    [
        (True, "oui"),
        (False, "non"),
        ("À construire", "à construire"),
        (date(2022, 9, 30), "2022-09-30"),
        (3, "3"),
        (-3, "-3"),
        (Fraction(6, 2), "3"),
        (Fraction(1, 2), "0.5"),
        (Fraction(-5, 4), "-1.25"),
        (Fraction(1, 3), "1/3"),
        (Fraction(1, 10**20), "0.00000000000000000001"),
        (frozenset({"b", "a"}), "a, b"),
    ],
)
def test_a_value_has_one_spelling_in_a_table(value: Known, category: str) -> None:
    assert category_of(value) == category


@pytest.mark.parametrize("type_", list(FactType))
def test_numbers_and_dates_are_ordered_and_nothing_else(type_: FactType) -> None:
    numbers = {FactType.INTEGER, FactType.DECIMAL, FactType.PERCENTAGE, FactType.MONEY}
    assert type_.is_number == (type_ in numbers)
    assert type_.is_ordered == (type_ in numbers | {FactType.DATE})

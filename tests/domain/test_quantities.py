"""The doors of numbers: read exactly as typed, or a sentence that says how to mend it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.quantities import Decimals, parse_amount, parse_count, parse_number, parse_ratio, two_readings
from ami_scoring.exact import Fraction

from .building import refused

ANYTHING = st.characters(codec="utf-8", exclude_characters="\x00")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0", 0),
        ("007", 7),
        ("12 000,50 €", Fraction("12000.5")),
        ("12\u202f000,50\u00a0€", Fraction("12000.5")),
        ("12\u00a0000", 12000),
        ("12\u2009000", 12000),
        ("1500 EUR", 1500),
        ("2 euros", 2),
        ("1 234 567", 1234567),
        ("1 234,5", Fraction("1234.5")),
        ("- 12 000", -12000),
        ("0.8", Fraction(4, 5)),
        ("0,8", Fraction(4, 5)),
        ("-3", -3),
        ("\u22123,5", Fraction(-7, 2)),
        ("+4", 4),
        ("0,125", Fraction(1, 8)),
        ("0.001", Fraction(1, 1000)),
        ("1234,567", Fraction("1234.567")),
        ("1,23", Fraction("1.23")),
        ("1,2345", Fraction("1.2345")),
        ("9" * 15, 10**15 - 1),
        (12, 12),
        (-12, -12),
        (Decimal("1.10"), Fraction(11, 10)),
        (Decimal("-1.234"), Fraction(-617, 500)),
        (Decimal("-0"), 0),
        (Decimal("1E+2"), 100),
    ],
)
def test_numbers_are_read_exactly_as_typed(written: object, number: Fraction | int) -> None:
    assert parse_number(written) == number


@given(st.text("0123456789", min_size=1, max_size=17))
def test_digits_alone_are_read_as_those_with_a_sign(written: str) -> None:
    try:
        number = parse_number(f"+{written}")
    except RefusalError as error:
        with refused(error.type):
            parse_number(written)
    else:
        assert parse_number(written) == number


@pytest.mark.parametrize("written", ["2 3", "12 34", "1 2345", "1234 567", "1 23 456", "0,5 6", "1 , 5", "2\u00a03 €"])
def test_spaces_part_thousands_and_nothing_else(written: str) -> None:
    with refused("number-expected"):
        parse_number(written)


@pytest.mark.parametrize("written", ["1,234", "1.234", "12,345", "999.000", "-1,234", "1,234 €"])
def test_a_separator_before_three_digits_is_reported_not_guessed(written: str) -> None:
    with refused("number-ambiguous"):
        parse_number(written)


@pytest.mark.parametrize(
    ("written", "readings"),
    [
        ("3.000", ("3000", "3")),
        ("1,250", ("1250", "1,25")),
        ("1,234", ("1234", "1,2340")),
        ("-12,500", ("-12500", "-12,5")),
    ],
)
def test_both_readings_of_an_ambiguous_number_are_told_as_they_are_best_written(
    written: str, readings: tuple[str, str]
) -> None:
    with pytest.raises(RefusalError) as caught:
        parse_number(written)
    assert caught.value.message() == f"« {written} » peut se lire {' ou '.join(readings)} : écrivez l'un ou l'autre."
    thousands, decimal = map(parse_number, readings)
    assert thousands == decimal * 1000


@pytest.mark.parametrize(
    "written",
    [
        "",
        "douze",
        "1e3",
        "1_000",
        "0x10",
        "NaN",
        "inf",
        "1,2,3",
        "1.234.567",
        "1.234,50",
        "5.",
        ",5",
        "½",
        "²",
        "12 k€",
        "٣",
        "−٣",
        "12:30",
        "= 1+1",
        "--3",
        "€",
    ],
)
def test_what_is_not_plainly_a_number_is_refused(written: str) -> None:
    with refused("number-expected"):
        parse_number(written)


@pytest.mark.parametrize("value", [None, True, False, [1], {"a": 1}, date(2022, 1, 1), 1.5])
def test_other_types_are_not_numbers(value: object) -> None:
    with refused("number-expected"):
        parse_number(value)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("-Infinity")])
def test_numbers_are_finite(value: Decimal) -> None:
    with refused("number-expected"):
        parse_number(value)


@pytest.mark.parametrize(
    "value",
    [
        "1" * 16,
        "0," + "1" * 16,
        10**15,
        -(10**15),
        Decimal("1E+15"),
        Decimal("1E+16"),
        Decimal("1E-16"),
        Decimal("0." + "1" * 31),
    ],
    ids=lambda value: str(type(value).__name__),
)
def test_numbers_beyond_fifteen_digits_are_refused_at_once(value: object) -> None:
    with refused("number-range"):
        parse_number(value)


@pytest.mark.parametrize(
    ("written", "ratio"),
    [
        ("80 %", Fraction(4, 5)),
        ("33,3\u202f% ", Fraction(333, 1000)),
        ("0,8", Fraction(4, 5)),
        ("150%", Fraction(3, 2)),
        (1, 1),
        (Decimal("0.25"), Fraction(1, 4)),
    ],
)
def test_a_ratio_may_be_written_as_a_percentage(written: object, ratio: Fraction | int) -> None:
    assert parse_ratio(written) == ratio


@pytest.mark.parametrize(("written", "code"), [("%", "number-expected"), ("1,234 %", "number-ambiguous")])
def test_other_ratios_are_refused(written: str, code: str) -> None:
    with refused(code):
        parse_ratio(written)


def test_a_percentage_is_not_any_number() -> None:
    with refused("number-expected"):
        parse_number("80 %")


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=2))
def test_a_number_survives_being_written_in_french(number: Decimal) -> None:
    whole, cents = f"{abs(number):,.2f}".split(".")
    written = f"{'-' if number < 0 else ''}{whole.replace(',', chr(0x202F))},{cents} €"
    assert parse_number(written) == Fraction(number)


@given(st.text(ANYTHING, max_size=30))
def test_any_text_is_a_number_or_a_sentence(text: str) -> None:
    try:
        number = parse_number(text)
    except ValueError as refusal:
        said = str(refusal)
    else:
        said = str(number)
    assert said


@pytest.mark.parametrize(("written", "count"), [("0", 0), ("12", 12), ("1 200", 1200), ("3,0", 3), (7, 7)])
def test_a_count_is_whole(written: object, count: int) -> None:
    assert parse_count(written) == count


@pytest.mark.parametrize("written", ["-1", "2,5", Decimal("0.5")])
def test_other_numbers_are_not_counts(written: object) -> None:
    with refused("count-expected"):
        parse_count(written)


def test_an_amount_is_zero_or_more() -> None:
    assert parse_amount("0") == 0
    with refused("negative-amount"):
        parse_amount("-0,01")


def test_a_number_whose_column_decides_is_read_with_decimals_and_stays_the_text_that_was_written() -> None:
    assert parse_number(Decimals("1.103")) == Fraction(1103, 1000)
    assert parse_amount(Decimals("1,103")) == Fraction(1103, 1000)
    assert Decimals("1.103") == "1.103"


@pytest.mark.parametrize(
    ("written", "readings"),
    [
        ("59,996", (59996, Fraction(59996, 1000))),
        ("-1.103 €", (-1103, Fraction(-1103, 1000))),
        ("0,125", None),
        ("1,25", None),
        ("12", None),
        ("douze", None),
    ],
)
def test_a_number_that_reads_in_two_ways_gives_both(written: str, readings: object) -> None:
    assert two_readings(written) == readings

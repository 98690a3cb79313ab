"""The doors `parse_*`: what people type becomes a value, or a sentence that says how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from ami_scoring.domain.primitives import (
    MAX_TEXT,
    department_of,
    fold,
    parse_amount,
    parse_commune_code,
    parse_count,
    parse_day,
    parse_flag,
    parse_moment,
    parse_number,
    parse_qpv_code,
    parse_ratio,
    parse_reference,
    parse_rpps,
    parse_siren,
    parse_text,
    spell_raw,
    without_accents,
)
from ami_scoring.exact import Fraction

from .building import refused

Door = Callable[[object], Any]
ANYTHING = st.characters(codec="utf-8", exclude_characters="\x00")


# --- Text -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("À CONSTRUIRE", "à construire"),
        ("a\u0300 construire", "à construire"),
        ("mise\u00a0à \u202f disposition", "mise à disposition"),
        ("l\u2019ARS", "l'ars"),
        ("l\u02bcARS", "l'ars"),
        ("  ZIP\t\n", "zip"),
        ("STRASSE", "strasse"),
        ("straße", "strasse"),
    ],
)
def test_spellings_that_mean_the_same_fold_alike(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_accents_can_be_dropped_for_matching() -> None:
    assert without_accents("Dépôt À l\u2019ÉTÉ") == "depot a l'ete"


@given(st.text(ANYTHING))
def test_dropping_accents_twice_is_dropping_them_once(text: str) -> None:
    assert without_accents(without_accents(text)) == without_accents(text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Léran", "Léran"),
        ("Le\u0301ran", "Léran"),
        (" Foix \n", "Foix"),
        ("Foix\u200b", "Foix"),
        ("\ufeffFoix", "Foix"),
        ("a\x00b\x1bc\x7fd", "abcd"),
        ("\u202eFoix", "Foix"),
        ("cen\u00adtre", "centre"),
        ("a\ud800b", "ab"),
        ("a\tb", "a\tb"),
        ("12\u00a0000", "12\u00a0000"),
    ],
)
def test_text_loses_what_nobody_can_see(written: str, read: str) -> None:
    assert parse_text(written) == read


@pytest.mark.parametrize("empty", ["", "  ", "\u200b", "\x00", "\u00a0"])
def test_text_is_never_empty(empty: str) -> None:
    with refused("text-empty"):
        parse_text(empty)


@pytest.mark.parametrize("value", [None, True, 12, Decimal("1.5"), [], {}, 10**40])
def test_text_is_not_guessed_from_another_type(value: object) -> None:
    with refused("text-expected"):
        parse_text(value)


def test_text_has_a_longest_length() -> None:
    assert parse_text("é" * MAX_TEXT) == "é" * MAX_TEXT
    with refused("text-too-long"):
        parse_text("é" * (MAX_TEXT + 1))


@pytest.mark.parametrize("reference", ["A-1", "2022/014", "Été_3.b", "a" * 64, "1"])
def test_a_reference_is_one_short_word(reference: str) -> None:
    assert parse_reference(reference) == reference


@pytest.mark.parametrize("reference", ["A 1", "-A", "a" * 65, "A\nB", "=1+1", "_a", "a;b"])
def test_other_references_are_refused(reference: str) -> None:
    with refused("reference-form"):
        parse_reference(reference)


# --- Numbers ----------------------------------------------------------------------------------------------------------


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
    with pytest.raises(PydanticCustomError) as caught:
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
        "1" * 100000,
        "0," + "1" * 16,
        10**15,
        -(10**15),
        10**5000,
        Decimal("1E+15"),
        Decimal("1E+999999"),
        Decimal("1E-999999"),
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


# --- Yes and no -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["oui", "OUI", " o ", "vrai", "true", "True", "yes", "x", "X", "on", True])
def test_people_say_yes_in_many_ways(written: object) -> None:
    assert parse_flag(written) is True


@pytest.mark.parametrize("written", ["non", "Non\u00a0", "N", "faux", "false", "no", "off", False])
def test_people_say_no_in_many_ways(written: object) -> None:
    assert parse_flag(written) is False


@pytest.mark.parametrize("written", ["1", "0", 1, 0, "", "peut-être", "oui et non", None, [], {}])
def test_anything_else_is_neither_yes_nor_no(written: object) -> None:
    with refused("flag-expected"):
        parse_flag(written)


# --- Dates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2021-11-30", date(2021, 11, 30)),
        ("2021-1-3", date(2021, 1, 3)),
        ("30/11/2021", date(2021, 11, 30)),
        ("30-11-2021", date(2021, 11, 30)),
        ("30.11.2021", date(2021, 11, 30)),
        ("3/1/2021", date(2021, 1, 3)),
        ("30 novembre 2021", date(2021, 11, 30)),
        ("30\u00a0NOVEMBRE\u202f2021", date(2021, 11, 30)),
        ("1er avril 2022", date(2022, 4, 1)),
        ("1 fevrier 2022", date(2022, 2, 1)),
        ("1 fe\u0301vrier 2022", date(2022, 2, 1)),
        ("15 Août 2022", date(2022, 8, 15)),
        (" 2024-02-29 ", date(2024, 2, 29)),
        (date(2022, 5, 31), date(2022, 5, 31)),
        (datetime(2022, 5, 31, 23, 59), date(2022, 5, 31)),  # noqa: DTZ001 - a spreadsheet's cell has no offset
        (datetime(2022, 5, 31, 23, 59, tzinfo=UTC), date(2022, 6, 1)),
        ("1900-01-01", date(1900, 1, 1)),
        ("31/12/2199", date(2199, 12, 31)),
    ],
)
def test_dates_are_read_as_french_forms_write_them(written: object, day: date) -> None:
    assert parse_day(written) == day


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("30/11/21", "date-two-digit-year"),
        ("11/30/2021", "date-swapped"),
        ("2021-30-11", "date-swapped"),
        ("29/02/2022", "date-unknown"),
        ("31/04/2022", "date-unknown"),
        ("00/04/2022", "date-unknown"),
        ("2022-00-10", "date-unknown"),
        ("2022-13-13", "date-unknown"),
        ("1899-12-31", "date-range"),
        ("01/01/2200", "date-range"),
        ("0000-01-01", "date-range"),
        ("30 brumaire 2021", "date-expected"),
        ("hier", "date-expected"),
        ("2021", "date-expected"),
        ("2021/11/30", "date-expected"),
        ("2022-02-28T23:30Z", "date-expected"),
        ("44530", "date-expected"),
        (44530, "date-expected"),
        (True, "date-expected"),
        (None, "date-expected"),
        (["2021-11-30"], "date-expected"),
    ],
)
def test_a_doubtful_date_is_refused_with_its_reason(written: object, code: str) -> None:
    with refused(code):
        parse_day(written)


@given(
    st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"])
)
def test_every_day_survives_every_way_to_write_it(day: date, form: str) -> None:
    assert parse_day(day.strftime(form)) == day


# --- Instants ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "in_paris"),
    [
        ("2022-02-28T23:30:00Z", "2022-03-01T00:30:00+01:00"),
        ("2022-02-28T22:59:59Z", "2022-02-28T23:59:59+01:00"),
        ("2022-02-28T23:00:00Z", "2022-03-01T00:00:00+01:00"),
        ("2022-02-28 23:30+01:00", "2022-02-28T23:30:00+01:00"),
        ("2022-09-30T21:59:59Z", "2022-09-30T23:59:59+02:00"),
        ("2022-09-30T22:00:00z", "2022-10-01T00:00:00+02:00"),
        ("2022-03-01T00:30:00-05:00", "2022-03-01T06:30:00+01:00"),
        ("2022-03-01T04:00:00+14:00", "2022-02-28T15:00:00+01:00"),
    ],
)
def test_an_instant_is_told_in_paris(written: str, in_paris: str) -> None:
    moment = parse_moment(written)
    assert isinstance(moment, datetime)
    assert moment.isoformat() == in_paris


def test_a_day_alone_stays_a_day() -> None:
    assert parse_moment("28/02/2022") == date(2022, 2, 28)
    assert not isinstance(parse_moment("2022-02-28"), datetime)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2022-02-28T23:30:00", "moment-without-offset"),
        ("2022-02-28 23:30", "moment-without-offset"),
        ("2022-02-28T25:00:00Z", "moment-form"),
        ("2022-02-30T10:00:00Z", "moment-form"),
        ("2022-02-28T23:30:00 Paris", "moment-form"),
        ("9999-12-31T23:59:59Z", "date-range"),
        ("0001-01-01T00:00:00+05:00", "date-range"),
        ("1899-12-31T10:00:00Z", "date-range"),
        ("demain", "date-expected"),
        (None, "date-expected"),
    ],
)
def test_an_instant_that_could_be_two_is_refused(written: object, code: str) -> None:
    with refused(code):
        parse_moment(written)


@given(
    st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1)),  # noqa: DTZ001 - the offset is drawn apart
    st.integers(-14 * 60, 14 * 60),
)
def test_paris_time_is_the_same_instant(naive: datetime, minutes: int) -> None:
    instant = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)), microsecond=0)
    assert parse_moment(instant.isoformat()) == instant
    assert parse_moment(instant) == parse_moment(instant.isoformat())


def test_a_typed_instant_is_judged_as_its_text() -> None:
    late = parse_moment(datetime(2022, 9, 30, 22, 30, tzinfo=UTC))
    assert late == parse_moment("2022-09-30T22:30:00Z")
    assert str(late) == "2022-10-01 00:30:00+02:00"
    assert parse_moment(datetime(2022, 9, 30)) == date(2022, 9, 30)  # noqa: DTZ001 - a day, as spreadsheets type it
    with refused("moment-without-offset"):
        parse_moment(datetime(2022, 9, 30, 22, 30))  # noqa: DTZ001 - what is refused


# --- Codes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("09001", "09001"),
        (" 31 555 ", "31555"),
        ("2a004", "2A004"),
        ("2B033", "2B033"),
        ("97411", "97411"),
        ("31\xa0555", "31555"),
    ],
)
def test_a_commune_keeps_its_leading_zero_and_its_letter(written: str, code: str) -> None:
    assert parse_commune_code(written) == code


@pytest.mark.parametrize(
    "written",
    ["9001", "090010", "2C004", "Foix", "200023620", "0900A", "\u0660\u0669\u0660\u0660\u0661", 9001, None, ""],
)
def test_what_is_not_an_insee_code_is_refused(written: object) -> None:
    with refused("code-insee-form"):
        parse_commune_code(written)


@pytest.mark.parametrize(
    ("code", "department"), [("09001", "09"), ("31555", "31"), ("2A004", "2A"), ("97411", "974"), ("98818", "988")]
)
def test_the_departement_comes_from_the_insee_code(code: str, department: str) -> None:
    assert department_of(code) == department


def test_a_qpv_code_is_qp_and_six_characters() -> None:
    assert parse_qpv_code(" qp 031001 ") == "QP031001"


@pytest.mark.parametrize("written", ["QP03100", "QN031001", "031001", "QP0310011"])
def test_other_codes_are_not_those_of_a_qpv(written: str) -> None:
    with refused("code-qpv-form"):
        parse_qpv_code(written)


@pytest.mark.parametrize("written", ["732829320", "732 829 320", "732\u00a0829\u202f320", 732829320, "356000000"])
def test_a_siren_is_nine_digits_with_a_key(written: object) -> None:
    assert parse_siren(written) == str(written).replace(" ", "").replace("\u00a0", "").replace("\u202f", "")


@pytest.mark.parametrize("written", ["732829321", "73282932", "7328293200", "73282932O", "", None, True, [], "x" * 100])
def test_a_mistyped_siren_is_refused(written: object) -> None:
    with refused("siren-form"):
        parse_siren(written)


@given(st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_never_passes_for_a_siren(place: int, shift: int) -> None:
    right = "732829320"
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    with refused("siren-form"):
        parse_siren(wrong)


def test_an_rpps_number_is_eleven_digits_with_a_key() -> None:
    assert parse_rpps("10 1000 0000 8") == "10100000008"


@pytest.mark.parametrize("written", ["10100000009", "1010000000", 10100000008, None])
def test_a_mistyped_rpps_number_is_refused_without_being_repeated(written: object) -> None:
    with pytest.raises(ValueError, match="RPPS") as caught:
        parse_rpps(written)
    assert "1010000000" not in str(caught.value)


# --- What a sentence shows --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "une valeur vide"),
        (True, "oui"),
        (False, "non"),
        ({"a": 1}, "un bloc"),
        ([1], "une liste"),
        (10**4000, "un nombre immense"),
        (12, "12"),
        ("ZIP", "ZIP"),
    ],
)
def test_a_raw_value_is_named_without_giving_a_block_back(value: object, shown: str) -> None:
    assert spell_raw(value) == shown


@pytest.mark.parametrize("door", [parse_number, parse_day, parse_flag, parse_commune_code, parse_siren])
def test_a_sentence_shows_the_beginning_of_a_long_value(door: Door) -> None:
    with pytest.raises(ValueError, match="…") as caught:
        door("é" * 5000)
    assert len(str(caught.value)) < 300

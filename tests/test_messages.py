"""Sentences for French readers: numbers, dates, and text that is safe to show."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ami_scoring.exact import Fraction, parse_fraction
from ami_scoring.messages import (
    Message,
    ends,
    exactly,
    half_up,
    named,
    once,
    printable,
    rounded,
    spell,
    spell_date,
    spell_number,
    typeset,
)

settings.register_profile("core", derandomize=True, deadline=None, max_examples=100)
settings.load_profile("core")

NARROW, NO_BREAK, MINUS = "\u202f", "\u00a0", "\u2212"


def test_a_message_names_its_values_as_french_readers_write_them() -> None:
    message = Message(
        "{total} points le {day} : {answer}", {"total": Fraction(25, 2), "day": date(2022, 4, 1), "answer": True}
    )
    assert str(message) == "12,5 points le 1er avril 2022 : oui"


def test_a_value_that_holds_braces_stays_as_it_is() -> None:
    assert str(Message("« {text} »", {"text": "{text} {0}"})) == "« {text} {0} »"


@pytest.mark.parametrize(
    ("value", "spelt"),
    [
        (True, "oui"),
        (False, "non"),
        (12000, f"12{NARROW}000"),
        (Fraction(1, 2), "0,5"),
        (date(2022, 10, 3), "3 octobre 2022"),
        (
            datetime(2022, 9, 30, 23, 5, tzinfo=timezone(timedelta(hours=2))),
            f"30 septembre 2022 à 23{NO_BREAK}h{NO_BREAK}05",
        ),
        (frozenset({"b", "a"}), "a, b"),
        ({"b"}, "b"),
        (["b", Fraction(3, 2)], "b, 1,5"),
        (("x", True), "x, oui"),
        ("ZIP", "ZIP"),
        (None, "None"),
        (Message("{n} points", {"n": 2}), "2 points"),
    ],
)
def test_a_value_is_spelt_for_people(value: object, spelt: str) -> None:
    assert spell(value) == spelt


@pytest.mark.parametrize(
    ("day", "spelt"),
    [
        (date(2022, 1, 1), "1er janvier 2022"),
        (date(2022, 2, 2), "2 février 2022"),
        (date(2022, 8, 31), "31 août 2022"),
        (date(2021, 12, 31), "31 décembre 2021"),
    ],
)
def test_a_date_is_spelt_in_full(day: date, spelt: str) -> None:
    assert spell_date(day) == spelt


@pytest.mark.parametrize(
    ("number", "spelt"),
    [
        (0, "0"),
        (-3, f"{MINUS}3"),
        (1234567, f"1{NARROW}234{NARROW}567"),
        (Fraction(1, 10**6), "0,000001"),
        (Fraction(-5, 2), f"{MINUS}2,5"),
        (Fraction(24001, 2), f"12{NARROW}000,5"),
        (Fraction(10, 3), f"3,33 (exactement{NO_BREAK}10/3)"),
        (Fraction(-10, 3), f"{MINUS}3,33 (exactement{NO_BREAK}{MINUS}10/3)"),
        (Fraction(1, 10**7), f"0,00 (exactement{NO_BREAK}1/10000000)"),
    ],
)
def test_a_number_is_exact_or_says_that_it_is_not(number: Fraction | int, spelt: str) -> None:
    assert spell_number(number) == spelt


@given(st.fractions(max_denominator=10**6))
def test_a_number_ends_when_six_decimals_write_it_whole(number: object) -> None:
    exact = parse_fraction(str(number))
    assert ends(exact) == (round(exact, 6) == exact)
    assert exactly(exact).endswith(f"{abs(exact.numerator)}/{exact.denominator})")


@pytest.mark.parametrize(
    ("number", "decimals", "shown"),
    [
        (Fraction(2345, 1000), 2, "2,35"),
        (Fraction(-2345, 1000), 2, f"{MINUS}2,35"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, f"{MINUS}3"),
        (Fraction(-1, 1000), 2, "0,00"),
        (7, 2, "7,00"),
        (Fraction(2, 3), 6, "0,666667"),
        (Fraction(99999, 100), 1, f"1{NARROW}000,0"),
    ],
)
def test_a_number_is_rounded_half_up_away_from_zero(number: Fraction | int, decimals: int, shown: str) -> None:
    assert rounded(number, decimals) == shown


@given(st.decimals(-(10**6), 10**6, places=4), st.integers(0, 4))
def test_rounding_agrees_with_the_decimal_module(number: Decimal, decimals: int) -> None:
    expected = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert half_up(Fraction(number), decimals) == Fraction(expected)


@given(st.fractions(), st.integers(0, 6))
def test_rounding_moves_a_number_by_half_a_unit_at_most(number: object, decimals: int) -> None:
    exact = parse_fraction(str(number))
    assert abs(half_up(exact, decimals) - exact) * 10**decimals <= Fraction(1, 2)


def test_french_signs_keep_their_words_on_the_line() -> None:
    assert typeset("« Zone » : 12 % ; sûr ?") == "«\u00a0Zone\u00a0»\u00a0: 12\u00a0%\u00a0; sûr\u00a0?"
    assert typeset("oui !") == "oui\u00a0!"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Foix", "Foix"),
        ("Léran — 12\u00a0000\u202f€", "Léran — 12\u00a0000\u202f€"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\nb\tc", "a\\nb\\tc"),
        ("\u202eabc", "\\u202eabc"),
        ("a\u200bb", "a\\u200bb"),
        ("a\ud800b", "a\\ud800b"),
        ("\u2028", "\\u2028"),
        ("", ""),
    ],
)
def test_text_of_a_file_is_safe_to_show(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(st.characters(exclude_characters="\x00")))
def test_whatever_is_shown_can_be_printed_on_one_line(text: str) -> None:
    shown = printable(text)
    assert len(shown.splitlines()) <= 1
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert all(char.isprintable() or char in "\u00a0\u202f" for char in shown)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A et B"),
        (["A", "B", "C"], "A, B et C"),
        ([f"C{number}" for number in range(2000)], "C0, C1 et 1\u202f998 autres"),
    ],
    ids=["none", "one", "two", "three", "thousands"],
)
def test_a_list_ends_with_and_and_stops_before_nobody_reads_on(names: list[str], said: str) -> None:
    assert named(names, most=3) == said


def test_what_was_said_is_not_said_again() -> None:
    first, again, other = (
        Message("{n} points", {"n": 1}),
        Message("{n} points", {"n": 1}),
        Message("{n} points", {"n": 2}),
    )
    assert once([first, other, again]) == (first, other)

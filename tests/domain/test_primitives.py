"""The doors `parse_*`: what people type becomes a text, a yes or a no, or a sentence that says how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami_scoring.domain.dates import parse_day
from ami_scoring.domain.identifiers import parse_commune_code, parse_siren
from ami_scoring.domain.primitives import (
    MAX_TEXT,
    SPACES,
    fold,
    parse_flag,
    parse_reference,
    parse_text,
    spell_raw,
    without_accents,
)
from ami_scoring.domain.quantities import parse_number

from .building import refused

Door = Callable[[object], Any]
ANYTHING = st.characters(codec="utf-8", exclude_characters="\x00")


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


@pytest.mark.parametrize("space", [sign for sign in map(chr, range(0x10000)) if sign.isspace()])
def test_every_space_parts_words_and_is_dropped_around_them(space: str) -> None:
    assert SPACES.sub(" ", space) == " "
    assert fold(f"{space}A{space}{space}b{space}") == "a b"


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


@pytest.mark.parametrize(
    "written", ["oui", "OUI", " o ", "vrai", "true", "True", "yes", "x", "X", "on", "y", "1", "✓", "✔", True, 1]
)
def test_people_say_yes_in_many_ways(written: object) -> None:
    assert parse_flag(written) is True


@pytest.mark.parametrize("written", ["non", "Non\u00a0", "N", "faux", "false", "no", "off", "0", False, 0])
def test_people_say_no_in_many_ways(written: object) -> None:
    assert parse_flag(written) is False


@pytest.mark.parametrize("written", ["2", 2, "", "peut-être", "oui et non", None, [], {}])
def test_anything_else_is_neither_yes_nor_no(written: object) -> None:
    with refused("flag-expected"):
        parse_flag(written)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "une valeur vide"),
        (True, "oui"),
        (False, "non"),
        ({"a": 1}, "un bloc"),
        ([1], "une liste"),
        (10**15, "un nombre immense"),
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

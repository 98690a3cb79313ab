"""The doors of codes that others give: kept as they are, or a sentence that says how to mend it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami_scoring.domain.identifiers import (
    department_of,
    parse_commune_code,
    parse_qpv_code,
    parse_rpps,
    parse_siren,
    siren_of_siret,
)
from ami_scoring.domain.modelling.refusals import RefusalError

from .building import refused


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


@pytest.mark.parametrize("written", ["000000000", "000 000 000", "00000000000000", "0"])
def test_zeros_are_the_siren_of_nobody(written: str) -> None:
    assert siren_of_siret(written) is None
    with pytest.raises(RefusalError, match="n'est le SIREN de personne"):
        parse_siren(written)


def test_zeros_are_the_rpps_of_nobody() -> None:
    with refused("rpps-form"):
        parse_rpps("00000000000")


@pytest.mark.parametrize("written", ["10100000009", "1010000000", 10100000008, None])
def test_a_mistyped_rpps_number_is_refused_without_being_repeated(written: object) -> None:
    with pytest.raises(ValueError, match="RPPS") as caught:
        parse_rpps(written)
    assert "1010000000" not in str(caught.value)


@pytest.mark.parametrize("written", ["73282932000074", "732 829 320 00074", "35600000049837"])
def test_a_siret_is_called_by_its_name_and_gives_its_siren(written: str) -> None:
    assert siren_of_siret(written) == written.replace(" ", "")[:9]
    with refused("siret-not-siren"):
        parse_siren(written)


def test_a_siret_whose_keys_are_wrong_is_called_by_its_name_too() -> None:
    with pytest.raises(RefusalError, match="quatorze chiffres, comme un SIRET, mais ses clés de contrôle"):
        parse_siren("732 829 320 00075")


@pytest.mark.parametrize("written", ["73282932000075", "732829320", "", None, 73282932000074, "732829320000741"])
def test_anything_else_is_no_siret(written: object) -> None:
    assert siren_of_siret(written) is None

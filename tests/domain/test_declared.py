"""Facts that a call declares for itself, carried under `complements`."""

from __future__ import annotations

from datetime import date

import pytest

from ami_scoring.domain.declared import declared_fact, parse_example, parse_fact, says_nothing
from ami_scoring.domain.facts import MISSING, Case, Fact, FactType, Known, Opinions
from ami_scoring.exact import Fraction

from .building import CLOSES_ON, ZONING, candidature, refused


def declared(type_: str, low: int | None = None, high: int | None = None, choices: list[str] | None = None) -> Fact:
    minimum, maximum = (None if bound is None else Fraction(bound) for bound in (low, high))
    return declared_fact("tranche", FactType(type_), "Tranche", None, minimum, maximum, choices)


@pytest.mark.parametrize(
    ("type_", "written", "value"),
    [
        ("integer", "3", 3),
        ("integer", "-3", -3),
        ("decimal", "0,5", Fraction(1, 2)),
        ("percentage", "12,5 %", Fraction(1, 8)),
        ("money", "1 500 €", 1500),
        ("date", "30/09/2022", date(2022, 9, 30)),
        ("boolean", "oui", True),
        ("text", " Foix ", "Foix"),
        ("choice", "tout texte", "tout texte"),
        ("list", ["ARS", "ars", "L\u2019Ordre"], frozenset({"ars", "l'ordre"})),
        ("list", "ARS", frozenset({"ars"})),
    ],
)
def test_a_value_is_read_in_the_type_declared(type_: str, written: object, value: Known) -> None:
    assert parse_fact(declared(type_), written) == value


@pytest.mark.parametrize(
    ("type_", "written", "code"),
    [
        ("integer", "3,5", "count-expected"),
        ("integer", "trois", "number-expected"),
        ("decimal", "1,234", "number-ambiguous"),
        ("date", "30/09/22", "date-two-digit-year"),
        ("boolean", "2", "flag-expected"),
        ("text", "", "text-empty"),
        ("text", {"a": "b"}, "text-expected"),
        ("list", ["ARS", ["CPTS"]], "text-expected"),
    ],
)
def test_a_value_of_another_type_is_refused(type_: str, written: object, code: str) -> None:
    with refused(code):
        parse_fact(declared(type_), written)


@pytest.mark.parametrize("written", ["0", "10", "5"])
def test_bounds_are_included(written: str) -> None:
    assert parse_fact(declared("integer", 0, 10), written) == int(written)


@pytest.mark.parametrize(
    ("low", "high", "written", "limits"),
    [
        (0, 10, "-1", "de 0 à 10"),
        (0, 10, "11", "de 0 à 10"),
        (0, None, "-1", "de 0 à sans limite"),
        (None, 10, "11", "de sans limite à 10"),
    ],
)
def test_a_value_beyond_its_bounds_is_refused_with_them(
    low: int | None, high: int | None, written: str, limits: str
) -> None:
    with pytest.raises(ValueError, match=limits):
        parse_fact(declared("integer", low, high), written)


def test_a_choice_is_read_as_the_call_spells_it() -> None:
    fact = declared("choice", choices=["Très grande", "Petite"])
    assert parse_fact(fact, "TRÈS  grande") == "Très grande"
    with pytest.raises(ValueError, match="les choix sont : Très grande, Petite"):
        parse_fact(fact, "moyenne")


@pytest.mark.parametrize(("written", "code"), [("2,5", None), ("-0,5", None), ("2,25", "fact-off-step")])
def test_a_number_may_go_by_steps(written: str, code: str | None) -> None:
    fact = declared_fact("note", FactType.DECIMAL, "Note", None, None, None, None, Fraction(1, 2))
    if code is None:
        assert parse_fact(fact, written) == Fraction(written.replace(",", "."))
    else:
        with refused(code):
            parse_fact(fact, written)


def test_opinions_are_read_as_sorted_marks() -> None:
    assert parse_fact(declared("opinions"), ["3", "1,5"]) == Opinions((Fraction(3, 2), Fraction(3)))
    assert parse_fact(declared("opinions"), "2") == Opinions((Fraction(2),))


@pytest.mark.parametrize(("type_", "written"), [("date", "2022-01-01"), ("text", "Foix"), ("boolean", "oui")])
def test_only_a_number_has_bounds_and_only_a_choice_has_choices(type_: str, written: str) -> None:
    fact = declared(type_, 0, 1, ["a"])
    assert (fact.minimum, fact.maximum, fact.choices) == (None, None, ())
    assert parse_fact(fact, written)


@pytest.mark.parametrize(
    ("changes", "value"),
    [("complements: {tranche: '2'}", 2), ("complements: {autre: '2'}", MISSING), ("", MISSING)],
)
def test_a_declared_fact_is_read_under_complements(changes: str, value: object) -> None:
    fact = declared("integer")
    assert (fact.name, fact.keys) == ("complements.tranche", ("complements.tranche",))
    assert fact.read(Case(candidature(changes), CLOSES_ON, ZONING)) == value


@pytest.mark.parametrize("type_", ["decimal", "percentage", "money"])
def test_in_an_example_a_number_may_be_a_fraction(type_: str) -> None:
    assert parse_example(declared(type_, 0, 1), "2/3") == Fraction(2, 3)
    with refused("fact-out-of-bounds"):
        parse_example(declared(type_, 0, 1), "3/2")
    with refused("number-expected"):
        parse_fact(declared(type_), "2/3")


@pytest.mark.parametrize(("type_", "written"), [("integer", "4/2"), ("decimal", "1/0"), ("decimal", "un/deux")])
def test_what_is_not_a_fraction_of_a_number_is_refused_in_an_example_too(type_: str, written: str) -> None:
    with refused("number-expected"):
        parse_example(declared(type_), written)


def test_in_an_example_other_values_are_read_as_in_a_file() -> None:
    assert parse_example(declared("date"), "30/09/2022") == date(2022, 9, 30)
    assert parse_example(declared("decimal"), "0,5") == Fraction(1, 2)
    assert parse_example(declared("text"), "et/ou") == "et/ou"


@pytest.mark.parametrize(
    ("type_", "low", "high", "written", "value"),
    [
        ("decimal", 0, 100, "59,996", Fraction(59996, 1000)),
        ("decimal", 1000, None, "1,234", Fraction(1234)),
        ("decimal", -100, 0, "-59.996", Fraction(-59996, 1000)),
        ("integer", 0, 5000, "1 234", 1234),
        ("integer", 0, 5000, "1,234", 1234),
        ("percentage", 0, 1, "59,996 %", Fraction(59996, 100_000)),
        ("percentage", None, 1, "12,345 %", Fraction(12345, 100_000)),
        ("percentage", None, None, "59,996 %", Fraction(59996, 100_000)),
    ],
)
def test_bounds_that_admit_one_reading_of_a_number_decide(
    type_: str, low: int | None, high: int | None, written: str, value: Known
) -> None:
    assert parse_fact(declared(type_, low, high), written) == value


@pytest.mark.parametrize(
    ("type_", "low", "high", "written"),
    [
        ("decimal", None, None, "59,996"),
        ("decimal", 0, 100_000, "59,996"),
        ("decimal", 70_000, 80_000, "59,996"),
        ("integer", 0, 100, "59,996"),
        ("percentage", None, 1000, "59,996 %"),
    ],
)
def test_a_number_stays_ambiguous_where_bounds_decide_nothing(
    type_: str, low: int | None, high: int | None, written: str
) -> None:
    with refused("number-ambiguous"):
        parse_fact(declared(type_, low, high), written)


@pytest.mark.parametrize("written", ["40", 40, "-2", "1,5"])
def test_a_bare_number_above_one_is_no_share(written: object) -> None:
    with refused("share-or-percent"):
        parse_fact(declared("percentage", 0), written)


@pytest.mark.parametrize(("written", "value"), [("0,4", Fraction(2, 5)), ("1", 1), ("40 %", Fraction(2, 5)), (0, 0)])
def test_a_share_is_written_from_zero_to_one_or_in_percent(written: object, value: Known) -> None:
    assert parse_fact(declared("percentage", 0), written) == value


WORDS = ("mairie", "département", "région / État")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("mairie, département", {"mairie", "département"}),
        ("Mairie / departement", {"mairie", "département"}),
        ("mairie|département", {"mairie", "département"}),
        ("mairie\ndépartement;", {"mairie", "département"}),
        ("Région / État", {"région / état"}),
        (["mairie, département", "autre"], {"mairie", "département", "autre"}),
        ("association, fondation", {"association, fondation"}),
    ],
)
def test_several_known_elements_in_one_are_all_read(written: object, value: set[str]) -> None:
    assert parse_fact(declared("list")._replace(words=WORDS), written) == value


def test_an_element_of_which_only_a_part_is_known_is_refused() -> None:
    with refused("list-pieces"):
        parse_fact(declared("list")._replace(words=WORDS), "mairie, préfecture")


@pytest.mark.parametrize("written", ["-", " — ", ".", "N/A", "n/a", "NÉANT", "neant", "s.o.", "Sans objet", ["-", "."]])
def test_a_placeholder_says_nothing(written: object) -> None:
    assert says_nothing(declared("text"), written)


@pytest.mark.parametrize(
    "written", ["non", "0", "néant à ce jour", "sans objet précis, mais utile", [], ["-", "oui"], None, 0]
)
def test_an_answer_is_no_placeholder(written: object) -> None:
    assert not says_nothing(declared("text"), written)


def test_a_word_that_the_policy_knows_is_an_answer() -> None:
    assert not says_nothing(declared("text")._replace(words=("Néant",)), "néant")
    assert not says_nothing(declared("choice")._replace(choices=("oui", "sans objet")), "Sans objet")

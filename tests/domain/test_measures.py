"""Numbers with the unit of their question: read as the number alone; any other unit is refused, never dropped."""

from __future__ import annotations

import pytest

from ami_scoring.domain.declared import declared_fact, parse_fact
from ami_scoring.domain.facts import FactType
from ami_scoring.domain.measures import without_unit
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.quantities import parse_number
from ami_scoring.exact import Fraction

from .building import candidature, refused


@pytest.mark.parametrize(
    ("written", "unit", "number"),
    [
        ("150 m²", "m²", 150),
        ("150m2", "m²", 150),
        ("1\u202f250,5\u00a0M²", "m²", Fraction("1250.5")),
        ("150 mètres carrés", "m²", 150),
        ("1 an", "ans", 1),
        ("3 années", "ans", 3),
        ("1 200 hab.", "habitants", 1200),
        ("12 000 €", "€ par an", 12000),
        ("12 000 €/an", "€ par an", 12000),
        ("12 000 euros par an", "€ par an", 12000),
        ("10 000 euros/an", "€ par an", 10000),
        ("10 000 euros / an", "€ par an", 10000),
        ("10 000 eur/an", "€ par an", 10000),
        ("10 000 EUR", "€ par an", 10000),
        ("12 000 € /an", "€ par an", 12000),
        ("10 000 € par année", "€ par an", 10000),
        ("10 000 €/année", "€ par an", 10000),
        ("10 000 € par an", "euros/an", 10000),
        ("12 M€ par an", "M€/an", 12),
        ("3 AN", "an", 3),
        ("3 MB / S", "MB/s", 3),
        ("-12 k€", "k€", -12),
        ("1 emploi", "emplois", 1),
        ("2 EMPLOIS", "emplois", 2),
        ("12 %", "%", 12),
        ("3", "ans", 3),
        (3, "ans", 3),
        ("3 €", "", 3),
    ],
)
def test_a_number_may_repeat_the_unit_of_its_question(written: object, unit: str, number: Fraction | int) -> None:
    assert parse_number(without_unit(written, unit)) == number


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("2 ha", "m²"),
        ("150 €", "m²"),
        ("36 mois", "ans"),
        ("12 €", "k€"),
        ("12 k€", "€"),
        ("12 M€", "m€"),
        ("12 m€/an", "M€/an"),
        ("3 Mb/s", "MB/s"),
        ("12 k€/an", "€ par an"),
        ("1 000 €/mois", "€ par an"),
        ("12 €/an", "€ par habitant"),
        ("1 000 € par mois", "€ par an"),
        ("150 m² environ", "m²"),
        ("50 %", "m²"),
        ("2 à 3 ans", "ans"),
    ],
)
def test_another_unit_is_refused_and_the_right_one_is_told(written: str, unit: str) -> None:
    with pytest.raises(RefusalError) as caught:
        without_unit(written, unit)
    assert caught.value.type == "number-expected"
    assert caught.value.message() == f"« {written} » n'est pas un nombre : écrivez-le en chiffres (unité : {unit})."


@pytest.mark.parametrize("written", ["trois ans", "m²", "environ 150 m²", "12 34 m²", "", "1,5,2 m²"])
def test_a_unit_makes_no_number_of_what_is_none(written: str) -> None:
    with refused("number-expected"):
        parse_number(without_unit(written, "m²" if "m²" in written else "ans"))


def test_a_unit_leaves_an_ambiguous_number_ambiguous() -> None:
    with refused("number-ambiguous"):
        parse_number(without_unit("1,234 m²", "m²"))


def test_each_number_of_a_candidature_takes_its_own_unit() -> None:
    given = candidature(
        "implantation: {communes: [{code_insee: '09002', population: 1 200 habitants}]}\n"
        "locaux: {surface_m2: 150 m², bureaux: 3 bureaux}\n"
        "engagement_financier: {montant_annuel: 12 000 € par an, duree_annees: 3 ans}\n"
        "medecins_interesses: [{temps_plein: '0,5 ETP'}, {temps_plein: 80 %}]\n"
    )
    assert given.place.main_commune.population == 1200
    assert given.premises is not None
    assert given.premises.surface == Fraction(150)
    assert given.premises.rooms == 3
    assert given.commitment is not None
    assert given.commitment.yearly_amount == Fraction(12000)
    assert given.commitment.years == 3
    assert given.doctors is not None
    assert [doctor.share for doctor in given.doctors] == [Fraction(1, 2), Fraction(4, 5)]


@pytest.mark.parametrize(
    "changes",
    [
        "locaux: {surface_m2: 2 ha}",
        "locaux: {bureaux: 3 m²}",
        "engagement_financier: {montant_annuel: 12 k€}",
        "engagement_financier: {duree_annees: 36 mois}",
    ],
)
def test_no_number_of_a_candidature_takes_the_unit_of_another(changes: str) -> None:
    with pytest.raises(ValueError, match="écrivez-le en chiffres"):
        candidature(changes)


@pytest.mark.parametrize(
    ("type_", "unit", "written", "value"),
    [
        ("integer", "emplois", "3 emplois", 3),
        ("decimal", "km", "1,5 km", Fraction(3, 2)),
        ("money", "k€", "12 k€", 12),
        ("money", None, "12 €", 12),
        ("percentage", "%", "12 %", Fraction(3, 25)),
    ],
)
def test_a_declared_number_takes_the_unit_that_it_declares(
    type_: str, unit: str | None, written: str, value: Fraction | int
) -> None:
    assert parse_fact(declared_fact("x", FactType(type_), "X", unit, None, None, None), written) == value


@pytest.mark.parametrize(("unit", "written"), [("k€", "12 €"), ("km", "1,5 mi"), ("ans", "6 mois")])
def test_a_declared_number_refuses_the_unit_of_another(unit: str, written: str) -> None:
    with refused("number-expected"):
        parse_fact(declared_fact("x", FactType.DECIMAL, "X", unit, None, None, None), written)

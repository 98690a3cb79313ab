"""Names reduced to what two ways of writing one of them share."""

from __future__ import annotations

import pytest

from ami_scoring.domain.names import bare_applicant, bare_name, bare_person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saint-Paragol", "SAINT PARAGOL"),
        ("St-Paragol", "Saint Paragol."),
        ("Ste Évrouine", "Sainte-Evrouine"),
        ("Cazauvert-l'Inventée", "Cazauvert l\u2019Inventee"),
    ],
)
def test_a_name_is_the_same_however_it_is_typed(one: str, other: str) -> None:
    assert bare_name(one) == bare_name(other)


@pytest.mark.parametrize(
    "typed",
    [
        "Essai", "Commune d'Essai", "Commune d'Essai.", "Mairie d\u2019Essai", "Ville d'ESSAI", "la commune d'Essai",
        "Mairie de la commune d'Essai", "Municipalité d'Essai",
    ],
)  # fmt: skip
def test_what_comes_before_the_name_of_an_applicant_does_not_count(typed: str) -> None:
    assert bare_applicant(typed) == "essai"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Mairie de La Cazelotte", "La Cazelotte", True),
        ("Commune du Fossat", "Le Fossat", True),
        ("Commune de Foix", "Communauté de communes de Foix", False),
        ("Ville", "Commune", False),
    ],
)
def test_two_applicants_are_alike_or_not(one: str, other: str, alike: bool) -> None:
    assert (bare_applicant(one) == bare_applicant(other)) is alike


def test_neither_the_title_of_a_person_nor_the_order_of_the_name_counts() -> None:
    assert bare_person("Dr. Essai FICTIF") == bare_person("Fictif, Essai") == ("essai", "fictif")

"""Units agree with the number before them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ami_scoring.scoring.words.units import counted, singular


@pytest.mark.parametrize(
    ("number", "word"), [(0, "an"), (1, "an"), (-1, "an"), (Fraction(3, 2), "an"), (2, "ans"), (-2, "ans"), (10, "ans")]
)
def test_a_unit_is_singular_below_two(number: int | Fraction, word: str) -> None:
    assert counted("ans", number) == word


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("", ""),
        ("€", "€"),
        ("k€", "k€"),
        ("m²", "m²"),
        ("ETP", "ETP"),
        ("s", "s"),
        ("mois", "mois"),
        ("avis", "avis"),
        ("emplois", "emploi"),
        ("habitants", "habitant"),
        ("bureaux", "bureau"),
        ("locaux", "local"),
        ("travaux", "travail"),
        ("logements sociaux", "logement social"),
        ("lits d'hôpital", "lit d'hôpital"),
        ("points de pourcentage", "point de pourcentage"),
        ("heures par semaine", "heure par semaine"),
        ("équivalents temps plein", "équivalent temps plein"),
    ],
)
def test_a_unit_has_a_singular(plural: str, one: str) -> None:
    assert singular(plural) == one

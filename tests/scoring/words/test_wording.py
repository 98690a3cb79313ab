"""Points, values and numbers in the words of an elected official."""

from __future__ import annotations

from datetime import date

import pytest
from tests.scoring.building import catalogue_with, plain

from ami_scoring.domain.facts import MISSING, FactType, Missing, Opinions, Value
from ami_scoring.exact import Fraction, parse_fraction
from ami_scoring.scoring.words.wording import inner, number_word, points_word, value_word

FACTS = catalogue_with(
    [
        {"name": "part", "type": "percentage", "label": "Part"},
        {"name": "n", "type": "integer", "label": "N"},
        {"name": "t", "type": "decimal", "label": "T", "unit": "mois"},
    ]
)
PART, N, T = (FACTS[f"complements.{name}"] for name in ("part", "n", "t"))


@pytest.mark.parametrize(
    ("points", "word"),
    [("0", "0 point"), ("1.5", "1,5 point"), ("-1", "−1 point"), ("2", "2 points"), ("-2", "−2 points")],
)
def test_points_take_an_s_from_two_on(points: str, word: str) -> None:
    assert plain(points_word(parse_fraction(points))) == word


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("complements.part", Fraction(1, 8), "12,5 %"),
        ("complements.n", 1200, "1 200"),
        ("complements.t", Fraction(13, 2), "6,5 mois"),
        ("complements.t", Fraction(20, 3), "6,67 mois (exactement 20/3)"),
        ("locaux.adaptes", True, "oui"),
        ("zonage", "ZIP", "ZIP"),
        ("depose_le", date(2022, 4, 1), "1er avril 2022"),
        ("pieces", frozenset({"lettre du dr secret", "devis"}), "2 éléments que le barème ne nomme pas"),
        ("pieces", frozenset({"lettre du dr secret"}), "1 élément que le barème ne nomme pas"),
        ("pieces", frozenset(), "aucun"),
        ("zonage", MISSING, "non renseigné"),
        ("complements.t", Missing(at_least=1, at_most=Fraction(5, 2)), "non renseigné (entre 1 et 2,5)"),
        ("complements.t", Missing(at_least=1), "non renseigné"),
        ("complements.t", Opinions((Fraction(3), Fraction(7, 2))), "2 avis : 3 ; 3,5"),
        ("complements.t", Opinions((Fraction(3),), 1), "1 avis : 3 (1 écarté pour conflit d'intérêts)"),
    ],
)
def test_a_value_is_written_with_its_unit(name: str, value: Value, word: str) -> None:
    assert plain(value_word(FACTS[name], value)) == word


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ({"ars", "cpts"}, "ARS, CPTS"),
        ({"ars", "dr secret"}, "ARS et 1 autre"),
        ({"cpts", "dr secret", "mme secret"}, "CPTS et 2 autres"),
    ],
)
def test_of_free_texts_only_the_words_of_the_policy_are_shown(typed: set[str], word: str) -> None:
    fact = FACTS["diagnostic.partage_avec"]._replace(words=("CPTS", "ARS", "département"))
    assert plain(value_word(fact, frozenset(typed))) == word


@pytest.mark.parametrize(("typed", "word"), [("urbain", "Urbain"), ("chez le dr secret", "autre texte")])
def test_a_free_text_is_shown_only_when_the_policy_names_it(typed: str, word: str) -> None:
    fact = FACTS["pieces"]._replace(type=FactType.TEXT, typed_freely=True, words=("Urbain",))
    assert value_word(fact, typed) == word


def test_a_number_is_written_in_the_unit_of_its_fact() -> None:
    assert [plain(number_word(fact, Fraction(1, 2))) for fact in (PART, N, T)] == ["50 %", "0,5", "0,5 mois"]


@pytest.mark.parametrize("label", ["Avis sur « projet »", "Avis sur «projet»"])
def test_guillemets_within_guillemets_are_the_inner_ones(label: str) -> None:
    assert inner(label) == "Avis sur “projet”"

"""What a fact that the program works out comes from, so that it can be worked out again by hand."""

from __future__ import annotations

from datetime import date

import pytest
from tests.scoring.building import candidature

from ami_scoring.domain.catalogue import CATALOGUE
from ami_scoring.exact import Fraction
from ami_scoring.messages import NARROW_NO_BREAK, NO_BREAK
from ami_scoring.scoring.telling.derivations import counts_months, derivation, span_word

CLOSES = date(2022, 9, 30)
WHOLE = """
implantation:
  qpv: QP034001
  communes: [{code_insee: "34001", population: 900, principale: oui}, {code_insee: "12002", population: 1100}]
diagnostic: {etat_des_lieux_le: 2022-08-14, horizon_prospective: 2030}
locaux: {disponibles_le: 2022-12-30}
engagement_financier: {montant_annuel: 9000, duree_annees: 3}
medecins_interesses:
  - {nom: Dr Secret, temps_plein: 0.5, preuve: lettre}
  - {nom: Dr Caché}
"""


def plain(text: str | None) -> str | None:
    return None if text is None else text.replace(NO_BREAK, " ").replace(NARROW_NO_BREAK, " ")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("diagnostic.anciennete_mois", "14 août 2022 (état des lieux) → 30 septembre 2022 (clôture), 1 + 8/15"),
        ("diagnostic.horizon_annees", "2030 − 2022 (année de clôture)"),
        ("locaux.delai_mois", "30 septembre 2022 (clôture) → 30 décembre 2022 (locaux disponibles)"),
        ("locaux.delai_jours", "30 septembre 2022 (clôture) → 30 décembre 2022 (locaux disponibles)"),
        ("engagement_financier.montant_total", "9 000 € par an × 3"),
        ("engagement_financier.montant_par_habitant", "9 000 € par an ÷ (900 + 1 100) habitants"),
        ("implantation.population", "900 + 1 100"),
        ("implantation.nombre_communes", "34001, 12002"),
        ("implantation.nombre_departements", "34001, 12002"),
        ("zonage", "commune 34001, quartier QP034001"),
        ("zonage.meilleur", "34001, 12002"),
        ("medecins_interesses.nombre", "médecin 1 : lettre ; médecin 2 : ?"),
        ("medecins_interesses.nombre_avec_lettre", "médecin 1 : lettre ; médecin 2 : ?"),
        ("medecins_interesses.etp", "médecin 1 : 0,5 ; médecin 2 : ?"),
        ("medecins_interesses.etp_avec_lettre", "médecin 1 : 0,5 (lettre) ; médecin 2 : ? (?)"),
        ("locaux.bureaux", None),
    ],
)
def test_what_a_fact_comes_from_is_told_and_nobody_is_named(name: str, said: str | None) -> None:
    assert plain(derivation(name, candidature(WHOLE), CLOSES)) == said


@pytest.mark.parametrize("name", CATALOGUE)
def test_where_something_is_missing_there_is_nothing_to_work_out(name: str) -> None:
    bare, told = candidature(), {"implantation.nombre_communes", "implantation.nombre_departements"}
    assert (derivation(name, bare, CLOSES) is not None) is (name in told or name.startswith("zonage"))
    empty = candidature(
        "diagnostic: {}\nlocaux: {}\nengagement_financier: {montant_annuel: 1}\nmedecins_interesses: []"
    )
    assert (derivation(name, empty, CLOSES) is not None) is (name in told or name.startswith("zonage"))


def test_one_commune_divides_without_brackets() -> None:
    one = candidature(
        'implantation: {communes: [{code_insee: "34001", population: 10}]}\nengagement_financier: {montant_annuel: 9}'
    )
    assert plain(derivation("engagement_financier.montant_par_habitant", one, CLOSES)) == "9 € par an ÷ 10 habitants"


def test_a_time_that_goes_back_is_negative() -> None:
    assert span_word("a", "b", Fraction(-5, 2)) == "a → b, −(2 + 1/2)"
    assert span_word("a", "b", -2) == "a → b"


def test_facts_in_months_are_those_whose_parts_of_months_are_to_be_told() -> None:
    assert [name for name in CATALOGUE if counts_months(name)] == ["diagnostic.anciennete_mois", "locaux.delai_mois"]

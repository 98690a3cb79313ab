"""What each fact of the catalogue is, read from a candidature at the closing of 30 September 2022."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ami_scoring.domain.catalogue import CATALOGUE
from ami_scoring.domain.facts import MISSING, Missing, Value
from ami_scoring.domain.fields import fields
from ami_scoring.domain.zoning import Zone
from ami_scoring.exact import Fraction

from .building import ZONING, fact

OUTSIDE_LAW = (Zone.ZAR, Zone.ZV, Zone.HV, Zone.HZ)


def place(*codes: str, district: str | None = None) -> str:
    """Write an implantation: the first commune is the main one; `99999` is in no table."""
    communes = ", ".join(
        f"{{code_insee: '{code}', principale: {'oui' if code == codes[0] else 'non'}}}" for code in codes
    )
    return f"implantation: {{communes: [{communes}]{f', qpv: {district}' if district else ''}}}"


ZONES: list[tuple[str, str, Zone]] = [
    ("zonage", place("09002"), Zone.ZAC),
    ("zonage", place("09002", district="QP000001"), Zone.ZIP),
    ("zonage", place("09001", district="QP000002"), Zone.ZIP),
    ("zonage", place("09003", district="QP000003"), Zone.ZAR),
    ("zonage", place("09002", district="QP999999"), Zone.ZAC),
    ("zonage", place("99999", district="QP000001"), Zone.ZIP),
    ("zonage", place("09003", "09001"), Zone.ZAR),
    ("zonage.meilleur", place("09003", "09002", "09001"), Zone.ZIP),
    ("zonage.meilleur", place("09003", "09002"), Zone.ZAC),
    ("zonage.meilleur", place("09003", district="QP000001"), Zone.ZIP),
    ("zonage.meilleur", place("99999", "09001"), Zone.ZIP),
    ("zonage.moins_bon", place("09001", "09002", "09003"), Zone.ZAR),
    ("zonage.moins_bon", place("09001"), Zone.ZIP),
    ("zonage.moins_bon", place("09002", district="QP000001"), Zone.ZIP),
    ("zonage.moins_bon", place("09001", district="QP000003"), Zone.ZIP),
    ("zonage.moins_bon", place("09002", "09003", district="QP000001"), Zone.ZAR),
    ("zonage.moins_bon", place("99999", district="QP000001"), Zone.ZIP),
]


@pytest.mark.parametrize(("name", "changes", "zone"), ZONES)
def test_the_zone_is_that_of_the_table(name: str, changes: str, zone: Zone) -> None:
    assert fact(name, changes) == zone


@pytest.mark.parametrize(
    ("name", "changes", "among"),
    [
        ("zonage", place("99999"), tuple(Zone)),
        ("zonage", place("99999", district="QP000002"), (Zone.ZIP, Zone.ZAC)),
        ("zonage", place("99999", district="QP000003"), tuple(Zone)),
        ("zonage.meilleur", place("09002", "99999"), (Zone.ZIP, Zone.ZAC)),
        ("zonage.meilleur", place("09003", "99999"), tuple(Zone)),
        ("zonage.moins_bon", place("09002", "99999"), (Zone.ZAC, *OUTSIDE_LAW)),
        ("zonage.moins_bon", place("09003", "99999"), OUTSIDE_LAW),
        ("zonage.moins_bon", place("09001", "99999"), tuple(Zone)),
        ("zonage.moins_bon", place("09001", "99999", district="QP000003"), tuple(Zone)),
        ("zonage.moins_bon", place("99999", "09001", district="QP000002"), (Zone.ZIP, Zone.ZAC)),
    ],
)
def test_a_commune_in_no_table_leaves_the_zones_that_it_could_give(
    name: str, changes: str, among: tuple[Zone, ...]
) -> None:
    value = fact(name, changes)
    assert isinstance(value, Missing)
    assert value.among == among
    assert str(value.why) == "la commune 99999 n'est pas dans la table de zonage (essai 2022)"


@pytest.mark.parametrize(
    ("doctors", "number", "letters", "full_time", "with_letter"),
    [
        ("[]", 0, 0, 0, 0),
        ("[{temps_plein: 0.8, preuve: lettre}]", 1, 1, Fraction(4, 5), Fraction(4, 5)),
        ("[{temps_plein: 0.8, preuve: oral}]", 1, 0, Fraction(4, 5), 0),
        ("[{temps_plein: 0.8, preuve: contact}, {temps_plein: 1, preuve: lettre}]", 2, 1, Fraction(9, 5), 1),
        ("[{preuve: lettre}]", 1, 1, (0, 1), (0, 1)),
        ("[{preuve: oral}]", 1, 0, (0, 1), 0),
        ("[{temps_plein: 0.5}]", 1, (0, 1), Fraction(1, 2), (0, Fraction(1, 2))),
        ("[{temps_plein: 0}]", 1, (0, 1), 0, 0),
        ("[{}]", 1, (0, 1), (0, 1), (0, 1)),
        (
            "[{temps_plein: 0.5, preuve: lettre}, {preuve: lettre}, {temps_plein: 1}, {preuve: oral}]",
            4,
            (2, 3),
            (Fraction(3, 2), Fraction(7, 2)),
            (Fraction(1, 2), Fraction(5, 2)),
        ),
    ],
)
def test_doctors_count_for_what_is_said_of_them(
    doctors: str, number: Value, letters: object, full_time: object, with_letter: object
) -> None:
    changes = f"medecins_interesses: {doctors}"
    assert fact("medecins_interesses.nombre", changes) == number
    for name, expected in (
        ("medecins_interesses.nombre_avec_lettre", letters),
        ("medecins_interesses.etp", full_time),
        ("medecins_interesses.etp_avec_lettre", with_letter),
    ):
        value = fact(name, changes)
        found = (value.at_least, value.at_most) if isinstance(value, Missing) else value
        assert found == expected, name


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.sampled_from(["0", "0.25", "1", None]), st.sampled_from(["lettre", "oral", None])), max_size=3
    )
)
def test_every_way_to_complete_the_doctors_stays_within_the_bounds(
    doctors: list[tuple[str | None, str | None]],
) -> None:
    def written(them: list[tuple[str | None, str | None]]) -> str:
        lines = [
            ", ".join([f"temps_plein: {share}"] * (share is not None) + [f"preuve: {proof}"] * (proof is not None))
            for share, proof in them
        ]
        return "medecins_interesses: [" + ", ".join(f"{{{line}}}" for line in lines) + "]"

    ways = product(
        *(
            [(s, p) for s in ([share] if share else ["0", "1"]) for p in ([proof] if proof else ["lettre", "contact"])]
            for share, proof in doctors
        )
    )
    completed = [written(list(way)) for way in ways]
    for name in (
        "medecins_interesses.etp",
        "medecins_interesses.etp_avec_lettre",
        "medecins_interesses.nombre_avec_lettre",
    ):
        value = fact(name, written(doctors))
        reached = [fact(name, changes) for changes in completed]
        bounds = (value.at_least, value.at_most) if isinstance(value, Missing) else (value, value)
        assert bounds == (min(reached), max(reached))


EVERY: list[tuple[str, str, Value]] = [
    ("depose_le", "depose_le: 2022-09-30T22:30:00Z", date(2022, 10, 1)),
    ("porteur.type", "porteur: {nom: Foix, type: commune}", "commune"),
    ("porteur.type", "porteur: {nom: Foix}", MISSING),
    ("implantation.departement", place("97411"), "974"),
    ("implantation.code_insee", place("2A004", "09001"), "2A004"),
    ("implantation.nombre_departements", place("09001", "09002", "31001"), 2),
    ("implantation.nombre_communes", place("09001", "09002", "31001"), 3),
    ("implantation.population", "implantation: {communes: [{code_insee: '09001', population: 1 200}]}", 1200),
    ("implantation.qpv", place("09001"), False),
    ("implantation.qpv", place("09001", district="QP000001"), True),
    ("diagnostic.etat_des_lieux_le", "diagnostic: {etat_des_lieux_le: 2022-01-01}", date(2022, 1, 1)),
    ("diagnostic.etat_des_lieux_le", "", MISSING),
    ("diagnostic.anciennete_mois", "diagnostic: {etat_des_lieux_le: 2021-03-30}", 18),
    ("diagnostic.anciennete_mois", "diagnostic: {etat_des_lieux_le: 2022-10-30}", -1),
    ("diagnostic.anciennete_mois", "diagnostic: {prospective: oui}", MISSING),
    ("diagnostic.anciennete_mois", "", MISSING),
    ("diagnostic.prospective", "diagnostic: {prospective: non}", False),
    ("diagnostic.horizon_annees", "diagnostic: {horizon_prospective: 2025}", 3),
    ("diagnostic.horizon_annees", "diagnostic: {prospective: non}", MISSING),
    ("diagnostic.horizon_annees", "", MISSING),
    ("diagnostic.partage_avec", "diagnostic: {partage_avec: [ARS, ars, L\u2019Ordre]}", frozenset({"ars", "l'ordre"})),
    ("diagnostic.partage_avec", "diagnostic: {prospective: oui}", MISSING),
    ("diagnostic.partage_avec", "", MISSING),
    ("diagnostic.nombre_partenaires", "diagnostic: {partage_avec: [ARS, ars, CPTS]}", 2),
    ("diagnostic.nombre_partenaires", "diagnostic: {partage_avec: []}", 0),
    ("diagnostic.nombre_partenaires", "", MISSING),
    ("locaux.etat", "locaux: {etat: travaux}", "travaux"),
    ("locaux.adaptes", "locaux: {adaptes: oui}", True),
    ("locaux.bureaux", "locaux: {bureaux: 0}", 0),
    ("locaux.surface_m2", "locaux: {surface_m2: 119.5}", Fraction(239, 2)),
    ("locaux.accessibles", "locaux: {}", MISSING),
    ("locaux.disponibles_le", "locaux: {disponibles_le: 2023-03-30}", date(2023, 3, 30)),
    ("locaux.delai_mois", "locaux: {disponibles_le: 2023-03-30}", 6),
    ("locaux.delai_mois", "locaux: {disponibles_le: 2022-08-30}", -1),
    ("locaux.delai_mois", "locaux: {bureaux: 1}", MISSING),
    ("locaux.delai_mois", "", MISSING),
    ("locaux.delai_jours", "locaux: {disponibles_le: 2022-10-01}", 1),
    ("locaux.delai_jours", "locaux: {disponibles_le: 2022-09-29}", -1),
    ("locaux.delai_jours", "locaux: {bureaux: 1}", MISSING),
    ("locaux.delai_jours", "", MISSING),
    ("engagement_financier.delibere_le", "engagement_financier: {delibere_le: 2022-05-01}", date(2022, 5, 1)),
    ("engagement_financier.montant_annuel", "engagement_financier: {montant_annuel: 0}", 0),
    ("engagement_financier.duree_annees", "engagement_financier: {duree_annees: 3}", 3),
    ("engagement_financier.montant_total", "engagement_financier: {montant_annuel: 100, duree_annees: 3}", 300),
    ("engagement_financier.montant_total", "engagement_financier: {montant_annuel: 0}", 0),
    ("engagement_financier.montant_total", "engagement_financier: {montant_annuel: 100}", MISSING),
    ("engagement_financier.montant_total", "engagement_financier: {duree_annees: 3}", MISSING),
    ("engagement_financier.montant_total", "", MISSING),
    ("engagement_financier.montant_par_habitant", "engagement_financier: {montant_annuel: 0}", 0),
    ("engagement_financier.montant_par_habitant", "engagement_financier: {duree_annees: 3}", MISSING),
    ("engagement_financier.montant_par_habitant", "", MISSING),
    ("engagement_financier.nature", "engagement_financier: {nature: contribution}", "contribution"),
    ("medecins_interesses.nombre", "", MISSING),
    ("medecins_interesses.nombre_avec_lettre", "", MISSING),
    ("medecins_interesses.etp", "", MISSING),
    ("medecins_interesses.etp_avec_lettre", "", MISSING),
    ("pieces", "pieces: [Plan  des locaux]", frozenset({"plan des locaux"})),
    ("pieces", "", MISSING),
]


@pytest.mark.parametrize(("name", "changes", "value"), EVERY)
def test_a_fact_is_what_the_candidature_says(name: str, changes: str, value: Value) -> None:
    assert fact(name, changes) == value


def test_every_fact_of_the_catalogue_has_an_example_here() -> None:
    assert {name for name, _, _ in EVERY} | {name for name, _, _ in ZONES} == set(CATALOGUE)


def test_a_population_known_in_part_is_at_least_that_part() -> None:
    two = "[{code_insee: '09001', principale: oui, population: 700}, {code_insee: '09002'}]"
    value = fact("implantation.population", f"implantation: {{communes: {two}}}")
    assert value == Missing(at_least=700)


@pytest.mark.parametrize(
    ("population", "amount"),
    [("population: 1600", Fraction(15, 2)), ("nom: Foix", MISSING), ("population: 0", None)],
)
def test_an_amount_per_inhabitant_needs_inhabitants(population: str, amount: Value | None) -> None:
    changes = (
        f"{{implantation: {{communes: [{{code_insee: '09001', {population}}}]}}, "
        "engagement_financier: {montant_annuel: 12 000 €}}"
    )
    value = fact("engagement_financier.montant_par_habitant", changes)
    if amount is None:
        assert isinstance(value, Missing)
        assert str(value.why) == "la population des communes d'implantation est nulle"
    else:
        assert value == amount


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_fact_says_which_fields_of_the_file_hold_it(name: str) -> None:
    assert set(CATALOGUE[name].keys) <= set(fields())


def test_a_table_tells_what_it_does_not_hold() -> None:
    assert (ZONING.of_commune("99999"), ZONING.of_district("QP999999")) == (None, None)

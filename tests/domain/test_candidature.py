"""What an applicant may write, and what is refused at the door."""

from __future__ import annotations

from datetime import date

import pytest

from ami_scoring.domain.candidature import Candidature, CommitmentKind, Evidence, PremisesState
from ami_scoring.domain.modelling.strict import mirror
from ami_scoring.domain.zoning import Zone
from ami_scoring.exact import Fraction

from .building import candidature, refused

FULL = """
reference: 2022/014
depose_le: 2022-09-30T21:30:00Z
porteur: {nom: "Communauté de l\u2019Essai", type: EPCI, siren: 732 829 320}
implantation:
  communes:
    - {code_insee: "09001", nom: Léran, principale: oui, population: 1 200}
    - {code_insee: 2a004, nom: Essai, population: "800"}
  qpv: qp000001
  zone_declaree: zip
diagnostic: {etat_des_lieux_le: 01/06/2022, prospective: oui, horizon_prospective: 2030, partage_avec: [ARS, CPTS]}
locaux: {etat: A_CONSTRUIRE, adaptes: non, surface_m2: "120,5", accessibles: x, disponibles_le: 1er mars 2023}
engagement_financier: {delibere_le: 2022-06-01, montant_annuel: 12 000 €, duree_annees: 3, nature: Mise a disposition}
medecins_interesses:
  - {specialite: médecine générale, temps_plein: 80 %, preuve: LETTRE, nom: Dr Essai, rpps: 10100000008}
  - {}
complements: {tranche: 2}
pieces: [plan des locaux]
"""


def test_a_full_candidature_is_read_as_people_write_it() -> None:
    full = candidature(FULL)
    assert full.applicant.siren == "732829320"
    assert full.place.main_commune.code_insee == "09001"
    assert full.place.declared_zone is Zone.ZIP
    assert full.diagnostic is not None
    assert full.diagnostic.surveyed_on == date(2022, 6, 1)
    assert full.premises is not None
    assert (full.premises.state, full.premises.surface) == (PremisesState.TO_BUILD, Fraction("120.5"))
    assert full.commitment is not None
    assert full.commitment.kind is CommitmentKind.IN_KIND
    assert full.doctors is not None
    assert (full.doctors[0].evidence, full.doctors[0].share) == (Evidence.LETTER, Fraction(4, 5))
    assert full.extra == {"tranche": "2"}


def test_what_is_left_out_stays_unknown() -> None:
    bare = candidature()
    assert (bare.diagnostic, bare.premises, bare.commitment, bare.doctors, bare.documents) == (None,) * 5


def test_the_day_of_an_instant_is_that_of_paris() -> None:
    assert candidature("depose_le: 2022-02-28T23:30:00Z").submitted_on == date(2022, 3, 1)
    assert candidature("depose_le: 2022-02-28").submitted_on == date(2022, 2, 28)


def test_the_only_commune_is_the_main_one() -> None:
    assert candidature("implantation: {communes: [{code_insee: '31555'}]}").department == "31"


@pytest.mark.parametrize(("more", "called"), [(", nom: Foix", "Foix"), ("", "commune 09122")])
def test_a_commune_is_called_by_its_name_or_else_by_its_code(more: str, called: str) -> None:
    place = candidature(f"implantation: {{communes: [{{code_insee: '09122'{more}}}]}}").place
    assert place.main_commune.called == called


def test_the_departement_is_that_of_the_main_commune() -> None:
    two = "implantation: {communes: [{code_insee: '09001'}, {code_insee: '2A004', principale: oui}]}"
    assert candidature(two).department == "2A"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ("implantation: {communes: [{code_insee: '09001'}, {code_insee: '09002'}]}", "main-commune"),
        (
            "implantation: {communes: [{code_insee: '09001', principale: x}, {code_insee: '09002', principale: x}]}",
            "main-commune",
        ),
        ("implantation: {communes: [{code_insee: '09001', principale: x}, {code_insee: '09001'}]}", "commune-twice"),
        ("implantation: {communes: []}", "too_short"),
        ("implantation: {communes: Foix}", "list-expected"),
        ("implantation: {communes: [{code_insee: '09001'}], zone_declaree: ZRR}", "choice-unknown"),
        ("porteur: {nom: Foix, type: association}", "choice-unknown"),
        ("porteur: {nom: Foix, siren: '732829321'}", "siren-form"),
        ("porteur: {nom: Foix, siren: '732 829 320 00074'}", "siret-not-siren"),
        ("porteur: {nom: ''}", "text-empty"),
        ("depose_le: 2022-10-30T02:30:00", "moment-without-offset"),
        ("diagnostic: {horizon_prospective: 30}", "year-form"),
        ("diagnostic: {horizon_prospective: 2030.5}", "year-form"),
        ("diagnostic: {partage_avec: ARS}", "list-expected"),
        ("locaux: {bureaux: '2,5'}", "count-expected"),
        ("locaux: {surface_m2: -1}", "negative-amount"),
        ("medecins_interesses: [{temps_plein: 80}]", "share-above-one"),
        ("medecins_interesses: [{temps_plein: -0.5}]", "share-above-one"),
        ("medecins_interesses: [{rpps: '10100000009'}]", "rpps-form"),
        ("medecin: []", "extra_forbidden"),
        ("reference: A 1", "reference-form"),
    ],
)
def test_a_mistake_is_refused_by_name(changes: str, code: str) -> None:
    with refused(code):
        candidature(changes)


def test_a_choice_is_not_guessed_from_a_block() -> None:
    with refused("choice-unknown"):
        Candidature.model_validate({"porteur": {"nom": "Foix", "type": {"a": 1}}})


def test_what_is_left_empty_is_like_what_is_left_out() -> None:
    assert Candidature.model_validate({**candidature().model_dump(by_alias=True), "pieces": None}).documents is None


def test_names_of_doctors_are_never_printed_with_the_model() -> None:
    assert "Dr Essai" not in repr(candidature(FULL))
    assert "10100000008" not in repr(candidature(FULL))


def test_the_published_schema_lists_the_choices() -> None:
    schema = mirror(Candidature).model_json_schema(by_alias=True)
    state = schema["$defs"]["Premises"]["properties"]["etat"]
    assert {"enum": ["existants", "travaux", "à construire", "aucun"]} in state["anyOf"]

"""What is nearly the same in two candidatures: told, never merged, without the name of anybody."""

from __future__ import annotations

import pytest
from tests.scoring.building import ORIGIN, candidature, policy

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Entry
from ami_scoring.scoring.checks.doctors import are_unnamed, check_doctors, check_reference
from ami_scoring.scoring.checks.doubles import check_doubles, holds_versions
from ami_scoring.scoring.marks import identified

SIREN, OTHER = "siren: '732829320'", "siren: '356000000'"
RPPS, ANOTHER = "rpps: '10000000017'", "rpps: '10000000025'"


def entries(*files: str) -> list[Entry]:
    read = [candidature(f"{{reference: A-{place}, {changes}}}") for place, changes in enumerate(files, start=1)]
    return [Entry(one, ORIGIN._replace(line=place)) for place, one in enumerate(read, start=1)]


def told(*files: str, by: Criteria | None = None) -> list[str]:
    given, rules = entries(*files), by or policy()
    found = check_doubles(given, rules)
    assert check_doubles(given, rules, identified(given, rules)) == found
    assert all(each.suggestion is not None and each.where.line is not None for each in found)
    return [f"{each.code} {each.message}" for each in found]


def applicant(name: str, more: str = "", communes: str = "{code_insee: '09001'}") -> str:
    who = f"nom: {name}" + (f", {more}" if more else "")
    return f"porteur: {{{who}}}, implantation: {{communes: [{communes}]}}"


TWO = "{code_insee: '09002', principale: oui}, {code_insee: '09001'}"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            [applicant("Foix", "type: commune"), applicant("Pays", "type: epci", TWO)],
            ["carried-twice La commune 09001 est portée par une commune (A-1) et par un EPCI (A-2)."],
        ),
        ([applicant("Foix", "type: commune"), applicant("Pays", "type: epci", "{code_insee: '09002'}")], []),
        ([applicant("Foix", "type: autre"), applicant("Pays", "type: epci", TWO)], []),
        (
            [applicant("Foix", SIREN), applicant("Pamiers", SIREN, "{code_insee: '09002'}")],
            ["siren-two-names Le SIREN 732829320 est donné sous plusieurs noms : A-1 et A-2."],
        ),
        ([applicant("Foix", SIREN), applicant("Mairie de Foix", SIREN)], []),
        (
            [applicant("Commune de Foix"), applicant("Mairie de Foix.")],
            ["applicants-alike Pour la commune 09001, des porteurs ont presque le même nom : A-1 et A-2."],
        ),
        (
            [applicant("Foix", SIREN), applicant("Foix", OTHER)],
            ["applicants-alike Pour la commune 09001, des porteurs ont presque le même nom : A-1 et A-2."],
        ),
        ([applicant("Commune de Foix"), applicant("Mairie de Foix", "", "{code_insee: '09002'}")], []),
        ([applicant("Foix"), applicant("FOIX")], []),
        (
            [applicant("Foix", SIREN), applicant("Foix", OTHER), applicant("foix")],
            [
                "applicants-alike Pour la commune 09001, des porteurs ont presque le même nom : A-1, A-2 et A-3.",
                "version-doubtful A-3 n'a pas de SIREN, et plusieurs porteurs du même nom pourraient l'avoir déposée.",
            ],
        ),
    ],
    ids=[
        "a commune and an EPCI", "other communes", "neither", "two names", "one name", "two spellings", "two SIREN",
        "two communes", "one applicant", "nobody can tell",
    ],
)  # fmt: skip
def test_near_doubles_are_told(files: list[str], expected: list[str]) -> None:
    assert told(*files) == expected


def test_projects_that_the_policy_tells_apart_are_no_doubles() -> None:
    alone = policy("versions: {identified_by: [reference]}")
    assert told(applicant("Foix", SIREN), applicant("Foix", SIREN), by=alone) == []
    assert told(applicant("Foix"), applicant("foix"), by=alone) == []
    assert len(told(applicant("Foix"), applicant("Mairie de Foix"), by=alone)) == 1


def test_a_candidature_that_does_not_say_which_project_it_is_is_told_beside_another_of_its_applicant() -> None:
    rules = policy(
        "facts: [{name: projet, type: text, label: Projet}]\nversions: {identified_by: [porteur, complements.projet]}"
    )
    one = applicant("Foix", SIREN)
    assert told(one, f"{one}, complements: {{projet: A}}", by=rules) == [
        "version-doubtful Ce qui identifie A-1 n'est pas établi : rien ne dit si c'est une version d'un autre dossier."
    ]
    assert told(one, by=rules) == []
    assert not any("doubtful" in each for each in told(one, applicant("Foix", OTHER), by=rules))
    assert sum("doubtful" in each for each in told(one, applicant("Foix"), by=rules)) == 2


BOTH = "Les mêmes 2 médecins sont promis à A-1 et A-2 (même nom)."


def doctors(*said: str) -> str:
    return f"medecins_interesses: [{', '.join(f'{{{each}}}' for each in said)}]"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([f"nom: Essai Fictif, {RPPS}", f"nom: Autre, {RPPS}"], ["même numéro RPPS"]),
        (["nom: Dr Essai Fictif", "nom: FICTIF Essai"], ["même nom"]),
        ([f"nom: Essai Fictif, {RPPS}", "nom: Essai Fictif"], ["même nom"]),
        (["nom: Essai Fictif", f"nom: Essai Fictif, {RPPS}"], ["même nom"]),
        ([f"nom: Essai Fictif, {RPPS}", f"nom: Essai Fictif, {ANOTHER}"], []),
        (["specialite: pédiatrie", "specialite: pédiatrie"], []),
        (["nom: Dr", "nom: Dr"], []),
    ],
)
def test_a_doctor_counted_twice_in_one_file_is_told_without_a_name(said: list[str], expected: list[str]) -> None:
    found = list(check_doctors(candidature(doctors(*said))))
    assert [str(each.message) for each in found] == [
        f"Le même médecin est sans doute compté deux fois dans ce dossier ({how})." for how in expected
    ]
    assert all((each.path[1], each.related[0][1], each.quoted) == (1, 0, False) for each in found)


@pytest.mark.parametrize(
    ("reference", "names", "expected"),
    [
        ("AMI-FICTIF", ["Essai Fictif"], 1),
        ("ami_fictif.3", ["Autre", "Dr Fictif Essai"], 1),
        ("AMI-FICTIVE", ["Essai Fictif"], 0),
        ("AMI-FOIX-1", ["Essai Foix"], 0),  # the commune's own name
        ("AMI-DR-1", ["Dr Essai"], 0),
        ("AMI-LE-1", ["Essai Le"], 0),
    ],
)
def test_a_reference_that_names_a_doctor_is_told(reference: str, names: list[str], expected: int) -> None:
    said = doctors(*(f"nom: {name}" for name in names))
    found = list(check_reference(candidature(f"{{reference: {reference}, {applicant('Foix')}, {said}}}")))
    assert [(each.code, each.path, each.quoted) for each in found] == [
        ("reference-names-doctor", ("reference",), False)
    ] * expected


@pytest.mark.parametrize("said", [["specialite: pédiatrie"] * 2, ["nom: Dr"], [RPPS], ["specialite: pédiatrie", RPPS]])
def test_doctors_without_name_or_number_are_nobody_that_a_check_could_find(said: list[str]) -> None:
    one = candidature(doctors(*said))
    assert one.doctors is not None
    assert are_unnamed(one.doctors) == all(each.startswith("specialite") for each in said)
    assert not are_unnamed(one.doctors) or [*check_doctors(one), *check_reference(one)] == []


def test_without_doctors_nobody_is_counted_twice() -> None:
    assert list(check_doctors(candidature())) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([f"nom: E F, {RPPS}"], [f"nom: G H, {RPPS}"], ["Le même médecin est promis à A-1 et A-2 (même numéro RPPS)."]),
        (["nom: E F"], [f"nom: F E, {RPPS}"], ["Le même médecin est promis à A-1 et A-2 (même nom)."]),
        ([f"nom: E F, {RPPS}"], [f"nom: E F, {ANOTHER}"], []),
        (["nom: E F", "nom: G H"], ["nom: G H", "nom: E F"], [BOTH]),
        (["nom: E F"], ["nom: G H"], []),
        (["specialite: pédiatrie"], ["specialite: pédiatrie"], []),
    ],
)  # fmt: skip
def test_a_doctor_promised_to_several_candidatures_is_told(
    one: list[str], other: list[str], expected: list[str]
) -> None:
    files = [f"{applicant('Foix')}, {doctors(*one)}", f"{applicant('Pamiers')}, {doctors(*other)}"]
    assert told(*files) == [f"doctor-promised-twice {each}" for each in expected]


def test_versions_of_one_candidature_may_promise_the_same_doctor() -> None:
    assert told(f"{applicant('Foix')}, {doctors('nom: E F')}", f"{applicant('Foix')}, {doctors('nom: E F')}") == []


@pytest.mark.parametrize(("name", "expected"), [("Foix", True), ("Pamiers", False)])
def test_files_hold_versions_where_two_are_of_one_candidature(name: str, expected: bool) -> None:
    found = entries(applicant("Foix"), applicant(name))
    assert holds_versions(found, policy()) is expected
    assert holds_versions(found, policy(), identified(found, policy())) is expected

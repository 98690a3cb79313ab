"""Free texts that come near a word of the policy without being it."""

from __future__ import annotations

import pytest
from tests.scoring.building import candidature, policy

from ami_scoring.findings import Problem, Severity
from ami_scoring.scoring.checks.words import words_check

POLICY = """
facts: [{name: lieu, type: text, label: Lieu}, {name: postes, type: list, label: Postes}]
criteria:
  - id: a
    label: A
    weight: 100
    rule:
      kind: checklist
      items:
        - {label: Partage, points: 50,
           if: {fact: diagnostic.partage_avec, includes_any: [ARS, CPTS, département, professionnels de santé]}}
        - {label: Plan, points: 20, if: {fact: pieces, includes: plan des locaux}}
        - {label: Postes, points: 20, if: {fact: complements.postes, includes: médecin}}
        - {label: Lieu, points: 10, if: {fact: complements.lieu, is: centre-bourg}}
"""


def found(changes: str) -> list[Problem]:
    return list(words_check(policy(POLICY))(candidature(changes)))


def test_what_comes_back_is_judged_the_same_a_long_text_as_a_short_one() -> None:
    check = words_check(policy(POLICY))
    plain = candidature(f"pieces: [délibération, {'un long texte ' * 9}]")
    near = candidature("pieces: [plan des locau]")
    for _ in range(2):
        assert list(check(plain)) == []
        assert [problem.path for problem in check(near)] == [("pieces", 0)]


@pytest.mark.parametrize(
    "changes",
    [
        "",
        "pieces: []",
        "pieces: [Plan des locaux.pdf, plan_des_locaux, plan des locaux du parking, délibération]",
        "diagnostic: {prospective: oui}",
        "diagnostic: {partage_avec: [professionnels de sante, CPAM, commerçants, patients]}",
        "complements: {lieu: CENTRE-BOURG, postes: [Medecin]}",
        "complements: {lieu: hameau, postes: {un: bloc}}",
    ],
)
def test_a_word_of_the_policy_however_spelt_and_what_is_far_from_all_are_no_problem(changes: str) -> None:
    assert found(changes) == []


@pytest.mark.parametrize(
    ("changes", "path", "advice"),
    [
        ("pieces: [devis, plans des locaux]", ("pieces", 1), "« plan des locaux » ?"),
        ("pieces: [lettre du dr Secret et plan des locaux]", ("pieces", 0), "un seul élément par ligne"),
        ("diagnostic: {partage_avec: [ARS Occitanie]}", ("diagnostic", "partage_avec", 0), "« ARS » ?"),
        ("diagnostic: {partage_avec: [Conseil départemental]}", ("diagnostic", "partage_avec", 0), "« département » ?"),
        (
            'diagnostic: {partage_avec: ["ARS, la CPTS de Foix"]}',
            ("diagnostic", "partage_avec", 0),
            "un seul élément par ligne",
        ),
        ("complements: {lieu: centre bourg}", ("complements", "lieu"), "« centre-bourg » ?"),
        ("complements: {postes: [un médecin]}", ("complements", "postes", 0), "« médecin » ?"),
    ],
)
def test_what_comes_near_a_word_is_told_and_never_quoted(
    changes: str, path: tuple[str | int, ...], advice: str
) -> None:
    (problem,) = found(changes)
    assert (problem.code, problem.severity, problem.path) == ("word-not-recognised", Severity.WARNING, path)
    assert advice in str(problem.suggestion).replace("\xa0", " ")
    assert not problem.quoted
    assert "Secret" not in f"{problem.message} {problem.suggestion}"
    assert "il connaît : " in str(problem.message).replace("\xa0", " ")

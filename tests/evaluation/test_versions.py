"""Which version counts, from files to results: what the run says of it, and `validate` with it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
import yaml
from tests.scoring.building import plain, read

from ami_scoring import Evaluation, evaluate
from ami_scoring.evaluation.validation import check_files
from ami_scoring.findings import Finding

POLICY: Final = """
language: 1
call: {title: Appel d'essai, edition: essai, authority: Comité}
facts: [{name: note, type: integer, label: Note, minimum: 0, maximum: 100}, {name: projet, type: text, label: Projet}]
waves: [{id: v1, closes: 2024-06-30}]
eligibility: [{id: type, label: Une commune, require: {fact: porteur.type, is: commune}, if_missing: zero}]
criteria:
  - {id: note, label: Note, weight: 100, rule: {kind: per_unit, fact: complements.note, points: 1, at_most: 100}}
selection: {places: 2, reserve: 1}
"""
JURY: Final = """
total: 150
criteria:
  - {id: note, label: Note, weight: 100, rule: {kind: per_unit, fact: complements.note, points: 1, at_most: 100}}
  - {id: projet, label: Projet, weight: 50, rule: {kind: judgement, on: projet, highest: 50}}
"""


def file(reference: str, day: str, note: int | None, *, kind: str = "commune", more: str = "") -> str:
    told = "" if note is None else f"note: {note}"
    return (
        f"reference: {reference}\ndepose_le: {day}\nporteur: {{nom: Essai, siren: '732829320', type: {kind}}}\n"
        f"implantation: {{communes: [{{code_insee: '09001'}}]}}\ncomplements: {{{told}{more}}}\n"
    )


def run(folder: Path, *files: str, changes: str = "", opinions: str = "") -> tuple[Evaluation, list[str]]:
    """Score files by the policy and say what `validate` finds in them, which must be what the run found."""
    policy, dossiers = folder / "criteria.yaml", folder / "dossiers.yaml"
    data = {**read(POLICY), **(read(changes) or {})}
    policy.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    dossiers.write_text("---\n".join(files), encoding="utf-8")
    heard = [folder / "avis.yaml"] if opinions else []
    for path in heard:
        path.write_text(opinions, encoding="utf-8")
    evaluation = evaluate([dossiers], policy, assessments=heard)
    found = [_told(each) for each in evaluation.findings if each.where.path == str(dossiers)]
    validated = check_files([dossiers], policy, assessments=heard).findings
    assert [_told(each) for each in validated if each.where.path == str(dossiers)] == found
    return evaluation, found


def _told(finding: Finding) -> str:
    return f"{finding.code} {plain(finding.message)}"


def statuses(evaluation: Evaluation) -> dict[str, str]:
    ranked = {one.entry.reference: str(one.status) for one in evaluation.standings}
    return ranked | {str(one.reference): str(one.status) for one in evaluation.set_aside}


def test_an_opinion_awaited_changes_nothing_about_which_version_counts(tmp_path: Path) -> None:
    opinion = "reference: A-1\nassesseur: Juge 1\navis: {projet: {note: 40, motif: lu}}\n"
    two = file("A-1", "2024-06-10", 60), file("A-2", "2024-06-12", 70)
    found = statuses(run(tmp_path, *two, changes=JURY, opinions=opinion)[0])
    assert found["A-1"] == "remplacée"
    assert found["A-2"] not in {"remplacée", "retenue"}


def test_a_later_complete_version_counts_though_it_is_ineligible(tmp_path: Path) -> None:
    two = file("A-1", "2024-06-10", 60), file("A-2", "2024-06-12", 70, kind="autre")
    evaluation, said = run(tmp_path, *two)
    assert statuses(evaluation) == {"A-1": "remplacée", "A-2": "inéligible"}
    assert said == [
        (
            "version-replaced A-1 est remplacée par A-2, déposée le 12 juin 2024, inéligible ; "
            "les deux dossiers ont en commun : porteur, « Code INSEE de la commune principale »."
        )
    ]


def test_a_later_version_that_is_ineligible_and_incomplete_replaces_none(tmp_path: Path) -> None:
    two = file("A-1", "2024-06-10", 60), file("A-2", "2024-06-12", None, kind="autre")
    assert statuses(run(tmp_path, *two)[0]) == {"A-1": "retenue", "A-2": "remplacée"}


def test_versions_of_one_day_are_named_and_none_has_a_place(tmp_path: Path) -> None:
    evaluation, said = run(tmp_path, file("A-9", "2024-06-12", 90), file("A-10", "2024-06-12", 60))
    assert {one.entry.reference: one.rank for one in evaluation.standings} == {"A-9": None, "A-10": None}
    assert "retenue" not in statuses(evaluation).values()
    assert said == [
        (
            "versions-unordered A-10 et A-9 sont des versions d'une même candidature, du même jour (12 juin 2024) : "
            "laquelle est la dernière ?"
        )
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ("", {"A-1": "remplacée", "A-2": "retenue"}),
        ("versions: {identified_by: [reference]}", {"A-1": "retenue", "A-2": "retenue"}),
        ("versions: {identified_by: [porteur, complements.projet]}", {"A-1": "retenue", "A-2": "retenue"}),
    ],
)
def test_several_projects_of_one_applicant_can_be_said(tmp_path: Path, changes: str, expected: dict[str, str]) -> None:
    two = file("A-1", "2024-06-10", 60, more=", projet: A"), file("A-2", "2024-06-12", 40, more=", projet: B")
    evaluation, said = run(tmp_path, *two, changes=changes)
    assert statuses(evaluation) == expected
    assert len(said) == (not changes)


def test_an_incomplete_version_is_told_why_it_does_not_count(tmp_path: Path) -> None:
    _, (said,) = run(tmp_path, file("A-1", "2024-06-10", 60), file("A-2", "2024-06-12", None))
    assert said.startswith(
        "version-replaced A-2 ne compte pas, incomplète : c'est la version complète A-1, déposée le 10 juin 2024, qui "
        "compte ; les deux dossiers ont en commun"
    )


def test_a_version_replaced_by_one_that_is_refused_sets_no_best_value(tmp_path: Path) -> None:
    rule = "{kind: relative, fact: complements.note, best: highest, points: 50}"

    other = file("B-1", "2024-06-10", 50).replace("732829320", "356000000").replace("nom: Essai", "nom: Autre")
    two = file("A-1", "2024-06-10", 100), file("A-2", "2024-06-12", 100, kind="autre")
    criterion = f"{{id: note, label: Note, weight: 50, rule: {rule}}}"
    files = *two, other.replace("09001", "09002")
    evaluation, _ = run(tmp_path, *files, changes=f"total: 50\ncriteria: [{criterion}]")
    (alone,) = evaluation.standings
    assert alone.entry.reference == "B-1"
    assert [alone.card.total, alone.card.low, alone.card.high] == [50, 50, 50]


def test_two_communes_that_cannot_be_read_are_not_one(tmp_path: Path) -> None:
    """Of two projects of one applicant, neither replaces the other because both mistype their commune."""
    first, second = file("A", "2024-05-01", 40), file("B", "2024-05-02", 30)
    evaluation, told = run(tmp_path, first.replace("'09001'", "'9X'"), second.replace("'09001'", "Foix"))
    assert statuses(evaluation) == {"A": "à corriger", "B": "à corriger"}
    said = "Ce qui identifie {} n'est pas établi : rien ne dit si c'est une version d'un autre dossier."
    found = [each for each in told if "code-insee-form" not in each]
    assert found == [f"version-doubtful {said.format(name)}" for name in "AB"]


def test_nothing_is_told_in_common_of_what_cannot_be_read(tmp_path: Path) -> None:
    """Two communes that cannot be read are not one commune, and two names that cannot be are not two names."""
    unread = file("A", "2024-05-01", 40).replace("'09001'", "Foix")
    league = file("B", "2024-05-02", 30, kind="epci").replace("'09001'", "Pamiers").replace("732829320", "356000000")
    other = file("C", "2024-05-03", 20).replace("'09001'", "Mirepoix").replace("nom: Essai", "nom: Essais")
    nameless = file("D", "2024-05-04", 10).replace("nom: Essai", "nom: [Essai]")
    two = "{code_insee: '09002', principale: peut-être}, {code_insee: '09003'}"
    which = file("E", "2024-05-05", 5).replace("{code_insee: '09001'}", two).replace("732829320", "130025265")
    its_own = file("F", "2024-05-05", 5, kind="epci").replace("09001", "09002").replace("siren: '732829320', ", "")
    _, told = run(tmp_path, unread, league, other, nameless, which, its_own.replace("nom: Essai", "nom: Pays"))
    assert [each for each in told if each.startswith(("carried-twice", "applicants-alike", "siren-two-names"))] == [
        "siren-two-names Le SIREN 732829320 est donné sous plusieurs noms : A et C."
    ]


@pytest.mark.parametrize("other", ["111111119", "732829320"], ids=["two refused", "one refused"])
def test_a_siren_that_is_refused_is_not_one_that_was_never_given(other: str, tmp_path: Path) -> None:
    """Of two candidatures of one name, neither replaces the other while the SIREN of one cannot be read."""
    first = file("A", "2024-05-01", 40).replace("732829320", "732829321")
    second = file("B", "2024-05-02", 30).replace("732829320", other)
    evaluation, told = run(tmp_path, first, second)
    assert "remplacée" not in statuses(evaluation).values()
    said = "version-doubtful Ce qui identifie A n'est pas établi : rien ne dit si c'est une version d'un autre dossier."
    assert said in told

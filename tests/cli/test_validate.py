"""`ami validate`: everything that is wrong in criteria and candidatures, at once, where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from ami_scoring.cli.exit_codes import ExitCode

from .door import CRITERIA, Ami, Apply, Write


def test_by_default_the_criteria_of_the_folder_are_checked(ami: Ami) -> None:
    ran = ami("validate")
    assert (ran.code, ran.err) == (ExitCode.DONE, "")
    assert "rien à corriger" in ran.out


def test_every_problem_is_listed_with_place_excerpt_and_suggestion(ami: Ami, apply: Apply, write: Write) -> None:
    apply("A-1", more="locaux: {bureau: 2, surface_m2: grande}\n")
    apply("A-2")
    write("candidatures/c.yaml", "reference: [\n")
    ran = ami("validate", "candidatures")
    assert ran.code == ExitCode.INPUT_ERRORS
    out = ran.out.replace("\u00a0", " ")
    assert "candidatures/A-1.yaml:5:10: erreur unknown-key « bureau » n'est pas une clé connue ici.\n" in out
    assert "    locaux: {bureau: 2, surface_m2: grande}\n             ^\n    → Vouliez-vous dire « bureaux » ?\n" in out
    assert "candidatures/A-1.yaml:5:33: erreur number-expected « grande » n'est pas un nombre.\n" in out
    assert "candidatures/c.yaml:" in out
    assert "3 candidatures" in out
    assert "3 erreurs" in out


def test_broken_criteria_do_not_hide_what_is_wrong_in_candidatures(ami: Ami, apply: Apply, write: Write) -> None:
    write("criteria.yaml", CRITERIA.replace("fact: zonage", "fact: zonnage"))
    apply("A-1", more="locaux: {bureaux: deux}\n")
    ran = ami("validate", "criteria.yaml", "candidatures")
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "unknown-fact" in ran.out
    assert "number-expected" in ran.out


@pytest.mark.parametrize(
    "content", ["", "[", "bonjour", "language: 1\n", "language: 2\n", "criteria: {}\n", "waves: 3\n"]
)
def test_criteria_of_any_form_end_in_findings(content: str, ami: Ami, write: Write) -> None:
    write("criteria.yaml", content)
    ran = ami("validate")
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "criteria.yaml" in ran.out
    assert "Traceback" not in ran.said


def test_criteria_that_are_absent_are_told(ami: Ami) -> None:
    Path("criteria.yaml").unlink()
    ran = ami("validate")
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "criteria.yaml: erreur unreadable-file Ce fichier n'existe pas, ou n'existe plus.\n" in ran.out


def test_the_findings_of_validate_are_those_of_score(ami: Ami, apply: Apply) -> None:
    apply("A-1", code="31999")
    apply("A-2", more="locaux: {bureaux: deux}\n")
    told = ami("validate", "candidatures").out.splitlines()
    scored = ami("score", "candidatures").err.splitlines()
    assert [line for line in told if "avertissement" in line or "erreur " in line][:2] == [
        line for line in scored if "avertissement" in line or "erreur " in line
    ][:2]

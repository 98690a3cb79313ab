"""`ami validate`: everything that is wrong in criteria and candidatures, at once, where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from ami_scoring.cli.exit_codes import ExitCode

from .door import CRITERIA, Ami, Apply, Write


def test_by_default_the_criteria_of_the_folder_are_checked(ami: Ami) -> None:
    ran = ami("validate")
    assert (ran.code, ran.err) == (ExitCode.DONE, "")
    assert ran.out.endswith("Lus : 1 fichier de critères ; aucune erreur, 4 avertissements à examiner.\n")


ROOMS = "{kind: per_unit, fact: locaux.bureaux, points: 5, at_most: 20}"
NOTED = "{kind: relative, fact: locaux.surface_m2, best: highest, points: 20}"
SOUND = (
    CRITERIA.replace("    label: Zonage", "    label: Zonage\n    examples: [{given: {zonage: ZIP}, points: 30}]")
    .replace("    label: Bureaux", "    label: Bureaux\n    examples: [{given: {locaux.bureaux: 1}, points: 5}]")
    .replace("    if_missing:", "    reference: Vote\n    if_missing:")
)
"""The criteria of the call, without anything to look at."""


@pytest.mark.parametrize(
    ("mistakes", "doubts", "options", "verdict"),
    [
        (0, 1, [], "aucune erreur, 1 avertissement à examiner."),
        (0, 2, [], "aucune erreur, 2 avertissements à examiner."),
        (1, 0, [], "1 erreur à corriger."),
        (2, 1, [], "2 erreurs à corriger, 1 avertissement à examiner."),
        (1, 1, ["--strict"], "2 constats à corriger."),
        (0, 1, ["--strict"], "1 constat à corriger."),
        (0, 0, ["--strict"], "rien à corriger."),
    ],
)
def test_the_closing_line_counts_what_is_to_mend_and_what_is_to_look_at(
    mistakes: int, doubts: int, options: list[str], verdict: str, ami: Ami, apply: Apply, write: Write
) -> None:
    write("criteria.yaml", SOUND)
    apply("A-1")
    for number in range(mistakes):
        apply(f"E-{number}", more="locaux: {bureaux: deux}\n")
    for number in range(doubts):
        apply(f"D-{number}", code="09999")
    assert ami("validate", "candidatures", *options).out.splitlines()[-1].endswith(f" ; {verdict}")


def test_a_note_alone_leaves_nothing_to_mend(ami: Ami, write: Write) -> None:
    without_example = SOUND.replace("    examples: [{given: {locaux.bureaux: 1}, points: 5}]\n", "")
    write("criteria.yaml", without_example.replace(ROOMS, NOTED))
    assert ami("validate").out.endswith("1 note\nLus : 1 fichier de critères ; rien à corriger.\n")


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
    scored = ami("score", "candidatures", "--findings").err.splitlines()
    assert [line for line in told if "avertissement" in line or "erreur " in line][:2] == [
        line for line in scored if "avertissement" in line or "erreur " in line
    ][:2]


JUDGED = CRITERIA.replace("total: 50", "total: 55").replace(
    "selection:",
    "  - {id: projet, label: Projet, weight: 5, rule: {kind: judgement, on: projet, highest: 5}}\nselection:",
)


@pytest.mark.parametrize(
    ("reference", "opinion", "code"),
    [
        ("A-1", "projet: {note: 8, motif: Lu}", "mark-off-scale"),
        ("A-1", "budget: {note: 3, motif: Lu}", "unknown-subject"),
        ("A-7", "projet: {note: 3, motif: Lu}", "unknown-reference"),
    ],
)
def test_the_marks_of_assessors_are_checked(
    reference: str, opinion: str, code: str, ami: Ami, apply: Apply, write: Write
) -> None:
    apply("A-1")
    write("criteria.yaml", JUDGED)
    write("candidatures/avis/a.yaml", f"{{reference: {reference}, assesseur: C, avis: {{{opinion}}}}}")
    ran = ami("validate", "criteria.yaml", "candidatures", "-a", "candidatures/avis")
    assert [line for line in ran.out.splitlines() if "a.yaml" in line and code in line]
    assert "unknown-key" not in ran.out
    assert "1 candidature ;" in ran.out


def test_marks_wait_for_criteria_that_hold(ami: Ami, apply: Apply, write: Write) -> None:
    apply("A-1")
    write("criteria.yaml", JUDGED.replace("total: 55", "total: 56"))
    write("avis.yaml", "{reference: A-1, assesseur: C, avis: {projet: {note: 8, motif: Lu}}}")
    ran = ami("validate", "criteria.yaml", "candidatures", "-a", "avis.yaml")
    assert "weights-sum" in ran.out
    assert "mark-off-scale" not in ran.out


def test_the_folder_of_a_call_is_read_whole(ami: Ami, apply: Apply, write: Write) -> None:
    apply("A-1")
    write("ancien/bareme.yaml", CRITERIA.replace("total: 50", "total: 51"))
    ran = ami("validate", ".")
    assert "ancien/bareme.yaml" in ran.out
    assert "weights-sum" in ran.out
    assert "unknown-key" not in ran.out
    assert "Lus : 2 fichiers de critères et 1 candidature" in ran.out


def test_what_was_read_counts_the_file_of_verifications(ami: Ami, apply: Apply, write: Write) -> None:
    apply("A-1")
    write("criteria.yaml", f"verified: v.csv\n{CRITERIA}")
    write("v.csv", "reference;donnee;valeur;par;le;source\n")
    assert "Lus : 1 fichier de critères, 1 candidature et 1 fichier de vérifications ; " in ami("validate", ".").out
    Path("v.csv").unlink()
    assert "Lus : 1 fichier de critères et 1 candidature ; " in ami("validate", "candidatures").out


def test_a_folder_that_holds_the_only_criteria_needs_no_others(ami: Ami, apply: Apply) -> None:
    apply("A-1")
    Path("candidatures/bareme.yaml").write_text(Path("criteria.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    Path("criteria.yaml").unlink()
    Path("zonage.csv").replace("candidatures/zonage.csv")
    assert "Lus : 1 fichier de critères et 1 candidature ; aucune erreur" in ami("validate", "candidatures").out


@pytest.mark.parametrize("command", ["validate", "score"])
def test_criteria_and_results_kept_beside_candidatures_are_no_candidature(
    command: str, ami: Ami, apply: Apply, write: Write
) -> None:
    apply("A-1")
    write("candidatures/resultat.json", ami("score", "candidatures", "-f", "json").out)
    write("candidatures/bareme.yaml", CRITERIA)
    write("candidatures/zonage.csv", Path("zonage.csv").read_text(encoding="utf-8"))
    ran = ami(command, "candidatures", *(["--findings"] if command == "score" else []))
    assert ran.code == ExitCode.DONE
    assert "c'est un classement écrit par ce programme, et non une candidature" in ran.said
    assert ("c'est un fichier de critères, et non une candidature" in ran.said) is (command == "score")


def test_rules_that_compare_candidatures_are_no_fault_in_strict_mode(ami: Ami, write: Write) -> None:
    rule = "{kind: relative, fact: locaux.bureaux, best: highest, points: 5}"
    write(
        "criteria.yaml",
        CRITERIA.replace("total: 50", "total: 55").replace(
            "selection:",
            f"  - {{id: r, label: Places, weight: 5, reference: Article 1, rule: {rule},\n"
            "     examples: [{given: {locaux.bureaux: 2, groupe.highest.locaux.bureaux: 5}, points: 2}]}\nselection:",
        ),
    )
    ran = ami("validate", "criteria.yaml")
    assert "note pool-relative" in ran.out
    assert "avertissement pool-relative" not in ran.out


def test_mistakes_in_the_facts_of_the_call_are_told_with_all_the_others(ami: Ami, apply: Apply, write: Write) -> None:
    write("criteria.yaml", CRITERIA + "facts: [{name: postes, type: integer, label: Postes}]\n")
    apply("A-1", more="locaux: {bureaux: deux}\ncomplements: {postes: trois, poste: 2}\n")
    write("candidatures/b.yaml", "reference: A-2\ncomplements: trois\n")
    ran = ami("validate", "candidatures")
    told = [line for line in ran.out.splitlines() if "A-1.yaml" in line]
    assert sum("number-expected" in line for line in told) == 2
    assert sum("unknown-key" in line for line in told) == 1


@pytest.mark.parametrize(
    ("files", "arguments", "said"),
    [
        ({"a.yaml": ""}, ["a.yaml", "-c", "absent.yaml"], "Rien n'a pu être lu ; 2 erreurs"),
        ({"a.yaml": ""}, ["a.yaml"], "Lus : 1 fichier de critères ; 1 erreur"),
        ({"a.yaml": "reference: ["}, ["a.yaml"], "Lus : 1 fichier de critères et 1 candidature ; 1 erreur"),
        ({"a.yaml": "reference: ["}, ["a.yaml", "-c", "absent.yaml"], "Lue : 1 candidature ; 2 erreurs"),
        ({"criteria.yaml": "language: ["}, [], "Lus : 1 fichier de critères ; 1 erreur"),
        ({"criteria.yaml": ""}, [], "Rien n'a pu être lu ; 1 erreur"),
    ],
    ids=["neither", "an empty candidature", "a malformed one", "no criteria", "malformed criteria", "empty criteria"],
)
def test_a_file_that_is_missing_or_empty_is_not_said_to_be_read(
    files: dict[str, str], arguments: list[str], said: str, ami: Ami, write: Write
) -> None:
    for name, content in files.items():
        write(name, content)
    assert f"\n{said} à corriger" in ami("validate", *arguments).out


def test_criteria_whose_zoning_table_is_missing_are_read(ami: Ami, call: Path) -> None:
    (call / "zonage.csv").unlink()
    assert "Lus : 1 fichier de critères ; " in ami("validate").out

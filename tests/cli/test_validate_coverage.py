"""`ami validate --coverage`: what no example exercises, and examples that can be pasted as they are."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from ami_scoring.cli.exit_codes import ExitCode

from .door import CRITERIA, Ami, Write

ROOT = Path(__file__).parents[2]
FILES = [ROOT / "criteria.yaml", ROOT / "samples/autre-appel/criteria.yaml", *ROOT.glob("examples/*/criteria.yaml")]
HEADER = re.compile(r"( *)# (.*) : (à la suite|à la place|à ajouter).*?(?:\(ligne (\d+)\))?")
NEVER = {
    "carte-rouge-blanc-rouge": {
        f"« {label} » : aucun des cas prévus"
        for label in ("Qualification", "Expérience professionnelle", "Langues", "Âge")
    },
    "creche-pessac": {"« Situation de fragilité » : règle 1, ligne 1, aucune tranche"},
    "festivals-de-village": {"« Communes qui accueillent » : aucune tranche"},
    "mutations-second-degre": {
        "« Ancienneté de service (échelon) » : ligne 1, règle 1, aucune tranche",
        "« Ancienneté de service (échelon) » : aucun des cas prévus",
        "« Rapprochement de conjoints » : ligne 1, règle 1, non",
    },
    "vergers-de-village": {"« Arbres plantés » : plafond de 60", "« Variétés anciennes » : plafond de 40"},
    "stagiaires-second-degre": {"« Rang de classement au concours, par décile » : aucun des cas prévus"},
}
"""What no candidature can do, by folder: rows that leave nothing to `otherwise`, parts that their row rules out."""


def covered(ami: Ami, path: Path) -> dict[str, Any]:
    ran = ami("validate", path, "--coverage", "--format", "json")
    assert ran.code == ExitCode.DONE, ran.out
    (one,) = json.loads(ran.out)["coverage"]
    return dict(one)


def paste(text: str, shown: str) -> str:
    """Paste the blocks shown as a reader would, the last first so that lines keep their numbers."""
    blocks = [block.split("\n") for block in re.split(r"\n\n(?= *# )", shown.strip("\n"))[1:]]
    lines = text.split("\n")
    for block in reversed(blocks):
        header = HEADER.fullmatch(block[0])
        assert header, block[0]
        new, how = block[1:], header[3]
        if header[4] is None:
            lines += new
            continue
        at = int(header[4]) - 1
        if how == "à la place":
            lines = _without_list(lines, at, len(header[1]))
            lines[at:at] = new
        elif "{" in lines[at].split("id:")[0]:
            lines[at] = lines[at].replace("{", f"{{{new[0].strip()}, ", 1)
        else:
            lines[at + 1 : at + 1] = new
    return "\n".join(lines)


def _without_list(lines: list[str], at: int, indent: int) -> list[str]:
    last = at
    while "\n".join(lines[at : last + 1]).count("[") > "\n".join(lines[at : last + 1]).count("]"):
        last += 1
    assert lines[at][indent:].startswith("examples: [")
    return lines[:at] + lines[last + 1 :]


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.parent.name)
def test_examples_pasted_as_shown_leave_nothing_out_but_what_is_told(file: Path, ami: Ami, call: Path) -> None:
    if file.parent == ROOT:
        for table in ROOT.glob("samples/*.csv"):
            (call / "samples").mkdir(exist_ok=True)
            shutil.copy(table, call / "samples")
    for table in file.parent.glob("*.csv"):
        shutil.copy(table, call)
    Path("criteria.yaml").write_bytes(file.read_bytes())
    before = covered(ami, Path("criteria.yaml"))
    shown = ami("validate", "--coverage").out
    Path("criteria.yaml").write_text(paste(file.read_text(encoding="utf-8"), shown), encoding="utf-8")
    after = covered(ami, Path("criteria.yaml"))
    told = {each["what"] for each in before["untried"] if each["out_of_reach"]}
    assert told == NEVER.get(file.parent.name, set())
    assert {each["what"] for each in after["untried"]} == told
    assert after["exercised"] == before["branches"] - len(told)
    assert after["additions"] == []


SMALL = """\
language: 1
call: {title: Appel, edition: essai, authority: Comité}
total: 20
facts: [{name: mot, type: text, label: "Mot, libre"}, {name: a, type: integer, label: A, minimum: 0, maximum: 9}]
waves: [{id: v1, closes: 2022-09-30}]
criteria:
  - {id: mot, label: Mot, weight: 10, rule: {kind: lookup, fact: complements.mot, points: {"a, b": 10}, otherwise: 0}}
  - id: a
    label: A
    weight: 10
    rule: {kind: per_unit, fact: complements.a, points: 4/3, at_most: 10}
    examples:
    - {given: {complements.a: 9}, points: 10}
selection: {places: 1}
"""


def test_what_is_left_out_is_told_then_what_to_paste(ami: Ami, write: Write) -> None:
    write("criteria.yaml", SMALL)
    ran = ami("validate", "--coverage")
    assert ran.code == ExitCode.DONE
    assert ran.out.partition("à examiner.\n")[2] == (
        "\n"
        "criteria.yaml : branches exercées par un exemple : 1 sur 5.\n"
        "Sans exemple :\n"
        "  criteria.yaml:7:100 « Mot » : a, b\n"
        "  criteria.yaml:7:116 « Mot » : toute autre valeur\n"
        "  criteria.yaml:11:11 « A » : aucune tranche\n"
        "  criteria.yaml:11:11 « A » : des tranches\n"
        "Exemples à ajouter, avec ce que donne le barème ; vérifiez que c'est ce que vous avez voulu :\n"
        "\n"
        "    # « mot » : à ajouter (ligne 7)\n"
        '    examples: [{given: {complements.mot: "a, b"}, points: 10}, {given: {complements.mot: autre}, points: 0}]\n'
        "\n"
        "    # « a » : à la suite de ses exemples (ligne 12)\n"
        "    - {given: {complements.a: 0}, points: 0}\n"
        "    - {given: {complements.a: 1}, points: 4/3}\n"
    )


def test_what_is_pasted_between_braces_validates(ami: Ami, write: Write) -> None:
    write("criteria.yaml", SMALL)
    write("criteria.yaml", paste(SMALL, ami("validate", "--coverage").out))
    assert "branches exercées par un exemple : 5 sur 5.\n" in ami("validate", "--coverage").out


def test_coverage_changes_neither_findings_nor_exit_code(ami: Ami, write: Write) -> None:
    write("criteria.yaml", SMALL.replace("points: 10}\nselection", "points: 9}\nselection"))
    plain, with_coverage = ami("validate"), ami("validate", "--coverage")
    assert plain == with_coverage
    assert plain.code == ExitCode.INPUT_ERRORS
    ran = ami("validate", "--coverage", "--format", "json")
    assert json.loads(ran.out)["coverage"] == []
    assert "coverage" not in json.loads(ami("validate", "--format", "json").out)


def test_each_file_of_criteria_is_measured_and_one_with_an_error_left_out(ami: Ami, write: Write) -> None:
    write("criteria-2023.yaml", SMALL)
    write("criteria-2024.yaml", SMALL.replace("total: 20", "total: 21"))
    ran = ami("validate", "criteria.yaml", "criteria-2023.yaml", "criteria-2024.yaml", "--coverage", "-f", "json")
    assert [each["path"] for each in json.loads(ran.out)["coverage"]] == ["criteria.yaml", "criteria-2023.yaml"]


def test_the_json_gives_places_and_examples_as_data(ami: Ami, write: Write) -> None:
    write("criteria.yaml", SMALL)
    one = covered(ami, Path("criteria.yaml"))
    first = one["untried"][0]
    assert (first["what"], first["line"], first["column"], first["out_of_reach"]) == ("« Mot » : a, b", 7, 100, False)
    addition = one["additions"][1]
    assert (addition["criterion"], addition["line"], addition["replaces"]) == ("a", 12, False)
    assert addition["examples"] == [
        {"given": {"complements.a": "0"}, "points": "0"},
        {"given": {"complements.a": "1"}, "points": "4/3"},
    ]


def test_with_a_file_to_write_the_screen_keeps_the_coverage_for_a_person(ami: Ami, write: Write) -> None:
    write("criteria.yaml", SMALL)
    ran = ami("validate", "--coverage", "--format", "json", "--output", "rapport.json")
    assert "branches exercées par un exemple : 1 sur 5." in ran.out
    assert json.loads(Path("rapport.json").read_text(encoding="utf-8"))["coverage"][0]["exercised"] == 1
    ami("validate", "--coverage", "--output", "rapport.txt")
    assert "sur 5." in Path("rapport.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["github", "gitlab", "junit", "sarif"])
def test_coverage_is_for_people_and_programs_not_for_a_server_of_findings(kind: str, ami: Ami) -> None:
    ran = ami("validate", "--coverage", "--format", kind)
    assert ran.code == ExitCode.USAGE
    assert "l'option --coverage s'écrit au format text ou json." in ran.err


def test_nothing_of_a_file_can_steer_the_terminal(ami: Ami, write: Write) -> None:
    write("criteria.yaml", CRITERIA.replace("label: Bureaux", 'label: "Bureaux\\x1b[31m"'))
    assert "\x1b" not in ami("validate", "--coverage").out


def test_a_list_between_brackets_is_written_again_with_what_it_held(ami: Ami, write: Write) -> None:
    held = "examples: [{given: {complements.a: 9, complements.mot: ~}, points: 10}]"
    rule = "rule: {kind: best_of, rules: [{kind: per_unit, fact: complements.a, points: 4/3, at_most: 10}, "
    rule += "{kind: lookup, fact: complements.mot, points: {deux: 2}, otherwise: 0}]}\n"
    start, _, end = SMALL.partition("    rule: {kind: per_unit")
    write("criteria.yaml", f"{start}    {rule}    {held}\n{end[end.index('selection') :]}")
    assert (
        "    # « a » : à la place de ses exemples (ligne 12)\n"
        "    examples:\n"
        "      - {given: {complements.a: 9, complements.mot: null}, points: 10}\n"
    ) in ami("validate", "--coverage").out

"""`ami robustness`: how sure the list is, on a terminal, in Markdown and in JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.reports.robustness import robustness_schema

from .door import CRITERIA, Ami, Apply, Write

JUDGED = CRITERIA.replace("total: 50", "total: 60").replace(
    "selection:",
    "  - {id: avis, label: Avis, weight: 10, if_missing: zero, rule: {kind: judgement, on: projet, highest: 10}}\n"
    "selection:",
)
COMPARED = CRITERIA.replace(
    "rule: {kind: per_unit, fact: locaux.bureaux, points: 5, at_most: 20}",
    "rule: {kind: relative, fact: locaux.bureaux, best: highest, points: 20}",
)
VALIDATOR = Draft202012Validator(json.loads(robustness_schema()))


@pytest.fixture
def three(apply: Apply) -> None:
    """Three candidatures: A-1 leads by its zone, A-2 by its rooms, A-3 has neither."""
    apply("A-1", code="09001", more="locaux: {bureaux: 1}\n")
    apply("A-2", code="09002", more="locaux: {bureaux: 3}\n")
    apply("A-3", code="31001", more="locaux: {bureaux: 1}\n")


def study(ami: Ami, *arguments: str | Path) -> Any:
    """Give the study as JSON; whatever is asked, it follows the published schema."""
    ran = ami("robustness", "candidatures", "-c", "criteria.yaml", "-f", "json", *arguments)
    assert ran.code == ExitCode.DONE, ran.err
    found = json.loads(ran.out)
    assert [error.message for error in VALIDATOR.iter_errors(found)] == []
    return found["robustness"]


def flat(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def test_the_answers_come_as_sentences(ami: Ami, three: None) -> None:
    ran = ami("robustness", "candidatures", "--pair", "a-2", "A-1")
    assert ran.code == ExitCode.DONE
    said = flat(ran.out)
    # A-1 has 30 + 5, A-2 18 + 15: a gap of 2, that 2/(0,4 + 0,5) points of weight close.
    assert "La liste tient pour tous les poids à moins de ±2,2 points des poids votés." in said
    assert "entre A-2, sort A-1" in said
    assert "2,3 points déplacés de « Zonage » vers « Bureaux » suffisent pour que A-2 passe devant A-1" in said
    assert "A-1 précède A-2 de 2 points" in said
    assert "exactement 4/9" in said
    assert "« Nombre de bureaux de consultation » vaut 3 ; si c'était 4" in said


def test_json_is_exact(ami: Ami, three: None) -> None:
    found = study(ami)
    assert found["schema"] == 1
    assert found["holds_within"] == "20/9"
    assert found["margin"]["change"] == {
        "enters": ["A-2"],
        "leaves": ["A-1"],
        "weights": found["margin"]["change"]["weights"],
    }
    assert found["transfer"]["exchange"] == {
        "points": "20/9",
        "from": [{"criterion": "zonage", "points": "20/9"}],
        "to": "bureaux",
    }
    assert found["one_weight"][0]["low"]["at"] == "250/9"
    assert found["every_weighting"]["seed"] == "ami"
    assert found["every_weighting"]["candidatures"][0]["mean_rank"] == "14/9"
    assert found["region"] is None


def test_the_same_command_gives_the_same_bytes_and_another_seed_other_draws(ami: Ami, three: None) -> None:
    assert study(ami) == study(ami)
    assert study(ami)["every_weighting"] != study(ami, "--seed", "2")["every_weighting"]


def test_markdown_has_its_tables(ami: Ami, three: None, tmp_path: Path) -> None:
    ran = ami("robustness", "candidatures", "-o", "solidite.md", "-o", "solidite.txt", "-o", "solidite.json")
    assert ran.code == ExitCode.DONE
    text = Path("solidite.md").read_text(encoding="utf-8")
    assert "### La liste tient-elle ?" in text
    assert "| Critère | Poids voté | De | À | En dessous | Au-dessus |" in text
    assert json.loads(Path("solidite.json").read_text(encoding="utf-8"))["robustness"]["kept"] == ["A-1"]
    assert "├" in Path("solidite.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("asked", "always", "depends"),
    [
        (["--weights-within", "5%"], ["A-1"], []),
        (["--weights-within", "3"], [], ["A-1", "A-2"]),
        (["--weights-within", "2,2 points"], ["A-1"], []),
        (["--order", "zonage >= bureaux"], [], ["A-1", "A-2"]),
        (["--order", "bureaux ≥ zonage"], ["A-2"], []),
        (["--order", "zonage >= bureaux", "--weights-within", "5%"], ["A-1"], []),
        (["--order", "bureaux >= zonage", "--weights-within", "50%"], ["A-2"], []),
    ],
)
def test_bounds_and_orders_of_weights_give_verdicts(
    ami: Ami, three: None, asked: list[str], always: list[str], depends: list[str]
) -> None:
    found = study(ami, *asked)["region"]["candidatures"]
    assert [name for name, verdict in found.items() if verdict == "always"] == always
    assert [name for name, verdict in found.items() if verdict == "depends"] == depends


def test_verdicts_are_shown_on_a_terminal_too(ami: Ami, three: None) -> None:
    said = flat(ami("robustness", "candidatures", "--weights-within", "5%").out)
    assert "toujours retenue" in said
    assert "jamais retenue" in said


def test_equals_at_the_cut_are_the_question(ami: Ami, apply: Apply, write: Write) -> None:
    write("criteria.yaml", CRITERIA.replace("ZAC: 18", "ZAC: 20"))
    apply("B-1", code="09001", more="locaux: {bureaux: 1}\n")
    apply("B-2", code="09002", more="locaux: {bureaux: 3}\n")
    found = study(ami)
    assert found["holds_within"] == "0"
    said = flat(ami("robustness", "candidatures").out)
    assert "La question est cette égalité, non les poids." in said


def test_where_people_decide_of_every_place_there_is_no_list_to_change(ami: Ami, three: None, write: Write) -> None:
    write("criteria.yaml", CRITERIA.replace("places: 1, reserve: 1", "decides_from: never"))
    assert study(ami)["headline"] == [
        "La note ne décide d'aucune place : le comité délibère ; d'autres poids ne changent que les rangs."
    ]
    said = flat(ami("robustness", "candidatures").out)
    assert "Toutes les pondérations" in said
    for title in ("Le plus petit déplacement", "Un poids à la fois", "Une réponse fausse d'un pas", "Retenue"):
        assert title not in said


def test_each_assessor_is_left_out_in_turn_and_never_named(ami: Ami, three: None, write: Write) -> None:
    write("criteria.yaml", JUDGED)
    for name, reference, mark, conflict in (
        ("Ana", "A-2", 10, "non"),
        ("Bob", "A-1", 1, "non"),
        ("Bob", "A-2", 8, "non"),
        ("Cid", "A-3", 8, "oui"),
    ):
        opinion = f"avis: {{projet: {{note: {mark}, motif: Lu}}}}\n"
        text = f"reference: {reference}\nassesseur: {name}\nconflit: {conflict}\n{opinion}"
        write(f"avis/{name}-{reference}.yaml", text)
    assert study(ami, "-a", "avis")["assessors"]["excluded_for_conflict"] == 1
    ran = ami("robustness", "candidatures", "-a", "avis")
    said = flat(ran.out)
    assert "Assesseurs écartés tour à tour : 3" in said
    assert "Avis déjà écartés pour conflit d'intérêts : 1." in said
    assert "Ana" not in ran.said


def test_rules_that_compare_candidatures_are_tried_without_each(ami: Ami, apply: Apply, write: Write) -> None:
    write("criteria.yaml", COMPARED)
    apply("A-1", code="09001", more="locaux: {bureaux: 1}\n")
    apply("A-2", code="09002", more="locaux: {bureaux: 4}\n")
    apply("A-3", code="31001", more="locaux: {bureaux: 9}\n")
    assert study(ami, "--pair", "A-1", "A-2")["removals"]["tried"] == 3
    said = flat(ami("robustness", "candidatures").out)
    assert "Le retrait d'une candidature reclasse les autres dans" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--weights-within", "beaucoup"], "--weights-within attend"),
        (["--weights-within", "5%", "--order", "bureaux >= zonage"], "aucun partage des poids n'est tel que"),
        (["--draws", "100001"], "--draws : il faut au plus 100000."),
        (["--order", "zonage"], "--order attend des critères distincts"),
        (["--order", "zonage >= locaux"], "aucun critère à peser ne s'appelle « locaux »"),
        (["--pair", "A-1", "A-9"], "aucune candidature classée ne porte la référence « A-9 »"),
        (["--seed", " "], "--seed : la valeur donnée est vide"),
        (["-o", "x.xlsx"], "n'est pas un format de cette étude"),
        (["-o", "A-1.yaml"], "n'est pas un format de cette étude"),
    ],
)
def test_what_cannot_be_asked_is_told(ami: Ami, three: None, arguments: list[str], said: str) -> None:
    ran = ami("robustness", "candidatures", *arguments)
    assert ran.code == ExitCode.USAGE
    assert said in flat(ran.err)


def test_weightings_are_drawn_as_asked(ami: Ami, three: None) -> None:
    found = study(ami, "--draws", "1000")["every_weighting"]
    assert found["drawn"] >= 1000
    assert sum(found["candidatures"][0]["ranks"].values()) == found["drawn"]
    assert study(ami, "--draws", "0")["every_weighting"] is None
    said = flat(ami("robustness", "candidatures", "--draws", "0").out)
    assert "Aucune pondération n'a été tirée pour 3 candidatures classées" in said


def test_without_numpy_the_counts_are_the_same_and_the_wait_is_explained(
    ami: Ami, three: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_it = study(ami, "--draws", "500")
    monkeypatch.setitem(sys.modules, "numpy", None)
    monkeypatch.setattr("ami_scoring.cli.robustness.MANY_TOTALS", 1_000)
    ran = ami("robustness", "candidatures", "-f", "json", "--draws", "500")
    assert json.loads(ran.out)["robustness"] == with_it
    assert "NumPy n'est pas installé" in flat(ran.err)


def test_numpy_is_not_loaded_unless_weightings_are_asked_for(ami: Ami, three: None) -> None:
    command = (sys.executable, "-X", "importtime", "-m", "ami_scoring", "robustness", "candidatures")
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "ami_scoring.scoring.robustness" in ran.stderr
    assert "numpy" not in ran.stderr


def test_boundaries_are_told_and_written(ami: Ami, three: None) -> None:
    said = flat(ami("robustness", "candidatures").out)
    assert "« Nombre de bureaux de consultation » vaut 1 : 1 de plus, « Bureaux » gagne 5 points" in said
    found = study(ami)["boundaries"]
    assert {"reference": "A-1", "fact": "locaux.bureaux", "was": "1", "would_be": "2", "days": None} | {
        "gains": {"bureaux": "5"}
    } in found

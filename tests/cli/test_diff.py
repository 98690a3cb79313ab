"""`ami diff`: what changed in the rules, who enters, who leaves, who moves, and which change causes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ami_scoring.cli.exit_codes import ExitCode

from .door import CRITERIA, ZONING, Ami, Apply, Write

ROOMS = CRITERIA.replace("points: {ZIP: 30, ZAC: 18}", "points: {ZIP: 10, ZAC: 10}")


@pytest.fixture
def three(apply: Apply) -> None:
    """Three candidatures: A-1 leads by its zone, A-2 by its rooms, A-3 has neither."""
    apply("A-1", code="09001")
    apply("A-2", code="09002", more="locaux: {bureaux: 2}\n")
    apply("A-3", code="31001", more="locaux: {bureaux: 1}\n")


def test_equal_policies_have_nothing_to_tell(ami: Ami, write: Write) -> None:
    write("nouveau.yaml", CRITERIA)
    ran = ami("diff", "criteria.yaml", "nouveau.yaml")
    assert (ran.code, ran.out) == (
        ExitCode.DONE,
        "De criteria.yaml à nouveau.yaml\n\nAucun changement de règle.\n",
    )


def test_changes_are_told_in_words(ami: Ami, write: Write) -> None:
    write("nouveau.yaml", ROOMS.replace("places: 1", "places: 2"))
    assert ami("diff", "criteria.yaml", "nouveau.yaml").out == (
        "De criteria.yaml à nouveau.yaml\n\n"
        "Critère « Zonage »\n"
        "  Règle, Points par valeur, « ZIP » : 30 → 10\n"
        "  Règle, Points par valeur, « ZAC » : 18 → 10\n"
        "Sélection, nombre de places\n"
        "  Nombre de places : 1 → 2\n"
    )


@pytest.mark.usefixtures("three")
def test_with_candidatures_each_move_has_its_cause(ami: Ami, write: Write) -> None:
    write("nouveau.yaml", ROOMS)
    _, _, moves = ami("diff", "criteria.yaml", "nouveau.yaml", "candidatures").out.partition("\n\nEntrent")
    assert moves == (
        " (1)\n"
        "  A-2 Commune de A-2 : rang 2 → 1, total 28,00 → 20,00, réserve → retenue\n"
        "    Critère « Zonage » : rang 2 → 1, total 28,00 → 20,00, réserve → retenue\n"
        "\n"
        "Sortent (1)\n"
        "  A-1 Commune de A-1 : rang 1 → 2, total 30,00 → 10,00, retenue → réserve\n"
        "    Critère « Zonage » : rang 1 → 2, total 30,00 → 10,00, retenue → réserve\n"
        "\n"
        "Candidatures comparées : 3 ; sans changement : 1.\n"
        "Les changements sont appliqués un par un, dans l'ordre ci-dessus : "
        "un autre ordre répartirait autrement les effets.\n"
    )


@pytest.mark.usefixtures("three")
def test_several_changes_are_told_apart(ami: Ami, write: Write) -> None:
    write("nouveau.yaml", ROOMS.replace("places: 1", "places: 2"))
    document = json.loads(ami("diff", "criteria.yaml", "nouveau.yaml", "candidatures", "--format", "json").out)
    causes = {move["reference"]: [cause["changes"] for cause in move["causes"]] for move in document["moves"]}
    zoning, places = ["Critère « Zonage »"], ["Sélection, nombre de places"]
    assert causes == {"A-1": [zoning, places], "A-2": [zoning], "A-3": [places]}
    assert [(move["reference"], move["enters"], move["leaves"]) for move in document["moves"]] == [
        ("A-2", True, False),
        ("A-1", False, False),
        ("A-3", False, False),
    ]


@pytest.mark.usefixtures("three")
def test_markdown_is_a_list_that_files_cannot_break(ami: Ami, write: Write) -> None:
    write("nouveau.yaml", ROOMS.replace("label: Zonage", "label: '*Zonage* @maire'"))
    page = ami("diff", "criteria.yaml", "nouveau.yaml", "candidatures", "--format", "markdown").out
    assert page.startswith("## De criteria.yaml à nouveau.yaml\n\n- **Critère « \\*Zonage\\* @\u2060maire »**\n")
    assert "### Entrent (1)" in page


@pytest.mark.usefixtures("three")
def test_another_zoning_table_is_a_change(ami: Ami, write: Write) -> None:
    write("autre/zonage.csv", ZONING.replace("09001,commune,ZIP", "09001,commune,ZV").replace(",2022,", ",2023,"))
    write("autre/criteria.yaml", CRITERIA)
    out = ami("diff", "criteria.yaml", "autre/criteria.yaml", "candidatures").out
    assert "Vagues et zonage\n  Table de zonage : 2022 → 2023, ou son contenu\n" in out
    assert "    Vagues et zonage : rang 1 → 3, total 30,00 → 0,00, retenue → non retenue\n" in out


@pytest.mark.usefixtures("three")
def test_changes_that_only_hold_together_are_taken_together(ami: Ami, write: Write) -> None:
    swapped = CRITERIA.replace("id: zonage\n", "id: zone\n").replace(
        "selection:", "ranking: {ties: [zone]}\nselection:"
    )
    write("ancien.yaml", CRITERIA.replace("selection:", "ranking: {ties: [zonage]}\nselection:"))
    write("nouveau.yaml", swapped.replace("ZAC: 18", "ZAC: 8"))
    document = json.loads(ami("diff", "ancien.yaml", "nouveau.yaml", "candidatures", "--format", "json").out)
    (move,) = document["moves"]
    assert move["reference"] == "A-2"
    assert [cause["changes"] for cause in move["causes"]] == [["Critère « Zonage »", "Critère « Zonage »", "Départage"]]


def test_a_policy_that_does_not_hold_is_refused(ami: Ami, write: Write) -> None:
    write("nouveau.yaml", CRITERIA.replace("total: 50", "total: 51"))
    ran = ami("diff", "criteria.yaml", "nouveau.yaml")
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "weights-sum" in ran.err


def test_no_candidature_at_all_is_told(ami: Ami, write: Write) -> None:
    write("nouveau.yaml", ROOMS)
    ran = ami("diff", "criteria.yaml", "nouveau.yaml", "candidatures")
    assert ran.code == ExitCode.NOTHING_TO_SCORE
    assert "Aucune candidature à comparer dans : candidatures." in ran.err


@pytest.mark.usefixtures("three")
def test_broken_candidatures_are_counted(ami: Ami, write: Write) -> None:
    write("nouveau.yaml", ROOMS)
    write("candidatures/cassee.yaml", "reference: A-9\n")
    ran = ami("diff", "criteria.yaml", "nouveau.yaml", "candidatures")
    assert ran.code == ExitCode.DONE
    assert ran.err.startswith("Erreurs dans les candidatures : ")


def test_a_path_that_does_not_exist_is_a_mistake(ami: Ami) -> None:
    assert ami("diff", "criteria.yaml", Path("absent.yaml")).code == ExitCode.USAGE

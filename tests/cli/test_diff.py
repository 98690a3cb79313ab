"""`ami diff`: what changed in the rules, who enters, who leaves, who moves, and which change causes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.messages import Message
from ami_scoring.reports.diff import diff_text
from ami_scoring.scoring.changes import Comparison, Step

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
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "Candidatures comparées : 3" in ran.out
    assert ran.err.startswith("Erreurs dans les candidatures : ")


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("names", [("criteria.yaml", "nouveau.yaml"), ("nouveau.yaml", "criteria.yaml")])
def test_a_candidature_that_one_policy_alone_can_read_is_not_compared_and_counts(
    names: tuple[str, str], ami: Ami, apply: Apply, write: Write
) -> None:
    write("nouveau.yaml", CRITERIA.replace("criteria:\n", "facts: [{name: m, type: integer, label: M}]\ncriteria:\n"))
    apply("A-4", more="complements: {m: 3}\n")
    ran = ami("diff", *names, "candidatures")
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "Candidatures comparées : 3" in ran.out
    assert ran.err.startswith("Erreurs dans les candidatures : 1 ; ")


def test_a_path_that_does_not_exist_is_a_mistake(ami: Ami) -> None:
    assert ami("diff", "criteria.yaml", Path("absent.yaml")).code == ExitCode.USAGE


JUDGED = CRITERIA.replace("total: 50", "total: 60").replace(
    "selection:",
    "  - {id: projet, label: Projet, weight: 10, out_of: 5,\n"
    "     rule: {kind: judgement, on: projet, highest: 5}}\nselection:",
)


@pytest.mark.usefixtures("three")
def test_assessments_are_heard_as_in_score(ami: Ami, write: Write) -> None:
    write("criteria.yaml", JUDGED)
    write("nouveau.yaml", JUDGED.replace("weight: 10", "weight: 5").replace("weight: 30", "weight: 35"))
    for reference, mark in {"A-1": 1, "A-2": 5, "A-3": 2}.items():
        write(
            f"avis/{reference}.yaml",
            f"{{reference: {reference}, assesseur: C, avis: {{projet: {{note: {mark}, motif: Lu}}}}}}",
        )
    ran = ami("diff", "criteria.yaml", "nouveau.yaml", "candidatures", "--assessments", "avis", "--format", "json")
    moves = {move["reference"]: move for move in json.loads(ran.out)["moves"]}
    assert {name: (move["before"]["total"], move["after"]["total"]) for name, move in moves.items()} == {
        "A-1": ("32", "31"),
        "A-2": ("38", "33"),
        "A-3": ("9", "7"),
    }
    scored = json.loads(ami("score", "candidatures", "-c", "nouveau.yaml", "-a", "avis", "-f", "json").out)
    assert [one["reference"] for one in scored["ranking"]] == list(moves)


@pytest.mark.usefixtures("three")
def test_opinions_may_be_on_a_subject_that_one_policy_alone_judges(ami: Ami, write: Write) -> None:
    write("nouveau.yaml", JUDGED)
    write("avis.yaml", "{reference: A-1, assesseur: C, avis: {projet: {note: 3, motif: Lu}}}")
    ran = ami("diff", "criteria.yaml", "nouveau.yaml", "candidatures", "-a", "avis.yaml", "-f", "json")
    moves = {move["reference"]: move for move in json.loads(ran.out)["moves"]}
    assert ran.code == ExitCode.DONE
    assert (moves["A-1"]["before"]["total"], moves["A-1"]["after"]["total"]) == ("30", "36")
    assert moves["A-2"]["after"]["status"] == "avis attendu"
    assert ran.err == ""


@pytest.mark.usefixtures("three")
def test_what_is_wrong_in_opinions_is_told(ami: Ami, write: Write) -> None:
    write("nouveau.yaml", JUDGED)
    write("avis.yaml", "{reference: A-1, assesseur: C, avis: {projet: {note: 8, motif: Lu}}}")
    ran = ami("diff", "criteria.yaml", "nouveau.yaml", "candidatures", "-a", "avis.yaml")
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "avis.yaml:1:54: erreur mark-off-scale" in ran.err


@pytest.mark.usefixtures("three")
def test_a_mark_off_the_scale_of_the_old_policy_is_not_heard_by_it(ami: Ami, write: Write) -> None:
    write("criteria.yaml", JUDGED)
    write("nouveau.yaml", JUDGED.replace("out_of: 5", "out_of: 10").replace("highest: 5", "highest: 10"))
    write("avis.yaml", "{reference: A-1, assesseur: C, avis: {projet: {note: 8, motif: Lu}}}")
    ran = ami("diff", "criteria.yaml", "nouveau.yaml", "candidatures", "-a", "avis.yaml", "-f", "json")
    (move,) = json.loads(ran.out)["moves"]
    assert (move["before"]["status"], move["before"]["total"]) == ("avis attendu", None)
    assert move["after"]["total"] == "38"


@pytest.mark.usefixtures("three")
def test_a_wave_alone_is_compared_as_in_score(ami: Ami, apply: Apply, write: Write) -> None:
    write("nouveau.yaml", ROOMS)
    first = ami("diff", "criteria.yaml", "nouveau.yaml", "candidatures", "--wave", "v1", "--format", "json")
    assert first.out == ami("diff", "criteria.yaml", "nouveau.yaml", "candidatures", "--format", "json").out
    other = ami("diff", "criteria.yaml", "nouveau.yaml", "candidatures", "-w", "v2")
    assert other.out.endswith("Candidatures comparées : 3 ; sans changement : 3.\n")
    write("nouveau.yaml", CRITERIA.replace("closes: 2022-02-28", "closes: 2022-01-31"))
    moved = json.loads(ami("diff", "criteria.yaml", "nouveau.yaml", "candidatures", "-w", "v1", "-f", "json").out)
    assert {move["after"]["status"] for move in moved["moves"]} == {"autre vague"}


@pytest.mark.usefixtures("three")
def test_a_wave_that_one_policy_lacks_is_a_mistake(ami: Ami, write: Write) -> None:
    write("nouveau.yaml", CRITERIA.replace("id: v2", "id: v3"))
    ran = ami("diff", "criteria.yaml", "nouveau.yaml", "candidatures", "--wave", "v2")
    assert ran.code == ExitCode.USAGE
    assert "aucune vague « v2 » ; les vagues sont : v1, v3." in ran.err


@pytest.mark.parametrize("option", [["--wave", "v1"], ["-a", "criteria.yaml"]])
def test_wave_and_assessments_go_with_candidatures(option: list[str], ami: Ami, write: Write) -> None:
    write("nouveau.yaml", ROOMS)
    ran = ami("diff", "criteria.yaml", "nouveau.yaml", *option)
    assert ran.code == ExitCode.USAGE
    assert "les options --wave, --assessments et --mapping accompagnent des candidatures." in ran.err


FUNDED = CRITERIA.replace(
    "total: 50", "total: 50\nfacts: [{name: aide, type: money, label: Aide, unit: €, minimum: 0}]"
).replace("places: 1", "budget: {amount: 100, ask: complements.aide, partial: oui}")


def test_what_is_granted_is_among_the_effects_and_the_budget_among_the_causes(
    ami: Ami, apply: Apply, write: Write
) -> None:
    apply("A-1", code="09001", more="complements: {aide: 60}\n")
    apply("A-2", code="09002", more="complements: {aide: 60}\n")
    write("criteria.yaml", FUNDED)
    write("nouveau.yaml", FUNDED.replace("amount: 100", "amount: 120"))
    asked = ("diff", "criteria.yaml", "nouveau.yaml", "candidatures")
    text = ami(*asked).out
    assert "Changent de rang, de total, de statut ou de montant accordé (1)\n" in text
    assert "  A-2 Commune de A-2 : montant accordé 40\u00a0€ → 60\u00a0€\n    Sélection, " in text
    assert text.count("montant accordé 40\u00a0€ → 60") == ami(*asked, "-f", "markdown").out.count(
        "montant accordé 40\u00a0€ → 60"
    )
    (move,) = json.loads(ami(*asked, "-f", "json").out)["moves"]
    (cause,) = move["causes"]
    assert (move["before"]["granted"], move["after"]["granted"]) == ("40", "60")
    assert (cause["before"]["granted"], cause["after"]["granted"]) == ("40", "60")


def test_moves_in_and_out_of_the_reserve_have_their_own_heading(ami: Ami, apply: Apply, write: Write) -> None:
    write("criteria.yaml", CRITERIA.replace("places: 1, reserve: 1", "places: 1, reserve: 2"))
    for reference, rooms, code in (("A-1", 4, "09001"), ("A-2", 1, "09001"), ("A-3", 3, "31001"), ("A-4", 2, "31001")):
        apply(reference, code=code, more=f"locaux: {{bureaux: {rooms}}}\n")
    less = CRITERIA.replace("places: 1, reserve: 1", "places: 1, reserve: 2").replace("ZIP: 30", "ZIP: 0")
    write("nouveau.yaml", less.replace("ZAC: 18", "ZAC: 0"))
    text = ami("diff", "criteria.yaml", "nouveau.yaml", "candidatures").out
    heads = [line for line in text.splitlines() if line[:1] not in {" ", ""}]
    place = heads.index("Entrent dans la réserve (1)")
    assert heads[place + 1] == "Sortent de la réserve (1)"
    assert "  A-4 Commune de A-4 : rang 4 → 3, non retenue → réserve\n" in text


def test_on_a_terminal_lines_break_at_words() -> None:
    said = Message("Règle, points : " + "trente points " * 12)
    step = Step(Message("Critère « Zonage »"), (said,), lambda policy: policy)
    lines = diff_text(Comparison("a", "b", (step,)), width=50).splitlines()
    assert max(map(len, lines)) <= 50
    assert [line[:4] for line in lines[3:5]] == ["  Rè", "    "]
    assert "trente points " * 12 in diff_text(Comparison("a", "b", (step,)))


def test_a_total_that_waits_moves_with_its_bounds(ami: Ami, apply: Apply, write: Write) -> None:
    apply("A-1", code="09001")
    call = CRITERIA.replace("if_missing: zero", "if_missing: hold")
    write("avant.yaml", call)
    write("apres.yaml", call.replace("points: {ZIP: 30, ZAC: 18}", "points: {ZIP: 10, ZAC: 10}"))
    told = ami("diff", "avant.yaml", "apres.yaml", "candidatures").out
    assert "A-1 Commune de A-1 : total possible 30,00 à 50,00 → 10,00 à 30,00" in told
    assert "sans changement : 0." in told

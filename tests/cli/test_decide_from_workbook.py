"""The sheet « Décisions »: typed in the committee's workbook, taken back one by one."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest

from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.domain.decision_sheet import ABSENT, BY, FINAL, MEETING_ON, MEMBERS, ORDER, REFERENCE, SEED, SHEET
from ami_scoring.scoring.places import draw_number

from .door import Ami, Apply, Ran

REGISTER: Final = Path("decisions.yaml")
CHOICE: Final = "Décision à prendre"
BOOK: Final = "classement.xlsx"
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


@pytest.fixture(autouse=True)
def _call(ami: Ami, apply: Apply) -> None:
    """Put five candidatures in the call, of which two are equals for the only place, and write the workbook."""
    for name, offices in (("A-1", 4), ("A-2", 4), ("A-3", 2), ("A-4", 1), ("A-5", 3)):
        apply(name, more=f"locaux: {{etat: existants, bureaux: {offices}}}\n")
    assert ami("score", "candidatures", "-o", BOOK).code == ExitCode.DONE


def typed(meeting: Mapping[str, str], rows: Mapping[str, Mapping[str, Any]]) -> None:
    """Type in the workbook: the answers to the labels above the table, then cells by reference and heading."""
    book = openpyxl.load_workbook(BOOK)
    sheet = book[SHEET]
    column = [sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)]
    for label, answer in meeting.items():
        sheet.cell(column.index(label) + 1, 3).value = answer
    head = column.index(REFERENCE) + 1
    headings = [cell.value for cell in sheet[head]]
    for reference, cells in rows.items():
        for heading, value in cells.items():
            sheet.cell(column.index(reference) + 1, headings.index(heading) + 1).value = value
    book.save(BOOK)


def taken(ami: Ami, *more: str) -> Ran:
    return ami("decide", REGISTER, "candidatures", "--from", BOOK, *more)


PARTED: Final = {CHOICE: "Départage"}
EQUALS: Final = {
    "A-1": {CHOICE: "Départage", ORDER: 2},
    "A-2": {CHOICE: "Départage", ORDER: 1},
}
WHOLE: Final[dict[str, dict[str, Any]]] = {
    **EQUALS,
    "A-3": {
        CHOICE: "Écart : retenue",
        "Motif": "Seule offre",
        "Texte qui la fonde": "Règlement, article 7",
        "Proposée par": "Mme Aubin",
        "Se déporte(nt)": "M. Brun ; Mme Clerc",
    },
    "A-4": {CHOICE: "Désistement", "Reçu le": "19/10/2022"},
}


def test_what_was_typed_is_shown_and_taken_in_order(ami: Ami) -> None:
    typed({MEETING_ON: "2022-10-20", MEMBERS: "Mme Aubin ; M. Brun", FINAL: "oui"}, WHOLE)
    ran = taken(ami, "--yes")
    assert ran.code == ExitCode.DONE, ran.said
    said = [line for line in ran.out.splitlines() if line.startswith("décision no")]
    assert said == [
        "décision no 1 : réunion.",
        "décision no 2 : déport (A-3).",
        "décision no 3 : déport (A-3).",
        "décision no 4 : ex æquo départagés par un vote : A-2, puis A-1, A-2 a sa place.",
        "décision no 5 : A-3 retenue par écart au classement, A-2 perd sa place.",
        "décision no 6 : A-4 se désiste.",
        "décision no 7 : liste définitive, 1 retenue et 1 en réserve.",
    ]
    assert "Saisie" not in ran.err
    assert ami("score", "candidatures", "-d", REGISTER).code == ExitCode.DONE
    again = taken(ami, "--yes")
    assert again.err.count("Déjà enregistrée") == 7
    assert again.err.endswith("Aucune décision n'est enregistrée.\n")


def test_each_decision_is_asked_for(ami: Ami, monkeypatch: pytest.MonkeyPatch) -> None:
    typed({}, {"A-3": {CHOICE: "Désistement"}, "A-4": {CHOICE: "Désistement"}})
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    answers = iter(["non", "peut-être", "Oui"])
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(answers))
    ran = taken(ami)
    assert ran.err.startswith("Non prise.\n« peut-être » n'est ni o (oui) ni n (non).\n")
    assert ran.err.endswith("1 décision enregistrée : decisions.yaml\n")
    assert "reference: A-4" in REGISTER.read_text(encoding="utf-8")


def test_what_is_neither_yes_nor_no_three_times_is_no(ami: Ami, monkeypatch: pytest.MonkeyPatch) -> None:
    typed({}, {"A-3": {CHOICE: "Désistement"}})
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("typer.prompt", lambda *_, **__: "y")
    ran = taken(ami)
    assert ran.err.count("« y » n'est ni o (oui) ni n (non).") == 3
    assert ran.err.endswith("Non prise.\nAucune décision n'est enregistrée.\n")


def test_a_decision_that_was_cancelled_is_taken_again_from_the_sheet(ami: Ami) -> None:
    typed({}, {"A-3": {CHOICE: "Désistement"}})
    assert taken(ami, "--yes").code == ExitCode.DONE
    cancels = ("--kind", "annulation", "--cancels", "1", "--reason", "Erreur de dossier")
    assert ami("decide", REGISTER, "candidatures", *cancels).code == ExitCode.DONE
    assert taken(ami, "--yes").err.endswith("1 décision enregistrée : decisions.yaml\n")
    assert "Déjà enregistrée" in taken(ami, "--yes").err


def test_nobody_there_to_answer_is_told(ami: Ami) -> None:
    typed({}, {"A-3": {CHOICE: "Désistement"}})
    ran = taken(ami)
    assert ran.code == ExitCode.USAGE
    assert "ajoutez --yes" in ran.err
    assert not REGISTER.exists()


def test_a_draw_has_its_seed_above_the_table(ami: Ami) -> None:
    first, second = sorted(["A-1", "A-2"], key=lambda each: draw_number("oct", each), reverse=True)
    drawn = {"Vote ou tirage": "tirage", CHOICE: "Départage"}
    typed({SEED: "oct"}, {first: {**drawn, ORDER: 1}, second: {**drawn, ORDER: 2}})
    assert taken(ami, "--yes").code == ExitCode.DONE
    assert "    by: draw\n" in REGISTER.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("rows", "code", "cell"),
    [
        ({"A-3": {CHOICE: "Désistment"}}, "decision-kind", "F14"),
        ({"A-3": {"Motif": "Seule offre"}}, "decision-orphan", "G14"),
        ({"A-3": {CHOICE: "Désistement", "Montant proposé": 3}}, "decision-orphan", "M14"),
        ({"A-1": {CHOICE: "Départage", ORDER: 2}, "A-2": {CHOICE: "Départage"}}, "decision-tie-order", "O12"),
        ({"A-1": {**PARTED, ORDER: 1, BY: "au sort"}, "A-2": {**PARTED, ORDER: 2}}, "choice-unknown", "P12"),
        ({"A-3": {CHOICE: "Écart : retenue", "Motif": "x", "Proposée par": "y"}}, "missing-key", "H14"),
        ({"A-3": {REFERENCE: None, CHOICE: "Désistement"}}, "decision-orphan", "F14"),
        ({"A-3": {REFERENCE: "A-9", CHOICE: "Désistement"}}, "decision-unknown-reference", "A14"),
    ],
)
def test_one_mistake_typed_is_told_at_its_cell(
    ami: Ami, rows: Mapping[str, Mapping[str, Any]], code: str, cell: str
) -> None:
    typed({}, rows)
    ran = taken(ami, "--yes")
    assert ran.code == ExitCode.INPUT_ERRORS
    assert f"{BOOK}, feuille « {SHEET} », cellule {cell}" in ran.err.replace("\u00a0", " ")
    assert ran.err.count(f" erreur {code} ") == ran.err.count(" erreur ") == 1
    assert not REGISTER.exists()


def test_every_fault_of_the_sheet_is_told_in_one_run_and_nothing_is_asked(ami: Ami) -> None:
    typed(
        {MEETING_ON: "hier", ABSENT: "M. Brun", FINAL: "peut-être"},
        {"A-3": {CHOICE: "Désistement", "Reçu le": "demain"}, "A-4": {CHOICE: "Désitement"}, "A-5": {"Motif": "x"}},
    )
    ran = taken(ami)
    cells = [line.partition(": erreur ")[0].rpartition(" ")[2] for line in ran.err.splitlines() if " erreur " in line]
    assert cells == ["C5", "C7", "C9", "J14", "F15", "G16"]
    assert ran.code == ExitCode.INPUT_ERRORS
    assert not REGISTER.exists()


def test_a_mistake_that_the_register_refuses_says_where_it_was_typed(ami: Ami) -> None:
    typed({}, {"A-3": {CHOICE: "Désistement", "Reçu le": "hier"}})
    ran = taken(ami, "--yes")
    assert "classement.xlsx, feuille « Décisions », cellule J14: erreur date-expected" in (
        ran.err.replace("\u00a0", " ")
    )
    assert ran.err.endswith("Rien n'est enregistré.\n")


def test_a_candidature_that_changed_since_the_workbook_is_told(ami: Ami, apply: Apply) -> None:
    typed({}, {"A-3": {CHOICE: "Désistement"}})
    apply("A-3", more="locaux: {etat: existants, bureaux: 3}\n")
    ran = taken(ami, "--yes")
    assert "decision-file-changed Le dossier A-3 a changé depuis que ce classeur a été écrit." in ran.err


def test_a_workbook_without_the_sheet_is_told(ami: Ami) -> None:
    book = openpyxl.load_workbook(BOOK)
    del book[SHEET]
    book.save(BOOK)
    assert "decision-sheet Ce classeur n'a pas de feuille" in taken(ami, "--yes").err
    Path(BOOK).write_text("rien", encoding="utf-8")
    assert taken(ami, "--yes").code == ExitCode.INPUT_ERRORS


def test_a_sheet_that_lost_its_headings_is_told(ami: Ami) -> None:
    book = openpyxl.load_workbook(BOOK)
    book[SHEET].delete_rows(11)
    book.save(BOOK)
    assert "decision-sheet Les intitulés du tableau" in taken(ami, "--yes").err


def test_the_workbook_shows_computed_and_decided_side_by_side(ami: Ami) -> None:
    typed({}, {"A-1": {CHOICE: "Écart : non retenue", "Motif": "x", "Texte qui la fonde": "y", "Proposée par": "z"}})
    assert taken(ami, "--yes").code == ExitCode.DONE
    assert ami("score", "candidatures", "-d", REGISTER, "-o", "decide.xlsx").code == ExitCode.DONE
    sheet = openpyxl.load_workbook("decide.xlsx")[SHEET]
    rows = {str(row[0].value): (row[3].value, row[4].value) for row in sheet.iter_rows(min_row=12)}
    assert rows["A-1"] == ("réserve", "non retenue")
    assert rows["A-2"] == ("réserve", "retenue")
    assert rows["A-5"] == ("non retenue", "réserve, no 1")
    trace = openpyxl.load_workbook("decide.xlsx")["Traçabilité"]
    texts = {str(cell.value) for row in trace.iter_rows() for cell in row}
    assert "Empreinte (SHA-256) du registre des décisions" in texts

"""What people may write in the workbook, what stays beside its dossier, and a page to print for each candidature."""

from __future__ import annotations

import re
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell

from ami_scoring import Evaluation, evaluate
from ami_scoring.reports.workbook import workbook
from ami_scoring.reports.workbook.cells import letters

from . import engines

ROOT = Path(__file__).parents[3]
YELLOW = "FFFFF8D6"
CHOICE = ("Fiche", 5, 3)
FIRST_WEIGHT = ("Critères", 14, 3)
"""The first weight that may be changed: that of a criterion made of others is their sum."""


@cache
def samples() -> Evaluation:
    return evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("notes") / "book.xlsx"
    made.write_bytes(workbook(samples()))
    return made


def plain(text: Any) -> str:
    return str(text).replace("\u00a0", " ").replace("\u202f", " ")


def labels(path: Path) -> dict[str, tuple[int, str]]:
    """Give the row, from 1, of each candidature in « Notes », and its name in the list, by reference."""
    rows = engines.values(path, "Notes")[5:]
    return {str(row[0]): (number, str(row[7])) for number, row in enumerate(rows, start=6)}


@pytest.mark.filterwarnings("ignore:.* extension is not supported")
def test_every_sheet_is_protected_without_password_and_yellow_cells_alone_may_be_changed(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    protections = [re.findall("<sheetProtection[^>]*>", sheet) for sheet in sheets]
    assert all(len(found) == 1 and "password" not in found[0] for found in protections)
    book = load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if not isinstance(cell, MergedCell)]
    unlocked = [cell for cell in cells if not cell.protection.locked]
    assert {cell.fill.fgColor.rgb for cell in unlocked} == {YELLOW}
    assert {cell.parent.title for cell in unlocked} == {"Fiche", "Critères", "Notes", "Décisions"}
    assert len(unlocked) == sum(cell.fill.fgColor.rgb == YELLOW for cell in cells)


def test_a_note_stays_beside_its_dossier_whatever_a_trial_moves(path: Path) -> None:
    row, _ = labels(path)["AMI-V1-10"]
    heads = list(engines.values(path, "Classement")[5])
    dossier, notes = heads.index("Dossier") + 1, heads.index("Notes") + 1
    for inputs in ({}, {("Critères", 14, 3): "1"}):
        book = engines.IronCalc(path, {("Notes", row, 7): "À revoir en séance", **inputs})
        shown = {
            book.value(("Classement", line, dossier)): book.value(("Classement", line, notes)) for line in range(7, 48)
        }
        assert {reference for reference, note in shown.items() if note} == {"AMI-V1-10"}
        assert shown["AMI-V1-10"] == "À revoir en séance"


def test_each_candidature_has_its_page_those_set_aside_included(path: Path) -> None:
    listed = labels(path)
    assert len(listed) == samples().read
    _, aside = listed["AMI-V2-08"]
    book = engines.IronCalc(path, {CHOICE: aside})
    shown = [plain(book.value(("Fiche", row, column))) for row, column in ((7, 1), (8, 1), (11, 1), (11, 3), (11, 7))]
    assert shown == ["Commune de Viaurolle", "Viaurolle (12)", "–", "–", "remplacée"]
    every = [plain(book.value(("Fiche", row, 3))) for row in range(1, 40)]
    (why,) = [said for said in every if said.startswith("Incomplète")]
    assert "c'est la version complète AMI-V1-10 (Viaurolle), déposée le 18 novembre 2021, qui compte" in why
    assert not any(
        str(book.value(("Fiche", row, column))).startswith("#") for row in range(6, 40) for column in range(7)
    )
    _, ranked = listed["AMI-V4-02"]
    book = engines.IronCalc(path, {CHOICE: ranked})
    assert (book.value(("Fiche", 11, 1)), plain(book.value(("Fiche", 7, 1)))) == (20, "Commune de Saint-Pémian")


def test_what_people_choose_from_and_charts_have_communes(path: Path) -> None:
    assert labels(path)["AMI-V1-01"][1] == "AMI-V1-01 · Peyrecandèle"
    with zipfile.ZipFile(path) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
        names = archive.read("xl/workbook.xml").decode()
    assert "Notes!$H$6:$H$53" in names.replace("'", "")
    place = list(engines.values(path, "Classement")[5]).index("Dossier et commune")
    assert engines.values(path, "Classement")[6][place] == "AMI-V1-01 · Peyrecandèle"
    assert f"Classement!${letters(place)}$7:" in chart
    assert "plotVisOnly" not in chart  # data of hidden columns are drawn


def test_a_refused_weight_says_which_cell_and_what_it_accepts_and_does_not_count(path: Path) -> None:
    sheet, row, column = FIRST_WEIGHT
    for typed in ("douze", "-3", "5000000"):
        book = engines.IronCalc(path, {FIRST_WEIGHT: typed})
        banner = plain(book.value(("Classement", 3, 1)))
        assert banner.startswith("SAISIE REFUSÉE dans « Critères », cellule C14 : ✗ refusé : il faut un nombre,")
        assert banner.endswith("; la valeur de l'évaluation est gardée à sa place.")
        assert plain(book.value((sheet, row, column + 2))).startswith(
            "✗ refusé : il faut un nombre, avec deux décimales"
        )
        total = next(line for line in range(14, 60) if book.value((sheet, line, 2)) == "Total des poids")
        assert book.value((sheet, total, column)) == 100
        assert plain(book.value((sheet, total, column + 2))) == "✓ le total est juste"
    places = engines.IronCalc(path, {("Critères", 7, 3): "2,5"})
    assert "cellule C7 : ✗ refusé : il faut un nombre entier, de 0 à 100 000" in plain(places.value(("Fiche", 3, 1)))


@pytest.mark.filterwarnings("ignore:.* extension is not supported")
def test_points_that_a_missing_answer_leaves_open_carry_a_question_mark(path: Path) -> None:
    sheet = load_workbook(path)["Classement"]
    heads = [cell.value for cell in sheet[6]]
    rows = {row[2].value: row for row in load_workbook(path, data_only=True)["Classement"].iter_rows(min_row=7)}
    opened = heads.index("Encore ouverts")
    assert rows["AMI-V4-02"][opened].value == "000011"
    assert rows["AMI-V1-01"][opened].value == "000000"
    every = [(str(each.sqref), rule) for each in sheet.conditional_formatting for rule in each.rules]
    flagged = [
        (column, rule) for column, rule in every if "MID(" in (told := str(rule.formula)) and "NOT(MID(" not in told
    ]
    # Each criterion, on the row of the last place and on the others: only one format of a cell holds in LibreOffice.
    assert [column[0] for column, _ in flagged] == [each for each in "IJKLMN" for _ in range(2)]
    assert {rule.dxf.numFmt.formatCode for _, rule in flagged} == {'#,##0.00" ?"'}
    details = load_workbook(path)["Détail"]
    marks = {(row[1].value, row[3].value): row[7] for row in details.iter_rows(min_row=5)}
    assert (marks["AMI-V4-02", "5"].value, marks["AMI-V4-02", "5"].number_format) == (0, '#,##0.00" ?"')
    assert marks["AMI-V1-01", "5"].number_format == "#,##0.00"


def test_a_version_replaced_because_it_is_incomplete_says_what_it_lacks_among_those_to_complete(path: Path) -> None:
    rows = {str(row[0]): [plain(cell) for cell in row] for row in engines.values(path, "À compléter")}
    row = rows["AMI-V2-08"]
    assert row[3:9] == ["remplacée", "74.5", "94.5", "–", "–", "remplacée : hors classement"]
    assert row[9].startswith("« Locaux adaptés » ; « Nombre de bureaux de consultation »")
    assert row[10] == "Complète, cette version compterait à la place de AMI-V1-10."
    assert "AMI-V1-09" not in rows


def test_reasons_name_communes_beside_references(path: Path) -> None:
    rows = engines.values(path, "Écartées")
    said = " ".join(plain(cell) for row in rows for cell in row if cell)
    assert "Remplacée par AMI-V3-01 (Canigonne), déposée le 12 mai 2022" in said

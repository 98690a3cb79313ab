"""`ami template`: what it writes, what it refuses to overwrite, and that what it writes is read back."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ami_scoring.cli.app import run
from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.fields import fields
from ami_scoring.reports.form.help import HELP
from ami_scoring.sources.doors.documents import build
from ami_scoring.sources.text.located_yaml import read_yaml

ROOT = Path(__file__).parents[2]
RULES = ROOT / "criteria.yaml"
OTHER = ROOT / "samples" / "autre-appel" / "criteria.yaml"
SAMPLE = ROOT / "samples" / "candidatures" / "vague-4" / "vallee-d-ourzac.yaml"


def make(target: Path, *options: str, rules: Path = RULES) -> int:
    return run(["template", str(target), "--criteria", str(rules), *options])


@pytest.fixture
def form(tmp_path: Path) -> Worksheet:
    assert make(tmp_path / "f.xlsx", rules=OTHER) == 0
    sheet = load_workbook(tmp_path / "f.xlsx").worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def answer_cells(sheet: Worksheet) -> dict[str, Any]:
    found = {}
    for row in range(2, sheet.max_row + 1):
        for line in str(sheet.cell(row, 1).value or "").split("\n"):
            column, is_answer, key = line.partition("=")
            if is_answer:
                found[key] = sheet[f"{column}{row}"]
    return found


def test_a_form_asks_for_every_field_and_every_fact_of_the_call(form: Worksheet) -> None:
    keys = answer_cells(form)
    asked = {".".join(part for part in key.split(".") if not part.isdecimal()) for key in keys}
    leaves = {key for key in fields() if not any(other.startswith(f"{key}.") for other in fields())}
    assert leaves - {"complements"} <= asked
    assert {"complements.gouvernance", "complements.ouverture_le", "medecins_interesses.nombre"} <= asked


def test_every_question_of_a_candidature_has_its_help() -> None:
    spoken_for = {"implantation.communes.nom", "medecins_interesses.specialite", "complements"}
    leaves = {key for key in fields() if not any(other.startswith(f"{key}.") for other in fields())}
    assert leaves - spoken_for <= set(HELP)


def test_only_answers_can_be_changed_and_no_password_is_asked(form: Worksheet) -> None:
    assert form.protection.sheet
    assert not form.protection.password
    answers = answer_cells(form).values()
    unlocked = {cell.coordinate for row in form.iter_rows() for cell in row if not cell.protection.locked}
    assert {cell.coordinate for cell in answers} <= unlocked
    beside = {
        cell
        for merged in form.merged_cells.ranges
        for row in form[merged.coord]
        for cell in (c.coordinate for c in row)
    }
    assert unlocked - {cell.coordinate for cell in answers} <= beside


def test_excel_checks_dates_amounts_and_choices_by_itself(form: Worksheet) -> None:
    cells = answer_cells(form)
    checks = {
        key: next((check for check in form.data_validations.dataValidation if cell.coordinate in check.sqref), None)
        for key, cell in cells.items()
    }
    kinds = {key: check.type for key, check in checks.items() if check is not None}
    assert kinds["depose_le"] == "date"
    assert kinds["engagement_financier.montant_annuel"] == "decimal"
    assert kinds["medecins_interesses.1.temps_plein"] == "decimal"
    assert kinds["complements.gouvernance"] == "list"
    assert kinds["implantation.communes.15.principale"] == "list"
    assert kinds["complements.postes"] == "whole"
    limits = checks["complements.subvention_demandee"]
    assert limits is not None
    assert (limits.formula1, limits.formula2) == ("0", "150000")


def test_the_words_that_rules_look_for_are_offered_and_others_may_still_be_typed(tmp_path: Path) -> None:
    assert make(tmp_path / "f.xlsx") == 0
    book = load_workbook(tmp_path / "f.xlsx")
    form = book.worksheets[0]
    cell = answer_cells(form)["diagnostic.partage_avec.3"].coordinate
    (check,) = (check for check in form.data_validations.dataValidation if cell in check.sqref)
    assert (check.type, check.showErrorMessage) == ("list", False)
    place = str(check.formula1).partition("!")[2].replace("$", "")
    assert [row[0].value for row in book["Listes"][place]] == ["ARS", "CPTS", "département", "professionnels de santé"]
    told = "\n".join(str(cell.value) for row in form.iter_rows() for cell in row if cell.value)
    assert "Le barème reconnaît : ARS, CPTS, département, professionnels de santé." in told
    assert "Le barème reconnaît : plan des locaux." in told


def test_codes_are_text_so_that_a_leading_zero_stays(form: Worksheet) -> None:
    cells = answer_cells(form)
    assert cells["implantation.communes.1.code_insee"].number_format == "@"
    assert cells["reference"].number_format == "@"


def test_a_form_prints_on_a4_without_its_technical_column(form: Worksheet) -> None:
    assert form.page_setup.paperSize == 9
    assert str(form.print_area).replace("$", "").split("!")[-1].startswith("B1:G")
    assert form.column_dimensions["A"].hidden
    assert form.row_breaks.brk


@pytest.mark.parametrize("options", [(), ("--table",)])
def test_a_form_or_a_table_for_libreoffice_is_read_like_those_of_excel(
    options: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make(tmp_path / "f.ods", "--from", str(SAMPLE), *options) == 0
    assert make(tmp_path / "f.xlsx", "--from", str(SAMPLE), *options) == 0
    told = []
    for name in ("f.ods", "f.xlsx"):
        capsys.readouterr()
        assert run(["score", str(tmp_path / name), "--criteria", str(RULES), "-f", "tsv"]) == 0
        told.append(re.sub(r"\b[0-9a-f]{64}\b", "", capsys.readouterr().out.replace(name, "f")))
    assert told[0] == told[1]


def test_a_form_for_libreoffice_checks_answers_and_keeps_ours_closed(tmp_path: Path) -> None:
    assert make(tmp_path / "f.ods", rules=OTHER) == 0
    with ZipFile(tmp_path / "f.ods") as archive:
        content = archive.read("content.xml").decode()
    for said in (
        "of:cell-content-is-in-list([$Listes.",
        "of:cell-content-is-date() and cell-content-is-between(1,109574)",
        "of:cell-content-text-length-is-between(5,5)",
        'table:message-type="stop"',
        'style:cell-protect="none"',
        'table:protected="true"',
        'table:display="false"',
        'calcext:value="formula-is(ISBLANK([.$E8]))"',
        'table:use-regular-expressions="false"',
    ):
        assert said in content, said


def test_a_form_can_be_filled_from_a_candidature_and_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert make(tmp_path / "f.xlsx", "--from", str(SAMPLE)) == 0
    assert run(["score", str(tmp_path / "f.xlsx"), "-c", str(RULES), "--format", "json", "--quiet"]) == 0
    assert "AMI-V4-05" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["t.xlsx", "t.csv"])
def test_a_table_can_be_filled_from_a_folder_and_validated(name: str, tmp_path: Path) -> None:
    folder = SAMPLE.parents[1] / "vague-1"
    assert make(tmp_path / name, "--table", "--from", str(folder)) == 0
    assert run(["validate", str(tmp_path / name), "-c", str(RULES)]) == 0


@pytest.mark.parametrize("rules", [RULES, OTHER], ids=["ami", "autre-appel"])
def test_a_yaml_form_asks_only_for_what_is_required_once_it_is_copied(rules: Path, tmp_path: Path) -> None:
    assert make(tmp_path / "c.yaml", rules=rules) == 0
    text = (tmp_path / "c.yaml").read_text(encoding="utf-8")
    for key, answer in (
        ("reference", "A-1"),
        ("depose_le", "2022-09-30"),
        ("  nom", "Essai"),
        ("    - code_insee", '"09901"'),
    ):
        text = text.replace(f"\n{key}: ", f"\n{key}: {answer} ", 1)
    (document,), findings = read_yaml(text, "c.yaml")
    made, refused = build(Candidature, document)
    assert (findings, refused) == ([], [])
    assert made is not None
    assert made.doctors is None
    assert made.place.main_commune.code_insee == "09901"


@pytest.mark.parametrize("rules", [RULES, OTHER], ids=["ami", "autre-appel"])
def test_a_yaml_form_says_how_to_answer_beside_the_choices_on_lines_that_an_editor_shows(
    rules: Path, tmp_path: Path
) -> None:
    assert make(tmp_path / "c.yaml", rules=rules) == 0
    text = (tmp_path / "c.yaml").read_text(encoding="utf-8")
    said = " ".join(text.replace("#", " ").split())
    assert max(map(len, text.splitlines())) <= 120
    assert "Zone déclarée : ZIP, ZAC, ZAR, ZV, HV, HZ. Selon le zonage médecins de l'ARS : ZIP prioritaire" in said
    assert "Locaux adaptés : oui, non. Oui s'ils conviennent" in said
    assert "Un tiret par commune." in said
    assert "À choisir dans la liste" not in said
    assert "Oui ou non." not in said
    assert "\u00a0" not in text
    assert not [line for line in text.splitlines() if line.lstrip(" #").startswith((":", ";", "»", "?"))]


def test_a_yaml_form_uncommented_is_the_yaml_of_a_candidature(tmp_path: Path) -> None:
    assert make(tmp_path / "c.yaml") == 0
    lines = (tmp_path / "c.yaml").read_text(encoding="utf-8").splitlines()
    opened = "\n".join(
        f" {line[1:]}" if line.startswith("# ") and line[2:4] in {"  ", " -"} else line for line in lines
    )
    documents, _ = read_yaml(opened.replace("#    - ", "     - x").replace("#  - ", "   - "), "c.yaml")
    assert documents


def test_a_file_that_exists_is_kept_unless_forced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "f.xlsx"
    target.write_text("précieux", encoding="utf-8")
    assert make(target) == 2
    assert "existe déjà" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "précieux"
    assert make(target, "--force") == 0
    assert load_workbook(BytesIO(target.read_bytes())).sheetnames == ["Candidature", "Listes"]


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("f.csv", [], "--table"),
        ("f.doc", [], ".xlsx, .ods, .yaml"),
        ("f.yaml", ["--table"], ".xlsx, .ods, .csv"),
        ("f.xlsx", ["--from", str(SAMPLE.parents[1] / "vague-1")], "une seule candidature"),
        ("f.yaml", ["--from", str(SAMPLE)], "vierge"),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_written(
    name: str, options: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make(tmp_path / name, *options) == 2
    assert list(tmp_path.iterdir()) == []
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("", "2 candidatures ont une erreur : rien n'est écrit. Corrigez-les, ou nommez après --from les fichiers"),
        ("vague-4", "1 candidature a une erreur : rien n'est écrit. Corrigez-la, ou nommez après --from les fichiers"),
    ],
)
def test_a_table_that_would_lack_unreadable_candidatures_is_not_written_and_that_is_said(
    folder: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make(tmp_path / "t.xlsx", "--table", "--from", str(SAMPLE.parents[1] / folder)) == 1
    assert list(tmp_path.iterdir()) == []
    error = capsys.readouterr().err
    assert "erreur date-unknown" in error
    assert said in error.splitlines()[-1]


def test_an_answer_too_long_for_a_cell_is_refused_rather_than_cut(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "long.yaml"
    text = SAMPLE.read_text(encoding="utf-8").replace("Commune de", "Commune " + "très " * 7000 + "longue de", 1)
    source.write_text(text, encoding="utf-8")
    assert make(tmp_path / "f.xlsx", "--from", str(source)) == 2
    assert "une cellule en contient 32" in capsys.readouterr().err.replace("\u202f", " ")
    assert not (tmp_path / "f.xlsx").exists()


def test_reading_spreadsheets_never_imports_openpyxl_and_other_files_import_no_reader_of_them(tmp_path: Path) -> None:
    assert make(tmp_path / "f.xlsx", "--from", str(SAMPLE)) == 0
    script = (
        "import sys; from ami_scoring.cli.app import run\n"
        "run(['score', sys.argv[1], '-c', sys.argv[2], '--quiet'])\n"
        "print('openpyxl' in sys.modules, 'ami_scoring.sources.spreadsheets.intake' in sys.modules)\n"
    )
    for path, loaded in ((tmp_path / "f.xlsx", "False True"), (SAMPLE, "False False")):
        done = subprocess.run(
            [sys.executable, "-c", script, str(path), str(RULES)], capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines()[-1] == loaded


def test_the_error_of_a_reference_says_what_its_help_says(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    assert run(["template", str(path), "--criteria", str(RULES)]) == 0
    rules = {rule.error: rule for sheet in load_workbook(path) for rule in sheet.data_validations.dataValidation}
    (said,) = [error for error in rules if error and "référence" in error]
    assert said == "Une référence a 64 caractères au plus : lettres, chiffres et tirets, sans espace."


def test_the_policy_may_be_printed_before_any_candidature_exists(tmp_path: Path) -> None:
    path = tmp_path / "bareme.xlsx"
    assert run(["template", str(path), "--policy", "--criteria", str(RULES)]) == 0
    first = path.read_bytes()
    assert run(["template", str(path), "--policy", "--criteria", str(RULES), "--force"]) == 0
    assert path.read_bytes() == first
    (sheet,) = load_workbook(path).worksheets
    said = [
        str(cell.value).replace("\u00a0", " ") for row in sheet.iter_rows() for cell in row if cell.value is not None
    ]
    assert said[0] == "Barème de l'appel"
    assert "Zonage médecins de l'ARS" in said
    assert "Vague 4 : clôture le 30 septembre 2022" in said
    assert not {"Évalué", "En vigueur et évalué"} & set(said)
    assert sheet.protection.sheet


@pytest.mark.parametrize("options", [["b.csv"], ["b.xlsx", "--table"], ["b.xlsx", "--from", "."]])
def test_the_policy_to_print_is_a_workbook_alone(
    options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["template", "--policy", "--criteria", str(RULES), *options]) == 2
    assert "le barème à imprimer (--policy) est un .xlsx" in capsys.readouterr().err

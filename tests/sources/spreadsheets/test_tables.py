"""Tables of one line per candidature: sheets and CSV, whatever wrote them, and what is not a table."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from tests.sources.sheets import (
    MINIMAL,
    SAMPLES,
    candidature,
    criteria,
    load,
    other_criteria,
    read,
    read_one,
    table_of,
    wrong_with,
)

from ami_scoring.domain.candidature import Candidature
from ami_scoring.evaluation.run import evaluate
from ami_scoring.findings import Severity
from ami_scoring.reports.form import table_csv, table_workbook
from ami_scoring.sources.doors.documents import build
from ami_scoring.sources.spreadsheets import csv_text

HEADER = "reference;depose_le;porteur.nom;implantation.communes.1.code_insee;engagement_financier.montant_annuel"
LINE = "AMI-T-01;30/09/2022;Commune d'essai;09901;"


def csv(*lines: str, encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    return end.join([*lines, ""]).encode(encoding)


def test_a_line_makes_a_candidature() -> None:
    assert read_one(table_of([MINIMAL])) == candidature()
    assert read_one(csv(HEADER, LINE), "t.csv") == candidature()


def test_an_empty_table_says_so() -> None:
    assert wrong_with(table_workbook(criteria())) == [("empty-table", "f.xlsx, feuille « Candidatures », cellule A1")]
    assert wrong_with(table_csv(criteria()).encode(), "t.csv") == [("empty-table", "t.csv:1:1")]


def test_a_table_of_another_version_is_not_half_understood() -> None:
    book = load_workbook(BytesIO(table_of([MINIMAL])))
    book.worksheets[0]["A1"].value = book.worksheets[0]["A1"].value.replace("ami-tableau 1", "ami-tableau 2")
    page = BytesIO()
    book.save(page)
    assert wrong_with(page.getvalue()) == [("form-version", "f.xlsx, feuille « Candidatures », cellule A1")]
    assert wrong_with(csv(f"{HEADER};ami-tableau 2", LINE), "t.csv") == [("form-version", "t.csv:1:104")]
    assert read_one(csv(f"{HEADER};ami-tableau 1", LINE), "t.csv") == candidature()


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_any_separator_and_line_ending_will_do(separator: str, end: str) -> None:
    data = csv(HEADER.replace(";", separator), LINE.replace(";", separator), end=end)
    assert read_one(data, "t.csv") == candidature()


@pytest.mark.parametrize(
    "text",
    [
        'référence;note;motif\nA-1;14;"Bien écrit, clair, chiffré, complet, utile"\n',
        "référence;note;motif\nA-1;14;Bien écrit, clair, chiffré, complet, utile\n",
        'référence;note;motif\nA-1;14;"Un, deux, trois,\nquatre, cinq, six"\nA-2;9;"a, b, ""c"", d, e"\n',
        "note A;note B\n12,5;13,5\n14,5;9,75\n",
        "Candidatures, session de mars, version 2\nréférence;note\nA-1;12,5\n",
        "référence\tnote\tmotif\nA-1\t12,5\tun, deux ; trois, quatre\n",
        "référence,note,motif\nA-1,14,un ; deux ; trois ; quatre\nA-2,12,rien\n",
        'référence;écran;motif\nA-1;12" ou 14";un, deux, trois, quatre\n',
    ],
)
def test_commas_of_decimals_and_comments_are_no_separators(text: str) -> None:
    heading = next(line for line in text.splitlines() if "écran" in line or line.count("note") > 0)
    expected = next(char for char in heading if char in ";,\t")
    assert csv_text.separator_of(text) == expected
    records = csv_text.split_records(text, "t.csv")
    assert len(records.rows[-1]) == heading.count(expected) + 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_with_or_without_its_mark(encoding: str) -> None:
    found = read_one(csv(HEADER, LINE.replace("Commune d'essai", "Forêt-sur-Œuvre"), encoding=encoding), "t.csv")
    assert found.applicant.name == "Forêt-sur-Œuvre"


def test_windows_1252_is_read_and_told() -> None:
    (document,), findings = read(csv(HEADER, LINE.replace("essai", "été €"), encoding="cp1252"), "t.csv")
    assert [(finding.code, finding.severity) for finding in findings] == [("csv-windows-1252", Severity.NOTE)]
    found, _ = build(Candidature, document)
    assert found is not None
    assert found.applicant.name == "Commune d'été €"


def test_utf_16_is_refused_rather_than_misread() -> None:
    assert [code for code, _ in wrong_with(csv(HEADER, LINE, encoding="utf-16"), "t.csv")] == ["not-utf8"]


@pytest.mark.parametrize("written", ["2022-09-30", "30/09/2022", "30-09-2022", "30.09.2022", "30 septembre 2022"])
def test_dates_are_read_as_people_write_them(written: str) -> None:
    found = read_one(csv(HEADER, LINE.replace("30/09/2022", written)), "t.csv")
    assert found.submitted_at == date(2022, 9, 30)


@pytest.mark.parametrize("written", ["12000,5", "12 000,50 €", "12\u00a0000,50", "12\u202f000,5 €", "12000.50"])
def test_amounts_are_read_as_people_write_them(written: str) -> None:
    found = read_one(csv(HEADER, LINE + written), "t.csv")
    assert found.commitment is not None
    assert found.commitment.yearly_amount == 12000.5


def test_quoted_fields_hold_separators_quotes_and_line_breaks() -> None:
    found = read_one(csv(HEADER, LINE.replace("Commune d'essai", '"Dite ""la ; belle""\nville"')), "t.csv")
    assert found.applicant.name == 'Dite "la ; belle"\nville'


def test_a_finding_gives_line_and_column_even_after_a_field_of_several_lines() -> None:
    data = csv(HEADER, LINE.replace("Commune d'essai", '"Deux\nlignes"'), LINE.replace("T-01", "T-02") + "1,234")
    assert wrong_with(data, "t.csv") == [("number-ambiguous", f"t.csv:4:{len(LINE) + 1}")]


def test_a_finding_in_a_sheet_gives_its_cell() -> None:
    data = table_of([MINIMAL, {**MINIMAL, "reference": "AMI-T-02", "locaux.adaptes": "peut-être"}])
    ((code, where),) = wrong_with(data)
    assert code == "flag-expected"
    assert where.startswith("f.xlsx, feuille « Candidatures », cellule ")
    assert where.endswith("4")


def test_a_quote_never_closed_refuses_the_table_rather_than_swallow_the_rest() -> None:
    documents, findings = read(csv(HEADER, LINE, LINE.replace("Commune", '"Commune'), LINE), "t.csv")
    assert documents == []
    assert [(finding.code, finding.where.line) for finding in findings] == [("csv-quote", 3)]


def test_a_line_too_long_is_an_error_and_a_line_too_short_only_lacks_answers() -> None:
    assert [code for code, _ in wrong_with(csv(HEADER, LINE + "1;2"), "t.csv")] == ["cell-without-column"]
    assert read_one(csv(HEADER, LINE.rstrip(";")), "t.csv") == candidature()


def test_blank_lines_and_the_line_of_titles_are_passed_over() -> None:
    lines = table_csv(criteria()).splitlines()
    columns = lines[0].split(";")
    line = ";".join(str(MINIMAL.get(column, "")) for column in columns)
    assert read_one(csv(*lines, ";;;;", line, ";" * (len(columns) - 1)), "t.csv") == candidature()


def test_columns_come_in_any_order_and_a_title_may_stand_above() -> None:
    lines = [";".join(reversed(each.split(";"))) for each in (HEADER, LINE)]
    assert read_one(csv("Candidatures reçues;;;;", *lines), "t.csv") == candidature()


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("porteur.nm", "porteur.nom"),
        ("implantation.communes.code_insee", "implantation.communes.1.code_insee"),
        ("implantation.communes", "implantation.communes.1.code_insee"),
        ("medecins_interesses.rps", "medecins_interesses.1.rpps"),
    ],
)
def test_a_mistyped_column_refuses_the_table_and_is_told_with_the_right_name(heading: str, meant: str) -> None:
    documents, findings = read(csv(f"{HEADER};{heading}", f"{LINE};x"), "t.csv")
    assert documents == []
    assert [(finding.code, str(finding.suggestion)) for finding in findings] == [
        ("unknown-column", f"Vouliez-vous dire « {meant} » ?")
    ]


def test_a_column_of_ones_own_is_left_out_and_told() -> None:
    (document,), findings = read(csv(HEADER + ";Observations", LINE + ";très bien"), "t.csv")
    assert [finding.code for finding in findings] == ["column-not-read"]
    assert build(Candidature, document)[0] == candidature()


def test_a_column_given_twice_is_told_and_refused_only_where_it_contradicts_itself() -> None:
    line, other = LINE + ";Commune d'essai", LINE.replace("T-01", "T-02") + ";x"
    wrong = wrong_with(csv(HEADER + ";porteur.nom", line, other, LINE.replace("T-01", "T-03") + ";"), "t.csv")
    assert wrong == [("column-repeated", f"t.csv:1:{len(HEADER) + 2}"), ("duplicate-key", f"t.csv:3:{len(LINE) + 2}")]


def test_a_table_without_references_is_refused_whole() -> None:
    assert [code for code, _ in wrong_with(csv(HEADER.replace("reference;", "", 1), LINE), "t.csv")] == ["missing-key"]


def test_merged_and_hidden_cells_of_a_table_are_told() -> None:
    def merge(book: Any) -> None:
        book.worksheets[0].merge_cells("B3:B4")

    def hide(book: Any) -> None:
        book.worksheets[0].row_dimensions[3].hidden = True

    assert [code for code, _ in wrong_with(table_of([MINIMAL], merge))] == ["merged-answer"]
    assert [code for code, _ in wrong_with(table_of([MINIMAL], hide))] == ["hidden-answer"]


def test_a_table_of_another_edition_is_read_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(table_workbook(other_criteria(), [candidature()]))
    evaluation = evaluate([path], SAMPLES.parent / "criteria.yaml")
    assert [finding.code for finding in evaluation.findings] == ["other-edition"]


ZONING = (SAMPLES / "zonage-2022.csv").read_bytes()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("zonage.csv", ZONING),
        ("resultat.csv", "rang,référence,porteur,total\r\n1,A,B,93\r\n".encode()),
        ("colonne.csv", b"bonjour\r\n"),
    ],
)
def test_another_csv_is_a_note_in_a_folder_and_an_error_when_named(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    found = load(tmp_path)
    assert [(finding.code, finding.severity) for finding in found.findings] == [("not-a-form", Severity.NOTE)]
    assert found.entries == []
    assert found.unreadable == []
    told = load(tmp_path, named=True)
    assert [(finding.code, finding.severity) for finding in told.findings] == [("not-a-form", Severity.ERROR)]


def test_a_table_that_nobody_can_read_is_an_error_in_a_folder_too(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_bytes(b"nom;note\r\nA;12\r\n")
    (tmp_path / "bon.csv").write_bytes(csv(HEADER, LINE))
    found = load(tmp_path)
    assert [(finding.code, finding.severity) for finding in found.findings] == [("not-a-form", Severity.ERROR)]
    assert len(found.entries) == 1


def test_another_workbook_is_a_note_in_a_folder_and_an_error_when_named(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["A1"].value = "Budget"
    book.save(tmp_path / "budget.xlsx")
    assert [finding.severity for finding in load(tmp_path).findings] == [Severity.NOTE]
    assert [finding.severity for finding in load(tmp_path, named=True).findings] == [Severity.ERROR]


def test_an_old_workbook_in_a_folder_is_an_error_that_says_how_to_save_it(tmp_path: Path) -> None:
    (tmp_path / "vieux.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512)
    (finding,) = load(tmp_path).findings
    assert (finding.code, finding.severity) == ("not-a-workbook", Severity.ERROR)
    assert ".xlsx" in str(finding.suggestion)


def test_a_workbook_named_csv_is_told_apart() -> None:
    assert wrong_with(table_of([MINIMAL]), "t.csv") == [("not-a-table", "t.csv")]


def test_an_empty_csv_is_an_empty_file() -> None:
    assert [code for code, _ in wrong_with(b"\xef\xbb\xbf\r\n", "t.csv")] == ["empty-file"]


def test_findings_about_a_csv_line_never_quote_the_names_that_stand_on_it(tmp_path: Path) -> None:
    header = HEADER + ";medecins_interesses.1.nom;medecins_interesses.1.rpps;medecins_interesses.1.temps_plein"
    (tmp_path / "t.csv").write_bytes(csv(header, LINE + "1,234;Emma Bovary;10101010101;Emma Bovary"))
    findings = load(tmp_path).findings
    assert len(findings) == 3
    for finding in findings:
        told = f"{finding.message} {finding.suggestion} {finding.where.excerpt}"
        assert "Bovary" not in told
        assert "10101010101" not in told


def test_a_text_that_looks_like_a_formula_comes_back_from_a_csv_as_it_was() -> None:
    for name in ("=1+1", "+33", "@x", "-5 %", "'=x", "''"):
        made = candidature(porteur={"nom": name})
        written = table_csv(criteria(), [made])
        assert ";=1+1" not in written
        assert read_one(written.encode("utf-8-sig"), "t.csv") == made

"""Tables as services keep them: titles, groups and notes around the cells, and cells read with their neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.sources.sheets import load, read, read_one, wrong_with

from ami_scoring.domain.candidature import Candidature
from ami_scoring.findings import Severity
from ami_scoring.sources.doors.documents import build
from ami_scoring.sources.spreadsheets.opening import open_cells, rows_of
from ami_scoring.sources.spreadsheets.workbooks import Book

HEADER = "reference;depose_le;porteur.nom;implantation.communes.1.code_insee"
LINE = "A-1;30/09/2022;Commune d'essai;09901"


def csv(*lines: str) -> bytes:
    return "\r\n".join([*lines, ""]).encode()


def sheet(*rows: Sequence[object], merged: tuple[str, ...] = ()) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append([*row])
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def codes(data: bytes, name: str = "t.csv") -> list[tuple[str, str]]:
    return sorted((each.code, str(each.where.cell or each.where.line)) for each in read(data, name)[1])


def references(data: bytes, name: str = "t.csv") -> list[str]:
    return [document.data["reference"] for document in read(data, name)[0]]  # type: ignore[index, call-overload, misc]


@pytest.mark.parametrize("above", [1, 8, 29])
def test_titles_and_notes_may_stand_above_the_headings(above: int) -> None:
    titles = [f"Note {number} du service;;;" for number in range(above)]
    assert references(csv(*titles, ";;;", HEADER, LINE)) == ["A-1"]


def test_a_heading_that_merely_resembles_a_key_leaves_the_table_readable() -> None:
    data = csv(f"{HEADER};Commune;implantation;Référant", f"{LINE};Foix;x;y")
    assert references(data) == ["A-1"]
    assert codes(data) == [("column-not-read", "1")]


def test_columns_that_are_not_read_are_counted_and_named_once() -> None:
    more = ";".join(f"Suivi {number}" for number in range(198))
    (finding,) = read(csv(f"{HEADER};{more}", f"{LINE};{';'.join('x' * 198)}"), "t.csv")[1]
    said = str(finding.message)
    assert said.startswith("198 colonnes ne sont pas des données de candidature et ne sont pas lues : E, F, G,")
    assert said.endswith(" et 179 autres.")
    assert "Suivi" not in said


def test_a_column_without_a_heading_is_told_once_and_left_out() -> None:
    keys, line = HEADER.split(";"), LINE.split(";")
    data = sheet([*keys, None, "Observations"], [*line, "x", "y"], ["A-2", *line[1:], "x", "y"])
    assert references(data, "f.xlsx") == ["A-1", "A-2"]
    assert codes(data, "f.xlsx") == [("column-not-read", "E2"), ("column-not-read", "F1")]


def test_two_lines_of_headings_are_read_as_one() -> None:
    group = ["reference", "depose_le", "porteur", None, "implantation.communes.1"]
    names = [None, None, "nom", "siren", "code_insee"]
    line = ["A-1", "30/09/2022", "Commune d'essai", "732829320", "09901"]
    for merged in ((), ("C2:D2",)):
        found = read_one(sheet(["Vague 1"], group, names, line, merged=merged), "f.xlsx")
        assert (found.applicant.siren, found.place.communes[0].code_insee) == ("732829320", "09901")


@pytest.mark.parametrize("last", ["Total;;;", "TOTAL;;;12", ";;Sous-total;", "Moyenne;;;3,5", "Source : le service;;;"])
def test_totals_and_notes_below_are_no_candidatures(last: str) -> None:
    data = csv(HEADER, LINE, ";;;", last, ";;;", ";;;")
    assert references(data) == ["A-1"]
    assert codes(data) == [("line-not-read", "4")]


def test_a_line_of_formulas_alone_is_a_total() -> None:
    data = sheet(HEADER.split(";"), LINE.split(";"), [None, None, None, "=COUNTA(D2:D2)"])
    assert codes(data, "f.xlsx") == [("line-not-read", "D3")]


@pytest.mark.parametrize("line", ["Total-1;30/09/2022;Commune;09901", ";30/09/2022;Totale;09901", "A-2;;;"])
def test_a_line_that_may_be_a_candidature_is_never_left_out(line: str) -> None:
    assert len(read(csv(HEADER, LINE, line), "t.csv")[0]) == 2


@pytest.mark.parametrize(
    ("written", "others", "read_as"),
    [
        ("1.103", ["1.7"], "1.103"),
        ("1,103", ["2,5", "12"], "1.103"),
        ("1.103", ["1,7"], None),
        ("1.103", ["12", "2.104"], None),
        ("1.103", ["1.7", "environ 3"], None),
    ],
)
def test_a_number_is_read_as_the_rest_of_its_column(written: str, others: list[str], read_as: str | None) -> None:
    lines = [f"A-{place};2022-09-01;C;09901;{text}" for place, text in enumerate([written, *others])]
    data = csv(f"{HEADER};locaux.surface_m2", *lines)
    told = [place for code, place in codes(data) if code == "number-read-by-column"]
    assert told == ([] if read_as is None else ["2"])
    if read_as is not None:
        found = read_one(csv(f"{HEADER};locaux.surface_m2", lines[0]).replace(written.encode(), b"1.1030"), "t.csv")
        assert found == load_first(data)


def load_first(data: bytes) -> Candidature:
    found, _ = build(Candidature, read(data, "t.csv")[0][0])
    assert found is not None
    return found


def test_a_column_of_texts_is_never_rewritten() -> None:
    data = csv(f"{HEADER};complements.version", f"{LINE};1.103", f"A-2{LINE[3:]};1.7")
    assert load_first(data).extra == {"version": "1.103"}


def test_a_code_is_read_as_its_number_format_shows_it() -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append([*HEADER.split(";"), "complements.dossier", "complements.siren", "complements.nombre"])
    page.append(["A-1", "30/09/2022", "C", 9001, 42, 5600049, 9000])
    shapes = ("00000", "000-00", '000" "000" "000', "0.00")
    for cell, shape in zip(page[2][3:], shapes, strict=True):
        cell.number_format = shape
    saved = BytesIO()
    book.save(saved)
    (document,), findings = read(saved.getvalue(), "f.xlsx")
    assert findings == []
    assert document.data["implantation"]["communes"][0]["code_insee"] == "09001"  # type: ignore[index, call-overload]
    assert document.data["complements"] == {  # type: ignore[index, call-overload]
        "dossier": "42",
        "siren": "005 600 049",
        "nombre": "9000",
    }


def test_a_placeholder_is_a_missing_answer_and_a_siret_gives_its_siren() -> None:
    data = csv(f"{HEADER};porteur.siren;locaux.bureaux;pieces.1", f"{LINE};732 829 320 00074;N/A;-")
    assert codes(data) == [("placeholder-answer", "2"), ("placeholder-answer", "2"), ("siret-read", "2")]
    found = load_first(data)
    assert (found.applicant.siren, found.premises, found.documents) == ("732829320", None, None)


def test_mac_roman_is_read_and_told() -> None:
    (document,), (finding,) = read(csv(HEADER, LINE).replace(b"essai", "l'été à Nîmes".encode("mac_roman")), "t.csv")
    assert (finding.code, finding.severity) == ("csv-mac-roman", Severity.WARNING)
    assert document.data["porteur"]["nom"] == "Commune d'l'été à Nîmes"  # type: ignore[index, call-overload]


def test_utf_8_that_was_encoded_twice_is_told_before_a_name_is_published(tmp_path: Path) -> None:
    twice = "Société".encode().decode("cp1252")
    (tmp_path / "t.csv").write_bytes(csv(HEADER, LINE.replace("Commune", twice), LINE.replace("A-1", "A-2")))
    assert [(each.code, each.where.line) for each in load(tmp_path).findings] == [("text-garbled", 2)]


def test_raw_rows_keep_their_place_whatever_the_file() -> None:
    for data, name, place in (
        (csv(HEADER, "", LINE), "t.csv", "t.csv:3:5"),
        (sheet([], [], LINE.split(";")), "f.xlsx", "B3"),
    ):
        book = open_cells(data, Path(name))
        assert isinstance(book, Book)
        *_, (number, row) = rows_of(book.sheets[0])
        assert (number, row[1].text, row.get(9)) == (3, "A-1", None)
        spot = next(spot for spot in book.sheets[0].grid.cells if spot.row == 3 and spot.column == 2)
        assert place in str(book.sheets[0].at(spot))


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "empty-file"), (b'a;b\n"', "csv-quote"), (b"%PDF-1.7", "not-a-table")]
)
def test_a_text_that_gives_no_rows_says_why(data: bytes, code: str) -> None:
    found = open_cells(data, Path("t.csv"))
    assert not isinstance(found, Book)
    assert found.code == code


def test_a_finding_tells_the_place_of_a_repeated_column() -> None:
    assert wrong_with(csv(f"{HEADER};porteur.nom", f"{LINE};Commune d'essai"), "t.csv") == [
        ("column-repeated", f"t.csv:1:{len(HEADER) + 2}")
    ]

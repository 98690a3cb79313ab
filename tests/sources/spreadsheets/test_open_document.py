"""OpenDocument workbooks: what LibreOffice writes is what Excel writes, read the same and bounded the same."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.sources.attacks import open_row, open_sheet
from tests.sources.sheets import SAMPLES, candidature, criteria, read, read_one

from ami_scoring.domain.candidature import Candidature
from ami_scoring.findings import Finding
from ami_scoring.reports.form import form_ods, form_workbook, table_ods
from ami_scoring.sources.doors.loaders import load_candidatures
from ami_scoring.sources.spreadsheets.cells import Cell, Content, Spot
from ami_scoring.sources.spreadsheets.workbooks import Sheet, read_workbook

BOOKS = Path(__file__).parents[1] / "books"


def cell(given: str, shown: str = "") -> Cell | None:
    """Read one cell from what it declares and shows."""
    return only(open_sheet(open_row(shown.encode(), f" {given}".encode()))).grid.cells.get(Spot(1, 1))


def only(data: bytes) -> Sheet:
    book = read_workbook(data, "f.ods")
    assert not isinstance(book, Finding), book
    return book.sheets[0]


def samples() -> list[Candidature]:
    found = load_candidatures(sorted((SAMPLES / "candidatures" / "vague-1").glob("*.yaml")), lambda _: ())
    return [entry.candidature for entry in found.entries][:4]


def test_a_candidature_comes_back_whole_from_a_form_and_a_table() -> None:
    made = [*samples(), candidature(porteur={"nom": "  Élan\n«  deux   espaces »\t=1+1"})]
    for each in made:
        assert read_one(form_ods(criteria(), each), "f.ods") == read_one(form_workbook(criteria(), each)) == each
    documents, findings = read(table_ods(criteria(), made), "t.ods")
    assert findings == []
    assert [Candidature.model_validate(document.data) for document in documents] == made


def test_a_form_saved_again_by_libreoffice_is_read_the_same() -> None:
    data = (BOOKS / "formulaire-libreoffice.ods").read_bytes()
    (document,), findings = read(data, "f.ods")
    assert ([*document.findings, *findings], Candidature.model_validate(document.data).reference) == ([], "AMI-T-09")


def test_a_form_is_the_same_bytes_twice_and_says_its_type_first() -> None:
    made = form_ods(criteria())
    assert made == form_ods(criteria())
    with ZipFile(BytesIO(made)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", 0)


@pytest.mark.parametrize(
    ("given", "shown", "text"),
    [
        ('office:value-type="float" office:value="0.30000000000000004"', "<text:p>0,3</text:p>", "0.3"),
        ('office:value-type="float" office:value="9000"', "<text:p>09000</text:p>", "09000"),
        ('office:value-type="float" office:value="5600049"', "<text:p>005 600 049</text:p>", "005 600 049"),
        ('office:value-type="float" office:value="0"', "<text:p>0</text:p>", "0"),
        ('office:value-type="currency" office:value="1234.5"', "<text:p>1 234,50 €</text:p>", "1234.5"),
        ('office:value-type="percentage" office:value="0.125"', "<text:p>12,5%</text:p>", "12.5 %"),
        ('office:value-type="boolean" office:boolean-value="true"', "<text:p>VRAI</text:p>", "oui"),
        ('office:value-type="boolean" office:boolean-value="false"', "<text:p>FAUX</text:p>", "non"),
        ('office:value-type="string" office:string-value="A-1"', "", "A-1"),
        ('office:value-type="string"', "<text:p>a<text:s text:c='3'/>b<text:tab/>c</text:p>", "a   b\tc"),
        ('office:value-type="string"', "<text:p>a<text:span>b</text:span></text:p><text:p>c</text:p>", "ab\nc"),
        ('office:value-type="string"', "<text:p>a<text:line-break/>b</text:p>", "a\nb"),
        ('office:value-type="time" office:time-value="PT09H00M00S"', "<text:p>09:00</text:p>", "09:00"),
    ],
)
def test_a_cell_is_read_as_a_person_would_type_it(given: str, shown: str, text: str) -> None:
    assert cell(given, shown) == Cell(text)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2024-06-30", "2024-06-30"),
        ("2024-06-30T00:00:00", "2024-06-30"),
        ("2024-06-30T09:00:00", "2024-06-30T09:00:00+02:00"),
        ("2024-12-30T09:00:00.4", "2024-12-30T09:00:00+01:00"),
        ("9hT", "9hT"),
    ],
)
def test_a_date_is_read_from_what_is_stored_and_its_hour_is_that_of_paris(day: str, text: str) -> None:
    assert cell(f'office:value-type="date" office:date-value="{day}"', "<text:p>x</text:p>") == Cell(text, Content.DATE)


@pytest.mark.parametrize(
    ("given", "shown", "found"),
    [
        ('table:formula="of:=1+1" office:value-type="float" office:value="2"', "", Cell("2", formula="1+1")),
        ('table:formula="of:=[.B2]*2"', "", Cell("", Content.UNCOMPUTED, "B2*2")),
        (
            'table:formula="of:=[&apos;file:///x.ods&apos;#$F.A1]" office:value-type="float" office:value="2"',
            "",
            Cell("2", formula="['file:///x.ods'#$F.A1]"),
        ),
        (
            'table:formula="of:=NA()" office:value-type="string"',
            "<text:p>#N/A</text:p>",
            Cell("#N/A", Content.ERROR, "NA()"),
        ),
        ('calcext:value-type="error"', "<text:p>#REF!</text:p>", Cell("#REF!", Content.ERROR)),
        ('office:value-type="string"', "<text:p> </text:p>", None),
        ("", "", None),
    ],
)
def test_formulas_errors_and_blanks_are_told_apart(given: str, shown: str, found: Cell | None) -> None:
    if "calcext" in given:
        given += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    assert cell(given, shown) == found


def test_repeated_blank_lines_and_cells_cost_nothing_and_far_cells_keep_their_place() -> None:
    body = (
        b'<table:table-row table:number-rows-repeated="1000000">'
        b'<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        b'<table:table-row><table:table-cell table:number-columns-repeated="16383"/>'
        b"<table:table-cell><text:p>loin</text:p></table:table-cell>"
        b'</table:table-row><table:table-row table:number-rows-repeated="999999999"/>'
    )
    assert only(open_sheet(body)).grid.cells == {Spot(1_000_001, 16_384): Cell("loin")}


def test_what_is_repeated_is_read_as_often_as_it_is_shown() -> None:
    body = open_row(b"<text:p>x</text:p>", b' table:number-columns-repeated="2"', rows=2)
    assert sorted(only(open_sheet(body)).grid.cells) == [Spot(1, 1), Spot(1, 2), Spot(2, 1), Spot(2, 2)]


def test_what_is_hidden_or_merged_is_known() -> None:
    body = (
        b'<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        b'<table:table-row table:visibility="filter"><table:table-cell table:number-columns-spanned="2" '
        b'table:number-rows-spanned="1"><text:p>a</text:p></table:table-cell><table:covered-table-cell/></table:table-row>'
        b"<table:table-row><table:table-cell/><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>"
    )
    grid = only(open_sheet(body)).grid
    assert [spot for spot in sorted(grid.cells) if grid.is_hidden(spot)] == [Spot(1, 1), Spot(2, 2)]
    assert (grid.merged[0].first, grid.merged[0].last) == (Spot(1, 1), Spot(1, 2))


def test_comments_shapes_and_tables_within_cells_are_told_and_not_read() -> None:
    body = open_row(
        b"<office:annotation><text:p>jamais lu</text:p></office:annotation><text:p>lu</text:p>"
        b"<table:table><table:table-row><table:table-cell><text:p>ni cela</text:p></table:table-cell>"
        b"</table:table-row></table:table>"
    )
    book = read_workbook(open_sheet(body, also={"Basic/Standard/Module1.xml": b"<x/>"}), "f.ods")
    assert not isinstance(book, Finding)
    assert book.sheets[0].grid.cells == {Spot(1, 1): Cell("lu")}
    assert [finding.code for finding in book.findings] == ["workbook-macros", "workbook-not-all-read"]
    assert "commentaires et des images" in str(book.findings[1].message)


def test_an_ods_is_known_by_what_it_holds_whatever_its_name() -> None:
    assert read_one(form_ods(criteria(), candidature()), "f.xlsx") == candidature()
    assert read_one(form_workbook(criteria(), candidature()), "f.ods") == candidature()

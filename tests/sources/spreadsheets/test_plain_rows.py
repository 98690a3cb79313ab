"""Rows written plainly are read by a quicker way, and give exactly what the slower way gives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.attacks import SHEET, empty_zip, open_sheet, rows

from ami_scoring.findings import Finding
from ami_scoring.sources.files.decoding import Source
from ami_scoring.sources.spreadsheets import csv_text, packages
from ami_scoring.sources.spreadsheets.cells import Cell, Spot
from ami_scoring.sources.spreadsheets.shared_texts import read_texts
from ami_scoring.sources.spreadsheets.sheet_cells import Shared
from ami_scoring.sources.spreadsheets.sheet_xml import read_grid
from ami_scoring.sources.spreadsheets.workbooks import read_workbook

QUICK = settings(max_examples=40, deadline=None, derandomize=True)
SHARED = Shared(("Oui", " ", "élan & vent"), frozenset({1}), frozenset({2}), code_shapes={3: "00000"})
COMMENT = b"<!-- rien -->"
"""After which nothing is taken for a plain row."""
EXCEL = [
    '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" s="1"><v>44621</v></c><c r="C3" s="3"><v>9001</v></c></row>',
    '<row r="4" hidden="1" spans="1:3"><c r="A4" t="s"><v>2</v></c><c r="C4" t="s"><v>1</v></c></row>',
    '<row r="5"><c r="B5" t="inlineStr"><is><t xml:space="preserve"> a &amp; b </t></is></c>\n<c r="D5" s="2"/></row>',
    '<row r="6"><c r="A6"><f>1+1</f><v>2</v></c><c r="B6" t="b"><v>1</v></c></row>',
    '<row r="7"><c r="XFD7" t="str"><v>fin_x000D_</v></c><c r="A7" t="e"><v>#N/A</v></c></row>',
    '<row r="8"><c t="inlineStr"><is><t>sans adresse</t></is></c><c r="B9"><v>1e3</v></c></row>',
    '<row r="10"/><row r="11"><c r="A11"><v>0.30000000000000004</v></c></row>',
    "<row><c><v>7</v></c></row>",
]
STRING, FLOAT = ' office:value-type="string"', ' office:value-type="float" office:value="{}"'
BLANK = "<table:table-cell/>"
YES = ' table:number-columns-repeated="2" office:value-type="boolean" office:boolean-value="true"'
DAY = ' office:value-type="date" office:date-value="2022-02-28"'
SUM = ' table:formula="of:=[.A1]" office:value-type="float" office:value="2"'
WIDE = ' table:number-columns-spanned="2" table:number-rows-spanned="1"'
LINES = '<text:p>un</text:p><text:p/><text:p>d<text:s text:c="2"/>x<text:line-break/>&lt;</text:p>'
BOLD = '<text:p><text:span text:style-name="T1">gras</text:span></text:p>'


def open_line(*cells: str, given: str = "") -> str:
    return f"<table:table-row{given}>{''.join(cells)}</table:table-row>"


def open_cell(given: str = "", shown: str = "") -> str:
    text = shown if shown.startswith("<") or not shown else f"<text:p>{shown}</text:p>"
    return f"<table:table-cell{given}>{text}</table:table-cell>"


OPEN = [
    open_line(open_cell(STRING, "a &amp; b"), open_cell(FLOAT.format(9001) + ' calcext:value-type="float"', "09001")),
    open_line(BLANK, open_cell(YES, "VRAI"), given=' table:visibility="collapse"'),
    open_line(open_cell(DAY, "28/02/22"), given=' table:number-rows-repeated="2"'),
    open_line(open_cell(STRING, LINES)),
    open_line(open_cell(WIDE, "fusion"), "<table:covered-table-cell/>"),
    open_line(open_cell(SUM, "2")),
    open_line(open_cell("", BOLD), open_cell(STRING, "")),
    open_line('<table:table-cell table:number-columns-repeated="16384"/>', given=' table:number-rows-repeated="1000"'),
    "\n",
]


def grid_of(body: str, before: bytes = b"") -> object:
    sheet = b"<worksheet>" + before + b"<sheetData>" + body.encode() + b"</sheetData></worksheet>"
    package = packages.open_package(empty_zip(members={SHEET: sheet, "[Content_Types].xml": b"<Types/>"}), "f.xlsx")
    assert isinstance(package, packages.Package)
    grid = read_grid(package, SHEET, SHARED)
    return dict(grid.cells.items()), grid.hidden_rows


def sheets_of(body: str, before: bytes = b"") -> object:
    book = read_workbook(open_sheet(body.encode(), before), "f.ods")
    assert not isinstance(book, Finding), book
    return [(dict(one.grid.cells.items()), one.grid.hidden_rows, one.grid.merged) for one in book.sheets]


@QUICK
@given(st.lists(st.sampled_from(EXCEL), max_size=6).map("".join))
def test_rows_of_excel_give_the_same_cells_by_both_ways(body: str) -> None:
    assert grid_of(body) == grid_of(body, COMMENT)


@QUICK
@given(st.lists(st.sampled_from(OPEN), max_size=6).map("".join))
def test_rows_of_libreoffice_give_the_same_cells_by_both_ways(body: str) -> None:
    assert sheets_of(body) == sheets_of(body, COMMENT)


@pytest.mark.parametrize("text", [b"a\xff", b"\xef\xbf\xbf", b"\x01", b"&#0;", b"&inconnue;"])
def test_what_no_parser_would_read_is_not_read_by_the_quicker_way_either(text: bytes) -> None:
    body = (
        b'<table:table-row><table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>' % text
    )
    book = read_workbook(open_sheet(body + b"</table:table-row>"), "f.ods")
    assert isinstance(book, Finding)
    assert book.code == "workbook-broken"


def test_a_row_within_a_comment_is_no_row() -> None:
    assert grid_of('<!-- <row r="3"><c r="A3"><v>1</v></c></row> -->') == ({}, set())


def test_shared_texts_are_the_same_whether_rich_or_plain() -> None:
    plain, rich = b"<si><t>un &amp; deux</t></si>", b"<si><r><t>tr</t></r><r><t>ois</t></r><rPh><t>x</t></rPh></si>"
    part = b"<sst>" + plain * 3 + rich + plain + b"\n" + rich * 2 + b"</sst>"
    package = packages.open_package(empty_zip(members={"s.xml": part, "[Content_Types].xml": b"<T/>"}), "f.xlsx")
    assert isinstance(package, packages.Package)
    assert read_texts(package, "s.xml") == ("un & deux",) * 3 + ("trois", "un & deux", "trois", "trois")


def test_a_sheet_longer_than_one_piece_is_read_whole() -> None:
    body = rows(b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"a" * 900 + b"</t></is></c></row>", 200)
    package = packages.open_package(empty_zip(members={SHEET: body, "[Content_Types].xml": b"<Types/>"}), "f.xlsx")
    assert isinstance(package, packages.Package)
    assert dict(read_grid(package, SHEET, Shared()).cells) == {Spot(1, 1): Cell("a" * 900)}


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(["a", '"', ";", ",", "\n", "\r\n", "\r", " ", "'=", '""', ';"b"', "é"]), min_size=1, max_size=12
    )
)
def test_a_text_is_split_the_same_by_both_ways(pieces: list[str]) -> None:
    text = "".join(pieces)
    separator = csv_text.separator_of(text)
    records = csv_text.split_records(text, "t.csv")
    source = Source(text, "t.csv")
    walked, starts, findings = csv_text._walk(source, separator)
    assert (list(records.rows), [each.code for each in records.findings]) == (walked, [each.code for each in findings])
    assert list(records.lines)[: len(walked)] == [source.line_of(each[0]) for each in starts]

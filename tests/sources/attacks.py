"""One broken or refused workbook per mistake, made here rather than kept.

None would harm anything if our guards failed: each is one step past a limit of ours, and a test lowers the limit where
that step would be long.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

from ami_scoring.sources.spreadsheets import packages, sheet_cells

from .sheets import filled, in_sheet, repacked

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET: Final = "xl/worksheets/sheet1.xml"


def _same(_: str, content: bytes) -> bytes:
    return content


def with_member(name: str, content: bytes = b"x") -> bytes:
    return repacked(filled(), _same, {name: content})


def sheet_of(xml: bytes) -> bytes:
    """Put another sheet in place of the form's."""
    return repacked(filled(), lambda name, content: xml if name == SHEET else content)


ODF: Final = b"application/vnd.oasis.opendocument."


def open_sheet(body: bytes | None, before: bytes = b"", also: Mapping[str, bytes] | None = None) -> bytes:
    """Make an .ods whose one sheet has these lines, or none at all."""
    table = b"" if body is None else b'<table:table table:name="Feuille1">' + body + b"</table:table>"
    names = b"".join(
        b' xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (name, name)
        for name in (b"office", b"table", b"text", b"style")
    )
    content = (
        before
        + b"<office:document-content%s><office:body><office:spreadsheet>" % names
        + table
        + b"</office:spreadsheet></office:body></office:document-content>"
    )
    return empty_zip(members={"mimetype": ODF + b"spreadsheet", "content.xml": content, **(also or {})})


def open_row(body: bytes, given: bytes = b"", rows: int = 1) -> bytes:
    """Make a line of one cell, which may be repeated."""
    return (
        b'<table:table-row table:number-rows-repeated="%d"><table:table-cell%s>%s</table:table-cell></table:table-row>'
        % (
            rows,
            given,
            body,
        )
    )


def rows(body: bytes, count: int) -> bytes:
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + body * count
        + b"</sheetData></worksheet>"
    )


def empty_zip(compression: int = ZIP_DEFLATED, members: Mapping[str, bytes] | None = None) -> bytes:
    page = BytesIO()
    with ZipFile(page, "w", compression) as target:
        for name, content in (members or {"[Content_Types].xml": b"<Types/>"}).items():
            target.writestr(name, content)
    return page.getvalue()


def flagged_encrypted() -> bytes:
    data = bytearray(filled())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def lying_about_its_size() -> bytes:
    """Say in the directory that each member is 10 bytes long, whatever it unpacks to."""
    data = bytearray(filled())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", data, at + 24, 10)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def far_cell(book: Any) -> None:
    sheet = book.worksheets[0]
    sheet.cell(sheet.max_row + 1, sheet.max_column + 1).value = "loin"


def bytes_unpacked(data: bytes) -> int:
    with ZipFile(BytesIO(data)) as archive:
        return sum(info.file_size for info in archive.infolist())


ENTITY: Final = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
LONG_TEXT: Final = b'<row><c r="B2" t="str"><v>' + b"a" * (sheet_cells.MAX_CELL + 1) + b"</v></c></row>"


def declaring(encoding: bytes, body: bytes = b"<worksheet/>") -> bytes:
    """Begin a part with the declaration of an encoding."""
    return b'<?xml version="1.0" encoding="%s"?>%s' % (encoding, body)


REFUSED: Final[Mapping[str, tuple[Callable[[], bytes], str]]] = {
    "empty": (lambda: b"", "empty-file"),
    "truncated": (lambda: filled()[:4000], "workbook-broken"),
    "truncated-in-the-middle": (lambda: filled()[: len(filled()) // 2] + filled()[-600:], "workbook-broken"),
    "renamed-csv": ("reference;depose_le\r\nA;é\r\n".encode, "not-a-workbook"),
    "renamed-utf16": (lambda: "reference;depose_le".encode("utf-16"), "not-a-workbook"),
    "xlsb": (
        lambda: empty_zip(members={"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"x"}),
        "not-a-workbook",
    ),
    "renamed-html": (lambda: b"\xef\xbb\xbf\r\n<HTML><table></table></HTML>", "not-a-workbook"),
    "renamed-pdf": (lambda: b"%PDF-1.7\n\x00\x01\x02", "not-a-workbook"),
    "old-xls": (lambda: OLE + b"\x00" * 600, "not-a-workbook"),
    "encrypted": (lambda: OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "workbook-encrypted"),
    "encrypted-members": (flagged_encrypted, "workbook-encrypted"),
    "odt": (lambda: empty_zip(members={"mimetype": ODF + b"text", "content.xml": b"<x/>"}), "not-a-workbook"),
    "ods-without-sheets": (lambda: open_sheet(None), "workbook-broken"),
    "ods-encrypted": (
        lambda: empty_zip(
            members={
                "mimetype": ODF + b"spreadsheet",
                "content.xml": b"\x00\x01",
                "META-INF/manifest.xml": b"<m><manifest:encryption-data/></m>",
            }
        ),
        "workbook-encrypted",
    ),
    "ods-entities": (lambda: open_sheet(b"", before=b"<!DOCTYPE a [<!ENTITY b 'c'>]>"), "workbook-broken"),
    "ods-not-xml": (lambda: open_sheet(b"<table:table-row"), "workbook-broken"),
    "ods-other-names": (
        lambda: empty_zip(
            members={
                "mimetype": ODF + b"spreadsheet",
                "content.xml": b'<office:document-content xmlns:office="urn:elsewhere"/>',
            }
        ),
        "workbook-broken",
    ),
    "ods-many-repeated": (
        lambda: open_sheet(open_row(b"<text:p>7</text:p>", b' office:value-type="string"', rows=100_002)),
        "workbook-too-large",
    ),
    "ods-many-repeated-across": (
        lambda: open_sheet(open_row(b"<text:p>7</text:p>", b' table:number-columns-repeated="16384"') * 8),
        "workbook-too-large",
    ),
    "ods-huge-cell": (lambda: open_sheet(open_row(b"<text:p>" + b"a" * 100_001 + b"</text:p>")), "workbook-too-large"),
    "word": (
        lambda: empty_zip(members={"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"}),
        "not-a-workbook",
    ),
    "plain-zip": (lambda: empty_zip(members={"lisez-moi.txt": b"x"}), "not-a-workbook"),
    "odd-compression": (lambda: empty_zip(ZIP_BZIP2), "workbook-broken"),
    "lying-about-its-size": (lying_about_its_size, "workbook-broken"),
    "many-members": (
        lambda: empty_zip(members={f"m{n}": b"" for n in range(packages.MAX_MEMBERS + 1)}),
        "workbook-too-large",
    ),
    "long-text": (lambda: sheet_of(rows(LONG_TEXT, 1)), "workbook-too-large"),
    "unclosed": (lambda: sheet_of(b"<a><a>"), "workbook-broken"),
    "entity": (lambda: sheet_of(ENTITY), "workbook-broken"),
    "not-xml": (lambda: sheet_of(b"{}"), "workbook-broken"),
    "unknown-encoding": (lambda: sheet_of(declaring(b"inconnu-8")), "workbook-broken"),
    "encoding-of-several-bytes": (lambda: sheet_of(declaring(b"shift_jis")), "workbook-broken"),
    "encoding-of-no-text": (lambda: sheet_of(declaring(b"hex")), "workbook-broken"),
    "ods-unknown-encoding": (lambda: open_sheet(b"", before=declaring(b"inconnu-8", b"")), "workbook-broken"),
    "impossible-address": (lambda: sheet_of(rows(b'<row><c r="XFE1"><v>1</v></c></row>', 1)), "workbook-broken"),
    "missing-sheet": (
        lambda: repacked(filled(), lambda name, content: None if name == SHEET else content),
        "workbook-broken",
    ),
    "missing-text": (
        lambda: sheet_of(rows(b'<row><c r="A1" t="s"><v>99999</v></c></row>', 1)),
        "workbook-broken",
    ),
}
"""What is refused whole: how it is made, and the code of the one finding."""

TOLERATED: Final[Mapping[str, tuple[Callable[[], bytes], list[str]]]] = {
    "far-cell": (lambda: filled(change=far_cell), ["answer-astray"]),
    "wrong-dimension": (
        lambda: repacked(filled(), lambda name, content: _dimension(content) if name == SHEET else content),
        [],
    ),
    "macros": (lambda: with_member("xl/vbaProject.bin"), ["workbook-macros"]),
    "external-links": (lambda: with_member("xl/externalLinks/externalLink1.xml"), ["workbook-links"]),
    "comments": (lambda: with_member("xl/comments1.xml"), ["workbook-not-all-read"]),
    "images": (lambda: with_member("xl/media/image1.png"), ["workbook-not-all-read"]),
}
"""What is read all the same, and the codes of what is said of it."""


def _dimension(content: bytes) -> bytes:
    before, _, after = content.partition(b"<dimension ref=")
    return before + b'<dimension ref="A1:A1"' + after[after.index(b"/>") :].lstrip(b'"') if after else content


__all__ = ["REFUSED", "TOLERATED", "in_sheet"]

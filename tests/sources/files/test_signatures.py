"""A workbook, a PDF or a letter under the name of a text is told for what it is, once, whatever reads it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.sources.attacks import OLE, empty_zip
from tests.sources.sheets import filled

from ami_scoring.findings import InvalidFileError, Severity
from ami_scoring.sources.doors.loaders import load_candidatures, load_criteria
from ami_scoring.sources.doors.zonings import load_zoning

KINDS: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "xlsx": (filled, "un classeur Excel", "Renommez-le en .xlsx."),
    "docx": (
        lambda: empty_zip(members={"word/document.xml": b"<x/>"}),
        "un document Word (.docx)",
        "Mettez à sa place",
    ),
    "ods": (
        # The first member is stored as it is, so that files can be recognised by it.
        lambda: b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" + b"\xff",
        "un classeur OpenDocument (.ods)",
        "Renommez-le en .ods.",
    ),
    "zip": (lambda: empty_zip(members={"lisez-moi.txt": b"x"}), "une archive zip", "Mettez à sa place"),
    "xls": (lambda: OLE + bytes(600), "un ancien classeur Excel (.xls)", "Ouvrez-le"),
    "doc": (
        lambda: OLE + bytes(600) + "WordDocument".encode("utf-16-le"),
        "un ancien document Word (.doc)",
        "Mettez à sa place",
    ),
    "encrypted": (
        lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "un document protégé par un mot de passe",
        "Mettez à sa place",
    ),
    "pdf": (lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "un PDF", "Mettez à sa place"),
    "page": (lambda: b"\n<!DOCTYPE html>\n<html></html>", "une page web", "Mettez à sa place"),
}


@pytest.mark.parametrize("suffix", [".yaml", ".json", ".jsonl", ".csv", ".txt"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_renamed_as_a_text_is_one_candidature_told_for_what_it_is(
    kind: str, suffix: str, tmp_path: Path
) -> None:
    make, name, advice = KINDS[kind]
    path = tmp_path / f"dossier{suffix}"
    path.write_bytes(make())
    loaded = load_candidatures([path], lambda _: ())
    (finding,) = loaded.findings
    assert finding.code == ("not-a-table" if suffix == ".csv" else "not-text")
    assert finding.severity is Severity.ERROR
    assert str(finding.message) == f"Ce fichier est {name}, malgré son nom."
    assert str(finding.suggestion).startswith(advice)
    assert len(loaded.unreadable) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_criteria_and_zoning_are_told_the_same(kind: str, tmp_path: Path) -> None:
    make, name, _ = KINDS[kind]
    path = tmp_path / "fichier"
    path.write_bytes(make())
    with pytest.raises(InvalidFileError) as caught:
        load_criteria(path)
    (refused,) = caught.value.findings
    assert refused.code == "not-text"
    assert str(refused.message) == f"Ce fichier est {name} ; les critères sont un texte YAML."
    assert str(refused.suggestion).startswith("Donnez à sa place le fichier de critères")
    table, _, (finding,) = load_zoning(path)
    assert table is None
    assert str(finding.message) == f"Ce fichier est {name}, malgré son nom."
    assert "CSV UTF-8" in str(finding.suggestion)


@pytest.mark.parametrize("kind", ["docx", "cut short"])
def test_a_letter_whose_pictures_hold_any_letters_is_a_letter(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "dossier.yaml"
    letter = empty_zip(members={"word/media/1.jpg": b"..xl/workbook.bin..", "word/document.xml": b"<x/>"})
    path.write_bytes(letter if kind == "docx" else empty_zip(members={"word/document.xml": b"<x/>"})[:-30])
    (finding,) = load_candidatures([path], lambda _: ()).findings
    assert str(finding.message) == "Ce fichier est un document Word (.docx), malgré son nom."


@pytest.mark.parametrize("at", [12, 13, 14, 15])
def test_a_table_of_contents_that_lies_is_not_followed(at: int, tmp_path: Path) -> None:
    path = tmp_path / "dossier.yaml"
    data = bytearray(filled())
    data[data.rfind(b"PK\x05\x06") + at] = 255
    path.write_bytes(bytes(data))
    (finding,) = load_candidatures([path], lambda _: ()).findings
    assert str(finding.message) == "Ce fichier est un classeur Excel, malgré son nom."


@pytest.mark.parametrize(
    ("content", "name", "advice"),
    [
        (b"%PDF-1.7\n\x00", "un PDF", "Mettez à sa place"),
        (b"\x89PNG\r\n", "une image", "Mettez à sa place"),
        (b"<html><table>", "une page web", "Ouvrez-le"),
        (OLE + bytes(600), "un ancien classeur Excel (.xls)", "Ouvrez-le"),
        (OLE + bytes(600) + "WordDocument".encode("utf-16-le"), "un ancien document Word (.doc)", "Mettez à sa place"),
        (empty_zip(members={"lisez-moi.txt": b"x"}), "une archive zip", "Ouvrez-la, et donnez"),
    ],
)
def test_what_is_named_as_a_workbook_gets_the_advice_of_what_it_is(
    content: bytes, name: str, advice: str, tmp_path: Path
) -> None:
    path = tmp_path / "f.xlsx"
    path.write_bytes(content)
    (finding,) = load_candidatures([path], lambda _: ()).findings
    assert finding.code == "not-a-workbook"
    assert str(finding.message).startswith(f"Ce fichier est {name}")
    assert str(finding.suggestion).startswith(advice)


def test_a_letter_renamed_as_a_workbook_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    path.write_bytes(empty_zip(members={"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}))
    (finding,) = load_candidatures([path], lambda _: ()).findings
    assert finding.code == "not-a-workbook"
    assert "document Word" in str(finding.message)

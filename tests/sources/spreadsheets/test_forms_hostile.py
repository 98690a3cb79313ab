"""What strangers send: each mistake gets one clear answer, in bounded memory, and nothing is lost in silence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.sources.attacks import REFUSED, SHEET, TOLERATED, bytes_unpacked, empty_zip, rows, sheet_of
from tests.sources.sheets import candidature, filled, read

from ami_scoring.domain.candidature import Candidature
from ami_scoring.findings import Severity
from ami_scoring.sources.doors.documents import build
from ami_scoring.sources.spreadsheets import packages, xml_parts
from ami_scoring.sources.spreadsheets.sheet_cells import Shared
from ami_scoring.sources.spreadsheets.sheet_xml import read_grid


@pytest.mark.parametrize("name", REFUSED)
def test_a_workbook_that_cannot_be_read_gets_one_clear_answer(name: str) -> None:
    make, code = REFUSED[name]
    documents, findings = read(make())
    assert documents == []
    assert [(finding.code, finding.severity) for finding in findings] == [(code, Severity.ERROR)]
    assert findings[0].where.path == "f.xlsx"


@pytest.mark.parametrize("name", TOLERATED)
def test_a_workbook_that_is_only_odd_is_read_and_told(name: str) -> None:
    make, codes = TOLERATED[name]
    (document,), findings = read(make())
    assert [finding.code for finding in findings] == codes
    assert build(Candidature, document)[0] == candidature()


def test_a_truncated_file_never_raises_wherever_it_is_cut() -> None:
    data = filled()
    for cut in range(0, len(data), 997):
        documents, findings = read(data[:cut])
        assert documents == []
        assert findings[0].severity is Severity.ERROR


def test_a_damaged_byte_never_raises() -> None:
    data = bytearray(filled())
    for at in range(11, len(data), 61):
        spoilt = bytearray(data)
        spoilt[at] ^= 0xFF
        read(bytes(spoilt))


def too_large(data: bytes) -> bool:
    return [finding.code for finding in read(data)[1]] == ["workbook-too-large"]


def test_a_workbook_one_byte_too_large_is_refused_before_anything_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = filled()
    monkeypatch.setattr(packages, "MAX_UNPACKED", bytes_unpacked(data))
    assert read(data)[1] == []
    monkeypatch.setattr(packages, "MAX_UNPACKED", bytes_unpacked(data) - 1)
    monkeypatch.setattr(ZipFile, "open", None)
    assert too_large(data)


def test_a_workbook_that_swells_too_much_is_refused_before_anything_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = filled()
    swelling = bytes_unpacked(data) // len(data)
    monkeypatch.setattr(packages, "MAX_UNPACKED", bytes_unpacked(data))
    monkeypatch.setattr(packages, "MAX_RATIO", swelling + 1)
    assert read(data)[1] == []
    monkeypatch.setattr(packages, "MAX_RATIO", swelling)
    monkeypatch.setattr(ZipFile, "open", None)
    assert too_large(data)


@pytest.mark.parametrize("bound", ["MAX_TAGS", "MAX_READ", "MAX_CELLS"])
def test_a_sheet_one_step_too_large_is_refused(bound: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = bound == "MAX_CELLS"
    sheet = rows(b'<row r="2"><c r="B2"><v>7</v></c></row>' if plain else b'<row><c r="B2"><v>7</v></c></row>', 3)
    size = {"MAX_TAGS": sheet.count(b"<"), "MAX_READ": len(sheet), "MAX_CELLS": 3 * (1 + xml_parts.LINE_COST)}[bound]
    package = packages.open_package(empty_zip(members={SHEET: sheet, "[Content_Types].xml": b"<Types/>"}), "f.xlsx")
    assert isinstance(package, packages.Package)
    monkeypatch.setattr(xml_parts, bound, size)
    assert len(read_grid(package, SHEET, Shared()).cells) == 1
    package.tags = package.unpacked = package.cells = 1
    with pytest.raises(packages.BrokenPackageError) as caught:
        read_grid(package, SHEET, Shared())
    assert caught.value.finding.code == "workbook-too-large"


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured with the resource module")
def test_the_largest_table_that_is_read_is_read_within_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    count = xml_parts.MAX_TAGS // 6 - 1_000
    lines = b"".join(b'<row><c r="B%d"><v>%d</v></c></row>' % (row, row * row) for row in range(2, count))
    path.write_bytes(sheet_of(rows(lines, 1)))
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from ami_scoring.sources.spreadsheets.intake import read_spreadsheet\n"
        "path = Path(sys.argv[1])\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "(_, findings), = read_spreadsheet(path.read_bytes(), path, named=True)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, *(each.code for each in findings))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    used, *codes = done.stdout.split()
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    assert int(used) / unit < 250
    assert "workbook-too-large" not in codes


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("renamed-pdf", "un PDF"),
        ("renamed-html", "une page web"),
        ("renamed-csv", "du texte"),
        ("old-xls", "un ancien classeur Excel (.xls)"),
        ("xlsb", "un classeur Excel binaire (.xlsb)"),
        ("odt", "un texte ou une présentation OpenDocument"),
        ("plain-zip", "une archive zip ordinaire"),
    ],
)
def test_a_file_of_another_kind_is_called_by_its_kind(name: str, said: str) -> None:
    _, (finding,) = read(REFUSED[name][0]())
    assert str(finding.message).startswith(f"Ce fichier est {said}")
    assert finding.suggestion is not None

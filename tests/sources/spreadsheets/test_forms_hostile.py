"""What strangers send: each attack gets one clear answer, fast, in little memory, and nothing is lost in silence."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.sources.attacks import REFUSED, TOLERATED
from tests.sources.sheets import candidature, filled, read

from ami_scoring.domain.candidature import Candidature
from ami_scoring.findings import Severity
from ami_scoring.sources.doors.documents import build

SECONDS = 3.0
"""Twice what is promised: the machine may be shared."""


@pytest.mark.parametrize("name", REFUSED)
def test_a_workbook_that_cannot_be_read_gets_one_clear_answer_in_time(name: str) -> None:
    make, code = REFUSED[name]
    data = make()
    start = time.process_time()
    documents, findings = read(data)
    assert time.process_time() - start < SECONDS
    assert documents == []
    assert [(finding.code, finding.severity) for finding in findings] == [(code, Severity.ERROR)]
    assert findings[0].where.path == "f.xlsx"


@pytest.mark.parametrize("name", TOLERATED)
def test_a_workbook_that_is_only_odd_is_read_and_told(name: str) -> None:
    make, codes = TOLERATED[name]
    data = make()
    start = time.process_time()
    (document,), findings = read(data)
    assert time.process_time() - start < SECONDS
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


@pytest.mark.skipif(sys.platform == "win32", reason="memory is bounded with the resource module")
@pytest.mark.parametrize("name", ["bomb", "many-cells", "huge-cell", "far-cell", "bomb-that-lies"])
def test_an_attack_is_answered_within_bounded_memory(name: str, tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    path.write_bytes((REFUSED.get(name) or TOLERATED[name])[0]())
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from ami_scoring.sources.spreadsheets.intake import read_spreadsheet\n"
        "resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 700_000_000))\n"
        "path = Path(sys.argv[1])\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "list(read_spreadsheet(path.read_bytes(), path, named=True))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    assert int(done.stdout) / unit < 250


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

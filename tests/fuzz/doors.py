"""Every door by which a stranger's bytes come in. Whatever they are, findings come out, and sentences of them.

The one exception that a door may raise is the one that it documents: `InvalidFileError`, of a policy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_STORED, ZipFile

from ami_scoring.domain.criteria import Criteria
from ami_scoring.evaluation.policy import Policy, read_policy
from ami_scoring.evaluation.run import checker
from ami_scoring.findings import InvalidFileError
from ami_scoring.reports.annotations import findings_text
from ami_scoring.reports.findings_json import findings_json
from ami_scoring.sources.doors.assessments import load_assessments
from ami_scoring.sources.doors.contours import load_contours
from ami_scoring.sources.doors.loaders import load_candidatures, load_zoning
from ami_scoring.sources.files.decoding import given

ROOT: Final = Path(__file__).parents[2]
BOOK: Final = ROOT / "tests" / "sources" / "books" / "formulaire-libreoffice.xlsx"
SHEET: Final = "xl/worksheets/sheet1.xml"
JUDGED: Final = ROOT / "examples" / "marche-public" / "criteria.yaml"


def _candidatures(suffix: str) -> Callable[[bytes], None]:
    path = Path(f"candidature{suffix}")

    def read(data: bytes) -> None:
        with given({path: data}):
            loaded = load_candidatures([path], checker(_policy()), named=[path], call=_policy().criteria.call)
            findings_text(loaded.findings, colour=True)
            findings_json(loaded.findings, [str(path)])

    return read


def _sheet(data: bytes) -> None:
    """Read these bytes as the first sheet of a workbook that is otherwise right."""
    page = BytesIO()
    with ZipFile(page, "w", ZIP_STORED) as target:
        for name, content in _members().items():
            target.writestr(name, data if name == SHEET else content)
    DOORS["xlsx"](page.getvalue())


def _content(data: bytes) -> None:
    """Read these bytes as the cells of an OpenDocument workbook."""
    page = BytesIO()
    with ZipFile(page, "w", ZIP_STORED) as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        target.writestr("content.xml", data)
    DOORS["ods"](page.getvalue())


def _criteria(data: bytes) -> None:
    path = Path("criteria.yaml")
    try:
        with given({path: data}):
            findings = read_policy(path, advice=True).findings
    except InvalidFileError as error:
        findings = error.findings
    findings_text(findings)


def _zoning(data: bytes) -> None:
    path = Path("zonage.csv")
    with given({path: data}):
        findings_text(load_zoning(path)[2])


def _contours(data: bytes) -> None:
    path = Path("communes.geojson")
    with given({path: data}):
        findings_text(load_contours(path)[1])


def _assessments(data: bytes) -> None:
    path = Path("avis.yaml")
    with given({path: data}):
        findings_text(load_assessments([path], _judged().judgements, {"OFF-01"}).findings)


DOORS: Final[Mapping[str, Callable[[bytes], None]]] = {
    "yaml": _candidatures(".yaml"),
    "json": _candidatures(".json"),
    "jsonl": _candidatures(".jsonl"),
    "csv": _candidatures(".csv"),
    "xlsx": _candidatures(".xlsx"),
    "sheet": _sheet,
    "ods": _candidatures(".ods"),
    "content": _content,
    "criteria": _criteria,
    "zoning": _zoning,
    "assessments": _assessments,
    "contours": _contours,
}

SEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "yaml": ("samples/candidatures/vague-1/*.yaml", "samples/candidatures/hors-delai/*.yaml"),
    "xlsx": ("tests/sources/books/*.xlsx",),
    "ods": ("tests/sources/books/*.ods",),
    "criteria": ("samples/autre-appel/criteria.yaml", "examples/*/criteria.yaml"),
    "zoning": ("samples/zonage-*.csv",),
    "assessments": ("examples/*/avis.yaml",),
}
"""Files of the project that are read as well as those of `corpus`, to start from."""


@cache
def _policy() -> Policy:
    return read_policy(ROOT / "criteria.yaml")


@cache
def _judged() -> Criteria:
    return read_policy(JUDGED).criteria


@cache
def _members() -> Mapping[str, bytes]:
    with ZipFile(BOOK) as book:
        return {name: book.read(name) for name in book.namelist()}

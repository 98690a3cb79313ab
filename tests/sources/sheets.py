"""Forms and tables made for the tests, then filled, spoilt or attacked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import load_workbook

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria
from ami_scoring.evaluation.policy import Policy, read_policy
from ami_scoring.findings import Finding
from ami_scoring.reports.form import form_workbook, table_workbook
from ami_scoring.sources.doors.documents import build
from ami_scoring.sources.doors.loaders import load_candidatures
from ami_scoring.sources.doors.room import Loaded
from ami_scoring.sources.files.document import Document
from ami_scoring.sources.spreadsheets.intake import read_spreadsheet

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
MINIMAL = {
    "reference": "AMI-T-01",
    "depose_le": "2022-09-30",
    "porteur.nom": "Commune d'essai",
    "implantation.communes.1.code_insee": "09901",
}

Answers = Mapping[str, Any]


@cache
def policy(path: Path = ROOT / "criteria.yaml") -> Policy:
    return read_policy(path)


def criteria() -> Criteria:
    return policy().criteria


def other_criteria() -> Criteria:
    return policy(SAMPLES / "autre-appel" / "criteria.yaml").criteria


def candidature(**blocks: Any) -> Candidature:
    return Candidature.model_validate(
        {
            "reference": "AMI-T-01",
            "depose_le": "2022-09-30",
            "porteur": {"nom": "Commune d'essai"},
            "implantation": {"communes": [{"code_insee": "09901"}]},
            **blocks,
        }
    )


@cache
def blank_form() -> bytes:
    return form_workbook(criteria())


@cache
def blank_table() -> bytes:
    return table_workbook(criteria())


@cache
def cells_by_key(form: bytes) -> Mapping[str, str]:
    """Find the answer cell of each key, as the technical column says."""
    sheet = load_workbook(BytesIO(form)).worksheets[0]
    found = {}
    for row in range(2, sheet.max_row + 1):
        for column, key in re.findall(r"^([A-Z]+)=(.+)$", str(sheet.cell(row, 1).value or ""), re.MULTILINE):
            found[key] = f"{column}{row}"
    return found


def filled(
    answers: Answers = MINIMAL, change: Callable[[Any], object] | None = None, form: bytes | None = None
) -> bytes:
    """Fill a form as a person would with Excel, then change its workbook as asked."""
    made = blank_form() if form is None else form
    book = load_workbook(BytesIO(made), rich_text=True)
    sheet = book.worksheets[0]
    for key, value in answers.items():
        sheet[cells_by_key(made)[key]].value = value
    if change:
        change(book)
    page = BytesIO()
    book.save(page)
    return page.getvalue()


def table_of(rows: Iterable[Answers], change: Callable[[Any], object] | None = None) -> bytes:
    """Fill the lines of a table."""
    book = load_workbook(BytesIO(blank_table()))
    sheet = book.worksheets[0]
    columns = {sheet.cell(1, column).value: column for column in range(2, sheet.max_column + 1)}
    for row, answers in enumerate(rows, start=3):
        for key, value in answers.items():
            sheet.cell(row, columns[key]).value = value
    if change:
        change(book)
    page = BytesIO()
    book.save(page)
    return page.getvalue()


def repacked(
    data: bytes, change: Callable[[str, bytes], bytes | None], more: Mapping[str, bytes] | None = None
) -> bytes:
    """Rewrite the members of a workbook one by one; None leaves one out."""
    page = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(page, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
        for name, content in (more or {}).items():
            target.writestr(name, content)
    return page.getvalue()


def in_sheet(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    """Replace some XML in the first sheet."""

    def change(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        assert old in content
        return content.replace(old, new)

    return change


def read(data: bytes, name: str = "f.xlsx", *, named: bool = True) -> tuple[list[Document], list[Finding]]:
    """Read a file; the findings that travel with documents are given with the others."""
    documents: list[Document] = []
    findings: list[Finding] = []
    for some, wrong in read_spreadsheet(data, Path(name), named=named):
        documents.extend(some)
        findings.extend([*wrong, *(finding for document in some for finding in document.findings)])
    return documents, findings


def read_one(data: bytes, name: str = "f.xlsx") -> Candidature:
    """Read the one candidature of a file that has nothing wrong."""
    documents, findings = read(data, name)
    assert findings == []
    (document,) = documents
    found, refused = build(Candidature, document)
    assert refused == []
    assert found is not None
    return found


def wrong_with(data: bytes, name: str = "f.xlsx") -> list[tuple[str, str]]:
    """Say everything wrong with a file, through the door: codes and places."""
    documents, findings = read(data, name)
    refused = [finding for document in documents for finding in build(Candidature, document)[1]]
    return [(finding.code, str(finding.where).replace("\u00a0", " ")) for finding in [*findings, *refused]]


def load(folder: Path, *, named: bool = False) -> Loaded:
    """Load every file of a folder as `ami score` does."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return load_candidatures(files, lambda _: (), named=files if named else (), call=criteria().call)

"""What findings cost: the same candidatures clean, then with one warning each, then with one error each, by source."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from openpyxl import load_workbook

from ami_scoring.domain.candidature import Candidature
from ami_scoring.evaluation.policy import read_policy
from ami_scoring.reports.form import table_csv, table_workbook

from .environment import ROOT
from .generate import candidature, communes, with_error, with_warning, write_lines, write_policy, write_yaml
from .table import Row, number
from .timing import AMI, Job, medians

LINES: Final = 20_000
ROWS: Final = 5_000
CLEAN: Final = "propres"
CHANGES: Final = {CLEAN: None, "un avertissement chacune": with_warning, "une erreur chacune": with_error}
CELLS: Final = {
    CLEAN: None,
    "un avertissement chacune": ("engagement_financier.delibere_le", "2022-09-30"),
    "une erreur chacune": ("locaux.bureaux", "beaucoup"),
}
"""The same changes, in the cells of a table."""


def measure(times: int) -> list[Row]:
    """Time each source in turn; a quick run has a tenth of the candidatures."""
    share = 1 if times > 1 else 10
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        policy = write_policy(folder, ROOT / "criteria.yaml")
        for place, change in enumerate(CHANGES.values()):
            write_lines(folder / f"{place}.jsonl", LINES // share, change)
            write_yaml(folder / str(place), ROWS // share, change)
        _write_tables(folder, policy, ROWS // share)
        sources = ((LINES, "lignes de JSON", ".jsonl"), (ROWS, "fichiers YAML", ""))
        tables = ((ROWS, "lignes d'un tableau .csv", ".csv"), (ROWS, "lignes d'un tableau .xlsx", ".xlsx"))
        return [
            row for count, what, end in (*sources, *tables) for row in _rows(count // share, what, end, folder, times)
        ]


def _rows(count: int, what: str, end: str, folder: Path, times: int) -> Iterator[Row]:
    jobs = {kind: Job((AMI, "score", f"{place}{end}")) for place, kind in enumerate(CHANGES)}
    found = medians(jobs, folder, min(times, 3))
    clean = found[CLEAN].seconds
    for kind in list(CHANGES)[1:]:
        shown, beside = f"{number(found[kind].seconds, 1)} s", f"{CLEAN} : {number(clean, 1)} s"
        yield Row(f"Constats, {number(count)} {what}", kind, shown, beside, found[kind].seconds / clean, "≤ 1,3 ×")


def _write_tables(folder: Path, policy: Path, count: int) -> None:
    """Write each table with the cells of one column changed, as somebody would."""
    criteria = read_policy(policy).criteria
    made = [Candidature.model_validate(candidature(place, code)) for place, code in enumerate(communes(count))]
    text, content = table_csv(criteria, made), table_workbook(criteria, made)
    for place, change in enumerate(CELLS.values()):
        (folder / f"{place}.csv").write_text(_changed_csv(text, change), encoding="utf-8-sig")
        (folder / f"{place}.xlsx").write_bytes(_changed_workbook(content, change))


def _changed_csv(text: str, change: tuple[str, str] | None) -> str:
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    if change is not None:
        column = rows[0].index(change[0])
        for row in rows[1:]:
            row[column] = change[1]
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerows(rows)
    return written.getvalue()


def _changed_workbook(content: bytes, change: tuple[str, str] | None) -> bytes:
    """Change a table, or only save it as the changed ones are: what one library writes is not what another does."""
    book = load_workbook(io.BytesIO(content))
    sheet = book["Candidatures"]
    if change is not None:
        column = [cell.value for cell in sheet[1]].index(change[0]) + 1
        value = date.fromisoformat(change[1]) if change[1][:1].isdecimal() else change[1]
        for row in range(3, sheet.max_row + 1):
            sheet.cell(row, column).value = value
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()

"""Forms and tables that a person fills, cell by cell, get what the same candidature in YAML gets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]
from openpyxl import load_workbook
from tests.sources.sheets import ROOT, SAMPLES, cells_by_key, filled, policy, read_one

from ami_scoring.domain.criteria import Criteria
from ami_scoring.evaluation.run import evaluate
from ami_scoring.reports.form import form_workbook, table_csv, table_workbook
from ami_scoring.sources.doors.loaders import load_candidatures

from .test_forms_round_trip import told

EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/criteria.yaml"))
OTHER = SAMPLES / "autre-appel"
SAMPLE = SAMPLES / "candidatures" / "vague-4" / "vallee-d-ourzac.yaml"


def typed(value: Any) -> Any:
    """Give what a person types for a value of YAML: yes and no as chosen in the list, numbers as numbers."""
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    # A cell has no time zone: whoever has one to say writes it.
    return value.isoformat() if isinstance(value, datetime) else value


def answers_of(data: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Name by dotted keys what a YAML document says; lists that are empty are counted."""
    items: Mapping[str, Any] = (
        data if isinstance(data, dict) else {str(n): each for n, each in enumerate(data, start=1)}
    )
    if not items:
        yield f"{prefix}nombre", 0
    for key, value in items.items():
        if isinstance(value, (dict, list)):
            yield from answers_of(value, f"{prefix}{key}.")
        else:
            yield prefix + key, typed(value)


def documents(path: Path) -> list[dict[str, Any]]:
    return [document for document in yaml.safe_load_all(path.read_text(encoding="utf-8")) if document]


def french(value: Any) -> str:
    """Write a value as people write it in a CSV."""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def table_in_excel(call: Criteria, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Fill the blank table as a person does, in the columns that its first line names."""
    book = load_workbook(BytesIO(table_workbook(call)))
    sheet = book.worksheets[0]
    columns = {sheet.cell(1, column).value: column for column in range(1, sheet.max_column + 1)}
    for row, answers in enumerate(rows, start=3):
        for key, value in answers.items():
            if key not in columns:  # longer lists take more columns, at the end
                columns[key] = sheet.max_column + 1
                sheet.cell(1, columns[key]).value = key
            sheet.cell(row, columns[key]).value = value
    page = BytesIO()
    book.save(page)
    return page.getvalue()


def table_in_csv(call: Criteria, rows: Sequence[Mapping[str, Any]]) -> bytes:
    known = table_csv(call, []).splitlines()[0].lstrip("\ufeff").split(";")
    header = list(dict.fromkeys([*known, *(key for row in rows for key in row)]))
    lines = [";".join(f'"{french(row.get(key, ""))}"' for key in header) for row in rows]
    return "\r\n".join([";".join(header), *lines]).encode("cp1252", "replace")


def points(paths: list[Path], rules: Path) -> Mapping[str, Any]:
    return {
        one.entry.reference: (one.rank, one.rank_best, one.rank_worst, one.status, one.card.total, one.card.low)
        for one in evaluate(paths, rules).standings
    }


@pytest.mark.parametrize(
    ("source", "rules"),
    [
        (SAMPLE, ROOT / "criteria.yaml"),
        *((path, OTHER / "criteria.yaml") for path in sorted(OTHER.glob("cand*/*"))[:2]),
    ],
    ids=lambda path: path.stem,
)
def test_a_form_filled_by_hand_is_the_candidature_of_the_yaml(source: Path, rules: Path) -> None:
    entry, data = load_candidatures([source], lambda _: ()).entries[0], documents(source)[0]
    call = policy(rules).criteria
    typed_in = read_one(filled(dict(answers_of(data)), form=form_workbook(call)))
    assert told(typed_in, call) == told(entry.candidature, call)


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda path: path.name)
def test_every_example_filled_by_hand_gets_the_points_of_its_yaml(folder: Path, tmp_path: Path) -> None:
    rules = folder / "criteria.yaml"
    call = policy(rules).criteria
    files = sorted((folder / "candidatures").rglob("*.yaml"))
    rows = [dict(answers_of(data)) for path in files for data in documents(path)]
    made = {
        "table.xlsx": table_in_excel(call, rows),
        "table.csv": table_in_csv(call, rows),
    }
    wanted = points(files, rules)
    assert wanted
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    assert points([tmp_path / "table.xlsx"], rules) == wanted
    assert points([tmp_path / "table.csv"], rules) == wanted
    form = form_workbook(call)
    place = next(place for place, row in enumerate(rows) if set(row) <= set(cells_by_key(form)))
    meant = load_candidatures(files, lambda _: ()).entries[place].candidature
    assert told(read_one(filled(rows[place], form=form)), call) == told(meant, call)

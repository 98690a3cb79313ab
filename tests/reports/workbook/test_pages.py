"""How sheets are laid out for paper, and what they tell of a budget, of categories and of thresholds."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ami_scoring import evaluate
from ami_scoring.reports.workbook import workbook
from ami_scoring.reports.workbook.lines import height, lines

from . import engines

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples"


def book_of(name: str, folder: Path, **more: Any) -> Path:
    path = folder / f"{name}.xlsx"
    source = EXAMPLES / name
    path.write_bytes(workbook(evaluate([source / "candidatures"], source / "criteria.yaml", **more)))
    return path


def sheet_xml(path: Path, number: int) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(f"xl/worksheets/sheet{number}.xml").decode()


def texts(path: Path, sheet: str) -> list[str]:
    cells = (str(value) for row in engines.values(path, sheet) for value in row if value is not None)
    return [re.sub("[\u00a0\u202f]", " ", cell) for cell in cells]


@pytest.mark.parametrize(
    ("text", "width", "count"),
    [
        ("", 10, 1),
        ("court", 10, 1),
        ("deux mots", 5, 2),
        ("un\ndeux\ntrois", 40, 3),
        ("x" * 200, 10, 19),
        ("Ancienneté de l'état des lieux à la clôture", 20, 2),
    ],
)
def test_a_text_wraps_as_it_will_on_the_page(text: str, width: float, count: int) -> None:
    assert lines(text, width) == count


def test_a_row_is_as_high_as_its_longest_text() -> None:
    assert height([("court", 10), ("deux mots", 5)]) == height([("deux mots", 5)]) > height([("court", 10)])
    assert height([("deux mots", 5, 8)]) < height([("deux mots", 5)])


def test_every_sheet_prints_on_whole_numbered_pages(tmp_path: Path) -> None:
    path = book_of("agriculture-enveloppes", tmp_path)
    with zipfile.ZipFile(path) as archive:
        count = sum(name.startswith("xl/worksheets/sheet") for name in archive.namelist())
    for number in range(1, count + 1):
        xml = sheet_xml(path, number)
        assert 'paperSize="9"' in xml
        assert "Page &amp;P sur &amp;N" in xml
        # All but the sheet of figures are one page wide; that one repeats its first columns.
        assert ("fitToPage" in xml) is (number < count)


def test_a_budget_is_told_with_what_each_gets(tmp_path: Path) -> None:
    path = book_of("agriculture-enveloppes", tmp_path)
    head = engines.values(path, "Classement")[5]
    granted = head.index("Accordé, évalué (€)")
    assert [row[granted] for row in engines.values(path, "Classement")[6:10]] == [20_000, 45_000, 35_000, "–"]
    assert any("enveloppe, 100 000 € accordés sur 100 000 €" in each for each in texts(path, "Classement"))
    told = texts(path, "Critères")
    assert any(each.startswith("Une enveloppe de 100 000 € est répartie") for each in told)
    assert sum(each.startswith("Part réservée") for each in told) == 2
    assert not any(each.startswith("3 places") for each in texts(path, "Classement"))


def test_places_and_minimum_are_no_inputs_where_the_rank_does_not_decide(tmp_path: Path) -> None:
    rules = re.findall(
        r'<dataValidation [^>]*sqref="(C\d+)"', sheet_xml(book_of("agriculture-enveloppes", tmp_path), 4)
    )
    assert rules == ["C13"]


def test_thresholds_on_marks_are_not_told_as_points(tmp_path: Path) -> None:
    told = texts(book_of("horizon-europe-innovation", tmp_path), "Critères")
    assert "« Excellence » : au moins 3, sur la note avant pondération" in told
    assert "Somme des notes des critères principaux, avant pondération : au moins 10" in told


def test_tables_by_department_stand_apart_when_the_call_reads_no_zone(tmp_path: Path) -> None:
    path = book_of("agriculture-enveloppes", tmp_path)
    row = next(
        row for row in engines.values(path, "Vue d'ensemble") if row[0] == "Classées ou à compléter, par département"
    )
    assert [place for place, value in enumerate(row) if value] == [0, 9]

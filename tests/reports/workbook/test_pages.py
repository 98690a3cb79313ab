"""How sheets are laid out for paper, and what they tell of a budget, of categories and of thresholds."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ami_scoring import evaluate
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.scores import Scored
from ami_scoring.evaluation.policy import read_policy
from ami_scoring.reports.workbook import workbook
from ami_scoring.reports.workbook.cells import letters
from ami_scoring.reports.workbook.lines import height, lines

from . import engines, pools

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples"


def book_of(name: str, folder: Path, **more: Any) -> Path:
    path = folder / f"{name}.xlsx"
    source = EXAMPLES / name
    path.write_bytes(workbook(evaluate([source / "candidatures"], source / "criteria.yaml", **more)))
    return path


def samples(folder: Path) -> Path:
    path = folder / "samples.xlsx"
    path.write_bytes(workbook(evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")))
    return path


def ranked(path: Path) -> list[dict[str, Any]]:
    """Give the rows of the ranking by heading."""
    rows = engines.values(path, "Classement")
    return [dict(zip(map(str, rows[5]), row, strict=True)) for row in rows[6:] if row[2]]


def printed(path: Path, name: str) -> str:
    """Give what of the first sheet prints, or comes back on each page."""
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/workbook.xml").decode()
    return str(re.findall(rf'<definedName name="_xlnm.{name}" localSheetId="0">([^<]*)<', xml)[0])


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
        # All are one page wide, but the sheet of figures, which repeats its first columns.
        assert ("fitToPage" in xml) is (number < count)


@pytest.mark.parametrize("name", sorted(path.parent.name for path in EXAMPLES.glob("*/criteria.yaml")))
def test_the_ranking_prints_large_enough_to_be_read_around_a_table(name: str, tmp_path: Path) -> None:
    sheet = engines.sheet(book_of(name, tmp_path), "Classement")
    sizes = {cell.font.sz for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert min(sizes) * sheet.page_setup.scale / 100 >= 7


def test_the_ranking_prints_its_last_columns_apart_beside_the_references(tmp_path: Path) -> None:
    path = samples(tmp_path)
    sheet = engines.sheet(path, "Classement")
    heads = [cell.value for cell in sheet[6]]
    firm = heads.index("Place acquise\u00a0?")
    last, after, end = letters(firm), letters(firm + 1), letters(heads.index("Notes"))
    area, titles = (printed(path, name) for name in ("Print_Area", "Print_Titles"))
    assert area == f"'Classement'!$A$1:${last}$49,'Classement'!${after}$7:${end}$47"
    assert titles == "Classement!$A:$C,Classement!$5:$6"
    assert heads[:3] == ["Rang", "Ex æquo", "Dossier"]


def test_the_first_page_of_the_ranking_is_as_wide_as_the_paper(tmp_path: Path) -> None:
    sheet = engines.sheet(samples(tmp_path), "Classement")
    firm = [cell.value for cell in sheet[6]].index("Place acquise\u00a0?")
    pixels = sum(sheet.column_dimensions[letters(place)].width * 7 for place in range(firm + 1))
    inches = pixels / 96 * sheet.page_setup.scale / 100
    margins = sheet.page_margins.left + sheet.page_margins.right
    assert 0.9 * (11.69 - margins) < inches < 11.69 - margins


def test_a_trial_may_bring_any_candidature_on_any_row(tmp_path: Path) -> None:
    sheet = engines.sheet(samples(tmp_path), "Classement")
    assert {sheet.row_dimensions[row].height for row in range(7, 46)} == {sheet.row_dimensions[7].height}
    for column in ("Porteur", "Commune", "Motif, à l'évaluation"):
        place = next(cell.column_letter for cell in sheet[6] if cell.value == column)
        width = sheet.column_dimensions[place].width - 1
        shown = [row[column] for row in ranked(tmp_path / "samples.xlsx")]
        assert max(lines(str(each), width, 11 if column != "Motif, à l'évaluation" else 10) for each in shown) == 1


def test_every_row_is_as_high_as_the_longest_name_asks_and_no_more_than_three_lines(tmp_path: Path) -> None:
    policy = read_policy(ROOT / "criteria.yaml").criteria
    made = pools.pool(policy, 6, seed=9, missing=0)
    for name, count in (("Syndicat mixte " * 4, 2), ("Syndicat mixte " * 20, 3)):
        names = ["Ville", name, *["Ville"] * 4]
        entries = [Entry(pools.candidature(f"D-{place}", each), pools.ORIGIN) for place, each in enumerate(names)]
        pairs = zip(entries, made.standings, strict=False)
        scored = [Scored(entry, one.scored.wave, one.scored.card) for entry, one in pairs]
        path = tmp_path / "book.xlsx"
        path.write_bytes(workbook(pools.evaluation_of(policy, scored)))
        sheet = engines.sheet(path, "Classement")
        (tall,) = {sheet.row_dimensions[row].height for row in range(7, 7 + len(scored))}
        assert tall == pytest.approx(height([("\n" * (count - 1), 10, 11)]), abs=0.5)


def test_a_budget_is_told_with_what_each_gets(tmp_path: Path) -> None:
    path = book_of("agriculture-enveloppes", tmp_path)
    head = engines.values(path, "Classement")[5]
    granted = head.index("Accordé, évalué (€)")
    assert [row[granted] for row in engines.values(path, "Classement")[6:10]] == [20_000, 45_000, 35_000, "–"]
    assert any("Budget, 100 000 € accordés sur 100 000 €" in each for each in texts(path, "Classement"))
    told = texts(path, "Critères")
    assert any(each.startswith("Un budget de 100 000 € est réparti") for each in told)
    assert sum(each.startswith("Part réservée") for each in told) == 2
    assert not any(each.startswith("3 places") for each in texts(path, "Classement"))


def test_shares_of_a_budget_are_told_with_their_amounts_and_where_what_they_leave_goes(tmp_path: Path) -> None:
    told = texts(book_of("equipements-sportifs", tmp_path), "Critères")
    part = "Part réservée, Montagne (« Territoire » : montagne) : 40 % du budget, soit 80 000 €"
    assert any(each.startswith(part) for each in told)
    assert (
        "Ce que laissent les parts réservées va d'abord à « Quartiers prioritaires », puis à « Montagne », puis aux "
        "autres, dans l'ordre des rangs"
    ) in told


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
        row for row in engines.values(path, "Vue d'ensemble") if row[0] == "Classées ou en attente, par département"
    )
    assert [place for place, value in enumerate(row) if value] == [0, 9]

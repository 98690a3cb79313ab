"""What other programs make of our workbook: every cell is read, and what is shown hangs on no order of rules."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.cell_range import CellRange
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from ami_scoring import Evaluation, evaluate
from ami_scoring.reports.workbook import workbook
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.sheets import PlainSheet
from ami_scoring.reports.workbook.styles import Styles

from . import engines, trials

ROOT = Path(__file__).parents[3]
CALLS = {
    "ami": (ROOT / "samples" / "candidatures", ROOT / "criteria.yaml"),
    "autre-appel": (ROOT / "samples" / "autre-appel" / "candidatures", ROOT / "samples/autre-appel/criteria.yaml"),
}
DISPUTED = {
    "COUNTIF",
    "COUNTIFS",
    "COUNTBLANK",
    "SUMIF",
    "SUMIFS",
    "AVERAGEIF",
    "SUBTOTAL",
    "AGGREGATE",
    "TEXT",
    "VALUE",
}
"""What engines count each in its way: sums one bit apart, codes that look like numbers, blanks, filtered rows."""
FAR = 500
"""A column that no sheet reaches, where conditions are asked as formulas."""


@pytest.fixture(scope="module", params=CALLS)
def evaluation(request: pytest.FixtureRequest) -> Evaluation:
    candidatures, criteria = CALLS[request.param]
    return evaluate([candidatures], criteria)


@pytest.fixture(scope="module")
def path(evaluation: Evaluation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("ailleurs") / "classement.xlsx"
    written.write_bytes(workbook(evaluation))
    return written


def test_a_formula_that_shows_nothing_is_a_text_for_every_reader(path: Path) -> None:
    shown = {cell: kind for cell, (value, kind) in engines.kinds(path).items() if value is None}
    assert shown
    assert set(shown.values()) == {"str"}


def test_a_formula_that_shows_nothing_keeps_its_place_for_calamine() -> None:
    page = BytesIO()
    book = Workbook(page, {"in_memory": True})
    sheet = book.add_worksheet(worksheet_class=PlainSheet)
    assert isinstance(sheet, PlainSheet)
    written = Page(book, sheet, Styles(book, 2))
    written.formula(0, 0, '=IF(B1>0,"","?")', "")
    written.put(0, 1, 5.0, "count")
    book.close()
    read = CalamineWorkbook.from_filelike(BytesIO(page.getvalue())).get_sheet_by_index(0)
    assert (read.start, read.to_python()) == ((0, 0), [["", 5.0]])


def test_calamine_reads_what_each_formula_stores(path: Path) -> None:
    book = CalamineWorkbook.from_path(path)
    sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    stored = engines.stored(path)
    found = {(name, row, column): sheets[name][row - 1][column - 1] for name, row, column in stored}
    assert stored
    assert engines.differences(stored, found) == []


@pytest.mark.parametrize("weight", [None, "1.5", "beaucoup"], ids=["as evaluated", "a trial", "refused"])
def test_two_conditions_of_one_range_never_hold_together(
    weight: str | None, evaluation: Evaluation, path: Path
) -> None:
    typed = {} if weight is None else {next(iter(trials.typed(evaluation, evaluation.criteria))): weight}
    asked: dict[tuple[str, str], list[engines.Rule]] = {}
    for rule in engines.rules(path):
        if rule.kind == "expression":
            asked.setdefault((rule.sheet, rule.place), []).append(rule)
    several = {place: rules for place, rules in asked.items() if len(rules) > 1}
    assert several
    for (sheet, place), rules in several.items():
        rows = range(CellRange(place).min_row, CellRange(place).max_row + 1)
        inputs = {
            (sheet, row, FAR + number): _asked(rule, row - rows.start)
            for row in rows
            for number, rule in enumerate(rules)
        }
        engine = engines.IronCalc(path, typed | inputs)
        for row in rows:
            held = [rule.asks for number, rule in enumerate(rules) if engine.value((sheet, row, FAR + number)) is True]
            assert len(held) <= 1, (sheet, place, row)


def _asked(rule: engines.Rule, below: int) -> str:
    """Write the condition of the first row as it is asked so many rows below."""
    (formula,) = rule.asks
    return str(Translator(f"={formula}", origin="A1").translate_formula(f"A{1 + below}"))


def test_no_formula_asks_what_spreadsheets_answer_differently(path: Path) -> None:
    asked = {name for formula in engines.formulas(path) for name in re.findall(r"[A-Z][A-Z0-9.]*(?=\()", formula)}
    assert {"IF", "INDEX", "SUMPRODUCT"} <= asked
    assert asked.isdisjoint(DISPUTED)

"""The table of many candidatures, one per line: keys on the first line, titles under it, then answers."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria
from ami_scoring.exact import Fraction
from ami_scoring.reports.form.answers import Value, answers_of, lines_needed, spell_answer, spell_exact
from ami_scoring.reports.form.cells import FORMATS, put, put_text, validation
from ami_scoring.reports.form.lists import add_lists
from ami_scoring.reports.form.open_package import packed_open
from ami_scoring.reports.form.package import packed
from ami_scoring.reports.form.questions import Block, Kind, Question, sections
from ami_scoring.reports.form.styles import looks

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation

MARK: Final = "ami-tableau 1"
SHEET: Final = "Candidatures"
LINES: Final = 6
"""Elements of each list that an empty table has columns for."""
SPARE_ROWS: Final = 200
"""Lines ready to be filled under those that already are."""
FROM_HERE: Final = 3
"""The first line of answers: the keys and the titles come before."""

_LIKE_A_FORMULA: Final = re.compile(r"'*[=+\-@]")
_WIDTHS: Final = {Kind.TEXT: 30, Kind.CODE: 16, Kind.CHOICE: 20, Kind.FLAG: 11, Kind.DATE: 13}


def table_workbook(criteria: Criteria, candidatures: Sequence[Candidature] = ()) -> bytes:
    """Make a workbook with one line per candidature, for Excel. Raises `AnswerTooLongError`."""
    return packed(_book(criteria, candidatures))


def table_ods(criteria: Criteria, candidatures: Sequence[Candidature] = ()) -> bytes:
    """Make the same workbook for LibreOffice. Raises `AnswerTooLongError`."""
    return packed_open(_book(criteria, candidatures))


def _book(criteria: Criteria, candidatures: Sequence[Candidature]) -> Workbook:
    from openpyxl import Workbook  # noqa: PLC0415 - costs more than all the rest of the program

    filled = [answers_of(candidature, criteria) for candidature in candidatures]
    columns = list(_columns(criteria, filled))
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    lists = add_lists(book, criteria)
    call = criteria.call
    put_text(
        sheet["A1"], "A1", f"{MARK}\nappel={' '.join(call.title.split())}\nédition={' '.join(call.edition.split())}"
    )
    _head(sheet, columns, lists, FROM_HERE + len(filled) + SPARE_ROWS - 1)
    for row, answers in enumerate(filled, start=FROM_HERE):
        for column, question in enumerate(columns, start=2):
            if question.key in answers:
                cell = sheet.cell(row, column)
                cell.number_format = FORMATS[question.kind]
                put(cell, question.key, answers[question.key])
    book.properties.title = call.title
    book.properties.creator = call.authority
    return book


def table_csv(criteria: Criteria, candidatures: Sequence[Candidature] = ()) -> str:
    """Make a CSV with one line per candidature, separated as Excel expects it in France."""
    filled = [answers_of(candidature, criteria) for candidature in candidatures]
    columns = list(_columns(criteria, filled))
    page = StringIO()
    writer = csv.writer(page, delimiter=";", lineterminator="\r\n")
    writer.writerow(column.key for column in columns)
    writer.writerow(column.title for column in columns)
    for answers in filled:
        writer.writerow(_spelled(answers.get(column.key), column.kind) for column in columns)
    return page.getvalue()


def _columns(criteria: Criteria, filled: Sequence[Mapping[str, Value]]) -> Iterator[Question]:
    needed: dict[str, int] = {}
    for answers in filled:
        for key, lines in lines_needed(answers).items():
            needed[key] = max(needed.get(key, 0), lines)
    for section in sections(criteria):
        for item in section.items:
            if isinstance(item, Question):
                yield item
            else:
                yield from _of_block(item, max(LINES, needed.get(item.key, 0)))


def _of_block(block: Block, lines: int) -> Iterator[Question]:
    if block.count is not None:
        yield block.count
    for place in range(1, lines + 1):
        for question in block.columns:
            key = f"{block.key}.{place}" + (f".{question.key}" if question.key else "")
            title = f"{block.title} {place}" + ("" if block.of_texts else f" : {question.title}")
            yield replace(question, key=key, title=title, required=question.required and place == 1)


def _head(sheet: Any, columns: Sequence[Question], lists: Mapping[tuple[str, ...], str], last: int) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    dressed = looks()
    checks: dict[Question, DataValidation | None] = {}
    for column, question in enumerate(columns, start=2):
        letter = get_column_letter(column)
        dressed.key.dress(sheet.cell(1, column))
        put_text(sheet.cell(1, column), question.key, question.key)
        dressed.heading.dress(sheet.cell(2, column))
        put_text(sheet.cell(2, column), question.key, question.title + (" *" if question.required else ""))
        dimension = sheet.column_dimensions[letter]
        dimension.width = _WIDTHS.get(question.kind, 14)
        # The format of the whole column: a code typed on any line keeps its leading zero.
        dimension.number_format = FORMATS[question.kind]
        alike = replace(question, key=question.key.rpartition(".")[2], title="", help="", required=False)
        if alike not in checks:
            checks[alike] = validation(question, lists)
        check = checks[alike]
        if check is not None:
            check.add(f"{letter}{FROM_HERE}:{letter}{last}")
    for check in checks.values():
        if check is not None:
            sheet.add_data_validation(check)
    sheet.row_dimensions[1].hidden = True
    sheet.row_dimensions[2].height = 48
    sheet.column_dimensions["A"].hidden = True
    sheet.freeze_panes = "C3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.print_title_rows = "2:2"
    sheet.print_title_cols = "B:B"
    sheet.oddFooter.right.text = "Page &P sur &N"


def _spelled(value: Value | None, kind: Kind) -> str:
    if value is None:
        return ""
    if kind is Kind.PERCENT and isinstance(value, (int, Fraction)) and value > 1:
        # More than the whole says so by its sign: a bare number would be refused.
        return f"{spell_exact(Fraction(value) * 100)} %"
    text = spell_answer(value)
    return spelled_for_csv(text) if isinstance(value, str) else text


def spelled_for_csv(text: str) -> str:
    """Write a text so that no spreadsheet runs it: the reader takes the apostrophe off again."""
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text

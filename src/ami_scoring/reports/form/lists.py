"""The hidden sheet that holds the choices of drop-down lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ami_scoring.domain.criteria import Criteria
from ami_scoring.reports.form.cells import LISTS_SHEET, choices_of, put_text
from ami_scoring.reports.form.questions import Question, sections

MARK: Final = "ami-listes"


def add_lists(book: Any, criteria: Criteria) -> dict[tuple[str, ...], str]:
    """Add the sheet of choices to a workbook; give, for each list of choices, where it stands."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - heavy, and only for who writes a workbook

    sheet = book.create_sheet(LISTS_SHEET)
    sheet.sheet_state = "hidden"
    sheet["A1"].value = MARK
    places: dict[tuple[str, ...], str] = {}
    for question in all_questions(criteria):
        choices = choices_of(question)
        if choices and choices not in places:
            letter = get_column_letter(len(places) + 2)
            for row, choice in enumerate(choices, start=2):
                put_text(sheet[f"{letter}{row}"], question.key, choice)
            places[choices] = f"{LISTS_SHEET}!${letter}$2:${letter}${len(choices) + 1}"
    return places


def all_questions(criteria: Criteria) -> Iterator[Question]:
    """Give every question, those of lists once."""
    for section in sections(criteria):
        for item in section.items:
            if isinstance(item, Question):
                yield item
            else:
                yield from item.columns

"""The policy alone, to be printed, read and voted before any candidature exists."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Origin
from ami_scoring.domain.evaluated import Evaluation, Provenance
from ami_scoring.domain.standings import Cut
from ami_scoring.reports.workbook.book import POLICY, book_of
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.policy_sheet import write_policy_alone
from ami_scoring.reports.workbook.styles import Styles
from ami_scoring.reports.workbook.working import working_of


def policy_workbook(criteria: Criteria, origin: Origin, version: str) -> bytes:
    """Write the sheet of criteria alone, protected and without inputs. The same policy gives the same bytes.

    Raises `OSError` when the parts of the workbook, kept in temporary files for a while, cannot be written.
    """
    selection = criteria.selection
    cut = Cut(selection.counted_places, 0, selection.reserve, selection.minimum, None)
    evaluation = Evaluation(criteria, None, (), (), cut, (), Provenance(version, origin, (), ()))
    with TemporaryDirectory(prefix="ami-") as folder:
        return _written(evaluation, folder)


def _written(evaluation: Evaluation, folder: str) -> bytes:
    from xlsxwriter import Workbook  # noqa: PLC0415 - costs nothing to whoever writes no workbook

    from ami_scoring.reports.workbook.sheets import PlainSheet  # noqa: PLC0415 - same reason

    content, criteria = BytesIO(), evaluation.criteria
    book = Workbook(
        content,
        {"strings_to_urls": False, "strings_to_formulas": False, "strings_to_numbers": False, "tmpdir": folder},
    )
    closes = criteria.waves[-1].closes_on
    created = datetime(closes.year, closes.month, closes.day)  # noqa: DTZ001 - a file's stamp has no zone
    book.set_properties({"title": f"Barème : {criteria.call.title}"[:200], "author": "ami-scoring", "created": created})
    sheet: Any = book.add_worksheet(POLICY, PlainSheet)
    write_policy_alone(Page(book, sheet, Styles(book, criteria.decimals)), working_of(book_of(evaluation)))
    sheet.protect("", {"format_columns": True, "format_rows": True})
    book.close()
    return content.getvalue()

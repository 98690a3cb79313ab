"""The workbook as bytes: the sheets in the order in which people open them, and the same bytes for the same results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from ami_scoring.domain.decision_sheet import SHEET
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.reports.workbook.aside_sheet import write_aside
from ami_scoring.reports.workbook.book import (
    ASIDE,
    DETAILS,
    INCOMPLETE,
    NOTES,
    OVERVIEW,
    PERSONAL,
    POLICY,
    PROFILE,
    RANKING,
    ROBUSTNESS,
    TRACE,
    WORKING,
    book_of,
)
from ami_scoring.reports.workbook.decisions_sheet import write_decisions
from ami_scoring.reports.workbook.details_sheet import write_details
from ami_scoring.reports.workbook.dossiers import LABEL, LIST, column_of_all
from ami_scoring.reports.workbook.incomplete_sheet import write_incomplete
from ami_scoring.reports.workbook.notes_sheet import write_notes
from ami_scoring.reports.workbook.overview_sheet import write_overview
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.personal_sheet import write_personal
from ami_scoring.reports.workbook.policy_sheet import write_policy
from ami_scoring.reports.workbook.profile_sheet import write_profile
from ami_scoring.reports.workbook.ranking_sheet import write_ranking
from ami_scoring.reports.workbook.robustness_sheet import write_robustness
from ami_scoring.reports.workbook.size import require_room
from ami_scoring.reports.workbook.styles import Styles
from ami_scoring.reports.workbook.trace_sheet import write_trace
from ami_scoring.reports.workbook.working import Working, working_of
from ami_scoring.reports.workbook.working_sheet import write_working
from ami_scoring.scoring.words import total_decimals

if TYPE_CHECKING:
    from xlsxwriter import Workbook

Writer = Callable[[Page, Working], None]

_SHEETS: Final[tuple[tuple[str, str, Writer], ...]] = (
    (RANKING, "#1F3A5F", write_ranking),
    (OVERVIEW, "#1F3A5F", write_overview),
    (PROFILE, "#1F3A5F", write_profile),
    (POLICY, "#D8A24A", write_policy),
    (NOTES, "#D8A24A", write_notes),
    (SHEET, "#D8A24A", write_decisions),
    (DETAILS, "#8FB0D8", write_details),
    (ROBUSTNESS, "#8FB0D8", write_robustness),
    (INCOMPLETE, "#8FB0D8", write_incomplete),
    (ASIDE, "#8FB0D8", write_aside),
    (TRACE, "#C9D1D9", write_trace),
    (WORKING, "#C9D1D9", write_working),
)
_ALLOWED: Final = {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True}
"""What a protected sheet still allows: it has no password, and keeps formulas from being typed over by mistake."""

_PERSONAL_SHEET: Final[tuple[str, str, Writer]] = (PERSONAL, "#9B1C1C", write_personal)


def workbook(evaluation: Evaluation, *, with_personal_data: bool = False) -> bytes:
    """Write an evaluation as an Excel workbook. The same evaluation gives the same bytes.

    Raises `TooLargeError` where no spreadsheet could open it, and `OSError` when its parts, kept in temporary files for
    a while, cannot be written.
    """
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - costs nothing to whoever writes no workbook

    # XlsxWriter leaves its temporary files where they are when it fails: what they say of candidatures goes with these.
    with TemporaryDirectory(prefix="ami-") as folder:
        return _written(evaluation, folder, with_personal_data=with_personal_data)


def _written(evaluation: Evaluation, folder: str, *, with_personal_data: bool) -> bytes:
    from xlsxwriter import Workbook  # noqa: PLC0415 - same reason
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415 - same reason

    content = BytesIO()
    working = working_of(book_of(evaluation))
    require_room(working)
    book = Workbook(
        content,
        {"strings_to_urls": False, "strings_to_formulas": False, "strings_to_numbers": False, "tmpdir": folder},
    )
    closes = evaluation.criteria.waves[-1].closes_on
    call = evaluation.criteria.call
    book.set_properties(
        {
            "title": f"Classement : {call.title}"[:200],
            "author": "ami-scoring",
            "comments": f"Critères : édition {call.edition}"[:200],
            "created": datetime(closes.year, closes.month, closes.day),  # noqa: DTZ001 - a file's stamp has no zone
        }
    )
    try:
        _fill(book, working, (*_SHEETS, _PERSONAL_SHEET) if with_personal_data else _SHEETS)
        book.close()
    except FileCreateError as error:
        # XlsxWriter wraps the error of the system, that says why, in one of its own.
        raise error.args[0] from error
    finally:
        _close_bands(book.worksheets())
    return content.getvalue()


def _close_bands(sheets: Sequence[Any]) -> None:
    for sheet in sheets:
        sheet.close_bands()


def _fill(book: Workbook, working: Working, sheets: Sequence[tuple[str, str, Writer]]) -> None:
    from ami_scoring.reports.workbook.sheets import PlainSheet  # noqa: PLC0415 - same reason

    styles = Styles(book, total_decimals(working.book.evaluation))
    for name, colour, write in sheets:
        sheet: Any = book.add_worksheet(name, PlainSheet)
        sheet.set_tab_color(colour)
        write(Page(book, sheet, styles), working)
        sheet.protect("", _ALLOWED)
    if working.book.rows:
        book.define_name(LIST, f"={column_of_all(working.book, LABEL)}")

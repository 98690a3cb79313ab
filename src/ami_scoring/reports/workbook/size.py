"""What a spreadsheet can hold: beyond, it would open a broken workbook or none, and nothing is written."""

from __future__ import annotations

from typing import Final

from ami_scoring.findings import AmiScoringError
from ami_scoring.messages import Message
from ami_scoring.reports.workbook.working import Working

MOST_TOGETHER: Final = 250
"""Rules below one main criterion, added one by one: Excel takes 255 cells in a function, 8,192 characters in all."""
MOST_COLUMNS: Final = 16_384
MOST_LINES: Final = 1_000_000
"""Lines of « Détail », one a candidature and criterion; Excel has 1,048,576."""


class TooLargeError(AmiScoringError):
    """Raised when an evaluation does not hold in a workbook; nothing is written."""


def require_room(working: Working) -> None:
    """Refuse what no spreadsheet would open whole. Raises `TooLargeError`."""
    book = working.book
    together = max(sum(node.rule is not None for node in root.walk()) for root in book.criteria.criteria)
    columns = len(working.grid.columns)
    lines = len(book.rows) * len(book.nodes)
    for count, most, said in (
        (together, MOST_TOGETHER, "{count} critères sous un même critère principal, et un classeur en tient {most}"),
        (columns, MOST_COLUMNS, "il faudrait {count} colonnes de calcul, et un tableur en a {most}"),
        (lines, MOST_LINES, "il faudrait {count} lignes de détail, et un classeur en tient {most}"),
    ):
        if count > most:
            why = Message(said, {"count": count, "most": most})
            message = f"le classeur ne s'écrit pas : {why}. Prenez -o classement.html, .csv ou .json."
            raise TooLargeError(message)

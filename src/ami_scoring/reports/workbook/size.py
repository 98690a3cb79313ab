"""What a spreadsheet can hold: beyond, it would open a broken workbook or none, and nothing is written."""

from __future__ import annotations

from typing import Final

from ami_scoring.findings import AmiScoringError
from ami_scoring.messages import Message
from ami_scoring.reports.workbook.working import Working

MOST_TOGETHER: Final = 250
"""Criteria of one group: Excel counts and adds 255 cells at most in one function."""
MOST_COLUMNS: Final = 16_384
MOST_LINES: Final = 1_000_000
"""Lines of « Détail », one a candidature and criterion; Excel has 1,048,576."""


class TooLargeError(AmiScoringError):
    """Raised when an evaluation does not hold in a workbook; nothing is written."""


def require_room(working: Working) -> None:
    """Refuse what no spreadsheet would open whole. Raises `TooLargeError`."""
    book = working.book
    groups = [book.criteria.criteria, *(node.criteria for node in book.nodes if node.criteria)]
    together, columns = max(map(len, groups)), len(working.grid.columns)
    lines = len(book.rows) * len(book.nodes)
    for count, most, said in (
        (together, MOST_TOGETHER, "{count} critères d'un même niveau, et un classeur en tient {most}"),
        (columns, MOST_COLUMNS, "il faudrait {count} colonnes de calcul, et un tableur en a {most}"),
        (lines, MOST_LINES, "il faudrait {count} lignes de détail, et un classeur en tient {most}"),
    ):
        if count > most:
            why = Message(said, {"count": count, "most": most})
            message = f"le classeur ne s'écrit pas : {why}. Prenez -o classement.html, .csv ou .json."
            raise TooLargeError(message)

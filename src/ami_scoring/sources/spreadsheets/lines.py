"""Which lines below the headings of a table stand for something, and which are titles, totals or notes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ami_scoring.domain.fields import fields
from ami_scoring.domain.primitives import fold, without_accents
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.spreadsheets.cells import Cell

REFERENCE: Final = "reference"
_TOTAL: Final = re.compile(r"(?:sous[- ]?)?(?:total|totaux|moyennes?|sommes?|effectifs?|nombre)\b")


def is_titles(row: Mapping[int, Cell], known: Mapping[int, str]) -> bool:
    """Say whether a line is that of titles which our own tables put under their headings."""
    column = next((column for column, key in known.items() if key == REFERENCE), 0)
    return column in row and fold(row[column].text).rstrip(" *") == fold(fields()[REFERENCE].title)


def passed_over(row: Mapping[int, Cell], known: Mapping[int, str], place: Location) -> Finding | None:
    """See a total or a note in a line, and say that it is left out; None for a line to be read.

    A total says so in its first words, and has neither name nor day; a note is one text, alone, that is no reference.
    """
    filled = {column: cell for column, cell in row.items() if column in known}
    first = min(filled or row)
    text = without_accents((filled or row)[first].text)
    names = [key for column, key in known.items() if column in row and column != first and not _is_figure(row[column])]
    if _TOTAL.match(text) and not names:
        message = Message("Cette ligne est un total : elle n'est pas lue.")
    elif not filled or (len(row) == 1 and " " in row[first].text.strip()):
        message = Message("Cette ligne est une note, et non une ligne du tableau : elle n'est pas lue.")
    elif all(cell.formula is not None for cell in filled.values()) and REFERENCE not in {known[c] for c in filled}:
        message = Message("Cette ligne n'a que des formules : c'est sans doute un total, elle n'est pas lue.")
    else:
        return None
    return Finding("line-not-read", Severity.WARNING, message, place)


def _is_figure(cell: Cell) -> bool:
    return cell.formula is not None or not any(letter.isalpha() for letter in cell.text)

"""Which lines below the headings of a table stand for something, and which are titles, totals or notes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ami_scoring.domain.fields import fields
from ami_scoring.domain.primitives import fold, without_accents
from ami_scoring.messages import Message
from ami_scoring.sources.spreadsheets.cells import Cell

REFERENCE: Final = "reference"
_TOTAL: Final = re.compile(r"(?:sous[- ]?)?(?:total|totaux|moyennes?|sommes?|effectifs?|nombre)\b")


def is_titles(row: Mapping[int, Cell], reference: int) -> bool:
    """Say whether a line is that of titles which our own tables put under their headings."""
    cell = row.get(reference)
    return cell is not None and fold(cell.text).rstrip(" *") == fold(fields()[REFERENCE].title)


def passed_over(row: Mapping[int, Cell], known: Mapping[int, str], reference: int) -> Message | None:
    """See a total or a note in a line, and say that it is left out; None for a line to be read.

    A total says so in its first words, and names nobody; a note is one text, alone, that is no reference.
    """
    if len(row) > 1 and reference in row and _TOTAL.match(without_accents(row[reference].text)) is None:
        return None
    filled = {column: cell for column, cell in row.items() if column in known}
    first = min(filled or row)
    names = [column for column in filled if column != first and not _is_figure(row[column])]
    if not names and _TOTAL.match(without_accents(row[first].text)):
        return Message("Cette ligne est un total : elle n'est pas lue.")
    if not filled or (len(row) == 1 and " " in row[first].text.strip()):
        return Message("Cette ligne est une note, et non une ligne du tableau : elle n'est pas lue.")
    if reference not in filled and all(cell.formula is not None for cell in filled.values()):
        return Message("Cette ligne n'a que des formules : c'est sans doute un total, elle n'est pas lue.")
    return None


def _is_figure(cell: Cell) -> bool:
    return cell.formula is not None or not any(letter.isalpha() for letter in cell.text)

"""What one row of an export answers to one key, at its cell and under the wording of its question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from ami_scoring.domain.correspondence import TEXT_LISTS
from ami_scoring.domain.quantities import Decimals
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.mappings.columns import Found
from ami_scoring.sources.mappings.sheets import Headed, Row
from ami_scoring.sources.mappings.values import chosen, is_missing, values_of
from ami_scoring.sources.spreadsheets.answers import COUNT, Answer
from ami_scoring.sources.spreadsheets.cells import Cell, Content, Spot, WhereIs

CountMissing = Callable[[Found, str], None]
"""Told of each answer that the mapping holds for missing: whose, and what was written."""


def answers_of(  # noqa: PLR0913 - a row, and what is asked of it
    found: Found, number: int, row: Row, where: WhereIs, key: str, count_missing: CountMissing
) -> Iterator[Answer]:
    """Give what one row answers to one key: one answer, or one for each choice that was made."""
    answer = found.answer
    spot = Spot(number, found.columns[0] if found.columns else 1)
    if found.choices:
        yield from _chosen(found, row, spot, where, key)
        return
    cell = _cell_of(found, row)
    if cell is not None and cell.content in {Content.ERROR, Content.UNCOMPUTED}:
        yield Answer(key, cell, spot, where)
        return
    text = cell.text if cell is not None else ""
    if cell is not None and is_missing(text, answer):
        count_missing(found, text.strip())
        text = ""
    # What a column decided is read as it is: its digits would be in doubt again.
    pieces = [text] if isinstance(text, Decimals) else values_of(text, answer) if text else []
    if not text and answer.default is not None:
        cell, pieces = Cell(answer.default), [answer.default]
    if answer.separator is None and key in TEXT_LISTS:
        key = f"{key}.1"
    if answer.separator is None:
        yield Answer(key, cell._replace(text=pieces[0]) if cell is not None and pieces else None, spot, where)
    else:
        yield from _listed(key, pieces, spot, where)


def is_as_written(found: Found) -> bool:
    """Say whether the mapping takes an answer as the export writes it: from one column, with nothing changed in it."""
    answer = found.answer
    changed = answer.values or answer.read or answer.numbers or answer.times is not None or answer.prefix
    several = answer.separator is not None or answer.key in TEXT_LISTS or found.choices or len(found.columns) != 1
    return not changed and not several


def _chosen(found: Found, row: Row, spot: Spot, where: WhereIs, key: str) -> Iterator[Answer]:
    cells = [row.get(column) for column in found.columns]
    if any(cell is not None for cell in cells):
        texts = {choice: None if cell is None else cell.text for choice, cell in zip(found.choices, cells, strict=True)}
        yield from _listed(key, list(chosen(texts)), spot, where, is_answered=True)
    else:
        yield Answer(f"{key}.1", None, spot, where)


def _listed(
    key: str, pieces: Sequence[str], spot: Spot, where: WhereIs, *, is_answered: bool = False
) -> Iterator[Answer]:
    if pieces or is_answered:
        yield Answer(f"{key}.{COUNT}", Cell(str(len(pieces))), spot, where)
    for at, piece in enumerate(pieces or [""], start=1):
        yield Answer(f"{key}.{at}", Cell(piece) if piece else None, spot, where)


def _cell_of(found: Found, row: Row) -> Cell | None:
    if found.answer.constant is not None:
        return Cell(found.answer.constant)
    if len(found.columns) == 1:
        return row.get(found.columns[0])
    cells = [cell for cell in (row.get(column) for column in found.columns) if cell is not None]
    return Cell(" ".join(cell.text.strip() for cell in cells)) if cells else None


def asking(where: WhereIs, found: Found) -> WhereIs:
    """Give the places of the answers to one question, under its wording; in the mapping where it gives them itself."""
    said = found.said
    return partial(_asked, where, found.question) if said is None else lambda _: said


def _asked(where: WhereIs, question: str, spot: Spot) -> Location:
    return where(spot)._replace(question=question)


def held_for_missing(found: Found, counter: Mapping[str, int], sheet: Headed) -> Finding:
    """Build the finding that counts, for one question, the answers that the mapping holds for missing."""
    parts = [f"« {word} » ({count})" for word, count in sorted(counter.items())]
    message = Message(
        "« {question} » : réponses tenues pour absentes, comme le dit la correspondance : {parts}.",
        {"question": found.question[:200], "parts": parts},
    )
    where = sheet.raw.where(Spot(sheet.row, found.columns[0] if found.columns else 1))
    return Finding("mapping-held-missing", Severity.NOTE, message, where)

"""What the other cells of a column say of a number that may be read in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from ami_scoring.domain.quantities import Decimals
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.spreadsheets.cells import Cell, Spot, WhereIs
from ami_scoring.sources.spreadsheets.grids import Line

_TWO_WAYS: Final = re.compile(r"[+\-\u2212]?[1-9]\d{0,2}([.,])\d{3}", re.ASCII)
_DECIMALS: Final = re.compile(r"[+\-\u2212]?[\d \u00a0\u202f]*\d([.,])(?:\d{1,2}|\d{4,})", re.ASCII)
_FIGURE: Final = re.compile(r"[+\-\u2212]?[\d \u00a0\u202f]+(?:[.,]\d+)?(?: ?(?:%|€))?", re.ASCII)

Rows = Mapping[int, Line]


def decide_by_column(rows: Rows, known: Mapping[int, str], where: WhereIs) -> tuple[dict[int, Line], list[Finding]]:
    """Read `1.103` as decimals where its column also holds `1.7`; give the lines that change, and a note a column.

    The same sign must part decimals elsewhere in the column, and all that the column holds must be numbers. Where
    nothing decides, the number stays as it is written, and is refused where a number is asked for.
    """
    doubtful: dict[int, list[int]] = {}
    for number, row in rows.items():
        for column in known:
            held = row.held(column)
            text = held if isinstance(held, str) else held.text if held is not None else ""
            # One comparison tells nearly every cell sound: three figures after the sign, and nothing else.
            if text[-4:-3] in {".", ","} and _TWO_WAYS.fullmatch(text.strip()):
                doubtful.setdefault(column, []).append(number)
    changed: dict[int, dict[int, Cell]] = {}
    notes: list[Finding] = []
    for column, numbers in sorted(doubtful.items()):
        signs = _signs_of_decimals(row[column].text for row in rows.values() if column in row)
        decided = [number for number in sorted(numbers) if _sign(rows[number][column]) in signs]
        for number in decided:
            line = changed.setdefault(number, dict(rows[number]))
            line[column] = line[column]._replace(text=Decimals(line[column].text.strip()))
        if decided:
            notes.append(_note(len(decided), where(Spot(decided[0], column))))
    return {number: Line(line) for number, line in changed.items()}, notes


def _sign(cell: Cell) -> str:
    return cell.text.strip()[-4]


def _signs_of_decimals(texts: Iterable[str]) -> set[str]:
    """List the signs that part decimals in a column, where it holds numbers and nothing else."""
    signs: set[str] = set()
    for text in texts:
        bare = text.strip()
        if not _FIGURE.fullmatch(bare):
            return set()
        if found := _DECIMALS.fullmatch(bare.rstrip(" %€\u00a0\u202f")):
            signs.add(found[1])
    return signs


def _note(count: int, where: Location) -> Finding:
    said = "Ce nombre pourrait se lire de deux façons : il est lu avec des décimales, comme le reste de sa colonne."
    more = "{count} nombres pourraient se lire de deux façons : ils sont lus avec des décimales, comme le reste."
    message = Message(more if count > 1 else said, {"count": count})
    advice = Message("Vérifiez-le ; pour lever le doute, écrivez-le sans séparateur de milliers.")
    return Finding("number-read-by-column", Severity.NOTE, message, where, advice)

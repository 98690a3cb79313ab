"""Where the headings of a table stand, below titles, groups and notes, on one line or on two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from ami_scoring.domain.primitives import fold
from ami_scoring.sources.files.document import Questionnaire
from ami_scoring.sources.spreadsheets.cells import Cell
from ami_scoring.sources.spreadsheets.grids import Range
from ami_scoring.sources.spreadsheets.keys import Keys

MARK: Final = "ami-tableau"
VERSION: Final = "1"
HEADER_ROWS: Final = 30
"""The lines that are not blank and among which headings are looked for: titles and notes may stand above them."""

Row = Mapping[int, Cell]


class Headings(NamedTuple):
    """The last line of the headings, what each column is headed, and the call that the table says it was made for."""

    row: int
    columns: dict[int, str]
    asked: Questionnaire
    foreign: int | None
    """The column that bears the mark of another version of our tables, where one does."""


def find_headings(rows: Mapping[int, Row], keys: Keys, merged: Sequence[Range] = ()) -> Headings | None:
    """Find the first line, or the first two, that name enough keys; None when no line does.

    On two lines, a group stands above its columns: `porteur` above `nom` and `siren`. It goes on to its right, over
    the cells merged with it or, where nothing is merged, as long as that makes keys.
    """
    numbers = sorted(rows)[:HEADER_ROWS]
    for place, number in enumerate(numbers):
        best = _folded(rows[number], keys)
        last = number
        for below in numbers[place + 1 : place + 2] if any(text in _groups(keys) for text in best.values()) else ():
            joined = _joined(rows[number], rows[below], keys, [each for each in merged if each.first.row == number])
            if below == number + 1 and _known(joined, keys) > _known(best, keys):
                best, last = joined, below
        if _is_heading(best, keys):
            return Headings(last, *_without_mark(best))
    return None


def _is_heading(columns: Mapping[int, str], keys: Keys) -> bool:
    if _known(columns, keys) < keys.enough:
        return False
    return not keys.dotted or any("." in key for key in columns.values() if keys.is_known(key))


def _known(columns: Mapping[int, str], keys: Keys) -> int:
    return sum(keys.is_known(key) for key in columns.values())


def _groups(keys: Keys) -> set[str]:
    return {name.rpartition(".")[0] for name in keys.names()} - {""} | {"avis", "complements"}


def _folded(row: Row, keys: Keys) -> dict[int, str]:
    written = {column: cell.text.strip() for column, cell in row.items() if cell.text.strip()}
    return {column: fold(text) if keys.is_known(fold(text)) else text for column, text in written.items()}


def _joined(above: Row, below: Row, keys: Keys, merged: Sequence[Range]) -> dict[int, str]:
    """Read two lines of headings as one: a group and a name below it where that makes a key, or the one that is one."""
    group, joined = "", dict[int, str]()
    over = {column: each.first.column for each in merged for column in range(each.first.column, each.last.column + 1)}
    tops, names = _folded(above, keys), _folded(below, keys)
    for column in sorted({*tops, *names, *(over if len(over) < len(names) * 4 else ())}):
        group = tops.get(column, group)
        name = names.get(column, "")
        if not name:
            if column in tops:
                joined[column] = tops[column]
            continue
        whole = fold(f"{group}.{name}")
        joined[column] = whole if group and keys.is_known(whole) else name
    return joined


def _without_mark(columns: Mapping[int, str]) -> tuple[dict[int, str], Questionnaire, int | None]:
    kept = {column: text for column, text in columns.items() if not text.startswith(MARK)}
    marks = {column: text for column, text in columns.items() if column not in kept}
    told = dict(told_by(marks.values()))
    foreign = (column for column, mark in marks.items() if not is_of_version(mark, f"{MARK} {VERSION}"))
    return kept, Questionnaire(told.get("appel"), told.get("édition")), next(foreign, None)


def is_of_version(mark: str, ours: str) -> bool:
    """Say whether the first line of the mark of a form, a grid or a table is the one that is read here."""
    return mark.replace("\r", "").split("\n")[0].strip() == ours


def told_by(marks: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give what the marks of our own tables say, by name."""
    for mark in marks:
        for line in mark.replace("\r", "").split("\n"):
            name, _, said = line.partition("=")
            yield name, said

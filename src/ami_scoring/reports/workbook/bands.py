"""Rows by thousands, written once from top to bottom: they wait as XML on a disk, where cells would wait as objects.

XlsxWriter keeps a cell in some hundred bytes until the book closes, then writes it attribute by attribute. Here the XML
of a whole row is made once, with a sign where the number of the row goes, and most of it is the same for every row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ami_scoring.messages import typeset
from ami_scoring.reports.workbook.cells import ROW, letters
from ami_scoring.reports.workbook.columns import Value

if TYPE_CHECKING:
    from typing import IO

    from ami_scoring.reports.workbook.sheets import PlainSheet
    from ami_scoring.reports.workbook.styles import Styles

MARK: Final = "\0"
"""Stands for the number of the row in the XML of its cells: neither a text of a cell nor XML may hold it."""

_ESCAPED: Final = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")
_SPECIAL: Final = re.compile("[&<>]")
_STRING: Final = ' t="s"'


class Cells(NamedTuple):
    """One column of a band: what each row holds (None: a look alone), its look, and its formula (`§` is the row)."""

    values: Sequence[Value | None]
    style: str
    formula: str = ""


class Band:
    """Rows that follow one another; nothing else may be written on them."""

    def __init__(self, sheet: PlainSheet, styles: Styles, first_row: int) -> None:
        """Start without rows. Raises `OSError` where no temporary file can be made."""
        self.first, self.after = first_row, first_row
        self.columns: Sequence[Cells] = ()
        self._styles = styles
        self._strings: Any = sheet.str_table
        self._file: IO[str] = TemporaryFile(  # noqa: SIM115 - closed once its rows are written, or with the folder
            "w+", encoding="utf-8", newline="", dir=sheet.tmpdir
        )

    def cell(self, column: int, value: Value | None, style: str) -> str:
        """Write a cell: a text stays one whatever it looks like; None is a look without anything in it."""
        return f'<c r="{letters(column)}{MARK}"{self._held(value, style)}</c>'

    def formula(self, column: int, formula: str, value: Value, style: str) -> str:
        """Write a formula with the value that it gives; without a formula, the value."""
        if not formula:
            return self.cell(column, value, style)
        at = f'<c r="{letters(column)}{MARK}" s="{self._styles.number(style)}"{_kind(value)}'
        return f"{at}><f>{_escaped(formula.removeprefix('='))}</f><v>{_result(value)}</v></c>"

    def add(self, cells: str, height: float | None = None) -> None:
        """Put a row below the others, as high as it is told."""
        self.after += 1
        row = f'<row r="{MARK}"{_height(height)}>{cells}</row>'
        self._strings.count += row.count(_STRING)
        self._file.write(row.replace(MARK, str(self.after)))

    def fill(self, columns: Sequence[Cells], heights: Iterable[float | None]) -> None:
        """Put a row below the others for each height: the columns, from the first of the sheet."""
        self.columns = columns
        drawn = [self._drawn(place, each) for place, each in enumerate(columns)]
        row = "".join(each for each, _ in drawn)
        held = zip(*(values for _, every in drawn for values in every), strict=True)
        for height, values in zip(heights, held, strict=True):
            self.add(row % values, height)

    def value(self, row: int, column: int) -> Value | None:
        """Give what a cell of `fill` holds, for a chart that is drawn from it."""
        return self.columns[column].values[row - self.first] if column < len(self.columns) else None

    def pieces(self) -> Iterator[str]:
        """Give the XML of all rows, little by little, and forget it."""
        self._file.seek(0)
        while piece := self._file.read(1 << 16):
            yield piece
        self._file.close()

    def _drawn(self, place: int, column: Cells) -> tuple[str, list[Iterable[str]]]:
        at = f'<c r="{letters(place)}{MARK}"'
        if not column.formula:
            return f"{at}%s</c>", [(self._held(value, column.style) for value in column.values)]
        formula = _escaped(column.formula.removeprefix("=")).replace("%", "%%").replace(ROW, MARK)
        look = self._styles.number(column.style)
        held: list[Iterable[str]] = [map(_kind, column.values), map(_result, column.values)]
        return f'{at} s="{look}"%s><f>{formula}</f><v>%s</v></c>', held

    def _held(self, value: Value | None, style: str) -> str:
        if isinstance(value, str):
            index = self._strings._get_shared_string_index(set_text(value))  # noqa: SLF001 - as its sheets do
            self._strings.count -= 1  # rows are counted as they are added
            return f' s="{self._styles.text_number(style)}"{_STRING}><v>{index}</v>'
        look = f' s="{self._styles.number(style)}">'
        return look if value is None else f"{look}<v>{value:.16G}</v>"


def result_text(value: str) -> str:
    """Write a text as the stored result of a formula, where `_x0041_` would read as an escaped character."""
    return _ESCAPED.sub("_x005F_", value) if "_x" in value else value


def _kind(value: Value | None) -> str:
    return ' t="str"' if isinstance(value, str) else ""


def _result(value: Value | None) -> str:
    return _escaped(result_text(value)) if isinstance(value, str) else str(value)


def _escaped(text: str) -> str:
    if not _SPECIAL.search(text):
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _height(points: float | None) -> str:
    """Write a height, on whole pixels as Excel keeps them."""
    pixels = 20 if points is None else int(points * 4 / 3 + 0.5)
    return "" if pixels == 20 else f' ht="{pixels * 0.75:.16g}" customHeight="1"'


@lru_cache(maxsize=16_384)
def set_text(text: str) -> str:
    """Set a text with its no-break spaces; labels, names and explanations come back on many rows."""
    return typeset(text)

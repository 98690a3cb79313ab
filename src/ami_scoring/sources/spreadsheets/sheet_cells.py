"""The cells of a sheet of Excel: what each holds, and whole rows of those that need no parser."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ami_scoring.messages import Message
from ami_scoring.sources.spreadsheets.cells import (
    MAX_ROW,
    Cell,
    Content,
    parse_column,
    spell_code,
    spell_day,
    spell_percent,
    spell_stored,
    unescape,
)
from ami_scoring.sources.spreadsheets.grids import Held
from ami_scoring.sources.spreadsheets.packages import broken
from ami_scoring.sources.spreadsheets.xml_parts import TEXT, spell_text, whole_number

MAX_CELL: Final = 100_000
"""Characters of one cell."""
ROW_BEGINS: Final = re.compile(rb"<row[ >]")
ROW_ENDS: Final = b"</row>"
TRUE: Final = frozenset({"1", "true"})
_TRUE_BYTES: Final = frozenset({b"1", b"true"})
_SAID: Final = frozenset({b"str", b"inlineStr"})
_ROW_DIGITS: Final = 7
_STRAY: Final = b"stray"
"""What no shared text is named."""
_MOST_KEPT: Final = 100_000
_LONGEST_KEPT: Final = 40
_ROW: Final = re.compile(rb'<row((?: [A-Za-z0-9:]+="[^"<&]*+")*+) ?>')
_PLAIN: Final = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,5})")?+(?: t="(s|n|str|inlineStr)")?+'
    rb"(?:/>|>(?:<v>("
    + TEXT
    + rb")</v>|<is><t(?: xml:space=\"preserve\")?+>("
    + TEXT
    + rb")</t></is>)?+</c>)|\s++|(.)",
    re.DOTALL,
)
"""A cell that needs no parser: its column, its row, its style, its type and its value; or one stray byte."""
_ATTRIBUTE: Final = re.compile(rb' ([A-Za-z0-9:]+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Shared:
    """What sheets share: texts, which styles show dates, percents or codes, and the calendar."""

    texts: tuple[str, ...] = ()
    date_styles: frozenset[int] = frozenset()
    percent_styles: frozenset[int] = frozenset()
    mac: bool = False
    code_shapes: Mapping[int, str] = field(default_factory=dict)
    """Of the styles that show a number as a code, its zeros and spaces: `00000`."""


class PlainRow(NamedTuple):
    """A row of plain cells: its number, whether it is hidden, and what each column holds."""

    number: int
    hidden: bool
    held: dict[int, Held]


class PlainRows:
    """Reads the rows of one workbook that need no parser."""

    def __init__(self, shared: Shared) -> None:
        """Look up the texts that sheets share as rows name them."""
        self._texts = {b"%d" % place: _as_held(text) for place, text in enumerate(shared.texts)}
        self._texts[b""] = None
        self._others = _Others(shared)

    def read(self, piece: bytes) -> PlainRow | None:
        """Read the bytes of a whole row; None where something of it needs a parser."""
        head = _ROW.match(piece)
        if head is None:
            return None
        attributes = dict(_ATTRIBUTE.findall(head[1]))
        number = attributes.get(b"r", b"")
        if not number.isdigit() or len(number) > _ROW_DIGITS or not 1 <= int(number) <= MAX_ROW:
            return None
        held = self._cells_of(_PLAIN.findall(piece, head.end(), len(piece) - len(ROW_ENDS)), number)
        return None if held is None else PlainRow(int(number), attributes.get(b"hidden") in _TRUE_BYTES, held)

    def _cells_of(self, cells: Sequence[Sequence[bytes]], number: bytes) -> dict[int, Held] | None:
        """Give what each column holds; None where a cell is in another row, or needs a parser."""
        # A look-up that fails stops the row: asking of each cell whether it is plain would take twice the time.
        columns, texts, others = {number: _COLUMNS}, self._texts, self._others
        try:
            return {
                columns[row][letters]: shown
                for letters, row, style, type_, value, inline, stray in cells
                if (
                    shown := texts[value]
                    if type_ == b"s"
                    else others[style, type_, value or inline]
                    if not stray
                    else texts[_STRAY]
                )
                is not None
            }
        except KeyError:
            return None


class _Columns(dict[bytes, int]):
    """The numbers of columns already met, by their letters: 16 384 at most."""

    def __missing__(self, letters: bytes) -> int:
        column = parse_column(letters.decode())
        if column is None:
            raise KeyError(letters)
        self[letters] = column
        return column


class _Others(dict[tuple[bytes, bytes, bytes], Held | None]):
    """What cells hold that are no shared text, by style, type and value; it remembers those that come again."""

    def __init__(self, shared: Shared) -> None:
        super().__init__()
        self._shared = shared

    def __missing__(self, key: tuple[bytes, bytes, bytes]) -> Held | None:
        style, type_, value = key
        text = spell_text(value)
        if text is None or len(text) > MAX_CELL:
            raise KeyError(key)
        held: Held | None
        if type_ in _SAID:
            held = _as_held(unescape(text))
        elif not value:
            held = None
        else:
            cell = _number_cell({"s": style.decode()} if style else {}, text, None, self._shared)
            held = None if cell is None else held_of(cell)
        if len(self) < _MOST_KEPT and len(value) <= _LONGEST_KEPT:
            self[key] = held
        return held


_COLUMNS: Final = _Columns()


def held_of(cell: Cell) -> Held:
    """Hold a cell by its text alone, where it has nothing more to say."""
    return cell.text if cell.content is Content.TYPED and cell.formula is None else cell


def _as_held(text: str) -> str | None:
    return text if text and not text.isspace() else None


def read_cell(
    given: Mapping[str, str], value: str | None, formula: str | None, shared: Shared, path: str
) -> Cell | None:
    """Tell what a cell holds; None when it holds nothing that a person would see."""
    type_ = given.get("t", "n")
    if value is None or (not value and type_ != "str"):
        return None if formula is None else Cell("", Content.UNCOMPUTED, formula)
    if type_ == "e":
        return Cell(value, Content.ERROR, formula)
    if type_ == "n":
        return _number_cell(given, value, formula, shared)
    if type_ == "d":
        return Cell(value.strip().removesuffix("Z").removesuffix("T00:00:00"), Content.DATE, formula)
    if type_ == "b":
        shown = "oui" if value.strip() in TRUE else "non"
    elif type_ == "s":
        place = whole_number(value)
        if place is None or place >= len(shared.texts):
            raise broken(path, Message("Ce classeur est abîmé : un de ses textes manque."))
        shown = shared.texts[place]
    else:
        shown = unescape(value)
    return Cell(shown, formula=formula) if shown.strip() else None


def _number_cell(given: Mapping[str, str], value: str, formula: str | None, shared: Shared) -> Cell | None:
    style = whole_number(given.get("s"))
    if style in shared.date_styles and (day := spell_day(value, mac=shared.mac)) is not None:
        return Cell(day, Content.DATE, formula)
    shape = shared.code_shapes.get(style) if style is not None else None
    spelt = spell_code(value, shape) if shape is not None else None
    if spelt is None:
        spelt = spell_percent(value) if style in shared.percent_styles else spell_stored(value)
    return Cell(spelt, formula=formula) if value.strip() else None

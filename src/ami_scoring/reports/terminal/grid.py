"""Which columns a width can hold, how wide each is, and the drawing of rows.

Rich's own `Table` cannot write words across a line of the table and takes about four times longer on a thousand rows;
here a row is one `Text`.

When the columns do not fit, they are dropped in the order of `DROP_ORDER` until the others do, and none comes back
where room is left: what stands on a screen stands on any wider one. The rank, the reference, the total and the status
always stay. Names are shortened, references never.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len
from rich.text import Text

from ami_scoring.reports.terminal.glyphs import Glyphs
from ami_scoring.reports.terminal.lines import Line, padded, shortened

DROP_ORDER: Final = ("bars", "applicant", "ranges", "wave", "zone", "criteria", "commune", "granted", "spacing")
"""`bars` are those of the criteria and `criteria` their columns, all at once; `ranges` are the intervals beside the
rank and the total, told under the ranking instead; `spacing` is the second blank between two columns."""

MARGIN: Final = 1
_BARS: Final = range(8, 3, -1)
_WIDE_GAP, _GAP, _TIGHT_GAP = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a text, then a tail that is never cut (a département, a range), then a bar."""

    text: str
    tail: str = ""
    style: str = ""
    flag: str = ""
    """What stands for a range where ranges are dropped."""
    bar: tuple[float, float] | None = None
    """The shares of the weight that are sure and that are possible."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures, right-aligned, whose tails are ranges; or of words, which may be shortened to `least`."""

    key: str
    head: tuple[str, str]
    cells: Sequence[Cell]
    figures: bool = False
    least: int | None = None
    most: int = sys.maxsize

    def body(self) -> tuple[int, int, int]:
        """Measure the cells: the widest text, the widest tail, the widest whole."""
        texts = [cell_len(cell.text) for cell in self.cells]
        tails = [cell_len(cell.tail) for cell in self.cells]
        wholes = [text + tail for text, tail in zip(texts, tails, strict=True)]
        return max(texts, default=0), max(tails, default=0), max(wholes, default=0)


class Fitted:
    """A column with the width that it was given."""

    def __init__(self, column: Column) -> None:
        """Measure the column once."""
        self.column = column
        self.text_room, self.tail_room, whole = column.body()
        self.head_room = max(cell_len(line) for line in column.head)
        self.natural = max(self.head_room, min(whole, column.most))
        self.least = self.natural if column.least is None else min(self.natural, max(column.least, self.head_room))
        self.has_bar = any(cell.bar for cell in column.cells)
        self.flag_room = max((len(cell.flag) for cell in column.cells), default=0)
        self.room = self.natural

    def needs(self, *, ranges: bool, bar: int) -> int:
        """Say how many cells the column cannot do without."""
        if not self.column.figures:
            return self.least
        tail = (1 + self.tail_room if self.tail_room else 0) if ranges else self.flag_room
        return max(self.head_room, self.text_room + tail + (1 + bar if bar and self.has_bar else 0))


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns kept, side by side."""

    columns: tuple[Fitted, ...]
    glyphs: Glyphs
    ranges: bool
    bar: int
    gap: int

    @property
    def width(self) -> int:
        """How many cells a row takes, margin included."""
        return MARGIN + sum(column.room for column in self.columns) + self.gap * (len(self.columns) - 1)

    @property
    def indent(self) -> int:
        """Where what is said under a row begins: under its second column."""
        return MARGIN + self.columns[0].room + self.gap

    def head(self, width: int) -> list[Text]:
        """Draw the two lines that name the columns; only one where no maximum is announced."""
        lines = []
        for place, style in ((0, "bold"), (1, "dim")):
            if not any(fitted.column.head[place] for fitted in self.columns):
                continue
            line = Line(MARGIN)
            for number, fitted in enumerate(self.columns):
                right = fitted.column.figures and not fitted.tail_room and not (self.bar and fitted.has_bar)
                line.add(" " * self.gap if number else "")
                line.add(padded(fitted.column.head[place], fitted.room, right=right), style)
            lines.append(line.text(width))
        return lines

    def row(self, index: int, width: int) -> Text:
        """Draw one row."""
        line = Line(MARGIN)
        for number, fitted in enumerate(self.columns):
            line.add(" " * self.gap if number else "")
            cell = fitted.column.cells[index]
            if fitted.column.figures:
                self._figure(line, cell, fitted)
            else:
                text = shortened(cell.text, fitted.room - cell_len(cell.tail), self.glyphs.ellipsis)
                line.add(text, cell.style).add(padded(cell.tail, fitted.room - cell_len(text)), "dim")
        return line.text(width)

    def _figure(self, line: Line, cell: Cell, fitted: Fitted) -> None:
        bars = self.bar if fitted.has_bar else 0
        tails = fitted.tail_room if self.ranges else 0
        flags = 0 if self.ranges else fitted.flag_room
        text_room = fitted.text_room if bars or tails else fitted.room - flags
        line.add(padded(cell.text, text_room, right=True), cell.style)
        left = fitted.room - text_room
        if tails:
            line.add(" ").add(padded(cell.tail, tails), "dim")
            left -= 1 + tails
        if flags:
            line.add(padded(cell.flag, flags))
            left -= flags
        if bars and cell.bar:
            line.add(" ")
            left -= 1
            left -= draw_bar(line, cell.bar, bars, self.glyphs)
        line.add(" " * left)


def fit(columns: Sequence[Column], width: int, glyphs: Glyphs) -> Grid:
    """Choose the columns that `width` can hold, and share what is left between them."""
    fitted = [Fitted(column) for column in columns]
    dropped = _dropped(fitted, width)
    kept = tuple(column for column in fitted if column.column.key not in dropped)
    ranges = "ranges" not in dropped
    gap = _TIGHT_GAP if "spacing" in dropped else _GAP
    bar = 0 if "bars" in dropped else _BARS[-1]
    for column in kept:
        column.room = column.needs(ranges=ranges, bar=bar)
    spare = width - Grid(kept, glyphs, ranges, bar, gap).width
    for column in sorted(kept, key=lambda each: each.natural):
        more = max(min(spare, column.natural - column.room), 0) if not column.column.figures else 0
        column.room += more
        spare -= more
    bar, spare = _wider_bars(kept, bar, spare, ranges=ranges)
    if gap == _GAP and spare >= len(kept) - 1:
        gap = _WIDE_GAP
    return Grid(kept, glyphs, ranges, bar, gap)


def _dropped(columns: Sequence[Fitted], width: int) -> list[str]:
    dropped: list[str] = []
    for name in DROP_ORDER:
        if _needs(columns, dropped) <= width:
            break
        dropped.append(name)
    return dropped


def _needs(columns: Sequence[Fitted], dropped: Sequence[str]) -> int:
    bar = 0 if "bars" in dropped else _BARS[-1]
    gap = _TIGHT_GAP if "spacing" in dropped else _GAP
    rooms = [each.needs(ranges="ranges" not in dropped, bar=bar) for each in columns if each.column.key not in dropped]
    return MARGIN + sum(rooms) + gap * (len(rooms) - 1)


def _wider_bars(columns: Sequence[Fitted], bar: int, spare: int, *, ranges: bool) -> tuple[int, int]:
    for wider in _BARS if bar else ():
        rooms = [each.needs(ranges=ranges, bar=wider) if each.has_bar else each.room for each in columns]
        more = sum(rooms) - sum(each.room for each in columns)
        if more <= spare:
            for column, room in zip(columns, rooms, strict=True):
                column.room = room
            return wider, spare - more
    return bar, spare


def draw_bar(line: Line, shares: tuple[float, float], room: int, glyphs: Glyphs) -> int:
    """Draw the sure share solid and the possible share shaded; give the cells drawn."""
    steps = len(glyphs.blocks)
    sure, possible = (min(max(share, 0.0), 1.0) for share in shares)
    filled = int(sure * room * steps + 0.5) or (1 if sure > 0 else 0)
    full, part = divmod(filled, steps)
    solid = glyphs.blocks[-1] * full + (glyphs.blocks[part - 1] if part else "")
    shade = glyphs.shade * max(int(possible * room + 0.5) - len(solid), 0)
    line.add(solid, _bar_style(sure)).add(shade, "dim")
    return len(solid) + len(shade)


def _bar_style(share: float) -> str:
    if share >= 2 / 3:
        return "cyan"
    return "blue" if share >= 1 / 3 else "bright_black"

"""The answers of a whole line at one go, where none of them has anything to tell.

Nearly every answer of a table is taken as it is written, or as it was the line before: what a column makes of a text is
worked out once, by the same assembly as any other answer, and remembered. As soon as an answer of a line would leave a
finding, the line is assembled answer by answer; so is a line whose places are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ami_scoring.domain.quantities import Decimals
from ami_scoring.findings import Location
from ami_scoring.sources.files.document import Data, DataPath, Document, Questionnaire
from ami_scoring.sources.spreadsheets.answers import Answer, assemble, is_bare, split_key
from ami_scoring.sources.spreadsheets.cells import Cell, Content, Spot
from ami_scoring.sources.spreadsheets.grids import Line

MOST_KEPT: Final = 20_000
"""Texts that a column remembers."""
LONGEST_KEPT: Final = 80
"""Characters beyond which a text will hardly come again."""
NOWHERE: Final = Location("")
Texts = tuple[str | None, ...]
"""What the columns of one answer hold; None where one is blank."""
Made = Callable[[Texts], tuple[Sequence[Answer], Sequence[str]]]
"""Makes the answers of some texts, and gives those that were held for missing."""


class _Unknown:
    """What was never asked."""


_UNKNOWN: Final = _Unknown()


class Weighed(NamedTuple):
    """What an answer adds to the data: nothing where its value is None; and what it was held for missing by."""

    value: Data
    missing: Sequence[str] = ()


@dataclass(slots=True)
class Slot:
    """One answer of a line: the columns that give it, the key that it fills, and how it is read."""

    columns: tuple[int, ...]
    key: str
    made: Made
    bare: str | None = None
    """Where a text is the answer as it is: `spaces` kept around it, or `stripped` of them."""
    many: bool = False
    """Whether the answer is a list of texts."""
    who: object = None
    """Whose missing answers are counted."""
    known: dict[str | Texts | None, Weighed | None] = field(default_factory=dict)

    def weigh(self, row: Line) -> Weighed | None:
        """Give what a line answers; None where something must be told of it."""
        if len(self.columns) != 1:
            return self._of_several(row)
        text = row.held(self.columns[0])
        if isinstance(text, Cell):
            if not _is_plain(text):
                return None
            text = text.text
        known = self.known.get(text, _UNKNOWN)
        if not isinstance(known, _Unknown):
            return known
        if text is not None and self.bare is not None and is_bare(self.key, text):
            as_it_is = self.bare == "spaces" or isinstance(text, Decimals)
            return self._kept(text, Weighed(text if as_it_is else text.strip()))
        return self._weighed(text, (text,))

    def _of_several(self, row: Line) -> Weighed | None:
        cells = [row.get(column) for column in self.columns]
        if not all(cell is None or _is_plain(cell) for cell in cells):
            return None
        texts = tuple(None if cell is None else cell.text for cell in cells)
        known = self.known.get(texts, _UNKNOWN)
        return self._weighed(texts, texts) if isinstance(known, _Unknown) else known

    def _weighed(self, key: str | Texts | None, texts: Texts) -> Weighed | None:
        answers, missing = self.made(texts)
        document = assemble(answers, NOWHERE, Questionnaire(), ())
        return self._kept(key, None if document.findings else Weighed(_value_in(document.data, self.key), missing))

    def _kept(self, key: str | Texts | None, weighed: Weighed | None) -> Weighed | None:
        if len(self.known) < MOST_KEPT and len(str(key)) <= LONGEST_KEPT:
            self.known[key] = weighed
        return weighed


def _is_plain(cell: Cell) -> bool:
    return cell.formula is None and cell.content in {Content.TYPED, Content.DATE}


def _value_in(data: Data, key: str) -> Data:
    """Find what one answer made of an empty document; None where it made nothing."""
    prefix, place, below = split_key(key)
    for part in prefix:
        data = data.get(str(part)) if isinstance(data, dict) else None
    if place is None or not below:
        return data
    first = data[0] if isinstance(data, list) and data else None
    return first.get(below) if isinstance(first, dict) else None


def same_cell(key: str) -> Made:
    """Give the way of a table, where a cell is the answer to the key of its column."""

    def made(texts: Texts) -> tuple[Sequence[Answer], Sequence[str]]:
        cell = None if texts[0] is None else Cell(texts[0])
        return [Answer(key, cell, Spot(1, 1), _nowhere)], ()

    return made


def _nowhere(_: Spot) -> Location:
    return NOWHERE


class Filled(NamedTuple):
    """The data of one line, and the answers that were held for missing."""

    data: dict[str, Data]
    missing: list[tuple[object, str]]
    """Whose they are, and what was written."""


class Template:
    """The slots of a line, in the order that their answers are assembled."""

    def __init__(self, slots: Sequence[Slot], blocks: Sequence[str]) -> None:
        """Sort slots by what they fill; `blocks` are there even blank."""
        self.blocks = blocks
        self.ones: list[tuple[DataPath, Slot]] = []
        self.lists: dict[DataPath, dict[int, list[tuple[str, Slot]]]] = {}
        self._columns: dict[DataPath, int] = {}
        for slot in slots:
            prefix, place, below = split_key(slot.key)
            if slot.many:
                self.lists.setdefault(prefix, {}).setdefault(1, []).append(("", slot))
            elif place is None:
                self.ones.append((prefix, slot))
                if len(slot.columns) == 1:
                    self._columns[prefix] = slot.columns[0]
            else:
                self.lists.setdefault(prefix, {}).setdefault(place, []).append((below, slot))

    def column_of(self, path: DataPath) -> int | None:
        """Give the column of an answer outside lists, where one column alone gives it."""
        return self._columns.get(path)

    @property
    def is_sound(self) -> bool:
        """Whether no two slots fill the same key, nor one a part of what another fills whole."""
        paths = [prefix for prefix, _ in self.ones] + list(self.lists)
        belows = [[below for below, _ in each] for places in self.lists.values() for each in places.values()]
        within = any(path[:length] in set(paths) for path in paths for length in range(1, len(path)))
        mixed = any("" in each and len(each) > 1 for each in belows)
        return not within and not mixed and len(set(paths)) == len(paths) and all(len(set(b)) == len(b) for b in belows)

    def fill(self, row: Line, more: Mapping[DataPath, Sequence[Data]] | None = None) -> Filled | None:
        """Give the data of a line, and `more` lists that stand elsewhere; None where something must be told."""
        filled = Filled({}, [])
        for prefix, slot in self.ones:
            weighed = slot.weigh(row)
            if weighed is None:
                return None
            _note(weighed, slot, filled)
            if weighed.value is not None:
                put(filled.data, prefix, weighed.value)
        for prefix, places in self.lists.items():
            if not self._fill_list(prefix, places, row, filled):
                return None
        for prefix, found in (more or {}).items():
            put(filled.data, prefix, list(found))
        for name in self.blocks:
            filled.data.setdefault(name, {})
        return filled

    def _fill_list(
        self, prefix: DataPath, places: Mapping[int, Sequence[tuple[str, Slot]]], row: Line, filled: Filled
    ) -> bool:
        elements: list[Data] = []
        is_known = False
        for place in sorted(places):
            block: dict[str, Data] = {}
            for below, slot in places[place]:
                weighed = slot.weigh(row)
                if weighed is None or (place == 0 and weighed.value is not None):
                    return False
                _note(weighed, slot, filled)
                if below and weighed.value is not None:
                    block[below] = weighed.value
                elif isinstance(weighed.value, list):
                    is_known = True
                    elements.extend(weighed.value)
            if block:
                elements.append(block)
        if elements or is_known:
            put(filled.data, prefix, elements)
        return True


def _note(weighed: Weighed, slot: Slot, filled: Filled) -> None:
    if weighed.missing:
        filled.missing.extend((slot.who, word) for word in weighed.missing)


def put(data: dict[str, Data], path: DataPath, value: Data) -> None:
    """Put a value where its path says, in blocks that are made as they are needed."""
    block = data
    for part in path[:-1]:
        below = block.setdefault(str(part), {})
        block = below if isinstance(below, dict) else {}
    block[str(path[-1])] = value


class Later:
    """The places of a line: of answers outside lists, known by their keys; of others, found by assembling the line."""

    __slots__ = ("_heading", "_made", "_make", "_outside")

    def __init__(
        self,
        make: Callable[[], Document],
        outside: Callable[[DataPath], Location | None],
        heading: Callable[[DataPath], Location | None] = lambda _: None,
    ) -> None:
        """Keep the way to assemble it, which the first question about a list needs, and the way to do without.

        `heading` gives the place of a key, where a heading is one.
        """
        self._make = make
        self._outside = outside
        self._heading = heading
        self._made: Document | None = None

    def __call__(self, path: DataPath, /, *, key: bool = False) -> Location:
        """Give the cell of an answer, or of the nearest thing around it; of a key, that of its heading."""
        if key and (where := self._heading(path)) is not None:
            return where
        if self._made is None and (where := self._outside(path)) is not None:
            return where
        if self._made is None:
            self._made = self._make()
        return self._made.locate(path, key=key)

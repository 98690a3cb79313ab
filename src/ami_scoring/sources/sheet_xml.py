"""The XML of a workbook, streamed: cells one by one, never more than is bearable, wherever they stand.

Read here rather than by openpyxl because an answer needs at once its value, its formula, and whether its row is hidden;
and because neither the size that a sheet declares nor a cell at XFD1048576 should cost anything (figures in
docs/formulaires.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

from ami_scoring.messages import Message
from ami_scoring.sources.cells import Cell, Content, Spot, parse_address, spell_day, spell_stored, unescape
from ami_scoring.sources.packages import BrokenPackageError, Package, broken

MAX_ELEMENTS: Final = 1_500_000
"""XML elements read of one workbook: a second or two of work. A table of 4 454 candidatures has 400 000."""
MAX_CHARACTERS: Final = 30_000_000
MAX_CELL: Final = 100_000
MAX_RANGES: Final = 5_000
MAX_NESTING: Final = 100


@dataclass(frozen=True, slots=True)
class Range:
    """A rectangle of cells, corners included."""

    first: Spot
    last: Spot

    def holds(self, spot: Spot) -> bool:
        """Say whether a cell is in it."""
        return self.first.row <= spot.row <= self.last.row and self.first.column <= spot.column <= self.last.column


@dataclass(slots=True)
class Grid:
    """The cells of one sheet that are not blank, by place, and what is hidden or merged."""

    cells: dict[Spot, Cell] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)

    def is_hidden(self, spot: Spot) -> bool:
        """Say whether a person who opens the sheet does not see this cell."""
        return spot.row in self.hidden_rows or any(first <= spot.column <= last for first, last in self.hidden_columns)


@dataclass(frozen=True, slots=True)
class Shared:
    """What sheets share: texts, which styles show dates, and the calendar."""

    texts: tuple[str, ...] = ()
    date_styles: frozenset[int] = frozenset()
    mac: bool = False


Event = tuple[str, Mapping[str, str] | None, str]
"""The start of an element (its attributes, no text) or its end (no attributes, its own text)."""


def events(package: Package, name: str) -> Iterator[Event]:
    """Stream the elements of a part, without their prefixes. Raises `BrokenPackageError` beyond every bound."""
    queue: list[Event] = []
    texts: list[list[str]] = []
    characters = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        package.elements += 1
        texts.append([])
        if len(texts) > MAX_NESTING:
            raise _too_much(package.path)
        queue.append((tag.rpartition(":")[2], attributes, ""))

    def end(tag: str) -> None:
        queue.append((tag.rpartition(":")[2], None, "".join(texts.pop())))

    def characters_of(text: str) -> None:
        nonlocal characters
        characters += len(text)
        texts[-1].append(text)

    def refuse(*_: object) -> None:
        message = Message("Ce classeur définit des entités XML, ce qu'Excel ne fait jamais : il est refusé.")
        raise broken(package.path, message)

    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, characters_of
    parser.StartDoctypeDeclHandler = refuse
    try:
        for chunk in package.chunks(name):
            parser.Parse(chunk, False)
            if package.elements > MAX_ELEMENTS or characters > MAX_CHARACTERS:
                raise _too_much(package.path)
            yield from queue
            queue.clear()
        parser.Parse(b"", True)
    except ExpatError:
        message = Message("Ce classeur est abîmé : « {name} » n'est pas lisible.", {"name": name})
        raise broken(package.path, message) from None
    yield from queue


def read_grid(package: Package, name: str, shared: Shared) -> Grid:
    """Read one sheet. What it declares of its own size is not believed."""
    grid = Grid()
    reader = _CellReader(package.path, shared, grid)
    row = 0
    for tag, attributes, text in events(package, name):
        if attributes is None:
            reader.end(tag, text)
        elif tag == "c":
            reader.open(attributes, row)
        elif tag == "row":
            row = whole_number(attributes.get("r")) or row + 1
            reader.column = 0
            if attributes.get("hidden") in {"1", "true"}:
                grid.hidden_rows.add(row)
        elif tag == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = whole_number(attributes.get("min")), whole_number(attributes.get("max"))
            if first and last and len(grid.hidden_columns) < MAX_RANGES:
                grid.hidden_columns.append((first, last))
        elif tag == "mergeCell" and (merged := parse_range(attributes.get("ref", ""))):
            if len(grid.merged) >= MAX_RANGES:
                raise _too_much(package.path)
            grid.merged.append(merged)
        elif tag == "rPh":
            reader.phonetic = True
    return grid


def read_texts(package: Package, name: str) -> tuple[str, ...]:
    """Read the texts that sheets share; how to pronounce them is left out."""
    found: list[str] = []
    parts: list[str] = []
    phonetic = False
    for tag, attributes, text in events(package, name):
        if tag == "rPh":
            phonetic = attributes is not None
        elif attributes is not None:
            if tag == "si":
                parts = []
        elif tag == "t" and not phonetic:
            parts.append(text)
        elif tag == "si":
            found.append(unescape("".join(parts)))
    return tuple(found)


def parse_range(text: str) -> Range | None:
    """Read `E4:G4` or `E4`; None when it is neither."""
    first_text, _, last_text = text.partition(":")
    first, last = parse_address(first_text), parse_address(last_text or first_text)
    return None if first is None or last is None else Range(first, last)


class _CellReader:
    """Puts together the elements of one cell at a time."""

    def __init__(self, path: str, shared: Shared, grid: Grid) -> None:
        self.path, self.shared, self.grid = path, shared, grid
        self.column = 0
        self.phonetic = False
        self.spot: Spot | None = None
        self.attributes: Mapping[str, str] = {}
        self.value: str | None = None
        self.formula: str | None = None

    def open(self, attributes: Mapping[str, str], row: int) -> None:
        address = attributes.get("r")
        self.spot = parse_address(address) if address else Spot(row, self.column + 1)
        if self.spot is None:
            raise broken(self.path, Message("Ce classeur est abîmé : une cellule porte une adresse impossible."))
        self.column = self.spot.column
        self.attributes, self.value, self.formula = attributes, None, None

    def end(self, tag: str, text: str) -> None:
        if self.spot is None:
            return
        if tag in {"v", "t"} and not self.phonetic:
            self.value = (self.value or "") + text
            if len(self.value) > MAX_CELL:
                raise _too_much(self.path)
        elif tag == "f":
            self.formula = text or "="
        elif tag == "rPh":
            self.phonetic = False
        elif tag == "c":
            cell = self._cell()
            if cell is not None and (cell.content is not Content.TYPED or cell.text.strip()):
                self.grid.cells[self.spot] = cell
            self.spot = None

    def _cell(self) -> Cell | None:
        value, formula = self.value, self.formula
        if value is None or (value == "" and self.attributes.get("t") != "str"):
            return None if formula is None else Cell("", Content.UNCOMPUTED, formula)
        match self.attributes.get("t", "n"):
            case "s":
                place = whole_number(value)
                if place is None or place >= len(self.shared.texts):
                    raise broken(self.path, Message("Ce classeur est abîmé : un de ses textes manque."))
                return Cell(self.shared.texts[place], formula=formula)
            case "b":
                return Cell("oui" if value.strip() in {"1", "true"} else "non", formula=formula)
            case "e":
                return Cell(value, Content.ERROR, formula)
            case "d":
                day = value.strip().removesuffix("Z").removesuffix("T00:00:00")
                return Cell(day, Content.DATE, formula)
            case "n":
                return self._number(value, formula)
            case _:
                return Cell(unescape(value), formula=formula)

    def _number(self, value: str, formula: str | None) -> Cell:
        if whole_number(self.attributes.get("s")) in self.shared.date_styles:
            day = spell_day(value, mac=self.shared.mac)
            if day is not None:
                return Cell(day, Content.DATE, formula)
        return Cell(spell_stored(value), formula=formula)


def whole_number(text: str | None) -> int | None:
    """Read the plain number of an attribute; None when it is absent or is not one."""
    text = text.strip() if text else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


def _too_much(path: str) -> BrokenPackageError:
    message = Message("Ce classeur contient bien plus de cellules qu'un formulaire ou un tableau : il est refusé.")
    return broken(path, message, "workbook-too-large")

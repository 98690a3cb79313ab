"""The XML of a workbook, streamed: cells one by one, never more than is bearable, wherever they stand.

Read here rather than by openpyxl because an answer needs at once its value, its formula, and whether its row is hidden;
and because neither the size that a sheet declares nor a cell at XFD1048576 should cost anything (figures in
docs/formulaires.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

from ami_scoring.messages import Message
from ami_scoring.sources.cells import Cell, Content, Spot, parse_address, spell_day, spell_stored, unescape
from ami_scoring.sources.packages import BrokenPackageError, Package, broken

MAX_TAGS: Final = 1_200_000
"""Tags read of one workbook: a second or two of work, 300 000 answers, 5 000 candidatures in a table."""
MAX_READ: Final = 60_000_000
"""Bytes of XML read of one workbook."""
MAX_CELL: Final = 100_000
MAX_RANGES: Final = 5_000


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
    """List the elements of a small part, without their prefixes. Raises `BrokenPackageError` beyond every bound."""
    found: list[Event] = []
    texts: list[list[str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        texts.append([])
        found.append((tag.rpartition(":")[2], attributes, ""))

    def end(tag: str) -> None:
        found.append((tag.rpartition(":")[2], None, "".join(texts.pop())))

    _parse(package, name, start, end, lambda text: texts[-1].append(text))
    return iter(found)


def _parse(
    package: Package,
    name: str,
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object],
    characters: Callable[[str], object],
) -> None:
    """Run the handlers of a part over it, within the bounds of a whole workbook."""
    def refuse(*_: object) -> None:
        message = Message("Ce classeur définit des entités XML, ce qu'Excel ne fait jamais : il est refusé.")
        raise broken(package.path, message)

    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, characters
    parser.StartDoctypeDeclHandler = refuse
    try:
        for chunk in package.chunks(name):
            package.tags += chunk.count(b"<")
            package.unpacked += len(chunk)
            if package.tags > MAX_TAGS or package.unpacked > MAX_READ:
                raise _too_much(package.path)
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except ExpatError:
        message = Message("Ce classeur est abîmé : « {name} » n'est pas lisible.", {"name": name})
        raise broken(package.path, message) from None


def read_grid(package: Package, name: str, shared: Shared) -> Grid:
    """Read one sheet. What it declares of its own size is not believed."""
    reader = _SheetReader(package.path, shared)
    _parse(package, name, reader.start, reader.end, reader.characters)
    return reader.grid


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


class _SheetReader:
    """Handlers that put together the cells of one sheet, one at a time; only those that hold something cost much."""

    def __init__(self, path: str, shared: Shared) -> None:
        self.path, self.shared, self.grid = path, shared, Grid()
        self.row = self.column = 0
        self.inside = self.phonetic = False
        self.attributes: Mapping[str, str] = {}
        self.value: str | None = None
        self.formula: str | None = None
        self.text: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2] if ":" in tag else tag
        self.text = []
        if tag == "c":
            self.attributes, self.value, self.formula, self.inside = attributes, None, None, True
            self.column += 1
        elif tag == "row":
            self.row = whole_number(attributes.get("r")) or self.row + 1
            self.column = 0
            if attributes.get("hidden") in {"1", "true"}:
                self.grid.hidden_rows.add(self.row)
        elif tag == "rPh":
            self.phonetic = True
        elif tag == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = whole_number(attributes.get("min")), whole_number(attributes.get("max"))
            if first and last and len(self.grid.hidden_columns) < MAX_RANGES:
                self.grid.hidden_columns.append((first, last))
        elif tag == "mergeCell" and (merged := parse_range(attributes.get("ref", ""))):
            if len(self.grid.merged) >= MAX_RANGES:
                raise _too_much(self.path)
            self.grid.merged.append(merged)

    def characters(self, text: str) -> None:
        self.text.append(text)

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2] if ":" in tag else tag
        if tag == "rPh":
            self.phonetic = False
        elif not self.inside:
            return
        elif tag == "c":
            self.inside = False
            self._keep()
        elif tag in {"v", "t"} and not self.phonetic:
            self.value = (self.value or "") + "".join(self.text)
            if len(self.value) > MAX_CELL:
                raise _too_much(self.path)
        elif tag == "f":
            self.formula = "".join(self.text) or "="

    def _keep(self) -> None:
        address = self.attributes.get("r")
        if self.value is None and self.formula is None and address is None:
            return
        spot = parse_address(address) if address else Spot(self.row, self.column)
        if spot is None:
            raise broken(self.path, Message("Ce classeur est abîmé : une cellule porte une adresse impossible."))
        self.column = spot.column
        cell = self._cell()
        if cell is not None and (cell.content is not Content.TYPED or cell.text.strip()):
            self.grid.cells[spot] = cell

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

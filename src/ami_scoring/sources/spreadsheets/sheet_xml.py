"""The XML of a workbook, streamed: cells one by one, never more than is bearable, wherever they stand.

Read here rather than by openpyxl because an answer needs at once its value, its formula, and whether its row is hidden;
and because neither the size that a sheet declares nor the place of a cell should cost anything (figures in
docs/formulaires.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

from ami_scoring.messages import Message
from ami_scoring.sources.spreadsheets.cells import (
    Cell,
    Content,
    Spot,
    parse_address,
    spell_code,
    spell_day,
    spell_percent,
    spell_stored,
    unescape,
)
from ami_scoring.sources.spreadsheets.packages import BrokenPackageError, Package, broken

MAX_TAGS: Final = 1_000_000
"""Tags read of one workbook: a second or two of work, 250 000 answers, 5 000 candidatures in a table."""
MAX_READ: Final = 60_000_000
"""Bytes of XML read of one workbook."""
ENCODINGS: Final = frozenset({"utf-8", "utf-16", "us-ascii", "iso-8859-1"})
"""What the parser reads by itself, and more than the standard of workbooks allows; for others it runs any codec."""
_TRUE: Final = frozenset({"1", "true"})
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
    """What sheets share: texts, which styles show dates, percents or codes, and the calendar."""

    texts: tuple[str, ...] = ()
    date_styles: frozenset[int] = frozenset()
    percent_styles: frozenset[int] = frozenset()
    mac: bool = False
    code_shapes: Mapping[int, str] = field(default_factory=dict)
    """Of the styles that show a number as a code, its zeros and spaces: `00000`."""


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

    def characters(text: str) -> None:
        texts[-1].append(text)

    parse_part(package, name, start, end, characters)
    return iter(found)


def parse_part(
    package: Package,
    name: str,
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object],
    characters: Callable[[str], object],
) -> None:
    """Run the handlers of a part over it, within the bounds of a whole workbook. Raises `BrokenPackageError`."""

    def refuse(*_: object) -> None:
        message = Message("Ce classeur définit des entités XML, ce qu'Excel ne fait jamais : il est refusé.")
        raise broken(package.path, message)

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.casefold() not in ENCODINGS:
            sentence = "Ce classeur déclare pour « {name} » l'encodage « {encoding} » : seul l'UTF-8 est d'usage."
            raise broken(package.path, Message(sentence, {"name": name, "encoding": encoding[:40]}))

    parser = ParserCreate()
    parser.XmlDeclHandler = declared
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, characters
    parser.StartDoctypeDeclHandler = refuse
    # Unpacking costs ten times less than parsing: what is too much is refused before anything of it is parsed.
    for chunk in package.chunks(name):
        package.tags += chunk.count(b"<")
        package.unpacked += len(chunk)
        if package.tags > MAX_TAGS or package.unpacked > MAX_READ:
            raise too_much(package.path)
    try:
        for chunk in package.chunks(name):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except ExpatError:
        message = Message("Ce classeur est abîmé : « {name} » n'est pas lisible.", {"name": name})
        raise broken(package.path, message) from None


def read_grid(package: Package, name: str, shared: Shared) -> Grid:
    """Read one sheet. What it declares of its own size is not believed."""
    # Closures over local names, in one place: methods of an object take twice the time on a table of thousands.
    path, grid = package.path, Grid()
    cells = grid.cells
    row = column = 0
    inside = phonetic = False
    given: Mapping[str, str] = {}
    value: str | None = None
    formula: str | None = None
    text: list[str] = []
    keep_text = text.append

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, inside, phonetic, given, value, formula
        tag = tag.rpartition(":")[2] if ":" in tag else tag
        text.clear()
        if tag == "c":
            given, value, formula, inside = attributes, None, None, True
            column += 1
        elif tag == "row":
            row, column = whole_number(attributes.get("r")) or row + 1, 0
            if attributes.get("hidden") in _TRUE:
                grid.hidden_rows.add(row)
        elif tag == "rPh":
            phonetic = True
        elif tag in {"col", "mergeCell"}:
            _note_range(tag, attributes, grid, path)

    def end(tag: str) -> None:
        nonlocal column, inside, phonetic, value, formula
        tag = tag.rpartition(":")[2] if ":" in tag else tag
        if tag == "rPh":
            phonetic = False
        elif not inside:
            return
        elif tag == "c":
            inside = False
            address = given.get("r")
            if value is None and formula is None and address is None:
                return
            spot = parse_address(address) if address else Spot(row, column)
            if spot is None:
                raise broken(path, Message("Ce classeur est abîmé : une cellule porte une adresse impossible."))
            column = spot.column
            cell = _cell(given, value, formula, shared, path)
            if cell is not None:
                cells[spot] = cell
        elif tag in {"v", "t"} and not phonetic:
            value = (value or "") + "".join(text)
            if len(value) > MAX_CELL:
                raise too_much(path)
        elif tag == "f":
            formula = "".join(text) or "="

    parse_part(package, name, start, end, keep_text)
    return grid


def _note_range(tag: str, attributes: Mapping[str, str], grid: Grid, path: str) -> None:
    if tag == "col":
        first, last = whole_number(attributes.get("min")), whole_number(attributes.get("max"))
        if attributes.get("hidden") in _TRUE and first and last and len(grid.hidden_columns) < MAX_RANGES:
            grid.hidden_columns.append((first, last))
    elif merged := parse_range(attributes.get("ref", "")):
        if len(grid.merged) >= MAX_RANGES:
            raise too_much(path)
        grid.merged.append(merged)


def _cell(given: Mapping[str, str], value: str | None, formula: str | None, shared: Shared, path: str) -> Cell | None:
    """Tell what a cell holds; None when it holds nothing that a person would see."""
    type_ = given.get("t", "n")
    if value is None or (not value and type_ != "str"):
        return None if formula is None else Cell("", Content.UNCOMPUTED, formula)
    if type_ == "e":
        return Cell(value, Content.ERROR, formula)
    if type_ == "n":
        return _number(given, value, formula, shared)
    if type_ == "d":
        return Cell(value.strip().removesuffix("Z").removesuffix("T00:00:00"), Content.DATE, formula)
    if type_ == "b":
        shown = "oui" if value.strip() in _TRUE else "non"
    elif type_ == "s":
        place = whole_number(value)
        if place is None or place >= len(shared.texts):
            raise broken(path, Message("Ce classeur est abîmé : un de ses textes manque."))
        shown = shared.texts[place]
    else:
        shown = unescape(value)
    return Cell(shown, formula=formula) if shown.strip() else None


def _number(given: Mapping[str, str], value: str, formula: str | None, shared: Shared) -> Cell | None:
    style = whole_number(given.get("s"))
    if style in shared.date_styles and (day := spell_day(value, mac=shared.mac)) is not None:
        return Cell(day, Content.DATE, formula)
    shape = shared.code_shapes.get(style) if style is not None else None
    spelt = spell_code(value, shape) if shape is not None else None
    if spelt is None:
        spelt = spell_percent(value) if style in shared.percent_styles else spell_stored(value)
    return Cell(spelt, formula=formula) if value.strip() else None


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


def whole_number(text: str | None) -> int | None:
    """Read the plain number of an attribute; None when it is absent or is not one."""
    text = text.strip() if text else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


def too_much(path: str) -> BrokenPackageError:
    """Build the error of a workbook with more cells than anybody fills."""
    message = Message("Ce classeur contient bien plus de cellules qu'un formulaire ou un tableau : il est refusé.")
    return broken(path, message, "workbook-too-large")

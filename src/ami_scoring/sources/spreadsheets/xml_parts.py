"""The XML of a workbook, streamed within the bounds of a whole workbook; rows written plainly go by a quicker way.

A table of 5,000 lines has millions of tags, and a handler called for each of them takes ten times what an expression
takes for a whole row. So a row that holds nothing but plain cells is read by an expression, and every other byte by
expat: both give the same cells, and a file may mix them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Mapping
from typing import Final, NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

from ami_scoring.messages import Message
from ami_scoring.sources.spreadsheets.packages import BrokenPackageError, Package, broken

ENCODINGS: Final = frozenset({"utf-8", "utf-16", "us-ascii", "iso-8859-1"})
"""What the parser reads by itself, and more than the standard of workbooks allows; for others it runs any codec."""
MAX_TAGS: Final = 2_500_000
"""Tags that expat reads of one workbook: some seconds of work."""
MAX_CELLS: Final = 1_000_000
"""Cells of one workbook that are not blank: 8 000 candidatures of 120 columns. A line costs as much as some cells."""
LINE_COST: Final = 4
MAX_READ: Final = 100_000_000
"""Bytes of XML read of one workbook."""
MAX_ROW: Final = 2_000_000
"""Bytes of a row beyond which expat reads it, whatever it holds."""
TEXT: Final = rb"(?:[^<&\x00-\x08\x0b-\x1f]|&(?:amp|lt|gt|quot|apos|#39|#34|#10|#13|#9);)*+"
"""What stands between two tags where nothing of it needs a parser."""
_ENTITY: Final = re.compile(r"&(amp|lt|gt|quot|apos|#39|#34|#10|#13|#9);")
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_MEANT: Final = {**_NAMED, "#39": "'", "#34": '"', "#10": "\n", "#13": "\r", "#9": "\t"}
_ENCODING: Final = re.compile(rb"""<\?xml[^>]*encoding=["'](?!utf-?8["'])""", re.IGNORECASE)
_NO_CHARACTER: Final = re.compile(rb"\xef\xbf[\xbe\xbf]")
"""U+FFFE and U+FFFF, which XML forbids."""
_ODD: Final = re.compile(rb"<!|<\?(?!xml )")
"""Comments, CDATA, document types and instructions: what looks like a row may stand in them."""

Event = tuple[str, Mapping[str, str] | None, str]
"""The start of an element (its attributes, no text) or its end (no attributes, its own text)."""


class Handlers(NamedTuple):
    """What expat calls."""

    start: Callable[[str, dict[str, str]], object]
    end: Callable[[str], object]
    characters: Callable[[str], object]


class Rows(NamedTuple):
    """How the rows of a part begin and end, and who reads a plain one: False leaves it to expat."""

    begins: re.Pattern[bytes]
    ends: bytes
    take: Callable[[bytes], bool]
    run: re.Pattern[bytes] | None = None
    """Several plain rows, where they can be taken at once."""


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

    parse_part(package, name, Handlers(start, end, characters))
    return iter(found)


def parse_part(package: Package, name: str, handlers: Handlers, rows: Rows | None = None) -> None:
    """Run the handlers of a part over it, within the bounds of a whole workbook. Raises `BrokenPackageError`."""

    def refuse(*_: object) -> None:
        message = Message("Ce classeur définit des entités XML, ce qu'Excel ne fait jamais : il est refusé.")
        raise broken(package.path, message)

    def feed(piece: bytes) -> None:
        package.tags += piece.count(b"<")
        if package.tags > MAX_TAGS:
            raise too_much(package.path)
        parser.Parse(piece, False)

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.casefold() not in ENCODINGS:
            sentence = "Ce classeur déclare pour « {name} » l'encodage « {encoding} » : seul l'UTF-8 est d'usage."
            raise broken(package.path, Message(sentence, {"name": name, "encoding": encoding[:40]}))

    parser = ParserCreate()
    parser.XmlDeclHandler = declared
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = handlers
    parser.StartDoctypeDeclHandler = refuse
    try:
        for piece in _Stream(package, name, rows).pieces():
            feed(piece)
        parser.Parse(b"", True)
    except ExpatError:
        message = Message("Ce classeur est abîmé : « {name} » n'est pas lisible.", {"name": name})
        raise broken(package.path, message) from None


class _Stream:
    """The bytes of a part, less the rows that are taken on the way; none is where comments or other marks may hide it.

    Each piece ends where a tag does, so whoever takes a row knows that expat has read all that stands before it.
    """

    def __init__(self, package: Package, name: str, rows: Rows | None) -> None:
        self._package, self._name, self._rows = package, name, rows

    def pieces(self) -> Iterator[bytes]:
        """Give what expat has to read, in order."""
        pending = b""
        for place, chunk in enumerate(_bounded(self._package, self._name)):
            if place == 0 and _ENCODING.match(chunk):
                self._rows = None
            if self._rows is None:
                yield pending + chunk
                pending = b""
            else:
                pending = yield from self._without_plain(pending + chunk, self._rows)
        yield pending

    def _without_plain(self, pending: bytes, rows: Rows) -> Generator[bytes, None, bytes]:
        at = 0
        while found := rows.begins.search(pending, at):
            begin = found.start()
            run = rows.run.match(pending, begin) if rows.run is not None else None
            if run is not None and not _ODD.search(pending, at, begin):
                if begin > at:
                    yield pending[at:begin]
                if _NO_CHARACTER.search(run[0]) or not rows.take(run[0]):
                    yield run[0]
                at = run.end()
                continue
            end = pending.find(rows.ends, begin) + len(rows.ends)
            if end < len(rows.ends) and len(pending) - begin < MAX_ROW:
                break
            if _ODD.search(pending, at, begin) or end < len(rows.ends):
                self._rows = None
                yield pending[at:]
                return b""
            if begin > at:
                yield pending[at:begin]
            row = pending[begin:end]
            if rows.run is not None or _NO_CHARACTER.search(row) or not rows.take(row):
                yield row
            at = end
        cut = found.start() if found else max(pending.rfind(b"<"), at)
        if _ODD.search(pending, at):
            self._rows, cut = None, len(pending)
        yield pending[at:cut]
        return pending[cut:]


def _bounded(package: Package, name: str) -> Iterator[bytes]:
    for chunk in package.chunks(name):
        package.unpacked += len(chunk)
        if package.unpacked > MAX_READ:
            raise too_much(package.path)
        yield chunk


def count_line(package: Package, cells: int) -> None:
    """Count the cells of a line. Raises `BrokenPackageError` beyond what a workbook may hold."""
    package.cells += cells + LINE_COST
    if package.cells > MAX_CELLS:
        raise too_much(package.path)


def spell_text(raw: bytes) -> str | None:
    """Read what `TEXT` finds; None where it is not in UTF-8."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return None
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    return _MEANT[found[1]]


def whole_number(text: str | None) -> int | None:
    """Read the plain number of an attribute; None when it is absent or is not one."""
    text = text.strip() if text else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


def too_much(path: str) -> BrokenPackageError:
    """Build the error of a workbook with more cells than anybody fills."""
    message = Message("Ce classeur contient bien plus de cellules qu'un formulaire ou un tableau : il est refusé.")
    return broken(path, message, "workbook-too-large")

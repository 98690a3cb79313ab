"""What a reader hands over: plain data, and where in the file each part of it stands."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple, Protocol, Union, cast

from ami_scoring.domain.composing import in_form
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.files.decoding import Source

MAX_DEPTH = 40
"""Deeper documents are refused: nobody writes them by hand."""

Data = Union[None, bool, int, str, Decimal, list["Data"], dict[str, "Data"]]  # noqa: UP007 (| refuses a quoted name)
DataPath = tuple[str | int, ...]
"""Keys and positions from the root: `("implantation", "communes", 0, "code_insee")`."""


class Place(NamedTuple):
    """Where a value begins in the text, and where its key does if it has one."""

    value: int
    key: int | None = None


class Trail:
    """Follows a walk through a text and notes the place of every value, under a path folded by `fold`.

    Call `key` and `value` in the order of the text, and `close` at the end of each group. The first of two equal
    keys keeps its places; the others are listed in `duplicates` as (path, key as written, first place, place).
    """

    def __init__(self) -> None:
        """Start at the root."""
        self.places: dict[DataPath, Place] = {}
        self.duplicates: list[tuple[DataPath, str, int, int]] = []
        self._levels: list[_Level] = []

    @property
    def awaits_key(self) -> bool:
        """Whether what comes next is a key."""
        return bool(self._levels) and self._levels[-1].part is None

    def key(self, text: str, at: int) -> DataPath:
        """Note the key of the value that comes next, and give the path of that value."""
        level = self._levels[-1]
        level.part, level.key_at = fold(text), at
        path = (*level.path, level.part)
        first = level.seen.setdefault(level.part, at)
        if first != at:
            self.duplicates.append((path, text, first, at))
        return path

    def value(self, at: int) -> DataPath:
        """Note a value and give its path; a list moves on to its next position, a mapping to its next key."""
        if not self._levels:
            self.places.setdefault((), Place(at))
            return ()
        level = self._levels[-1]
        path = (*level.path, cast("str | int", level.part))
        self.places.setdefault(path, Place(at, level.key_at))
        level.part = level.part + 1 if isinstance(level.part, int) else None
        return path

    def open(self, at: int, *, keyed: bool) -> None:
        """Note a value that is a group, and enter it."""
        self._levels.append(_Level(self.value(at), None if keyed else 0))

    @property
    def is_whole(self) -> bool:
        """Whether the outermost group is closed."""
        return not self._levels

    def close(self) -> None:
        """Leave the innermost group."""
        self._levels.pop()


class _Level:
    def __init__(self, path: DataPath, part: str | int | None) -> None:
        self.path = path
        self.part = part
        self.key_at: int | None = None
        self.seen: dict[str, int] = {}


class Locate(Protocol):
    """A function from a path in a document to its place in the file."""

    def __call__(self, path: DataPath, /, *, key: bool = False) -> Location:
        """Give the place of a value, or of its key; of the nearest parent that exists when the path does not."""


class Questionnaire(NamedTuple):
    """The form or table that a document was answered in, and the call that it was made for, where it says so."""

    call: str | None = None
    edition: str | None = None
    scales: str | None = None
    """The fingerprint of the scales that a grid of assessors was made on."""


class Document(NamedTuple):
    """One document of a file: plain data, the file's name, the line where it begins, and the way to its places.

    Keys and texts are in Unicode form NFC. From YAML every scalar is text or None; from JSON numbers are exact.
    """

    data: Data
    path: str
    line: int
    locate: Locate
    findings: tuple[Finding, ...] = ()
    """What its reader already found wrong in it; an error sets it aside once all the rest is checked too."""
    asked: Questionnaire | None = None
    """What was answered, when it is a form or a line of a table."""
    refused: Mapping[int, DataPath] = MappingProxyType({})
    """The answers that the reader refuses, by the position of their finding; they are not in the data."""
    is_ordinary: bool = False
    """Whether its text is told at once to hold nothing unseen nor garbled: see `sources.text.ordinary`."""
    made: object = None
    """What its data plainly make, where the reader made it to count their keys."""


MAX_SEEKS = 4
"""Beyond as many questions on one document, noting all of its places costs less than to look for each."""

Scan = Callable[[str, int], Mapping[DataPath, Place]]
Seek = Callable[[str, int, DataPath], Place]


class Places:
    """The places of the values and keys of one text, looked for at the first question only."""

    __slots__ = ("_found", "_scan", "_seek", "_seeks", "_start", "source")

    def __init__(self, source: Source, scan: Scan, seek: Seek | None = None, start: int = 0) -> None:
        """Keep a text, and the ways to scan what begins at `start` and to seek one place there.

        The paths that `scan` gives and that `seek` takes are folded by `fold`.
        """
        self.source = source
        self._scan = scan
        self._seek = seek
        self._seeks = 0
        self._start = start
        self._found: Mapping[DataPath, Place] | None = None

    def seek_by(self, seek: Seek) -> None:
        """Take another way to seek one place."""
        self._seek = seek

    def __call__(self, path: DataPath, /, *, key: bool = False) -> Location:
        """Give the place of a value, or of its key; of the nearest parent that exists when the path does not."""
        return self.locate((), path, key=key)

    def under(self, *prefix: str | int) -> Locate:
        """Give the same places to a document that is itself a part of the text."""
        return _PlacesUnder(self, prefix)

    def locate(self, prefix: DataPath, path: DataPath, /, *, key: bool = False) -> Location:
        """Give the same place of a document below `prefix`."""
        place = self._place((*prefix, *(fold(part) if isinstance(part, str) else part for part in path)))
        if place is None:
            return self.source.whole()
        return self.source.at(place.key if key and place.key is not None else place.value)

    def _place(self, path: DataPath) -> Place | None:
        if self._found is None:
            if self._seek is not None and self._seeks < MAX_SEEKS:
                self._seeks += 1
                return self._seek(self.source.text, self._start, path)
            self._found = self._scan(self.source.text, self._start)
        lengths = range(len(path), -1, -1)
        return next((found for length in lengths if (found := self._found.get(path[:length])) is not None), None)


class _PlacesUnder:
    """The places of a document that is itself a part of a text."""

    __slots__ = ("_places", "_prefix", "source")

    def __init__(self, places: Places, prefix: DataPath) -> None:
        self.source = places.source
        self._places = places
        self._prefix = prefix

    def __call__(self, path: DataPath, /, *, key: bool = False) -> Location:
        return self._places.locate(self._prefix, path, key=key)


def source_of(document: Document) -> Source | None:
    """Give the text that a document was read in; None for a form or a line of a table."""
    source: Source | None = getattr(document.locate, "source", None)
    return source


def fold(key: str) -> str:
    """Write a key as keys are compared: form NFC, straight apostrophes."""
    return key if key.isascii() else in_form("NFC", key).replace("\u2019", "'")


def refusal(code: str, where: Location, message: Message, suggestion: Message | None = None) -> Finding:
    """Build the finding of a reader that cannot go on with a document."""
    return Finding(code, Severity.ERROR, message, where, suggestion)


def duplicate_key(key: str, where: Location, first: Location) -> Finding:
    """Build the finding of a key that was already given in the same group."""
    message = Message("La clé « {key} » est déjà donnée à la ligne {line}.", {"key": key, "line": str(first.line)})
    suggestion = Message("Gardez une seule des deux.")
    return Finding("duplicate-key", Severity.ERROR, message, where, suggestion, (first,))


def too_deep(where: Location) -> Finding:
    """Build the finding of a document whose groups are nested beyond `MAX_DEPTH`."""
    message = Message("Plus de {limit} niveaux imbriqués : ce document est refusé.", {"limit": MAX_DEPTH})
    return refusal("too-deep", where, message)


def empty_file(path: str) -> Finding:
    """Build the finding of a file without any data."""
    return refusal("empty-file", Location(path, 1), Message("Ce fichier est vide."))


def empty_document(where: Location) -> Finding:
    """Build the finding of a document without data among others; it is only left out."""
    return Finding("empty-document", Severity.WARNING, Message("Ce document est vide : il est ignoré."), where)

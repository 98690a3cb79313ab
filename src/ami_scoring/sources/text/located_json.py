"""JSON text → plain data and places: exact numbers, each key once, nothing that JSON does not allow."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, AnyStr, Final, NamedTuple

from ami_scoring.domain.composing import has_long_run, in_form
from ami_scoring.findings import Finding, Location
from ami_scoring.messages import Message
from ami_scoring.sources.files.decoding import MAX_BYTES, Source, decode, not_text, too_large, wide_encoding
from ami_scoring.sources.files.document import (
    MAX_DEPTH,
    DataPath,
    Document,
    Place,
    Places,
    Trail,
    duplicate_key,
    empty_document,
    empty_file,
    refusal,
    too_deep,
)
from ami_scoring.sources.text.json_decoders import LENIENT, STRICT, STRICT_FOLDED, SuspectError
from ami_scoring.sources.text.json_places import seek
from ami_scoring.sources.text.quick_json import Make, QuickLines

MAX_ITEMS = 200_000
"""An array with more documents is refused: one per line is the way to give so many."""
MAX_ERRORS = 1_000
"""A text with more errors is refused as a whole."""

# The closing mark is optional: without it, a long broken text would be scanned again from each of its marks.
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[{]|[\]}]|[^\s\[\]{}:,"]+', re.DOTALL)
_STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}
_GAP = re.compile(r"[ \t\r\n]*,?[ \t\r\n]*")
_ODD_ESCAPE = re.compile(r"\\u(?!00|01|20[1-9A-Ca-c])")
"""The escape of a character that may compose with others, or be half of one."""
_HALF_ESCAPE = re.compile(r"\\u[dD][89A-Fa-f]")


def read_json(text: str, path: str) -> tuple[list[Document], list[Finding]]:
    """Read one document, or one for each item of an array, and say everything that is wrong; never raises.

    An item with an error is not returned, and nothing is when the syntax is broken.
    """
    source = Source(text.removeprefix("\ufeff"), path)
    if not source.text.strip():
        return [], [empty_file(path)]
    try:
        data, refusals = _parse(source)
    except _RefusedError as error:
        return [], [error.finding]
    findings = [finding for _, finding in refusals]
    if isinstance(data, list) and data:
        return _items(data, source, {place[:1] for place, _ in refusals}, findings)
    if data is None or data == []:
        return [], findings or [empty_file(path)]
    at = _skip(source.text, 0)
    return [] if findings else [Document(data, path, source.line_of(at), Places(source, _scan, seek))], findings


class Stretch(NamedTuple):
    """Some of the lines of a file: where they begin and end in it, and the number of the first."""

    start: int = 0
    stop: int | None = None
    first: int = 1


_WHOLE: Final = Stretch()


def read_json_lines(
    data: str | bytes, path: str, stretch: Stretch = _WHOLE, make: Make | None = None
) -> Iterator[tuple[list[Document], list[Finding]]]:
    """Read a `.jsonl` file line by line: its document, or its findings; a broken line never stops the others.

    Blank lines are skipped. Lines are parsed as they are asked for; never raises. Where `make` is given, documents of
    plain lines come with what it makes of them: their keys were counted by it, and the lines need no stricter reading.
    """
    if isinstance(data, bytes) and (refused := not_text("not-text", data, path)) is not None:
        yield [], [refused]
        return
    if isinstance(data, bytes) and wide_encoding(data) is not None:
        data = data[:4]
    empty = True
    quickly = None if make is None else QuickLines(make)
    for number, raw in enumerate(_lines(data, stretch), stretch.first):
        if quickly is not None and isinstance(raw, bytes) and (plain := quickly.read(raw)) is not None:
            empty = False
            locate = _PlacesLater(raw.decode, path, number)
            yield [Document(plain.data, path, number, locate, is_ordinary=True, made=plain.made)], []
        elif raw and not raw.isspace():
            empty = False
            yield _read_line(raw, path, number)
    if empty:
        yield [], [empty_file(path)]


class _RefusedError(Exception):
    """The text as a whole is refused."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.code)


def _lines(data: str | bytes, stretch: Stretch) -> Iterator[str | bytes]:
    if isinstance(data, str):
        return _split(data, "\n" if "\n" in data else "\r", stretch)
    return _split(data, b"\n" if b"\n" in data else b"\r", stretch)


def _split(data: AnyStr, mark: AnyStr, stretch: Stretch) -> Iterator[AnyStr]:
    """Cut lines one at a time: a list of them would double the memory of a large file."""
    start, stop, _ = stretch
    while (end := data.find(mark, start, stop)) >= 0:
        yield data[start:end]
        start = end + 1
    yield data[start:stop]


def _read_line(raw: str | bytes, path: str, number: int) -> tuple[list[Document], list[Finding]]:
    if len(raw) > MAX_BYTES:
        return [], [too_large(len(raw), MAX_BYTES, path, number)]
    text = raw if isinstance(raw, str) else decode(raw, path, line=number)
    if isinstance(text, Finding):
        return [], [text]
    source = Source(text.removeprefix("\ufeff"), path, number)
    try:
        data, refusals = _parse(source)
    except _RefusedError as error:
        return [], [error.finding]
    if refusals:
        return [], [finding for _, finding in refusals]
    if data is None:
        return [], [empty_document(source.at(0))]
    return [Document(data, path, number, Places(source, _scan, seek))], []


class _PlacesLater:
    """The places of a plain line, whose text is decoded when one is asked for."""

    __slots__ = ("_decode", "_number", "_path", "_places")

    def __init__(self, decode: Callable[[], str], path: str, number: int) -> None:
        self._decode, self._path, self._number = decode, path, number
        self._places: Places | None = None

    def __call__(self, path: DataPath, /, *, key: bool = False) -> Location:
        return self._made(path, key=key)

    @property
    def source(self) -> Source:
        return self._made.source

    @property
    def _made(self) -> Places:
        if self._places is None:
            self._places = Places(Source(self._decode(), self._path, self._number), _scan, seek)
        return self._places


def _items(
    data: list[Any], source: Source, broken: set[DataPath], findings: list[Finding]
) -> tuple[list[Document], list[Finding]]:
    if len(data) > MAX_ITEMS:
        return [], [_too_many(source)]
    documents: list[Document] = []
    for number, (item, at) in enumerate(zip(data, _item_starts(source.text, len(data)), strict=True)):
        if (number,) in broken:
            continue
        if item is None:
            findings.append(empty_document(source.at(at)))
        else:
            documents.append(Document(item, source.path, source.line_of(at), Places(source, _scan, seek, at)))
    return documents, findings


def _too_many(source: Source) -> Finding:
    message = Message("Plus de {limit} documents dans ce fichier : il est refusé.", {"limit": MAX_ITEMS})
    return refusal("too-large", source.whole(), message, Message("Donnez un document par ligne, en .jsonl."))


def _item_starts(text: str, count: int) -> Iterator[int]:
    """Find where each item of a valid array begins; parsing them again is faster than reading their tokens."""
    at = _skip(text, _skip(text, 0) + 1)
    for _ in range(count):
        yield at
        at = _skip(text, LENIENT.raw_decode(text, at)[1])


def _skip(text: str, at: int) -> int:
    found = _GAP.match(text, at)
    return found.end() if found else at


def _parse(source: Source) -> tuple[Any, list[tuple[DataPath, Finding]]]:
    """Parse a text; what is wrong inside it comes with the path of the value concerned."""
    text = source.text
    _guard(source)
    odd = _may_need_normalising(text)
    folded = odd or "\u2019" in text or "\\u2019" in text
    try:
        data, suspect = _decode(text, STRICT_FOLDED if folded else STRICT)
    except json.JSONDecodeError as error:
        from ami_scoring.sources.text.json_errors import explain  # noqa: PLC0415 - a sound file needs no sentence

        raise _RefusedError(explain(error, source)) from None
    if odd:
        data = _normalised(data)
        suspect = suspect or _HALF_ESCAPE.search(text) is not None
    return data, _refusals(source) if suspect else []


def _guard(source: Source) -> None:
    text = source.text
    if text.count("[") + text.count("{") > MAX_DEPTH:
        _refuse_depth(source)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            from ami_scoring.sources.text.json_errors import half_character  # noqa: PLC0415 - a sound file needs no sentence

            raise _RefusedError(half_character(source, error.start)) from None


def _refuse_depth(source: Source) -> None:
    depth = 0
    for found in _TOKEN.finditer(source.text):
        depth += _STEPS.get(found[0], 0)
        if depth > MAX_DEPTH:
            raise _RefusedError(too_deep(source.at(found.start())))


def _decode(text: str, decoder: json.JSONDecoder) -> tuple[Any, bool]:
    """Parse, and say whether something was met that has to be looked for in a second reading."""
    try:
        return decoder.decode(text), False
    except SuspectError:
        return LENIENT.decode(text), True


def _may_need_normalising(text: str) -> bool:
    """Whether some text in it may not be in form NFC, or may hold half of a character."""
    if text.isascii():
        return _ODD_ESCAPE.search(text) is not None
    return "\\u" in text or has_long_run(text) or not unicodedata.is_normalized("NFC", text)


def _normalised(data: Any) -> Any:
    if isinstance(data, str):
        return in_form("NFC", data)
    if isinstance(data, dict):
        return {_normalised(key): _normalised(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_normalised(item) for item in data]
    return data


def _scan(text: str, start: int = 0) -> dict[DataPath, Place]:
    trail = Trail()
    for _ in _walk(text, trail, start):
        pass
    return trail.places


def _walk(text: str, trail: Trail, start: int = 0) -> Iterator[tuple[DataPath, str, int]]:
    """Follow the tokens of one valid document; yields each scalar and key with the path of its value and its place."""
    for found in _TOKEN.finditer(text, start):
        word, at = found[0], found.start()
        if word in "{[":
            trail.open(at, keyed=word == "{")
        elif word in "}]":
            trail.close()
            if trail.is_whole:
                return
        elif trail.awaits_key:
            yield trail.key(json.loads(word), at), word, at
        else:
            yield trail.value(at), word, at


def _refusals(source: Source) -> list[tuple[DataPath, Finding]]:
    found = list(islice(_find_refusals(source), MAX_ERRORS + 1))
    if len(found) > MAX_ERRORS:
        message = Message("Plus de {limit} erreurs dans ce texte : il est refusé.", {"limit": MAX_ERRORS})
        raise _RefusedError(refusal("too-many-errors", found[0][1].where, message))
    return found


def _find_refusals(source: Source) -> Iterator[tuple[DataPath, Finding]]:
    from ami_scoring.sources.text.json_errors import refuse_scalar  # noqa: PLC0415 - a sound file needs no sentence

    trail = Trail()
    for path, word, at in _walk(source.text, trail):
        finding = refuse_scalar(source, word, at)
        if finding is not None:
            yield path, finding
        while trail.duplicates:
            path_again, key, first, again = trail.duplicates.pop()
            yield path_again, duplicate_key(key, source.at(again), source.at(first))

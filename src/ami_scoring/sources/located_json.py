"""JSON text → plain data and places: exact numbers, each key once, nothing that JSON does not allow."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Any, AnyStr

from ami_scoring.findings import Finding
from ami_scoring.messages import Message
from ami_scoring.sources.document import (
    MAX_DEPTH,
    DataPath,
    Document,
    Place,
    Places,
    Trail,
    composed,
    duplicate_key,
    empty_document,
    empty_file,
    fold,
    has_long_run,
    refusal,
    too_deep,
)
from ami_scoring.sources.text import MAX_BYTES, Source, decode, not_text, too_large, wide_encoding

MAX_ITEMS = 200_000
"""An array with more documents is refused: one per line is the way to give so many."""
MAX_ERRORS = 1_000
"""A text with more errors is refused as a whole."""
MAX_DIGITS = 100
"""A number with more characters, or with a greater power of ten, is refused."""

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
    return [] if findings else [Document(data, path, source.line_of(at), Places(source, _scan))], findings


def read_json_lines(data: str | bytes, path: str) -> Iterator[tuple[list[Document], list[Finding]]]:
    """Read a `.jsonl` file line by line: its document, or its findings; a broken line never stops the others.

    Blank lines are skipped. Lines are parsed as they are asked for; never raises.
    """
    if isinstance(data, bytes) and (refused := not_text("not-text", data, path)) is not None:
        yield [], [refused]
        return
    if isinstance(data, bytes) and wide_encoding(data) is not None:
        data = data[:4]
    empty = True
    for number, raw in enumerate(_lines(data), 1):
        if raw and not raw.isspace():
            empty = False
            yield _read_line(raw, path, number)
    if empty:
        yield [], [empty_file(path)]


class _RefusedError(Exception):
    """The text as a whole is refused."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.code)


class _SuspectError(Exception):
    """Something that JSON's reader would let pass: the places are looked for in a second reading."""


def _lines(data: str | bytes) -> Iterator[str | bytes]:
    if isinstance(data, str):
        return _split(data, "\n" if "\n" in data else "\r")
    return _split(data, b"\n" if b"\n" in data else b"\r")


def _split(data: AnyStr, mark: AnyStr) -> Iterator[AnyStr]:
    """Cut lines one at a time: a list of them would double the memory of a large file."""
    start = 0
    while (end := data.find(mark, start)) >= 0:
        yield data[start:end]
        start = end + 1
    yield data[start:]


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
    return [Document(data, path, number, Places(source, _scan))], []


def _items(
    data: list[Any], source: Source, broken: set[DataPath], findings: list[Finding]
) -> tuple[list[Document], list[Finding]]:
    if len(data) > MAX_ITEMS:
        return [], [_too_many(source)]
    places = Places(source, _scan)
    documents: list[Document] = []
    for number, (item, at) in enumerate(zip(data, _item_starts(source.text, len(data)), strict=True)):
        if (number,) in broken:
            continue
        if item is None:
            findings.append(empty_document(source.at(at)))
        else:
            documents.append(Document(item, source.path, source.line_of(at), places.under(number)))
    return documents, findings


def _too_many(source: Source) -> Finding:
    message = Message("Plus de {limit} documents dans ce fichier : il est refusé.", {"limit": MAX_ITEMS})
    return refusal("too-large", source.whole(), message, Message("Donnez un document par ligne, en .jsonl."))


def _item_starts(text: str, count: int) -> Iterator[int]:
    """Find where each item of a valid array begins; parsing them again is faster than reading their tokens."""
    at = _skip(text, _skip(text, 0) + 1)
    for _ in range(count):
        yield at
        at = _skip(text, _LENIENT.raw_decode(text, at)[1])


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
        data, suspect = _decode(text, _STRICT_FOLDED if folded else _STRICT)
    except json.JSONDecodeError as error:
        raise _RefusedError(_explain(error, source)) from None
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
            raise _RefusedError(_half_character(source, error.start)) from None


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
    except _SuspectError:
        return _LENIENT.decode(text), True


def _may_need_normalising(text: str) -> bool:
    """Whether some text in it may not be in form NFC, or may hold half of a character."""
    if text.isascii():
        return _ODD_ESCAPE.search(text) is not None
    return "\\u" in text or has_long_run(text) or not unicodedata.is_normalized("NFC", text)


def _normalised(data: Any) -> Any:
    if isinstance(data, str):
        return composed(data)
    if isinstance(data, dict):
        return {_normalised(key): _normalised(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_normalised(item) for item in data]
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Measured: 4 µs for the 11 groups of an 800-byte line; counting keys in the text and in the result is no faster.
    group = dict(pairs)
    if len(group) != len(pairs):
        raise _SuspectError
    return group


def _once_folded(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    group = dict(pairs)
    if len(group) != len(pairs) or (not "".join(group).isascii() and len(set(map(fold, group))) != len(group)):
        raise _SuspectError
    return group


def _is_bounded(digits: str) -> bool:
    if len(digits) > MAX_DIGITS:
        return False
    if "e" not in digits and "E" not in digits:
        return True
    return abs(int(digits.lower().partition("e")[2])) <= MAX_DIGITS


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise _SuspectError
    return int(digits)


def _exact(digits: str) -> Decimal:
    if not _is_bounded(digits):
        raise _SuspectError
    return Decimal(digits)


def _refuse_constant(_: str) -> None:
    raise _SuspectError


def _integer_or_none(digits: str) -> int | None:
    return int(digits) if _is_bounded(digits) else None


def _exact_or_none(digits: str) -> Decimal | None:
    return Decimal(digits) if _is_bounded(digits) else None


def _none(_: str) -> None:
    return None


_STRICT = json.JSONDecoder(
    object_pairs_hook=_once, parse_float=_exact, parse_int=_integer, parse_constant=_refuse_constant
)
_STRICT_FOLDED = json.JSONDecoder(
    object_pairs_hook=_once_folded, parse_float=_exact, parse_int=_integer, parse_constant=_refuse_constant
)
_LENIENT = json.JSONDecoder(parse_float=_exact_or_none, parse_int=_integer_or_none, parse_constant=_none)


def _scan(text: str) -> dict[DataPath, Place]:
    trail = Trail()
    for _ in _walk(text, trail):
        pass
    return trail.places


def _walk(text: str, trail: Trail) -> Iterator[tuple[DataPath, str, int]]:
    """Follow the tokens of a valid text; yields each scalar and key with the path of its value and its place."""
    for found in _TOKEN.finditer(text):
        word, at = found[0], found.start()
        if word in "{[":
            trail.open(at, keyed=word == "{")
        elif word in "}]":
            trail.close()
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
    trail = Trail()
    for path, word, at in _walk(source.text, trail):
        finding = _refuse_scalar(source, word, at)
        if finding is not None:
            yield path, finding
        while trail.duplicates:
            path_again, key, first, again = trail.duplicates.pop()
            yield path_again, duplicate_key(key, source.at(again), source.at(first))


def _refuse_scalar(source: Source, word: str, at: int) -> Finding | None:
    if word[0] == '"':
        return _half_character(source, at) if _has_half(word) else None
    if word in {"NaN", "Infinity", "-Infinity"}:
        message = Message("« {word} » n'est pas un nombre.", {"word": word})
        return refusal("not-a-number", source.at(at), message, Message("Écrivez un nombre, ou null."))
    if word[0] in "-0123456789" and not _is_bounded(word):
        message = Message("Ce nombre a trop de chiffres pour être une mesure ou un montant.")
        return refusal("number-too-long", source.at(at), message)
    return None


def _has_half(word: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in json.loads(word))


def _half_character(source: Source, at: int) -> Finding:
    message = Message("Ce texte contient la moitié d'un caractère (« \\uD800 » à « \\uDFFF »).")
    return refusal("half-character", source.at(at), message, Message("Écrivez le caractère entier."))


_WRITTEN = (
    (("//", "/*", "#"), "JSON n'admet pas de commentaire.", "Supprimez-le."),
    (("'",), "JSON n'admet pas de guillemets simples.", 'Employez des guillemets doubles : ".'),
    (
        ("\u201c", "\u201d", "\u201e", "\u00ab"),
        "Ces guillemets sont typographiques.",
        'Employez des guillemets droits : ".',
    ),
    (("\u00a0", "\u202f"), "Une espace insécable n'est pas admise ici.", "Remplacez-la par une espace ordinaire."),
    (("True", "False", "None"), "JSON écrit true, false et null, en minuscules.", None),
)
"""What a broken text begins with, the sentence, and the way to mend it."""
_SAID = (
    ("Extra data", "Du texte suit la fin du document.", "Un seul document par fichier .json ; un par ligne en .jsonl."),
    ("Unterminated string", "Ce texte n'est jamais refermé : il manque un guillemet.", None),
    ("Invalid control", "Un retour à la ligne ou une tabulation coupe ce texte.", "Écrivez \\n ou \\t à la place."),
    ("Invalid \\", "« \\ » annonce un code, et celui-ci n'existe pas.", "Doublez la barre : \\\\."),
    ("Expecting property name", "Une clé entre guillemets doubles est attendue ici.", None),
    ("Expecting ','", "Une virgule manque avant ceci, ou un guillemet est de trop.", None),
    ("Expecting ':'", "Deux-points sont attendus après la clé.", None),
    ("Expecting value", "Une valeur est attendue ici.", "Un texte s'écrit entre guillemets doubles : \"."),
)
"""How the parser's own words begin, the sentence, and the way to mend it."""


def _explain(error: json.JSONDecodeError, source: Source) -> Finding:
    """Say in French what the parser refused, where the author can see it."""
    text, at = source.text, error.pos
    before = text[:at].rstrip(" \t\r\n")
    if error.msg.startswith("Illegal trailing comma") or (before.endswith(",") and text[at : at + 1] in {"]", "}"}):
        at = at if text[at] == "," else len(before) - 1
        return _syntax(source, at, "Cette virgule n'est suivie de rien.", "Supprimez-la.")
    if at >= len(text):
        return _syntax(source, at, "Le texte s'arrête avant la fin du document.")
    if error.msg.startswith(("Expecting", "Extra")):
        for beginnings, sentence, suggestion in _WRITTEN:
            if text.startswith(beginnings, at):
                return _syntax(source, at, sentence, suggestion)
    for beginning, sentence, suggestion in _SAID:
        if error.msg.startswith(beginning):
            return _syntax(source, at, sentence, suggestion)
    return _syntax(source, at, "La syntaxe de JSON est incorrecte à cet endroit.")


def _syntax(source: Source, at: int, sentence: str, suggestion: str | None = None) -> Finding:
    return refusal("json-syntax", source.at(at), Message(sentence), Message(suggestion) if suggestion else None)

"""How many candidatures a text that nobody can read may hold at most: each is one more rival.

Documents are counted by what parts them, and by the key that each of them has; the lines of a table, one by one. What
is written between is not looked at: it is what cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from ami_scoring.domain.candidature import Candidature
from ami_scoring.findings import Finding
from ami_scoring.patterns import late
from ami_scoring.sources.files.decoding import MAX_LINES_BYTES, Source, read_bytes, wide_encoding
from ami_scoring.sources.files.document import Data
from ami_scoring.sources.files.folders import OLD_SPREADSHEETS, SPREADSHEETS
from ami_scoring.sources.files.signatures import ZIP, kind_of
from ami_scoring.sources.text.references import heads_a_table, lines_in, references_in

_DOCUMENT_MARK = late(r"(?<![^\r\n])---(?!\S)")
_JSON_MARK = late(r'"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|(?P<open>\\?\Z))|[\[\]{},]')
_BARE_MARK = late(r"[\[\]{},]")
_DEPTHS = {"[": 1, "{": 1, "]": -1, "}": -1}
_KEYS: Final = {field.alias or name for name, field in Candidature.model_fields.items()}
"""By which a block is known to be a candidature, rather than what candidatures are wrapped in."""


def bounds(source: Source) -> list[tuple[int, int]]:
    """Find where documents end in a text: at the commas of a JSON array, or at the marks of a YAML stream."""
    if not source.path.lower().endswith(".json"):
        places = [found.start() for found in _DOCUMENT_MARK.finditer(source.text)]
    elif source.text.lstrip().startswith("["):
        places = list(_commas_between_items(source.text))
    else:
        places = []
    return [(where.line or 1, where.column or 1) for where in map(source.at, places)]


def _commas_between_items(text: str) -> Iterator[int]:
    depth = 0
    for found in _marks(text):
        depth += _DEPTHS.get(found[0], 0)
        if found[0] == "," and depth == 1:
            yield found.start()


def _marks(text: str) -> Iterator[re.Match[str]]:
    """Find brackets and commas out of strings; after a quote that is never closed, all of them."""
    for found in _JSON_MARK.finditer(text):
        if found["open"] is None:
            yield found
        else:
            yield from _BARE_MARK.finditer(text, found.start() + 1)
            return


def most_held(path: Path) -> int:
    """Count the candidatures that a file may hold at most; one, where it cannot even be opened."""
    data = read_bytes(path)
    if isinstance(data, Finding):
        return 1
    if data.startswith(ZIP):
        from ami_scoring.sources.spreadsheets.intake import lines_held  # noqa: PLC0415 - workbooks only

        return max(1, lines_held(data, path))
    if kind_of(data) is not None:
        return 1
    text = _loosely(data)
    is_table = path.suffix.lower() in {*SPREADSHEETS, *OLD_SPREADSHEETS} or heads_a_table(text)
    return max(_most_in(text), lines_in(text) if is_table else 1)


def _most_in(text: str) -> int:
    """Count what may be candidatures in a text: what marks or commas part, and keys `reference`."""
    begun = text.lstrip("\ufeff \t\r\n")
    parts = sum(1 for _ in _DOCUMENT_MARK.finditer(text)) + (not begun.startswith("---"))
    items = 1 + sum(1 for _ in _commas_between_items(text)) if begun.startswith("[") else 1
    return max(1, parts, items, references_in(text))


def _loosely(data: bytes) -> str:
    """Decode what no reader takes: wide letters are read, null characters left out, and the others stood in for."""
    wide = wide_encoding(data)
    if wide is None:
        return data.decode("utf-8-sig", errors="replace").replace("\x00", "")
    if wide == "UTF-32":
        # Its mark is also that of UTF-16 before a null character: what is damaged is read, and counts, both ways.
        with suppress(UnicodeDecodeError):
            return data.decode(wide)
        return "\n".join(data.decode(each, errors="replace") for each in ("UTF-16", wide))
    is_marked = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    encoding = wide if is_marked else "UTF-16-BE" if data.startswith(b"\x00") else "UTF-16-LE"
    return data.decode(encoding, errors="replace")


def held_in(data: Data) -> int:
    """Count the candidatures that a document may hold at most, which is no candidature but could be parsed."""
    if isinstance(data, str):
        return max(1, references_in(data))
    if isinstance(data, dict) and not data.keys().isdisjoint(_KEYS):
        return max(1, _references(data))
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return max(1, sum(held_in(each) for each in inside if isinstance(each, dict | list)), _references(data))


def _references(data: Data) -> int:
    if isinstance(data, dict):
        own = sum(heads_a_table(f"{key};") for key in data)
        return own + sum(map(_references, data.values()))
    if isinstance(data, list):
        return sum(map(_references, data))
    return references_in(data) if isinstance(data, str) else 0


class HeldLines:
    """What the lines of a `.jsonl` file may hold, where they cannot be read; they are asked for in their order."""

    def __init__(self, data: bytes) -> None:
        """Keep the bytes of the whole file."""
        self._data = data
        self._mark = b"\n" if b"\n" in data else b"\r"
        self._start, self._number = 0, 1

    @classmethod
    def of(cls, path: Path) -> HeldLines:
        """Read the file again; of one that does not open, its only line."""
        data = read_bytes(path, limit=MAX_LINES_BYTES)
        return cls(b"" if isinstance(data, Finding) else data)

    def most(self, number: int) -> int:
        """Count the candidatures that a line may hold at most; of a file in wide letters, all of its lines."""
        if wide_encoding(self._data) is not None:
            text = _loosely(self._data)
            return max(references_in(text), sum(1 for line in text.splitlines() if line.strip()))
        if number < self._number:
            self._start, self._number = 0, 1
        while self._number < number and (end := self._data.find(self._mark, self._start)) >= 0:
            self._start, self._number = end + 1, self._number + 1
        end = self._data.find(self._mark, self._start)
        return _most_in(_loosely(self._data[self._start : end if end >= 0 else len(self._data)]))

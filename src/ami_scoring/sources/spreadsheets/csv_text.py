"""CSV as it comes: `;`, `,` or tabs → records of fields with their places."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import StringIO
from typing import Final

from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.patterns import late
from ami_scoring.sources.files.decoding import Source

SEPARATORS: Final = ";,\t"
MAX_FIELDS: Final = 2_000_000
"""Fields of one text, of which a record costs as much as some."""
_RECORD: Final = 3
HEAD: Final = 20_000
"""Characters among which the separator is looked for."""
_QUOTE: Final = '"'
_QUOTED: Final = late(r'(?m)(?:^|(?<=[;,\t])) *"[^"]*(?:""[^"]*)*(?:"|\Z)')
_GUARDED: Final = late(r"'+[=+\-@]")
_GUARDED_SOMEWHERE: Final = late(r"'[=+\-@]")


@dataclass(slots=True)
class Records:
    """The records of a text, with what was found on the way; `complete` is false when the rest could not be read."""

    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    """The line of the text where each record begins."""
    source: Source
    separator: str
    findings: list[Finding] = field(default_factory=list)
    complete: bool = True
    _last: tuple[int, list[int]] = (0, [])

    def at(self, row: int, column: int) -> Location:
        """Give the place of a field, both counted from 1; of the last of its record where there are fewer.

        Where fields begin is worked out when it is asked, for one record: most are read without a question.
        """
        if self._last[0] != row:
            start = self.source.starts[self.lines[row - 1] - 1]
            self._last = (row, _walk(self.source, self.separator, 1, start)[1][0])
        starts = self._last[1]
        where = self.source.at(starts[min(column, len(starts)) - 1])
        return Location(where.path, where.line, where.column)


def separator_of(head: str) -> str:
    """Give the separator that the most lines use as often as one another, quoted texts left out.

    Headings and answers do; a title does not, nor the commas of decimals and of comments, which headings do without.
    """
    lines = _QUOTED.sub("", head).splitlines()

    def agreement(separator: str) -> tuple[int, int]:
        used = Counter(count for line in lines if (count := line.count(separator)))
        return max(((times, count) for count, times in used.items()), default=(0, 0))

    return max(SEPARATORS, key=agreement)


def split_records(text: str, path: str, *, most_rows: int | None = None) -> Records:
    """Split a text into records. A quote that is never closed is a finding, and ends the reading before it."""
    source = Source(text, path)
    separator = separator_of(text[:HEAD])
    quick = None if most_rows is not None else _split_quickly(text, separator)
    if quick is not None:
        return Records(*quick, source, separator)
    rows, starts, findings = _walk(source, separator, most_rows)
    lines = [source.line_of(each[0]) for each in starts]
    return Records(rows, lines, source, separator, findings, complete=not findings)


def _split_quickly(text: str, separator: str) -> tuple[list[list[str]], list[int]] | None:
    """Split a text by the csv module, and tell the line of each record.

    None where it would not tell what is wrong, or would not read it as we do.
    """
    if ' "' in text and re.search(rf'(?:\A|[{separator}\r\n]) +"', text):
        return None
    rows: list[list[str]] = []
    lines = [1]
    count = 0
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for fields in reader:
            rows.append(fields or [""])
            lines.append(reader.line_num + 1)
            count += len(fields) + _RECORD
            if count > MAX_FIELDS:
                return None
    except csv.Error:
        return None
    if _GUARDED_SOMEWHERE.search(text):
        rows = [[*map(_guarded, fields)] for fields in rows]
    return rows, lines


def _walk(
    source: Source, separator: str, most_rows: int | None = None, start: int = 0
) -> tuple[list[list[str]], list[list[int]], list[Finding]]:
    """Split a text field by field from a place where a record begins.

    Gives the records, where each field begins, and what ends the reading too soon.
    """
    text = source.text
    pattern = re.compile(rf' *"([^"]*(?:""[^"]*)*)" *(?=[{separator}\r\n]|\Z)|([^{separator}\r\n]*)')
    rows: list[list[str]] = []
    places: list[list[int]] = []
    fields: list[str] = []
    starts: list[int] = []
    at, count = start, 0
    while at <= len(text):
        found = pattern.match(text, at)
        if found is None:  # pragma: no cover - the second branch matches anything, even nothing
            break
        quoted, plain = found.groups()
        if quoted is None and plain.lstrip(" ").startswith(_QUOTE):
            return rows, places, [_open_quote(source, at)]
        fields.append(_guarded(plain if quoted is None else quoted.replace('""', _QUOTE)))
        starts.append(at)
        count += 1
        at = found.end()
        if at < len(text) and text[at] == separator:
            at += 1
            continue
        rows.append(fields)
        places.append(starts)
        count += _RECORD
        fields, starts = [], []
        at += 2 if text.startswith("\r\n", at) else 1
        if at >= len(text) or len(rows) == most_rows:
            break
        if count > MAX_FIELDS:
            return rows, places, [_too_long(source, at)]
    return rows, places, []


def _guarded(text: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from running a text as a formula."""
    return text[1:] if _GUARDED.match(text) else text


def _open_quote(source: Source, at: int) -> Finding:
    where = source.at(at)
    message = Message("Un guillemet s'ouvre ici et n'est pas refermé comme il faut : la suite n'est pas lue.")
    advice = Message("Fermez-le juste avant le séparateur, et doublez les guillemets qui font partie du texte.")
    return Finding("csv-quote", Severity.ERROR, message, Location(where.path, where.line, where.column), advice)


def _too_long(source: Source, at: int) -> Finding:
    message = Message("Plus de {limit} cellules : la suite n'est pas lue.", {"limit": MAX_FIELDS})
    return Finding("too-large", Severity.ERROR, message, Location(source.path, source.line_of(at)))

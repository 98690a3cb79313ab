"""What no output shows: whatever is written of the interested doctors, wherever a finding would quote it.

Found in the text itself rather than in its data, so that a file too broken to be read gives nothing away either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from ami_scoring.domain.candidature import Candidature, InterestedDoctor
from ami_scoring.findings import Finding, Location
from ami_scoring.messages import Message
from ami_scoring.sources.suggestions import nearest
from ami_scoring.sources.text import MAX_BYTES, Source, read_bytes

DOCTORS: Final = "medecins_interesses"

Span = tuple[int, int]
"""The offsets of a part of a text, the second one excluded."""

_HIDDEN: Final = "·"
_CLOSING: Final = {"[": "]", "{": "}"}


def _one_of(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, names))


_KEY: Final = re.compile(
    r"""(?<!\w)["']?m(?:e|é|e\u0301|\\u00e9)d(?:e|é|e\u0301|\\u00e9)?cins?[^:\r\n\[\]{}",]{0,60}["']?\s*:""",
    re.IGNORECASE,
)
"""The key of the doctors, however it is spelt: one that is not known is a mistake, and its value is still theirs."""
_KEYS: Final = {field.alias or name for name, field in Candidature.model_fields.items()} - {DOCTORS}
_NEXT: Final = re.compile(
    r"""(?<![^\r\n])(?:(?P<indent>[ \t]*)["']?(?P<key>[^\s"'\-#:][^\r\n"':]{0,60})["']?\s*:|---(?!\S)|\.{3}(?!\S))"""
)
"""Where what is written of the doctors may end: at the next key of a candidature, or the next document."""
_WORD: Final = re.compile(
    r"(?<!\w)(?:"
    + _one_of([DOCTORS, *(field.alias or name for name, field in InterestedDoctor.model_fields.items())])
    + r""")(?!\w)|[^\s\-\[\]{},:"'#]"""
)
_FLOW: Final = re.compile(r""""(?:[^"\\]|\\.)*"|(?<=[\s\[{,:])'[^']*'|[\[\]{}]""")
_NAMED: Final = re.compile(
    r"""(["']?\b(?:nom|rpps)\b["']?\s*:\s*)("(?:[^"\\]|\\.)*"|'[^']*'|[^,}\]\r\n]+)""", re.IGNORECASE
)


class Quotable:
    """What of one file may be quoted; the file is looked into at the first finding only."""

    def __init__(self, path: Path) -> None:
        """Keep the name of a file; a table is not quoted at all, and a line of a `.jsonl` is looked into by itself."""
        self._path = path
        self._is_text = path.suffix.lower() in {".yaml", ".yml", ".json"}
        self._source: Source | None = None
        self._spans: Sequence[Span] = ()
        self._is_exact = True

    def cleaned(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Give findings back without anything that stands for a doctor, the columns of their excerpts in place."""
        for finding in findings:
            where = self._masked(finding.where)
            related = tuple(self._masked(other) for other in finding.related)
            hidden = self._is_about_doctors(finding.where)
            yield _impersonal(replace(finding, where=where, related=related)) if hidden else (
                replace(finding, where=where, related=related)
                if (where, related) != (finding.where, finding.related)
                else finding
            )

    def _masked(self, where: Location) -> Location:
        if where.excerpt is None:
            return where
        start, spans = self._around(where)
        masked = where.excerpt
        for first, last in (*spans, *doctors_spans(masked)) if not self._is_exact else spans:
            # In a wrong encoding the columns of an excerpt are not those of the text: the rest of the line is hidden.
            masked = _apply(masked, first - start, last - start if self._is_exact else len(masked), _hide)
        masked = _NAMED.sub(lambda found: found[1] + _HIDDEN * len(found[2]), masked)
        return where if masked == where.excerpt else replace(where, excerpt=masked)

    def _is_about_doctors(self, where: Location) -> bool:
        if where.line is None or where.sheet is not None:
            return False
        if where.excerpt is None:
            # The line is too long to be quoted, and hence to be looked into.
            return where.column is not None
        start, spans = self._around(where)
        at = start + (where.column or 1) - 1
        return any(first <= at <= last for first, last in spans)

    def _around(self, where: Location) -> tuple[int, Sequence[Span]]:
        """Give the offset of a line, and the spans of its text, in the file or in the excerpt alone."""
        source = self._text() if self._is_text else None
        row = (where.line or 1) - 1
        if source is None or row >= len(source.starts):
            return 0, tuple(doctors_spans(where.excerpt or ""))
        return source.starts[row], self._spans

    def _text(self) -> Source | None:
        if self._source is None:
            data = read_bytes(self._path, limit=MAX_BYTES)
            text = "" if isinstance(data, Finding) else data.decode("utf-8-sig", errors="surrogateescape")
            self._source = Source(text, str(self._path))
            self._spans = tuple(doctors_spans(text))
        return self._source


def doctors_spans(text: str) -> Iterator[Span]:
    """Find what is written of doctors: from after their key to the end of its value, or to a sure next key."""
    at = 0
    while found := _KEY.search(text, at):
        line = max(text.rfind("\n", 0, found.start()), text.rfind("\r", 0, found.start())) + 1
        indent = len(text[line : found.start()]) if text[line : found.start()].strip(" \t-") == "" else 0
        at = _end(text, found.end(), indent)
        yield found.end(), at


def _end(text: str, start: int, indent: int) -> int:
    opening = re.compile(r"\s*").match(text, start)
    first = opening.end() if opening else start
    if text[first : first + 1] in _CLOSING:
        return _end_of_flow(text, first)
    for found in _NEXT.finditer(text, start):
        if found["key"] is None or (len(found["indent"]) <= indent and _is_a_key(found["key"])):
            return found.start()
    return len(text)


def _is_a_key(written: str) -> bool:
    """Say whether a key may be one of a candidature, mistyped or not, rather than a name that lost its indent."""
    return written in _KEYS or nearest(written, _KEYS) is not None


def _end_of_flow(text: str, start: int) -> int:
    """Find the bracket that closes; a text that does not close it is hidden to its end."""
    depth = 0
    for found in _FLOW.finditer(text, start):
        if found[0] in "[{":
            depth += 1
        elif found[0] in "]}":
            depth -= 1
            if depth == 0:
                return found.end()
    return len(text)


def _apply(text: str, first: int, last: int, change: Callable[[str], str]) -> str:
    first, last = max(first, 0), max(min(last, len(text)), 0)
    return text[:first] + change(text[first:last]) + text[last:] if first < last else text


def _hide(text: str) -> str:
    return _WORD.sub(lambda found: found[0] if len(found[0]) > 1 else _HIDDEN, text)


def _impersonal(finding: Finding) -> Finding:
    """Say the same without the key that a reader of files quotes."""
    if finding.code == "duplicate-key" and "line" in finding.message.params:
        said = Message("Une clé est déjà donnée à la ligne {line}.", {"line": finding.message.params["line"]})
        return replace(finding, message=said)
    if finding.code == "colon-in-value":
        return replace(finding, suggestion=Message("Mettez la valeur entre guillemets."))
    return finding

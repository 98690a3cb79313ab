"""What no output shows: whatever is written of the interested doctors, wherever a finding would quote it.

Found in the text itself rather than in its data, so that a file too broken to be read gives nothing away either.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from ami_scoring.domain.candidature import Candidature, InterestedDoctor
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.patterns import late
from ami_scoring.sources.files.decoding import Source, read_bytes
from ami_scoring.sources.files.folders import OLD_SPREADSHEETS, SPREADSHEETS
from ami_scoring.sources.people.hidden import HIDDEN
from ami_scoring.sources.people.likely import has_only_asked_keys, is_about_people, keys_about_people, without_numbers
from ami_scoring.sources.people.names import NOBODY, Names, names_of, words_in_quotes
from ami_scoring.sources.text.suggestions import MEANT, nearest

DOCTORS: Final = "medecins_interesses"
DOCTOR_KEYS: Final = tuple(field.alias or name for name, field in InterestedDoctor.model_fields.items())
UNKNOWN_KEY: Final = Message("Cette clé n'est pas connue ici.")
MOST_TRIES: Final = 50
"""Unknown keys after the doctors that are compared with known ones; beyond, all is hidden."""

_QUOTED: Final = late("«[^»]*»|« .*")
_PLAIN_KEY: Final = late(r"[a-z][a-z0-9_]{0,40}")
_WRITTEN: Final = late(r"""("[^"\\]*(?:\\.[^"\\]*)*"|'[^']*'|[^:]*)\s*:""")
_SCALAR: Final = late(r""""[^"\\]*(?:\\.[^"\\]*)*"|'[^']*'|[^,}\]]*""")
_LETTERS: Final = late(r"[^\W\d_]{3,}")

Span = tuple[int, int]
"""The offsets of a part of a text, the second one excluded."""

_NOT_UTF8: Final = late("[\udc80-\udcff]")
"""What stands in a text for the bytes that are not UTF-8."""
_FURTHEST: Final = 200
_SHORT: Final = 400
"""Characters of a sentence up to which it may be said of many answers."""
_CLOSING: Final = {"[": "]", "{": "}"}
_QUOTING_A_KEY: Final = frozenset({"duplicate-key", "colon-in-value", "unknown-key"})
"""Findings that quote a key, or what stands beside one: of others, it is not asked whether they are about doctors."""


def _one_of(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, names))


_KEY: Final = late(
    r"""(?<!\w)["']?m(?:e|é|e\u0301|\\u00e9)d(?:e|é|e\u0301|\\u00e9)?cins?"""
    r"""[^.:\r\n\[\]{}",]{0,60}["']?[ \t\u00a0\u202f]{0,20}:""",
    re.IGNORECASE,
)
"""The key of the doctors, however it is spelt: one that is not known is a mistake, and its value is still theirs."""
_KEYS: Final = {field.alias or name for name, field in Candidature.model_fields.items()} - {DOCTORS}
_NEXT: Final = late(
    r"""(?<![^\r\n])(?:(?P<indent>[ \t]*)["']?(?P<key>[^\s"'\-#:][^\r\n"':]{0,60})["']?\s*:|---(?!\S)|\.{3}(?!\S))"""
)
"""Where what is written of the doctors may end: at the next key of a candidature, or the next document."""
_WORD: Final = late(r"(?<!\w)(?:" + _one_of([DOCTORS, *DOCTOR_KEYS]) + r""")(?!\w)|[^\s\-\[\]{},:"'#]""")
_FLOW: Final = late(r""""[^"\\]*(?:\\.[^"\\]*)*"|(?<=[\s\[{,:])'[^']*'|[\[\]{}]""")
_BEYOND: Final = late(r"[ \t]*(?:,[ \t]*[\[{]|[^\s,}\]])[^\r\n]*")
"""What still stands on the line after the bracket that closes, and is no next key: a comment, a list cut in two."""
_NAMED: Final = late(
    r"""(["']?\b(?:nom|rpps)\b["']?\s*:\s*)("[^"\\]*(?:\\.[^"\\]*)*"|'[^']*'|[^,}\]\r\n]+)""", re.IGNORECASE
)


def words_of(text: str) -> list[str]:
    """Give the words of a text that may name a person: dates, numbers and codes have none."""
    return _LETTERS.findall(text)


OnlyCounts = Callable[[str, str, Severity], bool]
"""Says whether findings of a code and a severity are only counted from now on, in a file."""


def _shows_all(_path: str, _code: str, _severity: Severity) -> bool:
    return False


def without_excerpt(where: Location) -> Location:
    """Give a place without the line that it quotes."""
    return Location(where.path, where.line, where.column, None, where.sheet, where.cell, where.question)


class Quotable:
    """What of one file may be quoted; the file is looked into at the first finding only."""

    def __init__(self, path: Path) -> None:
        """Keep the name of a file; a line of a `.jsonl` file is looked into by itself, and cells are not quoted."""
        self._path = path
        self._is_one_text = path.suffix.lower() not in {".jsonl", *SPREADSHEETS, *OLD_SPREADSHEETS}
        self._source: Source | None = None
        self._keys: list[Span] = []
        """The keys about people, the last ones first, that no part was looked for below yet."""
        self._spans: list[Span] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._is_utf8 = True
        self._written: Names | None = None
        """The names found in the text, once they were looked for."""
        self._masked_last: tuple[tuple[str, int, Names, tuple[Span, ...]] | None, str] = (None, "")

    def cleaned(
        self, findings: Iterable[Finding], names: Names | None = None, only_counts: OnlyCounts = _shows_all
    ) -> Iterator[Finding]:
        """Give findings back without anything that stands for a doctor, the columns of their excerpts in place.

        `names` are those of the candidature that they are about; by default, those that are found in the text, or in
        the line that is quoted where each line is a text of its own. Those that are only counted, and will never be
        shown, lose their excerpts.
        """
        told = list(findings)
        strange = _strange_places(told)
        lines: dict[tuple[int | None, str | None], str | None] = {}

        def hide(where: Location, names: Names) -> Location:
            if where.excerpt is None:
                return where
            line = (where.line, where.excerpt)
            if line not in lines:
                lines[line] = self._masked(where, names, strange).excerpt
            return where if lines[line] == where.excerpt else where._replace(excerpt=lines[line])

        for finding in told:
            place = finding.where
            is_counted = bool(place.excerpt) and only_counts(place.path, finding.code, finding.severity)
            by_name = names
            if by_name is None:  # nobody's name is looked for where nothing is quoted
                by_name = NOBODY if is_counted and not _quotes(finding) else self._names_written(place)
            if is_counted:
                where, related = without_excerpt(finding.where), tuple(map(without_excerpt, finding.related))
            else:
                where = hide(finding.where, by_name)
                related = tuple(hide(other, by_name) for other in finding.related)
            message = _unnamed(finding.message, by_name)
            mend = finding.suggestion and _unnamed(finding.suggestion, by_name)
            kept = finding
            if (
                message is not finding.message
                or mend is not finding.suggestion
                or where is not finding.where
                or related
            ):
                kept = Finding(finding.code, finding.severity, message, where, mend, related, finding.times)
            if _is_strange(finding) and not _is_plain(finding):
                kept = kept._replace(message=UNKNOWN_KEY)
            if kept.code in _QUOTING_A_KEY and self._is_about_doctors(finding.where) and not self._is_heading(kept):
                kept = _impersonal(kept)
            yield kept

    def _is_heading(self, finding: Finding) -> bool:
        """Say whether a key that is not known heads a column, written as keys are, and is not about people."""
        in_cells = not self._is_one_text and self._path.suffix.lower() != ".jsonl"
        is_key = in_cells and finding.code == "unknown-key" and _is_plain(finding)
        return is_key and not is_about_people(str(finding.message.params["key"]))

    def _names_written(self, where: Location) -> Names:
        """Find the names of doctors in the text; where each line is a text of its own, in the line that is quoted."""
        if self.source is None:
            return _names_in(where.excerpt or "", _spans_alone(where.excerpt or ""))
        if self._written is None:
            self._find_until(len(self.source.text))
            self._written = _names_in(self.source.text, self._spans)
        return self._written

    def _masked(self, where: Location, names: Names, strange: Mapping[int, Sequence[Span]]) -> Location:
        if where.excerpt is None:
            return where
        about = tuple(strange.get(where.line or 1, ()))
        line = (where.excerpt, where.line or 1, names, about)
        if self._masked_last[0] != line:  # what one line says wrong is often told of it several times in a row
            self._masked_last = (line, self._mask(*line))
        masked = self._masked_last[1]
        return where if masked == where.excerpt else where._replace(excerpt=masked)

    def _mask(self, excerpt: str, line: int, names: Names, strange: Sequence[Span]) -> str:
        masked = names.masked(excerpt)
        for first, last in (*self._spans_in(masked, line), *strange):
            masked = masked[:first] + _hide(masked[first:last]) + masked[last:]
        return without_numbers(_NAMED.sub(lambda found: found[1] + HIDDEN * len(found[2]), masked))

    def _is_about_doctors(self, where: Location) -> bool:
        if where.line is None or where.column is None or where.sheet is not None:
            return False
        if where.excerpt is None:
            # The line is too long to be quoted.
            source = self.source
            if source is None or where.line > len(source.starts):
                return True
            at = source.starts[where.line - 1] + where.column - 1
            self._find_until(at)
            place = bisect_right(self._starts, at) - 1
            return place >= 0 and at <= self._ends[place]
        return any(first < where.column <= last + 1 for first, last in self._spans_in(where.excerpt, where.line))

    def _spans_in(self, excerpt: str, line: int) -> Sequence[Span]:
        """Give the parts of a line, as quoted, that are about doctors."""
        alone = _spans_alone(excerpt)
        source = self.source
        if source is None or line > len(source.starts):
            return alone
        start, length = source.starts[line - 1], len(excerpt)
        end = source.starts[line] if line < len(source.starts) else len(source.text) + 1
        self._find_until(end)
        touched = self._spans[bisect_right(self._ends, start) : bisect_left(self._starts, end)]
        if not self._is_utf8:
            # The columns of the excerpt are not those of the text: whatever line a part touches is hidden to its end.
            return (*((max(first - start, 0), length) for first, _ in touched), *alone)
        return [(max(first - start, 0), min(last - start, length)) for first, last in touched]

    @property
    def asks_for_text(self) -> bool:
        """Whether the text of the whole file would be read at the first question."""
        return self._source is None and self._is_one_text

    @property
    def source(self) -> Source | None:
        """The whole text, read at the first question; None when its lines or cells stand each for themselves."""
        if self._source is None and self._is_one_text:
            data = read_bytes(self._path)
            raw = b"" if isinstance(data, Finding) else data
            text = raw.decode("utf-8-sig", errors="surrogateescape")
            self._is_utf8 = text.isascii() or _NOT_UTF8.search(text) is None
            self._look_into(Source(text, str(self._path)))
        return self._source

    def know(self, source: Source | None) -> None:
        """Take the text that was read already, where it is the whole of the file."""
        if self._source is None and source is not None and self._is_one_text:
            self._look_into(source)

    def _look_into(self, source: Source) -> None:
        self._source = source
        self._keys = _keys_of_people(source.text)[::-1]

    def _find_until(self, end: int) -> None:
        """Find the parts of the text that begin before a place: nearly nobody asks for the others."""
        while self._source is not None and self._keys and self._keys[-1][0] < end:
            span = _span_below(self._source.text, self._keys.pop(), self._ends[-1] if self._ends else 0)
            if span is not None:
                self._spans.append(span)
                self._starts.append(span[0])
                self._ends.append(span[1])


def _names_in(text: str, spans: Iterable[Span]) -> Names:
    return names_of(found[2] for first, last in spans for found in _NAMED.finditer(text, first, last))


@lru_cache(maxsize=16)
def _spans_alone(excerpt: str) -> tuple[Span, ...]:
    """Find the parts of one line; what one line says wrong is told of it several times in a row."""
    return tuple(doctors_spans(excerpt))


def doctors_spans(text: str) -> Iterator[Span]:
    """Find what is written of doctors: from after their key to the end of its value, or to a sure next key.

    A key that is known of no candidature, and could be about people, is taken for theirs.
    """
    at = 0
    for key in _keys_of_people(text):
        if (span := _span_below(text, key, at)) is not None:
            at = span[1]
            yield span


def _span_below(text: str, key: Span, after: int) -> Span | None:
    """Find the part that a key begins; None for a key that is within the part before."""
    first, last = key
    if first < after:
        return None
    line = _line_of(text, first)
    indent = len(text[line:first]) if text[line:first].strip(" \t-") == "" else 0
    return last, _end(text, last, indent)


def _keys_of_people(text: str) -> list[Span]:
    """Find the keys about people. Where there are none but those that are asked, the doctors' own is the only one."""
    mentions = text.count(DOCTORS)
    if mentions > 1 or not has_only_asked_keys(text):
        return keys_anywhere(text)
    found = _KEY.search(text, max(0, text.index(DOCTORS) - 1)) if mentions else None
    return [found.span()] if found else []


def keys_anywhere(text: str) -> list[Span]:
    """Find the keys about people in any text: where each begins, and where what it says does."""
    return sorted({*keys_about_people(text), *(found.span() for found in _KEY.finditer(text))})


def _line_of(text: str, at: int) -> int:
    """Find where the line of a key begins; nobody indents one further than is looked back."""
    before = max(0, at - _FURTHEST)
    return max(before, text.rfind("\n", before, at) + 1, text.rfind("\r", before, at) + 1)


def _end(text: str, start: int, indent: int) -> int:
    opening = re.compile(r"\s*").match(text, start)
    first = opening.end() if opening else start
    if text[first : first + 1] in _CLOSING:
        return _end_of_flow(text, first)
    tries = 0
    for found in _NEXT.finditer(text, start):
        if found["key"] is None or (len(found["indent"]) <= indent and found["key"] in _KEYS):
            return found.start()
        if len(found["indent"]) <= indent and tries < MOST_TRIES:
            # A mistyped key, rather than a name that lost its indent.
            tries += 1
            if nearest(found["key"], _KEYS) is not None:
                return found.start()
    return len(text)


def _end_of_flow(text: str, start: int) -> int:
    """Find the bracket that closes; a text that does not close it is hidden to its end."""
    depth = 0
    for found in _FLOW.finditer(text, start):
        if found[0] in "[{":
            depth += 1
        elif found[0] in "]}":
            depth -= 1
            if depth == 0:
                beyond = _BEYOND.match(text, found.end())
                return beyond.end() if beyond else found.end()
    return len(text)


def masked(finding: Finding, names: Names) -> Finding:
    """Give a finding back without the words of some names, nor numbers of people."""

    def hide(where: Location) -> Location:
        if where.excerpt is None:
            return where
        return where._replace(excerpt=without_numbers(names.masked(where.excerpt)))

    mend = finding.suggestion and _unnamed(finding.suggestion, names)
    where, related = hide(finding.where), tuple(map(hide, finding.related))
    return finding._replace(message=_unnamed(finding.message, names), where=where, suggestion=mend, related=related)


def _is_strange(finding: Finding) -> bool:
    """Say whether an unknown key is meant for none that is known: nobody can tell what it is about."""
    mend = finding.suggestion
    return finding.code == "unknown-key" and (mend is None or not mend.template.startswith(MEANT))


def _quotes(finding: Finding) -> bool:
    """Say whether the sentences of a finding quote anything."""
    mend = finding.suggestion
    return "«" in str(finding.message) or (mend is not None and "«" in str(mend))


def _is_plain(finding: Finding) -> bool:
    """Say whether an unknown key is written as keys are; what else it may be is not shown."""
    return _PLAIN_KEY.fullmatch(str(finding.message.params.get("key", ""))) is not None


def _strange_places(findings: Iterable[Finding]) -> dict[int, list[Span]]:
    """Find, line by line, what strange keys say, and those that are not written as keys are."""
    places: dict[int, list[Span]] = {}
    for finding in findings:
        where = finding.where
        if _is_strange(finding) and where.excerpt is not None and where.column is not None:
            written = _WRITTEN.match(where.excerpt, where.column - 1)
            start = written.end() if written else len(where.excerpt)
            first = start if _is_plain(finding) else where.column - 1
            places.setdefault(where.line or 1, []).append((first, _end_of_value(where.excerpt, start)))
    return places


def _end_of_value(line: str, start: int) -> int:
    """Find where the value of a key ends on its line."""
    first = len(line) - len(line[start:].lstrip())
    if line[first : first + 1] in _CLOSING:
        return _end_of_flow(line, first)
    is_flow = line.lstrip()[:1] in _CLOSING
    found = _SCALAR.match(line, first) if is_flow else None
    return found.end() if found else len(line)


def _hide(text: str) -> str:
    return _WORD.sub(lambda found: found[0] if len(found[0]) > 1 else HIDDEN, text)


def _unnamed(said: Message, names: Names) -> Message:
    sentence = str(said)
    if not names.others and len(sentence) <= _SHORT:
        words, is_sound = _quoted_in(sentence)
        if is_sound and names.words.isdisjoint(words):
            return said
    hidden = names.masked_in_quotes(sentence)
    if any(char in hidden for char in "0123456789@"):
        hidden = _QUOTED.sub(lambda found: without_numbers(found[0]), hidden)
    return said if hidden == sentence else Message("{said}", {"said": hidden})


@lru_cache(maxsize=1_024)
def _quoted_in(sentence: str) -> tuple[frozenset[str], bool]:
    """Give the words that a sentence quotes, and say whether it quotes no number of people: many say the same."""
    return words_in_quotes(sentence), all(without_numbers(each) == each for each in _QUOTED.findall(sentence))


def _impersonal(finding: Finding) -> Finding:
    """Say the same without the key that it quotes."""
    match finding.code:
        case "duplicate-key" if "line" in finding.message.params:
            line = {"line": finding.message.params["line"]}
            return finding._replace(message=Message("Une clé est déjà donnée à la ligne {line}.", line))
        case "colon-in-value":
            return finding._replace(suggestion=Message("Mettez la valeur entre guillemets."))
        case "unknown-key":
            return finding._replace(message=UNKNOWN_KEY)
        case _:
            return finding

"""YAML text → plain data and places, in one iterative pass over the C parser's events.

Every plain scalar stays text, so that `01000` and `NO` mean what they say; no tree of nodes is ever composed, so that
neither depth nor aliases can harm. What YAML would do in silence (last duplicate wins, `#` cuts a value) is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

from yaml import YAMLError  # type: ignore[import-untyped, unused-ignore]
from yaml.cyaml import CParser  # type: ignore[attr-defined, import-untyped, unused-ignore]
from yaml.events import (  # type: ignore[import-untyped, unused-ignore]
    AliasEvent,
    CollectionEndEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from ami_scoring.domain.composing import in_form
from ami_scoring.findings import Finding, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.files.decoding import Source
from ami_scoring.sources.files.document import (
    MAX_DEPTH,
    Data,
    DataPath,
    Document,
    Place,
    Places,
    duplicate_key,
    empty_document,
    empty_file,
    fold,
    too_deep,
)
from ami_scoring.sources.text.plain_yaml import read_plain
from ami_scoring.sources.text.yaml_places import scan, seek

if TYPE_CHECKING:
    from ami_scoring.sources.text.yaml_errors import Construct

MAX_NODES = 200_000
"""More keys, values and groups than this in one file are refused."""

_MOST_KEPT = 4_000
"""Events of a text that are kept while it is read: a hundred candidatures have fewer."""
_NULLS = frozenset(("", "~", "null"))
_SEPARATORS = ("\u0085", "\u2028", "\u2029")
_TAG_DIRECTIVE = r"(?<![^\r\n])%TAG\b"
_NOT_A_CUT = frozenset(("", " ", "\t", "\r", "\n", "#"))
"""After ` #`, what shows that a comment was meant."""


def read_yaml(text: str, path: str, *, is_ordinary: bool = False) -> tuple[list[Document], list[Finding]]:
    """Read each document of a YAML stream, and say everything that is wrong with it; never raises.

    A document with an error is not returned, nor anything after an error of syntax or a refused construct;
    the documents before it are. `is_ordinary` says that the text is: see `sources.text.ordinary`.
    """
    source = Source(text.removeprefix("\ufeff"), path)
    plain = read_plain(source.text, is_ordinary=is_ordinary)
    if plain is not None:
        line, locate = source.first_line + plain.row, _places_alone(source)
        return [Document(plain.data, path, line, locate, is_ordinary=is_ordinary)], []
    builder = _Builder(source)
    try:
        _refuse_at_once(source)
        for event in _events(source.text):
            builder.take(event)
            builder.keep(event)
    except _RefusedError as error:
        builder.stop(error.finding)
    except (YAMLError, UnicodeEncodeError) as error:
        from ami_scoring.sources.text.yaml_errors import explain  # noqa: PLC0415 - a sound file needs no sentence

        builder.stop(explain(error, source))
    builder.end()
    return builder.documents, _without_data(builder, path) or builder.findings


def _without_data(builder: _Builder, path: str) -> list[Finding] | None:
    """Say once that a file is empty, rather than that each of its documents is."""
    kept = [finding for finding in builder.findings if finding.code != "empty-document"]
    if builder.documents or any(finding.severity is Severity.ERROR for finding in kept):
        return None
    return [*kept, empty_file(path)]


class _Mark(Protocol):
    index: int


class _Event(Protocol):
    start_mark: _Mark
    end_mark: _Mark
    anchor: str | None
    tag: str | None
    style: str | None
    value: str


class _RefusedError(Exception):
    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.code)


class _Group:
    """A list or mapping that is being filled; `key` is the one whose value comes next."""

    __slots__ = ("data", "key", "seen")

    def __init__(self, data: list[Data] | dict[str, Data]) -> None:
        self.data = data
        self.key: str | None = None
        self.seen: dict[str, int] = {}


class _Builder:
    """Builds plain data from events; keeps what it finds on the way."""

    def __init__(self, source: Source) -> None:
        self.documents: list[Document] = []
        self.findings: list[Finding] = []
        self._source = source
        self._kept: list[Any] = []
        self._places = Places(source, lambda text, _: scan(_events(text), MAX_NODES))
        self._groups: list[_Group] = []
        self._nodes = 0
        self._number = -1
        self._start = 0
        self._sound = True

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is ScalarEvent:
            if event.anchor is not None or event.tag is not None or self._nodes >= MAX_NODES:
                self._guard(event)
            self._nodes += 1
            self._add(self._plain(event) if event.style == "" else in_form("NFC", event.value), event)
        elif kind is MappingStartEvent:
            self._open({}, event)
        elif kind is SequenceStartEvent:
            self._open([], event)
        elif isinstance(event, CollectionEndEvent):
            self._groups.pop()
        elif kind is DocumentStartEvent:
            self._begin(event)
        elif kind is DocumentEndEvent:
            self._finish()
        elif kind is AliasEvent:
            raise self._construct_error("anchor", event)

    def keep(self, event: Any) -> None:
        """Keep an event for those who ask where something stands; a long text is parsed again instead."""
        if len(self._kept) <= _MOST_KEPT:
            self._kept.append(event)

    def end(self) -> None:
        """Let places be looked for among the events of a text that is not long."""
        if len(self._kept) <= _MOST_KEPT:
            self._places.seek_by(lambda _, __, path: seek(self._kept, path))

    def stop(self, finding: Finding) -> None:
        """Keep the finding that ends the reading; say that documents were read before it, if any."""
        self.findings.append(finding)
        if self.documents:
            message = Message(
                "La lecture s'arrête ici : ce qui précède est lu (documents : {count}), ce qui suit ne l'est pas.",
                {"count": len(self.documents)},
            )
            self.findings.append(Finding("rest-not-read", Severity.WARNING, message, finding.where))

    def _begin(self, event: _Event) -> None:
        self._number += 1
        self._start = event.start_mark.index
        self._sound = True
        self._groups = [_Group([])]

    def _finish(self) -> None:
        (data,) = self._groups[0].data
        line = self._source.line_of(self._start)
        if data is None:
            self.findings.append(empty_document(self._source.at(self._start)))
        elif self._sound:
            locate = self._places.under(self._number)
            self.documents.append(Document(data, self._source.path, line, locate))

    def _open(self, data: list[Data] | dict[str, Data], event: _Event) -> None:
        self._guard(event)
        self._nodes += 1
        if len(self._groups) > MAX_DEPTH:
            raise _RefusedError(too_deep(self._source.at(event.start_mark.index)))
        self._add(data, event)
        self._groups.append(_Group(data))

    def _add(self, value: Data, event: _Event) -> None:
        group = self._groups[-1]
        if isinstance(group.data, list):
            group.data.append(value)
        elif group.key is None:
            group.key = self._key(value, event)
        else:
            group.data[group.key] = value
            group.key = None

    def _key(self, key: Data, event: _Event) -> str:
        at = event.start_mark.index
        if not isinstance(key, str) or (key == "<<" and event.style == ""):
            raise self._construct_error("merge" if isinstance(key, str) else "key", event)
        if event.style == "" and key[-1:].isspace():
            self._report(_construct_finding("no-break-space", self._source, event.end_mark.index - 1))
        first = self._groups[-1].seen.setdefault(fold(key), at)
        if first != at:
            self._report(duplicate_key(key, self._source.at(at), self._source.at(first)))
        return key

    def _plain(self, event: _Event) -> str | None:
        """Read a scalar without quotes, and report what surrounds it and changes its meaning in silence."""
        word, end = event.value, event.end_mark.index
        is_null = word in _NULLS
        if not is_null and word[0].isspace():
            self._report(_construct_finding("no-break-space", self._source, event.start_mark.index))
        text = self._source.text
        if text.startswith(" #", end) and text[end + 2 : end + 3] not in _NOT_A_CUT:
            self.findings.append(_comment_in_value(self._source, end + 1))
        return None if is_null else in_form("NFC", word)

    def _guard(self, event: _Event) -> None:
        if event.anchor is not None:
            raise self._construct_error("anchor", event)
        if event.tag is not None:
            raise self._construct_error("tag", event)
        if self._nodes >= MAX_NODES:
            raise self._construct_error("too-many", event)

    def _construct_error(self, construct: Construct, event: _Event) -> _RefusedError:
        return _RefusedError(_construct_finding(construct, self._source, event.start_mark.index))

    def _report(self, finding: Finding) -> None:
        self.findings.append(finding)
        self._sound = False


def _events(text: str) -> Iterator[Any]:
    return iter(CParser(text).get_event, None)


def _places_alone(source: Source) -> Places:
    """Give the places of a text of the plainest shape, parsed where its lines do not tell the one that is asked for."""
    alone = _Alone()
    return Places(source, alone.scan, alone.seek)


class _Alone:
    """The ways to places of a text of the plainest shape, which is parsed once, if it ever is."""

    __slots__ = ("_parsed",)

    def __init__(self) -> None:
        self._parsed: list[Any] | None = None

    def scan(self, text: str, _: int) -> dict[DataPath, Place]:
        return {path[1:]: place for path, place in scan(self._events(text), MAX_NODES).items() if path}

    def seek(self, text: str, _: int, path: DataPath) -> Place:
        from ami_scoring.sources.text.plain_places import seek_plain  # noqa: PLC0415 - a sound file is asked for none

        return seek_plain(text, path) or seek(self._events(text), (0, *path))

    def _events(self, text: str) -> list[Any]:
        if self._parsed is None:
            self._parsed = list(_events(text))
        return self._parsed


def _refuse_at_once(source: Source) -> None:
    """Refuse the line breaks that no editor shows, and the directives that nothing here needs."""
    found = [at for at in map(source.text.find, _SEPARATORS) if at >= 0]
    if found:
        raise _RefusedError(_construct_finding("separator", source, min(found)))
    directive = re.search(_TAG_DIRECTIVE, source.text) if "%TAG" in source.text else None
    if directive is not None:
        raise _RefusedError(_construct_finding("directive", source, directive.start()))


def _construct_finding(construct: Construct, source: Source, at: int) -> Finding:
    from ami_scoring.sources.text.yaml_errors import refused  # noqa: PLC0415 - a sound file needs no sentence

    return refused(construct, source, at)


def _comment_in_value(source: Source, at: int) -> Finding:
    message = Message("Tout ce qui suit « # » est un commentaire : la valeur s'arrête avant.")
    suggestion = Message("Mettez la valeur entre guillemets, ou une espace après « # » si c'est un commentaire.")
    return Finding("comment-in-value", Severity.WARNING, message, source.at(at), suggestion)

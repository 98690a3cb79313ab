"""YAML text → plain data and places, in one iterative pass over the C parser's events.

Every plain scalar stays text, so that `01000` and `NO` mean what they say; no tree of nodes is ever composed, so that
neither depth nor aliases can harm. What YAML would do in silence (last duplicate wins, `#` cuts a value) is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple, Protocol

from yaml import YAMLError  # type: ignore[import-untyped, unused-ignore]
from yaml.cyaml import CParser  # type: ignore[attr-defined, import-untyped, unused-ignore]
from yaml.events import (  # type: ignore[import-untyped, unused-ignore]
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from ami_scoring.findings import Finding, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.document import (
    MAX_DEPTH,
    Data,
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
    refusal,
    too_deep,
)
from ami_scoring.sources.text import Source

MAX_NODES = 200_000
"""More keys, values and groups than this in one file are refused."""

_NULLS = frozenset(("", "~", "null"))
_SEPARATORS = ("\u0085", "\u2028", "\u2029")
_FORBIDDEN = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
"""What no YAML text may hold. Compiled by the one error that asks: its ranges are slow to compile."""
_TAG_DIRECTIVE = r"(?<![^\r\n])%TAG\b"
_KEY_AND_VALUE = r"(\s*(?:- +)*[^\s:#'\"{\[-][^:]*:\s+)(.*?)\s*"
_NOT_A_CUT = frozenset(("", " ", "\t", "\r", "\n", "#"))
"""After ` #`, what shows that a comment was meant."""


def read_yaml(text: str, path: str) -> tuple[list[Document], list[Finding]]:
    """Read each document of a YAML stream, and say everything that is wrong with it; never raises.

    A document with an error is not returned, nor anything after an error of syntax or a refused construct;
    the documents before it are.
    """
    source = Source(text.removeprefix("\ufeff"), path)
    builder = _Builder(source)
    try:
        _refuse_at_once(source)
        for event in _events(source.text):
            builder.take(event)
    except _RefusedError as error:
        builder.stop(error.finding)
    except (YAMLError, UnicodeEncodeError) as error:
        builder.stop(_explain(error, source))
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
        self._places = Places(source, _scan)
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
            self._add(self._plain(event) if event.style == "" else composed(event.value), event)
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
            raise self._refused(_ANCHOR, event)

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
            raise self._refused(_MERGE if isinstance(key, str) else _KEY, event)
        if event.style == "" and key[-1:].isspace():
            self._report(_NO_BREAK_SPACE.finding(self._source, event.end_mark.index - 1))
        first = self._groups[-1].seen.setdefault(fold(key), at)
        if first != at:
            self._report(duplicate_key(key, self._source.at(at), self._source.at(first)))
        return key

    def _plain(self, event: _Event) -> str | None:
        """Read a scalar without quotes, and report what surrounds it and changes its meaning in silence."""
        word, end = event.value, event.end_mark.index
        is_null = word in _NULLS
        if not is_null and word[0].isspace():
            self._report(_NO_BREAK_SPACE.finding(self._source, event.start_mark.index))
        text = self._source.text
        if text.startswith(" #", end) and text[end + 2 : end + 3] not in _NOT_A_CUT:
            self.findings.append(_comment_in_value(self._source, end + 1))
        return None if is_null else composed(word)

    def _guard(self, event: _Event) -> None:
        if event.anchor is not None:
            raise self._refused(_ANCHOR, event)
        if event.tag is not None:
            raise self._refused(_TAG, event)
        if self._nodes >= MAX_NODES:
            raise self._refused(_TOO_MANY, event)

    def _refused(self, case: _Case, event: _Event) -> _RefusedError:
        return _RefusedError(case.finding(self._source, event.start_mark.index))

    def _report(self, finding: Finding) -> None:
        self.findings.append(finding)
        self._sound = False


def _events(text: str) -> Iterator[Any]:
    return iter(CParser(text).get_event, None)


def _scan(text: str) -> dict[DataPath, Place]:
    """Give the places of a stream's values, each document under its number; stops where the reading stopped."""
    trail = Trail()
    trail.open(0, keyed=False)
    with suppress(YAMLError, UnicodeEncodeError):
        for event in _events(text):
            if not _follow(trail, event) or len(trail.places) > MAX_NODES:
                break
    return trail.places


def _follow(trail: Trail, event: Any) -> bool:
    at = event.start_mark.index
    if isinstance(event, CollectionEndEvent):
        trail.close()
    elif isinstance(event, CollectionStartEvent):
        if trail.awaits_key:
            return False
        trail.open(at, keyed=type(event) is MappingStartEvent)
    elif isinstance(event, ScalarEvent):
        if trail.awaits_key:
            trail.key(event.value, at)
        else:
            trail.value(at)
    return not isinstance(event, AliasEvent)


def _refuse_at_once(source: Source) -> None:
    """Refuse the line breaks that no editor shows, and the directives whose count makes the parser crawl."""
    found = [at for at in map(source.text.find, _SEPARATORS) if at >= 0]
    if found:
        raise _RefusedError(_SEPARATOR.finding(source, min(found)))
    directive = re.search(_TAG_DIRECTIVE, source.text) if "%TAG" in source.text else None
    if directive is not None:
        raise _RefusedError(_DIRECTIVE.finding(source, directive.start()))


def _comment_in_value(source: Source, at: int) -> Finding:
    message = Message("Tout ce qui suit « # » est un commentaire : la valeur s'arrête avant.")
    suggestion = Message("Mettez la valeur entre guillemets, ou une espace après « # » si c'est un commentaire.")
    return Finding("comment-in-value", Severity.WARNING, message, source.at(at), suggestion)


class _Case(NamedTuple):
    """What to say of one kind of error; `needle` is a part of the parser's own words."""

    code: str
    sentence: str
    suggestion: str | None = None
    needle: str = ""
    at_start: bool = False
    """Whether the place to show is where the construct begins, rather than where the parser gave up."""

    def finding(self, source: Source, at: int) -> Finding:
        suggestion = Message(self.suggestion) if self.suggestion else None
        return refusal(self.code, source.at(at), Message(self.sentence), suggestion)


_ANCHOR = _Case(
    "anchor-refused",
    "Les ancres et les renvois de YAML (« & », « * ») ne sont pas admis.",
    "Si c'est du texte, mettez-le entre guillemets ; sinon, répétez la valeur.",
)
_TAG = _Case(
    "tag-refused",
    "Les étiquettes de type de YAML (« ! ») ne sont pas admises.",
    "Si c'est du texte, mettez-le entre guillemets.",
)
_MERGE = _Case("merge-refused", "La fusion « << » de YAML n'est pas admise.", "Répétez les clés.")
_KEY = _Case(
    "key-refused",
    "Une clé est un texte, et non un vide, une liste ou un groupe.",
    "Si c'est du texte, mettez-le entre guillemets.",
)
_TOO_MANY = _Case("too-large", "Plus de 200 000 valeurs dans ce fichier : il est refusé.")
_NO_BREAK_SPACE = _Case(
    "no-break-space",
    "Une espace insécable est collée à ce texte : YAML n'y voit ni un retrait, ni une séparation.",
    "Remplacez-la par une espace ordinaire.",
)
_SEPARATOR = _Case(
    "invisible-separator",
    "Un caractère invisible coupe cette ligne en deux pour YAML.",
    "Supprimez ce caractère, ou remplacez-le par un vrai retour à la ligne.",
)
_CONTROL = _Case("control-character", "Un caractère de contrôle, invisible, n'est pas admis ici.", "Supprimez-le.")
_TAB = _Case(
    "tab-indentation", "Une tabulation sert de retrait : YAML n'admet que des espaces.", "Remplacez-la par des espaces."
)
_SHIFTED = _Case(
    "yaml-syntax",
    "Deux-points inattendus : cette ligne est trop décalée, ou le texte commencé plus haut doit être entre guillemets.",
    None,
    "mapping values are not allowed",
)
_AFTER_QUOTES = _Case(
    "yaml-syntax",
    "Du texte suit des guillemets déjà refermés.",
    "Entourez toute la valeur de guillemets simples, ou doublez ceux qui sont à l'intérieur.",
)
_OPENING = _Case(
    "yaml-syntax",
    "Une valeur sans guillemets ne peut pas commencer par ce caractère.",
    "Mettez la valeur entre guillemets.",
)
_DIRECTIVE = _Case("yaml-syntax", "Les directives de YAML (lignes « % ») ne sont pas admises.", None, "directive")
_UNKNOWN = _Case("yaml-syntax", "La syntaxe de YAML est incorrecte à cet endroit.")
_QUOTES = "Ces guillemets ne sont jamais refermés."
_ESCAPE = "Entre guillemets doubles, « \\ » annonce un code, et celui-ci n'existe pas."
_CASES = (
    _TAB._replace(needle="tab character"),
    _OPENING._replace(needle="cannot start any token"),
    _SHIFTED,
    _ANCHOR._replace(needle="scanning an alias", at_start=True),
    _ANCHOR._replace(needle="scanning an anchor", at_start=True),
    _TAG._replace(needle=" a tag", at_start=True),
    _TAG._replace(needle="undefined tag handle"),
    _Case("yaml-syntax", _QUOTES, None, "found unexpected end of stream", at_start=True),
    _Case("yaml-syntax", _QUOTES, None, "found unexpected document indicator", at_start=True),
    _Case("yaml-syntax", _ESCAPE, "Employez des guillemets simples.", "parsing a quoted scalar"),
    _Case(
        "yaml-syntax",
        "Cette ligne n'est ni une clé suivie de deux-points et d'une espace, ni la suite d'une valeur.",
        "Vérifiez les deux-points, l'espace qui les suit et le retrait.",
        "could not find expected ':'",
        at_start=True,
    ),
    _Case(
        "yaml-syntax",
        "Ce crochet n'est pas refermé, ou une virgule manque après lui.",
        None,
        "parsing a flow sequence",
        at_start=True,
    ),
    _Case(
        "yaml-syntax",
        "Cette accolade n'est pas refermée, ou une virgule manque après elle.",
        "Si c'est du texte, mettez-le entre guillemets.",
        "parsing a flow mapping",
        at_start=True,
    ),
    _Case("yaml-syntax", "Un tiret de liste est attendu ici.", "Vérifiez le retrait.", "expected '-' indicator"),
    _Case("yaml-syntax", "Une clé est attendue ici.", "Vérifiez le retrait.", "did not find expected key"),
    _Case(
        "yaml-syntax",
        "Un tiret de liste ne peut pas suivre une clé sur la même ligne.",
        "Allez à la ligne avant le tiret, ou mettez la valeur entre guillemets.",
        "block sequence entries are not allowed",
    ),
    _Case("yaml-syntax", "Une valeur est attendue ici.", None, "expected node content"),
    _Case("yaml-syntax", "Un nouveau document commence par une ligne « --- ».", None, "expected <document start>"),
    _DIRECTIVE,
    _Case("yaml-syntax", "Cette version de YAML n'est pas admise.", None, "incompatible YAML document"),
    _Case(
        "yaml-syntax",
        "Après « | » ou « > », le texte commence à la ligne suivante, en retrait.",
        None,
        "scanning a block scalar",
    ),
)

_AFTER_A_VALUE = tuple(
    case for case in _CASES if "flow" in case.needle or case.needle.startswith(("expected '", "did"))
)


def _explain(error: Exception, source: Source) -> Finding:
    """Say in French what the C parser refused, where the author can see it."""
    problem, mark = getattr(error, "problem", None), getattr(error, "problem_mark", None)
    if problem is None or mark is None:
        return _unreadable_character(source)
    words = f"{getattr(error, 'context', None) or ''} {problem}"
    case = next((case for case in _CASES if case.needle in words), _UNKNOWN)
    start = getattr(error, "context_mark", None)
    at = start.index if case.at_start and start is not None else mark.index
    if case is _SHIFTED:
        return _colon_in_value(source, at) or case.finding(source, at)
    return _refined(case, source, mark.index).finding(source, at)


def _unreadable_character(source: Source) -> Finding:
    found = re.search(_FORBIDDEN, source.text)
    return _CONTROL.finding(source, found.start() if found else 0)


def _refined(case: _Case, source: Source, at: int) -> _Case:
    """Choose a more exact sentence from what is written at the place."""
    text = source.text
    before = text[:at].rpartition("\n")[2]
    if case.needle == "cannot start any token" and text[at : at + 1] == "\t":
        return _TAB
    if case in _AFTER_A_VALUE and before.rstrip().endswith(("'", '"')) and at < len(text):
        return _AFTER_QUOTES
    return case


def _colon_in_value(source: Source, at: int) -> Finding | None:
    """Show how to quote a value that holds a colon, if that is what stands on the line."""
    where = source.at(at)
    found = re.fullmatch(_KEY_AND_VALUE, where.excerpt or "")
    if found is None or where.column is None or where.column <= found.start(2):
        return None
    # The value itself may name a person: it is not repeated outside the excerpt.
    message = Message("La valeur contient « : » suivi d'une espace : YAML y voit une seconde clé.")
    suggestion = Message("Mettez la valeur entre guillemets : {key} '…'", {"key": found[1].strip()})
    return refusal("colon-in-value", where, message, suggestion)

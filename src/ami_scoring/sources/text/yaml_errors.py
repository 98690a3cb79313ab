"""What is said, in French, of the YAML that the reader or the C parser refused. Sound files never load it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from ami_scoring.findings import Finding
from ami_scoring.messages import Message
from ami_scoring.sources.files.decoding import Source
from ami_scoring.sources.files.document import refusal

_FORBIDDEN = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
"""What no YAML text may hold. Compiled by the one error that asks: its ranges are slow to compile."""
_KEY_AND_VALUE = r"(\s*(?:- +)*[^\s:#'\"{\[-][^:]*:\s+)(.*?)\s*"
Construct = Literal["anchor", "tag", "merge", "key", "too-many", "no-break-space", "separator", "directive"]
"""What the reader itself refuses, by name."""


def refused(construct: Construct, source: Source, at: int) -> Finding:
    """Say why a construct is refused, and where it stands."""
    return _REFUSED[construct].finding(source, at)


def explain(error: Exception, source: Source) -> Finding:
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
_REFUSED: Final[Mapping[Construct, _Case]] = {
    "anchor": _ANCHOR,
    "tag": _TAG,
    "merge": _MERGE,
    "key": _KEY,
    "too-many": _TOO_MANY,
    "no-break-space": _NO_BREAK_SPACE,
    "separator": _SEPARATOR,
    "directive": _DIRECTIVE,
}


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

"""What every model is made of, and the strict door through which typed text becomes a value.

Plain YAML scalars, JSON values, form answers and table cells all arrive here, for a text, a yes or a no, and in
`quantities`, `dates` and `identifiers` for other types. A function `parse_*` takes what was written and gives the
value, or raises `RefusalError` with a French sentence that says how to mend it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any, Final

from ami_scoring.domain.composing import in_form, without_marks
from ami_scoring.domain.modelling.markers import PlainValidator, WithJsonSchema
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.patterns import late

MAX_TEXT: Final = 40_000
MAX_DIGITS: Final = 15
"""Digits beyond which a number is refused, and named without being shown."""

SPACES = late(r"\s+")
"""Any run of spaces, no-break ones included."""
_UNSEEN = late(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
SHORT: Final = 60
"""Letters up to which an answer is likely to come back, and costs nothing to remember."""
MOST_REMEMBERED: Final = 4_096
"""Answers to one question that are remembered, whatever comes."""
_REFERENCE_FORM = re.compile(r"[^\W_][\w./-]{0,63}")
_YES = frozenset({"oui", "o", "vrai", "true", "yes", "y", "x", "on", "1", "✓", "✔"})
_NO = frozenset({"non", "n", "faux", "false", "no", "off", "0"})

Parser = Callable[[Any], Any]


class Parsed(PlainValidator):
    """Read an answer by a function that takes it and nothing else."""

    __slots__ = ()

    @property
    def parser(self) -> Parser:
        """The function."""
        return self.func


class Remembered(Parsed):
    """The same, for answers that come back from one candidature to the next: what a short one gave is remembered."""

    __slots__ = ()

    def reader(self) -> Parser:
        """Read an answer, or tell what was said of the same one."""
        return remembering(self.parser)


def remembering(parse: Parser) -> Parser:
    """Remember what a parser gives for short texts and whole numbers; what it refuses, it refuses anew."""
    known = lru_cache(maxsize=MOST_REMEMBERED)(parse)

    def read(value: Any) -> Any:
        kind = type(value)  # a subclass may be read otherwise than the text that it holds
        return known(value) if (kind is str and len(value) <= SHORT) or kind is int else parse(value)

    return read


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Reduce a text to what must be equal for two spellings to mean the same.

    Case, accents' Unicode form, typographic apostrophes, and any run of spaces, no-break ones included, do not count.
    """
    if text.isascii():
        return " ".join(text.split()).casefold()
    plain = in_form("NFC", text).replace("\u2019", "'").replace("\u02bc", "'")
    return " ".join(plain.split()).casefold()


@lru_cache(maxsize=8192)
def without_accents(text: str) -> str:
    """Drop accents, for matching what people type to the names that we know."""
    folded = fold(text)
    return folded if folded.isascii() else without_marks("NFD", folded)


def parse_text(value: object) -> str:
    """Read a free text: trimmed, in NFC, without characters that nobody can see."""
    if isinstance(value, (list, dict)):
        said = "Un seul texte est attendu ici, pas {found} : écrivez-le sans crochets, accolades ni tirets."
        raise wrong_type("text-expected", said, value)
    if not isinstance(value, str):
        raise wrong_type("text-expected", "Un texte est attendu ici, pas {found} ; écrivez-le entre guillemets.", value)
    text = value if value.isascii() and value.isprintable() else _seen(value)
    text = text.strip()
    if not text:
        raise RefusalError("text-empty", "Ce texte est vide : complétez-le ou supprimez la ligne.")
    if len(text) > MAX_TEXT:
        raise RefusalError(
            "text-too-long",
            "Ce texte compte {length} caractères ; le maximum est de {limit}.",
            {"length": len(text), "limit": MAX_TEXT},
        )
    return text


def parse_reference(value: object) -> str:
    """Read a file's reference: one line of at most 64 letters, digits and `. _ / -`."""
    if type(value) is str and value.isascii() and _REFERENCE_FORM.fullmatch(value):
        return value
    text = parse_text(value)
    if not _REFERENCE_FORM.fullmatch(text):
        raise RefusalError(
            "reference-form",
            "« {text} » n'est pas une référence : 64 lettres, chiffres ou « . _ / - » au plus, sans espace.",
            {"text": text[:80]},
        )
    return text


def parse_flag(value: object) -> bool:
    """Read a yes or no as people write it: `oui`, `o`, `x`, `vrai`, `1`, `✓`, `Y`; `non`, `n`, `faux`, `0`, `N`."""
    if isinstance(value, (bool, int)) and value in {0, 1}:
        return bool(value)
    if isinstance(value, str):
        word = fold(value)
        if word in _YES:
            return True
        if word in _NO:
            return False
    raise RefusalError("flag-expected", "« {text} » n'est ni oui ni non : écrivez oui ou non.", {"text": shown(value)})


def shown(value: object) -> str:
    """Write a value, or its beginning, in the sentence that refuses it."""
    text = value if isinstance(value, str) else spell_raw(value)
    return text if len(text) <= 60 else text[:59] + "…"


def spell_raw(value: object) -> str:
    """Name a raw value of a file in a sentence, without giving a whole block back."""
    match value:
        case None:
            return "une valeur vide"
        case bool():
            return "oui" if value else "non"
        case dict():
            return "un bloc"
        case list():
            return "une liste"
        case int() if abs(value) >= 10**MAX_DIGITS:
            return "un nombre immense"
        case _:
            return str(value)


def wrong_type(code: str, template: Any, value: object) -> RefusalError:
    """Refuse a value of another type; the sentence shows what was `found`."""
    return RefusalError(code, template, {"found": shown(value)})


def json_type(kind: str, **more: object) -> WithJsonSchema:
    """State what the JSON Schema says of a type."""
    return WithJsonSchema({"type": kind, **more})


def _seen(value: str) -> str:
    text = in_form("NFC", value)
    return text if text.isprintable() else _UNSEEN.sub("", text)


Text = Annotated[str, Remembered(parse_text), json_type("string", minLength=1)]
# By what it leaves out: `\w` is any letter for Python, and an ASCII one for the editors that read the schema.
_REFERENCE: Final = r"^[^\s!-/:-@\[-`{-~][^\s!-,:-@\[-^`{-~]{0,63}$"
Reference = Annotated[str, Parsed(parse_reference), json_type("string", pattern=_REFERENCE)]
Flag = Annotated[bool, Remembered(parse_flag), WithJsonSchema({"enum": ["oui", "non", True, False]})]

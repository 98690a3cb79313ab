"""The small types every model is made of, and the one strict door through which typed text becomes a value.

Plain YAML scalars, JSON values, form answers and table cells all arrive here. A function `parse_*` takes what
was written and gives the value, or raises `PydanticCustomError` with a French sentence that says how to mend it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Final, cast

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, PlainValidator, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ami_scoring.exact import Fraction

MAX_TEXT: Final = 40_000
MAX_DIGITS: Final = 15
PARIS: Final = "Europe/Paris"

_SPACES = re.compile(r"[\s\u00a0\u202f\u2007\u2009]+")
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_NUMBER = re.compile(r"([+\-\u2212]?) ?(\d{1,3}(?: \d{3})+|\d+)(?:([.,])(\d+))?", re.ASCII)
_APART = re.compile(r"[+\-\u2212]?[\d ]+(?:[.,][\d ]+)?", re.ASCII)
_CODE_INSEE = re.compile(r"(?:\d{2}|2[AB])\d{3}", re.ASCII)
_SIREN = re.compile(r"\d{9}", re.ASCII)
_CURRENCY = re.compile(r" ?(?:€|eur|euros?)$", re.IGNORECASE)
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FRENCH_DATE = re.compile(r"(\d{1,2})[./\-](\d{1,2})[./\-](\d{2}|\d{4})")
_WRITTEN_DATE = re.compile(r"(\d{1,2})(?:er)? ([a-zàâçéèêëîïôûù]+)\.? (\d{4})")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ].+")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}(?::\d{2})?", re.ASCII)
"""What the reader of spreadsheets makes of a cell that holds a day and a time."""
_MONTHS = {
    "janvier": 1,
    "fevrier": 2,
    "mars": 3,
    "avril": 4,
    "mai": 5,
    "juin": 6,
    "juillet": 7,
    "aout": 8,
    "septembre": 9,
    "octobre": 10,
    "novembre": 11,
    "decembre": 12,
}
_YES = frozenset({"oui", "o", "vrai", "true", "yes", "x", "on"})
_NO = frozenset({"non", "n", "faux", "false", "no", "off"})


Parser = Callable[[Any], Any]


class Model(BaseModel):
    """What somebody writes in a file: frozen, with no unknown key, filled by the names of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Parsed(PlainValidator):
    """A plain validator that leaves out the schema of the type it stands for: nobody serialises, and it is slow."""

    __slots__ = ()

    def __get_pydantic_core_schema__(self, source_type: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate through the function alone, which takes the value and nothing else."""
        return core_schema.no_info_plain_validator_function(cast("Parser", self.func))


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Reduce a text to what must be equal for two spellings to mean the same.

    Case, accents' Unicode form, typographic apostrophes, and any run of spaces, no-break ones included, do not count.
    """
    plain = unicodedata.normalize("NFC", text).replace("\u2019", "'").replace("\u02bc", "'")
    return _SPACES.sub(" ", plain).strip().casefold()


@lru_cache(maxsize=8192)
def without_accents(text: str) -> str:
    """Drop accents, for matching what people type to the names that we know."""
    return "".join(char for char in unicodedata.normalize("NFD", fold(text)) if not unicodedata.combining(char))


def parse_text(value: object) -> str:
    """Read a free text: trimmed, in NFC, without characters that nobody can see."""
    if not isinstance(value, str):
        raise _error("text-expected", "Un texte est attendu ici, pas {found} ; écrivez-le entre guillemets.", value)
    text = value if value.isascii() and value.isprintable() else _seen(value)
    text = text.strip()
    if not text:
        raise PydanticCustomError("text-empty", "Ce texte est vide : complétez-le ou supprimez la ligne.")
    if len(text) > MAX_TEXT:
        raise PydanticCustomError(
            "text-too-long",
            "Ce texte compte {length} caractères ; le maximum est de {limit}.",
            {"length": len(text), "limit": MAX_TEXT},
        )
    return text


def parse_reference(value: object) -> str:
    """Read a file's reference: one line of at most 64 letters, digits and `. _ / -`."""
    text = parse_text(value)
    if not re.fullmatch(r"[^\W_][\w./-]{0,63}", text):
        raise PydanticCustomError(
            "reference-form",
            "« {text} » n'est pas une référence : 64 lettres, chiffres ou « . _ / - » au plus, sans espace.",
            {"text": text[:80]},
        )
    return text


def parse_number(value: object) -> Fraction:
    """Read an exact number, as typed in French or English: `12 000,50 €`, `0.8`.

    `1,234` and `1.234` may mean a thousand or one: they are reported, never guessed. Spaces part thousands and
    nothing else: `2 3` may be two numbers.
    """
    if isinstance(value, bool):
        raise _error("number-expected", "Un nombre est attendu ici, pas {found}.", value)
    if isinstance(value, int):
        return Fraction(_bounded(value))
    if isinstance(value, Decimal):
        return _from_decimal(value)
    if not isinstance(value, str):
        raise _error("number-expected", "Un nombre est attendu ici, pas {found}.", value)
    return _number_from_text(value)


def parse_ratio(value: object) -> Fraction:
    """Read a share, as a number or a percentage: `0.8` and `80 %` are the same."""
    if isinstance(value, str) and value.rstrip().endswith("%"):
        return parse_number(value.rstrip().removesuffix("%")) / 100
    return parse_number(value)


def parse_count(value: object) -> int:
    """Read a whole number that counts something, hence zero or more."""
    number = parse_number(value)
    if number.denominator != 1 or number.numerator < 0:
        raise PydanticCustomError(
            "count-expected", "« {text} » n'est pas un nombre entier positif.", {"text": _shown(value)}
        )
    return number.numerator


def parse_amount(value: object) -> Fraction:
    """Read an amount, a share or a measure, zero or more."""
    number = parse_number(value)
    if number.numerator < 0:
        raise PydanticCustomError(
            "negative-amount", "« {text} » est négatif ; un nombre positif est attendu.", {"text": _shown(value)}
        )
    return number


def parse_flag(value: object) -> bool:
    """Read a yes or no as people write it: `oui`, `non`, `true`, `false`, `vrai`, `faux`."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        word = fold(value)
        if word in _YES:
            return True
        if word in _NO:
            return False
    raise PydanticCustomError(
        "flag-expected", "« {text} » n'est ni oui ni non : écrivez oui ou non.", {"text": _shown(value)}
    )


def parse_day(value: object) -> date:
    """Read a date: `2021-11-30`, `30/11/2021`, `30.11.2021`, `30 novembre 2021`, `1er avril 2022`.

    An instant gives its day in Paris.
    """
    if isinstance(value, datetime):
        return (value if value.tzinfo is None else in_paris(value)).date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise _error("date-expected", "Une date est attendue ici, pas {found}.", value)
    if _INSTANT.fullmatch(value):
        return parse_day(parse_moment(value))
    return _day_from_text(value)


def parse_moment(value: object) -> date | datetime:
    """Read a date, or an instant with its offset, which is then told in Paris time.

    An instant without an offset is refused: nobody can tell on which side of midnight it falls. A typed instant is
    judged as the text that it writes; typed without an hour, it is a day.
    """
    if isinstance(value, datetime):
        value = value.isoformat() if value.tzinfo is not None or value.time() != time.min else value.date()
    text = fold(value).upper() if isinstance(value, str) else ""
    if not _MOMENT.fullmatch(text):
        return parse_day(value)
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError(
            "moment-form",
            "« {text} » n'est pas un instant : écrivez par exemple 2022-02-28T23:30:00+01:00.",
            {"text": _shown(value)},
        ) from None
    if instant.tzinfo is None:
        raise PydanticCustomError(
            "moment-without-offset",
            "« {text} » ne dit pas son décalage horaire : ajoutez +01:00 (hiver), +02:00 (été), ou Z s'il est en UTC.",
            {"text": _shown(value)},
        )
    _refuse_far_year(_shown(value), instant.year)
    return in_paris(instant)


def in_paris(instant: datetime) -> datetime:
    """Tell an instant in the legal time of metropolitan France."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - costs a read of the time zone database, rarely needed

    return instant.astimezone(ZoneInfo(PARIS))


def parse_commune_code(value: object) -> str:
    """Read an INSEE commune code: five characters, leading zero kept, `2A` and `2B` for Corsica."""
    if not isinstance(value, str):
        raise _error(
            "code-insee-form", "Un code INSEE est un texte : écrivez-le entre guillemets ({found} a été lu).", value
        )
    if len(value) == 5 and value.isascii() and value.isdigit():
        return value
    code = value if value.isalnum() else _SPACES.sub("", value)
    code = code.upper()
    if not _CODE_INSEE.fullmatch(code):
        raise PydanticCustomError(
            "code-insee-form",
            "« {text} » n'est pas un code INSEE de commune : cinq caractères, par exemple 09001 (ni nom, ni SIREN).",
            {"text": _shown(value)},
        )
    return code


def parse_qpv_code(value: object) -> str:
    """Read the code of a priority urban district: `QP` and six characters."""
    code = _SPACES.sub("", parse_text(value)).upper()
    if not re.fullmatch(r"QP[0-9A-Z]{6}", code):
        raise PydanticCustomError(
            "code-qpv-form",
            "« {text} » n'est pas un code de QPV : QP suivi de six caractères, par exemple QP031001.",
            {"text": _shown(value)},
        )
    return code


def parse_siren(value: object) -> str:
    """Read a SIREN: nine digits of which the last is a Luhn key, checked by python-stdnum."""
    from stdnum import luhn  # noqa: PLC0415 - `stdnum.fr.siren` adds 15 ms to say the same

    text = value if isinstance(value, str) else _shown(value)
    if isinstance(value, str) and not text.isalnum():
        text = _SPACES.sub("", text).replace(".", "")
    if not _SIREN.fullmatch(text) or luhn.checksum(text):
        raise PydanticCustomError(
            "siren-form",
            "« {text} » n'est pas un SIREN : neuf chiffres dont le dernier est une clé de contrôle. Recopiez-le.",
            {"text": _shown(value)},
        )
    return text


def parse_rpps(value: object) -> str:
    """Read a doctor's RPPS number: eleven digits, the last a Luhn key. Never shown back: it is personal data."""
    from stdnum import luhn  # noqa: PLC0415

    text = _SPACES.sub("", value) if isinstance(value, str) else ""
    if not re.fullmatch(r"\d{11}", text, re.ASCII) or not luhn.is_valid(text):
        raise PydanticCustomError(
            "rpps-form", "Ce numéro RPPS n'est pas valable : onze chiffres dont le dernier est une clé de contrôle."
        )
    return text


def department_of(code_insee: str) -> str:
    """Give the département of a commune from its INSEE code: two characters, three overseas."""
    return code_insee[:3] if code_insee.startswith(("97", "98")) else code_insee[:2]


def _seen(value: str) -> str:
    return _UNSEEN.sub("", unicodedata.normalize("NFC", value))


def _shown(value: object) -> str:
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


def _error(code: str, template: Any, value: object) -> PydanticCustomError:
    return PydanticCustomError(code, template, {"found": _shown(value)})


def _bounded(number: int) -> int:
    if abs(number) >= 10**MAX_DIGITS:
        raise PydanticCustomError(
            "number-range", "Ce nombre a plus de {digits} chiffres : vérifiez-le.", {"digits": MAX_DIGITS}
        )
    return number


def _from_decimal(value: Decimal) -> Fraction:
    if not value.is_finite():
        raise PydanticCustomError("number-expected", "Un nombre fini est attendu ici.")
    sign, digits, exponent = value.as_tuple()
    if isinstance(exponent, str) or exponent > MAX_DIGITS or exponent < -MAX_DIGITS or len(digits) > 2 * MAX_DIGITS:
        raise PydanticCustomError(
            "number-range", "Ce nombre a plus de {digits} chiffres : vérifiez-le.", {"digits": MAX_DIGITS}
        )
    number = Fraction(value)
    _bounded(int(number))
    return -abs(number) if sign else number


@lru_cache(maxsize=8192)
def _number_from_text(text: str) -> Fraction:
    bare = _CURRENCY.sub("", _SPACES.sub(" ", text).strip())
    found = _NUMBER.fullmatch(bare)
    if found is None:
        if _APART.fullmatch(bare):
            raise PydanticCustomError(
                "number-expected",
                "« {text} » n'est pas un nombre : les espaces séparent les milliers (1 234 567), et rien d'autre.",
                {"text": _shown(text)},
            )
        raise PydanticCustomError("number-expected", "« {text} » n'est pas un nombre.", {"text": _shown(text)})
    sign, whole, _, tail = found.groups()
    whole = whole.replace(" ", "")
    if tail and len(tail) == 3 and len(whole) <= 3 and whole != "0":
        raise PydanticCustomError(
            "number-ambiguous",
            "« {text} » peut se lire {thousands} ou {decimal} : écrivez l'un ou l'autre.",
            {
                "text": _shown(text),
                "thousands": f"{sign}{whole}{tail}",
                "decimal": f"{sign}{_not_thousands(whole, tail)}",
            },
        )
    if len(whole) > MAX_DIGITS or len(tail or "") > MAX_DIGITS:
        raise PydanticCustomError(
            "number-range", "Ce nombre a plus de {digits} chiffres : vérifiez-le.", {"digits": MAX_DIGITS}
        )
    number = Fraction(int(whole + (tail or "")), 10 ** len(tail or ""))
    return -number if sign in {"-", "\u2212"} else number


def _not_thousands(whole: str, tail: str) -> str:
    """Write a number with decimals so that it is not taken for thousands: `1,25`, or `1,2340` for want of better."""
    decimals = tail.rstrip("0")
    return f"{whole},{decimals}{'0' if len(decimals) == 3 else ''}" if decimals else whole


@lru_cache(maxsize=8192)
def _day_from_text(text: str) -> date:
    words = fold(text)
    if found := _ISO_DATE.fullmatch(words):
        year, month, day = (int(part) for part in found.groups())
    elif found := _FRENCH_DATE.fullmatch(words):
        if len(found[3]) == 2:
            raise PydanticCustomError(
                "date-two-digit-year", "« {text} » : écrivez l'année avec quatre chiffres.", {"text": _shown(text)}
            )
        day, month, year = (int(part) for part in found.groups())
    elif (found := _WRITTEN_DATE.fullmatch(words)) and without_accents(found[2]) in _MONTHS:
        day, month, year = int(found[1]), _MONTHS[without_accents(found[2])], int(found[3])
    else:
        raise PydanticCustomError(
            "date-expected",
            "« {text} » n'est pas une date : écrivez par exemple 2022-02-28 ou 28/02/2022.",
            {"text": _shown(text)},
        )
    return _calendar_day(text, year, month, day)


def _calendar_day(text: str, year: int, month: int, day: int) -> date:
    if month > 12 >= day >= 1:
        raise PydanticCustomError(
            "date-swapped",
            "« {text} » : il n'y a pas de mois {month}. Le jour et le mois sont-ils inversés ?",
            {"text": _shown(text), "month": month},
        )
    _refuse_far_year(_shown(text), year)
    try:
        return date(year, month, day)
    except ValueError:
        raise PydanticCustomError(
            "date-unknown", "« {text} » : ce jour n'existe pas au calendrier.", {"text": _shown(text)}
        ) from None


def _refuse_far_year(text: str, year: int) -> None:
    if not 1900 <= year <= 2199:
        raise PydanticCustomError(
            "date-range", "« {text} » : l'année {year} est hors de 1900-2199.", {"text": text, "year": year}
        )


def _typed(kind: str, **more: object) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **more})


Text = Annotated[str, Parsed(parse_text), _typed("string", minLength=1)]
Reference = Annotated[str, Parsed(parse_reference), _typed("string", pattern=r"^[^\W_][\w./-]{0,63}$")]
Number = Annotated[Fraction, Parsed(parse_number), WithJsonSchema({"type": ["number", "string"]})]
Count = Annotated[int, Parsed(parse_count), _typed("integer", minimum=0)]
Flag = Annotated[bool, Parsed(parse_flag), WithJsonSchema({"enum": ["oui", "non", True, False]})]
Day = Annotated[date, Parsed(parse_day), _typed("string")]
Moment = Annotated[date | datetime, Parsed(parse_moment), _typed("string")]
CodeInsee = Annotated[
    str, Parsed(parse_commune_code), _typed("string", pattern=r"^\s*(\d\s*\d|2\s*[ABab])(\s*\d){3}\s*$")
]
CodeQpv = Annotated[str, Parsed(parse_qpv_code), _typed("string", pattern=r"^\s*[Qq]\s*[Pp](\s*[0-9A-Za-z]){6}\s*$")]
Siren = Annotated[str, Parsed(parse_siren), _typed("string", pattern=r"^\s*\d(\s*\d){8}\s*$")]
Rpps = Annotated[str, Parsed(parse_rpps), _typed("string", pattern=r"^\s*\d(\s*\d){10}\s*$")]

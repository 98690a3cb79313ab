"""Sentences for people: a French template and its values, rendered only when somebody reads them."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from numbers import Rational
from typing import NamedTuple

from ami_scoring.exact import Fraction
from ami_scoring.patterns import late

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"
MINUS = "\u2212"

_SURROGATE = late("[\ud800-\udfff]")
_UNSEEN = late("[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")

_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


class Message(NamedTuple):
    """One sentence: a French template in `str.format` style and the values it names.

    The template is the key that a translation would look up, so it never holds a value itself.
    """

    template: str
    params: Mapping[str, object] = {}

    def __str__(self) -> str:
        """Render in French, numbers and dates as a French reader writes them."""
        if self.template == "{said}" and type(whole := self.params["said"]) is str:
            return whole
        said = {name: value if type(value) is str else spell(value) for name, value in self.params.items()}
        return self.template.format(**said)


def spell(value: object) -> str:
    """Write one value for a French reader: `12,5`, `3 octobre 2022`, `oui`, `a, b`."""
    if type(value) is Fraction:
        return spell_number(value)
    match value:
        case str():
            return str(value)
        case bool():
            return "oui" if value else "non"
        case Rational():
            return spell_number(Fraction(int(value.numerator), int(value.denominator)))
        case datetime():
            return f"{spell_date(value.date())} à {value:%H}{NO_BREAK}h{NO_BREAK}{value:%M}"
        case date():
            return spell_date(value)
        case frozenset() | set():
            return ", ".join(sorted(spell(item) for item in value))
        case Message():
            return str(value)
        case list() | tuple():
            return ", ".join(spell(item) for item in value)
        case _:
            return str(value)


def to_the_second(moment: datetime) -> str:
    """Write an instant where seconds decide: `30 juin 2024 à 12 h 00 min 30 s`, with the fraction if there is one."""
    fraction = f",{moment.microsecond:06}".rstrip("0") if moment.microsecond else ""
    return f"{spell(moment)}{NO_BREAK}min{NO_BREAK}{moment:%S}{fraction}{NO_BREAK}s"


def once(messages: Iterable[Message]) -> tuple[Message, ...]:
    """Leave out the messages that were said already."""
    said = tuple(messages)
    return tuple(message for place, message in enumerate(said) if message not in said[:place])


def named(names: Sequence[str], most: int = 12, word: str = "et") -> str:
    """Write a list as in a sentence: `A, B et C`; beyond `most` names, the first ones and how many others."""
    if len(names) < 2:  # as most are
        return "".join(names)
    shown = list(names) if len(names) <= most else [*names[: most - 1], f"{spell(len(names) - most + 1)} autres"]
    return f" {word} ".join(part for part in (", ".join(shown[:-1]), *shown[-1:]) if part)


def spell_date(day: date) -> str:
    """Write a date in full: `1er avril 2022`."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[day.month - 1]} {day.year}"


@lru_cache(maxsize=4_096)
def spell_number(number: int | Fraction) -> str:
    """Write an exact number: `12 000,5` when it ends within six decimals, `3,33 (exactement 10/3)` otherwise."""
    if number.denominator == 1:
        return _signed(f"{abs(number.numerator):,}".replace(",", NARROW_NO_BREAK), number)
    if not ends(number):
        return f"{rounded(number, 2)} {exactly(number)}"
    return _grouped(Fraction(number), 6).rstrip("0").rstrip(",")


def ends(number: int | Fraction) -> bool:
    """Say whether a number can be written whole with six decimals at most."""
    return (number * 10**6).denominator == 1


def exactly(number: int | Fraction) -> str:
    """Write the fraction behind a number that is shown rounded."""
    return f"(exactement{NO_BREAK}{_signed(f'{abs(number.numerator)}/{number.denominator}', number)})"


def rounded(number: int | Fraction, decimals: int) -> str:
    """Round half up, away from zero, to a fixed count of decimals, with a decimal comma."""
    return _rounded(number.numerator, number.denominator, decimals)


@lru_cache(maxsize=4_096)
def _rounded(numerator: int, denominator: int, decimals: int) -> str:
    # The same few numbers come back, and pairs of integers are found faster than fractions.
    return _grouped(Fraction(numerator, denominator), decimals)


def half_up(number: int | Fraction, decimals: int) -> Fraction:
    """Round an exact number half up, away from zero (2,345 → 2,35 and −2,345 → −2,35)."""
    scale = 10**decimals
    scaled = abs(Fraction(number)) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if number >= 0 else -whole, scale)


def typeset(text: str) -> str:
    """Put no-break spaces where French typography wants them, so that no line begins or ends with a lone sign."""
    for sign in (" :", " ;", " ?", " !", " »", " %"):
        text = text.replace(sign, NO_BREAK + sign[1])
    return text.replace("« ", "«" + NO_BREAK)


def printable(text: str) -> str:
    r"""Make any text safe to show on one line: control, direction and undecodable characters become `\xNN` forms."""
    # The two no-break spaces are all that is shown of what Python takes for unprintable.
    if text.replace(NO_BREAK, "").replace(NARROW_NO_BREAK, "").isprintable():
        return text
    return "".join(char if _is_shown(char) else _escaped(char) for char in text)


def seen_in_json(text: str) -> str:
    """Write as escapes what a JSON text holds unseen, or that turns a line round.

    Undecodable bytes of a file's name are spelt out, for strict readers.
    """
    spelt = _SURROGATE.sub(lambda found: f"\\\\u{ord(found[0]):04x}", text)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", spelt)


def _is_shown(char: str) -> bool:
    return char in {NO_BREAK, NARROW_NO_BREAK} or (
        char.isprintable() and unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    )


def _escaped(char: str) -> str:
    return char.encode("unicode_escape", "surrogatepass").decode("ascii")


def _grouped(number: Fraction, decimals: int) -> str:
    scaled = half_up(number, decimals) * 10**decimals
    digits = str(abs(scaled.numerator)).rjust(decimals + 1, "0")
    whole, tail = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    head = f"{int(whole):,}".replace(",", NARROW_NO_BREAK)
    return _signed(f"{head},{tail}" if decimals else head, scaled)


def _signed(digits: str, number: int | Fraction) -> str:
    return MINUS + digits if number < 0 else digits

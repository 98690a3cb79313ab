"""Numbers, shares, counts and amounts, as typed in French or English: exact, and never guessed."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Annotated

from ami_scoring.domain.modelling.markers import WithJsonSchema
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import MAX_DIGITS, Parsed, json_type, shown, wrong_type
from ami_scoring.exact import Fraction
from ami_scoring.patterns import late

_NUMBER = late(r"([+\-\u2212]?) ?(\d{1,3}(?: \d{3})+|\d+)(?:([.,])(\d+))?", re.ASCII)
_APART = late(r"[+\-\u2212]?[\d ]+(?:[.,][\d ]+)?", re.ASCII)
_MINUS = frozenset({"-", "\u2212"})
_CURRENCY = late(r" ?(?:€|eur|euros?)$", re.IGNORECASE)


class Decimals(str):
    """A number such as `1.103`, whose column shows that its sign parts decimals and not thousands.

    It is the text that was written, for whoever asks for a text.
    """

    __slots__ = ()


def parse_number(value: object) -> Fraction:
    """Read an exact number, as typed in French or English: `12 000,50 €`, `0.8`.

    `1,234` and `1.234` may mean a thousand or one: they are reported, never guessed. Spaces part thousands and
    nothing else: `2 3` may be two numbers.
    """
    if isinstance(value, bool):
        raise wrong_type("number-expected", "Un nombre est attendu ici, pas {found}.", value)
    if isinstance(value, int):
        return Fraction(_bounded(value))
    if isinstance(value, Decimal):
        return _from_decimal(value)
    if not isinstance(value, str):
        raise wrong_type("number-expected", "Un nombre est attendu ici, pas {found}.", value)
    return _number_from_text(f"{value}0" if isinstance(value, Decimals) else value)


def two_readings(text: str) -> tuple[Fraction, Fraction] | None:
    """Give both readings of a number such as `59,996`, as thousands then with decimals; None for any other text."""
    found = _NUMBER.fullmatch(_bare(text))
    if found is None or not _is_ambiguous(found[2], found[4]):
        return None
    sign = -1 if found[1] in _MINUS else 1
    whole = int(found[2] + found[4])
    return Fraction(sign * whole), Fraction(sign * whole, 1000)


def parse_ratio(value: object) -> Fraction:
    """Read a share, as a number or a percentage: `0.8` and `80 %` are the same."""
    if isinstance(value, str) and value.rstrip().endswith("%"):
        return parse_number(value.rstrip().removesuffix("%")) / 100
    return parse_number(value)


def parse_count(value: object) -> int:
    """Read a whole number that counts something, hence zero or more."""
    number = parse_number(value)
    if number.denominator != 1 or number.numerator < 0:
        raise RefusalError("count-expected", "« {text} » n'est pas un nombre entier positif.", {"text": shown(value)})
    return number.numerator


def parse_amount(value: object) -> Fraction:
    """Read an amount, a share or a measure, zero or more."""
    number = parse_number(value)
    if number.numerator < 0:
        raise RefusalError(
            "negative-amount", "« {text} » est négatif ; un nombre positif est attendu.", {"text": shown(value)}
        )
    return number


def _bounded(number: int) -> int:
    if abs(number) >= 10**MAX_DIGITS:
        raise RefusalError(
            "number-range", "Ce nombre a plus de {digits} chiffres : vérifiez-le.", {"digits": MAX_DIGITS}
        )
    return number


def _from_decimal(value: Decimal) -> Fraction:
    if not value.is_finite():
        raise RefusalError("number-expected", "Un nombre fini est attendu ici.")
    sign, digits, exponent = value.as_tuple()
    if isinstance(exponent, str) or exponent > MAX_DIGITS or exponent < -MAX_DIGITS or len(digits) > 2 * MAX_DIGITS:
        raise RefusalError(
            "number-range", "Ce nombre a plus de {digits} chiffres : vérifiez-le.", {"digits": MAX_DIGITS}
        )
    number = Fraction(value)
    _bounded(int(number))
    return -abs(number) if sign else number


@lru_cache(maxsize=8192)
def _number_from_text(text: str) -> Fraction:
    if text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS:
        return Fraction(int(text))
    bare = _bare(text)
    found = _NUMBER.fullmatch(bare)
    if found is None:
        if _APART.fullmatch(bare):
            raise RefusalError(
                "number-expected",
                "« {text} » n'est pas un nombre : les espaces séparent les milliers (1 234 567), et rien d'autre.",
                {"text": shown(text)},
            )
        raise RefusalError("number-expected", "« {text} » n'est pas un nombre.", {"text": shown(text)})
    sign, whole, _, tail = found.groups()
    whole = whole.replace(" ", "")
    if _is_ambiguous(whole, tail):
        raise RefusalError(
            "number-ambiguous",
            "« {text} » peut se lire {thousands} ou {decimal} : écrivez l'un ou l'autre.",
            {
                "text": shown(text),
                "thousands": f"{sign}{whole}{tail}",
                "decimal": f"{sign}{_not_thousands(whole, tail)}",
            },
        )
    if len(whole) > MAX_DIGITS or len(tail or "") > MAX_DIGITS:
        raise RefusalError(
            "number-range", "Ce nombre a plus de {digits} chiffres : vérifiez-le.", {"digits": MAX_DIGITS}
        )
    number = Fraction(int(whole + (tail or "")), 10 ** len(tail or ""))
    return -number if sign in _MINUS else number


def _bare(text: str) -> str:
    return _CURRENCY.sub("", " ".join(text.split()))


def _is_ambiguous(whole: str, tail: str | None) -> bool:
    return bool(tail) and len(tail or "") == 3 and len(whole) <= 3 and whole != "0"


def _not_thousands(whole: str, tail: str) -> str:
    """Write a number with decimals so that it is not taken for thousands: `1,25`, or `1,2340` for want of better."""
    decimals = tail.rstrip("0")
    return f"{whole},{decimals}{'0' if len(decimals) == 3 else ''}" if decimals else whole


Number = Annotated[Fraction, Parsed(parse_number), WithJsonSchema({"type": ["number", "string"]})]
Count = Annotated[int, Parsed(parse_count), json_type("integer", minimum=0)]

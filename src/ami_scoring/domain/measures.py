"""Numbers that an answer gives with the unit of its question: `150 m²`, `3 ans`; another unit is never guessed away."""

from __future__ import annotations

import re
from functools import partial
from typing import Annotated, Final

from pydantic import WithJsonSchema
from pydantic_core import PydanticCustomError

from ami_scoring.domain.primitives import Parsed, without_accents
from ami_scoring.domain.quantities import parse_amount, parse_count
from ami_scoring.exact import Fraction

_WITH_UNIT: Final = re.compile(r"([+\-\u2212]?[\d .,]*\d) ?([^\d., ].{0,60})", re.ASCII)
_SPELLINGS: Final = {
    "€": {"€", "eur", "euro"},
    "€ par an": {"€ par an", "€/an", "€ / an", "euro par an"},
    "k€": {"k€"},
    "m²": {"m²", "m2", "metre carre"},
    "an": {"an", "annee"},
    "habitant": {"habitant", "hab", "hab."},
}
"""Units that people write in several ways, all in small letters, without accents, in the singular."""
_CASE_COUNTS: Final = 2
"""Letters of a unit up to which its case may be its meaning: `M€` is no `m€`."""


def without_unit(value: object, unit: str) -> object:
    """Give the number of an answer that repeats the unit of its question, and any other value as it is.

    A number in another unit is refused: `2 ha` is not 2 m², and `12 €` is not 12 k€. Raises `PydanticCustomError`.
    """
    if not unit or not isinstance(value, str):
        return value
    found = _WITH_UNIT.fullmatch(" ".join(value.split()))
    if found is None or _is_same(found[2], unit):
        return found[1] if found else value
    raise PydanticCustomError(
        "number-expected",
        "« {text} » n'est pas un nombre : écrivez-le en chiffres (unité : {unit}).",
        {"text": value.strip()[:60], "unit": unit},
    )


def _is_same(typed: str, unit: str) -> bool:
    """Say whether two units are one; an amount by the year or by the head is still in euros."""
    written, meant = _singular(typed), _singular(unit)
    if written in _SPELLINGS.get(meant, ()):
        return True
    if written in _SPELLINGS["€"] and re.split(r"[ /]", meant)[0] in _SPELLINGS["€"]:
        return True
    return typed == unit or (len(unit) > _CASE_COUNTS and written == meant)


def _singular(unit: str) -> str:
    return " ".join(word[:-1] if word.endswith(("s", "x")) else word for word in without_accents(unit).split(" "))


def _parse_measured(value: object, unit: str) -> Fraction:
    return parse_amount(without_unit(value, unit))


def _parse_counted(value: object, unit: str) -> int:
    return parse_count(without_unit(value, unit))


_AMOUNT: Final = WithJsonSchema({"type": ["number", "string"]})
_COUNT: Final = WithJsonSchema({"type": "integer", "minimum": 0})

Surface = Annotated[Fraction, Parsed(partial(_parse_measured, unit="m²")), _AMOUNT]
YearlyAmount = Annotated[Fraction, Parsed(partial(_parse_measured, unit="€ par an")), _AMOUNT]
Years = Annotated[int, Parsed(partial(_parse_counted, unit="ans")), _COUNT]
Inhabitants = Annotated[int, Parsed(partial(_parse_counted, unit="habitants")), _COUNT]
Rooms = Annotated[int, Parsed(partial(_parse_counted, unit="bureaux")), _COUNT]

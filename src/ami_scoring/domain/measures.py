"""Numbers that an answer gives with the unit of its question: `150 m²`, `3 ans`; another unit is never guessed away."""

from __future__ import annotations

import re
from functools import partial
from typing import Annotated, Final

from ami_scoring.domain.modelling.markers import WithJsonSchema
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import Remembered, without_accents
from ami_scoring.domain.quantities import parse_amount, parse_count
from ami_scoring.exact import Fraction
from ami_scoring.patterns import late

_WITH_UNIT: Final = late(r"([+\-\u2212]?[\d .,]*\d) ?([^\d., ].{0,60})", re.ASCII)
_SPELLINGS: Final = {
    "€": {"€", "eur", "euro"},
    "k€": {"k€"},
    "m²": {"m²", "m2", "metre carre"},
    "an": {"an"},
    "habitant": {"habitant", "hab", "hab."},
}
"""Units that people write in several ways, all in small letters, without accents, in the singular."""
_WORDS: Final = {"eur": "€", "euro": "€", "annee": "an"}
"""Words of units that people write in several ways, as the word that they all stand for."""
_CASE_COUNTS: Final = 2
"""Letters of the first word of a unit up to which its case may be its meaning: `M€ par an` is no `m€ par an`."""


def without_unit(value: object, unit: str) -> object:
    """Give the number of an answer that repeats the unit of its question, and any other value as it is.

    A number in another unit is refused: `2 ha` is not 2 m², and `12 €` is not 12 k€. Raises `RefusalError`.
    """
    if not unit or not isinstance(value, str):
        return value
    found = _WITH_UNIT.fullmatch(" ".join(value.split()))
    if found is None or _is_same(found[2], unit):
        return found[1] if found else value
    raise RefusalError(
        "number-expected",
        "« {text} » n'est pas un nombre : écrivez-le en chiffres (unité : {unit}).",
        {"text": value.strip()[:60], "unit": unit},
    )


def _is_same(typed: str, unit: str) -> bool:
    """Say whether two units are one; an amount by the year or by the head is still in euros."""
    written, meant = _plain(typed), _plain(unit)
    if written in _SPELLINGS.get(meant, ()) or (written == "€" and meant.split(" ")[0] == "€"):
        return True
    return written == meant and not _differ_by_case(_first_word(typed), _first_word(unit))


def _plain(unit: str) -> str:
    """Write a unit as units are compared: without accents nor plurals, `€ par an` for `euros/an`."""
    words = without_accents(unit).replace("/", " par ").split()
    singular = (word[:-1] if word.endswith(("s", "x")) else word for word in words)
    return " ".join(_WORDS.get(word, word) for word in singular)


def _differ_by_case(typed: str, unit: str) -> bool:
    return len(unit) <= _CASE_COUNTS and typed != unit and typed.casefold() == unit.casefold()


def _first_word(unit: str) -> str:
    return re.split(r"[ /]", unit.strip(), maxsplit=1)[0]


def _parse_measured(value: object, unit: str) -> Fraction:
    return parse_amount(without_unit(value, unit))


def _parse_counted(value: object, unit: str) -> int:
    return parse_count(without_unit(value, unit))


_AMOUNT: Final = WithJsonSchema({"type": ["number", "string"]})
_COUNT: Final = WithJsonSchema({"type": "integer", "minimum": 0})

Surface = Annotated[Fraction, Remembered(partial(_parse_measured, unit="m²")), _AMOUNT]
YearlyAmount = Annotated[Fraction, Remembered(partial(_parse_measured, unit="€ par an")), _AMOUNT]
Years = Annotated[int, Remembered(partial(_parse_counted, unit="ans")), _COUNT]
Inhabitants = Annotated[int, Remembered(partial(_parse_counted, unit="habitants")), _COUNT]
Rooms = Annotated[int, Remembered(partial(_parse_counted, unit="bureaux")), _COUNT]

"""How one cell of an export is read: exactly what its line of the mapping says, and nothing more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Final

from ami_scoring.domain.correspondence import MappedAnswer, Numbers, Reading
from ami_scoring.domain.dates import PARIS
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import SPACES, fold
from ami_scoring.domain.quantities import parse_number
from ami_scoring.exact import Fraction
from ami_scoring.sources.spreadsheets.cells import spell_decimal

YES: Final = frozenset({"1", "oui", "o", "x", "vrai", "true", "yes", "on", "✓"})
"""What the column of one choice holds where the choice is made."""

_SIRET: Final = re.compile(r"\d{14}", re.ASCII)
_POSTAL: Final = re.compile(r"\s*\(\d[\dAB]\d{3}\)\s*$", re.ASCII)
_MOMENT: Final = re.compile(
    r"(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<d2>\d{1,2})/(?P<m2>\d{1,2})/(?P<y2>\d{4}))"
    r"[ T]+(?:à )?(?P<h>\d{1,2})[:h](?P<min>\d{2})(?::(?P<s>\d{2})(?:\.\d+)?)?\s*(?P<off>[+-]\d{2}:?\d{2}|Z|UTC)?",
    re.ASCII,
)
_WRITTEN: Final = {
    Numbers.SPACES: (re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:,\d+)?|[+-]?\d+(?:,\d+)?", re.ASCII), " ", ","),
    Numbers.POINTS: (re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?|[+-]?\d+(?:,\d+)?", re.ASCII), ".", ","),
    Numbers.COMMAS: (re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?", re.ASCII), ",", "."),
}
_EUROS: Final = re.compile(r"\s*(?:€|euros?|eur)$", re.IGNORECASE)
_MOST_DECIMALS: Final = 15


def is_missing(text: str, answer: MappedAnswer) -> bool:
    """Say whether the mapping holds what is written for no answer at all."""
    return any(fold(text) == fold(word) for word in answer.missing)


def value_of(text: str, answer: MappedAnswer) -> str:
    """Read what is written. What cannot be read as the line says is left as it is, for the strict door to refuse."""
    for written, meant in answer.values.items():
        if fold(text) == fold(written):
            return meant
    text = _read(text.strip(), answer.read)
    if answer.numbers is not None:
        text = _number(text, answer.numbers)
    if answer.times is not None:
        text = _multiplied(text, answer.times)
    return f"{answer.prefix or ''}{text}"


def values_of(text: str, answer: MappedAnswer) -> list[str]:
    """Read the choices that one cell holds, each as `value_of` does."""
    pieces = [text] if answer.separator is None else text.replace("\r\n", "\n").split(answer.separator)
    return [value_of(piece.strip(), answer) for piece in pieces if piece.strip()]


def _read(text: str, reading: Reading | None) -> str:
    if reading is Reading.SIREN:
        bare = SPACES.sub("", text)
        return bare[:9] if _SIRET.fullmatch(bare) else text
    if reading is Reading.COMMUNE:
        return _POSTAL.sub("", text)
    return _moment(text) if reading is Reading.MOMENT else text


def _moment(text: str) -> str:
    """Write a day and its hour with the offset that it gives, or else with that of Paris."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return text
    year, month, day = (int(found[name] or found[f"{name}2"]) for name in ("y", "m", "d"))
    offset = (found["off"] or "").replace("UTC", "+0000").replace("Z", "+0000").replace(":", "")
    try:
        moment = datetime(year, month, day, int(found["h"]), int(found["min"]), int(found["s"] or 0))  # noqa: DTZ001
    except ValueError:
        return text
    if offset:
        return f"{moment.isoformat()}{offset[:3]}:{offset[3:]}"
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - costs a read of the time zone database

    return moment.replace(tzinfo=ZoneInfo(PARIS)).isoformat()


def _number(text: str, written: Numbers) -> str:
    form, thousands, mark = _WRITTEN[written]
    bare = _EUROS.sub("", SPACES.sub(" ", text).strip())
    if not form.fullmatch(bare):
        return text
    return spell_decimal(Decimal(bare.replace(thousands, "").replace(mark, ".")))


def _multiplied(text: str, times: Fraction) -> str:
    try:
        product = parse_number(text.removesuffix("%")) * times
    except RefusalError:
        return text
    return spell_fraction(product) or text


def spell_fraction(number: Fraction) -> str | None:
    """Write a fraction as a decimal number; None where no decimal number of a readable length is equal to it."""
    scaled = number * 10**_MOST_DECIMALS
    if scaled.denominator != 1:
        return None
    return spell_decimal(Decimal(scaled.numerator).scaleb(-_MOST_DECIMALS))


def chosen(cells: dict[str, str | None]) -> Iterator[str]:
    """Give the choices made, from what the column of each one holds."""
    for choice, text in cells.items():
        if text is not None and fold(text) in YES:
            yield choice

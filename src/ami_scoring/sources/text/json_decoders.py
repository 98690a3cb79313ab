"""Decoders of JSON: exact numbers, each key once, no constant that JSON does not know.

The strict ones stop at what JSON's own reader would let pass; the lenient one goes on, with nothing in its place.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from ami_scoring.sources.files.document import fold

MAX_DIGITS = 100
"""A number with more characters, or with a greater power of ten, is refused."""


class SuspectError(Exception):
    """Something that JSON's reader would let pass: the places are looked for in a second reading."""


def is_bounded(digits: str) -> bool:
    """Say whether a number may be a measure or an amount: neither too many digits, nor too great a power of ten."""
    if len(digits) > MAX_DIGITS:
        return False
    if "e" not in digits and "E" not in digits:
        return True
    return abs(int(digits.lower().partition("e")[2])) <= MAX_DIGITS


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Measured: 4 µs for the 11 groups of an 800-byte line; counting keys in the text and in the result is no faster.
    group = dict(pairs)
    if len(group) != len(pairs):
        raise SuspectError
    return group


def _once_folded(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    group = dict(pairs)
    if len(group) != len(pairs) or (not "".join(group).isascii() and len(set(map(fold, group))) != len(group)):
        raise SuspectError
    return group


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise SuspectError
    return int(digits)


def _exact(digits: str) -> Decimal:
    if not is_bounded(digits):
        raise SuspectError
    return Decimal(digits)


def _refuse_constant(_: str) -> None:
    raise SuspectError


def _integer_or_none(digits: str) -> int | None:
    return int(digits) if is_bounded(digits) else None


def _exact_or_none(digits: str) -> Decimal | None:
    return Decimal(digits) if is_bounded(digits) else None


def _none(_: str) -> None:
    return None


EXACT = json.JSONDecoder(parse_float=_exact, parse_constant=_refuse_constant)
"""Exact numbers, and the last of equal keys: for those who count keys."""
STRICT = json.JSONDecoder(
    object_pairs_hook=_once, parse_float=_exact, parse_int=_integer, parse_constant=_refuse_constant
)
"""Raises `SuspectError` at the first thing that has to be looked for."""
STRICT_FOLDED = json.JSONDecoder(
    object_pairs_hook=_once_folded, parse_float=_exact, parse_int=_integer, parse_constant=_refuse_constant
)
"""The same; keys that only `fold` makes equal are one key."""
LENIENT = json.JSONDecoder(parse_float=_exact_or_none, parse_int=_integer_or_none, parse_constant=_none)
"""Gives the last of equal keys, and nothing for a number that is refused."""

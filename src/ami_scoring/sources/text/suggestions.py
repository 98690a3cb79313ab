"""« Vouliez-vous dire … ? »: the known word nearest to a mistyped one, accents and case apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ami_scoring.domain.primitives import without_accents
from ami_scoring.messages import Message

_SHORT: Final = 3
MEANT: Final = "Vouliez-vous dire"
"""How a suggestion begins that names what was meant."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Give the one known word within a third of the letters (Damerau-Levenshtein), or None when none or several are.

    Of dotted names, the last part counts: a prefix forgotten, or taken for another, is one letter, and a long one
    allows no more.
    """
    bare = without_accents(word[:80])
    distances = sorted((_distance(bare, without_accents(name)), name) for name in set(known))
    if not distances or distances[0][0] > max(1, len(bare.rpartition(".")[2]) // 3):
        return None
    tied = len(distances) > 1 and distances[0][0] == distances[1][0]
    return None if tied else distances[0][1]


def _distance(word: str, name: str) -> int:
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415 - only a mistake needs it

    whole = DamerauLevenshtein.distance(word, name)
    if "." not in name:
        return whole
    (head, _, tail), (its_head, _, its_tail) = word.rpartition("."), name.rpartition(".")
    return min(whole, DamerauLevenshtein.distance(tail, its_tail) + (head != its_head))


def value_meant(word: str, known: Iterable[str]) -> Message | None:
    """Ask whether the nearest of the values admitted was meant.

    Another number is another value, and so is another letter in a code of three at most: `ZRR` is no misspelt `ZAR`.
    """
    near = nearest(word, known)
    if near is None or _digits(word) != _digits(near):
        return None
    bare, its_bare = without_accents(word), without_accents(near)
    if len(bare) == len(its_bare) <= _SHORT and sorted(bare) != sorted(its_bare):
        return None
    return Message("Vouliez-vous dire « {near} » ?", {"near": near})


def _digits(word: str) -> str:
    return "".join(char for char in word if char.isdigit())


def did_you_mean(word: str, known: Iterable[str]) -> Message | None:
    """Ask whether the nearest known word was meant, or list the known words when they are few."""
    names = sorted(set(known))
    near = nearest(word, names)
    if near is not None:
        return Message("Vouliez-vous dire « {near} » ?", {"near": near})
    return Message("Clés possibles ici : {names}.", {"names": names}) if 0 < len(names) <= 20 else None

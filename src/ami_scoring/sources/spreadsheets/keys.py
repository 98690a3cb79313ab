"""The keys that the columns of a table may name: those of a candidature, of opinions, of verifications."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Final, NamedTuple

from ami_scoring.domain.fields import fields
from ami_scoring.sources.spreadsheets.answers import COUNT, REQUIRED_BLOCKS

_NUMBER: Final = re.compile(r"\.[1-9]\d{0,3}(?=\.|$)")
_OPINION: Final = re.compile(r"avis\.[^.]+\.(?:note|motif)")
_OF_OPINIONS: Final = ("reference", "assesseur", "conflit")
_OF_VERIFICATIONS: Final = ("reference", "donnee", "valeur", "par", "le", "source")


class Keys(NamedTuple):
    """What one kind of table is made of."""

    is_known: Callable[[str], bool]
    names: Callable[[], Collection[str]]
    """The keys to suggest where a heading is nearly one of them."""
    enough: int
    """Known keys without which a line is no heading of this kind."""
    dotted: bool
    """Whether one of them at least is a dotted name: words such as « zone » head many tables."""
    blocks: tuple[str, ...] = ()
    """Blocks given even when all is blank."""
    what: str = "candidature"
    alike: bool = True
    """Whether a column holds answers of one kind, so that each tells how the others are written."""


def is_candidature_key(key: str) -> bool:
    """Say whether a key is one of a candidature file, elements of lists counted from 1."""
    if key.startswith("complements."):
        return True
    bare = without_numbers(key)
    known = fields()
    if key.endswith(f".{COUNT}"):
        return key.removesuffix(f".{COUNT}") in known
    return bare in known and not _below(bare) and (key != bare or column_of(bare) == bare)


def column_of(key: str) -> str:
    """Give the column that holds a key: below a list of blocks, that of the first of them."""
    key = next(iter(_below(key)), key)
    known, parts = fields(), key.split(".")
    above = [".".join(parts[: place + 1]) for place in range(len(parts) - 1)]
    numbered = [f"{part}.1" if known[its].is_list else part for part, its in zip(parts, above, strict=False)]
    return ".".join([*numbered, parts[-1]]) if key in known else key


def _below(key: str) -> list[str]:
    return [other for other in fields() if other.startswith(f"{key}.")]


def without_numbers(key: str) -> str:
    """Take the numbers of elements out of a key."""
    return _NUMBER.sub("", key)


def _is_opinion_key(key: str) -> bool:
    return key in _OF_OPINIONS or _OPINION.fullmatch(key) is not None


def _opinion_names() -> Collection[str]:
    return _OF_OPINIONS


CANDIDATURES: Final = Keys(is_candidature_key, fields, 3, dotted=True, blocks=REQUIRED_BLOCKS)
OPINIONS: Final = Keys(_is_opinion_key, _opinion_names, 3, dotted=True, what="avis")
VERIFICATIONS: Final = Keys(
    _OF_VERIFICATIONS.__contains__, lambda: _OF_VERIFICATIONS, 3, dotted=False, what="vérification", alike=False
)
KINDS: Final = {"candidatures": CANDIDATURES, "opinions": OPINIONS, "verifications": VERIFICATIONS}
"""By what the lines of a table are."""

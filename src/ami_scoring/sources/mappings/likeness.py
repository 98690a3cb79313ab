"""How near a wording is to another, in words: accents, plurals, order and words that say nothing do not count."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from ami_scoring.domain.primitives import fold, without_accents
from ami_scoring.sources.mappings.lexicon import EMPTY

STEM: Final = 6
"""Letters by which two words are taken for one: « disponible » and « disponibilité »."""
_WORD: Final = re.compile(r"[a-z0-9]+")
_RECALL: Final = 0.7
"""What counts more: that a question holds all the words of a wording, or that it holds no others."""
_SHORT: Final = 3
_MOST: Final = 300


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """Give the words that matter of a text, each by its beginning."""
    return frozenset(word[:STEM].rstrip("sx") if len(word) > _SHORT else word for word in words(text))


@lru_cache(maxsize=4096)
def words(text: str) -> frozenset[str]:
    """Give the words that matter of a text, whole but for the mark of a plural."""
    found = _WORD.findall(without_accents(text[:_MOST].replace("²", "2").replace("°", " ")))
    kept = [word for word in found if word not in EMPTY] or found
    return frozenset(word.rstrip("sx") if len(word) > _SHORT else word for word in kept)


def likeness(question: str, wordings: Iterable[str]) -> float:
    """Say from 0 to 1 how near a question is to the nearest of some wordings; 1 where it is one of them."""
    return max((_alike(question, wording) for wording in wordings), default=0.0)


def _alike(question: str, wording: str) -> float:
    if fold(question) == fold(wording):
        return 1.0
    asked, known = stems(question), stems(wording)
    shared = len(asked & known)
    if not shared:
        return 0.0
    return min(0.99, _RECALL * shared / len(known) + (1 - _RECALL) * shared / len(asked))

"""How what people type is recognised among the words that a policy names."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, TypeVar

from ami_scoring.domain.primitives import fold, without_accents
from ami_scoring.patterns import late

V = TypeVar("V")

_BETWEEN: Final = late(r"[,;/|\r\n]")
_EXTENSION: Final = late(r"\.(?:pdf|docx?|odt)$")


def bare(text: str) -> str:
    """Reduce a text to what two spellings of one word share: accents, `_` and a final `.pdf` do not count."""
    return _EXTENSION.sub("", without_accents(text).replace("_", " ")).strip()


def same_text(one: str, other: str) -> bool:
    """Say whether two texts that people typed are the same: case, accents, hyphens and spaces do not count."""
    return one == other or _apart(one) == _apart(other)


@lru_cache(maxsize=8192)
def _apart(text: str) -> tuple[str, ...]:
    return tuple(bare(text).replace("-", " ").split())


def recognised(value: V, words: tuple[str, ...]) -> V:
    """Put the words of a policy in place of other spellings of them, in a text or a set of texts.

    A spelling that two words share is left alone. Texts come and go folded.
    """
    if isinstance(value, frozenset):
        return frozenset(_word(item, words) for item in value)  # type: ignore[return-value]
    return _word(value, words) if isinstance(value, str) else value  # type: ignore[return-value]


@lru_cache(maxsize=8192)
def parts_of(text: str, words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part a text where several words of a policy stand, at `,`, `;`, `/`, `|` or line breaks: the known, the others.

    A text that is itself a word of the policy, or that nothing parts, comes back whole, and known where it is a word.
    """
    folded = {fold(word) for word in words}
    if _word(fold(text), words) in folded:
        return (text,), ()
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    known = tuple(part for part in parts if _word(fold(part), words) in folded)
    return known, tuple(part for part in parts if part not in known)


@lru_cache(maxsize=8192)
def _word(text: str, words: tuple[str, ...]) -> str:
    if any(fold(text) == fold(word) for word in words):
        return fold(text)
    alike = {fold(word) for word in words if bare(word) == bare(text)}
    return alike.pop() if len(alike) == 1 else text

"""What people write in a box that they have nothing to put in."""

from __future__ import annotations

from typing import Final

from ami_scoring.domain.primitives import without_accents

PLACEHOLDERS: Final = ("-", "--", "–", "—", ".", "/", "N/A", "NA", "n.a.", "néant", "s.o.", "so", "sans objet")
"""Answers that say nothing: the fact is missing, and a finding says so."""
_BARE: Final = frozenset(without_accents(word) for word in PLACEHOLDERS)
FIRST: Final = frozenset(first for word in PLACEHOLDERS for first in (word[0].lower(), word[0].upper())) | {" "}
"""Letters by which they begin, and the space that may stand before."""
_LONGEST: Final = max(map(len, PLACEHOLDERS)) + 6
"""Characters beyond which no text is one of them, spaces around it included."""


def is_placeholder(value: object) -> bool:
    """Say whether a text is one of them, whatever its case and its accents."""
    return isinstance(value, str) and len(value) <= _LONGEST and without_accents(value) in _BARE


def fills_a_box(value: object) -> bool:
    """Say the same at a glance: nearly no answer begins as one of them does."""
    return isinstance(value, str) and value[:1] in FIRST and is_placeholder(value)

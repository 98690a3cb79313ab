"""What people write in a box that they have nothing to put in."""

from __future__ import annotations

from typing import Final

from ami_scoring.domain.primitives import without_accents

PLACEHOLDERS: Final = ("-", "--", "–", "—", ".", "/", "N/A", "NA", "n.a.", "néant", "s.o.", "so", "sans objet")
"""Answers that say nothing: the fact is missing, and a finding says so."""
_BARE: Final = frozenset(without_accents(word) for word in PLACEHOLDERS)
_LONGEST: Final = max(map(len, PLACEHOLDERS)) + 6
"""Characters beyond which no text is one of them, spaces around it included."""


def is_placeholder(value: object) -> bool:
    """Say whether a text is one of them, whatever its case and its accents."""
    return isinstance(value, str) and len(value) <= _LONGEST and without_accents(value) in _BARE

"""Showing of a file none but known words: where a line may speak of anybody, what else stands there is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from ami_scoring.domain.primitives import without_accents
from ami_scoring.findings import Finding, Location
from ami_scoring.messages import Message
from ami_scoring.patterns import late
from ami_scoring.sources.people.hidden import HIDDEN
from ami_scoring.sources.people.likely import without_numbers

_GAP: Final = r"[ .,/\-\u00a0\u202f]{0,3}"
_HIDEABLE: Final = late(rf"\d(?:{_GAP}\d){{8,}}|[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*|@")
"""Words, however short, and numbers of more digits than a date has."""
_WORDS: Final = late(r"[^\W\d_]+")
_QUOTED: Final = late("«.*»", re.DOTALL)
_APART: Final = late(r"[^\s,;/()]+")


@dataclass(frozen=True, slots=True)
class KnownWords:
    """The words that may be shown, in small letters and without accents."""

    words: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Make known every word of some texts."""
        return cls(frozenset(word for text in texts for word in _WORDS.findall(without_accents(text))))

    def shown(self, text: str) -> str:
        """Hide all else in a text, whose other characters stay in place."""
        return _HIDEABLE.sub(self._hidden, text)

    def cleaned(self, finding: Finding) -> Finding:
        """Give a finding back, with nothing else in the lines that it shows nor in what its sentences quote."""
        mend = finding.suggestion and self._said(finding.suggestion)
        where, related = self._place(finding.where), tuple(map(self._place, finding.related))
        return finding._replace(message=self._said(finding.message), where=where, suggestion=mend, related=related)

    def _hidden(self, found: re.Match[str]) -> str:
        return found[0] if without_accents(found[0]) in self.words else HIDDEN * len(found[0])

    def _said(self, said: Message) -> Message:
        sentence = str(said)
        hidden = _QUOTED.sub(lambda found: self.shown(found[0]), sentence)
        return said if hidden == sentence else Message("{said}", {"said": hidden})

    def _place(self, where: Location) -> Location:
        return where if where.excerpt is None else where._replace(excerpt=self.shown(where.excerpt))


def has_numbers(text: str) -> bool:
    """Say whether a text holds the number or the address of a person, alone or beside others."""
    return any(without_numbers(each) != each for each in (text, *_APART.findall(text)))

"""The signs and words of the screen, in full or in plain ASCII, and how any text of a file is made safe to show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ami_scoring.domain.composing import without_marks
from ami_scoring.domain.standings import Status
from ami_scoring.messages import NARROW_NO_BREAK, NO_BREAK, printable, spell_number

_QUOTED: Final = re.compile(r"(?<=«)[ \u00a0\u202f]|[ \u00a0\u202f](?=»)")
_SPELLED: Final = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "−": "-",
        "·": "-",
        "…": "...",
        "’": "'",
        "«": '"',
        "»": '"',
        "œ": "oe",
        "Œ": "OE",
        "æ": "ae",
        "Æ": "AE",
        "≈": "~",
        "€": "EUR",
        NO_BREAK: " ",
        NARROW_NO_BREAK: " ",
    }
)


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of signs. A sign never speaks alone: a word or a number always stands beside it."""

    blocks: str
    """What fills one cell of a bar, thinnest first."""
    shade: str
    """The part of a bar that missing information leaves possible."""
    rule: str
    dash: str
    ellipsis: str
    hook: str
    statuses: Mapping[Status, str]
    provisional: str
    """Before a place that is not firm."""
    possible: str
    """After a status that may yet turn into a place."""
    ascii_only: bool = False

    def clean(self, text: str) -> str:
        """Make a text of any origin safe and showable."""
        safe = printable(text)
        return spelled_in_ascii(safe) if self.ascii_only else safe

    def identifier(self, text: str) -> str:
        """Make a reference or a path showable without ever giving two of them one spelling."""
        safe = printable(text)
        return safe.encode("ascii", "backslashreplace").decode("ascii") if self.ascii_only else safe

    def interval(self, low: str, high: str) -> str:
        """Write the interval that missing information leaves."""
        return f"({low}{self.dash}{high})"


FULL: Final = Glyphs(
    blocks="▏▎▍▌▋▊▉█",
    shade="░",
    rule="─",
    dash="–",
    ellipsis="…",
    hook="↳",
    statuses={
        Status.SELECTED: "●",
        Status.RESERVE: "◐",
        Status.NOT_SELECTED: "○",
        Status.TO_DELIBERATE: "◇",
        Status.TO_COMPLETE: "?",
        Status.TO_CORRECT: "!",
        Status.AWAITED: "~",
    },
    provisional="◉",
    possible="↑",
)
PLAIN: Final = Glyphs(
    blocks="#",
    shade=".",
    rule="-",
    dash="-",
    ellipsis="...",
    hook=">",
    statuses={
        Status.SELECTED: "*",
        Status.RESERVE: "+",
        Status.NOT_SELECTED: "-",
        Status.TO_DELIBERATE: "o",
        Status.TO_COMPLETE: "?",
        Status.TO_CORRECT: "!",
        Status.AWAITED: "~",
    },
    provisional="~",
    possible="^",
    ascii_only=True,
)

STYLES: Final[Mapping[Status, str]] = {
    Status.SELECTED: "bold green",
    Status.RESERVE: "yellow",
    Status.NOT_SELECTED: "",
    Status.TO_DELIBERATE: "cyan",
    Status.TO_COMPLETE: "magenta",
    Status.TO_CORRECT: "red",
    Status.AWAITED: "blue",
}
"""Colours of the terminal's own theme, so that they read on a light ground and on a dark one."""

_ONE_AND_MANY: Final[Mapping[Status, tuple[str, str]]] = {
    Status.SELECTED: ("retenue", "retenues"),
    Status.RESERVE: ("en réserve", "en réserve"),
    Status.NOT_SELECTED: ("non retenue", "non retenues"),
    Status.TO_DELIBERATE: ("à délibérer", "à délibérer"),
    Status.TO_COMPLETE: ("à compléter", "à compléter"),
    Status.TO_CORRECT: ("à corriger", "à corriger"),
    Status.AWAITED: ("en attente d'un avis", "en attente d'un avis"),
    Status.INELIGIBLE: ("inéligible", "inéligibles"),
    Status.LATE: ("hors délai", "hors délai"),
    Status.REPLACED: ("remplacée", "remplacées"),
    Status.AWARDED: ("déjà retenue", "déjà retenues"),
    Status.OTHER_WAVE: ("d'une autre vague", "d'une autre vague"),
    Status.UNREADABLE: ("illisible", "illisibles"),
}


def in_words(status: Status, count: int) -> str:
    """Name a status as a count of it does: `3 retenues`."""
    return _ONE_AND_MANY[status][count > 1]


def counted(count: int, one: str, many: str) -> str:
    """Write a count with its noun; in French, zero is singular."""
    return f"{spell_number(count)} {many if count > 1 else one}"


def spelled_in_ascii(text: str) -> str:
    """Spell a French text in ASCII: accents dropped, other scripts by their code points."""
    if text.isascii():
        return text
    kept = without_marks("NFKD", _QUOTED.sub("", text).translate(_SPELLED))
    return kept.encode("ascii", "backslashreplace").decode("ascii")

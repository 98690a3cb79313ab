"""Which edition of Démarches simplifiées made an export, by its headings, and what it cannot tell apart."""

from __future__ import annotations

from typing import Final, NamedTuple

from ami_scoring.domain.primitives import fold
from ami_scoring.sources.mappings.lexicon import IDENTITY, OF_2026
from ami_scoring.sources.mappings.sheets import Headed

STATES: Final = ("En instruction", "Accepté")
"""The states that are proposed to be kept: drafts and files under construction are not yet complete."""


class Edition(NamedTuple):
    """An edition, and how it writes what nobody answered: blank where it says so plainly."""

    year: str
    blank_number: str
    blank_flag: str


_OLD: Final = Edition("2021", "", "Non")
_NEW: Final = Edition("2026", "0", "")


def edition_of(sheet: Headed) -> Edition | None:
    """Recognise an export of Démarches simplifiées and its edition; None for any other file."""
    titles = {fold(title) for title in sheet.titles.values()}
    if not {fold(title) for title in IDENTITY} <= titles:
        return None
    edition = _NEW if {fold(title) for title in OF_2026} & titles else _OLD
    return edition._replace(blank_number="", blank_flag="") if sheet.raw.tells_blanks else edition

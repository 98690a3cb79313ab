"""The opinions of experts proposed as assessors' marks: never applied before a person has read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ami_scoring.domain.primitives import fold
from ami_scoring.sources.mappings.likeness import likeness
from ami_scoring.sources.mappings.matching import LIKELY
from ami_scoring.sources.mappings.sheets import Headed

SHEET: Final = "avis"
_ASKED_IN: Final = ("Introduction", "Question / Introduction", "Question")
_NEEDED: Final = ("Dossier ID", "Réponse", "Expert")


def propose_opinions(sheets: Sequence[Headed], subjects: Mapping[str, str]) -> dict[str, Any] | None:
    """Propose to read a sheet of opinions; None without one, or where the call has nothing judged.

    `subjects` are those that the call has judged, with what people call each.
    """
    sheet = next((each for each in sheets if fold(each.raw.name) == SHEET), None)
    if sheet is None or not subjects or not all(sheet.columns_of(title) for title in _NEEDED):
        return None
    marks = [{"subject": subject, "column": "Réponse", **_asked(sheet, label)} for subject, label in subjects.items()]
    return {
        "sheet": sheet.raw.name,
        "dossier": "Dossier ID",
        "matches": "ID",
        "assessor": "Expert",
        "why": "feuille des avis de la plateforme ; la note est lue au début de la réponse, le motif après elle",
        "confirmed": "non",
        "marks": marks,
    }


def _asked(sheet: Headed, label: str) -> dict[str, Any]:
    """Find the questions that are about a subject, where some are worded like it."""
    for title in _ASKED_IN:
        column = next(iter(sheet.columns_of(title)), None)
        texts = {row[column].text.strip() for _, row in sheet.below() if column in row} if column is not None else set()
        asked = sorted(text for text in texts if likeness(text, (label,)) >= LIKELY)
        if asked:
            return {"asked_in": title, "asked": asked}
    return {}

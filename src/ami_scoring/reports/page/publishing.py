"""How much of a result a page holds: all of it, for the committee, or what its readers may know."""

from __future__ import annotations

from enum import StrEnum


class Publish(StrEnum):
    """What a published page says. Each says what those before it say."""

    RANKING = "classement"
    TOTALS = "totaux"
    MARKS = "notes"

    @property
    def has_totals(self) -> bool:
        """Whether totals are said."""
        return self is not Publish.RANKING

    @property
    def has_marks(self) -> bool:
        """Whether the points of first-level criteria are said."""
        return self is Publish.MARKS

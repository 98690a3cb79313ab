"""In which order candidatures were deposited, where that tells equals apart: by the day, then by the hour.

The hours of one day count where every candidature of that day gives its own: an hour that one of them does not give
can neither help nor harm it, so that the others are no earlier and no later than it either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Final

from ami_scoring.domain.scores import Scored
from ami_scoring.messages import spell, to_the_second

DEPOSIT: Final = "depose_le"
"""The fact that tells the day of a deposit; the hour is not part of it, for rules compare days."""


class Deposits:
    """The deposits of the candidatures that are ranked together."""

    def __init__(self, candidatures: Iterable[Scored]) -> None:
        """Keep them, to look at their days where an hour is asked for."""
        self._all = tuple(candidatures)

    @cached_property
    def _without_hours(self) -> Mapping[date, list[Scored]]:
        """The candidatures of the days of which some hours are not known."""
        found: dict[date, list[Scored]] = {}
        for one in self._all:
            day = one.entry.candidature.submitted_at
            if not isinstance(day, datetime):
                found.setdefault(day, []).append(one)
        return found

    def silent(self, day: date) -> tuple[str, ...]:
        """Name those that give no hour of a day, for which no hour of it counts."""
        return tuple(one.entry.reference for one in self._without_hours.get(day, ()))

    def order(self, one: Scored, day: date) -> tuple[int, float]:
        """Give what orders a deposit of a day among the others, the earliest first."""
        return day.toordinal(), self.instant(one, day)

    def instant(self, one: Scored, day: date) -> float:
        """Give what orders a deposit among those of its day; nothing where hours do not count."""
        moment = self._moment(one, day)
        return moment.timestamp() if moment else 0.0

    def word(self, one: Scored, day: date) -> str:
        """Tell a deposit as far as it counts: its day, and its hour where hours do, with seconds if it has some."""
        moment = self._moment(one, day)
        if moment is None:
            return spell(day)
        return to_the_second(moment) if moment.second or moment.microsecond else spell(moment)

    def _moment(self, one: Scored, day: date) -> datetime | None:
        moment = one.entry.candidature.submitted_at
        if not isinstance(moment, datetime) or moment.date() != day or day in self._without_hours:
            return None
        return moment

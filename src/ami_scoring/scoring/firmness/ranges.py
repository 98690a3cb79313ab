"""Best and worst ranks where several versions of one project may count: each project is one rival, whichever counts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from ami_scoring.domain.standings import Standing
from ami_scoring.scoring.firmness.field import Field
from ami_scoring.scoring.firmness.stakes import Project, Stake
from ami_scoring.scoring.places import BEYOND


class Ranges:
    """The highest keys that the projects of a call may have, and the lowest of those that surely hold a rank."""

    def __init__(self, projects: Sequence[Project], field: Field) -> None:
        """Sort them."""
        self._field = field
        self._highs = sorted(max(stake.high for stake in project.stakes) for project in projects)
        self._lows = sorted(project.low for project in projects if project.present)

    def of(self, standing: Standing, project: Project, stake: Stake) -> Standing:
        """Give a standing its best rank, one more than surely come before, and its worst, one more than may."""
        ahead = len(self._lows) - bisect_right(self._lows, (*self._field.shared(stake.high), BEYOND))
        before = len(self._highs) - bisect_right(self._highs, stake.low)
        before -= max(each.high for each in project.stakes) > stake.low
        return standing._replace(rank_best=ahead + 1, rank_worst=before + 1 + self._field.unread)

"""What a version that another replaces lacks: completed, it is the one that would count, or may."""

from __future__ import annotations

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.scores import SetAside, Status
from ami_scoring.scoring.marks import is_complete
from ami_scoring.scoring.words import missing_items


def lacks(aside: SetAside, criteria: Criteria) -> tuple[str, ...]:
    """Give what a replaced version waits for and lacks; nothing where it is complete, or set aside otherwise."""
    scored = aside.scored
    if aside.status is not Status.REPLACED or scored is None or is_complete(scored, criteria):
        return ()
    return (*map(str, scored.pending), *missing_items(scored, criteria))


def provided(criteria: Criteria) -> str:
    """Say what else a completed version needs to count: nothing where the last complete one does."""
    return " si son total était le plus élevé" if criteria.versions.keeps_best else ""

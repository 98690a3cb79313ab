"""What a version that another replaces lacks: completed, it is the one that would count, or may."""

from __future__ import annotations

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import SetAside, Status
from ami_scoring.scoring.marks import is_complete, once_done
from ami_scoring.scoring.words import missing_items


def lacks(aside: SetAside, criteria: Criteria) -> tuple[str, ...]:
    """Give what a replaced version waits for and lacks; nothing where it is complete, or set aside otherwise."""
    scored = aside.scored
    if aside.status is not Status.REPLACED or scored is None or is_complete(scored, criteria):
        return ()
    return (*map(str, scored.pending), *missing_items(scored, criteria))


def counts_instead(other: Scored, criteria: Criteria) -> str:
    """Say what another version needs to count in the place of the one that does: `vérifiée, c'est elle qui …`."""
    done = once_done(other, criteria)
    only_if = provided(criteria).replace(" si", ", si")
    return f"{done}{', ' if done else ''}c'est elle qui compterait, à la place de celle-ci{only_if}"


def provided(criteria: Criteria) -> str:
    """Say what else a completed version needs to count: nothing where the last complete one does."""
    return " si son total était le plus élevé" if criteria.versions.keeps_best else ""

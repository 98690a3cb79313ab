"""Why the page of some policies offers no trial."""

from __future__ import annotations

from ami_scoring.domain.criteria import Criteria


def frozen(criteria: Criteria) -> str:
    """Say why no trial is offered, where the script could not answer as the engine does; nothing where it can."""
    if criteria.ranking.uncovered is not None:
        return (
            "Cette page est figée : à égalité, une place dépend de ce que couvrent celles qui sont déjà retenues, et la "
            "page ne sait pas le refaire. Pour essayer d'autres poids, relancez « ami score »."
        )
    return ""

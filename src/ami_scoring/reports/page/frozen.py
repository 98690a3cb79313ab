"""Why the page of some policies offers no trial."""

from __future__ import annotations

from ami_scoring.domain.criteria import Criteria


def frozen(criteria: Criteria) -> str:
    """Say why no trial is offered, where the script could not answer as the engine does; nothing where it can."""
    budget = criteria.selection.budget
    why = ""
    if criteria.ranking.uncovered is not None:
        why = "à égalité, une place dépend de ce que couvrent déjà celles qui sont retenues"
    elif budget is not None and any(envelope.own_order for envelope in budget.envelopes):
        why = "une part réservée se répartit dans un ordre qui lui est propre"
    if not why:
        return ""
    return f"Pas d'essai dans cette page : {why}. Pour essayer d'autres poids, relancez « ami score »."

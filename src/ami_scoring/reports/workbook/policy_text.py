"""What the policy sheet says of ties and of missing facts, in a few words."""

from __future__ import annotations

from ami_scoring.domain.criteria import Criteria, Criterion, MissingPolicy
from ami_scoring.domain.ties import CriterionTie, DrawTie, FactTie, Prefer, Tie, UncoveredTie
from ami_scoring.scoring.telling import is_judged_alone

MISSING_WORDS = {
    MissingPolicy.ZERO: "compte pour rien, le dossier est classé",
    MissingPolicy.HOLD: "le dossier est à compléter",
    MissingPolicy.REJECT: "le dossier est écarté",
}
_PREFERRED = {
    Prefer.EARLIEST: "le plus tôt d'abord",
    Prefer.LATEST: "le plus tard d'abord",
    Prefer.HIGHEST: "le plus grand d'abord",
    Prefer.LOWEST: "le plus petit d'abord",
    Prefer.YES: "les oui d'abord",
    Prefer.NO: "les non d'abord",
}


def tie_words(criteria: Criteria) -> list[str]:
    """Say what tells equal totals apart, in order."""
    return [tie_word(tie, criteria) for tie in criteria.ranking.ties]


def missing_word(criterion: Criterion) -> str:
    """Say what happens when a fact that the rule reads is missing."""
    if criterion.if_missing is MissingPolicy.HOLD and is_judged_alone(criterion):
        return "le dossier est en « avis attendu »"
    return MISSING_WORDS[criterion.if_missing]


def tie_word(tie: Tie, criteria: Criteria) -> str:
    """Say what orders candidatures, and which of them come first."""
    match tie:
        case CriterionTie():
            return f"le plus de points à « {criteria.by_id[tie.criterion].label} »"
        case FactTie():
            fact = criteria.catalogue[tie.fact]
            return f"« {fact.label} » : {_PREFERRED[tie.prefer]}"
        case DrawTie():
            return f"tirage au sort que chacun peut refaire (graine publiée : {tie.draw})"
        case UncoveredTie():
            label = criteria.catalogue[tie.uncovered].label
            return f"« {label} » : ce qui n'est pas encore couvert d'abord, si les places manquent"

"""How ranks are said: the number itself, by which numbering where it is not 1, 2, 2, 4, and what parts a shared one."""

from __future__ import annotations

from typing import Final

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.ties import Ranks
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message
from ami_scoring.scoring.words.wording import inner

_NUMBERINGS: Final = {
    Ranks.DENSE: "rangs sans trous : 1, 2, 2, 3",
    Ranks.AVERAGE: "rangs moyens : 1 ; 2,5 ; 2,5 ; 4",
}
_RULES: Final = {
    Ranks.DENSE: "Rangs sans trous (1, 2, 2, 3) : à égalité, un même rang, et le suivant n'en saute aucun",
    Ranks.AVERAGE: "Rangs moyens (1 ; 2,5 ; 2,5 ; 4) : à égalité, la moyenne des rangs occupés",
}
POSSIBLE_COUNTED: Final = "comptés comme 1, 2, 2, 4"
"""Said of the ranks still possible, beside ranks that are numbered otherwise."""


def rank_word(rank: int | Fraction | None, none: str = "–") -> str:
    """Write a rank: `3`, `2,5`, or what stands for none."""
    if rank is None:
        return none
    # The mean of ranks that follow one another is a whole number or ends in a half.
    return str(rank) if isinstance(rank, int) else f"{rank.numerator // 2},5"


def numbering_word(criteria: Criteria) -> str:
    """Name the numbering in a few words; nothing where it is the usual one."""
    return _NUMBERINGS.get(criteria.ranking.ranks, "")


def numbering_sentence(criteria: Criteria) -> Message | None:
    """Say how ranks are numbered, and that places are not; None where it is the usual numbering."""
    rule = _RULES.get(criteria.ranking.ranks)
    if rule is None:
        return None
    return Message(f"{rule}. Les places et les rangs possibles se comptent comme 1, 2, 2, 4.")


def parting_word(criteria: Criteria) -> str:
    """Name what may part candidatures of one rank while places or money are shared; nothing where nothing does."""
    ranking, budget, found = criteria.ranking, criteria.selection.budget, list[str]()
    if ranking.uncovered is not None:
        drawn = "" if ranking.seed is None else ", puis par le tirage au sort"
        label = inner(criteria.catalogue[ranking.uncovered].label)
        found.append(f"par ce qui n'est pas encore couvert (« {label} »){drawn}")
    if budget is not None and any(envelope.own_order for envelope in budget.envelopes):
        found.append("par l'ordre propre d'une part réservée")
    return ", ou ".join(found)

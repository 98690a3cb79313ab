"""The reserve list as its letters tell it: the rank of a candidature there, and whether that rank may still change."""

from __future__ import annotations

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.standings import Standing, Status
from ami_scoring.messages import Message
from ami_scoring.reports.papers.decided import fate_of, is_contested, is_settled
from ami_scoring.reports.papers.run import rank_words
from ami_scoring.scoring.words import POSSIBLE_COUNTED, numbering_word


def reserve_words(evaluation: Evaluation, one: Standing) -> str:
    """Give the place of a candidature in the reserve list, from 1; equals share theirs.

    Equals that contest the last places stand first on that list: as many of them as there are places leave it.
    """
    before = _before(evaluation, one)
    open_ = [each for each in before if is_contested(evaluation, each.entry.reference)]
    fate = fate_of(evaluation, one.entry.reference)
    call = 1 + len(before) if fate is None or fate.call is None else fate.call
    if not open_:
        return f"au {rank_words(call)} de la liste de réserve"
    served = min(evaluation.cut.at_stake, len(open_))
    most = "" if served else " au plus"
    after = "une fois départagées les candidatures à égalité à la limite"
    return f"au {rank_words(call - served)}{most} de la liste de réserve, {after}"


def provisional(evaluation: Evaluation, one: Standing) -> Message | None:
    """Say that a rank on the reserve list may still change, and between which ranks; None where it may not."""
    if is_settled(evaluation) or one.rank_best == one.rank_worst:
        return None
    counted = f" ({POSSIBLE_COUNTED})" if numbering_word(evaluation.criteria) else ""
    return Message(
        "Ces rangs sont provisoires : selon l'issue des dossiers encore ouverts, elle peut être classée du {best} au "
        "{worst}{counted}, et sa place sur la liste de réserve peut changer.",
        {"best": rank_words(one.rank_best).split()[0], "worst": rank_words(one.rank_worst), "counted": counted},
    )


def _before(evaluation: Evaluation, standing: Standing) -> list[Standing]:
    waiting = [one for one in evaluation.standings if one.status is Status.RESERVE and one.rank is not None]
    return [one for one in waiting if (one.rank or 0) < (standing.rank or 0)]

"""Which letter an applicant gets, from what became of its candidature."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ami_scoring.domain.evaluated import ByPeople, Evaluation, Fate
from ami_scoring.domain.standings import Firmness, SetAside, Standing, Status
from ami_scoring.reports.papers.decided import fate_of, is_contested, is_settled
from ami_scoring.reports.papers.run import Candidate


class Kind(StrEnum):
    """What a letter announces; its name is that of the template it may have: `lettre-retenue.docx`."""

    KEPT = "retenue"
    PROVISIONAL = "retenue-provisoire"
    RESERVE = "reserve"
    CONTESTED = "a-departager"
    NOT_KEPT = "non-retenue"
    DELIBERATE = "a-deliberer"
    COMPLETE = "a-completer"
    CORRECT = "a-corriger"
    AWAITED = "avis-attendu"
    INELIGIBLE = "ineligible"
    LATE = "hors-delai"
    REPLACED = "remplacee"
    ALREADY = "deja-retenue"
    ELSEWHERE = "autre-vague"
    INCOMPLETE = "incomplete"
    UNHEARD = "sans-avis"
    WITHDRAWN = "desistee"


ASKED: Final = frozenset({Kind.COMPLETE, Kind.CORRECT, Kind.AWAITED})
"""Letters about what a candidature still waits for."""
NO_DECISION: Final = ASKED | {Kind.REPLACED, Kind.ALREADY, Kind.ELSEWHERE, Kind.WITHDRAWN}
"""Letters that announce no decision: they go out as they are, and there is nothing to contest in them."""
SUBJECTS: Final = {
    Kind.KEPT: "candidature retenue",
    Kind.PROVISIONAL: "candidature retenue à titre provisoire",
    Kind.RESERVE: "candidature inscrite sur la liste de réserve",
    Kind.CONTESTED: "candidature à égalité à la limite",
    Kind.NOT_KEPT: "candidature non retenue",
    Kind.DELIBERATE: "candidature soumise à la délibération du comité",
    Kind.COMPLETE: "candidature à compléter",
    Kind.CORRECT: "candidature à corriger",
    Kind.AWAITED: "candidature en attente d'un avis",
    Kind.INELIGIBLE: "candidature non recevable",
    Kind.LATE: "candidature déposée hors délai",
    Kind.REPLACED: "version remplacée par une autre",
    Kind.ALREADY: "projet déjà retenu",
    Kind.ELSEWHERE: "candidature d'une autre vague",
    Kind.INCOMPLETE: "candidature non retenue, incomplète",
    Kind.UNHEARD: "candidature non retenue, faute d'un avis",
    Kind.WITHDRAWN: "désistement",
}
_BY_STATUS: Final = {
    Status.RESERVE: Kind.RESERVE,
    Status.NOT_SELECTED: Kind.NOT_KEPT,
    Status.TO_DELIBERATE: Kind.DELIBERATE,
    Status.TO_COMPLETE: Kind.COMPLETE,
    Status.TO_CORRECT: Kind.CORRECT,
    Status.AWAITED: Kind.AWAITED,
    Status.INELIGIBLE: Kind.INELIGIBLE,
    Status.LATE: Kind.LATE,
    Status.REPLACED: Kind.REPLACED,
    Status.AWARDED: Kind.ALREADY,
    Status.OTHER_WAVE: Kind.ELSEWHERE,
}


def kind_of(one: Candidate, evaluation: Evaluation) -> Kind:
    """Say which letter a candidature gets: from what was decided of it, where decisions are recorded."""
    fate = fate_of(evaluation, one.entry.reference if one.entry else None)
    if fate is not None:
        return _decided(fate, one, evaluation)
    if isinstance(one, SetAside):
        return _BY_STATUS[one.status]
    if one.status is Status.SELECTED:  # one paid in part may contest the rest of it: its place is not in doubt
        return Kind.KEPT if one.firmness is Firmness.FIRM else Kind.PROVISIONAL
    if one.entry.reference in evaluation.cut.contested:
        return Kind.CONTESTED
    return _BY_STATUS[one.status]


def _decided(fate: Fate, one: Candidate, evaluation: Evaluation) -> Kind:
    settled = is_settled(evaluation)
    if isinstance(fate.decided, ByPeople):
        return Kind.WITHDRAWN
    if fate.decided is Status.SELECTED:
        firm = settled or fate.differs or (isinstance(one, Standing) and one.firmness is Firmness.FIRM)
        return Kind.KEPT if firm else Kind.PROVISIONAL
    kind = _BY_STATUS[fate.decided]
    if kind in ASKED and settled:
        return Kind.UNHEARD if kind is Kind.AWAITED else Kind.INCOMPLETE
    if kind is Kind.RESERVE and is_contested(evaluation, fate.reference):
        return Kind.CONTESTED
    return kind

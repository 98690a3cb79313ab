"""Which letter an applicant gets, from what became of its candidature."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ami_scoring.domain.scores import Evaluation, Firmness, SetAside, Status
from ami_scoring.reports.papers.run import Candidate


class Kind(StrEnum):
    """What a letter announces; its name is that of the template it may have: `lettre-retenue.docx`."""

    KEPT = "retenue"
    PROVISIONAL = "retenue-sous-reserve"
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
    ELSEWHERE = "autre-vague"


ASKED: Final = frozenset({Kind.COMPLETE, Kind.CORRECT, Kind.AWAITED})
"""Letters about what a candidature still waits for."""
NO_DECISION: Final = ASKED | {Kind.REPLACED, Kind.ELSEWHERE}
"""Letters that announce no decision: they go out as they are, and there is nothing to contest in them."""
SUBJECTS: Final = {
    Kind.KEPT: "candidature retenue",
    Kind.PROVISIONAL: "candidature retenue sous réserve",
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
    Kind.ELSEWHERE: "candidature d'une autre vague",
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
    Status.OTHER_WAVE: Kind.ELSEWHERE,
}


def kind_of(one: Candidate, evaluation: Evaluation) -> Kind:
    """Say which letter a candidature gets."""
    if isinstance(one, SetAside):
        return _BY_STATUS[one.status]
    if one.entry.reference in evaluation.cut.contested:
        return Kind.CONTESTED
    if one.status is Status.SELECTED:
        return Kind.KEPT if one.firmness is Firmness.FIRM else Kind.PROVISIONAL
    return _BY_STATUS[one.status]

"""Who may judge what: the roster in the light of the candidatures, with assignments and declared interests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.identifiers import department_of
from ami_scoring.domain.jury import Assessor, Assignments, Interest, Jury
from ami_scoring.domain.rules import Judgement


def tie_of(assessor: Assessor, candidature: Candidature) -> Interest | None:
    """Find the first declared interest that ties an assessor to a candidature: any of its communes is enough."""
    return next((each for each in assessor.interests if _ties(each, candidature)), None)


def _ties(interest: Interest, candidature: Candidature) -> bool:
    codes = {commune.code_insee for commune in candidature.place.communes}
    if interest.reference is not None:
        return interest.reference.casefold() == candidature.reference.casefold()
    if interest.department is not None:
        return interest.department in {department_of(code) for code in codes}
    if interest.commune is not None:
        return interest.commune in codes
    is_theirs = candidature.applicant.siren == (interest.siren or interest.epci)
    return is_theirs or not codes.isdisjoint(interest.communes)


def scales_of(judgements: Mapping[str, Judgement]) -> str:
    """Give the fingerprint of all that assessors judge on: a grid made on other scales is known by it."""
    told = [
        (subject, rule.lowest, rule.highest, rule.step, [(name, *tier) for name, tier in rule.tiers.items()])
        for subject, rule in sorted(judgements.items())
    ]
    return sha256(repr(told).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Seats:
    """The roster, who was given which candidature, and who is tied to which."""

    jury: Jury
    assignments: Assignments | None = None
    ties: Mapping[tuple[str, str], Interest] = field(default_factory=dict)
    """Declared interests, by assessor and folded reference."""

    @classmethod
    def of(cls, jury: Jury, assignments: Assignments | None, candidatures: Iterable[Candidature]) -> Seats:
        """Look for the ties between the assessors and the candidatures."""
        known = list(candidatures)
        tied = {
            (assessor.id, candidature.reference.casefold()): tie
            for assessor in jury.assessors
            if assessor.interests
            for candidature in known
            if (tie := tie_of(assessor, candidature)) is not None
        }
        return cls(jury, assignments, tied)

    def given_to(self, assessor: Assessor, reference: str, subjects: Iterable[str]) -> tuple[str, ...]:
        """List the subjects on which an assessor was given a candidature, or may judge it where nothing was given."""
        given = self._given(reference)
        if given is None:
            return tuple(subject for subject in subjects if assessor.assesses(subject))
        return tuple(subject for subject in subjects if assessor.id in given.get(subject, ()))

    def is_given(self, reference: str) -> bool:
        """Say whether a candidature is assigned at all."""
        return self._given(reference) is not None

    def readers(self, reference: str, subject: str) -> tuple[str, ...]:
        """List the assessors who were given a candidature on a subject."""
        return tuple((self._given(reference) or {}).get(subject, ()))

    def _given(self, reference: str) -> Mapping[str, list[str]] | None:
        return None if self.assignments is None else self.assignments.by_reference.get(reference.casefold())

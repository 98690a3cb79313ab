"""Who may judge what: the roster in the light of the candidatures, with assignments and declared interests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.identifiers import department_of
from ami_scoring.domain.jury import Assessor, Assignments, Interest, Jury
from ami_scoring.domain.simple_rules import Judgement

Key = tuple[str, str]
"""What an interest and a candidature share: the kind of tie, and its code."""


def ties_of(assessors: Iterable[Assessor], candidatures: Iterable[Candidature]) -> dict[tuple[str, str], Interest]:
    """Find what ties assessors to candidatures, by short name and folded reference: of several ties, the first said.

    A candidature of several communes is tied as soon as one of them is.
    """
    declared: dict[Key, dict[str, tuple[int, Interest]]] = {}
    for assessor in assessors:
        for order, interest in enumerate(assessor.interests):
            for key in _keys_of(interest):
                declared.setdefault(key, {}).setdefault(assessor.id, (order, interest))
    found: dict[tuple[str, str], tuple[int, Interest]] = {}
    for candidature in candidatures if declared else ():
        reference = candidature.reference.casefold()
        for key in _keys_within(candidature):
            for name, tie in declared.get(key, {}).items():
                first = found.get((name, reference))
                found[name, reference] = tie if first is None or tie[0] < first[0] else first
    return {who: interest for who, (_, interest) in found.items()}


def _keys_of(interest: Interest) -> Iterator[Key]:
    if interest.reference is not None:
        yield "reference", interest.reference.casefold()
    if interest.department is not None:
        yield "department", interest.department
    if interest.commune is not None:
        yield "commune", interest.commune
    for siren in (interest.siren, interest.epci):
        if siren is not None:
            yield "siren", siren
    for commune in interest.communes:
        yield "commune", commune


def _keys_within(candidature: Candidature) -> Iterator[Key]:
    yield "reference", candidature.reference.casefold()
    if candidature.applicant.siren is not None:
        yield "siren", candidature.applicant.siren
    codes = [commune.code_insee for commune in candidature.place.communes]
    yield from (("commune", code) for code in codes)
    yield from (("department", department) for department in {department_of(code): None for code in codes})


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
        return cls(jury, assignments, ties_of(jury.assessors, candidatures))

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

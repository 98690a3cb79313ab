"""The candidature asked for, whatever became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ami_scoring.domain.criteria import Wave
from ami_scoring.domain.entries import Entry, Origin
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.facts import Value
from ami_scoring.domain.primitives import without_accents
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import SetAside, Standing, Status
from ami_scoring.findings import AmiScoringError
from ami_scoring.messages import named, printable

MOST_NEAR: Final = 5
"""References suggested in place of an unknown one: more would help nobody."""
LEAST_PART: Final = 3
"""Letters that tell a reference by a part of it."""
MAX_TYPED: Final = 80


class UnknownReferenceError(AmiScoringError):
    """Raised when no candidature read has the reference asked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """The candidature asked for: ranked, or set aside."""

    standing: Standing | None
    aside: SetAside | None

    @property
    def origin(self) -> Origin:
        """The file it came from."""
        if self.standing is not None:
            return self.standing.entry.origin
        assert self.aside is not None  # noqa: S101 - one of the two, by construction
        return self.aside.origin

    @property
    def entry(self) -> Entry | None:
        """The candidature as read, if it could be."""
        return self.standing.entry if self.standing else self.aside.entry if self.aside else None

    @property
    def reference(self) -> str | None:
        """Its reference, if it has one that can be read."""
        return self.entry.reference if self.entry else self.aside.reference if self.aside else None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its main commune and of its applicant."""
        if self.entry is None:
            return ()
        candidature = self.entry.candidature
        commune = candidature.place.main_commune.name
        return (*([] if commune is None else [commune]), candidature.applicant.name)

    @property
    def status(self) -> Status:
        """What became of it."""
        if self.standing is not None:
            return self.standing.status
        assert self.aside is not None  # noqa: S101 - one of the two, by construction
        return self.aside.status

    @property
    def scored(self) -> Scored | None:
        """Its score, when it got one."""
        if self.standing is not None:
            return self.standing.scored
        return self.aside.scored if self.aside else None

    @property
    def values(self) -> Mapping[str, Value]:
        """The facts that were read."""
        if self.scored is not None:
            return self.scored.card.values
        return (self.aside.values if self.aside else None) or {}

    @property
    def wave(self) -> Wave | None:
        """The wave that it was read in, when it was."""
        return self.scored.wave if self.scored else self.aside.wave if self.aside else None


def find(evaluation: Evaluation, asked: str) -> Found:
    """Find a candidature by its reference or, failing that, by its main commune or its applicant.

    Raises `UnknownReferenceError` where none, or several, are called so.
    """
    every = [Found(one, None) for one in evaluation.standings] + [Found(None, one) for one in evaluation.set_aside]
    wanted = asked.casefold()
    for found in every:
        if found.reference is not None and found.reference.casefold() == wanted:
            return found
    plain = without_accents(asked.strip()[:MAX_TYPED])
    called = [found for found in every if plain in map(without_accents, found.names)]
    if len(called) == 1:
        return called[0]
    raise UnknownReferenceError(_several(asked, called) if called else _nobody(asked, every))


def _several(asked: str, called: Sequence[Found]) -> str:
    told = [f"« {printable(found.reference or '')} » ({found.status})" for found in called]
    which = named(told, word="ou")
    return f"plusieurs candidatures portent le nom « {printable(asked)} » : donnez la référence, {which}."


def _nobody(asked: str, every: Sequence[Found]) -> str:
    references = sorted({found.reference for found in every if found.reference is not None})
    near = _near(asked, references) or _near(asked, sorted({name for found in every for name in found.names}))
    said = [f"« {printable(one)} »" for one in near]
    meant = f" Vouliez-vous dire {named(said, word='ou')} ?" if near else ""
    return f"aucune candidature lue ne porte la référence ou le nom « {printable(asked)} ».{meant}"


def _near(reference: str, known: list[str]) -> list[str]:
    """List the references that contain what was typed or, failing that, those a few letters away from it."""
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415 - only a mistake needs it

    typed = without_accents(reference.strip()[:MAX_TYPED])
    bare = {one: without_accents(one) for one in known}
    near = [one for one in known if len(typed) >= LEAST_PART and typed in bare[one]]
    if not near:
        far = {one: DamerauLevenshtein.distance(typed, bare[one]) for one in known}
        least = min(far.values(), default=0)
        near = [one for one in known if far[one] == least <= max(1, len(typed) // 3)]
    return near if len(near) <= MOST_NEAR else []

"""The candidature asked for, whatever became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ami_scoring.domain.criteria import Wave
from ami_scoring.domain.facts import Value
from ami_scoring.domain.primitives import without_accents
from ami_scoring.domain.scores import Evaluation, Origin, Scored, SetAside, Standing, Status
from ami_scoring.findings import AmiScoringError
from ami_scoring.messages import printable

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


def find(evaluation: Evaluation, reference: str) -> Found:
    """Find a candidature by its reference, whatever became of it. Raises `UnknownReferenceError`."""
    wanted = reference.casefold()
    for standing in evaluation.standings:
        if standing.entry.reference.casefold() == wanted:
            return Found(standing, None)
    for aside in evaluation.set_aside:
        if aside.reference is not None and aside.reference.casefold() == wanted:
            return Found(None, aside)
    near = _near(reference, _references(evaluation))
    named = [f"« {printable(one)} »" for one in near]
    asked = f" Vouliez-vous dire {' ou '.join(filter(None, [', '.join(named[:-1]), *named[-1:]]))} ?" if near else ""
    message = f"aucune candidature lue ne porte la référence « {printable(reference)} ».{asked}"
    raise UnknownReferenceError(message)


def _references(evaluation: Evaluation) -> list[str]:
    asides = [aside.reference for aside in evaluation.set_aside if aside.reference is not None]
    return sorted({*(standing.entry.reference for standing in evaluation.standings), *asides})


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
